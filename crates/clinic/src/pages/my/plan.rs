//! A patient's own plan: only what a practitioner adopted, in plain words.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use jiff::civil::Date;
use maud::{Markup, html};
use resurface_care::chart::{Course, Message, Penned};
use resurface_documents::Reader;
use resurface_knowledge::Knowledge;
use resurface_knowledge::adverse_events::Urgency;
use resurface_knowledge::protocol::AftercareStep;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;
use resurface_ledger::identity::LinkPurpose;
use resurface_words::Words;

use super::expected;
use crate::app::App;
use crate::doors::Visitor;
use crate::page::Area;
use crate::pages::messages::{list, messages};
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat};

/// Messages that are shown at first.
const MESSAGES: usize = 3;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::new("/my/plan", Need::Link(LinkPurpose::Plan), "a patient's own plan", get(show))]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.with_link(visitor, LinkPurpose::Plan, |seat, patient| {
        let open = seat.desk.open_to_write(patient, Operation::OwnPlan)?;
        Ok(seat.page(Area::Outside, &seat.words().text("my-plan-title")).body(&view(seat, &open)))
    })
    .await
}

fn view(seat: &Seat<'_>, open: &OpenChart) -> Markup {
    let (Reader { words, knowledge }, today) = (seat.reader(), seat.app.clinic().today());
    let course = open.chart.plan.as_ref().and_then(|plan| plan.course());
    let goal = open.chart.intake.as_ref().map(|intake| intake.goal.improvement_percent);
    let from_clinic = from_clinic(open);
    let last = open.chart.sessions.last().map(|session| session.on);
    let section =
        |key: &str, body: Markup| html! { section.card aria-labelledby=(key) { h2 id=(key) { (words.text(key)) } (body) } };
    html! {
        div.mine {
            h1 { (words.text("my-plan-title")) }
            @if !from_clinic.is_empty() {
                (section("my-messages", html! {
                    (list(words, &from_clinic[..from_clinic.len().min(MESSAGES)]))
                    @if from_clinic.len() > MESSAGES { details { summary { (words.text("my-messages-earlier")) } (list(words, &from_clinic[MESSAGES..])) } }
                }))
            }
            @match course {
                None => { p.callout { (words.text("my-no-plan")) } },
                Some(course) => {
                    (section("my-sessions", sessions(words, open, course)))
                    (section("my-expected", match &course.expected {
                        Some(expected) => expected::view(words, expected, goal),
                        None => html! { p { (words.text("my-expected-none")) } },
                    }))
                },
            }
            (section("my-aftercare", aftercare(words, knowledge, last, today)))
            (section("my-call", call(words, knowledge)))
            (report(seat))
            (section("my-questions", html! {
                ul.topics { @for (topic, title) in knowledge.guide.topics() { li { a href={ "/my/guide/" (topic) } { (title) } } } }
            }))
        }
    }
}

/// What the clinic wrote to the patient, newest first.
pub(crate) fn from_clinic(open: &OpenChart) -> Vec<&Message> {
    messages(open).into_iter().filter(|message| message.from == Penned::Clinic).collect()
}

/// Sessions given, and those to come with the first day on which each can be.
fn sessions(words: &Words, open: &OpenChart, course: &Course) -> Markup {
    let given = &open.chart.sessions;
    html! {
        p { (words.with("my-course", [("count", course.total_sessions.into()), ("days", course.interval_days.into())])) }
        ol.course {
            @for (at, session) in given.iter().enumerate() {
                li.done value=(at + 1) { (words.with("my-session-given", [("date", words.date(session.on).into())])) }
            }
            @for (at, (number, day)) in to_come(open, course).into_iter().enumerate() {
                li value=(number) { (words.with(if at == 0 { "my-session-next" } else { "my-session-later" }, [("date", words.date(day).into())])) }
            }
        }
    }
}

/// The sessions to come, each with the first day on which it can be.
pub(crate) fn to_come(open: &OpenChart, course: &Course) -> Vec<(usize, Date)> {
    let mut last = open.chart.sessions.last().map(|session| session.on);
    let to_come = course.sessions.iter().filter(|session| session.number > open.chart.sessions.len());
    let dated = to_come.map(|session| {
        let day = course.not_before(session.number, last).unwrap_or(session.not_before);
        last = Some(day);
        (session.number, day)
    });
    dated.collect()
}

/// What to do and to expect, by hour and day; what holds today is marked, where a session was given lately.
fn aftercare(words: &Words, knowledge: &Knowledge, session: Option<Date>, today: Date) -> Markup {
    let steps = aftercare_steps(knowledge);
    let since = session.and_then(|session| session.until(today).ok()).and_then(|span| u32::try_from(span.get_days()).ok());
    let holds = |step: &AftercareStep| since.is_some_and(|day| step.from_hour / 24 <= day && day * 24 < step.to_hour.max(1));
    html! {
        @if let Some(session) = session { p { (words.with("my-aftercare-since", [("date", words.date(session).into())])) } }
        ol.aftercare {
            @for step in steps {
                li.now[holds(step)] {
                    p.when { (span_of(words, step)) @if holds(step) { " " span.tag.good { (words.text("my-now")) } } }
                    p { (step.patient) }
                }
            }
        }
    }
}

/// The steps of the after-care, in the order in which they begin.
pub(crate) fn aftercare_steps(knowledge: &Knowledge) -> Vec<&AftercareStep> {
    let mut steps: Vec<&AftercareStep> = knowledge.protocol.aftercare.iter().collect();
    steps.sort_by_key(|step| (step.from_hour, step.to_hour));
    steps
}

/// Hours up to three days, then days, then weeks.
fn span_of(words: &Words, step: &AftercareStep) -> String {
    let (from, to) = (step.from_hour, step.to_hour);
    let two = |key: &str, from: u32, to: u32| words.with(key, [("from", from.to_string().into()), ("to", to.to_string().into())]);
    match (from, to) {
        (from, to) if from == to && from % 168 == 0 => words.with("my-from-week", [("week", (from / 168).to_string().into())]),
        (0, to) if to <= 72 => words.with("my-first-hours", [("hours", to.to_string().into())]),
        (from, to) if to <= 72 => two("my-hours", from, to),
        (from, to) => two("my-days", from / 24, to / 24),
    }
}

/// When to call, the most urgent first.
pub(super) fn call(words: &Words, knowledge: &Knowledge) -> Markup {
    let of = |urgency: Urgency| knowledge.adverse_events.events.iter().filter(move |event| event.urgency == urgency);
    let groups = [
        (Urgency::Emergency, "my-call-emergency", "danger"),
        (Urgency::SameDay, "my-call-same-day", "warn"),
        (Urgency::WithinAWeek, "my-call-week", "plain"),
        (Urgency::Expected, "my-call-expected", "good"),
    ];
    html! {
        @for (urgency, key, tone) in groups {
            @if of(urgency).next().is_some() {
                div.callout.(tone) {
                    h3 { (words.text(key)) }
                    ul { @for event in of(urgency) { li { (event.patient) " " strong { (event.patient_does) } } } }
                }
            }
        }
    }
}

/// How to report a problem: by the link for it, where this telephone holds one.
fn report(seat: &Seat<'_>) -> Markup {
    let words = seat.words();
    html! {
        section.card aria-labelledby="my-report" {
            h2 id="my-report" { (words.text("my-report-title")) }
            @if seat.visitor.link(LinkPurpose::ReportProblem).is_some() { p { a.button href="/my/report" { (words.text("my-report-button")) } } }
            @else { p { (words.text("my-report-how")) } }
        }
    }
}
