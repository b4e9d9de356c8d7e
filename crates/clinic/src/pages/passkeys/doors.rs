//! In, and once more, with a passkey.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect};
use resurface_ledger::access::Operation;

use super::super::sign_in::{door, door_again, with_the_wait};
use super::{answered, asked_of_browser, not_signed_in, party, refused};
use crate::app::App;
use crate::doors::{DESK, Keep, Posted, kept};
use crate::page::onward;
use crate::seat::Answer;

pub(super) async fn ask(State(app): State<Arc<App>>, Posted { visitor, .. }: Posted) -> Answer {
    let asked = app.clinic().ask_for_passkey(party(&app)?);
    Ok(asked_of_browser(&app, &visitor, asked))
}

pub(super) async fn sign_in(State(app): State<Arc<App>>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_the_door(move |app| {
        let party = party(app)?;
        match app.clinic().sign_in_with_passkey(answered(app, &visitor, party, typed.raw("answer"))) {
            Ok(token) => {
                let cookie = kept(&visitor, DESK, token.text().to_string(), Keep::WhileOpen);
                Ok(([(SET_COOKIE, cookie)], Redirect::to(onward(typed.value("next")))).into_response())
            }
            Err(error) => match refused(visitor.words, &error) {
                Some((status, faults)) => Ok(with_the_wait(&error, door(app, &visitor, &typed, &faults, status))),
                None => Err(error.into()),
            },
        }
    })
    .await
}

pub(super) async fn ask_again(State(app): State<Arc<App>>, Posted { visitor, .. }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ManageOwnAccount)?;
        let token = seat.visitor.token.as_ref().ok_or_else(not_signed_in)?;
        let asked = seat.app.clinic().ask_for_passkey_again(party(seat.app)?, token)?;
        Ok(asked_of_browser(seat.app, seat.visitor, asked))
    })
    .await
}

pub(super) async fn step_up(State(app): State<Arc<App>>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ManageOwnAccount)?;
        let token = seat.visitor.token.as_ref().ok_or_else(not_signed_in)?;
        let proof = answered(seat.app, seat.visitor, party(seat.app)?, typed.raw("answer"));
        match seat.app.clinic().step_up_with_passkey(token, proof) {
            Ok(()) => Ok(Redirect::to(onward(typed.value("next"))).into_response()),
            Err(error) => match refused(seat.words(), &error) {
                Some((status, faults)) => Ok(with_the_wait(&error, door_again(seat, &typed, &faults, status)?)),
                None => Err(error.into()),
            },
        }
    })
    .await
}
