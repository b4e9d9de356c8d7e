//! The sources that a document cites, each once.

use std::collections::BTreeSet;

use resurface_knowledge::Knowledge;
use resurface_knowledge::sources::Source;

use crate::flow::{Align, Column, Table};
use crate::paper::Paper;
use crate::text::Text;

/// Ids of sources, collected while a document is written.
#[derive(Default)]
pub(crate) struct Sources(BTreeSet<String>);

impl Sources {
    /// Notes ids.
    pub(crate) fn cite(&mut self, ids: &[String]) {
        self.0.extend(ids.iter().cloned());
    }

    /// The chapter that lists them.
    pub(crate) fn list(&self, paper: &mut Paper<'_>, knowledge: &Knowledge) {
        let found: Vec<&Source> = self.0.iter().filter_map(|id| knowledge.source(id)).collect();
        if found.is_empty() {
            return;
        }
        paper.chapter("document-sources");
        let words = paper.words;
        paper.flow.small(words.text("document-translation"));
        let mut table = Table::new(vec![
            Column::new(words.text("document-source"), 0.09, Align::Left),
            Column::new(words.text("document-citation"), 0.91, Align::Left),
        ])
        .small();
        for source in found {
            table.row(vec![Text::plain(source.id.as_str()), Text::english(source.citation.as_str())]);
        }
        paper.flow.table(&table);
    }
}
