//! Words that several pages share.

use resurface_knowledge::{EvidenceCode, Mark};

use crate::envelope::Origin;

/// How far a fact was checked, in a word.
pub(super) const fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Seen => "seen",
        Mark::Recalled => "recalled, not checked",
        Mark::Ours => "expert setting",
    }
}

/// Strength of the evidence, in words.
pub(super) const fn evidence(code: EvidenceCode) -> &'static str {
    match code {
        EvidenceCode::A => "A: regulator, device label or law",
        EvidenceCode::B => "B: systematic review, consensus or guideline",
        EvidenceCode::C => "C: trial or cohort, possibly of another procedure",
        EvidenceCode::D => "D: case reports",
        EvidenceCode::E => "E: expert opinion",
        EvidenceCode::F => "F: marketing or consent pages only",
    }
}

/// Ids of sources, or that there is none.
pub(super) fn sources(ids: &[&str]) -> String {
    if ids.is_empty() { "no source".to_owned() } else { ids.join(", ") }
}

/// How far a number of the trial tables was checked, in a word.
pub(super) const fn trial_mark(mark: resurface_evidence::trials::Mark) -> &'static str {
    use resurface_evidence::trials::Mark;
    match mark {
        Mark::Seen => "seen",
        Mark::Recalled => "recalled, not checked",
        Mark::Ours => "expert setting",
    }
}

/// The versions behind an answer, in one line.
pub(crate) fn origin(origin: &Origin) -> String {
    let short = |hash: &str| hash.get(..12).unwrap_or(hash).to_owned();
    let mut line = format!("resurface {}, knowledge {}", origin.program, short(&origin.knowledge));
    if let Some(model) = &origin.model {
        line.push_str(&format!(", model {}", short(model)));
    }
    if let Some(seed) = origin.seed {
        line.push_str(&format!(", seed {seed}"));
    }
    if let Some(input) = &origin.input_sha256 {
        line.push_str(&format!(", input {}", short(input)));
    }
    line
}

/// A treatment of the trial tables, in words.
pub(super) fn treatment(code: &str) -> &str {
    match code {
        "FCO2" => "fractional CO2 laser",
        "MN+PRP" => "needling with platelet-rich plasma",
        "MN+PRF" => "needling with platelet-rich fibrin",
        "MN+insulin" => "needling with topical insulin",
        "TCA_CROSS" => "TCA CROSS",
        other => other,
    }
}

/// An id as one reads it.
pub(super) fn name(id: &str) -> String {
    id.replace('_', " ")
}

/// A named value as one reads it: its name in JSON with spaces.
pub(super) fn of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => name(&text),
        _ => String::new(),
    }
}

/// A fraction as a whole percentage.
pub(super) fn percent(fraction: f64) -> String {
    format!("{:.0} %", 100.0 * fraction)
}

/// A chance as a percentage; one that is nearly nought or nearly certain is not printed as if it were.
pub(super) fn chance(probability: f64) -> String {
    if probability < 0.005 {
        "<1 %".to_owned()
    } else if probability > 0.995 {
        ">99 %".to_owned()
    } else {
        percent(probability)
    }
}

/// An interval of fractions as whole percentages.
pub(super) fn span(span: resurface_care::course::Span) -> String {
    let whole = |fraction: f64| (100.0 * fraction).round() + 0.0;
    format!("{:.0} to {:.0}", whole(span.low), whole(span.high))
}

/// A depth in millimetres, as needles are set.
pub(super) fn depth(um: Option<u32>) -> String {
    um.map_or_else(|| "-".to_owned(), |um| format!("{:.2} mm", f64::from(um) / 1000.0))
}

/// A statement with its sources and its mark.
pub(super) fn statement(statement: &resurface_knowledge::fact::Statement) -> String {
    let ids: Vec<&str> = statement.sources.iter().map(String::as_str).collect();
    let cited =
        if ids.is_empty() { mark(statement.mark).to_owned() } else { format!("{}; {}", ids.join(", "), mark(statement.mark)) };
    format!("{} [{cited}]", statement.text)
}

/// A stretch of time after a session.
pub(super) fn hours(from: u32, to: u32) -> String {
    if from.is_multiple_of(24) && to.is_multiple_of(24) && to > 72 {
        format!("day {} to {}", from / 24, to / 24)
    } else {
        format!("{from} to {to} h")
    }
}

/// What improvement is counted from.
pub(super) const fn counted_from(from: resurface_care::plan::CountedFrom) -> &'static str {
    use resurface_care::plan::CountedFrom;
    match from {
        CountedFrom::Today => "today",
        CountedFrom::BeforeFirstSession => "before the first session here",
    }
}

/// A scale by its name.
pub(super) const fn scale(scale: resurface_care::consultation::OutcomeScale) -> &'static str {
    use resurface_care::consultation::OutcomeScale;
    match scale {
        OutcomeScale::GoodmanBaronQuantitative => "Goodman-Baron score",
        OutcomeScale::GoodmanBaronQualitative => "Goodman-Baron grade",
        OutcomeScale::Ecca => "ECCA",
        OutcomeScale::ImprovementPercent => "improvement in percent",
        OutcomeScale::ImprovementQuartile => "quartile of improvement",
        OutcomeScale::Dlqi => "DLQI",
        OutcomeScale::Worry => "worry",
        OutcomeScale::ScarQ => "SCAR-Q",
        OutcomeScale::FaceQ => "FACE-Q",
        OutcomeScale::Fasqol => "FASQoL",
        OutcomeScale::ScarVolumeMm3 => "scar volume in mm3",
        OutcomeScale::ScarAreaMm2 => "scar area in mm2",
        OutcomeScale::ScarDepthMm => "mean scar depth in mm",
        OutcomeScale::ScarCount => "scars counted by an instrument",
        OutcomeScale::RednessDifference => "redness of scars minus skin (a*)",
        OutcomeScale::PigmentDifference => "pigment of skin minus scars (L*)",
        OutcomeScale::ItaDegrees => "skin colour (ITA) in degrees",
    }
}

/// Parameters of the model, by what they stand for; one that has no words here keeps its name.
pub(super) fn parameters(names: &[String]) -> String {
    let each = names.iter().map(|name| match name.as_str() {
        "b_open" => "optimism of open raters",
        "beta_ice" => "effect of ice picks",
        "beta_roll" => "effect of rolling scars",
        "beta_sev" => "effect of severity",
        "dose_depth" | "dose_depth_exponent" => "effect of depth",
        "dose_passes" | "dose_passes_exponent" => "effect of passes",
        "k_out" => "how long improvement lasts",
        "mu_A" => "the most that needling can do",
        "mu_g" => "gain per session",
        "mu_k" => "how fast improvement shows",
        "omega_A" => "spread of the most it can do between patients",
        "omega_g" => "spread of the gain between patients",
        "omega_k" => "spread of the speed between patients",
        "rho" => "what sessions lose when they are close",
        "tau" => "spread between clinics",
        "tau_rho" => "recovery of the skin between sessions",
        "sigma_pct" => "noise of judged percentages",
        "sigma_score" => "noise of scores",
        other => other,
    });
    each.collect::<Vec<_>>().join("; ")
}
