//! Durable appends: a row of the chart, the summary beside the end of its chain, and a line of the access log, on the disk when
//! the call returns.
//!
//! What the other side is, exactly: SQLite through the same driver, in a file with the same layout (tables, indexes, triggers:
//! read from the file of ours), the same settings of the writing connection (WAL, synchronous FULL, its cache, its page size),
//! the same prepared inserts into the three tables with rows of the same length (the bytes of an append that ours once made,
//! under other ids). As many threads call and wait for each commit as on our side, through the same queue; how many inserts go
//! into a commit at most is drawn from the sizes that ours came to in the round before, because callers that have nothing
//! else to do would wait together in larger groups. It asks, looks up, folds, hashes and seals nothing: that is what ours does
//! beside inserting, in the time that is measured.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Barrier, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use cpu_time::ProcessTime;
use jiff::civil::date;
use resurface_ledger::clinic::{Desk, OpenChart};
use resurface_ledger::store::Turns;
use rusqlite::{Connection, TransactionBehavior};
use serde_json::{Value, json};

use super::clinic::{BusyDay, a_message, found};

/// Seconds that each side writes in each round.
const SECONDS: u64 = 2;
/// Rounds; the sides take turns, so that a slow minute of the disk falls on both.
const ROUNDS: usize = 5;
/// A time as long as those of ours, in microseconds since 1970.
const A_TIME_US: i64 = 1_800_000_000_000_000;
/// Charts that a writer turns between.
const CHARTS_EACH: usize = 4;

pub(super) fn measure(folder: &Path) -> Result<Value> {
    let mut measured = Vec::new();
    for writers in [1_usize, 8, 64] {
        let here = folder.join(format!("append-{writers}"));
        let day = found(&here, writers * CHARTS_EACH)?;
        let raw = Raw::open(&here.join("raw.sqlite"), &here.join("clinic/ledger.sqlite"))?;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for round in 0..ROUNDS {
            let before = day.clinic.commit_groups();
            ours.push(day_of_appends(&day, writers)?);
            raw.group_as(&since(&before, &day.clinic.commit_groups()));
            theirs.push(raw.inserts(writers, round)?);
        }
        let (ours, theirs) = (median(&ours), median(&theirs));
        measured.push(json!({
            "writers": writers, "ours_per_s": ours.per_s, "raw_per_s": theirs.per_s, "ratio": ours.per_s / theirs.per_s,
            "ours_cpu_us": ours.cpu_us, "raw_cpu_us": theirs.cpu_us, "row_bytes": raw.bytes(),
            "ours_in_a_commit": mean(&day.clinic.commit_groups()), "raw_in_a_commit": mean(&raw.turns.sizes()),
        }));
    }
    Ok(json!({ "append": measured, "seconds": SECONDS, "rounds": ROUNDS }))
}

/// How many groups of each size there were since an earlier count.
fn since(before: &[u64], now: &[u64]) -> Vec<u64> {
    now.iter().enumerate().map(|(at, groups)| groups - before.get(at).unwrap_or(&0)).collect()
}

/// Mean size of a group.
fn mean(groups: &[u64]) -> f64 {
    let jobs: u64 = groups.iter().zip(1..).map(|(groups, size)| groups * size).sum();
    jobs as f64 / groups.iter().sum::<u64>() as f64
}

/// What one side came to: appends in a second by the clock, and what one cost the processors. The clock is what counts on a
/// quiet machine; on a busy one only the cost says anything.
#[derive(Clone, Copy)]
struct Pace {
    per_s: f64,
    cpu_us: f64,
}

fn median(paces: &[Pace]) -> Pace {
    let middle = |of: fn(&Pace) -> f64| {
        let mut values: Vec<f64> = paces.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    Pace { per_s: middle(|pace| pace.per_s), cpu_us: middle(|pace| pace.cpu_us) }
}

/// Appends for some seconds with so many writers, each in charts of its own.
fn day_of_appends(day: &BusyDay, writers: usize) -> Result<Pace> {
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

/// Calls `append` from one thread for each element of `work` until the time is over.
#[expect(clippy::disallowed_methods, reason = "a measuring program reads the clock")]
fn counted<W: Send>(work: Vec<W>, append: impl Fn(&mut W, usize) -> Result<()> + Sync) -> Result<Pace> {
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
        let (began, spent) = (Instant::now(), ProcessTime::now());
        std::thread::sleep(Duration::from_secs(SECONDS));
        stop.store(true, Ordering::Relaxed);
        let (count, seconds) = (done.load(Ordering::Relaxed), began.elapsed().as_secs_f64());
        let cpu_us = spent.elapsed().as_secs_f64() * 1e6 / count as f64;
        for thread in threads {
            thread.join().map_err(|_| anyhow!("a writer panicked"))??;
        }
        Ok(Pace { per_s: count as f64 / seconds, cpu_us })
    })
}

/// The bytes of one append as ours made them.
#[derive(Clone)]
struct Bytes {
    kind: String,
    sealed: Vec<u8>,
    summary: Vec<u8>,
    line: Vec<u8>,
}

/// SQLite and nothing else.
struct Raw {
    turns: Turns<Row, bool>,
    sizes: Arc<Mutex<Vec<usize>>>,
    bytes: Bytes,
}

/// One append: the place it goes to. The bytes are always the same ones.
struct Row {
    stream: [u8; 16],
    seq: u32,
    id: [u8; 16],
}

impl Raw {
    /// A new file with the layout of ours, and the bytes of the latest append in it.
    fn open(file: &Path, ours: &Path) -> Result<Self> {
        let ours = Connection::open(ours)?;
        let mut layout = ours.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")?;
        let layout: Vec<String> = layout.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let bytes = ours.query_row(
            "SELECT e.kind, e.sealed, h.summary, (SELECT sealed FROM access ORDER BY seq DESC LIMIT 1)
             FROM entries e JOIN heads h ON h.stream = e.stream ORDER BY e.rowid DESC LIMIT 1",
            [],
            |row| Ok(Bytes { kind: row.get(0)?, sealed: row.get(1)?, summary: row.get(2)?, line: row.get(3)? }),
        )?;
        let mut connection = Connection::open(file)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "cache_size", -32_768)?;
        connection.set_prepared_statement_cache_capacity(64);
        layout.iter().try_for_each(|statement| connection.execute_batch(statement))?;
        let sizes = Arc::new(Mutex::new(vec![1]));
        let (wanted, mut at, mut line, theirs) = (Arc::clone(&sizes), 0, 0, bytes.clone());
        let size_max = move || {
            let sizes = wanted.lock().unwrap_or_else(PoisonError::into_inner);
            at = (at + 1) % sizes.len();
            sizes[at]
        };
        let write = move |rows: Vec<Row>| {
            let written = write(&mut connection, &rows, &theirs, &mut line).is_ok();
            vec![written; rows.len()]
        };
        Ok(Self { turns: Turns::begin("raw-writer", size_max, write)?, sizes, bytes })
    }

    /// From now on groups are as large as these were: each size as often, in no order.
    fn group_as(&self, groups: &[u64]) {
        let mut drawn: Vec<(u64, usize)> = Vec::new();
        for (count, size) in groups.iter().zip(1..) {
            drawn.extend((0..*count).map(|at| ((at ^ size as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15), size)));
        }
        drawn.sort_unstable();
        *self.sizes.lock().unwrap_or_else(PoisonError::into_inner) = drawn.into_iter().map(|(_, size)| size).collect();
    }

    fn bytes(&self) -> usize {
        self.bytes.sealed.len() + self.bytes.summary.len() + self.bytes.line.len()
    }

    fn inserts(&self, writers: usize, round: usize) -> Result<Pace> {
        static ID: AtomicU64 = AtomicU64::new(1);
        counted((0..writers).collect(), |writer, turn| {
            // spread as ours are: patients at random, entries by their time
            let stream = ((*writer * CHARTS_EACH + turn % CHARTS_EACH) as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let seq = (round * 1_000_000 + turn / CHARTS_EACH) as u32 + 1;
            let mut row = Row { stream: [0; 16], seq, id: [0; 16] };
            row.stream[..8].copy_from_slice(&stream.to_be_bytes());
            row.id[..8].copy_from_slice(&ID.fetch_add(1, Ordering::Relaxed).to_be_bytes());
            self.turns.ask(row).filter(|written| *written).map(|_| ()).context("the raw writer stopped")
        })
    }
}

fn write(connection: &mut Connection, rows: &[Row], bytes: &Bytes, line: &mut i64) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for row in rows {
        *line += 1;
        insert(&transaction, row, bytes, *line)?;
    }
    transaction.commit()
}

fn insert(connection: &Connection, row: &Row, bytes: &Bytes, line: i64) -> rusqlite::Result<()> {
    let hash = [7_u8; 32];
    connection
        .prepare_cached("INSERT INTO entries (stream, seq, id, kind, version, author, at_us, hash, sealed) VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7, ?8)")?
        .execute((row.stream, row.seq, row.id, &bytes.kind, [1_u8; 17], A_TIME_US + line, hash, &bytes.sealed))?;
    connection
        .prepare_cached("INSERT INTO heads (stream, seq, hash, summary) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (stream) DO UPDATE SET seq = ?2, hash = ?3, summary = ?4")?
        .execute((row.stream, row.seq, hash, &bytes.summary))?;
    connection
        .prepare_cached("INSERT INTO access (seq, id, at_us, content, hash, sealed) VALUES (?1, ?2, ?3, ?4, ?4, ?5)")?
        .execute((line, row.id, A_TIME_US + line, hash, &bytes.line))?;
    Ok(())
}
