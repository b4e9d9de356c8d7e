//! The guide for patients: the Markdown pages of `guide/`, with the facts that come from the tables put in.
//!
//! A page begins with its front matter (TOML between two lines `+++`) and cites sources in brackets, `[E1]` or `[E1, S16]`.
//! What a table knows already is never written twice: `{{rules defer}}`, `{{setting interval_min_days}}` and the like are
//! replaced by the table's own words, so that the guide cannot contradict the rules.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::Files;
use crate::Knowledge;
use crate::document::{self, FaultReport, Field, Format, Shape};
use crate::near::{nearest, suggest};
use crate::table;
use crate::translation::Texts;
use crate::version::hash;

mod generated;

/// The phrases that lists of the guide are made with, in the language of its pages; English is written in the program.
#[derive(Default)]
pub(crate) struct Phrases(Option<Texts>);

impl Phrases {
    fn of<'a>(&'a self, english: &'a str) -> &'a str {
        self.0.as_ref().map_or(english, |texts| texts.of(english))
    }
}

/// Reads the phrases of a language, from its `guide.toml`.
pub(crate) fn phrases(files: &Files, language: &str) -> Result<Phrases, FaultReport> {
    let texts = Texts::read(files, language, "guide.toml")?;
    texts.check(generated::PHRASES)?;
    Ok(Phrases(Some(texts)))
}

/// Pages in the order in which they are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Guide {
    /// The pages.
    pub pages: Vec<GuidePage>,
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GuidePage {
    /// The topic: the name of the file without its ending.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its place among the pages.
    pub order: u16,
    /// Day of the last change of its content.
    pub updated: Date,
    /// Ids in `sources.toml` that the text cites, those of generated lists included, in order of first mention.
    pub sources: Vec<String>,
    /// Markdown: the title, the text with the tables' facts put in, and the list of its sources.
    pub text: String,
    /// Heading of the list of sources, in the language of the page.
    #[serde(skip)]
    pub sources_heading: String,
    /// Headings of the parts that hold a list from the tables, in the language of the page.
    #[serde(skip)]
    pub from_tables: Vec<String>,
}

impl Guide {
    /// The page on a topic.
    #[must_use]
    pub fn page(&self, id: &str) -> Option<&GuidePage> {
        self.pages.iter().find(|page| page.id.eq_ignore_ascii_case(id))
    }

    /// Topics and titles, in the order in which they are read.
    pub fn topics(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pages.iter().map(|page| (page.id.as_str(), page.title.as_str()))
    }
}

impl GuidePage {
    /// The text without its list of sources, and that list.
    #[must_use]
    pub fn text_and_sources(&self) -> (&str, &str) {
        self.text.split_once(&format!("\n## {}\n", self.sources_heading)).unwrap_or((&self.text, ""))
    }
}

/// What stands between the two lines `+++`.
#[derive(Deserialize)]
struct FrontMatter {
    id: String,
    title: String,
    order: u16,
    updated: Date,
    sources: Vec<String>,
}

impl FrontMatter {
    fn shape() -> Shape {
        Shape::table(vec![
            Field::required("id", Shape::name(), "the topic: the name of the file without its ending"),
            Field::required("title", Shape::name(), "its title"),
            Field::required("order", Shape::whole(1, 999), "its place among the pages"),
            Field::required("updated", Shape::Date, "day of the last change of its content"),
            Field::required("sources", Shape::list(Shape::name(), 0, 100), "ids in sources.toml that the page cites"),
        ])
    }
}

/// What stands between the two lines `+++` of a translation: what it is a translation of, and no fact.
#[derive(Deserialize)]
struct FrontOfTranslation {
    title: String,
    english: String,
}

impl FrontOfTranslation {
    fn shape() -> Shape {
        Shape::table(vec![
            Field::required("title", Shape::name(), "its title"),
            Field::required("english", Shape::name(), "the first 12 signs of the hash (SHA-256) of the English page"),
        ])
    }
}

/// Reads every page under `guide/`.
pub(crate) fn read(knowledge: &Knowledge) -> Result<Guide, Vec<FaultReport>> {
    let english = Phrases::default();
    in_order(english_pages(&knowledge.files).map(|(name, topic, text)| read_page(name, topic, text, knowledge, &english)))
}

/// Reads every page of the guide in another language, out of tables that are in it already.
pub(crate) fn translated(knowledge: &Knowledge, language: &str, phrases: &Phrases) -> Result<Guide, Vec<FaultReport>> {
    let left_over = knowledge.files.iter().filter_map(|(name, _)| {
        let page = name.strip_prefix(language)?.strip_prefix('/').filter(|page| page.starts_with("guide/"))?;
        knowledge.files.text(page).is_none().then(|| fault(name, 1, "there is no such page in English", "a page of guide/"))
    });
    let pages = english_pages(&knowledge.files).map(|(name, topic, english)| {
        let file = format!("{language}/{name}");
        let text = knowledge.files.text(&file).ok_or_else(|| table::missing(&file))?;
        read_translation(&file, text, &read_page(name, topic, english, knowledge, phrases)?, english, knowledge, phrases)
    });
    in_order(left_over.map(Err).chain(pages))
}

/// Name, topic and text of every page in English.
fn english_pages(files: &Files) -> impl Iterator<Item = (&str, &str, &str)> {
    files.iter().filter_map(|(name, text)| Some((name, name.strip_prefix("guide/")?.strip_suffix(".md")?, text)))
}

fn in_order(pages: impl Iterator<Item = Result<GuidePage, FaultReport>>) -> Result<Guide, Vec<FaultReport>> {
    let (mut guide, mut reports) = (Guide::default(), Vec::new());
    for page in pages {
        match page {
            Ok(page) => guide.pages.push(page),
            Err(report) => reports.push(report),
        }
    }
    guide.pages.sort_by(|left, right| (left.order, &left.id).cmp(&(right.order, &right.id)));
    if reports.is_empty() { Ok(guide) } else { Err(reports) }
}

fn fault(file: &str, line: usize, problem: impl Into<String>, allowed: impl Into<String>) -> FaultReport {
    let mut report = FaultReport::new(file);
    report.add(line, "", problem, allowed);
    report
}

/// A page in another language: it says that it translates the English page as that is now, cites the same sources and asks the
/// tables for the same lists and numbers.
fn read_translation(
    file: &str,
    text: &str,
    english: &GuidePage,
    english_text: &str,
    knowledge: &Knowledge,
    phrases: &Phrases,
) -> Result<GuidePage, FaultReport> {
    let mut report = FaultReport::new(file);
    let (front, body, body_line): (FrontOfTranslation, _, _) = front_and_body(file, text, &FrontOfTranslation::shape())?;
    let version = &hash(english_text)[..12];
    if front.english != version {
        let allowed = format!("look at both pages, then english = {version:?}");
        report.add(1, "english", "the English page has changed since this was translated", allowed);
    }
    let english_body = split(english_text).map_or("", |(_, body, _)| body);
    let (wanted, found) = (referred_to(english_body), referred_to(body));
    for (missing, says) in
        [(difference(&wanted, &found), "is missing"), (difference(&found, &wanted), "is not in the English page")]
    {
        for name in missing {
            report.add(body_line, "", format!("{name} {says}"), "the same sources, numbers and lists as in the English page");
        }
    }
    let text = fill(body, body_line, knowledge, phrases, &mut report);
    let text = finish(&front.title, &text, &english.sources, knowledge, phrases);
    report.into_result(GuidePage { title: front.title, text, from_tables: from_tables(body), ..english.clone() })
}

/// What a page takes from elsewhere, as often as it does: sources in brackets, `{{…}}`, and figures.
fn referred_to(body: &str) -> Vec<String> {
    let mut named = Vec::new();
    for line in body.lines() {
        named.extend(citations(line).into_iter().map(|id| format!("[{id}]")));
        let mut rest = line;
        while let Some((before, directive, after)) = next_directive(rest) {
            named.push(format!("{{{{{directive}}}}}"));
            named.extend(figures(before));
            rest = after;
        }
        named.extend(figures(rest));
    }
    named.sort_unstable();
    named
}

/// Runs of figures, the numbers of a list left out.
fn figures(text: &str) -> impl Iterator<Item = String> {
    text.split(|sign: char| !sign.is_ascii_digit()).filter(|run| !run.is_empty()).map(str::to_owned)
}

/// What one list has more often than the other.
fn difference(of: &[String], without: &[String]) -> Vec<String> {
    let mut rest = without.to_vec();
    let unmatched = of.iter().filter(|name| match rest.iter().position(|other| other == *name) {
        Some(at) => {
            rest.remove(at);
            false
        }
        None => true,
    });
    unmatched.cloned().collect()
}

fn read_page(file: &str, topic: &str, text: &str, knowledge: &Knowledge, phrases: &Phrases) -> Result<GuidePage, FaultReport> {
    let mut report = FaultReport::new(file);
    let (front, body, body_line): (FrontMatter, _, _) = front_and_body(file, text, &FrontMatter::shape())?;
    if front.id != topic {
        report.add(1, "id", format!("{:?} is not the name of the file", front.id), format!("id = {topic:?}"));
    }
    let written = check_citations(&front, body, body_line, knowledge, &mut report);
    check_sources_are_cited(&front, &written, &mut report);
    let text = fill(body, body_line, knowledge, phrases, &mut report);
    let sources = cited(&text);
    let text = finish(&front.title, &text, &sources, knowledge, phrases);
    report.into_result(GuidePage {
        id: front.id,
        title: front.title,
        order: front.order,
        updated: front.updated,
        sources,
        text,
        sources_heading: phrases.of(generated::SOURCES).to_owned(),
        from_tables: from_tables(body),
    })
}

/// What stands between the two lines `+++`, the text below, and the line on which it begins.
fn front_and_body<'a, T: DeserializeOwned>(file: &str, text: &'a str, shape: &Shape) -> Result<(T, &'a str, usize), FaultReport> {
    let Some((front, body, body_line)) = split(text) else {
        let allowed = "TOML between two lines +++ at the beginning of the page";
        return Err(fault(file, 1, "there is no front matter", allowed));
    };
    // An empty line stands for the first +++, so that lines are those of the file.
    let node = document::read(file, &format!("\n{front}"), Format::Toml, shape)?;
    match serde_json::from_value(node.to_json()) {
        Ok(front) => Ok((front, body, body_line)),
        Err(error) => Err(fault(file, 1, error.to_string(), "front matter as in the other pages")),
    }
}

/// Front matter, text, and the line on which the text begins.
fn split(text: &str) -> Option<(&str, &str, usize)> {
    let rest = text.strip_prefix("+++\n")?;
    let (front, body) = rest.split_once("\n+++\n")?;
    Some((front, body, front.lines().count() + 3))
}

/// Checks that every id in brackets is a source named in the front matter; the ids that were cited.
fn check_citations(
    front: &FrontMatter,
    body: &str,
    body_line: usize,
    knowledge: &Knowledge,
    report: &mut FaultReport,
) -> BTreeSet<String> {
    let mut written = BTreeSet::new();
    for (at, line) in body.lines().enumerate() {
        for id in citations(line) {
            if knowledge.source(id).is_none() {
                let near = nearest(id, knowledge.sources.iter().map(|source| source.id.as_str()));
                let allowed = suggest(&near, "an id of sources.toml");
                report.add(body_line + at, "", format!("[{id}] is not a source"), allowed);
            } else if !front.sources.iter().any(|named| named == id) {
                report.add(
                    body_line + at,
                    "",
                    format!("[{id}] is not in the front matter"),
                    "the id in sources of the front matter",
                );
            }
            written.insert(id.to_owned());
        }
    }
    written
}

fn check_sources_are_cited(front: &FrontMatter, written: &BTreeSet<String>, report: &mut FaultReport) {
    for id in front.sources.iter().filter(|id| !written.contains(*id)) {
        report.add(
            1,
            "sources",
            format!("{id} is named, but the text does not cite it"),
            "only ids that stand in brackets in the text",
        );
    }
}

/// Ids that stand in brackets in a line: `[E1]`, `[E1, S16]`; a link is not a citation.
fn citations(line: &str) -> Vec<&str> {
    let mut ids = Vec::new();
    for part in line.split('[').skip(1) {
        let Some((inside, after)) = part.split_once(']') else { continue };
        let looks_cited = inside.split(',').next().is_some_and(|first| is_source_id(first.trim()));
        if looks_cited && !after.starts_with('(') {
            ids.extend(inside.split(',').map(str::trim));
        }
    }
    ids
}

/// One capital letter and a number, as in `sources.toml`.
fn is_source_id(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|first| first.is_ascii_uppercase())
        && text.len() > 1
        && letters.all(|letter| letter.is_ascii_digit())
}

/// Every source cited in a text, in order of first mention.
fn cited(text: &str) -> Vec<String> {
    let mut sources: Vec<String> = Vec::new();
    for id in text.lines().flat_map(citations) {
        if !sources.iter().any(|known| known == id) {
            sources.push(id.to_owned());
        }
    }
    sources
}

/// The text with every `{{…}}` replaced by what the tables say.
fn fill(body: &str, body_line: usize, knowledge: &Knowledge, phrases: &Phrases, report: &mut FaultReport) -> String {
    let mut text = String::with_capacity(body.len());
    for (at, line) in body.lines().enumerate() {
        let mut rest = line;
        while let Some((before, directive, after)) = next_directive(rest) {
            text.push_str(before);
            match generated::words(directive, knowledge, phrases) {
                Some(words) => text.push_str(&words),
                None => {
                    let allowed = format!("one of {}", generated::DIRECTIVES.join(", "));
                    report.add(body_line + at, "", format!("{{{{{directive}}}}} is not known"), allowed);
                }
            }
            rest = after;
        }
        text.push_str(rest);
        text.push('\n');
    }
    text
}

/// Headings above a list from the tables.
fn from_tables(body: &str) -> Vec<String> {
    let (mut headings, mut last) = (Vec::new(), "");
    for line in body.lines().map(str::trim) {
        last = line.strip_prefix("## ").unwrap_or(last);
        if line.starts_with("{{") && line.ends_with("}}") && !last.is_empty() {
            headings.push(last.to_owned());
        }
    }
    headings
}

fn next_directive(line: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = line.split_once("{{")?;
    let (directive, after) = rest.split_once("}}")?;
    Some((before, directive.trim(), after))
}

/// Title, text and the list of sources.
fn finish(title: &str, text: &str, sources: &[String], knowledge: &Knowledge, phrases: &Phrases) -> String {
    let mut page = format!("# {title}\n\n{}\n", text.trim());
    if sources.is_empty() {
        return page;
    }
    page.push_str(&format!("\n## {}\n\n", phrases.of(generated::SOURCES)));
    for source in knowledge.sources_of(sources) {
        page.push_str(&format!("- [{}] {}\n", source.id, source.citation));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Files;
    use crate::contraindications::Class;

    fn with_page(text: &str) -> Result<Knowledge, Vec<FaultReport>> {
        let mut files = Files::built_in();
        files.insert("guide/test.md", text);
        Knowledge::read(&files)
    }

    fn page(sources: &str, body: &str) -> String {
        format!("+++\nid = \"test\"\ntitle = \"A test\"\norder = 99\nupdated = 2026-11-22\nsources = [{sources}]\n+++\n{body}\n")
    }

    #[test]
    fn a_source_that_is_not_known_is_named_with_its_line() {
        let reports = with_page(&page("", "One.\n\nIt helps [E1, E999].")).unwrap_err();
        let faults = reports[0].faults();
        assert_eq!(reports[0].file(), "guide/test.md");
        assert!(faults.iter().any(|fault| fault.line == 10 && fault.problem == "[E999] is not a source"), "{faults:?}");
        assert!(faults.iter().any(|fault| fault.line == 10 && fault.problem == "[E1] is not in the front matter"), "{faults:?}");
    }

    #[test]
    fn a_fault_in_the_front_matter_keeps_its_line() {
        let reports =
            with_page("+++\nid = \"test\"\ntitle = \"A\"\norder = 0\nupdated = 2026-11-22\nsources = []\n+++\n").unwrap_err();
        assert_eq!((reports[0].faults()[0].line, reports[0].faults()[0].field.as_str()), (4, "order"));
    }

    #[test]
    fn a_page_without_front_matter_or_with_an_unknown_directive_is_refused() {
        assert!(with_page("# A page\n").unwrap_err()[0].faults()[0].problem.contains("front matter"));
        let reports = with_page(&page("", "{{setting interval}}")).unwrap_err();
        assert_eq!((reports[0].faults()[0].line, reports[0].faults().len()), (8, 1));
    }

    #[test]
    fn a_link_is_not_a_citation() {
        assert_eq!(citations("see [E1](https://a.org), [E2, S16], [so] and [E3]"), ["E2", "S16", "E3"]);
    }

    #[test]
    fn every_topic_of_the_guide_is_there_and_in_order() {
        let knowledge = Knowledge::built_in().unwrap();
        let topics: Vec<&str> = knowledge.guide.topics().map(|(topic, _)| topic).collect();
        assert_eq!(
            topics,
            [
                "how-it-works",
                "what-it-can-improve",
                "who-must-wait",
                "how-many-sessions",
                "what-to-expect",
                "other-treatments",
                "what-to-ask",
                "questions",
                "misconceptions",
                "consent",
            ]
        );
    }

    #[test]
    fn no_page_keeps_a_directive_and_every_page_cites() {
        let knowledge = Knowledge::built_in().unwrap();
        for page in &knowledge.guide.pages {
            assert!(!page.text.contains("{{") && !page.text.contains("}}"), "{}", page.id);
            assert!(!page.sources.is_empty(), "{} cites nothing", page.id);
        }
    }

    #[test]
    fn whoever_must_wait_stands_in_the_guide_in_the_words_of_the_rule() {
        let knowledge = Knowledge::built_in().unwrap();
        let page = knowledge.guide.page("who-must-wait").unwrap();
        for rule in knowledge.contraindications.iter().filter(|rule| rule.class > Class::Precaution) {
            assert!(page.text.contains(&rule.patient), "{}", rule.id);
        }
    }
}
