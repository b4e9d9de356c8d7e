//! One clinic of a given size: what it takes to open a chart, list everybody, verify everything and replay decisions.

use std::num::NonZeroUsize;
use std::path::Path;
use std::time::Instant;

use anyhow::{Result, anyhow};
use cpu_time::{ProcessTime, ThreadTime};
use jiff::civil::{Date, date};
use resurface_knowledge::Knowledge;
use resurface_ledger::access::Actor;
use resurface_ledger::clinic::{Check, Depth, Pictures};
use resurface_ledger::identity::PatientId;
use serde_json::{Value, json};

use super::clinic::{BusyDay, ENTRIES, a_message, found, opened};

/// Entries of the chart that is opened.
const LONG_CHART: usize = 60;
/// Times that a short thing is done; the median counts.
const REPEATS: usize = 25;
/// Patients of the largest clinic whose decisions are made again: each chart has two, so these are 10,000 decisions.
const REPLAYED_MAX: usize = 5_000;
/// Threads of a replay.
const THREADS: NonZeroUsize = NonZeroUsize::new(2).unwrap();
/// The day on which everybody is listed.
const TODAY: Date = date(2027, 6, 1);

#[expect(clippy::disallowed_methods, reason = "a measuring program reads the clock")]
pub(super) fn measure(folder: &Path, patients: usize) -> Result<Value> {
    let began = Instant::now();
    let day = if folder.join("clinic").exists() { opened(folder)? } else { found(folder, patients)? };
    let built_s = began.elapsed().as_secs_f64();
    let knowledge = Knowledge::built_in().map_err(|reports| anyhow!("{reports:?}"))?;

    let long = a_long_chart(&day)?;
    let open = median_ms(|| Ok(day.open(long)?.entries.len() == LONG_CHART))?;
    let (lists, spent) = (REPEATS as f64, ProcessTime::now());
    let list = median_ms(|| Ok(day.desk()?.worklist(&knowledge.settings, TODAY)?.rows.len() == patients))?;
    let list_cpu = spent.elapsed().as_secs_f64() * 1e3 / lists;
    let first_list = first_ms(|| Ok(opened(folder)?.desk()?.worklist(&knowledge.settings, TODAY)?.rows.len() == patients))?;
    Ok(json!({
        "patients": patients, "entries_each": ENTRIES, "built_s": built_s, "chart_entries": LONG_CHART,
        "open_chart_ms": open, "worklist_warm_ms": list, "worklist_warm_cpu_ms": list_cpu,
        "worklist_with_sign_in_ms": first_list,
        "verify_chains": verified(&day, Depth::Chains)?, "verify_facts": verified(&day, Depth::Facts)?,
        "replay": if patients <= REPLAYED_MAX { replayed(&day)? } else { Value::Null },
    }))
}

/// One chart, added to until it holds 60 entries.
fn a_long_chart(day: &BusyDay) -> Result<PatientId> {
    let desk = day.desk()?;
    let patient = desk.find_one("B-000000")?;
    let mut open = desk.open_chart(patient)?;
    while open.entries.len() < LONG_CHART {
        open = desk.add(open, vec![(desk.entry_id(), a_message(TODAY))])?.open;
    }
    Ok(patient)
}

/// Everything checked once: entries in a second of processor time, and by the clock.
#[expect(clippy::disallowed_methods, reason = "a measuring program reads the clock")]
fn verified(day: &BusyDay, depth: Depth) -> Result<Value> {
    let desk = day.clinic.desk(Actor::at_the_console());
    let (wall, processor) = (Instant::now(), ThreadTime::now());
    let verified = desk.verify(&Check { depth, pictures: Pictures::Skip, noted: None }, &mut |_| {})?;
    let (wall_s, cpu_s) = (wall.elapsed().as_secs_f64(), processor.elapsed().as_secs_f64());
    if verified.faults.total > 0 {
        return Err(anyhow!("a clinic that was just written does not verify"));
    }
    let rows = (verified.entries + verified.access_lines) as f64;
    Ok(json!({
        "entries": verified.entries, "access_lines": verified.access_lines, "wall_s": wall_s, "cpu_s": cpu_s,
        "rows_per_cpu_s": rows / cpu_s, "entries_per_cpu_s": verified.entries as f64 / cpu_s,
    }))
}

/// Every decision once more.
#[expect(clippy::disallowed_methods, reason = "a measuring program reads the clock")]
fn replayed(day: &BusyDay) -> Result<Value> {
    let wall = Instant::now();
    let report = day.clinic.desk(Actor::at_the_console()).replay("bench", THREADS, &mut |_| {})?;
    let wall_s = wall.elapsed().as_secs_f64();
    Ok(json!({ "decisions": report.decisions, "same": report.same, "wall_s": wall_s, "per_s": report.decisions as f64 / wall_s }))
}

/// Median time of one call, in milliseconds.
fn median_ms(mut call: impl FnMut() -> Result<bool>) -> Result<f64> {
    let mut times = (0..REPEATS).map(|_| first_ms(&mut call)).collect::<Result<Vec<_>>>()?;
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() / 2])
}

/// Time of one call, in milliseconds; it has to say that its answer is the right one.
#[expect(clippy::disallowed_methods, reason = "a measuring program reads the clock")]
fn first_ms(call: impl FnOnce() -> Result<bool>) -> Result<f64> {
    let began = Instant::now();
    let right = call()?;
    let ms = began.elapsed().as_secs_f64() * 1e3;
    if right { Ok(ms) } else { Err(anyhow!("the answer is not the expected one")) }
}
