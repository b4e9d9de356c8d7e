//! What must never be, read from the sources of the rooms.
#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]
#![expect(clippy::disallowed_methods, reason = "this test reads the sources")]

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms without files, clock, environment, printing or chance.
const PURE_ROOMS: &[&str] =
    &["knowledge", "care", "forecast", "evidence", "synthetic", "words", "figure", "documents", "measure"];

/// What the ledger must not reach for: time and chance are handed in, and it speaks to nobody.
const NEVER_IN_THE_LEDGER: &[&str] = &[
    "std::env",
    "std::net",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "println!",
    "eprintln!",
    "print!(",
    "eprint!(",
    "dbg!(",
    "thread_rng",
    "getrandom",
    "HashMap",
    "HashSet",
];

/// What a pure room must not reach for.
const NEVER_IN_A_ROOM: &[&str] = &[
    "std::fs",
    "std::env",
    "std::process",
    "std::net",
    "std::io::std",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "println!",
    "eprintln!",
    "print!(",
    "eprint!(",
    "dbg!(",
    "thread_rng",
    "rand::rng()",
    "from_os_rng",
    "getrandom",
    "HashMap",
    "HashSet",
];

/// What no source of the repository holds.
const NEVER_ANYWHERE: &[&str] = &["todo!(", "unimplemented!(", "#[ignore", "TODO", "FIXME", "utils::", "helpers::"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The lines of code of a file, without its comments, without the tests at its end, and without what is excepted with its
/// reason (the exception covers the function under it).
fn code(path: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(path).unwrap();
    let mut excepted = false;
    let mut code = Vec::new();
    for (at, line) in text.lines().enumerate().take_while(|(_, line)| line.trim() != "#[cfg(test)]") {
        if line.contains("expect(clippy::disallowed") {
            excepted = true;
        } else if line.trim() == "}" {
            excepted = false;
        }
        if !excepted {
            code.push((at + 1, line.split("//").next().unwrap_or_default().to_owned()));
        }
    }
    code
}

fn hits(files: &[PathBuf], forbidden: &[&str]) -> Vec<String> {
    let mut hits = Vec::new();
    for path in files {
        for (line, text) in code(path) {
            hits.extend(
                forbidden.iter().filter(|word| text.contains(**word)).map(|word| format!("{}:{line}: {word}", path.display())),
            );
        }
    }
    hits
}

#[test]
fn no_room_touches_files_clock_environment_or_chance() {
    for room in PURE_ROOMS {
        let files = sources(&crates().join(room).join("src"));
        assert!(!files.is_empty(), "{room} has sources");
        let hits = hits(&files, NEVER_IN_A_ROOM);
        assert!(hits.is_empty(), "{hits:#?}");
    }
}

#[test]
fn arrows_between_rooms_run_one_way() {
    let allowed: &[(&str, &[&str])] = &[
        ("knowledge", &[]),
        ("forecast", &[]),
        ("evidence", &[]),
        ("measure", &[]),
        ("care", &["resurface_knowledge", "resurface_forecast"]),
        ("ledger", &["resurface_knowledge", "resurface_forecast", "resurface_care"]),
        ("synthetic", &["resurface_knowledge", "resurface_forecast", "resurface_care"]),
        ("words", &[]),
        ("figure", &["resurface_forecast", "resurface_care", "resurface_words"]),
        ("documents", &["resurface_knowledge", "resurface_care", "resurface_figure", "resurface_words"]),
        (
            "clinic",
            &[
                "resurface_knowledge",
                "resurface_forecast",
                "resurface_care",
                "resurface_ledger",
                "resurface_words",
                "resurface_figure",
                "resurface_documents",
                "resurface_measure",
            ],
        ),
    ];
    for (room, may_use) in allowed {
        let others = [
            "resurface_knowledge",
            "resurface_forecast",
            "resurface_evidence",
            "resurface_care",
            "resurface_ledger",
            "resurface_synthetic",
            "resurface_words",
            "resurface_figure",
            "resurface_documents",
            "resurface_clinic",
            "resurface_measure",
        ];
        let forbidden: Vec<&str> =
            others.into_iter().filter(|other| !may_use.contains(other) && !other.ends_with(room)).collect();
        let hits = hits(&sources(&crates().join(room).join("src")), &forbidden);
        assert!(hits.is_empty(), "{hits:#?}");
    }
}

#[test]
fn the_ledger_is_handed_time_and_chance() {
    let is_test = |path: &PathBuf| path.components().any(|part| part.as_os_str() == "tests") || path.ends_with("tests.rs");
    let files: Vec<PathBuf> = sources(&crates().join("ledger/src")).into_iter().filter(|path| !is_test(path)).collect();
    let hits = hits(&files, NEVER_IN_THE_LEDGER);
    assert!(hits.is_empty(), "{hits:#?}");
}

#[test]
fn only_the_store_knows_sql() {
    let outside = |folder: &str, but: &str| -> Vec<PathBuf> {
        sources(&crates().join(folder)).into_iter().filter(|path| !path.display().to_string().contains(but)).collect()
    };
    let mut files = outside("ledger/src", "store/sqlite");
    for room in PURE_ROOMS.iter().chain(&["clinic", "resurface"]) {
        files.extend(sources(&crates().join(room).join("src")));
    }
    let hits = hits(&files, &["rusqlite", "SELECT ", "INSERT INTO"]);
    assert!(hits.is_empty(), "{hits:#?}");
}

#[test]
fn only_one_file_of_the_program_touches_files() {
    let files: Vec<PathBuf> =
        sources(&crates().join("resurface/src")).into_iter().filter(|path| !path.ends_with("files.rs")).collect();
    let hits = hits(&files, &["std::fs", "fs::", "File::", "SystemTime", "Instant::now", "std::net::Tcp", "std::net::Udp"]);
    assert!(hits.is_empty(), "{hits:#?}");
}

#[test]
fn only_the_clinic_knows_http() {
    let mut files = Vec::new();
    for room in PURE_ROOMS.iter().chain(&["ledger", "resurface"]) {
        files.extend(sources(&crates().join(room).join("src")));
    }
    let hits = hits(&files, &["axum", "tower_http", "maud", "StatusCode"]);
    assert!(hits.is_empty(), "{hits:#?}");
}

#[test]
fn the_clinic_acts_for_nobody_and_writes_at_one_place() {
    let clinic = sources(&crates().join("clinic/src"));
    let files = ["std::fs", "std::env", "SystemTime", "Instant::now", "Timestamp::now", "Zoned::now", "getrandom"];
    let ambient = hits(&clinic, &files);
    let console = hits(&clinic, &["at_the_console"]);
    assert!(ambient.is_empty() && console.is_empty(), "{ambient:#?} {console:#?}");
    let elsewhere: Vec<PathBuf> = clinic.into_iter().filter(|path| !path.ends_with("seat.rs")).collect();
    let writing = hits(&elsewhere, &["desk.add("]);
    assert!(writing.is_empty(), "what is added goes through the seat, which keeps the rules first: {writing:#?}");
}

#[test]
fn no_page_holds_a_script_or_a_style_of_its_own() {
    let hits =
        hits(&sources(&crates().join("clinic/src")), &["style=", "onclick", "onchange", "hx-on", "javascript:", "PreEscaped"]);
    assert!(hits.is_empty(), "{hits:#?}");
}

/// Every sentence that `care` makes, and every key that the pages and the documents name, stands in the files of words. Keys that are put together are not seen here.
#[test]
fn whatever_is_said_stands_in_the_words() {
    let words = resurface_words::Words::of(resurface_words::Language::English);
    let mut missing = Vec::new();
    let mut seen = 0;
    for room in ["care", "clinic", "figure", "documents"] {
        for path in sources(&crates().join(room).join("src")) {
            for (line, text) in code(&path) {
                for call in ["words.text(\"", "words.with(\"", "words().text(\"", "words().with(\"", "\"said-"] {
                    let before = call.strip_prefix('"').unwrap_or_default();
                    for key in text.split(call).skip(1).filter_map(|rest| rest.split('"').next()) {
                        let key = &format!("{before}{key}");
                        seen += 1;
                        if !words.has(key) {
                            missing.push(format!("{}:{line}: {key}", path.display()));
                        }
                    }
                }
            }
        }
    }
    assert!(seen > 300, "only {seen} keys were found");
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn nothing_is_left_for_later() {
    let mut files = Vec::new();
    for room in PURE_ROOMS.iter().chain(&["ledger", "clinic", "resurface"]) {
        files.extend(sources(&crates().join(room).join("src")));
    }
    let hits = hits(&files, NEVER_ANYWHERE);
    assert!(hits.is_empty(), "{hits:#?}");
}
