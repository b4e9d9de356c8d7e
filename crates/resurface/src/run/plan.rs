//! `resurface plan` and `resurface forecast`: screened, graded, forecast, explained.

use std::path::Path;

use resurface_care::consultation::Consultation;
use resurface_care::error::CareError;
use resurface_care::grading::{self, Grading};
use resurface_care::plan::{self, Plan, Trust};
use resurface_care::screening::{self, Screening};
use resurface_figure::{ForecastFigure, judged_error_percent};
use resurface_forecast::{BasePoints, ForecastError, Population};
use resurface_knowledge::Knowledge;
use resurface_words::{Language, Words};
use serde::Serialize;

use crate::arguments::Forecasting;
use crate::ending::{Answer, Exit, Failure};
use crate::envelope::{self, Origin};
use crate::files;
use crate::pages::{self, Extent};
use crate::request::{Form, Request};
use crate::run::source;

/// Seed of the points a forecast is computed with, where none is named.
pub(super) const SEED_DEFAULT: u64 = 1;

#[derive(Serialize)]
struct PlanAnswer<'a> {
    screening: &'a Screening<'a>,
    grading: &'a Grading,
    plan: &'a Plan,
}

#[derive(Serialize)]
struct ForecastAnswer<'a> {
    screening_decision: screening::Decision,
    goal: plan::GoalStated,
    inputs: &'a resurface_care::prior::ForecastInputs,
    extrapolation: &'a [resurface_care::course::Extrapolation],
    forecast: &'a Option<plan::PatientForecast>,
    review: &'a Option<resurface_care::review::Review>,
}

/// Plans for one consultation.
pub(super) fn plan(request: &Request, path: &Path, forecasting: &Forecasting, extent: Extent) -> Result<Answer, Failure> {
    let (knowledge, population) = source::knowledge_and_population(request)?;
    let (consultation, text) = source::consultation(path, &knowledge)?;
    let screening = screening::screen(&consultation, &knowledge);
    let grading = grading::grade(&consultation, &knowledge);
    let basis = Basis { consultation: &consultation, knowledge: &knowledge, population: &population };
    let made = made(&basis, &screening, &grading, &text.text, forecasting)?;
    let (plan, origin) = (&made.plan, &made.origin);
    let page = match request.form {
        Form::Page => {
            let parts = pages::plan::Parts { screening: &screening, grading: &grading, plan, knowledge: &knowledge };
            pages::plan::page(&parts, origin, extent, request.look)
        }
        Form::Json => {
            envelope::write("resurface.plan/1", origin, &PlanAnswer { screening: &screening, grading: &grading, plan })?
        }
    };
    with_figure(Answer::page(page), &consultation, &made, forecasting).map(|answer| answer.ending(trusted(plan)))
}

/// Forecasts for one consultation.
pub(super) fn forecast(request: &Request, path: &Path, forecasting: &Forecasting) -> Result<Answer, Failure> {
    let (knowledge, population) = source::knowledge_and_population(request)?;
    let (consultation, text) = source::consultation(path, &knowledge)?;
    let screening = screening::screen(&consultation, &knowledge);
    let grading = grading::grade(&consultation, &knowledge);
    let basis = Basis { consultation: &consultation, knowledge: &knowledge, population: &population };
    let made = made(&basis, &screening, &grading, &text.text, forecasting)?;
    let (plan, origin) = (&made.plan, &made.origin);
    let page = match request.form {
        Form::Page => pages::forecast::page(plan, origin, request.look),
        Form::Json => {
            let answer = ForecastAnswer {
                screening_decision: plan.decision,
                goal: plan.goal,
                inputs: &plan.inputs,
                extrapolation: &plan.extrapolation,
                forecast: &plan.forecast,
                review: &plan.review,
            };
            envelope::write("resurface.forecast/1", origin, &answer)?
        }
    };
    let exit = if plan.forecast.is_none() { Exit::NotTrusted } else { trusted(plan) };
    with_figure(Answer::page(page), &consultation, &made, forecasting).map(|answer| answer.ending(exit))
}

/// A plan, what it came from, and how far a judged percentage may be off.
struct Made {
    plan: Plan,
    origin: Origin,
    judged_error_percent: f64,
}

/// What a plan is made from, besides what was decided already.
struct Basis<'a> {
    consultation: &'a Consultation,
    knowledge: &'a Knowledge,
    population: &'a Population,
}

fn made(
    basis: &Basis<'_>,
    screening: &Screening<'_>,
    grading: &Grading,
    text: &str,
    forecasting: &Forecasting,
) -> Result<Made, Failure> {
    let Basis { consultation, knowledge, population } = basis;
    let seed = forecasting.seed.unwrap_or(SEED_DEFAULT);
    let plan = plan::plan(consultation, knowledge, screening, grading, population, &BasePoints::new(seed)).map_err(refused)?;
    let origin = Origin::of_knowledge(&knowledge.version).reading(text);
    let origin = Origin {
        model: Some(envelope::sha256(knowledge.files.text(source::POPULATION_FILE).unwrap_or_default())),
        seed: Some(seed),
        ..origin
    };
    Ok(Made { plan, origin, judged_error_percent: judged_error_percent(population) })
}

fn refused(error: CareError) -> Failure {
    match error {
        CareError::Forecast(ForecastError::NoExplanationFound) => Failure::new(Exit::NotTrusted, error),
        error => Failure::new(Exit::InputFaults, error),
    }
    .hint("correct what was recorded; `resurface screen` and `resurface grade` answer without a forecast")
}

fn trusted(plan: &Plan) -> Exit {
    match &plan.forecast {
        Some(forecast) if forecast.computation.trust == Trust::Doubtful => Exit::NotTrusted,
        _ => Exit::Answered,
    }
}

/// Writes the figure where one is asked for.
fn with_figure(answer: Answer, consultation: &Consultation, made: &Made, forecasting: &Forecasting) -> Result<Answer, Failure> {
    let Some(path) = &forecasting.svg else { return Ok(answer) };
    let (words, versions) = (Words::of(Language::English), pages::words::origin(&made.origin));
    let figure = ForecastFigure::of_plan(consultation, &made.plan, made.judged_error_percent, &versions, words);
    let Some(figure) = figure else {
        return Ok(answer.remark("no figure was written: there is no forecast to draw".to_owned()));
    };
    files::write(path, figure.svg("forecast", words))?;
    Ok(answer.remark(format!("figure written to {}", path.display())))
}
