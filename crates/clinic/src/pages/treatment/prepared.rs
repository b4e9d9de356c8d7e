//! What is prepared for the day: consent as it stands, cartridge, zones with their depth, anaesthetic.

use jiff::civil::Date;
use maud::{Markup, html};
use resurface_care::anaesthetic::NONE;
use resurface_care::chart::{Purpose, Setting};
use resurface_care::consultation::{Anaesthetic, Cartridge, Consultation, TreatmentDay};
use resurface_care::depth::{ZoneDepth, planned_depths};
use resurface_care::grading::grade;
use resurface_documents::Reader;
use resurface_knowledge::Knowledge;
use resurface_knowledge::protocol::{AnaestheticProduct, Needling, Occlusion, Zone};
use resurface_ledger::clinic::OpenChart;
use resurface_words::Words;

use super::day::{EXPIRES, LOT, UDI};
use super::questions::word_of;
use crate::form::{Form, Number, Typed};
use crate::seat::Seat;

/// Deepest setting of any device, in micrometres: what the form of a consultation takes.
const DEPTH: Number = Number { min: 50.0, max: 5000.0, step: 50.0 };

/// Consent to treatment, as the chart holds it; what it means, the gate says.
pub(super) fn consent(words: &Words, open: &OpenChart) -> Markup {
    let given = open.chart.consents.get(&Purpose::Treatment);
    html! {
        @match (given, open.chart.withdrawn) {
            (Some(on), _) => { p { (words.with("treatment-consent-of", [("date", words.date(*on).into())])) } },
            (None, Some(on)) => { p.callout.danger { (words.with("treatment-consent-withdrawn", [("date", words.date(on).into())])) } },
            (None, None) => { p.callout.warn { (words.text("treatment-consent-none")) } },
        }
        p { a href={ "/charts/" (open.patient) "/consent" } { (words.text("treatment-consent-page")) } }
    }
}

/// What the records of the clinic know of who treats.
pub(super) fn operator(words: &Words, setting: &Setting) -> Markup {
    let operator = &setting.operator;
    html! {
        p.small {
            (words.with("treatment-operator", [
                ("name", (&operator.name).into()),
                ("trained", words.text(word_of(operator.trained)).into()),
                ("until", operator.training_valid_until.map_or_else(|| words.text("treatment-no-day"), |day| words.date(day)).into()),
                ("depth", operator.depth_limit_um.map_or_else(|| words.text("unknown"), |um| depth(words, um)).into()),
                ("premises", words.text(word_of(operator.premises_permitted)).into()),
            ]))
        }
    }
}

/// A depth as the form takes it, and as the pen shows it.
pub(in crate::pages) fn depth(words: &Words, um: u32) -> String {
    format!("{um}\u{a0}\u{b5}m ({}\u{a0}mm)", words.number(f64::from(um) / 1000.0, 2))
}

/// Lot and last day of use, as a fragment that is fetched when a code was scanned.
pub(super) fn lot_and_expiry(form: &Form<'_>) -> Markup {
    let words = form.words;
    html! {
        div.row id="lot-and-expiry" {
            (form.text(LOT, &words.text("treatment-lot"), None))
            (form.date(EXPIRES, &words.text("treatment-expires"), None))
        }
    }
}

pub(super) fn cartridge(form: &Form<'_>, open: &OpenChart) -> Markup {
    let words = form.words;
    let read = format!("/charts/{}/treatment/cartridge", open.patient);
    html! {
        div hx-get=(read) hx-trigger="change from:#f-day-cartridge-udi" hx-include="#f-day-cartridge-udi" hx-target="#lot-and-expiry" hx-swap="outerHTML" {
            (form.text(UDI, &words.text("treatment-udi"), Some(&words.text("treatment-udi-hint"))))
        }
        (lot_and_expiry(form))
        (form.answer("day.cartridge.sterile_pack_intact", &words.text("treatment-sterile"), None))
        (form.answer("day.cartridge.used_before", &words.text("treatment-used"), None))
    }
}

/// The depths that a plan made today would begin with, where the chart says enough.
pub(super) fn proposed(seat: &Seat<'_>, open: &OpenChart, setting: &Setting, today: Date) -> Vec<ZoneDepth> {
    let knowledge = &seat.rules.knowledge;
    let of = |consultation: Consultation| planned_depths(&consultation, &grade(&consultation, knowledge), knowledge, today);
    open.chart.consultation(today, setting, &[], None).map(of).unwrap_or_default()
}

/// The zones that may be needled: those with scars, each with the depth proposed; then the others.
pub(super) fn zones(form: &Form<'_>, reader: &Reader<'_>, proposed: &[ZoneDepth]) -> Markup {
    let words = form.words;
    let needled: Vec<(usize, &Zone)> =
        reader.knowledge.protocol.zones.iter().enumerate().filter(|(_, zone)| zone.needling == Needling::Allowed).collect();
    let of = |zone: &Zone| proposed.iter().find(|depth| depth.zone == zone.id);
    let typed = |at: usize| form.typed.filled(&depth_name(at)).is_some();
    let (first, others): (Vec<_>, Vec<_>) = needled.into_iter().partition(|(at, zone)| of(zone).is_some() || typed(*at));
    html! {
        p { (words.text("treatment-zones-hint")) }
        (zone_table(form, reader, &first, proposed))
        details {
            summary { (words.text("treatment-other-zones")) }
            (zone_table(form, reader, &others, proposed))
        }
    }
}

fn depth_name(at: usize) -> String {
    format!("day.zones.{at}.depth_um:n")
}

fn zone_table(form: &Form<'_>, reader: &Reader<'_>, zones: &[(usize, &Zone)], proposed: &[ZoneDepth]) -> Markup {
    let words = form.words;
    html! {
        div.scroll role="region" tabindex="0" aria-label=(words.text("treatment-zones")) {
            table.depths {
                thead { tr {
                    th scope="col" { (words.text("treatment-zone")) }
                    th scope="col" { (words.text("treatment-depth")) }
                    th scope="col" { (words.text("treatment-proposed")) }
                    th scope="col" { (words.text("treatment-cap")) }
                } }
                tbody {
                    @for (at, zone) in zones {
                        @let begin = proposed.iter().find(|depth| depth.zone == zone.id);
                        tr {
                            th scope="row" {
                                (zone.name)
                                input type="hidden" name={ "day.zones." (at) ".zone:id" } value=(zone.id);
                            }
                            td { (form.number(&depth_name(*at), &words.with("treatment-depth-of", [("zone", (&zone.name).into())]), None, DEPTH)) }
                            td {
                                @if let Some(begin) = begin {
                                    @if let Some(um) = begin.first_session_um { (depth(words, um)) }
                                    @for why in &begin.withheld { p.small { (reader.say(why)) } }
                                }
                            }
                            td { (caps(words, zone)) }
                        }
                    }
                }
            }
        }
    }
}

fn caps(words: &Words, zone: &Zone) -> Markup {
    html! {
        @if let Some(cap) = &zone.depth_cap { (depth(words, cap.um)) }
        @if let Some(cap) = &zone.scar_island_cap { " " span.small { (words.with("treatment-cap-on-scars", [("depth", depth(words, cap.um).into())])) } }
    }
}

pub(super) fn anaesthetic(form: &Form<'_>, knowledge: &Knowledge) -> Markup {
    let words = form.words;
    let mut products = vec![("", words.text("treatment-anaesthetic-not-said")), (NONE, words.text("treatment-anaesthetic-none"))];
    products.extend(knowledge.protocol.anaesthetics.iter().map(|product| (product.id.as_str(), product.name.clone())));
    html! {
        (form.select("day.anaesthetic.product", &words.text("treatment-product"), None, &products))
        (anaesthetic_dose(form, "day.anaesthetic"))
        (form.answer("day.anaesthetic.occluded", &words.text("treatment-occluded"), None))
        details {
            summary { (words.text("treatment-limits")) }
            div.scroll role="region" tabindex="0" aria-label=(words.text("treatment-limits")) { (limits(words, &knowledge.protocol.anaesthetics)) }
        }
    }
}

/// How much of an anaesthetic, on what area, for how long; `path` is where it stands.
pub(in crate::pages) fn anaesthetic_dose(form: &Form<'_>, path: &str) -> Markup {
    let words = form.words;
    let (grams, area) = (Number { min: 0.0, max: 200.0, step: 0.1 }, Number { min: 0.0, max: 2000.0, step: 1.0 });
    let minutes = Number { min: 0.0, max: 600.0, step: 1.0 };
    html! {
        div.row {
            (form.number(&format!("{path}.amount_g:n"), &words.text("treatment-amount"), None, grams))
            (form.number(&format!("{path}.area_cm2:n"), &words.text("treatment-area"), None, area))
            (form.number(&format!("{path}.contact_minutes:n"), &words.text("treatment-contact"), None, minutes))
        }
    }
}

/// What the label of each product allows.
fn limits(words: &Words, products: &[AnaestheticProduct]) -> Markup {
    let number =
        |value: Option<f64>, decimals: usize| value.map_or_else(|| words.text("unknown"), |value| words.number(value, decimals));
    html! {
        table {
            thead { tr {
                th scope="col" { (words.text("treatment-product")) }
                @for key in ["treatment-max-per-area", "treatment-max-amount", "treatment-max-area", "treatment-max-contact"] {
                    th.number scope="col" { (words.text(key)) }
                }
                th scope="col" { (words.text("treatment-occluded")) }
            } }
            tbody {
                @for product in products {
                    tr {
                        th scope="row" { (product.name) }
                        td.number { (number(product.amount_per_area_max_g_cm2.as_ref().map(|fact| fact.value), 2)) }
                        td.number { (number(product.amount_max_g.as_ref().map(|fact| fact.value), 0)) }
                        td.number { (number(product.area_max_cm2.as_ref().map(|fact| fact.value), 0)) }
                        td.number { (number(product.contact_max_minutes.as_ref().map(|fact| f64::from(fact.value)), 0)) }
                        td { (words.text(if product.occlusion.value == Occlusion::Allowed { "yes" } else { "no" })) }
                    }
                }
            }
        }
    }
}

/// The form as it stands at first: what was prepared today already, else the depths proposed.
pub(super) fn prefilled(mut typed: Typed, knowledge: &Knowledge, today: Option<&TreatmentDay>, proposed: &[ZoneDepth]) -> Typed {
    for (at, zone) in knowledge.protocol.zones.iter().enumerate() {
        let depth = match today {
            Some(day) => day.zones.iter().find(|planned| planned.zone == zone.id).map(|planned| planned.depth_um),
            None => proposed.iter().find(|depth| depth.zone == zone.id).and_then(|depth| depth.first_session_um),
        };
        if let Some(um) = depth {
            typed = typed.or(depth_name(at), um.to_string());
        }
    }
    if let Some(cartridge) = today.and_then(|day| day.cartridge.as_ref()) {
        typed = of_cartridge(typed, cartridge);
    }
    if let Some(anaesthetic) = today.and_then(|day| day.anaesthetic.as_ref()) {
        typed = of_anaesthetic(typed, "day.anaesthetic", anaesthetic).or("day.anaesthetic.product", &*anaesthetic.product);
    }
    let answers = ["day.cartridge.sterile_pack_intact", "day.cartridge.used_before", "day.anaesthetic.occluded"];
    answers.into_iter().fold(typed, |typed, name| typed.or(name, "unknown"))
}

fn of_cartridge(mut typed: Typed, cartridge: &Cartridge) -> Typed {
    typed = typed.or(UDI, cartridge.udi.clone().unwrap_or_default());
    typed = typed.or(LOT, cartridge.lot.clone().unwrap_or_default());
    typed = typed.or(EXPIRES, cartridge.expires.map(|day| day.to_string()).unwrap_or_default());
    typed = typed.or("day.cartridge.sterile_pack_intact", word_of(cartridge.sterile_pack_intact));
    typed.or("day.cartridge.used_before", word_of(cartridge.used_before))
}

/// How an anaesthetic is used, as if it had been typed.
pub(in crate::pages) fn of_anaesthetic(typed: Typed, path: &str, anaesthetic: &Anaesthetic) -> Typed {
    let text = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let typed = typed.or(format!("{path}.amount_g:n"), text(anaesthetic.amount_g));
    let typed = typed.or(format!("{path}.area_cm2:n"), text(anaesthetic.area_cm2));
    let typed = typed.or(format!("{path}.contact_minutes:n"), text(anaesthetic.contact_minutes.map(f64::from)));
    typed.or(format!("{path}.occluded"), word_of(anaesthetic.occluded))
}
