//! The worklist: every chart's next step, overdue first.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::routing::get;
use jiff::civil::Date;
use maud::{Markup, html};
use resurface_care::chart::Step;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::{Worklist, WorklistRow};
use resurface_words::Words;
use serde::Deserialize;

use super::why::why;
use crate::app::App;
use crate::doors::Visitor;
use crate::form::{Faults, Form, Typed};
use crate::page::{Area, encoded};
use crate::routes::{Need, Route};
use crate::seat::Answer;

/// Rows of one page.
const ROWS: usize = 50;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::new("/worklist", Need::Staff(Operation::ReadWorklist), "every chart's next step", get(show))]
}

/// What is looked for.
#[derive(Default, Deserialize)]
pub(crate) struct Sought {
    #[serde(default)]
    q: String,
    #[serde(default)]
    step: String,
    #[serde(default)]
    pub(crate) page: usize,
}

/// What was found.
pub(crate) struct Found<'a> {
    pub(crate) rows: Vec<&'a WorklistRow>,
    /// The page that was asked for, from 1, and how many there are.
    pub(crate) page: usize,
    pub(crate) pages: usize,
}

impl Sought {
    /// The rows that are looked for.
    pub(crate) fn among<'a>(&self, list: &'a Worklist) -> Found<'a> {
        let wanted = self.q.trim().to_lowercase();
        let matches = |row: &&WorklistRow| {
            (wanted.is_empty() || row.name.to_lowercase().contains(&wanted) || row.number.to_lowercase().contains(&wanted))
                && (self.step.is_empty() || row.next.step.code() == self.step)
        };
        let rows: Vec<&WorklistRow> = list.rows.iter().filter(matches).collect();
        let pages = rows.len().div_ceil(ROWS).max(1);
        Found { rows, page: self.page.clamp(1, pages), pages }
    }
}

impl<'a> Found<'a> {
    /// The rows of the page that was asked for.
    pub(crate) fn on_the_page(&self) -> impl Iterator<Item = &'a WorklistRow> {
        self.rows.iter().copied().skip((self.page - 1) * ROWS).take(ROWS)
    }
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Query(sought): Query<Sought>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let today = seat.app.clinic().today();
        let list = seat.desk.worklist(&seat.rules.knowledge.settings, today)?;
        let body = view(seat.words(), &list, &sought, today);
        Ok(seat.page(Area::Worklist, &seat.words().text("worklist-title")).body(&body))
    })
    .await
}

fn view(words: &Words, list: &Worklist, sought: &Sought, today: Date) -> Markup {
    let found = sought.among(list);
    html! {
        div.heading { h1 { (words.text("worklist-title")) } p.day { (words.date(today)) } }
        @for patient in &list.unreadable {
            p.callout.danger { (words.with("worklist-unreadable", [("id", patient.to_string().into())])) }
        }
        (search(words, sought))
        div id="found" {
            p.count role="status" {
                @if found.rows.len() == list.rows.len() { (words.with("worklist-count", [("count", found.rows.len().into())])) }
                @else {
                    (words.with("worklist-shown", [("shown", found.rows.len().to_string().into()), ("count", list.rows.len().to_string().into())]))
                }
            }
            @if found.rows.is_empty() { p { (words.text("worklist-empty")) } }
            @else {
                table.worklist {
                    thead { tr {
                        th scope="col" { (words.text("worklist-patient")) }
                        th scope="col" { (words.text("worklist-next")) }
                        th scope="col" { (words.text("worklist-due")) }
                        th scope="col" { (words.text("worklist-why")) }
                    } }
                    tbody { @for row in found.on_the_page() { (line(words, row, today)) } }
                }
                (turning(words, sought, found.page, found.pages))
            }
        }
    }
}

fn search(words: &Words, sought: &Sought) -> Markup {
    let typed = Typed::default().or("q", &*sought.q).or("step", &*sought.step);
    let form = Form { words, typed: &typed, faults: &Faults::default() };
    let mut steps = vec![("", words.text("worklist-all-steps"))];
    steps.extend(Step::ALL.iter().map(|step| (step.code(), words.text(&format!("step-{}", step.code())))));
    html! {
        form.search role="search" method="get" action="/worklist" hx-get="/worklist" hx-select="#found" hx-target="#found"
            hx-swap="outerHTML" hx-trigger="input delay:250ms, submit" hx-push-url="true" {
            (form.text("q", &words.text("worklist-search"), None))
            (form.select("step", &words.text("worklist-step"), None, &steps))
            button type="submit" { (words.text("worklist-find")) }
        }
    }
}

fn line(words: &Words, row: &WorklistRow, today: Date) -> Markup {
    let overdue = row.next.days_overdue(today);
    let urgency = match (row.next.step, overdue) {
        (Step::Nothing, _) => "quiet",
        (Step::SeeToEvent, _) => "urgent",
        (_, Some(days)) if days > 0 => "late",
        (_, Some(0)) => "today",
        _ => "",
    };
    html! {
        tr class=(urgency) {
            th scope="row" { a href={ "/charts/" (row.patient) } { (row.name) } span.number { (row.number) } }
            td { span.step { (words.text(&format!("step-{}", row.next.step.code()))) } }
            td.due {
                @match (row.next.due, overdue) {
                    (_, Some(0)) => { strong { (words.text("worklist-due-today")) } },
                    (Some(due), Some(days)) if days > 0 => {
                        time datetime=(due) { (words.short_date(due)) }
                        span.overdue { (words.with("worklist-overdue", [("days", days.unsigned_abs().into())])) }
                    },
                    (Some(due), _) => { time datetime=(due) { (words.short_date(due)) } },
                    (None, _) => { span.small { (words.text("worklist-no-day")) } },
                }
            }
            td.why { (why(words, &row.next.why)) }
        }
    }
}

fn turning(words: &Words, sought: &Sought, page: usize, pages: usize) -> Markup {
    let to = |page: usize| format!("/worklist?q={}&step={}&page={page}", encoded(&sought.q), encoded(&sought.step));
    html! {
        @if pages > 1 {
            nav.turning {
                @if page > 1 { a rel="prev" href=(to(page - 1)) { (words.text("worklist-previous")) } }
                span { (words.with("worklist-page", [("page", page.to_string().into()), ("pages", pages.to_string().into())])) }
                @if page < pages { a rel="next" href=(to(page + 1)) { (words.text("worklist-following")) } }
            }
        }
    }
}
