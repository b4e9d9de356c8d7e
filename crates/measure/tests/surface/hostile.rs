//! Files cut off, with bits turned over, spliced and blown up: each is read or refused, never more memory is taken than its size allows.

use std::panic::{AssertUnwindSafe, catch_unwind};

use resurface_measure::surface::read::{Told, read};
use resurface_measure::surface::{Evaluation, Spacing, evaluate};
use resurface_measure::units::{LengthUnit, Micrometres};

use crate::consensus::samples;
use crate::made::{Description, OFFICIAL, al3d, archive, doubles, list, sur};

/// Memory that reading small files may ever take, in kB: the program and its tests are some 30 MB.
const PEAK_KB_MAX: u64 = 200_000;

/// Numbers that look like chance and are always the same.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end.max(1)
    }
}

fn all_samples() -> Vec<(&'static str, Vec<u8>)> {
    let linked = Description::matrix().linked();
    let mut cloud = Description::matrix();
    cloud.feature = "PCL";
    cloud.axes[0].0 = "A";
    cloud.axes[1].0 = "A";
    cloud.size = "<ListDimension>16</ListDimension>".to_owned();
    cloud.points = list((0..16).map(|at| format!("{};{};{at}", at % 4, at / 4)));
    let stored = |name: &str| std::fs::read(samples().join(name)).unwrap();
    vec![
        ("matrix", Description::matrix().x3p()),
        ("linked", linked.x3p_with(&doubles(&OFFICIAL))),
        ("cloud", cloud.x3p()),
        ("pyramid", stored("pyramid.x3p")),
        ("testing", stored("testing.x3p")),
        ("sur", sur(b"DIGITAL SURF", 16)),
        ("packed sur", sur(b"DSCOMPRESSED", 32)),
        ("al3d", al3d()),
        ("grid", b"# Width: 2 mm\n1;2,5;3\n4;;6\n7;8;-9\n".to_vec()),
        ("points", b"x y z\n0 0 1\n1 0 2\n0 1 3\n1 1 4\n".to_vec()),
    ]
}

/// Reads and evaluates, and says what panicked.
fn survives(name: &str, bytes: &[u8]) {
    let told = Told { unit: Some(LengthUnit::Micrometre), spacing: Some(Spacing::square(Micrometres(20.0))) };
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        for told in [Told::default(), told] {
            if let Ok(map) = read(bytes, &told).and_then(|read| read.into_map())
                && map.heights_um().len() < 10_000
            {
                let _ = evaluate(map, &Evaluation::default(), &mut |_| ());
            }
        }
    }));
    assert!(outcome.is_ok(), "{name}: {bytes:?}");
}

fn peak_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.trim().parse().ok())
}

#[test]
fn every_reader_survives_files_that_are_cut_off() {
    for (name, bytes) in all_samples() {
        let step = (bytes.len() / 400).max(1);
        (0..bytes.len()).step_by(step).for_each(|end| survives(name, &bytes[..end]));
    }
    assert!(peak_kb().is_none_or(|peak| peak < PEAK_KB_MAX), "{:?} kB", peak_kb());
}

#[test]
fn every_reader_survives_bits_bytes_and_blocks_that_are_wrong() {
    let mut chance = Chance(20_261_126);
    for (name, bytes) in all_samples() {
        for _ in 0..600 {
            let mut wrong = bytes.clone();
            for _ in 0..=chance.below(4) {
                let at = chance.below(wrong.len());
                match chance.below(5) {
                    0 => wrong[at] ^= 1 << chance.below(8),
                    1 => wrong[at] = [0, 0x7f, 0x80, 0xff][chance.below(4)],
                    2 => drop(wrong.drain(at..(at + 1 + chance.below(16)).min(bytes.len()).min(wrong.len()).max(at))),
                    3 => {
                        let from = chance.below(wrong.len());
                        let block = wrong[from..(from + 24).min(wrong.len())].to_vec();
                        wrong.splice(at..at, block);
                    }
                    _ => wrong[at] = b"0123456789;,.-eE<>/ \n"[chance.below(21)],
                }
                if wrong.is_empty() {
                    break;
                }
            }
            survives(name, &wrong);
        }
    }
    assert!(peak_kb().is_none_or(|peak| peak < PEAK_KB_MAX), "{:?} kB", peak_kb());
}

/// What is inside of an archive is hidden from a change of its bytes by its checksum: so it is changed before it is packed.
#[test]
fn descriptions_survive_words_that_are_wrong() {
    let mut chance = Chance(5436);
    let words = [
        "-1",
        "0",
        "1e400",
        "NaN",
        "99999999999999999999",
        "",
        "I",
        "A",
        "PRF",
        "<x>",
        "</Record1>",
        "&boom;",
        "4294967296",
        "1e-300",
    ];
    for description in [Description::matrix(), Description::matrix().linked()] {
        let xml = description.xml();
        let places: Vec<(usize, usize)> =
            xml.match_indices('>').filter_map(|(at, _)| xml[at..].find('<').map(|end| (at + 1, at + end))).collect();
        for _ in 0..1500 {
            let mut wrong = xml.clone();
            let (from, to) = places[chance.below(places.len())];
            wrong.replace_range(from..to, words[chance.below(words.len())]);
            survives("description", &archive(&[("main.xml", wrong.as_bytes()), ("bindata/data.bin", &doubles(&OFFICIAL))]));
        }
    }
    assert!(peak_kb().is_none_or(|peak| peak < PEAK_KB_MAX), "{:?} kB", peak_kb());
}

#[test]
fn descriptions_that_would_grow_without_end_do_not() {
    let deep = "<a>".repeat(100_000);
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]><x><Record1>&c;&c;</Record1></x>";
    let long = format!("<x><Record1><FeatureType>{}</FeatureType></Record1></x>", "SUR".repeat(1_000_000));
    for xml in [deep.as_str(), laughs, &long] {
        assert!(read(&archive(&[("main.xml", xml.as_bytes())]), &Told::default()).is_err());
    }
    assert!(peak_kb().is_none_or(|peak| peak < PEAK_KB_MAX), "{:?} kB", peak_kb());
}
