//! Scans written in every format, so that each is one surface that is known.

use resurface_measure::phantom::{Base, Capture, Skin};
use resurface_measure::scan::Mesh;
use resurface_measure::scan::read::{Scan, Told, read};
use resurface_measure::units::LengthUnit;

/// A cap of a ball, 120 mm wide.
pub(crate) fn cap() -> Mesh {
    let skin = Skin::smooth(Base::Sphere { radius_mm: 80.0 }, [60.0, 60.0]);
    Capture { spacing_mm: 7.0, ..Capture::default() }.of(&skin).unwrap().mesh
}

pub(crate) const MM: Told = Told { unit: Some(LengthUnit::Millimetre) };
pub(crate) const NOTHING: Told = Told { unit: None };

pub(crate) fn scan(bytes: &[u8]) -> Scan {
    read(bytes, &MM).unwrap()
}

pub(crate) fn refused(bytes: &[u8]) -> String {
    match read(bytes, &MM) {
        Ok(scan) => panic!("read as {} points", scan.mesh.vertices.len()),
        Err(error) => error.to_string(),
    }
}

pub(crate) fn ply_text(mesh: &Mesh) -> Vec<u8> {
    let mut text = ply_header("ascii", mesh, "float", "uchar int");
    mesh.vertices.iter().for_each(|[x, y, z]| text += &format!("{x} {y} {z}\n"));
    mesh.triangles.iter().for_each(|[a, b, c]| text += &format!("3 {a} {b} {c}\n"));
    text.into_bytes()
}

fn ply_header(encoding: &str, mesh: &Mesh, number: &str, list: &str) -> String {
    let (points, faces) = (mesh.vertices.len(), mesh.triangles.len());
    format!(
        "ply\nformat {encoding} 1.0\ncomment made\nelement vertex {points}\nproperty {number} x\nproperty {number} y\nproperty {number} z\n\
        element face {faces}\nproperty list {list} vertex_indices\nend_header\n"
    )
}

pub(crate) fn ply_lowest_first(mesh: &Mesh) -> Vec<u8> {
    let mut bytes = ply_header("binary_little_endian", mesh, "float", "uchar int").into_bytes();
    mesh.vertices.iter().flatten().for_each(|part| bytes.extend((*part as f32).to_le_bytes()));
    for triangle in &mesh.triangles {
        bytes.push(3);
        triangle.iter().for_each(|corner| bytes.extend(corner.to_le_bytes()));
    }
    bytes
}

pub(crate) fn ply_highest_first(mesh: &Mesh) -> Vec<u8> {
    let mut bytes = ply_header("binary_big_endian", mesh, "double", "ushort uint").into_bytes();
    mesh.vertices.iter().flatten().for_each(|part| bytes.extend(part.to_be_bytes()));
    for triangle in &mesh.triangles {
        bytes.extend(3u16.to_be_bytes());
        triangle.iter().for_each(|corner| bytes.extend(corner.to_be_bytes()));
    }
    bytes
}

pub(crate) fn obj(mesh: &Mesh) -> Vec<u8> {
    let mut text = "# made\no cap\n".to_owned();
    mesh.vertices.iter().for_each(|[x, y, z]| text += &format!("v {x} {y} {z}\n"));
    mesh.triangles.iter().for_each(|triangle| {
        let [a, b, c] = triangle.map(|corner| corner + 1);
        text += &format!("f {a} {b} {c}\n");
    });
    text.into_bytes()
}

pub(crate) fn stl_text(mesh: &Mesh) -> Vec<u8> {
    let mut text = "solid made\n".to_owned();
    for triangle in &mesh.triangles {
        text += " facet normal 0 0 0\n  outer loop\n";
        for corner in triangle {
            let [x, y, z] = mesh.vertices[*corner as usize];
            text += &format!("   vertex {x} {y} {z}\n");
        }
        text += "  endloop\n endfacet\n";
    }
    text += "endsolid made\n";
    text.into_bytes()
}

pub(crate) fn stl_binary(mesh: &Mesh, title: &str) -> Vec<u8> {
    let mut bytes = title.as_bytes().to_vec();
    bytes.resize(80, 0);
    bytes.extend((mesh.triangles.len() as u32).to_le_bytes());
    for triangle in &mesh.triangles {
        bytes.extend([0; 12]);
        let parts = triangle.iter().flat_map(|corner| mesh.vertices[*corner as usize]);
        parts.for_each(|part| bytes.extend((part as f32).to_le_bytes()));
        bytes.extend([0; 2]);
    }
    bytes
}

/// Wraps a description and a binary part.
pub(crate) fn glb_of(json: &str, binary: &[u8]) -> Vec<u8> {
    let padded = |bytes: &[u8], with: u8| {
        let mut bytes = bytes.to_vec();
        bytes.resize(bytes.len().next_multiple_of(4), with);
        bytes
    };
    let (json, binary) = (padded(json.as_bytes(), b' '), padded(binary, 0));
    let word = |number: usize| (number as u32).to_le_bytes();
    let mut bytes = b"glTF\x02\0\0\0".to_vec();
    bytes.extend(word(12 + 8 + json.len() + 8 + binary.len()));
    for (kind, part) in [(b"JSON", json), (b"BIN\0", binary)] {
        bytes.extend(word(part.len()));
        bytes.extend(kind);
        bytes.extend(part);
    }
    bytes
}

/// The binary part of a mesh: positions in metres, then indices; and how many bytes the positions take.
pub(crate) fn glb_binary(mesh: &Mesh) -> (Vec<u8>, usize) {
    let mut binary = Vec::new();
    mesh.vertices.iter().flatten().for_each(|part| binary.extend((*part as f32 / 1e3).to_le_bytes()));
    let positions = binary.len();
    mesh.triangles.iter().flatten().for_each(|corner| binary.extend(corner.to_le_bytes()));
    (binary, positions)
}

/// The description of [`glb_binary`], with these nodes and whatever else.
pub(crate) fn glb_json(mesh: &Mesh, nodes: &str, more: &str) -> String {
    let (points, corners) = (mesh.vertices.len(), 3 * mesh.triangles.len());
    format!(
        r#"{{"asset":{{"version":"2.0"}},"scene":0,"scenes":[{{"nodes":[0]}}],"nodes":{nodes},
        "meshes":[{{"primitives":[{{"attributes":{{"POSITION":0}},"indices":1}}]}}],
        "accessors":[{{"bufferView":0,"componentType":5126,"count":{points},"type":"VEC3"}},
                     {{"bufferView":1,"componentType":5125,"count":{corners},"type":"SCALAR"}}],
        "bufferViews":[{{"buffer":0,"byteOffset":0,"byteLength":{}}},{{"buffer":0,"byteOffset":{},"byteLength":{}}}],
        "buffers":[{{"byteLength":{}}}]{more}}}"#,
        12 * points,
        12 * points,
        4 * corners,
        12 * points + 4 * corners,
    )
}

pub(crate) fn glb(mesh: &Mesh) -> Vec<u8> {
    glb_of(&glb_json(mesh, r#"[{"mesh":0}]"#, ""), &glb_binary(mesh).0)
}

/// Every format, each by a name.
pub(crate) fn all(mesh: &Mesh) -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("PLY as text", ply_text(mesh)),
        ("PLY, lowest byte first", ply_lowest_first(mesh)),
        ("PLY, highest byte first", ply_highest_first(mesh)),
        ("OBJ", obj(mesh)),
        ("STL as text", stl_text(mesh)),
        ("STL, binary", stl_binary(mesh, "made")),
        ("GLB", glb(mesh)),
    ]
}
