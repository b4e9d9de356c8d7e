//! What an untreated side did, and what blinded raters saw.

use serde::Serialize;

use super::selection::Selected;
use crate::{
    roles::{Family, RoleRow},
    trials::{Arm, Blinding, Modality},
};

/// Needling against an untreated side of the same faces.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UntreatedComparison {
    /// How much untreated skin changed.
    pub drift: Vec<Drift>,
    /// Treated minus untreated.
    pub net: Vec<NetEffect>,
    /// What was assumed.
    pub assumption: &'static str,
}

/// The change of an untreated arm.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drift {
    /// Study.
    pub study_id: String,
    /// Scale.
    pub scale: String,
    /// Patients.
    pub n: Option<u32>,
    /// Mean change, points of the scale, positive for improvement.
    pub change: f64,
    /// Its 95 % interval, where reported.
    pub ci: Option<[f64; 2]>,
    /// Remarks, with the time.
    pub note: String,
}

/// Treated minus untreated change in points of the scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NetEffect {
    /// Study.
    pub study_id: String,
    /// Weeks after the first session.
    pub weeks_from_first: Option<f64>,
    /// Patients.
    pub n: Option<u32>,
    /// Treated change, points.
    pub treated: f64,
    /// Untreated change, points.
    pub untreated: f64,
    /// Difference, points.
    pub difference: f64,
    /// 95 % interval of the difference.
    pub ci: [f64; 2],
}

/// A needling report whose rater was blinded.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BlindedReport {
    /// Arm.
    pub arm_id: String,
    /// DOI or PubMed number, or where it was read.
    pub source: String,
    /// Patients.
    pub n: Option<u32>,
    /// Scale.
    pub scale: String,
    /// What it found, as far as it was seen.
    pub found: String,
    /// Is it in the pooled percentage?
    pub pooled: Pooling,
}

/// Whether a report is part of the pooled percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pooling {
    /// It is.
    Pooled,
    /// It is not: the reason stands under what was left out.
    NotPooled,
}

pub(super) fn compare(arms: &[Arm], roles: &[RoleRow]) -> UntreatedComparison {
    let is_untreated = |row: &RoleRow| arms.iter().any(|arm| arm.arm_id == row.arm_id && arm.modality == Modality::Untreated);
    let points: Vec<&RoleRow> = roles.iter().filter(|row| row.family == Some(Family::Points)).collect();
    let mut net = Vec::new();
    for treated in points.iter().filter(|row| !is_untreated(row)) {
        let same_visit = |row: &&&RoleRow| {
            row.study_id == treated.study_id
                && row.timing.weeks_from_first == treated.timing.weeks_from_first
                && is_untreated(row)
        };
        if let Some(untreated) = points.iter().find(same_visit) {
            net.extend(net_effect(treated, untreated));
        }
    }
    UntreatedComparison {
        drift: arms.iter().filter(|arm| arm.modality == Modality::Untreated).filter_map(drift).collect(),
        net,
        assumption: "The two sides of a face are treated as independent (no correlation reported), \
                     which makes the interval of the difference too wide if they move together.",
    }
}

pub(super) fn blinded_reports(arms: &[Arm], selected: &[Selected<'_>]) -> Vec<BlindedReport> {
    arms.iter()
        .filter(|arm| arm.modality.is_needling_alone() && arm.blinding == Blinding::RaterBlinded)
        .map(|arm| BlindedReport {
            arm_id: arm.arm_id.clone(),
            source: if arm.source.is_empty() { arm.url.clone() } else { arm.source.clone() },
            n: arm.n(),
            scale: arm.scale.clone(),
            found: found(arm),
            pooled: if selected.iter().any(|row| row.arm.line == arm.line) { Pooling::Pooled } else { Pooling::NotPooled },
        })
        .collect()
}

fn net_effect(treated: &RoleRow, untreated: &RoleRow) -> Option<NetEffect> {
    let difference = treated.value? - untreated.value?;
    let half = 1.959_964 * treated.se?.hypot(untreated.se?);
    Some(NetEffect {
        study_id: treated.study_id.clone(),
        weeks_from_first: treated.timing.weeks_from_first,
        n: treated.n,
        treated: treated.value?,
        untreated: untreated.value?,
        difference,
        ci: [difference - half, difference + half],
    })
}

fn drift(arm: &Arm) -> Option<Drift> {
    let score = &arm.score;
    let change = score.change_mean.or_else(|| Some(score.baseline_mean? - score.followup_mean?))?;
    Some(Drift {
        study_id: arm.study_id.clone(),
        scale: arm.scale.clone(),
        n: arm.n(),
        change,
        ci: score.change_ci,
        note: arm.notes.clone(),
    })
}

fn found(arm: &Arm) -> String {
    let mut parts = Vec::new();
    if let Some(change) = arm.score.change_mean {
        parts.push(format!("change {change} points"));
    }
    if let Some([low, high]) = arm.score.change_ci {
        parts.push(format!("95 % interval {low} to {high}"));
    }
    if let Some(pct) = arm.score.percent_improvement() {
        parts.push(format!("improvement {pct:.1} %"));
    }
    parts.extend([&arm.category_counts, &arm.notes].into_iter().filter(|text| !text.is_empty()).cloned());
    if parts.is_empty() { "no number in the part seen".into() } else { parts.join("; ") }
}
