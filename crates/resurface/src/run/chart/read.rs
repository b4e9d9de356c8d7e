//! `resurface chart show`, `next`, `picture` and `find`: what a chart says.

use std::path::Path;

use jiff::civil::Date;
use resurface_care::chart::{Chart, EntryId, Milestones, NextStep};
use resurface_knowledge::Knowledge;
use resurface_ledger::clinic::{Form as PictureForm, Found, OpenChart};
use resurface_ledger::identity::PatientId;
use serde::Serialize;
use serde_json::{Value, json};

use crate::arguments::FormOption;
use crate::clinic::Session;
use crate::ending::{Answer, Exit, Failure};
use crate::envelope::{self, OfClinic, Origin};
use crate::files;
use crate::pages;
use crate::request::{Form, Request};
use crate::run::clinic::of_clinic;
use crate::run::source;

/// A chart as it stands on a day.
pub(crate) struct Standing<'a> {
    /// The chart.
    pub(crate) open: &'a OpenChart,
    /// The few days of it that decide what comes next.
    pub(crate) milestones: Milestones,
    /// What comes next; nothing of a chart that does not check.
    pub(crate) next: Option<NextStep>,
    /// The day from which it is seen.
    pub(crate) today: Date,
}

#[derive(Serialize)]
struct Next<'a> {
    patient: PatientId,
    today: Date,
    fault: Option<String>,
    #[serde(flatten)]
    next: Option<&'a NextStep>,
    overdue_days: Option<i32>,
}

#[derive(Serialize)]
struct PictureWritten<'a> {
    file: String,
    bytes: usize,
    picture: &'a resurface_care::chart::PictureTaken,
}

#[derive(Serialize)]
struct AllFound<'a> {
    charts: &'a [Found],
}

/// The chart at a glance. One that does not check is shown as far as it does, and ends with an exit code of its own.
pub(super) fn show(request: &Request, patient: &str, today: Option<Date>) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    let knowledge = source::of_clinic(request, &session.clinic)?;
    let desk = session.desk()?;
    let open = desk.open_chart(desk.find_one(patient)?)?;
    let today = today.unwrap_or_else(|| session.today());
    let milestones = Milestones::of(&open.chart);
    let next = next_of(&open, &milestones, &knowledge, today);
    let standing = Standing { open: &open, milestones, next, today };
    let origin = Origin::of_knowledge(&knowledge.version);
    let demonstration = session.is_demonstration();
    let page = match request.form {
        Form::Page => pages::chart::page(&standing, &knowledge, &origin, demonstration, request.look),
        Form::Json => envelope::write("resurface.chart/1", &origin, &OfClinic { demonstration, answer: &as_json(&standing)? })?,
    };
    Ok(Answer::page(page).ending(if open.fault.is_some() { Exit::Damaged } else { Exit::Answered }))
}

fn as_json(standing: &Standing<'_>) -> Result<Value, Failure> {
    let Standing { open, milestones, next, today } = standing;
    let chart = &open.chart;
    let events = chart
        .events
        .iter()
        .map(|event| json!({ "entry": event.id, "open": event.open(), "noticed": event.noticed, "followed": event.followed }));
    let pictures = chart.pictures.iter().map(|(id, picture)| json!({ "entry": id, "picture": picture }));
    let gates = chart.gates.iter().map(|(id, gate)| json!({ "entry": id, "gate": gate }));
    Ok(json!({
        "patient": open.patient,
        "fault": open.fault.as_ref().map(ToString::to_string),
        "entries": open.entries.len(),
        "registered": chart.registered,
        "today": today,
        "next": next,
        "pathway": pages::pathway::steps(chart, milestones),
        "screened": chart.screened,
        "plan": chart.plan,
        "consents": consents(chart),
        "consent_withdrawn": chart.withdrawn,
        "gates": gates.collect::<Vec<_>>(),
        "sessions": chart.sessions,
        "outcomes": chart.outcomes,
        "events": events.collect::<Vec<_>>(),
        "pictures": pictures.collect::<Vec<_>>(),
        "reviewed": chart.reviewed,
    }))
}

fn consents(chart: &Chart) -> Vec<Value> {
    chart.consents.iter().map(|(purpose, on)| json!({ "purpose": purpose, "on": on })).collect()
}

/// What comes next.
pub(super) fn next(request: &Request, patient: &str, today: Option<Date>) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    let knowledge = source::of_clinic(request, &session.clinic)?;
    let desk = session.desk()?;
    let open = desk.open_chart(desk.find_one(patient)?)?;
    let today = today.unwrap_or_else(|| session.today());
    let next = next_of(&open, &Milestones::of(&open.chart), &knowledge, today);
    let demonstration = session.is_demonstration();
    let page = match request.form {
        Form::Page => pages::chart::next_page(&open, next.as_ref(), today, demonstration, request.look),
        Form::Json => {
            let overdue_days = next.as_ref().and_then(|next| next.days_overdue(today));
            let fault = open.fault.as_ref().map(ToString::to_string);
            let answer = Next { patient: open.patient, today, fault, next: next.as_ref(), overdue_days };
            let origin = Origin::of_knowledge(&knowledge.version);
            envelope::write("resurface.next/1", &origin, &OfClinic { demonstration, answer: &answer })?
        }
    };
    Ok(Answer::page(page).ending(if open.fault.is_some() { Exit::Damaged } else { Exit::Answered }))
}

/// What comes next. What stands in a chart up to a fault is no ground for a step.
fn next_of(open: &OpenChart, milestones: &Milestones, knowledge: &Knowledge, today: Date) -> Option<NextStep> {
    open.fault.is_none().then(|| milestones.next_step(&knowledge.settings, today))
}

/// Writes one form of a picture into a file.
pub(super) fn picture(request: &Request, patient: &str, entry: EntryId, out: &Path, form: FormOption) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    let desk = session.desk()?;
    let form = match form {
        FormOption::Thumbnail => PictureForm::Thumbnail,
        FormOption::Display => PictureForm::Display,
        FormOption::Original => PictureForm::Original,
    };
    let (picture, bytes) = desk.picture(desk.find_one(patient)?, entry, form)?;
    files::write_private_bytes(out, &bytes)?;
    let (file, demonstration) = (out.display().to_string(), session.is_demonstration());
    let page = match request.form {
        Form::Page => pages::chart::picture_written(&file, &picture, demonstration, request.look),
        Form::Json => {
            let written = PictureWritten { file, bytes: bytes.len(), picture: &picture };
            of_clinic("resurface.picture/1", demonstration, &written)?
        }
    };
    Ok(Answer::page(page))
}

/// Charts whose number or name holds a text.
pub(super) fn find(request: &Request, text: &str) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    let charts = session.desk()?.find(text)?;
    let demonstration = session.is_demonstration();
    let page = match request.form {
        Form::Page => pages::chart::found(&charts, demonstration, request.look),
        Form::Json => of_clinic("resurface.charts_found/1", demonstration, &AllFound { charts: &charts })?,
    };
    Ok(Answer::page(page))
}
