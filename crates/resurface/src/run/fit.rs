//! `resurface evidence fit`: fits the population to the trials, or finds out whether the fit can be trusted.
//!
//! Minutes of work: progress goes to stderr, an interruption ends it between two draws, and the file is written whole at
//! the end or not at all.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use resurface_evidence::calibration::{FitData, calibration, held_out};
use resurface_evidence::fit::{Artefact, Settings, fit as sample_population};
use resurface_evidence::model::{StudyEffects, TrialOutcome};
use resurface_evidence::sampling::{SamplerSettings, SamplingError};
use resurface_evidence::validate::{
    Calibration, HeldOut, LeaveOneOut, leave_one_study_out, predict_held_out, simulation_based_calibration,
};
use resurface_evidence::{roles, study_list, trials};
use resurface_knowledge::Files;
use serde::Serialize;

use crate::arguments::{FitArguments, StudyEffectsOption};
use crate::ending::{Answer, Exit, Failure};
use crate::envelope::{self, Origin};
use crate::files;
use crate::pages;
use crate::progress::Progress;
use crate::request::{Form, Request};
use crate::run::evidence::faulty;
use crate::run::source;

/// Chains and draws of each refit of a validation: enough for its quantiles, a fraction of the work of a fit.
const REFIT: SamplerSettings = SamplerSettings { seed: 0, chains: 2, warmup_draws: 500, draws: 1000, target_accept: 0.9 };

#[derive(Serialize)]
struct Validated {
    leave_one_out: LeaveOneOut,
    kept_aside: Vec<HeldOut>,
    calibration: Option<Calibration>,
}

/// Fits the population and writes it, or validates the fit.
pub(super) fn fit(request: &Request, arguments: &FitArguments) -> Result<Answer, Failure> {
    let knowledge = source::knowledge(request)?;
    let (data, kept_aside) = match &arguments.data {
        Some(path) => (data_of(path)?, Vec::new()),
        None => data_of_tables(&knowledge.files)?,
    };
    let origin = Origin::of_knowledge(&knowledge.version);
    let cancelled = interruption()?;
    if arguments.validate {
        validate(request, arguments, (&data, &kept_aside), &origin, &cancelled)
    } else {
        write_population(request, arguments, &data, &origin, &cancelled)
    }
}

/// What is fitted, and what was kept aside to be predicted.
fn data_of_tables(files: &Files) -> Result<(FitData, Vec<TrialOutcome>), Failure> {
    let text = |name: &str| files.text(name).unwrap_or_default();
    let arms = trials::parse(text("trials.csv")).map_err(|error| faulty("trials.csv", &error))?;
    let roles = roles::parse(text("trial_roles.csv")).map_err(|error| faulty("trial_roles.csv", &error))?;
    Ok((calibration(&arms, &roles), held_out(&arms, &roles)))
}

fn data_of(path: &Path) -> Result<FitData, Failure> {
    let text = files::read(path)?;
    let outcomes = study_list::read(&text.text).map_err(|error| {
        Failure::new(Exit::InputFaults, format!("{}: {error}", text.name))
            .hint("a list of trial outcomes is wanted, or {\"studies\": [...]} as in the model's reference data")
    })?;
    Ok(FitData { outcomes, left_out: Vec::new() })
}

fn settings(arguments: &FitArguments) -> Settings {
    let defaults = Settings::default();
    let study_effects = match arguments.study_effects {
        StudyEffectsOption::StudentT4 => StudyEffects::StudentT4,
        StudyEffectsOption::Normal => StudyEffects::Normal,
    };
    Settings { sampler: SamplerSettings { seed: arguments.seed, ..defaults.sampler }, study_effects, ..defaults }
}

fn write_population(
    request: &Request,
    arguments: &FitArguments,
    data: &FitData,
    origin: &Origin,
    cancelled: &AtomicBool,
) -> Result<Answer, Failure> {
    files::check_writable(&arguments.out)?;
    let progress = Progress::new("fit");
    let report = |at: resurface_evidence::sampling::Progress| progress.chain(at.chain, at.done, at.of);
    let artefact = sample_population(data, &settings(arguments), &report, cancelled).map_err(stopped)?;
    progress.end();
    let text = artefact.to_json().map_err(|error| Failure::new(Exit::Failed, error))?;
    files::write(&arguments.out, &text)?;
    let page = match request.form {
        Form::Page => pages::fit::population(&artefact, origin, &envelope::sha256(&text), request.look),
        Form::Json => envelope::write("resurface.fit/1", origin, &summary(&artefact))?,
    };
    let answer = Answer::page(page).remark(format!("population written to {}", arguments.out.display()));
    Ok(match artefact.shortcomings().as_slice() {
        [] => answer,
        short => answer.remark(format!("not to be used as it is: {}", short.join("; "))).ending(Exit::CheckFailed),
    })
}

/// The artefact without its draws, which are in the file.
fn summary(artefact: &Artefact) -> Artefact {
    Artefact { draws: Vec::new(), ..artefact.clone() }
}

fn validate(
    request: &Request,
    arguments: &FitArguments,
    (data, kept_aside): (&FitData, &[TrialOutcome]),
    origin: &Origin,
    cancelled: &AtomicBool,
) -> Result<Answer, Failure> {
    let sampler = SamplerSettings { seed: arguments.seed, ..REFIT };
    let settings = Settings { sampler, ..settings(arguments) };
    let progress = Progress::new("validate");
    let step = |at: resurface_evidence::validate::Step| progress.step(at.done, at.of, &at.about);
    let leave_one_out = leave_one_study_out(&data.outcomes, &settings, &step, cancelled).map_err(stopped)?;
    progress.step(0, 1, "trials kept aside");
    let kept_aside = predict_held_out(&data.outcomes, kept_aside, &settings, cancelled).map_err(stopped)?;
    let calibration = match arguments.replicates {
        0 => None,
        replicates => {
            Some(simulation_based_calibration(&data.outcomes, &settings, replicates, &step, cancelled).map_err(stopped)?)
        }
    };
    progress.end();
    let validated = Validated { leave_one_out, kept_aside, calibration };
    let failing = validated.calibration.as_ref().is_some_and(|calibration| !calibration.failing().is_empty());
    let page = match request.form {
        Form::Page => pages::fit::validation(
            &validated.leave_one_out,
            &validated.kept_aside,
            validated.calibration.as_ref(),
            origin,
            request.look,
        ),
        Form::Json => envelope::write("resurface.fit_validation/1", origin, &validated)?,
    };
    Ok(Answer::page(page).ending(if failing { Exit::CheckFailed } else { Exit::Answered }))
}

/// Set when the user interrupts; looked at between two draws.
fn interruption() -> Result<Arc<AtomicBool>, Failure> {
    let cancelled = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&cancelled);
    ctrlc::set_handler(move || asked.store(true, Ordering::Relaxed))
        .map_err(|error| Failure::new(Exit::Failed, format!("interruptions cannot be noticed: {error}")))?;
    Ok(cancelled)
}

fn stopped(error: SamplingError) -> Failure {
    match error {
        SamplingError::Cancelled => Failure::new(Exit::Interrupted, "interrupted; nothing was written"),
        SamplingError::Model(error) => Failure::new(Exit::InputFaults, error),
        error @ SamplingError::Sampler { .. } => Failure::new(Exit::Failed, error),
    }
}
