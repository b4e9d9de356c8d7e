//! The plan: what is proposed and why, what it rests on, what else could be done, and what the practitioner makes of it.

mod around;
mod decide;
pub(crate) mod figure;
mod outlook;
mod proposal;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use jiff::civil::Date;
use maud::{Markup, html};
use resurface_care::chart::{Body, Setting};
use resurface_care::consultation::Consultation;
use resurface_care::plan::{Plan, Standing};
use resurface_care::screening::screen;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::{Attributed, OpenChart};

use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::{Faults, Form, Typed};
use crate::page::cited::source_list;
use crate::pages::chart::screened::standing_overrides;
use crate::pages::chart::setting::setting;
use crate::pages::chart::sheet::{self, Entries, Sheet, Unwritten};
use crate::pages::screening;
use crate::problem::Problem;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat, patient_of};

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::AdoptPlan);
    let mut routes =
        vec![Route::new("/charts/{patient}/plan", need, "the course proposed, and what is made of it", get(show).post(decide))];
    routes.extend(figure::routes());
    routes
}

/// What a form carries along so that nobody takes a proposal that they have not seen.
const ANSWER: &str = "_answer";

/// A question about a chart: for which setting, and what the chart amounts to then.
pub(crate) struct Asked {
    pub(crate) setting: Setting,
    pub(crate) consultation: Consultation,
}

/// What a plan is asked with: the place, device and operator of the latest screening; or, as a page, what has to be recorded first.
pub(crate) fn asked(seat: &Seat<'_>, open: &OpenChart) -> Result<Result<Asked, Markup>, Problem> {
    asked_on(seat, open, seat.app.clinic().today())
}

fn asked_on(seat: &Seat<'_>, open: &OpenChart, on: Date) -> Result<Result<Asked, Markup>, Problem> {
    let (setting, overrides) = (setting(seat, &open.chart, &Typed::default())?, standing_overrides(seat, &open.chart));
    Ok(match open.chart.asked(on, &setting, &overrides, None) {
        Ok(consultation) => Ok(Asked { setting, consultation }),
        Err(error) => Err(screening::not_yet(seat, open, &error)),
    })
}

/// What a plan would be asked with now or, between a session and the next examination, what it was asked with before that session.
pub(crate) fn asked_lately(seat: &Seat<'_>, open: &OpenChart) -> Result<Option<Asked>, Problem> {
    match asked(seat, open)? {
        Ok(asked) => Ok(Some(asked)),
        Err(_) => asked_at_last_visit(seat, open),
    }
}

/// What was asked before the last session was given: between a session and the next examination there is no newer forecast.
fn asked_at_last_visit(seat: &Seat<'_>, open: &OpenChart) -> Result<Option<Asked>, Problem> {
    let given = |entry: &&Attributed| matches!(entry.body, Body::SessionDelivered(_));
    let Some(session) = open.entries.iter().rev().find(given) else { return Ok(None) };
    let mut before = open.clone();
    before.chart = open.before(session.seq);
    let Some(on) = before.chart.latest_fact() else { return Ok(None) };
    Ok(asked_on(seat, &before, on)?.ok())
}

fn open(seat: &Seat<'_>, patient: &str) -> Result<OpenChart, Problem> {
    Ok(seat.desk.open_to_write(patient_of(patient)?, Operation::AdoptPlan)?)
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = open(seat, &patient)?;
        let sheet = Sheet::new(seat, &open);
        view(seat, &open, sheet, &Typed::default(), &Faults::default(), StatusCode::OK)
    })
    .await
}

async fn decide(State(app): State<Arc<App>>, Path(patient): Path<String>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = open(seat, &patient)?;
        let sheet = Sheet::of(&typed)?;
        if sheet.was_sent(&open) {
            return Ok(sheet::to_chart(open.patient));
        }
        if let Some(faults) = sheet.behind(seat, &open) {
            return view(seat, &open, sheet.again(&open), &typed, &faults, StatusCode::CONFLICT);
        }
        let answer = sheet::to_chart(open.patient);
        match entries(seat, &open, &sheet, &typed) {
            Ok(bodies) => seat.add(open, bodies).map(|_| answer).map_err(Into::into),
            Err(unwritten) => {
                let (status, faults) = unwritten.beside_the_form()?;
                view(seat, &open, sheet, &typed, &faults, status)
            }
        }
    })
    .await
}

/// What the form writes: the proposal that was shown, and what is made of it.
pub(crate) fn entries(seat: &Seat<'_>, open: &OpenChart, sheet: &Sheet, typed: &Typed) -> Entries {
    let wish = decide::wish(seat.words(), typed)?;
    let on = seat.app.clinic().today();
    let (setting, overrides) = (setting(seat, &open.chart, &Typed::default())?, standing_overrides(seat, &open.chart));
    let plan = seat
        .rules
        .bench(seat.app.program)
        .plan(&open.chart, on, &setting, &overrides, wish)
        .map_err(|error| Unwritten::undecided(seat, &error))?;
    if typed.value(ANSWER) != plan.answer.sha256.to_string() {
        return Err(Unwritten::Changed(Faults::one("", seat.words().text("plan-changed"))));
    }
    Ok(vec![(sheet.id(0), Body::PlanAdopted(plan))])
}

fn view(seat: &Seat<'_>, open: &OpenChart, sheet: Sheet, typed: &Typed, faults: &Faults, status: StatusCode) -> Answer {
    let (words, knowledge) = (&seat.reader(), &seat.rules.knowledge);
    let title = words.text("plan-title");
    let asked = match asked(seat, open)? {
        Ok(asked) => asked,
        Err(first) => return Ok(sheet::page(seat, open, &title, status, &[], &first)),
    };
    let plan = match seat.rules.bench(seat.app.program).planned(&asked.consultation) {
        Ok(plan) => plan,
        Err(error) => return Ok(sheet::page(seat, open, &title, status, &[], &no_forecast(seat, &error.to_string()))),
    };
    let screened = screen(&asked.consultation, knowledge);
    let form = Form { words, typed, faults };
    let body = html! {
        (screening::verdict(words, &screened))
        (standing(seat, &plan))
        (figure::shown(words, open.patient, &plan))
        (outlook::courses(words, &plan))
        @match &plan.standing {
            Standing::Proposed { proposal } => { (proposal::section(words, "plan-course-details", proposal)) },
            Standing::AfterDeferral { would_be, .. } => { (proposal::section(words, "plan-would-be", would_be)) },
            Standing::Withheld { .. } => {},
        }
        (decide::form(seat, open, sheet, &form, &asked.setting, &plan)?)
        (outlook::intervals(words, &plan))
        (around::alternatives(words, &plan.alternatives))
        (around::risks(words, &plan.risks))
        (around::changes(words, &plan.what_would_change))
        (outlook::rests_on(words, &plan, seat.app.program))
        (source_list(words, knowledge, around::sources(&plan)))
    };
    Ok(sheet::page(seat, open, &title, status, &[], &faults.above(words, &body)))
}

fn no_forecast(seat: &Seat<'_>, why: &str) -> Markup {
    html! { section.card { h2 { (seat.words().text("plan-no-forecast")) } p lang="en" { (why) } } }
}

/// What is proposed, or why nothing is, in one sentence.
fn standing(seat: &Seat<'_>, plan: &Plan) -> Markup {
    let words = seat.words();
    html! {
        section.card.standing {
            @match &plan.standing {
                Standing::Proposed { proposal } => {
                    h2 { (words.text("plan-proposal")) }
                    p.big { (proposal::sentence(words, proposal)) }
                    p { (words.text("plan-you-decide")) }
                },
                Standing::AfterDeferral { not_before, would_be } => {
                    h2 { (words.text("plan-nothing-today")) }
                    p.big { (proposal::sentence(words, would_be)) }
                    p {
                        @match not_before {
                            Some(day) => { (words.with("plan-after-day", [("date", words.date(*day).into())])) },
                            None => { (words.text("plan-after-state")) },
                        }
                    }
                },
                Standing::Withheld { because } => {
                    h2 { (words.text("plan-withheld")) }
                    p.big { (words.text(proposal::withheld_key(*because))) }
                },
            }
        }
    }
}
