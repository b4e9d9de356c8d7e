//! The pages of `resurface worklist` and `resurface recall`.

use jiff::civil::Date;
use resurface_ledger::clinic::Recalled;

use super::{clinic, words};
use crate::clinic::BROKEN_FIRST;
use crate::envelope::Origin;
use crate::run::lists::{Listed, Row};
use crate::terminal::{Align, Column, Look, Table, Tone, columns};

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
    for chart in &listed.damaged {
        page.marked(
            "x",
            &format!("{}, number {}: the chart is damaged, and no next step follows from it", chart.name, chart.number),
        );
    }
    if !listed.damaged.is_empty() {
        page.under(&format!("First: {BROKEN_FIRST}."));
    }
    if !listed.rows.is_empty() {
        page.gap();
        let mut table = Table::new(vec![
            Column::new("name", Align::Left),
            Column::new("next step", Align::Left),
            Column::droppable("due", Align::Left, 1),
            Column::droppable("overdue", Align::Right, 2),
            Column::new("number", Align::Left),
            Column::droppable("why", Align::Left, 3),
        ])
        .last_at_least(24);
        for row in &listed.rows {
            table.row(cells(row, look));
        }
        page.table(&table);
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
    let shown = listed.rows.len() + listed.damaged.len();
    let part = if shown < listed.of { format!("showing {shown} of {}; in all ", listed.of) } else { String::new() };
    let Listed { today, due, later, nothing, .. } = listed;
    format!("{today}: {part}{due} due{overdue}; {later} later, {nothing} with nothing to do")
}

fn cells(row: &Row<'_>, look: Look) -> Vec<String> {
    let next = &row.chart.next;
    let overdue = match row.overdue_days {
        Some(1) => "1 day".to_owned(),
        Some(days) if days > 1 => format!("{days} days"),
        Some(0) => "today".to_owned(),
        _ => String::new(),
    };
    vec![
        shortened(&row.chart.name, look.width / 3),
        next.step.words().to_owned(),
        next.due.map_or_else(|| "-".to_owned(), |due| due.to_string()),
        overdue,
        row.chart.number.clone(),
        next.why.to_string(),
    ]
}

/// A long name, so that it leaves room for the rest; the number tells one from another.
fn shortened(name: &str, columns_max: usize) -> String {
    if columns(name) <= columns_max {
        return name.to_owned();
    }
    let mut short = String::new();
    for sign in name.chars() {
        short.push(sign);
        if columns(&short) >= columns_max {
            short.pop();
            break;
        }
    }
    format!("{}…", short.trim_end())
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
