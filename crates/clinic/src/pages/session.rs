//! The session as it is given: what each zone received. There is a form only while the gate of the day permits.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use jiff::ToSpan;
use jiff::civil::Time;
use maud::{Markup, html};
use resurface_care::anaesthetic::NONE;
use resurface_care::chart::{Body, EntryId, SessionGated, record};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;
use resurface_words::Words;
use serde::Deserialize;

use super::chart::sheet::{self, Entries, Sheet, to_chart};
use super::treatment::prepared::{anaesthetic_dose, depth, of_anaesthetic};
use super::treatment::standing::{Given, OfToday, of_today};
use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::part::{self, Part};
use crate::form::{Faults, Form, Number, Typed};
use crate::problem::Problem;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat, patient_of};

/// Where anaesthetic and note stand.
const ANAESTHETIC: &str = "sessions.0.anaesthetic";
const NOTE: &str = "sessions.0.note";
/// Products that the form has room for.
const PRODUCTS: usize = 4;

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::DeliverSession);
    vec![Route::new("/charts/{patient}/session", need, "record the session that the gate permitted", get(show).post(deliver))]
}

/// When the anaesthetic was put on.
#[derive(Default, Deserialize)]
struct PutOn {
    #[serde(default)]
    on: String,
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>, Query(put_on): Query<PutOn>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::DeliverSession)?;
        let typed = Typed::default().or("on", put_on.on);
        view(seat, &open, Sheet::new(seat, &open), &typed, &Faults::default(), StatusCode::OK)
    })
    .await
}

async fn deliver(State(app): State<Arc<App>>, Path(patient): Path<String>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::DeliverSession)?;
        let sheet = Sheet::of(&typed)?;
        if sheet.was_sent(&open) {
            return Ok(to_chart(open.patient));
        }
        if let Some(faults) = sheet.behind(seat, &open) {
            return view(seat, &open, sheet.again(&open), &typed, &faults, StatusCode::CONFLICT);
        }
        if permitted(seat, &open)?.is_none() {
            return Ok(to_gate(&open));
        }
        match entries(seat, &open, &sheet, &typed) {
            Ok(entries) => Ok(to_chart(seat.add(open, entries)?.open.patient)),
            Err(unwritten) => {
                let (status, faults) = unwritten.beside_the_form()?;
                view(seat, &open, sheet, &typed, &faults, status)
            }
        }
    })
    .await
}

/// What the form writes: the session that the gate of today permits.
pub(crate) fn entries(seat: &Seat<'_>, open: &OpenChart, sheet: &Sheet, typed: &Typed) -> Entries {
    let Some(of_today) = permitted(seat, open)? else {
        return Err(Faults::one("", seat.words().text("session-not-permitted")).into());
    };
    Ok(vec![delivered(seat, open, &of_today, sheet, typed)??])
}

/// The gate of today, if the session may begin on it.
fn permitted<'a>(seat: &Seat<'_>, open: &'a OpenChart) -> Result<Option<OfToday<'a>>, Problem> {
    match of_today(seat, open) {
        Some(of_today) if of_today.may_begin(seat, open)? => Ok(Some(of_today)),
        _ => Ok(None),
    }
}

fn to_gate(open: &OpenChart) -> Response {
    Redirect::to(&format!("/charts/{}/treatment", open.patient)).into_response()
}

/// The session as an entry: cartridge, anaesthetic, device and operator are those that the gate was asked about.
fn delivered(
    seat: &Seat<'_>,
    open: &OpenChart,
    of_today: &OfToday<'_>,
    sheet: &Sheet,
    typed: &Typed,
) -> Result<Result<(EntryId, Body), Faults>, Problem> {
    let (on, setting) = (of_today.gated.on, &of_today.gated.setting);
    let typed = typed.clone().without(|_, name| name == "sessions.0.date").or("sessions.0.date", on.to_string());
    let consultation = match part::read(Part::Day, &open.chart, on, setting, &typed, &seat.rules.knowledge)? {
        Ok(consultation) => consultation,
        Err(faults) => return Ok(Err(faults)),
    };
    let session = record(&open.chart, &consultation)
        .map(|bodies| bodies.into_iter().find(|body| matches!(body, Body::SessionDelivered(_))));
    Ok(match session {
        Ok(Some(body)) => Ok((sheet.id(0), body)),
        Ok(None) => Err(Faults::one("", seat.words().text("session-no-zone"))),
        Err(error) => Err(Faults::of_error("", &error)),
    })
}

fn view(
    seat: &Seat<'_>,
    open: &OpenChart,
    sheet: Sheet,
    typed: &Typed,
    faults: &Faults,
    status: StatusCode,
) -> Result<Response, Problem> {
    let words = seat.words();
    let body = match permitted(seat, open)? {
        Some(of_today) => form(seat, open, sheet, typed, faults, of_today.gated),
        None => {
            let given = of_today(seat, open).is_some_and(|of_today| of_today.given == Given::Already);
            html! {
                p.callout.warn { (words.text(if given { "session-given" } else { "session-not-permitted" })) }
                p { a.button href={ "/charts/" (open.patient) "/treatment" } { (words.text("session-to-gate")) } }
            }
        }
    };
    Ok(sheet::page(seat, open, &words.text("session-title"), status, &["timer.js"], &faults.above(words, &body)))
}

fn form(seat: &Seat<'_>, open: &OpenChart, sheet: Sheet, typed: &Typed, faults: &Faults, gated: &SessionGated) -> Markup {
    let words = seat.words();
    let form = Form { words, typed, faults };
    html! {
        (rests_on(seat, gated))
        (timer(seat, open, &form, gated))
        form.session method="post" action={ "/charts/" (open.patient) "/session" } {
            (sheet.fields(seat))
            p { (words.text("session-zones-hint")) }
            @for (at, planned) in gated.day.zones.iter().enumerate() { (zone(seat, &form, at, &planned.zone, planned.depth_um)) }
            (anaesthetic(seat, &form, gated))
            (products(&form))
            (form.area(NOTE, &words.text("session-note"), None))
            div.actions {
                button type="submit" { (words.text("session-button")) }
                a.button.second href={ "/charts/" (open.patient) "/events" } { (words.text("session-event")) }
            }
        }
    }
}

/// What the gate permitted, to be read beside the needle.
fn rests_on(seat: &Seat<'_>, gated: &SessionGated) -> Markup {
    let (words, knowledge) = (seat.words(), &seat.rules.knowledge);
    let device = knowledge.devices.iter().find(|device| device.id == gated.setting.device);
    let cartridge = gated.day.cartridge.as_ref();
    html! {
        dl.facts.card {
            dt { (words.text("session-operator")) } dd { (gated.setting.operator.name) }
            dt { (words.text("setting-device")) } dd { (device.map_or(&gated.setting.device, |device| &device.name)) }
            dt { (words.text("treatment-lot")) } dd { (cartridge.and_then(|cartridge| cartridge.lot.clone()).unwrap_or_else(|| words.text("unknown"))) }
            @if let Some(code) = cartridge.and_then(|cartridge| cartridge.udi.as_ref()) { dt { (words.text("treatment-udi")) } dd { code { (code) } } }
            dt { (words.text("treatment-expires")) } dd { (cartridge.and_then(|cartridge| cartridge.expires).map_or_else(|| words.text("unknown"), |day| words.date(day))) }
        }
    }
}

fn zone(seat: &Seat<'_>, form: &Form<'_>, at: usize, id: &str, permitted_um: u32) -> Markup {
    let (words, protocol) = (seat.words(), &seat.reader().knowledge.protocol);
    let name = |part: &str| format!("sessions.0.zones.{at}.{part}");
    let typed = form.typed.clone().or(name("depth_um:n"), permitted_um.to_string()).or(name("endpoint"), "");
    let form = Form { typed: &typed, ..*form };
    let depths = Number { min: 50.0, max: 5000.0, step: 50.0 };
    let passes = &protocol.technique.passes;
    let usual =
        words.with("session-passes-hint", [("min", passes.min.to_string().into()), ("max", passes.max.to_string().into())]);
    let gate = words.with("session-depth-hint", [("depth", depth(words, permitted_um).into())]);
    let endpoints = [
        ("", words.text("session-endpoint-unknown")),
        ("erythema_only", words.text("session-endpoint-erythema")),
        ("pinpoint_bleeding", words.text("session-endpoint-bleeding")),
    ];
    html! {
        fieldset.card.zone {
            legend { (protocol.zone(id).map_or(id, |zone| zone.name.as_str())) }
            input type="hidden" name=(name("zone:id")) value=(id);
            div.row {
                (form.number(&name("depth_um:n"), &words.text("session-depth"), Some(&gate), depths))
                (form.number(&name("passes:n"), &words.text("session-passes"), Some(&usual), Number { min: 1.0, max: 20.0, step: 1.0 }))
            }
            (form.radios(&name("endpoint"), &words.text("session-endpoint"), None, &endpoints))
        }
    }
}

/// The anaesthetic that the gate permitted, with the amount that was really used.
fn anaesthetic(seat: &Seat<'_>, form: &Form<'_>, gated: &SessionGated) -> Markup {
    let Some(planned) = gated.day.anaesthetic.as_ref().filter(|planned| planned.product != NONE) else { return html! {} };
    let name = seat.reader().knowledge.protocol.anaesthetic(&planned.product).map_or(&planned.product, |product| &product.name);
    let typed = of_anaesthetic(form.typed.clone(), ANAESTHETIC, planned);
    html! {
        fieldset.card {
            legend { (form.words.text("treatment-anaesthetic")) }
            p { (name) }
            input type="hidden" name={ (ANAESTHETIC) ".product:id" } value=(planned.product);
            input type="hidden" name={ (ANAESTHETIC) ".occluded" } value=(typed.value(&format!("{ANAESTHETIC}.occluded")));
            (anaesthetic_dose(&Form { typed: &typed, ..*form }, ANAESTHETIC))
        }
    }
}

/// What else was put on the skin.
fn products(form: &Form<'_>) -> Markup {
    let words = form.words;
    let of = |key: &str, at: usize| words.with(key, [("number", (at + 1).into())]);
    html! {
        fieldset.card {
            legend { (words.text("session-products")) }
            p.hint { (words.text("session-products-hint")) }
            @for at in 0..PRODUCTS {
                div.row {
                    (form.text(&format!("sessions.0.products.{at}.name"), &of("session-product", at), None))
                    (form.text(&format!("sessions.0.products.{at}.lot"), &of("session-product-lot", at), None))
                }
            }
        }
    }
}

/// How long the anaesthetic stays on: from when it was put on to when it comes off. Nothing of it is kept.
fn timer(seat: &Seat<'_>, open: &OpenChart, form: &Form<'_>, gated: &SessionGated) -> Markup {
    let words = seat.words();
    let planned = gated.day.anaesthetic.as_ref();
    let product = planned.and_then(|planned| seat.reader().knowledge.protocol.anaesthetic(&planned.product));
    let Some((product, minutes)) = product.zip(planned.and_then(|planned| planned.contact_minutes)) else { return html! {} };
    let here = format!("/charts/{}/session", open.patient);
    let most = product.contact_max_minutes.as_ref().map(|most| most.value);
    html! {
        section.card aria-labelledby="session-timer" {
            h2 id="session-timer" { (words.text("session-timer")) }
            p { (words.with("session-timer-about", [("product", (&product.name).into()), ("minutes", minutes.into())])) }
            form.row method="get" action=(here) hx-get=(here) hx-select="#timer" hx-target="#timer" hx-swap="outerHTML" {
                div.field {
                    label for="f-on" { (words.text("session-put-on")) }
                    input type="time" id="f-on" name="on" value=(form.typed.value("on")) required;
                }
                div.field { button.second type="submit" { (words.text("session-timer-button")) } }
            }
            div id="timer" { @if let Ok(on) = form.typed.value("on").parse::<Time>() { (off(words, on, minutes, most)) } }
            p.small { (words.text("session-timer-wipe")) }
        }
    }
}

fn off(words: &Words, on: Time, minutes: u32, most: Option<u32>) -> Markup {
    let clock = |time: Time| format!("{:02}:{:02}", time.hour(), time.minute());
    let after = |minutes: u32| on.wrapping_add(i64::from(minutes).minutes());
    let until = clock(after(minutes));
    html! {
        p.big { (words.with("session-timer-off", [("on", clock(on).into()), ("off", (&until).into())])) }
        @if let Some(most) = most { p { (words.with("session-timer-latest", [("latest", clock(after(most)).into())])) } }
        p.left role="status" aria-live="polite" data-until=(until)
            data-left=(words.text("session-timer-left")) data-over=(words.text("session-timer-over")) {}
    }
}
