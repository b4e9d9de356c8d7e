//! The pages of `resurface guide`: Markdown laid out for a terminal.

use crate::terminal::{Align, Column, Look, Page, Table};

/// The list of topics.
pub(crate) fn contents(topics: &[(&str, &str)], look: Look) -> String {
    let mut page = Page::new(look);
    page.heading("Guide to microneedling for acne scars");
    let mut table = Table::new(vec![Column::new("topic", Align::Left), Column::new("what it is about", Align::Left)]);
    for (topic, title) in topics {
        table.row(vec![(*topic).to_owned(), (*title).to_owned()]);
    }
    page.table(&table);
    page.gap();
    page.text("`resurface guide TOPIC` shows one.");
    page.finish()
}

/// One topic.
pub(crate) fn topic(markdown: &str, look: Look) -> String {
    let mut page = Page::new(look);
    let mut paragraph = Block::None;
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in markdown.lines().chain([""]) {
        let cells = line.trim().strip_prefix('|').map(cells);
        if cells.is_none() && !rows.is_empty() {
            page.table(&table(std::mem::take(&mut rows)));
        }
        if let Some(cells) = cells {
            paragraph.end(&mut page);
            rows.push(cells);
        } else if line.trim().is_empty() {
            if paragraph.end(&mut page) {
                page.gap();
            }
        } else if let Some(heading) = line.strip_prefix('#') {
            paragraph.end(&mut page);
            page.heading(&plain(heading.trim_start_matches('#')));
        } else if let Some((mark, text)) = entry(line) {
            paragraph.end(&mut page);
            paragraph = Block::Entry(mark, text.to_owned());
        } else {
            paragraph.go_on(line.trim());
        }
    }
    page.finish()
}

/// What is being read.
enum Block {
    None,
    Text(String),
    Entry(String, String),
}

impl Block {
    fn go_on(&mut self, line: &str) {
        match self {
            Self::None => *self = Self::Text(line.to_owned()),
            Self::Text(text) | Self::Entry(_, text) => {
                text.push(' ');
                text.push_str(line);
            }
        }
    }

    /// Writes the block, if there is one; whether a gap belongs after it.
    fn end(&mut self, page: &mut Page) -> bool {
        match std::mem::replace(self, Self::None) {
            Self::None => false,
            Self::Text(text) => {
                page.text(&plain(&text));
                true
            }
            Self::Entry(mark, text) => {
                page.marked(&mark, &plain(&text));
                false
            }
        }
    }
}

/// The mark and the text of an entry of a list.
fn entry(line: &str) -> Option<(String, &str)> {
    let line = line.trim_start();
    if let Some(text) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
        return Some(("-".to_owned(), text));
    }
    let (number, text) = line.split_once(". ")?;
    let is_number = !number.is_empty() && number.len() <= 2 && number.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then(|| (format!("{number}."), text))
}

fn cells(row: &str) -> Vec<String> {
    row.trim_end().trim_end_matches('|').split('|').map(|cell| plain(cell.trim())).collect()
}

fn table(rows: Vec<Vec<String>>) -> Table {
    let mut rows = rows.into_iter().filter(|row| !row.iter().all(|cell| cell.chars().all(|sign| "-: ".contains(sign))));
    let head = rows.next().unwrap_or_default();
    let columns = head.len();
    let mut table = Table::new(head.iter().map(|cell| Column::new(cell, Align::Left)).collect());
    for mut row in rows {
        row.resize(columns, String::new());
        table.row(row);
    }
    table
}

/// Text without the signs of emphasis; a link shows its address after its words.
fn plain(text: &str) -> String {
    let text = text.replace("**", "").replace('`', "");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('[') {
        let link = after.split_once("](").and_then(|(words, after)| Some((words, after.split_once(')')?)));
        match link {
            Some((words, (address, after))) if !words.contains(']') => {
                out.push_str(&format!("{before}{words} ({address})"));
                rest = after;
            }
            _ => {
                out.push_str(before);
                out.push('[');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{plain, topic};
    use crate::terminal::{Charset, Look, Paint};

    #[test]
    fn a_page_of_markdown_reads_as_a_page() {
        let look = Look { width: 60, charset: Charset::Unicode, paint: Paint::Plain };
        let text = "# Who must wait\n\nSome people **wait**, some\nmust not.\n\n- pregnancy\n- infection, until it is\n  healed\n\n| when | what |\n|---|---|\n| day 1 | redness |\n";
        insta::assert_snapshot!(topic(text, look), @"
        Who must wait
        Some people wait, some must not.

          - pregnancy
          - infection, until it is healed
          when   what
          day 1  redness
        ");
    }

    #[test]
    fn a_link_keeps_its_address_and_a_source_its_brackets() {
        assert_eq!(plain("see [the label](https://a.org) [R8]"), "see the label (https://a.org) [R8]");
    }
}
