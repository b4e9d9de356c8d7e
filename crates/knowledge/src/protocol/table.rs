//! Reading `protocol.toml`, holding it against itself and the other files, and explaining its ids.

use super::{AnaestheticProduct, CourseRule, Needling, Protocol, Zone, shape};
use crate::Knowledge;
use crate::document::{FaultReport, Shape};
use crate::explain::Explanation;
use crate::fact::{check_citations, check_known};
use crate::table::{Place, Table};

impl Table for Protocol {
    const FILE: &'static str = "protocol.toml";

    fn shape() -> Shape {
        shape::shape()
    }

    fn decode(root: serde_json::Value) -> Result<Self, serde_json::Error> {
        serde_json::from_value(root)
    }

    fn cross_check(&self, knowledge: &Knowledge, root: Place<'_>, report: &mut FaultReport) {
        check_citations(&root, knowledge, report);
        for (zone, place) in self.zones.iter().zip(root.field("zone").elements()) {
            check_zone(zone, &place, report);
        }
        for (product, place) in self.anaesthetics.iter().zip(root.field("anaesthetic").elements()) {
            check_product(product, &place, knowledge, report);
        }
        for (step, place) in self.aftercare.iter().zip(root.field("aftercare").elements()) {
            check_order(step.from_hour, step.to_hour, "to_hour", &place, report);
        }
        for (point, place) in self.follow_ups.iter().zip(root.field("follow_up").elements()) {
            check_order(point.from_day, point.to_day, "to_day", &place, report);
        }
        let events = || knowledge.adverse_events.events.iter().map(|event| event.id.as_str());
        for (rules, place) in [(&self.stops, root.field("stop")), (&self.pauses, root.field("pause"))] {
            for (rule, place) in rules.iter().zip(place.elements()) {
                if let Some(event) = &rule.event {
                    check_known(event, events(), "adverse event", &place.field("event"), report);
                }
            }
        }
        check_order(
            self.technique.passes.min,
            self.technique.passes.max,
            "max",
            &root.field("technique").field("passes"),
            report,
        );
    }

    fn ids(&self) -> Vec<&str> {
        let zones = self.zones.iter().map(|zone| zone.id.as_str());
        let products = self.anaesthetics.iter().map(|product| product.id.as_str());
        let rules = self.stops.iter().chain(&self.pauses).map(|rule| rule.id.as_str());
        zones.chain(products).chain(rules).collect()
    }

    fn explain(&self, id: &str, knowledge: &Knowledge) -> Option<Explanation> {
        let zone = self.zone(id).map(|zone| explain_zone(zone, knowledge));
        let product = || self.anaesthetic(id).map(|product| explain_product(product, knowledge));
        let mut rules = self.stops.iter().chain(&self.pauses);
        zone.or_else(product).or_else(|| rules.find(|rule| rule.id == id).map(|rule| explain_rule(rule, knowledge)))
    }
}

fn check_zone(zone: &Zone, place: &Place<'_>, report: &mut FaultReport) {
    match zone.needling {
        Needling::Allowed if zone.depth_cap.is_none() => {
            place.field("depth_cap").fault(report, "needling is allowed, but there is no cap", "a depth_cap table");
        }
        Needling::Forbidden if zone.depth_cap.is_some() || zone.scar_island_cap.is_some() => {
            place.field("depth_cap").fault(report, "needling is forbidden, but there is a cap", "no cap in this zone");
        }
        Needling::Forbidden if zone.forbidden_because.is_none() => {
            place.field("forbidden_because").fault(report, "there is no reason", "a forbidden_because table");
        }
        _ => {}
    }
    if let (Some(cap), Some(island)) = (&zone.depth_cap, &zone.scar_island_cap) {
        check_order(cap.um, island.um, "scar_island_cap", place, report);
    }
}

fn check_product(product: &AnaestheticProduct, place: &Place<'_>, knowledge: &Knowledge, report: &mut FaultReport) {
    if let (Some(shortest), Some(longest)) = (&product.contact_min_minutes, &product.contact_max_minutes) {
        check_order(shortest.value, longest.value, "contact_max_minutes", place, report);
    }
    for (exclusion, place) in product.exclusions.iter().zip(place.field("exclusions").elements()) {
        if let Some(rule) = &exclusion.rule {
            let rules = knowledge.contraindications.iter().map(|rule| rule.id.as_str());
            check_known(rule, rules, "contraindication", &place.field("rule"), report);
        }
    }
}

fn check_order<T: PartialOrd + std::fmt::Display>(from: T, to: T, field: &str, place: &Place<'_>, report: &mut FaultReport) {
    if from > to {
        place.field(field).fault(report, format!("{to} is less than {from}"), format!("{from} or more"));
    }
}

fn explain_zone(zone: &Zone, knowledge: &Knowledge) -> Explanation {
    let mut page = Explanation::new(&zone.id, "zone", &zone.name);
    if let Some(dermis) = &zone.dermis {
        let value = format!("men {} mm, women {} mm", mm(dermis.male_um), mm(dermis.female_um));
        page.fact("dermis", value, Some(dermis.mark));
        page.cite(&dermis.sources, knowledge);
    }
    for (label, cap) in [("deepest setting", &zone.depth_cap), ("on scars only", &zone.scar_island_cap)] {
        let Some(cap) = cap else { continue };
        page.fact(label, format!("{} mm. {}", mm(cap.um), cap.why), Some(cap.mark));
        page.cite(&cap.sources, knowledge);
    }
    zone.forbidden_because.iter().for_each(|reason| page.state("never needled", reason, knowledge));
    page
}

fn explain_product(product: &AnaestheticProduct, knowledge: &Knowledge) -> Explanation {
    let mut page = Explanation::new(&product.id, "anaesthetic", &product.name);
    let amount = |grams: &f64| format!("{grams} g");
    let minutes = |minutes: &u32| format!("{minutes} minutes");
    page.value("most per area", product.amount_per_area_max_g_cm2.as_ref(), |amount| format!("{amount} g/cm2"), knowledge);
    page.value("most in all", product.amount_max_g.as_ref(), amount, knowledge);
    page.value("largest area", product.area_max_cm2.as_ref(), |area| format!("{area} cm2"), knowledge);
    page.value("shortest contact", product.contact_min_minutes.as_ref(), minutes, knowledge);
    page.value("longest contact", product.contact_max_minutes.as_ref(), minutes, knowledge);
    page.state("skin", &product.not_on, knowledge);
    for exclusion in &product.exclusions {
        page.fact("not with", &exclusion.finding, Some(exclusion.mark));
        page.cite(&exclusion.sources, knowledge);
    }
    product.facts.iter().for_each(|fact| page.state("fact", fact, knowledge));
    page.not_known(&product.not_known);
    page
}

fn explain_rule(rule: &CourseRule, knowledge: &Knowledge) -> Explanation {
    let mut page = Explanation::new(&rule.id, "course rule", &rule.when);
    page.fact("then", &rule.then, Some(rule.mark));
    page.cite(&rule.sources, knowledge);
    page.mark = Some(rule.mark);
    page
}

fn mm(um: u32) -> String {
    format!("{}", f64::from(um) / 1_000.0)
}
