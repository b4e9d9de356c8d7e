//! The page of `resurface screen`, and the part of it that a plan begins with.

use resurface_care::facts::Detail;
use resurface_care::screening::{Decision, Finding, Screening, Unanswered};
use resurface_knowledge::contraindications::{Class, LabelStatus};

use super::{Extent, words};
use crate::envelope::Origin;
use crate::terminal::{Look, Page, Tone};

/// Questions shown in full where the page is to be short.
const QUESTIONS_AT_A_GLANCE: usize = 6;

/// The whole page.
pub(crate) fn page(screening: &Screening<'_>, origin: &Origin, extent: Extent, look: Look) -> String {
    let mut page = Page::new(look);
    decision(&mut page, screening);
    why(&mut page, screening, extent);
    missing(&mut page, screening, Extent::Full);
    aside(&mut page, screening, extent);
    page.gap();
    page.text(&format!(
        "{} rules looked at for {}. `resurface explain CI-…` shows one with its sources and their disagreement.",
        screening.rules_looked_at, screening.date
    ));
    page.text(&words::origin(origin));
    page.finish()
}

/// The line that says whether to treat.
pub(super) fn decision(page: &mut Page, screening: &Screening<'_>) {
    let what_it_means = match screening.decision {
        Decision::Suitable => "nothing that was asked speaks against needling",
        Decision::SuitableWithPrecautions => "needling may go on with the steps below",
        Decision::CannotDecide => "an answer is missing without which nobody can say; unknown is never safe",
        Decision::Defer(_) => "not yet; see what clears it",
        Decision::NotSuitable => "not by these rules; see why, and what else could be done",
    };
    page.verdict(tone(screening.decision), "DECISION", &format!("{} · {what_it_means}", screening.decision));
}

/// How a decision is meant.
pub(super) const fn tone(decision: Decision) -> Tone {
    match decision {
        Decision::Suitable => Tone::Clear,
        Decision::SuitableWithPrecautions => Tone::Caution,
        Decision::CannotDecide | Decision::Defer(_) | Decision::NotSuitable => Tone::Stop,
    }
}

/// Every finding that counted, strictest first, with what to do and who says so.
pub(super) fn why(page: &mut Page, screening: &Screening<'_>, extent: Extent) {
    if screening.findings.is_empty() && screening.setting.is_empty() {
        page.heading("Why");
        page.text(&format!("No finding counts; {} rules were looked at.", screening.rules_looked_at));
        return;
    }
    page.heading("Why");
    for reason in &screening.setting {
        let sources: Vec<&str> = reason.sources().iter().map(String::as_str).collect();
        page.marked(sign(reason.effect()), &format!("{reason} [{}; {}]", words::sources(&sources), words::mark(reason.mark())));
    }
    for finding in &screening.findings {
        one_finding(page, finding, extent);
    }
}

fn one_finding(page: &mut Page, finding: &Finding<'_>, extent: Extent) {
    let rule = finding.rule;
    let sources: Vec<&str> = rule.sources.iter().map(String::as_str).collect();
    let disputed = if rule.disagreement.is_empty() { "" } else { "; sources disagree" };
    let cited = format!("{}; {}; {}{disputed}", rule.id, words::sources(&sources), words::mark(rule.mark));
    let on = finding.on.map(|on| format!(", {on}")).unwrap_or_default();
    let said = match &finding.detail {
        Detail::Nothing | Detail::NotAsked(_) | Detail::Missing(_) => String::new(),
        detail => format!(" ({detail})"),
    };
    page.marked(sign(finding.effect), &format!("{}{on}{said}: {} [{cited}]", rule.finding, class(finding.class)));
    if extent == Extent::Full {
        page.under(&rule.clinician);
    }
    page.under(&format!("Do: {}", rule.action));
    if let Decision::Defer(_) | Decision::NotSuitable = finding.effect {
        page.under(&format!("Clears: {}", rule.clears.when));
    }
    if let Some(label) = finding.label.filter(|label| label.status != LabelStatus::NotOnTheTextSeen) {
        page.under(&format!("Device label: {} [{}]", label_status(label.status), words::mark(label.mark)));
    }
    if let Some(written) = finding.overridden {
        page.under(&format!("Decided otherwise by {} on {}: {}", written.prescriber, written.on, written.reason));
    }
    let turns_on_it = matches!(finding.effect, Decision::Defer(_) | Decision::NotSuitable) || finding.overridden.is_some();
    if extent == Extent::Full || turns_on_it {
        for side in &rule.disagreement {
            let sources: Vec<&str> = side.sources.iter().map(String::as_str).collect();
            page.under(&format!("One side: {} ({})", side.says, words::sources(&sources)));
        }
    }
}

/// The rules that nobody has answered: all of them, or the first few and how many more.
pub(super) fn missing(page: &mut Page, screening: &Screening<'_>, extent: Extent) {
    if screening.unanswered.is_empty() {
        return;
    }
    let count = screening.unanswered.len();
    page.heading(&format!("What is missing ({count} {})", if count == 1 { "answer" } else { "answers" }));
    let shown = match extent {
        Extent::Full => count,
        Extent::Glance => QUESTIONS_AT_A_GLANCE,
    };
    for unanswered in screening.unanswered.iter().take(shown) {
        page.marked("?", &question(unanswered));
    }
    if count > shown {
        page.text(&format!("and {} more: `resurface screen FILE` lists every one.", count - shown));
    }
}

fn question(unanswered: &Unanswered<'_>) -> String {
    format!("{} [{}; {}]", unanswered.rule.question, unanswered.field(), unanswered.rule.id)
}

/// What did not decide: off-label use, overrides, what is over, and what clinics list without need.
fn aside(page: &mut Page, screening: &Screening<'_>, extent: Extent) {
    off_label(page, screening);
    overrides(page, screening);
    over(page, screening);
    if extent == Extent::Full && !screening.not_counted.is_empty() {
        page.heading("Present, often listed by clinics, not counted");
        for rule in &screening.not_counted {
            page.item(&format!("{}: {} [{}]", rule.finding, rule.clinician, rule.id));
        }
    }
}

/// Waits that are over: a day typed wrong would end one too early, so each is shown with its day.
fn over(page: &mut Page, screening: &Screening<'_>) {
    if !screening.cleared.is_empty() {
        page.heading("Over");
        for cleared in &screening.cleared {
            page.item(&format!(
                "{}, {}: no longer counts since {} [{}]",
                cleared.rule.finding, cleared.on, cleared.since, cleared.rule.id
            ));
        }
    }
}

/// What is outside the device's label, which the consent has to say.
pub(super) fn off_label(page: &mut Page, screening: &Screening<'_>) {
    if screening.off_label.is_empty() {
        return;
    }
    page.heading("Outside the device's label (the consent has to say so)");
    for outside in &screening.off_label {
        let status = label_status(outside.statement.status);
        page.item(&format!("{}: {status} [{}]", outside.rule.finding, words::mark(outside.statement.mark)));
    }
}

/// What became of every override.
pub(super) fn overrides(page: &mut Page, screening: &Screening<'_>) {
    if screening.overrides.is_empty() {
        return;
    }
    page.heading("Decisions of a prescriber");
    for judged in &screening.overrides {
        let written = judged.written;
        page.item(&format!("{} by {}, {}: {}", written.rule, written.prescriber, written.on, judged.outcome.words()));
    }
}

/// The sign in front of a finding: what it does, also without colour.
const fn sign(effect: Decision) -> &'static str {
    match effect {
        Decision::Suitable => "-",
        Decision::SuitableWithPrecautions => "!",
        Decision::CannotDecide => "?",
        Decision::Defer(_) => ">",
        Decision::NotSuitable => "x",
    }
}

const fn class(class: Class) -> &'static str {
    match class {
        Class::NotAContraindication => "not a contraindication",
        Class::Precaution => "precaution",
        Class::Defer => "wait",
        Class::Relative => "relative contraindication",
        Class::Absolute => "absolute contraindication",
    }
}

const fn label_status(status: LabelStatus) -> &'static str {
    match status {
        LabelStatus::Contraindication => "a contraindication",
        LabelStatus::Precaution => "a precaution",
        LabelStatus::NotEvaluated => "not evaluated",
        LabelStatus::OutsideIndication => "outside the indication",
        LabelStatus::NotOnTheTextSeen => "not on the text seen",
    }
}
