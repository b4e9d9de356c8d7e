//! A patient who was asked, examined and has consented: what a treatment day and everything after it begins with.

use std::collections::BTreeSet;

use resurface_care::chart::{Body, Chart, Consented, Purpose, Registered, Setting, record};
use resurface_care::consultation::Consultation;
use resurface_care::form;
use resurface_knowledge::document::Format;
use resurface_ledger::access::Operation;
use resurface_ledger::identity::PatientId;

use crate::builder::{AClinic, Browser, TODAY, knowledge, rules};

/// One day, in seconds.
pub(crate) const A_DAY: i64 = 24 * 3600;

fn consultation() -> Consultation {
    form::read("consultation.toml", include_str!("../../../../examples/consultation.toml"), Format::Toml, knowledge()).unwrap()
}

/// The patient of the first example, screened, and with consent to treatment and to pictures.
pub(crate) fn consulted(clinic: &AClinic) -> PatientId {
    let consultation = consultation();
    let registered = Registered {
        on: TODAY,
        number: consultation.patient.id.clone(),
        name: "Rita Example".to_owned(),
        birth_date: consultation.patient.birth_date,
        sex: consultation.patient.sex,
        contact: None,
        synthetic: false,
    };
    let patient = clinic.with_desk("ada", |desk| desk.register(registered).unwrap().patient);
    let facts = record(&chart(clinic, patient), &consultation).unwrap();
    let purposes = BTreeSet::from([Purpose::Treatment, Purpose::PicturesForCare]);
    let consented = Body::Consented(Consented { on: TODAY, purposes, document: None, discussion: None, signature: None });
    add(clinic, patient, facts.into_iter().chain([consented]).collect());
    let operator = clinic.app.clinic().operator("Dr ada").unwrap().unwrap();
    let setting = Setting { jurisdiction: "us".to_owned(), device: "skinpen_precision".to_owned(), operator };
    let screened = rules().bench("stories").screen(&chart(clinic, patient), TODAY, &setting, &[]).unwrap();
    add(clinic, patient, vec![Body::Screened(screened)]);
    patient
}

/// Writes into a chart what no page here is asked for.
pub(crate) fn add(clinic: &AClinic, patient: PatientId, bodies: Vec<Body>) {
    clinic.with_desk("ada", |desk| {
        let open = desk.open_chart(patient).unwrap();
        let entries = bodies.into_iter().map(|body| (desk.entry_id(), body)).collect();
        desk.add(open, entries).unwrap();
    });
}

/// What the chart amounts to now.
pub(crate) fn chart(clinic: &AClinic, patient: PatientId) -> Chart {
    clinic.with_desk("ada", |desk| desk.open_to_write(patient, Operation::OpenChart).unwrap().chart)
}

/// What stands in a field of a page.
pub(crate) fn value(page: &str, name: &str) -> String {
    let (_, after) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
    after.split('"').next().unwrap().to_owned()
}

/// The hidden fields that make a form count once.
pub(crate) fn sheet(browser: &Browser<'_>, path: &str) -> [(&'static str, String); 2] {
    let page = browser.get(path).text;
    [("_entry", value(&page, "_entry")), ("_seen", value(&page, "_seen"))]
}

/// Opens a form and sends it with these fields.
pub(crate) fn fill_in(browser: &Browser<'_>, path: &str, fields: &[(&str, &str)]) -> crate::builder::Reply {
    let sheet = sheet(browser, path);
    let sheet = sheet.iter().map(|(name, value)| (*name, value.as_str()));
    let whole: Vec<(&str, &str)> = sheet.chain(fields.iter().copied()).collect();
    browser.post(path.split('?').next().unwrap(), &whole)
}
