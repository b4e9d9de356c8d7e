//! A plan as a figure: what was planned and what happened, on one axis of time.

use jiff::civil::Date;
use resurface_care::consultation::{Consultation, OutcomeScale, Rater};
use resurface_care::course::Span;
use resurface_care::plan::{ForecastLabel, PatientForecast, Plan, ReviewKind, Standing};
use resurface_care::prior::ReadAs;
use resurface_care::screening::Decision;
use resurface_forecast::{Population, ScoreNoise};
use resurface_words::Words;

use crate::forecast_figure::{CurvePoint, ForecastFigure, Observed, Seen, SessionMark, Timing};

/// Days of a week.
const WEEK_DAYS: i64 = 7;

/// How far a judged percentage may be off: 1.96 standard deviations of rater noise, averaged over the population.
#[must_use]
pub fn judged_error_percent(population: &Population) -> f64 {
    let draws = population.draws();
    196.0 * draws.iter().map(|draw| draw.sigma_pct).sum::<f64>() / draws.len().max(1) as f64
}

impl ForecastFigure {
    /// The figure of a plan; nothing when it has no forecast. How far a judged percentage may be off, 95 %, says
    /// [`judged_error_percent`]; `versions` names what it was computed with, and stands under the figure.
    #[must_use]
    pub fn of_plan(
        consultation: &Consultation,
        plan: &Plan,
        judged_error_percent: f64,
        versions: &str,
        words: &Words,
    ) -> Option<Self> {
        let forecast = plan.forecast.as_ref()?;
        let both = |span: Span| (100.0 * span.low, 100.0 * span.high);
        let curve = forecast.curve.iter().map(|point| CurvePoint {
            week: point.week,
            median: 100.0 * point.median,
            half: both(point.interval_50),
            eighty: both(point.interval_80),
            ninety_five: both(point.interval_95),
        });
        let subtitle = [
            ("patient", consultation.patient.id.to_string().into()),
            ("date", words.short_date(plan.date).into()),
            ("decision", decision_text(plan.decision, words).into()),
        ];
        Some(Self {
            title: title(plan, forecast, words),
            subtitle: words.with("figure-subtitle", subtitle),
            description: description(plan, forecast, words),
            curve: curve.collect(),
            sessions: sessions(consultation, plan, words),
            observed: observed(plan, judged_error_percent),
            goal_percent: Some(f64::from(plan.goal.improvement_percent)),
            verdict: verdict(plan).map(|(week, day)| (week, words.short_date(day))),
            notes: vec![words.text("figure-bands"), versions.to_owned()],
        })
    }
}

fn title(plan: &Plan, forecast: &PatientForecast, words: &Words) -> String {
    let total = forecast.total_sessions;
    let course = match plan.standing {
        Standing::Withheld { .. } if !plan.inputs.sessions.is_empty() => {
            words.with("figure-course-given", [("sessions", total.into())])
        }
        _ => {
            let weeks = words.number(forecast.interval_weeks, 0);
            words.with("figure-course", [("sessions", total.into()), ("weeks", weeks.into())])
        }
    };
    let key = match forecast.label {
        ForecastLabel::ForThisPatient => "figure-forecast",
        ForecastLabel::IfItBecameSuitable => "figure-forecast-if-suitable",
    };
    words.with(key, [("course", course.into())])
}

fn description(plan: &Plan, forecast: &PatientForecast, words: &Words) -> String {
    let ahead = &forecast.this_patient;
    let span = |span: Span| words.percent_span(span.low, span.high).into();
    let parts = [
        ("sessions", forecast.total_sessions.into()),
        ("median", words.percent(ahead.median).into()),
        ("half", span(ahead.interval_50)),
        ("eighty", span(ahead.interval_80)),
        ("ninety-five", span(ahead.interval_95)),
        ("goal", words.percentage(f64::from(plan.goal.improvement_percent)).into()),
        ("chance", words.chance(ahead.chance_of_goal).into()),
    ];
    words.with("figure-description", parts)
}

/// What screening decided, in words.
#[must_use]
pub fn decision_text(decision: Decision, words: &Words) -> String {
    match decision {
        Decision::Suitable => words.text("figure-suitable"),
        Decision::SuitableWithPrecautions => words.text("figure-suitable-with-precautions"),
        Decision::CannotDecide => words.text("figure-cannot-decide"),
        Decision::Defer(until) => match until.date() {
            Some(date) => words.with("figure-deferred-until", [("date", words.short_date(date).into())]),
            None => words.text("figure-deferred"),
        },
        Decision::NotSuitable => words.text("figure-not-suitable"),
    }
}

fn week(plan: &Plan, day: Date) -> f64 {
    let days = plan.inputs.week_zero.until(day).map_or(0, |span| i64::from(span.get_days()));
    days as f64 / WEEK_DAYS as f64
}

/// Sessions given and planned. Before the first session, week 0 of the curve is the first planned one.
fn sessions(consultation: &Consultation, plan: &Plan, words: &Words) -> Vec<SessionMark> {
    let mark = |day: Date, week: f64, timing| SessionMark { week, date: words.short_date(day), timing };
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
                Some(Rater::Instrument) => Seen::Instrument,
                Some(Rater::Open) | None => Seen::Open,
            };
            Some(Observed { week: outcome.week, percent, error: (percent - half, percent + half), seen })
        })
        .collect()
}

/// Standard deviation of one reading of a score, in points, as the forecast takes it.
fn score_sd(plan: &Plan, scale: OutcomeScale, score: f64) -> f64 {
    let family = match scale {
        OutcomeScale::Ecca => "ECCA",
        OutcomeScale::ScarVolumeMm3 => "scar volume",
        _ => "Goodman-Baron",
    };
    let known = plan.inputs.patient.scales.iter().find(|known| known.name.starts_with(family));
    match known.map(|known| known.noise) {
        Some(ScoreNoise::Known { additive_sd, proportional_sd }) => additive_sd.hypot(proportional_sd * score),
        _ => 0.0,
    }
}

fn verdict(plan: &Plan) -> Option<(f64, Date)> {
    let proposal = match &plan.standing {
        Standing::Proposed { proposal } | Standing::AfterDeferral { would_be: proposal, .. } => proposal,
        Standing::Withheld { .. } => return None,
    };
    let review = proposal.reviews.iter().find(|review| review.what == ReviewKind::Verdict)?;
    let day = review.not_before?;
    let start = proposal.sessions.first().filter(|_| plan.inputs.sessions.is_empty());
    let from_start =
        start.and_then(|first| first.not_before.until(day).ok()).map(|span| f64::from(span.get_days()) / WEEK_DAYS as f64);
    Some((from_start.unwrap_or_else(|| week(plan, day)), day))
}
