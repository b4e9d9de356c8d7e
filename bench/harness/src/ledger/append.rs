//! Durable appends. Both sides sync every commit, take what waits into the next commit, and write the same bytes: a row of the
//! chart, the summary beside the end of its chain, and a line of the access log. Ours makes those bytes as well: it asks the
//! table, folds the chart, hashes, seals; the other side only inserts what ours once made.

use std::path::Path;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use jiff::civil::date;
use resurface_ledger::clinic::{Desk, OpenChart};
use rusqlite::{Connection, TransactionBehavior};
use serde_json::{Value, json};

use super::clinic::{BusyDay, a_message, found};

/// Seconds that each side writes in each round.
const SECONDS: u64 = 2;
/// Rounds; the sides take turns, so that a slow minute of the disk falls on both.
const ROUNDS: usize = 5;
/// Commits taken together at most, as the ledger does.
const GROUP_MAX: usize = 256;
/// Charts that a writer turns between.
const CHARTS_EACH: usize = 4;

pub(super) fn measure(folder: &Path) -> Result<Value> {
    let mut measured = Vec::new();
    for writers in [1_usize, 8, 64] {
        let here = folder.join(format!("append-{writers}"));
        let day = found(&here, writers * CHARTS_EACH)?;
        let raw = Raw::open(&here.join("raw.sqlite"), &here.join("clinic/ledger.sqlite"))?;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            ours.push(day_of_appends(&day, writers)?);
            theirs.push(raw.inserts(writers)?);
        }
        let (ours, theirs) = (median(&mut ours), median(&mut theirs));
        measured.push(json!({ "writers": writers, "ours_per_s": ours, "raw_per_s": theirs, "ratio": ours / theirs, "row_bytes": raw.bytes() }));
    }
    Ok(json!({ "append": measured, "seconds": SECONDS, "rounds": ROUNDS }))
}

fn median(rates: &mut [f64]) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

/// Appends for some seconds with so many writers, each in charts of its own; acknowledged appends in a second.
fn day_of_appends(day: &BusyDay, writers: usize) -> Result<f64> {
    let charts = day.charts.chunks(CHARTS_EACH).take(writers);
    let work: Vec<_> = charts
        .map(|charts| charts.iter().map(|patient| day.open(*patient).map(Some)).collect::<Result<Vec<_>>>())
        .collect::<Result<_>>()?;
    let work: Vec<_> = work.into_iter().map(|charts| Ok((day.desk()?, charts))).collect::<Result<_>>()?;
    counted(work, |(desk, charts): &mut (Desk<'_>, Vec<Option<OpenChart>>), turn| {
        let at = turn % CHARTS_EACH;
        let open = charts[at].take().context("the chart was lost")?;
        charts[at] = Some(desk.add(open, vec![(desk.entry_id(), a_message(date(2027, 6, 1)))])?.open);
        Ok(())
    })
}

/// Calls `append` from one thread for each element of `work` until the time is over; calls in a second.
#[expect(clippy::disallowed_methods, reason = "a measuring program reads the clock")]
fn counted<W: Send>(work: Vec<W>, append: impl Fn(&mut W, usize) -> Result<()> + Sync) -> Result<f64> {
    let (start, stop, done) = (Barrier::new(work.len() + 1), AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        let threads: Vec<_> = work
            .into_iter()
            .map(|mine| {
                scope.spawn(|| -> Result<()> {
                    start.wait();
                    let mut mine = mine;
                    for turn in 0.. {
                        if stop.load(Ordering::Relaxed) {
                            break;
                        }
                        append(&mut mine, turn)?;
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                    Ok(())
                })
            })
            .collect();
        start.wait();
        let began = Instant::now();
        std::thread::sleep(Duration::from_secs(SECONDS));
        stop.store(true, Ordering::Relaxed);
        let (count, seconds) = (done.load(Ordering::Relaxed), began.elapsed().as_secs_f64());
        for thread in threads {
            thread.join().map_err(|_| anyhow!("a writer panicked"))??;
        }
        Ok(count as f64 / seconds)
    })
}

/// The bytes of one append as ours made them.
struct Bytes {
    kind: String,
    sealed: Vec<u8>,
    summary: Vec<u8>,
    line: Vec<u8>,
}

/// SQLite and nothing else: prepared inserts, one writing connection, one thread that commits groups.
struct Raw {
    jobs: mpsc::Sender<(Row, mpsc::SyncSender<()>)>,
    bytes: Bytes,
}

/// One append: the place it goes to. The bytes are always the same ones.
struct Row {
    stream: [u8; 16],
    seq: u32,
    id: [u8; 16],
}

impl Raw {
    /// A new file with the tables of ours, and the bytes of the latest append in it.
    fn open(file: &Path, ours: &Path) -> Result<Self> {
        let ours = Connection::open(ours)?;
        let mut tables =
            ours.prepare("SELECT sql FROM sqlite_master WHERE type = 'table' AND name IN ('entries', 'heads', 'access')")?;
        let tables: Vec<String> = tables.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let bytes = ours.query_row(
            "SELECT e.kind, e.sealed, h.summary, (SELECT sealed FROM access ORDER BY seq DESC LIMIT 1)
             FROM entries e JOIN heads h ON h.stream = e.stream ORDER BY e.rowid DESC LIMIT 1",
            [],
            |row| Ok(Bytes { kind: row.get(0)?, sealed: row.get(1)?, summary: row.get(2)?, line: row.get(3)? }),
        )?;
        let connection = Connection::open(file)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "cache_size", -32_768)?;
        connection.set_prepared_statement_cache_capacity(16);
        tables.iter().try_for_each(|table| connection.execute_batch(table))?;
        let (jobs, queue) = mpsc::channel();
        let theirs = Bytes {
            kind: bytes.kind.clone(),
            sealed: bytes.sealed.clone(),
            summary: bytes.summary.clone(),
            line: bytes.line.clone(),
        };
        std::thread::spawn(move || write(connection, &queue, &theirs));
        Ok(Self { jobs, bytes })
    }

    fn bytes(&self) -> usize {
        self.bytes.sealed.len() + self.bytes.summary.len() + self.bytes.line.len()
    }

    fn inserts(&self, writers: usize) -> Result<f64> {
        static STREAM: AtomicU64 = AtomicU64::new(1);
        static ID: AtomicU64 = AtomicU64::new(1);
        let work: Vec<(u64, mpsc::Sender<_>)> =
            (0..writers).map(|_| (STREAM.fetch_add(CHARTS_EACH as u64, Ordering::Relaxed), self.jobs.clone())).collect();
        counted(work, |(first, jobs), turn| {
            // spread as ours are: patients at random, entries by their time
            let stream = (*first + (turn % CHARTS_EACH) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let mut row = Row { stream: [0; 16], seq: (turn / CHARTS_EACH) as u32 + 1, id: [0; 16] };
            row.stream[..8].copy_from_slice(&stream.to_be_bytes());
            row.id[..8].copy_from_slice(&ID.fetch_add(1, Ordering::Relaxed).to_be_bytes());
            let (done, wait) = mpsc::sync_channel(1);
            jobs.send((row, done)).ok().context("the raw writer stopped")?;
            wait.recv().context("the raw writer stopped")
        })
    }
}

fn write(mut connection: Connection, queue: &mpsc::Receiver<(Row, mpsc::SyncSender<()>)>, bytes: &Bytes) {
    let mut line = 0_i64;
    while let Ok(first) = queue.recv() {
        let group: Vec<_> = std::iter::once(first).chain(queue.try_iter().take(GROUP_MAX - 1)).collect();
        let written = (|| -> rusqlite::Result<()> {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for (row, _) in &group {
                line += 1;
                insert(&transaction, row, bytes, line)?;
            }
            transaction.commit()
        })();
        if written.is_err() {
            return;
        }
        for (_, done) in group {
            // Whoever no longer waits has stopped counting.
            let _ = done.send(());
        }
    }
}

fn insert(connection: &Connection, row: &Row, bytes: &Bytes, line: i64) -> rusqlite::Result<()> {
    let hash = [7_u8; 32];
    connection
        .prepare_cached("INSERT INTO entries (stream, seq, id, kind, version, author, at_us, hash, sealed) VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7, ?8)")?
        .execute((row.stream, row.seq, row.id, &bytes.kind, [1_u8; 17], line, hash, &bytes.sealed))?;
    connection
        .prepare_cached("INSERT INTO heads (stream, seq, hash, summary) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (stream) DO UPDATE SET seq = ?2, hash = ?3, summary = ?4")?
        .execute((row.stream, row.seq, hash, &bytes.summary))?;
    connection
        .prepare_cached("INSERT INTO access (seq, id, at_us, content, hash, sealed) VALUES (?1, ?2, ?1, ?3, ?3, ?4)")?
        .execute((line, row.id, hash, &bytes.line))?;
    Ok(())
}
