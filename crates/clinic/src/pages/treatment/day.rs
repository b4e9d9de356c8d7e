//! From what was typed to what is written down: answers and findings of the day, screening, and the gate, all or nothing.

use jiff::civil::Date;
use resurface_care::chart::{Body, Chart, EntryId, Purpose, RecordError, Recorded, Setting, record};
use resurface_care::consultation::{Answer, Consultation, Override, TreatmentDay};
use resurface_care::udi::{self, UdiFault};
use resurface_ledger::access::Role;
use resurface_ledger::clinic::OpenChart;

use super::questions::{Asked, Question, questions, word_of};
use crate::form::part::{self, Part};
use crate::form::{Faults, Typed};
use crate::pages::chart::setting::setting;
use crate::pages::chart::sheet::{Entries, Sheet, Unwritten};
use crate::problem::{Problem, What};
use crate::seat::Seat;

/// The code on the pack, and what it says, by the names of their fields.
pub(crate) const UDI: &str = "day.cartridge.udi";
pub(crate) const LOT: &str = "day.cartridge.lot";
pub(crate) const EXPIRES: &str = "day.cartridge.expires";

/// The entries that a treatment day writes, in their order.
pub(crate) fn entries(seat: &Seat<'_>, open: &OpenChart, sheet: &Sheet, typed: &Typed) -> Entries {
    if lacks(open).is_some() {
        return Err(Problem::new(What::Faults, "intake and examination come first").into());
    }
    let (today, setting) = (seat.app.clinic().today(), setting(seat, &open.chart, typed)?);
    if typed.all("_carried[]").all(|word| word != "yes") {
        return Err(Faults::one("_carried", seat.words().text("treatment-carried-missing")).into());
    }
    let typed = match from_code(typed, today) {
        Some(Ok(filled)) => whole(seat, open, filled),
        Some(Err(key)) => return Err(Faults::one(UDI, seat.words().text(key)).into()),
        None => whole(seat, open, typed.clone()),
    };
    let mut consultation = part::read(Part::Day, &open.chart, today, &setting, &typed, &seat.rules.knowledge)??;
    let day = with_consent(&open.chart, consultation.day.take().unwrap_or_default());
    asked(seat, open, sheet, &setting, &consultation, &day).map_err(|error| match error {
        NotAsked::Decide(error) => Unwritten::undecided(seat, &error),
        NotAsked::Record(error) => Faults::of_error("", &error).into(),
    })
}

/// Why a day could not be asked about.
#[derive(Debug, thiserror::Error)]
enum NotAsked {
    #[error(transparent)]
    Record(#[from] RecordError),
    #[error(transparent)]
    Decide(#[from] resurface_care::chart::DecideError),
}

fn asked(
    seat: &Seat<'_>,
    open: &OpenChart,
    sheet: &Sheet,
    setting: &Setting,
    consultation: &Consultation,
    day: &TreatmentDay,
) -> Result<Vec<(EntryId, Body)>, NotAsked> {
    let bench = seat.rules.bench(seat.app.program);
    let overrides = overrides(seat, &open.chart);
    let facts = record(&open.chart, consultation)?.into_iter().filter(|body| matches!(body, Body::Intake(_) | Body::Examined(_)));
    let mut adding = Adding { sheet, chart: open.chart.clone(), entries: Vec::new() };
    facts.for_each(|fact| adding.add(fact));
    let screened = bench.screen(&adding.chart, consultation.date, setting, &overrides)?;
    adding.add(Body::Screened(screened));
    let gated = bench.gate(&adding.chart, consultation.date, setting, &overrides, day)?;
    adding.add(Body::SessionGated(gated));
    Ok(adding.entries)
}

/// Entries that are gathered, and the chart with them.
struct Adding<'a> {
    sheet: &'a Sheet,
    chart: Chart,
    entries: Vec<(EntryId, Body)>,
}

impl Adding<'_> {
    fn add(&mut self, body: Body) {
        let id = self.sheet.id(u8::try_from(self.entries.len()).unwrap_or(u8::MAX));
        // None of these bodies amends another, so that a chart is never folded anew.
        let _ = self.chart.push(Recorded { id, body: &body });
        self.entries.push((id, body));
    }
}

/// The decisions of a prescriber that the last screening knew. Only a prescriber takes them into a treatment day.
pub(crate) fn overrides(seat: &Seat<'_>, chart: &Chart) -> Vec<Override> {
    let held = chart.screened.as_ref().map(|screened| screened.overrides.clone()).unwrap_or_default();
    if seat.has(&[Role::Prescriber]) { held } else { Vec::new() }
}

/// What the form does not ask about comes from the chart; what says nothing is left out.
fn whole(seat: &Seat<'_>, open: &OpenChart, typed: Typed) -> Typed {
    let knowledge = &seat.rules.knowledge;
    // What a form does not speak of at all would be taken from the chart: it is not known.
    let answers = ["patient.pregnant", "patient.breast_feeding", "lesions.pustules_or_nodules"];
    let mut typed = answers.into_iter().fold(typed, |typed, name| typed.or(name, "unknown"));
    if let Some(held) = &open.chart.intake {
        for asked in questions(knowledge, open, Asked::CarriedOver) {
            typed = carried(typed, &asked, held.findings.get(asked.key));
        }
    }
    // A day that was shown with an earlier yes belongs to no answer of today.
    let of_a_no = |typed: &Typed, name: &str| {
        let key = name.strip_prefix("findings.").and_then(|rest| rest.strip_suffix(".on"));
        key.is_some_and(|key| typed.value(&format!("findings.{key}.answer")) == "no")
    };
    let of_no_product = |typed: &Typed, name: &str| {
        let parts = ["product", "amount_g:n", "area_cm2:n", "contact_minutes:n"];
        name == "day.anaesthetic.occluded" && parts.iter().all(|part| typed.filled(&format!("day.anaesthetic.{part}")).is_none())
    };
    typed.without(|typed, name| of_a_no(typed, name) || of_no_product(typed, name))
}

fn carried(typed: Typed, asked: &Question<'_>, held: Option<&resurface_care::consultation::Answered>) -> Typed {
    let Some(held) = held else { return typed };
    let name = |part: &str| format!("findings.{}.{part}", asked.key);
    let mut typed = typed.or(name("answer"), word_of(held.answer));
    if let Some(on) = held.on {
        typed = typed.or(name("on"), on.to_string());
    }
    match &held.note {
        Some(note) => typed.or(name("note"), note),
        None => typed,
    }
}

/// Lot and last day of use from the code that was scanned, where they were not typed; nothing where none was scanned.
///
/// # Errors
/// The key of what is wrong with the code.
pub(crate) fn from_code(typed: &Typed, today: Date) -> Option<Result<Typed, &'static str>> {
    let code = match udi::read(typed.filled(UDI)?, today.year()) {
        Ok(code) => code,
        Err(fault) => return Some(Err(key_of(fault))),
    };
    let expires = typed.filled(EXPIRES).and_then(|day| day.parse().ok());
    if !code.agrees_with(typed.filled(LOT), expires) {
        return Some(Err("udi-typed-otherwise"));
    }
    let read = [(UDI, Some(code.text)), (LOT, code.lot), (EXPIRES, code.expires.map(|day| day.to_string()))];
    let says = |typed: Typed, (field, value): (&str, Option<String>)| match value {
        Some(value) => typed.without(|_, name| name == field).or(field, value),
        None => typed,
    };
    Some(Ok(read.into_iter().fold(typed.clone(), says)))
}

const fn key_of(fault: UdiFault) -> &'static str {
    match fault {
        UdiFault::NotUnderstood => "udi-not-understood",
        UdiFault::CheckDigit => "udi-check-digit",
        UdiFault::NoSuchDay => "udi-no-such-day",
    }
}

/// Consent is as the chart holds it, whatever a form says.
fn with_consent(chart: &Chart, day: TreatmentDay) -> TreatmentDay {
    let on = chart.consents.get(&Purpose::Treatment).copied();
    TreatmentDay { consent: if on.is_some() { Answer::Yes } else { Answer::No }, consent_on: on, ..day }
}

/// A chart that lacks what a treatment day is built on.
pub(super) fn lacks(open: &OpenChart) -> Option<&'static str> {
    match (&open.chart.intake, &open.chart.examined) {
        (None, _) => Some("intake"),
        (Some(_), None) => Some("examination"),
        (Some(_), Some(_)) => None,
    }
}
