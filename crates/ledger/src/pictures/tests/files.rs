//! Picture files made by hand, with what cameras, and people with bad intentions, write into them.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ImageEncoder, Rgb, RgbImage};

/// A picture that looks different in every position: red top left, green top right, blue bottom left, white bottom right.
pub(super) fn four_corners(width_px: u32, height_px: u32) -> DynamicImage {
    RgbImage::from_fn(width_px, height_px, |x, y| {
        Rgb(match (x < width_px / 2, y < height_px / 2) {
            (true, true) => [220, 20, 20],
            (false, true) => [20, 200, 20],
            (true, false) => [20, 20, 220],
            (false, false) => [240, 240, 240],
        })
    })
    .into()
}

/// The corners in the order top left, top right, bottom left, bottom right, each by its first letter.
pub(super) fn corners(bytes: &[u8]) -> String {
    let image = image::load_from_memory(bytes).unwrap().to_rgb8();
    let (right, bottom) = (image.width() - 3, image.height() - 3);
    let name = |(x, y)| match image.get_pixel(x, y).0.map(|channel| channel > 128) {
        [true, false, false] => 'r',
        [false, true, false] => 'g',
        [false, false, true] => 'b',
        [true, true, true] => 'w',
        _ => '?',
    };
    [(2, 2), (right, 2), (2, bottom), (right, bottom)].map(name).iter().collect()
}

pub(super) fn jpeg(image: &DynamicImage, profile: Option<&[u8]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile.to_vec()).unwrap();
    }
    image.write_with_encoder(encoder).unwrap();
    bytes
}

pub(super) fn png(image: &DynamicImage, profile: Option<&[u8]>) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = PngEncoder::new(&mut bytes);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile.to_vec()).unwrap();
    }
    image.write_with_encoder(encoder).unwrap();
    bytes.into_inner()
}

/// The file with one more segment right after its start.
pub(super) fn with_segment(jpeg: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, body, &jpeg[2..]].concat()
}

pub(super) fn with_exif(jpeg: &[u8], exif: &[u8]) -> Vec<u8> {
    with_segment(jpeg, 0xE1, &[b"Exif\0\0", exif].concat())
}

/// The file with one more chunk after its header.
pub(super) fn with_chunk(png: &[u8], name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&png[..33], &chunk(name, body), &png[33..]].concat()
}

/// The file with another width and height in its header, and a right checksum.
pub(super) fn claiming(png: &[u8], width_px: u32, height_px: u32) -> Vec<u8> {
    let header = [&width_px.to_be_bytes(), &height_px.to_be_bytes(), &png[24..29]].concat();
    [&png[..8], &chunk(b"IHDR", &header), &png[33..]].concat()
}

fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let named = [name, body].concat();
    [&u32::try_from(body.len()).unwrap().to_be_bytes(), &*named, &checksum(&named).to_be_bytes()].concat()
}

/// CRC-32 as in PNG, annex D.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

/// A colour profile with a right header and nothing useful in it.
pub(super) fn profile(colour_space: &[u8; 4], bytes: usize) -> Vec<u8> {
    let mut profile: Vec<u8> = (0..bytes).map(|at| (at * 7) as u8).collect();
    profile[..4].copy_from_slice(&u32::try_from(bytes).unwrap().to_be_bytes());
    profile[16..20].copy_from_slice(colour_space);
    profile[36..40].copy_from_slice(b"acsp");
    profile
}

/// The profile of a file.
pub(super) fn profile_of(bytes: &[u8]) -> Option<Vec<u8>> {
    use image::ImageDecoder;
    let reader = image::ImageReader::new(Cursor::new(bytes)).with_guessed_format().unwrap();
    reader.into_decoder().unwrap().icc_profile().unwrap()
}

/// One field of an EXIF block.
#[derive(Clone)]
pub(super) enum Field {
    Text(&'static [u8]),
    Short(u16),
    Fraction(u32, u32),
}

/// A big-endian EXIF block with the fields of its three directories: picture, exposure, place.
pub(super) fn exif(picture: &[(u16, Field)], exposure: &[(u16, Field)], place: &[(u16, Field)]) -> Vec<u8> {
    let picture_at = 8;
    let exposure_at = picture_at + 2 + 12 * (picture.len() + 2) + 4;
    let place_at = exposure_at + 2 + 12 * exposure.len() + 4;
    let values_at = place_at + 2 + 12 * place.len() + 4;
    let (mut directories, mut values) = (b"MM\0*\0\0\0\x08".to_vec(), Vec::new());
    let pointers = [(0x8769_u16, exposure_at), (0x8825, place_at)];
    for (fields, pointers) in [(picture, &pointers[..]), (exposure, &[]), (place, &[])] {
        directories.extend(((fields.len() + pointers.len()) as u16).to_be_bytes());
        for (tag, field) in fields {
            let (kind, count, bytes) = match field {
                Field::Text(text) => (2_u16, text.len(), text.to_vec()),
                Field::Short(number) => (3, 1, number.to_be_bytes().to_vec()),
                Field::Fraction(over, under) => (5, 1, [over.to_be_bytes(), under.to_be_bytes()].concat()),
            };
            entry(&mut directories, *tag, kind, count);
            if bytes.len() <= 4 {
                directories.extend(bytes.iter().chain(&[0; 4]).take(4));
            } else {
                directories.extend(((values_at + values.len()) as u32).to_be_bytes());
                values.extend(bytes);
            }
        }
        for (tag, at) in pointers {
            entry(&mut directories, *tag, 4, 1);
            directories.extend((*at as u32).to_be_bytes());
        }
        directories.extend([0; 4]);
    }
    [directories, values].concat()
}

fn entry(directories: &mut Vec<u8>, tag: u16, kind: u16, count: usize) {
    directories.extend(tag.to_be_bytes());
    directories.extend(kind.to_be_bytes());
    directories.extend((count as u32).to_be_bytes());
}

/// A block that only says how to hold the picture.
pub(super) fn held(orientation: u16) -> Vec<u8> {
    exif(&[(0x0112, Field::Short(orientation))], &[], &[])
}

pub(super) fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|part| part == text)
}
