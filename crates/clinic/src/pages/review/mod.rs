//! Is it working? What was measured against what was forecast, what follows, and what the practitioner decides.

pub(crate) mod outcome;
mod seen;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use resurface_care::chart::{Body, DecideError, Decided, ReviewAnswer, Reviewed};
use resurface_care::plan::Plan;
use resurface_care::review::Review;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;

pub(super) use self::outcome::scale_key;
pub(super) use self::seen::verdict_key;
use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::{Choice, Faults, Form, Typed};
use crate::page::cited::source_list;
use crate::pages::chart::screened::standing_overrides;
use crate::pages::chart::setting::setting;
use crate::pages::chart::sheet::{self, Entries, Sheet, Unwritten};
use crate::pages::screening;
use crate::problem::Problem;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat, patient_of};

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::Review);
    let mut routes = vec![Route::new("/charts/{patient}/review", need, "is it working, and what now", get(show).post(decide))];
    routes.extend(outcome::routes());
    routes
}

fn open(seat: &Seat<'_>, patient: &str) -> Result<OpenChart, Problem> {
    Ok(seat.desk.open_to_write(patient_of(patient)?, Operation::Review)?)
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = open(seat, &patient)?;
        let shown = Shown { sheet: Sheet::new(seat, &open), typed: &Typed::default(), faults: &Faults::default() };
        view(seat, &open, &shown, StatusCode::OK)
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
            return view(seat, &open, &Shown { sheet: sheet.again(&open), typed: &typed, faults: &faults }, StatusCode::CONFLICT);
        }
        let answer = sheet::to_chart(open.patient);
        match entries(seat, &open, &sheet, &typed) {
            Ok(bodies) => seat.add(open, bodies).map(|_| answer).map_err(Into::into),
            Err(unwritten) => {
                let (status, faults) = unwritten.beside_the_form()?;
                view(seat, &open, &Shown { sheet, typed: &typed, faults: &faults }, status)
            }
        }
    })
    .await
}

/// What the form writes: the review that was shown, and what is decided.
pub(crate) fn entries(seat: &Seat<'_>, open: &OpenChart, sheet: &Sheet, typed: &Typed) -> Entries {
    let Some(decided) = decision(typed.value("_decided")) else {
        return Err(Faults::one("_decided", seat.words().text("review-decision-needed")).into());
    };
    let (on, setting) = (seat.app.clinic().today(), setting(seat, &open.chart, &Typed::default())?);
    let (bench, overrides) = (seat.rules.bench(seat.app.program), standing_overrides(seat, &open.chart));
    let advised =
        bench.review(&open.chart, on, &setting, &overrides, None).map_err(|error| Unwritten::undecided(seat, &error))?;
    if typed.value(ANSWER) != advised.answer.sha256.to_string() {
        return Err(Unwritten::Changed(Faults::one("", seat.words().text("plan-changed"))));
    }
    let reason = typed.filled("_reason").map(str::to_owned);
    if decided != advised.decided && reason.is_none() {
        return Err(Faults::one("_reason", seat.words().text("review-reason-needed")).into());
    }
    Ok(vec![(sheet.id(0), Body::Reviewed(Reviewed { decided, reason, ..advised }))])
}

/// What the form carries along so that nobody decides about a review that they have not seen.
const ANSWER: &str = "_answer";

const DECISIONS: [(Decided, &str); 4] =
    [(Decided::Continue, "continue"), (Decided::Wait, "wait"), (Decided::Stop, "stop"), (Decided::Switch, "switch")];

fn decision(word: &str) -> Option<Decided> {
    DECISIONS.iter().find(|(_, known)| *known == word).map(|(decided, _)| *decided)
}

fn word_of(decided: Decided) -> &'static str {
    DECISIONS.iter().find(|(known, _)| *known == decided).map_or("", |(_, word)| *word)
}

/// One form of the page as it is shown: the other is then empty.
struct Shown<'a> {
    sheet: Sheet,
    typed: &'a Typed,
    faults: &'a Faults,
}

fn view(seat: &Seat<'_>, open: &OpenChart, shown: &Shown<'_>, status: StatusCode) -> Answer {
    let words = &seat.reader();
    let title = words.text("review-title");
    let body = match review(seat, open)? {
        Ok((plan, review)) => html! {
            (seen::verdict(words, &review))
            div.columns {
                div { (seen::comparisons(words, &plan, &review)) (seen::reasons(words, &review)) (seen::chances(words, &review)) }
                div { (form(seat, open, shown, &plan, &review)?) (outcome::form(seat, open, shown)) }
            }
            (source_list(words, &seat.rules.knowledge, review.reasons.iter().flat_map(|reason| &reason.sources)))
        },
        Err(first) => html! {
            (first)
            (outcome::form(seat, open, shown))
        },
    };
    Ok(sheet::page(seat, open, &title, status, &[], &shown.faults.above(words, &body)))
}

/// The review with the plan that it is a part of; or what has to be there first.
fn review(seat: &Seat<'_>, open: &OpenChart) -> Result<Result<(Plan, Review), Markup>, Problem> {
    let words = &seat.reader();
    let (on, setting) = (seat.app.clinic().today(), setting(seat, &open.chart, &Typed::default())?);
    let (bench, overrides) = (seat.rules.bench(seat.app.program), standing_overrides(seat, &open.chart));
    if open.chart.sessions.is_empty() {
        let nothing = html! {
            section.card {
                h2 { (words.text("review-nothing-yet")) }
                p { (words.text("review-nothing-yet-says")) }
                p { a.button href={ "/charts/" (open.patient) "/plan" } { (words.text("plan-title")) } }
            }
        };
        return Ok(Err(nothing));
    }
    let consultation = match open.chart.asked(on, &setting, &overrides, None) {
        Ok(consultation) => consultation,
        Err(error) => return Ok(Err(screening::not_yet(seat, open, &error))),
    };
    let refused = |why: Markup| html! { section.card { h2 { (words.text("plan-no-forecast")) } (why) } };
    Ok(match bench.planned(&consultation) {
        Ok(plan) => match plan.review.clone() {
            Some(review) => Ok((plan, review)),
            None => Err(refused(html! { @for why in &plan.extrapolation { p { (words.named("extrapolation", why)) } } })),
        },
        Err(error) => Err(refused(html! { p lang="en" { (error) } })),
    })
}

fn form(seat: &Seat<'_>, open: &OpenChart, shown: &Shown<'_>, plan: &Plan, review: &Review) -> Result<Markup, Problem> {
    let words = seat.words();
    let advised = Decided::of(review);
    let typed = shown.typed.clone().or("_decided", word_of(advised));
    let form = Form { words, typed: &typed, faults: shown.faults };
    let choices: Vec<Choice<'_>> = DECISIONS
        .map(|(decided, word)| {
            let label = words.text(&format!("review-decide-{word}"));
            (word, if decided == advised { words.with("review-advised", [("what", label.into())]) } else { label })
        })
        .into();
    let answer = ReviewAnswer::of(plan, review).map_err(DecideError::from)?;
    Ok(html! {
        form.card method="post" action={ "/charts/" (open.patient) "/review" } {
            (shown.sheet.fields(seat))
            input type="hidden" name=(ANSWER) value=(answer.sha256);
            h2 { (words.text("review-decide")) }
            (form.radios("_decided", &words.text("review-decision"), None, &choices))
            (form.area("_reason", &words.text("review-reason"), Some(&words.text("review-reason-hint"))))
            div.actions { button type="submit" { (words.text("review-record")) } }
        }
    })
}

/// Back to the page, once an outcome was added.
fn to_review(open: &OpenChart) -> Response {
    Redirect::to(&format!("/charts/{}/review", open.patient)).into_response()
}
