//! From trial arms to the outcomes the population is fitted to, with the reason for every arm that stays out.

use serde::Serialize;

use crate::{
    effect_size::BeforeAfter,
    model::{Numbers, Rating, Reading, ScarMix, TrialOutcome, check},
    roles::{Family, Role, RoleRow},
    trials::{Arm, Blinding},
};

/// Correlation of scores before and after within patients. Expert setting: trials do not report it.
pub const BEFORE_AFTER_CORRELATION: f64 = 0.5;
/// Cut points behind poor, fair, good and excellent. Expert setting: quarters of improvement.
pub const QUARTERS: [f64; 3] = [0.25, 0.5, 0.75];
/// Mean and spread of the logarithm of a Goodman-Baron quantitative baseline that was not reported: about 15 points,
/// from 7 to 32. Expert setting.
pub const LOG_BASELINE_POINTS: [f64; 2] = [2.7, 0.4];

const WEEK_DAYS: f64 = 7.0;

/// What the population is fitted to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FitData {
    /// Outcomes.
    pub outcomes: Vec<TrialOutcome>,
    /// Rows that stay out.
    pub left_out: Vec<LeftOut>,
}

/// A row that is not fitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Arm.
    pub arm: String,
    /// Why.
    pub reason: String,
}

/// Turn the calibration rows into outcomes. Held-out, sensitivity, excluded and comparator rows stay out.
#[must_use]
pub fn calibration(arms: &[Arm], roles: &[RoleRow]) -> FitData {
    let mut data = FitData { outcomes: Vec::new(), left_out: Vec::new() };
    for rows in rows_of_one_outcome(roles, Role::Calibration) {
        match outcome(arms, roles, &rows) {
            Ok(outcome) => data.outcomes.push(outcome),
            Err(reason) => data.left_out.push(LeftOut { arm: label(rows[0]), reason }),
        }
    }
    data.left_out.extend(arms_without_a_role(arms, roles));
    data
}

/// The needling outcomes kept aside to check the fit; rows the model cannot predict are not among them.
#[must_use]
pub fn held_out(arms: &[Arm], roles: &[RoleRow]) -> Vec<TrialOutcome> {
    let is_needling = |row: &RoleRow| arms.iter().any(|arm| arm.arm_id == row.arm_id && arm.modality.is_needling_alone());
    rows_of_one_outcome(roles, Role::HeldOut)
        .into_iter()
        .filter(|rows| rows[0].role == Role::HeldOut && is_needling(rows[0]))
        .filter_map(|rows| {
            let first = rows[0];
            let n = f64::from(first.n?);
            let numbers = match first.family? {
                Family::Points => Numbers::ScoreChange {
                    change: rows.iter().map(|row| row.value).collect::<Option<_>>()?,
                    se: rows.iter().map(|row| row.se).collect::<Option<_>>()?,
                    log_baseline_mean: LOG_BASELINE_POINTS[0],
                    log_baseline_sd: LOG_BASELINE_POINTS[1],
                },
                Family::ShareOfResponders => {
                    let responders = (first.value? * n).round();
                    Numbers::Categories { cuts: vec![QUARTERS[1]], counts: vec![n - responders, responders] }
                }
                _ => return None,
            };
            shaped(first, n, readings(&rows).ok()?, numbers)
        })
        .collect()
}

/// Rows of one arm, family and subset: repeated assessments of the same patients. Only rows of `role` are put together.
fn rows_of_one_outcome(roles: &[RoleRow], role: Role) -> Vec<Vec<&RoleRow>> {
    let mut groups: Vec<Vec<&RoleRow>> = Vec::new();
    for row in roles {
        let same = |group: &&mut Vec<&RoleRow>| {
            let first = group[0];
            first.role == row.role
                && first.arm_id == row.arm_id
                && first.family == row.family
                && first.subset == row.subset
                && row.role == role
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    groups
}

fn outcome(arms: &[Arm], roles: &[RoleRow], rows: &[&RoleRow]) -> Result<TrialOutcome, String> {
    let first = rows[0];
    match first.role {
        Role::Calibration => {}
        Role::HeldOut => return Err(format!("held out to check the fit: {}", first.reason)),
        Role::Sensitivity => return Err(format!("sensitivity analysis only: {}", first.reason)),
        Role::Exclude => return Err(format!("excluded: {}", first.reason)),
        Role::Comparator => return Err(format!("another treatment: {}", first.reason)),
    }
    let rows = assessments_to_use(rows);
    let n = first.n.ok_or("number of patients not seen")?;
    let numbers = numbers(arms, roles, &rows)?;
    shaped(first, f64::from(n), readings(&rows)?, numbers).ok_or_else(|| "its parts do not fit together".to_owned())
}

/// The outcome of a row, if its parts fit together.
fn shaped(first: &RoleRow, n: f64, readings: Vec<Reading>, numbers: Numbers) -> Option<TrialOutcome> {
    let outcome = TrialOutcome {
        id: label(first),
        study: first.study_id.clone(),
        n,
        rating: if first.blinding == Blinding::RaterBlinded { Rating::Blinded } else { Rating::Open },
        readings,
        scars: match first.subset.as_str() {
            "rolling" => ScarMix::Rolling,
            "boxcar" => ScarMix::Boxcar,
            "icepick" => ScarMix::IcePick,
            _ => ScarMix::Mixed,
        },
        numbers,
    };
    check(std::slice::from_ref(&outcome)).is_ok().then_some(outcome)
}

/// Grades enter once, at the last assessment: their repeated values add nothing about the scale.
fn assessments_to_use<'a>(rows: &[&'a RoleRow]) -> Vec<&'a RoleRow> {
    if rows[0].family == Some(Family::GradeChange) { rows.last().copied().into_iter().collect() } else { rows.to_vec() }
}

fn numbers(arms: &[Arm], roles: &[RoleRow], rows: &[&RoleRow]) -> Result<Numbers, String> {
    let first = rows[0];
    match first.family {
        Some(Family::PercentOfBaseline) => percent_of_baseline(arms, rows),
        Some(Family::PercentByScarType) => Ok(Numbers::PercentMean { improvement: fractions(rows)? }),
        Some(Family::GradeChange) => grade_change(arms, first),
        Some(Family::OrdinalCounts) => categories(roles, first),
        Some(Family::PercentOfMicrorelief) => {
            Err("an instrument's microrelief needs an offset of its own, so it tells nothing about scar severity".into())
        }
        Some(Family::ShareOfResponders) => {
            Err(format!("a responder is defined in grades, which the model does not map: {}", first.reason))
        }
        Some(Family::Points) => Err("points of a score without its baseline".into()),
        None => Err(format!("no number: {}", first.reason)),
    }
}

/// Score ratio where means and spreads before and after were seen, otherwise the bare percentage.
fn percent_of_baseline(arms: &[Arm], rows: &[&RoleRow]) -> Result<Numbers, String> {
    let pairs: Option<Vec<BeforeAfter>> = rows.iter().map(|row| before_after(arms, row)).collect();
    let Some(pairs) = pairs else {
        return Ok(Numbers::PercentMean { improvement: fractions(rows)? });
    };
    let effects: Vec<_> = pairs.iter().map(BeforeAfter::percent_improvement).collect();
    Ok(Numbers::ScoreRatio {
        improvement: effects.iter().map(|effect| effect.estimate / 100.0).collect(),
        se: effects.iter().map(|effect| effect.variance.sqrt() / 100.0).collect(),
        baseline_mean: pairs[0].mean_before,
        baseline_sd: pairs[0].sd_before,
        followup_sd: pairs.iter().map(|pair| pair.sd_after).collect(),
    })
}

/// The table row behind a percentage: same arm, same improvement.
fn before_after(arms: &[Arm], row: &RoleRow) -> Option<BeforeAfter> {
    let value = row.value?;
    arms.iter()
        .filter(|arm| arm.arm_id == row.arm_id)
        .filter(|arm| arm.score.percent_improvement().is_some_and(|pct| (pct - value).abs() < 0.2))
        .find_map(|arm| scores(arm, row.n?))
}

fn scores(arm: &Arm, n: u32) -> Option<BeforeAfter> {
    Some(BeforeAfter {
        mean_before: arm.score.baseline_mean?,
        sd_before: arm.score.baseline_sd?,
        mean_after: arm.score.followup_mean?,
        sd_after: arm.score.followup_sd?,
        n: f64::from(n),
        correlation: BEFORE_AFTER_CORRELATION,
    })
}

fn fractions(rows: &[&RoleRow]) -> Result<Vec<f64>, String> {
    rows.iter().map(|row| row.value.map(|pct| pct / 100.0).ok_or_else(|| "no value".to_owned())).collect()
}

fn grade_change(arms: &[Arm], row: &RoleRow) -> Result<Numbers, String> {
    let fall = row.value.ok_or("no value")?;
    let graded = arms.iter().find(|arm| {
        arm.arm_id == row.arm_id
            && arm.score.baseline_mean.zip(arm.score.followup_mean).is_some_and(|(a, b)| (a - b - fall).abs() < 0.02)
    });
    let Some(arm) = graded else { return Err("mean grade before treatment not seen".into()) };
    let baseline = arm.score.baseline_mean.ok_or("mean grade before treatment not seen")?;
    let se = row.n.and_then(|n| scores(arm, n)).map(|pair| pair.percent_improvement().variance.sqrt() / 100.0);
    Ok(Numbers::GradeMean { improvement: fall / baseline, se })
}

/// Counts on quarters of improvement. Arms whose mean is already fitted are not counted twice.
fn categories(roles: &[RoleRow], row: &RoleRow) -> Result<Numbers, String> {
    let has_mean = roles.iter().any(|other| {
        other.arm_id == row.arm_id && other.role == Role::Calibration && other.family == Some(Family::PercentOfBaseline)
    });
    if has_mean {
        return Err("the same patients' mean improvement is fitted; their categories would count them twice".into());
    }
    let mut counts = [0.0; 4];
    for part in row.counts.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, count) = part.rsplit_once(' ').ok_or("category counts cannot be read")?;
        let count: f64 = count.parse().map_err(|_| "category counts cannot be read")?;
        counts[quarter(name).ok_or_else(|| format!("where the category \"{name}\" begins and ends is not stated"))?] += count;
    }
    Ok(Numbers::Categories { cuts: QUARTERS.to_vec(), counts: counts.to_vec() })
}

/// Quarter of improvement a category name stands for.
fn quarter(name: &str) -> Option<usize> {
    match name {
        "none" | "<25%" | "poor" => Some(0),
        "25-50%" | "fair" => Some(1),
        "50-75%" | "good" => Some(2),
        ">75%" | "excellent" => Some(3),
        _ => None,
    }
}

/// Every reading of the course; the timing in the table is the only one where it is complete.
fn readings(rows: &[&RoleRow]) -> Result<Vec<Reading>, String> {
    let first = rows[0];
    if first.readings.is_empty() {
        let timing = first.timing;
        let sessions = timing.sessions.ok_or("number of sessions not stated")?;
        let interval_days = timing.interval_days.ok_or("interval between sessions not stated")?;
        let session_weeks = session_weeks(sessions, interval_days);
        let last = last_of(&session_weeks);
        let assessed_weeks = rows
            .iter()
            .map(|row| row.timing.weeks_since_last.map(|weeks| last + weeks).or(row.timing.weeks_from_first))
            .collect::<Option<Vec<f64>>>()
            .ok_or("time of the assessment not stated")?;
        return Ok(vec![Reading { weight: 1.0, session_weeks, assessed_weeks }]);
    }
    let weight = 1.0 / first.readings.len() as f64;
    first
        .readings
        .iter()
        .map(|course| {
            let session_weeks = session_weeks(course.sessions, course.interval_days);
            let last = last_of(&session_weeks);
            let assessed_weeks = rows
                .iter()
                .map(|row| course.weeks_since_last.or(row.timing.weeks_since_last).map(|weeks| last + weeks))
                .collect::<Option<Vec<f64>>>()
                .ok_or("time of the assessment not stated")?;
            Ok(Reading { weight, session_weeks, assessed_weeks })
        })
        .collect()
}

fn session_weeks(sessions: u32, interval_days: f64) -> Vec<f64> {
    (0..sessions).map(|session| f64::from(session) * interval_days / WEEK_DAYS).collect()
}

fn last_of(weeks: &[f64]) -> f64 {
    weeks.last().copied().unwrap_or_default()
}

fn arms_without_a_role(arms: &[Arm], roles: &[RoleRow]) -> Vec<LeftOut> {
    let mut left_out: Vec<LeftOut> = Vec::new();
    for arm in arms.iter().filter(|arm| arm.modality.is_needling_alone()) {
        let known = roles.iter().any(|role| role.arm_id == arm.arm_id);
        if !known && !left_out.iter().any(|other| other.arm == arm.arm_id) {
            left_out.push(LeftOut { arm: arm.arm_id.clone(), reason: "no number the model can use in the part seen".into() });
        }
    }
    left_out
}

fn label(row: &RoleRow) -> String {
    let family = match row.family {
        Some(Family::PercentOfBaseline) => "percent",
        Some(Family::PercentOfMicrorelief) => "microrelief",
        Some(Family::PercentByScarType) => "percent",
        Some(Family::GradeChange) => "grade",
        Some(Family::OrdinalCounts) => "categories",
        Some(Family::ShareOfResponders) => "responders",
        Some(Family::Points) => "points",
        None => return row.arm_id.clone(),
    };
    match row.subset.as_str() {
        "" | "all" => format!("{} {family}", row.arm_id),
        subset => format!("{} {family} {subset}", row.arm_id),
    }
}
