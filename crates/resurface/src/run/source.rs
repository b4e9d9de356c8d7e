//! What commands read before they answer: the knowledge, and a consultation.

use std::path::Path;

use resurface_care::consultation::Consultation;
use resurface_care::form;
use resurface_forecast::Population;
use resurface_knowledge::document::Format;
use resurface_knowledge::{Files, Knowledge};
use resurface_ledger::clinic::Clinic;

use crate::ending::{Exit, Failure};
use crate::files::{self, Text};
use crate::request::Request;

/// The fitted population, beside the rest of the knowledge.
pub(super) const POPULATION_FILE: &str = "population.json";

/// The knowledge this run rests on: the folder that was named, else what is built in.
pub(super) fn knowledge(request: &Request) -> Result<Knowledge, Failure> {
    read(&texts(request)?)
}

/// The knowledge and the fitted population, read side by side.
pub(super) fn knowledge_and_population(request: &Request) -> Result<(Knowledge, Population), Failure> {
    let files = texts(request)?;
    let (knowledge, population) = std::thread::scope(|scope| {
        let population = scope.spawn(|| population(&files));
        (read(&files), population.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    Ok((knowledge?, population?))
}

/// The knowledge with the values that a clinic has decided on.
pub(super) fn of_clinic(request: &Request, clinic: &Clinic) -> Result<Knowledge, Failure> {
    decided(texts(request)?, clinic)
}

/// The built-in knowledge with the values that a clinic has decided on.
pub(super) fn built_in_of_clinic(clinic: &Clinic) -> Result<Knowledge, Failure> {
    decided(Files::built_in(), clinic)
}

fn decided(files: Files, clinic: &Clinic) -> Result<Knowledge, Failure> {
    let files = clinic.book()?.practice.applied_to(&files);
    read(&files.map_err(|error| Failure::new(Exit::KnowledgeFaults, error))?)
}

/// The fitted population that a forecast starts from.
pub(super) fn population(files: &Files) -> Result<Population, Failure> {
    Population::from_json(files.text(POPULATION_FILE).unwrap_or_default()).map_err(|error| {
        Failure::new(Exit::KnowledgeFaults, format!("{POPULATION_FILE}: {error}"))
            .hint("`resurface evidence fit` of a build with `--features fit` writes it")
    })
}

fn texts(request: &Request) -> Result<Files, Failure> {
    match &request.knowledge {
        Some(folder) => files::read_knowledge(folder),
        None => Ok(Files::built_in()),
    }
}

fn read(files: &Files) -> Result<Knowledge, Failure> {
    Knowledge::read(files).map_err(|reports| Failure::knowledge(&reports))
}

/// A consultation that has no fault, and the text it was read from.
pub(super) fn consultation(path: &Path, knowledge: &Knowledge) -> Result<(Consultation, Text), Failure> {
    let text = files::read(path)?;
    let format = format_of(path, &text.text);
    let consultation =
        form::read(&text.name, &text.text, format, knowledge).map_err(|report| Failure::input(&report, "consultation"))?;
    Ok((consultation, text))
}

/// JSON by its ending, or, where the ending says nothing, by its first sign; else TOML.
pub(super) fn format_of(path: &Path, text: &str) -> Format {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some(ending) if ending.eq_ignore_ascii_case("json") => Format::Json,
        Some(ending) if ending.eq_ignore_ascii_case("toml") => Format::Toml,
        _ if text.trim_start().starts_with('{') => Format::Json,
        _ => Format::Toml,
    }
}
