//! A picture of a scan with what was found on it: values in colours with their scale, and scars ringed and numbered.

use super::align::Pose;
use super::picture::{View, change_colour, picture};
use super::{Mesh, Scar};
use crate::Error;
use crate::drawing::ramp::Ramp;
use crate::drawing::{Drawn, INK, PAPER, legend};
use crate::surface::picture::Picture;

/// Smallest ring around a scar, in pixels.
const RING_PX_MIN: f64 = 6.0;

/// A value of each point, drawn in colours.
#[derive(Clone, Copy, Debug)]
pub struct Values<'a> {
    /// The values in millimetres; no number where there is none.
    pub mm: &'a [f32],
    /// End of the scale in millimetres, both ways; what is beyond has the colour of the end.
    pub end_mm: f64,
}

/// Draws a scan after a motion as a PNG file: with values in colours and their scale at the right, or with its scars ringed and
/// numbered from 1.
///
/// # Errors
/// When the picture is too large for a PNG file.
pub fn sheet(mesh: &Mesh, pose: &Pose, view: &View, values: Option<Values<'_>>, scars: &[Scar]) -> Result<Vec<u8>, Error> {
    let tint = |at: usize| {
        let values = values?;
        values.mm.get(at).filter(|mm| !mm.is_nan()).map(|mm| change_colour(f64::from(*mm) / values.end_mm))
    };
    let Picture { width, height, rgb } = picture(mesh, pose, view, &tint);
    let mut drawn = Drawn { width: width as usize, height: height as usize, rgb };
    for (at, scar) in scars.iter().enumerate() {
        let [x, y, _] = view.seen(pose.of(scar.position));
        ring(&mut drawn, [x, y], (scar.seen_width_mm * 0.5 / view.pixel_mm + 3.0).max(RING_PX_MIN), at + 1);
    }
    let drawn = match values {
        None => drawn,
        Some(Values { end_mm, .. }) => {
            legend::beside((drawn.width, drawn.height), |at| drawn.at(at), &Ramp::new(), [-end_mm, end_mm], "mm")
        }
    };
    let pixels = drawn.width as u64 * drawn.height as u64;
    drawn.png().ok_or(Error::TooLarge { what: "the picture", size: pixels, limit: u64::from(u32::MAX) })
}

/// A ring with its number beside it.
fn ring(drawn: &mut Drawn, [x, y]: [f64; 2], radius: f64, number: usize) {
    let steps = (radius * 8.0).ceil() as usize;
    for step in 0..steps {
        let (sine, cosine) = (std::f64::consts::TAU * step as f64 / steps as f64).sin_cos();
        for (thick, colour) in [(-1.0, PAPER), (0.0, INK), (1.0, INK), (2.0, PAPER)] {
            let (px, py) = (x + (radius + thick) * cosine, y + (radius + thick) * sine);
            if px >= 0.0 && py >= 0.0 {
                drawn.set(px as usize, py as usize, colour);
            }
        }
    }
    let text = number.to_string();
    let (wide, tall) = legend::size_of(&text);
    let right = drawn.width.saturating_sub(wide + 3);
    let (left, top) = (
        ((x + radius + 6.0).max(3.0) as usize).min(right),
        ((y - 7.0).max(3.0) as usize).min(drawn.height.saturating_sub(tall + 3)),
    );
    for row in 0..tall + 4 {
        for column in 0..wide + 4 {
            drawn.set((left + column).saturating_sub(2), (top + row).saturating_sub(2), PAPER);
        }
    }
    drawn.write(left, top, &text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phantom::{Base, Capture, Count, Skin};
    use crate::scan::{Settings, measure};

    fn decoded(png: &[u8]) -> image::RgbImage {
        image::load_from_memory(png).unwrap().to_rgb8()
    }

    #[test]
    fn scars_are_ringed_where_they_are_and_values_have_their_scale() {
        let count = Count { ice_picks: 0, boxcars: 4, rolling: 0 };
        let skin = Skin::scarred(5, Base::Sphere { radius_mm: 80.0 }, [25.0, 25.0], &count).unwrap();
        let mesh = Capture::default().of(&skin).unwrap().mesh;
        let scars = measure(&mesh, &Settings::default()).unwrap().scars;
        assert!(!scars.is_empty());
        let view = View::of(&mesh, 400);
        let plain = decoded(&sheet(&mesh, &Pose::STILL, &view, None, &[]).unwrap());
        let ringed = decoded(&sheet(&mesh, &Pose::STILL, &view, None, &scars).unwrap());
        let changed: Vec<(f64, f64)> = plain
            .enumerate_pixels()
            .filter(|(x, y, pixel)| *pixel != ringed.get_pixel(*x, *y))
            .map(|(x, y, _)| (f64::from(x), f64::from(y)))
            .collect();
        for scar in &scars {
            let [x, y, _] = view.seen(scar.position);
            let around = changed.iter().filter(|(px, py)| (px - x).hypot(py - y) < scar.seen_width_mm / view.pixel_mm + 10.0);
            assert!(around.count() > 60, "no ring at {x} {y}");
        }

        let mm = vec![0.25_f32; mesh.vertices.len()];
        let valued = decoded(&sheet(&mesh, &Pose::STILL, &view, Some(Values { mm: &mm, end_mm: 0.5 }), &[]).unwrap());
        assert!(valued.width() > plain.width());
        let top = valued.get_pixel(plain.width() + 20, 40).0;
        assert!(top[0] > top[2] + 60, "the upper end of the scale is brown: {top:?}");
    }
}
