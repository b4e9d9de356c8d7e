//! `resurface guide`: the pages for patients.

use resurface_knowledge::guide::GuidePage;
use serde::Serialize;

use crate::ending::{Answer, Exit, Failure};
use crate::envelope::{self, Origin};
use crate::pages;
use crate::request::{Form, Request};
use crate::run::source;

#[derive(Serialize)]
struct Topic<'a> {
    topic: &'a str,
    title: &'a str,
    updated: String,
    sources: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<&'a str>,
}

#[derive(Serialize)]
struct Guide<'a> {
    topics: Vec<Topic<'a>>,
}

/// One topic, or the list of topics.
pub(super) fn guide(request: &Request, wanted: Option<&str>) -> Result<Answer, Failure> {
    let knowledge = source::knowledge(request)?;
    let guide = &knowledge.guide;
    let shown: Vec<Topic<'_>> = match wanted {
        None => guide.pages.iter().map(|page| Topic { markdown: None, ..topic(page) }).collect(),
        Some(wanted) => vec![topic(guide.page(wanted).ok_or_else(|| unknown(wanted, &guide.pages))?)],
    };
    let origin = Origin::of_knowledge(&knowledge.version);
    let page = match (request.form, shown.as_slice()) {
        (Form::Json, _) => envelope::write("resurface.guide/1", &origin, &Guide { topics: shown })?,
        (Form::Page, [Topic { markdown: Some(text), .. }]) => pages::guide::topic(text, request.look),
        (Form::Page, topics) => {
            let names: Vec<(&str, &str)> = topics.iter().map(|topic| (topic.topic, topic.title)).collect();
            pages::guide::contents(&names, request.look)
        }
    };
    Ok(Answer::page(page))
}

fn topic(page: &GuidePage) -> Topic<'_> {
    Topic {
        topic: &page.id,
        title: &page.title,
        updated: page.updated.to_string(),
        sources: &page.sources,
        markdown: Some(&page.text),
    }
}

fn unknown(wanted: &str, pages: &[GuidePage]) -> Failure {
    let names: Vec<&str> = pages.iter().map(|page| page.id.as_str()).collect();
    Failure::new(Exit::InputFaults, format!("the guide has no topic {wanted}")).hint(format!("topics: {}", names.join(", ")))
}
