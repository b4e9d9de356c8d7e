//! One setting: why it is what it is, and another value for it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::PracticeChange;

use super::row::{Row, rows};
use super::{mark, not_changed, who};
use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::{Choice, Faults, Form, Number, Typed};
use crate::page::Area;
use crate::problem::Problem;
use crate::seat::{Answer, Seat};

pub(super) async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ChangeSettings)?;
        Ok(view(seat, &row(seat, &id)?, &Typed::default(), &Faults::default(), StatusCode::OK))
    })
    .await
}

fn row(seat: &Seat<'_>, id: &str) -> Result<Row, Problem> {
    rows(seat)?.into_iter().find(|row| row.id == id).ok_or_else(Problem::no_such_page)
}

pub(super) async fn change(State(app): State<Arc<App>>, Path(id): Path<String>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ChangeSettings)?;
        let row = row(seat, &id)?;
        let wrong = |faults: &Faults| Ok(view(seat, &row, &typed, faults, StatusCode::UNPROCESSABLE_ENTITY));
        let value = match (typed.value("_do"), row.read(typed.value("value"))) {
            ("reset", _) => None,
            (_, Some(value)) => Some(value),
            (_, None) => {
                return wrong(&Faults::one("value", seat.words().with("settings-no-value", [("range", (&row.range).into())])));
            }
        };
        let change = PracticeChange::Setting { id, value };
        match not_changed(seat.app.change_practice(&seat.desk, change, typed.value("reason")))? {
            Some(faults) => wrong(&faults),
            None => Ok(Redirect::to("/settings").into_response()),
        }
    })
    .await
}

fn view(seat: &Seat<'_>, row: &Row, typed: &Typed, faults: &Faults, status: StatusCode) -> Response {
    let words = seat.words();
    let typed = typed.clone().or("value", &*row.value);
    let form = Form { words, typed: &typed, faults };
    let body = html! {
        p.back { a href="/settings" { "\u{2190} " (words.text("settings-title")) } }
        h1 { (row.name) }
        div.columns {
            form.card method="post" action={ "/settings/" (row.id) } {
                (seat.form_seal())
                (value(&form, row))
                (form.text("reason", &words.text("settings-reason"), Some(&words.text("settings-reason-hint"))))
                p { (words.text("settings-changes")) }
                div.actions {
                    button type="submit" { (words.text("save")) }
                    @if row.is_changed() {
                        button.second name="_do" value="reset" type="submit" {
                            (words.with("settings-reset", [("value", (&row.shipped).into())]))
                        }
                    }
                }
            }
            section.card aria-labelledby="basis" {
                h2 id="basis" { (words.text("settings-basis")) }
                p { (mark(words, row.mark)) }
                p { (row.why) }
                @if !row.sources.is_empty() { p.small { (words.with("settings-sources", [("sources", row.sources.join(", ").into())])) } }
                (history(seat, row))
            }
        }
    };
    seat.page(Area::Settings, &row.name).with_status(status, &faults.above(words, &body))
}

fn value(form: &Form<'_>, row: &Row) -> Markup {
    let words = form.words;
    let label = words.text("settings-value");
    let Some((min, max)) = row.limits else {
        let choices: Vec<Choice<'_>> = row.choices.iter().map(|word| (*word, words.text(&format!("choice-{word}")))).collect();
        return form.radios("value", &label, None, &choices);
    };
    let hint = words.with("settings-allowed", [("range", (&row.range).into()), ("unit", (&row.unit).into())]);
    // Whole limits are of whole numbers, but for shares, which end at 1.
    let step = if min.fract() == 0.0 && max.fract() == 0.0 && max > 1.0 { 1.0 } else { 0.01 };
    form.number("value", &label, Some(&hint), Number { min, max, step })
}

/// Everything that was decided about this setting, newest first.
fn history(seat: &Seat<'_>, row: &Row) -> Markup {
    let words = seat.words();
    let of_this = seat.practice.decided.iter().rev().filter_map(|decided| match &decided.change {
        PracticeChange::Setting { id, value } if id == row.id => Some((decided, value)),
        _ => None,
    });
    let said = |value: &Option<resurface_knowledge::values::Value>| match value {
        Some(resurface_knowledge::values::Value::Number(number)) => number.to_string(),
        Some(resurface_knowledge::values::Value::Word(word)) => word.clone(),
        None => words.text("settings-as-shipped"),
    };
    html! {
        @for (decided, value) in of_this {
            p { strong { (said(value)) } }
            (who(seat, decided))
        }
    }
}
