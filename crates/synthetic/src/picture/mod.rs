//! Pictures of a smooth head that is nobody's: a shaded ellipsoid in a clinic's cap, with small pits for scars.
//!
//! Skin follows the Fitzpatrick type, pits follow the scars of the chart and grow fainter as they improve, redness follows
//! the last session, and the words are burnt in. None of it is measured on anyone.

mod head;
mod pits;
mod words;

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageError};
use resurface_care::chart::View;

use crate::scars::Scar;

/// Width and height, in pixels.
pub(crate) const WIDTH: usize = 384;
pub(crate) const HEIGHT: usize = 512;
const QUALITY: u8 = 80;

/// What of a face changes from visit to visit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// Skin type, 1 to 6.
    pub(crate) fitzpatrick: u8,
    /// True improvement, as a fraction.
    pub(crate) improvement: f64,
    /// Redness, 0 to 1.
    pub(crate) redness: f64,
}

/// Red, green and blue, 0 to 1 each.
type Colour = [f32; 3];

/// A picture being painted.
struct Canvas {
    pixels: Vec<Colour>,
}

impl Canvas {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![0; 3 * self.pixels.len()];
        for (out, colour) in bytes.chunks_exact_mut(3).zip(&self.pixels) {
            for (byte, channel) in out.iter_mut().zip(colour) {
                *byte = (channel * 255.0 + 0.5) as u8; // a cast saturates at 0 and 255
            }
        }
        bytes
    }
}

/// How far a view is turned, as cosine and sine: the cheek that is named comes to the middle.
fn turned(view: View) -> (f32, f32) {
    const COSINE: f32 = 0.809; // 36 degrees
    const SINE: f32 = 0.588;
    match view {
        View::LeftOblique | View::LeftProfile => (COSINE, SINE),
        View::RightOblique | View::RightProfile => (COSINE, -SINE),
        View::Front | View::CloseUp => (1.0, 0.0),
    }
}

/// Paints a view and encodes it.
pub(crate) fn jpeg(view: View, scars: &[Scar], look: &Look, seed: u64, number: u32) -> Result<Vec<u8>, ImageError> {
    let mut file = Vec::with_capacity(40_000);
    let bytes = paint(view, scars, look, seed, number).bytes();
    JpegEncoder::new_with_quality(&mut file, QUALITY).encode(&bytes, WIDTH as u32, HEIGHT as u32, ExtendedColorType::Rgb8)?;
    Ok(file)
}

fn paint(view: View, scars: &[Scar], look: &Look, seed: u64, number: u32) -> Canvas {
    let mut canvas = head::paint(turned(view), look);
    pits::press(&mut canvas, turned(view), scars, look, seed, number);
    words::burn_in(&mut canvas);
    canvas
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scars::ScarKind;

    fn scars() -> Vec<Scar> {
        let kinds = [ScarKind::IcePick, ScarKind::BoxcarShallow, ScarKind::BoxcarDeep, ScarKind::Rolling];
        let scar = |at: usize| Scar { zone: "cheek_left", kind: kinds[at % 4], stubborn: 0.5 };
        (0..40).map(scar).collect()
    }

    /// Sum of what scars change in a picture.
    fn seen_of_scars(view: View, look: &Look) -> f32 {
        let (with, without) = (paint(view, &scars(), look, 1, 1), paint(view, &[], look, 1, 1));
        with.pixels.iter().zip(&without.pixels).map(|(one, other)| (one[1] - other[1]).abs()).sum()
    }

    #[test]
    fn scars_fade_as_they_improve_in_every_skin() {
        for fitzpatrick in 1..=6 {
            let at = |improvement| seen_of_scars(View::Front, &Look { fitzpatrick, improvement, redness: 0.0 });
            let (before, after) = (at(0.0), at(0.6));
            assert!(before > 20.0 && (after / before - 0.4).abs() < 0.05, "type {fitzpatrick}: {before} {after}");
        }
    }

    #[test]
    fn the_cheek_that_is_named_comes_to_the_camera() {
        let look = Look { fitzpatrick: 3, improvement: 0.0, redness: 0.0 };
        let seen = |view| seen_of_scars(view, &look);
        assert!(seen(View::LeftOblique) > 1.5 * seen(View::RightOblique));
    }

    #[test]
    fn skin_is_darker_by_type_and_redder_after_a_session() {
        let cheek = |fitzpatrick, redness| {
            paint(View::Front, &[], &Look { fitzpatrick, improvement: 0.0, redness }, 1, 1).pixels[270 * WIDTH + 140]
        };
        for fitzpatrick in 1..6 {
            assert!(cheek(fitzpatrick, 0.0)[1] > cheek(fitzpatrick + 1, 0.0)[1] + 0.03);
        }
        let ratio = |[red, green, _]: Colour| red / green;
        assert!(ratio(cheek(3, 1.0)) > 1.2 * ratio(cheek(3, 0.0)));
    }

    #[test]
    fn every_picture_carries_the_words() {
        let canvas = paint(View::RightOblique, &scars(), &Look { fitzpatrick: 2, improvement: 0.2, redness: 0.5 }, 1, 1);
        let white = canvas.pixels.iter().filter(|colour| **colour == [0.97; 3]).count();
        assert_eq!(white, words::dots() as usize * words::DOT * words::DOT);
    }
}
