//! Evenly spread base points: a Sobol sequence, scrambled by a seed.
//!
//! Direction numbers: Joe and Kuo, "new-joe-kuo-6.21201" (SIAM J. Sci. Comput. 30, 2008), first eight dimensions.
//! Scrambling: hash-based Owen scrambling (Burley, JCGT 9(4), 2020).

use crate::normal;
use std::sync::OnceLock;

/// How many latent quantities a point carries: `log g`, `log k`, `logit A` and up to three log baselines.
pub(crate) const LATENTS: usize = 6;
const DIMENSIONS: usize = LATENTS + 2;

/// Numbers of points tried in turn.
pub(crate) const LEVELS: [usize; 3] = [4096, 16_384, 65_536];

/// Base points for [`update`](crate::update()), made once from a seed and reused for every patient.
///
/// The same seed gives the same points on every platform. Larger sets are made when a patient first needs them.
#[derive(Debug, Default)]
pub struct BasePoints {
    seed: u64,
    levels: [OnceLock<PointSet>; LEVELS.len()],
}

impl BasePoints {
    /// Points from a seed.
    pub fn new(seed: u64) -> Self {
        Self { seed, ..Self::default() }
    }

    /// The seed the points came from.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    pub(crate) fn level(&self, level: usize) -> &PointSet {
        self.levels[level].get_or_init(|| PointSet::new(LEVELS[level], self.seed))
    }
}

/// One set of points, one list per coordinate.
#[derive(Debug)]
pub(crate) struct PointSet {
    /// Chooses the population draw, uniform.
    pub(crate) draw: Vec<f64>,
    /// Chooses the proposal, uniform.
    pub(crate) mixture: Vec<f64>,
    latents: [Latent; LATENTS],
}

impl PointSet {
    fn new(count: usize, seed: u64) -> Self {
        let latent = |i: usize| Latent {
            dimension: if i < LATENTS - 1 { i + 1 } else { DIMENSIONS - 1 },
            count,
            seed,
            normal: OnceLock::new(),
            student: OnceLock::new(),
        };
        Self {
            draw: scrambled_sobol(0, count, seed),
            mixture: scrambled_sobol(LATENTS, count, seed),
            latents: core::array::from_fn(latent),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.draw.len()
    }

    /// Standard normal deviates of one latent quantity.
    pub(crate) fn normal(&self, latent: usize) -> &[f64] {
        let latent = &self.latents[latent];
        latent.normal.get_or_init(|| latent.uniform().map(normal::quantile).collect())
    }

    /// Student deviates of the same uniforms, with the log of their density without its constant.
    pub(crate) fn student(&self, latent: usize) -> &Student {
        let latent = &self.latents[latent];
        latent.student.get_or_init(|| {
            let deviate: Vec<f64> = latent.uniform().map(normal::student_quantile).collect();
            let log_kernel = deviate.iter().map(|&value| normal::student_log_kernel(value)).collect();
            Student { deviate, log_kernel }
        })
    }
}

/// The deviates of one latent quantity, made when a patient first needs them: quantiles are slow, and few patients need all.
#[derive(Debug)]
struct Latent {
    dimension: usize,
    count: usize,
    seed: u64,
    normal: OnceLock<Vec<f64>>,
    student: OnceLock<Student>,
}

impl Latent {
    fn uniform(&self) -> impl Iterator<Item = f64> {
        scrambled_sobol(self.dimension, self.count, self.seed).into_iter()
    }
}

/// Student deviates and the logs of their densities.
#[derive(Debug)]
pub(crate) struct Student {
    /// The deviates.
    pub(crate) deviate: Vec<f64>,
    /// Log of the density at each, without its constant.
    pub(crate) log_kernel: Vec<f64>,
}

/// Degree, coefficients and initial numbers of dimensions 2 to 8.
const DIRECTIONS: [(u32, u32, [u32; 5]); DIMENSIONS - 1] = [
    (1, 0, [1, 0, 0, 0, 0]),
    (2, 1, [1, 3, 0, 0, 0]),
    (3, 1, [1, 3, 1, 0, 0]),
    (3, 2, [1, 1, 1, 0, 0]),
    (4, 1, [1, 1, 3, 3, 0]),
    (4, 4, [1, 3, 5, 13, 0]),
    (5, 2, [1, 1, 5, 5, 17]),
];

fn scrambled_sobol(dimension: usize, count: usize, seed: u64) -> Vec<f64> {
    let directions = direction_numbers(dimension);
    let key = mix(seed ^ (dimension as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    (0..count as u32)
        .map(|index| {
            let mut bits = 0;
            for (position, direction) in directions.iter().enumerate() {
                if index >> position & 1 == 1 {
                    bits ^= direction;
                }
            }
            // the middle of the cell, so that 0 and 1 never occur
            (f64::from(owen_scramble(bits, key as u32, (key >> 32) as u32)) + 0.5) / 4_294_967_296.0
        })
        .collect()
}

fn direction_numbers(dimension: usize) -> [u32; 32] {
    let mut v = [0_u32; 32];
    if dimension == 0 {
        for (i, number) in v.iter_mut().enumerate() {
            *number = 1 << (31 - i);
        }
        return v;
    }
    let (degree, coefficients, initial) = DIRECTIONS[dimension - 1];
    let degree = degree as usize;
    for i in 0..32 {
        v[i] = if i < degree {
            initial[i] << (31 - i)
        } else {
            let mut number = v[i - degree] ^ (v[i - degree] >> degree);
            for j in 1..degree {
                if coefficients >> (degree - 1 - j) & 1 == 1 {
                    number ^= v[i - j];
                }
            }
            number
        };
    }
    v
}

/// Nested uniform scrambling by a hash in which each bit depends only on higher ones.
fn owen_scramble(bits: u32, first: u32, second: u32) -> u32 {
    let mut x = bits.reverse_bits();
    x ^= x.wrapping_mul(0x3D20_ADEA);
    x = x.wrapping_add(first);
    x = x.wrapping_mul((first >> 16) | 1);
    x ^= x.wrapping_mul(0x0552_6C56);
    x ^= x.wrapping_mul(0x53A2_2864);
    x = x.wrapping_add(second);
    x ^= x.wrapping_mul(0x3D20_ADEA);
    x.reverse_bits()
}

/// SplitMix64's output function.
pub(crate) fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_coordinate_is_stratified() {
        for dimension in 0..DIMENSIONS {
            let mut cells = vec![0; 4096];
            for u in scrambled_sobol(dimension, 4096, 7) {
                cells[(u * 4096.0) as usize] += 1;
            }
            assert!(cells.iter().all(|&count| count == 1), "dimension {dimension}");
        }
    }

    #[test]
    fn the_first_pair_fills_every_elementary_box() {
        let (x, y) = (scrambled_sobol(0, 4096, 3), scrambled_sobol(1, 4096, 3));
        for bits in 0..=12 {
            let (columns, rows) = (f64::from(1 << bits), f64::from(1 << (12 - bits)));
            let mut cells = vec![0; 4096];
            for (u, v) in x.iter().zip(&y) {
                cells[(u * columns) as usize * rows as usize + (v * rows) as usize] += 1;
            }
            assert!(cells.iter().all(|&count| count == 1), "2^{bits} columns");
        }
    }

    #[test]
    fn products_of_all_coordinates_integrate_closely() {
        let coordinates: Vec<Vec<f64>> = (0..DIMENSIONS).map(|d| scrambled_sobol(d, 4096, 11)).collect();
        for first in 0..DIMENSIONS {
            for second in 0..first {
                let sum: f64 = coordinates[first].iter().zip(&coordinates[second]).map(|(u, v)| u * v).sum();
                assert!((sum / 4096.0 - 0.25).abs() < 1e-3, "{first} {second}: {}", sum / 4096.0);
            }
        }
    }

    #[test]
    fn the_seed_decides_the_points() {
        let first = BasePoints::new(1);
        assert_eq!(first.level(0).draw, BasePoints::new(1).level(0).draw);
        assert_ne!(first.level(0).draw, BasePoints::new(2).level(0).draw);
    }
}
