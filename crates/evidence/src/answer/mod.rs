//! Does it help? The pooled improvement, who judged it, where it differs, what it costs, and what cannot be said.

mod alternatives;
mod limits;
mod pooled;
mod safety;
mod selection;
mod untreated;

pub use alternatives::{Compared, HeadToHead, Published};
pub use limits::CannotSay;
pub use pooled::{ForestRow, Group, GroupBy, SessionSlope, SmallStudies, Subgroups, Variation};
pub use safety::{AdverseEvent, AdverseRate, ArmEvents};
pub use selection::{LeftOut, SELECTION_RULE};
pub use untreated::{BlindedReport, Drift, NetEffect, UntreatedComparison};

use serde::Serialize;

use crate::{Error, comparisons::Comparison, roles::RoleRow, trials::Arm};

/// Everything the published evidence says about microneedling alone for atrophic acne scars.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// Mean improvement, percent of baseline severity: REML, Hartung-Knapp, prediction interval (k - 1).
    pub pooled: Group,
    /// How rows were chosen.
    pub selection_rule: &'static str,
    /// One row per pooled arm, in the order to draw them.
    pub forest: Vec<ForestRow>,
    /// The same question asked in other defensible ways.
    pub variations: Vec<Variation>,
    /// Range of the pooled effect when each arm is left out in turn, percent.
    pub leave_one_out_range_pct: Option<[f64; 2]>,
    /// Do small studies say something else?
    pub small_studies: Option<SmallStudies>,
    /// By blinding, scar type, sessions, device, design, and whether the spread was imputed.
    pub subgroups: Vec<Subgroups>,
    /// Slope of the improvement on the number of sessions, across studies.
    pub session_slope: Option<SessionSlope>,
    /// The treated against an untreated side, judged blind.
    pub untreated: UntreatedComparison,
    /// Every report with a blinded rater, pooled or not.
    pub blinded_reports: Vec<BlindedReport>,
    /// Adverse-event rates of needling alone.
    pub adverse_events: Vec<AdverseRate>,
    /// Other treatments in published reviews.
    pub published: Vec<Published>,
    /// Other treatments in the same trial as needling.
    pub head_to_head: Vec<HeadToHead>,
    /// Every needling arm that is not in the pooled effect, with the reason.
    pub left_out: Vec<LeftOut>,
    /// What the evidence cannot say.
    pub cannot_say: Vec<CannotSay>,
}

/// Answer the question from the tables.
///
/// # Errors
/// No arm can be pooled, or an arm's numbers are unusable.
///
/// ```
/// use resurface_evidence::{answer::answer, comparisons, roles, trials};
///
/// let arms = trials::parse(include_str!("../../../../knowledge/trials.csv"))?;
/// let roles = roles::parse(include_str!("../../../../knowledge/trial_roles.csv"))?;
/// let reviews = comparisons::parse(include_str!("../../../../knowledge/comparisons.csv"))?;
/// let answer = answer(&arms, &roles, &reviews)?;
/// assert_eq!(answer.pooled.k, answer.forest.len());
/// # Ok::<(), resurface_evidence::Error>(())
/// ```
pub fn answer(arms: &[Arm], roles: &[RoleRow], comparisons: &[Comparison]) -> Result<Answer, Error> {
    let selected = selection::select(arms, roles);
    let effects = pooled::effects(&selected);
    let pooled = pooled::group("all arms", &selected)?;
    let untreated = untreated::compare(arms, roles);
    let blinded_reports = untreated::blinded_reports(arms, &selected);
    let left_out = selection::left_out(arms, roles, &selected);
    let subgroups = pooled::subgroups(arms, roles, &selected)?;
    let cannot_say = limits::cannot_say(arms, &selected, &untreated, &subgroups);
    Ok(Answer {
        selection_rule: SELECTION_RULE,
        forest: pooled::forest(&selected)?,
        variations: pooled::variations(arms, roles, &selected)?,
        leave_one_out_range_pct: pooled::leave_one_out_range(&effects)?,
        small_studies: pooled::small_studies(&effects)?,
        subgroups,
        session_slope: pooled::session_slope(&selected)?,
        untreated,
        blinded_reports,
        adverse_events: safety::rates(arms, roles)?,
        published: alternatives::published(comparisons),
        head_to_head: alternatives::head_to_head(arms, roles),
        left_out,
        cannot_say,
        pooled,
    })
}
