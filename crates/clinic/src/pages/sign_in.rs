//! In, once more, and out.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::{LedgerError, Proof};
use resurface_words::Words;
use zeroize::Zeroizing;

use super::language::Onward;
use super::passkeys;
use crate::app::App;
use crate::doors::{DESK, Keep, Posted, Visitor, kept, taken_away};
use crate::form::{Faults, Form, Typed};
use crate::page::{Area, Frame, Page, onward};
use crate::problem::{Problem, WaitUntil};
use crate::routes::{Need, Route, need_of};
use crate::seat::{Answer, Seat};

pub(super) fn routes() -> Vec<Route> {
    let own = Need::Staff(Operation::ManageOwnAccount);
    vec![
        Route::new("/", Need::Anybody, "the worklist, or the door", get(|| async { Redirect::to("/worklist") })),
        Route::new("/sign-in", Need::Anybody, "sign in", get(show).post(sign_in)),
        Route::new("/step-up", own, "password and code once more", get(show_step_up).post(step_up)),
        // whoever is not signed in, or has no role any longer, may leave as well
        Route::new("/sign-out", Need::Anybody, "sign out", post(sign_out)),
    ]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Query(to): Query<Onward>) -> Answer {
    let typed = Typed::default().or("next", to.next);
    Ok(door(&app, &visitor, &typed, &Faults::default(), StatusCode::OK))
}

pub(super) fn door(app: &App, visitor: &Visitor, typed: &Typed, faults: &Faults, status: StatusCode) -> Response {
    let words = visitor.words;
    let form = Form { words, typed, faults };
    let body = html! {
        section.card.door {
            h1 { (words.text("sign-in-title")) }
            form method="post" action="/sign-in" {
                (visitor.form_seal())
                input type="hidden" name="next" value=(typed.value("next"));
                (form.text("name", &words.text("sign-in-name"), None))
                (proof(&form))
                button type="submit" { (words.text("sign-in-button")) }
            }
            (passkeys::at_the_door(app, visitor, "/sign-in/passkey", typed.value("next"), "passkey-sign-in"))
        }
    };
    let page = Page::new(Frame::of_nobody(app, visitor), Area::Outside, &words.text("sign-in-title"));
    page.script(passkeys::SCRIPT).with_status(status, &faults.above(words, &body))
}

/// Password and code.
pub(super) fn proof(form: &Form<'_>) -> Markup {
    let words = form.words;
    html! {
        (form.secret("password", &words.text("sign-in-password"), "current-password"))
        (form.text("code", &words.text("sign-in-code"), Some(&words.text("sign-in-code-hint"))))
    }
}

async fn sign_in(State(app): State<Arc<App>>, Posted { visitor, typed }: Posted) -> Answer {
    let name = typed.value("name").to_owned();
    let (password, code) = proof_of(&typed);
    let signed_in =
        app.at_the_door(move |app| Ok(app.clinic().sign_in(&name, Proof { password: &password, code: code.as_deref() })));
    match signed_in.await? {
        Ok(token) => {
            let cookie = kept(&visitor, DESK, token.text().to_string(), Keep::WhileOpen);
            Ok(([(SET_COOKIE, cookie)], Redirect::to(onward(typed.value("next")))).into_response())
        }
        Err(error) => beside(visitor.words, error, |faults, status| Ok(door(&app, &visitor, &typed, faults, status))),
    }
}

pub(super) fn proof_of(typed: &Typed) -> (Zeroizing<String>, Option<String>) {
    // a password may begin or end with a space
    let password = typed.raw("password").to_owned();
    (Zeroizing::new(password), typed.filled("code").map(str::to_owned))
}

/// The page on which the proof was not right, with what to say beside the form, and until when to wait where that is it.
pub(super) fn beside(words: &Words, error: LedgerError, page: impl FnOnce(&Faults, StatusCode) -> Answer) -> Answer {
    let (status, faults) = match &error {
        LedgerError::WrongSignIn => (StatusCode::UNPROCESSABLE_ENTITY, Faults::of_error("", &error)),
        LedgerError::PasskeyNeeded => (StatusCode::UNPROCESSABLE_ENTITY, Faults::one("", words.text("passkey-needed"))),
        LedgerError::CodeNeeded => (StatusCode::UNPROCESSABLE_ENTITY, Faults::of_error("code", &error)),
        LedgerError::Wait(_) => (StatusCode::TOO_MANY_REQUESTS, Faults::of_error("", &error)),
        _ => return Err(error.into()),
    };
    Ok(with_the_wait(&error, page(&faults, status)?))
}

/// A page, with the time until when to wait, where that is what is wrong.
pub(super) fn with_the_wait(error: &LedgerError, mut page: Response) -> Response {
    if let LedgerError::Wait(wait) = error {
        page.extensions_mut().insert(WaitUntil(wait.until));
    }
    page
}

async fn show_step_up(State(app): State<Arc<App>>, visitor: Visitor, Query(to): Query<Onward>) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ManageOwnAccount)?;
        door_again(seat, &Typed::default().or("next", to.next), &Faults::default(), StatusCode::OK)
    })
    .await
}

pub(super) fn door_again(seat: &Seat<'_>, typed: &Typed, faults: &Faults, status: StatusCode) -> Answer {
    let words = seat.words();
    let form = Form { words, typed, faults };
    let name = seat.user.as_ref().map_or("", |user| user.display_name.as_str());
    let has_passkey = !seat.desk.passkeys()?.is_empty();
    let body = html! {
        section.card.door {
            h1 { (words.text("step-up-title")) }
            p { (words.with("step-up-why", [("what", what_for(words, typed.value("next")).into()), ("name", name.into())])) }
            form method="post" action="/step-up" {
                (seat.form_seal())
                input type="hidden" name="next" value=(typed.value("next"));
                (proof(&form))
                button type="submit" { (words.text("step-up-button")) }
            }
            @if has_passkey { (passkeys::at_the_door(seat.app, seat.visitor, "/step-up/passkey", typed.value("next"), "passkey-step-up")) }
        }
    };
    Ok(seat
        .page(Area::Account, &words.text("step-up-title"))
        .script(passkeys::SCRIPT)
        .with_status(status, &faults.above(words, &body)))
}

/// What is about to be done on the page to which this leads.
fn what_for(words: &Words, next: &str) -> String {
    match need_of(onward(next)) {
        Some(Need::Staff(operation)) => words.text(&format!("op-{}", operation.code())),
        _ => words.text("step-up-something"),
    }
}

async fn step_up(State(app): State<Arc<App>>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ManageOwnAccount)?;
        let (password, code) = proof_of(&typed);
        let Some(token) = &seat.visitor.token else { return Err(Problem::plain(crate::problem::What::NotSignedIn)) };
        match seat.app.clinic().step_up(token, Proof { password: &password, code: code.as_deref() }) {
            Ok(()) => Ok(Redirect::to(onward(typed.value("next"))).into_response()),
            Err(error) => beside(seat.words(), error, |faults, status| door_again(seat, &typed, faults, status)),
        }
    })
    .await
}

async fn sign_out(State(app): State<Arc<App>>, Posted { visitor, .. }: Posted) -> Answer {
    let token = visitor.token.clone();
    app.at_the_door(move |app| match token {
        Some(token) => Ok(app.clinic().sign_out(&token)?),
        None => Ok(()),
    })
    .await?;
    Ok(([(SET_COOKIE, taken_away(DESK))], Redirect::to("/sign-in")).into_response())
}
