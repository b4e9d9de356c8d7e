//! One file per command: read what it needs, ask the rooms, hand the answer to a page or to the envelope.

mod check;
mod evidence;
mod explain;
mod forecast;
mod gate;
mod grade;
mod guide;
mod knowledge;
mod papers;
mod screen;
mod source;

use crate::arguments::{Command, Details, KnowledgeCommand};
use crate::ending::{Answer, Failure};
use crate::pages::Extent;
use crate::request::Request;

/// Runs what was asked for.
pub(crate) fn run(request: &Request) -> Result<Answer, Failure> {
    match &request.command {
        Command::Screen { file, details } => screen::screen(request, &file.file, extent(details)),
        Command::Grade { file } => grade::grade(request, &file.file),
        Command::Gate { file, details } => gate::gate(request, &file.file, extent(details)),
        Command::Knowledge { command: KnowledgeCommand::Check { dir } } => knowledge::check(request, dir.as_deref()),
        Command::Knowledge { command: KnowledgeCommand::List } => knowledge::list(request),
        Command::Explain { id } => explain::explain(request, id),
        Command::Guide { topic } => guide::guide(request, topic.as_deref()),
        Command::Schema { of } => papers::schema(request, *of),
        Command::Completions { shell } => papers::completions(*shell),
        Command::Man => papers::manual(),
        Command::Forecast(arguments) => forecast::forecast(request, arguments),
        Command::Evidence(arguments) => evidence::evidence(request, arguments),
    }
}

fn extent(details: &Details) -> Extent {
    if details.details { Extent::Full } else { Extent::Glance }
}
