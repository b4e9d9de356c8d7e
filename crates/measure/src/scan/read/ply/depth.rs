//! A frame of a depth camera, as StandardCyborg writes them: the camera as JSON, a picture and a depth for each pixel.
//!
//! Depths are metres (Apple, AVDepthData). Pixels become points by the camera's matrix, its lens straightened by its own table (Apple,
//! AVCameraCalibrationData). The camera looks along -z, y is up. Neighbouring pixels are joined unless one lies far behind the other.

use serde::Deserialize;

use super::body::Body;
use super::header::{Element, Header, Kind, Number};
use super::{FORMAT, together};
use crate::Error;
use crate::limits::SCAN_HEADER_BYTES_MAX;
use crate::scan::Point;
use crate::scan::read::raw::{Raw, check_points, colour_byte};
use crate::scan::read::unit::UnitFrom;
use crate::units::LengthUnit;

/// Pixels further than this many times their own distance behind one another are of different things: a surface steeper than 76 degrees
/// (ours).
const BEHIND_MAX: f64 = 4.0;
/// Nothing further away than this is of a face held before the camera, in metres (ours); what was not measured is written as 9999.
const REACH_M: f64 = 1.0;

#[derive(Deserialize)]
struct Frame {
    width: usize,
    height: usize,
    camera_intrinsics: Camera,
}

#[derive(Deserialize)]
struct Camera {
    /// By columns.
    intrinsic_matrix: [f64; 9],
    intrinsic_matrix_reference_dimensions_width: f64,
    #[serde(default)]
    lens_distortion_center_x: f64,
    #[serde(default)]
    lens_distortion_center_y: f64,
    #[serde(default)]
    lens_distortion_lookup_table: Vec<f64>,
}

pub(super) fn is_frame(header: &Header) -> bool {
    let has = |name: &str| header.elements.iter().any(|element| element.name == name);
    has("metadata") && has("depth") && !has("vertex")
}

pub(super) fn read(header: &Header, body: &mut Body<'_>) -> Result<Raw, Error> {
    let (mut frame, mut colours, mut depths) = (None, Vec::new(), Vec::new());
    for element in &header.elements {
        body.check(element)?;
        match element.name.as_str() {
            "metadata" => frame = Some(camera(body, element)?),
            "color" => colours = rows(body, element, ["r", "g", "b"])?,
            "depth" => depths = rows(body, element, ["d"])?,
            _ => body.skip(element)?,
        }
    }
    let frame = frame.ok_or(Error::FieldMissing { format: FORMAT, field: "element metadata" })?;
    let (expected, found) = (frame.width.saturating_mul(frame.height), depths.len());
    if expected != found {
        return Err(Error::PointCount { format: FORMAT, expected: expected as u64, found: found as u64 });
    }
    let mut raw = Raw { unit: Some((LengthUnit::Metre, UnitFrom::Specification)), ..Raw::default() };
    let depth = |at: usize| depths[at][0];
    raw.mesh.vertices = (0..found).map(|at| frame.point(at % frame.width, at / frame.width, depth(at))).collect();
    raw.mesh.triangles = frame.triangles(&depth);
    if colours.len() == found {
        raw.mesh.colours = Some(colours.into_iter().map(|colour: [f64; 3]| colour.map(colour_byte)).collect());
    }
    Ok(raw)
}

fn camera(body: &mut Body<'_>, element: &Element) -> Result<Frame, Error> {
    let damaged = |reason| Error::PartDamaged { format: FORMAT, name: "metadata".to_owned(), reason };
    let is_text = matches!(element.properties.as_slice(), [one] if one.kind == Kind::Scalar(Number::Uint8));
    if !is_text || element.count > SCAN_HEADER_BYTES_MAX as u64 {
        return Err(damaged("it is no text, or a long one"));
    }
    let mut text = Vec::new();
    for _ in 0..element.count {
        text.push(body.scalar(&element.properties[0])? as u8);
    }
    let text = text.strip_suffix(b"\0").unwrap_or(&text);
    let frame: Frame = serde_json::from_slice(text).map_err(|_| damaged("it is not how a frame describes its camera"))?;
    let [focal_x, _, _, _, focal_y, ..] = frame.camera_intrinsics.intrinsic_matrix;
    let is_camera = focal_x > 0.0 && focal_y > 0.0 && frame.camera_intrinsics.intrinsic_matrix_reference_dimensions_width > 0.0;
    if is_camera && frame.width > 1 && frame.height > 1 { Ok(frame) } else { Err(damaged("its camera cannot be one")) }
}

fn rows<const N: usize>(body: &mut Body<'_>, element: &Element, names: [&str; N]) -> Result<Vec<[f64; N]>, Error> {
    check_points(element.count)?;
    let place = |name: &str| element.properties.iter().position(|property| property.name == name);
    let places = together(names.map(place)).ok_or(Error::FieldMissing { format: FORMAT, field: "a value of a pixel" })?;
    let mut row = vec![0.0; element.properties.len()];
    let mut rows = Vec::with_capacity(element.count as usize);
    for _ in 0..element.count {
        for (value, property) in row.iter_mut().zip(&element.properties) {
            *value = body.scalar(property)?;
        }
        rows.push(places.map(|at| row[at]));
    }
    Ok(rows)
}

impl Frame {
    /// Pixels of the camera's matrix in one of the frame.
    fn scale(&self) -> f64 {
        self.camera_intrinsics.intrinsic_matrix_reference_dimensions_width / self.width as f64
    }

    fn point(&self, column: usize, row: usize, depth: f64) -> Point {
        let [focal_x, _, _, _, focal_y, _, middle_x, middle_y, _] = self.camera_intrinsics.intrinsic_matrix;
        let [x, y] = self.straightened([column, row].map(|at| (at as f64 + 0.5) * self.scale()));
        [(x - middle_x) / focal_x * depth, (middle_y - y) / focal_y * depth, -depth]
    }

    /// A pixel moved to where it would be without the lens: out from the middle by the share that the table has for its distance, up to
    /// the furthest corner.
    fn straightened(&self, pixel: [f64; 2]) -> [f64; 2] {
        let camera = &self.camera_intrinsics;
        let Some(last) = camera.lens_distortion_lookup_table.len().checked_sub(1) else { return pixel };
        let middle = [camera.lens_distortion_center_x, camera.lens_distortion_center_y];
        let sides = [self.width, self.height].map(|side| side as f64 * self.scale());
        let furthest = libm::hypot(middle[0].max(sides[0] - middle[0]), middle[1].max(sides[1] - middle[1]));
        let from = [pixel[0] - middle[0], pixel[1] - middle[1]];
        let place = (libm::hypot(from[0], from[1]) / furthest).min(1.0) * last as f64;
        let share = |at: usize| camera.lens_distortion_lookup_table[at.min(last)];
        let (below, between) = (place as usize, place.fract());
        let out = 1.0 + share(below) * (1.0 - between) + share(below + 1) * between;
        [middle[0] + from[0] * out, middle[1] + from[1] * out]
    }

    fn triangles(&self, depth: &dyn Fn(usize) -> f64) -> Vec<[u32; 3]> {
        let pitch = self.scale() / self.camera_intrinsics.intrinsic_matrix[0];
        let joins = |a: usize, b: usize| (depth(a) - depth(b)).abs() <= BEHIND_MAX * pitch * depth(a).min(depth(b));
        let mut triangles = Vec::new();
        for row in 1..self.height {
            for column in 1..self.width {
                let below = row * self.width + column;
                let above = below - self.width;
                for [a, b, c] in [[above - 1, below - 1, above], [above, below - 1, below]] {
                    let is_there = [a, b, c].iter().all(|at| depth(*at) > 0.0 && depth(*at) < REACH_M);
                    if is_there && joins(a, b) && joins(b, c) && joins(c, a) {
                        triangles.push([a, b, c].map(|at| at as u32));
                    }
                }
            }
        }
        triangles
    }
}
