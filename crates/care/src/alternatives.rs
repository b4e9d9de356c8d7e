//! What else could be done: where needling serves this patient's scars badly, better options with their evidence, and doing
//! nothing, which is always an option.

use resurface_knowledge::Knowledge;
use resurface_knowledge::fact::Statement;
use resurface_knowledge::treatments::{Disagreement, PlaceInCare, ScarType, Serves, Treatment, TreatmentKind};
use serde::Serialize;

use crate::consultation::{Answer, Consultation};
use crate::grading::Grading;
use crate::sentence::Sentence;

/// What else could be done.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alternatives {
    /// Where needling serves badly, or not first.
    pub concerns: Vec<Concern>,
    /// This patient's types of scar, each with the treatments that have a place for it.
    pub by_scar: Vec<ForScar>,
    /// Every treatment named above, with its evidence and risks.
    pub treatments: Vec<Treatment>,
    /// Doing nothing, with its evidence.
    pub do_nothing: Option<Treatment>,
    /// How good the evidence is as a whole.
    pub quality: Vec<Statement>,
    /// Where it disagrees.
    pub disagreements: Vec<Disagreement>,
}

/// A reason to speak of something other than needling.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Concern {
    /// Id of the reason in `treatments.toml`.
    pub id: String,
    /// Whether the answers show it, or an answer is missing that could.
    pub shown: Shown,
    /// What was found here, in words.
    pub found: Sentence,
    /// The reason in the patient's words.
    pub patient: String,
    /// Ids of treatments to speak of.
    pub instead: Vec<String>,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
}

/// Whether a reason holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// The answers show it.
    Holds,
    /// An answer is missing that could show it.
    Unanswered,
}

/// Treatments for one type of scar.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ForScar {
    /// The type.
    pub scar: ScarType,
    /// How many; for keloids, zones.
    pub count: u32,
    /// Needling's own place for it; nothing where none was seen.
    pub needling: Option<PlaceInCare>,
    /// Treatments with a place for it, best place first; needling and doing nothing not among them.
    pub options: Vec<OptionFor>,
}

/// One treatment and its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OptionFor {
    /// Id of the treatment in `treatments.toml`.
    pub treatment: String,
    /// Its place, with sources, mark and note.
    pub place: Serves,
}

/// What the forecast says to the goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoalOutlook {
    /// Some allowed course reaches it with the chance wanted.
    WithinReach,
    /// None does.
    MayBeOutOfReach,
    /// There is no forecast.
    NotForecast,
}

/// Alternatives for this patient.
#[must_use]
pub fn alternatives(consultation: &Consultation, grading: &Grading, knowledge: &Knowledge, goal: GoalOutlook) -> Alternatives {
    let table = &knowledge.treatments;
    let by_scar: Vec<ForScar> = present(consultation, grading, knowledge)
        .into_iter()
        .map(|(scar, count)| {
            let serving = table.serving(scar);
            let needling = serving.iter().find(|(treatment, _)| treatment.kind == TreatmentKind::PlannedHere);
            ForScar {
                scar,
                count,
                needling: needling.map(|(_, serves)| serves.place),
                options: serving
                    .iter()
                    .filter(|(treatment, serves)| is_other(treatment) && serves.place < PlaceInCare::Poor)
                    .map(|(treatment, serves)| OptionFor { treatment: treatment.id.clone(), place: (*serves).clone() })
                    .collect(),
            }
        })
        .collect();
    let concerns = concerns(consultation, grading, knowledge, goal);
    let named = |treatment: &&Treatment| {
        let id = &treatment.id;
        is_other(treatment)
            && (by_scar.iter().any(|scar| scar.options.iter().any(|option| option.treatment == *id))
                || concerns.iter().any(|concern| concern.instead.contains(id)))
    };
    Alternatives {
        treatments: table.treatments.iter().filter(named).cloned().collect(),
        do_nothing: table.treatments.iter().find(|treatment| treatment.kind == TreatmentKind::NoTreatment).cloned(),
        quality: table.quality.clone(),
        disagreements: table.disagreements.clone(),
        concerns,
        by_scar,
    }
}

fn is_other(treatment: &Treatment) -> bool {
    !matches!(treatment.kind, TreatmentKind::PlannedHere | TreatmentKind::NoTreatment)
}

/// This patient's types of scar, as treatments tell them apart, with their numbers.
fn present(consultation: &Consultation, grading: &Grading, knowledge: &Knowledge) -> Vec<(ScarType, u32)> {
    let tethered = rolling(grading, Answer::Yes);
    let keloidal = grading.zones.iter().filter(|zone| zone.keloidal_area_cm2 > 0.0).count();
    let hypertrophic: u32 = grading.zones.iter().map(|zone| zone.hypertrophic).sum();
    [
        (ScarType::IcePick, grading.atrophic.ice_pick),
        (ScarType::BoxcarShallow, grading.atrophic.boxcar_shallow),
        (ScarType::BoxcarDeep, grading.atrophic.boxcar_deep),
        (ScarType::RollingTethered, tethered),
        (ScarType::Rolling, grading.atrophic.rolling - tethered),
        (ScarType::Hypertrophic, hypertrophic),
        (ScarType::Keloidal, u32::try_from(keloidal).unwrap_or(u32::MAX)),
        (ScarType::Macular, grading.macular()),
        (ScarType::WithActiveAcne, u32::from(active_acne(consultation, knowledge) == Answer::Yes)),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .collect()
}

/// Rolling scars in zones whose tethering was answered so.
fn rolling(grading: &Grading, tethered: Answer) -> u32 {
    grading.zones.iter().filter(|zone| zone.tethered == tethered).map(|zone| zone.atrophic.rolling).sum()
}

fn active_acne(consultation: &Consultation, knowledge: &Knowledge) -> Answer {
    let lesions = &consultation.lesions;
    let from = knowledge.settings.iga_defer_from.whole();
    match (lesions.iga, lesions.pustules_or_nodules) {
        (_, Answer::Yes) => Answer::Yes,
        (Some(grade), _) if u32::from(grade) >= from => Answer::Yes,
        (Some(_), Answer::No) => Answer::No,
        _ => Answer::Unknown,
    }
}

fn concerns(consultation: &Consultation, grading: &Grading, knowledge: &Knowledge, goal: GoalOutlook) -> Vec<Concern> {
    let settings = &knowledge.settings;
    let majority = settings.ice_pick_majority_percent.value;
    let percent = |share: f64| (100.0 * share).round();
    let shares = grading.shares;
    let ice_pick = shares.map_or(0.0, |shares| shares.ice_pick);
    let deep = shares.map_or(0.0, |shares| shares.boxcar_deep);
    let (tethered, tethering_open) = (rolling(grading, Answer::Yes), rolling(grading, Answer::Unknown));
    let deep_held = |answer| grading.zones.iter().any(|zone| zone.atrophic.boxcar_deep > 0 && zone.tethered == answer);
    let wish = consultation.goal.improvement_percent;
    let light = grading.skin_type.for_caution.is_some_and(|skin_type| skin_type <= 3);
    let colour_only = grading.macular() > 0 && grading.atrophic.total() == 0 && !grading.raised();
    let acne = active_acne(consultation, knowledge);
    let when = |holds: bool, unanswered: bool| match (holds, unanswered) {
        (true, _) => Some(Shown::Holds),
        (false, true) => Some(Shown::Unanswered),
        _ => None,
    };
    let deep_main = deep > 0.5;
    [
        (
            "not_best_ice_pick",
            when(100.0 * ice_pick > majority, false),
            Sentence::new("said-found-ice-picks", format!("{}% of the atrophic scars are ice picks", percent(ice_pick)))
                .percent("share", ice_pick),
        ),
        (
            "not_best_deep_boxcar",
            when(deep_main && deep_held(Answer::Yes), deep_main && deep_held(Answer::Unknown)),
            Sentence::new("said-found-deep-boxcars", format!("{}% of the atrophic scars are deep boxcars", percent(deep)))
                .percent("share", deep),
        ),
        (
            "not_best_tethered",
            when(tethered > 0, tethering_open > 0),
            if tethered > 0 {
                Sentence::new("said-found-tethered", format!("{tethered} rolling scars are tethered: subcision first"))
                    .count("count", tethered)
            } else {
                let english = format!("whether {tethering_open} rolling scars are tethered was not answered");
                Sentence::new("said-found-tethering-open", english).count("count", tethering_open)
            },
        ),
        (
            "not_best_raised",
            when(grading.raised(), false),
            Sentence::new("said-found-raised", "hypertrophic or keloidal scars are present"),
        ),
        ("not_best_macular", when(colour_only, false), Sentence::new("said-found-colour-only", "colour only, no contour")),
        (
            "not_best_acne",
            when(acne == Answer::Yes, acne == Answer::Unknown),
            if acne == Answer::Yes {
                Sentence::new("said-found-acne", "acne is active")
            } else {
                Sentence::new("said-found-acne-open", "active acne was not examined in full")
            },
        ),
        (
            "not_best_expectation",
            when(wish >= settings.expectation_high_percent.value, false),
            Sentence::new("said-found-hope", format!("an improvement of {wish}% is hoped for")).number("wish", wish, 0),
        ),
        (
            "not_best_one_course",
            when(light && goal == GoalOutlook::MayBeOutOfReach, false),
            Sentence::new("said-found-one-course", "the goal may be out of reach of needling, and the skin is type I to III"),
        ),
    ]
    .into_iter()
    .filter_map(|(id, shown, found)| {
        let reason = knowledge.treatments.not_best.iter().find(|reason| reason.id == id)?;
        Some(Concern {
            id: id.to_owned(),
            shown: shown?,
            found,
            patient: reason.patient.clone(),
            instead: reason.instead.clone(),
            sources: reason.sources.clone(),
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consultation::ZoneScars;
    use crate::grading::grade;
    use crate::people::{a_consultation, knowledge};

    fn with_cheek(cheek: ZoneScars) -> Alternatives {
        let mut consultation = a_consultation();
        consultation.scars.zones = vec![ZoneScars { zone: "cheek_left".into(), ..cheek }];
        let grading = grade(&consultation, knowledge());
        alternatives(&consultation, &grading, knowledge(), GoalOutlook::WithinReach)
    }

    fn held(alternatives: &Alternatives) -> Vec<&str> {
        alternatives.concerns.iter().filter(|concern| concern.shown == Shown::Holds).map(|concern| concern.id.as_str()).collect()
    }

    #[test]
    fn ice_picks_are_sent_to_cross_first() {
        let found = with_cheek(ZoneScars { ice_pick: 12, boxcar_shallow: 5, ..ZoneScars::default() });
        assert_eq!(held(&found), ["not_best_ice_pick"]);
        let picks = found.by_scar.iter().find(|scar| scar.scar == ScarType::IcePick).unwrap();
        assert_eq!((picks.count, picks.needling), (12, Some(PlaceInCare::Poor)));
        assert_eq!(picks.options[0].treatment, "tca_cross");
        assert!(!found.treatments.iter().find(|treatment| treatment.id == "tca_cross").unwrap().evidence.is_empty());
    }

    #[test]
    fn exactly_half_ice_picks_is_no_majority() {
        assert!(held(&with_cheek(ZoneScars { ice_pick: 5, boxcar_shallow: 5, ..ZoneScars::default() })).is_empty());
    }

    #[test]
    fn tethered_rolling_scars_want_subcision_and_an_open_answer_is_said() {
        let tethered = with_cheek(ZoneScars { rolling: 6, tethered: Answer::Yes, ..ZoneScars::default() });
        assert_eq!(held(&tethered), ["not_best_tethered"]);
        assert!(tethered.concerns[0].instead.contains(&"subcision".to_owned()));
        let open = with_cheek(ZoneScars { rolling: 6, ..ZoneScars::default() });
        assert_eq!((held(&open).len(), open.concerns[0].shown), (0, Shown::Unanswered));
    }

    #[test]
    fn raised_scars_and_colour_alone_are_not_for_needling() {
        assert_eq!(held(&with_cheek(ZoneScars { hypertrophic: 2, ..ZoneScars::default() })), ["not_best_raised"]);
        assert_eq!(held(&with_cheek(ZoneScars { macular: 8, ..ZoneScars::default() })), ["not_best_macular"]);
    }

    #[test]
    fn doing_nothing_is_always_there_with_its_evidence() {
        let nothing = with_cheek(ZoneScars::default()).do_nothing.unwrap();
        assert!(!nothing.evidence.is_empty());
    }
}
