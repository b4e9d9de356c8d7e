//! Where the skin may be depressed.

use super::chart::Chart;
use crate::scan::solve::quantile;
use crate::scan::vector::{add, distance, unit};
use crate::scan::{Point, Surface};

/// A place that may be a scar.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) point: Point,
    pub(super) normal: Point,
    pub(super) radius_mm: f64,
    /// How much deeper it is than what surrounds it, in millimetres: a pit answers most strongly to its own width.
    pub(super) answer_mm: f64,
}

/// Pieces of skin are this far apart at most, in millimetres.
const PIECE_MM: f64 = 22.0;
/// What of the skin around a piece is needed to see its edge, in millimetres.
const MARGIN_MM: f64 = 8.0;
/// Closest cells, in millimetres: a quarter of the narrowest ice pick.
const CELL_MM_MIN: f64 = 0.25;
/// Widest blur, in millimetres: a rolling scar of 12 mm answers most strongly to a third of its width.
const SIGMA_MM_MAX: f64 = 4.0;
/// Least strength. A candidate is only looked at: gates and the floor decide.
const STRENGTH_MIN: f64 = 4.0;
/// Least answer in millimetres: a depth of 0.05 mm gives a fifth of itself.
const ANSWER_MM_MIN: f64 = 0.01;

/// Places that may be scars, the strongest first.
pub(super) fn candidates(surface: &Surface<'_>) -> Vec<Candidate> {
    let pieces = pieces(surface);
    let dx_mm = surface.spacing_mm.max(CELL_MM_MIN);
    let mut found = Vec::new();
    for (at, &(middle, normal)) in pieces.iter().enumerate() {
        let near: Vec<Point> = pieces
            .iter()
            .enumerate()
            .filter(|&(other, piece)| other != at && distance(piece.0, middle) < 4.0 * PIECE_MM)
            .map(|(_, piece)| piece.0)
            .collect();
        let own = |candidate: &Candidate| {
            let away = distance(candidate.point, middle);
            near.iter().all(|other| distance(candidate.point, *other) >= away)
        };
        let mut chart = Chart::cut(surface, middle, normal, PIECE_MM + MARGIN_MM, dx_mm);
        while 1.2 * chart.dx_mm < SIGMA_MM_MAX {
            octave(&chart, &mut |candidate| {
                if own(&candidate) {
                    found.push(candidate);
                }
            });
            chart = chart.halved();
        }
    }
    found.sort_by(|a, b| b.answer_mm.total_cmp(&a.answer_mm));
    found
}

/// Middles of pieces of skin with their direction outwards: every place of the skin is within reach of one.
fn pieces(surface: &Surface<'_>) -> Vec<(Point, Point)> {
    let samples = surface.thinned(PIECE_MM / 6.0);
    let point = |at: u32| surface.mesh.vertices[at as usize];
    let mut middles: Vec<Point> = Vec::new();
    for &at in &samples {
        if middles.iter().all(|middle| distance(*middle, point(at)) > PIECE_MM) {
            middles.push(point(at));
        }
    }
    let normal = |middle: &Point| {
        let near = samples.iter().filter(|&&at| distance(point(at), *middle) < 0.6 * PIECE_MM);
        unit(near.fold([0.0; 3], |sum, &at| add(sum, surface.normal_at(at as usize))))
    };
    middles.iter().filter_map(|middle| Some((*middle, normal(middle)?))).collect()
}

/// Differences of Gaussians at two widths (Lindeberg 1998): where one is largest, something as wide as it is lower than around it.
fn octave(chart: &Chart, take: &mut dyn FnMut(Candidate)) {
    const SIGMAS: [f64; 3] = [1.2, 1.7, 2.4];
    let blurred = SIGMAS.map(|sigma| chart.smoothed(sigma, 0.9));
    for (pair, sigmas) in blurred.windows(2).zip(SIGMAS.windows(2)) {
        let answers: Vec<f32> = pair[1].iter().zip(&pair[0]).map(|(wide, narrow)| wide - narrow).collect();
        let mut there: Vec<f64> = answers.iter().filter(|answer| !answer.is_nan()).map(|answer| f64::from(*answer)).collect();
        if there.len() < 50 {
            continue;
        }
        // a sphere answers everywhere alike
        let level = quantile(&mut there, 0.5);
        there.iter_mut().for_each(|answer| *answer = (*answer - level).abs());
        let spread = 1.4826 * quantile(&mut there, 0.5).max(1e-9);
        let least = level + f64::max(STRENGTH_MIN * spread, ANSWER_MM_MIN);
        for row in 1..chart.side - 1 {
            for column in 1..chart.side - 1 {
                let cell = row * chart.side + column;
                let answer = answers[cell];
                if f64::from(answer) <= least || answer.is_nan() {
                    continue;
                }
                let around = [cell - chart.side, cell, cell + chart.side].into_iter().flat_map(|middle| middle - 1..=middle + 1);
                if around.filter(|&other| other != cell).all(|other| answers[other] <= answer) {
                    take(Candidate {
                        point: chart.point(chart.place(cell), f64::from(pair[0][cell])),
                        normal: chart.normal,
                        radius_mm: 1.3 * sigmas[1] * chart.dx_mm,
                        answer_mm: f64::from(answer) - level,
                    });
                }
            }
        }
    }
}
