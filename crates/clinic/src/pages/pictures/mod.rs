//! Pictures of a chart: taken in five standard views, shown by day, compared; only while the patient consents.

mod compare;
mod file;
mod take;
pub(super) mod upload;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use jiff::civil::Date;
use maud::{Markup, html};
use resurface_care::chart::{EntryId, PictureTaken, Purpose, View};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;
use resurface_ledger::identity::PatientId;
use resurface_words::Words;

use super::chart::sheet::{self, Sheet};
use crate::app::App;
use crate::doors::Visitor;
use crate::form::Faults;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat, patient_of};

/// The views, in the order in which they are taken.
pub(super) const VIEWS: [View; 6] =
    [View::Front, View::LeftOblique, View::RightOblique, View::LeftProfile, View::RightProfile, View::CloseUp];

/// Pictures that the chart's own page shows.
const LATEST: usize = 6;

pub(super) fn routes() -> Vec<Route> {
    let (see, take) = (Need::Staff(Operation::SeePicture), Need::Staff(Operation::TakePicture));
    let taking = get(show).post(upload::take_in).layer(DefaultBodyLimit::max(upload::BODY_BYTES_MAX));
    vec![
        Route::new("/charts/{patient}/pictures", take, "pictures: take and see", taking),
        Route::new("/charts/{patient}/pictures/compare", see, "two pictures of one view side by side", get(compare::show)),
        Route::new("/charts/{patient}/pictures/{entry}/{form}", see, "one form of a picture", get(file::show)),
    ]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::TakePicture)?;
        Ok(view(seat, &open, Sheet::new(seat, &open), &Faults::default(), StatusCode::OK))
    })
    .await
}

fn view(seat: &Seat<'_>, open: &OpenChart, sheet: Sheet, faults: &Faults, status: StatusCode) -> Response {
    whole(seat, open, sheet, [faults, &Faults::default()], status)
}

/// The page after a scan that was not taken in.
#[cfg(feature = "measure")]
pub(super) fn with_scan_faults(seat: &Seat<'_>, open: &OpenChart, sheet: Sheet, faults: &Faults, status: StatusCode) -> Response {
    whole(seat, open, sheet, [&Faults::default(), faults], status)
}

/// The page, with what is wrong with pictures and with a scan that were sent.
fn whole(seat: &Seat<'_>, open: &OpenChart, sheet: Sheet, [of_pictures, of_scan]: [&Faults; 2], status: StatusCode) -> Response {
    let words = seat.words();
    let body = html! {
        (refused(words, of_pictures))
        (refused(words, of_scan))
        @match withheld(words, open) {
            Some(why) => { (why) },
            None => {
                (take::form(seat, open, sheet))
                (by_day(words, open))
                (scans(seat, open, sheet, of_scan))
            },
        }
    };
    sheet::page(seat, open, &words.text("pictures-title"), status, &["camera.js"], &body)
}

#[cfg(feature = "measure")]
fn scans(seat: &Seat<'_>, open: &OpenChart, sheet: Sheet, faults: &Faults) -> Markup {
    super::scans::section(seat, open, sheet, faults)
}

#[cfg(not(feature = "measure"))]
fn scans(_: &Seat<'_>, _: &OpenChart, _: Sheet, _: &Faults) -> Markup {
    Markup::default()
}

/// What was not taken in: the rest was.
fn refused(words: &Words, faults: &Faults) -> Markup {
    html! {
        @if !faults.is_empty() {
            div.faults role="alert" {
                h2 { (words.text("pictures-some-refused")) }
                ul { @for fault in faults.problems() { li { (fault) } } }
            }
        }
    }
}

/// Why no picture is shown, where the patient does not consent (any more).
pub(super) fn withheld(words: &Words, open: &OpenChart) -> Option<Markup> {
    if open.chart.consents.contains_key(&Purpose::PicturesForCare) {
        return None;
    }
    let count = open.chart.pictures.len();
    let why = match open.chart.withdrawals.get(&Purpose::PicturesForCare) {
        Some(on) => words.with("pictures-withdrawn", [("date", words.date(*on).into()), ("count", count.into())]),
        None => words.text("pictures-no-consent"),
    };
    Some(html! {
        p.callout.warn { (why) }
        p { a href={ "/charts/" (open.patient) "/consent" } { (words.text("pictures-to-consent")) } }
    })
}

/// The key of a view's name.
pub(super) const fn view_key(view: View) -> &'static str {
    match view {
        View::Front => "view-front",
        View::LeftOblique => "view-left-oblique",
        View::RightOblique => "view-right-oblique",
        View::LeftProfile => "view-left-profile",
        View::RightProfile => "view-right-profile",
        View::CloseUp => "view-close-up",
    }
}

/// The word of a view in addresses and forms.
pub(super) const fn view_word(view: View) -> &'static str {
    match view {
        View::Front => "front",
        View::LeftOblique => "left_oblique",
        View::RightOblique => "right_oblique",
        View::LeftProfile => "left_profile",
        View::RightProfile => "right_profile",
        View::CloseUp => "close_up",
    }
}

/// The view with a word.
pub(super) fn view_of(word: &str) -> Option<View> {
    VIEWS.into_iter().find(|view| view_word(*view) == word)
}

/// Where one form of a picture is.
pub(super) fn address(patient: PatientId, entry: EntryId, form: &str) -> String {
    format!("/charts/{patient}/pictures/{entry}/{form}")
}

/// Pictures of a view, by the day they were taken; what a patient sent with a report is no view of the course.
pub(super) fn of_view(open: &OpenChart, view: View) -> Vec<&(EntryId, PictureTaken)> {
    let mut pictures: Vec<_> =
        open.chart.pictures.iter().filter(|(_, taken)| taken.view == view && taken.event.is_none()).collect();
    pictures.sort_by_key(|(_, taken)| taken.on);
    pictures
}

/// All pictures, the latest day first, each day with the session that it belongs to.
fn by_day(words: &Words, open: &OpenChart) -> Markup {
    let mut days: BTreeMap<Date, Vec<&(EntryId, PictureTaken)>> = BTreeMap::new();
    open.chart.pictures.iter().for_each(|picture| days.entry(picture.1.on).or_default().push(picture));
    html! {
        @if days.is_empty() { p { (words.text("chart-no-pictures")) } }
        @else { p { a.button.second href={ "/charts/" (open.patient) "/pictures/compare" } { (words.text("pictures-compare")) } } }
        @for (day, mut pictures) in days.into_iter().rev() {
            @let () = pictures.sort_by_key(|(_, taken)| taken.view);
            section aria-label=(words.date(day)) {
                h2 { time datetime=(day) { (words.date(day)) } " " span.small { (when(words, open, day)) } }
                (thumbnails(words, open.patient, &pictures))
            }
        }
    }
}

/// The pictures that a patient sent with the report of an adverse event; nothing where there are none.
pub(super) fn of_event(words: &Words, open: &OpenChart, event: EntryId) -> Markup {
    let pictures: Vec<_> = open.chart.pictures.iter().filter(|(_, taken)| taken.event == Some(event)).collect();
    html! {
        @if !pictures.is_empty() {
            h3 { (words.text("events-pictures")) }
            @match withheld(words, open) {
                Some(why) => { (why) },
                None => { (thumbnails(words, open.patient, &pictures)) },
            }
        }
    }
}

/// Where a day lies in the course.
fn when(words: &Words, open: &OpenChart, day: Date) -> String {
    let sessions = &open.chart.sessions;
    match sessions.iter().filter(|session| session.on <= day).count() {
        0 => words.text("pictures-before"),
        given if sessions.iter().any(|session| session.on == day) => {
            words.with("pictures-at-session", [("number", given.to_string().into())])
        }
        given => words.with("pictures-after-session", [("number", given.to_string().into())]),
    }
}

fn thumbnails(words: &Words, patient: PatientId, pictures: &[&(EntryId, PictureTaken)]) -> Markup {
    let several_days = pictures.windows(2).any(|pair| matches!(pair, [one, next] if one.1.on != next.1.on));
    html! {
        ul.thumbnails {
            @for (entry, taken) in pictures {
                li {
                    a href=(address(patient, *entry, "display")) {
                        img src=(address(patient, *entry, "thumbnail")) loading="lazy" decoding="async" width="160" height="160"
                            alt=(words.with("pictures-alt", [("view", words.text(view_key(taken.view)).into()), ("date", words.date(taken.on).into())]));
                    }
                    p.small { (words.text(view_key(taken.view)))
                        @if several_days { ", " time datetime=(taken.on) { (words.short_date(taken.on)) } } @if let Some(note) = &taken.note { ": " (note) } @if let Some(event) = taken.event { ", " a href={ "/charts/" (patient) "/events/" (event) } { (words.text("pictures-of-event")) } } }
                }
            }
        }
    }
}

/// The latest pictures, for the chart's own page.
pub(super) fn latest(words: &Words, open: &OpenChart) -> Markup {
    let mut pictures: Vec<_> = open.chart.pictures.iter().collect();
    pictures.sort_by_key(|(_, taken)| (std::cmp::Reverse(taken.on), taken.view));
    pictures.truncate(LATEST);
    html! {
        section.latest aria-labelledby="pictures" {
            h2 id="pictures" { a href={ "/charts/" (open.patient) "/pictures" } { (words.text("chart-pictures")) } }
            @match withheld(words, open) {
                Some(why) => { (why) },
                None => { @if pictures.is_empty() { p { (words.text("chart-no-pictures")) } } @else { (thumbnails(words, open.patient, &pictures)) } },
            }
        }
    }
}
