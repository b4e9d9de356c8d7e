//! A clinic in a folder of its own, served to browsers that are not there: with a clock that stands still until it is set,
//! chance that repeats, and a user of every role.
#![allow(dead_code, reason = "each behaviour uses a part of it")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use resurface_care::chart::Registered;
use resurface_care::consultation::{Answer, Profession, Sex};
use resurface_clinic::{App, Rules};
use resurface_forecast::{BasePoints, Population};
use resurface_knowledge::Knowledge;
use resurface_ledger::access::{Actor, Role};
use resurface_ledger::clinic::{Charts, Clinic, Desk, Founding, NewUser, Proof};
use resurface_ledger::identity::{LinkPurpose, OperatorRecord, PatientId, Token};
use resurface_ledger::seal::Secret;
use resurface_ledger::surroundings::Surroundings;
use sha2::{Digest as _, Sha256};
use tower::ServiceExt as _;
use zeroize::Zeroizing;

/// The day of every story.
pub(crate) const TODAY: Date = date(2026, 11, 20);

/// Nine in the morning of that day, UTC, in seconds since 1970.
const NINE_O_CLOCK: i64 = 1_795_165_200;

/// The password of every user.
pub(crate) const PASSWORD: &str = "a sentence that nobody guesses";

/// Where the program thinks that it is.
pub(crate) const HOST: &str = "clinic.example";

/// Everybody who works here: name and role. The last one has none.
pub(crate) const PEOPLE: [(&str, Option<Role>); 5] = [
    ("pia", Some(Role::Practitioner)),
    ("ada", Some(Role::Prescriber)),
    ("abe", Some(Role::Assistant)),
    ("lea", Some(Role::Lead)),
    ("noa", None),
];

/// Time that stands still until it is set, and chance that is the same in every run.
pub(crate) struct Still {
    now_us: AtomicI64,
    drawn: AtomicU64,
}

impl Still {
    /// Lets time go by.
    pub(crate) fn pass_seconds(&self, seconds: i64) {
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

/// A clinic that is served.
pub(crate) struct AClinic {
    pub(crate) app: Arc<App>,
    pub(crate) surroundings: Arc<Still>,
    router: Router,
    runtime: tokio::runtime::Runtime,
}

/// The key file of every clinic here.
pub(crate) fn key_file() -> Secret {
    Secret::KeyFile(Zeroizing::new([7; 32]))
}

/// The knowledge that comes with the program, read once.
pub(crate) fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| Knowledge::built_in().unwrap())
}

/// What decisions rest on.
pub(crate) fn rules() -> Rules {
    static GERMAN: OnceLock<Knowledge> = OnceLock::new();
    let population = Population::from_json(knowledge().files.text("population.json").unwrap()).unwrap();
    let german = GERMAN.get_or_init(|| knowledge().translated("de").unwrap()).clone();
    Rules { knowledge: knowledge().clone(), german, population, points: BasePoints::new(1) }
}

impl AClinic {
    /// A clinic without anybody. Each story names its own folder.
    pub(crate) fn empty(story: &str) -> Self {
        Self::with_charts(story, Charts::Real)
    }

    fn with_charts(story: &str, charts: Charts) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("served").join(story);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.parent().unwrap()).unwrap();
        let surroundings = Arc::new(Still { now_us: AtomicI64::new(NINE_O_CLOCK * 1_000_000), drawn: AtomicU64::new(0) });
        let founding = Founding { name: "Stories".into(), charts };
        let clinic = Clinic::found(&folder, &founding, &key_file(), surroundings.clone()).unwrap();
        let app = App::new(clinic, rules(), "0.1.0-stories").unwrap().with_passkeys(format!("https://{HOST}").parse().unwrap());
        let app = Arc::new(app);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        Self { router: resurface_clinic::router(Arc::clone(&app)), app, surroundings, runtime }
    }

    /// A clinic with everybody in it.
    pub(crate) fn founded(story: &str) -> Self {
        Self::empty(story).with_everybody()
    }

    /// A demonstration with everybody in it, and nobody behind its charts.
    pub(crate) fn synthetic(story: &str) -> Self {
        Self::with_charts(story, Charts::Synthetic).with_everybody()
    }

    fn with_everybody(self) -> Self {
        PEOPLE.iter().for_each(|(name, role)| self.add_user(name, role.as_slice()));
        self
    }

    /// Adds a user, at the clinic's machine.
    pub(crate) fn add_user(&self, name: &str, roles: &[Role]) {
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
        self.app.clinic().desk(Actor::at_the_console()).add_user(new).unwrap();
    }

    /// The desk of a user, to see and to prepare what a page shows.
    pub(crate) fn with_desk<T>(&self, name: &str, work: impl FnOnce(&Desk<'_>) -> T) -> T {
        let token = self.token(name);
        let desk = self.app.clinic().desk_of(&token).unwrap();
        work(&desk)
    }

    fn token(&self, name: &str) -> Token {
        self.app.clinic().sign_in(name, Proof { password: PASSWORD, code: None }).unwrap()
    }

    /// A patient who was registered, and of whom nothing else is known.
    pub(crate) fn a_patient(&self, number: &str) -> PatientId {
        let registered = Registered {
            on: TODAY,
            number: number.to_owned(),
            name: format!("Patient {number}"),
            birth_date: date(1994, 5, 3),
            sex: Sex::Female,
            contact: Some("555 0100".to_owned()),
            synthetic: false,
        };
        self.with_desk("ada", |desk| desk.register(registered).unwrap().patient)
    }

    /// A browser in which nobody is signed in.
    pub(crate) fn nobody(&self) -> Browser<'_> {
        Browser { clinic: self, cookie: String::new(), bearer: None, link: None }
    }

    /// A browser in which somebody is signed in.
    pub(crate) fn browser_of(&self, name: &str) -> Browser<'_> {
        let token = self.token(name).text().to_string();
        Browser { clinic: self, cookie: format!("resurface-desk={token}"), bearer: Some(token), link: None }
    }

    /// A browser in which somebody has just given password and code once more.
    pub(crate) fn stepped_up(&self, name: &str) -> Browser<'_> {
        let token = self.token(name);
        self.app.clinic().step_up(&token, Proof { password: PASSWORD, code: None }).unwrap();
        let token = token.text().to_string();
        Browser { clinic: self, cookie: format!("resurface-desk={token}"), bearer: Some(token), link: None }
    }

    /// The browser of a patient who followed a link that was made for somebody.
    pub(crate) fn with_link(&self, purpose: LinkPurpose, patient: PatientId, made_for: PatientId) -> Browser<'_> {
        let token = self.with_desk("ada", |desk| desk.make_link(made_for, purpose, None).unwrap().1);
        let link = format!("{}.{patient}.{}", purpose.code(), *token.text());
        Browser { clinic: self, cookie: format!("resurface-link={link}"), bearer: None, link: Some(link) }
    }
}

/// A browser with its cookies; it may also stand for a program with a token.
pub(crate) struct Browser<'a> {
    pub(crate) clinic: &'a AClinic,
    pub(crate) cookie: String,
    bearer: Option<String>,
    link: Option<String>,
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) bytes: Vec<u8>,
}

impl Reply {
    /// The cookie that it hands out, as a browser sends it back.
    pub(crate) fn cookie(&self) -> &str {
        self.header("set-cookie").split(';').next().unwrap_or_default()
    }

    /// A header, empty where it is missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// What a document in JSON says.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap()
    }
}

/// The headers of every response, whatever it says.
const ALWAYS: [&str; 7] = [
    "content-security-policy",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "permissions-policy",
    "cache-control",
];

impl Browser<'_> {
    /// Asks for a page.
    pub(crate) fn get(&self, path: &str) -> Reply {
        self.send(Request::get(path), String::new())
    }

    /// Asks for a page that it holds already, unless it has changed.
    pub(crate) fn get_if_changed(&self, path: &str, tag: &str) -> Reply {
        self.send(Request::get(path).header("if-none-match", tag), String::new())
    }

    /// Sends a form of this program.
    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let seal = self.seal();
        let sealed: Vec<(&str, &str)> = std::iter::once(("_form", seal.as_str())).chain(fields.iter().copied()).collect();
        self.post_as_it_is(path, &sealed, &[])
    }

    /// Sends a form without the seal of this program, with more headers.
    pub(crate) fn post_as_it_is(&self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Reply {
        let encoded: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.send(request, encoded.join("&"))
    }

    /// Sends JSON.
    pub(crate) fn json(&self, method: &str, path: &str, body: &serde_json::Value) -> Reply {
        self.send(Request::builder().method(method).uri(path).header("content-type", "application/json"), body.to_string())
    }

    /// Sends bytes of a kind.
    pub(crate) fn post_bytes(&self, path: &str, kind: &str, bytes: &[u8]) -> Reply {
        self.send(Request::post(path).header("content-type", kind), bytes.to_vec())
    }

    /// What forms of this browser carry: it stands in every form that is shown to it.
    pub(crate) fn seal(&self) -> String {
        let page = self.get("/sign-in").text;
        let (_, after) = page.split_once("name=\"_form\" value=\"").unwrap();
        after.split('"').next().unwrap().to_owned()
    }

    /// Sends a form with files in it; each part is a name, the name of a file where it is one, and what it holds.
    pub(crate) fn post_parts(&self, path: &str, parts: &[(&str, Option<&str>, &[u8])]) -> Reply {
        let mut body = Vec::new();
        for (name, file, content) in parts {
            let file = file.map(|file| format!("; filename=\"{file}\"\r\ncontent-type: image/png")).unwrap_or_default();
            body.extend(format!("--part\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
            body.extend(*content);
            body.extend(b"\r\n");
        }
        body.extend(b"--part--\r\n");
        self.send(Request::post(path).header("content-type", "multipart/form-data; boundary=part"), body)
    }

    fn send(&self, request: axum::http::request::Builder, body: impl Into<Body>) -> Reply {
        let mut request = request.header("host", HOST);
        if !self.cookie.is_empty() {
            request = request.header("cookie", &self.cookie);
        }
        if let Some(bearer) = &self.bearer {
            request = request.header("authorization", format!("Bearer {bearer}"));
        }
        if let Some(link) = &self.link {
            request = request.header("resurface-link", link);
        }
        let request = request.body(body.into()).unwrap();
        let asked = format!("{} {}", request.method(), request.uri());
        self.clinic.runtime.block_on(async {
            let response = self.clinic.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            for name in ALWAYS {
                assert!(parts.headers.contains_key(name), "{asked}: {} without {name}", parts.status);
            }
            let text = String::from_utf8_lossy(&bytes).into_owned();
            Reply { status: parts.status, headers: parts.headers, text, bytes: bytes.into() }
        })
    }
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
