//! Who works here, and what they may do.

mod new;
mod one;
pub(crate) mod operator;

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use jiff::civil::Date;
use maud::{Markup, html};
use resurface_care::consultation::Answer as Known;
use resurface_ledger::access::{Operation, Role};
use resurface_ledger::identity::User;
use resurface_words::Words;

use crate::app::App;
use crate::doors::Visitor;
use crate::form::{Choice, Form, Typed};
use crate::page::{Area, encoded};
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat};

/// The roles that a user can be given: a patient is no user.
const ROLES: [Role; 4] = [Role::Practitioner, Role::Prescriber, Role::Assistant, Role::Lead];

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::ManageUsers);
    vec![
        Route::new("/users", Need::Staff(Operation::ListUsers), "who works here", get(show)),
        Route::new("/users/new", need, "add a user", get(new::show).post(new::add)),
        Route::new("/users/{user}", need, "one user", get(one::show).post(one::change)),
    ]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, move |seat| {
        let mut users = seat.desk.users()?;
        users.sort_by(|one, two| (one.disabled, &one.display_name).cmp(&(two.disabled, &two.display_name)));
        let words = seat.words();
        let today = seat.app.clinic().today();
        let body = html! {
            div.heading {
                h1 { (words.text("users-title")) }
                a.button href="/users/new" { (words.text("users-add")) }
            }
            div.scroll tabindex="0" {
                table {
                    thead { tr {
                        th scope="col" { (words.text("users-name")) }
                        th scope="col" { (words.text("users-sign-in-name")) }
                        th scope="col" { (words.text("users-roles")) }
                        th scope="col" { (words.text("users-training")) }
                        th scope="col" { (words.text("users-state")) }
                    } }
                    tbody { @for user in &users { (line(seat, user, today)) } }
                }
            }
        };
        Ok(seat.page(Area::Users, &words.text("users-title")).body(&body))
    })
    .await
}

fn line(seat: &Seat<'_>, user: &User, today: Date) -> Markup {
    let words = seat.words();
    let is_oneself = seat.user.as_ref().is_some_and(|own| own.id == user.id);
    html! {
        tr {
            th scope="row" {
                a href={ "/users/" (encoded(user.name.as_str())) } { (user.display_name) }
                @if is_oneself { " " span.tag.quiet { (words.text("users-you")) } }
            }
            td { (user.name) }
            td { (roles(words, user)) }
            td { (training(words, user, today)) }
            td {
                @if user.disabled { span.tag.danger { (words.text("users-off")) } }
                @else { span.tag.good { (words.text("users-on")) } }
            }
        }
    }
}

/// The roles of a user, in words.
pub(super) fn roles(words: &Words, user: &User) -> String {
    let roles: Vec<String> = user.roles.iter().map(|role| words.text(&format!("role-{}", role.words()))).collect();
    if roles.is_empty() { words.text("roles-none") } else { roles.join(", ") }
}

fn training(words: &Words, user: &User, today: Date) -> Markup {
    let Some(operator) = &user.operator else { return html! { span.small { (words.text("training-none")) } } };
    let (tone, said) = match (operator.trained, operator.training_valid_until) {
        (Known::Unknown, _) => ("warn", words.text("training-unknown")),
        (Known::No, _) => ("danger", words.text("training-no")),
        (Known::Yes, None) => ("warn", words.text("training-yes")),
        (Known::Yes, Some(day)) if day < today => {
            ("danger", words.with("training-over", [("date", words.short_date(day).into())]))
        }
        (Known::Yes, Some(day)) => ("good", words.with("training-until", [("date", words.short_date(day).into())])),
    };
    html! { span class={ "tag " (tone) } { (said) } }
}

/// The roles as boxes to tick.
fn role_fields(form: &Form<'_>) -> Markup {
    let words = form.words;
    let choices: Vec<Choice<'_>> = ROLES
        .iter()
        .map(|role| {
            let key = format!("role-{}", role.words());
            (role.words(), format!("{} ({})", words.text(&key), words.text(&format!("{key}-hint"))))
        })
        .collect();
    form.checks("roles[]", &words.text("users-roles"), None, &choices)
}

/// The roles that were ticked.
fn ticked(typed: &Typed) -> std::collections::BTreeSet<Role> {
    ROLES.into_iter().filter(|role| typed.all("roles[]").any(|word| word == role.words())).collect()
}
