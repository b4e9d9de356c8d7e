//! Which answers and measurements would change this plan. Every entry is worked out for this patient, by asking the same
//! questions again with that one answer different.

use resurface_forecast::{self as forecast, Clinic, Effort, Further};
use serde::Serialize;

use super::{Bench, WorkedOut};
use crate::consultation::{Answer, Answered, Consultation, OutcomeScale};
use crate::course::{self, Choice, CourseLimits, GoalReach, chance_words};
use crate::error::CareError;
use crate::facts::{Facts, PIGMENTATION_HISTORY};
use crate::grading::Missing;
use crate::prior::{ForecastInputs, severity_scale};
use crate::screening::Screening;
use crate::sentence::{Part, Sentence};

/// One answer or measurement, and what it would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What would be different.
    pub if_so: Sentence,
    /// What would follow.
    pub then: Sentence,
    /// What of the plan it touches.
    pub touches: ChangedThing,
}

/// What of the plan a change touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangedThing {
    /// Whether anything is proposed at all.
    Permission,
    /// Number of sessions or interval.
    Course,
    /// Depth.
    Depth,
    /// Chance of the goal.
    GoalChance,
    /// How sure the forecast is.
    Precision,
    /// Which treatment comes first.
    Alternatives,
}

/// Everything that would change this plan.
///
/// # Errors
/// [`CareError::Forecast`] as for the plan itself.
pub(crate) fn what_would_change(
    bench: &Bench<'_>,
    screening: &Screening<'_>,
    inputs: &ForecastInputs,
    worked_out: Option<&WorkedOut>,
) -> Result<Vec<Change>, CareError> {
    let mut changes = unanswered(screening);
    if let Some(worked_out) = worked_out {
        changes.extend(goal(bench, worked_out)?);
        changes.extend(chance_wanted(bench, worked_out));
        changes.extend(skin(bench, worked_out));
        changes.extend(scar_types(bench, inputs, worked_out)?);
        changes.extend(measurement(bench, inputs, worked_out)?);
        changes.extend(depths(worked_out));
    }
    if bench.grading.missing.contains(&Missing::Tethered) {
        changes.push(Change {
            if_so: Sentence::new("said-if-tethering-known", "it were known whether the rolling scars are tethered"),
            then: Sentence::new("said-then-subcision", "if they are, subcision comes before needling"),
            touches: ChangedThing::Alternatives,
        });
    }
    Ok(changes)
}

fn percent(share: f64) -> f64 {
    (100.0 * share).round()
}

fn unanswered(screening: &Screening<'_>) -> Vec<Change> {
    let ids: Vec<&str> = screening.unanswered.iter().map(|rule| rule.rule.id.as_str()).collect();
    if ids.is_empty() {
        return Vec::new();
    }
    vec![Change {
        if_so: Sentence::new(
            "said-if-answered",
            format!("{} open safety questions were answered ({})", ids.len(), ids.join(", ")),
        )
        .count("count", ids.len())
        .text("ids", ids.join(", ")),
        then: Sentence::new("said-then-screening", "screening could decide; until then nothing is proposed"),
        touches: ChangedThing::Permission,
    }]
}

/// The largest goal that is within reach, by the course chosen and by the longest one.
fn goal(bench: &Bench<'_>, worked_out: &WorkedOut) -> Result<Option<Change>, CareError> {
    let wanted = bench.knowledge.settings.chance_wanted.value;
    let sessions = worked_out.further_sessions_max();
    let longest = Further { sessions, ..worked_out.further() };
    let reach = worked_out.posterior.effect_after(&longest, forecast::OUTLOOK_WEEKS[0])?.quantile(1.0 - wanted);
    let largest = (100.0 * reach).floor();
    if largest < 1.0 || sessions == 0 {
        return Ok(None);
    }
    let goal = 100.0 * bench.goal();
    let then = match worked_out.choice.goal {
        GoalReach::MayBeOutOfReach { .. } => {
            let english = format!("{} would reach it with a chance of {}", sessions_of(sessions), chance_words(wanted));
            Sentence::new("said-then-would-reach", english).count("sessions", sessions).chance("chance", wanted)
        }
        GoalReach::WithinReach { .. } => {
            let english = format!(
                "the longest course allowed, {}, would still reach it with a chance of {}",
                sessions_of(sessions),
                chance_words(wanted)
            );
            Sentence::new("said-then-still-reach", english).count("sessions", sessions).chance("chance", wanted)
        }
    };
    let if_so = match worked_out.choice.goal {
        GoalReach::MayBeOutOfReach { .. } => {
            Sentence::new("said-if-goal", format!("the goal were {largest} % instead of {goal:.0} %"))
                .number("largest", largest, 0)
                .number("goal", goal, 0)
        }
        GoalReach::WithinReach { .. } => {
            Sentence::new("said-if-goal-larger", format!("the goal were as much as {largest} %")).number("largest", largest, 0)
        }
    };
    Ok(Some(Change { if_so, then, touches: ChangedThing::GoalChance }))
}

/// What another chance of reaching the goal would ask for.
fn chance_wanted(bench: &Bench<'_>, worked_out: &WorkedOut) -> Option<Change> {
    let wanted = bench.knowledge.settings.chance_wanted.value;
    let other = if wanted > 0.5 { 0.5 } else { 0.7 };
    let mut settings = bench.knowledge.settings.clone();
    settings.chance_wanted.value = other;
    let now = worked_out.stopping_now.as_ref().map(|outlooks| &outlooks[0]);
    let choice = course::choose(&worked_out.rows, now, worked_out.choice.interval_weeks, &settings);
    let then = match choice.goal {
        GoalReach::WithinReach { further_sessions } => {
            Sentence::new("said-then-need", format!("the goal would need {}", sessions_of(further_sessions)))
                .count("sessions", further_sessions)
        }
        GoalReach::MayBeOutOfReach { best_chance, .. } => Sentence::new(
            "said-then-out-of-reach",
            format!("the goal would still be out of reach: the best chance is {}", chance_words(best_chance)),
        )
        .chance("chance", best_chance),
    };
    (choice.goal != worked_out.choice.goal || matches!(choice.goal, GoalReach::MayBeOutOfReach { .. })).then(|| Change {
        if_so: Sentence::new(
            "said-if-chance-enough",
            format!("a chance of {} were enough, instead of {}", chance_words(other), chance_words(wanted)),
        )
        .chance("other", other)
        .chance("wanted", wanted),
        then,
        touches: ChangedThing::GoalChance,
    })
}

/// What a skin type, and an answer about darker marks, would do to the interval.
fn skin(bench: &Bench<'_>, worked_out: &WorkedOut) -> Option<Change> {
    let consultation = bench.consultation;
    let type_open = bench.grading.skin_type.for_caution.is_none();
    let marks_open = consultation.findings.get(PIGMENTATION_HISTORY).is_none_or(|found| found.answer == Answer::Unknown);
    if !type_open && !marks_open {
        return None;
    }
    let mut answered: Consultation = consultation.clone();
    let mut said = Vec::new();
    if type_open {
        answered.skin.fitzpatrick = Some(4);
        said.push(Sentence::new("said-if-skin-known", "the skin were known to be type I to IV"));
    }
    if marks_open {
        answered.findings.insert(PIGMENTATION_HISTORY.to_owned(), Answered { answer: Answer::No, ..Answered::default() });
        said.push(Sentence::new("said-if-marks-ruled-out", "darker marks after needling were ruled out"));
    }
    let limits = CourseLimits::of(&Facts::of(&answered, bench.knowledge), &bench.knowledge.settings);
    let interval_weeks = limits.interval_weeks()?;
    let rows: Vec<_> = worked_out
        .rows
        .iter()
        .map(|row| course::CourseRow {
            not_allowed: limits.against(row.further_sessions, row.total_sessions, row.interval_weeks),
            ..row.clone()
        })
        .collect();
    let now = worked_out.stopping_now.as_ref().map(|outlooks| &outlooks[0]);
    let choice = course::choose(&rows, now, interval_weeks, &bench.knowledge.settings);
    differs(&choice, &worked_out.choice).then(|| Change {
        if_so: Sentence::several(said, " and "),
        then: Sentence::new(
            "said-then-course",
            format!(
                "the course would be {} every {interval_weeks} weeks, instead of {} every {} weeks",
                sessions_of(choice.further_sessions),
                worked_out.choice.further_sessions,
                worked_out.choice.interval_weeks
            ),
        )
        .count("sessions", choice.further_sessions)
        .number("weeks", interval_weeks, 0)
        .count("instead", worked_out.choice.further_sessions)
        .number("instead-weeks", worked_out.choice.interval_weeks, 0),
        touches: ChangedThing::Course,
    })
}

/// What counting scars by type would do, where they are not counted.
fn scar_types(bench: &Bench<'_>, inputs: &ForecastInputs, worked_out: &WorkedOut) -> Result<Vec<Change>, CareError> {
    if inputs.scar_types.is_some() {
        return Ok(Vec::new());
    }
    let further = worked_out.further();
    let mixes = [("said-if-ice-picks", "ice picks", 0.8, 0.1, 0.1), ("said-if-rolling", "rolling scars", 0.1, 0.8, 0.1)];
    mixes
        .into_iter()
        .map(|(key, name, ice_pick_share, rolling_share, boxcar_share)| {
            let covariates = forecast::Covariates { ice_pick_share, rolling_share, boxcar_share, severity_z: 0.0 };
            let patient = forecast::Patient { covariates: Some(covariates), ..inputs.patient.clone() };
            let posterior = forecast::update(bench.population, &patient, Clinic::New, bench.points, Effort::WhatIf)?;
            let effect = posterior.effect_after(&further, forecast::OUTLOOK_WEEKS[0])?;
            let (median, chance) = (effect.median(), effect.chance_of_at_least(bench.goal()).probability);
            Ok(Change {
                if_so: Sentence::new(key, format!("the scars were counted and 8 in 10 were {name}")),
                then: Sentence::new(
                    "said-then-bring",
                    format!(
                        "the same course would be expected to bring {} % and reach the goal with a chance of {}",
                        percent(median),
                        chance_words(chance)
                    ),
                )
                .percent("better", median)
                .chance("chance", chance),
                touches: ChangedThing::GoalChance,
            })
        })
        .collect()
}

/// How much a measurement at the first review would narrow the forecast: the patient's record with a result in the middle of
/// the forecast added.
fn measurement(bench: &Bench<'_>, inputs: &ForecastInputs, worked_out: &WorkedOut) -> Result<Vec<Change>, CareError> {
    let further = worked_out.further();
    let review_after = bench.knowledge.settings.review_after_sessions_last.whole() as usize;
    if further.sessions <= review_after || !inputs.patient.sessions.is_empty() {
        return Ok(Vec::new());
    }
    let at = forecast::OUTLOOK_WEEKS[0];
    let before = worked_out.posterior.effect_after(&further, at)?.interval(0.8);
    let expected = worked_out.posterior.effect_after(&Further { sessions: review_after, ..further }, at)?.median();
    let review_week = further.interval_weeks * (review_after - 1) as f64 + at;
    let mut reviewed = inputs.patient.clone();
    reviewed.sessions = (0..review_after)
        .map(|number| forecast::Session { week: further.interval_weeks * number as f64, dose: further.dose })
        .collect();
    let rated = forecast::Outcome::Improvement { fraction: expected, rater: forecast::Rater::Blinded };
    let mut changes = vec![narrowing(
        bench,
        &reviewed,
        &[forecast::Observation { week: review_week, outcome: rated }],
        (&further, review_after),
        before,
        Sentence::new(
            "said-if-blinded",
            format!("a blinded rater judged the photographs three months after session {review_after}"),
        )
        .count("session", review_after),
    )?];
    let known = severity_scale(OutcomeScale::GoodmanBaronQuantitative, None, &bench.knowledge.settings);
    let scored = inputs.used.iter().any(|used| used.scale == OutcomeScale::GoodmanBaronQuantitative);
    if let Some(scale) = known.filter(|_| !scored) {
        let baseline = libm::exp(scale.log_baseline_mean);
        let position = reviewed.scales.len();
        reviewed.scales.push(scale);
        let score = |week, value| forecast::Observation { week, outcome: forecast::Outcome::Score { scale: position, value } };
        changes.push(narrowing(
            bench,
            &reviewed,
            &[score(0.0, baseline), score(review_week, baseline * (1.0 - expected))],
            (&further, review_after),
            before,
            Sentence::new("said-if-counted", "the Goodman-Baron count table were filled in today and again at that review"),
        )?);
    }
    Ok(changes)
}

fn narrowing(
    bench: &Bench<'_>,
    reviewed: &forecast::Patient,
    added: &[forecast::Observation],
    (further, given): (&Further, usize),
    before: forecast::Interval,
    if_so: Sentence,
) -> Result<Change, CareError> {
    let mut patient = reviewed.clone();
    patient.observations.extend_from_slice(added);
    patient.observations.sort_by(|a, b| a.week.total_cmp(&b.week));
    let posterior = forecast::update(bench.population, &patient, Clinic::New, bench.points, Effort::WhatIf)?;
    let rest = Further { sessions: further.sessions - given, ..*further };
    let after = posterior.effect_after(&rest, forecast::OUTLOOK_WEEKS[0])?.interval(0.8);
    Ok(Change {
        if_so,
        then: Sentence::new(
            "said-then-narrow",
            format!(
                "the four-fifths interval of this course would narrow from {} to about {} points wide",
                percent(before.high - before.low),
                percent(after.high - after.low)
            ),
        )
        .number("from", percent(before.high - before.low), 0)
        .number("to", percent(after.high - after.low), 0),
        touches: ChangedThing::Precision,
    })
}

/// What must be recorded before every zone has a depth.
fn depths(worked_out: &WorkedOut) -> Option<Change> {
    let mut missing: Vec<&Sentence> = worked_out.depths.iter().flat_map(|zone| &zone.withheld).collect();
    missing.sort_unstable_by_key(|sentence| sentence.english());
    missing.dedup();
    (!missing.is_empty()).then(|| {
        let missing = Sentence::several(missing.into_iter().cloned().collect(), "; ");
        Change {
            if_so: Sentence::new("said-if-settled", format!("this were settled: {missing}"))
                .with("what", Part::Several(vec![missing])),
            then: Sentence::new(
                "said-then-depths",
                "the zones without a depth could be planned, where they may be needled at all",
            ),
            touches: ChangedThing::Depth,
        }
    })
}

fn differs(one: &Choice, other: &Choice) -> bool {
    one.further_sessions != other.further_sessions || one.interval_weeks != other.interval_weeks
}

fn sessions_of(count: usize) -> String {
    if count == 1 { "1 session".to_owned() } else { format!("{count} sessions") }
}
