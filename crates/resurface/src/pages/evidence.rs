//! The page of `resurface evidence`: the answer first, then the trials, the harm, the alternatives and the limits.

use resurface_evidence::answer::{AdverseEvent, AdverseRate, Answer, Group, GroupBy, HeadToHead, Subgroups};
use resurface_evidence::comparisons::{Comparison, EffectType};
use resurface_evidence::trials::Blinding;

use super::{Extent, words};
use crate::envelope::Origin;
use crate::terminal::{Align, Column, Interval, IntervalPlot, Look, Page, Table, Tone};

/// The page.
pub(crate) fn page(evidence: &Answer, origin: &Origin, extent: Extent, look: Look) -> String {
    let mut page = Page::new(look);
    verdict(&mut page, evidence);
    forest(&mut page, evidence);
    judged_blind(&mut page, evidence);
    subgroups(&mut page, &evidence.subgroups);
    variations(&mut page, evidence);
    harm(&mut page, &evidence.adverse_events);
    others(&mut page, evidence);
    page.heading("What the evidence cannot say");
    for limit in &evidence.cannot_say {
        page.marked("?", &limit.text);
    }
    page.heading(&format!("Not pooled: {} needling arms", evidence.left_out.len()));
    page.text(&format!("Pooled were: {}", evidence.selection_rule));
    match extent {
        Extent::Glance => page.text("`resurface evidence --details` lists every arm that is not, with the reason."),
        Extent::Full => {
            for arm in &evidence.left_out {
                page.item(&format!("{}: {}", study_name(&arm.arm_id), arm.reason));
            }
        }
    }
    page.gap();
    page.text(&words::origin(origin));
    page.finish()
}

/// Author and year as one reads them.
pub(crate) fn study_name(id: &str) -> String {
    let id = id.replace('_', " ");
    match id.char_indices().rev().nth(3) {
        Some((at, _)) if at > 0 && id[at..].bytes().all(|digit| digit.is_ascii_digit()) && !id[..at].ends_with(' ') => {
            format!("{} {}", &id[..at], &id[at..])
        }
        _ => id,
    }
}

fn verdict(page: &mut Page, evidence: &Answer) {
    let pooled = &evidence.pooled;
    page.heading("Does microneedling help atrophic acne scars?");
    page.gap();
    let blinded = evidence.forest.iter().filter(|row| row.blinding == Blinding::RaterBlinded).count();
    let judged = match blinded {
        0 => "In none of them is the rater said to have been blinded.".to_owned(),
        some => format!("In {some} of them the rater was blinded."),
    };
    let mean = estimate(pooled.estimate_pct, not_narrower(pooled));
    let answer = format!(
        "Scars were on average {mean} better after needling alone: {} arms, {} patients, before against after. {judged}",
        pooled.k, pooled.n
    );
    page.verdict(Tone::Caution, "ANSWER", &answer);
    if let Some([low, high]) = pooled.prediction_pct {
        page.field("next study", &format!("its mean would lie between {low:.0} and {high:.0} % (95 % prediction interval)"));
    }
    if let (Some(tau), Some(i2)) = (pooled.tau_pct, pooled.i2_pct) {
        page.field("studies differ", &format!("spread between them {tau:.0} percentage points; I² {i2:.0} %"));
    }
    if let Some([low, high]) = evidence.leave_one_out_range_pct {
        page.field("one left out", &format!("the mean stays between {low:.0} and {high:.0} % whichever arm is left out"));
    }
    if let Some(net) = evidence.untreated.net.last() {
        let said = if net.ci[0] > 0.0 { "more than none" } else { "not clearly more than none" };
        page.field(
            "judged blind",
            &format!(
                "{:.1} points of a scar score (not percent) more than the untreated side ({:.1} to {:.1}; {}): {said}",
                net.difference,
                net.ci[0],
                net.ci[1],
                study_name(&net.study_id)
            ),
        );
    }
    page.field(
        "method",
        "random effects, REML, Hartung-Knapp interval (scale at least 1); prediction interval with k - 1 degrees of freedom",
    );
}

fn forest(page: &mut Page, evidence: &Answer) {
    page.heading("What each arm found, percent better");
    let look = page.look();
    let mut table = Table::new(vec![
        Column::new("study", Align::Left),
        Column::new("n", Align::Right),
        Column::droppable("sessions", Align::Right, 2),
        Column::droppable("weeks after", Align::Right, 4),
        Column::droppable("rater", Align::Left, 3),
        Column::new("% [95 %]", Align::Right),
        Column::droppable("weight", Align::Right, 1),
        Column::new("", Align::Left),
    ])
    .last_at_least(22);
    let plot = IntervalPlot { axis: axis(evidence), goal: Some(0.0), width: 22, charset: look.charset };
    let mut measured = table.clone();
    forest_rows(evidence, &plot).into_iter().for_each(|row| measured.row(row));
    let plot = IntervalPlot { width: measured.last_width(look).min(46), ..plot };
    forest_rows(evidence, &plot).into_iter().for_each(|row| table.row(row));
    page.table(&table);
    page.text("The pooled line shows the interval of the mean (thick) inside that of the next study (thin). A dash: not stated.");
}

fn forest_rows(evidence: &Answer, plot: &IntervalPlot) -> Vec<Vec<String>> {
    let not_said = || "-".to_owned();
    let blank = String::new;
    let arms = evidence.forest.iter().map(|row| {
        vec![
            study_name(&row.study_id),
            row.n.to_string(),
            row.sessions.map_or_else(not_said, |sessions| sessions.to_string()),
            row.weeks_since_last.map_or_else(not_said, |weeks| format!("{weeks:.0}")),
            rater(row.blinding).to_owned(),
            range(row.estimate_pct, row.ci_pct),
            format!("{:.0} %", row.weight_pct),
            plot.row(&Interval::point(row.estimate_pct, row.ci_pct)),
        ]
    });
    let mut rows: Vec<Vec<String>> = arms.collect();
    if let (Some(mean), Some(ci)) = (evidence.pooled.estimate_pct, not_narrower(&evidence.pooled)) {
        let prediction = evidence.pooled.prediction_pct.unwrap_or(ci);
        let thick = (ci[0], ci[1]);
        let drawn = plot.row(&Interval { half: thick, eighty: thick, ..Interval::point(mean, prediction) });
        let n = evidence.pooled.n.to_string();
        rows.push(vec!["pooled".to_owned(), n, blank(), blank(), blank(), range(mean, ci), blank(), drawn]);
    }
    rows.push(vec![blank(), blank(), blank(), blank(), blank(), blank(), blank(), plot.axis()]);
    rows
}

/// Ends of the axis that hold every interval, in steps of 20 %.
fn axis(evidence: &Answer) -> (f64, f64) {
    let ends = evidence.forest.iter().flat_map(|row| row.ci_pct).chain(evidence.pooled.prediction_pct.unwrap_or_default());
    let (low, high) = ends.fold((0.0_f64, 60.0_f64), |(low, high), end| (low.min(end), high.max(end)));
    ((low / 20.0).floor() * 20.0, (high / 20.0).ceil() * 20.0)
}

const fn rater(blinding: Blinding) -> &'static str {
    match blinding {
        Blinding::RaterBlinded => "blinded",
        Blinding::Open => "open",
        Blinding::Unclear => "unclear",
        Blinding::NotStated => "not said",
    }
}

fn judged_blind(page: &mut Page, evidence: &Answer) {
    page.heading("Against an untreated side, judged blind");
    for net in &evidence.untreated.net {
        let when = net.weeks_from_first.map(|weeks| format!(" {weeks:.0} weeks after the first session")).unwrap_or_default();
        let patients = net.n.map(|n| format!(", {n} patients")).unwrap_or_default();
        page.item(&format!(
            "{}{when}{patients}: {:.1} points on the treated side, {:.1} on the untreated one; difference {:.1} ({:.1} to {:.1}){}",
            study_name(&net.study_id),
            net.treated,
            net.untreated,
            net.difference,
            net.ci[0],
            net.ci[1],
            if net.ci[0] > 0.0 { "" } else { ", which includes none" },
        ));
    }
    page.text(evidence.untreated.assumption);
    let reports = evidence.blinded_reports.len();
    page.text(&format!("{reports} reports name a blinded rater; `--json` has what each of them found."));
}

fn subgroups(page: &mut Page, subgroups: &[Subgroups]) {
    page.heading("Where it differs (between trials, not proof of a cause)");
    let mut table = Table::new(vec![
        Column::new("arms with", Align::Left),
        Column::new("arms", Align::Right),
        Column::new("patients", Align::Right),
        Column::new("% better [95 %]", Align::Left),
    ]);
    for by in subgroups {
        let name = match by.by {
            GroupBy::Blinding => "rater",
            GroupBy::ScarType => "scar type",
            GroupBy::Sessions => "sessions",
            GroupBy::Device => "device",
            GroupBy::Design => "design",
            GroupBy::Spread => "spread",
        };
        for group in &by.groups {
            table.row(vec![format!("{name}: {}", group.label), group.k.to_string(), group.n.to_string(), in_group(group)]);
        }
    }
    page.table(&table);
}

/// What a subgroup says; with fewer than three arms the interval says nothing, and is not shown as if it did.
fn in_group(group: &Group) -> String {
    let mean = match (group.k, group.estimate_pct) {
        (0, _) | (_, None) => "none could be pooled".to_owned(),
        (1 | 2, Some(mean)) => format!("{mean:.0} (too few for an interval)"),
        (_, mean) => estimate(mean, not_narrower(group)),
    };
    let note = group.note.split_once("not pooled: ").map(|(_, note)| format!("; not pooled: {note}")).unwrap_or_default();
    format!("{mean}{note}")
}

fn variations(page: &mut Page, evidence: &Answer) {
    page.heading("The same question asked otherwise");
    for variation in &evidence.variations {
        let group = &variation.group;
        let next = group.prediction_pct.map(|[low, high]| format!("; next study {low:.0} to {high:.0} %")).unwrap_or_default();
        let mean = estimate(group.estimate_pct, not_narrower(group));
        page.item(&format!("{}: {mean}{next} ({} arms)", variation.label, group.k));
    }
    if let Some(small) = &evidence.small_studies {
        page.item(&format!(
            "small studies: Egger p = {:.2}, Begg p = {:.2}, trim and fill adds {}; with so few arms, no sign is no proof",
            small.egger.p_value, small.begg.p_value, small.trim_and_fill.filled
        ));
    }
    if let Some(slope) = &evidence.session_slope {
        page.item(&format!(
            "per further session, between studies: {:.1} percentage points ({:.1} to {:.1}); trials chose their number of \
             sessions, so this is no dose-response",
            slope.pct_per_session, slope.ci_pct[0], slope.ci_pct[1]
        ));
    }
}

fn harm(page: &mut Page, rates: &[AdverseRate]) {
    page.heading("Harm with needling alone");
    let mut table = Table::new(vec![
        Column::new("event", Align::Left),
        Column::new("patients", Align::Right),
        Column::new("% [exact 95 %]", Align::Left),
    ]);
    for rate in rates {
        let (counted, percent) = match &rate.all {
            Some(all) => (format!("{} of {}", all.events, all.n), range(100.0 * all.fraction, all.exact.map(|end| 100.0 * end))),
            None => ("not counted".to_owned(), "-".to_owned()),
        };
        table.row(vec![event(rate.event).to_owned(), counted, percent]);
    }
    page.table(&table);
    page.text("Nothing seen in a few patients is not nothing: read the upper end.");
}

const fn event(event: AdverseEvent) -> &'static str {
    match event {
        AdverseEvent::Hyperpigmentation => "dark marks after inflammation",
        AdverseEvent::TramTrack => "tram-track marks",
        AdverseEvent::Infection => "infection",
        AdverseEvent::AcneFlare => "acne flare",
    }
}

fn others(page: &mut Page, evidence: &Answer) {
    page.heading("Other treatments in the same trial as needling, percent better");
    let mut table = Table::new(vec![
        Column::new("study", Align::Left),
        Column::new("needling", Align::Right),
        Column::new("other", Align::Right),
        Column::droppable("scars", Align::Left, 1),
        Column::new("the other treatment", Align::Left),
    ]);
    for pair in &evidence.head_to_head {
        table.row(head_to_head(pair));
    }
    page.table(&table);
    page.heading("Other treatments in published reviews");
    for published in &evidence.published {
        for result in published.results.iter().filter(|result| result.effect.is_some()) {
            page.item(&review(result));
        }
    }
    page.text("Reviews that give no number, and network rankings, are in `--json`.");
}

fn head_to_head(pair: &HeadToHead) -> Vec<String> {
    let side = |side: &resurface_evidence::answer::Compared| match (side.pct, side.response) {
        (Some(pct), _) => format!("{pct:.0} %"),
        (None, Some(response)) => format!("{}/{}", response.events, response.of),
        (None, None) => "-".to_owned(),
    };
    let subset = if pair.outcome_subset.is_empty() { "all".to_owned() } else { pair.outcome_subset.replace('_', " ") };
    let other = words::treatment(&pair.other.treatment).to_owned();
    vec![study_name(&pair.study_id), side(&pair.needling), side(&pair.other), subset, other]
}

fn review(result: &Comparison) -> String {
    let kind = match result.effect_type {
        EffectType::MeanDifference => "mean difference",
        EffectType::StandardisedMeanDifference => "standardised mean difference",
        EffectType::OddsRatio => "odds ratio",
        EffectType::RiskRatio => "risk ratio",
        _ => "effect",
    };
    let effect = result.effect.map(|effect| format!(" {effect}")).unwrap_or_default();
    let ci = result.ci.map(|[low, high]| format!(" ({low} to {high})")).unwrap_or_default();
    let mark = words::trial_mark(result.mark);
    format!("{}, {}: {kind}{effect}{ci} ({}; {mark})", result.comparison, result.outcome, study_name(&result.review_id))
}

/// The interval of the mean; where Hartung-Knapp would make it narrower than the trials' own errors allow, the wider one.
fn not_narrower(group: &Group) -> Option<[f64; 2]> {
    group.ci_not_narrower_pct.or(group.ci_pct)
}

fn estimate(mean: Option<f64>, ci: Option<[f64; 2]>) -> String {
    match (mean, ci) {
        (Some(mean), Some([low, high])) => format!("{mean:.0} % ({low:.0} to {high:.0})"),
        (Some(mean), None) => format!("{mean:.0} %"),
        (None, _) => "not known".to_owned(),
    }
}

fn range(mean: f64, [low, high]: [f64; 2]) -> String {
    format!("{mean:.0} [{low:.0} to {high:.0}]")
}
