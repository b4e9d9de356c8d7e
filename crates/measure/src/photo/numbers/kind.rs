//! Which numbers there are: their unit, how they are computed, and the smallest change of them that can be told.

use serde::Serialize;

/// A number that is read from a zone of skin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Mean L*.
    Lightness,
    /// Mean a*.
    RedGreen,
    /// Mean b*.
    YellowBlue,
    /// Individual typology angle.
    TypologyAngle,
    /// a* of visible scars minus that of the skin around them.
    ScarRedness,
    /// L* of the skin around visible scars minus that of the scars.
    ScarPigment,
    /// Erythema index of visible scars minus that of the skin around them.
    ScarErythemaIndex,
    /// Melanin index of visible scars minus that of the skin around them.
    ScarMelaninIndex,
    /// Spread of L*.
    UnevennessOfLightness,
    /// Spread of a*.
    UnevennessOfRedness,
    /// Texture of 0.25 to 0.5 mm.
    TextureFrom250Um,
    /// Texture of 0.5 to 1 mm.
    TextureFrom500Um,
    /// Texture of 1 to 2 mm.
    TextureFrom1Mm,
    /// Texture of 2 to 4 mm.
    TextureFrom2Mm,
    /// Texture of 4 to 8 mm.
    TextureFrom4Mm,
    /// Count of visible scars.
    VisibleScars,
    /// Share of the zone that visible scars cover.
    VisibleScarShare,
    /// Area of visible scars.
    VisibleScarArea,
    /// Share of the zone that shines.
    Shine,
}

/// The smallest change between two visits that can be told, of a number from photographs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Smallest {
    /// In the unit of the number.
    Absolute(f64),
    /// As a share of the number.
    Share(f64),
    /// Of a count, when each scar is found again with this probability.
    FoundAgain(f64),
    /// Of an area, as a share of it, besides that of the count.
    FoundAgainAndShare(f64, f64),
    /// What a change of this much in a* or L* does to it.
    OfRedGreen(f64),
    /// Likewise in L*.
    OfLightness(f64),
}

/// 95 % of differences between two repeats lie within this many standard deviations of one (1.96 times the root of 2).
pub(in crate::photo) const OF_TWO_REPEATS: f64 = 2.771_858_582_251_27;

/// VISIA-class absolute scores repeat with a standard deviation of 3.4 % (Henseler 2023, pubmed 38024101).
const SCORE: Smallest = Smallest::Share(0.034 * OF_TWO_REPEATS);
/// Differences of a* at rest in one studio, rounded up (eight pairs of the Face Research Lab London Set, measured for this).
const RED_GREEN: f64 = 1.5;
/// The same of L*.
const LIGHTNESS: f64 = 3.0;

/// About three quarters of scars are found by a second rater (Kang 2016, J Drugs Dermatol 15:693).
const FOUND_AGAIN: f64 = 0.75;

const STUDIO: &str = "eight pairs of studio photographs (Face Research Lab London Set), rounded up";
const CARRIED: &str = "carried over from that of L* or a* in studio photographs";
const VISIA: &str = "Henseler 2023: repeats of a facial photograph score, 3.4 %";
const RATERS: &str = "Kang 2016: three quarters of scars are found by a second rater";
const VOLUMES: &str = "Kang 2016 for which scars are found, and repeats of scar volume by stereophotogrammetry, 7 %";
const OURS: &str = "expert setting";

impl Kind {
    /// Unit.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::TypologyAngle => "degrees",
            Self::ScarErythemaIndex | Self::ScarMelaninIndex => "index points",
            Self::VisibleScars => "scars",
            Self::VisibleScarShare | Self::Shine => "%",
            Self::VisibleScarArea => "mm2",
            Self::RedGreen | Self::ScarRedness | Self::UnevennessOfRedness => "a*",
            Self::YellowBlue => "b*",
            _ => "L*",
        }
    }

    /// How it is computed, and what it is not.
    #[must_use]
    pub const fn method(self) -> &'static str {
        match self {
            Self::Lightness | Self::RedGreen | Self::YellowBlue => {
                "mean of CIELAB (D65, 2 degrees) over the skin of the zone, corrected by the card"
            }
            Self::TypologyAngle => "atan2(L* - 50, b*) of the means over the zone, corrected by the card",
            Self::ScarRedness => {
                "a* of visible scars minus a* of the skin around them in the same picture, at the places of the baseline's scars"
            }
            Self::ScarPigment => {
                "L* of the skin around visible scars minus L* of the scars in the same picture; shadow counts as pigment"
            }
            Self::ScarErythemaIndex => "100 log10(R/G) of visible scars minus that of the skin around them; of this camera only",
            Self::ScarMelaninIndex => "100 log10(1/R) of visible scars minus that of the skin around them; of this camera only",
            Self::UnevennessOfLightness => {
                "standard deviation of L* between wavelengths of 1 and 10 mm, or of 0.7 and 7 % of the width of the skin where the scale is not known"
            }
            Self::UnevennessOfRedness => {
                "standard deviation of a* between wavelengths of 1 and 10 mm, or of 0.7 and 7 % of the width of the skin where the scale is not known"
            }
            Self::TextureFrom250Um
            | Self::TextureFrom500Um
            | Self::TextureFrom1Mm
            | Self::TextureFrom2Mm
            | Self::TextureFrom4Mm => {
                "root mean square of L* between two Gaussian filters (50 % at the ends of the band), the sharper picture blurred to the other; light from another side changes it"
            }
            Self::VisibleScars => {
                "dark spots on the skin around them; what is seen depends on the light, and spots that are no scars count"
            }
            Self::VisibleScarShare | Self::VisibleScarArea => {
                "area of dark spots on the skin around them; it depends on the light, and spots that are no scars count"
            }
            Self::Shine => {
                "share of the skin that is lighter and paler than around it, without polarisers: light and sweat change it as much as skin does"
            }
        }
    }

    /// Where the smallest change that can be told is from, unless the clinic measured its own.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Lightness | Self::RedGreen | Self::YellowBlue | Self::TypologyAngle | Self::ScarRedness | Self::ScarPigment => {
                STUDIO
            }
            Self::ScarErythemaIndex | Self::ScarMelaninIndex => CARRIED,
            Self::VisibleScars => RATERS,
            Self::VisibleScarShare | Self::VisibleScarArea => VOLUMES,
            Self::UnevennessOfRedness | Self::Shine => OURS,
            _ => VISIA,
        }
    }

    /// The smallest change that can be told. b* has the one of a* (ours).
    pub(super) const fn smallest(self) -> Smallest {
        match self {
            Self::Lightness | Self::ScarPigment => Smallest::Absolute(LIGHTNESS),
            Self::RedGreen | Self::YellowBlue | Self::ScarRedness => Smallest::Absolute(RED_GREEN),
            Self::TypologyAngle => Smallest::Absolute(4.5),
            Self::ScarErythemaIndex => Smallest::OfRedGreen(RED_GREEN),
            Self::ScarMelaninIndex => Smallest::OfLightness(LIGHTNESS),
            Self::VisibleScars => Smallest::FoundAgain(FOUND_AGAIN),
            Self::VisibleScarShare | Self::VisibleScarArea => Smallest::FoundAgainAndShare(FOUND_AGAIN, 0.07 * OF_TWO_REPEATS),
            // No figure was found: measured between two expressions in one studio they change by up to a tenth and a fifth.
            Self::UnevennessOfRedness => Smallest::Share(0.15),
            Self::Shine => Smallest::Share(0.3),
            _ => SCORE,
        }
    }

    /// The band of a texture, in millimetres.
    #[must_use]
    pub const fn band_mm(self) -> Option<[f64; 2]> {
        match self {
            Self::TextureFrom250Um => Some([0.25, 0.5]),
            Self::TextureFrom500Um => Some([0.5, 1.0]),
            Self::TextureFrom1Mm => Some([1.0, 2.0]),
            Self::TextureFrom2Mm => Some([2.0, 4.0]),
            Self::TextureFrom4Mm => Some([4.0, 8.0]),
            _ => None,
        }
    }

    /// Textures from fine to coarse.
    pub(in crate::photo) const TEXTURES: [Self; 5] =
        [Self::TextureFrom250Um, Self::TextureFrom500Um, Self::TextureFrom1Mm, Self::TextureFrom2Mm, Self::TextureFrom4Mm];
}
