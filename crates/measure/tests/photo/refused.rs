//! Pictures that no number may come from: a clear refusal that says what to do.

use resurface_measure::photo::{Code, Error, Settings, Weight, Zone, compare, measure};

use crate::phantom::{Shot, Skin, encoded};

/// A picture whose pixels a function of their place gives.
fn painted(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 3]) -> Vec<u8> {
    let rgb = (0..width * height).flat_map(|at| pixel(at % width, at / width)).collect();
    encoded(rgb, width, height, None)
}

fn refused(picture: &[u8]) -> Code {
    match measure(picture, &Settings::default(), &mut |_| ()) {
        Err(Error::NotMeasurable { findings, .. }) => {
            assert_eq!(findings[0].weight, Weight::Refuses);
            assert!(findings[0].message.contains(": "), "says what to do: {}", findings[0].message);
            findings[0].code
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn pictures_that_show_nothing() {
    let grain = |x: u32, y: u32| ((x * 7 + y * 13) % 3) as u8;
    assert_eq!(refused(&painted(600, 600, |x, y| [120 + grain(x, y); 3])), Code::Blank);
    assert_eq!(refused(&painted(600, 600, |x, y| [grain(x, y); 3])), Code::Black);
    assert_eq!(refused(&painted(600, 600, |x, _| if x < 150 { [90, 60, 50] } else { [255; 3] })), Code::BlownOut);
    assert_eq!(refused(&painted(600, 600, |x, y| [(x / 5) as u8, (y / 4) as u8, 200])), Code::NoSkin);
    let tiny = Shot { width_px: 220, height_px: 280, pixel_mm: 0.75, ..Shot::default() };
    assert_eq!(refused(&tiny.of(&Skin::of(41))), Code::TooSmall);
    let shaken = Shot { blur_px: 7.0, ..Shot::default() };
    assert_eq!(refused(&shaken.of(&Skin::of(41))), Code::Blurred);
    let glaring = Shot { gains: [2.6, 2.6, 2.6], ..Shot::default() };
    let code = refused(&glaring.of(&Skin::of(41)));
    assert!(matches!(code, Code::Clipped | Code::BlownOut), "{code:?}");
}

fn refused_together(before: &[u8], after: &[u8]) -> Code {
    match compare(before, after, &Settings::default(), &mut |_| ()) {
        Err(Error::NotComparable { finding }) => finding.code,
        Err(other) => panic!("{other}"),
        Ok(compared) => panic!("{:?}", compared.alignment),
    }
}

#[test]
fn pictures_that_do_not_belong_together() {
    let (skin, shot) = (Skin::of(42), Shot::default());
    let before = shot.of(&skin);
    // another person of the same build
    assert_eq!(refused_together(&before, &shot.of(&Skin::of(43))), Code::NotAligned);
    // from half as far, and from twice as far
    assert_eq!(refused_together(&before, &Shot { scale: 1.25, ..shot }.of(&skin)), Code::Distance);
    assert_eq!(refused_together(&before, &Shot { scale: 0.6, ..shot }.of(&skin)), Code::Distance);
    // a mirror image
    let picture = image::load_from_memory(&before).unwrap().fliph().into_rgb8();
    assert_eq!(refused_together(&before, &encoded(picture.into_raw(), shot.width_px, shot.height_px, None)), Code::Mirrored);
    // on its side
    let picture = image::load_from_memory(&before).unwrap().rotate90().into_rgb8();
    assert_eq!(refused_together(&before, &encoded(picture.into_raw(), shot.height_px, shot.width_px, None)), Code::Turned);
    // another part of the same skin: the left cheek against the right one
    let cheek = |x: f64| Shot { width_px: 900, height_px: 900, pixel_mm: 0.045, shift_mm: [x, -18.0], ..shot };
    assert_eq!(refused_together(&cheek(28.0).of(&skin), &cheek(-28.0).of(&skin)), Code::NotAligned);
}

#[test]
fn a_hand_before_the_face_is_said_or_refused_and_never_measured() {
    let (skin, shot) = (Skin::of(44), Shot { quality: None, ..Shot::default() });
    let picture = image::load_from_memory(&Shot { seed: 5, ..shot }.of(&skin)).unwrap().into_rgb8();
    let mut covered = picture.clone();
    let hand = Shot { seed: 6, ..shot }.of(&Skin { rough: 0.4, ..Skin::of(45) });
    let hand = image::load_from_memory(&hand).unwrap().into_rgb8();
    for (x, y, pixel) in covered.enumerate_pixels_mut().filter(|(x, _, _)| *x > 420) {
        *pixel = *hand.get_pixel(824 - x, y);
    }
    let covered = encoded(covered.into_raw(), shot.width_px, shot.height_px, None);
    match compare(&shot.of(&skin), &covered, &Settings::default(), &mut |_| ()) {
        Err(Error::NotComparable { finding }) => {
            assert!(matches!(finding.code, Code::Occluded | Code::NotAligned), "{finding:?}")
        }
        Ok(compared) => {
            assert!(compared.findings.iter().any(|finding| finding.code == Code::Occluded), "{:?}", compared.alignment)
        }
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn light_from_another_side_and_another_sharpness_are_said() {
    let (skin, shot) = (Skin::of(46), Shot::default());
    let compared =
        compare(&shot.of(&skin), &Shot { blur_px: 1.8, seed: 2, ..shot }.of(&skin), &Settings::default(), &mut |_| ()).unwrap();
    assert!(compared.findings.iter().any(|finding| finding.code == Code::SharpnessDiffers), "{:?}", compared.findings);
    let mut picture = image::load_from_memory(&shot.of(&skin)).unwrap().into_rgb8();
    for (x, _, pixel) in picture.enumerate_pixels_mut() {
        pixel.0.iter_mut().for_each(|value| *value = (f64::from(*value) * (1.0 - 0.25 * f64::from(x) / 825.0)) as u8);
    }
    let lit = encoded(picture.into_raw(), shot.width_px, shot.height_px, None);
    let compared = compare(&shot.of(&skin), &lit, &Settings::default(), &mut |_| ()).unwrap();
    assert!(compared.findings.iter().any(|finding| finding.code == Code::LightDiffers), "{:?}", compared.findings);
}

#[test]
fn settings_that_cannot_be() {
    let picture = Shot::default().of(&Skin::of(47));
    let zone =
        |corners: Vec<[f64; 2]>| Settings { zones: vec![Zone { name: "cheek".to_owned(), corners }], ..Settings::default() };
    for settings in [
        zone(vec![[0.0, 0.0], [1.0, 1.0]]),
        zone(vec![[0.0, f64::NAN], [1.0, 1.0], [2.0, 0.0]]),
        // on the background
        zone(vec![[0.0, 0.0], [40.0, 0.0], [40.0, 40.0]]),
    ] {
        assert!(matches!(measure(&picture, &settings, &mut |_| ()), Err(Error::Zone { .. })));
    }
    use resurface_measure::photo::Scale;
    for scale in [
        Scale::MillimetresPerPixel(0.0),
        Scale::MillimetresPerPixel(f64::NAN),
        Scale::Between { from: [5.0, 5.0], to: [5.0, 5.0], apart_mm: 62.0 },
    ] {
        let settings = Settings { scale, ..Settings::default() };
        assert!(matches!(measure(&picture, &settings, &mut |_| ()), Err(Error::Setting { .. })), "{scale:?}");
    }
}
