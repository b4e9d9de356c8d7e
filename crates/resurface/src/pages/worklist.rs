//! The pages of `resurface worklist` and `resurface recall`.

use jiff::civil::Date;
use resurface_ledger::clinic::Recalled;

use super::{clinic, words};
use crate::envelope::Origin;
use crate::run::lists::{Listed, Row};
use crate::terminal::{Align, Column, Look, Table, Tone};

/// What is due.
pub(crate) fn page(listed: &Listed<'_>, origin: &Origin, demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    page.verdict(if listed.overdue > 0 { Tone::Caution } else { Tone::Clear }, "WORKLIST", &count(listed));
    for patient in listed.unreadable {
        page.marked(
            "!",
            &format!("the chart {patient} cannot be listed: its summary was changed or is damaged; restore a backup"),
        );
    }
    if !listed.rows.is_empty() {
        page.gap();
        let mut table = Table::new(vec![
            Column::new("due", Align::Left),
            Column::new("overdue", Align::Right),
            Column::new("step", Align::Left),
            Column::new("number", Align::Left),
            Column::droppable("name", Align::Left, 1),
            Column::new("why", Align::Left),
        ])
        .last_at_least(24);
        for row in &listed.rows {
            table.row(cells(row));
        }
        page.table(&table);
    }
    if listed.rows.len() < listed.matching {
        page.text(&format!("The first {} of {}; without --limit all are shown.", listed.rows.len(), listed.matching));
    }
    page.gap();
    page.text(&words::origin(origin));
    page.finish()
}

fn count(listed: &Listed<'_>) -> String {
    let overdue = match listed.overdue {
        0 => String::new(),
        overdue => format!(", {overdue} of them overdue"),
    };
    format!("{}: {} due{overdue}; {} later, {} with nothing to do", listed.today, listed.due, listed.later, listed.nothing)
}

fn cells(row: &Row<'_>) -> Vec<String> {
    let next = &row.chart.next;
    let overdue = match row.overdue_days {
        Some(1) => "1 day".to_owned(),
        Some(days) if days > 1 => format!("{days} days"),
        Some(0) => "today".to_owned(),
        _ => String::new(),
    };
    vec![
        next.due.map_or_else(|| "-".to_owned(), |due| due.to_string()),
        overdue,
        next.step.words().to_owned(),
        row.chart.number.clone(),
        row.chart.name.clone(),
        next.why.clone(),
    ]
}

/// Everybody whom a lot concerns.
pub(crate) fn recall(lot: &str, patients: &[Recalled], demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    let given = patients.iter().filter(|patient| !patient.given.is_empty()).count();
    let found = match patients.len() {
        0 => "no chart names it; spaces and capitals do not matter, everything else does".to_owned(),
        all => format!("{given} treated with it, {} for whom it was prepared only", all - given),
    };
    page.verdict(if patients.is_empty() { Tone::Clear } else { Tone::Caution }, "RECALL", &format!("lot {lot}: {found}"));
    if patients.is_empty() {
        return page.finish();
    }
    page.gap();
    let mut table = Table::new(vec![
        Column::new("number", Align::Left),
        Column::new("name", Align::Left),
        Column::new("given on", Align::Left),
        Column::new("prepared on", Align::Left),
        Column::new("contact", Align::Left),
    ]);
    for patient in patients {
        table.row(vec![
            patient.number.clone(),
            patient.name.clone(),
            if patient.damaged { "the chart does not check: look through it".to_owned() } else { days(&patient.given) },
            days(&patient.prepared),
            patient.contact.clone().unwrap_or_else(|| "-".to_owned()),
        ]);
    }
    page.table(&table);
    page.finish()
}

fn days(days: &[Date]) -> String {
    if days.is_empty() { "-".to_owned() } else { days.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ") }
}
