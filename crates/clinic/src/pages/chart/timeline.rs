//! Everything that was written into a chart, newest first.

use std::collections::BTreeMap;

use maud::{Markup, html};
use resurface_care::chart::{Amended, Body, EntryId};
use resurface_ledger::clinic::{Attributed, OpenChart};
use resurface_ledger::entry::Author;

use super::line::line;
use crate::seat::Seat;

pub(super) fn view(seat: &Seat<'_>, open: &OpenChart) -> Markup {
    let words = seat.words();
    let corrections = corrections(open);
    html! {
        section.timeline aria-labelledby="timeline" {
            h2 id="timeline" { (words.text("chart-timeline")) }
            ol reversed {
                @for entry in open.entries.iter().rev() {
                    @let correction = corrections.get(&entry.id);
                    li.struck[correction.is_some_and(|amended| amended.becomes.is_none())] {
                        time datetime=(entry.body.day()) { (words.short_date(entry.body.day())) }
                        a.kind href={ "/charts/" (open.patient) "/entries/" (entry.id) } {
                            (words.text(&format!("kind-{}", entry.body.kind().word())))
                        }
                        span.author { (author(seat, entry)) }
                        p.said { (line(seat, open, &entry.body)) }
                        @if let Some(amended) = correction {
                            @let key = if amended.becomes.is_none() { "chart-struck-out" } else { "chart-amended" };
                            p.note { (words.with(key, [("reason", (&amended.reason).into())])) }
                        }
                    }
                }
            }
        }
    }
}

/// Every entry that was corrected, with its correction; of several the latest counts.
pub(crate) fn corrections(open: &OpenChart) -> BTreeMap<EntryId, &Amended> {
    let corrections = open.entries.iter().filter_map(|entry| match &entry.body {
        Body::Amended(amended) => Some((amended.entry, amended)),
        _ => None,
    });
    corrections.collect()
}

/// Who wrote an entry, in words.
pub(crate) fn author(seat: &Seat<'_>, entry: &Attributed) -> String {
    let words = seat.words();
    match entry.author {
        Author::Program => words.text("chart-by-program"),
        Author::Link(_) => words.text("chart-by-patient"),
        Author::User(id) => {
            let name = seat.names.get(&id).map_or_else(|| id.to_string(), Clone::clone);
            words.with("chart-by", [("name", name.into())])
        }
    }
}
