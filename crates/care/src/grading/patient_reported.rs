//! What the patient reported, as scores only: no item of any questionnaire is held here.

use jiff::civil::Date;
use resurface_knowledge::scales::{Scales, ScoreOnly};
use serde::Serialize;

use crate::consultation::{Consultation, OutcomeScale};

/// One reported score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PatientReported {
    /// Id of the instrument in `scales.toml`.
    pub scale: &'static str,
    /// Day of the report.
    pub date: Date,
    /// The score.
    pub score: f64,
    /// What the instrument's own bands call it; nothing where it has none.
    pub band: Option<String>,
}

/// Every reported score of the consultation, in the order it was recorded; today's worry last.
#[must_use]
pub fn patient_reported(consultation: &Consultation, scales: &Scales) -> Vec<PatientReported> {
    let of = |scale: &'static str, date, score, table| PatientReported { scale, date, score, band: band(score, table) };
    let mut reported: Vec<PatientReported> = consultation
        .outcomes
        .iter()
        .filter_map(|outcome| {
            let (scale, table) = match outcome.scale {
                OutcomeScale::Dlqi => ("dlqi", &scales.dlqi),
                OutcomeScale::ScarQ => ("scar_q", &scales.scar_q),
                OutcomeScale::FaceQ => ("face_q", &scales.face_q),
                OutcomeScale::Fasqol => ("fasqol", &scales.fasqol),
                OutcomeScale::Worry => ("worry", &scales.worry),
                _ => return None,
            };
            Some(of(scale, outcome.date, outcome.value, table))
        })
        .collect();
    reported.extend(consultation.goal.worry.map(|score| of("worry", consultation.date, f64::from(score), &scales.worry)));
    reported
}

/// What an instrument's own bands call a score; nothing where it has none or the score is off the scale.
#[must_use]
pub fn band(score: f64, scale: &ScoreOnly) -> Option<String> {
    scale.bands.iter().find(|band| (band.from..=band.to).contains(&score)).map(|band| band.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::knowledge;

    #[test]
    fn the_quality_of_life_bands_change_where_published() {
        let scale = &knowledge().scales.dlqi;
        let name = |score| band(score, scale).unwrap();
        assert_eq!([0.0, 1.0].map(name), ["no effect"; 2]);
        assert_eq!([2.0, 5.0].map(name), ["small effect"; 2]);
        assert_eq!([6.0, 10.0].map(name), ["moderate effect"; 2]);
        assert_eq!([11.0, 20.0].map(name), ["very large effect"; 2]);
        assert_eq!([21.0, 30.0].map(name), ["extremely large effect"; 2]);
        assert_eq!(band(31.0, scale), None);
    }
}
