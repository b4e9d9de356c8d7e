//! What the forms of the pages write into a chart, written by a program: the same fields as JSON, read by the same functions.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, put};
use resurface_care::chart::EntryId;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::{Attributed, LedgerError, OpenChart, operation_of};
use resurface_ledger::identity::LinkPurpose;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::charts::{entry_id, in_step, written};
use super::sent::{Asked, Sent, answer, read};
use crate::app::App;
use crate::form::{Faults, Typed};
use crate::pages::chart::sheet::{Entries, Sheet};
use crate::pages::{consent, events, examination, intake, messages, my, plan, review, screening, session, treatment};
use crate::problem::Problem;
use crate::routes::{Call, Content, Need, Route};
use crate::seat::{Answer, Seat, patient_of};

/// A form of a page.
struct Form {
    operation: Operation,
    /// Fields that are no part of a file: as a program sends them, and as the page names them.
    own: &'static [(&'static str, &'static str)],
    others: Others,
    entries: fn(&Seat<'_>, &OpenChart, &Sheet, &Typed) -> Entries,
}

/// The other fields.
#[derive(Clone, Copy)]
enum Others {
    /// These parts of a consultation.
    Parts(&'static [&'static str]),
    /// Those of an entry; its shape names what it does not know.
    OfEntry,
    /// Those of a session that is given.
    OfSession,
}

/// Place, device and operator that a question is asked for.
const SETTING: [(&str, &str); 3] = [("jurisdiction", "_jurisdiction"), ("device", "_device"), ("operator", "_operator")];
/// The answer that was seen, and what is said to it.
const ANSWER: [(&str, &str); 2] = [("answer", "_answer"), ("reason", "_reason")];

/// The history and wishes of an intake.
const ASKED: Others = Others::Parts(&["patient", "findings", "goal", "earlier_treatments"]);

/// A form that is an entry and nothing else.
const fn entry(operation: Operation, entries: fn(&Seat<'_>, &OpenChart, &Sheet, &Typed) -> Entries) -> Form {
    Form { operation, own: &[], others: Others::OfEntry, entries }
}

static INTAKE: Form = Form { others: ASKED, ..entry(Operation::AnswerIntake, intake::entries) };
static EXAMINATION: Form =
    Form { others: Others::Parts(&["lesions", "skin", "scars"]), ..entry(Operation::ExamineScars, examination::entries) };
static SESSION: Form = Form { others: Others::OfSession, ..entry(Operation::DeliverSession, session::entries) };
static MESSAGE: Form = entry(Operation::WriteMessage, messages::entries);
static EVENT: Form = entry(Operation::RecordAdverseEvent, events::entries);
static FOLLOW_UP: Form =
    Form { own: &[("event", "_event")], ..entry(Operation::RecordAdverseEvent, events::one::follow_entries) };
static OUTCOME: Form = entry(Operation::Measure, review::outcome::entries);
static WITHDRAWAL: Form = entry(Operation::WithdrawConsent, consent::withdrawal::entries);
static CONSENT: Form = Form {
    own: &[("text", "_text"), ("discussion", "_discussion"), ("signed", "_signed"), ("drawn", "_drawn")],
    ..entry(Operation::RecordConsent, consent::entries)
};
static TREATMENT: Form = Form {
    operation: Operation::GateSession,
    own: &[("carried:b", "_carried[]"), SETTING[0], SETTING[1], SETTING[2]],
    others: Others::Parts(&["patient", "findings", "lesions", "day"]),
    entries: treatment::day::entries,
};
static SCREENING: Form = Form {
    operation: Operation::Screen,
    own: &[("override", "_override"), ("keep[]", "_keep[]"), SETTING[0], SETTING[1], SETTING[2]],
    others: Others::Parts(&[]),
    entries: screening::entries,
};
static PLAN: Form = Form {
    operation: Operation::AdoptPlan,
    own: &[("wish", "_wish"), ("sessions:n", "_sessions:n"), ("interval_days:n", "_interval_days:n"), ANSWER[0], ANSWER[1]],
    others: Others::Parts(&[]),
    entries: plan::entries,
};
static REVIEW: Form = Form {
    operation: Operation::Review,
    own: &[("decided", "_decided"), ANSWER[0], ANSWER[1]],
    others: Others::Parts(&[]),
    entries: review::entries,
};
static OWN_INTAKE: Form = Form { others: ASKED, ..entry(Operation::OwnIntake, intake::own::entries) };
static OWN_REPORT: Form = entry(Operation::OwnReport, my::report::entries);

pub(super) fn routes() -> Vec<Route> {
    vec![
        of_chart("/api/v1/charts/{patient}/intake/{id}", &INTAKE, "add an intake", "IntakeForm"),
        of_chart("/api/v1/charts/{patient}/examination/{id}", &EXAMINATION, "add an examination", "ExaminationForm"),
        of_chart("/api/v1/charts/{patient}/screening/{id}", &SCREENING, "screen, and keep the answer", "ScreeningForm"),
        of_chart("/api/v1/charts/{patient}/plan/{id}", &PLAN, "adopt, edit or reject the plan that was seen", "PlanForm"),
        of_chart("/api/v1/charts/{patient}/consent/{id}", &CONSENT, "record consent to the text that was read", "ConsentForm"),
        of_chart("/api/v1/charts/{patient}/withdrawal/{id}", &WITHDRAWAL, "record that consent is taken back", "WithdrawalForm"),
        of_chart(
            "/api/v1/charts/{patient}/treatment/{id}",
            &TREATMENT,
            "ask the gate of today, and keep the answer",
            "TreatmentForm",
        ),
        of_chart("/api/v1/charts/{patient}/session/{id}", &SESSION, "add the session that the gate permitted", "SessionForm"),
        of_chart("/api/v1/charts/{patient}/outcomes/{id}", &OUTCOME, "add an outcome that was measured", "OutcomeForm"),
        of_chart("/api/v1/charts/{patient}/review/{id}", &REVIEW, "decide about the review that was seen", "ReviewForm"),
        of_chart("/api/v1/charts/{patient}/events/{id}", &EVENT, "report an adverse event", "EventForm"),
        of_chart("/api/v1/charts/{patient}/follow-ups/{id}", &FOLLOW_UP, "say what became of an adverse event", "FollowUpForm"),
        of_chart("/api/v1/charts/{patient}/messages/{id}", &MESSAGE, "write a message", "MessageForm"),
        of_patient("/api/v1/my/intake/{id}", LinkPurpose::Intake, &OWN_INTAKE, "answer one's own intake, once", "IntakeForm"),
        of_patient(
            "/api/v1/my/report/{id}",
            LinkPurpose::ReportProblem,
            &OWN_REPORT,
            "report a problem of one's own",
            "OwnReportForm",
        ),
    ]
}

fn of_chart(path: &'static str, form: &'static Form, about: &'static str, takes: &'static str) -> Route {
    Route::new(path, Need::Staff(form.operation), about, write(form)).calls([Call::put(
        "seen",
        Content::Json(takes),
        Content::Json("Written"),
    )])
}

fn of_patient(path: &'static str, link: LinkPurpose, form: &'static Form, about: &'static str, takes: &'static str) -> Route {
    Route::new(path, Need::Link(link), about, write_own(link, form)).calls([Call::put(
        "",
        Content::Json(takes),
        Content::Json("Sent"),
    )])
}

/// How far the program had read.
#[derive(Deserialize)]
struct Seen {
    #[serde(default)]
    seen: Option<u32>,
}

/// Writes what a form says into a chart, under an id of the program's own: sent twice it counts once.
fn write(form: &'static Form) -> MethodRouter<Arc<App>> {
    put(
        move |State(app): State<Arc<App>>,
              Path((patient, id)): Path<(String, String)>,
              Asked(Seen { seen }): Asked<Seen>,
              sent: Sent| async move {
            app.at_desk(sent.visitor.clone(), move |seat| {
                seat.may(form.operation)?;
                let (patient, id, typed) = (patient_of(&patient)?, entry_id(&id)?, form.typed(&sent.bytes)?);
                let open = seat.desk.open_to_write(patient, form.operation)?;
                let sheet = Sheet::of_program(id, &open);
                if let Some(held) = open.entries.iter().find(|entry| entry.id == id) {
                    form.wrote(held)?;
                    return kept(seat, &open, &sheet, StatusCode::OK);
                }
                in_step(&open, seen)?;
                let entries = (form.entries)(seat, &open, &sheet, &typed)?;
                kept(seat, &seat.add(open, entries)?.open, &sheet, StatusCode::CREATED)
            })
            .await
        },
    )
}

/// Entries that one form writes, at most.
const ENTRIES_MAX: u8 = 4;

/// What was written, and how far the chart goes.
fn kept(seat: &Seat<'_>, open: &OpenChart, sheet: &Sheet, status: StatusCode) -> Answer {
    let ids: Vec<EntryId> = (0..ENTRIES_MAX).map(|at| sheet.id(at)).collect();
    let added = open.entries.iter().filter(|entry| ids.contains(&entry.id)).map(|entry| written(seat, entry));
    let added = added.collect::<Result<Vec<_>, Problem>>()?;
    let seen = open.entries.last().map_or(0, |entry| entry.seq);
    Ok((status, answer(&json!({ "added": added, "seen": seen }))?).into_response())
}

/// The same, by the patient whose link it is; what the clinic writes at the same moment is no reason to send again.
fn write_own(link: LinkPurpose, form: &'static Form) -> MethodRouter<Arc<App>> {
    put(move |State(app): State<Arc<App>>, Path(id): Path<String>, sent: Sent| async move {
        app.with_link(sent.visitor.clone(), link, move |seat, patient| {
            let open = seat.desk.open_to_write(patient, form.operation)?;
            let (id, typed) = (entry_id(&id)?, form.typed(&sent.bytes)?);
            let sheet = Sheet::of_program(id, &open);
            if !sheet.was_sent(&open) {
                let entries = (form.entries)(seat, &open, &sheet, &typed)?;
                seat.add_in_any_case(open, form.operation, entries)?;
            }
            Ok((StatusCode::CREATED, answer(&json!({ "sent": id }))?).into_response())
        })
        .await
    })
}

impl Form {
    /// Whether an entry can be one of this form: an id that is somebody else's opens no entry that the form would not write. A
    /// treatment day writes several kinds, for those who may read them all.
    fn wrote(&self, entry: &Attributed) -> Result<(), Problem> {
        let own = self.operation == Operation::GateSession || operation_of(entry.body.kind()) == self.operation;
        if own { Ok(()) } else { Err(LedgerError::IdReused.into()) }
    }

    /// What a program sent, as if it had been typed into the form.
    fn typed(&self, bytes: &[u8]) -> Result<Typed, Problem> {
        let sent: Map<String, Value> = read(bytes)?;
        if let Others::Parts(parts) = self.others {
            let known: Vec<&str> = self.own.iter().map(|(own, _)| plain(own)).chain(parts.iter().copied()).collect();
            if let Some(name) = sent.keys().find(|name| !known.contains(&name.as_str())) {
                return Err(Faults::one(name, format!("this field is not known; there are {}", known.join(", "))).into());
            }
        }
        Ok(Typed::of(&Value::Object(sent)).renamed(|name| self.on_the_page(name)))
    }

    /// The name of a field on the page. A page's own names begin with `_`, and are none of a program's.
    fn on_the_page(&self, name: &str) -> String {
        let renamed = self.own.iter().find_map(|(own, page)| {
            let rest = name.strip_prefix(own)?;
            (rest.is_empty() || rest.starts_with('.')).then(|| format!("{page}{rest}"))
        });
        let within = if matches!(self.others, Others::OfSession) { "sessions.0." } else { "" };
        renamed.unwrap_or_else(|| format!("{within}{}", name.trim_start_matches('_')))
    }
}

/// A name without its mark.
fn plain(name: &str) -> &str {
    name.split([':', '[']).next().unwrap_or(name)
}
