//! `resurface guide`: the pages for patients.

use resurface_knowledge::Files;
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
    let topics = topics(&knowledge.files);
    let shown: Vec<Topic<'_>> = match wanted {
        None => topics.into_iter().map(|topic| Topic { markdown: None, ..topic }).collect(),
        Some(wanted) => {
            let Some(topic) = topics.iter().position(|topic| topic.topic.eq_ignore_ascii_case(wanted)) else {
                return Err(unknown(wanted, &topics));
            };
            topics.into_iter().skip(topic).take(1).collect()
        }
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

/// The pages in the order of their file names; a number in front of a name orders it and is not part of it.
fn topics(files: &Files) -> Vec<Topic<'_>> {
    let pages = files.iter().filter_map(|(name, text)| Some((name.strip_prefix("guide/")?.strip_suffix(".md")?, text)));
    pages
        .map(|(name, text)| {
            let topic = name.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '-' || sign == '_');
            let title = text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or(topic);
            Topic { topic, title, markdown: Some(text) }
        })
        .collect()
}

fn unknown(wanted: &str, topics: &[Topic<'_>]) -> Failure {
    let names: Vec<&str> = topics.iter().map(|topic| topic.topic).collect();
    Failure::new(Exit::InputFaults, format!("the guide has no topic {wanted}")).hint(format!("topics: {}", names.join(", ")))
}
