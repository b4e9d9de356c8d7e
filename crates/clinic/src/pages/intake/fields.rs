//! The fields of an intake, in the practitioner's voice and in the patient's.

use maud::{Markup, html};
use resurface_knowledge::Knowledge;
use resurface_knowledge::treatments::TreatmentKind;

use super::questions::{Question, Sessions, groups};
use crate::form::{Choice, Form, Number};

/// Whose voice asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// The clinic's, with the patient's words beside it.
    Clinic,
    /// The patient's alone.
    Patient,
}

/// Rows for earlier treatments besides those that are filled in.
const ROWS_TO_FILL: usize = 2;
/// Most rows that are looked for in what was typed.
const ROWS_MAX: usize = 32;

/// What the patient hopes for.
pub(super) fn wishes(form: &Form<'_>, voice: Voice) -> Markup {
    let words = form.words;
    let of_voice = |key: &str| words.text(&format!("{key}{}", if voice == Voice::Patient { "-own" } else { "" }));
    let percent = Number { min: 1.0, max: 100.0, step: 1.0 };
    let worry = Number { min: 0.0, max: 10.0, step: 1.0 };
    html! {
        section.card {
            h2 { (of_voice("intake-wishes")) }
            (form.number("goal.improvement_percent:n", &of_voice("intake-goal"), Some(&of_voice("intake-goal-hint")), percent))
            (form.date("goal.by", &of_voice("intake-goal-by"), Some(&words.text("optional"))))
            (form.number("goal.worry:n", &of_voice("intake-worry"), Some(&words.text("intake-worry-hint")), worry))
        }
    }
}

/// Asked of everybody: sex as recorded never answers it.
pub(super) fn pregnancy(form: &Form<'_>, voice: Voice) -> Markup {
    let words = form.words;
    let own = if voice == Voice::Patient { "-own" } else { "" };
    html! {
        section.card {
            h2 { (words.text("intake-pregnancy")) }
            p.hint { (words.text(&format!("intake-pregnancy-hint{own}"))) }
            (answered(form, "patient.pregnant", &words.text(&format!("intake-pregnant{own}"))))
            (answered(form, "patient.breast_feeding", &words.text(&format!("intake-breast-feeding{own}"))))
        }
    }
}

/// Every question about findings, group by group.
pub(super) fn findings(form: &Form<'_>, knowledge: &Knowledge, sessions: Sessions, voice: Voice) -> Markup {
    let words = form.words;
    html! {
        @for (group, questions) in groups(knowledge, sessions) {
            section.card.questions {
                h2 { (words.text(&format!("intake-group-{group}"))) }
                @for question in &questions { (one(form, question, voice)) }
            }
        }
    }
}

/// A question with its answer; the day and the words for it once the answer is yes.
fn one(form: &Form<'_>, question: &Question<'_>, voice: Voice) -> Markup {
    let words = form.words;
    let name = format!("findings.{}", question.key);
    let plain = question.plain(words);
    let note = format!("{name}.note");
    let has_note = form.typed.filled(&note).is_some();
    let label = html! {
        @match (voice, &plain) {
            (Voice::Patient, Some(plain)) => { (plain) },
            (Voice::Patient, None) | (Voice::Clinic, _) => { (question.asked(words)) },
        }
    };
    html! {
        div.question.open[has_note] {
            (radios(form, &format!("{name}.answer"), &label))
            @if voice == Voice::Clinic { @if let Some(plain) = &plain { p.patient-voice { q { (plain) } } } }
            @if let (Voice::Patient, Some(why)) = (voice, question.why) {
                details.why { summary { (words.text("intake-why-asked")) } p { (why) } }
            }
            div.when-yes {
                div.row {
                    (form.date(&format!("{name}.on"), &words.text("intake-on"), Some(&words.text("intake-on-hint"))))
                    (form.text(&note, &words.text("intake-note"), Some(&words.text("optional"))))
                }
            }
        }
    }
}

fn answered(form: &Form<'_>, name: &str, label: &str) -> Markup {
    html! { div.question { (radios(form, name, &html! { (label) })) } }
}

/// Yes, no or not known. Nobody has answered until somebody has: not known is what stands there.
fn radios(form: &Form<'_>, name: &str, label: &Markup) -> Markup {
    let words = form.words;
    let typed = form.typed.clone().or(name, "unknown");
    let form = Form { typed: &typed, ..*form };
    let choices: [Choice<'_>; 3] = [("yes", words.text("yes")), ("no", words.text("no")), ("unknown", words.text("unknown"))];
    form.radios_of(name, label, &choices)
}

/// Treatments before, here or elsewhere: those that are known, and room for more.
pub(super) fn earlier(form: &Form<'_>, knowledge: &Knowledge) -> Markup {
    let words = form.words;
    let filled = (0..ROWS_MAX).filter(|at| form.typed.filled(&format!("earlier_treatments.{at}.treatment")).is_some());
    let rows = filled.max().map_or(0, |last| last + 1) + ROWS_TO_FILL;
    let mut treatments: Vec<Choice<'_>> = vec![("", words.text("intake-earlier-none"))];
    let others = knowledge.treatments.treatments.iter().filter(|treatment| treatment.kind != TreatmentKind::NoTreatment);
    treatments.extend(others.map(|treatment| (treatment.id.as_str(), treatment.name.clone())));
    html! {
        section.card {
            h2 { (words.text("intake-earlier")) }
            p.hint { (words.text("intake-earlier-hint")) }
            @for at in 0..rows {
                @let name = |field: &str| format!("earlier_treatments.{at}.{field}");
                fieldset.earlier {
                    legend { (words.with("intake-earlier-row", [("number", (at + 1).to_string().into())])) }
                    div.row {
                        (form.select(&name("treatment"), &words.text("intake-earlier-what"), None, &treatments))
                        (form.date(&name("on"), &words.text("intake-earlier-on"), None))
                        (form.text(&name("result"), &words.text("intake-earlier-result"), None))
                    }
                }
            }
        }
    }
}
