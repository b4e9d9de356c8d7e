//! Is it working? Every outcome against the forecast made before it, what that amounts to, and whether to go on.
//!
//! Failure is never called before the day on which a verdict may be given; until then a slow start is "too early to say".

use jiff::ToSpan;
use jiff::civil::Date;
use resurface_forecast::{self as forecast, BasePoints, Clinic, Effort, Further, LookAhead, Population, Posterior};
use resurface_knowledge::Knowledge;
use serde::{Deserialize, Serialize};

use crate::consultation::{Consultation, OutcomeScale};
use crate::course::chance_words;
use crate::error::CareError;
use crate::grading::Grading;
use crate::prior::{ForecastInputs, ObservationUsed, ReadAs, days_between};
use crate::screening::Decision;
use crate::sentence::Sentence;

/// Outcomes against forecast, and what follows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Review {
    /// Every outcome that the forecast uses, against the forecast made before it.
    pub comparisons: Vec<Comparison>,
    /// What they amount to.
    pub verdict: Verdict,
    /// First day on which failure may be called.
    pub verdict_not_before: Option<Date>,
    /// What to do.
    pub advice: Advice,
    /// Chances behind it.
    pub chances: Chances,
    /// Why, each with its sources.
    pub reasons: Vec<Reason>,
}

/// One outcome against the forecasts made before it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The outcome.
    pub outcome: ObservationUsed,
    /// Median of the forecast that had learned from every earlier outcome; in the outcome's own unit, for a quartile in percent
    /// of improvement.
    pub expected: f64,
    /// Share of that forecast that is no better than the outcome, 0 to 1: small is a poor outcome.
    pub percentile_learned: f64,
    /// Share of the forecast made before treatment that is no better than the outcome; nothing for a baseline.
    pub percentile_before_treatment: Option<f64>,
    /// How many outcomes the learned forecast had learned from.
    pub learned_from: usize,
}

/// What the outcomes amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// No outcome after a session, or a slow start before the day of the verdict.
    TooEarlyToSay,
    /// Within the four fifths that were forecast.
    OnCourse,
    /// Better than nine tenths of the forecast.
    BetterThanExpected,
    /// Worse than nine tenths of the forecast.
    Slower,
    /// No change of grade after enough sessions, or little chance of a quarter with every session that is allowed.
    NotResponding,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// Go on with the next session, when screening and the treatment-day gate permit.
    Continue,
    /// Look again on the day of the verdict before deciding.
    WaitForVerdict,
    /// Stop: the goal is reached, or another session adds too little.
    Stop,
    /// Stop and offer another treatment.
    Switch,
}

/// Chances behind the advice, 0 to 1, twelve weeks after the last session.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Chances {
    /// Of the goal, stopping now.
    pub goal_stopping_now: f64,
    /// Of the goal, with every session that is allowed.
    pub goal_with_all_sessions: f64,
    /// Of at least a quarter, with every session that is allowed.
    pub quarter_with_all_sessions: f64,
    /// Further sessions that are allowed.
    pub further_sessions_max: usize,
    /// What the next session is expected to add, in points.
    pub gain_of_next_session_points: f64,
    /// What the best of the next three sessions are expected to add, less what they cost, in points.
    pub look_ahead_net_points: f64,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// In words.
    pub text: Sentence,
    /// Ids in `sources.toml`, or of the setting it rests on.
    pub sources: Vec<String>,
}

/// What a review is made from.
pub(crate) struct Given<'a> {
    pub(crate) consultation: &'a Consultation,
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) grading: &'a Grading,
    pub(crate) population: &'a Population,
    pub(crate) points: &'a BasePoints,
    pub(crate) inputs: &'a ForecastInputs,
    pub(crate) posterior: &'a Posterior,
    pub(crate) further_one: Further,
    pub(crate) further_sessions_max: usize,
    pub(crate) goal: f64,
    pub(crate) decision: Decision,
}

/// Reviews a course that has begun.
pub(crate) fn review(given: &Given<'_>) -> Result<Review, CareError> {
    let comparisons = comparisons(given)?;
    let chances = chances(given)?;
    let settings = &given.knowledge.settings;
    let last_session = given.consultation.sessions.iter().map(|session| session.date).max();
    let verdict_not_before = last_session.map(|last| last.saturating_add(i64::from(settings.verdict_days.whole()).days()));
    let plateau = plateau(given);
    let verdict = verdict(given, &comparisons, &chances, plateau);
    let advice = advice(given, verdict, &chances, verdict_possible(given));
    let mut reasons = reasons(given, verdict, advice, &chances, plateau, verdict_not_before);
    if let Some(latest) = latest(&comparisons) {
        reasons.insert(0, latest);
    }
    Ok(Review { comparisons, verdict, verdict_not_before, advice, chances, reasons })
}

/// The latest outcome after a session against the forecast made before treatment, as a reason.
fn latest(comparisons: &[Comparison]) -> Option<Reason> {
    let (seen, share) = comparisons.iter().rev().find_map(|seen| Some((seen, seen.percentile_before_treatment?)))?;
    let text = Sentence::new(
        "said-latest-outcome",
        format!(
            "the latest outcome, of {}, is at or above {} of what was forecast before treatment",
            seen.outcome.date,
            chance_words(share)
        ),
    )
    .day("date", seen.outcome.date)
    .chance("share", share);
    Some(Reason { text, sources: Vec::new() })
}

/// Whether some outcome that counts was measured on or after the day of the verdict.
fn verdict_possible(given: &Given<'_>) -> bool {
    let Some(last) = given.consultation.sessions.iter().map(|session| session.date).max() else { return false };
    let wait = given.knowledge.settings.verdict_days.whole();
    let late_enough = |date: Date| u32::try_from(days_between(last, date)).is_ok_and(|days| days >= wait);
    given.inputs.used.iter().any(|used| late_enough(used.date))
        || given.consultation.outcomes.iter().any(|outcome| late_enough(outcome.date))
}

fn comparisons(given: &Given<'_>) -> Result<Vec<Comparison>, CareError> {
    let patient = &given.inputs.patient;
    let learned = forecast::outcomes_against_forecast(given.population, patient, Clinic::New, given.points)?;
    let mut before_treatment = patient.clone();
    before_treatment.observations.retain(|seen| patient.sessions.first().is_none_or(|first| seen.week <= first.week));
    let untouched = forecast::update(given.population, &before_treatment, Clinic::New, given.points, Effort::Visit)?;
    given
        .inputs
        .used
        .iter()
        .zip(learned)
        .map(|(used, against)| {
            let in_percent = matches!(used.scale, OutcomeScale::ImprovementPercent | OutcomeScale::ImprovementQuartile);
            let before = match used.read_as {
                ReadAs::BaselineScore => None,
                _ => Some(no_better(used, percentile(&untouched, patient, against.observation)?)),
            };
            Ok(Comparison {
                outcome: used.clone(),
                expected: if in_percent { 100.0 * against.expected } else { against.expected },
                percentile_learned: no_better(used, against.probability_at_most),
                percentile_before_treatment: before,
                learned_from: against.learned_from,
            })
        })
        .collect()
}

/// Probability of a record at or below one of the patient's outcomes, under another posterior.
fn percentile(posterior: &Posterior, patient: &forecast::Patient, observation: usize) -> Result<f64, CareError> {
    let Some(seen) = patient.observations.get(observation) else { return Ok(0.5) };
    Ok(match seen.outcome {
        forecast::Outcome::Score { scale, value } => posterior.expected_score(scale, seen.week)?.probability_at_most(value),
        forecast::Outcome::Improvement { fraction, rater } => {
            posterior.expected_improvement(rater, seen.week)?.probability_at_most(fraction)
        }
        forecast::Outcome::Quartile { category, rater } => {
            let expected = posterior.expected_improvement(rater, seen.week)?;
            let cuts = forecast::QUARTILE_CUTS;
            let (below, up_to) = match category {
                forecast::Quartile::Poor => (0.0, expected.probability_at_most(cuts[0])),
                forecast::Quartile::Fair => (expected.probability_at_most(cuts[0]), expected.probability_at_most(cuts[1])),
                forecast::Quartile::Good => (expected.probability_at_most(cuts[1]), expected.probability_at_most(cuts[2])),
                forecast::Quartile::Excellent => (expected.probability_at_most(cuts[2]), 1.0),
            };
            0.5 * (below + up_to)
        }
        forecast::Outcome::QualitativeGrade { .. } => 0.5,
    })
}

/// Turns "at or below" into "no better": on a severity score lower is better.
fn no_better(used: &ObservationUsed, at_most: f64) -> f64 {
    match used.read_as {
        ReadAs::BaselineScore | ReadAs::Score => 1.0 - at_most,
        ReadAs::BlindedImprovement | ReadAs::OpenImprovement => at_most,
    }
}

fn chances(given: &Given<'_>) -> Result<Chances, CareError> {
    let after_weeks = forecast::OUTLOOK_WEEKS[0];
    let all = Further { sessions: given.further_sessions_max, ..given.further_one };
    let now = given.posterior.effect_after(&Further { sessions: 0, ..given.further_one }, after_weeks)?;
    let with_all = given.posterior.effect_after(&all, after_weeks)?;
    let with_one = match given.further_sessions_max {
        0 => now.mean,
        _ => given.posterior.effect_after(&given.further_one, after_weeks)?.mean,
    };
    let ahead = given.posterior.look_ahead(
        given.further_sessions_max,
        given.further_one.interval_weeks,
        given.further_one.dose,
        given.knowledge.settings.gain_threshold_points.value,
    )?;
    Ok(Chances {
        goal_stopping_now: now.chance_of_at_least(given.goal).probability,
        goal_with_all_sessions: with_all.chance_of_at_least(given.goal).probability,
        quarter_with_all_sessions: with_all.chance_of_at_least(0.25).probability,
        further_sessions_max: given.further_sessions_max,
        gain_of_next_session_points: 100.0 * (with_one - now.mean),
        look_ahead_net_points: if ahead.verdict == LookAhead::Continue {
            ahead.net_gain_points
        } else {
            ahead.net_gain_points.min(0.0)
        },
    })
}

/// Whether the grade has not changed after enough sessions, looked at on or after the day of the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plateau {
    Seen { before: u8, after: u8, sessions: usize },
    NotSeen,
}

fn plateau(given: &Given<'_>) -> Plateau {
    let settings = &given.knowledge.settings;
    let sessions = given.consultation.sessions.len();
    let (Some(first), Some(last)) = (given.consultation.sessions.first(), given.consultation.sessions.last()) else {
        return Plateau::NotSeen;
    };
    let mut grades: Vec<(Date, u8)> = given
        .consultation
        .outcomes
        .iter()
        .filter(|outcome| outcome.scale == OutcomeScale::GoodmanBaronQualitative)
        .map(|outcome| (outcome.date, outcome.value.round() as u8))
        .collect();
    if let Some(today) = given.grading.goodman_baron_grade.known() {
        grades.push((given.consultation.date, today));
    }
    grades.sort_by_key(|(date, _)| *date);
    let before = grades.iter().filter(|(date, _)| *date <= first.date).map(|(_, grade)| *grade).next_back();
    let wait = i64::from(settings.verdict_days.whole());
    let after =
        grades.iter().filter(|(date, _)| i64::from(days_between(last.date, *date)) >= wait).map(|(_, grade)| *grade).next_back();
    match (before, after) {
        (Some(before), Some(after)) if after >= before && sessions >= settings.plateau_sessions.whole() as usize => {
            Plateau::Seen { before, after, sessions }
        }
        _ => Plateau::NotSeen,
    }
}

fn verdict(given: &Given<'_>, comparisons: &[Comparison], chances: &Chances, plateau: Plateau) -> Verdict {
    let possible = verdict_possible(given);
    let futility = given.knowledge.settings.futility_chance.value;
    let tail = given.knowledge.settings.review_tail_percent.value / 100.0;
    let latest = comparisons.iter().rev().find_map(|comparison| comparison.percentile_before_treatment);
    if possible && (plateau != Plateau::NotSeen || (latest.is_some() && chances.quarter_with_all_sessions < futility)) {
        return Verdict::NotResponding;
    }
    match latest {
        None => Verdict::TooEarlyToSay,
        Some(share) if share > 1.0 - tail => Verdict::BetterThanExpected,
        Some(share) if share >= tail => Verdict::OnCourse,
        Some(_) if possible => Verdict::Slower,
        Some(_) => Verdict::TooEarlyToSay,
    }
}

fn advice(given: &Given<'_>, verdict: Verdict, chances: &Chances, possible: bool) -> Advice {
    let settings = &given.knowledge.settings;
    let futile = chances.goal_with_all_sessions < settings.futility_chance.value;
    if chances.goal_stopping_now >= settings.chance_wanted.value {
        return Advice::Stop;
    }
    if verdict == Verdict::NotResponding || (possible && futile && given.inputs.informs_response()) {
        return Advice::Switch;
    }
    if chances.further_sessions_max == 0 || chances.look_ahead_net_points <= 0.0 {
        return Advice::Stop;
    }
    if futile && given.inputs.informs_response() { Advice::WaitForVerdict } else { Advice::Continue }
}

fn reasons(
    given: &Given<'_>,
    verdict: Verdict,
    advice: Advice,
    chances: &Chances,
    plateau: Plateau,
    not_before: Option<Date>,
) -> Vec<Reason> {
    let settings = &given.knowledge.settings;
    let mut reasons = Vec::new();
    let mut add = |text: Sentence, sources: &[String], setting: &str| {
        let sources = sources.iter().cloned().chain((!setting.is_empty()).then(|| setting.to_owned())).collect();
        reasons.push(Reason { text, sources });
    };
    if let Plateau::Seen { before, after, sessions } = plateau {
        let rule = given.knowledge.protocol.stops.iter().find(|rule| rule.id == "stop_no_change");
        add(
            Sentence::new(
                "said-plateau",
                format!("Goodman-Baron grade {before} before and {after} after {sessions} sessions, looked at late enough"),
            )
            .count("before", before)
            .count("after", after)
            .count("sessions", sessions),
            rule.map_or(&[][..], |rule| &rule.sources),
            "stop_no_change",
        );
    }
    if let (Verdict::TooEarlyToSay, Some(day)) = (verdict, not_before) {
        let (sources, setting) = (&settings.verdict_days.sources, "verdict_days");
        add(
            Sentence::new(
                "said-no-failure-before",
                format!("failure is not called before {day}, {} days after the last session", settings.verdict_days.whole()),
            )
            .day("date", day)
            .count("days", settings.verdict_days.whole()),
            sources,
            setting,
        );
    }
    let all = chances.further_sessions_max;
    add(
        Sentence::new(
            "said-chance-stopping-now",
            format!("chance of the goal {} if treatment stopped now", chance_words(chances.goal_stopping_now)),
        )
        .chance("chance", chances.goal_stopping_now),
        &settings.chance_wanted.sources,
        "chance_wanted",
    );
    add(
        Sentence::new(
            "said-chance-with-all",
            format!(
                "chance of the goal {} with all {all} further sessions that are allowed",
                chance_words(chances.goal_with_all_sessions)
            ),
        )
        .chance("chance", chances.goal_with_all_sessions)
        .count("sessions", all),
        &settings.futility_chance.sources,
        "futility_chance",
    );
    add(
        Sentence::new(
            "said-next-adds",
            format!(
                "the next session is expected to add {:.1} points of improvement; the clinic asks for {}",
                chances.gain_of_next_session_points, settings.gain_threshold_points.value
            ),
        )
        .number("points", chances.gain_of_next_session_points, 1)
        .number("asked", settings.gain_threshold_points.value, 1),
        &settings.gain_threshold_points.sources,
        "gain_threshold_points",
    );
    if advice == Advice::Continue && !given.decision.permits() {
        let english = format!("screening does not permit a session now: {}", given.decision);
        add(Sentence::new("said-screening-does-not-permit", english), &[], "");
    }
    reasons
}
