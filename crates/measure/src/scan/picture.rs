//! A scan as a picture: seen from in front of the skin, shaded, with a value of each point in colours and its scars ringed and
//! numbered.

use super::vector::{add, along, cross, dot, sub, unit};
use super::{Mesh, Point, Scar};
use crate::Error;
use crate::drawing::ramp::Ramp;
use crate::drawing::{Drawn, INK, PAPER, legend};

/// Pixels of the longer side, without the scale.
const SIDE_PX: f64 = 900.0;
/// Around the scan, in pixels.
const MARGIN_PX: f64 = 16.0;
/// Skin without a value (sRGB).
const SKIN: [f64; 3] = [214.0, 205.0, 196.0];
/// Light that reaches what faces away from the viewer, of 1.
const LEAST_LIGHT: f64 = 0.3;
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

/// Draws a scan as a PNG file. With values, their scale stands at the right.
///
/// # Errors
/// When there is nothing to draw.
pub fn picture(mesh: &Mesh, values: Option<Values<'_>>, scars: &[Scar]) -> Result<Vec<u8>, Error> {
    let view = View::of(mesh).ok_or(Error::TooFewTriangles { needed: 1, found: mesh.triangles.len() })?;
    let mut canvas = Canvas::new(&view);
    for corners in &mesh.triangles {
        canvas.triangle(&view, mesh, *corners, values.as_ref());
    }
    for (at, scar) in scars.iter().enumerate() {
        let [x, y, _] = view.pixel(scar.position);
        canvas.ring(x, y, (scar.seen_width_mm * 0.5 * view.px_per_mm + 3.0).max(RING_PX_MIN), at + 1);
    }
    let drawn = match values {
        None => canvas.drawn,
        Some(values) => {
            let Drawn { width, height, .. } = canvas.drawn;
            legend::beside((width, height), |at| canvas.drawn.at(at), &canvas.ramp, [-values.end_mm, values.end_mm], "mm")
        }
    };
    drawn.png().ok_or(Error::TooLarge { what: "the picture", size: mesh.vertices.len() as u64, limit: 0 })
}

/// Where the viewer stands: in front of the skin, far away, its y axis up.
struct View {
    right: Point,
    up: Point,
    out: Point,
    left_mm: f64,
    top_mm: f64,
    px_per_mm: f64,
    width: usize,
    height: usize,
}

impl View {
    fn of(mesh: &Mesh) -> Option<Self> {
        let corner = |at: u32| mesh.vertices.get(at as usize).copied();
        let facing = mesh.triangles.iter().filter_map(|&[a, b, c]| {
            let (a, b, c) = (corner(a)?, corner(b)?, corner(c)?);
            Some(cross(sub(b, a), sub(c, a)))
        });
        let out = unit(facing.fold([0.0; 3], add))?;
        // A scan lies as a head stands or as a table does: whichever of the two axes the skin faces less is up.
        let upright = if out[1].abs() < 0.9 { [0.0, 1.0, 0.0] } else { [0.0, 0.0, 1.0] };
        let up = unit(along(upright, out, -dot(upright, out)))?;
        let right = cross(up, out);
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for point in &mesh.vertices {
            for (axis, along) in [dot(*point, right), dot(*point, up)].into_iter().enumerate() {
                low[axis] = low[axis].min(along);
                high[axis] = high[axis].max(along);
            }
        }
        let sides = [high[0] - low[0], high[1] - low[1]];
        let px_per_mm = SIDE_PX / sides[0].max(sides[1]);
        let px = |side: f64| (side * px_per_mm + 2.0 * MARGIN_PX).ceil() as usize;
        let margin_mm = MARGIN_PX / px_per_mm;
        let (left_mm, top_mm) = (low[0] - margin_mm, high[1] + margin_mm);
        (px_per_mm.is_finite() && px_per_mm > 0.0).then(|| Self {
            right,
            up,
            out,
            left_mm,
            top_mm,
            px_per_mm,
            width: px(sides[0]),
            height: px(sides[1]),
        })
    }

    /// Pixel across and down, and how near the viewer it is in millimetres.
    fn pixel(&self, point: Point) -> [f64; 3] {
        let across = (dot(point, self.right) - self.left_mm) * self.px_per_mm;
        let down = (self.top_mm - dot(point, self.up)) * self.px_per_mm;
        [across, down, dot(point, self.out)]
    }
}

struct Canvas {
    drawn: Drawn,
    /// How near the viewer is what was drawn at each pixel.
    near: Vec<f64>,
    ramp: Ramp,
}

impl Canvas {
    fn new(view: &View) -> Self {
        let pixels = view.width * view.height;
        Self { drawn: Drawn::new(view.width, view.height), near: vec![f64::NEG_INFINITY; pixels], ramp: Ramp::new() }
    }

    /// A triangle: whatever of it is nearer than what was drawn before.
    fn triangle(&mut self, view: &View, mesh: &Mesh, corners: [u32; 3], values: Option<&Values<'_>>) {
        let places = corners.map(|at| mesh.vertices[at as usize]);
        let Some(normal) = unit(cross(sub(places[1], places[0]), sub(places[2], places[0]))) else { return };
        let light = LEAST_LIGHT + (1.0 - LEAST_LIGHT) * dot(normal, view.out).abs();
        let pixels = places.map(|place| view.pixel(place));
        let value_of = |at: u32| values.map(|values| values.mm.get(at as usize).copied().unwrap_or(f32::NAN));
        let held = corners.map(value_of);
        let [a, b, c] = pixels;
        let whole = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
        if whole == 0.0 {
            return;
        }
        let low = |axis: usize| a[axis].min(b[axis]).min(c[axis]).floor().max(0.0) as usize;
        let high = |axis: usize, most: usize| (a[axis].max(b[axis]).max(c[axis]).ceil() as usize).min(most - 1);
        for y in low(1)..=high(1, view.height) {
            for x in low(0)..=high(0, view.width) {
                let (px, py) = (x as f64, y as f64);
                let of_b = ((px - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (py - a[1])) / whole;
                let of_c = ((b[0] - a[0]) * (py - a[1]) - (px - a[0]) * (b[1] - a[1])) / whole;
                let shares = [1.0 - of_b - of_c, of_b, of_c];
                // a little over the edge, so that no gap shows between neighbours
                if shares.iter().any(|share| *share < -1e-6) {
                    continue;
                }
                let near: f64 = shares.iter().zip(&pixels).map(|(share, pixel)| share * pixel[2]).sum();
                let at = y * view.width + x;
                if near > self.near[at] {
                    self.near[at] = near;
                    let value = values.map(|values| {
                        let mm: f64 =
                            shares.iter().zip(&held).map(|(share, value)| share * f64::from(value.unwrap_or(f32::NAN))).sum();
                        mm / values.end_mm
                    });
                    let colour = self.shaded(value, light);
                    self.drawn.set(x, y, colour);
                }
            }
        }
    }

    /// Skin in this light; in the colour of its value where it has one.
    fn shaded(&self, value: Option<f64>, light: f64) -> [u8; 3] {
        let colour = match value {
            Some(share) if share.is_finite() => self.ramp.at(share).map(f64::from),
            _ => SKIN,
        };
        colour.map(|part| (part * light).round() as u8)
    }

    /// A ring with its number beside it.
    fn ring(&mut self, x: f64, y: f64, radius: f64, number: usize) {
        let steps = (radius * 8.0).ceil() as usize;
        for step in 0..steps {
            let (sine, cosine) = (std::f64::consts::TAU * step as f64 / steps as f64).sin_cos();
            for thick in [0.0, 1.0] {
                let (px, py) = (x + (radius + thick) * cosine, y + (radius + thick) * sine);
                if px >= 0.0 && py >= 0.0 {
                    self.drawn.set(px as usize, py as usize, INK);
                }
            }
        }
        let (left, top) = ((x + radius + 4.0).max(0.0) as usize, (y - 7.0).max(0.0) as usize);
        let text = number.to_string();
        let (wide, tall) = legend::size_of(&text);
        for row in 0..tall + 4 {
            for column in 0..wide + 4 {
                self.drawn.set((left + column).saturating_sub(2), (top + row).saturating_sub(2), PAPER);
            }
        }
        self.drawn.write(left, top, &text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two squares facing the viewer, the second a millimetre nearer and smaller.
    fn steps() -> Mesh {
        let square = |side: f64, z: f64| [[-side, -side, z], [side, -side, z], [side, side, z], [-side, side, z]];
        let vertices: Vec<Point> = square(10.0, 0.0).into_iter().chain(square(4.0, 1.0)).collect();
        Mesh { vertices, triangles: vec![[0, 1, 2], [0, 2, 3], [4, 5, 6], [4, 6, 7]], colours: None }
    }

    fn pixels(png: &[u8]) -> (usize, Vec<[u8; 3]>) {
        let image = image::load_from_memory(png).unwrap().to_rgb8();
        (image.width() as usize, image.pixels().map(|pixel| pixel.0).collect())
    }

    #[test]
    fn what_is_nearer_hides_what_is_behind_and_each_has_the_colour_of_its_value() {
        let mm = [-1.0_f32, -1.0, -1.0, -1.0, 1.0, 1.0, 1.0, 1.0];
        let png = picture(&steps(), Some(Values { mm: &mm, end_mm: 1.0 }), &[]).unwrap();
        let (width, pixels) = pixels(&png);
        let at = |x: f64, y: f64| pixels[((y * 932.0) as usize) * width + (x * 932.0) as usize];
        assert_eq!(at(0.5, 0.5), Ramp::new().at(1.0), "the nearer square in the middle");
        assert_eq!(at(0.1, 0.5), Ramp::new().at(-1.0), "the one behind beside it");
        assert_eq!(at(0.005, 0.005), PAPER, "nothing in the corner");
    }

    #[test]
    fn without_values_the_skin_is_plain_and_has_no_scale() {
        let (width, pixels) = pixels(&picture(&steps(), None, &[]).unwrap());
        assert_eq!(width, 932);
        assert_eq!(pixels[466 * width + 466], SKIN.map(|part| part as u8));
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        assert!(picture(&Mesh::default(), None, &[]).is_err());
    }
}
