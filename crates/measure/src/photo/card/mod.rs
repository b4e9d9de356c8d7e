//! A card of 24 known colours in the picture: found in any orientation, and used to correct the colours of the picture.

mod correct;
mod find;

use serde::Serialize;

use super::colour::{self, Lab, Matrix};
use super::overview::Overview;
use correct::{Fit, fit};

/// Columns and rows of the card, brown patch first.
const COLUMNS: usize = 6;
const ROWS: usize = 4;
const PATCHES: usize = COLUMNS * ROWS;

/// What a card in a picture came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "card", rename_all = "snake_case")]
pub enum CardFound {
    /// None was looked for.
    NotSought,
    /// None was found.
    NotFound,
    /// One was found.
    Found(CardFit),
}

/// How well the card corrects the picture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardFit {
    /// Whether it corrects well enough for absolute colours: left out one by one, patches are off by 3 on average at most, and so are
    /// the two of skin.
    pub accepted: bool,
    /// Patches that were used: clipped ones are not.
    pub patches: usize,
    /// By how much the card is turned, clockwise, in degrees.
    pub turned_degrees: f64,
    /// Mean CIEDE2000 that is left.
    pub residual_mean: f64,
    /// Largest CIEDE2000 that is left.
    pub residual_max: f64,
    /// Mean CIEDE2000 of patches that were left out of the fit one by one.
    pub left_out_mean: f64,
    /// Largest of them.
    pub left_out_max: f64,
    /// Mean CIEDE2000 that is left at the two patches of skin colour.
    pub skin_mean: f64,
}

/// A card, and the matrix that corrects linear light by it.
pub(super) struct Card {
    pub(super) fit: CardFit,
    pub(super) matrix: Matrix,
}

/// Mean CIEDE2000 of patches left out, and of the patches of skin, up to which colours are absolute (design 2.2).
pub(super) const LEFT_OUT_MAX: f64 = 3.0;
/// Mean CIEDE2000 up to which 24 patches are taken for this card at all (ours; the next best orientation is at 20 and more).
const IS_CARD_MAX: f64 = 10.0;
/// Patches that have to be left when clipped ones are taken out.
const USED_MIN: usize = 18;

/// What looking for a card came to.
pub(super) enum Sought {
    None,
    /// The card, and so the picture, is a mirror image.
    Mirrored,
    Found(Card),
}

/// Looks for a card on the overview, whose colours are not corrected yet.
pub(super) fn seek(overview: &Overview) -> Sought {
    let reference = reference();
    let mut best: Option<(f64, bool, Fit, f64, Vec<usize>)> = None;
    for grid in find::grids(overview) {
        let patches = grid.patches(overview);
        for way in find::WAYS {
            let order = way.order(grid.columns);
            let pairs: Vec<(usize, [f64; 3])> = order
                .iter()
                .enumerate()
                .filter_map(|(patch, at)| patches[*at].filter(|patch| !patch.clipped).map(|found| (patch, found.linear)))
                .collect();
            if pairs.len() < USED_MIN {
                continue;
            }
            let measured: Vec<([f64; 3], Lab)> = pairs.iter().map(|(patch, linear)| (*linear, reference[*patch])).collect();
            let Some(found) = fit(&measured, correct::Care::Rough) else { continue };
            if best.as_ref().is_none_or(|(least, ..)| found.mean < *least) {
                let indices = pairs.iter().map(|(patch, _)| *patch).collect();
                let turned = grid.turned_degrees(way);
                let found = Fit { pairs: measured, ..found };
                best = Some((found.mean, way.mirrored, found, turned, indices));
            }
        }
    }
    let Some((_, mirrored, rough, turned_degrees, indices)) = best.filter(|(mean, ..)| *mean <= IS_CARD_MAX) else {
        return Sought::None;
    };
    if mirrored {
        return Sought::Mirrored;
    }
    let Some(fitted) = fit(&rough.pairs, correct::Care::Full) else { return Sought::None };
    let left_out = correct::left_out(&rough.pairs);
    let left_out_mean = left_out.iter().sum::<f64>() / left_out.len() as f64;
    // The first two patches are of dark and light skin.
    let skin: Vec<f64> = indices.iter().zip(&fitted.residuals).filter(|(patch, _)| **patch < 2).map(|(_, left)| *left).collect();
    let skin_mean = if skin.is_empty() { f64::INFINITY } else { skin.iter().sum::<f64>() / skin.len() as f64 };
    let fit = CardFit {
        accepted: left_out_mean <= LEFT_OUT_MAX && skin_mean <= LEFT_OUT_MAX,
        patches: indices.len(),
        turned_degrees,
        residual_mean: fitted.mean,
        residual_max: fitted.residuals.iter().copied().fold(0.0, f64::max),
        left_out_mean,
        left_out_max: left_out.iter().copied().fold(0.0, f64::max),
        skin_mean,
    };
    Sought::Found(Card { fit, matrix: fitted.matrix })
}

/// Known colours of the patches under D65.
fn reference() -> Vec<Lab> {
    let table = include_str!("reference_2014.csv");
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let mut values = line.split(',').map(|value| value.parse().unwrap_or(f64::NAN));
            let mut next = || values.next().unwrap_or(f64::NAN);
            colour::from_d50(Lab { l: next(), a: next(), b: next() })
        })
        .collect()
}
