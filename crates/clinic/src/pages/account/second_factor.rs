//! Codes from an app: asked for with the password, shown, confirmed by a code, and then the recovery codes, once.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::{LedgerError, NewSecondFactor};
use resurface_ledger::identity::UserId;

use super::{beside, proof, proved};
use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::{Faults, Form, Typed};
use crate::page::{Area, qr};
use crate::problem::{Problem, What};
use crate::seat::{Answer, Seat};

fn own_id(seat: &Seat<'_>) -> Result<UserId, Problem> {
    seat.user.as_ref().map(|user| user.id).ok_or(Problem::plain(What::NotSignedIn))
}

/// What waits to be confirmed, or the password that it takes to begin.
pub(super) async fn show(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| {
        seat.may(Operation::ManageOwnAccount)?;
        view(seat, &Typed::default(), &Faults::default(), StatusCode::OK)
    })
    .await
}

pub(super) async fn begin(State(app): State<Arc<App>>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ManageOwnAccount)?;
        if let Err(error) = proved(seat, &typed)? {
            return beside(seat.words(), error, |faults, status| view(seat, &typed, faults, status));
        }
        let now = seat.app.clinic().surroundings().now();
        seat.app.pending.keep(own_id(seat)?, seat.desk.new_second_factor()?, now);
        Ok(Redirect::to("/account/second-factor").into_response())
    })
    .await
}

pub(super) async fn confirm(State(app): State<Arc<App>>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ManageOwnAccount)?;
        let (own, now) = (own_id(seat)?, seat.app.clinic().surroundings().now());
        let confirmed = seat
            .app
            .pending
            .with(own, now, |new| seat.desk.confirm_second_factor(new, typed.value("code")).map(|()| recovery(seat, new)));
        let wrong = |field: &str, key: &str| {
            view(seat, &Typed::default(), &Faults::one(field, seat.words().text(key)), StatusCode::UNPROCESSABLE_ENTITY)
        };
        match confirmed {
            Some(Ok(shown)) => {
                drop(seat.app.pending.take(own));
                Ok(shown)
            }
            Some(Err(LedgerError::NotConfirmed)) => wrong("code", "factor-wrong"),
            Some(Err(error)) => Err(error.into()),
            None => wrong("", "factor-over"),
        }
    })
    .await
}

fn view(seat: &Seat<'_>, typed: &Typed, faults: &Faults, status: StatusCode) -> Result<Response, Problem> {
    let words = seat.words();
    let form = Form { words, typed, faults };
    let now = seat.app.clinic().surroundings().now();
    let shown = seat.app.pending.with(own_id(seat)?, now, |new| to_confirm(seat, &form, new));
    let title = words.text("factor-title");
    let body = html! {
        p.back { a href="/account" { "\u{2190} " (words.text("account-title")) } }
        h1 { (title) }
        @if seat.app.relying_party().is_some() {
            p { (words.text("factor-or-passkey")) " " a href="/account/passkeys" { (words.text("passkeys-begin")) } }
        }
        @match shown {
            Some(shown) => (shown),
            None => {
                form.card method="post" action="/account/second-factor" {
                    (seat.form_seal())
                    (proof(&form))
                    button type="submit" { (words.text("account-factor-begin")) }
                }
            },
        }
    };
    Ok(seat.page(Area::Account, &title).with_status(status, &faults.above(words, &body)))
}

fn to_confirm(seat: &Seat<'_>, form: &Form<'_>, new: &NewSecondFactor) -> Markup {
    let words = seat.words();
    // In groups of four, as apps show it.
    let secret = new.secret.base32();
    let groups: Vec<&str> = secret.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    html! {
        div.columns {
            section.card aria-labelledby="scan" {
                h2 id="scan" { (words.text("factor-scan")) }
                (qr(&new.otpauth, &words.text("factor-qr-alt")))
                p { (words.text("factor-type")) }
                p.secret { code { (groups.join(" ")) } }
            }
            form.card method="post" action="/account/second-factor/confirm" {
                (seat.form_seal())
                (form.text("code", &words.text("factor-code"), Some(&words.text("factor-code-hint"))))
                button type="submit" { (words.text("factor-confirm")) }
            }
        }
    }
}

/// The recovery codes: shown this once.
fn recovery(seat: &Seat<'_>, new: &NewSecondFactor) -> Response {
    let words = seat.words();
    let body = html! {
        h1 { (words.text("factor-done")) }
        section.card aria-labelledby="recovery" {
            h2 id="recovery" { (words.text("factor-recovery")) }
            p { (words.text("factor-recovery-about")) }
            ol.codes { @for code in &new.recovery { li { code { (code.text()) } } } }
            p { a.button href="/account" { (words.text("factor-recovery-done")) } }
        }
    };
    seat.page(Area::Account, &words.text("factor-done")).body(&body)
}
