//! The page of `resurface replay`.

use resurface_ledger::clinic::{DifferentDecision, NotComputed, ReplayReport};

use super::clinic;
use crate::terminal::{Look, Page, Tone};

/// How many decisions come out the same, and every one that does not.
pub(crate) fn page(report: &ReplayReport, demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    verdict(&mut page, report);
    page.gap();
    page.field("charts", &report.charts.to_string());
    page.field("decisions", &report.decisions.to_string());
    page.field("same", &report.same.to_string());
    page.field("different", &report.different.total.to_string());
    page.field("not computed", &report.not_computed.total.to_string());
    if !report.different.is_empty() {
        page.heading("Different");
        report.different.first.iter().for_each(|decision| different(&mut page, decision));
        rest(&mut page, report.different.first.len(), report.different.total);
    }
    if !report.not_computed.is_empty() {
        page.heading("Not computed");
        report.not_computed.first.iter().for_each(|missed| not_computed(&mut page, missed));
        rest(&mut page, report.not_computed.first.len(), report.not_computed.total);
    }
    page.finish()
}

fn verdict(page: &mut Page, report: &ReplayReport) {
    match (report.different.total, report.not_computed.total) {
        (0, 0) if report.decisions == 0 => page.verdict(Tone::Clear, "REPLAYED", "no decision was made here yet"),
        (0, 0) => page.verdict(Tone::Clear, "REPLAYED", "every decision comes out as it was written down"),
        (0, missed) => {
            let text = format!("{missed} could not be computed again; the others come out as they were written down");
            page.verdict(Tone::Caution, "REPLAY", &text);
        }
        (different, 0) => page.verdict(Tone::Stop, "REPLAY", &otherwise(different)),
        (different, missed) => {
            let text = format!("{}; {missed} could not be computed again", otherwise(different));
            page.verdict(Tone::Stop, "REPLAY", &text);
        }
    }
}

fn otherwise(different: u64) -> String {
    match different {
        1 => "1 decision comes out otherwise than it was written down".to_owned(),
        different => format!("{different} decisions come out otherwise than they were written down"),
    }
}

fn different(page: &mut Page, decision: &DifferentDecision) {
    let knowledge = decision.knowledge.get(..12).unwrap_or(&decision.knowledge);
    page.marked(
        "!",
        &format!(
            "chart {}, entry {}: {} of {}, made by resurface {} with knowledge {knowledge}",
            decision.patient,
            decision.seq,
            decision.kind.words(),
            decision.on,
            decision.program
        ),
    );
    for difference in &decision.differences {
        page.under(&format!("{}: recorded {}, now {}", difference.what, difference.recorded, difference.now));
    }
}

fn not_computed(page: &mut Page, missed: &NotComputed) {
    let entry = missed.seq.map(|seq| format!(", entry {seq}")).unwrap_or_default();
    page.marked("?", &format!("chart {}{entry}: {}", missed.patient, missed.why));
}

/// That not all are listed.
fn rest(page: &mut Page, shown: usize, all: u64) {
    if (shown as u64) < all {
        page.text(&format!("The first {shown} of {all}."));
    }
}
