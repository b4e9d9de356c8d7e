//! Courses compared: what 1 to 8 sessions at different intervals would bring, which of them the protocol allows, and which
//! one is chosen.

use jiff::civil::Date;
use resurface_forecast as forecast;
use resurface_knowledge::settings::Settings;
use serde::Serialize;

use crate::consultation::Consultation;
use crate::facts::Facts;
use crate::grading::Grading;

/// One course.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CourseRow {
    /// Sessions still to come.
    pub further_sessions: usize,
    /// Sessions given and still to come.
    pub total_sessions: usize,
    /// Weeks between further sessions.
    pub interval_weeks: f64,
    /// Twelve weeks after the last session.
    pub at_three_months: Outlook,
    /// Twenty-six weeks after the last session.
    pub at_six_months: Outlook,
    /// What its last session adds to the mean, in points of improvement.
    pub gain_of_last_session_points: f64,
    /// Why the protocol does not allow it; empty when it does.
    pub not_allowed: Vec<NotAllowed>,
}

/// What is expected at one moment. Improvements are fractions of the severity before the first session.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Outlook {
    /// Weeks after the last session.
    pub after_weeks: f64,
    /// Mean improvement.
    pub mean: f64,
    /// Median improvement.
    pub median: f64,
    /// Holds half of the probability.
    pub interval_50: Span,
    /// Holds four fifths.
    pub interval_80: Span,
    /// Holds nineteen twentieths.
    pub interval_95: Span,
    /// Chance of at least a quarter.
    pub chance_of_quarter: f64,
    /// Chance of at least a half.
    pub chance_of_half: f64,
    /// Chance of the goal.
    pub chance_of_goal: f64,
    /// Error of the computation in any of these chances, at most.
    pub monte_carlo_error: f64,
}

/// Two ends.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Span {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Why the protocol does not allow a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotAllowed {
    /// Sessions would be nearer than the shortest interval for this patient.
    IntervalTooShort,
    /// Sessions would be further apart than the forecast is asked about.
    IntervalTooLong,
    /// More sessions than one course may have before a review decides.
    TooManyInCourse,
    /// More sessions in all than the protocol knows.
    TooManyInAll,
}

/// What the protocol allows this patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CourseLimits {
    /// Shortest time between two sessions, in days.
    pub interval_min_days: u32,
    /// Longest time between two sessions, in days.
    pub interval_max_days: u32,
    /// Most sessions still to come.
    pub further_sessions_max: usize,
    /// Most sessions in all.
    pub total_sessions_max: usize,
}

impl CourseLimits {
    /// The limits for one patient.
    #[must_use]
    pub fn of(facts: &Facts<'_>, settings: &Settings) -> Self {
        Self {
            interval_min_days: facts.interval_min_days(),
            interval_max_days: settings.interval_max_days.whole(),
            further_sessions_max: settings.sessions_first_course_max.whole() as usize,
            total_sessions_max: settings.sessions_total_max.whole() as usize,
        }
    }

    /// Why a course is not allowed.
    #[must_use]
    pub fn against(&self, further_sessions: usize, total_sessions: usize, interval_weeks: f64) -> Vec<NotAllowed> {
        let interval_days = interval_weeks * 7.0;
        [
            (NotAllowed::IntervalTooShort, interval_days < f64::from(self.interval_min_days)),
            (NotAllowed::IntervalTooLong, interval_days > f64::from(self.interval_max_days)),
            (NotAllowed::TooManyInCourse, further_sessions > self.further_sessions_max),
            (NotAllowed::TooManyInAll, total_sessions > self.total_sessions_max),
        ]
        .into_iter()
        .filter_map(|(why, holds)| holds.then_some(why))
        .collect()
    }

    /// The shortest of the compared intervals that is allowed, in weeks. The data do not tell intervals apart, so safety and
    /// the calendar choose, not the forecast.
    #[must_use]
    pub fn interval_weeks(&self) -> Option<f64> {
        forecast::USUAL_INTERVALS_WEEKS
            .into_iter()
            .find(|weeks| (self.interval_min_days..=self.interval_max_days).contains(&((weeks * 7.0) as u32)))
    }
}

/// The course chosen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// Sessions still to come; 0 when no further session is worth it.
    pub further_sessions: usize,
    /// Weeks between them.
    pub interval_weeks: f64,
    /// Why this many.
    pub because: ChosenBecause,
    /// Whether the goal can be reached with the chance wanted.
    pub goal: GoalReach,
    /// Chance of reaching the goal that was wanted, 0 to 1.
    pub chance_wanted: f64,
    /// Improvement one more session had to add, in points.
    pub gain_threshold_points: f64,
}

/// Why so many sessions were chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChosenBecause {
    /// The sessions already given reach the goal with the chance wanted.
    GoalReachedAlready,
    /// The fewest that reach the goal with the chance wanted.
    FewestThatReachGoal,
    /// One more would add less than the clinic's threshold.
    NextAddsTooLittle,
    /// The most that the protocol allows.
    MostAllowed,
}

/// Whether the goal can be reached with the chance wanted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum GoalReach {
    /// It can.
    WithinReach {
        /// Fewest further sessions.
        further_sessions: usize,
    },
    /// No course that is allowed reaches it with the chance wanted: it may be out of reach.
    MayBeOutOfReach {
        /// Further sessions of the course with the best chance.
        best_further_sessions: usize,
        /// That chance, 0 to 1.
        best_chance: f64,
    },
}

/// Chooses among the allowed courses at one interval, from the fewest sessions to the most.
///
/// The goal and the threshold each name a number of sessions; the smaller one is taken, so that a more demanding goal never
/// gets fewer sessions.
#[must_use]
pub fn choose(rows: &[CourseRow], stopping_now: Option<&Outlook>, interval_weeks: f64, settings: &Settings) -> Choice {
    let allowed: Vec<&CourseRow> =
        rows.iter().filter(|row| row.interval_weeks == interval_weeks && row.not_allowed.is_empty()).collect();
    let chance_wanted = settings.chance_wanted.value;
    let gain_threshold_points = settings.gain_threshold_points.value;
    let reached_now = stopping_now.is_some_and(|outlook| outlook.chance_of_goal >= chance_wanted);
    let reach = allowed.iter().position(|row| row.at_three_months.chance_of_goal >= chance_wanted).map(|at| at + 1);
    let worth = allowed.iter().take_while(|row| row.gain_of_last_session_points >= gain_threshold_points).count();
    let (further_sessions, because) = match reach {
        _ if reached_now => (0, ChosenBecause::GoalReachedAlready),
        Some(reach) if reach <= worth => (reach, ChosenBecause::FewestThatReachGoal),
        _ if worth == allowed.len() => (worth, ChosenBecause::MostAllowed),
        _ => (worth, ChosenBecause::NextAddsTooLittle),
    };
    let best = allowed.iter().map(|row| (row.further_sessions, row.at_three_months.chance_of_goal)).fold(
        (0, stopping_now.map_or(0.0, |outlook| outlook.chance_of_goal)),
        |best, row| if row.1 > best.1 { row } else { best },
    );
    let goal = match reach {
        _ if reached_now => GoalReach::WithinReach { further_sessions: 0 },
        Some(further_sessions) => GoalReach::WithinReach { further_sessions },
        None => GoalReach::MayBeOutOfReach { best_further_sessions: best.0, best_chance: best.1 },
    };
    Choice { further_sessions, interval_weeks, because, goal, chance_wanted, gain_threshold_points }
}

/// The rows of a course table with what the protocol says to each.
#[must_use]
pub fn rows(table: &forecast::CourseTable, limits: &CourseLimits) -> Vec<CourseRow> {
    table
        .courses
        .iter()
        .map(|course| CourseRow {
            further_sessions: course.further_sessions,
            total_sessions: course.total_sessions,
            interval_weeks: course.interval_weeks,
            at_three_months: Outlook::of(&course.outlooks[0]),
            at_six_months: Outlook::of(&course.outlooks[1]),
            gain_of_last_session_points: 100.0 * course.gain_of_last_session,
            not_allowed: limits.against(course.further_sessions, course.total_sessions, course.interval_weeks),
        })
        .collect()
}

impl Outlook {
    /// A forecast's outlook, in plain numbers.
    #[must_use]
    pub fn of(outlook: &forecast::Outlook) -> Self {
        let chances = [outlook.quarter, outlook.half, outlook.goal];
        Self {
            after_weeks: outlook.after_weeks,
            mean: outlook.mean,
            median: outlook.median,
            interval_50: Span::of(outlook.interval_50),
            interval_80: Span::of(outlook.interval_80),
            interval_95: Span::of(outlook.interval_95),
            chance_of_quarter: outlook.quarter.probability,
            chance_of_half: outlook.half.probability,
            chance_of_goal: outlook.goal.probability,
            monte_carlo_error: chances.iter().map(|chance| chance.monte_carlo_error).fold(0.0, f64::max),
        }
    }

    /// A distribution of the effect, in plain numbers.
    #[must_use]
    pub fn of_distribution(effect: &forecast::Distribution, after_weeks: f64, goal: f64) -> Self {
        let chance = |threshold: f64| effect.chance_of_at_least(threshold);
        let chances = [chance(0.25), chance(0.5), chance(goal)];
        Self {
            after_weeks,
            mean: effect.mean,
            median: effect.median(),
            interval_50: Span::of(effect.interval(0.5)),
            interval_80: Span::of(effect.interval(0.8)),
            interval_95: Span::of(effect.interval(0.95)),
            chance_of_quarter: chances[0].probability,
            chance_of_half: chances[1].probability,
            chance_of_goal: chances[2].probability,
            monte_carlo_error: chances.iter().map(|chance| chance.monte_carlo_error).fold(0.0, f64::max),
        }
    }
}

impl Span {
    pub(crate) fn of(interval: forecast::Interval) -> Self {
        Self { low: interval.low, high: interval.high }
    }
}

/// A chance in whole percent. One that is nearly nought or nearly certain is not written as if it were: no forecast here is
/// that sure.
pub(crate) fn chance_words(chance: f64) -> String {
    if chance < 0.005 {
        "<1 %".to_owned()
    } else if chance > 0.995 {
        ">99 %".to_owned()
    } else {
        format!("{:.0} %", 100.0 * chance)
    }
}

/// What speaks against stretching the forecast to this patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Extrapolation {
    /// Scars are counted and none is atrophic: the model is about atrophic scars only. Refused.
    NoAtrophicScars,
    /// Another treatment was given during the course: what did what cannot be told. Refused.
    OtherTreatmentDuringCourse,
    /// More sessions were given, or over more years, than any course the evidence covers. Refused.
    LongerThanEvidence,
    /// Scars are not counted by type: an average mix is assumed.
    ScarTypesNotCounted,
    /// Ice picks are the main type: how little they change is mostly assumption in the model, and trials saw less than it
    /// forecasts.
    MostlyIcePick,
    /// An outcome was measured more than a year after the last session: how long improvement lasts is not known.
    OutcomeAfterAYear,
    /// Sessions given nearer than one week or further apart than twelve.
    IntervalOutsideEvidence,
}

impl Extrapolation {
    /// Whether the forecast is refused for it.
    #[must_use]
    pub const fn refuses(self) -> bool {
        matches!(self, Self::NoAtrophicScars | Self::OtherTreatmentDuringCourse | Self::LongerThanEvidence)
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoAtrophicScars => "no atrophic scar is counted, and the forecast is about atrophic scars only",
            Self::OtherTreatmentDuringCourse => {
                "another treatment was given after the first session here, so what did what cannot be told"
            }
            Self::LongerThanEvidence => "more sessions were given, or over more years, than any course the evidence covers",
            Self::ScarTypesNotCounted => "scars are not counted by type, so an average mix of types is assumed",
            Self::MostlyIcePick => {
                "ice picks are the main type: trials with mixed scars say little about them, one saw them change by 5.9 % \
                 (E6) where boxcars changed by 47.1 %, and the forecast is probably too hopeful: \
                 do not promise it"
            }
            Self::OutcomeAfterAYear => {
                "an outcome was measured more than a year after the last session; how long improvement lasts is not known"
            }
            Self::IntervalOutsideEvidence => "sessions were nearer than one week or further apart than twelve",
        }
    }
}

/// Longest time from the first session to the last that the forecast takes, in days: ten years.
const COURSE_DAYS_MAX: i32 = 3_640;

/// Everything that speaks against stretching the forecast to this patient, refusals first.
#[must_use]
pub fn extrapolation(consultation: &Consultation, grading: &Grading, settings: &Settings) -> Vec<Extrapolation> {
    let sessions: Vec<Date> = consultation.sessions.iter().map(|session| session.date).collect();
    let days = |from: Date, to: Date| crate::prior::days_between(from, to);
    let atrophic_in_table = grading.goodman_baron_grade.highest >= 2 && grading.zones.is_empty();
    let other_treatment = sessions
        .first()
        .is_some_and(|first| consultation.earlier_treatments.iter().any(|earlier| earlier.on.is_some_and(|on| on >= *first)));
    let late_outcome = sessions.last().is_some_and(|last| consultation.outcomes.iter().any(|seen| days(*last, seen.date) > 365));
    let majority = settings.ice_pick_majority_percent.value;
    let mostly_ice_pick = grading.shares.is_some_and(|shares| 100.0 * shares.ice_pick > majority);
    let too_long_ago = sessions.first().zip(sessions.last()).is_some_and(|(first, last)| days(*first, *last) > COURSE_DAYS_MAX);
    let (shortest, longest) = forecast::INTERVAL_LIMITS_WEEKS;
    let far = |pair: &[Date]| !(shortest..=longest).contains(&(f64::from(days(pair[0], pair[1])) / 7.0));
    [
        (Extrapolation::NoAtrophicScars, grading.atrophic.total() == 0 && !atrophic_in_table),
        (Extrapolation::OtherTreatmentDuringCourse, other_treatment),
        (Extrapolation::LongerThanEvidence, sessions.len() > forecast::COURSE_SESSIONS_LIMIT || too_long_ago),
        (Extrapolation::ScarTypesNotCounted, grading.shares.is_none()),
        (Extrapolation::MostlyIcePick, mostly_ice_pick),
        (Extrapolation::OutcomeAfterAYear, late_outcome),
        (Extrapolation::IntervalOutsideEvidence, sessions.windows(2).any(far)),
    ]
    .into_iter()
    .filter_map(|(why, holds)| holds.then_some(why))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::knowledge;

    /// Courses every four weeks with these chances of the goal and gains in points.
    fn courses(chances_and_gains: &[(f64, f64)]) -> Vec<CourseRow> {
        let outlook = |chance_of_goal| Outlook {
            after_weeks: 12.0,
            mean: 0.4,
            median: 0.4,
            interval_50: Span { low: 0.3, high: 0.5 },
            interval_80: Span { low: 0.2, high: 0.6 },
            interval_95: Span { low: 0.1, high: 0.7 },
            chance_of_quarter: 0.9,
            chance_of_half: 0.3,
            chance_of_goal,
            monte_carlo_error: 0.01,
        };
        chances_and_gains
            .iter()
            .enumerate()
            .map(|(at, (chance, gain_of_last_session_points))| CourseRow {
                further_sessions: at + 1,
                total_sessions: at + 1,
                interval_weeks: 4.0,
                at_three_months: outlook(*chance),
                at_six_months: outlook(*chance),
                gain_of_last_session_points: *gain_of_last_session_points,
                not_allowed: if at < 4 { Vec::new() } else { vec![NotAllowed::TooManyInCourse] },
            })
            .collect()
    }

    fn chosen(chances_and_gains: &[(f64, f64)]) -> (usize, ChosenBecause, GoalReach) {
        let choice = choose(&courses(chances_and_gains), None, 4.0, &knowledge().settings);
        (choice.further_sessions, choice.because, choice.goal)
    }

    #[test]
    fn the_fewest_sessions_that_reach_the_goal_are_chosen() {
        let (sessions, because, goal) = chosen(&[(0.2, 16.0), (0.7, 9.0), (0.8, 6.0), (0.9, 4.0)]);
        assert_eq!((sessions, because), (2, ChosenBecause::FewestThatReachGoal));
        assert_eq!(goal, GoalReach::WithinReach { further_sessions: 2 });
    }

    #[test]
    fn sessions_end_where_the_next_adds_less_than_the_threshold() {
        let (sessions, because, _) = chosen(&[(0.2, 16.0), (0.3, 2.5), (0.4, 2.4), (0.9, 2.0)]);
        assert_eq!((sessions, because), (2, ChosenBecause::NextAddsTooLittle));
        assert_eq!(chosen(&[(0.2, 2.4), (0.9, 1.0)]).0, 0);
    }

    #[test]
    fn a_goal_reached_only_beyond_the_protocol_is_out_of_reach() {
        let (sessions, because, goal) = chosen(&[(0.1, 9.0), (0.2, 8.0), (0.3, 7.0), (0.4, 6.0), (0.9, 5.0)]);
        assert_eq!((sessions, because), (4, ChosenBecause::MostAllowed));
        assert_eq!(goal, GoalReach::MayBeOutOfReach { best_further_sessions: 4, best_chance: 0.4 });
    }

    #[test]
    fn a_goal_that_is_reached_asks_for_no_more() {
        let rows = courses(&[(0.8, 9.0)]);
        let now = Outlook { chance_of_goal: 0.75, ..rows[0].at_three_months };
        let choice = choose(&rows, Some(&now), 4.0, &knowledge().settings);
        assert_eq!((choice.further_sessions, choice.because), (0, ChosenBecause::GoalReachedAlready));
    }

    #[test]
    fn the_shortest_allowed_interval_is_taken() {
        let limits = |interval_min_days| CourseLimits {
            interval_min_days,
            interval_max_days: 84,
            further_sessions_max: 6,
            total_sessions_max: 12,
        };
        let weeks = [14, 28, 29, 42, 56].map(|days| limits(days).interval_weeks());
        assert_eq!(weeks, [Some(2.0), Some(4.0), Some(6.0), Some(6.0), Some(8.0)]);
        assert_eq!(limits(60).interval_weeks(), None);
        assert_eq!(limits(28).against(6, 12, 4.0), []);
        assert_eq!(
            limits(28).against(7, 13, 13.0),
            [NotAllowed::IntervalTooLong, NotAllowed::TooManyInCourse, NotAllowed::TooManyInAll]
        );
    }
}
