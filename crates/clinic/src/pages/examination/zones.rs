//! The counts of every zone, one row for each.

use maud::{Markup, html};
use resurface_knowledge::Knowledge;

use super::fields::AREA;
use crate::form::{Choice, Form, Number};

/// What is counted in a zone: its name in a consultation.
const TYPES: [&str; 6] = ["ice_pick", "boxcar_shallow", "boxcar_deep", "rolling", "macular", "hypertrophic"];
const COUNT: Number = Number { min: 0.0, max: 999.0, step: 1.0 };
/// Rows for scars measured one by one, besides those that are filled in.
const ROWS_TO_FILL: usize = 1;
/// Most of them in one zone.
const MEASURED_MAX: usize = 200;

/// The table of zones.
pub(super) fn table(form: &Form<'_>, knowledge: &Knowledge) -> Markup {
    let words = form.words;
    html! {
        section.card {
            h2 id="zones" { (words.text("examination-zones")) }
            p.hint { (words.text("examination-zones-hint")) }
            table.zones {
                thead { tr {
                    th scope="col" { (words.text("examination-zone")) }
                    @for kind in TYPES { th scope="col" { (words.text(&type_key(kind))) } }
                    th scope="col" { (words.text("examination-tethered")) }
                    th scope="col" { (words.text("examination-flattens")) }
                } }
                tbody {
                    @for (row, zone) in knowledge.protocol.zones.iter().enumerate() { (line(form, row, &zone.id)) }
                }
            }
            (measured(form, knowledge))
        }
    }
}

fn type_key(kind: &str) -> String {
    format!("scar-{}", kind.replace('_', "-"))
}

/// A zone in words.
pub(in crate::pages) fn zone_words(words: &resurface_words::Words, zone: &str) -> String {
    let key = format!("face-{}", zone.replace('_', "-"));
    if words.has(&key) { words.text(&key) } else { zone.replace('_', " ") }
}

fn line(form: &Form<'_>, row: usize, zone: &str) -> Markup {
    let words = form.words;
    let name = zone_words(words, zone);
    let field = |field: &str| format!("scars.zones.{row}.{field}");
    let seen: [Choice<'_>; 3] = [("", words.text("unknown")), ("yes", words.text("yes")), ("no", words.text("no"))];
    html! {
        tr id={ "zone-" (zone) } {
            th scope="row" { (name) input type="hidden" name=(field("zone:id")) value=(zone); }
            @for kind in TYPES {
                @let label = words.text(&type_key(kind));
                td data-label=(label) { (form.cell(&field(&format!("{kind}:n")), &format!("{name}: {label}"), COUNT)) }
            }
            @for (kind, label) in [("tethered", "examination-tethered"), ("flattens_on_stretch", "examination-flattens")] {
                @let label = words.text(label);
                td data-label=(label) { (form.select_cell(&field(kind), &format!("{name}: {label}"), &seen)) }
            }
        }
    }
}

/// What is rarely there: raised areas, and scars that were measured one by one.
fn measured(form: &Form<'_>, knowledge: &Knowledge) -> Markup {
    let words = form.words;
    let walls: Vec<Choice<'_>> =
        ["", "tapering", "vertical", "sloping"].map(|wall| (wall, words.text(&format!("examination-wall-{wall}")))).into();
    let filled = |row: usize| (0..MEASURED_MAX).rev().find(|at| form.typed.filled(&of_scar(row, *at, "width_mm:n")).is_some());
    let zones = knowledge.protocol.zones.iter().enumerate();
    let any = zones
        .clone()
        .any(|(row, _)| filled(row).is_some() || form.typed.filled(&format!("scars.zones.{row}.keloidal_area_cm2:n")).is_some());
    html! {
        details open[any] {
            summary { (words.text("examination-measured")) }
            p.hint { (words.text("examination-measured-hint")) }
            @for (row, zone) in zones {
                @let name = zone_words(words, &zone.id);
                details open[filled(row).is_some()] {
                    summary { (name) }
                    (form.number(&format!("scars.zones.{row}.keloidal_area_cm2:n"), &words.text("examination-keloidal"), None, AREA))
                    @for at in 0..filled(row).map_or(0, |last| last + 1) + ROWS_TO_FILL {
                        fieldset.earlier {
                            legend { (words.with("examination-measured-row", [("zone", (&name).into()), ("number", (at + 1).to_string().into())])) }
                            div.row {
                                (form.number(&of_scar(row, at, "width_mm:n"), &words.text("examination-width"), None, Number { min: 0.05, max: 50.0, step: 0.05 }))
                                (form.number(&of_scar(row, at, "depth_mm:n"), &words.text("examination-depth"), None, Number { min: 0.01, max: 10.0, step: 0.01 }))
                                (form.select(&of_scar(row, at, "wall"), &words.text("examination-wall"), None, &walls))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn of_scar(row: usize, at: usize, field: &str) -> String {
    format!("scars.zones.{row}.measured.{at}.{field}")
}
