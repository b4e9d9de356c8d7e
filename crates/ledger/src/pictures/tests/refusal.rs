use image::{DynamicImage, ImageBuffer};

use super::files::{claiming, four_corners, jpeg, png, with_chunk, with_segment};
use crate::pictures::{FileKind, Limits, PictureError, prepare};

fn refusal(bytes: &[u8]) -> PictureError {
    prepare(bytes, &Limits::default()).unwrap_err()
}

#[test]
fn a_flood_of_pixels_is_refused_by_its_header() {
    let small = png(&four_corners(40, 30), None);
    for (width, height) in [(50_000, 50_000), (16_001, 1), (1, 16_001), (10_000, 6_001), (u32::MAX, u32::MAX)] {
        let error = refusal(&claiming(&small, width, height));
        assert!(matches!(error, PictureError::TooManyPixels { .. }), "{error}");
    }

    // Sixteen bits for each of four channels take more memory than the pixels alone tell.
    let deep = DynamicImage::from(ImageBuffer::<image::Rgba<u16>, _>::new(8, 8));
    let error = refusal(&claiming(&png(&deep, None), 7_000, 8_000));
    assert!(matches!(error, PictureError::TooMuchMemory { .. }), "{error}");
}

#[test]
fn a_small_picture_over_a_huge_stream_costs_no_more_than_a_small_picture() {
    let bomb = png(&DynamicImage::new_luma8(7_000, 8_000), None);
    assert!(bomb.len() < 300_000);
    match prepare(&claiming(&bomb, 10, 10), &Limits::default()) {
        Ok(picture) => assert_eq!((picture.width_px, picture.height_px), (10, 10)),
        Err(error) => assert!(matches!(error, PictureError::Corrupt { .. }), "{error}"),
    }
}

#[test]
fn a_file_larger_than_the_limit_is_refused_unread() {
    let limits = Limits { bytes_max: 10, ..Limits::default() };
    let error = prepare(&[0; 11], &limits).unwrap_err();
    assert_eq!(error.to_string(), "the picture file has 11 bytes, more than the 10 that are taken in: export it smaller");
}

#[test]
fn a_file_that_ends_too_early_is_refused_wherever_it_was_cut() {
    let image = four_corners(200, 150);
    let thumbnail = jpeg(&four_corners(16, 12), None);
    // The end of a thumbnail inside the camera data must not pass for the end of the picture.
    let jpeg = with_segment(&jpeg(&image, None), 0xE1, &[b"Exif\0\0", &*thumbnail].concat());
    let png = png(&image, None);
    for file in [jpeg, png] {
        prepare(&file, &Limits::default()).unwrap();
        for end in (8..file.len()).step_by(11).chain([file.len() - 1]) {
            let error = refusal(&file[..end]);
            assert!(matches!(error, PictureError::Truncated { .. }), "cut at {end}: {error}");
        }
    }
}

#[test]
fn a_file_that_contradicts_itself_is_refused() {
    let image = four_corners(40, 30);
    let (jpeg, png) = (jpeg(&image, None), png(&image, None));
    let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    let data = png.windows(4).position(|name| name == b"IDAT").unwrap();
    let changed = |file: &[u8], at: usize, byte: u8| {
        let mut file = file.to_vec();
        file[at] = byte;
        file
    };
    let corrupt = [
        ("its number of colours", changed(&jpeg, frame + 9, 2)),
        ("its width or height is nothing", changed(&changed(&jpeg, frame + 7, 0), frame + 8, 0)),
        ("it holds no image", [&jpeg[..2], &jpeg[jpeg.len() - 2..]].concat()),
        ("it gives its size twice", with_segment(&jpeg, 0xC0, &jpeg[frame + 4..frame + 19])),
        ("its scan comes before its size", with_segment(&jpeg, 0xDA, &[0; 10])),
        ("a segment has no length", [&jpeg[..2], &[0xFF, 0xE1, 0, 1], &jpeg[2..]].concat()),
        ("it has too many scans", (0..100).fold(jpeg.clone(), |jpeg, _| with_scan(&jpeg))),
        ("its image data", changed(&png, data + 8, png[data + 8] ^ 0xFF)),
        ("its image data", claiming(&png, 41, 30)),
        ("its width or height is nothing", claiming(&png, 0, 30)),
        ("it gives its size twice", with_chunk(&png, b"IHDR", &png[16..29])),
        ("it does not begin with its size", [&png[..8], &png[33..]].concat()),
    ];
    for (expected, file) in corrupt {
        let error = refusal(&file);
        assert!(matches!(error, PictureError::Corrupt { what, .. } if what == expected), "{expected}: {error}");
    }
    for file in [changed(&jpeg, frame + 1, 0xC3), changed(&jpeg, frame + 9, 4), changed(&jpeg, frame + 4, 12)] {
        let error = refusal(&file);
        assert!(matches!(error, PictureError::RareKind { .. }), "{error}");
    }
}

/// The file with an empty scan before its end.
fn with_scan(jpeg: &[u8]) -> Vec<u8> {
    let end = jpeg.len() - 2;
    [&jpeg[..end], &[0xFF, 0xDA, 0, 3, 0], &jpeg[end..]].concat()
}

#[test]
fn a_moving_picture_is_refused_wherever_its_file_says_so() {
    let still = png(&four_corners(40, 30), None);
    let moving = with_chunk(&still, b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]);
    assert!(matches!(refusal(&moving), PictureError::Animated));
    let end = still.len() - 12;
    let late = [&still[..end], &moving[33..53], &still[end..]].concat();
    assert!(matches!(refusal(&late), PictureError::Animated));
}

#[test]
fn every_other_kind_of_file_is_named_with_what_to_do() {
    let dicom = [&[0; 128][..], b"DICM"].concat();
    let kinds: [(&[u8], FileKind); 15] = [
        (b"", FileKind::Empty),
        (b"GIF89a....", FileKind::Gif),
        (b"II*\0....", FileKind::Tiff),
        (b"MM\0*....", FileKind::Tiff),
        (b"\0\0\0\x18ftypheic\0\0", FileKind::Heic),
        (b"\0\0\0\x18ftypavif\0\0", FileKind::Heic),
        (b"\0\0\0\x18ftypisom\0\0", FileKind::Video),
        (b"RIFF\x01\0\0\0WEBPVP8 ", FileKind::WebP),
        (b"BM\x46\0\0\0\0\0\0\0", FileKind::Bmp),
        (b"<?xml version='1.0'?><svg onload='x'>", FileKind::Svg),
        (b"%PDF-1.7", FileKind::Pdf),
        (b"PK\x03\x04", FileKind::Zip),
        (&dicom, FileKind::Dicom),
        (b"just a note", FileKind::Text),
        (b"\x01\x02\x03", FileKind::Unknown),
    ];
    for (file, kind) in kinds {
        let error = refusal(file);
        assert!(matches!(error, PictureError::WrongFormat { found } if found == kind), "{kind:?}: {error}");
    }
    assert_eq!(
        refusal(b"\0\0\0\x18ftypheic\0\0").to_string(),
        "the picture file is a HEIC or AVIF, and only JPEG and PNG are taken in: set the camera to its most compatible \
         format, or export the picture as JPEG"
    );
}
