//! `resurface chart`: one patient's chart.

mod add;
mod decisions;
mod ids;
mod incoming;
mod new;
mod read;
mod timeline;

use crate::arguments::ChartCommand;
use crate::ending::{Answer, Failure};
use crate::request::Request;

pub(crate) use add::{Added, FileAdded, Outcome};
pub(crate) use read::Standing;
pub(crate) use timeline::Line;

/// Runs one command.
pub(super) fn chart(request: &Request, command: &ChartCommand) -> Result<Answer, Failure> {
    match command {
        ChartCommand::New(typed) => new::new(request, typed),
        ChartCommand::Add(typed) => add::add(request, typed),
        ChartCommand::Show { patient, today } => read::show(request, &patient.patient, today.today),
        ChartCommand::Next { patient, today } => read::next(request, &patient.patient, today.today),
        ChartCommand::Timeline { patient } => timeline::timeline(request, &patient.patient),
        ChartCommand::Picture { patient, entry, out, form } => read::picture(request, &patient.patient, *entry, out, *form),
        ChartCommand::Find { text } => read::find(request, text),
    }
}
