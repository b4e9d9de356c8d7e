use image::{DynamicImage, GenericImageView, ImageBuffer, Luma, RgbImage};
use jiff::civil::date;
use resurface_care::chart::{CaptureFacts, MediaType, View};

use super::files::{
    Field, corners, exif, four_corners, held, holds, jpeg, png, profile, profile_of, with_chunk, with_exif, with_segment,
};
use crate::pictures::{Limits, PictureError, Prepared, digest_of, prepare};

const SECRET: &[u8] = b"Hidden-Lane-7";

fn take(bytes: &[u8]) -> Result<Prepared, PictureError> {
    prepare(bytes, &Limits::default())
}

#[test]
fn what_the_camera_says_of_the_exposure_is_kept_and_where_and_whose_is_not() {
    // Given a picture whose file names its owner, its place and its camera.
    let block = exif(
        &[(0x010F, Field::Text(b"Fujifilm\0")), (0x0110, Field::Text(b"X-T5\0")), (0x013B, Field::Text(b"Hidden-Lane-7\0"))],
        &[
            (0x829A, Field::Fraction(1, 125)),
            (0x829D, Field::Fraction(28, 10)),
            (0x8827, Field::Short(400)),
            (0x9003, Field::Text(b"2026:03:04 11:12:13\0")),
            (0x9209, Field::Short(0x19)),
            (0x920A, Field::Fraction(60, 1)),
            (0xA430, Field::Text(b"Hidden-Lane-7\0")),
            (0xA431, Field::Text(b"Hidden-Lane-7\0")),
        ],
        &[(0x001B, Field::Text(b"Hidden-Lane-7\0"))],
    );
    let file = with_exif(&with_segment(&jpeg(&four_corners(64, 48), None), 0xFE, SECRET), &block);
    let file = with_segment(&file, 0xED, &[b"Photoshop 3.0\0", SECRET].concat());

    // When it is taken in.
    let picture = take(&file).unwrap();

    // Then the exposure is known, the original is whole, and the words are in nothing that is shown.
    let facts = CaptureFacts {
        taken_at: Some(date(2026, 3, 4).at(11, 12, 13, 0)),
        camera_make: Some("Fujifilm".to_owned()),
        camera_model: Some("X-T5".to_owned()),
        focal_length_mm: Some(60.0),
        exposure_s: Some(0.008),
        aperture_f: Some(2.8),
        iso: Some(400),
        flash: Some(true),
    };
    assert_eq!(picture.capture, facts);
    assert_eq!(picture.original.bytes(), file);
    assert!(holds(picture.original.bytes(), SECRET));
    for shown in [&picture.display, &picture.thumbnail] {
        assert!(!holds(shown.bytes(), SECRET));
        assert!(!holds(shown.bytes(), b"Exif"));
        assert!(!holds(shown.bytes(), b"Fujifilm"));
        assert_eq!(*shown.digest(), digest_of(shown.bytes()));
    }
    let entry = picture.taken(date(2026, 3, 4), View::Front, None);
    assert_eq!((entry.original, entry.original_bytes), (digest_of(&file), file.len() as u64));
    assert!(!format!("{picture:?}").contains("Fujifilm"));
}

#[test]
fn text_chunks_of_a_png_are_dropped_and_its_camera_data_read() {
    let file = with_chunk(&png(&four_corners(40, 30), None), b"tEXt", &[b"Comment\0", SECRET].concat());
    let file = with_chunk(&file, b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", SECRET].concat());
    let file = with_chunk(&file, b"eXIf", &exif(&[(0x0112, Field::Short(6)), (0x013B, Field::Text(SECRET))], &[], &[]));

    let picture = take(&[&*file, SECRET].concat()).unwrap();

    assert_eq!((picture.width_px, picture.height_px), (30, 40));
    assert!(holds(picture.original.bytes(), SECRET));
    assert!(!holds(picture.display.bytes(), SECRET) && !holds(picture.thumbnail.bytes(), SECRET));
    assert!(!holds(picture.display.bytes(), b"tEXt") && !holds(picture.display.bytes(), b"eXIf"));
}

#[test]
fn a_picture_is_upright_however_the_camera_was_held() {
    // Where the pixel at this column and row of the file belongs, by what each orientation says of the first row and the
    // first column (EXIF 2.3, 4.6.4: 5 is "the first row is the left side, the first column the top").
    let (right, bottom) = (63, 47);
    type Belongs = fn(u32, u32, u32, u32) -> (u32, u32);
    let belongs: [Belongs; 8] = [
        |column, row, _, _| (column, row),
        |column, row, right, _| (right - column, row),
        |column, row, right, bottom| (right - column, bottom - row),
        |column, row, _, bottom| (column, bottom - row),
        |column, row, _, _| (row, column),
        |column, row, right, _| (right - row, column),
        |column, row, right, bottom| (right - row, bottom - column),
        |column, row, _, bottom| (row, bottom - column),
    ];
    let upright = four_corners(64, 48).to_rgb8();
    for (orientation, belongs) in (1..).zip(belongs) {
        let (width, height) = if orientation < 5 { (64, 48) } else { (48, 64) };
        let image = RgbImage::from_fn(width, height, |column, row| {
            let (x, y) = belongs(column, row, right, bottom);
            *upright.get_pixel(x, y)
        })
        .into();
        let picture = take(&with_exif(&jpeg(&image, None), &held(orientation))).unwrap();

        assert_eq!((picture.width_px, picture.height_px), (64, 48), "orientation {orientation}");
        assert_eq!(corners(picture.display.bytes()), "rgbw", "orientation {orientation}");
        assert_eq!(corners(picture.thumbnail.bytes()), "rgbw", "orientation {orientation}");
    }
}

#[test]
fn a_thumbnail_has_320_pixels_on_its_longest_side_and_is_never_made_larger() {
    let small = |width, height| {
        let picture = take(&png(&four_corners(width, height), None)).unwrap();
        assert_eq!(corners(picture.thumbnail.bytes()), "rgbw");
        image::load_from_memory(picture.thumbnail.bytes()).unwrap().dimensions()
    };
    assert_eq!(small(1600, 1200), (320, 240));
    assert_eq!(small(480, 640), (240, 320));
    assert_eq!(small(100, 80), (100, 80));
}

#[test]
fn a_png_keeps_every_pixel_its_depth_and_its_transparency() {
    let deep: ImageBuffer<Luma<u16>, _> = ImageBuffer::from_fn(33, 21, |x, y| Luma([(x * 1999 + y * 7) as u16]));
    let clear = DynamicImage::from(image::RgbaImage::from_fn(33, 21, |x, _| image::Rgba([200, 10, 10, (x * 7) as u8])));
    for image in [DynamicImage::from(deep), clear, four_corners(33, 21)] {
        let picture = take(&png(&image, None)).unwrap();
        assert_eq!(picture.media_type, MediaType::Png);
        assert_eq!(image::load_from_memory(picture.display.bytes()).unwrap(), image);
    }
}

#[test]
fn transparent_parts_are_white_in_the_thumbnail() {
    let clear = DynamicImage::from(image::RgbaImage::from_pixel(20, 20, image::Rgba([0, 0, 0, 0])));
    let picture = take(&png(&clear, None)).unwrap();
    let thumbnail = image::load_from_memory(picture.thumbnail.bytes()).unwrap().to_rgb8();
    assert!(thumbnail.pixels().all(|pixel| pixel.0.iter().all(|channel| *channel > 250)));
}

#[test]
fn the_colour_profile_is_in_everything_that_is_shown() {
    // Given a profile that takes more than one segment, and one for grey pictures.
    let colour = profile(b"RGB ", 100_000);
    let grey = profile(b"GRAY", 400);
    let image = four_corners(40, 30);
    let files = [
        (jpeg(&image, Some(&colour)), Some(&colour)),
        (png(&image, Some(&colour)), Some(&colour)),
        (jpeg(&image.to_luma8().into(), Some(&grey)), Some(&grey)),
        (png(&image.to_luma8().into(), Some(&grey)), Some(&grey)),
        (jpeg(&image, None), None),
        // A profile for other channels, or one that is none, would be ignored by every viewer.
        (jpeg(&image, Some(&grey)), None),
        (jpeg(&image, Some(&SECRET.repeat(20))), None),
        (jpeg(&image, Some(&[&colour[..36], b"none", &colour[40..]].concat())), None),
        (png(&image, Some(&[0; 3])), None),
    ];
    for (file, kept) in files {
        let picture = take(&file).unwrap();
        assert_eq!(profile_of(picture.display.bytes()).as_ref(), kept);
        assert_eq!(profile_of(picture.thumbnail.bytes()).as_ref(), kept);
    }
}

#[test]
fn what_hides_behind_a_profile_is_cut_off_and_a_huge_profile_refused() {
    let sound = profile(b"RGB ", 400);
    let file = jpeg(&four_corners(40, 30), Some(&[&*sound, SECRET].concat()));
    assert_eq!(profile_of(take(&file).unwrap().display.bytes()), Some(sound));

    let file = png(&four_corners(40, 30), Some(&profile(b"RGB ", 5_000_000)));
    assert!(matches!(take(&file).unwrap_err(), PictureError::ProfileTooLarge { bytes: 5_000_000, .. }));
}

#[test]
fn hostile_camera_data_become_nothing_and_never_refuse_a_picture() {
    let plain = jpeg(&four_corners(40, 30), None);
    let long: &'static [u8] = Box::leak(Box::new([b'x'; 30_000]));
    let block = exif(
        &[(0x010F, Field::Text(long)), (0x0110, Field::Text(b"\x1b[31mred\x07")), (0x0112, Field::Short(99))],
        &[
            (0x829A, Field::Fraction(1, 0)),
            (0x829D, Field::Fraction(0, 0)),
            (0x8827, Field::Short(65_535)),
            (0x9003, Field::Text(b"2026:13:41 25:61:61\0")),
            (0x9209, Field::Short(40_000)),
            (0x920A, Field::Fraction(u32::MAX, 1)),
        ],
        &[],
    );
    let picture = take(&with_exif(&plain, &block)).unwrap();
    let facts = CaptureFacts { camera_make: Some("x".repeat(64)), ..CaptureFacts::default() };
    assert_eq!(picture.capture, facts);

    // The same block cut anywhere, and fields of another type than theirs.
    for end in (0..block.len()).step_by(9).take(60) {
        take(&with_exif(&plain, &block[..end])).unwrap();
    }
    let confused = exif(
        &[(0x010F, Field::Short(1)), (0x0112, Field::Text(b"6"))],
        &[(0x829A, Field::Text(b"1/125")), (0x9003, Field::Fraction(1, 1)), (0x9209, Field::Fraction(1, 1))],
        &[],
    );
    assert_eq!(take(&with_exif(&plain, &confused)).unwrap().capture, CaptureFacts::default());
}

#[test]
fn what_follows_the_end_of_a_picture_is_left_behind() {
    let file = [&*jpeg(&four_corners(40, 30), None), SECRET].concat();
    assert!(!holds(take(&file).unwrap().display.bytes(), SECRET));
}
