//! Files: read upright, or refused before memory is taken.

use resurface_measure::photo::{Error, Format, Settings, measure, read};

use crate::phantom::{Shot, Skin, draw};

fn small() -> Shot {
    Shot { width_px: 550, height_px: 700, pixel_mm: 0.3, ..Shot::default() }
}

#[test]
fn a_picture_is_turned_as_the_camera_was_held() {
    // given one picture stored in each of the eight orientations that EXIF has
    let jpeg = small().of(&Skin::of(31));
    let (width, height) = (550, 700);
    for (code, turned) in [(1_u8, false), (2, false), (3, false), (4, false), (5, true), (6, true), (7, true), (8, true)] {
        let read = read(&with_orientation(&jpeg, code)).unwrap();
        let expected = if turned { (height, width) } else { (width, height) };
        assert_eq!((read.width(), read.height()), expected, "{code}");
    }
    // and a nonsensical orientation counts as none
    assert_eq!(read(&with_orientation(&jpeg, 9)).unwrap().width(), width);
}

/// With an EXIF block that says how the camera was held.
fn with_orientation(jpeg: &[u8], code: u8) -> Vec<u8> {
    let mut block = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    block.extend([code, 0, 0, 0, 0, 0, 0]);
    let mut file = jpeg[..2].to_vec();
    file.extend([0xFF, 0xE1]);
    file.extend(u16::try_from(block.len() + 2).unwrap().to_be_bytes());
    file.extend(block);
    file.extend(&jpeg[2..]);
    file
}

#[test]
fn what_is_no_picture_is_refused_by_name() {
    for (bytes, said) in [
        (&b""[..], "is empty"),
        (&b"\0\0\0\x18ftypheic"[..], "HEIC"),
        (&b"II*\0abcdefgh"[..], "TIFF"),
        (&b"%PDF-1.7"[..], "document"),
        (&b"GIF89a"[..], "not read"),
    ] {
        let error = read(bytes).err().unwrap();
        assert!(matches!(error, Error::WrongFormat { .. }) && error.to_string().contains(said), "{error}");
    }
}

#[test]
fn a_flood_of_pixels_is_refused_before_memory_is_taken() {
    let mut jpeg = small().of(&Skin::of(32));
    let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    assert!(matches!(read(&jpeg), Err(Error::TooManyPixels { width_px: 65535, .. })));
    let mut png = Shot { quality: None, ..small() }.of(&Skin::of(32));
    png[16..20].copy_from_slice(&50_000_u32.to_be_bytes());
    assert!(matches!(read(&png), Err(Error::TooManyPixels { width_px: 50_000, .. })));
}

#[test]
fn a_file_that_is_cut_off_is_refused_wherever_it_is_cut() {
    for (quality, format) in [(Some(90), Format::Jpeg), (None, Format::Png)] {
        let file = Shot { quality, ..small() }.of(&Skin::of(33));
        for part in 1..20 {
            let cut = &file[..file.len() * part / 20];
            let error = measure(cut, &Settings::default(), &mut |_| ()).err().unwrap();
            assert_eq!(error, Error::Truncated { format }, "{part}");
        }
    }
}

#[test]
fn damaged_files_give_an_error_or_a_picture_and_never_a_panic() {
    for quality in [Some(90), None] {
        let file = Shot { quality, width_px: 420, height_px: 500, pixel_mm: 0.4, ..Shot::default() }.of(&Skin::of(34));
        for round in 0..60 {
            let mut damaged = file.clone();
            for hit in 0..8 {
                let at = (draw(round, hit, 1) * damaged.len() as f64) as usize;
                damaged[at] = (draw(round, hit, 2) * 256.0) as u8;
            }
            if let Ok(read) = read(&damaged) {
                assert!(read.width() * read.height() <= 60_000_000);
            }
        }
    }
}
