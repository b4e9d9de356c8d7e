//! `resurface replay`: every past decision, computed again by the rules that made it.

use std::num::NonZeroUsize;
use std::thread;

use jiff::civil::Date;
use resurface_ledger::clinic::{DifferentDecision, NotComputed, ReplayReport};
use resurface_ledger::identity::PatientId;
use serde::Serialize;

use super::clinic::of_clinic;
use crate::clinic::Session;
use crate::ending::{Answer, Exit, Failure};
use crate::pages;
use crate::progress::Progress;
use crate::request::{Form, Request};

#[derive(Serialize)]
struct Replayed<'a> {
    program: &'static str,
    charts: u64,
    decisions: u64,
    same: u64,
    different: u64,
    not_computed: u64,
    first_different: Vec<Otherwise<'a>>,
    first_not_computed: Vec<Missed>,
}

/// A decision that comes out otherwise.
#[derive(Serialize)]
struct Otherwise<'a> {
    patient: PatientId,
    seq: u32,
    kind: &'static str,
    on: Date,
    program: &'a str,
    knowledge: &'a str,
    differences: Vec<Differs<'a>>,
}

#[derive(Serialize)]
struct Differs<'a> {
    what: &'static str,
    recorded: &'a str,
    now: &'a str,
}

/// A decision that could not be computed.
#[derive(Serialize)]
struct Missed {
    patient: PatientId,
    seq: Option<u32>,
    why: String,
}

/// Computes every decision again.
pub(super) fn replay(request: &Request) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    let began = session.now();
    let report = session.act(|desk| {
        let progress = Progress::new("replay");
        let made = desk.replay(env!("CARGO_PKG_VERSION"), threads(), &mut |now| progress.tell(now));
        progress.end();
        made
    })?;
    let seconds = session.now().duration_since(began).as_secs_f64();
    let demonstration = session.is_demonstration();
    let page = match request.form {
        Form::Page => pages::replay::page(&report, demonstration, request.look),
        Form::Json => of_clinic("resurface.replay/1", demonstration, &replayed(&report))?,
    };
    let all_same = report.different.is_empty() && report.not_computed.is_empty();
    let answer = Answer::page(page).remark(rate(report.decisions, seconds));
    Ok(answer.ending(if all_same { Exit::Answered } else { Exit::CheckFailed }))
}

/// As many threads as this machine runs side by side.
pub(super) fn threads() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

fn rate(decisions: u64, seconds: f64) -> String {
    let what = if decisions == 1 { "decision" } else { "decisions" };
    let mut rate = format!("replay: {decisions} {what} in {seconds:.1} s");
    // A clock that was put back meanwhile says nothing about how fast it went.
    if seconds > 0.0 {
        rate.push_str(&format!(", {:.0} decisions per second", decisions as f64 / seconds));
    }
    rate
}

fn replayed(report: &ReplayReport) -> Replayed<'_> {
    Replayed {
        program: env!("CARGO_PKG_VERSION"),
        charts: report.charts,
        decisions: report.decisions,
        same: report.same,
        different: report.different.total,
        not_computed: report.not_computed.total,
        first_different: report.different.first.iter().map(otherwise).collect(),
        first_not_computed: report.not_computed.first.iter().map(missed).collect(),
    }
}

fn otherwise(decision: &DifferentDecision) -> Otherwise<'_> {
    let differs = decision.differences.iter().map(|difference| Differs {
        what: difference.what,
        recorded: &difference.recorded,
        now: &difference.now,
    });
    Otherwise {
        patient: decision.patient,
        seq: decision.seq,
        kind: decision.kind.word(),
        on: decision.on,
        program: &decision.program,
        knowledge: &decision.knowledge,
        differences: differs.collect(),
    }
}

fn missed(missed: &NotComputed) -> Missed {
    Missed { patient: missed.patient, seq: missed.seq, why: missed.why.to_string() }
}
