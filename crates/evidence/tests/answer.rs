//! The answer to "does it help?" from the tables in knowledge/.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use resurface_evidence::{
    answer::{AdverseEvent, Answer, GroupBy, answer},
    comparisons, roles, trials,
};

fn from_the_tables() -> Answer {
    let arms = trials::parse(include_str!("../../../knowledge/trials.csv")).unwrap();
    let roles = roles::parse(include_str!("../../../knowledge/trial_roles.csv")).unwrap();
    let comparisons = comparisons::parse(include_str!("../../../knowledge/comparisons.csv")).unwrap();
    answer(&arms, &roles, &comparisons).unwrap()
}

fn close(ours: f64, expected: f64) {
    assert!((ours - expected).abs() < 5e-5, "ours {ours}, expected {expected}");
}

#[test]
fn the_pooled_improvement_is_the_one_computed_independently() {
    // REML and Hartung-Knapp in NumPy on the same ten arms.
    let pooled = from_the_tables().pooled;
    assert_eq!((pooled.k, pooled.n, pooled.imputed_sds), (10, 407, 3));
    close(pooled.estimate_pct.unwrap(), 46.279_48);
    close(pooled.ci_pct.unwrap()[0], 38.702_54);
    close(pooled.ci_pct.unwrap()[1], 53.856_42);
    close(pooled.prediction_pct.unwrap()[0], 22.740_99);
    close(pooled.prediction_pct.unwrap()[1], 69.817_97);
    close(pooled.tau_pct.unwrap(), 9.851_51);
}

#[test]
fn an_arm_with_three_visits_is_counted_once_at_its_last() {
    let answer = from_the_tables();
    let minh: Vec<_> = answer.forest.iter().filter(|row| row.study_id == "Minh2019").collect();
    assert_eq!(minh.len(), 1);
    assert_eq!(minh[0].weeks_since_last, Some(8.7));
}

#[test]
fn every_needling_arm_is_pooled_or_left_out_with_a_reason() {
    let arms = trials::parse(include_str!("../../../knowledge/trials.csv")).unwrap();
    let answer = from_the_tables();
    for arm in arms.iter().filter(|arm| arm.modality.is_needling_alone()) {
        let pooled = answer.forest.iter().filter(|row| row.arm_id == arm.arm_id).count();
        let left_out = answer.left_out.iter().filter(|row| row.arm_id == arm.arm_id).count();
        assert_eq!(pooled + left_out, 1, "{}", arm.arm_id);
    }
    assert!(answer.left_out.iter().all(|row| !row.reason.is_empty()));
}

#[test]
fn no_blinded_percentage_is_claimed() {
    let answer = from_the_tables();
    let blinding = answer.subgroups.iter().find(|groups| groups.by == GroupBy::Blinding).unwrap();
    assert_eq!((blinding.groups[0].k, blinding.groups[0].estimate_pct), (0, None));
    assert_eq!(answer.untreated.net.len(), 2);
    assert!(answer.untreated.net.iter().all(|net| net.ci[0] < 0.0), "the blinded net effect is not shown to be positive");
    assert!(answer.cannot_say.iter().any(|limit| limit.id == "blinding"));
}

#[test]
fn hyperpigmentation_has_its_denominator_and_exact_interval() {
    // scipy.stats.beta: 7 of 222.
    let answer = from_the_tables();
    let pih = answer.adverse_events.iter().find(|rate| rate.event == AdverseEvent::Hyperpigmentation).unwrap();
    let all = pih.all.unwrap();
    assert_eq!((all.events, all.n, pih.arms.len()), (7, 222, 6));
    close(all.exact[0], 0.012_769_47);
    close(all.exact[1], 0.063_885_16);
    assert!(pih.mentioned_only.iter().any(|arm| arm.starts_with("Cachafeiro2016_MN")), "no denominator was seen");
}

#[test]
fn needling_is_set_beside_tca_cross_laser_and_prp_in_the_same_trial() {
    let answer = from_the_tables();
    let other = |study: &str| answer.head_to_head.iter().find(|pair| pair.study_id == study).unwrap();
    assert_eq!(other("Leheta2011").other.pct, Some(75.3));
    assert_eq!(other("Abel_IJORD986").other.treatment, "FCO2");
    assert_eq!(other("Asif2016").other.treatment, "MN+PRP");
    assert!(!answer.head_to_head.iter().any(|pair| pair.study_id == "Ebrahim2022"), "an ambiguous figure is not compared");
}

#[test]
fn the_same_tables_give_the_same_bytes() {
    let bytes = || serde_json::to_string(&from_the_tables()).unwrap();
    assert_eq!(bytes(), bytes());
}
