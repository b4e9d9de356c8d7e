//! The six reference studies (tests/fixtures/studies.json) as model outcomes.

use resurface_evidence::{
    effect_size::BeforeAfter,
    model::{Numbers, Rating, Reading, ScarMix, TrialOutcome},
};
use serde_json::Value;
use statrs::distribution::{ContinuousCDF, StudentsT};

pub(crate) fn reference_studies() -> Vec<TrialOutcome> {
    let file: Value = serde_json::from_str(include_str!("../fixtures/studies.json")).unwrap();
    file["studies"].as_array().unwrap().iter().map(outcome).collect()
}

pub(crate) fn list(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn outcome(study: &Value) -> TrialOutcome {
    let id = study["id"].as_str().unwrap().to_owned();
    let reading = Reading { weight: 1.0, session_weeks: list(&study["sessions"]), assessed_weeks: list(&study["t"]) };
    TrialOutcome {
        id: id.clone(),
        study: id,
        n: study["n"].as_f64().unwrap(),
        rating: if study["open_label"] == 1 { Rating::Open } else { Rating::Blinded },
        readings: vec![reading],
        scars: ScarMix::Mixed,
        numbers: numbers(study),
    }
}

fn numbers(study: &Value) -> Numbers {
    let number = |name: &str| study[name].as_f64().unwrap();
    match study["kind"].as_str().unwrap() {
        "ratio_of_means" => ratio_of_means(study),
        "pct_mean" => Numbers::PercentMean { improvement: list(&study["y"]) },
        "score_change" => {
            let quantile = StudentsT::new(0.0, 1.0, number("n") - 1.0).unwrap().inverse_cdf(0.975);
            let prior = list(&study["s0_prior"]);
            let half_widths = study["ci"].as_array().unwrap().iter().map(|ci| (list(ci)[1] - list(ci)[0]) / 2.0);
            Numbers::ScoreChange {
                change: list(&study["d"]),
                se: half_widths.map(|half| half / quantile).collect(),
                log_baseline_mean: prior[0],
                log_baseline_sd: prior[1],
            }
        }
        "quartile_counts" => Numbers::Categories { cuts: vec![0.25, 0.5, 0.75], counts: list(&study["counts"][0]) },
        other => panic!("unknown kind {other}"),
    }
}

fn ratio_of_means(study: &Value) -> Numbers {
    let number = |name: &str| study[name].as_f64().unwrap();
    let (means, sds) = (list(&study["m1"]), list(&study["sd1"]));
    let effects: Vec<_> = means
        .iter()
        .zip(&sds)
        .map(|(mean_after, sd_after)| {
            BeforeAfter {
                mean_before: number("m0"),
                sd_before: number("sd0"),
                mean_after: *mean_after,
                sd_after: *sd_after,
                n: number("n"),
                correlation: number("r"),
            }
            .percent_improvement()
        })
        .collect();
    Numbers::ScoreRatio {
        improvement: effects.iter().map(|effect| effect.estimate / 100.0).collect(),
        se: effects.iter().map(|effect| effect.variance.sqrt() / 100.0).collect(),
        baseline_mean: number("m0"),
        baseline_sd: number("sd0"),
        followup_sd: sds,
    }
}
