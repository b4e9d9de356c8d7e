//! `resurface chart new`: opens a chart for a patient.

use jiff::civil::Date;
use resurface_care::chart::Registered;
use resurface_ledger::identity::PatientId;
use serde::Serialize;

use crate::arguments::NewChart;
use crate::clinic::Session;
use crate::ending::{Answer, Exit, Failure};
use crate::pages;
use crate::request::{Form, Request};
use crate::run::clinic::of_clinic;
use crate::run::source;

#[derive(Serialize)]
struct Opened<'a> {
    patient: PatientId,
    number: &'a str,
}

/// Longest name and number, in characters.
const CHARACTERS_MAX: usize = 200;

/// Opens a chart.
pub(super) fn new(request: &Request, typed: &NewChart) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    let mut registered = registered(request, typed, session.today())?;
    registered.synthetic = session.is_demonstration();
    let number = registered.number.clone();
    let open = session.desk()?.register(registered)?;
    let page = match request.form {
        Form::Page => pages::chart::opened(open.patient, &number, session.is_demonstration(), request.look),
        Form::Json => {
            let opened = Opened { patient: open.patient, number: &number };
            of_clinic("resurface.chart_opened/1", session.is_demonstration(), &opened)?
        }
    };
    Ok(Answer::page(page))
}

fn registered(request: &Request, typed: &NewChart, today: Date) -> Result<Registered, Failure> {
    let name = one_line("--name", &typed.name)?;
    let contact = typed.contact.as_deref().map(|contact| one_line("--contact", contact)).transpose()?;
    if let Some(file) = &typed.file {
        let knowledge = source::knowledge(request)?;
        let (consultation, _) = source::consultation(file, &knowledge)?;
        let patient = consultation.patient;
        return Ok(Registered {
            on: consultation.date,
            number: patient.id,
            name,
            birth_date: patient.birth_date,
            sex: patient.sex,
            contact,
            synthetic: false,
        });
    }
    let (Some(number), Some(birth_date), Some(sex)) = (&typed.number, typed.birth_date, typed.sex) else {
        return Err(Failure::new(Exit::InputFaults, "number, date of birth or sex are missing")
            .hint("name a consultation file, or --number, --birth-date and --sex"));
    };
    Ok(Registered {
        on: typed.on.unwrap_or(today),
        number: one_line("--number", number)?,
        name,
        birth_date,
        sex,
        contact,
        synthetic: false,
    })
}

/// A text on one line; what was typed is not repeated when it is none.
fn one_line(option: &str, typed: &str) -> Result<String, Failure> {
    let text = typed.trim();
    let right = (1..=CHARACTERS_MAX).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    if right {
        return Ok(text.to_owned());
    }
    Err(Failure::new(Exit::InputFaults, format!("{option} is not 1 to {CHARACTERS_MAX} characters on one line")))
}
