//! Two photographs of one view, compared.

use jiff::civil::Date;
use resurface_care::chart::{Digest, EntryId, View};
use resurface_care::consultation::OutcomeScale;
use resurface_ledger::identity::PatientId;
use resurface_measure::photo::{Comparison, Kind, METHODS_VERSION, Outcome, Scale, Settings, Stage, ZoneCompared, compare};
use sha2::{Digest as _, Sha256};

use super::Proposal;
use super::proposal::{Map, Number, Remark, Subject, Value, kept, word};

/// Two photographs, the earlier one first.
pub(crate) struct Photographs {
    pub(crate) patient: PatientId,
    pub(crate) view: View,
    pub(crate) of: [EntryId; 2],
    pub(crate) days: [Date; 2],
    pub(crate) files: [Vec<u8>; 2],
    /// Side of a pixel of the earlier one at the skin, in millimetres, where it is known.
    pub(crate) pixel_mm: Option<f64>,
}

impl Photographs {
    /// What the result is found by: the same pictures, measured alike, are measured once.
    pub(crate) fn key(&self) -> Digest {
        let [before, after] = self.of.map(|entry| entry.0);
        let scale = self.pixel_mm.map_or([0; 8], f64::to_be_bytes);
        let hash = Sha256::new().chain_update(METHODS_VERSION).chain_update(before).chain_update(after).chain_update(scale);
        Digest::new(hash.finalize().into())
    }

    /// Compares them.
    pub(crate) fn compared(self, tell: &mut dyn FnMut(&'static str)) -> Result<Proposal, String> {
        let scale = self.pixel_mm.map_or(Scale::NotKnown, Scale::MillimetresPerPixel);
        let settings = Settings { scale, ..Settings::default() };
        let [before, after] = &self.files;
        let compared = compare(before, after, &settings, &mut |stage| tell(doing(stage))).map_err(|error| error.to_string())?;
        Ok(self.proposal(compared))
    }

    fn proposal(&self, compared: Comparison) -> Proposal {
        let visits = [("measure-of-before", &compared.baseline), ("measure-of-after", &compared.follow_up)];
        let of_visits =
            visits.into_iter().flat_map(|(of, capture)| capture.findings.iter().map(move |finding| (Some(of), finding)));
        let remarks = of_visits.chain(compared.findings.iter().map(|finding| (None, finding)));
        let remark = |(of, finding): (Option<&'static str>, &resurface_measure::photo::Finding)| Remark {
            of,
            key: format!("measure-finding-{}", word(&finding.code)),
            english: finding.message.clone(),
        };
        let maps = compared.maps.iter().map(|map| Map {
            key: format!("measure-map-{}", word(&map.kind)),
            png: map.png.clone(),
            width_px: map.width_px,
            height_px: map.height_px,
        });
        let alignment = &compared.alignment;
        Proposal {
            patient: self.patient,
            of: self.of,
            days: self.days,
            method: METHODS_VERSION.to_owned(),
            remarks: remarks.map(remark).collect(),
            numbers: compared.zones.first().map(numbers).unwrap_or_default(),
            maps: maps.collect(),
            subject: Subject::Photographs {
                view: self.view,
                residual_px: alignment.residual_px,
                residual_share: alignment.residual_share,
            },
        }
    }
}

/// The numbers of all skin in view.
fn numbers(zone: &ZoneCompared) -> Vec<Number> {
    let number = |change: &resurface_measure::photo::Change| Number {
        key: format!("measure-number-{}", word(&change.kind)),
        unit: change.unit,
        decimals: if change.kind == Kind::VisibleScars { 0 } else { 1 },
        values: [value(&change.baseline), value(&change.follow_up)],
        change: change.difference,
        verdict: kept(change.verdict),
        scale: scale(change.kind),
    };
    zone.changes.iter().map(number).collect()
}

fn value(outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Measured(quantity) => Ok(*quantity),
        Outcome::Withheld { why } => Err(format!("measure-withheld-{}", word(why))),
    }
}

const fn scale(kind: Kind) -> Option<OutcomeScale> {
    match kind {
        Kind::ScarRedness => Some(OutcomeScale::RednessDifference),
        Kind::ScarPigment => Some(OutcomeScale::PigmentDifference),
        Kind::TypologyAngle => Some(OutcomeScale::ItaDegrees),
        Kind::VisibleScars => Some(OutcomeScale::ScarCount),
        Kind::VisibleScarArea => Some(OutcomeScale::ScarAreaMm2),
        _ => None,
    }
}

const fn doing(stage: Stage) -> &'static str {
    match stage {
        Stage::Baseline => "measure-reads-before",
        Stage::FollowUp => "measure-reads-after",
        Stage::Aligning => "measure-aligns",
        Stage::Pixels | Stage::Numbers => "measure-counts",
        Stage::Maps => "measure-draws",
    }
}
