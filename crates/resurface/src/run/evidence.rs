//! `resurface evidence`: does it help at all?

use resurface_evidence::answer::{Answer as Evidence, answer};
use resurface_evidence::{Error, comparisons, roles, trials};
use resurface_knowledge::Files;
use resurface_words::{Language, Words};

use crate::arguments::{EvidenceArguments, EvidenceCommand, FitArguments};
use crate::ending::{Answer, Exit, Failure};
use crate::envelope::{self, Origin};
use crate::files;
use crate::pages;
use crate::request::{Form, Request};
use crate::run::{extent, source};

/// Answers from the published trials, or fits the population to them.
pub(super) fn evidence(request: &Request, arguments: &EvidenceArguments) -> Result<Answer, Failure> {
    if let Some(EvidenceCommand::Fit(fit_arguments)) = &arguments.command {
        return fit(request, fit_arguments);
    }
    let knowledge = source::knowledge(request)?;
    let evidence = read(&knowledge.files)?;
    let extent = extent(&arguments.details);
    let origin = Origin::of_knowledge(&knowledge.version);
    if let Some(path) = &arguments.svg {
        files::write(path, pages::forest::plot(&evidence, &origin).svg("forest", Words::of(Language::English)))?;
    }
    let page = match request.form {
        Form::Page => pages::evidence::page(&evidence, &origin, extent, request.look),
        Form::Json => envelope::write("resurface.evidence/1", &origin, &evidence)?,
    };
    let answer = Answer::page(page);
    Ok(match &arguments.svg {
        Some(path) => answer.remark(format!("forest plot written to {}", path.display())),
        None => answer,
    })
}

/// The answer of the trial tables.
pub(super) fn read(files: &Files) -> Result<Evidence, Failure> {
    let text = |name: &str| files.text(name).unwrap_or_default();
    let arms = trials::parse(text("trials.csv")).map_err(|error| faulty("trials.csv", &error))?;
    let roles = roles::parse(text("trial_roles.csv")).map_err(|error| faulty("trial_roles.csv", &error))?;
    let comparisons = comparisons::parse(text("comparisons.csv")).map_err(|error| faulty("comparisons.csv", &error))?;
    answer(&arms, &roles, &comparisons).map_err(|error| faulty("trial_roles.csv", &error))
}

pub(super) fn faulty(file: &str, error: &Error) -> Failure {
    Failure::new(Exit::KnowledgeFaults, format!("{file}: {error}")).hint("correct the table, or leave --knowledge out")
}

#[cfg(not(feature = "fit"))]
fn fit(_request: &Request, _arguments: &FitArguments) -> Result<Answer, Failure> {
    Err(Failure::new(Exit::NotBuilt, "this program was built without the sampler that fits the population")
        .hint("build it with `cargo build --release --features fit`; the fitted population that came with it needs no sampler"))
}

#[cfg(feature = "fit")]
fn fit(request: &Request, arguments: &FitArguments) -> Result<Answer, Failure> {
    crate::run::fit::fit(request, arguments)
}
