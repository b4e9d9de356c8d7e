//! What the gate answered: permitted or refused, each reason with what to do and who says so.

use maud::{Markup, html};
use resurface_care::chart::{Chart, GateAnswer, Recorded, SessionGated};
use resurface_care::gate::{Check, Gate, Permit, Subject, Verdict, gate};
use resurface_care::screening::{Decision, Finding, Screening, SettingReason};
use resurface_documents::Reader;
use resurface_knowledge::{Knowledge, Mark};
use resurface_ledger::clinic::OpenChart;
use resurface_words::Words;

use super::standing::{Given, OfToday};
use crate::page::cited::mark_words;
use crate::problem::Problem;
use crate::seat::Seat;

pub(super) fn view(seat: &Seat<'_>, open: &OpenChart, of_today: &OfToday<'_>) -> Result<Markup, Problem> {
    let words = seat.words();
    let gated = of_today.gated;
    let may_begin = of_today.may_begin(seat, open)?;
    let (tone, key) = match gated.answer.permit {
        Permit::Refused => ("danger", "verdict-refused"),
        Permit::PermittedWithPrecautions => ("warn", "verdict-precautions"),
        Permit::Permitted => ("good", "verdict-permitted"),
    };
    let here = format!("/charts/{}", open.patient);
    Ok(html! {
        section.gate.callout.(tone) aria-labelledby="verdict" {
            h2 id="verdict" { (words.text(key)) }
            p { (asked_for(words, gated, &seat.rules.knowledge)) }
            @if gated.answer.permit != Permit::Refused && !may_begin && of_today.given == Given::NotYet {
                p role="alert" { strong { (words.text("verdict-no-longer")) } }
            }
            (reasons(seat, open, of_today))
            div.actions {
                @if may_begin { a.button href={ (here) "/session" } { (words.text("verdict-to-session")) } }
                @if of_today.given == Given::Already { p { strong { (words.text("verdict-given")) } } }
                @else { a.button.second href={ (here) "/treatment?again=1" } { (words.text("verdict-again")) } }
            }
        }
    })
}

fn asked_for(words: &Words, gated: &SessionGated, knowledge: &Knowledge) -> String {
    let device = knowledge.devices.iter().find(|device| device.id == gated.setting.device);
    words.with(
        "verdict-asked-for",
        [
            ("date", words.date(gated.on).into()),
            ("operator", (&gated.setting.operator.name).into()),
            ("device", device.map_or(&gated.setting.device, |device| &device.name).into()),
            (
                "lot",
                gated
                    .day
                    .cartridge
                    .as_ref()
                    .and_then(|cartridge| cartridge.lot.clone())
                    .unwrap_or_else(|| words.text("unknown"))
                    .into(),
            ),
        ],
    )
}

/// The whole answer is computed once more from the chart as it stood; where it is not what was written down (the rules are
/// others now), what was written down is shown.
fn reasons(seat: &Seat<'_>, open: &OpenChart, of_today: &OfToday<'_>) -> Markup {
    let (words, knowledge) = (&seat.reader(), &seat.rules.knowledge);
    let gated = of_today.gated;
    let entries = open.entries.iter().map(|entry| Recorded { id: entry.id, body: &entry.body });
    let chart = Chart::before(of_today.id, entries);
    let consultation = chart.consultation(gated.on, &gated.setting, &gated.overrides, Some(&gated.day)).ok();
    let whole = consultation.as_ref().map(|consultation| gate(consultation, knowledge));
    let same = |whole: &Gate<'_>| GateAnswer::of(whole).is_ok_and(|answer| answer.sha256 == gated.answer.sha256);
    match whole.filter(same) {
        Some(whole) => in_full(words, &whole, &gated.answer),
        None => html! {
            ul lang="en" { @for against in &gated.answer.against { li { (against) } } @for rule in &gated.answer.findings { li { (rule) } } }
            p.small { (words.text("verdict-other-rules")) }
        },
    }
}

fn in_full(words: &Reader<'_>, whole: &Gate<'_>, answer: &GateAnswer) -> Markup {
    let said = |text: &String| whole.checks.iter().any(|check| check.says.to_string() == *text);
    let besides: Vec<&String> = answer.against.iter().filter(|text| !said(text)).collect();
    let refuses = |decision: Decision| !decision.permits();
    let (stop, steps): (Vec<&Finding<'_>>, Vec<_>) = whole.screening.findings.iter().partition(|finding| refuses(finding.effect));
    let against: Vec<&Check<'_>> = whole.against().collect();
    let (checks, cautions): (Vec<_>, Vec<_>) = against.into_iter().partition(|check| check.verdict > Verdict::Precaution);
    let settings: Vec<_> = whole.screening.setting.iter().collect();
    let (stop_setting, step_setting): (Vec<&SettingReason<'_>>, Vec<_>) =
        settings.into_iter().partition(|reason| refuses(reason.effect()));
    let refused = !(besides.is_empty()
        && stop.is_empty()
        && checks.is_empty()
        && stop_setting.is_empty()
        && whole.screening.unanswered.is_empty());
    html! {
        @if refused {
            h3 { (words.text("verdict-against")) }
            ul.reasons {
                @for text in besides { li { strong lang="en" { (text) } } }
                @for reason in stop_setting { li { strong { (words.say(&reason.sentence())) } (cited(words, reason.sources(), reason.mark())) } }
                @for finding in stop { (found(words, finding)) }
                @for check in checks { (checked(words, check)) }
                (unanswered(words, &whole.screening))
            }
        }
        @if !(steps.is_empty() && cautions.is_empty() && step_setting.is_empty()) {
            h3 { (words.text("verdict-steps")) }
            ul.reasons {
                @for finding in steps { (found(words, finding)) }
                @for check in cautions { (checked(words, check)) }
                @for reason in step_setting { li { strong { (words.say(&reason.sentence())) } (cited(words, reason.sources(), reason.mark())) } }
            }
        }
        details {
            summary { (words.with("verdict-rests-on", [("rules", whole.screening.rules_looked_at.into()), ("checks", whole.checks.len().into())])) }
            ul.reasons { @for check in whole.checks.iter().filter(|check| check.verdict == Verdict::Passes) { (checked(words, check)) } }
        }
    }
}

fn found(words: &Reader<'_>, finding: &Finding<'_>) -> Markup {
    let rule = finding.rule;
    html! {
        li {
            strong { (words.says(&rule.finding)) }
            @if let Some(on) = finding.on { " (" (words.short_date(on)) ")" }
            p { (words.says(&rule.clinician)) }
            p { (words.text("verdict-do")) ": " (words.says(&rule.action)) }
            @if !finding.effect.permits() { p { (words.text("verdict-clears")) ": " (words.says(&rule.clears.when)) } }
            @if let Some(written) = finding.overridden {
                p { (words.with("verdict-overridden", [("name", (&written.prescriber).into()), ("reason", (&written.reason).into())])) }
            }
            (cited(words, &rule.sources, rule.mark))
        }
    }
}

fn unanswered(words: &Reader<'_>, screening: &Screening<'_>) -> Markup {
    html! {
        @for missing in &screening.unanswered {
            li {
                strong { (words.text("verdict-unanswered")) ": " (words.says(&missing.rule.question)) }
                (cited(words, &missing.rule.sources, missing.rule.mark))
            }
        }
    }
}

fn checked(words: &Reader<'_>, check: &Check<'_>) -> Markup {
    let about = match check.subject {
        Subject::Day => words.text("verdict-day"),
        Subject::Consent => words.text("verdict-consent"),
        Subject::Operator => words.text("verdict-operator"),
        Subject::Cartridge => words.text("verdict-cartridge"),
        Subject::Anaesthetic => words.text("verdict-anaesthetic"),
        Subject::Zone(zone) => words.knowledge.protocol.zone(zone).map_or_else(|| zone.to_owned(), |zone| zone.name.clone()),
    };
    html! {
        li {
            strong { (about) } ": " (words.say(&check.says.sentence()))
            (cited(words, check.sources, check.mark))
        }
    }
}

/// Who says so, and how far it was checked.
fn cited(words: &Reader<'_>, sources: &[String], mark: Mark) -> Markup {
    html! {
        @if sources.is_empty() { p.small { (mark_words(words, mark)) } }
        @else {
            details.cited {
                summary.small { (words.with("verdict-sources", [("ids", sources.join(", ").into())])) ", " (mark_words(words, mark)) }
                ul.small lang="en" { @for source in words.knowledge.sources.iter().filter(|source| sources.contains(&source.id)) { li { (source.id) ": " (source.citation) } } }
            }
        }
    }
}
