//! Consent: what was talked about, what for, and the patient's own yes to each.

pub(super) mod signature;
mod text;
pub(crate) mod withdrawal;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use resurface_care::chart::{Body, Purpose};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;
use resurface_words::Words;

pub(crate) use self::text::ConsentText;
use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::{Choice, Faults, Form, Typed, read};
use crate::pages::chart::sheet::{self, Entries, Sheet, Unwritten};
use crate::problem::Problem;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat, patient_of};

/// What consent can be for, each with its word in an entry.
const PURPOSES: [(Purpose, &str); 4] = [
    (Purpose::Treatment, "treatment"),
    (Purpose::PicturesForCare, "pictures_for_care"),
    (Purpose::PicturesForTeaching, "pictures_for_teaching"),
    (Purpose::PicturesForPublication, "pictures_for_publication"),
];

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::RecordConsent);
    let mut routes = vec![Route::new("/charts/{patient}/consent", need, "consent after discussion", get(show).post(record))];
    routes.extend(withdrawal::routes());
    routes
}

fn open(seat: &Seat<'_>, patient: &str) -> Result<OpenChart, Problem> {
    Ok(seat.desk.open_to_write(patient_of(patient)?, Operation::RecordConsent)?)
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = open(seat, &patient)?;
        let sheet = Sheet::new(seat, &open);
        view(seat, &open, sheet, &Typed::default(), &Faults::default(), StatusCode::OK)
    })
    .await
}

async fn record(State(app): State<Arc<App>>, Path(patient): Path<String>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = open(seat, &patient)?;
        let sheet = Sheet::of(&typed)?;
        if sheet.was_sent(&open) {
            return Ok(to_consent(&open));
        }
        if let Some(faults) = sheet.behind(seat, &open) {
            return view(seat, &open, sheet.again(&open), &typed, &faults, StatusCode::CONFLICT);
        }
        let answer = to_consent(&open);
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

/// What the form writes: consent to the text that was shown.
pub(crate) fn entries(seat: &Seat<'_>, open: &OpenChart, sheet: &Sheet, typed: &Typed) -> Entries {
    let text = ConsentText::of(seat, open)?;
    if typed.value("_text") != text.version() {
        return Err(Unwritten::Changed(Faults::one("", seat.words().text("consent-text-changed"))));
    }
    Ok(vec![(sheet.id(0), signed(seat, typed, &text)?)])
}

fn to_consent(open: &OpenChart) -> Response {
    Redirect::to(&format!("/charts/{}/consent", open.patient)).into_response()
}

/// The entry that the form writes: what was consented to, to which text, what was discussed, and how it was signed.
fn signed(seat: &Seat<'_>, typed: &Typed, text: &ConsentText) -> Result<Body, Faults> {
    let name = typed.filled("_signed").ok_or_else(|| Faults::one("_signed", seat.words().text("consent-signature-needed")))?;
    let purposes = typed.clone().without(|_, name| name != "purposes[]");
    let entry = purposes.or("on", seat.app.clinic().today().to_string()).or("document", text.version());
    let entry = entry.or("discussion", typed.value("_discussion")).or("signature.name", name);
    read::entry("consented", &entry.or("signature.drawn", typed.value("_drawn")), &seat.rules.knowledge)
}

fn view(seat: &Seat<'_>, open: &OpenChart, sheet: Sheet, typed: &Typed, faults: &Faults, status: StatusCode) -> Answer {
    let words = seat.words();
    let form = Form { words, typed, faults };
    let text = ConsentText::of(seat, open)?;
    let purposes: Vec<Choice<'_>> = PURPOSES.map(|(_, word)| (word, words.text(&purpose_key(word)))).into();
    let body = html! {
        (held(words, open))
        (text.shown(words))
        form.card.consent method="post" {
            (sheet.fields(seat))
            input type="hidden" name="_text" value=(text.version());
            h2 { (words.text("consent-record-title")) }
            (form.checks("purposes[]", &words.text("consent-purposes"), Some(&words.text("consent-purposes-hint")), &purposes))
            (form.area("_discussion", &words.text("consent-discussion"), Some(&words.text("consent-discussion-hint"))))
            (form.text("_signed", &words.text("consent-signature"), Some(&words.text("consent-signature-hint"))))
            div.signature hidden data-signature="" {
                p id="signature-label" { (words.text("consent-draw")) }
                canvas width="600" height="180" role="img" aria-labelledby="signature-label" {}
                input type="hidden" name="_drawn" value=(typed.value("_drawn"));
                button.quiet type="button" data-clear="" { (words.text("consent-draw-clear")) }
            }
            div.actions { button type="submit" { (words.text("consent-record")) } }
        }
    };
    Ok(sheet::page(seat, open, &words.text("consent-title"), status, &["signature.js"], &faults.above(words, &body)))
}

fn purpose_key(word: &str) -> String {
    format!("purpose-{}", word.replace('_', "-"))
}

/// What the patient consents to now, and what was taken back.
fn held(words: &Words, open: &OpenChart) -> Markup {
    html! {
        section.card {
            h2 { (words.text("consent-now")) }
            ul.consents { @for (purpose, word) in PURPOSES {
                li {
                    (words.text(&purpose_key(word))) ": "
                    @match (open.chart.consents.get(&purpose), open.chart.withdrawals.get(&purpose)) {
                        (Some(on), _) => { strong { (words.with("consent-given", [("date", words.date(*on).into())])) } },
                        (None, Some(on)) => { (words.with("consent-withdrawn-on", [("date", words.date(*on).into())])) },
                        (None, None) => { (words.text("consent-not-given")) },
                    }
                }
            } }
            @if !open.chart.consents.is_empty() {
                p { a href={ "/charts/" (open.patient) "/consent/withdrawal" } { (words.text("consent-withdraw")) } }
            }
        }
    }
}
