//! Passkeys: in the place of name, password and code at the doors, and one's own on the page of the account.
//!
//! A button asks for a question, the browser answers it, and the answer is sent like any form. What was asked waits here for
//! that browser alone. Without scripts, or where passkeys are bound to another address, there is the password.

mod doors;
mod own;

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use resurface_care::chart::Digest;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::{Asked, LedgerError, PasskeyProof};
use resurface_ledger::identity::{RelyingParty, Token};
use resurface_words::Words;

use crate::app::App;
use crate::doors::{Keep, PASSKEY, Visitor, kept};
use crate::form::Faults;
use crate::problem::{Problem, What};
use crate::routes::{Need, Route};

/// The script of every page with a button for passkeys.
pub(super) const SCRIPT: &str = "passkey.js";

pub(super) fn routes() -> Vec<Route> {
    let account = Need::Staff(Operation::ManageOwnAccount);
    let own = Need::Staff(Operation::ManageOwnPasskeys);
    vec![
        Route::new("/sign-in/passkey", Need::Anybody, "sign in with a passkey", post(doors::sign_in)),
        Route::new("/sign-in/passkey/ask", Need::Anybody, "ask for a passkey", post(doors::ask)),
        Route::new("/step-up/passkey", account, "a passkey once more", post(doors::step_up)),
        Route::new("/step-up/passkey/ask", account, "ask for a passkey once more", post(doors::ask_again)),
        Route::new("/account/passkeys", own, "one's own passkeys", get(own::show).post(own::change)),
        Route::new("/account/passkeys/ask", own, "ask for a new passkey", post(own::ask)),
    ]
}

/// The address that passkeys are bound to; nothing at this address where they are bound to none.
fn party(app: &App) -> Result<&RelyingParty, Problem> {
    app.relying_party().ok_or_else(Problem::no_such_page)
}

/// What a browser is asked: the question waits for it, by a cookie that no page can read.
fn asked_of_browser(app: &App, visitor: &Visitor, asked: Asked) -> Response {
    let surroundings = app.clinic().surroundings();
    let browser = Token::new(surroundings.random());
    app.asked.keep(*browser.hash().digest(), asked.challenge, surroundings.now());
    let cookie = kept(visitor, PASSKEY, browser.text().to_string(), Keep::WhileOpen);
    ([(SET_COOKIE, cookie)], Json(asked.options)).into_response()
}

/// The answer of a browser to what was asked of it, which is used up whatever comes of it.
fn answered<'a>(app: &App, visitor: &Visitor, party: &'a RelyingParty, answer: &'a str) -> PasskeyProof<'a> {
    let browser: Option<Digest> = visitor.browser.as_ref().map(|token| *token.hash().digest());
    PasskeyProof { party, challenge: browser.and_then(|browser| app.asked.take(browser)), answer }
}

/// What to say beside the form where a passkey was refused.
fn refused(words: &Words, error: &LedgerError) -> Option<(StatusCode, Faults)> {
    match error {
        LedgerError::Passkey(refused) => {
            Some((StatusCode::UNPROCESSABLE_ENTITY, Faults::one("", words.text(&format!("passkey-refused-{}", refused.code())))))
        }
        LedgerError::Wait(_) => Some((StatusCode::TOO_MANY_REQUESTS, Faults::one("", words.text("passkey-wait")))),
        _ => None,
    }
}

/// A form that a passkey answers, for browsers that can: whether one is made or shown, where the form goes, what it holds besides,
/// and what its button says.
fn form(app: &App, visitor: &Visitor, which: &str, action: &str, more: &Markup, button: &str) -> Markup {
    let Some(party) = app.relying_party() else { return html! {} };
    let words = visitor.words;
    html! {
        div.passkey data-passkey=(which) data-origin=(party.origin()) hidden {
            form method="post" action=(action) data-ask={ (action) "/ask" }
                data-cancelled=(words.text("passkey-cancelled")) data-there=(words.text("passkey-refused-already-there"))
                data-failed=(words.text("passkey-failed")) {
                (visitor.form_seal())
                input type="hidden" name="answer" value="" autocomplete="off";
                (more)
                p.fault role="alert" hidden {}
                button.second[which == "show"] type="submit" { (words.text(button)) }
            }
        }
    }
}

/// The button at a door, beside the form for the password.
pub(super) fn at_the_door(app: &App, visitor: &Visitor, action: &str, next: &str, button: &str) -> Markup {
    form(app, visitor, "show", action, &html! { input type="hidden" name="next" value=(next); }, button)
}

fn not_signed_in() -> Problem {
    Problem::plain(What::NotSignedIn)
}
