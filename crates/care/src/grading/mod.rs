//! How bad the scars are: every scale that the consultation allows, how each score was obtained and what was missing.
//!
//! A score that the answers leave open is a range, never a guess. Only the counts and grades come from the consultation;
//! tables, weights and cut-offs come from `scales.toml`.

mod ecca;
mod goodman_baron;
mod goodman_baron_counts;
mod iga;
mod morphology;
mod patient_reported;
mod scar_s;
mod skin_type;
mod span;
mod typology_angle;

pub use ecca::{EccaItemScore, EccaScore, ecca};
pub use goodman_baron::{GradeQuestion, QualitativeGrade, qualitative};
pub use goodman_baron_counts::{QuantitativeScore, RowPoints, of_table, of_zones};
pub use iga::{Iga, iga};
pub use morphology::{AtrophicCounts, Morphology, ScarType, SoftEdge, TypeShares, classify};
pub use patient_reported::{PatientReported, band, patient_reported};
pub use scar_s::{ScarSRelevance, ScarSTotal, scar_s};
pub use skin_type::{FitzpatrickReading, SkinType, questionnaire_type, skin_type};
pub use span::Span;
pub use typology_angle::{TypologyAngle, typology_angle, typology_angle_degrees};

use resurface_knowledge::Knowledge;
use resurface_knowledge::scales::Scales;
use serde::Serialize;

use crate::consultation::{Answer, Consultation, ZoneScars};

/// All scales of one consultation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Grading {
    /// Zone by zone.
    pub zones: Vec<ZoneGrading>,
    /// Atrophic scars of all zones, by type.
    pub atrophic: AtrophicCounts,
    /// Shares of the atrophic types; nothing when no atrophic scar is counted.
    pub shares: Option<TypeShares>,
    /// Goodman-Baron qualitative grade.
    pub goodman_baron_grade: QualitativeGrade,
    /// Goodman-Baron quantitative score; nothing when nothing was counted.
    pub goodman_baron: Option<QuantitativeScore>,
    /// ECCA score; nothing when nothing was counted.
    pub ecca: Option<EccaScore>,
    /// SCAR-S; nothing when it was not given.
    pub scar_s: Option<ScarSTotal>,
    /// Active acne; nothing when it was not examined.
    pub iga: Option<Iga>,
    /// Fitzpatrick type.
    pub skin_type: SkinType,
    /// Individual typology angle; nothing when skin colour was not measured.
    pub typology_angle: Option<TypologyAngle>,
    /// What the patient reported, scores only.
    pub patient_reported: Vec<PatientReported>,
    /// What was not examined, and what it would tell.
    pub missing: Vec<Missing>,
    /// Ids in `scales.toml` of the scales that have a score here: each says its licence there, and what to check in the paper.
    pub licence_notes: Vec<String>,
}

/// The scars of one zone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ZoneGrading {
    /// Id of the zone in `protocol.toml`.
    pub zone: String,
    /// Atrophic scars by type, those measured one by one among them.
    pub atrophic: AtrophicCounts,
    /// Scars measured one by one, with their classes.
    pub measured: Vec<Morphology>,
    /// Macular marks.
    pub macular: u32,
    /// Hypertrophic scars.
    pub hypertrophic: u32,
    /// Area of keloidal scarring, in cm².
    pub keloidal_area_cm2: f64,
    /// Are rolling scars tethered?
    pub tethered: Answer,
    /// Do the scars flatten on stretching?
    pub flattens_on_stretch: Answer,
}

/// How a score was obtained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Obtained {
    /// Scored on the scale's own table.
    GivenTable,
    /// Derived from the zone counts by a mapping that is ours.
    DerivedFromZones,
}

/// Something that was not examined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Scars per zone are not counted.
    ScarCounts,
    /// Obvious at 50 cm or not.
    ObviousAt50Cm,
    /// Easily covered or not.
    EasilyCovered,
    /// Flattens on stretching or not, in some zone with atrophic scars.
    FlattensOnStretch,
    /// Tethered or not, in some zone with rolling scars.
    Tethered,
    /// The Goodman-Baron count table.
    GoodmanBaronTable,
    /// The ECCA grades that counts cannot give.
    EccaGrades,
    /// SCAR-S.
    ScarS,
    /// Active acne (IGA).
    Iga,
    /// Fitzpatrick type.
    SkinType,
    /// Skin colour by colorimeter.
    SkinColour,
}

/// Grades a consultation on every scale that its answers allow.
#[must_use]
pub fn grade(consultation: &Consultation, knowledge: &Knowledge) -> Grading {
    let (scars, scales) = (&consultation.scars, &knowledge.scales);
    let zones: Vec<ZoneGrading> = scars.zones.iter().map(|zone| ZoneGrading::of(zone, knowledge)).collect();
    let atrophic = zones.iter().fold(AtrophicCounts::default(), |sum, zone| sum.plus(&zone.atrophic));
    let by_zone: Vec<AtrophicCounts> = zones.iter().map(|zone| zone.atrophic).collect();
    let counted = !scars.zones.is_empty();
    let goodman_baron = match &scars.goodman_baron {
        Some(counts) => Some(of_table(counts, &scales.goodman_baron_quantitative)),
        None => counted.then(|| of_zones(scars, &by_zone, &scales.goodman_baron_quantitative)),
    };
    let mut grading = Grading {
        shares: atrophic.shares(),
        goodman_baron_grade: qualitative(scars, &atrophic),
        goodman_baron,
        ecca: counted.then(|| ecca(scars, &scales.ecca, &knowledge.settings)),
        scar_s: scars.scar_s.map(|given| scar_s(given, &scales.scar_s)),
        iga: consultation.lesions.iga.and_then(|grade| iga(grade, &scales.iga)),
        skin_type: skin_type(&consultation.skin, &scales.fitzpatrick, knowledge.settings.fitzpatrick_variant.value),
        typology_angle: consultation.skin.colour.map(|colour| typology_angle(colour, &scales.ita)),
        patient_reported: patient_reported(consultation, scales),
        missing: Vec::new(),
        licence_notes: Vec::new(),
        zones,
        atrophic,
    };
    grading.missing = grading.what_is_missing(consultation);
    grading.licence_notes = grading.scales_shown(scales);
    grading
}

impl Grading {
    /// Atrophic scars counted in a zone; 0 where none are.
    pub(crate) fn atrophic_in(&self, zone: &str) -> f64 {
        self.zones.iter().filter(|graded| graded.zone == zone).map(|graded| f64::from(graded.atrophic.total())).sum()
    }

    /// Hypertrophic or keloidal scars in any zone.
    pub(crate) fn raised(&self) -> bool {
        self.zones.iter().any(|zone| zone.hypertrophic > 0 || zone.keloidal_area_cm2 > 0.0)
    }

    /// Macular marks in all zones.
    pub(crate) fn macular(&self) -> u32 {
        self.zones.iter().map(|zone| zone.macular).sum()
    }

    fn scales_shown(&self, scales: &Scales) -> Vec<String> {
        let reported = |id: &str| self.patient_reported.iter().any(|score| score.scale == id);
        scales
            .all()
            .filter(|(id, _)| match *id {
                "jacob" => self.zones.iter().any(|zone| !zone.measured.is_empty()),
                "goodman_baron_qualitative" => true,
                "goodman_baron_quantitative" => self.goodman_baron.is_some(),
                "ecca" => self.ecca.is_some(),
                "scar_s" => self.scar_s.is_some(),
                "iga" => self.iga.is_some(),
                "fitzpatrick" => self.skin_type.questionnaire_total.is_some(),
                "ita" => self.typology_angle.is_some(),
                id => reported(id),
            })
            .map(|(id, _)| id.to_owned())
            .collect()
    }

    fn what_is_missing(&self, consultation: &Consultation) -> Vec<Missing> {
        let scars = &consultation.scars;
        let open = &self.goodman_baron_grade.open;
        let tethering_open = self.zones.iter().any(|zone| zone.atrophic.rolling > 0 && zone.tethered == Answer::Unknown);
        [
            (Missing::ScarCounts, scars.zones.is_empty()),
            (Missing::ObviousAt50Cm, open.contains(&GradeQuestion::ObviousAt50Cm)),
            (Missing::EasilyCovered, open.contains(&GradeQuestion::EasilyCovered)),
            (Missing::FlattensOnStretch, open.contains(&GradeQuestion::FlattensOnStretch)),
            (Missing::Tethered, tethering_open),
            (Missing::GoodmanBaronTable, scars.goodman_baron.is_none()),
            (Missing::EccaGrades, scars.ecca.is_none()),
            (Missing::ScarS, scars.scar_s.is_none()),
            (Missing::Iga, consultation.lesions.iga.is_none()),
            (Missing::SkinType, self.skin_type.for_caution.is_none()),
            (Missing::SkinColour, consultation.skin.colour.is_none()),
        ]
        .into_iter()
        .filter_map(|(what, is_missing)| is_missing.then_some(what))
        .collect()
    }
}

impl ZoneGrading {
    fn of(zone: &ZoneScars, knowledge: &Knowledge) -> Self {
        let edges = &knowledge.scales.jacob;
        Self {
            zone: zone.zone.clone(),
            atrophic: AtrophicCounts::of_zone(zone, edges),
            measured: zone.measured.iter().map(|scar| classify(*scar, edges)).collect(),
            macular: zone.macular.into(),
            hypertrophic: zone.hypertrophic.into(),
            keloidal_area_cm2: zone.keloidal_area_cm2,
            tethered: zone.tethered,
            flattens_on_stretch: zone.flattens_on_stretch,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consultation::{GoodmanBaronCounts, Lesions, MeasuredScar, Scars, Skin, Wall};
    use crate::people::{a_consultation, knowledge};

    #[test]
    fn what_was_not_examined_is_missing_and_not_guessed() {
        let grading = grade(&Consultation { scars: Scars::default(), ..a_consultation() }, knowledge());
        assert_eq!((&grading.goodman_baron, &grading.ecca, grading.shares), (&None, &None, None));
        assert_eq!((grading.goodman_baron_grade.lowest, grading.goodman_baron_grade.highest), (0, 4));
        assert!(grading.missing.contains(&Missing::ScarCounts));
    }

    #[test]
    fn measured_scars_count_with_the_rest() {
        let measured = vec![MeasuredScar { width_mm: 1.0, depth_mm: 1.5, wall: Wall::Tapering }; 3];
        let cheek = ZoneScars { zone: "cheek_left".into(), rolling: 1, measured, ..ZoneScars::default() };
        let grading =
            grade(&Consultation { scars: Scars { zones: vec![cheek], ..Scars::default() }, ..a_consultation() }, knowledge());
        assert_eq!(grading.atrophic, AtrophicCounts { ice_pick: 3, rolling: 1, ..AtrophicCounts::default() });
        assert_eq!(grading.shares.unwrap().ice_pick, 0.75);
    }

    #[test]
    fn a_table_that_was_filled_in_is_used_before_zone_counts() {
        let counts = GoodmanBaronCounts { deep_broad: 25, ..GoodmanBaronCounts::default() };
        let cheek = ZoneScars { zone: "cheek_left".into(), ice_pick: 2, ..ZoneScars::default() };
        let scars = Scars { zones: vec![cheek], goodman_baron: Some(counts), ..Scars::default() };
        let score = grade(&Consultation { scars, ..a_consultation() }, knowledge()).goodman_baron.unwrap();
        assert_eq!((score.total.known(), score.obtained), (Some(9), Obtained::GivenTable));
    }

    #[test]
    fn every_score_shown_names_its_scale_for_the_licence() {
        let consultation = Consultation {
            lesions: Lesions { iga: Some(1), ..Lesions::default() },
            skin: Skin { questionnaire: Some([2; 10]), ..Skin::default() },
            ..a_consultation()
        };
        let notes = grade(&consultation, knowledge()).licence_notes;
        for id in ["goodman_baron_qualitative", "iga", "fitzpatrick"] {
            assert!(notes.iter().any(|note| note == id), "{id} in {notes:?}");
        }
        assert!(!notes.iter().any(|note| note == "dlqi"));
    }
}
