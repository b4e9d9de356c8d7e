//! A card of known colours in the picture.

use resurface_measure::photo::{CardFound, Code, ColourMode, Error, Kind, ProfileUsed, Settings, SkinColour, compare, measure};
use resurface_measure::quantity::Verdict;

use crate::phantom::{Shot, Skin, encoded};

#[test]
fn a_card_in_any_orientation_gives_the_colour_of_the_skin() {
    // given light that is far too yellow and a little too weak
    let skin = Skin::of(21);
    for quarters in 0..4 {
        let shot = Shot { gains: [0.95, 0.85, 0.62], card_quarters: Some(quarters), ..Shot::default() };
        // when the picture with a card is measured
        let measured = measure(&shot.of(&skin), &Settings::default(), &mut |_| ()).unwrap();
        // then the card is found as it lies, and the skin has its known colour
        let CardFound::Found(fit) = &measured.capture.card else { panic!("{quarters}: {:?}", measured.capture.card) };
        let turned = (fit.turned_degrees - 90.0 * f64::from(quarters)).rem_euclid(360.0);
        assert!(!(2.0..=358.0).contains(&turned), "{quarters}: {}", fit.turned_degrees);
        assert!(fit.accepted && fit.residual_mean < 1.0 && fit.left_out_mean < 1.5, "{fit:?}");
        let number = |kind: Kind| measured.zones[0].numbers.iter().find(|number| number.kind == kind).unwrap().outcome;
        for (kind, known) in [(Kind::Lightness, 64.0), (Kind::RedGreen, 14.0), (Kind::YellowBlue, 17.0)] {
            let found = number(kind).quantity().copied().unwrap();
            assert!((found.value - known).abs() < 1.2, "{quarters} {kind:?}: {found:?}");
        }
        let angle = number(Kind::TypologyAngle).quantity().copied().unwrap();
        // atan2(64 - 50, 17) is 39.5 degrees
        assert!((angle.value - 39.5).abs() < 3.0, "{angle:?}");
        assert_eq!(measured.zones[0].skin_colour, Some(SkinColour::Intermediate));
    }
}

#[test]
fn with_cards_a_change_of_all_of_the_skin_is_seen_through_other_light() {
    let pale = Skin::of(22);
    let tanned = Skin { colour: resurface_measure::photo::Lab { l: 56.0, a: 14.0, b: 20.0 }, ..pale.clone() };
    let card = Shot { card_quarters: Some(0), ..Shot::default() };
    let later = Shot { gains: [1.0, 0.92, 0.8], seed: 4, ..card };
    let compared = compare(&card.of(&pale), &later.of(&tanned), &Settings::default(), &mut |_| ()).unwrap();
    assert_eq!(compared.colour, ColourMode::ByCard);
    let change = compared.zones[0].changes.iter().find(|change| change.kind == Kind::Lightness).unwrap();
    assert!((change.difference.unwrap().value + 8.0).abs() < 1.0, "{change:?}");
    assert_eq!(change.verdict, Verdict::LargerThanTheError);
    assert_eq!(compared.zones[0].colour_difference.unwrap().verdict, Verdict::LargerThanTheError);
}

#[test]
fn a_card_that_is_a_mirror_image_refuses_the_picture() {
    let shot = Shot { card_quarters: Some(1), ..Shot::default() };
    let picture = image::load_from_memory(&shot.of(&Skin::of(23))).unwrap().fliph().into_rgb8();
    let mirrored = encoded(picture.into_raw(), shot.width_px, shot.height_px, None);
    let Err(Error::NotMeasurable { findings, .. }) = measure(&mirrored, &Settings::default(), &mut |_| ()) else { panic!() };
    assert_eq!(findings[0].code, Code::CardMirrored);
}

#[test]
fn a_profile_is_used_and_one_that_is_not_understood_is_said() {
    // given a picture whose numbers mean Display P3
    let shot = Shot { card_quarters: Some(0), quality: None, ..Shot::default() };
    let picture = shot.of(&Skin::of(24));
    let plain = measure(&picture, &Settings::default(), &mut |_| ()).unwrap();
    assert_eq!(plain.capture.profile, ProfileUsed::NoneSoSrgbAssumed);
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let measured = |profile: Vec<u8>| measure(&with_profile(&picture, profile), &Settings::default(), &mut |_| ()).unwrap();
    let wide = measured(profile.clone());
    assert_eq!(wide.capture.profile, ProfileUsed::OfTheFile);
    // then skin is redder than the same numbers in sRGB say, by several units of hue
    assert!(plain.capture.quality.hue_degrees > 0.0);
    let mut broken = profile;
    broken[36..40].copy_from_slice(b"nono");
    assert_eq!(measured(broken).capture.profile, ProfileUsed::NotUnderstoodSoSrgbAssumed);
}

/// The PNG file with a profile in it.
fn with_profile(png: &[u8], profile: Vec<u8>) -> Vec<u8> {
    use image::ImageEncoder;
    let picture = image::load_from_memory(png).unwrap().into_rgb8();
    let mut file = Vec::new();
    let mut encoder = image::codecs::png::PngEncoder::new(&mut file);
    encoder.set_icc_profile(profile).unwrap();
    encoder.write_image(&picture, picture.width(), picture.height(), image::ExtendedColorType::Rgb8).unwrap();
    file
}
