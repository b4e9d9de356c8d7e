//! One surface reads alike from every format, and what each format may have besides is understood or passed over.

use resurface_measure::Format;
use resurface_measure::scan::read::{Picture, Scan, Told, UnitFrom, picture_of_material, read};
use resurface_measure::scan::{Mesh, Outside};
use resurface_measure::units::LengthUnit;

use crate::made::{
    MM, NOTHING, all, cap, glb, glb_binary, glb_json, glb_of, obj, ply_lowest_first, ply_text, refused, scan, stl_binary,
    stl_text,
};

/// The corners of every triangle, in an order of their own.
fn corners(mesh: &Mesh) -> Vec<[[f64; 3]; 3]> {
    let mut corners: Vec<_> = mesh.triangles.iter().map(|triangle| triangle.map(|at| mesh.vertices[at as usize])).collect();
    for triangle in &mut corners {
        let first = (0..3).min_by(|a, b| triangle[*a].partial_cmp(&triangle[*b]).unwrap()).unwrap();
        triangle.rotate_left(first);
    }
    corners.sort_by(|a, b| a.partial_cmp(b).unwrap());
    corners
}

fn assert_same(name: &str, found: &Mesh, expected: &Mesh) {
    assert_eq!(found.vertices.len(), expected.vertices.len(), "{name}");
    let (found, expected) = (corners(found), corners(expected));
    assert_eq!(found.len(), expected.len(), "{name}");
    for (found, expected) in found.iter().flatten().flatten().zip(expected.iter().flatten().flatten()) {
        assert!((found - expected).abs() < 2e-5, "{name}: {found} {expected}");
    }
}

/// Positions as 32 bits hold them, so that sorting is the same everywhere.
fn rounded(mesh: &Mesh) -> Mesh {
    let round = |point: &[f64; 3]| point.map(|part| f64::from(part as f32));
    Mesh { vertices: mesh.vertices.iter().map(round).collect(), ..mesh.clone() }
}

#[test]
fn a_surface_reads_alike_from_every_format() {
    let expected = rounded(&cap());
    for (name, bytes) in all(&expected) {
        let told = if name == "GLB" { NOTHING } else { MM };
        let scan = read(&bytes, &told).unwrap();
        assert_same(name, &scan.mesh, &expected);
        assert_eq!(scan.condition.outside, Outside::AsShaped);
        assert_eq!((scan.condition.pieces, scan.condition.borders, scan.condition.crowded_edges), (1, 1, 0), "{name}");
        assert!((scan.condition.spacing_mm - 7.0).abs() < 0.5, "{name}: {}", scan.condition.spacing_mm);
    }
}

#[test]
fn a_unit_that_is_not_said_is_asked_for_with_what_it_would_come_to() {
    for (name, bytes) in all(&cap()).into_iter().filter(|(name, _)| *name != "GLB") {
        let format = name.split([' ', ',']).next().unwrap();
        let asked = read(&bytes, &NOTHING).unwrap_err().to_string();
        let expected = format!(
            "{format}: the file does not say its unit, so it has to be told: the scan would measure 103 x 103 x 38.1 mm in mm, \
            1031 x 1030 x 381 mm in cm, 103050 x 103035 x 38053 mm in m"
        );
        assert_eq!(asked, expected, "{name}");
    }
}

#[test]
fn a_unit_that_cannot_be_is_refused_with_its_numbers() {
    let mm = ply_text(&cap());
    let told = |unit| Told { unit: Some(unit) };
    let metres = read(&mm, &told(LengthUnit::Metre)).unwrap_err().to_string();
    let sizes = "and a scan of skin has a longest side of 10 to 1000 mm: check the unit";
    assert_eq!(metres, format!("in m this scan would measure 103050 x 103035 x 38053 mm, {sizes}"));
    let small = read(&mm, &told(LengthUnit::Micrometre)).unwrap_err().to_string();
    assert_eq!(small, format!("in um this scan would measure 0.103 x 0.103 x 0.038 mm, {sizes}"));
    assert!(read(&mm, &told(LengthUnit::Centimetre)).is_err());

    // a GLB whose program wrote millimetres: refused as metres, and read when somebody tells so
    let large = Mesh { vertices: cap().vertices.iter().map(|point| point.map(|part| part * 1e3)).collect(), ..cap() };
    assert!(read(&glb(&large), &NOTHING).unwrap_err().to_string().starts_with("in m this scan would measure 103050"));
    assert_eq!(read(&glb(&large), &MM).unwrap().unit_from, UnitFrom::Told);
    assert_eq!(read(&glb(&cap()), &NOTHING).unwrap().unit_from, UnitFrom::Specification);
}

#[test]
fn a_unit_that_the_file_says_is_taken_and_needs_no_telling() {
    let with = |bytes: Vec<u8>, from: &str, to: &str| String::from_utf8(bytes).unwrap().replacen(from, to, 1).into_bytes();
    let files = [
        with(ply_text(&cap()), "comment made", "comment Units: mm"),
        with(obj(&cap()), "# made", "# File units = millimeters"),
        with(stl_text(&cap()), "solid made", "solid made units=mm"),
        stl_binary(&cap(), "made UNITS=mm"),
    ];
    for bytes in files {
        let scan = read(&bytes, &NOTHING).unwrap();
        assert_eq!((scan.unit, scan.unit_from), (LengthUnit::Millimetre, UnitFrom::File));
        assert!(read(&bytes, &MM).unwrap_err().to_string().ends_with("so none may be told"));
    }
    let metres = with(obj(&cap()), "# made", "# units: m");
    assert!(read(&metres, &NOTHING).unwrap_err().to_string().starts_with("in m this scan would measure"));
}

fn ply(header: &str, body: &str) -> Vec<u8> {
    format!("ply\n{header}\nend_header\n{body}").into_bytes()
}

#[test]
fn ply_with_odd_elements_properties_and_polygons_is_read() {
    // two cameras before, edges between, points with lists and colours as shares, a square and a hexagon as faces, one of two points
    let bytes = ply(
        "format ascii 1.0\ncomment odd\nobj_info from somewhere\n\
        element camera 2\nproperty float view_px\nproperty list uchar float lens\n\
        element vertex 6\nproperty double y\nproperty short x\nproperty list uchar int seen_by\nproperty float z\n\
        property float red\nproperty float green\nproperty float blue\nproperty float confidence\n\
        element edge 1\nproperty int vertex1\nproperty int vertex2\n\
        element nothing 99999999999\n\
        element face 3\nproperty uchar flags\nproperty list uchar uint vertex_index",
        "1 2 0.5 0.5\n2 0\n\
        0 0 1 7 0  1 0 0 0.9\n0 20 0 0  0 1 0 0.9\n10 30 0 0  0 0 1 0.9\n20 20 0 0  1 1 1 0.9\n20 0 0 0  0 0 0 0.9\n10 -10 2 1 2 0  0.5 0.5 0.5 0.9\n\
        0 1\n\
        5 6 0 1 2 3 4 5\n5 2 0 1\n5 1 3\n",
    );
    let scan = scan(&bytes);
    assert_eq!(scan.mesh.triangles.len(), 4);
    assert!((scan.condition.area_mm2 - (20.0 * 20.0 + 2.0 * 0.5 * 20.0 * 10.0)).abs() < 1e-9);
    assert_eq!(scan.mesh.colours.as_ref().unwrap()[..2], [[255, 0, 0], [0, 255, 0]]);
    assert_eq!(scan.mesh.vertices[1], [20.0, 0.0, 0.0]);
}

#[test]
fn ply_keeps_its_picture_and_its_lines_may_end_as_they_like() {
    let square = |ends: &str| {
        let text = "ply\nformat ascii 1.0\ncomment TextureFile my face.png\nelement vertex 4\nproperty float x\nproperty float y\n\
            property float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\nelement face 1\n\
            property list uchar int vertex_indices\nproperty list uchar float texcoord\nend_header\n\
            0 0 0 1 2 3\n50 0 0 4 5 6\n50 50 0 7 8 9\n0 50 0 10 11 12\n4 0 1 2 3 8 0 0 1 0 1 1 0 1\n";
        text.replace('\n', ends).into_bytes()
    };
    for ends in ["\n", "\r\n", "\r"] {
        let scan = scan(&square(ends));
        let texture = scan.texture.unwrap();
        assert_eq!(texture.picture, Picture::Named("my face.png".to_owned()));
        assert_eq!(texture.coordinates, [[[0.0, 1.0], [1.0, 1.0], [1.0, 0.0]], [[0.0, 1.0], [1.0, 0.0], [0.0, 0.0]]]);
        assert_eq!(scan.mesh.colours.unwrap()[3], [10, 11, 12]);
    }
    // binary values right after a header whose lines end in CR LF
    let binary = ply_lowest_first(&cap());
    let at = binary.windows(11).position(|bytes| bytes == b"end_header\n").unwrap() + 11;
    let mut turned = String::from_utf8(binary[..at].to_vec()).unwrap().replace('\n', "\r\n").into_bytes();
    turned.extend(&binary[at..]);
    assert_eq!(scan(&turned).mesh, scan(&binary).mesh);
}

#[test]
fn obj_with_polygons_backward_indices_colours_and_materials_is_read() {
    let text = "mtllib face.mtl\nusemtl skin\nvn 0 0 1\n\
        v 0 0 0 0.5 0.25 1\nv 50 0 0 0 0 0\nvt 0 0\nvt 1 0\nv 50 50 0 1 1 1\nv 0 50 0 1 0 0\nvt 1 1 0\nvt 0 1\n\
        g side\ns 1\nf -4/-4/1 -3/-3/1 -2/-2/1 -1/-1/1\nl 1 2\n";
    let read_from = scan(text.as_bytes());
    assert_eq!(read_from.mesh.triangles, [[0, 1, 2], [0, 2, 3]]);
    assert_eq!(read_from.mesh.colours.as_ref().unwrap()[0], [128, 64, 255]);
    let texture = read_from.texture.unwrap();
    assert_eq!(texture.coordinates[0], [[0.0, 1.0], [1.0, 1.0], [1.0, 0.0]]);
    let Picture::InMaterials { file, material } = texture.picture else { panic!("{:?}", texture.picture) };
    assert_eq!((file.as_str(), material.as_deref()), ("face.mtl", Some("skin")));
    let materials = b"newmtl hair\nmap_Kd hair.png\n\nnewmtl skin\r\nKd 1 1 1\r\n  map_Kd my face.jpg\r\n";
    assert_eq!(picture_of_material(materials, material.as_deref()).as_deref(), Some("my face.jpg"));
    assert_eq!(picture_of_material(b"newmtl skin\nmap_Kd -s 1 1 1 face.jpg\n", None).as_deref(), Some("face.jpg"));
    assert_eq!(picture_of_material(materials, Some("eyes")), None);

    // colours up to 255; a face before its points; two pictures, of which neither is kept
    let bytes = text
        .replace("0.5 0.25 1", "128 64 255")
        .replace("f -4/-4/1 -3/-3/1 -2/-2/1 -1/-1/1", "f 1/1 2/2 3/3\nusemtl other\nf 1/1 3/3 4/4");
    let several = scan(bytes.as_bytes());
    assert_eq!(several.mesh.colours.as_ref().unwrap()[0], [128, 64, 255]);
    assert_eq!(several.texture, None);
    let early = scan(b"f 1 2 3\nv 0 0 0\nv 50 0 0\nv 0 50 0\n");
    assert_eq!(early.mesh.triangles.len(), 1);
}

#[test]
fn stl_is_told_as_text_or_binary_by_its_length_and_not_by_its_first_word() {
    let expected = rounded(&cap());
    let found = scan(&stl_binary(&expected, "solid, as many programs begin"));
    assert_same("binary that begins as text", &found.mesh, &expected);
    // every corner of a triangle is written anew
    let corners = 3 * expected.triangles.len();
    assert_eq!(found.condition.mended.points_welded, corners - expected.vertices.len());
}

#[test]
fn glb_places_its_nodes_and_shares_out_its_numbers() {
    let mesh = rounded(&cap());
    let placed = |nodes: &str| -> Scan { read(&glb_of(&glb_json(&mesh, nodes, ""), &glb_binary(&mesh).0), &NOTHING).unwrap() };
    let moved = |map: &dyn Fn([f64; 3]) -> [f64; 3]| Mesh {
        vertices: mesh.vertices.iter().map(|point| map(*point)).collect(),
        ..mesh.clone()
    };
    // turned by 90 degrees about z, twice as large, moved, within a node that is moved
    let half = 0.5f64.sqrt();
    let tree = format!(
        r#"[{{"children":[1],"translation":[0.1,0,0]}},{{"mesh":0,"rotation":[0,0,{half},{half}],"scale":[2,2,2],"translation":[0,0.2,0]}}]"#
    );
    assert_same("turned", &placed(&tree).mesh, &moved(&|[x, y, z]| [-2.0 * y + 100.0, 2.0 * x + 200.0, 2.0 * z]));
    let matrix = r#"[{"mesh":0,"matrix":[0,1,0,0, -1,0,0,0, 0,0,1,0, 0.01,0.02,0.03,1]}]"#;
    assert_same("matrix", &placed(matrix).mesh, &moved(&|[x, y, z]| [-y + 10.0, x + 20.0, z + 30.0]));
    // a mirror keeps the outside outside
    let mirrored = placed(r#"[{"mesh":0,"scale":[-1,1,1]}]"#);
    assert_eq!((mirrored.condition.outside, mirrored.condition.mended.triangles_turned), (Outside::AsShaped, 0));
}

#[test]
fn glb_with_interleaved_and_small_numbers_a_strip_and_a_picture_is_read() {
    // four points of 16 bits that stand for shares, each beside its place in the picture, 20 bytes apart; a strip by bytes
    let mut binary = Vec::new();
    for (point, across) in [([0, 0, 0], [0f32, 0.0]), ([1, 0, 0], [1.0, 0.0]), ([0, 1, 0], [0.0, 1.0]), ([1, 1, 0], [1.0, 1.0])] {
        point.iter().for_each(|part: &i16| binary.extend((part * 32767).to_le_bytes()));
        binary.extend([0; 2]);
        across.iter().for_each(|part| binary.extend(part.to_le_bytes()));
        binary.extend([9; 4]);
    }
    binary.extend([0, 1, 2, 3]);
    binary.extend(b"\xff\xd8 a picture");
    let json = r#"{"asset":{"version":"2.0"},"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0,"scale":[0.05,0.05,0.05]}],
        "extensionsRequired":["KHR_mesh_quantization","KHR_materials_unlit"],
        "meshes":[{"primitives":[{"attributes":{"POSITION":0,"TEXCOORD_0":1},"indices":2,"mode":5,"material":0}]}],
        "materials":[{"pbrMetallicRoughness":{"baseColorTexture":{"index":0}}}],"textures":[{"source":0}],
        "images":[{"bufferView":2,"mimeType":"image/jpeg"}],
        "accessors":[{"bufferView":0,"componentType":5122,"normalized":true,"count":4,"type":"VEC3"},
                     {"bufferView":0,"byteOffset":8,"componentType":5126,"count":4,"type":"VEC2"},
                     {"bufferView":1,"componentType":5121,"count":4,"type":"SCALAR"}],
        "bufferViews":[{"buffer":0,"byteLength":80,"byteStride":20},{"buffer":0,"byteOffset":80,"byteLength":4},
                       {"buffer":0,"byteOffset":84,"byteLength":12}],"buffers":[{"byteLength":96}]}"#;
    let scan = read(&glb_of(json, &binary), &NOTHING).unwrap();
    assert_eq!(scan.format, Format::Glb);
    assert_eq!(scan.mesh.vertices, [[0.0, 0.0, 0.0], [50.0, 0.0, 0.0], [0.0, 50.0, 0.0], [50.0, 50.0, 0.0]]);
    assert_eq!(scan.mesh.triangles, [[0, 1, 2], [1, 3, 2]]);
    let texture = scan.texture.unwrap();
    assert_eq!(texture.coordinates, [[[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]]);
    let media_type = Some("image/jpeg".to_owned());
    assert_eq!(texture.picture, Picture::Embedded { bytes: b"\xff\xd8 a picture".to_vec(), media_type });
}

#[test]
fn what_glb_may_need_and_is_not_read_is_refused_by_its_name() {
    let mesh = cap();
    let with = |json: String| refused(&glb_of(&json, &glb_binary(&mesh).0));
    let needs = |name: &str| with(glb_json(&mesh, r#"[{"mesh":0}]"#, &format!(r#","extensionsRequired":["{name}"]"#)));
    let plain = "save the scan as a plain mesh of triangles";
    assert_eq!(
        needs("KHR_draco_mesh_compression"),
        format!("GLB: KHR_draco_mesh_compression, which this file needs, is not read here: {plain}")
    );
    let json = glb_json(&mesh, r#"[{"mesh":0}]"#, "");
    let sparse = json.replacen(r#""type":"VEC3""#, r#""type":"VEC3","sparse":{"count":1}"#, 1);
    assert_eq!(with(sparse), format!("GLB: accessors/0, which is sparse, is not read here: {plain}"));
    assert!(with(json.replacen(r#""indices":1"#, r#""indices":1,"targets":[{"POSITION":0}]"#, 1)).contains("morph targets"));
    assert!(with(json.replacen(r#""buffer":0"#, r#""buffer":1"#, 1)).contains("a buffer outside of the file"));
    assert!(with(glb_json(&mesh, r#"[{"mesh":0,"skin":0}]"#, "")).contains("nodes/0, which has a skin that moves,"));
    assert_eq!(with(glb_json(&mesh, r#"[{"mesh":0,"children":[0]}]"#, "")), "GLB: nodes/0: it stands in two places");
    let old = [&b"glTF\x01\0\0\0"[..], &glb(&mesh)[8..]].concat();
    assert_eq!(refused(&old), format!("GLB: version 1 of glTF is not read here: {plain}"));
}
