//! `resurface knowledge`: is it sound, and what is there?

use std::path::Path;

use resurface_knowledge::{Files, Knowledge};
use resurface_words::Language;
use serde::Serialize;

use crate::ending::{Answer, Failure};
use crate::envelope::{self, Origin};
use crate::files;
use crate::pages;
use crate::request::{Form, Request};
use crate::run::{evidence, source};

#[derive(Serialize)]
struct Checked<'a> {
    files: Vec<&'a str>,
    entries: usize,
}

#[derive(Serialize)]
struct Listed {
    entries: Vec<pages::inventory::Entry>,
}

/// Reads every file, every language, the trial tables and the fitted population with them, and says everything that is wrong.
pub(super) fn check(request: &Request, folder: Option<&Path>) -> Result<Answer, Failure> {
    let files = match folder.or(request.knowledge.as_deref()) {
        Some(folder) => files::read_knowledge(folder)?,
        None => Files::built_in(),
    };
    let knowledge = Knowledge::read(&files).map_err(|reports| Failure::knowledge(&reports))?;
    for language in Language::ALL.into_iter().filter(|language| *language != Language::English) {
        knowledge.translated(language.code()).map_err(|reports| Failure::knowledge(&reports))?;
    }
    evidence::read(&files)?;
    source::population(&files)?;
    let checked = Checked { files: files.iter().map(|(name, _)| name).collect(), entries: knowledge.ids().len() };
    let page = match request.form {
        Form::Page => pages::inventory::sound(checked.files.len(), checked.entries, &knowledge, request.look),
        Form::Json => envelope::write("resurface.knowledge_check/1", &Origin::of_knowledge(&knowledge.version), &checked)?,
    };
    Ok(Answer::page(page))
}

/// Every id with its kind and title.
pub(super) fn list(request: &Request) -> Result<Answer, Failure> {
    let knowledge = source::knowledge(request)?;
    let entries = pages::inventory::entries(&knowledge);
    let page = match request.form {
        Form::Page => pages::inventory::page(&entries, &knowledge, request.look),
        Form::Json => {
            envelope::write("resurface.knowledge_list/1", &Origin::of_knowledge(&knowledge.version), &Listed { entries })?
        }
    };
    Ok(Answer::page(page))
}
