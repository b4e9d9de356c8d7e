//! Everything about a file that is refused, in words that say what is wrong and where.

use crate::made::{cap, glb, glb_binary, glb_json, glb_of, obj, ply_lowest_first, ply_text, refused, stl_binary, stl_text};

const POINTS: usize = 17 * 17;

fn changed(bytes: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1).into_bytes()
}

fn ply(from: &str, to: &str) -> String {
    refused(&changed(ply_text(&cap()), from, to))
}

#[test]
fn what_is_no_scan_is_no_scan() {
    let unknown = "this is no scan in a format that is read here (PLY, OBJ, STL or GLB)";
    for bytes in [
        &b""[..],
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"PK\x03\x04 a 3MF",
        b"OFF\n3 1 0\n",
        b"plymouth\n",
        b"0 1 2\n3 4 5\n",
        b"{\"asset\":{}}",
    ] {
        assert_eq!(refused(bytes), unknown, "{bytes:?}");
    }
    assert_eq!(refused(&[0; 4000]), unknown);
}

#[test]
fn a_header_that_is_wrong_is_refused_with_its_line() {
    assert_eq!(
        ply("format ascii 1.0", "format utf8 1.0"),
        "PLY: a line of the header is \"format utf8 1.0\", and should be format ascii, binary_little_endian or binary_big_endian"
    );
    assert_eq!(ply("format ascii 1.0\n", ""), "PLY: format is missing");
    assert_eq!(ply("property float x\n", ""), "PLY: property x of element vertex is missing");
    assert_eq!(ply("vertex_indices", "corners"), "PLY: property vertex_indices of element face is missing");
    assert!(ply("property float x", "property half x").contains("\"property half x\""));
    assert!(ply(&format!("element vertex {POINTS}"), "element vertex many").contains("\"element vertex many\""));
    assert!(ply("comment made", "remark made").contains("\"remark made\""));
    assert!(refused(&ply_text(&cap())[..100]).starts_with("PLY: the file ends early: the header, up to end_header,"));
    assert!(refused(b"ply\nelement tristrips 1\nformat ascii 1.0\nend_header\n1\n").contains("an element of strips (tristrips)"));
}

#[test]
fn numbers_that_lie_are_refused_before_memory_is_taken() {
    let announced = format!("element vertex {POINTS}");
    assert!(
        ply(&announced, "element vertex 999999999999").starts_with("PLY: the file ends early: the values that the header names")
    );
    assert!(ply(&announced, "element vertex 18446744073709551615").contains("take"));
    assert!(ply(&announced, "element camera 99999999999\nproperty float x\nelement vertex 1").contains("ends early"));
    // a list longer than the file
    assert!(ply("\n3 ", "\n4000000000 ").contains("ends early"));
    assert!(ply("\n3 ", "\n-3 ").contains("length of a list is \"-3\""));
    assert!(ply("\n3 ", "\n2.5 ").contains("length of a list is \"2.5\""));

    let mut stl = stl_binary(&cap(), "made");
    stl[80..84].copy_from_slice(&30_000_000u32.to_le_bytes());
    assert!(refused(&stl).starts_with("STL: the file ends early: the triangles that the header names takes 1500000000 bytes"));
    stl[80..84].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(refused(&stl), "this is no scan in a format that is read here (PLY, OBJ, STL or GLB)");

    let json = glb_json(&cap(), r#"[{"mesh":0}]"#, "");
    let with = |from: &str, to: &str| {
        assert!(json.contains(from), "{from} {json}");
        refused(&glb_of(&json.replacen(from, to, 1), &glb_binary(&cap()).0))
    };
    let count = format!("\"count\":{POINTS}");
    assert!(with(&count, "\"count\":18446744073709551615").contains("the values of an accessor takes"));
    assert!(with(&count, "\"count\":-1").contains("column"));
    assert!(with("\"byteOffset\":0", "\"byteOffset\":99999999").contains("a view of the binary part takes"));
    assert!(with("\"componentType\":5126", "\"componentType\":5124").contains("accessors/0: its component type is none"));
    assert!(with("\"type\":\"VEC3\"", "\"type\":\"MAT4\"").contains("accessors/0: it is of another type than its use needs"));
    assert!(with("\"POSITION\":0", "\"POSITION\":7").contains("accessors/7: it is not there"));
    assert!(with("\"nodes\":[0]", "\"nodes\":[4]").contains("nodes/4: it is not there"));
    assert!(with("\"mesh\":0", "\"mesh\":9").contains("nodes/0: its mesh is not there"));
    let mut bytes = glb(&cap());
    bytes[8..12].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(refused(&bytes).starts_with("GLB: the file ends early: the file by its header takes 4294967295 bytes"));
}

#[test]
fn a_small_glb_cannot_become_a_large_scan() {
    // 20 000 nodes that all place the same points
    let nodes: Vec<String> = (1..20_000).map(|_| r#"{"mesh":0}"#.to_owned()).collect();
    let children: Vec<String> = (1..20_000).map(|at| at.to_string()).collect();
    let tree = format!(r#"[{{"children":[{}]}},{}]"#, children.join(","), nodes.join(","));
    let refusal = refused(&glb_of(&glb_json(&cap(), &tree, ""), &glb_binary(&cap()).0));
    assert!(refusal.starts_with("points: ") || refusal.starts_with("triangles: "), "{refusal}");
}

#[test]
fn a_description_of_millions_of_nothings_is_refused_unread() {
    let nothings = format!("[{}{{}}]", "{},".repeat(1 << 19));
    assert_eq!(
        refused(&glb_of(&glb_json(&cap(), &nothings, ""), &glb_binary(&cap()).0)).split(" is ").last(),
        Some("more than the 1048576 that are read")
    );
}

#[test]
fn points_that_are_not_there_or_no_numbers_are_refused() {
    assert_eq!(ply("3 0 ", "3 400 "), format!("PLY: triangle 0 names point 400, and there are {POINTS}"));
    assert_eq!(ply("3 0 ", "3 -1 "), format!("PLY: face 0 names point -1, and there are {POINTS}"));
    assert_eq!(ply("3 0 ", "3 0.5 "), format!("PLY: face 0 names point 0, and there are {POINTS}"));
    let first = ply_text(&cap());
    let first = String::from_utf8(first).unwrap().split("end_header\n").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    for wrong in ["NaN", "inf", "-inf", "1e999"] {
        let expected = "PLY: point 0 has a coordinate that is no number, and is part of a triangle";
        assert_eq!(ply(&first, wrong), expected);
    }
    assert_eq!(ply(&first, "east"), "PLY: a value is \"east\", and should be a number");
    assert!(ply(&first, "1e300").contains("check the unit"), "{}", ply(&first, "1e300"));

    let obj = |from: &str, to: &str| refused(&changed(obj(&cap()), from, to));
    assert_eq!(obj("f 1 ", "f 400 "), format!("OBJ: line {} names point 400, and there are {POINTS}", POINTS + 3));
    assert_eq!(obj("f 1 ", "f 0 "), format!("OBJ: line {} names point 0, and there are {POINTS}", POINTS + 3));
    assert_eq!(obj("f 1 ", "f -999 "), format!("OBJ: line {} names point -999, and there are {POINTS}", POINTS + 3));
    assert_eq!(obj("f 1 ", "f one "), format!("line {}: \"one\" is no number", POINTS + 3));
    assert_eq!(
        obj("f 1 ", "f \\\n1 "),
        format!(
            "OBJ: line {}, which goes on in the next, is not read here: save the scan as a plain mesh of triangles",
            POINTS + 3
        )
    );
    assert_eq!(obj("v ", "v east "), "line 3: \"east\" is no number");
    assert_eq!(obj("# made", "v 1"), "line 1: \"\" is no number");

    let stl = |from: &str, to: &str| refused(&changed(stl_text(&cap()), from, to));
    assert_eq!(stl("   vertex", "   corner"), "STL: line 8: a facet has three points");
    assert_eq!(stl("   vertex ", "   vertex east "), "line 4: \"east\" is no number");
    assert_eq!(stl("   vertex ", "   vertex\nx "), "STL: line 4: a point has three coordinates");
    assert!(stl("endsolid", "end").starts_with("STL: the file ends early"));

    let json = glb_json(&cap(), r#"[{"mesh":0}]"#, "");
    let (mut binary, positions) = glb_binary(&cap());
    binary[positions..positions + 4].copy_from_slice(&400u32.to_le_bytes());
    assert_eq!(refused(&glb_of(&json, &binary)), format!("GLB: a triangle names point 400, and there are {POINTS}"));
    binary[..4].copy_from_slice(&f32::NAN.to_le_bytes());
    binary[positions..positions + 4].copy_from_slice(&0u32.to_le_bytes());
    assert_eq!(refused(&glb_of(&json, &binary)), "GLB: point 0 has a coordinate that is no number, and is part of a triangle");
}

#[test]
fn files_that_are_cut_off_say_so() {
    let cut = |bytes: &[u8]| refused(&bytes[..bytes.len() * 9 / 10]);
    assert!(cut(&ply_text(&cap())).contains("ends early"));
    assert!(cut(&ply_lowest_first(&cap())).contains("ends early"));
    assert!(cut(&stl_text(&cap())).contains("ends early"));
    assert!(cut(&stl_binary(&cap(), "made")).contains("ends early"));
    assert!(cut(&glb(&cap())).contains("ends early"));
}
