//! One's own passkeys: named, listed with when each was used last, added and removed.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use resurface_ledger::access::Operation;
use resurface_ledger::identity::Passkey;

use super::super::audit::moment;
use super::{SCRIPT, answered, asked_of_browser, form, party, refused};
use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::{Faults, Form, Typed};
use crate::page::Area;
use crate::problem::Problem;
use crate::seat::{Answer, Seat};

const HERE: &str = "/account/passkeys";

pub(super) async fn show(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| {
        seat.may(Operation::ManageOwnPasskeys)?;
        view(seat, &Typed::default(), &Faults::default(), StatusCode::OK)
    })
    .await
}

pub(super) async fn ask(State(app): State<Arc<App>>, Posted { visitor, .. }: Posted) -> Answer {
    app.at_desk(visitor, |seat| {
        seat.may(Operation::ManageOwnPasskeys)?;
        let asked = seat.desk.ask_for_new_passkey(party(seat.app)?)?;
        Ok(asked_of_browser(seat.app, seat.visitor, asked))
    })
    .await
}

pub(super) async fn change(State(app): State<Arc<App>>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ManageOwnPasskeys)?;
        let done = match typed.value("remove") {
            "" => match typed.value("name").parse() {
                Ok(name) => seat.desk.add_passkey(answered(seat.app, seat.visitor, party(seat.app)?, typed.raw("answer")), name),
                Err(_) => {
                    let faults = Faults::one("name", seat.words().text("passkey-name-missing"));
                    return view(seat, &typed, &faults, StatusCode::UNPROCESSABLE_ENTITY);
                }
            },
            id => seat.desk.remove_passkey(&id.parse().map_err(|_| Problem::no_such_page())?),
        };
        match done {
            Ok(()) => Ok(Redirect::to(HERE).into_response()),
            Err(error) => match refused(seat.words(), &error) {
                Some((status, faults)) => view(seat, &typed, &faults, status),
                None => Err(error.into()),
            },
        }
    })
    .await
}

fn view(seat: &Seat<'_>, typed: &Typed, faults: &Faults, status: StatusCode) -> Result<Response, Problem> {
    let words = seat.words();
    let party = party(seat.app)?;
    let passkeys = seat.desk.passkeys()?;
    let title = words.text("passkeys-title");
    let name = Form { words, typed, faults }.text("name", &words.text("passkey-name"), Some(&words.text("passkey-name-hint")));
    let body = html! {
        p.back { a href="/account" { "\u{2190} " (words.text("account-title")) } }
        h1 { (title) }
        p { (words.text("passkeys-about")) }
        @if !passkeys.is_empty() { (list(seat, &passkeys)) }
        section.card aria-labelledby="add" {
            h2 id="add" { (words.text("passkey-add")) }
            p data-without-passkey { (words.with("passkey-not-here", [("address", party.origin().into())])) " " a href={ (party.origin()) (HERE) } { (party.origin()) } }
            (form(seat.app, seat.visitor, "make", HERE, &name, "passkey-add-button"))
        }
    };
    Ok(seat.page(Area::Account, &title).script(SCRIPT).with_status(status, &faults.above(words, &body)))
}

fn list(seat: &Seat<'_>, passkeys: &[Passkey]) -> Markup {
    let words = seat.words();
    html! {
        ul.passkeys {
            @for passkey in passkeys {
                li.card {
                    h2 { (passkey.name) }
                    p { (words.text("passkey-added")) " " (moment(seat, passkey.added_at)) }
                    @match passkey.used_at {
                        Some(at) => { p { (words.text("passkey-used")) " " (moment(seat, at)) } },
                        None => { p { (words.text("passkey-never")) } },
                    }
                    form method="post" action=(HERE) {
                        (seat.form_seal())
                        button.danger name="remove" value=(passkey.id) type="submit"
                            aria-label=(words.with("passkey-remove-this", [("name", passkey.name.as_str().into())])) {
                            (words.text("passkey-remove"))
                        }
                    }
                }
            }
        }
    }
}
