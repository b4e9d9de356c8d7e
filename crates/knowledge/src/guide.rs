//! The guide for patients: the Markdown pages of `guide/`, with the facts that come from the tables put in.
//!
//! A page begins with its front matter (TOML between two lines `+++`) and cites sources in brackets, `[E1]` or `[E1, S16]`.
//! What a table knows already is never written twice: `{{rules defer}}`, `{{setting interval_min_days}}` and the like are
//! replaced by the table's own words, so that the guide cannot contradict the rules.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Knowledge;
use crate::document::{self, FaultReport, Field, Format, Shape};
use crate::near::{nearest, suggest};

mod generated;

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

/// Reads every page under `guide/`.
pub(crate) fn read(knowledge: &Knowledge) -> Result<Guide, Vec<FaultReport>> {
    let mut guide = Guide::default();
    let mut reports = Vec::new();
    for (name, text) in knowledge.files.iter() {
        let Some(topic) = name.strip_prefix("guide/").and_then(|name| name.strip_suffix(".md")) else { continue };
        match read_page(name, topic, text, knowledge) {
            Ok(page) => guide.pages.push(page),
            Err(report) => reports.push(report),
        }
    }
    guide.pages.sort_by(|left, right| (left.order, &left.id).cmp(&(right.order, &right.id)));
    if reports.is_empty() { Ok(guide) } else { Err(reports) }
}

fn read_page(file: &str, topic: &str, text: &str, knowledge: &Knowledge) -> Result<GuidePage, FaultReport> {
    let mut report = FaultReport::new(file);
    let Some((front, body, body_line)) = split(text) else {
        report.add(1, "", "there is no front matter", "TOML between two lines +++ at the beginning of the page");
        return Err(report);
    };
    // An empty line stands for the first +++, so that lines are those of the file.
    let node = document::read(file, &format!("\n{front}"), Format::Toml, &FrontMatter::shape())?;
    let front: FrontMatter = match serde_json::from_value(node.to_json()) {
        Ok(front) => front,
        Err(error) => {
            report.add(1, "", error.to_string(), "front matter as in the other pages");
            return Err(report);
        }
    };
    if front.id != topic {
        report.add(1, "id", format!("{:?} is not the name of the file", front.id), format!("id = {topic:?}"));
    }
    let written = check_citations(&front, body, body_line, knowledge, &mut report);
    check_sources_are_cited(&front, &written, &mut report);
    let text = fill(body, body_line, knowledge, &mut report);
    let sources = cited(&text);
    let text = finish(&front.title, &text, &sources, knowledge);
    report.into_result(GuidePage { id: front.id, title: front.title, order: front.order, updated: front.updated, sources, text })
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
fn fill(body: &str, body_line: usize, knowledge: &Knowledge, report: &mut FaultReport) -> String {
    let mut text = String::with_capacity(body.len());
    for (at, line) in body.lines().enumerate() {
        let mut rest = line;
        while let Some((before, directive, after)) = next_directive(rest) {
            text.push_str(before);
            match generated::words(directive, knowledge) {
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

fn next_directive(line: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = line.split_once("{{")?;
    let (directive, after) = rest.split_once("}}")?;
    Some((before, directive.trim(), after))
}

/// Title, text and the list of sources.
fn finish(title: &str, text: &str, sources: &[String], knowledge: &Knowledge) -> String {
    let mut page = format!("# {title}\n\n{}\n", text.trim());
    if sources.is_empty() {
        return page;
    }
    page.push_str("\n## Sources\n\n");
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
