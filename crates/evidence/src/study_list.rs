//! Studies written down by hand: what a fit can be given in place of the trial tables, as JSON.

use serde::Deserialize;
use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::{
    effect_size::BeforeAfter,
    model::{Numbers, Rating, Reading, ScarMix, TrialOutcome},
};

/// Why a list of studies was not read.
#[derive(Debug, thiserror::Error)]
pub enum StudyListError {
    /// Not JSON of this shape.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// Numbers that no study can have.
    #[error("study {study}: {problem}")]
    Impossible {
        /// Its id.
        study: String,
        /// What is wrong.
        problem: &'static str,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum StudyFile {
    Outcomes(Vec<TrialOutcome>),
    Studies { studies: Vec<Study> },
}

/// Times in weeks from the first session; improvements are fractions of the severity before it.
#[derive(Deserialize)]
struct Study {
    id: String,
    n: f64,
    sessions: Vec<f64>,
    open_label: u8,
    t: Vec<f64>,
    #[serde(flatten)]
    report: Report,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Report {
    /// Score before and after with spreads, and the correlation assumed between them.
    RatioOfMeans { m0: f64, sd0: f64, m1: Vec<f64>, sd1: Vec<f64>, r: f64 },
    /// Mean improvement without a spread.
    PctMean { y: Vec<f64> },
    /// Change in points with its 95 % interval, and the prior of the log baseline.
    ScoreChange { d: Vec<f64>, ci: Vec<[f64; 2]>, s0_prior: [f64; 2] },
    /// Patients per quarter of improvement, once.
    QuartileCounts { counts: Vec<Vec<f64>> },
}

/// Reads a list of studies: `{"studies": [...]}` as the reference data of the model are written, or a list of outcomes as
/// this room writes them.
///
/// # Errors
/// Text that is neither, or a study whose numbers cannot be.
///
/// ```
/// let text = r#"{"studies": [{"id": "a", "n": 30, "sessions": [0, 4], "open_label": 1, "t": [16], "kind": "pct_mean", "y": [0.4]}]}"#;
/// assert_eq!(resurface_evidence::study_list::read(text)?.len(), 1);
/// # Ok::<(), resurface_evidence::study_list::StudyListError>(())
/// ```
pub fn read(text: &str) -> Result<Vec<TrialOutcome>, StudyListError> {
    match serde_json::from_str(text)? {
        StudyFile::Outcomes(outcomes) => Ok(outcomes),
        StudyFile::Studies { studies } => studies.into_iter().map(outcome).collect(),
    }
}

fn outcome(study: Study) -> Result<TrialOutcome, StudyListError> {
    let reading = Reading { weight: 1.0, session_weeks: study.sessions, assessed_weeks: study.t };
    Ok(TrialOutcome {
        numbers: numbers(&study.id, study.n, study.report)?,
        study: study.id.clone(),
        id: study.id,
        n: study.n,
        rating: if study.open_label == 1 { Rating::Open } else { Rating::Blinded },
        readings: vec![reading],
        scars: ScarMix::Mixed,
    })
}

fn numbers(study: &str, n: f64, report: Report) -> Result<Numbers, StudyListError> {
    let impossible = |problem| StudyListError::Impossible { study: study.to_owned(), problem };
    Ok(match report {
        Report::PctMean { y } => Numbers::PercentMean { improvement: y },
        Report::RatioOfMeans { m0, sd0, m1, sd1, r } => {
            let effect = |(mean_after, sd_after): (&f64, &f64)| {
                let (mean_after, sd_after) = (*mean_after, *sd_after);
                BeforeAfter { mean_before: m0, sd_before: sd0, mean_after, sd_after, n, correlation: r }.percent_improvement()
            };
            let effects: Vec<_> = m1.iter().zip(&sd1).map(effect).collect();
            Numbers::ScoreRatio {
                improvement: effects.iter().map(|effect| effect.estimate / 100.0).collect(),
                se: effects.iter().map(|effect| effect.variance.sqrt() / 100.0).collect(),
                baseline_mean: m0,
                baseline_sd: sd0,
                followup_sd: sd1,
            }
        }
        Report::ScoreChange { d, ci, s0_prior: [log_baseline_mean, log_baseline_sd] } => {
            let student = StudentsT::new(0.0, 1.0, n - 1.0).map_err(|_| impossible("two patients are needed for an interval"))?;
            let quantile = student.inverse_cdf(0.975);
            let se = ci.iter().map(|[low, high]| (high - low) / 2.0 / quantile).collect();
            Numbers::ScoreChange { change: d, se, log_baseline_mean, log_baseline_sd }
        }
        Report::QuartileCounts { counts } => {
            let counts = counts.into_iter().next().ok_or_else(|| impossible("counts of no patients"))?;
            Numbers::Categories { cuts: vec![0.25, 0.5, 0.75], counts }
        }
    })
}
