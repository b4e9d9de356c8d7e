//! What the forecast is told about this patient, and what it is not told and why.

use jiff::civil::Date;
use resurface_forecast as forecast;
use resurface_knowledge::Knowledge;
use resurface_knowledge::settings::Settings;
use serde::Serialize;

use crate::consultation::{Consultation, OutcomeMeasured, OutcomeScale, Rater};
use crate::dose::SessionDose;
use crate::grading::{Grading, Obtained};

/// What the forecast is told.
#[derive(Clone, Debug, Serialize)]
pub struct ForecastInputs {
    /// As the forecast takes it.
    #[serde(skip)]
    pub patient: forecast::Patient,
    /// The day that week 0 stands for: the first session given, else the day of the consultation.
    pub week_zero: Date,
    /// Shares of scar types, as the forecast counts them; nothing where no atrophic scar is counted.
    pub scar_types: Option<ScarTypesUsed>,
    /// Sessions given, with their doses.
    pub sessions: Vec<SessionDose>,
    /// What is known and used.
    pub used: Vec<ObservationUsed>,
    /// What is known and not used, and why.
    pub left_out: Vec<ObservationLeftOut>,
}

/// Shares of scar types, as the forecast counts them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ScarTypesUsed {
    /// Ice picks, 0 to 1.
    pub ice_pick: f64,
    /// Rolling, 0 to 1.
    pub rolling: f64,
    /// Boxcars, 0 to 1.
    pub boxcar: f64,
}

/// One outcome that the forecast uses.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ObservationUsed {
    /// Day it was measured.
    pub date: Date,
    /// Weeks after week 0.
    pub week: f64,
    /// The scale.
    pub scale: OutcomeScale,
    /// The value, in the scale's own unit.
    pub value: f64,
    /// Who judged; nothing for a count of scars at this consultation.
    pub rater: Option<Rater>,
    /// How the forecast reads it.
    pub read_as: ReadAs,
}

/// How the forecast reads an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadAs {
    /// A severity before the first session.
    BaselineScore,
    /// A severity after it.
    Score,
    /// An improvement judged by someone who did not know.
    BlindedImprovement,
    /// An improvement judged by someone who knew: the published optimism of open ratings is taken off.
    OpenImprovement,
}

/// One outcome that the forecast does not use.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ObservationLeftOut {
    /// Day it was measured.
    pub date: Date,
    /// The scale.
    pub scale: OutcomeScale,
    /// The value, in the scale's own unit; nothing where it is a range.
    pub value: Option<f64>,
    /// Why.
    pub why: WhyLeftOut,
}

/// Why an outcome is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyLeftOut {
    /// No sample rated on both scales calibrates the grade against severity.
    GradeNotCalibrated,
    /// The scale says how the patient feels, not how severe the scars are.
    NotSeverity,
    /// An improvement before any session here is not an effect of needling here.
    BeforeFirstSession,
    /// The score was derived from zone counts by our own mapping, not scored on the scale.
    DerivedScore,
    /// The same scale was measured on the same day.
    SameDay,
    /// The value is off the scale that the forecast knows.
    OffTheScale,
    /// It was measured more than 52 weeks after the last session before it: how long improvement lasts is not known.
    MoreThanAYearAfter,
    /// It was measured more than ten years before the first session.
    LongBeforeFirstSession,
    /// The forecast takes no more outcomes.
    TooManyOutcomes,
    /// An instrument measured it, and no trial relates what it measures to severity.
    NotRelatedToSeverity,
    /// An instrument measured it, and its error is not known.
    ErrorNotKnown,
}

impl WhyLeftOut {
    /// The reason in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::GradeNotCalibrated => {
                "a qualitative grade cannot inform the forecast: nothing seen calibrates grades against severity"
            }
            Self::NotSeverity => "says how the patient feels, not how severe the scars are",
            Self::BeforeFirstSession => "an improvement before the first session here is not an effect of needling here",
            Self::DerivedScore => "derived from zone counts by our own mapping; a score given on the scale itself would be used",
            Self::SameDay => "the same scale was measured on the same day",
            Self::OffTheScale => "the value is off the scale that the forecast knows",
            Self::MoreThanAYearAfter => {
                "measured more than 52 weeks after the last session; how long improvement lasts is not known"
            }
            Self::LongBeforeFirstSession => "measured more than ten years before the first session",
            Self::TooManyOutcomes => "the forecast takes no more outcomes",
            Self::NotRelatedToSeverity => "no trial relates what was measured to severity: it is shown beside the forecast",
            Self::ErrorNotKnown => "a measured number without its error cannot be weighed against the forecast",
        }
    }
}

/// Earliest outcome that the forecast takes, in weeks before the first session: ten years.
const WEEKS_BEFORE_LIMIT: f64 = 520.0;

/// Largest scar volume that is read, in mm3: as the entry file has it.
const SCAR_VOLUME_MM3_MAX: f64 = 100_000.0;

/// A severity scale as the forecast knows it: the usual baseline, its spread and the error of a reading are settings. The
/// error of a measured volume is that of its instrument.
pub(crate) fn severity_scale(scale: OutcomeScale, error_sd: Option<f64>, settings: &Settings) -> Option<forecast::Scale> {
    let (name, usual, spread, reading_sd, maximum) = match scale {
        OutcomeScale::GoodmanBaronQuantitative => (
            "Goodman-Baron quantitative",
            &settings.goodman_baron_usual_score,
            &settings.goodman_baron_usual_spread,
            (settings.goodman_baron_reading_sd_points.value, settings.reading_sd_share.value),
            84.0, // G3
        ),
        OutcomeScale::Ecca => (
            "ECCA",
            &settings.ecca_usual_score,
            &settings.ecca_usual_spread,
            (settings.ecca_reading_sd_points.value, settings.reading_sd_share.value),
            540.0, // G4
        ),
        OutcomeScale::ScarVolumeMm3 => (
            "scar volume",
            &settings.scar_volume_usual_mm3,
            &settings.scar_volume_usual_spread,
            (error_sd?, settings.scar_volume_reading_sd_share.value),
            SCAR_VOLUME_MM3_MAX,
        ),
        _ => return None,
    };
    let (additive_sd, proportional_sd) = reading_sd;
    Some(forecast::Scale {
        name: name.to_owned(),
        log_baseline_mean: libm::log(usual.value),
        log_baseline_sd: spread.value,
        noise: forecast::ScoreNoise::Known { additive_sd, proportional_sd },
        maximum: Some(maximum),
    })
}

impl ForecastInputs {
    /// Everything in the consultation that the forecast can use.
    #[must_use]
    pub fn of(consultation: &Consultation, grading: &Grading, knowledge: &Knowledge) -> Self {
        Self::seen_until(consultation, grading, knowledge, consultation.date)
    }

    /// The same as it was known at the end of `until`: what came later is as if it had not happened yet.
    #[must_use]
    pub fn seen_until(consultation: &Consultation, grading: &Grading, knowledge: &Knowledge, until: Date) -> Self {
        let week_zero = consultation.sessions.first().map_or(consultation.date, |session| session.date);
        let scar_types = grading.shares.map(|shares| ScarTypesUsed {
            ice_pick: shares.ice_pick,
            rolling: shares.rolling,
            boxcar: shares.boxcar(),
        });
        let mut inputs = Self {
            patient: forecast::Patient::default(),
            week_zero,
            scar_types,
            sessions: Vec::new(),
            used: Vec::new(),
            left_out: Vec::new(),
        };
        inputs.patient.covariates = scar_types.map(|types| forecast::Covariates {
            ice_pick_share: types.ice_pick,
            rolling_share: types.rolling,
            boxcar_share: types.boxcar,
            severity_z: 0.0,
        });
        for session in consultation.sessions.iter().filter(|session| session.date <= until) {
            let dose = SessionDose::delivered(session, grading, &knowledge.protocol.technique);
            inputs
                .patient
                .sessions
                .push(forecast::Session { week: weeks_between(week_zero, session.date), dose: dose.to_forecast() });
            inputs.sessions.push(dose);
        }
        for outcome in consultation.outcomes.iter().filter(|outcome| outcome.date <= until) {
            inputs.take(outcome, &knowledge.settings);
        }
        if consultation.date <= until {
            inputs.take_counts(consultation, grading, &knowledge.settings);
        }
        inputs.used.sort_by(|a, b| a.week.total_cmp(&b.week));
        inputs.patient.observations.sort_by(|a, b| a.week.total_cmp(&b.week));
        inputs
    }

    /// Whether an outcome after a session is among what is used: only then is the forecast this patient's own.
    #[must_use]
    pub fn informs_response(&self) -> bool {
        match self.patient.sessions.first() {
            Some(first) => self.used.iter().any(|used| used.week > first.week),
            None => false,
        }
    }

    fn take(&mut self, outcome: &OutcomeMeasured, settings: &Settings) {
        match self.readable(outcome, settings) {
            Ok(read_as) => self.add(Seen::of(outcome), read_as, settings),
            Err(why) => self.leave_out(outcome.date, outcome.scale, Some(outcome.value), why),
        }
    }

    /// The counts of this consultation as scores of today.
    fn take_counts(&mut self, consultation: &Consultation, grading: &Grading, settings: &Settings) {
        let ecca_obtained = if consultation.scars.ecca.is_some() { Obtained::GivenTable } else { Obtained::DerivedFromZones };
        let scores = [
            (OutcomeScale::GoodmanBaronQuantitative, grading.goodman_baron.as_ref().map(|score| (score.total, score.obtained))),
            (OutcomeScale::Ecca, grading.ecca.as_ref().map(|score| (score.total, ecca_obtained))),
        ];
        for (scale, score) in scores {
            let Some((total, obtained)) = score else { continue };
            let value = total.known().map(f64::from);
            let measured_today = self.used.iter().any(|used| used.scale == scale && used.date == consultation.date);
            match (value, obtained) {
                _ if measured_today => self.leave_out(consultation.date, scale, value, WhyLeftOut::SameDay),
                (Some(value), Obtained::GivenTable) => {
                    let read_as = self.score_read_as(consultation.date);
                    let counted = Seen { date: consultation.date, scale, value, rater: None, error_sd: None };
                    self.add(counted, read_as, settings);
                }
                _ => self.leave_out(consultation.date, scale, value, WhyLeftOut::DerivedScore),
            }
        }
    }

    fn readable(&self, outcome: &OutcomeMeasured, settings: &Settings) -> Result<ReadAs, WhyLeftOut> {
        let on_scale = |low: f64, high: f64| (low..=high).contains(&outcome.value);
        match outcome.scale {
            OutcomeScale::GoodmanBaronQualitative => Err(WhyLeftOut::GradeNotCalibrated),
            OutcomeScale::Dlqi | OutcomeScale::ScarQ | OutcomeScale::FaceQ | OutcomeScale::Fasqol | OutcomeScale::Worry => {
                Err(WhyLeftOut::NotSeverity)
            }
            OutcomeScale::ScarVolumeMm3 if outcome.error_sd.is_none() => Err(WhyLeftOut::ErrorNotKnown),
            OutcomeScale::ScarAreaMm2
            | OutcomeScale::ScarDepthMm
            | OutcomeScale::ScarCount
            | OutcomeScale::RednessDifference
            | OutcomeScale::PigmentDifference
            | OutcomeScale::ItaDegrees => Err(WhyLeftOut::NotRelatedToSeverity),
            OutcomeScale::GoodmanBaronQuantitative | OutcomeScale::Ecca | OutcomeScale::ScarVolumeMm3 => {
                let known = severity_scale(outcome.scale, outcome.error_sd, settings);
                let maximum = known.and_then(|scale| scale.maximum).unwrap_or(0.0);
                if on_scale(0.0, maximum) { Ok(self.score_read_as(outcome.date)) } else { Err(WhyLeftOut::OffTheScale) }
            }
            OutcomeScale::ImprovementPercent | OutcomeScale::ImprovementQuartile => {
                let first = self.patient.sessions.first().map(|_| self.week_zero);
                if first.is_none_or(|first| outcome.date <= first) {
                    Err(WhyLeftOut::BeforeFirstSession)
                } else if !if outcome.scale == OutcomeScale::ImprovementPercent {
                    on_scale(-100.0, 100.0)
                } else {
                    on_scale(0.0, 3.0)
                } {
                    Err(WhyLeftOut::OffTheScale)
                } else if outcome.rater == Rater::Blinded {
                    Ok(ReadAs::BlindedImprovement)
                } else {
                    Ok(ReadAs::OpenImprovement)
                }
            }
        }
    }

    /// Whether the forecast takes an outcome of this week at all.
    fn within_reach(&self, week: f64) -> Result<(), WhyLeftOut> {
        let last_before = self.patient.sessions.iter().map(|session| session.week).rfind(|at| *at <= week);
        if last_before.is_some_and(|last| week - last > forecast::HORIZON_LIMIT_WEEKS) {
            return Err(WhyLeftOut::MoreThanAYearAfter);
        }
        if week < -WEEKS_BEFORE_LIMIT {
            return Err(WhyLeftOut::LongBeforeFirstSession);
        }
        if self.patient.observations.len() >= forecast::OBSERVATIONS_LIMIT {
            return Err(WhyLeftOut::TooManyOutcomes);
        }
        Ok(())
    }

    fn score_read_as(&self, date: Date) -> ReadAs {
        if self.patient.sessions.is_empty() || date <= self.week_zero { ReadAs::BaselineScore } else { ReadAs::Score }
    }

    fn add(&mut self, seen: Seen, read_as: ReadAs, settings: &Settings) {
        let Seen { date, scale, value, rater, error_sd } = seen;
        let week = weeks_between(self.week_zero, date);
        if let Err(why) = self.within_reach(week) {
            return self.leave_out(date, scale, Some(value), why);
        }
        let judged = if read_as == ReadAs::BlindedImprovement { forecast::Rater::Blinded } else { forecast::Rater::OpenLabel };
        let outcome = match scale {
            OutcomeScale::ImprovementPercent => forecast::Outcome::Improvement { fraction: value / 100.0, rater: judged },
            OutcomeScale::ImprovementQuartile => forecast::Outcome::Quartile { category: quartile(value), rater: judged },
            _ => match self.scale_position(scale, error_sd, settings) {
                Some(position) => forecast::Outcome::Score { scale: position, value },
                None => return self.leave_out(date, scale, Some(value), WhyLeftOut::NotSeverity),
            },
        };
        self.patient.observations.push(forecast::Observation { week, outcome });
        self.used.push(ObservationUsed { date, week, scale, value, rater, read_as });
    }

    /// Position of a scale among the patient's, added when it is new. A scale has one error: that of the least certain reading.
    fn scale_position(&mut self, scale: OutcomeScale, error_sd: Option<f64>, settings: &Settings) -> Option<usize> {
        let known = severity_scale(scale, error_sd, settings)?;
        if let Some(position) = self.patient.scales.iter().position(|own| own.name == known.name) {
            let own = &mut self.patient.scales[position].noise;
            if additive_sd(known.noise) > additive_sd(*own) {
                *own = known.noise;
            }
            return Some(position);
        }
        self.patient.scales.push(known);
        Some(self.patient.scales.len() - 1)
    }

    fn leave_out(&mut self, date: Date, scale: OutcomeScale, value: Option<f64>, why: WhyLeftOut) {
        self.left_out.push(ObservationLeftOut { date, scale, value, why });
    }
}

/// An outcome as it is taken; nobody judged a count of this consultation.
#[derive(Clone, Copy)]
struct Seen {
    date: Date,
    scale: OutcomeScale,
    value: f64,
    rater: Option<Rater>,
    error_sd: Option<f64>,
}

impl Seen {
    const fn of(outcome: &OutcomeMeasured) -> Self {
        let OutcomeMeasured { date, scale, value, rater, error_sd } = *outcome;
        Self { date, scale, value, rater: Some(rater), error_sd }
    }
}

const fn additive_sd(noise: forecast::ScoreNoise) -> f64 {
    match noise {
        forecast::ScoreNoise::Known { additive_sd, .. } => additive_sd,
        forecast::ScoreNoise::FromPopulation => 0.0,
    }
}

fn quartile(value: f64) -> forecast::Quartile {
    if value < 0.5 {
        forecast::Quartile::Poor
    } else if value < 1.5 {
        forecast::Quartile::Fair
    } else if value < 2.5 {
        forecast::Quartile::Good
    } else {
        forecast::Quartile::Excellent
    }
}

/// Weeks from one day to another; negative when it is earlier.
pub(crate) fn weeks_between(from: Date, to: Date) -> f64 {
    f64::from(days_between(from, to)) / 7.0
}

/// Days from one day to another; negative when it is earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::consultation::GoodmanBaronCounts;
    use crate::grading::grade;
    use crate::people::{TODAY, a_blinded_outcome, a_consultation, a_session, knowledge};

    fn inputs(person: &Consultation) -> ForecastInputs {
        let inputs = ForecastInputs::of(person, &grade(person, knowledge()), knowledge());
        inputs.patient.check().unwrap();
        assert_eq!(inputs.used.len(), inputs.patient.observations.len());
        inputs
    }

    fn why(inputs: &ForecastInputs, scale: OutcomeScale) -> Vec<WhyLeftOut> {
        inputs.left_out.iter().filter(|left_out| left_out.scale == scale).map(|left_out| left_out.why).collect()
    }

    #[test]
    fn a_table_filled_in_today_is_the_baseline_and_derived_scores_are_left_out() {
        let mut person = a_consultation();
        assert_eq!(why(&inputs(&person), OutcomeScale::GoodmanBaronQuantitative), [WhyLeftOut::DerivedScore]);
        person.scars.goodman_baron = Some(GoodmanBaronCounts { shallow_broad: 12, ..GoodmanBaronCounts::default() });
        let used = inputs(&person).used;
        assert_eq!((used[0].value, used[0].week, used[0].read_as), (4.0, 0.0, ReadAs::BaselineScore));
    }

    #[test]
    fn after_sessions_the_same_table_is_an_outcome_at_its_week() {
        let mut person = a_consultation();
        person.sessions = vec![a_session(date(2026, 9, 25))];
        person.scars.goodman_baron = Some(GoodmanBaronCounts { shallow_broad: 12, ..GoodmanBaronCounts::default() });
        let inputs = inputs(&person);
        assert_eq!((inputs.used[0].week, inputs.used[0].read_as), (8.0, ReadAs::Score));
        assert!(inputs.informs_response());
    }

    #[test]
    fn each_outcome_is_used_or_left_out_with_its_reason() {
        let mut person = a_consultation();
        person.sessions = vec![a_session(date(2026, 6, 1))];
        let open = |scale, value| OutcomeMeasured { rater: Rater::Patient, ..a_blinded_outcome(date(2026, 11, 1), scale, value) };
        person.outcomes = vec![
            a_blinded_outcome(date(2026, 5, 1), OutcomeScale::ImprovementPercent, 10.0),
            a_blinded_outcome(date(2026, 10, 1), OutcomeScale::GoodmanBaronQualitative, 3.0),
            a_blinded_outcome(date(2026, 10, 1), OutcomeScale::Dlqi, 6.0),
            a_blinded_outcome(date(2026, 11, 1), OutcomeScale::ImprovementPercent, 40.0),
            open(OutcomeScale::ImprovementQuartile, 1.0),
        ];
        let inputs = inputs(&person);
        let read: Vec<ReadAs> = inputs.used.iter().map(|used| used.read_as).collect();
        assert_eq!(read, [ReadAs::BlindedImprovement, ReadAs::OpenImprovement]);
        assert_eq!(why(&inputs, OutcomeScale::ImprovementPercent), [WhyLeftOut::BeforeFirstSession]);
        assert_eq!(why(&inputs, OutcomeScale::GoodmanBaronQualitative), [WhyLeftOut::GradeNotCalibrated]);
        assert_eq!(why(&inputs, OutcomeScale::Dlqi), [WhyLeftOut::NotSeverity]);
    }

    #[test]
    fn a_score_given_today_is_not_counted_twice() {
        let mut person = a_consultation();
        person.outcomes = vec![a_blinded_outcome(TODAY, OutcomeScale::GoodmanBaronQuantitative, 14.0)];
        person.scars.goodman_baron = Some(GoodmanBaronCounts { shallow_broad: 12, ..GoodmanBaronCounts::default() });
        let inputs = inputs(&person);
        assert_eq!(inputs.used.len(), 1);
        assert_eq!(why(&inputs, OutcomeScale::GoodmanBaronQuantitative), [WhyLeftOut::SameDay]);
    }

    #[test]
    fn what_lies_beyond_a_year_is_not_used_to_judge_needling() {
        let mut person = a_consultation();
        person.sessions = vec![a_session(date(2024, 1, 1))];
        person.outcomes = vec![
            a_blinded_outcome(date(2011, 1, 1), OutcomeScale::Ecca, 90.0),
            a_blinded_outcome(date(2024, 12, 30), OutcomeScale::ImprovementPercent, 40.0),
            a_blinded_outcome(date(2024, 12, 31), OutcomeScale::ImprovementPercent, 40.0),
        ];
        let inputs = inputs(&person);
        assert_eq!(inputs.used.len(), 1);
        assert_eq!(why(&inputs, OutcomeScale::ImprovementPercent), [WhyLeftOut::MoreThanAYearAfter]);
        assert_eq!(why(&inputs, OutcomeScale::Ecca)[0], WhyLeftOut::LongBeforeFirstSession);
    }

    #[test]
    fn a_measured_volume_needs_its_error_and_the_scale_has_that_of_the_least_certain() {
        let mut person = a_consultation();
        let volume = |day, error_sd| OutcomeMeasured {
            rater: Rater::Instrument,
            error_sd,
            ..a_blinded_outcome(date(2026, 11, day), OutcomeScale::ScarVolumeMm3, 12.0)
        };
        person.outcomes = vec![volume(1, Some(0.4)), volume(2, Some(1.5)), volume(3, Some(0.8)), volume(4, None)];
        let inputs = inputs(&person);
        assert_eq!(inputs.used.len(), 3);
        assert_eq!(why(&inputs, OutcomeScale::ScarVolumeMm3), [WhyLeftOut::ErrorNotKnown]);
        let share = knowledge().settings.scar_volume_reading_sd_share.value;
        let noise = forecast::ScoreNoise::Known { additive_sd: 1.5, proportional_sd: share };
        assert_eq!(inputs.patient.scales.iter().map(|scale| scale.noise).collect::<Vec<_>>(), [noise]);
        assert!(share > 2.0 * knowledge().settings.reading_sd_share.value, "a volume is not the clinical grade");
    }

    #[test]
    fn each_scale_has_its_own_baseline() {
        let mut person = a_consultation();
        person.outcomes = vec![
            a_blinded_outcome(date(2026, 11, 1), OutcomeScale::Ecca, 90.0),
            a_blinded_outcome(date(2026, 11, 2), OutcomeScale::GoodmanBaronQuantitative, 14.0),
            a_blinded_outcome(date(2026, 11, 3), OutcomeScale::Ecca, 95.0),
        ];
        let patient = inputs(&person).patient;
        let names: Vec<&str> = patient.scales.iter().map(|scale| scale.name.as_str()).collect();
        assert_eq!(names, ["ECCA", "Goodman-Baron quantitative"]);
        assert!(patient.observations.iter().all(|seen| seen.week < 0.0));
    }
}
