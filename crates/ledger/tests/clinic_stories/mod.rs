//! A clinic for stories: in a folder of its own, with a clock that stands still until it is set and chance that repeats.
#![allow(dead_code, unreachable_pub, reason = "each suite of stories uses a part of it")]

#[cfg(feature = "passkeys")]
pub mod authenticator;
pub mod pictures;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::civil::{Date, date};
use resurface_care::chart::{Bench, Body, Decided, EntryId, Registered, Setting, Wish, record};
use resurface_care::consultation::{Answer, Consultation, Profession};
use resurface_care::form;
use resurface_forecast::{BasePoints, Population};
use resurface_knowledge::document::Format;
use resurface_knowledge::{Files, Knowledge};
use resurface_ledger::access::{Actor, Role};
use resurface_ledger::clinic::{Charts, Clinic, Desk, Founding, NewUser, OpenChart, Proof};
use resurface_ledger::identity::{OperatorRecord, Token, UserId};
use resurface_ledger::seal::Secret;
use resurface_ledger::surroundings::Surroundings;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// The day of the examples.
pub const TODAY: Date = date(2026, 11, 20);

/// Nine in the morning of that day, UTC, in seconds since 1970.
const NINE_O_CLOCK: i64 = 1_795_165_200;

/// Version of the program that the stories say wrote the charts.
pub const PROGRAM: &str = "0.1.0-stories";

/// The seed of every forecast.
pub const SEED: u64 = 1;

/// Every example that is a consultation, by its name in `examples/`.
pub const EXAMPLES: [&str; 6] =
    ["consultation.toml", "active_acne.toml", "ice_pick.toml", "isotretinoin.toml", "not_responding.toml", "pregnant.toml"];

/// Time that stands still until it is set, and chance that is the same in every run.
pub struct Still {
    now_us: AtomicI64,
    drawn: AtomicU64,
}

impl Still {
    fn new() -> Self {
        Self { now_us: AtomicI64::new(NINE_O_CLOCK * 1_000_000), drawn: AtomicU64::new(0) }
    }

    /// Lets time go by.
    pub fn pass_seconds(&self, seconds: i64) {
        self.now_us.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

impl Surroundings for Still {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.now_us.load(Ordering::SeqCst)).unwrap()
    }

    fn fill(&self, bytes: &mut [u8]) {
        for part in bytes.chunks_mut(32) {
            let drawn = self.drawn.fetch_add(1, Ordering::SeqCst);
            part.copy_from_slice(&Sha256::digest(drawn.to_be_bytes())[..part.len()]);
        }
    }
}

/// A clinic in a folder of its own.
pub struct AClinic {
    pub folder: PathBuf,
    pub clinic: Clinic,
    pub surroundings: Arc<Still>,
}

/// The key file of every clinic here.
pub fn key_file() -> Secret {
    a_key_file(7)
}

/// Another key file.
pub fn a_key_file(byte: u8) -> Secret {
    Secret::KeyFile(Zeroizing::new([byte; 32]))
}

/// The knowledge that comes with the program, read once.
pub fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| Knowledge::built_in().unwrap())
}

/// What answers for the charts of the stories.
pub fn bench() -> Bench<'static> {
    static POPULATION: OnceLock<Population> = OnceLock::new();
    static POINTS: OnceLock<BasePoints> = OnceLock::new();
    let knowledge = knowledge();
    let population = || Population::from_json(knowledge.files.text("population.json").unwrap()).unwrap();
    Bench {
        knowledge,
        population: POPULATION.get_or_init(population),
        points: POINTS.get_or_init(|| BasePoints::new(SEED)),
        program: PROGRAM,
    }
}

/// The shipped files with other values: in a file, after a place, one text in the place of another.
pub fn files_with(changes: &[(&str, &str, &str, &str)]) -> Files {
    let mut files = Files::built_in();
    for (file, after, from, to) in changes {
        let text = files.text(file).unwrap().to_owned();
        let (before, rest) = text.split_at(text.find(after).unwrap());
        assert!(rest.contains(from), "{file} has no {from} after {after}");
        files.insert(*file, format!("{before}{}", rest.replacen(from, to, 1)));
    }
    files
}

/// One of the examples.
pub fn example(name: &str) -> Consultation {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    form::read(name, &text, Format::Toml, knowledge()).unwrap()
}

/// The setting of a consultation.
pub fn setting(consultation: &Consultation) -> Setting {
    Setting {
        jurisdiction: consultation.jurisdiction.clone(),
        device: consultation.device.clone(),
        operator: consultation.operator.clone(),
    }
}

impl AClinic {
    /// A clinic that nobody has worked in yet. Each story names its own folder.
    pub fn founded(story: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("clinics").join(story);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.parent().unwrap()).unwrap();
        let surroundings = Arc::new(Still::new());
        let founding = Founding { name: "Stories".into(), charts: Charts::Real };
        let clinic = Clinic::found(&folder, &founding, &key_file(), surroundings.clone()).unwrap();
        Self { folder, clinic, surroundings }
    }

    /// The same clinic opened once more, as another program would.
    pub fn opened_again(&self) -> Clinic {
        Clinic::open(&self.folder, &key_file(), self.surroundings.clone()).unwrap()
    }

    /// Whoever is at the clinic's machine.
    pub fn console(&self) -> Desk<'_> {
        self.clinic.desk(Actor::at_the_console())
    }

    /// A user with roles, added at the console.
    pub fn add_user(&self, name: &str, roles: &[Role]) -> UserId {
        let operator = OperatorRecord {
            profession: Profession::Dermatologist,
            trained: Answer::Yes,
            training_valid_until: Some(date(2028, 6, 30)),
            depth_limit_um: Some(1500),
            premises_permitted: Answer::Yes,
        };
        let new = NewUser {
            name: name.parse().unwrap(),
            display_name: format!("Dr {name}").parse().unwrap(),
            roles: roles.iter().copied().collect::<BTreeSet<_>>(),
            operator: Some(operator),
            password: PASSWORD,
        };
        self.console().add_user(new).unwrap()
    }

    /// Signs a user in.
    pub fn sign_in(&self, name: &str) -> Token {
        self.clinic.sign_in(name, Proof { password: PASSWORD, code: None }).unwrap()
    }

    /// A clinic with one prescriber who has seen the patients of these examples.
    pub fn with_patients(story: &str, examples: &[&str]) -> Self {
        let clinic = Self::founded(story);
        clinic.add_user("ada", &[Role::Prescriber]);
        let token = clinic.sign_in("ada");
        let desk = clinic.clinic.desk_of(&token).unwrap();
        clinic.keep(&knowledge().files);
        examples.iter().for_each(|name| drop(see(&desk, &example(name), &bench())));
        clinic
    }

    /// Keeps files as the version that the stories' decisions name.
    pub fn keep(&self, files: &Files) {
        let mut knowledge = knowledge().clone();
        knowledge.files = files.clone();
        self.clinic.keep_knowledge(&knowledge).unwrap();
    }

    /// The ledger's file, opened with no more respect than a vandal has: no trigger stands in the way.
    pub fn vandal(&self) -> rusqlite::Connection {
        let file = rusqlite::Connection::open(self.folder.join("ledger.sqlite")).unwrap();
        let triggers: Vec<String> = file
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        triggers.iter().for_each(|name| file.execute_batch(&format!("DROP TRIGGER {name}")).unwrap());
        file
    }
}

/// The password of every user.
pub const PASSWORD: &str = "a sentence that nobody guesses";

/// Registers the patient of a consultation, records it, screens, plans and, where sessions were given, reviews.
pub fn see(desk: &Desk<'_>, consultation: &Consultation, bench: &Bench<'_>) -> OpenChart {
    let patient = &consultation.patient;
    let registered = Registered {
        on: consultation.date,
        number: patient.id.clone(),
        name: format!("Patient {}", patient.id),
        birth_date: patient.birth_date,
        sex: patient.sex,
        contact: None,
        synthetic: false,
    };
    let open = desk.register(registered).unwrap();
    let facts = record(&open.chart, consultation).unwrap();
    let open = add(desk, &open, facts);
    let (on, setting, overrides) = (consultation.date, setting(consultation), &consultation.overrides[..]);
    let screened = bench.screen(&open.chart, on, &setting, overrides).unwrap();
    let open = add(desk, &open, vec![Body::Screened(screened)]);
    let open = match bench.plan(&open.chart, on, &setting, overrides, Wish::Adopt) {
        Ok(plan) => add(desk, &open, vec![Body::PlanAdopted(plan)]),
        Err(_) => open,
    };
    match bench.review(&open.chart, on, &setting, overrides, Some((Decided::Wait, "the story wants it".into()))) {
        Ok(review) => add(desk, &open, vec![Body::Reviewed(review)]),
        Err(_) => open,
    }
}

/// Adds entries to a chart.
pub fn add(desk: &Desk<'_>, open: &OpenChart, bodies: Vec<Body>) -> OpenChart {
    let with_ids = |body| (EntryId(desk.entry_id().0), body);
    desk.add(open.clone(), bodies.into_iter().map(with_ids).collect()).unwrap().open
}
