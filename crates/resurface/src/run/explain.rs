//! `resurface explain`: one rule or fact with its reason, its sources and where they disagree.

use crate::ending::{Answer, Exit, Failure};
use crate::envelope::{self, Origin};
use crate::pages;
use crate::request::{Form, Request};
use crate::run::source;

/// Explains one id.
pub(super) fn explain(request: &Request, id: &str) -> Result<Answer, Failure> {
    let knowledge = source::knowledge(request)?;
    let Some(explanation) = knowledge.explain(id) else {
        let failure = Failure::new(Exit::InputFaults, format!("nothing is known under the id {id}"));
        return Err(match knowledge.near_ids(id).as_slice() {
            [] => failure.hint("`resurface knowledge list` prints every id"),
            near => failure.hint(format!("did you mean {}?", near.join(", "))),
        });
    };
    let page = match request.form {
        Form::Page => pages::explanation::page(&explanation, &knowledge, request.look),
        Form::Json => envelope::write("resurface.explanation/1", &Origin::of_knowledge(&knowledge.version), &explanation)?,
    };
    Ok(Answer::page(page))
}
