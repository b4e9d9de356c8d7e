//! `resurface measure`: what an instrument saw, as numbers with their errors.

mod photo;
mod repeatability;
mod scan;
mod surface;

use std::path::Path;

pub(crate) use photo::photo;
pub(crate) use repeatability::{RepeatabilityAnswer, Repeated, repeatability};
pub(crate) use scan::{ScanFile, scan};
use serde::Serialize;
pub(crate) use surface::{SurfaceAnswer, surface};

use crate::arguments::WrittenArguments;
use crate::ending::{Answer, Exit, Failure};
use crate::envelope;
use crate::files;
use crate::pages::report::Report;
use crate::request::{Form, Request};

/// A file that was measured.
#[derive(Debug, Serialize)]
pub(crate) struct Measured {
    /// Its name, without its folder.
    pub(crate) file: String,
    sha256: String,
}

impl Measured {
    fn of(path: &Path, bytes: &[u8]) -> Self {
        Self { file: name_of(path), sha256: envelope::sha256(bytes) }
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The report as it was asked for, with everything that is written besides.
fn deliver(
    request: &Request,
    written: &WrittenArguments,
    schema: &str,
    answer: &impl Serialize,
    report: &Report,
) -> Result<Answer, Failure> {
    let page = match request.form {
        Form::Page => report.page(request.look),
        Form::Json => envelope::write_plain(schema, answer)?,
    };
    let mut page = Answer::page(page);
    if let Some(folder) = &written.png {
        files::make_folder(folder)?;
        let mut count = 0;
        for (name, png) in report.pictures() {
            files::write(&folder.join(format!("{name}.png")), png)?;
            count += 1;
        }
        page = page.remark(format!("{count} pictures written to {}", folder.display()));
    }
    if let Some(path) = &written.html {
        files::write(path, report.html())?;
        page = page.remark(format!("report written to {}", path.display()));
    }
    Ok(page)
}

/// The answer of `resurface measure repeatability --json`, as text.
fn own_repeatability(path: &Path) -> Result<serde_json::Value, Failure> {
    let text = files::read(path)?.text;
    let wrong = |what: &str| {
        Failure::new(Exit::InputFaults, format!("{}: {what}", name_of(path)))
            .hint("write it with `resurface measure repeatability CAPTURES --json`")
    };
    let value: serde_json::Value = serde_json::from_str(&text).map_err(|error| wrong(&format!("this is no JSON ({error})")))?;
    if value["schema"] != repeatability::SCHEMA {
        return Err(wrong(&format!("field schema is not {:?}", repeatability::SCHEMA)));
    }
    Ok(value)
}

/// The smallest change of a number in an answer about repeatability; nothing when it was not repeated.
fn smallest_change(answer: &serde_json::Value, number: &str) -> Option<f64> {
    let repeated = answer["numbers"].as_array()?.iter().find(|repeated| repeated["number"] == number)?;
    repeated["repeatability"]["smallest_change"]["value"].as_f64().filter(|change| change.is_finite() && *change > 0.0)
}
