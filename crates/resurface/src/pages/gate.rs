//! The page of `resurface gate`.

use resurface_care::gate::{Check, Gate, Permit, Subject, Verdict};

use super::{Extent, screening, words};
use crate::envelope::Origin;
use crate::terminal::{Align, Column, Look, Page, Table, Tone};

/// The whole page.
pub(crate) fn page(gate: &Gate<'_>, origin: &Origin, extent: Extent, look: Look) -> String {
    let mut page = Page::new(look);
    let (tone, what_it_means) = match gate.permit {
        Permit::Permitted => (Tone::Clear, "the session may begin"),
        Permit::PermittedWithPrecautions => (Tone::Caution, "the session may begin, with the steps below"),
        Permit::Refused => (Tone::Stop, "the session may not begin; what nobody knows refuses as well"),
    };
    let today = gate.screening.date;
    page.verdict(tone, "GATE", &format!("{today}: {} · {what_it_means}", gate.permit.words()));
    page.heading("Prepared for today");
    let mut table =
        Table::new(vec![Column::new("", Align::Left), Column::new("what", Align::Left), Column::new("says", Align::Left)]);
    for check in &gate.checks {
        table.row(row(check));
    }
    page.table(&table);
    page.heading("Asked of the patient");
    page.text(&format!("Screening on the day: {}.", gate.screening.decision));
    screening::why(&mut page, &gate.screening, extent);
    screening::missing(&mut page, &gate.screening, Extent::Full);
    screening::off_label(&mut page, &gate.screening);
    screening::overrides(&mut page, &gate.screening);
    page.gap();
    page.text(&words::origin(origin));
    page.finish()
}

fn row(check: &Check<'_>) -> Vec<String> {
    let sign = match check.verdict {
        Verdict::Passes => "ok",
        Verdict::Precaution => "!",
        Verdict::Unknown => "?",
        Verdict::Refuses => "x",
    };
    let sources: Vec<&str> = check.sources.iter().map(String::as_str).collect();
    let cited = if sources.is_empty() {
        words::mark(check.mark).to_owned()
    } else {
        format!("{}; {}", words::sources(&sources), words::mark(check.mark))
    };
    vec![sign.to_owned(), subject(check.subject), format!("{} [{cited}]", check.says)]
}

fn subject(subject: Subject<'_>) -> String {
    match subject {
        Subject::Day => "the day".to_owned(),
        Subject::Consent => "consent".to_owned(),
        Subject::Operator => "operator".to_owned(),
        Subject::Cartridge => "cartridge".to_owned(),
        Subject::Zone(zone) => words::name(zone),
        Subject::Anaesthetic => "anaesthetic".to_owned(),
    }
}
