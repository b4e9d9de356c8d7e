//! Files cut off, with bits turned over, spliced and blown up: each is read or refused, never more memory is taken than its size allows.

use std::panic::{AssertUnwindSafe, catch_unwind};

use proptest::prelude::*;
use resurface_measure::scan::read::read;

use crate::made::{MM, NOTHING, all, cap, glb_binary, glb_json, glb_of};
use crate::real::real;

/// Memory that reading small files may ever take, in kB: the tests of this program together take some 200 MB.
const PEAK_KB_MAX: u64 = 900_000;

/// Numbers that look like chance and are always the same.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end.max(1)
    }
}

/// Reads, says what panicked, and holds what was read to be a mesh.
fn survives(name: &str, bytes: &[u8]) {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        for told in [NOTHING, MM] {
            if let Ok(scan) = read(bytes, &told) {
                let points = scan.mesh.vertices.len();
                assert!(scan.mesh.triangles.iter().flatten().all(|corner| (*corner as usize) < points));
                assert!(scan.mesh.vertices.iter().flatten().all(|part| part.is_finite()));
                assert!(scan.mesh.colours.is_none_or(|colours| colours.len() == points));
                assert!(scan.texture.is_none_or(|texture| texture.coordinates.len() == scan.mesh.triangles.len()));
            }
        }
    }));
    assert!(outcome.is_ok(), "{name}: {} bytes: {:?}", bytes.len(), String::from_utf8_lossy(&bytes[..bytes.len().min(4000)]));
}

fn peak_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.trim().parse().ok())
}

/// A picture, colours and odd elements as well.
fn odd() -> Vec<(&'static str, Vec<u8>)> {
    let ply = "ply\nformat ascii 1.0\ncomment TextureFile a.png\nelement camera 1\nproperty list uchar float lens\nelement vertex 4\n\
        property float x\nproperty float y\nproperty float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\n\
        element face 1\nproperty list uchar int vertex_indices\nproperty list uchar float texcoord\nend_header\n\
        2 1 1\n0 0 0 1 2 3\n50 0 0 4 5 6\n50 50 0 7 8 9\n0 50 0 10 11 12\n4 0 1 2 3 8 0 0 1 0 1 1 0 1\n";
    let obj =
        "mtllib a.mtl\nusemtl a\nv 0 0 0 1 0 0\nv 50 0 0 0 1 0\nv 50 50 0 0 0 1\nvt 0 0\nvt 1 0\nvt 1 1\nf -3/-3/1 2/2 3/3\n";
    let glb = glb_json(&cap(), r#"[{"mesh":0,"children":[1]},{"rotation":[0,0,0,1],"scale":[1,1,1]}]"#, r#","materials":[{}]"#);
    let glb = glb_of(&glb, &glb_binary(&cap()).0);
    let frame = crate::formats::frame(&[0.3; 48], "[0,0.1]");
    vec![("odd PLY", ply.into()), ("odd OBJ", obj.into()), ("odd GLB", glb), ("frame", frame)]
}

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    all(&cap()).into_iter().chain(odd()).collect()
}

#[test]
fn every_reader_survives_files_that_are_cut_off() {
    for (name, bytes) in samples() {
        // every byte of a small file, and of the beginning and the end of a larger one
        let ends = (0..bytes.len()).filter(|end| *end < 1500 || end + 300 > bytes.len() || end % 37 == 0);
        ends.for_each(|end| survives(name, &bytes[..end]));
    }
    assert!(peak_kb().is_none_or(|peak| peak < PEAK_KB_MAX), "{:?} kB", peak_kb());
}

#[test]
fn every_reader_survives_bits_bytes_and_blocks_that_are_wrong() {
    let mut chance = Chance(20_261_126);
    for (name, bytes) in samples() {
        let header = bytes.len().min(1200);
        for round in 0..1500 {
            let mut wrong = bytes.clone();
            // half of them where the header is
            let end = if round % 2 == 0 { header } else { wrong.len() };
            for _ in 0..=chance.below(4) {
                let at = chance.below(end);
                match chance.below(5) {
                    0 => wrong[at] ^= 1 << chance.below(8),
                    1 => wrong[at] = [0, 0xff, b'9', b'-', b' '][chance.below(5)],
                    2 => {
                        let length = chance.below(16).min(wrong.len() - at);
                        let from = chance.below(wrong.len() - length);
                        wrong.copy_within(from..from + length, at);
                    }
                    3 => drop(wrong.drain(at..(at + chance.below(8)).min(wrong.len()))),
                    _ => {
                        let many = [b'9', b'[', 0xff, b' '][chance.below(4)];
                        wrong.splice(at..at, std::iter::repeat_n(many, chance.below(12)));
                    }
                }
                if wrong.len() < end {
                    break;
                }
            }
            survives(name, &wrong);
        }
    }
    assert!(peak_kb().is_none_or(|peak| peak < PEAK_KB_MAX), "{:?} kB", peak_kb());
}

#[test]
fn every_number_of_a_header_may_lie() {
    let lies =
        ["0", "1", "-1", "255", "65536", "2147483647", "4294967295", "18446744073709551615", "1e308", "0.5", "[]", "null", "x"];
    for (name, bytes) in samples() {
        let end = bytes.len().min(1600);
        let is_digit = |at: usize| bytes[at].is_ascii_digit();
        let numbers = (0..end).filter(|at| is_digit(*at) && (*at == 0 || !is_digit(at - 1)));
        for at in numbers {
            let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            for lie in lies {
                let mut wrong = bytes.clone();
                wrong.splice(at..at + length, lie.bytes());
                survives(name, &wrong);
            }
        }
    }
    assert!(peak_kb().is_none_or(|peak| peak < PEAK_KB_MAX), "{:?} kB", peak_kb());
}

#[test]
fn real_scans_survive_damage_at_any_place() {
    let mut chance = Chance(5);
    for path in ["facefuns_di3d/f18.ply", "facefuns_di3d/example.wavefront", "standardcyborg_sven/frame-000.ply"] {
        let Some(bytes) = real(path) else { continue };
        for _ in 0..8 {
            survives(path, &bytes[..chance.below(bytes.len())]);
            let mut wrong = bytes.clone();
            for _ in 0..4 {
                let at = chance.below(wrong.len());
                wrong[at] ^= 1 << chance.below(8);
            }
            let at = chance.below(300);
            wrong[at] ^= 1 << chance.below(8);
            survives(path, &wrong);
        }
    }
    assert!(peak_kb().is_none_or(|peak| peak < PEAK_KB_MAX), "{:?} kB", peak_kb());
}

#[test]
fn many_triangles_at_one_edge_take_no_longer_than_others() {
    // 100 000 triangles at one edge, and 100 000 at one point: a quadratic step would take minutes
    for is_edge in [true, false] {
        let mut text = "v 0 0 0\nv 50 0 0\n".to_owned();
        for at in 0..100_000 {
            let angle = f64::from(at) * 1e-5;
            text += &format!("v {} {} {}\n", 25.0 + angle, 40.0 * angle.cos(), 40.0 * angle.sin());
        }
        for at in 3..100_002 {
            text += &if is_edge { format!("f 1 2 {at}\n") } else { format!("f 1 {at} {}\n", at + 1) };
        }
        survives("a fan", text.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn anything_after_a_beginning_that_is_right_is_read_or_refused(
        begins in prop::sample::select(vec![
            "ply\nformat ascii 1.0\nelement vertex 2\nproperty float x\nproperty float y\nproperty float z\nend_header\n",
            "ply\nformat binary_big_endian 1.0\nelement vertex 1\nproperty list uint double x\nproperty float y\nproperty float z\nend_header\n",
            "ply\n", "solid x\nfacet\nvertex ", "v 1 2 3\nf ", "glTF\x02\0\0\0", "mtllib x\n", "",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        survives("anything", &[begins.as_bytes(), &rest].concat());
    }

    #[test]
    fn any_words_are_read_or_refused(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "ply\n", "format ascii 1.0\n", "format binary_little_endian 1.0\n", "element vertex 3\n", "element face 1\n", "property float x\n",
                "property float y\n", "property float z\n", "property list uchar int vertex_indices\n", "property list int float texcoord\n",
                "comment TextureFile x\n", "end_header\n", "0 0 0\n", "3 0 1 2\n", "v 0 0 0\n", "v 50 0 1 1 1 1\n", "vt 0 1\n", "f 1 2 3\n",
                "f -1/-1 -2/-1 -3/-1\n", "usemtl a\n", "mtllib b\n", "solid a\n", "facet\n", "vertex 0 50 0\n", "endfacet\n", "endsolid\n",
            ]),
            0..40,
        ),
    ) {
        survives("words", words.concat().as_bytes());
    }
}
