//! Links that a patient is handed: made, shown once, listed and revoked; and the door that they lead to.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{HOST, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use resurface_ledger::access::{Operation, Role};
use resurface_ledger::clinic::{LedgerError, OpenChart};
use resurface_ledger::identity::{Limits, LinkId, LinkPurpose, PatientId, PatientLink};

use super::chart::sheet;
use crate::app::App;
use crate::doors::{Keep, LINK, Posted, Visitor, kept};
use crate::form::{Faults, Form, Number, Typed};
use crate::page::qr;
use crate::problem::Problem;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat, patient_of, token_of};

pub(super) fn routes() -> Vec<Route> {
    let make = Need::Staff(Operation::MakePatientLink);
    let revoke = Need::Staff(Operation::RevokePatientLink);
    vec![
        Route::new("/charts/{patient}/links", make, "hand out a patient's links", get(show).post(hand_out)),
        Route::new("/charts/{patient}/links/{link}/revoke", revoke, "revoke a patient's link", post(take_back)),
        Route::new("/l/{purpose}/{patient}/{token}", Need::Anybody, "where a patient's link leads", get(enter)),
    ]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::MakePatientLink)?;
        view(seat, &open, &Typed::default(), &Faults::default(), StatusCode::OK)
    })
    .await
}

/// Makes a link and shows it: this once, as the clinic keeps only what its token hashes to.
async fn hand_out(
    State(app): State<Arc<App>>,
    Path(patient): Path<String>,
    headers: HeaderMap,
    Posted { visitor, typed }: Posted,
) -> Answer {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned();
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::MakePatientLink)?;
        let words = seat.words();
        let wrong = |field: &str, problem: String| {
            view(seat, &open, &typed, &Faults::one(field, problem), StatusCode::UNPROCESSABLE_ENTITY)
        };
        let Some(purpose) = purpose_of(typed.value("purpose")) else { return wrong("purpose", words.text("links-choose")) };
        let Ok(days) = typed.value("days").parse::<u32>() else { return wrong("days", words.text("links-days-number")) };
        match seat.desk.make_link(open.patient, purpose, Some(days)) {
            Ok((_, token)) => {
                let scheme = if seat.visitor.over_tls { "https" } else { "http" };
                let address = format!("{scheme}://{host}/l/{}/{}/{}", purpose.code(), open.patient, token.text().as_str());
                Ok(made(seat, &open, purpose, days, &address))
            }
            Err(LedgerError::Link(fault)) => wrong("days", fault.to_string()),
            Err(error) => Err(error.into()),
        }
    })
    .await
}

async fn take_back(
    State(app): State<Arc<App>>,
    Path((patient, link)): Path<(String, String)>,
    Posted { visitor, .. }: Posted,
) -> Answer {
    app.at_desk(visitor, move |seat| {
        let patient = patient_of(&patient)?;
        seat.may(Operation::RevokePatientLink)?;
        let link = link.parse::<LinkId>().map_err(|_| Problem::no_such_page())?;
        seat.desk.revoke_link(patient, link)?;
        Ok(Redirect::to(&format!("/charts/{patient}/links")).into_response())
    })
    .await
}

/// Keeps the link in the browser, out of the address line and of what a page could send on, and goes to its page. Whether it
/// works is asked there.
async fn enter(visitor: Visitor, Path((purpose, patient, token)): Path<(String, String, String)>) -> Answer {
    let purpose = purpose_of(&purpose).ok_or_else(Problem::no_such_page)?;
    let patient: PatientId = patient_of(&patient)?;
    token_of(&token).ok_or_else(Problem::no_such_page)?;
    let value = visitor.links_with(purpose, patient, &token);
    let cookie = kept(&visitor, LINK, value, Keep::WhileOpen);
    Ok(([(SET_COOKIE, cookie)], Redirect::to(&format!("/my/{}", purpose.code()))).into_response())
}

fn purpose_of(code: &str) -> Option<LinkPurpose> {
    LinkPurpose::ALL.into_iter().find(|purpose| purpose.code() == code)
}

fn view(seat: &Seat<'_>, open: &OpenChart, typed: &Typed, faults: &Faults, status: StatusCode) -> Result<Response, Problem> {
    let words = seat.words();
    let links = seat.desk.links(open.patient)?;
    let typed = typed.clone().or("days", Limits::default().link_days.to_string());
    let form = Form { words, typed: &typed, faults };
    let purposes = LinkPurpose::ALL.map(|purpose| (purpose.code(), words.text(&format!("links-{}", purpose.code()))));
    let days = Number { min: 1.0, max: f64::from(Limits::LINK_DAYS_MAX), step: 1.0 };
    let body = html! {
        p { (words.text("links-about")) }
        form.card method="post" action={ "/charts/" (open.patient) "/links" } {
            (seat.form_seal())
            (form.radios("purpose", &words.text("links-purpose"), None, &purposes))
            (form.number("days", &words.text("links-days"), None, days))
            button type="submit" { (words.text("links-make")) }
        }
        @if !links.is_empty() { (list(seat, open, &links)) }
    };
    Ok(sheet::page(seat, open, &words.text("links-title"), status, &[], &faults.above(words, &body)))
}

/// A link that was just made.
fn made(seat: &Seat<'_>, open: &OpenChart, purpose: LinkPurpose, days: u32, address: &str) -> Response {
    let words = seat.words();
    let body = html! {
        section.card.handed {
            h2 { (words.text(&format!("links-{}", purpose.code()))) }
            p { strong { (words.text("links-once")) } }
            (qr(address, &words.text("links-code")))
            p.address { a href=(address) rel="noreferrer" { (address) } }
            p { (words.with("links-works", [("days", days.into())])) }
            p { (words.text("links-how")) }
        }
        p { a.button.second href={ "/charts/" (open.patient) "/links" } { (words.text("links-all")) } }
    };
    sheet::page(seat, open, &words.text("links-made"), StatusCode::OK, &[], &body)
}

fn list(seat: &Seat<'_>, open: &OpenChart, links: &[PatientLink]) -> Markup {
    let words = seat.words();
    let zone = seat.app.clinic().surroundings().zone();
    let moment = |at: jiff::Timestamp| words.moment(at.to_zoned(zone.clone()).datetime());
    let now = seat.app.clinic().surroundings().now();
    let may_revoke = seat.has(&[Role::Practitioner, Role::Prescriber, Role::Assistant, Role::Lead]);
    html! {
        h2 { (words.text("links-handed-out")) }
        div.scroll role="region" tabindex="0" aria-label=(words.text("links-handed-out")) {
            table {
                thead { tr { @for key in ["links-purpose", "links-made-at", "links-until", "links-state", "links-revoke"] { th scope="col" { (words.text(key)) } } } }
                tbody {
                    @for link in links.iter().rev() {
                        @let works = link.revoked_at.is_none() && link.expires_at > now;
                        tr {
                            th scope="row" { (words.text(&format!("links-{}", link.purpose.code()))) }
                            td { (moment(link.made_at)) p.small { (seat.names.get(&link.made_by).map_or("", String::as_str)) } }
                            td { (moment(link.expires_at)) }
                            td {
                                @if let Some(at) = link.revoked_at { span.tag.quiet { (words.with("links-revoked", [("when", moment(at).into())])) } }
                                @else if !works { span.tag.quiet { (words.text("links-expired")) } }
                                @else { span.tag.good { (words.text("links-works-now")) } }
                                @if let Some(at) = link.used_at { p.small { (words.with("links-used", [("when", moment(at).into())])) } }
                            }
                            td {
                                @if works && may_revoke {
                                    form method="post" action={ "/charts/" (open.patient) "/links/" (link.id) "/revoke" } {
                                        (seat.form_seal())
                                        button.danger type="submit" aria-label=(words.with("links-revoke-one", [("purpose", words.text(&format!("links-{}", link.purpose.code())).into()), ("when", moment(link.made_at).into())])) { (words.text("links-revoke")) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
