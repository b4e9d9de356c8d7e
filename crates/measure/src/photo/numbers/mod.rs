//! Numbers of one zone in one picture.

mod kind;
mod scars;
mod texture;

pub use kind::Kind;
pub(super) use kind::OF_TWO_REPEATS;
pub(super) use texture::{Zone as TextureZone, texture};

use serde::Serialize;

use super::colour::{self, Lab, SkinColour, individual_typology_angle};
use super::plane::Plane;
use super::quality::{shining, within};
use super::settings::Repeatability;
use crate::quantity::Quantity;
use kind::Smallest;
use scars::Scars;

/// A number, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Outcome {
    /// It was measured.
    Measured(Quantity),
    /// It is withheld.
    Withheld {
        /// Why.
        why: Withheld,
    },
}

impl Outcome {
    /// The number, where there is one.
    #[must_use]
    pub const fn quantity(&self) -> Option<&Quantity> {
        match self {
            Self::Measured(quantity) => Some(quantity),
            Self::Withheld { .. } => None,
        }
    }
}

/// Why there is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Withheld {
    /// Absolute colour needs a card in both pictures.
    NoCard,
    /// Millimetres need a scale.
    NoScale,
    /// Pixels, blur or zone do not allow this wavelength.
    NotResolved,
    /// The baseline shows no scars to compare with the skin around them.
    NoScars,
    /// Too little skin of the zone is in the pictures.
    TooLittleSkin,
}

impl Withheld {
    /// Why, and what to do.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::NoCard => {
                "no colour card that corrects well is in every picture, and without one the light decides: put a 24-patch card beside the skin"
            }
            Self::NoScale => {
                "the scale is not known: tell millimetres per pixel, the distance between the pupils, or a ruler in the picture"
            }
            Self::NotResolved => {
                "the picture does not resolve it, or the zone is too small for it: come closer, or measure a larger zone"
            }
            Self::NoScars => "no visible scars were found in this zone of the baseline",
            Self::TooLittleSkin => "too little skin of this zone is seen in every picture: draw the zone on skin",
        }
    }
}

/// One picture on the grid of the baseline, ready to be read.
pub(super) struct Sight {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) lab: Vec<[f32; 3]>,
    pub(super) linear: Vec<[f32; 3]>,
    /// Mean CIEDE2000 that the card leaves, where it corrects well enough.
    pub(super) card_error: Option<f64>,
    /// Width of the skin in view, in cells.
    pub(super) across: f64,
}

/// What is known of the scale.
#[derive(Clone, Copy)]
pub(super) struct CellSize {
    /// Side of a cell in millimetres, where the scale is known.
    pub(super) mm: Option<f64>,
    /// The same, or what it would be if the skin in view were a face of 140 mm: sizes are then shares of its width.
    pub(super) nominal_mm: f64,
}

/// Width of a face between the cheekbones, in millimetres (mean of adults about 130 to 145: Farkas 1994).
const FACE_MM: f64 = 140.0;
/// Skin that a zone needs, in cells (ours).
const CELLS_MIN: usize = 400;

impl CellSize {
    pub(super) fn new(pixel_mm: Option<f64>, factor: usize, across: f64) -> Self {
        let mm = pixel_mm.map(|pixel_mm| pixel_mm * factor as f64);
        Self { mm, nominal_mm: mm.unwrap_or(FACE_MM / across) }
    }
}

/// The numbers of a zone, and what they were read from.
pub(super) struct ZoneNumbers {
    pub(super) numbers: Vec<(Kind, Outcome)>,
    pub(super) mean: Option<Lab>,
    pub(super) skin_colour: Option<SkinColour>,
    pub(super) scars: Option<Vec<bool>>,
}

/// Reads all numbers of a zone but its texture. `places`: where scars are compared with the skin around them, if not at this
/// picture's own.
pub(super) fn read_zone(
    sight: &Sight,
    skin: &[bool],
    cell: CellSize,
    places: Option<&[bool]>,
    own: &Repeatability,
) -> ZoneNumbers {
    let cells: Vec<usize> = (0..skin.len()).filter(|at| skin[*at]).collect();
    if cells.len() < CELLS_MIN {
        let withheld = Outcome::Withheld { why: Withheld::TooLittleSkin };
        let numbers = BEFORE_TEXTURE.into_iter().chain(AFTER_TEXTURE).map(|kind| (kind, withheld)).collect();
        return ZoneNumbers { numbers, mean: None, skin_colour: None, scars: None };
    }
    let mean = mean_lab(sight, cells.iter().copied());
    let measured = |kind: Kind, value: f64, spots: usize| {
        Outcome::Measured(with_error(kind, value, &Context { mean, card_error: sight.card_error, spots }, own))
    };
    let quantity = |kind: Kind, value: f64| measured(kind, value, 0);
    let withheld = |why| Outcome::Withheld { why };
    let absolute =
        |kind: Kind, value: f64| if sight.card_error.is_some() { quantity(kind, value) } else { withheld(Withheld::NoCard) };
    let mut numbers = vec![
        (Kind::Lightness, absolute(Kind::Lightness, mean.l)),
        (Kind::RedGreen, absolute(Kind::RedGreen, mean.a)),
        (Kind::YellowBlue, absolute(Kind::YellowBlue, mean.b)),
        (Kind::TypologyAngle, absolute(Kind::TypologyAngle, individual_typology_angle(mean))),
    ];

    let channel = |at: usize| Plane {
        width: sight.width,
        height: sight.height,
        values: sight.lab.iter().zip(skin).map(|(lab, skin)| if *skin { lab[at] } else { 0.0 }).collect(),
    };
    let (lightness, redness, yellow) = (channel(0), channel(1), channel(2));
    let found = scars::scars(&lightness, skin, cell.nominal_mm);
    let spots = places.unwrap_or(&found.mask);
    let contrasts = contrasts(sight, skin, spots, cell.nominal_mm);
    for (at, kind) in CONTRASTS.into_iter().enumerate() {
        numbers.push((kind, contrasts.map_or(withheld(Withheld::NoScars), |values| quantity(kind, values[at]))));
    }
    let spread = |plane: &Plane| unevenness(plane, skin, cell.nominal_mm);
    numbers.push((Kind::UnevennessOfLightness, quantity(Kind::UnevennessOfLightness, spread(&lightness))));
    numbers.push((Kind::UnevennessOfRedness, quantity(Kind::UnevennessOfRedness, spread(&redness))));

    let Scars { count, cells: covered, mask } = found;
    numbers.push((Kind::VisibleScars, measured(Kind::VisibleScars, count as f64, count)));
    let share = 100.0 * covered as f64 / cells.len() as f64;
    numbers.push((Kind::VisibleScarShare, measured(Kind::VisibleScarShare, share, count)));
    let area = |mm: f64| measured(Kind::VisibleScarArea, covered as f64 * mm * mm, count);
    numbers.push((Kind::VisibleScarArea, cell.mm.map_or(withheld(Withheld::NoScale), area)));
    let chroma = Plane {
        width: sight.width,
        height: sight.height,
        values: redness.values.iter().zip(&yellow.values).map(|(a, b)| (a * a + b * b).sqrt()).collect(),
    };
    let shines = shining(&lightness, &chroma, skin, sight.across).into_iter().filter(|shines| *shines).count();
    numbers.push((Kind::Shine, quantity(Kind::Shine, 100.0 * shines as f64 / cells.len() as f64)));

    let skin_colour = sight.card_error.map(|_| SkinColour::of(individual_typology_angle(mean)));
    ZoneNumbers { numbers, mean: Some(mean), skin_colour, scars: Some(mask) }
}

const BEFORE_TEXTURE: [Kind; 10] = [
    Kind::Lightness,
    Kind::RedGreen,
    Kind::YellowBlue,
    Kind::TypologyAngle,
    Kind::ScarRedness,
    Kind::ScarPigment,
    Kind::ScarErythemaIndex,
    Kind::ScarMelaninIndex,
    Kind::UnevennessOfLightness,
    Kind::UnevennessOfRedness,
];
const AFTER_TEXTURE: [Kind; 4] = [Kind::VisibleScars, Kind::VisibleScarShare, Kind::VisibleScarArea, Kind::Shine];
const CONTRASTS: [Kind; 4] = [Kind::ScarRedness, Kind::ScarPigment, Kind::ScarErythemaIndex, Kind::ScarMelaninIndex];

/// What the error of a number depends on besides its value.
pub(super) struct Context {
    /// Mean colour of the zone.
    pub(super) mean: Lab,
    /// Mean CIEDE2000 that the card leaves.
    pub(super) card_error: Option<f64>,
    /// Spots that a count or an area is of.
    pub(super) spots: usize,
}

/// A number with its error. The standard uncertainty is that of one capture, of which the smallest change is 2.77 times; absolute
/// colours have besides it what the card leaves.
pub(super) fn with_error(kind: Kind, value: f64, context: &Context, own: &Repeatability) -> Quantity {
    let Context { mean, card_error, spots } = *context;
    // One spot more or less is always within the error.
    let of_count = |again: f64| OF_TWO_REPEATS * (spots.max(1) as f64 * (1.0 - again)).sqrt();
    let smallest_change = own.get(&kind).copied().unwrap_or_else(|| match kind.smallest() {
        Smallest::Absolute(change) => change,
        Smallest::Share(share) => share * value.abs(),
        Smallest::FoundAgain(again) => of_count(again),
        Smallest::FoundAgainAndShare(again, share) => value.abs() * share.hypot(of_count(again) / spots.max(1) as f64),
        Smallest::OfRedGreen(change) => {
            let index = |a: f64| colour::erythema_index(colour::linear_of(Lab { a, ..mean }));
            (index(mean.a + change) - index(mean.a)).abs()
        }
        Smallest::OfLightness(change) => {
            let index = |l: f64| colour::melanin_index(colour::linear_of(Lab { l, ..mean }));
            (index(mean.l + change) - index(mean.l)).abs()
        }
    });
    let repeat = smallest_change / OF_TWO_REPEATS;
    let absolute = matches!(kind, Kind::Lightness | Kind::RedGreen | Kind::YellowBlue | Kind::TypologyAngle);
    let card = card_error.filter(|_| absolute).unwrap_or_default();
    let left = if kind == Kind::TypologyAngle {
        // A colour that is off by this much, seen from where the angle is measured.
        (card / (mean.l - 50.0).hypot(mean.b).max(1.0)).to_degrees()
    } else {
        card
    };
    Quantity { value, uncertainty: repeat.hypot(left), smallest_change }
}

fn mean_lab(sight: &Sight, cells: impl Iterator<Item = usize>) -> Lab {
    let [l, a, b] = mean(cells.map(|at| sight.lab[at]));
    Lab { l, a, b }
}

fn mean(values: impl Iterator<Item = [f32; 3]>) -> [f64; 3] {
    let (mut sum, mut count) = ([0.0; 3], 0.0);
    for value in values {
        count += 1.0;
        sum.iter_mut().zip(value).for_each(|(sum, value)| *sum += f64::from(value));
    }
    sum.map(|sum: f64| sum / count)
}

/// Redness, pigment, erythema index and melanin index of spots against the skin around them.
fn contrasts(sight: &Sight, skin: &[bool], spots: &[bool], cell_mm: f64) -> Option<[f64; 4]> {
    let spots: Vec<bool> = spots.iter().zip(skin).map(|(spot, skin)| *spot && *skin).collect();
    let ring = scars::ring(&spots, skin, sight.width, sight.height, cell_mm);
    let any = |mask: &[bool]| mask.iter().any(|inside| *inside);
    if !any(&spots) || !any(&ring) {
        return None;
    }
    let cells = |mask: &[bool]| mean_lab(sight, (0..mask.len()).filter(|at| mask[*at]));
    let (scar, around) = (cells(&spots), cells(&ring));
    let light = |mask: &[bool]| mean((0..mask.len()).filter(|at| mask[*at]).map(|at| sight.linear[at]));
    let (scar_light, around_light) = (light(&spots), light(&ring));
    Some([
        scar.a - around.a,
        around.l - scar.l,
        colour::erythema_index(scar_light) - colour::erythema_index(around_light),
        colour::melanin_index(scar_light) - colour::melanin_index(around_light),
    ])
}

/// Standard deviation between wavelengths of 1 and 10 mm: Gaussian filters that let half through there (ISO 16610-61).
fn unevenness(plane: &Plane, skin: &[bool], cell_mm: f64) -> f64 {
    const SIGMA: f64 = 0.187_390_625;
    let (fine, coarse) = (within(plane, skin, SIGMA * 1.0 / cell_mm), within(plane, skin, SIGMA * 10.0 / cell_mm));
    let (mut sum, mut count) = (0.0, 0.0);
    for at in (0..skin.len()).filter(|at| skin[*at]) {
        sum += f64::from(fine.values[at] - coarse.values[at]).powi(2);
        count += 1.0;
    }
    (sum / count).sqrt()
}
