//! Dates that cannot be: before birth, after the consultation, out of order.

use jiff::ToSpan;
use jiff::civil::Date;
use resurface_knowledge::document::Node;

use super::AGE_YEARS_MAX;
use super::page::{Page, answer_word, date};

pub(super) fn check(page: &mut Page<'_>) {
    birth(page);
    for (key, finding) in page.at(&["findings"]).map_or(&[][..], Node::fields) {
        let field = format!("findings.{}.on", key.name);
        in_life(page, finding.get("on"), &field);
        no_date_for_no(page, finding, finding.get("on"), &field);
    }
    for (path, node) in page.list(&["earlier_treatments"]) {
        in_life(page, node.get("on"), &format!("{path}.on"));
    }
    for (path, node) in page.list(&["overrides"]) {
        in_life(page, node.get("on"), &format!("{path}.on"));
    }
    if let Some(day) = page.at(&["day"]) {
        in_life(page, day.get("consent_on"), "day.consent_on");
        if let Some(consent) = day.get("consent") {
            no_date_for_no(page, consent, day.get("consent_on"), "day.consent_on");
        }
    }
    sessions(page);
    outcomes(page);
    goal(page);
}

fn birth(page: &mut Page<'_>) {
    let (Some(node), Some(today)) = (page.at(&["patient", "birth_date"]), page.today()) else {
        return;
    };
    let Some(birth) = date(node) else { return };
    if birth > today {
        page.fault(node, "patient.birth_date", format!("{birth} is after the consultation"), format!("{today} at the latest"));
    } else if birth.saturating_add(i32::from(AGE_YEARS_MAX + 1).years()) <= today {
        page.fault(node, "patient.birth_date", format!("born {birth}, older than {AGE_YEARS_MAX}"), "check the year");
    }
}

/// A day on which something happened lies between birth and the consultation.
fn in_life(page: &mut Page<'_>, node: Option<&Node>, field: &str) -> Option<Date> {
    let node = node?;
    let day = date(node)?;
    match (page.birth(), page.today()) {
        (_, Some(today)) if day > today => {
            page.fault(node, field, format!("{day} is after the consultation"), format!("{today} at the latest"));
        }
        (Some(birth), _) if day < birth => {
            page.fault(node, field, format!("{day} is before the patient was born"), format!("{birth} at the earliest"));
        }
        _ => {}
    }
    Some(day)
}

fn no_date_for_no(page: &mut Page<'_>, answer: &Node, on: Option<&Node>, field: &str) {
    if let (Some("no"), Some(on)) = (answer_word(answer), on) {
        page.fault(on, field, "the answer is no, and yet it has a date", "leave the date out, or answer yes");
    }
}

fn sessions(page: &mut Page<'_>) {
    let mut last: Option<Date> = None;
    for (path, node) in page.list(&["sessions"]) {
        let field = format!("{path}.date");
        let Some(day) = in_life(page, node.get("date"), &field) else { continue };
        match last {
            Some(earlier) if earlier == day => {
                page.fault(node, &field, format!("a second session on {day}"), "one session a day, with all its zones");
            }
            Some(earlier) if earlier > day => {
                page.fault(node, &field, format!("{day} stands after {earlier}"), "sessions in the order of their dates");
            }
            _ => {}
        }
        last = Some(day);
    }
}

fn outcomes(page: &mut Page<'_>) {
    let mut seen: Vec<(Date, &str, &str)> = Vec::new();
    for (path, node) in page.list(&["outcomes"]) {
        let field = format!("{path}.date");
        let Some(day) = in_life(page, node.get("date"), &field) else { continue };
        if let Some((earlier, ..)) = seen.last().filter(|(earlier, ..)| *earlier > day) {
            page.fault(node, &field, format!("{day} stands after {earlier}"), "outcomes in the order of their dates");
        }
        let word = |name: &str| node.get(name).and_then(Node::text).unwrap_or_default();
        let this = (day, word("scale"), word("rater"));
        if seen.contains(&this) {
            page.fault(node, &path, "this scale, day and rater stand here a second time", "one value each");
        }
        seen.push(this);
    }
}

fn goal(page: &mut Page<'_>) {
    let (Some(node), Some(today)) = (page.at(&["goal", "by"]), page.today()) else { return };
    if let Some(by) = date(node).filter(|by| *by <= today) {
        page.fault(node, "goal.by", format!("{by} is not after the consultation"), format!("a day after {today}"));
    }
}
