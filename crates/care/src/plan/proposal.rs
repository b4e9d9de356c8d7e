//! What is proposed, down to the day: sessions, depths, numbing, after-care, reviews and when to stop.

use jiff::ToSpan;
use jiff::civil::Date;
use resurface_knowledge::Knowledge;
use resurface_knowledge::fact::Statement;
use resurface_knowledge::protocol::{AftercareStep, AnaestheticProduct, AnaestheticUse, CountedFrom, CourseRule, Passes};
use serde::{Deserialize, Serialize};

use crate::consultation::Consultation;
use crate::course::{Choice, CourseLimits, Outlook};
use crate::depth::ZoneDepth;
use crate::sentence::Sentence;

/// A course to propose.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Proposal {
    /// How many sessions at what interval, and why.
    pub choice: Choice,
    /// Sessions given and still to come.
    pub total_sessions: usize,
    /// What is expected three months after the last session.
    pub at_three_months: Outlook,
    /// What is expected six months after it.
    pub at_six_months: Outlook,
    /// Earliest days of the sessions; empty when the first waits for a state and no day is known.
    pub sessions: Vec<PlannedSession>,
    /// Depth of each zone, shallowest first: deepest zones are needled last.
    pub depths: Vec<ZoneDepth>,
    /// Passes.
    pub passes: Passes,
    /// When a zone has had enough.
    pub endpoint: Statement,
    /// Numbing products that may be used, with their limits. A limit that is absent was not seen: such a dose is not safe.
    pub anaesthetics: Vec<AnaestheticProduct>,
    /// What holds for every numbing product.
    pub numbing_rules: Vec<Statement>,
    /// What to do after each session.
    pub aftercare: Vec<AftercareStep>,
    /// When to look again.
    pub reviews: Vec<Review>,
    /// When the course ends.
    pub stops: Vec<CourseRule>,
    /// When the course waits.
    pub pauses: Vec<CourseRule>,
    /// What not knowing this patient's response puts at stake.
    pub price_of_uncertainty: PriceOfUncertainty,
    /// What the reader should know besides.
    pub notes: Vec<Note>,
}

/// One session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedSession {
    /// Its number in the course, sessions given counted.
    pub number: usize,
    /// Earliest day.
    pub not_before: Date,
}

/// A day to look again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Review {
    /// What is looked at.
    pub what: ReviewKind,
    /// After which session.
    pub after_session: usize,
    /// First day; nothing when the sessions have no days yet.
    pub not_before: Option<Date>,
    /// In words.
    pub about: Sentence,
}

/// Kinds of review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewKind {
    /// Within the course: go on, or change course; not yet a verdict on failure.
    WithinCourse,
    /// The first day on which a verdict is given.
    Verdict,
    /// The better day.
    BetterVerdict,
    /// Does it last?
    Durability,
}

/// What not knowing this patient's response puts at stake.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PriceOfUncertainty {
    /// Chance that the whole course brings less than a quarter.
    pub chance_of_less_than_quarter: f64,
    /// Sessions that would then have brought little.
    pub sessions_at_stake: usize,
    /// Width of the interval that holds four fifths, in points of improvement.
    pub width_80_points: f64,
}

/// What the reader should know besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// No allowed course reaches the goal with the chance wanted.
    GoalMayBeOutOfReach,
    /// The goal would need more sessions than are worth it by the clinic's threshold.
    GoalNeedsMoreSessions,
    /// Fewer sessions than trials usually gave.
    FewerThanTrials,
    /// The verdict would come after the day by which the patient wants it.
    AfterWantedDay,
    /// The first session waits for a state; its day is not known.
    FirstDayNotKnown,
    /// The longer interval holds for this skin, or because darker marks were not ruled out.
    LongerInterval,
    /// Some zone, or the face as a whole where scars are not counted by zone, has no depth until what is missing is recorded.
    DepthWithheld,
    /// The two-week rows of the table are shown for comparison only.
    ShorterIntervalsNotAllowed,
}

/// What a proposal is made from.
pub(super) struct Parts<'a> {
    pub(super) consultation: &'a Consultation,
    pub(super) knowledge: &'a Knowledge,
    pub(super) limits: CourseLimits,
    pub(super) choice: Choice,
    pub(super) at_three_months: Outlook,
    pub(super) at_six_months: Outlook,
    pub(super) first_session: Option<Date>,
    pub(super) depths: Vec<ZoneDepth>,
}

impl Proposal {
    pub(super) fn of(parts: Parts<'_>) -> Self {
        let Parts { consultation, knowledge, limits, choice, at_three_months, at_six_months, first_session, depths } = parts;
        let protocol = &knowledge.protocol;
        let given = consultation.sessions.len();
        let sessions = planned_sessions(given, &choice, first_session);
        let reviews = reviews(consultation, knowledge, &choice, &sessions);
        let mut proposal = Self {
            total_sessions: given + choice.further_sessions,
            price_of_uncertainty: PriceOfUncertainty {
                chance_of_less_than_quarter: 1.0 - at_three_months.chance_of_quarter,
                sessions_at_stake: choice.further_sessions,
                width_80_points: 100.0 * (at_three_months.interval_80.high - at_three_months.interval_80.low),
            },
            choice,
            at_three_months,
            at_six_months,
            sessions,
            depths,
            passes: protocol.technique.passes.clone(),
            endpoint: protocol.technique.endpoint.clone(),
            anaesthetics: protocol
                .anaesthetics
                .iter()
                .filter(|product| product.use_ != AnaestheticUse::NotUsed)
                .cloned()
                .collect(),
            numbing_rules: protocol.numbing.rules.clone(),
            aftercare: protocol.aftercare.clone(),
            reviews,
            stops: protocol.stops.clone(),
            pauses: protocol.pauses.clone(),
            notes: Vec::new(),
        };
        proposal.notes = proposal.notes(consultation, knowledge, &limits);
        proposal
    }

    fn notes(&self, consultation: &Consultation, knowledge: &Knowledge, limits: &CourseLimits) -> Vec<Note> {
        use crate::course::GoalReach;
        let settings = &knowledge.settings;
        let further = self.choice.further_sessions;
        let verdict = self.reviews.iter().find(|review| review.what == ReviewKind::Verdict).and_then(|review| review.not_before);
        let late = consultation.goal.by.zip(verdict).is_some_and(|(by, verdict)| verdict > by);
        [
            (Note::GoalMayBeOutOfReach, matches!(self.choice.goal, GoalReach::MayBeOutOfReach { .. })),
            (
                Note::GoalNeedsMoreSessions,
                matches!(self.choice.goal, GoalReach::WithinReach { further_sessions } if further_sessions > further),
            ),
            (Note::FewerThanTrials, further > 0 && self.total_sessions < settings.sessions_first_course_min.whole() as usize),
            (Note::AfterWantedDay, late),
            (Note::FirstDayNotKnown, further > 0 && self.sessions.is_empty()),
            (Note::LongerInterval, limits.interval_min_days > settings.interval_min_days.whole()),
            (Note::DepthWithheld, self.depths.is_empty() || self.depths.iter().any(|zone| zone.on_scars_um.is_none())),
            (Note::ShorterIntervalsNotAllowed, limits.interval_min_days > 14),
        ]
        .into_iter()
        .filter_map(|(note, holds)| holds.then_some(note))
        .collect()
    }
}

/// Days between two sessions of a course.
fn interval_days(choice: &Choice) -> i64 {
    (choice.interval_weeks * 7.0) as i64
}

fn planned_sessions(given: usize, choice: &Choice, first_session: Option<Date>) -> Vec<PlannedSession> {
    let Some(first) = first_session else { return Vec::new() };
    (0..choice.further_sessions)
        .map(|at| PlannedSession {
            number: given + at + 1,
            not_before: first.saturating_add((interval_days(choice) * at as i64).days()),
        })
        .collect()
}

fn reviews(consultation: &Consultation, knowledge: &Knowledge, choice: &Choice, sessions: &[PlannedSession]) -> Vec<Review> {
    let settings = &knowledge.settings;
    let given = consultation.sessions.len();
    let last = given + choice.further_sessions;
    let day_of = |number: usize| match number.checked_sub(given + 1) {
        Some(at) => sessions.get(at).map(|session| session.not_before),
        None => number.checked_sub(1).and_then(|at| consultation.sessions.get(at)).map(|session| session.date),
    };
    let mut reviews = Vec::new();
    let early = (settings.review_after_sessions_first.whole() as usize)..=(settings.review_after_sessions_last.whole() as usize);
    for number in early.filter(|number| *number > given && *number < last) {
        reviews.push(Review {
            what: ReviewKind::WithinCourse,
            after_session: number,
            not_before: day_of(number).map(|day| day.saturating_add(interval_days(choice).days())),
            about: Sentence::new(
                "said-review-within-course",
                format!(
                    "before session {}: effects so far, pigment, whether to go on; too early to call it a failure",
                    number + 1
                ),
            )
            .count("session", number + 1),
        });
    }
    for follow_up in knowledge.protocol.follow_ups.iter().filter(|follow_up| follow_up.after == CountedFrom::LastSession) {
        let (verdict, better) = (settings.verdict_days.whole(), settings.verdict_better_days.whole());
        let (what, after_days) = match follow_up.from_day {
            day if day < better => (ReviewKind::Verdict, verdict),
            day if day <= better.max(180) => (ReviewKind::BetterVerdict, better),
            day => (ReviewKind::Durability, day),
        };
        reviews.push(Review {
            what,
            after_session: last,
            not_before: day_of(last).map(|day| day.saturating_add(i64::from(after_days).days())),
            about: Sentence::known(&follow_up.what),
        });
    }
    reviews
}
