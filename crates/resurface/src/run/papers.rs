//! What describes the program itself: schemas, completions and the manual page.

use clap::CommandFactory as _;
use clap_complete::Shell;
use resurface_care::form;

use crate::arguments::{Arguments, SchemaOf};
use crate::ending::{Answer, Exit, Failure};
use crate::request::Request;
use crate::run::source;

/// Prints a schema.
pub(super) fn schema(request: &Request, of: SchemaOf) -> Result<Answer, Failure> {
    let knowledge = source::knowledge(request)?;
    let schema = match of {
        SchemaOf::Consultation => form::consultation_schema(&knowledge),
        SchemaOf::Entry => form::entry_schema(&knowledge),
    };
    Ok(Answer::page(format!("{schema:#}\n")))
}

/// Prints completions.
pub(super) fn completions(shell: Shell) -> Result<Answer, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "resurface", &mut script);
    text(script)
}

/// Prints the manual: the page of the program, then one page for each command.
pub(super) fn manual() -> Result<Answer, Failure> {
    let mut roff = Vec::new();
    let mut program = Arguments::command();
    program.build();
    write_manual(&program, &mut roff)?;
    for command in program.get_subcommands().filter(|command| command.get_name() != "help") {
        write_manual(command, &mut roff)?;
    }
    text(roff)
}

fn write_manual(command: &clap::Command, roff: &mut Vec<u8>) -> Result<(), Failure> {
    let name = command.get_bin_name().unwrap_or("resurface").replace(' ', "-");
    clap_mangen::Man::new(command.clone())
        .title(name)
        .source(format!("resurface {}", env!("CARGO_PKG_VERSION")))
        .render(roff)
        .map_err(|error| Failure::new(Exit::Failed, format!("the manual could not be written: {error}")))
}

fn text(bytes: Vec<u8>) -> Result<Answer, Failure> {
    let text = String::from_utf8(bytes).map_err(|error| Failure::new(Exit::Failed, error))?;
    Ok(Answer::page(text))
}
