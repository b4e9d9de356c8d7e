//! Measures the rooms from inside and prints one JSON document. `bench/run` builds it, runs it and judges the numbers.

mod clock;
#[cfg(feature = "fit")]
mod fit;
mod ledger;
mod patient;
#[cfg(feature = "fit")]
#[expect(clippy::unwrap_used, reason = "the reader of the fixture belongs to the tests of evidence")]
#[path = "../../../crates/evidence/tests/reference_studies/mod.rs"]
mod reference_studies;
mod screening;

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use resurface_knowledge::Knowledge;

/// As the program that is measured: theirs and the peers' memory comes from the same allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[expect(clippy::disallowed_methods, reason = "a measuring program reads its arguments")]
fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let measured = match arguments.as_slice() {
        ["patient", fixtures] => patient::measure(fixtures)?,
        ["screening", consultations] => {
            let knowledge = Knowledge::built_in().map_err(|reports| anyhow!("{reports:?}"))?;
            screening::measure(consultations, &knowledge)?
        }
        ["append", folder] => ledger::append(folder)?.to_string(),
        ["clinic", folder, patients] => ledger::clinic(folder, patients)?.to_string(),
        ["found", folder, patients] => ledger::found(folder, patients)?.to_string(),
        #[cfg(feature = "fit")]
        ["fit", draws] => fit::measure(draws)?,
        _ => bail!(
            "usage: resurface-bench patient FIXTURES | screening FOLDER | append FOLDER | clinic FOLDER PATIENTS | found FOLDER PATIENTS | fit DRAWS.csv (with feature fit)"
        ),
    };
    writeln!(std::io::stdout(), "{measured}").context("standard output is closed")
}

#[expect(clippy::disallowed_methods, reason = "a measuring program reads its fixtures")]
fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
