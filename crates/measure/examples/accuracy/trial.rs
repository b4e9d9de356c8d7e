//! One phantom, measured, held against its truth.

use resurface_measure::phantom::{Base, Capture, Count, Phantom, Relief, Scar as Truth, Skin, Tessellation};
use resurface_measure::scan::scars::{Reported, Scar};
use resurface_measure::scan::{Point, ScarType, Settings, Visit, measure};

/// What is varied.
#[derive(Clone, Copy)]
pub(crate) struct Setting {
    pub(crate) spacing_mm: f64,
    pub(crate) noise_mm: f64,
    pub(crate) shared_noise_mm: f64,
    pub(crate) blur_mm: f64,
}

impl Default for Setting {
    fn default() -> Self {
        Self { spacing_mm: 0.3, noise_mm: 0.02, shared_noise_mm: 0.01, blur_mm: 0.0 }
    }
}

/// Skin on a face with relief of 0.01 mm over 1 mm.
pub(crate) fn skin(seed: u64, count: &Count) -> Skin {
    let skin = Skin::scarred(seed, Base::Face, [62.0, 78.0], count).expect("there is room");
    Skin { texture: Relief { sd_mm: 0.01, length_mm: 1.0 }, ..skin }
}

pub(crate) const SCARS: Count = Count { ice_picks: 10, boxcars: 10, rolling: 8 };

pub(crate) fn capture(seed: u64, setting: &Setting) -> Capture {
    Capture {
        seed,
        spacing_mm: setting.spacing_mm,
        blur_fwhm_mm: setting.blur_mm,
        white_noise_mm: setting.noise_mm,
        shared_noise: Relief { sd_mm: setting.shared_noise_mm, length_mm: 2.0 },
        tessellation: Tessellation::Scattered,
        ..Capture::default()
    }
}

pub(crate) fn settings(setting: &Setting) -> Settings {
    Settings { blur_mm: Some(setting.blur_mm), ..Settings::default() }
}

pub(crate) fn away(a: Point, b: Point) -> f64 {
    (0..3).map(|k| (a[k] - b[k]).powi(2)).sum::<f64>().sqrt()
}

/// A scar and what was found of it.
pub(crate) struct Row {
    pub(crate) truth: Truth,
    pub(crate) found: Option<Scar>,
}

/// All scars of some phantoms.
#[derive(Default)]
pub(crate) struct Trial {
    pub(crate) rows: Vec<Row>,
    pub(crate) false_scars: usize,
}

impl Trial {
    pub(crate) fn add(&mut self, phantom: &Phantom, visit: &Visit) {
        let mut left: Vec<&Scar> = visit.scars.iter().collect();
        for truth in &phantom.scars {
            let near = left
                .iter()
                .enumerate()
                .map(|(at, scar)| (away(scar.position, truth.position), at))
                .filter(|(apart, _)| *apart < 2.0)
                .min_by(|a, b| a.0.total_cmp(&b.0));
            self.rows.push(Row { truth: *truth, found: near.map(|(_, at)| *left.swap_remove(at)) });
        }
        self.false_scars += left.len();
    }

    pub(crate) fn run(setting: &Setting, seeds: std::ops::Range<u64>) -> Self {
        let mut trial = Self::default();
        for seed in seeds {
            let phantom = capture(seed, setting).of(&skin(seed, &SCARS)).expect("it can be made");
            trial.add(&phantom, &measure(&phantom.mesh, &settings(setting)).expect("it can be measured"));
        }
        trial
    }

    pub(crate) fn of(&self, scar_type: ScarType) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.truth.scar_type == Some(scar_type))
    }

    pub(crate) fn agreement(&self, scar_type: ScarType, number: Number) -> Agreement {
        let pairs = self.of(scar_type).filter_map(|row| number.of(row));
        Agreement::of(&pairs.collect::<Vec<_>>())
    }
}

/// What is compared.
#[derive(Clone, Copy)]
pub(crate) enum Number {
    Depth,
    Volume,
    Area,
}

impl Number {
    /// Found, its uncertainty, and the truth.
    fn of(self, row: &Row) -> Option<(f64, f64, f64)> {
        let scar = row.found.as_ref()?;
        let (reported, truth): (&Reported, f64) = match self {
            Self::Depth => (&scar.depth, row.truth.depth_mm),
            Self::Volume => (&scar.volume, row.truth.volume_mm3),
            Self::Area => (&scar.area, row.truth.pit.area_mm2(0.25)),
        };
        let quantity = reported.quantity()?;
        Some((quantity.value, quantity.uncertainty, truth))
    }
}

/// How numbers agree with their truth.
#[derive(Clone, Copy)]
pub(crate) struct Agreement {
    pub(crate) count: usize,
    /// Sum of what was found over sum of the truth, less 1.
    pub(crate) bias: f64,
    /// Standard deviation of found over truth.
    pub(crate) spread: f64,
    /// Share of 95 % intervals that hold the truth.
    pub(crate) covered: f64,
}

impl Agreement {
    pub(crate) fn of(pairs: &[(f64, f64, f64)]) -> Self {
        let count = pairs.len() as f64;
        let sum = |of: fn(&(f64, f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>();
        let mean = sum(|pair| pair.0 / pair.2) / count;
        let variance = pairs.iter().map(|pair| (pair.0 / pair.2 - mean).powi(2)).sum::<f64>() / (count - 1.0);
        let covered = pairs.iter().filter(|pair| (pair.0 - pair.2).abs() <= 1.96 * pair.1).count() as f64 / count;
        Self { count: pairs.len(), bias: sum(|pair| pair.0) / sum(|pair| pair.2) - 1.0, spread: variance.sqrt(), covered }
    }
}

impl std::fmt::Display for Agreement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.count < 3 {
            return write!(f, "- | - | -");
        }
        write!(f, "{:+.1} | {:.1} | {:.0}", 100.0 * self.bias, 100.0 * self.spread, 100.0 * self.covered)
    }
}
