//! The figure of a forecast: what was planned and what happened, on one axis of time.

use resurface_care::consultation::{Consultation, OutcomeScale, Rater};
use resurface_care::plan::{ForecastLabel, PatientForecast, Plan, ReviewKind, Standing};
use resurface_care::prior::ReadAs;
use resurface_forecast::ScoreNoise;

use super::words;
use crate::envelope::Origin;
use crate::svg::{CurvePoint, ForecastFigure, Observed, Seen, SessionMark, Timing};

/// Days of a week.
const WEEK_DAYS: i64 = 7;
/// The figure; nothing when there is no forecast. `judged_error_percent` is how far a judged percentage may be off, 95 %.
pub(crate) fn figure(
    consultation: &Consultation,
    plan: &Plan,
    judged_error_percent: f64,
    origin: &Origin,
) -> Option<ForecastFigure> {
    let forecast = plan.forecast.as_ref()?;
    let percent = |fraction: f64| 100.0 * fraction;
    let both = |span: resurface_care::course::Span| (percent(span.low), percent(span.high));
    let curve = forecast.curve.iter().map(|point| CurvePoint {
        week: point.week,
        median: percent(point.median),
        half: both(point.interval_50),
        eighty: both(point.interval_80),
        ninety_five: both(point.interval_95),
    });
    let total = forecast.total_sessions;
    let ahead = &forecast.this_patient;
    Some(ForecastFigure {
        title: title(plan, total, forecast),
        subtitle: format!("Patient {}, consultation of {}; screening: {}", consultation.patient.id, plan.date, plan.decision),
        description: format!(
            "Forecast improvement of scar severity over time. Three months after {total} sessions the median is {}; half of such \
             patients lie between {}, 80 in 100 between {}, 95 in 100 between {} percent. The goal is {} percent; the chance of \
             reaching it is {}.",
            words::percent(ahead.median),
            words::span(ahead.interval_50),
            words::span(ahead.interval_80),
            words::span(ahead.interval_95),
            plan.goal.improvement_percent,
            words::chance(ahead.chance_of_goal),
        ),
        curve: curve.collect(),
        sessions: sessions(consultation, plan),
        observed: observed(plan, judged_error_percent),
        goal_percent: Some(f64::from(plan.goal.improvement_percent)),
        verdict: verdict(plan),
        notes: vec![
            "Bands: where so many of such patients are forecast to lie. The optimism of open raters is taken off.".to_owned(),
            words::origin(origin),
        ],
    })
}

fn title(plan: &Plan, total: usize, forecast: &PatientForecast) -> String {
    let course = match plan.standing {
        Standing::Withheld { .. } if !plan.inputs.sessions.is_empty() => format!("after {total} sessions, none further planned"),
        _ => format!("with {total} sessions, one every {} weeks", forecast.interval_weeks),
    };
    match forecast.label {
        ForecastLabel::ForThisPatient => format!("Forecast {course}"),
        ForecastLabel::IfItBecameSuitable => format!("If needling became suitable: forecast {course}"),
    }
}

fn week(plan: &Plan, day: jiff::civil::Date) -> f64 {
    let days = plan.inputs.week_zero.until(day).map_or(0, |span| i64::from(span.get_days()));
    days as f64 / WEEK_DAYS as f64
}

/// Sessions given and planned. Before the first session, week 0 of the curve is the first planned one.
fn sessions(consultation: &Consultation, plan: &Plan) -> Vec<SessionMark> {
    let mark = |day: jiff::civil::Date, week: f64, timing| SessionMark { week, date: day.to_string(), timing };
    let given = consultation.sessions.iter().map(|session| mark(session.date, week(plan, session.date), Timing::Given));
    let mut marks: Vec<SessionMark> = given.collect();
    if let Standing::Proposed { proposal } | Standing::AfterDeferral { would_be: proposal, .. } = &plan.standing {
        let begun = !marks.is_empty();
        for (at, session) in proposal.sessions.iter().enumerate() {
            let place = if begun { week(plan, session.not_before) } else { proposal.choice.interval_weeks * at as f64 };
            marks.push(mark(session.not_before, place, Timing::Planned));
        }
    }
    marks
}

/// Outcomes as improvement in percent, each with what its error allows: scores against the first score on the same scale.
fn observed(plan: &Plan, judged_error_percent: f64) -> Vec<Observed> {
    let used = &plan.inputs.used;
    let baseline = |scale: OutcomeScale| {
        let mut baselines = used.iter().filter(|outcome| outcome.read_as == ReadAs::BaselineScore);
        baselines.find(|outcome| outcome.scale == scale).map(|outcome| outcome.value)
    };
    let after = used.iter().filter(|outcome| outcome.read_as != ReadAs::BaselineScore);
    after
        .filter_map(|outcome| {
            let (percent, half) = match outcome.scale {
                OutcomeScale::ImprovementPercent => (outcome.value, judged_error_percent),
                OutcomeScale::ImprovementQuartile => (12.5 + 25.0 * outcome.value, 12.5),
                scale => {
                    let before = baseline(scale).filter(|baseline| *baseline > 0.0)?;
                    let left = outcome.value / before;
                    let spread = |score: f64| score_sd(plan, scale, score);
                    (100.0 * (1.0 - left), 196.0 * spread(outcome.value).hypot(left * spread(before)) / before)
                }
            };
            let seen = match outcome.rater {
                Some(Rater::Blinded) => Seen::Blinded,
                Some(Rater::Patient) => Seen::Patient,
                Some(Rater::Open) | None => Seen::Open,
            };
            Some(Observed { week: outcome.week, percent, error: (percent - half, percent + half), seen })
        })
        .collect()
}

/// Standard deviation of one reading of a score, in points, as the forecast takes it.
fn score_sd(plan: &Plan, scale: OutcomeScale, score: f64) -> f64 {
    let family = if scale == OutcomeScale::Ecca { "ECCA" } else { "Goodman-Baron" };
    let known = plan.inputs.patient.scales.iter().find(|known| known.name.starts_with(family));
    match known.map(|known| known.noise) {
        Some(ScoreNoise::Known { additive_sd, proportional_sd }) => additive_sd.hypot(proportional_sd * score),
        _ => 0.0,
    }
}

fn verdict(plan: &Plan) -> Option<(f64, String)> {
    let proposal = match &plan.standing {
        Standing::Proposed { proposal } | Standing::AfterDeferral { would_be: proposal, .. } => proposal,
        Standing::Withheld { .. } => return None,
    };
    let review = proposal.reviews.iter().find(|review| review.what == ReviewKind::Verdict)?;
    let day = review.not_before?;
    let start = proposal.sessions.first().filter(|_| plan.inputs.sessions.is_empty());
    let from_start =
        start.and_then(|first| first.not_before.until(day).ok()).map(|span| f64::from(span.get_days()) / WEEK_DAYS as f64);
    Some((from_start.unwrap_or_else(|| week(plan, day)), day.to_string()))
}
