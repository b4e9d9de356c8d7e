//! The page of `resurface knowledge list`.

use resurface_knowledge::Knowledge;
use serde::Serialize;

use super::words;
use crate::terminal::{Align, Column, Look, Page, Table};

/// One entry of the knowledge.
#[derive(Debug, Serialize)]
pub(crate) struct Entry {
    id: String,
    kind: &'static str,
    title: String,
    mark: Option<&'static str>,
}

/// Every entry, table by table.
pub(crate) fn entries(knowledge: &Knowledge) -> Vec<Entry> {
    let known = knowledge.ids().into_iter().filter_map(|id| knowledge.explain(id));
    known.map(|entry| Entry { id: entry.id, kind: entry.kind, title: entry.title, mark: entry.mark.map(words::mark) }).collect()
}

/// The entries under a heading for each kind.
pub(crate) fn page(entries: &[Entry], knowledge: &Knowledge, look: Look) -> String {
    let mut page = Page::new(look);
    for kind in entries.chunk_by(|left, right| left.kind == right.kind) {
        let Some(first) = kind.first() else { continue };
        page.heading(&format!("{} ({})", first.kind, kind.len()));
        let mut table = Table::new(vec![
            Column::new("id", Align::Left),
            Column::droppable("checked", Align::Left, 1),
            Column::new("title", Align::Left),
        ]);
        for entry in kind {
            table.row(vec![entry.id.clone(), entry.mark.unwrap_or("each fact").to_owned(), entry.title.clone()]);
        }
        page.table(&table);
    }
    page.gap();
    page.text(&format!("{} entries, knowledge {}. `resurface explain ID` shows one.", entries.len(), knowledge.version));
    page.finish()
}

/// That nothing is wrong, and with what.
pub(crate) fn sound(files: usize, entries: usize, knowledge: &Knowledge, look: Look) -> String {
    let mut page = Page::new(look);
    page.text(&format!("{files} files with {entries} entries: no fault found. Version {}", knowledge.version));
    page.finish()
}
