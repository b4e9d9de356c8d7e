//! What was measured, written once: as a page for the terminal, and as one HTML file with its pictures.

use std::fmt::Write as _;

use data_encoding::BASE64;

use super::height_map::escaped;
use crate::terminal::{Align, Column, Look, Page, Table, Tone};

/// A report from top to bottom.
pub(crate) struct Report {
    /// What kind of report, in capitals.
    pub(crate) label: &'static str,
    /// What came out.
    pub(crate) verdict: String,
    /// Whether it has to be read with care.
    pub(crate) tone: Tone,
    parts: Vec<Part>,
}

enum Part {
    Field(&'static str, String),
    Heading(String),
    Text(String),
    Mark(String),
    Item(String),
    Table { head: Vec<Head>, rows: Vec<Vec<String>> },
    Picture { file: &'static str, title: String, png: Vec<u8> },
}

/// The head of a column.
#[derive(Clone, Copy)]
pub(crate) struct Head {
    text: &'static str,
    align: Align,
    /// Left out of a narrow page first where it is highest; 0 is always shown.
    keep: u8,
}

impl Head {
    /// A column of words.
    pub(crate) const fn words(text: &'static str) -> Self {
        Self { text, align: Align::Left, keep: 0 }
    }

    /// A column of numbers.
    pub(crate) const fn number(text: &'static str) -> Self {
        Self { text, align: Align::Right, keep: 0 }
    }

    /// The same, left out of a narrow page, the highest `order` first.
    pub(crate) const fn if_wide(self, order: u8) -> Self {
        Self { keep: order, ..self }
    }
}

impl Report {
    /// A report with its first line.
    pub(crate) fn new(tone: Tone, label: &'static str, verdict: String) -> Self {
        Self { label, verdict, tone, parts: Vec::new() }
    }

    /// A name and what it stands for.
    pub(crate) fn field(&mut self, name: &'static str, text: impl Into<String>) {
        self.parts.push(Part::Field(name, text.into()));
    }

    /// A heading.
    pub(crate) fn heading(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Heading(text.into()));
    }

    /// A paragraph.
    pub(crate) fn text(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Text(text.into()));
    }

    /// Something to be noticed.
    pub(crate) fn mark(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Mark(text.into()));
    }

    /// An entry of a list.
    pub(crate) fn item(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Item(text.into()));
    }

    /// A table; each row has as many cells as there are heads.
    pub(crate) fn table(&mut self, head: Vec<Head>, rows: Vec<Vec<String>>) {
        self.parts.push(Part::Table { head, rows });
    }

    /// A picture: only in the HTML, and as a file of its own.
    pub(crate) fn picture(&mut self, file: &'static str, title: impl Into<String>, png: Vec<u8>) {
        self.parts.push(Part::Picture { file, title: title.into(), png });
    }

    /// The pictures with the names of their files.
    pub(crate) fn pictures(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        self.parts.iter().filter_map(|part| match part {
            Part::Picture { file, png, .. } => Some((*file, png.as_slice())),
            _ => None,
        })
    }

    /// As a page for the terminal.
    pub(crate) fn page(&self, look: Look) -> String {
        let mut page = Page::new(look);
        page.verdict(self.tone, self.label, &self.verdict);
        for part in &self.parts {
            match part {
                Part::Field(name, text) => page.field(name, text),
                Part::Heading(text) => page.heading(text),
                Part::Text(text) => {
                    page.gap();
                    page.text(text);
                }
                Part::Mark(text) => page.marked("!", text),
                Part::Item(text) => page.item(text),
                Part::Table { head, rows } => {
                    let column = |head: &Head| match head.keep {
                        0 => Column::new(head.text, head.align),
                        order => Column::droppable(head.text, head.align, order),
                    };
                    let mut table = Table::new(head.iter().map(column).collect());
                    rows.iter().cloned().for_each(|row| table.row(row));
                    page.table(&table);
                }
                Part::Picture { .. } => {}
            }
        }
        page.finish()
    }

    /// As one HTML file that needs nothing else and runs nothing.
    pub(crate) fn html(&self) -> String {
        let title = escaped(&format!("{}: {}", sentence(self.label), self.verdict));
        let mut out = format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n<main>\n<h1>{}</h1>\n<p class=\"verdict\">{}</p>\n",
            escaped(&sentence(self.label)),
            escaped(&self.verdict)
        );
        let mut fields_open = false;
        for part in &self.parts {
            let is_field = matches!(part, Part::Field(..));
            if is_field != fields_open {
                out.push_str(if is_field { "<dl>\n" } else { "</dl>\n" });
                fields_open = is_field;
            }
            part.html(&mut out);
        }
        if fields_open {
            out.push_str("</dl>\n");
        }
        out.push_str("</main>\n</html>\n");
        out
    }
}

impl Part {
    fn html(&self, out: &mut String) {
        // Writing into a String cannot fail.
        let _ = match self {
            Self::Field(name, text) => writeln!(out, "<dt>{}</dt><dd>{}</dd>", escaped(name), escaped(text)),
            Self::Heading(text) => writeln!(out, "<h2>{}</h2>", escaped(text)),
            Self::Text(text) => writeln!(out, "<p>{}</p>", escaped(text)),
            Self::Item(text) => writeln!(out, "<p class=\"item\">{}</p>", escaped(text)),
            Self::Mark(text) => writeln!(out, "<p class=\"mark\"><strong>Note:</strong> {}</p>", escaped(text)),
            Self::Table { head, rows } => {
                let class = |head: &Head| if head.align == Align::Right { " class=\"number\"" } else { "" };
                let heads = head.iter().map(|head| format!("<th scope=\"col\"{}>{}</th>", class(head), escaped(head.text)));
                let row = |row: &Vec<String>| {
                    let cells = row.iter().zip(head).map(|(cell, head)| format!("<td{}>{}</td>", class(head), escaped(cell)));
                    format!("<tr>{}</tr>\n", cells.collect::<String>())
                };
                writeln!(
                    out,
                    "<div class=\"wide\"><table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody></table></div>",
                    heads.collect::<String>(),
                    rows.iter().map(row).collect::<String>()
                )
            }
            Self::Picture { title, png, .. } => writeln!(
                out,
                "<figure><img alt=\"{0}\" src=\"data:image/png;base64,{1}\"><figcaption>{0}</figcaption></figure>",
                escaped(title).replace('"', "&quot;"),
                BASE64.encode(png)
            ),
        };
    }
}

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1b2733;background:#fff}\
main{max-width:64rem;margin:0 auto;padding:1.5rem}\
h1{font-size:1.6rem;margin:0 0 .5rem}h2{font-size:1.2rem;margin:2rem 0 .5rem}\
.verdict{font-size:1.15rem;border-left:.3rem solid #24627a;padding:.4rem .8rem;background:#eef5f8}\
.item{margin:.2rem 0;padding-left:1rem;color:#44525c}\
.mark{border-left:.3rem solid #9a5b00;padding:.3rem .8rem;background:#fdf3e2}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{color:#44525c}dd{margin:0}\
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}\
th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #c9d2d8;vertical-align:top}.number{text-align:right;white-space:nowrap}\
figure{margin:1rem 0}img{max-width:100%;height:auto;background:#fff}figcaption{color:#44525c}\
@media (prefers-color-scheme:dark){body{color:#e6ebee;background:#12191e}.verdict{background:#17303b}.mark{background:#3a2a0e}\
dt,figcaption,.item{color:#aab8c0}th,td{border-color:#3a4750}}\
@media print{main{max-width:none;padding:0}figure,tr{break-inside:avoid}}";

/// `SCANS COMPARED` as `Scans compared`.
fn sentence(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map(|first| first.to_string() + &letters.as_str().to_lowercase()).unwrap_or_default()
}
