//! What a consultation means for a chart: the facts it adds, and the decisions that are asked of the chart with them.

use jiff::civil::Date;
use resurface_care::chart::{
    Bench, Body, Chart, DecideError, Decided, EntryId, Kind, PlanAdopted, RecordError, Recorded, Reviewed, Setting, Wish, record,
};
use resurface_care::consultation::{Consultation, Operator};
use resurface_care::error::CareError;
use resurface_forecast::ForecastError;
use resurface_ledger::access::Note;
use resurface_ledger::clinic::OpenChart;

use super::ids::Ids;
use crate::arguments::DecisionOptions;
use crate::ending::{Exit, Failure};

/// Who would treat, by the clinic's records. A consultation believes a file about somebody who is not recorded; a treatment day
/// does not: a file cannot claim a training.
pub(super) struct Operators {
    pub(super) consultation: Operator,
    pub(super) treatment_day: Operator,
}

/// Why nothing of a consultation is added.
pub(super) struct NotAdded {
    /// As the access log keeps it.
    pub(super) why: Note,
    /// As whoever adds is told.
    pub(super) failure: Failure,
}

impl NotAdded {
    const fn new(why: Note, failure: Failure) -> Self {
        Self { why, failure }
    }
}

/// The entries that a consultation adds to a chart, in their order; none when the chart holds all of it.
pub(super) fn entries(
    open: &OpenChart,
    consultation: &Consultation,
    decided: &DecisionOptions,
    bench: &Bench<'_>,
    ids: &Ids,
    operators: &Operators,
) -> Result<Vec<(EntryId, Body)>, NotAdded> {
    let mut adding = Adding { open, ids, bodies: Vec::new() };
    let facts = match record(&open.chart, consultation) {
        Err(RecordError::Earlier { .. }) if decided.is_none() && came_before(open, consultation, ids) => return Ok(Vec::new()),
        facts => facts.map_err(does_not_fit)?,
    };
    for fact in facts {
        let what = fact.to_bytes().map_err(|error| NotAdded::new(Note::OtherFailure, Failure::new(Exit::Failed, error)))?;
        adding.add(fact, &what);
    }
    let asked = Asked {
        on: consultation.date,
        setting: Setting {
            jurisdiction: consultation.jurisdiction.clone(),
            device: consultation.device.clone(),
            operator: operators.consultation.clone(),
        },
        consultation,
    };
    let chart = adding.chart();
    if !adding.bodies.is_empty() || asked.not_yet_screened(&chart) {
        let screened = bench.screen(&chart, asked.on, &asked.setting, &consultation.overrides).map_err(undecided)?;
        adding.add(Body::Screened(screened), b"");
    }
    if let Some(day) = &consultation.day {
        let setting = Setting { operator: operators.treatment_day.clone(), ..asked.setting.clone() };
        let gated = bench.gate(&chart, asked.on, &setting, &consultation.overrides, day).map_err(undecided)?;
        if chart.gates.last().is_none_or(|(_, held)| *held != gated) {
            adding.add(Body::SessionGated(gated), b"");
        }
    }
    for (body, what) in asked.decisions(&chart, decided, bench)? {
        adding.add(body, what.as_bytes());
    }
    Ok(adding.bodies)
}

/// Whether this file was added at an earlier visit: its intake is in the chart, under the id that follows from it.
fn came_before(open: &OpenChart, consultation: &Consultation, ids: &Ids) -> bool {
    let blank = Chart { registered: open.chart.registered.clone(), ..Chart::default() };
    let facts = record(&blank, consultation).unwrap_or_default();
    let intake = facts.iter().find(|fact| matches!(fact, Body::Intake(_))).and_then(|intake| intake.to_bytes().ok());
    intake.is_some_and(|what| {
        let id = ids.of(Kind::Intake.word(), &what);
        open.entries.iter().any(|entry| entry.id == id)
    })
}

/// Entries that are being gathered.
struct Adding<'a> {
    open: &'a OpenChart,
    ids: &'a Ids,
    bodies: Vec<(EntryId, Body)>,
}

impl Adding<'_> {
    /// Adds one. What the chart holds and still counts is not asked for again; what was struck out, or replaced since, comes
    /// under an id of its own.
    fn add(&mut self, body: Body, what: &[u8]) {
        let taken = |id: &EntryId| {
            self.open.entries.iter().any(|entry| entry.id == *id) || self.bodies.iter().any(|(other, _)| other == id)
        };
        let id = self.ids.each_of(body.kind().word(), what).find(|id| !taken(id));
        self.bodies.extend(id.map(|id| (id, body)));
    }

    /// The chart with what was gathered so far.
    fn chart(&self) -> Chart {
        let held = self.open.entries.iter().map(|entry| Recorded { id: entry.id, body: &entry.body });
        Chart::fold(held.chain(self.bodies.iter().map(|(id, body)| Recorded { id: *id, body })))
    }
}

/// What is asked of a chart: on which day, where, with what, by whom.
struct Asked<'a> {
    on: Date,
    setting: Setting,
    consultation: &'a Consultation,
}

impl Asked<'_> {
    /// Whether the latest screening is of another day, another place, device or operator, or other overrides.
    fn not_yet_screened(&self, chart: &Chart) -> bool {
        chart.screened.as_ref().is_none_or(|screened| {
            screened.on != self.on || screened.setting != self.setting || screened.overrides != self.consultation.overrides
        })
    }

    /// What the practitioner makes of a proposal or a review, each with what tells it from another such decision.
    fn decisions(&self, chart: &Chart, decided: &DecisionOptions, bench: &Bench<'_>) -> Result<Vec<(Body, String)>, NotAdded> {
        let why = || decided.why.clone().unwrap_or_default();
        if let Some(reason) = &decided.reject {
            self.plan(chart, Wish::Reject { reason: reason.clone() }, bench)
        } else if let (Some(total_sessions), Some(interval_days)) = (decided.sessions, decided.interval_days) {
            self.plan(chart, Wish::Edit { total_sessions, interval_days, reason: why() }, bench)
        } else if let Some(decision) = decided.decide {
            let what = format!("{} {}", decision.words(), why());
            let review = self.review(chart, Some((decision, why())), bench)?;
            Ok(not_held(chart, review).map(|review| (Body::Reviewed(review), what)).into_iter().collect())
        } else if decided.adopt && chart.sessions.is_empty() {
            self.plan(chart, Wish::Adopt, bench)
        } else if decided.adopt {
            self.advice(chart, bench)
        } else {
            Ok(Vec::new())
        }
    }

    /// Takes the advice. To go on with a course that was begun without a plan, as elsewhere, is to take what is proposed.
    fn advice(&self, chart: &Chart, bench: &Bench<'_>) -> Result<Vec<(Body, String)>, NotAdded> {
        let review = self.review(chart, None, bench)?;
        let goes_on = review.decided == Decided::Continue;
        let review = not_held(chart, review).map(|review| (Body::Reviewed(review), "as advised".to_owned()));
        let mut decisions: Vec<_> = review.into_iter().collect();
        if goes_on && chart.plan.is_none() {
            decisions.extend(self.plan(chart, Wish::Adopt, bench)?);
        }
        Ok(decisions)
    }

    fn review(&self, chart: &Chart, decision: Option<(Decided, String)>, bench: &Bench<'_>) -> Result<Reviewed, NotAdded> {
        bench.review(chart, self.on, &self.setting, &self.consultation.overrides, decision).map_err(undecided)
    }

    /// What is made of a proposal; nothing when the chart holds the same.
    fn plan(&self, chart: &Chart, wish: Wish, bench: &Bench<'_>) -> Result<Vec<(Body, String)>, NotAdded> {
        let what = format!("{wish:?}");
        let plan = bench.plan(chart, self.on, &self.setting, &self.consultation.overrides, wish).map_err(undecided)?;
        let same = |held: &PlanAdopted| held.on == plan.on && held.setting == plan.setting && held.adoption == plan.adoption;
        let held = chart.plan.as_ref().is_some_and(same);
        Ok(if held { Vec::new() } else { vec![(Body::PlanAdopted(plan), what)] })
    }
}

/// A review, unless the chart holds the same.
fn not_held(chart: &Chart, review: Reviewed) -> Option<Reviewed> {
    chart.reviewed.as_ref().is_none_or(|held| *held != review).then_some(review)
}

fn does_not_fit(error: RecordError) -> NotAdded {
    let why = if matches!(error, RecordError::AnotherPatient { .. }) { Note::AnotherPatient } else { Note::DoesNotFit };
    let hint = match error {
        RecordError::NotRegistered => "`resurface chart new` opens a chart",
        RecordError::AnotherPatient { .. } => "`resurface chart find TEXT` looks for the right chart",
        RecordError::Earlier { .. } | RecordError::Otherwise { .. } => {
            "an entry file of the kind `amended` corrects an entry: `resurface schema entry`"
        }
    };
    NotAdded::new(why, Failure::new(Exit::InputFaults, error).hint(hint))
}

fn undecided(error: DecideError) -> NotAdded {
    let (exit, hint) = match &error {
        DecideError::Care(CareError::Forecast(ForecastError::NoExplanationFound)) => {
            (Exit::NotTrusted, "look at the outcomes: `resurface chart show PATIENT`")
        }
        DecideError::NothingToReview
        | DecideError::NothingProposed(_)
        | DecideError::CourseNotAllowed(_)
        | DecideError::NoReason => (Exit::InputFaults, "without a decision the file can be added as it is"),
        DecideError::Json(_) => (Exit::Failed, "tell whoever maintains the program"),
        _ => (Exit::InputFaults, "correct what was recorded, and add the file again"),
    };
    let failure = Failure::new(exit, error).hint(hint).note("nothing of this file was added");
    NotAdded::new(Note::NotDecided, failure)
}
