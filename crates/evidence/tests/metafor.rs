//! Pooled effects against metafor 3.8.1 (tests/fixtures/metafor_reference.json).

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use resurface_evidence::effect_size::{
    ArmSummary, BeforeAfter, Effect, Events, log_risk_ratio, mean_difference, standardised_mean_difference,
};
use resurface_evidence::meta::{
    Estimator, IntervalMethod, MissingSide, PredictionDf, Settings, begg, egger_random_effects, egger_weighted, leave_one_out,
    pool, regress, tau2_interval, trim_and_fill,
};
use serde_json::Value;

type Measure = fn(&BeforeAfter) -> Effect;

const DATA_SETS: [&str; 3] = ["bcg_logRR", "normand_SMD", "normand_MD"];

fn reference() -> Value {
    serde_json::from_str(include_str!("fixtures/metafor_reference.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn effects(data: &Value) -> Vec<Effect> {
    numbers(&data["yi"]).into_iter().zip(numbers(&data["vi"])).map(|(estimate, variance)| Effect { estimate, variance }).collect()
}

#[track_caller]
fn close(what: &str, ours: f64, theirs: &Value, tolerance: f64) {
    let theirs = theirs.as_f64().unwrap();
    let scale = theirs.abs().max(1.0);
    assert!((ours - theirs).abs() <= tolerance * scale, "{what}: ours {ours}, metafor {theirs}");
}

#[track_caller]
fn same(what: &str, ours: f64, theirs: &Value) {
    close(what, ours, theirs, 1e-6);
}

fn estimators() -> [(&'static str, Estimator); 9] {
    [
        ("FE", Estimator::FixedEffect),
        ("DL", Estimator::DerSimonianLaird),
        ("REML", Estimator::RestrictedMaximumLikelihood),
        ("ML", Estimator::MaximumLikelihood),
        ("PM", Estimator::PauleMandel),
        ("EB", Estimator::EmpiricalBayes),
        ("SJ", Estimator::SidikJonkman),
        ("HE", Estimator::HedgesOlkin),
        ("HS", Estimator::HunterSchmidt),
    ]
}

fn z(estimator: Estimator) -> Settings {
    Settings { estimator, interval: IntervalMethod::Normal, prediction_df: PredictionDf::Normal }
}

fn knha(estimator: Estimator) -> Settings {
    Settings { estimator, interval: IntervalMethod::HartungKnapp, prediction_df: PredictionDf::StudiesMinusOne }
}

#[test]
fn every_estimator_and_interval_agrees() {
    let reference = reference();
    for data_set in DATA_SETS {
        let data = effects(&reference[data_set]);
        for (name, estimator) in estimators() {
            for (suffix, settings) in [("z", z(estimator)), ("knha", knha(estimator))] {
                let key = format!("{name}_{suffix}");
                let Some(theirs) = reference[data_set].get(&key) else { continue };
                let tolerance = if name == "PM" { 2e-4 } else { 1e-6 };
                let ours = pool(&data, settings).unwrap();
                let label = |what: &str| format!("{data_set} {key} {what}");
                close(&label("b"), ours.estimate, &theirs["b"], tolerance);
                close(&label("se"), ours.se, &theirs["se"], tolerance);
                close(&label("ci low"), ours.ci[0], &theirs["ci"][0], tolerance);
                close(&label("ci high"), ours.ci[1], &theirs["ci"][1], tolerance);
                close(&label("statistic"), ours.statistic, &theirs["stat"], tolerance);
                close(&label("p"), ours.p_value, &theirs["p"], tolerance);
                close(&label("tau2"), ours.tau2.unwrap(), &theirs["tau2"], tolerance);
                close(&label("I2"), ours.i2_pct.unwrap(), &theirs["I2"], tolerance);
                close(&label("H2"), ours.h2.unwrap(), &theirs["H2"], tolerance);
                close(&label("Q"), ours.q, &theirs["Q"], tolerance);
                close(&label("Q p"), ours.q_p_value.unwrap(), &theirs["Qp"], tolerance);
                if theirs["se_tau2"].is_number() {
                    close(&label("se tau2"), ours.tau2_se.unwrap(), &theirs["se_tau2"], tolerance);
                }
                if name == "FE" {
                    assert!(ours.prediction.is_none(), "a fixed effect predicts nothing about the next study");
                } else {
                    let prediction = ours.prediction.unwrap();
                    close(&label("pi low"), prediction[0], &theirs["pi"][0], tolerance);
                    close(&label("pi high"), prediction[1], &theirs["pi"][1], tolerance);
                }
            }
        }
    }
}

#[test]
fn paule_mandel_is_the_empirical_bayes_root() {
    let reference = reference();
    for data_set in DATA_SETS {
        let ours = pool(&effects(&reference[data_set]), z(Estimator::PauleMandel)).unwrap();
        same(data_set, ours.tau2.unwrap(), &reference[data_set]["EB_z"]["tau2"]);
    }
}

#[test]
fn tau2_interval_agrees() {
    let reference = reference();
    for data_set in DATA_SETS {
        let ours = tau2_interval(&effects(&reference[data_set])).unwrap();
        close(data_set, ours[0], &reference[data_set]["tau2_QP_ci_REML"][0], 2e-4);
        close(data_set, ours[1], &reference[data_set]["tau2_QP_ci_REML"][1], 2e-4);
    }
}

#[test]
fn small_study_tests_agree() {
    let reference = reference();
    for data_set in DATA_SETS {
        let theirs = &reference[data_set];
        let data = effects(theirs);
        let egger = egger_random_effects(&data, Estimator::RestrictedMaximumLikelihood).unwrap();
        same(data_set, egger.statistic, &theirs["egger_rma"]["z"]);
        same(data_set, egger.p_value, &theirs["egger_rma"]["p"]);
        let egger = egger_weighted(&data).unwrap();
        same(data_set, egger.statistic, &theirs["egger_lm"]["t"]);
        same(data_set, egger.p_value, &theirs["egger_lm"]["p"]);
        let rank = begg(&data).unwrap();
        same(data_set, rank.tau, &theirs["begg"]["tau"]);
        same(data_set, rank.p_value, &theirs["begg"]["p"]);
        let filled = trim_and_fill(&data, z(Estimator::DerSimonianLaird)).unwrap();
        assert_eq!(filled.filled as u64, theirs["trimfill_DL"]["k0"].as_u64().unwrap(), "{data_set}");
        let side = if filled.side == MissingSide::Right { "right" } else { "left" };
        assert_eq!(side, theirs["trimfill_DL"]["side"], "{data_set}");
        same(data_set, filled.pooled.estimate, &theirs["trimfill_DL"]["b"]);
        same(data_set, filled.pooled.se, &theirs["trimfill_DL"]["se"]);
    }
}

#[test]
fn leaving_each_study_out_agrees() {
    let reference = reference();
    for data_set in DATA_SETS {
        let theirs = &reference[data_set]["loo_REML"];
        let ours = leave_one_out(&effects(&reference[data_set]), z(Estimator::RestrictedMaximumLikelihood)).unwrap();
        for row in ours {
            same(data_set, row.pooled.estimate, &theirs["b"][row.left_out]);
            same(data_set, row.pooled.se, &theirs["se"][row.left_out]);
            same(data_set, row.pooled.tau2.unwrap(), &theirs["tau2"][row.left_out]);
        }
    }
}

#[test]
fn meta_regression_on_latitude_agrees() {
    let reference = reference();
    let theirs = &reference["bcg_metareg_ablat"];
    let data = effects(&reference["bcg_logRR"]);
    let latitude = [numbers(&theirs["ablat"])];
    let plain = regress(&data, &latitude, z(Estimator::RestrictedMaximumLikelihood)).unwrap();
    for i in 0..2 {
        same("coefficient", plain.coefficients[i], &theirs["b"][i]);
        same("se", plain.se[i], &theirs["se"][i]);
    }
    same("tau2", plain.tau2, &theirs["tau2"]);
    same("R2", plain.r2_pct, &theirs["R2"]);
    same("QE", plain.q_residual, &theirs["QE"]);
    same("QM", plain.q_moderators, &theirs["QM"]);
    let rescaled = regress(&data, &latitude, knha(Estimator::RestrictedMaximumLikelihood)).unwrap();
    for i in 0..2 {
        same("HK se", rescaled.se[i], &theirs["knha_se"][i]);
    }
    same("HK QM", rescaled.q_moderators, &theirs["knha_QM"]);
    same("HK QM p", rescaled.q_moderators_p_value, &theirs["knha_QMp"]);
}

#[test]
fn paired_effect_sizes_agree() {
    let reference = reference();
    let theirs = &reference["paired_effect_sizes"];
    let column = |name: &str| numbers(&theirs["input"][name]);
    let trials: Vec<BeforeAfter> = (0..3)
        .map(|i| BeforeAfter {
            mean_before: column("m1i")[i],
            sd_before: column("sd1i")[i],
            mean_after: column("m2i")[i],
            sd_after: column("sd2i")[i],
            n: column("ni")[i],
            correlation: column("ri")[i],
        })
        .collect();
    let measures: [(&str, Measure); 5] = [
        ("MC", BeforeAfter::mean_change),
        ("SMCC", BeforeAfter::standardised_by_change),
        ("SMCR", BeforeAfter::standardised_by_baseline),
        ("SMCRH", BeforeAfter::standardised_by_baseline_unequal_spread),
        ("ROMC", BeforeAfter::log_ratio_of_means),
    ];
    for (name, measure) in measures {
        for (i, trial) in trials.iter().enumerate() {
            same(name, measure(trial).estimate, &theirs[name]["yi"][i]);
            same(name, measure(trial).variance, &theirs[name]["vi"][i]);
        }
    }
    for (key, measure) in [
        ("needling_ROMC_REML_HKSJ", BeforeAfter::log_ratio_of_means as Measure),
        ("needling_SMCR_REML_HKSJ", BeforeAfter::standardised_by_baseline),
    ] {
        let pooled = pool(&trials.iter().map(measure).collect::<Vec<_>>(), Settings::default()).unwrap();
        close(key, pooled.estimate, &reference[key]["b"], 2e-5);
        close(key, pooled.se, &reference[key]["se"], 2e-5);
        close(key, pooled.tau2.unwrap(), &reference[key]["tau2"], 2e-5);
        close(key, pooled.ci[0], &reference[key]["ci"][0], 2e-5);
        close(key, pooled.ci[1], &reference[key]["ci"][1], 2e-5);
        close(key, pooled.prediction.unwrap()[0], &reference[key]["pi"][0], 2e-5);
        close(key, pooled.prediction.unwrap()[1], &reference[key]["pi"][1], 2e-5);
    }
}

#[test]
fn two_arm_effect_sizes_agree() {
    let reference = reference();
    let raw = &reference["normand_SMD"]["raw"];
    let arm = |arm: u8, i: usize| {
        let column = |name: &str| numbers(&raw[format!("{name}{arm}i")])[i];
        ArmSummary { mean: column("m"), sd: column("sd"), n: column("n") }
    };
    for i in 0..9 {
        let smd = standardised_mean_difference(arm(1, i), arm(2, i));
        same("SMD", smd.estimate, &reference["normand_SMD"]["yi"][i]);
        same("SMD v", smd.variance, &reference["normand_SMD"]["vi"][i]);
        let md = mean_difference(arm(1, i), arm(2, i));
        same("MD", md.estimate, &reference["normand_MD"]["yi"][i]);
        same("MD v", md.variance, &reference["normand_MD"]["vi"][i]);
    }
    // The thirteen BCG trials (Colditz 1994): vaccinated with and without tuberculosis, controls with and without.
    let bcg = [
        [4, 119, 11, 128],
        [6, 300, 29, 274],
        [3, 228, 11, 209],
        [62, 13_536, 248, 12_619],
        [33, 5036, 47, 5761],
        [180, 1361, 372, 1079],
        [8, 2537, 10, 619],
        [505, 87_886, 499, 87_892],
        [29, 7470, 45, 7232],
        [17, 1699, 65, 1600],
        [186, 50_448, 141, 27_197],
        [5, 2493, 3, 2338],
        [27, 16_886, 29, 17_825],
    ];
    for (i, [a, b, c, d]) in bcg.into_iter().enumerate() {
        let [a, b, c, d] = [a, b, c, d].map(f64::from);
        let rr = log_risk_ratio(Events { with: a, without: b }, Events { with: c, without: d });
        same("RR", rr.estimate, &reference["bcg_logRR"]["yi"][i]);
        same("RR v", rr.variance, &reference["bcg_logRR"]["vi"][i]);
    }
}
