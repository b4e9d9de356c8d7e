//! Two photographs of one skin, whose change is known.

use resurface_measure::photo::{ColourMode, Kind, Outcome, Scale, Settings, Withheld};
use resurface_measure::quantity::Verdict;

use crate::phantom::{Shot, Skin};
use crate::{change, comparison};

fn scaled() -> Settings {
    Settings { scale: Scale::MillimetresPerPixel(0.2), ..Settings::default() }
}

#[test]
fn nothing_has_changed_where_nothing_has() {
    // given one skin with scars, photographed twice with other noise, from a little elsewhere
    let skin = Skin::of(3).with_scars(16, &[3.0, 4.0], 7.0, 3.0);
    let again = Shot { seed: 2, turned_degrees: 1.5, shift_mm: [3.0, -4.0], bend_mm: 0.4, ..Shot::default() };
    // when they are compared
    let compared = comparison(&skin, &Shot::default(), &skin, &again, &scaled()).unwrap();
    // then every number that can be told is within the error
    for change in &compared.zones[0].changes {
        assert_ne!(change.verdict, Verdict::LargerThanTheError, "{change:?}");
    }
    let told = compared.zones[0].changes.iter().filter(|change| change.verdict == Verdict::WithinTheError).count();
    assert!(told >= 12, "{told}");
    assert!(compared.alignment.residual_share < 0.002, "{:?}", compared.alignment);
}

#[test]
fn places_are_found_again_under_a_known_movement() {
    let skin = Skin::of(4);
    let (first, second) = (
        Shot::default(),
        Shot { seed: 9, scale: 1.02, turned_degrees: -3.0, shift_mm: [-5.0, 2.0], bend_mm: 1.0, ..Shot::default() },
    );
    let compared = comparison(&skin, &first, &skin, &second, &Settings::default()).unwrap();
    let mut off = Vec::new();
    for x_mm in [-45.0, -20.0, 0.0, 20.0, 45.0] {
        for y_mm in [-50.0, -30.0, 0.0, 25.0, 60.0] {
            let (there, known) = (compared.places.in_follow_up(first.place(x_mm, y_mm)), second.place(x_mm, y_mm));
            off.push((there[0] - known[0]).hypot(there[1] - known[1]));
        }
    }
    off.sort_by(f64::total_cmp);
    // 0.2 mm to a pixel: half of them within 0.1 mm, all of them within half a millimetre
    assert!(off[off.len() / 2] < 0.5 && off[off.len() - 1] < 2.5, "{off:?}");
    assert!((compared.alignment.scale - 1.02).abs() < 0.003, "{}", compared.alignment.scale);
    // what moves by itself turns the face by a few tenths of a degree as well
    assert!((compared.alignment.rotation_degrees + 3.0).abs() < 0.5, "{}", compared.alignment.rotation_degrees);
}

#[test]
fn scars_that_fade_lose_their_redness_in_any_light() {
    // given 20 scars that are 9 L* darker and 5 a* redder, and half of that later, in light of another colour
    let before = Skin::of(5).with_scars(20, &[3.0, 4.0], 9.0, 5.0);
    let mut after = before.clone();
    after.scars.iter_mut().for_each(|scar| (scar.darker, scar.redder) = (scar.darker / 2.0, scar.redder / 2.0));
    let later = Shot { seed: 8, gains: [0.95, 1.0, 1.06], shift_mm: [2.0, 1.0], ..Shot::default() };
    let compared = comparison(&before, &Shot::default(), &after, &later, &scaled()).unwrap();
    // then the redness of scars over the skin around them has halved, whatever the light
    let found = change(&compared, Kind::ScarRedness);
    let share = found.follow_up.quantity().unwrap().value / found.baseline.quantity().unwrap().value;
    assert!((0.4..0.6).contains(&share), "{found:?}");
}

#[test]
fn without_a_card_no_absolute_colour_is_given() {
    let skin = Skin::of(6);
    let compared =
        comparison(&skin, &Shot::default(), &skin, &Shot { seed: 5, ..Shot::default() }, &Settings::default()).unwrap();
    for kind in [Kind::Lightness, Kind::RedGreen, Kind::YellowBlue, Kind::TypologyAngle] {
        assert_eq!(change(&compared, kind).baseline, Outcome::Withheld { why: Withheld::NoCard });
        assert_eq!(change(&compared, kind).verdict, Verdict::CannotBeTold);
    }
    assert!(matches!(compared.colour, ColourMode::MadeEqual { .. }));
    assert_eq!(compared.zones[0].skin_colour, [None, None]);
    assert_eq!(change(&compared, Kind::TextureFrom1Mm).baseline, Outcome::Withheld { why: Withheld::NoScale });
}

#[test]
fn rougher_skin_is_rougher_and_a_blurred_picture_is_not_smoother_skin() {
    let skin = Skin::of(7);
    let rough = Skin { rough: 1.4, ..skin.clone() };
    let second = Shot { seed: 6, ..Shot::default() };
    let compared = comparison(&skin, &Shot::default(), &rough, &second, &scaled()).unwrap();
    let found = change(&compared, Kind::TextureFrom2Mm);
    let ratio = found.follow_up.quantity().unwrap().value / found.baseline.quantity().unwrap().value;
    // 1.4 times the texture, and spots that are the same in both
    assert!((1.15..1.45).contains(&ratio), "{found:?}");
    assert_eq!(found.verdict, Verdict::LargerThanTheError);

    let soft = Shot { blur_px: 1.6, ..second };
    let compared = comparison(&skin, &Shot::default(), &skin, &soft, &scaled()).unwrap();
    assert_ne!(
        change(&compared, Kind::TextureFrom2Mm).verdict,
        Verdict::LargerThanTheError,
        "{:?}",
        change(&compared, Kind::TextureFrom2Mm)
    );
}

#[test]
fn the_clinics_own_repeatability_replaces_that_of_the_literature() {
    let skin = Skin::of(9).with_scars(12, &[4.0], 8.0, 3.0);
    let mut settings = scaled();
    settings.repeatability.insert(Kind::ScarRedness, 0.01);
    let after =
        Skin { scars: skin.scars.iter().map(|scar| crate::phantom::Scar { redder: 2.0, ..*scar }).collect(), ..skin.clone() };
    let compared = comparison(&skin, &Shot::default(), &after, &Shot { seed: 3, ..Shot::default() }, &settings).unwrap();
    let found = change(&compared, Kind::ScarRedness);
    assert_eq!(found.difference.unwrap().smallest_change, 0.01);
    assert_eq!(found.verdict, Verdict::LargerThanTheError);
    assert_eq!(found.smallest_change_from, "this clinic's own repeats");
}

#[test]
fn the_same_pictures_give_the_same_bytes() {
    let skin = Skin::of(10).with_scars(8, &[3.0], 8.0, 4.0);
    let compared = || comparison(&skin, &Shot::default(), &skin, &Shot { seed: 7, ..Shot::default() }, &scaled()).unwrap();
    let (one, other) = (compared(), compared());
    assert_eq!(serde_json::to_string(&one).unwrap(), serde_json::to_string(&other).unwrap());
    assert_eq!(one.maps, other.maps);
    assert_eq!(one.maps.len(), 5);
    for map in &one.maps {
        let picture = image::load_from_memory(&map.png).unwrap();
        assert_eq!((picture.width() as usize, picture.height() as usize), (map.width_px, map.height_px));
    }
}
