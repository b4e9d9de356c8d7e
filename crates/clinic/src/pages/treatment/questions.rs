//! What is asked again on the treatment day, and what is carried over from the last time it was asked.

use jiff::civil::Date;
use maud::{Markup, html};
use resurface_care::chart::Intake;
use resurface_care::consultation::{Answer, Answered};
use resurface_care::facts::{PIGMENTATION_HISTORY, PIGMENTATION_QUESTION};
use resurface_knowledge::Knowledge;
use resurface_knowledge::contraindications::{Contraindication, LookedAt, Trigger};
use resurface_ledger::clinic::OpenChart;
use resurface_words::Words;

use crate::form::{Form, Typed};
use crate::pages::intake::questions::{group_of, in_plain_words};

/// A question, with the finding that answers it.
pub(super) struct Question<'a> {
    pub(super) key: &'a str,
    text: &'a str,
    group: &'static str,
}

impl Question<'_> {
    fn text(&self, words: &Words) -> String {
        if self.key == PIGMENTATION_HISTORY { words.text("ask-pigmentation-clinician") } else { self.text.to_owned() }
    }
}

/// Whether a question is asked anew.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// The answer can change from one day to the next.
    Anew,
    /// It is carried over.
    CarriedOver,
}

/// The groups in which questions are asked, in this order: what is nearest to the needle first. The key of each and its title.
const GROUPS: [(&str, &str); 9] = [
    ("day", "treatment-group-day"),
    ("since", "intake-group-since"),
    ("area", "intake-group-area"),
    ("lately", "intake-group-lately"),
    ("medicines", "intake-group-medicines"),
    ("health", "intake-group-health"),
    ("allergies", "intake-group-allergies"),
    ("skin", "intake-group-skin"),
    ("circumstances", "intake-group-circumstances"),
];

/// The questions of the rules, group by group; those about what followed a session only where there was one, here or elsewhere.
pub(super) fn questions<'a>(knowledge: &'a Knowledge, open: &OpenChart, asked: Asked) -> Vec<Question<'a>> {
    let needled =
        !open.chart.sessions.is_empty() || open.chart.intake.as_ref().is_some_and(|intake| !intake.earlier_treatments.is_empty());
    let wanted = |rule: &Contraindication| match rule.looked_at {
        LookedAt::Consultation => asked == Asked::CarriedOver,
        LookedAt::ConsultationAndDay | LookedAt::Day => asked == Asked::Anew,
        LookedAt::AfterASession => asked == Asked::Anew && needled,
    };
    let of_rules = knowledge.contraindications.iter().filter(|rule| wanted(rule)).filter_map(|rule| match &rule.trigger {
        Trigger::Asked(key) => Some(Question { key, text: &rule.question, group: group(key, rule.looked_at) }),
        Trigger::Derived(_) => None,
    });
    // No rule asks for it, and yet interval and depth rest on it.
    let pigmentation = Question { key: PIGMENTATION_HISTORY, text: PIGMENTATION_QUESTION, group: "skin" };
    let mut questions: Vec<_> = of_rules.chain((asked == Asked::CarriedOver).then_some(pigmentation)).collect();
    questions.sort_by_key(|question| GROUPS.iter().position(|(group, _)| *group == question.group));
    questions
}

fn group(key: &str, looked_at: LookedAt) -> &'static str {
    match looked_at {
        LookedAt::Day => "day",
        LookedAt::AfterASession => "since",
        LookedAt::Consultation | LookedAt::ConsultationAndDay => group_of(key).unwrap_or("circumstances"),
    }
}

/// The questions that are asked anew.
pub(super) fn anew(form: &Form<'_>, questions: &[Question<'_>], held: &Intake, today: Date) -> Markup {
    let words = form.words;
    let (pregnant, breast_feeding) = (alone(held.pregnant), alone(held.breast_feeding));
    let answered_today = held.on == today;
    let titled = |title: &str, asks: Markup| html! { h3 { (words.text(title)) } div.asks { (asks) } };
    html! {
        (titled("intake-pregnancy", html! {
            (question(form, "patient.pregnant", &words.text("treatment-pregnant"), None, last(answered_today, Some(&pregnant))))
            (question(form, "patient.breast_feeding", &words.text("treatment-breast-feeding"), None, last(answered_today, Some(&breast_feeding))))
        }))
        @for part in questions.chunk_by(|one, next| one.group == next.group) {
            @let title = part.first().and_then(|first| GROUPS.iter().find(|(group, _)| *group == first.group));
            (titled(title.map_or("treatment-asked", |(_, title)| title), html! {
                @for asked in part {
                    @let name = format!("findings.{}.answer", asked.key);
                    (question(form, &name, &asked.text(words), Some(asked), last(answered_today, held.findings.get(asked.key))))
                }
            }))
        }
    }
}

/// An answer without a day.
const fn alone(answer: Answer) -> Answered {
    Answered { answer, on: None, note: None }
}

/// The last answer, where it was given on another day.
fn last(answered_today: bool, held: Option<&Answered>) -> Option<&Answered> {
    held.filter(|held| !answered_today && held.answer != Answer::Unknown)
}

fn question(form: &Form<'_>, name: &str, text: &str, of_rule: Option<&Question<'_>>, last: Option<&Answered>) -> Markup {
    let words = form.words;
    let id = format!("f-{}", name.trim_end_matches(".answer").replace('.', "-"));
    let fault = form.faults.of(name);
    form.faults.shown_at(name, &html! { span lang=[of_rule.map(|_| "en")] { (text) } });
    let typed = form.typed.filled(name).unwrap_or("unknown");
    html! {
        fieldset.ask.wrong[fault.is_some()] id=(id) {
            legend { (text) }
            div.choices {
                @for word in ["yes", "no", "unknown"] {
                    label.choice { input type="radio" name=(name) value=(word) checked[word == typed]; span { (words.text(word)) } }
                }
            }
            @if let Some(plain) = of_rule.and_then(|asked| in_plain_words(asked.key, words)) { p.last { q { (plain) } } }
            @if let Some(last) = last { p.last { (last_words(words, last)) } }
            @if let Some(fault) = fault { p.fault lang=[fault.language] { (fault.problem) } }
            @if let Some(asked) = of_rule {
                div.detail {
                    (form.date(&format!("findings.{}.on", asked.key), &words.text("treatment-since"), None))
                    (form.text(&format!("findings.{}.note", asked.key), &words.text("treatment-note"), None))
                }
            }
        }
    }
}

fn last_words(words: &Words, last: &Answered) -> String {
    let answer = words.text(word_of(last.answer));
    match last.on {
        Some(on) => words.with("treatment-last-with-day", [("answer", answer.into()), ("date", words.short_date(on).into())]),
        None => words.with("treatment-last", [("answer", answer.into())]),
    }
}

/// The word of an answer in forms and in the words.
pub(super) const fn word_of(answer: Answer) -> &'static str {
    match answer {
        Answer::No => "no",
        Answer::Unknown => "unknown",
        Answer::Yes => "yes",
    }
}

/// What is carried over, to be confirmed as a whole.
pub(super) fn carried_over(form: &Form<'_>, questions: &[Question<'_>], held: &Intake) -> Markup {
    let words = form.words;
    let answer = |key: &str| held.findings.get(key).map_or(Answer::Unknown, |found| found.answer);
    let open = questions.iter().filter(|asked| answer(asked.key) == Answer::Unknown).count();
    let yes = questions.iter().filter(|asked| answer(asked.key) == Answer::Yes).count();
    html! {
        p {
            (words.with("treatment-carried-from", [("date", words.date(held.on).into()), ("count", questions.len().into())])) " "
            (words.with("treatment-carried-yes", [("count", yes.into())])) " "
            @if open > 0 { strong { (words.with("treatment-carried-open", [("count", open.into())])) } }
        }
        details open[open > 0] {
            summary { (words.text("treatment-carried-show")) }
            div.scroll role="region" tabindex="0" aria-label=(words.text("treatment-carried")) {
                table.carried {
                    thead { tr { th scope="col" { (words.text("treatment-question")) } th scope="col" { (words.text("treatment-answer")) } } }
                    tbody {
                        @for asked in questions {
                            @let given = answer(asked.key);
                            tr.open[given == Answer::Unknown] {
                                th scope="row" { (asked.text(words)) }
                                td { span.tag.(tone(given)) { (words.text(word_of(given))) } }
                            }
                        }
                    }
                }
            }
        }
        (form.checks("_carried[]", &words.text("treatment-carried-confirm"), None, &[("yes", words.text("treatment-carried-confirmed"))]))
    }
}

const fn tone(answer: Answer) -> &'static str {
    match answer {
        Answer::No => "quiet",
        Answer::Unknown => "danger",
        Answer::Yes => "warn",
    }
}

/// The form as it stands at first: what was answered today already, and the days that belong to earlier answers; never an
/// earlier answer itself.
pub(super) fn prefilled(mut typed: Typed, questions: &[Question<'_>], held: &Intake, today: Date) -> Typed {
    if held.on == today {
        typed = typed.or("patient.pregnant", word_of(held.pregnant)).or("patient.breast_feeding", word_of(held.breast_feeding));
        typed = typed.or("_carried[]", "yes");
    }
    for asked in questions {
        let Some(found) = held.findings.get(asked.key) else { continue };
        if held.on == today {
            typed = typed.or(format!("findings.{}.answer", asked.key), word_of(found.answer));
        }
        if let Some(on) = found.on {
            typed = typed.or(format!("findings.{}.on", asked.key), on.to_string());
        }
        if let Some(note) = &found.note {
            typed = typed.or(format!("findings.{}.note", asked.key), note);
        }
    }
    typed
}
