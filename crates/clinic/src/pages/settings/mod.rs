//! How the clinic works: place, device, and every number that is a clinic's to decide.

mod one;
mod row;

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use resurface_documents::Reader;
use resurface_knowledge::Mark;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::{LedgerError, PracticeChange, PracticeDecided, SecondFactorDuty};
use resurface_words::Words;

use crate::app::{App, NoRules};
use crate::doors::{Posted, Visitor};
use crate::form::{Choice, Faults, Form, Typed};
use crate::page::Area;
use crate::problem::Problem;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat};
use row::{Row, rows};

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::ChangeSettings);
    vec![
        Route::new("/settings", need, "how the clinic works", get(show).post(change)),
        Route::new("/settings/second-factor", need, "whether every user has to have codes", post(change_duty)),
        Route::new("/settings/{setting}", need, "one setting", get(one::show).post(one::change)),
    ]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| view(seat, &Typed::default(), &Faults::default(), StatusCode::OK)).await
}

/// Another place or another device.
async fn change(State(app): State<Arc<App>>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ChangeSettings)?;
        let knowledge = &seat.rules.knowledge;
        let place = typed.filled("jurisdiction").filter(|id| knowledge.jurisdictions.iter().any(|place| place.id == *id));
        let device = typed.filled("device").filter(|id| knowledge.devices.iter().any(|device| device.id == *id));
        let reason = typed.value("reason");
        let changes = [
            (place != seat.practice.jurisdiction.as_deref()).then(|| PracticeChange::Jurisdiction(place.map(str::to_owned))),
            (device != seat.practice.device.as_deref()).then(|| PracticeChange::Device(device.map(str::to_owned))),
        ];
        for change in changes.into_iter().flatten() {
            if let Some(faults) = not_changed(seat.app.change_practice(&seat.desk, change, reason))? {
                return view(seat, &typed, &faults, StatusCode::UNPROCESSABLE_ENTITY);
            }
        }
        Ok(Redirect::to("/settings").into_response())
    })
    .await
}

async fn change_duty(State(app): State<Arc<App>>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        let duty = if typed.value("duty") == "required" { SecondFactorDuty::Required } else { SecondFactorDuty::Free };
        seat.desk.require_second_factor(duty)?;
        Ok(Redirect::to("/settings").into_response())
    })
    .await
}

fn duty(seat: &Seat<'_>, duty: SecondFactorDuty) -> Markup {
    let words = seat.words();
    let (said, other, label) = match duty {
        SecondFactorDuty::Free => ("duty-free", "required", "duty-require"),
        SecondFactorDuty::Required => ("duty-required", "free", "duty-release"),
    };
    html! {
        form.card method="post" action="/settings/second-factor" {
            (seat.form_seal())
            h2 { (words.text("duty-title")) }
            p { (words.text(said)) }
            button.second name="duty" value=(other) type="submit" { (words.text(label)) }
        }
    }
}

/// What to say beside the form where nothing was changed.
fn not_changed(done: Result<(), NoRules>) -> Result<Option<Faults>, Problem> {
    match done {
        Ok(()) => Ok(None),
        Err(NoRules::Ledger(LedgerError::DoesNotFit(why))) => Ok(Some(Faults::one("reason", why))),
        Err(NoRules::Knowledge(reports)) => {
            let faults = reports.iter().flat_map(|report| report.faults());
            let said =
                faults.map(|fault| Faults::one("value", format!("{}: {} ({})", fault.field, fault.problem, fault.allowed)));
            Ok(Some(said.fold(Faults::default(), Faults::and)))
        }
        Err(error) => Err(error.into()),
    }
}

fn view(seat: &Seat<'_>, typed: &Typed, faults: &Faults, status: StatusCode) -> Result<Response, Problem> {
    seat.may(Operation::ChangeSettings)?;
    let words = seat.words();
    let title = words.text("settings-title");
    let rows = rows(seat)?;
    let (changed, shipped): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.is_changed());
    let body = html! {
        h1 { (title) }
        p { (words.text("settings-about")) }
        (place_and_device(seat, typed, faults))
        (duty(seat, seat.app.clinic().book()?.second_factor))
        @if !changed.is_empty() {
            h2 { (words.text("settings-changed")) }
            (table(seat, &changed))
        }
        h2 { (words.text("settings-shipped")) }
        (table(seat, &shipped))
    };
    Ok(seat.page(Area::Settings, &title).with_status(status, &faults.above(words, &body)))
}

fn place_and_device(seat: &Seat<'_>, typed: &Typed, faults: &Faults) -> Markup {
    let Reader { words, knowledge } = seat.reader();
    let typed = typed.clone().or("jurisdiction", seat.practice.jurisdiction.clone().unwrap_or_default());
    let typed = typed.or("device", seat.practice.device.clone().unwrap_or_default());
    let form = Form { words, typed: &typed, faults };
    let mut places: Vec<Choice<'_>> = vec![("", words.text("settings-none-chosen"))];
    places.extend(knowledge.jurisdictions.iter().map(|place| (place.id.as_str(), place.name.clone())));
    let mut devices: Vec<Choice<'_>> = vec![("", words.text("settings-none-chosen"))];
    devices.extend(knowledge.devices.iter().map(|device| (device.id.as_str(), device.name.clone())));
    let decided = |is: fn(&PracticeChange) -> bool| seat.practice.decided.iter().rev().find(|decided| is(&decided.change));
    html! {
        form.card method="post" action="/settings" {
            h2 { (words.text("settings-practice")) }
            p { (words.text("settings-practice-about")) }
            (seat.form_seal())
            div.row {
                (form.select("jurisdiction", &words.text("setting-place"), None, &places))
                (form.select("device", &words.text("setting-device"), None, &devices))
            }
            @for decided in [
                decided(|change| matches!(change, PracticeChange::Jurisdiction(_))),
                decided(|change| matches!(change, PracticeChange::Device(_))),
            ].into_iter().flatten() { (who(seat, decided)) }
            (form.text("reason", &words.text("settings-reason"), Some(&words.text("settings-reason-hint"))))
            button type="submit" { (words.text("save")) }
        }
    }
}

/// Who decided something, when and why.
fn who(seat: &Seat<'_>, decided: &PracticeDecided) -> Markup {
    let words = seat.words();
    let name = seat.names.get(&decided.by).cloned().unwrap_or_else(|| decided.by.to_string());
    let date = words.short_date(decided.on);
    html! {
        p.small { (words.with("settings-decided", [("name", name.into()), ("date", date.into()), ("reason", (&decided.reason).into())])) }
    }
}

fn table(seat: &Seat<'_>, rows: &[&Row]) -> Markup {
    let words = seat.words();
    html! {
        div.scroll tabindex="0" {
            table.settings {
                thead { tr {
                    th scope="col" { (words.text("settings-name")) }
                    th.number scope="col" { (words.text("settings-value")) }
                    th scope="col" { (words.text("settings-range")) }
                    th scope="col" { (words.text("settings-basis")) }
                } }
                tbody {
                    @for row in rows {
                        tr {
                            th scope="row" {
                                a href={ "/settings/" (row.id) } { (row.name) }
                                @if let Some(decided) = &row.decided { (who(seat, decided)) }
                            }
                            td.number {
                                (row.value) " " span.small { (row.unit) }
                                @if row.is_changed() { p.small { (words.with("settings-was", [("value", (&row.shipped).into())])) } }
                            }
                            td { (row.range) }
                            td { (mark(words, row.mark)) " " span.small { (row.sources.join(", ")) } }
                        }
                    }
                }
            }
        }
    }
}

/// What a value rests on.
fn mark(words: &Words, mark: Mark) -> Markup {
    let (tone, key) = match mark {
        Mark::Seen => ("good", "settings-mark-seen"),
        Mark::Recalled => ("quiet", "settings-mark-recalled"),
        Mark::Ours => ("warn", "settings-mark-ours"),
    };
    html! { span class={ "tag " (tone) } { (words.text(key)) } }
}
