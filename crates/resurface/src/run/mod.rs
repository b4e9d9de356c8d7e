//! One file per command: read what it needs, ask the rooms, hand the answer to a page or to the envelope.

mod check;
mod evidence;
mod explain;
#[cfg(feature = "fit")]
mod fit;
mod gate;
mod grade;
mod guide;
mod knowledge;
mod papers;
mod plan;
mod screen;
mod source;

use crate::arguments::{Command, Details, ForecastArguments, KnowledgeCommand};
use crate::ending::{Answer, Exit, Failure};
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
        Command::Plan { file, forecasting, details } => plan::plan(request, &file.file, forecasting, extent(details)),
        Command::Forecast(arguments) => forecast(request, arguments),
        Command::Evidence(arguments) => evidence::evidence(request, arguments),
    }
}

/// Forecasts, or checks the forecast against known answers.
fn forecast(request: &Request, arguments: &ForecastArguments) -> Result<Answer, Failure> {
    let seed = arguments.forecasting.seed.unwrap_or(plan::SEED_DEFAULT);
    match (arguments.check.as_slice(), &arguments.file) {
        ([patients, reference], _) => check::check(request, patients, reference, seed),
        (_, Some(file)) => plan::forecast(request, file, &arguments.forecasting),
        (_, None) => Err(Failure::new(Exit::InputFaults, "no file to forecast from is named")),
    }
}

fn extent(details: &Details) -> Extent {
    if details.details { Extent::Full } else { Extent::Glance }
}
