//! What exactly was found: kept as values, put into words only when somebody reads them.

use std::fmt;

use jiff::civil::Date;

use crate::anaesthetic::DoseFault;
use crate::consultation::Answer;

/// What exactly was found, or which field is missing.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail<'a> {
    /// The answer says it all.
    Nothing,
    /// The practitioner's own words.
    Note(&'a str),
    /// The field that would answer it.
    Missing(&'static str),
    /// The finding key that would answer it.
    NotAsked(&'a str),
    /// Age against a minimum, in years.
    Age {
        /// Age on the day.
        years: i16,
        /// Youngest allowed.
        minimum_years: u8,
    },
    /// Acne on the day.
    Acne {
        /// Investigator's Global Assessment.
        iga: Option<u8>,
        /// Pustules or nodules in the area.
        pustules_or_nodules: Answer,
    },
    /// Skin type, and whether the device's label leaves it out.
    SkinType {
        /// Fitzpatrick type, 1 to 6.
        fitzpatrick: u8,
        /// Whether the label leaves it out.
        left_out_by_label: bool,
    },
    /// Age of the youngest scar against the label's, in months.
    ScarAge {
        /// Age of the youngest scar.
        months: u16,
        /// Younger is young.
        young_under_months: u32,
    },
    /// Scars of one kind among all.
    Scars {
        /// Of this kind.
        count: u32,
        /// Among all that are atrophic.
        among: u32,
    },
    /// A zone that must not be needled.
    Zone(&'a str),
    /// What the operator, or the place, lacks.
    Operator(OperatorLacks),
    /// What is wrong with the cartridge.
    Cartridge(CartridgeFault),
    /// What is wrong with the anaesthetic.
    Dose(DoseFault),
    /// The last session and the interval that holds.
    Interval {
        /// Day of the last session.
        last: Date,
        /// Shortest interval, in days.
        minimum_days: u32,
    },
}

/// What the operator, or the place, lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperatorLacks {
    /// Not trained.
    Training,
    /// Training that counted until this day.
    TrainingSince(Date),
    /// May not set the depth that is planned, in micrometres.
    Depth {
        /// Planned.
        planned_um: u32,
        /// Allowed.
        limit_um: u32,
    },
    /// The place asks for a permission at this depth, in micrometres.
    Permission {
        /// The depth.
        planned_um: u32,
    },
}

/// What is wrong with a cartridge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CartridgeFault {
    /// Used before.
    Used,
    /// Packing open or damaged.
    NotSterile,
    /// Out of date since this day.
    Expired(Date),
    /// No lot recorded.
    NoLot,
}

impl fmt::Display for Detail<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => Ok(()),
            Self::Note(note) => out.write_str(note),
            Self::Missing(field) => write!(out, "not answered: {field}"),
            Self::NotAsked(key) => write!(out, "not answered: findings.{key}"),
            Self::Age { years, minimum_years } => write!(out, "aged {years}, under {minimum_years}"),
            Self::Acne { iga, pustules_or_nodules } => acne(*iga, *pustules_or_nodules, out),
            Self::SkinType { fitzpatrick, left_out_by_label: true } => {
                write!(out, "Fitzpatrick type {fitzpatrick}, which this device's label leaves out: choose another device")
            }
            Self::SkinType { fitzpatrick, .. } => write!(out, "Fitzpatrick type {fitzpatrick}"),
            Self::ScarAge { months, young_under_months } => {
                write!(out, "youngest scar {months} months old, under {young_under_months}")
            }
            Self::Scars { count, among } => write!(out, "{count} of {among} atrophic scars"),
            Self::Zone(zone) => write!(out, "zone {zone}"),
            Self::Operator(lacks) => lacks.fmt(out),
            Self::Cartridge(fault) => fault.fmt(out),
            Self::Dose(fault) => fault.fmt(out),
            Self::Interval { last, minimum_days } => write!(out, "last session {last}, at least {minimum_days} days between"),
        }
    }
}

fn acne(iga: Option<u8>, pustules_or_nodules: Answer, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    match iga {
        Some(iga) => write!(out, "IGA {iga}")?,
        None => out.write_str("IGA not examined")?,
    }
    if pustules_or_nodules == Answer::Yes { out.write_str(", pustules or nodules in the area") } else { Ok(()) }
}

impl fmt::Display for OperatorLacks {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Training => out.write_str("not trained in microneedling"),
            Self::TrainingSince(day) => write!(out, "training counted until {day}"),
            Self::Depth { planned_um, limit_um } => {
                write!(out, "{planned_um} um planned, this operator may set {limit_um} um at most")
            }
            Self::Permission { planned_um } => {
                write!(out, "the premises do not hold the permission that this place asks for at {planned_um} um")
            }
        }
    }
}

impl fmt::Display for CartridgeFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Used => out.write_str("the cartridge was used before"),
            Self::NotSterile => out.write_str("its sterile packing is not intact"),
            Self::Expired(day) => write!(out, "it was to be used by {day}"),
            Self::NoLot => out.write_str("its lot number is not recorded"),
        }
    }
}
