//! The numbers of a scar.

use serde::Serialize;

use super::refit::Depression;
use super::types::Shape;
use super::{Floor, Instrument, Types};
use crate::quantity::Quantity;
use crate::scan::{Device, Point, ScarType, Settings};

/// A number, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reported {
    /// The number with its error.
    Measured(Quantity),
    /// None, and why.
    NotReported(NotReported),
}

impl Reported {
    /// The number, where there is one.
    #[must_use]
    pub fn quantity(&self) -> Option<&Quantity> {
        match self {
            Self::Measured(quantity) => Some(quantity),
            Self::NotReported(_) => None,
        }
    }

    /// Its value, where there is one.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        self.quantity().map(|quantity| quantity.value)
    }
}

/// Why a number is not reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotReported {
    /// The scar is narrower than the instrument resolves.
    NarrowerThanResolved,
    /// No phone resolves the depth of an ice pick: a third of it or less is left by a blur of 1 mm (on phantoms).
    IcePickFromAPhone,
    /// There is too little skin without scars in the scan to tell the error.
    ErrorUnknown,
}

/// A scar against its own reference, a cubic through the ring of skin around it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Scar {
    /// Middle of the scar on the reference, in the coordinates of its scan, in millimetres.
    pub position: Point,
    /// Direction out of the skin there.
    pub normal: Point,
    /// Type by geometry; none where the scan does not resolve the scar, or it is of no one type.
    pub scar_type: Option<ScarType>,
    /// How likely each type is.
    pub types: Types,
    /// Diameter in millimetres of a disc as large as `area`.
    pub width: Reported,
    /// Depth in millimetres of the ground under the reference: the middle of a cone and a paraboloid together, fitted to the inner half.
    pub depth: Reported,
    /// Area in square millimetres that lies deeper than a quarter of the depth, along the skin; the known blur of the wall taken off.
    pub area: Reported,
    /// Volume in cubic millimetres between reference and skin, out to 1.35 radii. Blur keeps it, so it is reported for scars too narrow for
    /// a depth as well, from three points across.
    pub volume: Reported,
    /// Mean slope of the wall in degrees, between 20 and 80 % of the depth. Without an error of its own: it is a shape, not an outcome.
    pub wall_degrees: Option<f64>,
    /// Spread of the skin around it about the reference, in millimetres (at most 0.06).
    pub ring_spread_mm: f64,
    /// Width as the scan shows it, in millimetres, resolved or not.
    pub seen_width_mm: f64,
}

/// Standard uncertainty of the scale of a scanner (0.3 %; ours).
const SCALE: f64 = 0.003;
/// What the depth of an ice pick is uncertain by, since points and S-filter round its tip: on phantoms it comes out 12 % low; ours.
const POINTED: f64 = 0.08;
/// Points across the narrowest scar that gets a volume; ours: docs/measure-scan.md shows what is lost with fewer.
const POINTS_ACROSS_MIN: f64 = 3.0;
/// From 20 to 80 % of a step that a Gaussian blurs, in its standard deviations.
const RISE_OF_SD: f64 = 1.683_242_467_145_828;
/// Full width at half maximum of a Gaussian, in its standard deviations.
const FWHM_OF_SD: f64 = 2.354_820_045_030_949;
/// Blur of straight lines between points, as standard deviation in spacings: a triangle from one to the next has the root of 1/6.
const INTERPOLATION: f64 = 0.408_248_290_463_863;
/// Coverage of two differences: 1.96 times the root of 2.
const CHANGE_95: f64 = 1.96 * std::f64::consts::SQRT_2;

pub(super) fn scar(of: &Depression, floor: Option<&Floor>, instrument: &Instrument, settings: &Settings) -> Scar {
    let depth_mm = of.depth_mm;
    let radius_at = |share: f64| (of.area_mm2(share * depth_mm) / std::f64::consts::PI).sqrt();
    let (half_mm, seen_wall_mm) = (radius_at(0.5), radius_at(0.2) - radius_at(0.8));
    // blur makes a wall wider about the place where it is half as deep: what is known to be blur is taken off the wall, in squares
    let blurred_mm = RISE_OF_SD
        * libm::hypot(instrument.sigma_mm, libm::hypot(INTERPOLATION * instrument.spacing_mm, instrument.blur_mm / FWHM_OF_SD));
    let wall_share = (1.0 - (blurred_mm / seen_wall_mm.max(1e-9)).powi(2)).max(0.01).sqrt();
    let wall_mm = (wall_share * seen_wall_mm).max(0.1 * of.chart.dx_mm);
    // a straight wall keeps more of the distance from a half to a quarter than a blurred one: the root of what the wall keeps
    let kept = wall_share.sqrt();
    let width_mm = 2.0 * (half_mm + kept * (radius_at(0.25) - half_mm));
    let area_mm2 = std::f64::consts::PI * width_mm * width_mm / 4.0;
    let slope = 0.6 * depth_mm / wall_mm;
    let resolved = width_mm >= instrument.width_mm_min;
    let types = if resolved {
        Types::of(&Shape { width_mm, depth_mm, wall: 2.0 * wall_mm / width_mm, slope })
    } else {
        Types::UNRESOLVED
    };
    let scar_type = types.likeliest();
    let phone_pick = settings.device == Device::Phone && (scar_type == Some(ScarType::IcePick) || width_mm < 2.0);
    let (sampled, blurred) = ((instrument.spacing_mm / width_mm).powi(2), (instrument.blur_mm / width_mm).powi(2));
    let refused = match (phone_pick, resolved) {
        (true, _) => Some(NotReported::IcePickFromAPhone),
        (false, false) => Some(NotReported::NarrowerThanResolved),
        (false, true) => None,
    };
    // noisier skin around this scar than around the discs makes its own numbers noisier
    let rough = floor.map_or(f64::NAN, |floor| (of.ring_spread_mm() / floor.ring_spread_mm.max(1e-9)).max(1.0));
    let of_floor = |value: fn(&Floor) -> f64| floor.map_or(f64::NAN, value) * rough;
    let together = |parts: &[f64]| parts.iter().map(|part| part * part).sum::<f64>().sqrt();
    let depth_u = together(&[
        of_floor(|floor| libm::hypot(floor.depth_sd_mm, floor.depth_mean_mm / 2.0)),
        SCALE * depth_mm,
        0.5 * (sampled + blurred) * depth_mm,
        POINTED * types.ice_pick * depth_mm,
    ]);
    let volume_mm3 = of.volume_mm3();
    let volume_u =
        together(&[of_floor(|floor| floor.volume_sd_mm3), 3.0 * SCALE * volume_mm3, (sampled + 0.25 * blurred) * volume_mm3]);
    // the level of a quarter is as uncertain as the reference on the whole and a quarter of the depth together
    let level_u = libm::hypot(volume_u / area_mm2.max(1e-9), 0.25 * depth_u).min(0.2 * depth_mm);
    let moved = (of.area_mm2(0.25 * depth_mm - level_u) - of.area_mm2(0.25 * depth_mm + level_u)) / 2.0;
    // a rim between points lies anywhere between them, and is seen anew at each
    let around_mm = std::f64::consts::PI * width_mm;
    let rim_u = around_mm * instrument.spacing_mm / 12.0_f64.sqrt() / (around_mm / instrument.spacing_mm).max(1.0).sqrt();
    let taken_off_u = around_mm * (1.0 - kept) * (radius_at(0.25) - half_mm);
    let area_u = together(&[moved, rim_u, taken_off_u, 2.0 * SCALE * area_mm2]);
    let too_narrow = (width_mm < POINTS_ACROSS_MIN * instrument.spacing_mm).then_some(NotReported::NarrowerThanResolved);
    let class = settings.device.smallest_change(width_mm);
    let own = settings.repeatability;
    let quantity = |value: f64, uncertainty: f64, repeated: Option<f64>, class: Option<f64>| {
        if uncertainty.is_nan() {
            return Reported::NotReported(NotReported::ErrorUnknown);
        }
        let smallest_change = repeated.unwrap_or_else(|| (CHANGE_95 * uncertainty).max(class.unwrap_or(0.0)));
        Reported::Measured(Quantity { value, uncertainty, smallest_change })
    };
    let unless = |refused: Option<NotReported>, quantity: Reported| refused.map_or(quantity, Reported::NotReported);
    let width_per_area = 2.0 / (std::f64::consts::PI * width_mm).max(1e-9);
    Scar {
        position: of.position(),
        normal: of.chart.normal,
        scar_type,
        types,
        width: unless(refused, quantity(width_mm, area_u * width_per_area, own.map(|own| own.area_mm2 * width_per_area), None)),
        depth: unless(refused, quantity(depth_mm, depth_u, own.map(|own| own.depth_mm), class.map(|class| class.0))),
        area: unless(refused, quantity(area_mm2, area_u, own.map(|own| own.area_mm2), None)),
        volume: unless(too_narrow, quantity(volume_mm3, volume_u, own.map(|own| own.volume_mm3), class.map(|class| class.1))),
        wall_degrees: resolved.then(|| libm::atan(slope).to_degrees()),
        ring_spread_mm: of.ring_spread_mm(),
        seen_width_mm: width_mm,
    }
}
