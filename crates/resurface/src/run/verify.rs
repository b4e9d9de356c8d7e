//! `resurface verify`: is everything in the clinic still what was written?

use jiff::Timestamp;
use resurface_care::chart::Digest;
use resurface_ledger::clinic::{Check, Depth, Pictures, Verified};
use serde::Serialize;

use super::clinic::of_clinic;
use crate::arguments::VerifyArguments;
use crate::clinic::Session;
use crate::ending::{Answer, Exit, Failure};
use crate::pages;
use crate::progress::Progress;
use crate::request::{Form, Request};

#[derive(Serialize)]
struct Checked {
    verified: bool,
    depth: &'static str,
    pictures_looked_at: &'static str,
    began: Timestamp,
    charts: u64,
    entries: u64,
    access_lines: u64,
    pictures: u64,
    /// Nothing where only chains are looked at.
    records: Option<u64>,
    access_end: End,
    expected_end: Option<End>,
    faults: u64,
    first_faults: Vec<Wrong>,
}

/// How far the access log has come.
#[derive(Serialize)]
struct End {
    seq: i64,
    hash: Digest,
}

#[derive(Serialize)]
struct Wrong {
    place: String,
    what: String,
}

/// Checks everything.
pub(super) fn verify(request: &Request, typed: &VerifyArguments) -> Result<Answer, Failure> {
    let check = check(typed);
    let session = Session::open(&request.access)?;
    let found = session.act(|desk| {
        let progress = Progress::new("verify");
        let made = desk.verify(&check, &mut |now| progress.tell(now));
        progress.end();
        made
    })?;
    let demonstration = session.is_demonstration();
    let page = match request.form {
        Form::Page => pages::verify::page(&found, &check, demonstration, request.look),
        Form::Json => of_clinic("resurface.verify/1", demonstration, &checked(&found, &check))?,
    };
    Ok(Answer::page(page).ending(if found.faults.is_empty() { Exit::Answered } else { Exit::Damaged }))
}

fn check(typed: &VerifyArguments) -> Check {
    let (depth, pictures) = match (typed.facts, typed.chains) {
        (false, true) => (Depth::Chains, Pictures::Skip),
        _ => (Depth::Facts, typed.pictures.into()),
    };
    Check { depth, pictures, noted: typed.expect_end }
}

fn checked(found: &Verified, check: &Check) -> Checked {
    let wrong = found.faults.first.iter().map(|fault| Wrong { place: fault.place.to_string(), what: fault.what.to_string() });
    Checked {
        verified: found.faults.is_empty(),
        depth: match check.depth {
            Depth::Chains => "chains",
            Depth::Facts => "facts",
        },
        pictures_looked_at: match check.pictures {
            Pictures::Skip => "skip",
            Pictures::Exist => "exist",
            Pictures::Open => "open",
        },
        began: found.began,
        charts: found.charts,
        entries: found.entries,
        access_lines: found.access_lines,
        pictures: found.pictures,
        records: (check.depth == Depth::Facts).then_some(found.records),
        access_end: End { seq: found.access_end.seq, hash: found.access_end.hash },
        expected_end: check.noted.map(|noted| End { seq: noted.seq, hash: noted.hash }),
        faults: found.faults.total,
        first_faults: wrong.collect(),
    }
}
