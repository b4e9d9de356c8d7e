use serde::Serialize;

use crate::surface::HeightMap;

/// Hybrid parameters (ISO 25178-2, 4.2), from neighbouring points that are all measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Hybrid {
    /// Root mean square gradient: differences of neighbours, each direction averaged over its own pairs.
    pub sdq: Option<f64>,
    /// Developed interfacial area ratio in percent: each cell of four points cut into triangles along both diagonals, the two areas
    /// averaged (ISO 25178-2:2021, D.3).
    pub sdr_percent: Option<f64>,
}

/// Sums of one row, then of all.
#[derive(Clone, Copy, Default)]
struct Mean {
    sum: f64,
    count: usize,
}

impl Mean {
    fn add(&mut self, row: Self) {
        self.sum += row.sum;
        self.count += row.count;
    }

    /// The sum of all values; one by one where some are no number.
    fn of(values: impl ExactSizeIterator<Item = f64> + Clone) -> Self {
        let (sum, count) = (values.clone().sum::<f64>(), values.len());
        if !sum.is_nan() {
            return Self { sum, count };
        }
        values
            .filter(|value| !value.is_nan())
            .fold(Self::default(), |mean, value| Self { sum: mean.sum + value, count: mean.count + 1 })
    }

    fn mean(self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / self.count as f64)
    }
}

/// Computes them.
pub(in crate::surface) fn hybrid(map: &HeightMap) -> Hybrid {
    let (per_x, per_y) = (map.spacing().x.0.recip(), map.spacing().y.0.recip());
    let (mut across, mut along, mut area) = (Mean::default(), Mean::default(), Mean::default());
    let mut above: Option<&[f64]> = None;
    for line in map.lines() {
        across.add(Mean::of(line.windows(2).map(|pair| ((pair[1] - pair[0]) * per_x).powi(2))));
        if let Some(above) = above {
            along.add(Mean::of(above.iter().zip(line).map(|(above, here)| ((here - above) * per_y).powi(2))));
            area.add(Mean::of(above.windows(2).zip(line.windows(2)).map(|(above, here)| cell(above, here, per_x, per_y))));
        }
        above = Some(line);
    }
    let sdq = across.mean().zip(along.mean()).map(|(across, along)| (across + along).sqrt());
    Hybrid { sdq, sdr_percent: area.mean().map(|ratio| 100.0 * ratio) }
}

/// By how much the surface of a cell is larger than its projection, as a share.
fn cell(above: &[f64], here: &[f64], per_x: f64, per_y: f64) -> f64 {
    let square = |rise: f64, per_run: f64| (rise * per_run) * (rise * per_run);
    let (top, bottom) = (square(above[1] - above[0], per_x), square(here[1] - here[0], per_x));
    let (left, right) = (square(here[0] - above[0], per_y), square(here[1] - above[1], per_y));
    let corner = |gradient: f64| (1.0 + gradient).sqrt();
    // Without the projection first, so that what is left is added up and not what it is taken from.
    0.25 * (corner(top + left) + corner(top + right) + corner(bottom + left) + corner(bottom + right)) - 1.0
}
