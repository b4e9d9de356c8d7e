//! What must hold for every patient, whatever the numbers.

#![allow(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod cases;

use cases::{draws, patient, scale, scores, sessions, theta};
use proptest::prelude::*;
use resurface_forecast::{
    BasePoints, Clinic, CourseQuestion, Covariates, DeliveredDose, Dose, Effort, Endpoint, ForecastError, Further,
    KnownPopulation, LookAhead, Observation, Outcome, Patient, Population, Posterior, Quartile, Rater, Response, Session, Trust,
    Turnover, effect_at, outcomes_against_forecast, typical_patient, update,
};
use std::sync::OnceLock;

fn known() -> Population {
    Population::known(&theta()).unwrap()
}

fn points() -> &'static BasePoints {
    static POINTS: OnceLock<BasePoints> = OnceLock::new();
    POINTS.get_or_init(|| BasePoints::new(1))
}

fn learn(population: &Population, patient: &Patient) -> Posterior {
    update(population, patient, Clinic::New, points(), Effort::Visit).unwrap()
}

fn fraction(week: f64, fraction: f64) -> Observation {
    Observation { week, outcome: Outcome::Improvement { fraction, rater: Rater::Blinded } }
}

#[test]
fn without_outcomes_the_population_is_believed() {
    let posterior = learn(&known(), &Patient::default());
    let (a, g) = (posterior.ceiling(), posterior.gain());
    // moments of the reference patient with a baseline only
    assert!((a.mean - 0.614_433).abs() < 1e-3 && (a.sd - 0.213_818).abs() < 1e-3, "{a:?}");
    assert!((g.mean - 0.465_334).abs() < 1e-3 && (g.sd - 0.142_801).abs() < 1e-3, "{g:?}");
    assert!(posterior.log_marginal_likelihood().abs() < 1e-12);
    assert_eq!(posterior.diagnostic().trust, Trust::Sound);
}

#[test]
fn the_same_question_gives_the_same_bits() {
    let (population, patient) = (draws(), patient("P1_typical"));
    let answer = || {
        let posterior = learn(&population, &patient);
        let table = posterior.courses(&CourseQuestion::usual(0.4)).unwrap();
        format!("{table:?} {:?}", posterior.log_marginal_likelihood().to_bits())
    };
    assert_eq!(answer(), answer());
}

#[test]
fn the_same_percentage_twice_is_one_with_half_the_variance() {
    let given = sessions(&[0.0, 4.0, 8.0]);
    let twice =
        Patient { sessions: given.clone(), observations: vec![fraction(20.0, 0.35), fraction(20.0, 0.35)], ..Patient::default() };
    let once = Patient { sessions: given, observations: vec![fraction(20.0, 0.35)], ..Patient::default() };
    let sharper = KnownPopulation { sigma_pct: theta().sigma_pct / 2.0_f64.sqrt(), ..theta() };
    let first = learn(&known(), &twice).effect_after(&Further::NONE, 12.0).unwrap();
    let second = learn(&Population::known(&sharper).unwrap(), &once).effect_after(&Further::NONE, 12.0).unwrap();
    assert!((first.mean - second.mean).abs() < 2e-4 && (first.sd - second.sd).abs() < 2e-4);
}

#[test]
fn outcomes_of_one_week_may_come_in_any_order() {
    let mut one = patient("P1_typical");
    one.observations.push(fraction(12.0, 0.2));
    let mut other = one.clone();
    other.observations.swap(3, 4);
    assert_ne!(one, other);
    let effect = |patient: &Patient| learn(&known(), patient).effect_after(&Further::NONE, 12.0).unwrap();
    assert!((effect(&one).mean - effect(&other).mean).abs() < 1e-12);
}

#[test]
fn outcomes_narrow_the_forecast() {
    let population = draws();
    let width = |patient: &Patient| {
        let further = Further::standard(6 - patient.sessions.len(), 4.0);
        learn(&population, patient).effect_after(&further, 12.0).unwrap().sd
    };
    let before = width(&patient("P5_baseline_only"));
    for id in ["P1_typical", "P2_nonresponder", "P4_strong", "P6_rich"] {
        assert!(width(&patient(id)) < 0.8 * before, "{id}");
    }
}

#[test]
fn three_kinds_of_uncertainty_are_nested() {
    let population = draws();
    let width = |posterior: Posterior| {
        let interval = posterior.effect_after(&Further::standard(4, 4.0), 12.0).unwrap().interval(0.8);
        interval.high - interval.low
    };
    let new = |clinic| update(&population, &Patient::default(), clinic, points(), Effort::Visit).unwrap();
    let typical = width(typical_patient(&population, None).unwrap());
    let (same_clinic, new_clinic) = (width(new(Clinic::Typical)), width(new(Clinic::New)));
    assert!(typical < same_clinic && same_clinic < new_clinic, "{typical} {same_clinic} {new_clinic}");
}

#[test]
fn the_population_forecast_agrees_with_the_published_table() {
    // model.md section 5: mean 0.43 and 90 % interval 0.11 to 0.71 after four four-weekly sessions, new clinic
    let posterior = learn(&draws(), &Patient::default());
    let effect = posterior.effect_after(&Further::standard(4, 4.0), 12.0).unwrap();
    let interval = effect.interval(0.9);
    assert!((effect.mean - 0.43).abs() < 0.02, "{}", effect.mean);
    assert!((interval.low - 0.11).abs() < 0.02 && (interval.high - 0.71).abs() < 0.02, "{interval:?}");
}

#[test]
fn the_course_table_agrees_with_single_forecasts() {
    let posterior = learn(&draws(), &patient("P1_typical"));
    let table = posterior.courses(&CourseQuestion::usual(0.4)).unwrap();
    assert_eq!(table.courses.len(), 4 * 8);
    for course in &table.courses {
        let further = Further::standard(course.further_sessions, course.interval_weeks);
        for outlook in course.outlooks {
            let single = posterior.effect_after(&further, outlook.after_weeks).unwrap();
            assert!((outlook.mean - single.mean).abs() < 1e-12 && (outlook.sd - single.sd).abs() < 1e-9);
            assert!((outlook.median - single.median()).abs() < 1e-3);
            assert!((outlook.interval_95.low - single.quantile(0.025)).abs() < 2e-3);
            assert!((outlook.half.probability - single.chance_of_at_least(0.5).probability).abs() < 1e-9);
            assert!((outlook.goal.probability - single.chance_of_at_least(0.4).probability).abs() < 1e-3);
        }
    }
    let gains: Vec<f64> = (1..=8).map(|n| table.course(n, 4.0).unwrap().gain_of_last_session).collect();
    assert!(gains.windows(2).skip(1).all(|pair| pair[1] < pair[0]), "gains diminish: {gains:?}");
}

#[test]
fn the_curve_passes_through_the_forecast() {
    let posterior = learn(&draws(), &patient("P1_typical"));
    let further = Further::standard(3, 4.0);
    let curve = posterior.curve(&further, &[0.0, 4.0, 8.0, 12.0, 20.0, 32.0, 46.0, 72.0], 0.4).unwrap();
    let at = |week: f64| curve.iter().find(|point| point.week == week).unwrap().outlook;
    assert_eq!(at(0.0).mean, 0.0);
    for (week, after) in [(32.0, 12.0), (46.0, 26.0)] {
        assert!((at(week).mean - posterior.effect_after(&further, after).unwrap().mean).abs() < 1e-12);
    }
    assert!(matches!(posterior.curve(&further, &[73.0], 0.4), Err(ForecastError::TooFarAhead { .. })));
    let untouched = learn(&draws(), &Patient::default());
    let first = untouched.curve(&further, &[20.0], 0.4).unwrap();
    assert!((first[0].outlook.mean - untouched.effect_after(&further, 12.0).unwrap().mean).abs() < 1e-12);
}

#[test]
fn scar_type_shifts_the_forecast_in_the_reported_direction() {
    let mean = |ice_pick_share: f64, rolling_share: f64, severity_z: f64| {
        let boxcar_share = 1.0 - ice_pick_share - rolling_share;
        let covariates = Some(Covariates { ice_pick_share, rolling_share, boxcar_share, severity_z });
        let patient = Patient { covariates, ..Patient::default() };
        learn(&draws(), &patient).effect_after(&Further::standard(4, 4.0), 12.0).unwrap().mean
    };
    let third = 1.0 / 3.0;
    let average = learn(&draws(), &Patient::default()).effect_after(&Further::standard(4, 4.0), 12.0).unwrap().mean;
    assert!((mean(third, third, 0.0) - average).abs() < 1e-9);
    assert!(mean(0.9, 0.1, 0.0) < average && mean(0.0, 0.9, 0.0) > average && mean(third, third, 1.5) < average);
}

#[test]
fn a_standard_session_as_recorded_is_a_standard_session() {
    let recorded = |treated_share, depth_um, endpoint| {
        let dose = Dose::Delivered(DeliveredDose { treated_share, endpoint, depth_um, passes: 5.0 });
        let further = Further { sessions: 4, interval_weeks: 4.0, dose };
        learn(&draws(), &Patient::default()).effect_after(&further, 12.0).unwrap().mean
    };
    let bleeding = Endpoint::PinpointBleeding;
    let standard = learn(&draws(), &Patient::default()).effect_after(&Further::standard(4, 4.0), 12.0).unwrap().mean;
    assert!((recorded(1.0, 1500.0, bleeding) - standard).abs() < 1e-9);
    assert!(recorded(0.5, 1500.0, bleeding) < standard && recorded(1.0, 500.0, bleeding) < standard);
    assert!(recorded(1.0, 1500.0, Endpoint::Erythema) < standard);
}

#[test]
fn outcomes_are_compared_with_what_was_expected_before_them() {
    let population = draws();
    let steady = outcomes_against_forecast(&population, &patient("P1_typical"), Clinic::New, points()).unwrap();
    assert_eq!(steady.iter().map(|o| o.learned_from).collect::<Vec<_>>(), vec![0, 1, 2, 3]);
    assert!(steady.iter().all(|o| (0.01..0.99).contains(&o.probability_at_most)), "{steady:?}");
    let mut worse = patient("P1_typical");
    worse.observations.truncate(3);
    worse.observations.extend(scores(&[(12.0, 26.0)]));
    let surprised = outcomes_against_forecast(&population, &worse, Clinic::New, points()).unwrap();
    assert!(surprised[3].probability_at_most > 0.999, "{surprised:?}");
}

#[test]
fn a_strong_responder_goes_on_and_a_non_responder_stops() {
    let population = draws();
    let strong = learn(&population, &patient("P4_strong"));
    let weak = learn(&population, &patient("P2_nonresponder"));
    let longest = Further::standard(5, 4.0);
    assert!(strong.chance_of_goal(0.5, &longest).unwrap().probability > 0.9);
    assert!(weak.chance_of_goal(0.5, &longest).unwrap().probability < 0.1);
    let verdict = |posterior: &Posterior| posterior.look_ahead(5, 4.0, Dose::STANDARD, 5.0).unwrap().verdict;
    assert_eq!(verdict(&strong), LookAhead::Continue);
    assert_eq!(verdict(&weak), LookAhead::Stop);
}

#[test]
fn an_open_label_rating_counts_for_less() {
    let rated = |rater| {
        let outcome = Outcome::Improvement { fraction: 0.5, rater };
        let observations = vec![Observation { week: 20.0, outcome }];
        let patient = Patient { sessions: sessions(&[0.0, 4.0, 8.0]), observations, ..Patient::default() };
        learn(&draws(), &patient).effect_after(&Further::NONE, 12.0).unwrap().mean
    };
    assert!(rated(Rater::OpenLabel) < rated(Rater::Blinded) - 0.05);
}

#[test]
fn outcomes_nobody_could_explain_are_still_answered_or_refused() {
    let given = sessions(&[0.0, 4.0, 8.0, 12.0, 16.0, 20.0]);
    let judged = |week, category| Observation { week, outcome: Outcome::Quartile { category, rater: Rater::Blinded } };
    let contradictions = [
        vec![fraction(4.0, 0.95), fraction(44.0, -0.5)],
        vec![judged(2.0, Quartile::Excellent), judged(40.0, Quartile::Poor)],
        scores(&[(0.0, 4.0), (10.0, 250.0), (30.0, 0.1)]),
        vec![fraction(0.0, 1.0); 20],
    ];
    for observations in contradictions {
        let patient = Patient { scales: vec![scale()], sessions: given.clone(), observations, covariates: None };
        for population in [known(), draws()] {
            let posterior = learn(&population, &patient);
            let effect = posterior.effect_after(&Further::NONE, 12.0).unwrap();
            assert!(effect.mean.is_finite() && (0.0..=1.0).contains(&effect.mean));
            assert!(posterior.log_marginal_likelihood().is_finite());
        }
    }
}

#[test]
fn what_cannot_be_forecast_is_refused_with_the_reason() {
    let refused = |patient: &Patient| update(&known(), patient, Clinic::New, points(), Effort::Visit).unwrap_err();
    let base = patient("P1_typical");
    let with = |change: &dyn Fn(&mut Patient)| {
        let mut changed = base.clone();
        change(&mut changed);
        refused(&changed)
    };
    let graded = with(&|p| p.observations[3].outcome = Outcome::QualitativeGrade { grade: 3 });
    assert_eq!(graded, ForecastError::GradeNotCalibrated { observation: 3 });
    assert!(graded.to_string().contains("record a score"));
    assert!(matches!(with(&|p| p.sessions[1].week = 20.0), ForecastError::NotInOrder { .. }));
    assert!(matches!(with(&|p| p.sessions[1].week = f64::NAN), ForecastError::OutOfRange { .. }));
    assert!(matches!(with(&|p| p.sessions[1].dose = Dose::Relative(1.6)), ForecastError::OutOfRange { .. }));
    assert!(matches!(with(&|p| p.scales.clear()), ForecastError::ScaleNotDescribed { described: 0, .. }));
    assert!(matches!(with(&|p| p.sessions = sessions(&[0.0; 25])), ForecastError::TooMany { limit: 24, .. }));
    assert!(matches!(with(&|p| p.observations = scores(&[(0.0, 9.0); 65])), ForecastError::TooMany { limit: 64, .. }));
    let posterior = learn(&known(), &base);
    let refused = |sessions, interval| posterior.effect_after(&Further::standard(sessions, interval), 12.0).unwrap_err();
    assert_eq!(refused(10, 4.0), ForecastError::CourseTooLong { sessions: 13, limit: 12 });
    assert!(matches!(refused(2, 0.5), ForecastError::OutOfRange { .. }));
    assert!(matches!(refused(2, 13.0), ForecastError::OutOfRange { .. }));
    assert!(matches!(posterior.effect_after(&Further::NONE, 53.0), Err(ForecastError::TooFarAhead { .. })));
}

fn course() -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((1.0..12.0_f64, 0.0..1.5_f64), 1..12).prop_map(|steps| {
        let mut week = 0.0;
        let place = |(gap, dose)| {
            week += gap;
            (week, dose)
        };
        steps.into_iter().map(place).collect()
    })
}

fn response() -> impl Strategy<Value = Response> {
    (0.05..0.98_f64, 0.05..1.5_f64, 0.01..0.6_f64, 0.0..1.0_f64).prop_map(|(ceiling, gain, rate_per_week, refractory)| Response {
        ceiling,
        gain,
        rate_per_week,
        refractory,
        turnover: Turnover::default(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_effect_stays_between_nothing_and_the_ceiling(course in course(), response in response(), week in 0.0..300.0_f64) {
        let effect = effect_at(week, &course, &response);
        prop_assert!((0.0..=response.ceiling).contains(&effect));
    }

    #[test]
    fn one_more_session_at_the_end_never_lowers_the_effect(course in course(), response in response(), week in 0.0..300.0_f64) {
        let fewer = &course[..course.len() - 1];
        prop_assert!(effect_at(week, &course, &response) >= effect_at(week, fewer, &response) - 1e-12);
    }

    #[test]
    fn a_last_session_without_dose_is_no_session(course in course(), response in response(), week in 0.0..300.0_f64) {
        let mut idle = course.clone();
        idle.push((course[course.len() - 1].0 + 4.0, 0.0));
        prop_assert_eq!(effect_at(week, &course, &response), effect_at(week, &idle, &response));
    }

    #[test]
    fn every_record_gets_an_orderly_answer(
        weeks in prop::collection::vec(0.0..60.0_f64, 0..10),
        values in prop::collection::vec((0.0..1.0_f64, 0..3_usize), 10),
        count in 0..9_usize,
        goal in 0.05..0.95_f64,
    ) {
        let mut weeks = weeks;
        weeks.sort_by(f64::total_cmp);
        let observations = weeks.iter().zip(values).map(|(&week, (value, kind))| {
            let outcome = match kind {
                0 => Outcome::Score { scale: 0, value: 30.0 * value },
                1 => Outcome::Improvement { fraction: value, rater: Rater::OpenLabel },
                _ => Outcome::Quartile { category: if value < 0.5 { Quartile::Fair } else { Quartile::Good }, rater: Rater::Blinded },
            };
            Observation { week, outcome }
        });
        let given: Vec<f64> = (0..count).map(|j| 4.0 * j as f64).collect();
        let patient = Patient {
            scales: vec![scale()],
            sessions: sessions(&given),
            observations: observations.collect(),
            covariates: None,
        };
        let posterior = learn(&known(), &patient);
        prop_assert!(posterior.log_marginal_likelihood().is_finite());
        let table = posterior.courses(&CourseQuestion::usual(goal)).unwrap();
        for outlook in table.courses.iter().flat_map(|course| course.outlooks) {
            let ends = [outlook.interval_95.low, outlook.interval_80.low, outlook.interval_50.low, outlook.median,
                outlook.interval_50.high, outlook.interval_80.high, outlook.interval_95.high];
            prop_assert!(ends.windows(2).all(|pair| pair[0] <= pair[1]) && ends[0] >= 0.0 && ends[6] <= 1.0);
            prop_assert!(outlook.quarter.probability >= outlook.half.probability);
            prop_assert!((0.0..=1.0).contains(&outlook.goal.probability));
        }
    }
}

#[test]
fn sessions_may_be_given_on_one_day() {
    let twice = vec![Session { week: 0.0, dose: Dose::STANDARD }; 2];
    let patient = Patient { sessions: twice, observations: vec![fraction(12.0, 0.2)], ..Patient::default() };
    assert!(learn(&known(), &patient).effect_after(&Further::NONE, 12.0).unwrap().mean > 0.0);
}
