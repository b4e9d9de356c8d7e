//! `resurface grade`: how bad are the scars?

use std::path::Path;

use resurface_care::grading;

use crate::ending::{Answer, Failure};
use crate::envelope::{self, Origin};
use crate::pages;
use crate::request::{Form, Request};
use crate::run::source;

/// Grades one consultation on every scale that its answers allow.
pub(super) fn grade(request: &Request, path: &Path) -> Result<Answer, Failure> {
    let knowledge = source::knowledge(request)?;
    let (consultation, text) = source::consultation(path, &knowledge)?;
    let grading = grading::grade(&consultation, &knowledge);
    let origin = Origin::of_knowledge(&knowledge.version).reading(&text.text);
    let page = match request.form {
        Form::Page => pages::grading::page(&grading, &knowledge, &origin, request.look),
        Form::Json => envelope::write("resurface.grading/1", &origin, &grading)?,
    };
    Ok(Answer::page(page))
}
