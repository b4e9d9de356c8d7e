//! A patient's chart: where it stands, what comes next, and everything that was written into it.

pub(crate) mod line;
mod pathway;
pub(crate) mod screened;
pub(crate) mod setting;
pub(crate) mod sheet;
pub(crate) mod timeline;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::routing::get;
use jiff::civil::Date;
use maud::{Markup, html};
use resurface_care::chart::{Milestones, NextStep, Step};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;
use resurface_words::Words;

use super::why::why;
use crate::app::App;
use crate::doors::Visitor;
use crate::page::{Area, patient_banner};
use crate::pages::pictures;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat, patient_of};

pub(super) fn routes() -> Vec<Route> {
    vec![Route::new("/charts/{patient}", Need::Staff(Operation::OpenChart), "a patient's chart", get(show))]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.chart(patient_of(&patient)?)?;
        let today = seat.app.clinic().today();
        let name = open.chart.registered.as_ref().map(|registered| registered.name.clone()).unwrap_or_default();
        Ok(seat.page(Area::Chart, &name).body(&view(seat, &open, today)))
    })
    .await
}

fn view(seat: &Seat<'_>, open: &OpenChart, today: Date) -> Markup {
    let words = seat.words();
    let milestones = Milestones::of(&open.chart);
    let next = milestones.next_step(&seat.rules.knowledge.settings, today);
    html! {
        (patient_banner(words, open.patient, &open.chart, today))
        @match &open.fault {
            Some(fault) => { p.callout.danger role="alert" { (words.with("chart-damaged", [("fault", fault.to_string().into())])) } },
            None => { (what_next(words, open, &next)) },
        }
        (pathway::rail(words, open, &milestones, &next))
        (ways(words, open))
        (pictures::latest(words, open))
        (forecast(words, open))
        (timeline::view(seat, open))
    }
}

/// The ways to what is not a station of the pathway.
fn ways(words: &Words, open: &OpenChart) -> Markup {
    html! {
        nav.more aria-label=(words.text("chart-more")) {
            ul {
                @for (page, label) in [("pictures", "pictures-title"), ("events", "events-title"), ("messages", "messages-title"), ("documents", "paper-title"), ("links", "links-title")] {
                    li { a href={ "/charts/" (open.patient) "/" (page) } { (words.text(label)) } }
                }
            }
        }
    }
}

/// What comes next, and the way there.
fn what_next(words: &Words, open: &OpenChart, next: &NextStep) -> Markup {
    let step = words.text(&format!("step-{}", next.step.code()));
    html! {
        section.card.next aria-labelledby="next" {
            h2 id="next" { (words.text("chart-next")) }
            p.big {
                (step)
                @if let Some(due) = next.due { " " span.due { (words.with("chart-due", [("date", words.date(due).into())])) } }
            }
            p { (why(words, &next.why)) }
            @if let Some(to) = place_of(next.step) {
                p { a.button href={ "/charts/" (open.patient) "/" (to) } { (words.with("chart-do-it", [("step", step.into())])) } }
            }
        }
    }
}

/// The forecast as a picture of its own: this page does not wait for it.
fn forecast(words: &Words, open: &OpenChart) -> Markup {
    let counted = open.chart.intake.is_some() && open.chart.examined.is_some();
    html! {
        section.card aria-labelledby="forecast" {
            h2 id="forecast" { (words.text("chart-forecast")) }
            @if counted {
                figure.forecast {
                    a href={ "/charts/" (open.patient) "/plan" } {
                        img src={ "/charts/" (open.patient) "/forecast.svg" } alt=(words.text("chart-forecast-alt")) loading="lazy" width="820" height="480";
                    }
                }
            } @else { p { (words.text("chart-forecast-not-yet")) } }
        }
    }
}

/// The page on which a step is done.
const fn place_of(step: Step) -> Option<&'static str> {
    Some(match step {
        Step::SeeToEvent => "events",
        Step::Intake | Step::AnswerMissing => "intake",
        Step::Examine => "examination",
        Step::Screen | Step::WaitUntilCleared => "screening",
        Step::Plan | Step::OfferAlternatives => "plan",
        Step::Consent => "consent",
        Step::Session => "treatment",
        Step::Review => "review",
        Step::Nothing => return None,
    })
}
