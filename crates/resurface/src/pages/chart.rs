//! The pages of `resurface chart`: one chart at a glance, its next step, a chart that was opened, charts that were found.

use jiff::civil::Date;
use resurface_care::chart::{Adoption, Chart, EntryId, EventState, NextStep, PictureTaken, PlanAdopted, Registered, Step};
use resurface_care::consultation::Sex;
use resurface_knowledge::Knowledge;
use resurface_ledger::clinic::{Found, OpenChart};
use resurface_ledger::entry::EntryFault;
use resurface_ledger::identity::PatientId;

use super::{clinic, entries, pathway, words};
use crate::clinic::BROKEN_FIRST;
use crate::envelope::Origin;
use crate::run::chart::Standing;
use crate::terminal::{Align, Column, Look, Page, Table, Tone};

/// A chart at a glance.
pub(crate) fn page(standing: &Standing<'_>, knowledge: &Knowledge, origin: &Origin, demonstration: bool, look: Look) -> String {
    let Standing { open, milestones, next, today } = standing;
    let mut page = clinic::begin(demonstration, look);
    broken(&mut page, open.fault.as_ref());
    let chart = &open.chart;
    banner(&mut page, open, *today);
    if let Some(next) = next {
        next_step(&mut page, next, *today);
    }
    pathway::section(&mut page, &pathway::steps(chart, milestones));
    decision(&mut page, chart);
    if let Some(adopted) = &chart.plan {
        plan(&mut page, adopted, chart);
    }
    sessions(&mut page, chart);
    outcomes(&mut page, chart);
    events(&mut page, chart, &entries::Words::new(knowledge, open));
    consents(&mut page, chart);
    pictures(&mut page, chart);
    page.gap();
    page.text(&words::origin(origin));
    page.finish()
}

/// What is wrong with a chart stands before everything else.
pub(super) fn broken(page: &mut Page, fault: Option<&EntryFault>) {
    let Some(fault) = fault else { return };
    page.verdict(Tone::Stop, "DAMAGED", &format!("this chart does not check: {fault}"));
    page.text(
        "Shown is what stands before that place, and it may be less than was written. Do not treat by it alone. Nothing can be \
         added before a backup is restored, and no next step follows from it.",
    );
    page.text(&format!("First: {BROKEN_FIRST}."));
    page.gap();
}

fn banner(page: &mut Page, open: &OpenChart, today: Date) {
    let Some(registered) = &open.chart.registered else {
        page.text("Whom this chart is about cannot be read.");
        page.field("id", &open.patient.to_string());
        return;
    };
    page.heading(&format!("{}, {}", registered.name, born(registered, today)));
    page.field("number", &registered.number);
    page.field("id", &open.patient.to_string());
    if let Some(contact) = &registered.contact {
        page.field("contact", contact);
    }
}

fn born(registered: &Registered, today: Date) -> String {
    let sex = match registered.sex {
        Sex::Female => "female",
        Sex::Male => "male",
        Sex::Other => "other sex",
        Sex::Unknown => "sex not recorded",
    };
    let years = registered.birth_date.until((jiff::Unit::Year, today)).map(|span| span.get_years()).unwrap_or_default();
    format!("{sex}, born {} ({years} years)", registered.birth_date)
}

fn next_step(page: &mut Page, next: &NextStep, today: Date) {
    page.gap();
    let (tone, when) = match (next.step, next.days_overdue(today), next.due) {
        (Step::SeeToEvent, _, Some(due)) => (Tone::Stop, format!(" (noticed {due})")),
        (Step::Nothing | Step::OfferAlternatives, ..) => (Tone::Clear, String::new()),
        (_, Some(days), Some(due)) if days > 0 => (Tone::Caution, format!(", due {due}, {days} days ago")),
        (_, Some(0), _) => (Tone::Clear, ", due today".to_owned()),
        (_, _, Some(due)) => (Tone::Clear, format!(", due {due}")),
        (_, _, None) => (Tone::Caution, String::new()),
    };
    page.verdict(tone, "NEXT", &format!("{}{when} · {}", next.step.words(), next.why));
}

fn decision(page: &mut Page, chart: &Chart) {
    let Some(screened) = &chart.screened else { return };
    page.heading("Decision");
    let rules = |rules: &[String]| if rules.is_empty() { "none".to_owned() } else { rules.join(", ") };
    page.field("screening", &format!("{}, on {}", screened.answer.decision, screened.on));
    page.field("rules", &rules(&screened.answer.findings));
    if !screened.answer.unanswered.is_empty() {
        page.field("not answered", &rules(&screened.answer.unanswered));
    }
    for over in &screened.overrides {
        page.field("against a rule", &format!("{} by {}, {}: {}", over.rule, over.prescriber, over.on, over.reason));
    }
    if let Some((_, gate)) = chart.gates.last() {
        let against = gate.answer.against.iter().map(|check| format!("; {check}")).collect::<String>();
        page.field("latest gate", &format!("{}, on {}{against}", gate.answer.permit.words(), gate.on));
    }
}

fn plan(page: &mut Page, plan: &PlanAdopted, chart: &Chart) {
    page.heading("Plan");
    match &plan.adoption {
        Adoption::Adopted => page.field("taken", &format!("as proposed, on {}", plan.on)),
        Adoption::Edited { reason, .. } => page.field("taken", &format!("otherwise than proposed, on {}: {reason}", plan.on)),
        Adoption::Rejected { reason } => page.field("not taken", &format!("on {}: {reason}", plan.on)),
    }
    if let Some(course) = plan.course() {
        page.field("course", &entries::course(course));
        let number = chart.sessions.len() + 1;
        if let Some(day) = course.not_before(number, chart.sessions.last().map(|session| session.on)) {
            page.field("next session", &format!("{number} of {}, not before {day}", course.total_sessions));
        }
    }
    if let Some(proposed) = &plan.answer.course {
        let of = if matches!(plan.adoption, Adoption::Adopted) { "" } else { " of the course proposed" };
        page.field("expected", &format!("{}{of}", entries::expected(proposed)));
    }
}

/// What the gate of a session's day said.
fn gate_of(chart: &Chart, gate: Option<EntryId>) -> &'static str {
    let asked = gate.and_then(|gate| chart.gates.iter().find(|(id, _)| *id == gate));
    asked.map_or("not asked", |(_, gate)| gate.answer.permit.words())
}

fn sessions(page: &mut Page, chart: &Chart) {
    if chart.sessions.is_empty() {
        return;
    }
    page.heading("Sessions");
    let mut table = Table::new(vec![
        Column::new("", Align::Right),
        Column::new("day", Align::Left),
        Column::droppable("lot", Align::Left, 2),
        Column::droppable("gate", Align::Left, 1),
        Column::new("zones and depths", Align::Left),
    ]);
    for (at, session) in chart.sessions.iter().enumerate() {
        let lot = session.cartridge.as_ref().and_then(|cartridge| cartridge.lot.clone());
        table.row(vec![
            (at + 1).to_string(),
            session.on.to_string(),
            lot.unwrap_or_else(|| "-".to_owned()),
            gate_of(chart, session.gate).to_owned(),
            entries::zones(session),
        ]);
    }
    page.table(&table);
}

fn outcomes(page: &mut Page, chart: &Chart) {
    if chart.outcomes.is_empty() {
        return;
    }
    page.heading("Outcomes");
    let mut table = Table::new(vec![
        Column::new("day", Align::Left),
        Column::new("value", Align::Right),
        Column::new("rater", Align::Left),
        Column::new("scale", Align::Left),
    ]);
    for outcome in &chart.outcomes {
        table.row(vec![
            outcome.date.to_string(),
            outcome.value.to_string(),
            words::of(&outcome.rater),
            words::scale(outcome.scale).to_owned(),
        ]);
    }
    page.table(&table);
}

fn events(page: &mut Page, chart: &Chart, words: &entries::Words<'_>) {
    if chart.events.is_empty() {
        return;
    }
    page.heading("Adverse events");
    for event in &chart.events {
        let EventState { id, noticed, followed } = event;
        let state = if event.open() { "not over" } else { "over" };
        page.marked(if event.open() { "!" } else { "-" }, &format!("{}, {state}: {}", noticed.on, words.event(noticed)));
        page.under(&noticed.text);
        for follow_up in followed {
            let over = if follow_up.resolved { "over" } else { "not over" };
            page.under(&format!("{}: {over}; {}", follow_up.on, follow_up.text));
        }
        page.under(&format!("id {id}"));
    }
}

fn consents(page: &mut Page, chart: &Chart) {
    page.heading("Consent");
    for (purpose, on) in &chart.consents {
        page.item(&format!("{}, since {on}", entries::purpose_words(*purpose)));
    }
    if let Some(withdrawn) = chart.withdrawn {
        page.marked("!", &format!("consent to treatment was taken back on {withdrawn}"));
    } else if chart.consents.is_empty() {
        page.text("None was recorded.");
    }
}

fn pictures(page: &mut Page, chart: &Chart) {
    if chart.pictures.is_empty() {
        return;
    }
    page.heading("Pictures");
    let mut table =
        Table::new(vec![Column::new("day", Align::Left), Column::new("view", Align::Left), Column::new("id", Align::Left)]);
    for (id, picture) in &chart.pictures {
        table.row(vec![picture.on.to_string(), picture.view.words().to_owned(), id.to_string()]);
    }
    page.table(&table);
}

/// What comes next of a chart.
pub(crate) fn next_page(open: &OpenChart, next: Option<&NextStep>, today: Date, demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    broken(&mut page, open.fault.as_ref());
    if let Some(registered) = &open.chart.registered {
        page.text(&format!("{}, number {}", registered.name, registered.number));
    }
    if let Some(next) = next {
        next_step(&mut page, next, today);
    }
    page.finish()
}

/// What comes next, at the end of another page.
pub(super) fn next_section(page: &mut Page, next: &NextStep) {
    page.gap();
    let due = next.due.map(|due| format!(", due {due}")).unwrap_or_default();
    page.verdict(Tone::Clear, "NEXT", &format!("{}{due} · {}", next.step.words(), next.why));
}

/// That a chart was opened.
pub(crate) fn opened(patient: PatientId, number: &str, demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    page.verdict(Tone::Clear, "OPENED", &format!("a chart with the number {number}"));
    page.field("id", &patient.to_string());
    page.text("`resurface chart add` adds what was asked and examined, from a consultation file.");
    page.finish()
}

/// That a picture was written into a file.
pub(crate) fn picture_written(file: &str, picture: &PictureTaken, demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    page.text(&format!("The picture of {}, {}, was written into {file}.", picture.on, picture.view.words()));
    page.text("Outside the clinic's folder nothing keeps it sealed: remove the file when it is no longer needed.");
    page.finish()
}

/// Charts that were found.
pub(crate) fn found(charts: &[Found], demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    if charts.is_empty() {
        page.text("No chart has this in its number or its name.");
        return page.finish();
    }
    let mut table = Table::new(vec![
        Column::new("number", Align::Left),
        Column::new("name", Align::Left),
        Column::new("born", Align::Left),
        Column::new("id", Align::Left),
    ]);
    for chart in charts {
        let Found { patient, number, name, birth_date } = chart;
        table.row(vec![number.clone(), name.clone(), birth_date.to_string(), patient.to_string()]);
    }
    page.table(&table);
    page.finish()
}
