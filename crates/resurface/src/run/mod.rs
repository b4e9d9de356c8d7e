//! One file per command: read what it needs, ask the rooms, hand the answer to a page or to the envelope.

mod access_log;
pub(crate) mod chart;
mod check;
pub(crate) mod clinic;
pub(crate) mod demo;
mod evidence;
mod explain;
#[cfg(feature = "fit")]
mod fit;
mod gate;
mod grade;
mod guide;
pub(crate) mod impact;
pub(crate) mod import;
mod keys;
mod knowledge;
pub(crate) mod lists;
mod lock;
#[cfg(feature = "measure")]
pub(crate) mod measure;
mod papers;
mod plan;
mod replay;
mod screen;
mod serve;
mod sign_in;
mod source;
mod user;
pub(crate) mod verify;
pub(crate) mod ways;

use crate::arguments::{ClinicCommand, Command, Details, ForecastArguments, KnowledgeCommand, MeasureCommand};
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
        Command::Measure { command } => measure(request, command),
        Command::Explain { id } => explain::explain(request, id),
        Command::Guide { topic } => guide::guide(request, topic.as_deref()),
        Command::Schema { of } => papers::schema(request, *of),
        Command::Completions { shell } => papers::completions(*shell),
        Command::Man => papers::manual(),
        Command::Plan { file, forecasting, details } => plan::plan(request, &file.file, forecasting, extent(details)),
        Command::Forecast(arguments) => forecast(request, arguments),
        Command::Evidence(arguments) => evidence::evidence(request, arguments),
        Command::Clinic { command: ClinicCommand::Init(typed) } => clinic::init(request, typed),
        Command::Clinic { command: ClinicCommand::Show } => clinic::show(request),
        Command::Clinic { command: ClinicCommand::RotateKey } => keys::rotate(request),
        Command::Clinic { command: ClinicCommand::RequireSecondFactor { duty } } => {
            clinic::require_second_factor(request, (*duty).into())
        }
        Command::Clinic { command: ClinicCommand::ChangeSecret(typed) } => keys::change_secret(request, typed),
        Command::Verify(typed) => verify::verify(request, typed),
        Command::Replay => replay::replay(request),
        Command::Impact(typed) => impact::impact(request, typed.today.today),
        Command::AccessLog(typed) => access_log::access_log(request, typed),
        Command::SignIn { user } => sign_in::sign_in(request, user.as_str()),
        Command::SignOut => sign_in::sign_out(request),
        Command::BreakGlass { patient, reason } => sign_in::break_glass(request, &patient.patient, reason),
        Command::User { command } => user::user(request, command),
        Command::Chart { command } => chart::chart(request, command),
        Command::Worklist(typed) => lists::worklist(request, typed),
        Command::Recall { lot } => lists::recall(request, lot),
        Command::Link { command } => lists::link(request, command),
        Command::Backup { file } => ways::backup(request, file),
        Command::Restore { file } => ways::restore(request, file),
        Command::Export { dir } => ways::export(request, dir),
        Command::Import(typed) => import::import(request, typed),
        Command::Serve(typed) => serve::serve(request, typed),
        Command::Demo(typed) => demo::demo(request, typed),
        Command::DemoData(typed) => demo::demo_data(request, typed),
    }
}

#[cfg(feature = "measure")]
fn measure(request: &Request, command: &MeasureCommand) -> Result<Answer, Failure> {
    match command {
        MeasureCommand::Surface(typed) => measure::surface(request, typed),
        MeasureCommand::Scan(typed) => measure::scan(request, typed),
        MeasureCommand::Photo(typed) => measure::photo(request, typed),
        MeasureCommand::Repeatability(typed) => measure::repeatability(request, typed),
    }
}

#[cfg(not(feature = "measure"))]
fn measure(_request: &Request, _command: &MeasureCommand) -> Result<Answer, Failure> {
    Err(Failure::new(Exit::NotBuilt, "this program was built without measuring")
        .hint("build it with `cargo build --release --features measure`"))
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
