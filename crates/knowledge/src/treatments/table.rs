//! Reading `treatments.toml`, holding it against itself and the sources, and explaining its ids.

use super::{Evidence, NotBest, PlaceInCare, ScarType, Treatment, TreatmentKind, Treatments, shape};
use crate::Knowledge;
use crate::document::{FaultReport, Shape};
use crate::explain::Explanation;
use crate::fact::{check_citations, check_known};
use crate::table::{Place, Table};

impl Table for Treatments {
    const FILE: &'static str = "treatments.toml";

    fn shape() -> Shape {
        shape::shape()
    }

    fn decode(root: serde_json::Value) -> Result<Self, serde_json::Error> {
        serde_json::from_value(root)
    }

    fn cross_check(&self, knowledge: &Knowledge, root: Place<'_>, report: &mut FaultReport) {
        check_citations(&root, knowledge, report);
        for (treatment, place) in self.treatments.iter().zip(root.field("treatment").elements()) {
            check_treatment(treatment, &place, report);
        }
        for (reason, place) in self.not_best.iter().zip(root.field("not_best").elements()) {
            for (id, place) in reason.instead.iter().zip(place.field("instead").elements()) {
                check_known(id, self.treatments.iter().map(|treatment| treatment.id.as_str()), "treatment", &place, report);
            }
        }
        for kind in [TreatmentKind::PlannedHere, TreatmentKind::NoTreatment] {
            if self.treatments.iter().filter(|treatment| treatment.kind == kind).count() != 1 {
                let allowed = "one treatment with kind = planned_here, and one with no_treatment";
                root.field("treatment").fault(report, format!("there is not exactly one treatment of kind {kind:?}"), allowed);
            }
        }
    }

    fn ids(&self) -> Vec<&str> {
        let treatments = self.treatments.iter().map(|treatment| treatment.id.as_str());
        treatments.chain(self.not_best.iter().map(|reason| reason.id.as_str())).collect()
    }

    fn explain(&self, id: &str, knowledge: &Knowledge) -> Option<Explanation> {
        let treatment = self.treatment(id).map(|treatment| explain_treatment(treatment, knowledge));
        treatment.or_else(|| self.not_best.iter().find(|reason| reason.id == id).map(|reason| explain_reason(reason, knowledge)))
    }
}

fn check_treatment(treatment: &Treatment, place: &Place<'_>, report: &mut FaultReport) {
    for (at, (serves, place)) in treatment.serves.iter().zip(place.field("serves").elements()).enumerate() {
        if treatment.serves[..at].iter().any(|earlier| earlier.scar == serves.scar) {
            place.field("scar").fault(report, "this scar stands here a second time", "each type of scar once");
        }
    }
    for (evidence, place) in treatment.evidence.iter().zip(place.field("evidence").elements()) {
        check_interval(evidence, &place, report);
    }
}

/// An interval has both its ends, in order, with the effect between them.
fn check_interval(evidence: &Evidence, place: &Place<'_>, report: &mut FaultReport) {
    let fits = match (evidence.ci_low, evidence.effect, evidence.ci_high) {
        (None, _, None) => true,
        (Some(low), Some(effect), Some(high)) => low <= effect && effect <= high,
        _ => false,
    };
    if !fits {
        let allowed = "ci_low, effect and ci_high in that order, or no interval";
        place.field("ci_low").fault(report, "the interval does not hold the effect", allowed);
    }
}

fn explain_treatment(treatment: &Treatment, knowledge: &Knowledge) -> Explanation {
    let mut page = Explanation::new(&treatment.id, "treatment", &treatment.name);
    page.clinician = Some(treatment.what.clone());
    page.patient = Some(treatment.patient.clone());
    for serves in &treatment.serves {
        let note = serves.note.as_ref().map_or(String::new(), |note| format!(". {note}"));
        page.fact(serves.scar.words(), format!("{}{note}", serves.place.words()), Some(serves.mark));
        page.cite(&serves.sources, knowledge);
    }
    for evidence in &treatment.evidence {
        page.fact("evidence", evidence.words(), Some(evidence.mark));
        page.cite(&evidence.sources, knowledge);
    }
    treatment.risks.iter().for_each(|risk| page.state("risk", risk, knowledge));
    treatment.cautions.iter().for_each(|caution| page.state("caution", caution, knowledge));
    page
}

fn explain_reason(reason: &NotBest, knowledge: &Knowledge) -> Explanation {
    let mut page = Explanation::new(&reason.id, "needling is not the best", &reason.when);
    page.patient = Some(reason.patient.clone());
    page.fact("instead", reason.instead.join(", "), Some(reason.mark));
    page.cite(&reason.sources, knowledge);
    page.mark = Some(reason.mark);
    page
}

impl Evidence {
    /// In one line: comparison, outcome, effect and interval.
    #[must_use]
    pub fn words(&self) -> String {
        let effect = self.effect.map_or(String::new(), |effect| format!(" {effect} {}", self.effect_type));
        let interval = match (self.ci_low, self.ci_high) {
            (Some(low), Some(high)) => format!(" ({low} to {high})"),
            _ => String::new(),
        };
        let note = self.note.as_ref().map_or(String::new(), |note| format!(". {note}"));
        format!("{}: {}:{effect}{interval}{note}", self.comparison, self.outcome)
            .replace(":.", ".")
            .trim_end_matches(':')
            .to_owned()
    }
}

impl PlaceInCare {
    /// In words, for a page.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::FirstChoice => "first choice",
            Self::Option => "an option",
            Self::Adjunct => "beside or after another treatment",
            Self::Poor => "little to be expected",
            Self::NotFor => "not for these",
        }
    }
}

impl ScarType {
    /// In words, for a page.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::IcePick => "ice pick",
            Self::BoxcarShallow => "shallow boxcar",
            Self::BoxcarDeep => "deep boxcar",
            Self::Rolling => "rolling",
            Self::RollingTethered => "rolling, tethered",
            Self::WideSoft => "wide and soft",
            Self::Hypertrophic => "hypertrophic",
            Self::Keloidal => "keloidal",
            Self::Macular => "macular (colour only)",
            Self::WithActiveAcne => "with active acne",
        }
    }
}
