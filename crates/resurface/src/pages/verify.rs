//! The page of `resurface verify`.

use resurface_ledger::clinic::{Check, Depth, Pictures, Verified};

use super::clinic;
use crate::terminal::{Look, Page, Tone};

/// What was checked, and everything that is wrong.
pub(crate) fn page(found: &Verified, check: &Check, demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    match (found.faults.total, check.depth) {
        (0, Depth::Facts) => page.verdict(Tone::Clear, "VERIFIED", "everything in it is what was written"),
        (0, Depth::Chains) => {
            page.verdict(Tone::Clear, "VERIFIED", "every chain is what was written; what the entries say was not looked at");
        }
        (1, _) => page.verdict(Tone::Stop, "VERIFY", "1 fault"),
        (faults, _) => page.verdict(Tone::Stop, "VERIFY", &format!("{faults} faults")),
    }
    faults(&mut page, found);
    page.gap();
    counts(&mut page, found, check);
    end(&mut page, found, check);
    page.finish()
}

fn faults(page: &mut Page, found: &Verified) {
    if found.faults.is_empty() {
        return;
    }
    page.gap();
    for fault in &found.faults.first {
        page.marked("!", &fault.to_string());
    }
    let shown = found.faults.first.len() as u64;
    if shown < found.faults.total {
        page.text(&format!("The first {shown} of {}.", found.faults.total));
    }
    page.text(
        "Treat nobody by what is damaged. Keep the folder as it is, and restore the latest backup in which nothing is wrong.",
    );
}

fn counts(page: &mut Page, found: &Verified, check: &Check) {
    page.field("charts", &found.charts.to_string());
    page.field("entries", &format!("{}, with those of the clinic's book", found.entries));
    page.field("access log", &format!("{} lines", found.access_lines));
    let pictures = match check.pictures {
        Pictures::Skip => "not looked at".to_owned(),
        Pictures::Exist => format!("{}, each form counted; looked whether they are there", found.pictures),
        Pictures::Open => format!("{}, each form counted; each was opened", found.pictures),
    };
    page.field("pictures", &pictures);
    if check.depth == Depth::Facts {
        page.field("records", &found.records.to_string());
    }
}

fn end(page: &mut Page, found: &Verified, check: &Check) {
    page.heading("End of the access log: note it on paper or on another machine");
    page.text(&format!("  {}:{}", found.access_end.seq, found.access_end.hash));
    if let Some(noted) = check.noted {
        page.text(&format!("It was compared with the end that was noted at line {}.", noted.seq));
    }
    page.text(
        "That its last lines were cut off, or that everything was put back as it was on an earlier day, can only be noticed against \
         such a note: `resurface verify --expect-end SEQ:HASH`.",
    );
}
