//! Surfaces of which the parameters are known in closed form.

use std::f64::consts::{LN_2, PI, SQRT_2};

use resurface_measure::surface::filter::{Filter, Kind};
use resurface_measure::surface::form::{Fit, Form};
use resurface_measure::surface::parameters::{Parameters, Pruning};
use resurface_measure::surface::{Evaluation, HeightMap, Spacing, evaluate};
use resurface_measure::units::Micrometres;

use super::rows::{Agreement, value};

const CLOSED_FORM: &str = "closed form";
const LEVEL: Evaluation = Evaluation { form: Form::Level, s: None, l: None, pruning: Pruning::ShareOfSz(0.05) };

/// A map of `side` by `side` points, 10 um apart, of a height that depends on the place in micrometres, counted from the middle.
pub(crate) fn map(side: usize, mut height: impl FnMut(f64, f64) -> f64) -> HeightMap {
    let middle = (side as f64 - 1.0) / 2.0;
    let heights = (0..side * side).map(|at| height(10.0 * ((at % side) as f64 - middle), 10.0 * ((at / side) as f64 - middle)));
    HeightMap::new(side, Spacing::square(Micrometres(10.0)), heights.collect()).expect("heights are numbers")
}

/// Evaluates a map that can be.
pub(crate) fn parameters(map: HeightMap, chain: &Evaluation) -> Parameters {
    evaluate(map, chain, &mut |_| ()).expect("the surface can be evaluated").parameters
}

fn compare(surface: &str, found: &Parameters, expected: &[(&'static str, f64, f64)]) -> Vec<Agreement> {
    let row = |&(symbol, expected, tolerance): &(&'static str, f64, f64)| Agreement {
        surface: surface.to_owned(),
        symbol,
        found: value(found, symbol),
        expected,
        tolerance,
        source: CLOSED_FORM,
    };
    expected.iter().map(row).collect()
}

/// Every agreement.
pub(crate) fn analytic() -> Vec<Agreement> {
    [sinusoid(), ridges(), egg_box(), plane(), cap(), steps(), field(), filtered(), formed()].into_iter().flatten().collect()
}

/// Heights of a sinusoid follow the arcsine law; wavelength and direction are not commensurate with the grid.
fn sinusoid() -> Vec<Agreement> {
    let (a, wavelength, angle) = (50.0, 631.7, 0.3137_f64);
    let across = |x: f64, y: f64| a * (2.0 * PI * (x * angle.cos() + y * angle.sin()) / wavelength).cos();
    let found = parameters(map(1024, across), &LEVEL);
    let slope = 2.0 * PI * a / wavelength;
    let reach = |share: f64| a * (PI * share).cos();
    // Mean of the heights above a share of the arcsine law.
    let above = |share: f64| a * (PI * share).sin() / PI - share * reach(share);
    let below = |share: f64| above(share) + reach(share);
    let degrees = (180.0 - angle.to_degrees()).rem_euclid(180.0);
    compare(
        "sinusoid, 50 um, 631.7 um",
        &found,
        &[
            ("Sa", 2.0 * a / PI, 1e-3),
            ("Sq", a / SQRT_2, 1e-3),
            ("Ssk", 0.0, 1e-2),
            ("Sku", 1.5, 1e-3),
            ("Sz", 2.0 * a, 1e-4),
            ("Sdq", slope / SQRT_2, 1e-3),
            ("Sdr", 100.0 * developed(slope), 2e-3),
            ("Smc(10)", reach(0.1), 2e-3),
            ("Vmp", above(0.1), 3e-3),
            ("Vmc", above(0.8) - above(0.1), 3e-3),
            ("Vvc", below(0.1) - below(0.8), 3e-3),
            ("Vvv", below(0.8), 3e-3),
            ("Std", degrees, 1e-2),
        ],
    )
}

/// Fine ridges on a surface that is bent: the edges of the map must not pass for ridges.
fn ridges() -> Vec<Agreement> {
    let angle = 0.6_f64;
    let height = |x: f64, y: f64| (2.0 * PI * (x * angle.cos() + y * angle.sin()) / 113.0).cos() + 1e-7 * (x * x + 1.7 * y * y);
    let degrees = 180.0 - angle.to_degrees();
    compare("fine ridges on a bent surface", &parameters(map(600, height), &LEVEL), &[("Std", degrees, 5e-3)])
}

/// Mean of `sqrt(1 + g^2 sin^2) - 1` over a period: `2 / pi sqrt(1 + g^2) E(g^2 / (1 + g^2)) - 1`, here as a sum over one.
fn developed(slope: f64) -> f64 {
    let steps = 20_000;
    (0..steps).map(|at| (1.0 + (slope * (2.0 * PI * at as f64 / steps as f64).sin()).powi(2)).sqrt() - 1.0).sum::<f64>()
        / steps as f64
}

fn egg_box() -> Vec<Agreement> {
    let (a, wavelength) = (40.0, 817.3);
    let wave = |x: f64| (2.0 * PI * x / wavelength).sin();
    let chain = Evaluation { pruning: Pruning::Absolute(Micrometres(5.0)), ..LEVEL };
    let found = parameters(map(1100, |x, y| a * wave(x + 71.0) * wave(y - 133.0)), &chain);
    let square_mm2 = (wavelength / 1e3).powi(2);
    compare(
        "egg-box, 40 um, 817.3 um",
        &found,
        &[
            ("Sa", 4.0 * a / (PI * PI), 5e-3),
            ("Sq", a / 2.0, 5e-3),
            ("Sku", 2.25, 5e-3),
            ("S5p", a, 1e-3),
            ("S5v", a, 1e-3),
            ("S10z", 2.0 * a, 1e-3),
            ("Spd", 2.0 / square_mm2, 3e-2),
            ("Svd", 2.0 / square_mm2, 3e-2),
            ("Spc", 1e3 * a * (2.0 * PI / wavelength).powi(2), 3e-3),
            ("Sha", square_mm2 / 2.0, 5e-3),
            ("Sda", square_mm2 / 2.0, 5e-3),
            ("Sdv", a / 1e3 * square_mm2 / (PI * PI), 5e-3),
            ("Shv", a / 1e3 * square_mm2 / (PI * PI), 5e-3),
        ],
    )
}

fn plane() -> Vec<Agreement> {
    let (across, along) = (0.11, -0.07);
    let found = parameters(map(200, |x, y| across * x + along * y), &LEVEL);
    let square: f64 = across * across + along * along;
    let mut rows =
        compare("tilted plane", &found, &[("Sdq", square.sqrt(), 1e-12), ("Sdr", 100.0 * ((1.0 + square).sqrt() - 1.0), 1e-12)]);
    let found = parameters(map(200, |x, y| across * x + along * y + if x < 0.0 { 1.0 } else { 0.0 }), &LEVEL);
    rows.extend(compare("tilted plane with a step", &found, &[("Ssk", 0.0, 1e-9)]));
    rows
}

/// A cap of a sphere in a disc, everything else missing: squares of the distance from its middle are evenly spread.
fn cap() -> Vec<Agreement> {
    let (sphere, disc) = (20_000.0_f64, 4_000.0_f64);
    let height = |x: f64, y: f64| {
        let square = x * x + y * y;
        if square <= disc * disc { (sphere * sphere - square).sqrt() - sphere } else { f64::NAN }
    };
    let found = parameters(map(1024, height), &LEVEL);
    let rim = (sphere * sphere - disc * disc).sqrt();
    let mean = 2.0 / 3.0 * (sphere.powi(3) - rim.powi(3)) / (disc * disc);
    let square = sphere * sphere - disc * disc / 2.0;
    compare(
        "cap of a sphere of 20 mm in a disc of 4 mm",
        &found,
        &[
            ("Sq", (square - mean * mean).sqrt(), 1e-3),
            ("Sz", sphere - rim, 1e-3),
            ("Sp", sphere - mean, 1e-3),
            ("Sdr", 100.0 * (2.0 * sphere * (sphere - rim) / (disc * disc) - 1.0), 5e-3),
        ],
    )
}

fn steps() -> Vec<Agreement> {
    let (height, share) = (30.0, 0.25_f64);
    let found = parameters(map(400, |x, _| if x < -1_000.0 { height } else { 0.0 }), &LEVEL);
    let spread = (share * (1.0 - share)).sqrt();
    compare(
        "step of 30 um, a quarter high",
        &found,
        &[
            ("Sa", 2.0 * height * share * (1.0 - share), 1e-12),
            ("Sq", height * spread, 1e-12),
            ("Ssk", (1.0 - 2.0 * share) / spread, 1e-12),
            ("Sku", 1.0 / (spread * spread) - 3.0, 1e-12),
            ("Sp", height * (1.0 - share), 1e-12),
            ("Sv", height * share, 1e-12),
        ],
    )
}

/// White noise under a Gaussian: heights are normal and the autocorrelation is a Gaussian. Statistical, so tolerances are wide.
fn field() -> Vec<Agreement> {
    let mut state = 20_261_126_u64;
    let mut uniform = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let noise: Vec<f64> = (0..1024 * 1024).map(|_| (0..4).map(|_| uniform()).sum::<f64>() - 2.0).collect();
    let map = HeightMap::new(1024, Spacing::square(Micrometres(10.0)), noise).expect("heights are numbers");
    let nesting = 400.0;
    let gaussian = Filter { kind: Kind::Gaussian, nesting: Micrometres(nesting) };
    let smooth = evaluate(map, &Evaluation { s: Some(gaussian), ..LEVEL }, &mut |_| ()).expect("the surface can be evaluated");
    let found = smooth.parameters;
    // The correlation length is twice the standard deviation of the filter.
    let length = 2.0 * nesting * (LN_2 / 2.0).sqrt() / PI;
    let sq = value(&found, "Sq").unwrap_or(f64::NAN);
    // The same heights with rows three times as far apart are three times as long in that direction.
    let spacing = Spacing { x: Micrometres(10.0), y: Micrometres(30.0) };
    let stretched = HeightMap::new(1024, spacing, smooth.map.heights_um().to_vec()).expect("heights are numbers");
    let mut rows = compare("the same, three times as long along", &parameters(stretched, &LEVEL), &[("Str", 1.0 / 3.0, 0.1)]);
    rows.extend(compare(
        "normal field, correlation length 150 um",
        &found,
        &[
            ("Sa", sq * (2.0 / PI).sqrt(), 2e-2),
            ("Sku", 3.0, 5e-2),
            ("Sal", length * 5.0_f64.ln().sqrt(), 3e-2),
            ("Str", 1.0, 0.1),
            ("Sdq", 2.0 * sq / length, 2e-2),
        ],
    ));
    rows
}

/// Half of the amplitude passes at the nesting index; other wavelengths as the standards say.
fn filtered() -> Vec<Agreement> {
    let mut rows = Vec::new();
    // Whole periods over the map, and 40 points to a period.
    let wavelength = 400.0;
    for (kind, name) in [(Kind::Gaussian, "Gaussian"), (Kind::Spline, "spline")] {
        for ratio in [0.5, 1.0, 2.0] {
            let nesting = wavelength * ratio;
            let passes = match kind {
                Kind::Spline => {
                    let wave = |length: f64| (PI * 10.0 / length).sin();
                    1.0 / (1.0 + (wave(wavelength) / wave(nesting)).powi(4))
                }
                _ => (-LN_2 * ratio * ratio).exp(),
            };
            let chain = Evaluation { s: Some(Filter { kind, nesting: Micrometres(nesting) }), ..LEVEL };
            let map = map(1200, |x, _| 10.0 * (2.0 * PI * x / wavelength).cos());
            let amplitude = amplitude_inside(&evaluate(map, &chain, &mut |_| ()).expect("the surface can be filtered").map);
            rows.push(Agreement {
                surface: format!("{name}, wavelength {} x nesting index", 1.0 / ratio),
                symbol: "transmission",
                found: Some(amplitude / 10.0),
                expected: passes,
                tolerance: 1e-6,
                source: CLOSED_FORM,
            });
        }
    }
    rows
}

/// Half of highest less lowest along the middle row, away from the rim.
fn amplitude_inside(map: &HeightMap) -> f64 {
    let middle = &map.heights_um()[600 * 1200..601 * 1200][500..700];
    let highest = middle.iter().copied().fold(f64::MIN, f64::max);
    let lowest = middle.iter().copied().fold(f64::MAX, f64::min);
    (highest - lowest) / 2.0 / (PI / 40.0).cos()
}

/// A form that a polynomial can be leaves nothing; robustly, scars do not pull it.
fn formed() -> Vec<Agreement> {
    let form = |x: f64, y: f64| 200.0 + 0.02 * x - (x * x) / 1.2e5 - (y * y) / 1.8e5 + x * y / 9e5;
    let chain = Evaluation { form: Form::Polynomial { degree: 2, fit: Fit::LeastSquares }, ..LEVEL };
    let found = parameters(map(300, form), &chain);
    let mut rows = compare("form of degree 2, least squares", &found, &[("Sz", 0.0, 1e-9)]);
    let pit = |x: f64, y: f64| if (x - 300.0).hypot(y + 200.0) < 400.0 { -100.0 } else { 0.0 };
    let noise = |x: f64, y: f64| 0.01 * ((x * 12.989 + y * 78.233).sin() * 437.585).fract();
    let chain = Evaluation { form: Form::Polynomial { degree: 2, fit: Fit::Robust }, ..LEVEL };
    let found = parameters(map(300, |x, y| form(x, y) + pit(x, y) + noise(x, y)), &chain);
    rows.extend(compare("form of degree 2 with a pit of 100 um, robust", &found, &[("Sz", 100.0, 5e-4)]));
    rows
}
