//! The page of `resurface chart timeline`.

use jiff::tz::TimeZone;
use resurface_ledger::clinic::OpenChart;

use super::{chart, clinic, entries};
use crate::run::chart::Line;
use crate::terminal::{Look, Page};

/// Every entry, oldest first.
pub(crate) fn page(open: &OpenChart, lines: &[Line], zone: &TimeZone, demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    chart::broken(&mut page, open.fault.as_ref());
    if let Some(registered) = &open.chart.registered {
        page.heading(&format!("{}, number {}", registered.name, registered.number));
    }
    for line in lines {
        entry(&mut page, line, zone);
    }
    page.finish()
}

fn entry(page: &mut Page, line: &Line, zone: &TimeZone) {
    let written = line.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
    let struck = line.amended.as_ref().map(|amended| amended.struck_out);
    let mark = match struck {
        None => "-",
        Some(true) => "x",
        Some(false) => "~",
    };
    page.gap();
    page.marked(mark, &format!("{} {} {} · written {written} by {}", line.seq, line.on, entries::label(line.kind), line.by));
    match &line.amended {
        None => page.under(&line.words),
        Some(amended) => {
            let how = if amended.struck_out { "STRUCK OUT" } else { "CORRECTED" };
            page.under(&format!("{how} on {}: {}", amended.on, amended.reason));
            page.under(&format!("it said: {}", line.words));
        }
    }
    page.under(&format!("id {}", line.id));
}
