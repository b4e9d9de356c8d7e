//! What was acknowledged is there, and nothing is there by half: after a process is killed at any moment, and on a full disk.
//!
//! This program starts itself again as the process that is killed: with a folder in its environment, the tests whose names
//! begin with `child` write there and say `ack` and an id for each commit that returned; without one they do nothing.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]
#![expect(clippy::disallowed_methods, reason = "a child is told in its environment what to do, and fills disks with files")]

#[path = "store/folder.rs"]
mod folder;
#[path = "store/rows.rs"]
mod rows;
#[path = "store/sound.rs"]
mod sound;

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use resurface_ledger::store::{Sqlite, StoreError};
use uuid::Uuid;

use folder::Folder;
use rows::{append, id};
use sound::sound;

const FOLDER: &str = "RESURFACE_CRASH_FOLDER";
const ROUND: &str = "RESURFACE_CRASH_ROUND";
const COMMITS: &str = "RESURFACE_CRASH_COMMITS";

/// Rounds of being killed.
const KILLS: u32 = 240;

/// Threads that write at once.
const WRITERS: u128 = 8;

/// What a child was told: where to write, ids that nobody else takes, and how often each thread commits.
struct Told {
    folder: PathBuf,
    round: u128,
    commits: u128,
}

impl Told {
    fn in_environment() -> Option<Self> {
        let number = |name| std::env::var(name).ok().and_then(|text| text.parse().ok());
        let folder = PathBuf::from(std::env::var_os(FOLDER)?);
        Some(Self { folder, round: number(ROUND)?, commits: number(COMMITS)? })
    }

    fn id(&self, thread: u128, at: u128) -> Uuid {
        id(self.round << 64 | thread << 32 | at)
    }
}

/// Half of the threads have a stream of their own, half share one.
fn stream_of(thread: u128) -> Uuid {
    id(u128::MAX - thread.min(WRITERS / 2))
}

/// One line, all at once: whoever reads it knows that what it says has happened.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // The line before may be one that the test runner has begun. Who reads may be gone by now.
    let _ = out.write_all(format!("\n{line}\n").as_bytes()).and_then(|()| out.flush());
}

/// Writes from every thread, saying what was acknowledged, until it is done or something goes wrong.
fn write(store: &Sqlite, told: &Told) -> Result<(), StoreError> {
    std::thread::scope(|threads| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|thread| {
                threads.spawn(move || {
                    (0..told.commits).try_for_each(|at| {
                        append(store, stream_of(thread), told.id(thread, at))?;
                        say(&format!("ack {}", told.id(thread, at)));
                        Ok(())
                    })
                })
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).fold(Ok(()), Result::and)
    })
}

#[test]
fn child_writes() {
    let Some(told) = Told::in_environment() else { return };
    let store = Sqlite::open(&told.folder.join("ledger.db")).unwrap();
    say("opened");
    write(&store, &told).unwrap();
    say("closing");
    drop(store);
    say("closed");
}

#[test]
fn child_writes_until_the_disk_is_full() {
    let Some(told) = Told::in_environment() else { return };
    let file = told.folder.join("ledger.db");
    let ballast = told.folder.join("ballast");
    std::fs::write(&ballast, vec![1; 200 << 10]).unwrap();

    let store = Sqlite::open(&file).unwrap();
    let error = write(&store, &told).unwrap_err();
    say(&format!("error {error}"));
    assert!(!sound(&store).is_empty(), "what is there can be read while the disk is full");
    drop(store);
    let store = Sqlite::open(&file).unwrap();
    sound(&store).into_iter().for_each(|id| say(&format!("there {id}")));

    std::fs::remove_file(&ballast).unwrap();
    append(&store, stream_of(0), told.id(WRITERS, 0)).unwrap();
    say(&format!("ack {}", told.id(WRITERS, 0)));
    sound(&store);
    say("made room and went on");
}

/// A command that runs one of the tests above as a child, through a script of the shell where there is one.
fn child(name: &str, script: Option<&str>, folder: &Path, round: u32, commits: u128) -> Command {
    let this = std::env::current_exe().unwrap();
    let mut command = match script {
        Some(script) => {
            let mut shell = Command::new("sh");
            shell.args(["-c", script]).arg(this);
            shell
        }
        None => Command::new(this),
    };
    command.args(["--exact", name, "--nocapture"]);
    command.env(FOLDER, folder).env(ROUND, round.to_string()).env(COMMITS, commits.to_string());
    command.stdout(Stdio::piped());
    command
}

/// The id that a line names after a word.
fn named(word: &str, line: &str) -> Option<Uuid> {
    line.strip_prefix(word)?.trim().parse().ok()
}

/// What a child said that filled a disk.
struct Filled {
    /// Ids of what was acknowledged until the disk was full.
    acknowledged: BTreeSet<Uuid>,
    /// What it was told when the disk was full.
    error: String,
    /// Ids of what was there when it opened the store again, with the disk still full.
    there: BTreeSet<Uuid>,
    /// Everything it said.
    lines: Vec<String>,
}

/// Lets a child fill a disk that the script sets up. Nothing if it cannot be set up: the script says `ready` where it can.
fn filled(script: &str, folder: &Path) -> Option<Filled> {
    let output = child("child_writes_until_the_disk_is_full", Some(script), folder, 1, u128::from(u32::MAX)).output().unwrap();
    let lines: Vec<_> = String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
    lines.iter().find(|line| *line == "ready")?;
    let full = lines.iter().position(|line| line.starts_with("error ")).unwrap_or_else(|| panic!("never full: {lines:?}"));
    let ids = |word, lines: &[String]| lines.iter().filter_map(|line| named(word, line)).collect::<BTreeSet<_>>();
    Some(Filled {
        acknowledged: ids("ack ", &lines[..full]),
        error: lines[full].clone(),
        there: ids("there ", &lines[full..]),
        lines,
    })
}

impl Filled {
    fn lost_nothing(&self) {
        assert!(self.acknowledged.len() > 5, "there was room at first: {:?}", self.lines);
        assert!(self.there.is_superset(&self.acknowledged), "what was acknowledged is there: {:?}", self.lines);
        assert!(self.lines.iter().any(|line| line == "made room and went on"), "it went on: {:?}", self.lines);
    }
}

/// When a child is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// As soon as it runs.
    Started,
    /// When it has said so many lines: that it has opened the store, what was acknowledged, that it closes.
    Said(u64),
    /// When it closes the store.
    Closing,
}

/// Moments that are the same in each run, and differ from round to round.
fn moment(round: u32) -> Moment {
    // SplitMix64 (Steele, Lea and Flood 2014), for numbers without a pattern.
    let mut mixed = u64::from(round).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^= mixed >> 31;
    match mixed % 12 {
        0 => Moment::Started,
        1 | 2 => Moment::Closing,
        _ => Moment::Said(mixed / 12 % 60),
    }
}

/// Starts a child, kills it at the moment, and gives the ids that it said were acknowledged.
fn killed(folder: &Path, round: u32, moment: Moment) -> BTreeSet<Uuid> {
    // Where it is to be killed while it closes, it has to come to an end of its own.
    let commits = if let Moment::Closing = moment { 3 } else { u128::from(u32::MAX) };
    let mut child = child("child_writes", None, folder, round, commits).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut acknowledged = BTreeSet::new();
    let mut said = 0;
    let mut reached = matches!(moment, Moment::Started);
    while !reached {
        let line = lines.next().unwrap_or_else(|| panic!("round {round} ended by itself before {moment:?}"));
        let ack = named("ack ", &line);
        said += u64::from(ack.is_some() || line == "opened");
        acknowledged.extend(ack);
        reached = match moment {
            Moment::Started => true,
            Moment::Said(enough) => said > enough,
            Moment::Closing => line == "closing",
        };
    }
    child.kill().unwrap();
    // What it said before it died counts, even if nobody had listened yet.
    acknowledged.extend(lines.filter_map(|line| named("ack ", &line)));
    child.wait().unwrap();
    acknowledged
}

#[test]
fn a_process_that_is_killed_at_any_moment_loses_nothing_that_it_acknowledged() {
    let folder = Folder::new("killed");
    let mut acknowledged = BTreeSet::new();
    let mut there = BTreeSet::new();
    for round in 0..KILLS {
        let moment = moment(round);
        acknowledged.extend(killed(folder.path(), round, moment));

        let store = folder.open();
        let now = sound(&store);
        let lost: Vec<_> = acknowledged.difference(&now).collect();
        assert!(lost.is_empty(), "round {round}, killed when {moment:?}, lost {lost:?}");
        assert!(now.is_superset(&there), "round {round} lost what was there before");
        there = now;
    }
    let report = format!("{KILLS} kills, {} entries acknowledged, {} there\n", acknowledged.len(), there.len());
    std::io::stderr().write_all(report.as_bytes()).unwrap();
    assert!(acknowledged.len() > KILLS as usize, "it was killed while it wrote");
}

#[test]
fn two_programs_that_write_at_once_lose_nothing() {
    let folder = Folder::new("two_programs");
    let mut programs: Vec<_> =
        [0, 1].map(|round| child("child_writes", None, folder.path(), round, 20).spawn().unwrap()).into_iter().collect();
    let mut acknowledged = BTreeSet::new();
    for program in &mut programs {
        let lines = BufReader::new(program.stdout.take().unwrap()).lines().map_while(Result::ok);
        acknowledged.extend(lines.filter_map(|line| named("ack ", &line)));
        assert!(program.wait().unwrap().success());
    }
    assert_eq!(acknowledged.len() as u128, 2 * WRITERS * 20);
    assert_eq!(sound(&folder.open()), acknowledged);
}

#[test]
fn a_store_that_is_full_says_so_and_goes_on_when_there_is_room() {
    let folder = Folder::new("full_by_pages");
    let store = Sqlite::open_limited(&folder.file(), 64).unwrap();
    let mut acknowledged = BTreeSet::new();
    let error = (0..).find_map(|at| match append(&store, id(7000 + at % 3), id(at)) {
        Ok(()) => acknowledged.insert(id(at)).then_some(None)?,
        Err(error) => Some(error),
    });

    assert_eq!(error, Some(StoreError::Full));
    assert!(acknowledged.len() > 5, "there was room at first");
    assert_eq!(sound(&store), acknowledged, "what was acknowledged, and nothing of what was not");
    drop(store);
    let store = folder.open();
    assert_eq!(sound(&store), acknowledged);
    append(&store, id(7000), id(99_999)).unwrap();
    assert_eq!(sound(&store).len(), acknowledged.len() + 1);
}

#[test]
fn files_that_may_not_grow_lose_nothing_that_was_acknowledged() {
    let folder = Folder::new("full_by_limit");
    // Without the signal, a write beyond the limit fails as one on a broken disk does.
    let filled = filled("trap '' XFSZ; ulimit -f 500; echo ready; exec \"$0\" \"$@\"", folder.path()).unwrap();

    filled.lost_nothing();
    assert!(filled.error.contains("cannot be reached"), "{}", filled.error);
    assert!(filled.error.contains("at a limit"), "{}", filled.error);
    let store = folder.open();
    let there = sound(&store);
    assert!(there.is_superset(&filled.acknowledged), "what was acknowledged is there");
    append(&store, stream_of(0), id(1)).unwrap();
    assert_eq!(sound(&store).len(), there.len() + 1, "without the limit writing goes on");
}

#[test]
fn a_disk_that_is_full_loses_nothing_that_was_acknowledged() {
    let folder = Folder::new("full_disk");
    let mount = format!("mount -t tmpfs -o size=1m tmpfs \"${FOLDER}\" && echo ready && exec \"$0\" \"$@\"");
    // In a name space of its own, so that the small disk is gone with the child: as root, or where users may have one.
    let scripts = ["--mount", "--user --map-root-user --mount"]
        .map(|space| format!("unshare {space} true && exec unshare {space} sh -c '{mount}' \"$0\" \"$@\""));
    match scripts.iter().find_map(|script| filled(script, folder.path())) {
        Some(filled) => {
            filled.lost_nothing();
            assert_eq!(filled.error, format!("error {}", StoreError::Full));
        }
        None => {
            let report = b"no disk can be mounted here: the limits on pages and on files stand for a full one\n";
            std::io::stderr().write_all(report).unwrap();
        }
    }
}
