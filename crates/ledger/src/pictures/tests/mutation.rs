use proptest::prelude::*;

use super::files::{Field, exif, four_corners, jpeg, png, profile, with_chunk, with_exif};
use crate::pictures::{Limits, prepare};

/// Small limits, so that a mutated header cannot make a test slow.
const LIMITS: Limits = Limits {
    bytes_max: 100_000,
    pixels_max: 1_000_000,
    side_px_max: 2_000,
    decoded_bytes_max: 8_000_000,
    profile_bytes_max: 5_000,
};

fn sound_files() -> [Vec<u8>; 2] {
    let (image, profile) = (four_corners(40, 30), profile(b"RGB ", 400));
    let block = exif(
        &[(0x0112, Field::Short(6)), (0x010F, Field::Text(b"Fujifilm\0"))],
        &[(0x829A, Field::Fraction(1, 125)), (0x9003, Field::Text(b"2026:03:04 11:12:13\0"))],
        &[(0x001B, Field::Text(b"somewhere\0"))],
    );
    [with_exif(&jpeg(&image, Some(&profile)), &block), with_chunk(&png(&image, Some(&profile)), b"eXIf", &block)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_taken_in_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600), start in 0..3_usize) {
        let start: &[u8] = [b"".as_slice(), b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x10\0\0\0\x10"][start];
        let _ = prepare(&[start, &bytes].concat(), &LIMITS);
    }

    #[test]
    fn a_sound_file_with_a_few_changed_bytes_is_taken_in_or_refused(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        at_start in any::<bool>(),
    ) {
        for mut file in sound_files() {
            let reach = if at_start { 400 } else { file.len() };
            for (at, byte) in &changes {
                file[at.index(reach)] = *byte;
            }
            if let Ok(picture) = prepare(&file, &LIMITS) {
                // What was let through is itself a sound picture.
                let shown = prepare(picture.display.bytes(), &LIMITS).unwrap();
                prop_assert_eq!((shown.width_px, shown.height_px), (picture.width_px, picture.height_px));
            }
        }
    }
}
