//! A scan as pixels, seen from where most of its skin faces.

use super::align::Pose;
use super::vector::{add, cross, dot, norm, scale, sub};
use super::{Mesh, Point};
use crate::photo::{Lab, linear_of};
use crate::surface::picture::Picture;

/// From where scans are seen: without perspective, so that a millimetre is as long everywhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    right: Point,
    up: Point,
    toward: Point,
    middle: Point,
    /// Side of a pixel, in millimetres.
    pub pixel_mm: f64,
    width: u32,
    height: u32,
}

/// Colour of skin where a scan has none.
const SKIN: [u8; 3] = [201, 165, 141];
/// What is not seen.
const NOTHING: [u8; 3] = [16, 24, 30];
/// Light that comes from everywhere; the rest comes from above and beside, so that a pit throws a shade. Ours.
const AMBIENT: f64 = 0.35;

impl View {
    /// The view of a scan with at most `side_px` pixels along a side.
    #[must_use]
    pub fn of(mesh: &Mesh, side_px: u32) -> Self {
        let outward = normals(mesh).into_iter().fold([0.0; 3], add);
        let toward = unit(outward, [0.0, 0.0, 1.0]);
        // the y of a scanner is up; where the skin faces up, its z is
        let above = if toward[1].abs() < 0.9 { [0.0, 1.0, 0.0] } else { [0.0, 0.0, -1.0] };
        let right = unit(cross(above, toward), [1.0, 0.0, 0.0]);
        let up = cross(toward, right);
        let [x, y, z] = [right, up, toward].map(|axis| ends(mesh, axis));
        let half = |(low, high): (f64, f64)| (low + high) / 2.0;
        let middle = add(add(scale(right, half(x)), scale(up, half(y))), scale(toward, half(z)));
        let (wide_mm, high_mm) = (x.1 - x.0, y.1 - y.0);
        let pixel_mm = (wide_mm.max(high_mm) / f64::from(side_px.max(1))).max(1e-6);
        let pixels = |length_mm: f64| ((length_mm / pixel_mm).ceil() as u32).clamp(1, side_px.max(1));
        Self { right, up, toward, middle, pixel_mm, width: pixels(wide_mm), height: pixels(high_mm) }
    }

    /// Where a point is seen, in pixels, and how far toward the eye it is, in millimetres.
    fn seen(&self, point: Point) -> Point {
        let from = sub(point, self.middle);
        let across = dot(from, self.right) / self.pixel_mm + f64::from(self.width) / 2.0;
        let down = f64::from(self.height) / 2.0 - dot(from, self.up) / self.pixel_mm;
        [across, down, dot(from, self.toward)]
    }
}

/// The colour of a change from -1 to 1 of a scale: the ends and the straight lines in CIELAB of maps of photographs, from blue over
/// near white to brown, which every kind of colour blindness tells apart.
#[must_use]
pub fn change_colour(share: f64) -> [u8; 3] {
    let part = share.abs().min(1.0);
    let (a, b) = if share < 0.0 { (6.0, -46.0) } else { (27.0, 38.0) };
    linear_of(Lab { l: 94.0 - 62.0 * part, a: a * part, b: b * part }).map(|linear| {
        let linear = linear.clamp(0.0, 1.0);
        // IEC 61966-2-1
        let encoded = if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * libm::pow(linear, 1.0 / 2.4) - 0.055 };
        (255.0 * encoded).round() as u8
    })
}

/// Draws a scan after a motion. `tint` gives the colour of a point; where it gives none, the point has that of the scan.
#[must_use]
pub fn picture(mesh: &Mesh, pose: &Pose, view: &View, tint: &dyn Fn(usize) -> Option<[u8; 3]>) -> Picture {
    let light = unit(add(add(scale(view.toward, 0.6), scale(view.right, -0.55)), scale(view.up, 0.55)), view.toward);
    let places: Vec<Point> = mesh.vertices.iter().map(|point| view.seen(pose.of(*point))).collect();
    let lit: Vec<Point> = normals(mesh)
        .into_iter()
        .enumerate()
        .map(|(at, normal)| {
            let own = mesh.colours.as_ref().and_then(|colours| colours.get(at)).copied();
            let shade = AMBIENT + (1.0 - AMBIENT) * dot(pose.turned(unit(normal, view.toward)), light).max(0.0);
            tint(at).or(own).unwrap_or(SKIN).map(|byte| f64::from(byte) * shade)
        })
        .collect();
    let (width, height) = (view.width as usize, view.height as usize);
    let mut nearest = vec![f64::NEG_INFINITY; width * height];
    let mut rgb = NOTHING.repeat(width * height);
    for triangle in &mesh.triangles {
        let corners = triangle.map(|at| at as usize);
        let at = corners.map(|corner| places[corner]);
        let whole = (at[1][0] - at[0][0]) * (at[2][1] - at[0][1]) - (at[2][0] - at[0][0]) * (at[1][1] - at[0][1]);
        if whole == 0.0 || !whole.is_finite() {
            continue;
        }
        let side = |k: usize, most: usize| {
            let parts = at.map(|place| place[k]);
            let low = parts.into_iter().fold(f64::INFINITY, f64::min).floor().max(0.0) as usize;
            low..(parts.into_iter().fold(f64::NEG_INFINITY, f64::max).ceil().max(0.0) as usize).min(most)
        };
        for row in side(1, height) {
            for column in side(0, width) {
                let (x, y) = (column as f64 + 0.5, row as f64 + 0.5);
                let part = |a: usize, b: usize| {
                    ((at[b][0] - at[a][0]) * (y - at[a][1]) - (x - at[a][0]) * (at[b][1] - at[a][1])) / whole
                };
                let parts = [part(1, 2), part(2, 0), part(0, 1)];
                let deep = parts.iter().zip(at).map(|(part, place)| part * place[2]).sum::<f64>();
                let pixel = row * width + column;
                if parts.iter().all(|part| *part >= 0.0) && deep > nearest[pixel] {
                    nearest[pixel] = deep;
                    for k in 0..3 {
                        let mixed: f64 = parts.iter().zip(corners).map(|(part, corner)| part * lit[corner][k]).sum();
                        rgb[3 * pixel + k] = mixed.round() as u8;
                    }
                }
            }
        }
    }
    Picture { width: view.width, height: view.height, rgb }
}

/// Direction out of the skin at each point, as long as twice the area of its triangles.
fn normals(mesh: &Mesh) -> Vec<Point> {
    let mut normals = vec![[0.0; 3]; mesh.vertices.len()];
    for triangle in &mesh.triangles {
        let [a, b, c] = triangle.map(|at| mesh.vertices[at as usize]);
        let normal = cross(sub(b, a), sub(c, a));
        for at in triangle {
            normals[*at as usize] = add(normals[*at as usize], normal);
        }
    }
    normals
}

/// Lowest and highest place along a direction.
fn ends(mesh: &Mesh, axis: Point) -> (f64, f64) {
    let along = mesh.vertices.iter().map(|point| dot(*point, axis));
    let ends = along.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)));
    if ends.0 <= ends.1 { ends } else { (0.0, 0.0) }
}

fn unit(direction: Point, otherwise: Point) -> Point {
    let length = norm(direction);
    if length > 0.0 && length.is_finite() { scale(direction, 1.0 / length) } else { otherwise }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A plate of 40 by 20 mm that faces along z, with a pit of 2 mm in the middle.
    fn plate() -> Mesh {
        let mut mesh = Mesh::default();
        for row in 0..=20_u32 {
            for column in 0..=40_u32 {
                let (x, y) = (f64::from(column), f64::from(row));
                let far = (x - 20.0).hypot(y - 10.0);
                mesh.vertices.push([x, y, -2.0 * (1.0 - far / 5.0).max(0.0)]);
            }
        }
        for row in 0..20_u32 {
            for column in 0..40_u32 {
                let at = 41 * row + column;
                mesh.triangles.extend([[at, at + 1, at + 42], [at, at + 42, at + 41]]);
            }
        }
        mesh
    }

    fn at(picture: &Picture, x: usize, y: usize) -> [u8; 3] {
        let pixel = 3 * (y * picture.width as usize + x);
        [0, 1, 2].map(|k| picture.rgb[pixel + k])
    }

    #[test]
    fn a_pit_has_a_dark_and_a_bright_wall_and_the_skin_around_it_one_tone() {
        let view = View::of(&plate(), 80);
        assert!((view.pixel_mm - 0.5).abs() < 1e-9);
        let drawn = picture(&plate(), &Pose::STILL, &view, &|_| None);
        assert_eq!((drawn.width, drawn.height), (80, 40));
        assert_eq!(at(&drawn, 5, 5), at(&drawn, 74, 34));
        // light comes from above on the left: the wall that faces it is the lower right one
        let flat = at(&drawn, 5, 20);
        assert!(at(&drawn, 43, 23)[0] > flat[0] && at(&drawn, 36, 17)[0] < flat[0], "{flat:?}");
    }

    #[test]
    fn less_is_blue_and_more_is_brown_and_none_is_near_white() {
        let [less, none, more] = [-1.0, 0.0, 1.0].map(change_colour);
        assert!(less[2] > less[0] + 80 && more[0] > more[2] + 60, "{less:?} {more:?}");
        assert!(none.iter().all(|part| *part > 230), "{none:?}");
        assert_eq!((change_colour(-7.0), change_colour(7.0)), (less, more));
    }

    #[test]
    fn what_is_moved_away_is_not_seen_and_a_tint_is() {
        let view = View::of(&plate(), 80);
        let moved = Pose { translation: [20.0, 0.0, 0.0], ..Pose::STILL };
        let drawn = picture(&plate(), &moved, &view, &|_| Some([0, 0, 200]));
        assert_eq!(at(&drawn, 20, 20), NOTHING);
        let [red, green, blue] = at(&drawn, 60, 5);
        assert!((red, green) == (0, 0) && blue > 60);
    }
}
