//! GLB: glTF 2.0 (ISO/IEC 12113) in one file: a description as JSON and one binary part.
//!
//! All triangles of the scene are read, each where its node places it. What changes the points (skins, morph targets, compression) is refused
//! by its name, as is everything outside of the file.

mod accessor;
mod document;
mod place;

use std::collections::BTreeMap;

use accessor::Parts;
use document::{Document, Primitive};
use place::Place;

use super::raw::{Raw, check_points, check_triangles, colour_byte};
use super::{Picture, Texture};
use crate::limits::SCAN_DESCRIPTION_BYTES_MAX;
use crate::surface::read::binary::part;
use crate::{Error, Format};

const FORMAT: Format = Format::Glb;
/// Extensions that change how a surface looks and not where it is, and the one that only allows more types of numbers.
const HARMLESS: [&str; 2] = ["KHR_materials_", "KHR_mesh_quantization"];

fn damaged(place: String, reason: &'static str) -> Error {
    Error::ScanDamaged { format: FORMAT, place, reason }
}

pub(super) fn read(bytes: &[u8]) -> Result<Raw, Error> {
    let parts = parts(bytes)?;
    let refused = |name: &&String| !HARMLESS.iter().any(|harmless| name.starts_with(harmless));
    if let Some(name) = parts.document.extensions_required.iter().find(refused) {
        return Err(Error::NotRead { format: FORMAT, what: format!("{name}, which this file needs,") });
    }
    let mut built = Built {
        parts: &parts,
        raw: Raw::default(),
        across: Vec::new(),
        picture: None,
        is_one_picture: true,
        colours: Vec::new(),
    };
    built.scene()?;
    built.finished()
}

fn parts(bytes: &[u8]) -> Result<Parts<'_>, Error> {
    let word =
        |at: u64| part(FORMAT, bytes, at, 4, "the header").map(|word| u32::from_le_bytes(std::array::from_fn(|at| word[at])));
    let version = word(4)?;
    if version != 2 {
        return Err(Error::NotRead { format: FORMAT, what: format!("version {version} of glTF") });
    }
    let file = part(FORMAT, bytes, 0, u64::from(word(8)?), "the file by its header")?;
    let (mut at, mut json, mut binary) = (12, None, None);
    while at < file.len() as u64 {
        let (length, kind) = (u64::from(word(at)?), word(at + 4)?);
        let chunk = part(FORMAT, file, at + 8, length, "a part of the file")?;
        match &kind.to_le_bytes() {
            b"JSON" => json = json.or(Some(chunk)),
            b"BIN\0" => binary = binary.or(Some(chunk)),
            _ => {}
        }
        at += 8 + length;
    }
    let json = json.ok_or(Error::FieldMissing { format: FORMAT, field: "the description (JSON)" })?;
    let size = json.len() as u64;
    if size > SCAN_DESCRIPTION_BYTES_MAX {
        return Err(Error::TooLarge { what: "the description", size, limit: SCAN_DESCRIPTION_BYTES_MAX });
    }
    let document: Document = serde_json::from_slice(json).map_err(|error| {
        let place = format!("line {}, column {} of the description", error.line(), error.column());
        damaged(place, "it is not what glTF 2.0 has there")
    })?;
    Ok(Parts { document, binary: binary.unwrap_or_default() })
}

/// A scan while the nodes of a scene are gone through.
struct Built<'a> {
    parts: &'a Parts<'a>,
    raw: Raw,
    /// Where the corners of each triangle lie in the picture, as long as all have one.
    across: Vec<[[f32; 2]; 3]>,
    /// The picture of all triangles so far, by its place among the images.
    picture: Option<usize>,
    is_one_picture: bool,
    colours: Vec<[u8; 3]>,
}

impl Built<'_> {
    fn scene(&mut self) -> Result<(), Error> {
        let document = &self.parts.document;
        let scene = document.scenes.get(document.scene.unwrap_or(0));
        let scene = scene.ok_or(Error::FieldMissing { format: FORMAT, field: "a scene" })?;
        // A node stands in one place; so a scene that would go round, or place points many times, comes to its end.
        let mut is_placed = vec![false; document.nodes.len()];
        let mut waiting: Vec<(usize, Place)> = scene.nodes.iter().rev().map(|node| (*node, Place::ORIGIN)).collect();
        while let Some((index, outer)) = waiting.pop() {
            let at = || format!("nodes/{index}");
            let node = document.nodes.get(index).ok_or_else(|| damaged(at(), "it is not there"))?;
            if std::mem::replace(&mut is_placed[index], true) {
                return Err(damaged(at(), "it stands in two places"));
            }
            let place = Place::of(node).within(&outer);
            if let Some(mesh) = node.mesh {
                if node.skin.is_some() {
                    return Err(Error::NotRead { format: FORMAT, what: format!("{}, which has a skin that moves,", at()) });
                }
                let mesh = document.meshes.get(mesh).ok_or_else(|| damaged(at(), "its mesh is not there"))?;
                let mut begins = BTreeMap::new();
                mesh.primitives.iter().try_for_each(|primitive| self.primitive(primitive, &place, &mut begins))?;
            }
            waiting.extend(node.children.iter().rev().map(|child| (*child, place)));
        }
        Ok(())
    }

    /// Adds the triangles of a primitive. Those of one mesh often share their points: `begins` says where points of an accessor begin.
    fn primitive(&mut self, primitive: &Primitive, place: &Place, begins: &mut BTreeMap<usize, u32>) -> Result<(), Error> {
        let mode = primitive.mode.unwrap_or(4);
        let Some(position) = primitive.attributes.position.filter(|_| (4..=6).contains(&mode)) else { return Ok(()) };
        if !primitive.targets.is_empty() {
            return Err(Error::NotRead { format: FORMAT, what: "a mesh with morph targets".to_owned() });
        }
        let points = self.parts.rows(position, &["VEC3"])?.count;
        let begin = match begins.get(&position) {
            Some(begin) => *begin,
            None => *begins.entry(position).or_insert(self.points(primitive, position, place)?),
        };
        let corners: Vec<u32> = match primitive.indices {
            Some(indices) => self.parts.rows(indices, &["SCALAR"])?.indices().collect(),
            None => (0..points as u32).collect(),
        };
        if let Some(wrong) = corners.iter().find(|corner| u64::from(**corner) >= points) {
            let place = "a triangle".to_owned();
            return Err(Error::PointMissing { format: FORMAT, place, index: i64::from(*wrong), points });
        }
        let before = self.raw.mesh.triangles.len();
        let turned = |[a, b, c]: [u32; 3]| if place.is_mirror() { [a, c, b] } else { [a, b, c] };
        let triangles = corners_of(mode, &corners).map(|corners| turned(corners).map(|corner| begin + corner));
        self.raw.mesh.triangles.extend(triangles);
        // As for points: what is described may not be more than the bytes that are there.
        check_triangles(self.raw.mesh.triangles.len() as u64)?;
        self.check_bytes("triangles", self.raw.mesh.triangles.len())?;
        self.picture(primitive, before, begin)
    }

    /// Adds the points of an accessor with their colours, and returns where they begin.
    fn points(&mut self, primitive: &Primitive, position: usize, place: &Place) -> Result<u32, Error> {
        let rows = self.parts.rows(position, &["VEC3"])?;
        let begin = self.raw.mesh.vertices.len();
        let points = begin as u64 + rows.count;
        check_points(points)?;
        self.check_bytes("points", points as usize)?;
        self.raw.mesh.vertices.extend(rows.numbers().map(|point| place.moved(point)));
        if let Some(colour) = primitive.attributes.colour {
            let colours = self.parts.rows(colour, &["VEC3", "VEC4"])?;
            let full = if colours.is_whole() { 255.0 } else { 1.0 };
            // Colours of glTF are linear.
            let shown = |colour: [f64; 3]| colour.map(|share| colour_byte(shown(share / full)));
            self.colours.extend(colours.numbers().take(rows.count as usize).map(shown));
        }
        Ok(begin as u32)
    }

    /// Bytes that several parts of a description lay claim to would make a small file a large scan.
    fn check_bytes(&self, what: &'static str, size: usize) -> Result<(), Error> {
        let limit = self.parts.binary.len() as u64;
        if size as u64 > limit { Err(Error::TooLarge { what, size: size as u64, limit }) } else { Ok(()) }
    }

    /// Notes the picture of triangles, and where their corners lie in it.
    fn picture(&mut self, primitive: &Primitive, before: usize, begin: u32) -> Result<(), Error> {
        let document = &self.parts.document;
        let material = primitive.material.and_then(|material| document.materials.get(material));
        let info = material.and_then(|material| material.pbr_metallic_roughness.base_color_texture.as_ref());
        let info = info.filter(|info| info.tex_coord == 0 && info.extensions.is_none());
        let picture = info.and_then(|info| document.textures.get(info.index)?.source);
        if let (Some(picture), Some(across)) = (picture, primitive.attributes.across)
            && self.is_one_picture
            && *self.picture.get_or_insert(picture) == picture
        {
            let rows = self.parts.rows(across, &["VEC2"])?;
            let place = |corner: u32| {
                let at = u64::from(corner - begin);
                (at < rows.count).then(|| rows.row::<2>(at).map(|share| share as f32))
            };
            let triangles = &self.raw.mesh.triangles[before..];
            let across = triangles.iter().map(|[a, b, c]| Some([place(*a)?, place(*b)?, place(*c)?]));
            self.across.extend(across.map_while(|corners| corners));
        } else {
            self.is_one_picture = false;
        }
        Ok(())
    }

    fn finished(mut self) -> Result<Raw, Error> {
        if self.colours.len() == self.raw.mesh.vertices.len() {
            self.raw.mesh.colours = Some(self.colours);
        }
        let is_whole = self.is_one_picture && self.across.len() == self.raw.mesh.triangles.len();
        if let Some(image) = self.picture.filter(|_| is_whole).and_then(|picture| self.parts.document.images.get(picture)) {
            let picture = match (image.buffer_view, &image.uri) {
                (Some(view), _) => {
                    Some(Picture::Embedded { bytes: self.parts.view(view)?.0.to_vec(), media_type: image.mime_type.clone() })
                }
                (None, Some(uri)) if !uri.starts_with("data:") => Some(Picture::Named(uri.clone())),
                _ => None,
            };
            self.raw.texture = picture.map(|picture| Texture { coordinates: self.across, picture });
        }
        Ok(self.raw)
    }
}

/// Triangles, a strip or a fan of them (glTF 2.0, 3.7.2.1).
fn corners_of(mode: u32, corners: &[u32]) -> Box<dyn Iterator<Item = [u32; 3]> + '_> {
    match mode {
        4 => Box::new(corners.chunks_exact(3).map(|corners| [corners[0], corners[1], corners[2]])),
        5 => Box::new(corners.windows(3).enumerate().map(|(at, corners)| {
            let [first, second] = if at % 2 == 0 { [1, 2] } else { [2, 1] };
            [corners[0], corners[first], corners[second]]
        })),
        _ => Box::new(super::raw::fan(corners)),
    }
}

/// A linear share of light as sRGB (IEC 61966-2-1).
fn shown(linear: f64) -> f64 {
    if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * libm::pow(linear, 1.0 / 2.4) - 0.055 }
}
