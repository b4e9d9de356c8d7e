//! Pooled improvement, its variations and subgroups, and the rows of the forest plot.

use serde::Serialize;

use super::selection::{Selected, of_family};
use crate::{
    Error,
    effect_size::{BeforeAfter, Effect},
    meta::{
        BeggTest, EggerTest, Estimator, IntervalMethod, NotEstimable, PredictionDf, Settings, TrimAndFill, begg,
        egger_random_effects, leave_one_out, pool, regress, trim_and_fill,
    },
    roles::{Family, Role, RoleRow, SdSource},
    trials::{Arm, Blinding, Modality},
};

/// A pooled improvement of a set of arms, percent of baseline severity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// Which arms.
    pub label: String,
    /// Arms pooled.
    pub k: usize,
    /// Patients in them.
    pub n: u32,
    /// Arms whose spread between patients was imputed.
    pub imputed_sds: usize,
    /// Mean improvement, percent; `None` when no arm can be pooled.
    pub estimate_pct: Option<f64>,
    /// 95 % interval of the mean.
    pub ci_pct: Option<[f64; 2]>,
    /// 95 % interval for the mean of a further study.
    pub prediction_pct: Option<[f64; 2]>,
    /// Spread between studies, percentage points.
    pub tau_pct: Option<f64>,
    /// Share of the variation that is between studies, percent.
    pub i2_pct: Option<f64>,
    /// Hartung-Knapp factor on the standard error.
    pub hartung_knapp_factor: Option<f64>,
    /// Where Hartung-Knapp is narrower than the ordinary interval: the interval with a factor of at least 1.
    pub ci_not_narrower_pct: Option<[f64; 2]>,
    /// What so few arms cannot tell.
    pub not_estimable: Vec<NotEstimable>,
    /// What to know about this group.
    pub note: String,
}

/// One arm of the forest plot.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ForestRow {
    /// Study.
    pub study_id: String,
    /// Arm.
    pub arm_id: String,
    /// Year.
    pub year: Option<u32>,
    /// DOI or PubMed number, or where it was read.
    pub source: String,
    /// Device.
    pub modality: Modality,
    /// Design, in the words of the report.
    pub design: String,
    /// Who judged.
    pub blinding: Blinding,
    /// Patients.
    pub n: u32,
    /// Sessions.
    pub sessions: Option<u32>,
    /// Weeks after the last session.
    pub weeks_since_last: Option<f64>,
    /// Mean improvement, percent.
    pub estimate_pct: f64,
    /// Its 95 % interval.
    pub ci_pct: [f64; 2],
    /// Weight in the pooled effect, percent.
    pub weight_pct: f64,
    /// Where the spread between patients comes from.
    pub sd_source: Option<SdSource>,
}

/// The pooled effect asked in another way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Variation {
    /// What was changed.
    pub label: String,
    /// The result.
    pub group: Group,
}

/// What arms are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupBy {
    /// Whether the rater is stated to be blinded.
    Blinding,
    /// Scar type.
    ScarType,
    /// Number of sessions.
    Sessions,
    /// Device.
    Device,
    /// Split-face side, or the whole face.
    Design,
    /// Whether the spread was imputed.
    Spread,
}

/// Groups of arms and the test that they differ.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Subgroups {
    /// Grouped by.
    pub by: GroupBy,
    /// The groups.
    pub groups: Vec<Group>,
    /// p-value that groups differ (meta-regression, REML, Hartung-Knapp); `None` with too few arms.
    pub difference_p_value: Option<f64>,
}

/// Improvement per further session across studies: an association between studies, not a dose-response.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SessionSlope {
    /// Arms with a known number of sessions.
    pub k: usize,
    /// Percentage points per session.
    pub pct_per_session: f64,
    /// 95 % interval.
    pub ci_pct: [f64; 2],
    /// p-value.
    pub p_value: f64,
}

/// Tests for small-study effects.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SmallStudies {
    /// Egger's test in the random-effects model.
    pub egger: EggerTest,
    /// Begg's rank test.
    pub begg: BeggTest,
    /// Trim and fill.
    pub trim_and_fill: TrimAndFill,
}

pub(super) fn effects(rows: &[Selected<'_>]) -> Vec<Effect> {
    rows.iter().map(|row| Effect { estimate: row.value_pct, variance: row.se_pct * row.se_pct }).collect()
}

/// Pool a set of rows with the primary settings.
pub(super) fn group(label: &str, rows: &[Selected<'_>]) -> Result<Group, Error> {
    group_with(label, rows, &effects(rows), Settings::default(), |pct| pct)
}

fn group_with(
    label: &str,
    rows: &[Selected<'_>],
    effects: &[Effect],
    settings: Settings,
    to_pct: impl Fn(f64) -> f64,
) -> Result<Group, Error> {
    let mut group = empty_group(label, rows);
    if effects.is_empty() {
        return Ok(group);
    }
    let result = pool(effects, settings)?;
    let interval = |[a, b]: [f64; 2]| [to_pct(a), to_pct(b)];
    group.estimate_pct = Some(to_pct(result.estimate));
    group.ci_pct = Some(interval(result.ci));
    group.prediction_pct = result.prediction.map(interval);
    group.tau_pct = result.tau2.map(f64::sqrt);
    group.i2_pct = result.i2_pct;
    group.hartung_knapp_factor = result.hartung_knapp_factor;
    group.not_estimable = result.not_estimable;
    if group.k == 2 {
        group.note = "two arms: the interval is too wide to say anything".into();
    }
    if result.hartung_knapp_factor.is_some_and(|factor| factor < 1.0) {
        let cautious = Settings { interval: IntervalMethod::HartungKnappNotNarrower, ..settings };
        group.ci_not_narrower_pct = Some(interval(pool(effects, cautious)?.ci));
    }
    Ok(group)
}

fn empty_group(label: &str, rows: &[Selected<'_>]) -> Group {
    Group {
        label: label.to_owned(),
        k: rows.len(),
        n: rows.iter().map(|row| row.n).sum(),
        imputed_sds: rows.iter().filter(|row| row.role.sd_is_imputed()).count(),
        estimate_pct: None,
        ci_pct: None,
        prediction_pct: None,
        tau_pct: None,
        i2_pct: None,
        hartung_knapp_factor: None,
        ci_not_narrower_pct: None,
        not_estimable: Vec::new(),
        note: String::new(),
    }
}

pub(super) fn forest(rows: &[Selected<'_>]) -> Result<Vec<ForestRow>, Error> {
    let weights = pool(&effects(rows), Settings::default())?.weights_pct;
    let mut forest: Vec<ForestRow> = rows
        .iter()
        .zip(weights)
        .map(|(row, weight_pct)| ForestRow {
            study_id: row.arm.study_id.clone(),
            arm_id: row.arm.arm_id.clone(),
            year: row.arm.year,
            source: if row.arm.source.is_empty() { row.arm.url.clone() } else { row.arm.source.clone() },
            modality: row.arm.modality.clone(),
            design: row.arm.design.clone(),
            blinding: row.arm.blinding,
            n: row.n,
            sessions: row.role.timing.sessions,
            weeks_since_last: row.role.timing.weeks_since_last,
            estimate_pct: row.value_pct,
            ci_pct: [row.value_pct - 1.959_964 * row.se_pct, row.value_pct + 1.959_964 * row.se_pct],
            weight_pct,
            sd_source: row.role.sd_source,
        })
        .collect();
    forest.sort_by(|a, b| b.estimate_pct.total_cmp(&a.estimate_pct));
    Ok(forest)
}

/// Other defensible ways to ask: interval, estimator, arms, effect size.
pub(super) fn variations(arms: &[Arm], roles: &[RoleRow], rows: &[Selected<'_>]) -> Result<Vec<Variation>, Error> {
    let primary = Settings::default();
    let same = |pct: f64| pct;
    let with = |label: &str, rows: &[Selected<'_>], settings: Settings| -> Result<Variation, Error> {
        Ok(Variation { label: label.to_owned(), group: group_with(label, rows, &effects(rows), settings, same)? })
    };
    let normal = Settings { interval: IntervalMethod::Normal, ..primary };
    let moments = Settings { estimator: Estimator::DerSimonianLaird, ..primary };
    let fewer_df = Settings { prediction_df: PredictionDf::StudiesMinusTwo, ..primary };
    let measured: Vec<Selected<'_>> = rows.iter().copied().filter(|row| !row.role.sd_is_imputed()).collect();
    let mut wider = rows.to_vec();
    wider.extend(of_family(arms, roles, Role::Sensitivity, Family::PercentOfBaseline));
    let mut all = vec![
        with("ordinary (normal) interval", rows, normal)?,
        with("DerSimonian-Laird between-study variance", rows, moments)?,
        with("prediction interval with k - 2 degrees of freedom", rows, fewer_df)?,
        with("only arms whose spread was not imputed", &measured, primary)?,
        with("with the arms kept for sensitivity", &wider, primary)?,
    ];
    for correlation in [0.3, 0.5, 0.8] {
        all.push(ratio_of_means(rows, correlation)?);
    }
    Ok(all)
}

/// The arms with means and spreads before and after, as log ratio of means, shown as percent.
fn ratio_of_means(rows: &[Selected<'_>], correlation: f64) -> Result<Variation, Error> {
    let label = format!("ratio of means, correlation of before and after assumed {correlation}");
    let (usable, effects): (Vec<Selected<'_>>, Vec<Effect>) = rows
        .iter()
        .filter_map(|row| {
            let score = &scored_row(row)?.score;
            let effect = BeforeAfter {
                mean_before: score.baseline_mean?,
                sd_before: score.baseline_sd?,
                mean_after: score.followup_mean?,
                sd_after: score.followup_sd?,
                n: f64::from(row.n),
                correlation,
            }
            .log_ratio_of_means();
            Some((*row, effect))
        })
        .unzip();
    let to_pct = |log: f64| 100.0 * (1.0 - (-log).exp());
    let mut group = group_with(&label, &usable, &effects, Settings::default(), to_pct)?;
    group.tau_pct = None;
    Ok(Variation { label, group })
}

/// The table row whose means give this row's percentage.
fn scored_row<'a>(row: &Selected<'a>) -> Option<&'a Arm> {
    let gives = |arm: &Arm| arm.score.percent_improvement().is_some_and(|pct| (pct - row.value_pct).abs() < 0.2);
    row.table.iter().find(|arm| arm.arm_id == row.arm.arm_id && gives(arm))
}

pub(super) fn leave_one_out_range(effects: &[Effect]) -> Result<Option<[f64; 2]>, Error> {
    if effects.len() < 2 {
        return Ok(None);
    }
    let estimates: Vec<f64> = leave_one_out(effects, Settings::default())?.iter().map(|row| row.pooled.estimate).collect();
    let low = estimates.iter().copied().fold(f64::INFINITY, f64::min);
    let high = estimates.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Ok(Some([low, high]))
}

pub(super) fn small_studies(effects: &[Effect]) -> Result<Option<SmallStudies>, Error> {
    if effects.len() < 3 {
        return Ok(None);
    }
    Ok(Some(SmallStudies {
        egger: egger_random_effects(effects, Estimator::RestrictedMaximumLikelihood)?,
        begg: begg(effects)?,
        trim_and_fill: trim_and_fill(effects, Settings::default())?,
    }))
}

pub(super) fn session_slope(rows: &[Selected<'_>]) -> Result<Option<SessionSlope>, Error> {
    let known: Vec<Selected<'_>> = rows.iter().copied().filter(|row| row.role.timing.sessions.is_some()).collect();
    let sessions: Vec<f64> = known.iter().filter_map(|row| row.role.timing.sessions).map(f64::from).collect();
    if known.len() < 4 {
        return Ok(None);
    }
    let fit = regress(&effects(&known), &[sessions], Settings::default())?;
    Ok(Some(SessionSlope { k: fit.k, pct_per_session: fit.coefficients[1], ci_pct: fit.ci[1], p_value: fit.p_values[1] }))
}

pub(super) fn subgroups(arms: &[Arm], roles: &[RoleRow], rows: &[Selected<'_>]) -> Result<Vec<Subgroups>, Error> {
    Ok(vec![
        by_blinding(rows)?,
        by_scar_type(arms, roles)?,
        by(GroupBy::Sessions, rows, |row| match row.role.timing.sessions {
            Some(0..=3) => "3 sessions or fewer",
            Some(4..=5) => "4 or 5 sessions",
            Some(_) => "6 sessions or more",
            None => "sessions not stated",
        })?,
        by(GroupBy::Device, rows, |row| match row.arm.modality {
            Modality::NeedlingRoller => "roller",
            Modality::NeedlingPen => "pen",
            _ => "device not stated",
        })?,
        by(GroupBy::Design, rows, |row| if row.arm.design.contains("split-face") { "split-face side" } else { "whole face" })?,
        by(GroupBy::Spread, rows, |row| if row.role.sd_is_imputed() { "spread imputed" } else { "spread reported or derived" })?,
    ])
}

fn by(by: GroupBy, rows: &[Selected<'_>], label: fn(&Selected<'_>) -> &'static str) -> Result<Subgroups, Error> {
    let mut labels: Vec<&'static str> = Vec::new();
    for row in rows {
        if !labels.contains(&label(row)) {
            labels.push(label(row));
        }
    }
    labels.sort_unstable();
    let members = |wanted: &str| -> Vec<Selected<'_>> { rows.iter().copied().filter(|row| label(row) == wanted).collect() };
    let groups = labels.iter().map(|label| group(label, &members(label))).collect::<Result<_, _>>()?;
    let indicators: Vec<Vec<f64>> =
        labels.iter().skip(1).map(|wanted| rows.iter().map(|row| f64::from(u8::from(label(row) == *wanted))).collect()).collect();
    let difference_p_value = if labels.len() > 1 && rows.len() > labels.len() + 1 {
        Some(regress(&effects(rows), &indicators, Settings::default())?.q_moderators_p_value)
    } else {
        None
    };
    Ok(Subgroups { by, groups, difference_p_value })
}

/// Blinded and open trials apart; a group without arms is shown as such.
fn by_blinding(rows: &[Selected<'_>]) -> Result<Subgroups, Error> {
    let (blinded, open): (Vec<_>, Vec<_>) = rows.iter().copied().partition(|row| row.arm.blinding == Blinding::RaterBlinded);
    let groups = vec![group("rater stated to be blinded", &blinded)?, group("open, unclear or not stated", &open)?];
    Ok(Subgroups { by: GroupBy::Blinding, groups, difference_p_value: None })
}

fn by_scar_type(arms: &[Arm], roles: &[RoleRow]) -> Result<Subgroups, Error> {
    let pooled = of_family(arms, roles, Role::Calibration, Family::PercentByScarType);
    let mut groups = Vec::new();
    for (subset, name) in [("rolling", "rolling"), ("boxcar", "boxcar"), ("icepick", "ice pick")] {
        let rows: Vec<Selected<'_>> = pooled.iter().copied().filter(|row| row.role.subset == subset).collect();
        let mut group = group(name, &rows)?;
        let notes = [std::mem::take(&mut group.note), unpooled_figures(roles, subset)];
        group.note = notes.into_iter().filter(|note| !note.is_empty()).collect::<Vec<_>>().join("; ");
        groups.push(group);
    }
    Ok(Subgroups { by: GroupBy::ScarType, groups, difference_p_value: None })
}

fn unpooled_figures(roles: &[RoleRow], subset: &str) -> String {
    let figures: Vec<String> = roles
        .iter()
        .filter(|row| row.role == Role::Sensitivity && row.family == Some(Family::PercentByScarType))
        .filter(|row| row.subset == subset)
        .filter_map(|row| Some(format!("{} {} % ({})", row.study_id, row.value?, row.reason)))
        .collect();
    if figures.is_empty() { String::new() } else { format!("not pooled: {}", figures.join("; ")) }
}
