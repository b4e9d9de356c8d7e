//! Needling against other treatments: published reviews, and arms of the same trial.

use serde::Serialize;

use crate::{
    comparisons::{Alternative, Comparison},
    roles::{Role, RoleRow},
    trials::{Arm, Counted},
};

/// What published reviews say about one alternative.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Published {
    /// Alternative.
    pub about: Alternative,
    /// Results.
    pub results: Vec<Comparison>,
}

/// Needling and another treatment in the same trial, on the same scale at the same time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadToHead {
    /// Study.
    pub study_id: String,
    /// DOI or PubMed number, or where it was read.
    pub source: String,
    /// Design, in the words of the report.
    pub design: String,
    /// Needling alone.
    pub needling: Compared,
    /// The other arm.
    pub other: Compared,
    /// Scale.
    pub scale: String,
    /// Part of the scars compared; empty for all.
    pub outcome_subset: String,
    /// p-value and what it compares, as reported.
    pub p_value: String,
}

/// One side of a head-to-head comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// Arm.
    pub arm_id: String,
    /// Treatment code.
    pub treatment: String,
    /// Patients.
    pub n: Option<u32>,
    /// Mean improvement, percent.
    pub pct: Option<f64>,
    /// Responders.
    pub response: Option<Counted>,
}

pub(super) fn published(comparisons: &[Comparison]) -> Vec<Published> {
    let mut abouts: Vec<Alternative> = comparisons.iter().map(|row| row.about).collect();
    abouts.sort_unstable();
    abouts.dedup();
    abouts
        .into_iter()
        .map(|about| Published { about, results: comparisons.iter().filter(|row| row.about == about).cloned().collect() })
        .collect()
}

/// Pairs of arms of one trial. Trials whose needling arm is excluded stay out.
pub(super) fn head_to_head(arms: &[Arm], roles: &[RoleRow]) -> Vec<HeadToHead> {
    let excluded = |arm: &Arm| roles.iter().any(|role| role.role == Role::Exclude && role.arm_id == arm.arm_id);
    let mut pairs = Vec::new();
    for needling in arms.iter().filter(|arm| arm.modality.is_needling_alone() && !excluded(arm)) {
        for other in arms.iter().filter(|arm| arm.study_id == needling.study_id) {
            if is_comparable(needling, other) {
                pairs.push(pair(needling, other));
            }
        }
    }
    pairs
}

fn is_comparable(needling: &Arm, other: &Arm) -> bool {
    let same_measure = other.scale == needling.scale
        && other.outcome_subset == needling.outcome_subset
        && other.timing.weeks_since_last == needling.timing.weeks_since_last;
    let both_percent = needling.score.percent_improvement().is_some() && other.score.percent_improvement().is_some();
    let both_responders = needling.response.is_some() && other.response.is_some();
    same_measure && !other.modality.is_needling_alone() && (both_percent || both_responders)
}

fn pair(needling: &Arm, other: &Arm) -> HeadToHead {
    HeadToHead {
        study_id: needling.study_id.clone(),
        source: if needling.source.is_empty() { needling.url.clone() } else { needling.source.clone() },
        design: needling.design.clone(),
        needling: side(needling),
        other: side(other),
        scale: needling.scale.clone(),
        outcome_subset: needling.outcome_subset.clone(),
        p_value: format!("{} {}", needling.p_value, needling.p_value_meaning).trim().to_owned(),
    }
}

fn side(arm: &Arm) -> Compared {
    Compared {
        arm_id: arm.arm_id.clone(),
        treatment: arm.modality.name().to_owned(),
        n: arm.n(),
        pct: arm.score.percent_improvement(),
        response: arm.response,
    }
}
