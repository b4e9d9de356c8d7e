//! What exactly was found: kept as values, put into words only when somebody reads them.

use std::fmt;

use jiff::civil::Date;

use crate::anaesthetic::DoseFault;
use crate::consultation::Answer;
use crate::sentence::Sentence;

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

impl Detail<'_> {
    /// As a sentence.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Nothing => Sentence::as_it_stands(""),
            Self::Note(note) => Sentence::as_it_stands(note),
            Self::Missing(field) => not_answered(field),
            Self::NotAsked(key) => not_answered(&format!("findings.{key}")),
            Self::Age { years, minimum_years } => Sentence::new("said-age", format!("aged {years}, under {minimum_years}"))
                .count("years", *years)
                .count("minimum", *minimum_years),
            Self::Acne { iga, pustules_or_nodules } => acne(*iga, *pustules_or_nodules),
            Self::SkinType { fitzpatrick, left_out_by_label: true } => Sentence::new(
                "said-skin-type-left-out",
                format!("Fitzpatrick type {fitzpatrick}, which this device's label leaves out: choose another device"),
            )
            .count("type", *fitzpatrick),
            Self::SkinType { fitzpatrick, .. } => {
                Sentence::new("said-skin-type", format!("Fitzpatrick type {fitzpatrick}")).count("type", *fitzpatrick)
            }
            Self::ScarAge { months, young_under_months } => {
                Sentence::new("said-scar-age", format!("youngest scar {months} months old, under {young_under_months}"))
                    .count("months", *months)
                    .count("under", *young_under_months)
            }
            Self::Scars { count, among } => Sentence::new("said-scars-among", format!("{count} of {among} atrophic scars"))
                .count("count", *count)
                .count("among", *among),
            Self::Zone(zone) => Sentence::new("said-zone", format!("zone {zone}")).text("zone", *zone),
            Self::Operator(lacks) => lacks.sentence(),
            Self::Cartridge(fault) => fault.sentence(),
            Self::Dose(fault) => fault.sentence(),
            Self::Interval { last, minimum_days } => {
                Sentence::new("said-interval", format!("last session {last}, at least {minimum_days} days between"))
                    .day("last", *last)
                    .count("days", *minimum_days)
            }
        }
    }
}

/// The field that would answer it.
pub(crate) fn not_answered(field: &str) -> Sentence {
    Sentence::new("said-not-answered", format!("not answered: {field}")).text("field", field)
}

fn acne(iga: Option<u8>, pustules_or_nodules: Answer) -> Sentence {
    let pustules = pustules_or_nodules == Answer::Yes;
    let and = if pustules { ", pustules or nodules in the area" } else { "" };
    match iga {
        Some(iga) => {
            Sentence::new(if pustules { "said-acne-pustules" } else { "said-acne" }, format!("IGA {iga}{and}")).count("iga", iga)
        }
        None => Sentence::new(
            if pustules { "said-acne-not-examined-pustules" } else { "said-acne-not-examined" },
            format!("IGA not examined{and}"),
        ),
    }
}

impl OperatorLacks {
    fn sentence(self) -> Sentence {
        match self {
            Self::Training => Sentence::new("said-not-trained", "not trained in microneedling"),
            Self::TrainingSince(day) => {
                Sentence::new("said-training-until", format!("training counted until {day}")).day("date", day)
            }
            Self::Depth { planned_um, limit_um } => deeper_than_operator(planned_um, limit_um),
            Self::Permission { planned_um } => Sentence::new(
                "said-no-permission",
                format!("the premises do not hold the permission that this place asks for at {planned_um} um"),
            )
            .depth("planned", planned_um),
        }
    }
}

/// The operator may not set the depth that is planned.
pub(crate) fn deeper_than_operator(planned_um: u32, limit_um: u32) -> Sentence {
    let english = format!("{planned_um} um planned, this operator may set {limit_um} um at most");
    Sentence::new("said-deeper-than-operator", english).depth("planned", planned_um).depth("most", limit_um)
}

impl CartridgeFault {
    fn sentence(self) -> Sentence {
        match self {
            Self::Used => Sentence::new("said-cartridge-used", "the cartridge was used before"),
            Self::NotSterile => Sentence::new("said-cartridge-not-sterile", "its sterile packing is not intact"),
            Self::Expired(day) => Sentence::new("said-cartridge-expired", format!("it was to be used by {day}")).day("date", day),
            Self::NoLot => Sentence::new("said-cartridge-no-lot", "its lot number is not recorded"),
        }
    }
}

impl fmt::Display for Detail<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sentence().fmt(out)
    }
}
