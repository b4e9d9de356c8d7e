//! Answers that cannot both be true.

use jiff::ToSpan;
use resurface_knowledge::document::Node;

use super::page::{Page, date, number, says, whole};
use crate::facts::fitzpatrick_of_questionnaire;
use crate::udi;

pub(super) fn check(page: &mut Page<'_>) {
    exclusive_findings(page);
    cartridge(page);
    code_on_the_pack(page);
    anaesthetic(page);
    skin_type(page);
    lesions(page);
    earlier_treatments(page);
    scar_counts(page);
}

fn exclusive_findings(page: &mut Page<'_>) {
    for (one, other, why) in &page.vocabulary.exclusive {
        let both = (page.finding(one), page.finding(other));
        if let (Some((_, "yes")), Some((node, "yes"))) = both {
            let problem = format!("yes here and yes at findings.{one}: {why}");
            page.fault(node, &format!("findings.{other}"), problem, "yes to one of the two at most");
        }
    }
}

fn cartridge(page: &mut Page<'_>) {
    let cartridge = page.at(&["day", "cartridge"]);
    if says(cartridge, "used_before", "yes")
        && says(cartridge, "sterile_pack_intact", "yes")
        && let Some(node) = cartridge.and_then(|cartridge| cartridge.get("used_before"))
    {
        let problem = "used before, and yet its sterile packing is intact";
        page.fault(node, "day.cartridge.used_before", problem, "no, or sterile_pack_intact = \"no\"");
    }
}

fn code_on_the_pack(page: &mut Page<'_>) {
    let Some(cartridge) = page.at(&["day", "cartridge"]) else { return };
    let (Some(node), Some(today)) = (cartridge.get("udi"), page.today()) else { return };
    let Some(text) = node.text() else { return };
    let printed = (cartridge.get("lot").and_then(Node::text), cartridge.get("expires").and_then(date));
    match udi::read(text, today.year()) {
        Ok(code) if code.agrees_with(printed.0, printed.1) => {}
        Ok(_) => {
            let problem = "this code says another lot or another day than what stands beside it";
            page.fault(node, "day.cartridge.udi", problem, "look at the pack");
        }
        Err(fault) => page.fault(node, "day.cartridge.udi", fault.to_string(), "scan it again, or leave it out"),
    }
}

fn anaesthetic(page: &mut Page<'_>) {
    let anaesthetic = page.at(&["day", "anaesthetic"]);
    let amount = anaesthetic.and_then(|anaesthetic| anaesthetic.get("amount_g"));
    if says(anaesthetic, "product", "none")
        && let Some(node) = amount
        && number(node).is_some_and(|grams| grams > 0.0)
    {
        page.fault(node, "day.anaesthetic.amount_g", "an amount of no product", "name the product, or leave the amount out");
    }
}

fn skin_type(page: &mut Page<'_>) {
    let Some(node) = page.at(&["skin", "fitzpatrick"]) else { return };
    let answers: Option<Vec<u8>> = page
        .at(&["skin", "questionnaire"])
        .map(|list| list.elements().iter().filter_map(|answer| u8::try_from(whole(answer)?).ok()).collect());
    let Some(answers) = answers.and_then(|answers| <[u8; 10]>::try_from(answers).ok()) else { return };
    let Some(asked) = fitzpatrick_of_questionnaire(&answers, page.knowledge) else { return };
    if whole(node).is_some_and(|given| (given - i64::from(asked)).abs() > 1) {
        let problem = format!("the questionnaire gives type {asked}, more than one type away");
        page.fault(node, "skin.fitzpatrick", problem, "look again, and correct the type or the questionnaire");
    }
}

fn lesions(page: &mut Page<'_>) {
    let lesions = page.at(&["lesions"]);
    if says(lesions, "pustules_or_nodules", "yes")
        && let Some(node) = lesions.and_then(|lesions| lesions.get("iga"))
        && whole(node) == Some(0)
    {
        let problem = "0 is clear skin, and yet there are pustules or nodules";
        page.fault(node, "lesions.iga", problem, "1 to 4, or pustules_or_nodules = \"no\"");
    }
}

/// A treatment whose wait still runs, and a finding that says that there was none.
fn earlier_treatments(page: &mut Page<'_>) {
    let Some(today) = page.today() else { return };
    for (path, node) in page.list(&["earlier_treatments"]) {
        let treatment = node.get("treatment").and_then(Node::text);
        let Some(wait) = page.vocabulary.waits.iter().find(|wait| Some(wait.treatment) == treatment) else { continue };
        let Some(on) = node.get("on") else { continue };
        let runs = date(on).is_some_and(|day| day.saturating_add(i32::from(wait.days).days()) > today);
        if runs && page.finding(wait.finding).is_some_and(|(_, answer)| answer == "no") {
            let problem = format!("less than {} days ago, and yet findings.{} is no", wait.days, wait.finding);
            let allowed = format!("answer yes to {} with this day; leave out here what was done to another area", wait.finding);
            page.fault(on, &format!("{path}.on"), problem, allowed);
        }
    }
}

/// Contour scars counted one way and none the other way.
fn scar_counts(page: &mut Page<'_>) {
    let Some(table) = page.at(&["scars", "goodman_baron"]) else { return };
    let zones = page.list(&["scars", "zones"]);
    if zones.is_empty() {
        return;
    }
    let by_zone: f64 = zones.iter().map(|(_, zone)| contour(zone)).sum();
    let by_table = contour(table);
    if (by_zone > 0.0) != (by_table > 0.0) {
        let (zones, counts) = if by_zone > 0.0 { ("count scars", "none") } else { ("count none", "scars") };
        let problem = format!("the zones {zones} and this table counts {counts}");
        page.fault(table, "scars.goodman_baron", problem, "counts that agree; macular marks are left aside here");
    }
}

/// Scars with contour: every count but the macular ones, each measured scar as one.
fn contour(counts: &Node) -> f64 {
    let typed: f64 = counts.fields().iter().filter(|(key, _)| key.name != "macular").filter_map(|(_, node)| number(node)).sum();
    let measured = counts.get("measured").map_or(0, |list| list.elements().len());
    #[expect(clippy::cast_precision_loss, reason = "at most 200 measured scars per zone")]
    let measured = measured as f64;
    typed + measured
}
