//! What a check of the day says: values first, words when somebody reads them.

use std::fmt;

use jiff::civil::Date;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::Check;
use crate::facts::Detail;

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

impl fmt::Display for Says<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InOrder => out.write_str("in order"),
            Self::Found(detail) => detail.fmt(out),
            Self::NothingPrepared => out.write_str("the file describes no treatment day: fill in [day]"),
            Self::NotConsented => out.write_str("the patient has not consented to this session"),
            Self::ConsentDatedLater { on } => write!(out, "the consent is dated {on}, after this day"),
            Self::ConsentTooOld { on, valid_days } => {
                write!(out, "the consent of {on} is older than {valid_days} days: talk it through again and renew it")
            }
            Self::Consented { on } => write!(out, "consent of {on}"),
            Self::ZoneNotKnown => out.write_str("the protocol has no such zone"),
            Self::ZoneForbidden(why) => out.write_str(why),
            Self::DepthWithinLimits { planned_um } => write!(out, "{planned_um} um, within every limit"),
            Self::EvaluatedDepthNotKnown => {
                out.write_str("nobody knows to which depth this device was evaluated: read its label and add it to the devices")
            }
            Self::DeeperThanEvaluated { planned_um, evaluated_um } => {
                write!(out, "{planned_um} um planned, the device was evaluated to {evaluated_um} um")
            }
            Self::DeeperThanOperator { planned_um, limit_um } => {
                write!(out, "{planned_um} um planned, this operator may set {limit_um} um at most")
            }
            Self::CapNotKnown => out.write_str("no depth is known to be safe in this zone"),
            Self::OnScarsOnly { planned_um, cap_um } => {
                write!(out, "{planned_um} um on the scars alone, {cap_um} um on the skin between them")
            }
            Self::AboveCapByPrescriber { planned_um, cap_um } => {
                write!(out, "{planned_um} um is above the cap of {cap_um} um: the prescriber who treats answers for it")
            }
            Self::AboveCap { planned_um, cap_um } => {
                write!(out, "{planned_um} um planned, {cap_um} um at most unless a prescriber treats")
            }
            Self::DeeperThanProposed { planned_um, proposed_um } => write!(
                out,
                "{planned_um} um is deeper than the {proposed_um} um to begin with: a first session, and skin that darkens, take a \
                 step off"
            ),
            Self::SiteOffLabel => out.write_str("this site is outside the device's label: treatment here is off-label"),
        }
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
