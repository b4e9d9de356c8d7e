//! One's own account: password and second factor.

mod second_factor;

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::{LedgerError, Proof};
use resurface_words::Words;

use super::sign_in::{beside, proof, proof_of};
use super::users;
use crate::app::App;
use crate::doors::{DESK, Posted, Visitor, taken_away};
use crate::form::{Faults, Form, Typed};
use crate::page::Area;
use crate::problem::{Problem, What};
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat};

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::ManageOwnAccount);
    vec![
        Route::new("/account", need, "one's own account", get(show)),
        Route::new("/account/password", need, "change one's own password", post(change_password)),
        Route::new("/account/second-factor", need, "codes from an app", get(second_factor::show).post(second_factor::begin)),
        Route::new("/account/second-factor/confirm", need, "confirm codes", post(second_factor::confirm)),
    ]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| view(seat, &Typed::default(), &Faults::default(), StatusCode::OK)).await
}

/// Shows the page; with what was typed where that was not right.
fn view(seat: &Seat<'_>, typed: &Typed, faults: &Faults, status: StatusCode) -> Result<Response, Problem> {
    seat.may(Operation::ManageOwnAccount)?;
    let words = seat.words();
    let left = seat.desk.recovery_codes_left()?;
    let passkeys = seat.desk.passkeys()?.len();
    let form = Form { words, typed, faults };
    let title = words.text("account-title");
    let roles = seat.user.as_ref().map(|user| users::roles(words, user)).unwrap_or_default();
    let body = html! {
        h1 { (title) }
        p { (words.with("account-roles", [("roles", roles.into())])) }
        div.columns {
            section.card aria-labelledby="factor" {
                h2 id="factor" { (words.text("account-factor-title")) }
                p { (words.text("account-factor-about")) }
                @match left {
                    Some(count) => { p.callout.good { (words.with("account-factor-on", [("count", count.into())])) } },
                    None if passkeys > 0 => { p.callout { (words.text("account-factor-passkey")) } },
                    None => { p.callout.warn { (words.text("account-factor-off")) } },
                }
                p { a.button.second href="/account/second-factor" {
                    (words.text(if left.is_some() { "account-factor-anew" } else { "account-factor-begin" }))
                } }
            }
            @if seat.app.relying_party().is_some() { (passkeys_card(words, passkeys)) }
            section.card aria-labelledby="change" {
                h2 id="change" { (words.text("account-password-title")) }
                @if left.is_none() && passkeys > 0 { (passkey_first(words)) }
                form method="post" action="/account/password" {
                    (seat.form_seal())
                    (form.secret("password", &words.text("account-current"), "current-password"))
                    @if left.is_some() { (form.text("code", &words.text("sign-in-code"), Some(&words.text("sign-in-code-hint")))) }
                    (form.secret("new", &words.text("account-new"), "new-password"))
                    p.hint { (words.text("account-new-hint")) }
                    (form.secret("again", &words.text("account-again"), "new-password"))
                    p { (words.text("account-change-about")) }
                    button type="submit" { (words.text("account-change")) }
                }
            }
        }
    };
    Ok(seat.page(Area::Account, &title).with_status(status, &faults.above(words, &body)))
}

/// How many passkeys one has, and the way to them.
fn passkeys_card(words: &Words, count: usize) -> Markup {
    html! {
        section.card aria-labelledby="passkeys" {
            h2 id="passkeys" { (words.text("passkeys-title")) }
            p { (words.text("passkeys-about")) }
            @if count > 0 { p.callout.good { (words.with("passkeys-count", [("count", count.into())])) } }
            p { a.button.second href="/account/passkeys" { (words.text(if count > 0 { "passkeys-change" } else { "passkeys-begin" })) } }
        }
    }
}

/// Whoever has a passkey and no codes shows it before a password counts.
fn passkey_first(words: &Words) -> Markup {
    html! {
        p.callout { (words.text("passkey-first")) " " a href="/step-up?next=/account" { (words.text("passkey-first-link")) } }
    }
}

async fn change_password(State(app): State<Arc<App>>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ManageOwnAccount)?;
        let wrong = |faults: &Faults| view(seat, &typed, faults, StatusCode::UNPROCESSABLE_ENTITY);
        if typed.raw("new") != typed.raw("again") {
            return wrong(&Faults::one("again", seat.words().text("account-not-same")));
        }
        if let Err(error) = proved(seat, &typed)? {
            return beside(seat.words(), error, |faults, status| view(seat, &typed, faults, status));
        }
        match seat.desk.change_password(typed.raw("new")) {
            Ok(()) => Ok(([(SET_COOKIE, taken_away(DESK))], Redirect::to("/sign-in?next=/account")).into_response()),
            Err(error @ LedgerError::Password(_)) => wrong(&Faults::of_error("new", &error)),
            Err(error) => Err(error.into()),
        }
    })
    .await
}

/// Whether the password of now, and a code where one is needed, were typed with it: whoever finds a browser that was left open
/// does not get the account.
fn proved(seat: &Seat<'_>, typed: &Typed) -> Result<Result<(), LedgerError>, Problem> {
    let token = seat.visitor.token.as_ref().ok_or(Problem::plain(What::NotSignedIn))?;
    let (password, code) = proof_of(typed);
    Ok(seat.app.clinic().step_up(token, Proof { password: &password, code: code.as_deref() }))
}
