//! Two pictures of one view: side by side, and, where scripts run, one over the other.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use maud::{Markup, html};
use resurface_care::chart::{EntryId, PictureTaken, View};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;
use resurface_words::Words;
use serde::Deserialize;

use super::{VIEWS, address, of_view, view_key, view_of, view_word, withheld};
use crate::app::App;
use crate::doors::Visitor;
use crate::form::{Faults, Form, Typed};
use crate::pages::chart::sheet;
use crate::seat::{Answer, Seat, patient_of};

/// Which two.
#[derive(Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    view: String,
    #[serde(default)]
    a: String,
    #[serde(default)]
    b: String,
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Path(patient): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::SeePicture)?;
        let words = seat.words();
        let body = withheld(words, &open).unwrap_or_else(|| view(seat, &open, &wanted));
        Ok(sheet::page(seat, &open, &words.text("pictures-compare"), StatusCode::OK, &["compare.js"], &body))
    })
    .await
}

fn view(seat: &Seat<'_>, open: &OpenChart, wanted: &Wanted) -> Markup {
    let words = seat.words();
    let taken: Vec<View> = VIEWS.into_iter().filter(|view| !of_view(open, *view).is_empty()).collect();
    let Some(first) = taken.first() else { return html! { p { (words.text("chart-no-pictures")) } } };
    let view = view_of(&wanted.view).filter(|view| taken.contains(view)).unwrap_or(*first);
    let pictures = of_view(open, view);
    let find = |id: &str| pictures.iter().copied().find(|(entry, _)| entry.to_string() == id);
    let before = find(&wanted.a).or_else(|| pictures.first().copied());
    let after = find(&wanted.b).or_else(|| pictures.last().copied());
    html! {
        p { a href={ "/charts/" (open.patient) "/pictures" } { "\u{2190} " (words.text("pictures-title")) } }
        nav.tabs aria-label=(words.text("pictures-views")) {
            ul { @for known in &taken { li { a href={ "?view=" (view_word(*known)) } aria-current=[(*known == view).then_some("page")] { (words.text(view_key(*known))) } } } }
        }
        @if let (Some(before), Some(after)) = (before, after) {
            (choose(words, view, &pictures, before.0, after.0))
            @if before.0 == after.0 { p { (words.text("pictures-only-one")) } }
            (pair(words, open, before, after))
            (measuring(seat, open, before, after))
        }
    }
}

#[cfg(feature = "measure")]
fn measuring(seat: &Seat<'_>, open: &OpenChart, before: &(EntryId, PictureTaken), after: &(EntryId, PictureTaken)) -> Markup {
    crate::pages::measure::form(seat, open, [before, after])
}

#[cfg(not(feature = "measure"))]
fn measuring(_: &Seat<'_>, _: &OpenChart, _: &(EntryId, PictureTaken), _: &(EntryId, PictureTaken)) -> Markup {
    Markup::default()
}

fn choose(words: &Words, view: View, pictures: &[&(EntryId, PictureTaken)], before: EntryId, after: EntryId) -> Markup {
    let typed = Typed::default().or("a", before.to_string()).or("b", after.to_string());
    let form = Form { words, typed: &typed, faults: &Faults::default() };
    let ids: Vec<String> = pictures.iter().map(|(entry, _)| entry.to_string()).collect();
    let choices: Vec<_> = ids.iter().zip(pictures).map(|(id, (_, taken))| (id.as_str(), words.date(taken.on))).collect();
    html! {
        form.row method="get" {
            input type="hidden" name="view" value=(view_word(view));
            (form.select("a", &words.text("pictures-before-label"), None, &choices))
            (form.select("b", &words.text("pictures-after-label"), None, &choices))
            div.field { button.second type="submit" { (words.text("pictures-show")) } }
        }
    }
}

fn pair(words: &Words, open: &OpenChart, before: &(EntryId, PictureTaken), after: &(EntryId, PictureTaken)) -> Markup {
    let picture = |class: &str, key: &str, (entry, taken): &(EntryId, PictureTaken)| {
        let day = words.date(taken.on);
        html! {
            figure.(class) {
                img src=(address(open.patient, *entry, "display")) width=(taken.width_px) height=(taken.height_px)
                    alt=(words.with("pictures-alt", [("view", words.text(view_key(taken.view)).into()), ("date", (&day).into())]));
                figcaption { strong { (words.text(key)) } " " (day) @if let Some(note) = &taken.note { ": " (note) } }
            }
        }
    };
    html! {
        div.compare {
            div.pair {
                (picture("before", "pictures-before-label", before))
                (picture("after", "pictures-after-label", after))
            }
            div.controls hidden {
                div.choices {
                    button.second type="button" data-mode="side" aria-pressed="true" { (words.text("pictures-side")) }
                    button.second type="button" data-mode="over" aria-pressed="false" { (words.text("pictures-over")) }
                }
                div.over hidden {
                    label { (words.text("pictures-slide")) input type="range" min="0" max="100" value="50" step="1"; }
                    div.choices {
                        button.second type="button" data-cut="100" { (words.text("pictures-all-before")) }
                        button.second type="button" data-cut="50" { (words.text("pictures-half")) }
                        button.second type="button" data-cut="0" { (words.text("pictures-all-after")) }
                    }
                }
            }
        }
    }
}
