//! What the evidence cannot say, counted where it can be counted.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{GroupBy, Subgroups, UntreatedComparison, selection::Selected};
use crate::trials::{Arm, Blinding, Confidence};

/// One thing the evidence cannot say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CannotSay {
    /// Stable name.
    pub id: &'static str,
    /// In words.
    pub text: String,
}

pub(super) fn cannot_say(
    arms: &[Arm],
    selected: &[Selected<'_>],
    untreated: &UntreatedComparison,
    subgroups: &[Subgroups],
) -> Vec<CannotSay> {
    vec![
        no_blinded_percentage(selected, untreated),
        placebo(),
        durability(selected),
        dose(arms),
        ice_pick(subgroups),
        scales(selected),
        imputed(selected),
        correlation(selected),
        abstracts(arms),
        benefits(),
    ]
}

fn no_blinded_percentage(selected: &[Selected<'_>], untreated: &UntreatedComparison) -> CannotSay {
    let blinded = selected.iter().filter(|row| row.arm.blinding == Blinding::RaterBlinded).count();
    let studies: BTreeSet<&str> = untreated.net.iter().map(|net| net.study_id.as_str()).collect();
    let patients = untreated.net.iter().filter_map(|net| net.n).max().unwrap_or(0);
    CannotSay {
        id: "blinding",
        text: format!(
            "Of the {} pooled arms {blinded} had a rater stated to be blinded. {} trial with {patients} patients \
             compared needling with an untreated side before a blinded rater, in points of a score whose baseline \
             was not seen: it cannot be turned into a percentage.",
            selected.len(),
            studies.len()
        ),
    }
}

fn placebo() -> CannotSay {
    CannotSay {
        id: "before_after",
        text: "The pooled percentage is before against after. How much of it would have come without treatment, \
               or from the hope of patients and raters, is not known."
            .into(),
    }
}

fn durability(selected: &[Selected<'_>]) -> CannotSay {
    let longest = selected.iter().filter_map(|row| row.role.timing.weeks_since_last).fold(0.0, f64::max);
    let unknown = selected.iter().filter(|row| row.role.timing.weeks_since_last.is_none()).count();
    CannotSay {
        id: "durability",
        text: format!(
            "The longest stated follow-up among the pooled arms is {longest} weeks after the last session; {unknown} arms \
             do not state it. Nothing here shows what remains after a year."
        ),
    }
}

fn dose(arms: &[Arm]) -> CannotSay {
    let stated = arms.iter().filter(|arm| arm.modality.is_needling_alone() && arm.needle_mm.is_some()).count();
    CannotSay {
        id: "dose",
        text: format!(
            "Depth, passes and endpoint: {stated} needling rows state a needle length and none the passes. There is no \
             usable dose-response, and each trial kept to one interval between sessions."
        ),
    }
}

fn ice_pick(subgroups: &[Subgroups]) -> CannotSay {
    let pooled = subgroups
        .iter()
        .filter(|groups| groups.by == GroupBy::ScarType)
        .flat_map(|groups| &groups.groups)
        .find(|group| group.label == "ice pick")
        .map_or(0, |group| group.k);
    CannotSay {
        id: "ice_pick",
        text: format!(
            "Ice-pick scars: {pooled} arms could be pooled; the one figure seen is low and may be a share of patients. \
             Rolling and boxcar results disagree widely between two trials."
        ),
    }
}

fn scales(selected: &[Selected<'_>]) -> CannotSay {
    let scales: BTreeSet<&str> = selected.iter().map(|row| row.arm.scale.as_str()).collect();
    CannotSay {
        id: "scales",
        text: format!(
            "{} differently named scales stand behind the pooled percentage; the same percentage need not look the same on \
             a face.",
            scales.len()
        ),
    }
}

fn imputed(selected: &[Selected<'_>]) -> CannotSay {
    let arms: Vec<&str> = selected.iter().filter(|row| row.role.sd_is_imputed()).map(|row| row.role.arm_id.as_str()).collect();
    CannotSay {
        id: "imputed_spread",
        text: format!(
            "The spread between patients was not reported and was set to 17 percentage points in {} of {} arms: {}.",
            arms.len(),
            selected.len(),
            arms.join(", ")
        ),
    }
}

fn correlation(selected: &[Selected<'_>]) -> CannotSay {
    let assumed = selected.iter().filter(|row| row.role.sd_source == Some(crate::roles::SdSource::AssumedCorrelation)).count();
    CannotSay {
        id: "correlation",
        text: format!(
            "In {assumed} arms the standard error rests on an assumed correlation of 0.8 between before and after; one \
             trial implies 0.82. The variations show 0.3, 0.5 and 0.8."
        ),
    }
}

fn abstracts(arms: &[Arm]) -> CannotSay {
    let full = arms.iter().filter(|arm| arm.confidence == Confidence::FullText).count();
    CannotSay {
        id: "abstracts",
        text: format!(
            "{full} of {} rows were read in a full text; the others in abstracts or second hand, and some of those were cut \
             off before the outcome. Trials that were never published are not here.",
            arms.len()
        ),
    }
}

fn benefits() -> CannotSay {
    CannotSay {
        id: "texture_radiance",
        text: "Skin texture and radiance were not measured on a scale that can be pooled.".into(),
    }
}
