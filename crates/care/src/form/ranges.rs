//! Values that their scale, their device or their list does not have.

use resurface_knowledge::document::Node;

use super::page::{Page, number, whole};
use crate::consultation::OutcomeScale;

pub(super) fn check(page: &mut Page<'_>) {
    for (path, node) in page.list(&["outcomes"]) {
        outcome(page, &path, node);
    }
    zones_once(page, page.list(&["scars", "zones"]));
    zones_once(page, page.list(&["day", "zones"]));
    for (path, session) in page.list(&["sessions"]) {
        let zones = session.get("zones").map_or(&[][..], Node::elements);
        let zones = zones.iter().enumerate().map(|(at, zone)| (format!("{path}.zones[{}]", at + 1), zone)).collect();
        zones_once(page, zones);
    }
    depths(page);
}

/// Range of each scale, and whether only whole steps exist.
fn range(scale: &str) -> Option<(f64, f64, Steps)> {
    match scale {
        "goodman_baron_quantitative" => Some((0.0, 84.0, Steps::Whole)),
        "goodman_baron_qualitative" => Some((1.0, 4.0, Steps::Whole)),
        "ecca" => Some((0.0, 540.0, Steps::Whole)),
        "improvement_percent" => Some((-100.0, 100.0, Steps::Any)),
        "improvement_quartile" => Some((0.0, 3.0, Steps::Whole)),
        "dlqi" => Some((0.0, 30.0, Steps::Whole)),
        "scar_q" | "face_q" => Some((0.0, 100.0, Steps::Any)), // G6, recalled
        "fasqol" => Some((0.0, 40.0, Steps::Whole)),           // G7, recalled
        "worry" => Some((0.0, 10.0, Steps::Any)),
        // wider than the skin of any face: 400 cm2, and nothing there is 2.5 mm deep everywhere
        "scar_volume_mm3" | "scar_area_mm2" => Some((0.0, 100_000.0, Steps::Any)),
        "scar_depth_mm" => Some((0.0, 5.0, Steps::Any)),
        "scar_count" => Some((0.0, 5_000.0, Steps::Whole)),
        "redness_difference" | "pigment_difference" => Some((-100.0, 100.0, Steps::Any)),
        "ita_degrees" => Some((-90.0, 90.0, Steps::Any)),
        _ => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Steps {
    Whole,
    Any,
}

pub(super) fn outcome(page: &mut Page<'_>, path: &str, node: &Node) {
    let Some(scale) = node.get("scale").and_then(Node::text) else { return };
    judged_by(page, path, node, scale);
    let (Some(typed), Some((min, max, steps))) = (node.get("value"), range(scale)) else { return };
    let Some(value) = number(typed) else { return };
    let off_step = steps == Steps::Whole && value.fract() != 0.0;
    if value < min || value > max || off_step {
        let kind = if steps == Steps::Whole { "a whole number" } else { "a number" };
        let problem = format!("{value} is not a value of {scale}");
        page.fault(typed, &field(path, "value"), problem, format!("{kind} from {min} to {max}"));
    }
}

/// What an instrument measures nobody judges, and the other way round.
fn judged_by(page: &mut Page<'_>, path: &str, node: &Node, scale: &str) {
    let Some((typed, rater)) = node.get("rater").and_then(|typed| Some((typed, typed.text()?))) else { return };
    let of_an_instrument = serde_json::from_value(scale.into()).is_ok_and(OutcomeScale::is_of_an_instrument);
    if of_an_instrument != (rater == "instrument") {
        let (problem, allowed) = match of_an_instrument {
            true => (format!("{scale} is measured by an instrument"), "instrument"),
            false => (format!("{scale} is judged by somebody"), "blinded, open or patient"),
        };
        page.fault(typed, &field(path, "rater"), problem, allowed);
    }
}

fn field(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn zones_once(page: &mut Page<'_>, zones: Vec<(String, &Node)>) {
    let mut seen: Vec<&str> = Vec::new();
    for (path, node) in zones {
        let Some(zone) = node.get("zone").and_then(Node::text) else { continue };
        if seen.contains(&zone) {
            page.fault(node, &format!("{path}.zone"), format!("{zone} stands here a second time"), "each zone once");
        }
        seen.push(zone);
    }
}

/// The depths planned for the day are settings that the device has. Earlier sessions may have used another device.
fn depths(page: &mut Page<'_>) {
    let device = page.at(&["device"]).and_then(Node::text);
    let known = page.vocabulary.devices.iter().find(|(known, _)| Some(*known) == device);
    let Some((device, max)) = known.and_then(|(known, max)| Some((known, (*max)?))) else { return };
    for (path, node) in page.list(&["day", "zones"]) {
        let Some(typed) = node.get("depth_um") else { continue };
        if whole(typed).is_some_and(|depth| depth > i64::from(max)) {
            let problem = format!("{device} has no setting this deep");
            page.fault(typed, &format!("{path}.depth_um"), problem, format!("50 to {max} micrometres"));
        }
    }
}
