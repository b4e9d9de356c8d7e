//! Who says so: the ids of sources beside a statement, and the list of them below.

use std::collections::BTreeSet;

use maud::{Markup, html};
use resurface_documents::Reader;
use resurface_knowledge::fact::Statement;
use resurface_knowledge::{Knowledge, Mark};
use resurface_words::Words;

/// The sources of a statement, each a way to its line in the list below, and how far it was checked.
pub(crate) fn cited(words: &Words, sources: &[String], mark: Mark) -> Markup {
    html! {
        span.cited {
            "["
            @for id in sources { a href={ "#source-" (id) } { (id) } " " }
            @if !sources.is_empty() { "\u{b7} " }
            span.mark { (mark_words(words, mark)) }
            "]"
        }
    }
}

/// The sources of what was not marked itself; a setting among them is named as one, and leads nowhere.
pub(crate) fn named(sources: &[String]) -> Markup {
    let is_source = |id: &str| id.starts_with(|sign: char| sign.is_ascii_uppercase());
    html! {
        @if !sources.is_empty() {
            span.cited {
                "["
                @for (at, id) in sources.iter().enumerate() {
                    @if at > 0 { " " }
                    @if is_source(id) { a href={ "#source-" (id) } { (id) } } @else { code { (id) } }
                }
                "]"
            }
        }
    }
}

/// A statement of the knowledge with its sources.
pub(crate) fn stated(reader: &Reader<'_>, statement: &Statement) -> Markup {
    html! { (reader.says(&statement.text)) " " (cited(reader, &statement.sources, statement.mark)) }
}

/// How far something was checked.
pub(crate) fn mark_words(words: &Words, mark: Mark) -> String {
    words.text(match mark {
        Mark::Seen => "mark-seen",
        Mark::Recalled => "mark-recalled",
        Mark::Ours => "mark-ours",
    })
}

/// Every source that a page names, in full.
pub(crate) fn source_list<'a>(words: &Words, knowledge: &Knowledge, ids: impl IntoIterator<Item = &'a String>) -> Markup {
    let ids: BTreeSet<&String> = ids.into_iter().collect();
    let mut sources: Vec<_> = ids.into_iter().filter_map(|id| knowledge.source(id)).collect();
    sources.sort_by_key(|source| in_order(&source.id));
    html! {
        @if !sources.is_empty() {
            section.sources aria-labelledby="sources" {
                h2 id="sources" { (words.text("sources-title")) }
                dl {
                    @for source in sources {
                        dt id={ "source-" (source.id) } { (source.id) }
                        dd {
                            span lang="en" { (source.citation) } " \u{b7} " (mark_words(words, source.mark))
                            @if let Some(url) = source.url.as_deref().filter(|url| url.starts_with("https://")) {
                                " \u{b7} " a href=(url) rel="noreferrer noopener" target="_blank" { (words.text("sources-read")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A letter, then a number: A4 before A10.
fn in_order(id: &str) -> (&str, u32) {
    let (letter, number) = id.split_at(id.find(|sign: char| sign.is_ascii_digit()).unwrap_or(id.len()));
    (letter, number.parse().unwrap_or(0))
}
