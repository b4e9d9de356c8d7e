//! A patient's way through the clinic, step by step: what the chart wants next is done when the clinic gets to it.

mod answers;
mod course;
mod events;
mod first_visits;
mod pictures;
mod review;
mod treatment_day;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use resurface_care::chart::{Bench, Body, Chart, DecideError, Decided, EntryId, Milestones, NextStep, Recorded, Setting, Step};
use resurface_care::consultation::Override;
use uuid::Builder;

use crate::clinic::{self, Treating};
use crate::fate::Fate;
use crate::happening::{Happening, Scenario, StaffMember, SyntheticError, SyntheticPatient, What};
use crate::person::Person;
use crate::random::{Random, Stream};
use crate::scars::{Face, Mix};
use crate::script::{Obstacle, Part, Script};
use crate::truth::Truth;
use events::Trouble;

/// Steps after which a way through the clinic is called endless: two years hold far fewer.
const STEPS_MAX: usize = 400;
/// The clinic opens at eight and takes its last patient six hours later; no visit lasts beyond 18:00.
const OPENS_MINUTE: i64 = 8 * 60;
const LAST_START_MINUTE: i64 = 14 * 60;

/// Makes one patient.
pub(crate) fn walk(number: u32, scenario: &Scenario, bench: &Bench<'_>) -> Result<SyntheticPatient, SyntheticError> {
    let mut walk = Walk::new(number, scenario, bench);
    walk.register()?;
    for _ in 0..STEPS_MAX {
        if walk.ended || !walk.step()? {
            return Ok(walk.finish());
        }
    }
    let step = walk.next_step().step.words();
    Err(SyntheticError::DoesNotEnd { number, step, steps: STEPS_MAX })
}

/// A patient on the way through the clinic.
struct Walk<'a> {
    number: u32,
    seed: u64,
    until: Date,
    bench: &'a Bench<'a>,
    part: Part,
    person: Person,
    face: Face,
    truth: Truth,
    setting: Setting,
    random: Random,
    rater: Random,
    ids: Random,
    /// The day that has been reached, and the minute on it.
    today: Date,
    minute: i64,
    /// Entries so far, and the chart that they amount to.
    entries: Vec<(EntryId, Body)>,
    chart: Chart,
    happenings: Vec<Happening>,
    /// Day on which the obstacle of the first consultation is gone.
    clears: Date,
    /// Day of the prescriber's decision on mostly ice-pick scars, where one was made.
    ice_pick_decision: Option<Date>,
    trouble: Trouble,
    /// A question that stays open on one treatment day and is answered at the next visit.
    unknown_today: Option<&'static str>,
    /// A finding of one treatment day, and the day from which it is no more.
    passing: Option<(&'static str, Date)>,
    /// Today's questions include those of a treatment day, and were screened.
    asked_for_today: bool,
    /// Nothing more is done.
    ended: bool,
}

impl<'a> Walk<'a> {
    fn new(number: u32, scenario: &Scenario, bench: &'a Bench<'a>) -> Self {
        let stream = |stream| Random::new(scenario.seed, number, stream);
        let mut part = Part::of(number, scenario);
        part.registered = opened_before(part.registered);
        let mut random = stream(Stream::Walk);
        let person = Person::new(number, &part, &mut stream(Stream::Person));
        let ice_pick_decision = (part.script == Script::Course && random.chance(0.04)).then_some(part.registered);
        let mix = match part.script.obstacle() {
            Some(Obstacle::MostlyIcePick) => Mix::MostlyIcePick,
            _ if ice_pick_decision.is_some() => Mix::MostlyIcePick,
            _ => Mix::Usual,
        };
        let face = Face::new(&bench.knowledge.settings, mix, &mut stream(Stream::Scars));
        let mut response = stream(Stream::Response);
        let truth = Truth::new(bench.population, face.covariates(), face.severity, part.place, &mut response);
        let treating = if ice_pick_decision.is_some() { Treating::Dermatologist } else { person.treating };
        let clears = part.registered.saturating_add(random.whole(30, 100).days());
        Self {
            number,
            seed: scenario.seed,
            until: scenario.until,
            bench,
            part,
            setting: treating.setting(scenario.until),
            person: Person { treating, ..person },
            face,
            truth,
            random,
            rater: stream(Stream::Rater),
            ids: stream(Stream::Ids),
            today: part.registered,
            minute: 0,
            entries: Vec::new(),
            chart: Chart::default(),
            happenings: Vec::new(),
            clears,
            ice_pick_decision,
            trouble: Trouble::default(),
            unknown_today: None,
            passing: None,
            asked_for_today: false,
            ended: false,
        }
    }

    fn finish(self) -> SyntheticPatient {
        let fate = Fate::of(&self.chart, &self.entries, &self.bench.knowledge.settings, self.until);
        SyntheticPatient { happenings: self.happenings, fate }
    }

    fn next_step(&self) -> NextStep {
        Milestones::of(&self.chart).next_step(&self.bench.knowledge.settings, self.today)
    }

    /// Does what the chart wants next; false when that is nothing, or lies after today.
    fn step(&mut self) -> Result<bool, SyntheticError> {
        let next = self.next_step();
        if self.part.script == Script::JustStarted(next.step) {
            return Ok(false);
        }
        if let Some(done) = self.beside_the_pathway(&next)? {
            return Ok(done);
        }
        match next.step {
            Step::SeeToEvent => self.see_to_event(),
            Step::Intake => self.first_intake(),
            Step::Examine => self.first_examination(),
            Step::Screen => self.screening(next.due),
            Step::AnswerMissing => self.missing_answers(),
            Step::WaitUntilCleared => self.look_again(next.due),
            Step::Plan => self.planning(),
            Step::Consent => self.consent(next.due),
            Step::Session => self.treatment_day(next.due),
            Step::Review => self.review(next.due),
            Step::OfferAlternatives => self.alternatives(),
            Step::Nothing => self.nothing_is_wanted(),
        }
    }

    /// Goes to the first open day on or after one; false when that is after today's date of the clinic.
    fn go_to(&mut self, day: Date) -> bool {
        let day = clinic::open_day(day.max(self.today));
        if day > self.until {
            return false;
        }
        if day > self.today || self.minute == 0 {
            self.today = day;
            self.asked_for_today = false;
            self.minute = self.random.whole(OPENS_MINUTE, LAST_START_MINUTE);
        }
        true
    }

    /// Goes to a day that is due, or some days later, as people do.
    fn go_when_due(&mut self, due: Option<Date>) -> bool {
        let late = match self.random.uniform() {
            chance if chance < 0.45 => 0,
            chance if chance < 0.90 => self.random.whole(1, 6),
            _ => self.random.whole(7, 24),
        };
        self.go_to(due.unwrap_or(self.today).max(self.today).saturating_add(late.days()))
    }

    /// Goes so many days on.
    fn go_on(&mut self, least: i64, most: i64) -> bool {
        let days = self.random.whole(least, most);
        self.go_to(self.today.saturating_add(days.days()))
    }

    /// Writes an entry down.
    fn record(&mut self, by: StaffMember, body: Body) -> Result<EntryId, SyntheticError> {
        let at = self.now()?;
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&self.ids.bits().to_be_bytes());
        bytes[8..].copy_from_slice(&self.ids.bits().to_be_bytes()[..2]);
        let milliseconds = u64::try_from(at.as_millisecond()).unwrap_or_default();
        let id = EntryId(Builder::from_unix_timestamp_millis(milliseconds, &bytes).into_uuid());
        self.entries.push((id, body.clone()));
        self.chart = Chart::fold(self.entries.iter().map(|(id, body)| Recorded { id: *id, body }));
        self.happenings.push(Happening { at, by, what: What::Entry(id, body) });
        Ok(id)
    }

    /// Some minutes later on the same day.
    fn now(&mut self) -> Result<jiff::Timestamp, SyntheticError> {
        self.minute += self.random.whole(2, 7);
        let (hour, minute) = (self.minute / 60, self.minute % 60);
        let (second, millisecond) = (self.random.whole(0, 59), self.random.whole(0, 999));
        let at = self.today.at(hour as i8, minute as i8, second as i8, millisecond as i32 * 1_000_000);
        Ok(TimeZone::UTC.to_timestamp(at)?)
    }

    /// Whoever treats this patient.
    fn treats(&self) -> StaffMember {
        self.person.treating.writes()
    }

    /// The prescriber's decisions that stand today; renewed before they are too old.
    fn overrides(&mut self) -> Vec<Override> {
        let Some(decided) = &mut self.ice_pick_decision else { return Vec::new() };
        let valid = i64::from(self.bench.knowledge.settings.override_valid_days.whole());
        if decided.saturating_add(valid.days()) < self.today {
            *decided = self.today;
        }
        vec![Override {
            rule: "CI-ICEPICK".to_owned(),
            prescriber: clinic::DERMATOLOGIST.to_owned(),
            reason: "knows that ice picks change least, wants the rest treated first; TCA CROSS planned after".to_owned(),
            on: *decided,
        }]
    }

    /// Asks the rules to screen the chart as it stands.
    fn screen(&mut self) -> Result<(), SyntheticError> {
        let examined = self.chart.examined.as_ref().map(|examined| examined.on);
        if self.chart.sessions.last().is_some_and(|session| session.on < self.today && examined <= Some(session.on)) {
            self.examine()?;
        }
        let overrides = self.overrides();
        let screened = self.bench.screen(&self.chart, self.today, &self.setting, &overrides);
        let screened = screened.map_err(|source| self.refused(source))?;
        self.record(self.treats(), Body::Screened(screened))?;
        Ok(())
    }

    fn refused(&self, source: DecideError) -> SyntheticError {
        SyntheticError::Decide { number: self.number, on: self.today, source }
    }

    /// Whether the last review asked to wait for the day of the verdict.
    fn waits_for_verdict(&self) -> Option<Date> {
        let reviewed = self.chart.reviewed.as_ref().filter(|reviewed| reviewed.decided == Decided::Wait)?;
        let after_last = self.chart.sessions.last().is_some_and(|last| last.on <= reviewed.on);
        reviewed.answer.verdict_not_before.filter(|day| after_last && *day > reviewed.on)
    }
}

/// The last open day on or before one.
fn opened_before(day: Date) -> Date {
    (0..3_i64).map(|back| day.saturating_sub(back.days())).find(|day| clinic::open_day(*day) == *day).unwrap_or(day)
}
