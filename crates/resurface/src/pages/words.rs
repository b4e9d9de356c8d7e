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
pub(super) fn origin(origin: &Origin) -> String {
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
