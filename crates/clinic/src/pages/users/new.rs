//! A user who is added.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::{LedgerError, NewUser};
use resurface_ledger::identity::{DisplayName, NameError, SignInName};

use super::{operator, role_fields, ticked};
use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::{Faults, Form, Typed};
use crate::page::{Area, encoded};
use crate::seat::{Answer, Seat};

pub(super) async fn show(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| {
        seat.may(Operation::ManageUsers)?;
        Ok(view(seat, &Typed::default(), &Faults::default(), StatusCode::OK))
    })
    .await
}

pub(super) async fn add(State(app): State<Arc<App>>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ManageUsers)?;
        let name = typed.value("name").parse::<SignInName>();
        let display_name = typed.value("display_name").parse::<DisplayName>();
        let (name, display_name, operator) = match (name, display_name, operator::read(&typed)) {
            (Ok(name), Ok(display_name), Ok(operator)) => (name, display_name, operator),
            (name, display_name, operator) => {
                let fault = |field: &str, error: Option<NameError>| error.map(|error| Faults::of_error(field, &error));
                let faults = fault("name", name.err()).unwrap_or_default();
                let faults = faults.and(fault("display_name", display_name.err()).unwrap_or_default());
                return Ok(wrong(seat, &typed, &faults.and(operator.err().unwrap_or_default())));
            }
        };
        let to = format!("/users/{}", encoded(name.as_str()));
        let new = NewUser { name, display_name, roles: ticked(&typed), operator, password: typed.raw("password") };
        match seat.desk.add_user(new) {
            Ok(_) => Ok(Redirect::to(&to).into_response()),
            Err(error @ LedgerError::UserExists) => Ok(wrong(seat, &typed, &Faults::of_error("name", &error))),
            Err(error @ LedgerError::Password(_)) => Ok(wrong(seat, &typed, &Faults::of_error("password", &error))),
            Err(error) => Err(error.into()),
        }
    })
    .await
}

fn wrong(seat: &Seat<'_>, typed: &Typed, faults: &Faults) -> Response {
    view(seat, typed, faults, StatusCode::UNPROCESSABLE_ENTITY)
}

fn view(seat: &Seat<'_>, typed: &Typed, faults: &Faults, status: StatusCode) -> Response {
    let words = seat.words();
    let form = Form { words, typed, faults };
    let title = words.text("user-new-title");
    let body = html! {
        p.back { a href="/users" { "\u{2190} " (words.text("user-back")) } }
        h1 { (title) }
        form.card method="post" action="/users/new" {
            (seat.form_seal())
            (form.text("display_name", &words.text("user-display-name"), Some(&words.text("user-display-name-hint"))))
            (form.text("name", &words.text("user-name"), Some(&words.text("user-name-hint"))))
            (form.secret("password", &words.text("user-password"), "new-password"))
            p.hint { (words.text("user-password-hint")) }
            (role_fields(&form))
            h2 { (words.text("user-operator")) }
            p { (words.text("user-operator-about")) }
            (operator::fields(&form))
            button type="submit" { (words.text("users-add")) }
        }
    };
    seat.page(Area::Users, &title).with_status(status, &faults.above(words, &body))
}
