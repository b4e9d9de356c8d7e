//! Scans of a chart: taken in, listed by day, and two of them compared; only while the patient consents to pictures.

mod file;
mod upload;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use maud::{Markup, html};
use resurface_care::chart::{EntryId, ScanTaken};
use resurface_ledger::access::{Operation, Role};
use resurface_ledger::clinic::OpenChart;
use resurface_ledger::identity::PatientId;
use resurface_words::Words;

use super::measure::is_off;
use crate::form::{Choice, Faults, Form, Typed};
use crate::pages::chart::sheet::Sheet;
use crate::routes::{Need, Route};
use crate::seat::Seat;

/// Largest request with a scan, in bytes: the largest scan and the fields beside it.
const BODY_BYTES_MAX: usize = 61_000_000;
/// Instruments, by their word.
const INSTRUMENTS: [&str; 4] = ["structured_light", "stereo", "phone", "unknown"];
/// Units, by their word; the file says it where none is chosen.
const UNITS: [&str; 5] = ["", "mm", "cm", "m", "um"];

pub(super) fn routes() -> Vec<Route> {
    let (see, take) = (Need::Staff(Operation::SeePicture), Need::Staff(Operation::TakePicture));
    let taking = post(upload::take_in).layer(DefaultBodyLimit::max(BODY_BYTES_MAX));
    vec![
        Route::new("/charts/{patient}/scans", take, "a scan is taken in", taking),
        Route::new("/charts/{patient}/scans/{entry}", see, "a scan as it was handed in", get(file::show)),
    ]
}

/// The part of the page of pictures that is about scans; nothing where the clinic does not measure and has none.
pub(super) fn section(seat: &Seat<'_>, open: &OpenChart, sheet: Sheet, faults: &Faults) -> Markup {
    let words = seat.words();
    let mut scans: Vec<&(EntryId, ScanTaken)> = open.chart.scans.iter().collect();
    scans.sort_by_key(|(_, taken)| taken.on);
    html! {
        @if !is_off(seat) || !scans.is_empty() {
            section aria-labelledby="scans" {
                h2 id="scans" { (words.text("scans-title")) }
                @if !is_off(seat) { (form(seat, open, sheet, faults)) }
                @if scans.is_empty() { p { (words.text("scans-none")) } } @else { (list(words, open.patient, &scans)) }
                @if scans.len() > 1 && !is_off(seat) && seat.has(&[Role::Practitioner, Role::Prescriber]) { (choose(seat, open, &scans)) }
            }
        }
    }
}

fn form(seat: &Seat<'_>, open: &OpenChart, sheet: Sheet, faults: &Faults) -> Markup {
    let words = seat.words();
    let today = seat.app.clinic().today();
    let typed = Typed::default().or("scan_on", today.to_string()).or("instrument", "unknown");
    let form = Form { words, typed: &typed, faults };
    let instruments: Vec<Choice<'_>> = INSTRUMENTS.map(|word| (word, words.text(&format!("scan-{word}")))).into();
    let units: Vec<Choice<'_>> = UNITS
        .map(|word| {
            (word, words.text(&if word.is_empty() { "scans-unit-file".to_owned() } else { format!("scans-unit-{word}") }))
        })
        .into();
    html! {
        details.card.taking open[!faults.is_empty()] {
            summary { h3 { (words.text("scans-take")) } }
            p { (words.text("scans-take-hint")) }
            form method="post" action={ "/charts/" (open.patient) "/scans" } enctype="multipart/form-data" {
                (sheet.fields(seat))
                div.field {
                    label for="f-scan" { (words.text("scans-file")) }
                    input type="file" id="f-scan" name="scan" accept=".ply,.obj,.stl,.glb" required;
                }
                div.row {
                    (form.date("scan_on", &words.text("scans-on"), None))
                    (form.select("instrument", &words.text("scans-instrument"), None, &instruments))
                    (form.select("unit", &words.text("scans-unit"), Some(&words.text("scans-unit-hint")), &units))
                }
                (form.text("scan_note", &words.text("scans-note"), None))
                button type="submit" { (words.text("scans-keep")) }
            }
        }
    }
}

fn list(words: &Words, patient: PatientId, scans: &[&(EntryId, ScanTaken)]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(words.text("scans-title")) {
            table {
                thead { tr {
                    th scope="col" { (words.text("scans-on")) }
                    th scope="col" { (words.text("scans-note")) }
                    th scope="col" { (words.text("scans-instrument")) }
                    th.number scope="col" { (words.text("scans-points")) }
                    th scope="col" { (words.text("scans-file")) }
                } }
                tbody {
                    @for (entry, taken) in scans.iter().rev() {
                        tr {
                            th scope="row" { time datetime=(taken.on) { (words.date(taken.on)) } }
                            td { (taken.note.as_deref().unwrap_or_default()) }
                            td { (words.text(&format!("scan-{}", crate::measuring::word(&taken.instrument)))) }
                            td.number { (words.number(taken.points as f64, 0)) }
                            td { a href={ "/charts/" (patient) "/scans/" (entry) } { (taken.format.extension().to_uppercase()) } }
                        }
                    }
                }
            }
        }
    }
}

/// Which two are compared: the first and the latest, unless others are chosen.
fn choose(seat: &Seat<'_>, open: &OpenChart, scans: &[&(EntryId, ScanTaken)]) -> Markup {
    let words = seat.words();
    let ids: Vec<String> = scans.iter().map(|(entry, _)| entry.to_string()).collect();
    let name = |taken: &ScanTaken| {
        let note = taken.note.as_ref().map(|note| format!(", {note}")).unwrap_or_default();
        format!("{}{note}", words.date(taken.on))
    };
    let choices: Vec<Choice<'_>> = ids.iter().zip(scans).map(|(id, (_, taken))| (id.as_str(), name(taken))).collect();
    let end = |at: Option<&String>| at.cloned().unwrap_or_default();
    let typed = Typed::default().or("before", end(ids.first())).or("after", end(ids.last()));
    let form = Form { words, typed: &typed, faults: &Faults::default() };
    html! {
        form.card.measure method="post" action={ "/charts/" (open.patient) "/measure/scans" } {
            (seat.form_seal())
            h3 { (words.text("measure-title")) }
            p { (words.text("scans-measure-about")) }
            div.row {
                (form.select("before", &words.text("pictures-before-label"), None, &choices))
                (form.select("after", &words.text("pictures-after-label"), None, &choices))
            }
            button type="submit" { (words.text("measure-begin")) }
        }
    }
}
