//! One and two studies, exact rates, and properties of pooling.

use proptest::prelude::*;
use resurface_evidence::{
    Error,
    effect_size::Effect,
    exact::rate,
    meta::{IntervalMethod, NotEstimable, PredictionDf, Settings, pool},
};

fn effect(estimate: f64, variance: f64) -> Effect {
    Effect { estimate, variance }
}

#[test]
fn one_study_keeps_its_own_interval_and_says_what_is_unknown() {
    let pooled = pool(&[effect(45.0, 4.0)], Settings::default()).unwrap();
    assert!((pooled.ci[0] - (45.0 - 1.959_964 * 2.0)).abs() < 1e-5);
    assert_eq!((pooled.tau2, pooled.prediction, pooled.i2_pct), (None, None, None));
    assert!(pooled.not_estimable.contains(&NotEstimable::BetweenStudyVariance));
}

#[test]
fn two_studies_warn_about_their_spread() {
    let pooled = pool(&[effect(40.0, 4.0), effect(50.0, 4.0)], Settings::default()).unwrap();
    assert!(pooled.not_estimable.contains(&NotEstimable::BetweenStudyVarianceReliably));
    // Two studies: one degree of freedom, t = 12.706.
    assert!((pooled.ci[1] - pooled.estimate - 12.706_2 * pooled.se).abs() < 1e-3);
    let fewer = Settings { prediction_df: PredictionDf::StudiesMinusTwo, ..Settings::default() };
    let without = pool(&[effect(40.0, 4.0), effect(50.0, 4.0)], fewer).unwrap();
    assert_eq!(without.prediction, None);
    assert!(without.not_estimable.contains(&NotEstimable::PredictionInterval));
}

#[test]
fn agreeing_studies_do_not_get_a_narrower_interval_by_luck() {
    let close = [effect(40.0, 25.0), effect(40.1, 25.0), effect(39.9, 25.0)];
    let plain = pool(&close, Settings::default()).unwrap();
    let cautious = Settings { interval: IntervalMethod::HartungKnappNotNarrower, ..Settings::default() };
    let guarded = pool(&close, cautious).unwrap();
    assert!(plain.hartung_knapp_factor.unwrap() < 0.1);
    assert!(guarded.se > 10.0 * plain.se);
}

#[test]
fn nothing_to_pool_or_an_impossible_variance_is_refused() {
    assert_eq!(pool(&[], Settings::default()), Err(Error::NoStudies));
    assert!(matches!(pool(&[effect(1.0, 0.0)], Settings::default()), Err(Error::UnusableEffect { study: 1, .. })));
}

#[test]
fn exact_rates_agree_with_scipy() {
    // scipy.stats.beta.ppf 1.x
    for (events, n, exact, jeffreys) in [
        (0, 10, [0.0, 0.308_497_107_8], [0.0, 0.217_196_267_5]),
        (1, 10, [0.002_528_578_5, 0.445_016_117_0], [0.011_011_673_8, 0.381_314_771_1]),
        (2, 30, [0.008_178_134_5, 0.220_735_401_5], [0.014_112_286_6, 0.197_094_320_6]),
    ] {
        let ours = rate(events, n).unwrap();
        for side in 0..2 {
            assert!((ours.exact[side] - exact[side]).abs() < 1e-9, "{ours:?}");
            assert!((ours.jeffreys[side] - jeffreys[side]).abs() < 1e-9, "{ours:?}");
        }
    }
    assert!(rate(3, 2).is_err());
    assert!(rate(0, 0).is_err());
}

fn some_studies() -> impl Strategy<Value = Vec<Effect>> {
    prop::collection::vec((-50.0..50.0_f64, 0.1..20.0_f64).prop_map(|(y, v)| effect(y, v)), 2..9)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn pooling_lies_within_the_studies_and_moves_with_them(studies in some_studies(), shift in -30.0..30.0_f64) {
        let here = pool(&studies, Settings::default()).unwrap();
        let low = studies.iter().map(|e| e.estimate).fold(f64::INFINITY, f64::min);
        let high = studies.iter().map(|e| e.estimate).fold(f64::NEG_INFINITY, f64::max);
        prop_assert!(here.estimate >= low - 1e-9 && here.estimate <= high + 1e-9);
        prop_assert!((here.weights_pct.iter().sum::<f64>() - 100.0).abs() < 1e-9);
        let moved: Vec<Effect> = studies.iter().map(|e| effect(e.estimate + shift, e.variance)).collect();
        let there = pool(&moved, Settings::default()).unwrap();
        prop_assert!((there.estimate - here.estimate - shift).abs() < 1e-6);
        prop_assert!((there.tau2.unwrap() - here.tau2.unwrap()).abs() < 1e-5 * here.tau2.unwrap().max(1.0));
    }

    #[test]
    fn more_patients_never_widen_the_exact_interval_of_no_event(n in 1_u32..400) {
        let (fewer, more) = (rate(0, n).unwrap(), rate(0, n + 1).unwrap());
        prop_assert!(more.exact[1] < fewer.exact[1]);
    }
}
