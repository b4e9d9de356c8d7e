//! The first user of a clinic, who leads it.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::html;
use resurface_ledger::access::Role;
use resurface_ledger::clinic::{LedgerError, NewUser, Proof};
use resurface_ledger::identity::{DisplayName, NameError, SignInName};

use crate::app::App;
use crate::doors::{DESK, Keep, Posted, Visitor, kept};
use crate::form::{Choice, Faults, Form, Typed};
use crate::page::{self, Frame, encoded};
use crate::problem::{Problem, What};
use crate::routes::{Need, Route};
use crate::seat::{Answer, token_of};
use crate::set_up::Held;

/// What the first user may be besides leading.
const ALSO: [Role; 3] = [Role::Practitioner, Role::Prescriber, Role::Assistant];

pub(super) fn routes() -> Vec<Route> {
    vec![Route::new("/set-up/{token}", Need::Anybody, "make the first user", get(show).post(make))]
}

fn held<'a>(app: &'a App, visitor: &Visitor, token: &str) -> Result<Held<'a>, Problem> {
    let now = app.clinic().surroundings().now();
    let held = token_of(token).and_then(|token| app.set_up.hold(&token, now));
    held.ok_or_else(|| Problem::new(What::Missing, visitor.words.text("set-up-over")))
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(token): Path<String>) -> Answer {
    drop(held(&app, &visitor, &token)?);
    Ok(view(&app, &visitor, &token, &Typed::default(), &Faults::default(), StatusCode::OK))
}

async fn make(State(app): State<Arc<App>>, Path(token): Path<String>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_the_door(move |app| {
        let held = held(app, &visitor, &token)?;
        let wrong = |faults: &Faults| Ok(view(app, &visitor, &token, &typed, faults, StatusCode::UNPROCESSABLE_ENTITY));
        let (name, display_name) =
            match (typed.value("name").parse::<SignInName>(), typed.value("display_name").parse::<DisplayName>()) {
                (Ok(name), Ok(display_name)) => (name, display_name),
                (name, display_name) => {
                    let fault = |field: &str, error: Option<NameError>| error.map(|error| Faults::of_error(field, &error));
                    let faults = fault("name", name.err()).unwrap_or_default();
                    return wrong(&faults.and(fault("display_name", display_name.err()).unwrap_or_default()));
                }
            };
        if typed.raw("password") != typed.raw("again") {
            return wrong(&Faults::one("again", visitor.words.text("account-not-same")));
        }
        let password = typed.raw("password");
        let also = ALSO.into_iter().filter(|role| typed.all("roles[]").any(|word| word == role.words()));
        let roles: BTreeSet<Role> = also.chain([Role::Lead]).collect();
        match app.clinic().add_first_user(NewUser { name: name.clone(), display_name, roles, operator: None, password }) {
            Ok(_) => held.close(),
            Err(error @ LedgerError::Password(_)) => return wrong(&Faults::of_error("password", &error)),
            Err(error) => return Err(error.into()),
        }
        // They have just typed it: the second factor is offered where they arrive.
        let token = app.clinic().sign_in(name.as_str(), Proof { password, code: None })?;
        let cookie = kept(&visitor, DESK, token.text().to_string(), Keep::WhileOpen);
        Ok(([(SET_COOKIE, cookie)], Redirect::to("/account")).into_response())
    })
    .await
}

fn view(app: &App, visitor: &Visitor, token: &str, typed: &Typed, faults: &Faults, status: StatusCode) -> Response {
    let words = visitor.words;
    let form = Form { words, typed, faults };
    let also: Vec<Choice<'_>> = ALSO.iter().map(|role| (role.words(), words.text(&format!("role-{}", role.words())))).collect();
    let body = html! {
        section.card.door {
            h1 { (words.text("set-up-title")) }
            p { (words.text("set-up-about")) }
            form method="post" action={ "/set-up/" (encoded(token)) } {
                (visitor.form_seal())
                (form.text("display_name", &words.text("set-up-display-name"), Some(&words.text("user-display-name-hint"))))
                (form.text("name", &words.text("user-name"), Some(&words.text("user-name-hint"))))
                (form.secret("password", &words.text("sign-in-password"), "new-password"))
                p.hint { (words.text("account-new-hint")) }
                (form.secret("again", &words.text("set-up-again"), "new-password"))
                (form.checks("roles[]", &words.text("set-up-also"), Some(&words.text("set-up-also-hint")), &also))
                button type="submit" { (words.text("set-up-button")) }
            }
        }
    };
    (status, page::whole(&Frame::of_nobody(app, visitor), &words.text("set-up-title"), &faults.above(words, &body)))
        .into_response()
}
