//! Computing every past decision again, with the version of the knowledge that made it.

use std::num::NonZeroUsize;

use jiff::civil::Date;
use resurface_care::chart::{Basis, Bench, Body, DecideError, Difference, Kind, Replayed, replay};

use super::progress::Teller;
use super::shelf::{NoKnowledge, Shelf};
use super::{Attributed, Desk, LedgerError, Listed, OpenChart, Progress};
use crate::access::Operation;
use crate::entry::EntryFault;
use crate::identity::PatientId;

/// What became of the decisions of a clinic when they were computed again.
#[derive(Debug, Default)]
pub struct ReplayReport {
    /// Charts that were looked at.
    pub charts: u64,
    /// Decisions found in them.
    pub decisions: u64,
    /// Those that came out the same, byte for byte.
    pub same: u64,
    /// Those that came out otherwise.
    pub different: Listed<DifferentDecision>,
    /// What could not be computed, and why.
    pub not_computed: Listed<NotComputed>,
}

/// A decision that came out otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct DifferentDecision {
    /// The patient.
    pub patient: PatientId,
    /// Place of the entry in the chart.
    pub seq: u32,
    /// Its kind.
    pub kind: Kind,
    /// The day that it was made for.
    pub on: Date,
    /// Version of the program that made it.
    pub program: String,
    /// Version of the knowledge that it rests on.
    pub knowledge: String,
    /// What differs.
    pub differences: Vec<Difference>,
}

/// A decision, or the rest of a chart, that could not be computed.
#[derive(Debug)]
pub struct NotComputed {
    /// The patient.
    pub patient: PatientId,
    /// Place of the entry in the chart, where one is known.
    pub seq: Option<u32>,
    /// Why.
    pub why: WhyNot,
}

/// Why a decision could not be computed.
#[derive(Debug, thiserror::Error)]
pub enum WhyNot {
    /// Its knowledge is not at hand.
    #[error(transparent)]
    Knowledge(#[from] NoKnowledge),
    /// It does not say from which seed its forecast was made.
    #[error("the seed of its forecast was not written down")]
    NoSeed,
    /// The chart does not check from here on.
    #[error("{0}; what comes after it was not computed")]
    Broken(EntryFault),
    /// The chart is not understood.
    #[error("{0}")]
    NotRead(LedgerError),
    /// It is a decision that somebody wrote in the place of another.
    #[error("this amends a decision: what somebody wrote in its place was not computed by the program")]
    Amendment,
    /// It cannot be computed.
    #[error(transparent)]
    Decide(#[from] DecideError),
}

/// What one chart adds to the report.
#[derive(Default)]
struct OfChart {
    decisions: u64,
    same: u64,
    different: Vec<DifferentDecision>,
    not_computed: Vec<NotComputed>,
}

impl Desk<'_> {
    /// Computes every decision again, with the files of the knowledge that were kept when it was made, and `program`, the
    /// version of the program that runs now.
    ///
    /// # Errors
    /// When it is not allowed, or the data cannot be read. A chart that does not check is no error: it is named in the report.
    pub fn replay(
        &self,
        program: &str,
        threads: NonZeroUsize,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<ReplayReport, LedgerError> {
        self.read(Operation::Replay, None)?;
        let (shelf, mut report) = (Shelf::new(self.clinic), ReplayReport::default());
        self.clinic.sweep(
            threads,
            &mut Teller::new(progress),
            |patient, chart| of_chart(patient, chart, &shelf, program),
            |found: Result<OfChart, LedgerError>| {
                let OfChart { decisions, same, different, not_computed } = found?;
                report.charts += 1;
                report.decisions += decisions;
                report.same += same;
                different.into_iter().for_each(|one| report.different.add(one));
                not_computed.into_iter().for_each(|one| report.not_computed.add(one));
                Ok(())
            },
        )?;
        Ok(report)
    }
}

fn of_chart(
    patient: PatientId,
    chart: Result<OpenChart, LedgerError>,
    shelf: &Shelf<'_>,
    program: &str,
) -> Result<OfChart, LedgerError> {
    let mut found = OfChart::default();
    let chart = match chart {
        Ok(chart) => chart,
        Err(error @ LedgerError::Body(_)) => {
            found.not_computed.push(NotComputed { patient, seq: None, why: WhyNot::NotRead(error) });
            return Ok(found);
        }
        Err(error) => return Err(error),
    };
    for entry in &chart.entries {
        found.entry(&chart, entry, shelf, program)?;
    }
    if let Some(fault) = chart.fault {
        found.not_computed.push(NotComputed { patient, seq: None, why: WhyNot::Broken(fault) });
    }
    Ok(found)
}

impl OfChart {
    fn entry(&mut self, chart: &OpenChart, entry: &Attributed, shelf: &Shelf<'_>, program: &str) -> Result<(), LedgerError> {
        let (patient, seq) = (chart.patient, entry.seq);
        let Some((on, basis)) = decision(&entry.body) else {
            if amends_a_decision(&entry.body) {
                self.decisions += 1;
                self.not_computed.push(NotComputed { patient, seq: Some(seq), why: WhyNot::Amendment });
            }
            return Ok(());
        };
        self.decisions += 1;
        match recompute(chart, entry, basis, shelf, program) {
            Ok(differences) if differences.is_empty() => self.same += 1,
            Ok(differences) => self.different.push(DifferentDecision {
                patient,
                seq,
                kind: entry.body.kind(),
                on,
                program: basis.program.clone(),
                knowledge: basis.knowledge.clone(),
                differences,
            }),
            Err(WhyNot::NotRead(error)) => return Err(error),
            Err(why) => self.not_computed.push(NotComputed { patient, seq: Some(seq), why }),
        }
        Ok(())
    }
}

fn recompute(
    chart: &OpenChart,
    entry: &Attributed,
    basis: &Basis,
    shelf: &Shelf<'_>,
    program: &str,
) -> Result<Vec<Difference>, WhyNot> {
    let kept = shelf.version(&basis.knowledge).map_err(WhyNot::NotRead)?;
    let kept = kept.as_ref().as_ref().map_err(Clone::clone)?;
    let forecasts = matches!(entry.body, Body::PlanAdopted(_) | Body::Reviewed(_));
    let points = match basis.seed {
        None if forecasts => return Err(WhyNot::NoSeed),
        // Neither screening nor gate looks at the points.
        seed => shelf.points(seed.unwrap_or_default()),
    };
    let bench = Bench { knowledge: &kept.knowledge, population: &kept.population, points: &points, program };
    let mut differences = Vec::new();
    let now = kept.knowledge.version.full();
    if now != basis.knowledge {
        let what = "the knowledge kept under this version (SHA-256)";
        differences.push(Difference { what, recorded: basis.knowledge.clone(), now: now.to_owned() });
    }
    if let Some(Replayed::Different(found)) = replay(&chart.before(entry.seq), &entry.body, &bench)? {
        differences.extend(found);
    }
    Ok(differences)
}

/// The day of a decision and what it rests on; nothing when the entry is none.
const fn decision(body: &Body) -> Option<(Date, &Basis)> {
    match body {
        Body::Screened(body) => Some((body.on, &body.basis)),
        Body::PlanAdopted(body) => Some((body.on, &body.basis)),
        Body::SessionGated(body) => Some((body.on, &body.basis)),
        Body::Reviewed(body) => Some((body.on, &body.basis)),
        _ => None,
    }
}

fn amends_a_decision(body: &Body) -> bool {
    let Body::Amended(amended) = body else { return false };
    amended.becomes.as_deref().is_some_and(|becomes| decision(becomes).is_some() || amends_a_decision(becomes))
}
