//! Two scans, scar by scar, and side by side to be turned. Turning takes a script; the page says everything without it.

use maud::{Markup, html};
use resurface_care::chart::{ChangeVerdict, Digest};
use resurface_ledger::clinic::OpenChart;
use resurface_words::Words;

use super::address;
use super::result::verdict;
use crate::measuring::{DISTANCE_MM, Proposal, ScansCompared, Value};

/// Buttons that do what the keys do: what is done, and the key of its words.
const STEPS: [(&str, &str); 7] = [
    ("ArrowLeft", "viewer-left"),
    ("ArrowRight", "viewer-right"),
    ("ArrowUp", "viewer-up"),
    ("ArrowDown", "viewer-down"),
    ("+", "viewer-closer"),
    ("-", "viewer-further"),
    ("0", "viewer-back"),
];

/// How well the two lie on each other, and what is not measured.
pub(super) fn alignment(words: &Words, scans: &ScansCompared) -> String {
    let [before, after] = scans.not_measured.map(|count| count.to_string());
    let told = [
        ("residual", words.number(scans.residual_mm, 2).into()),
        ("overlap", words.percent(scans.overlap).into()),
        ("both", scans.in_both.to_string().into()),
        ("all", scans.in_earlier.to_string().into()),
        ("before", before.into()),
        ("after", after.into()),
    ];
    words.with("measure-scans-residual", told)
}

/// Every scar, those of both visits first.
pub(super) fn scars(words: &Words, proposal: &Proposal, scans: &ScansCompared) -> Markup {
    let [before, after] = proposal.days.map(|day| words.short_date(day));
    let head = |key: &str, day: &str| format!("{}, {day}", words.text(key));
    html! {
        section.card {
            h2 { (words.text("measure-scars")) }
            @if scans.scars.is_empty() { p { (words.text("measure-no-scars")) } }
            @else {
                div.scroll tabindex="0" role="region" aria-label=(words.text("measure-scars")) {
                    table {
                        caption { (words.text("measure-scars-caption")) }
                        thead { tr {
                            th scope="col" { (words.text("measure-scar-number")) }
                            th scope="col" { (words.text("measure-scar-type")) }
                            th.number scope="col" { (head("measure-scar-depth", &before)) }
                            th.number scope="col" { (head("measure-scar-depth", &after)) }
                            th.number scope="col" { (head("measure-scar-volume", &before)) }
                            th.number scope="col" { (head("measure-scar-volume", &after)) }
                            th scope="col" { (words.text("measure-scar-change")) }
                        } }
                        tbody {
                            @for (at, scar) in scans.scars.iter().enumerate() {
                                tr {
                                    th scope="row" { (at + 1) }
                                    td { (words.text(&scar.scar_type)) }
                                    @for depth in &scar.depths { td.number { (cell(words, depth.as_ref(), 3)) } }
                                    @for volume in &scar.volumes { td.number { (cell(words, volume.as_ref(), 2)) } }
                                    td {
                                        @match scar.verdict {
                                            Some(known) => { (verdict(words, known)) },
                                            None if scar.depths.iter().any(Option::is_none) => { span.small { (words.text("measure-one-visit")) } },
                                            None => { (verdict(words, ChangeVerdict::CannotBeTold)) },
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn cell(words: &Words, value: Option<&Value>, decimals: usize) -> Markup {
    html! {
        @match value {
            Some(Ok(quantity)) => { (words.number(quantity.value, decimals)) " " span.small { "\u{b1} " (words.number(quantity.uncertainty, decimals)) } },
            Some(Err(why)) => { span.small { (words.text(why)) } },
            None => { "\u{2013}" },
        }
    }
}

/// Both surfaces, to be turned together.
pub(super) fn turning(words: &Words, open: &OpenChart, key: &Digest, proposal: &Proposal) -> Markup {
    let surface = |at: usize| format!("{}/surfaces/{at}", address(open.patient, key));
    let stages = ["pictures-before-label", "pictures-after-label"].into_iter().zip(proposal.days).enumerate();
    html! {
        section.card.viewer hidden aria-labelledby="viewer" {
            h2 id="viewer" { (words.text("viewer-title")) }
            p { (words.text("viewer-about")) }
            p.fault role="alert" hidden { (words.text("viewer-fault")) }
            div.stages hidden {
                div.pair {
                    @for (at, (label, day)) in stages {
                        @let name = format!("{} {}", words.text(label), words.date(day));
                        figure {
                            canvas tabindex="0" role="application" aria-label=(words.with("viewer-canvas", [("name", (&name).into())])) data-mesh=(surface(at)) {}
                            figcaption { (name) }
                        }
                    }
                }
                div.choices { @for (step, label) in STEPS { button.second type="button" data-step=(step) { (words.text(label)) } } }
            }
        }
    }
}

/// What the colours of the map of distances mean.
pub(super) fn legend(words: &Words) -> Markup {
    html! { p.small { (words.with("measure-distance-legend", [("end", words.number(DISTANCE_MM, 1).into())])) } }
}
