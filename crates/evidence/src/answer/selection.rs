//! Which rows are pooled, and why every other needling arm is not.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    roles::{Family, Role, RoleRow},
    trials::{Arm, Confidence},
};

/// How rows are chosen, in words.
pub const SELECTION_RULE: &str = "Microneedling alone, quantitative score as percent of baseline, one row per arm: \
     the longest follow-up up to 26 weeks after the last session; a row without a stated follow-up only when the arm \
     has no other.";

const FOLLOW_UP_WEEKS_MAX: f64 = 26.0;

/// A row that is pooled: its numbers and the arm they belong to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Selected<'a> {
    /// Every row of the trial table.
    pub(super) table: &'a [Arm],
    pub(super) role: &'a RoleRow,
    pub(super) arm: &'a Arm,
    pub(super) value_pct: f64,
    pub(super) se_pct: f64,
    pub(super) n: u32,
}

/// A needling arm that is not in the pooled effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Study.
    pub study_id: String,
    /// Arm.
    pub arm_id: String,
    /// Why.
    pub reason: String,
}

/// The rows to pool, in the order of the tables.
pub(super) fn select<'a>(arms: &'a [Arm], roles: &'a [RoleRow]) -> Vec<Selected<'a>> {
    let mut chosen: Vec<Selected<'a>> = Vec::new();
    for candidate in of_family(arms, roles, Role::Calibration, Family::PercentOfBaseline) {
        let weeks = candidate.role.timing.weeks_since_last;
        if weeks.is_some_and(|weeks| weeks > FOLLOW_UP_WEEKS_MAX) {
            continue;
        }
        match chosen.iter_mut().find(|other| other.role.arm_id == candidate.role.arm_id) {
            Some(other) if weeks > other.role.timing.weeks_since_last => *other = candidate,
            Some(_) => {}
            None => chosen.push(candidate),
        }
    }
    chosen
}

/// Usable needling-alone rows of one role and family.
pub(super) fn of_family<'a>(arms: &'a [Arm], roles: &'a [RoleRow], role: Role, family: Family) -> Vec<Selected<'a>> {
    roles
        .iter()
        .filter(|row| row.role == role && row.family == Some(family))
        .filter_map(|row| {
            let arm = arms.iter().find(|arm| arm.study_id == row.study_id && arm.arm_id == row.arm_id)?;
            let selected =
                Selected { table: arms, role: row, arm, value_pct: row.value?, se_pct: row.se?, n: row.n.or(arm.n())? };
            arm.modality.is_needling_alone().then_some(selected)
        })
        .collect()
}

/// One line per needling arm that is not pooled.
pub(super) fn left_out(arms: &[Arm], roles: &[RoleRow], selected: &[Selected<'_>]) -> Vec<LeftOut> {
    let mut by_arm: BTreeMap<&str, &Arm> = BTreeMap::new();
    for arm in arms.iter().filter(|arm| arm.modality.is_needling_alone()) {
        by_arm.entry(&arm.arm_id).or_insert(arm);
    }
    by_arm
        .into_iter()
        .filter(|(arm_id, _)| !selected.iter().any(|row| row.role.arm_id == **arm_id))
        .map(|(arm_id, arm)| LeftOut {
            study_id: arm.study_id.clone(),
            arm_id: arm_id.to_owned(),
            reason: reason(arm, roles.iter().find(|role| role.arm_id == arm_id)),
        })
        .collect()
}

fn reason(arm: &Arm, role: Option<&RoleRow>) -> String {
    let Some(role) = role else {
        return match arm.confidence {
            Confidence::AbstractCutOff => "the abstract seen is cut off before the outcome".into(),
            Confidence::Registry => "a registry record without results".into(),
            _ => "no mean improvement with a usable number in the part seen".into(),
        };
    };
    let kind = match role.role {
        Role::Calibration => not_a_percentage(role.family),
        Role::HeldOut => "kept aside to check the forecast",
        Role::Sensitivity => "sensitivity analysis only",
        Role::Exclude => "excluded",
        Role::Comparator => "comparator",
    };
    format!("{kind}: {}", role.reason)
}

fn not_a_percentage(family: Option<Family>) -> &'static str {
    match family {
        Some(Family::PercentByScarType) => "only by scar type (see the subgroups)",
        Some(Family::PercentOfMicrorelief) => "an instrument's microrelief, not a scar score",
        Some(Family::GradeChange) => "grades on a four-step scale, not a percentage",
        Some(Family::OrdinalCounts) => "patients per category, not a percentage",
        Some(Family::ShareOfResponders) => "share of responders, not a percentage of severity",
        Some(Family::Points) => "points of a score without its baseline",
        Some(Family::PercentOfBaseline) | None => "no follow-up within the rule",
    }
}
