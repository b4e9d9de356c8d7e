//! Why the decision is what it is: strictest first, each reason with its sources and, where they disagree, with every side.

use maud::{Markup, html};
use resurface_care::facts::Detail;
use resurface_care::screening::{Decision, Finding, Screening, Unanswered};
use resurface_documents::Reader;
use resurface_knowledge::contraindications::{Class, LabelStatus};
use resurface_ledger::identity::PatientId;

use super::verdict::{says, tone};
use crate::page::cited::{cited, mark_words, named};

/// Every finding that counted.
pub(super) fn why(words: &Reader<'_>, screening: &Screening<'_>) -> Markup {
    html! {
        section.card {
            h2 { (words.text("screening-why")) }
            @if screening.findings.is_empty() && screening.setting.is_empty() { p { (words.text("screening-nothing-counts")) } }
            ol.reasons {
                @for reason in &screening.setting {
                    @let (tone, sign) = tone(reason.effect());
                    li.(tone) {
                        h3 { span.sign aria-hidden="true" { (sign) } " " (words.say(&reason.sentence())) }
                        p { (cited(words, reason.sources(), reason.mark())) }
                    }
                }
                @for finding in &screening.findings { (one(words, finding)) }
            }
        }
    }
}

fn one(words: &Reader<'_>, finding: &Finding<'_>) -> Markup {
    let rule = finding.rule;
    let (tone, sign) = tone(finding.effect);
    let detail = match &finding.detail {
        Detail::Nothing | Detail::NotAsked(_) | Detail::Missing(_) => None,
        detail => Some(words.say(&detail.sentence())),
    };
    let stops = matches!(finding.effect, Decision::Defer(_) | Decision::NotSuitable);
    html! {
        li.(tone) {
            h3 {
                span.sign aria-hidden="true" { (sign) } " " (words.says(&rule.finding))
                @if let Some(on) = finding.on { ", " time datetime=(on) { (words.short_date(on)) } }
                " " span.tag.(tone) { (words.text(class_key(finding.class))) }
            }
            @if let Some(detail) = detail { p { (detail) } }
            p { (words.says(&rule.clinician)) " " (cited(words, &rule.sources, rule.mark)) }
            dl.facts {
                dt { (words.text("screening-does")) } dd { (says(words, finding.effect)) }
                dt { (words.text("screening-do")) } dd { (words.says(&rule.action)) }
                @if stops { dt { (words.text("screening-clears")) } dd { (words.says(&rule.clears.when)) } }
                @if let Some(label) = finding.label.filter(|label| label.status != LabelStatus::NotOnTheTextSeen) {
                    dt { (words.text("screening-label")) }
                    dd { (words.named("label", &label.status)) " [" (mark_words(words, label.mark)) "]" }
                }
                @if let Some(written) = finding.overridden {
                    dt { (words.text("screening-overridden")) }
                    dd { (written.prescriber) ", " (words.short_date(written.on)) ": " (written.reason) }
                }
                dt { (words.text("screening-evidence")) }
                dd { (words.named("evidence", &rule.evidence)) @if let Some(note) = &rule.evidence_note { "; " (words.says(note)) } }
            }
            @if !rule.disagreement.is_empty() {
                div.sides {
                    h4 { (words.text("screening-sides")) }
                    ul { @for side in &rule.disagreement { li { (words.says(&side.says)) " " (named(&side.sources)) } } }
                }
            }
            details { summary { (words.text("screening-for-the-patient")) } p.patient-voice { q { (words.says(&rule.patient)) } } }
        }
    }
}

const fn class_key(class: Class) -> &'static str {
    match class {
        Class::NotAContraindication => "class-not-counted",
        Class::Precaution => "class-precaution",
        Class::Defer => "class-defer",
        Class::Relative => "class-relative",
        Class::Absolute => "class-absolute",
    }
}

/// What nobody has answered, each with the way to its field.
pub(super) fn missing(words: &Reader<'_>, screening: &Screening<'_>, patient: PatientId) -> Markup {
    html! {
        @if !screening.unanswered.is_empty() {
            section.card id="missing" {
                h2 { (words.with("screening-missing", [("count", screening.unanswered.len().into())])) }
                p { (words.text("screening-missing-hint")) }
                ul.missing { @for unanswered in &screening.unanswered { (question(words, unanswered, patient)) } }
            }
        }
    }
}

fn question(words: &Reader<'_>, unanswered: &Unanswered<'_>, patient: PatientId) -> Markup {
    let field = unanswered.field();
    let page = match field.split('.').next() {
        Some("findings" | "patient" | "goal") => Some("intake"),
        Some("lesions" | "skin" | "scars") => Some("examination"),
        _ => None,
    };
    html! {
        li {
            (words.says(&unanswered.rule.question)) " " span.small { (words.text(what_to_do(unanswered))) } " "
            @match page {
                Some(page) => { a href={ "/charts/" (patient) "/" (page) "#f-" (field.replace('.', "-")) } { (words.text("screening-answer")) } },
                None => { span.small { (words.text("screening-answer-elsewhere")) } },
            }
        }
    }
}

/// What to do about it: for a precaution, taking the step is as good as knowing.
fn what_to_do(unanswered: &Unanswered<'_>) -> &'static str {
    if unanswered.rule.class == Class::Precaution { "unanswered-precaution" } else { "unanswered-waits" }
}

/// What would make the decision another one.
pub(super) fn would_change(words: &Reader<'_>, screening: &Screening<'_>) -> Markup {
    let waits: Vec<&Finding<'_>> = screening.findings.iter().filter(|finding| !finding.effect.permits()).collect();
    html! {
        @if !waits.is_empty() || !screening.unanswered.is_empty() {
            section.card {
                h2 { (words.text("screening-would-change")) }
                ul {
                    @if !screening.unanswered.is_empty() {
                        li { a href="#missing" { (words.with("screening-change-answers", [("count", screening.unanswered.len().into())])) } }
                    }
                    @for finding in waits {
                        li {
                            strong { (words.says(&finding.rule.finding)) } ": " (words.says(&finding.rule.clears.when))
                            @if let Decision::Defer(until) = finding.effect {
                                @if let Some(day) = until.date() { " (" (words.with("screening-change-day", [("date", words.date(day).into())])) ")" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What did not decide: off-label use, decisions against rules, what is over, and what clinics list without need.
pub(super) fn aside(words: &Reader<'_>, screening: &Screening<'_>) -> Markup {
    html! {
        @if !screening.off_label.is_empty() {
            section.card {
                h2 { (words.text("screening-off-label")) }
                ul { @for outside in &screening.off_label {
                    li { (words.says(&outside.rule.finding)) ": " (words.named("label", &outside.statement.status)) }
                } }
            }
        }
        @if !screening.overrides.is_empty() {
            section.card {
                h2 { (words.text("screening-overrides")) }
                ul { @for judged in &screening.overrides {
                    li { (judged.written.rule) " (" (judged.written.prescriber) ", " (words.short_date(judged.written.on)) "): " (words.named("override", &judged.outcome)) }
                } }
            }
        }
        @if !screening.cleared.is_empty() {
            section.card {
                h2 { (words.text("screening-over")) }
                p.hint { (words.text("screening-over-hint")) }
                ul { @for cleared in &screening.cleared {
                    li {
                        (words.says(&cleared.rule.finding)) ", " (words.short_date(cleared.on)) ": "
                        (words.with("screening-over-since", [("date", words.short_date(cleared.since).into())]))
                    }
                } }
            }
        }
        @if !screening.not_counted.is_empty() {
            details.card {
                summary { (words.text("screening-not-counted")) }
                ul { @for rule in &screening.not_counted {
                    li { strong { (words.says(&rule.finding)) } ": " (words.says(&rule.clinician)) " " (cited(words, &rule.sources, rule.mark)) }
                } }
            }
        }
        @if !screening.law_not_known.is_empty() {
            details.card {
                summary { (words.text("screening-law")) }
                ul { @for sentence in screening.law_not_known { li { (words.says(sentence)) } } }
            }
        }
    }
}

/// The sources that these reasons name.
pub(super) fn sources<'s>(screening: &'s Screening<'s>) -> Vec<&'s String> {
    let rules = screening.findings.iter().map(|finding| finding.rule).chain(screening.not_counted.iter().copied());
    let of_rules = rules.flat_map(|rule| rule.sources.iter().chain(rule.disagreement.iter().flat_map(|side| &side.sources)));
    of_rules.chain(screening.setting.iter().flat_map(|reason| reason.sources())).collect()
}
