//! `resurface screen`: is microneedling safe for this person today?

use std::path::Path;

use resurface_care::screening;

use crate::ending::{Answer, Failure};
use crate::envelope::{self, Origin};
use crate::pages::{self, Extent};
use crate::request::{Form, Request};
use crate::run::source;

/// Screens one consultation.
pub(super) fn screen(request: &Request, path: &Path, extent: Extent) -> Result<Answer, Failure> {
    let knowledge = source::knowledge(request)?;
    let (consultation, text) = source::consultation(path, &knowledge)?;
    let screening = screening::screen(&consultation, &knowledge);
    let origin = Origin::of_knowledge(&knowledge.version).reading(&text.text);
    let page = match request.form {
        Form::Page => pages::screening::page(&screening, &origin, extent, request.look),
        Form::Json => envelope::write("resurface.screening/1", &origin, &screening)?,
    };
    Ok(Answer::page(page))
}
