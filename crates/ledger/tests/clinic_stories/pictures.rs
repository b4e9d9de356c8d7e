//! Pictures for stories.

use std::collections::BTreeSet;
use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use resurface_care::chart::{Body, Consented, Purpose, View};
use resurface_ledger::clinic::{Desk, OpenChart};

use super::{TODAY, add};

/// A picture as a PNG file, larger than one of a list; each shade is another picture. It is shown as it is, byte for byte.
pub fn a_picture(shade: u8) -> Vec<u8> {
    let picture = RgbImage::from_fn(640, 480, |x, y| Rgb([shade, (x * 3) as u8, (y * 5) as u8]));
    let mut file = Cursor::new(Vec::new());
    DynamicImage::from(picture).write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

/// The chart after the patient consented to pictures and one was taken.
pub fn with_a_picture(desk: &Desk<'_>, open: &OpenChart, shade: u8) -> OpenChart {
    let purposes = BTreeSet::from([Purpose::PicturesForCare]);
    let consented = Consented { on: TODAY, purposes, document: None, discussion: None, signature: None };
    let open = add(desk, open, vec![Body::Consented(consented)]);
    desk.take_picture(open.clone(), desk.entry_id(), &a_picture(shade), TODAY, View::Front, None).unwrap().open
}
