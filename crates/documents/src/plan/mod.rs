//! The plan, for the person who treats and the person who is treated.

mod course;
mod others;
mod outlook;

use resurface_care::chart::{Adoption, PlanAdopted, Registered};
use resurface_care::consultation::Consultation;
use resurface_care::plan::{Plan, Proposal, Standing};
use resurface_figure::decision_text;
use resurface_words::Words;

use crate::error::DocumentError;
use crate::flow::Table;
use crate::letterhead::Letterhead;
use crate::paper::Paper;
use crate::phrases;
use crate::reader::Reader;
use crate::sources::Sources;
use crate::text::Text;

pub(crate) use outlook::forecast_figure;

/// What a plan document shows.
#[derive(Clone, Copy, Debug)]
pub struct PlanSheet<'a> {
    /// What was recorded.
    pub consultation: &'a Consultation,
    /// The plan.
    pub plan: &'a Plan,
    /// What was made of it; nothing while it is only proposed.
    pub adopted: Option<AdoptedBy<'a>>,
    /// How far a judged percentage may be off, 95 %: [`resurface_figure::judged_error_percent`].
    pub judged_error_percent: f64,
}

/// What a practitioner made of a proposed course.
#[derive(Clone, Copy, Debug)]
pub struct AdoptedBy<'a> {
    /// The entry of the chart.
    pub entry: &'a PlanAdopted,
    /// Name of who wrote it.
    pub by: &'a str,
}

/// The plan as PDF: the course proposed and what was made of it, what to expect, alternatives, risks, what would change it,
/// and the sources.
///
/// # Errors
/// [`DocumentError::Pages`] when the pages break a rule of accessible PDF.
pub fn plan(
    letterhead: &Letterhead,
    patient: &Registered,
    sheet: &PlanSheet<'_>,
    reader: Reader<'_>,
) -> Result<Vec<u8>, DocumentError> {
    let Reader { words, knowledge } = reader;
    let plan = sheet.plan;
    let about = words.with("document-plan-of", [("date", words.date(plan.date).into())]);
    let mut paper = Paper::begin(letterhead, patient, "document-plan", &about, words)?;
    let mut sources = Sources::default();
    let panel = in_plain_words(plan, words);
    paper.flow.panel(&panel);
    standing(&mut paper, sheet);
    if let Some(proposal) = proposal(plan) {
        course::dates(&mut paper, proposal, sheet.adopted);
    }
    outlook::chapter(&mut paper, sheet, letterhead, reader);
    if let Some(proposal) = proposal(plan) {
        course::technique(&mut paper, proposal, reader, &mut sources);
        course::rules(&mut paper, proposal, reader, &mut sources);
    }
    others::alternatives(&mut paper, plan, reader, &mut sources);
    others::risks(&mut paper, plan, reader, &mut sources);
    others::changes(&mut paper, plan, reader);
    sources.list(&mut paper, knowledge);
    paper.finish()
}

/// The course that is proposed, or would be once what defers it has cleared.
const fn proposal(plan: &Plan) -> Option<&Proposal> {
    match &plan.standing {
        Standing::Proposed { proposal } | Standing::AfterDeferral { would_be: proposal, .. } => Some(proposal),
        Standing::Withheld { .. } => None,
    }
}

/// What the plan comes to, for somebody who reads nothing else.
fn in_plain_words(plan: &Plan, words: &Words) -> Vec<Text> {
    let first = match &plan.standing {
        Standing::Proposed { proposal } => {
            let weeks = words.number(proposal.choice.interval_weeks, 0);
            words.with("document-plain-course", [("sessions", proposal.total_sessions.into()), ("weeks", weeks.into())])
        }
        Standing::AfterDeferral { not_before: Some(day), .. } => {
            words.with("document-plain-deferred-until", [("date", words.date(*day).into())])
        }
        Standing::AfterDeferral { not_before: None, .. } => words.text("document-plain-deferred"),
        Standing::Withheld { because } => phrases::named("withheld", because, words),
    };
    let mut said = vec![Text::strong(first)];
    let Some(forecast) = &plan.forecast else { return said };
    let ahead = &forecast.this_patient;
    let goal = words.percentage(f64::from(plan.goal.improvement_percent));
    let chance = [
        ("count", phrases::of_hundred(ahead.chance_of_goal, words).into()),
        ("goal", goal.into()),
        ("sessions", forecast.total_sessions.into()),
    ];
    said.push(words.with("document-plain-chance", chance).into());
    let range = [
        ("median", words.percent(ahead.median).into()),
        ("half", words.percent_span(ahead.interval_50.low, ahead.interval_50.high).into()),
        ("eighty", words.percent_span(ahead.interval_80.low, ahead.interval_80.high).into()),
    ];
    said.push(words.with("document-plain-range", range).into());
    said.push(words.text("document-plain-no-promise").into());
    said
}

/// What screening decided, the goal, why this many sessions, and what was made of the proposal.
fn standing(paper: &mut Paper<'_>, sheet: &PlanSheet<'_>) {
    let (plan, words) = (sheet.plan, paper.words);
    let mut table = Table::fields();
    table.field(words.text("document-screening"), decision_text(plan.decision, words));
    let goal = [
        ("goal", words.percentage(f64::from(plan.goal.improvement_percent)).into()),
        ("from", phrases::named("counted", &plan.goal.counted_from, words).into()),
    ];
    let goal = words.with("document-goal-better", goal);
    let by = plan.goal.by.map(|by| words.with("document-goal-by", [("date", words.date(by).into())]));
    table.field(words.text("document-goal"), [Some(goal), by].into_iter().flatten().collect::<Vec<_>>().join(" "));
    if let Some(proposal) = proposal(plan) {
        table.field(words.text("document-why-so-many"), course::because(proposal, words));
    }
    if let Some(adopted) = sheet.adopted {
        table.field(words.text("document-adoption"), adoption(adopted, words));
    }
    paper.flow.table(&table);
}

fn adoption(adopted: AdoptedBy<'_>, words: &Words) -> String {
    let (day, by) = (words.date(adopted.entry.on), adopted.by);
    match &adopted.entry.adoption {
        Adoption::Adopted => words.with("document-adopted", [("date", day.into()), ("name", by.into())]),
        Adoption::Edited { course, reason } => {
            let course = phrases::course(course, words);
            let parts = [("date", day.into()), ("name", by.into()), ("course", course.into()), ("reason", reason.into())];
            words.with("document-adopted-otherwise", parts)
        }
        Adoption::Rejected { reason } => {
            words.with("document-not-adopted", [("date", day.into()), ("name", by.into()), ("reason", reason.into())])
        }
    }
}
