//! Tables over all charts, for a spreadsheet or a statistician: what the charts say now, amendments applied.

use resurface_care::chart::{Body, Chart, Digest, EntryId, EventState, Milestones, Recorded, Registered};
use resurface_care::consultation::{Cartridge, ProductUsed, ZoneDose};

use super::charts::Read;
use super::output::Output;
use super::table::{Row, Table};
use super::words::{as_amended, one_line, word};
use super::{Export, PICTURES};
use crate::clinic::LedgerError;
use crate::identity::PatientId;

/// The tables over all charts.
pub(super) struct Tables {
    patients: Table,
    sessions: Table,
    outcomes: Table,
    events: Table,
    pictures: Table,
    scans: Table,
    lots: Table,
}

const PATIENTS: &[&str] = &[
    "patient",
    "number",
    "name",
    "birth_date",
    "sex",
    "contact",
    "registered_on",
    "next_step",
    "next_step_due",
    "next_step_why",
];
const SESSIONS: &[&str] = &[
    "patient",
    "number",
    "entry",
    "on",
    "operator",
    "device",
    "lot",
    "udi",
    "zone",
    "depth_um",
    "passes",
    "endpoint",
    "anaesthetic",
    "anaesthetic_g",
    "products",
    "note",
    "gate",
];
const OUTCOMES: &[&str] = &[
    "patient",
    "number",
    "entry",
    "on",
    "scale",
    "value",
    "rater",
    "method",
    "error_sd",
    "smallest_change",
    "compared_with",
    "verdict",
];
const EVENTS: &[&str] = &[
    "patient",
    "number",
    "entry",
    "on",
    "event",
    "severity",
    "session_on",
    "reported_by",
    "text",
    "over",
    "followed_up_on",
    "follow_up",
];
const PICTURE: &[&str] = &[
    "patient",
    "number",
    "entry",
    "on",
    "view",
    "original",
    "display",
    "thumbnail",
    "width_px",
    "height_px",
    "original_bytes",
    "taken_at",
    "camera",
    "note",
    "event",
];
const SCANS: &[&str] =
    &["patient", "number", "entry", "on", "instrument", "original", "unit_told", "original_bytes", "points", "triangles", "note"];
const LOTS: &[&str] = &["lot", "of", "expires", "patient", "number", "entry", "on", "used"];

/// Whose row it is.
#[derive(Clone, Copy)]
struct Whose<'a> {
    patient: PatientId,
    number: &'a str,
}

impl Whose<'_> {
    fn row(self) -> Row {
        Row::default().text(self.patient).text(self.number)
    }
}

impl Tables {
    pub(super) fn begin(output: &mut Output) -> Result<Self, LedgerError> {
        Ok(Self {
            patients: Table::begin(output, "patients.csv", PATIENTS)?,
            sessions: Table::begin(output, "sessions.csv", SESSIONS)?,
            outcomes: Table::begin(output, "outcomes.csv", OUTCOMES)?,
            events: Table::begin(output, "adverse_events.csv", EVENTS)?,
            pictures: Table::begin(output, "pictures.csv", PICTURE)?,
            scans: Table::begin(output, "scans.csv", SCANS)?,
            lots: Table::begin(output, "lots.csv", LOTS)?,
        })
    }

    pub(super) fn end(self, output: &mut Output) -> Result<(), LedgerError> {
        let Self { patients, sessions, outcomes, events, pictures, scans, lots } = self;
        [patients, sessions, outcomes, events, pictures, scans, lots].into_iter().try_for_each(|table| table.end(output))
    }

    /// Adds a chart to every table.
    pub(super) fn chart(&mut self, export: &Export<'_>, patient: PatientId, entries: &[Read]) -> Result<(), LedgerError> {
        let understood = entries.iter().filter_map(|Read { entry, body }| Some((entry.id, body.as_ref()?)));
        let chart = Chart::fold(understood.map(|(id, body)| Recorded { id, body }));
        let number = chart.registered.as_ref().map(|registered| registered.number.clone()).unwrap_or_default();
        let whose = Whose { patient, number: &number };
        self.patient(export, whose, &chart)?;
        for (id, body) in as_amended(entries) {
            self.entry(whose, id, body)?;
        }
        chart.events.iter().try_for_each(|event| self.event(whose, event))
    }

    fn patient(&mut self, export: &Export<'_>, whose: Whose<'_>, chart: &Chart) -> Result<(), LedgerError> {
        let next = Milestones::of(chart).next_step(export.settings, export.clinic.today());
        let who = chart.registered.as_ref();
        let said = |what: fn(&Registered) -> String| who.map(what);
        let row = whose.row();
        let row = row.maybe(said(|who| who.name.clone())).maybe(said(|who| who.birth_date.to_string()));
        let row = row.maybe(said(|who| word(&who.sex))).maybe(who.and_then(|who| who.contact.as_deref()));
        let row = row.maybe(said(|who| who.on.to_string())).text(next.step.words()).maybe(next.due).text(next.why.to_string());
        self.patients.row(row)
    }

    fn entry(&mut self, whose: Whose<'_>, id: EntryId, body: &Body) -> Result<(), LedgerError> {
        match body {
            Body::SessionDelivered(session) => {
                let zones = session.zones.iter().map(Some).chain(session.zones.is_empty().then_some(None));
                for zone in zones {
                    let (cartridge, anaesthetic) = (session.cartridge.as_ref(), session.anaesthetic.as_ref());
                    let row = whose.row().text(id).text(session.on).text(&session.operator).text(&session.device);
                    let row = row.maybe(cartridge.and_then(|cartridge| cartridge.lot.as_deref()));
                    let row = row.maybe(cartridge.and_then(|cartridge| cartridge.udi.as_deref()));
                    let dose = |what: fn(&ZoneDose) -> Option<u32>| zone.and_then(what);
                    let row = row.maybe(zone.map(|zone| &zone.zone)).number(dose(|zone| Some(zone.depth_um)));
                    let row = row.number(dose(|zone| zone.passes.map(u32::from)));
                    let row = row.maybe(zone.and_then(|zone| zone.endpoint.as_ref()).map(word));
                    let row = row.maybe(anaesthetic.map(|anaesthetic| &anaesthetic.product));
                    let row = row.number(anaesthetic.and_then(|anaesthetic| anaesthetic.amount_g));
                    let products = session.products.iter().map(|product| product.name.as_str()).collect::<Vec<_>>().join(" | ");
                    self.sessions.row(row.text(products).maybe(session.note.as_deref().map(one_line)).maybe(session.gate))?;
                }
                self.cartridge(whose, id, session.cartridge.as_ref(), session.on, "given")?;
                let lots = session.products.iter().filter_map(|product| Some((product, product.lot.as_ref()?)));
                let row = |(product, lot): (&ProductUsed, &String)| Row::default().text(lot).text(&product.name).text("");
                lots.map(row).try_for_each(|row| self.lot(row, whose, id, session.on, "given"))
            }
            Body::SessionGated(gate) => self.cartridge(whose, id, gate.day.cartridge.as_ref(), gate.on, "shown to the gate"),
            Body::Measured(measured) => {
                let outcome = &measured.outcome;
                let row = whose.row().text(id).text(outcome.date).text(word(&outcome.scale)).number(Some(outcome.value));
                let row = row.text(word(&outcome.rater)).maybe(measured.method.as_deref()).number(outcome.error_sd);
                let row = row.number(measured.smallest_change).maybe(measured.change.map(|change| change.since));
                self.outcomes.row(row.maybe(measured.change.map(|change| word(&change.verdict))))
            }
            Body::PictureTaken(taken) => {
                let extension = taken.media_type.extension();
                let file = |name: &Digest, extension: &str| format!("{PICTURES}/{name}.{extension}");
                let camera = [&taken.capture.camera_make, &taken.capture.camera_model].into_iter().flatten();
                let camera = camera.map(String::as_str).collect::<Vec<_>>().join(" ");
                let row = whose.row().text(id).text(taken.on).text(taken.view.words());
                let row = row.text(file(&taken.original, extension)).text(file(&taken.display, extension));
                let row = row.text(file(&taken.thumbnail, "jpg")).number(Some(taken.width_px)).number(Some(taken.height_px));
                let row = row.text(taken.original_bytes).maybe(taken.capture.taken_at).text(camera);
                self.pictures.row(row.maybe(taken.note.as_deref()).maybe(taken.event))
            }
            Body::ScanTaken(taken) => {
                let row = whose.row().text(id).text(taken.on).text(word(&taken.instrument));
                let row = row.text(format!("{PICTURES}/{}.{}", taken.original, taken.format.extension()));
                let row = row.maybe(taken.unit_told.as_ref().map(word)).text(taken.original_bytes);
                self.scans.row(row.text(taken.points).text(taken.triangles).maybe(taken.note.as_deref()))
            }
            _ => Ok(()),
        }
    }

    fn event(&mut self, whose: Whose<'_>, event: &EventState) -> Result<(), LedgerError> {
        let noticed = &event.noticed;
        let row = whose.row().text(event.id).text(noticed.on).maybe(noticed.event.as_deref()).text(word(&noticed.severity));
        let row = row.maybe(noticed.session).text(word(&noticed.reported_by)).text(&noticed.text);
        let row = row.text(if event.open() { "no" } else { "yes" }).maybe(event.followed.last().map(|latest| latest.on));
        let follow_ups = event.followed.iter().map(|followed| format!("{}: {}", followed.on, one_line(&followed.text)));
        self.events.row(row.text(follow_ups.collect::<Vec<_>>().join(" | ")))
    }

    fn cartridge(
        &mut self,
        whose: Whose<'_>,
        id: EntryId,
        cartridge: Option<&Cartridge>,
        on: jiff::civil::Date,
        used: &str,
    ) -> Result<(), LedgerError> {
        let Some(cartridge) = cartridge else { return Ok(()) };
        let Some(lot) = &cartridge.lot else { return Ok(()) };
        self.lot(Row::default().text(lot).text("cartridge").maybe(cartridge.expires), whose, id, on, used)
    }

    fn lot(&mut self, row: Row, whose: Whose<'_>, id: EntryId, on: jiff::civil::Date, used: &str) -> Result<(), LedgerError> {
        self.lots.row(row.text(whose.patient).text(whose.number).text(id).text(on).text(used))
    }
}
