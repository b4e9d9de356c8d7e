//! Who did what, and what was refused.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use resurface_ledger::access::{Access, ActorId, Operation, Outcome};
use resurface_ledger::clinic::{AccessFilter, AccessLine, Found, LedgerError, Outcomes};
use resurface_ledger::identity::PatientId;
use serde::Deserialize;

use crate::app::App;
use crate::doors::Visitor;
use crate::form::{Choice, Faults, Form, Typed};
use crate::page::Area;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat};

/// Lines of the page, at most.
const LINES: usize = 200;

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::ReadAccessLog);
    vec![
        Route::new("/audit", need, "who did what", get(show)),
        Route::new("/audit/emergencies", need, "what was opened in an emergency", get(emergencies)),
    ]
}

#[derive(Default, Deserialize)]
struct Sought {
    #[serde(default)]
    patient: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    since: String,
    #[serde(default)]
    outcome: String,
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Query(sought): Query<Sought>) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ReadAccessLog)?;
        let charts = charts(seat)?;
        let (filter, faults) = filter(seat, &charts, &sought);
        let lines = if faults.is_empty() { seat.desk.access_log(&filter)? } else { Vec::new() };
        let words = seat.words();
        let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let body = html! {
            div.heading {
                h1 { (words.text("audit-title")) }
                a href="/audit/emergencies" { (words.text("audit-to-emergencies")) }
            }
            p { (words.text("audit-about")) }
            (search(seat, &sought, &faults))
            @if lines.len() == LINES { p.small { (words.with("audit-most", [("count", LINES.to_string().into())])) } }
            (table(seat, &lines, &charts))
        };
        Ok(seat.page(Area::Audit, &words.text("audit-title")).with_status(status, &body))
    })
    .await
}

async fn emergencies(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, move |seat| {
        let lines = seat.desk.emergencies()?;
        let charts = charts(seat)?;
        let words = seat.words();
        let body = html! {
            p.back { a href="/audit" { "\u{2190} " (words.text("audit-title")) } }
            h1 { (words.text("audit-emergencies")) }
            p { (words.text("audit-emergencies-about")) }
            (table(seat, &lines, &charts))
        };
        Ok(seat.page(Area::Audit, &words.text("audit-emergencies")).body(&body))
    })
    .await
}

/// The charts by their id: the log itself holds no name.
fn charts(seat: &Seat<'_>) -> Result<BTreeMap<PatientId, Found>, LedgerError> {
    Ok(seat.desk.find("")?.into_iter().map(|found| (found.patient, found)).collect())
}

fn filter(seat: &Seat<'_>, charts: &BTreeMap<PatientId, Found>, sought: &Sought) -> (AccessFilter, Faults) {
    let mut faults = Faults::default();
    let mut filter = AccessFilter { lines_max: LINES, ..AccessFilter::default() };
    let number = sought.patient.trim();
    if !number.is_empty() {
        filter.patient = charts.values().find(|found| found.number == number).map(|found| found.patient);
        if filter.patient.is_none() {
            faults = faults.and(Faults::one("patient", seat.words().text("audit-no-patient")));
        }
    }
    filter.actor = seat.names.keys().find(|user| user.to_string() == sought.person).map(|user| ActorId::User(*user));
    filter.since = sought.since.parse().ok().and_then(|day| beginning_of(seat, day));
    if sought.outcome == "failures" {
        filter.outcomes = Outcomes::Failures;
    }
    (filter, faults)
}

/// When a day begins at the clinic.
pub(crate) fn beginning_of(seat: &Seat<'_>, day: Date) -> Option<Timestamp> {
    Some(day.to_zoned(seat.app.clinic().surroundings().zone()).ok()?.timestamp())
}

fn search(seat: &Seat<'_>, sought: &Sought, faults: &Faults) -> Markup {
    let words = seat.words();
    let typed = Typed::default().or("patient", &*sought.patient).or("person", &*sought.person);
    let typed = typed.or("since", &*sought.since).or("outcome", &*sought.outcome);
    let form = Form { words, typed: &typed, faults };
    let ids: Vec<(String, &String)> = seat.names.iter().map(|(user, name)| (user.to_string(), name)).collect();
    let mut people: Vec<Choice<'_>> = vec![("", words.text("audit-anybody"))];
    people.extend(ids.iter().map(|(id, name)| (id.as_str(), (*name).clone())));
    people.sort_by(|one, two| (!one.0.is_empty(), &one.1).cmp(&(!two.0.is_empty(), &two.1)));
    let outcomes = [("", words.text("audit-all")), ("failures", words.text("audit-failures"))];
    html! {
        form.search role="search" method="get" action="/audit" {
            (form.text("patient", &words.text("audit-patient"), None))
            (form.select("person", &words.text("audit-person"), None, &people))
            (form.date("since", &words.text("audit-since"), None))
            (form.select("outcome", &words.text("audit-outcome"), None, &outcomes))
            button type="submit" { (words.text("audit-show")) }
        }
    }
}

fn table(seat: &Seat<'_>, lines: &[AccessLine], charts: &BTreeMap<PatientId, Found>) -> Markup {
    let words = seat.words();
    html! {
        @if lines.is_empty() { p { (words.text("audit-no-lines")) } }
        @else {
            div.scroll tabindex="0" {
                table.audit {
                    thead { tr {
                        th scope="col" { (words.text("audit-when")) }
                        th scope="col" { (words.text("audit-who")) }
                        th scope="col" { (words.text("audit-what")) }
                        th scope="col" { (words.text("audit-whom")) }
                        th scope="col" { (words.text("audit-came")) }
                    } }
                    tbody {
                        @for line in lines {
                            tr {
                                td { (moment(seat, line.at)) }
                                @match &line.said {
                                    Some(said) => { (cells(seat, said, charts)) },
                                    None => { td colspan="4" { span.tag.danger { (words.text("audit-unreadable")) } } },
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A moment, as the clock of the clinic shows it.
pub(super) fn moment(seat: &Seat<'_>, at: Timestamp) -> Markup {
    let there = at.to_zoned(seat.app.clinic().surroundings().zone()).datetime();
    html! { time datetime=(at) { (seat.words().moment(there)) } }
}

fn cells(seat: &Seat<'_>, said: &Access, charts: &BTreeMap<PatientId, Found>) -> Markup {
    let words = seat.words();
    let who = match said.actor {
        ActorId::User(user) => seat.names.get(&user).cloned().unwrap_or_else(|| user.to_string()),
        ActorId::Link(_) => words.text("audit-link"),
        ActorId::Console => words.text("audit-console"),
        ActorId::Nobody => words.text("audit-nobody"),
    };
    html! {
        td { (who) }
        td {
            (words.text(&format!("op-{}", said.operation.code())))
            @if let Some(note) = said.note { p.small { (words.text(&format!("note-{}", note.code()))) } }
            @if let Some(reason) = &said.break_glass { p.reason { (words.with("audit-reason", [("reason", reason.as_str().into())])) } }
        }
        td {
            @match said.patient.map(|patient| (patient, charts.get(&patient))) {
                Some((_, Some(found))) => { (found.name) " " span.small { (found.number) } },
                Some((patient, None)) => span.small { (patient) },
                None => {},
            }
        }
        td {
            @match said.outcome {
                Outcome::Allowed => (words.text("audit-allowed")),
                Outcome::Failed => span.tag.warn { (words.text("audit-failed")) },
                Outcome::Denied(missing) => {
                    @let missing = words.text(&format!("missing-{}", missing.code()));
                    span.tag.danger { (words.with("audit-denied", [("missing", missing.into())])) }
                },
            }
        }
    }
}
