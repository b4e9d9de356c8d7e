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

    fn of(values: impl Iterator<Item = f64>) -> Self {
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
    let (dx, dy) = (map.spacing().x.0, map.spacing().y.0);
    let (mut across, mut along, mut area) = (Mean::default(), Mean::default(), Mean::default());
    let mut above: Option<&[f64]> = None;
    for line in map.lines() {
        across.add(Mean::of(line.windows(2).map(|pair| ((pair[1] - pair[0]) / dx).powi(2))));
        if let Some(above) = above {
            along.add(Mean::of(above.iter().zip(line).map(|(above, here)| ((here - above) / dy).powi(2))));
            area.add(Mean::of(above.windows(2).zip(line.windows(2)).map(|(above, here)| cell(above, here, dx, dy))));
        }
        above = Some(line);
    }
    let sdq = across.mean().zip(along.mean()).map(|(across, along)| (across + along).sqrt());
    Hybrid { sdq, sdr_percent: area.mean().map(|ratio| 100.0 * ratio) }
}

/// By how much the surface of a cell is larger than its projection, as a share.
fn cell(above: &[f64], here: &[f64], dx: f64, dy: f64) -> f64 {
    let square = |rise: f64, run: f64| (rise / run) * (rise / run);
    let (top, bottom) = (square(above[1] - above[0], dx), square(here[1] - here[0], dx));
    let (left, right) = (square(here[0] - above[0], dy), square(here[1] - above[1], dy));
    // sqrt(1 + g) - 1 without losing the digits of a small g
    let excess = |gradient: f64| gradient / ((1.0 + gradient).sqrt() + 1.0);
    0.25 * (excess(top + left) + excess(top + right) + excess(bottom + left) + excess(bottom + right))
}
