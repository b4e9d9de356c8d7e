//! What a check of the day says: values first, words when somebody reads them.

use std::fmt;

use jiff::civil::Date;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::Check;
use crate::facts::{Detail, deeper_than_operator};
use crate::sentence::Sentence;

/// Why a check says what it says.
#[derive(Clone, Debug, PartialEq)]
pub enum Says<'a> {
    /// Nothing is wrong.
    InOrder,
    /// A fact, or the field that is missing.
    Found(Detail<'a>),
    /// The file has no treatment day.
    NothingPrepared,
    /// The patient has not consented.
    NotConsented,
    /// Consent is dated after the day.
    ConsentDatedLater {
        /// Its date.
        on: Date,
    },
    /// Consent is older than the setting.
    ConsentTooOld {
        /// Its date.
        on: Date,
        /// How long it stays valid, in days.
        valid_days: u32,
    },
    /// Consent stands.
    Consented {
        /// Its date.
        on: Date,
    },
    /// The protocol has no such zone.
    ZoneNotKnown,
    /// Needles do not go there, and why.
    ZoneForbidden(&'a str),
    /// The depth is within every limit, in micrometres.
    DepthWithinLimits {
        /// Planned.
        planned_um: u32,
    },
    /// Nobody knows to which depth the device was evaluated.
    EvaluatedDepthNotKnown,
    /// Deeper than was evaluated for the label, in micrometres.
    DeeperThanEvaluated {
        /// Planned.
        planned_um: u32,
        /// Evaluated.
        evaluated_um: u32,
    },
    /// Deeper than this operator may set, in micrometres.
    DeeperThanOperator {
        /// Planned.
        planned_um: u32,
        /// Allowed.
        limit_um: u32,
    },
    /// The zone has no cap in the protocol.
    CapNotKnown,
    /// Above the cap of the skin and within that of its scars, in micrometres.
    OnScarsOnly {
        /// Planned.
        planned_um: u32,
        /// Cap of the skin between scars.
        cap_um: u32,
    },
    /// Above the cap, and a prescriber treats, in micrometres.
    AboveCapByPrescriber {
        /// Planned.
        planned_um: u32,
        /// Cap.
        cap_um: u32,
    },
    /// Above the cap, in micrometres.
    AboveCap {
        /// Planned.
        planned_um: u32,
        /// Cap.
        cap_um: u32,
    },
    /// Deeper than a plan would begin, in micrometres.
    DeeperThanProposed {
        /// Planned.
        planned_um: u32,
        /// Where a plan would begin.
        proposed_um: u32,
    },
    /// The site is outside the device's label.
    SiteOffLabel,
}

impl Says<'_> {
    /// As a sentence.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::InOrder => Sentence::new("said-in-order", "in order"),
            Self::Found(detail) => detail.sentence(),
            Self::NothingPrepared => Sentence::new("said-nothing-prepared", "the file describes no treatment day: fill in [day]"),
            Self::NotConsented => Sentence::new("said-not-consented", "the patient has not consented to this session"),
            Self::ConsentDatedLater { on } => {
                Sentence::new("said-consent-dated-later", format!("the consent is dated {on}, after this day")).day("date", *on)
            }
            Self::ConsentTooOld { on, valid_days } => Sentence::new(
                "said-consent-too-old",
                format!("the consent of {on} is older than {valid_days} days: talk it through again and renew it"),
            )
            .day("date", *on)
            .count("days", *valid_days),
            Self::Consented { on } => Sentence::new("said-consented", format!("consent of {on}")).day("date", *on),
            Self::ZoneNotKnown => Sentence::new("said-zone-not-known", "the protocol has no such zone"),
            Self::ZoneForbidden(why) => Sentence::known(why),
            Self::DepthWithinLimits { planned_um } => {
                Sentence::new("said-depth-within-limits", format!("{planned_um} um, within every limit"))
                    .depth("planned", *planned_um)
            }
            Self::EvaluatedDepthNotKnown => Sentence::new(
                "said-evaluated-depth-not-known",
                "nobody knows to which depth this device was evaluated: read its label and add it to the devices",
            ),
            Self::DeeperThanEvaluated { planned_um, evaluated_um } => Sentence::new(
                "said-deeper-than-evaluated",
                format!("{planned_um} um planned, the device was evaluated to {evaluated_um} um"),
            )
            .depth("planned", *planned_um)
            .depth("evaluated", *evaluated_um),
            Self::DeeperThanOperator { planned_um, limit_um } => deeper_than_operator(*planned_um, *limit_um),
            Self::CapNotKnown => Sentence::new("said-cap-not-known", "no depth is known to be safe in this zone"),
            Self::OnScarsOnly { planned_um, cap_um } => Sentence::new(
                "said-on-scars-only",
                format!("{planned_um} um on the scars alone, {cap_um} um on the skin between them"),
            )
            .depth("planned", *planned_um)
            .depth("cap", *cap_um),
            Self::AboveCapByPrescriber { planned_um, cap_um } => Sentence::new(
                "said-above-cap-by-prescriber",
                format!("{planned_um} um is above the cap of {cap_um} um: the prescriber who treats answers for it"),
            )
            .depth("planned", *planned_um)
            .depth("cap", *cap_um),
            Self::AboveCap { planned_um, cap_um } => Sentence::new(
                "said-above-cap",
                format!("{planned_um} um planned, {cap_um} um at most unless a prescriber treats"),
            )
            .depth("planned", *planned_um)
            .depth("cap", *cap_um),
            Self::DeeperThanProposed { planned_um, proposed_um } => Sentence::new(
                "said-deeper-than-proposed",
                format!(
                    "{planned_um} um is deeper than the {proposed_um} um to begin with: a first session, and skin that darkens, \
                     take a step off"
                ),
            )
            .depth("planned", *planned_um)
            .depth("proposed", *proposed_um),
            Self::SiteOffLabel => {
                Sentence::new("said-site-off-label", "this site is outside the device's label: treatment here is off-label")
            }
        }
    }
}

impl fmt::Display for Says<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sentence().fmt(out)
    }
}

impl Serialize for Check<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Check", 5)?;
        fields.serialize_field("subject", &self.subject)?;
        fields.serialize_field("verdict", &self.verdict)?;
        fields.serialize_field("says", &self.says.to_string())?;
        fields.serialize_field("sources", self.sources)?;
        fields.serialize_field("mark", &self.mark)?;
        fields.end()
    }
}
