//! One user: roles, what is known of them, their account.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::{LedgerError, LostFactor, UserChange};
use resurface_ledger::identity::User;

use super::{operator, role_fields, ticked};
use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::{Faults, Form, Typed};
use crate::page::{Area, encoded};
use crate::problem::Problem;
use crate::seat::{Answer, Seat};

pub(super) async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(name): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ManageUsers)?;
        let user = user(seat, &name)?;
        view(seat, &user, &Typed::default(), &Faults::default(), StatusCode::OK)
    })
    .await
}

fn user(seat: &Seat<'_>, name: &str) -> Result<User, Problem> {
    seat.desk.users()?.into_iter().find(|user| user.name.as_str() == name).ok_or_else(Problem::no_such_page)
}

/// What the buttons of the page do.
pub(super) async fn change(State(app): State<Arc<App>>, Path(name): Path<String>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ManageUsers)?;
        let desk = &seat.desk;
        let done = match typed.value("_do") {
            "roles" => desk.change_user(&name, UserChange::Roles(ticked(&typed))).map(drop),
            "off" => desk.change_user(&name, UserChange::SwitchOff).map(drop),
            "on" => desk.change_user(&name, UserChange::SwitchOn).map(drop),
            "passkeys" => desk.take_passkeys_of(&name),
            "end" => seat.app.clinic().end_sign_ins_of(desk, &name),
            "password" => desk.reset_password(&name, typed.raw("password"), lost(&typed)),
            "operator" => match operator::read(&typed) {
                Ok(Some(record)) => desk.change_user(&name, UserChange::Operator(record)).map(drop),
                Ok(None) => {
                    return wrong(
                        seat,
                        &name,
                        &typed,
                        &Faults::one("profession", "choose the profession of somebody who treats"),
                    );
                }
                Err(faults) => return wrong(seat, &name, &typed, &faults),
            },
            _ => return Err(Problem::no_such_page()),
        };
        match done {
            Ok(()) => Ok(Redirect::to(&format!("/users/{}", encoded(&name))).into_response()),
            Err(error @ LedgerError::LastLead) => wrong(seat, &name, &typed, &Faults::of_error("", &error)),
            Err(error @ LedgerError::Password(_)) => wrong(seat, &name, &typed, &Faults::of_error("password", &error)),
            Err(error) => Err(error.into()),
        }
    })
    .await
}

fn lost(typed: &Typed) -> LostFactor {
    if typed.value("lost_phone") == "yes" { LostFactor::Lost } else { LostFactor::Kept }
}

fn wrong(seat: &Seat<'_>, name: &str, typed: &Typed, faults: &Faults) -> Answer {
    view(seat, &user(seat, name)?, typed, faults, StatusCode::UNPROCESSABLE_ENTITY)
}

fn view(seat: &Seat<'_>, user: &User, typed: &Typed, faults: &Faults, status: StatusCode) -> Answer {
    let words = seat.words();
    let passkeys = seat.desk.count_passkeys_of(user.name.as_str())?;
    // What was typed stays in the part that was sent; the others show what is kept.
    let of = |part: &str, kept: Typed| if typed.value("_do") == part { typed.clone() } else { kept };
    let held = user.roles.iter().map(|role| ("roles[]".to_owned(), role.words().to_owned())).collect();
    let (roles, treats) = (of("roles", Typed::new(held)), of("operator", operator::typed(user.operator.as_ref())));
    let body = html! {
        p.back { a href="/users" { "\u{2190} " (words.text("user-back")) } }
        h1 { (user.display_name) " " span.small { (user.name) } }
        (part(seat, user, "roles", "user-save-roles", "", &role_fields(&Form { words, typed: &roles, faults })))
        section.card aria-labelledby="treats" {
            h2 id="treats" { (words.text("user-operator")) }
            p { (words.text("user-operator-about")) }
            form method="post" action=(address(user)) {
                (seat.form_seal())
                (operator::fields(&Form { words, typed: &treats, faults }))
                button name="_do" value="operator" type="submit" { (words.text("user-save-operator")) }
            }
        }
        section.card aria-labelledby="account" {
            h2 id="account" { (words.text("users-state")) }
            @if user.disabled {
                p { span.tag.danger { (words.text("users-off")) } }
                (button(seat, user, "on", "user-switch-on", "second"))
            } @else {
                p { (words.text("user-end-about")) }
                (button(seat, user, "end", "user-end", "second"))
                @if passkeys > 0 {
                    p { (words.with("user-passkeys-about", [("count", passkeys.into())])) }
                    (button(seat, user, "passkeys", "user-passkeys", "danger"))
                }
                p { (words.text("user-switch-off-about")) }
                (button(seat, user, "off", "user-switch-off", "danger"))
            }
        }
        section.card aria-labelledby="password" {
            h2 id="password" { (words.text("user-new-password")) }
            (password(seat, user, typed, faults))
        }
    };
    Ok(seat.page(Area::Users, user.display_name.as_str()).with_status(status, &faults.above(words, &body)))
}

fn address(user: &User) -> String {
    format!("/users/{}", encoded(user.name.as_str()))
}

fn part(seat: &Seat<'_>, user: &User, what: &str, label: &str, class: &str, fields: &Markup) -> Markup {
    html! {
        form.card method="post" action=(address(user)) {
            (seat.form_seal())
            (fields)
            button class=(class) name="_do" value=(what) type="submit" { (seat.words().text(label)) }
        }
    }
}

fn button(seat: &Seat<'_>, user: &User, what: &str, label: &str, class: &str) -> Markup {
    html! {
        form.one-button method="post" action=(address(user)) {
            (seat.form_seal())
            button class=(class) name="_do" value=(what) type="submit" { (seat.words().text(label)) }
        }
    }
}

fn password(seat: &Seat<'_>, user: &User, typed: &Typed, faults: &Faults) -> Markup {
    let words = seat.words();
    let form = Form { words, typed, faults };
    let lost = [("yes", words.text("user-lost-phone"))];
    html! {
        p { (words.text("user-new-password-about")) }
        form method="post" action=(address(user)) {
            (seat.form_seal())
            (form.secret("password", &words.text("user-new-password"), "new-password"))
            (form.checks("lost_phone", &words.text("duty-title"), Some(&words.text("user-lost-phone-hint")), &lost))
            button.second name="_do" value="password" type="submit" { (words.text("user-new-password")) }
        }
    }
}
