//! PLY: a header that names elements and their properties, then their values as text or binary.
//!
//! Points are the element `vertex`, polygons the element `face`; every other element (cameras, edges, materials) is passed over. Colours
//! are `red green blue` as whole numbers or as shares; a picture is what MeshLab writes (`comment TextureFile`, `texcoord` or `s t`).

mod body;
mod header;

use body::Body;
use header::{Element, Header, Kind, Number, Property};

use super::raw::{Raw, check_points, check_triangles, colour_byte, fan};
use super::{Picture, Texture, unit};
use crate::{Error, Format};

const FORMAT: Format = Format::Ply;

pub(super) fn read(bytes: &[u8]) -> Result<Raw, Error> {
    let header = Header::of(bytes)?;
    let mut body = Body::new(header.encoding, bytes, header.ends);
    let mut raw = Raw { unit: header.remarks.iter().find_map(|remark| unit::said(remark)), ..Raw::default() };
    let mut at_points: Vec<[f32; 2]> = Vec::new();
    let mut at_corners: Vec<[[f32; 2]; 3]> = Vec::new();
    for element in &header.elements {
        body.check(element)?;
        match element.name.as_str() {
            "vertex" if raw.mesh.vertices.is_empty() => at_points = points(&mut body, element, &mut raw)?,
            "face" if raw.mesh.triangles.is_empty() => at_corners = faces(&mut body, element, &mut raw)?,
            "tristrips" => return Err(Error::NotRead { format: FORMAT, what: "an element of strips (tristrips)".to_owned() }),
            _ => body.skip(element)?,
        }
    }
    raw.texture = texture(&header, &raw, &at_points, at_corners);
    Ok(raw)
}

/// Where the values that matter stand in an element; nothing for those that it does not have.
fn places<const N: usize>(element: &Element, names: [&[&str]; N]) -> [Option<usize>; N] {
    names.map(|names| names.iter().find_map(|name| element.properties.iter().position(|property| property.name == *name)))
}

/// Reads the points and their colours, and returns where they lie in a picture.
fn points(body: &mut Body<'_>, element: &Element, raw: &mut Raw) -> Result<Vec<[f32; 2]>, Error> {
    check_points(element.count)?;
    let missing = |field| move || Error::FieldMissing { format: FORMAT, field };
    let [x, y, z] = places(element, [&["x"], &["y"], &["z"]]);
    let place = [
        x.ok_or_else(missing("property x of element vertex"))?,
        y.ok_or_else(missing("property y of element vertex"))?,
        z.ok_or_else(missing("property z of element vertex"))?,
    ];
    let red: [&[&str]; 3] = [&["red", "diffuse_red", "r"], &["green", "diffuse_green", "g"], &["blue", "diffuse_blue", "b"]];
    let colour = together(places(element, red));
    let across = together(places(element, [&["s", "u", "texture_u"], &["t", "v", "texture_v"]]));
    let count = element.count as usize;
    let mut colours = colour.map(|_| Vec::with_capacity(count));
    let mut at_points = Vec::with_capacity(if across.is_some() { count } else { 0 });
    raw.mesh.vertices.reserve_exact(count);
    let mut row = vec![0.0; element.properties.len()];
    for _ in 0..count {
        for (value, property) in row.iter_mut().zip(&element.properties) {
            *value = body.scalar(property)?;
        }
        raw.mesh.vertices.push(place.map(|at| row[at]));
        if let (Some(colours), Some(places)) = (&mut colours, colour) {
            colours.push(places.map(|at| colour_byte(row[at] / element.properties[at].full_colour())));
        }
        at_points.extend(across.map(|[u, v]| [row[u] as f32, 1.0 - row[v] as f32]));
    }
    raw.mesh.colours = colours;
    Ok(at_points)
}

fn together<const N: usize>(places: [Option<usize>; N]) -> Option<[usize; N]> {
    places.iter().all(Option::is_some).then(|| places.map(Option::unwrap_or_default))
}

/// Reads the polygons as triangles, and returns where their corners lie in a picture.
fn faces(body: &mut Body<'_>, element: &Element, raw: &mut Raw) -> Result<Vec<[[f32; 2]; 3]>, Error> {
    let [corners_at, texture_at] = places(element, [&["vertex_indices", "vertex_index"], &["texcoord"]]);
    let Some(corners_at) = corners_at else {
        return Err(Error::FieldMissing { format: FORMAT, field: "property vertex_indices of element face" });
    };
    let (mut corners, mut across, mut at_corners) = (Vec::new(), Vec::new(), Vec::new());
    for face in 0..element.count {
        across.clear();
        for (at, property) in element.properties.iter().enumerate() {
            if at == corners_at {
                body.list(property, &mut corners)?;
            } else if Some(at) == texture_at {
                body.list(property, &mut across)?;
            } else {
                body.pass(property)?;
            }
        }
        let index = |number: f64| {
            let points = raw.mesh.vertices.len() as u64;
            let whole = number as u32;
            let missing = || Error::PointMissing { format: FORMAT, place: format!("face {face}"), index: number as i64, points };
            (f64::from(whole) == number).then_some(whole).ok_or_else(missing)
        };
        let corners = corners.iter().map(|number| index(*number)).collect::<Result<Vec<u32>, Error>>()?;
        raw.mesh.triangles.extend(fan(&corners));
        check_triangles(raw.mesh.triangles.len() as u64)?;
        if across.len() == 2 * corners.len() {
            let at: Vec<[f32; 2]> = across.chunks_exact(2).map(|pair| [pair[0] as f32, 1.0 - pair[1] as f32]).collect();
            at_corners.extend(fan(&at));
        }
    }
    Ok(at_corners)
}

/// The one picture of a scan, if there are places in it for every corner.
fn texture(header: &Header, raw: &Raw, at_points: &[[f32; 2]], at_corners: Vec<[[f32; 2]; 3]>) -> Option<Texture> {
    let mut names = header.remarks.iter().filter_map(|remark| remark.trim().strip_prefix("TextureFile "));
    let (name, other) = (names.next()?, names.next());
    let triangles = &raw.mesh.triangles;
    let coordinates = if at_corners.len() == triangles.len() {
        at_corners
    } else {
        let at = |corner: &u32| at_points.get(*corner as usize).copied();
        triangles.iter().map(|[a, b, c]| Some([at(a)?, at(b)?, at(c)?])).collect::<Option<_>>()?
    };
    other.is_none().then(|| Texture { coordinates, picture: Picture::Named(name.trim().to_owned()) })
}
