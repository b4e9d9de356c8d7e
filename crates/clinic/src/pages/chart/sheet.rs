//! One form about one chart: sent twice it counts once, and what somebody else wrote meanwhile is noticed.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use resurface_care::chart::{Body, DecideError, EntryId};
use resurface_ledger::clinic::OpenChart;
use resurface_ledger::identity::PatientId;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::form::{Faults, Typed};
use crate::page::{Area, patient_banner};
use crate::problem::{Problem, What};
use crate::seat::Seat;

/// The id of the first entry that a form writes, made when the form was shown.
const ID: &str = "_entry";
/// The number of entries that the chart had then.
const SEEN: &str = "_seen";

/// What a form writes into a chart, or why it writes nothing.
pub(crate) type Entries = Result<Vec<(EntryId, Body)>, Unwritten>;

/// Why a form writes nothing.
pub(crate) enum Unwritten {
    /// Something is wrong with what was typed.
    Wrong(Faults),
    /// The answer that was decided about is another one by now.
    Changed(Faults),
    /// Anything else.
    Problem(Problem),
}

impl Unwritten {
    /// What a decision lacks is no fault of one field.
    pub(crate) fn undecided(seat: &Seat<'_>, error: &DecideError) -> Self {
        Self::Wrong(Faults::one("", seat.reader().say(&error.sentence())))
    }

    /// What to say beside the form, and with which status.
    pub(crate) fn beside_the_form(self) -> Result<(StatusCode, Faults), Problem> {
        match self {
            Self::Wrong(faults) => Ok((StatusCode::UNPROCESSABLE_ENTITY, faults)),
            Self::Changed(faults) => Ok((StatusCode::CONFLICT, faults)),
            Self::Problem(problem) => Err(problem),
        }
    }
}

impl From<Faults> for Unwritten {
    fn from(faults: Faults) -> Self {
        Self::Wrong(faults)
    }
}

impl From<Problem> for Unwritten {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// What a form carries along so that it counts once.
#[derive(Clone, Copy)]
pub(crate) struct Sheet {
    id: EntryId,
    seen: u32,
}

impl Sheet {
    /// A new form about a chart.
    pub(crate) fn new(seat: &Seat<'_>, open: &OpenChart) -> Self {
        Self { id: seat.desk.entry_id(), seen: end(open) }
    }

    /// What a program sends under an id of its own, to a chart as it stands.
    pub(crate) fn of_program(id: EntryId, open: &OpenChart) -> Self {
        Self { id, seen: end(open) }
    }

    /// A form that was sent.
    pub(crate) fn of(typed: &Typed) -> Result<Self, Problem> {
        let id = typed.value(ID).parse::<Uuid>().ok();
        let seen = typed.value(SEEN).parse().ok();
        id.zip(seen)
            .map(|(id, seen)| Self { id: EntryId(id), seen })
            .ok_or_else(|| Problem::new(What::Faults, "this form is not whole: open it again"))
    }

    /// The same form, shown again to somebody who has seen what was written meanwhile.
    pub(crate) fn again(self, open: &OpenChart) -> Self {
        Self { seen: end(open), ..self }
    }

    /// The id of the entry at a place among those that the form writes, from 0.
    pub(crate) fn id(&self, at: u8) -> EntryId {
        if at == 0 {
            return self.id;
        }
        let hash = Sha256::new().chain_update(self.id.0.as_bytes()).chain_update([at]).finalize();
        let bytes = std::array::from_fn(|at| hash[at]);
        EntryId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }

    /// Whether what this form writes is in the chart already: it was sent twice.
    pub(crate) fn was_sent(&self, open: &OpenChart) -> bool {
        open.entries.iter().any(|entry| entry.id == self.id)
    }

    /// What to say where somebody else wrote into the chart since the form was shown.
    pub(crate) fn behind(&self, seat: &Seat<'_>, open: &OpenChart) -> Option<Faults> {
        let words = seat.words();
        let since: Vec<String> = open
            .entries
            .iter()
            .filter(|entry| entry.seq > self.seen)
            .map(|entry| words.text(&format!("kind-{}", entry.body.kind().word())))
            .collect();
        let said = || words.with("sheet-moved", [("what", since.join(", ").into())]);
        (!since.is_empty()).then(|| Faults::one("", said()))
    }

    /// The hidden fields of the form.
    pub(crate) fn fields(&self, seat: &Seat<'_>) -> Markup {
        html! {
            (seat.form_seal())
            input type="hidden" name=(ID) value=(self.id);
            input type="hidden" name=(SEEN) value=(self.seen);
        }
    }
}

fn end(open: &OpenChart) -> u32 {
    open.entries.last().map_or(0, |entry| entry.seq)
}

/// A page about a chart: whom it is about, and its title.
pub(crate) fn page(
    seat: &Seat<'_>,
    open: &OpenChart,
    title: &str,
    status: StatusCode,
    scripts: &[&'static str],
    body: &Markup,
) -> Response {
    let today = seat.app.clinic().today();
    let whole = html! {
        (patient_banner(seat.words(), open.patient, &open.chart, today))
        @if let Some(fault) = &open.fault {
            p.callout.danger role="alert" { (seat.words().with("chart-damaged", [("fault", fault.to_string().into())])) }
        }
        p.back { a href={ "/charts/" (open.patient) } { "\u{2190} " (seat.words().text("chart-title")) } }
        h1 { (title) }
        (body)
    };
    let page = seat.page(Area::Chart, title);
    scripts.iter().fold(page, |page, script| page.script(script)).with_status(status, &whole)
}

/// Back to the chart, once something was written.
pub(crate) fn to_chart(patient: PatientId) -> Response {
    Redirect::to(&format!("/charts/{patient}")).into_response()
}
