//! `resurface gate`: may this session be given today?

use std::path::Path;

use resurface_care::gate::{self, Permit};

use crate::ending::{Answer, Exit, Failure};
use crate::envelope::{self, Origin};
use crate::pages::{self, Extent};
use crate::request::{Form, Request};
use crate::run::source;

/// Decides about the day of one consultation file; refusal has an exit code of its own.
pub(super) fn gate(request: &Request, path: &Path, extent: Extent) -> Result<Answer, Failure> {
    let knowledge = source::knowledge(request)?;
    let (consultation, text) = source::consultation(path, &knowledge)?;
    let gate = gate::gate(&consultation, &knowledge);
    let origin = Origin::of_knowledge(&knowledge.version).reading(&text.text);
    let page = match request.form {
        Form::Page => pages::gate::page(&gate, &origin, extent, request.look),
        Form::Json => envelope::write("resurface.gate/1", &origin, &gate)?,
    };
    let exit = if gate.permit == Permit::Refused { Exit::NotPermitted } else { Exit::Answered };
    Ok(Answer::page(page).ending(exit))
}
