//! Clinics to measure: every chart holds 30 entries of the sizes that real ones have, two of which are decisions.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Result, anyhow};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use resurface_care::chart::{
    Adoption, Bench, Body, Chart, Consented, EntryId, Message, Penned, Purpose, Recorded, Registered, SessionDelivered, Setting,
    Wish, record,
};
use resurface_care::consultation::{Consultation, Endpoint, ZoneDose};
use resurface_care::form;
use resurface_forecast::{BasePoints, Population};
use resurface_knowledge::Knowledge;
use resurface_knowledge::document::Format;
use resurface_ledger::access::{Actor, Role};
use resurface_ledger::clinic::{Charts, Clinic, Desk, Founding, NewUser, OpenChart, Proof};
use resurface_ledger::entry::Author;
use resurface_ledger::identity::{PatientId, Token};
use resurface_ledger::seal::{Secret, write_key_file};
use resurface_ledger::surroundings::Surroundings;

/// Entries in a chart.
pub(super) const ENTRIES: usize = 30;
/// Who works in every clinic that is measured, with every role.
pub(super) const USER: &str = "ada";
/// Their password.
pub(super) const PASSWORD: &str = "a long walk by the sea";
const CONSULTATION: &str = include_str!("../../../../examples/consultation.toml");

/// The clock of the machine, and bytes that are cheap and not secret: both sides of a measurement are spared the system call.
pub(super) struct Quick(AtomicU64);

impl Quick {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self(AtomicU64::new(1)))
    }
}

impl Surroundings for Quick {
    #[expect(clippy::disallowed_methods, reason = "a measuring program reads the clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let mut word = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed);
            word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            chunk.copy_from_slice(&(word ^ (word >> 31)).to_be_bytes()[..chunk.len()]);
        }
    }
}

/// The key of every clinic that is measured; it protects nothing.
const KEY: [u8; 32] = [7; 32];

pub(super) fn secret() -> Secret {
    Secret::KeyFile(zeroize::Zeroizing::new(KEY))
}

/// A clinic with a practitioner at work.
pub(super) struct BusyDay {
    pub(super) clinic: Clinic,
    pub(super) charts: Vec<PatientId>,
    token: Token,
}

impl BusyDay {
    /// A desk of the practitioner.
    pub(super) fn desk(&self) -> Result<Desk<'_>> {
        Ok(self.clinic.desk_of(&self.token)?)
    }

    pub(super) fn open(&self, patient: PatientId) -> Result<OpenChart> {
        Ok(self.desk()?.open_chart(patient)?)
    }
}

/// Founds a clinic in an empty folder, with so many charts and somebody who holds every role. Its key file lies where the program
/// looks for it.
#[expect(clippy::disallowed_methods, reason = "a measuring program writes what it measures")]
pub(super) fn found(folder: &Path, patients: usize) -> Result<BusyDay> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("clinic.key"), write_key_file(&KEY).as_bytes())?;
    let founding = Founding { name: "Measured".to_owned(), charts: Charts::Synthetic };
    let clinic = Clinic::found(&folder.join("clinic"), &founding, &secret(), Quick::new())?;
    let roles = [Role::Lead, Role::Prescriber, Role::Practitioner].into();
    let new = NewUser { name: USER.parse()?, display_name: "Ada Example".parse()?, roles, operator: None, password: PASSWORD };
    clinic.desk(Actor::at_the_console()).add_user(new)?;
    let template = Template::new()?;
    clinic.keep_knowledge(&template.knowledge)?;
    let numbers: Vec<usize> = (0..patients).collect();
    let share = patients.div_ceil(8).max(1);
    let charts = std::thread::scope(|scope| -> Result<Vec<PatientId>> {
        let load = |numbers: &[usize]| numbers.iter().map(|number| template.load(&clinic, *number)).collect::<Result<Vec<_>>>();
        let threads: Vec<_> = numbers.chunks(share).map(|numbers| scope.spawn(move || load(numbers))).collect();
        let loaded = threads.into_iter().map(|thread| thread.join().map_err(|_| anyhow!("a loading thread panicked"))?);
        Ok(loaded.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    })?;
    let token = clinic.sign_in(USER, Proof { password: PASSWORD, code: None })?;
    Ok(BusyDay { clinic, charts, token })
}

/// Opens a clinic that was founded before.
pub(super) fn opened(folder: &Path) -> Result<BusyDay> {
    let clinic = Clinic::open(&folder.join("clinic"), &secret(), Quick::new())?;
    let token = clinic.sign_in(USER, Proof { password: PASSWORD, code: None })?;
    Ok(BusyDay { clinic, charts: Vec::new(), token })
}

/// The entries of one chart, to be written again under other ids and names.
pub(super) struct Template {
    pub(super) knowledge: Knowledge,
    bodies: Vec<Body>,
}

impl Template {
    pub(super) fn new() -> Result<Self> {
        let knowledge = Knowledge::built_in().map_err(|reports| anyhow!("{reports:?}"))?;
        let population = Population::from_json(knowledge.files.text("population.json").unwrap_or_default())?;
        let points = BasePoints::new(1);
        let bench = Bench { knowledge: &knowledge, population: &population, points: &points, program: "bench" };
        let consultation =
            form::read("consultation.toml", CONSULTATION, Format::Toml, &knowledge).map_err(|report| anyhow!("{report}"))?;
        let bodies = bodies(&consultation, &bench)?;
        Ok(Self { knowledge, bodies })
    }

    fn load(&self, clinic: &Clinic, number: usize) -> Result<PatientId> {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&(number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes());
        bytes[8..].copy_from_slice(&(number as u64).to_be_bytes());
        let patient = PatientId::new(bytes);
        let begun = Timestamp::from_second(1_700_000_000 + number as i64)?;
        let entries = self.bodies.iter().enumerate().map(|(at, body)| {
            let mut body = body.clone();
            if let Body::Registered(registered) = &mut body {
                registered.number = format!("B-{number:06}");
                registered.name = format!("Bench Patient {number} (synthetic)");
            }
            let mut id = [0; 16];
            id[..8].copy_from_slice(&(number as u64).to_be_bytes());
            id[8..].copy_from_slice(&(at as u64).to_be_bytes());
            (EntryId(uuid::Uuid::from_bytes(id)), Author::Program, begun + SignedDuration::from_hours(24 * at as i64), body)
        });
        clinic.load(patient, entries.collect())?;
        Ok(patient)
    }
}

/// Registered, asked, examined, screened, planned, consented, then sessions and messages up to 30 entries.
fn bodies(consultation: &Consultation, bench: &Bench<'_>) -> Result<Vec<Body>> {
    let on = consultation.date;
    let setting = Setting {
        jurisdiction: consultation.jurisdiction.clone(),
        device: consultation.device.clone(),
        operator: consultation.operator.clone(),
    };
    let mut bodies = vec![Body::Registered(Registered {
        on,
        number: consultation.patient.id.clone(),
        name: String::new(),
        birth_date: consultation.patient.birth_date,
        sex: consultation.patient.sex,
        contact: None,
        synthetic: true,
    })];
    bodies.extend(record(&folded(&bodies), consultation)?);
    bodies.push(Body::Screened(bench.screen(&folded(&bodies), on, &setting, &[])?));
    let plan = bench.plan(&folded(&bodies), on, &setting, &[], Wish::Adopt)?;
    debug_assert_eq!(plan.adoption, Adoption::Adopted);
    bodies.push(Body::PlanAdopted(plan));
    bodies.push(Body::Consented(Consented {
        on,
        purposes: [Purpose::Treatment].into(),
        document: None,
        discussion: None,
        signature: None,
    }));
    for number in 0_i8.. {
        if bodies.len() >= ENTRIES {
            break;
        }
        let day = date(2027, 1 + number.min(11), 10);
        if number < 6 {
            bodies.push(a_session(day, &setting));
        }
        bodies.push(a_message(day));
    }
    bodies.truncate(ENTRIES);
    Ok(bodies)
}

fn folded(bodies: &[Body]) -> Chart {
    let id = |at: usize| EntryId(uuid::Uuid::from_u128(at as u128 + 1));
    Chart::fold(bodies.iter().enumerate().map(|(at, body)| Recorded { id: id(at), body }))
}

fn a_session(on: Date, setting: &Setting) -> Body {
    let zone = |zone: &str| ZoneDose {
        zone: zone.to_owned(),
        depth_um: 1500,
        passes: Some(5),
        endpoint: Some(Endpoint::PinpointBleeding),
    };
    Body::SessionDelivered(SessionDelivered {
        on,
        zones: vec![zone("cheek_left"), zone("cheek_right")],
        device: setting.device.clone(),
        operator: setting.operator.name.clone(),
        cartridge: None,
        anaesthetic: None,
        products: Vec::new(),
        note: None,
        gate: None,
    })
}

/// What a practitioner types after a visit: about 600 characters.
pub(super) fn a_message(on: Date) -> Body {
    let text = "Cheeks settled within four days; no marks, no new lesions. Sun screen every day. ".repeat(7);
    Body::Message(Message { on, from: Penned::Clinic, text })
}
