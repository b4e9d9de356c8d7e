//! Pictures: taken in with consent, shown in three forms, refused with what to do.

use std::fs;
use std::path::Path;

use image::{DynamicImage, ImageFormat, RgbImage};

use crate::a_clinic::AClinic;
use crate::visits::Visits;

fn picture(folder: &Path, name: &str, format: ImageFormat) {
    let image = RgbImage::from_fn(900, 600, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
    DynamicImage::from(image).save_with_format(folder.join(name), format).unwrap();
}

fn a_clinic_with_a_chart(name: &str) -> AClinic {
    let clinic = AClinic::founded(name);
    let file = Visits::of_example("consultation.toml").write(&clinic.folder, "visit.json");
    clinic.open_chart(&file, "Pia Picture");
    picture(&clinic.folder, "front.jpg", ImageFormat::Jpeg);
    clinic
}

fn consents(clinic: &AClinic) {
    let consent = "schema = 'resurface.entry/1'\nkind = 'consented'\non = 2026-11-20\npurposes = ['pictures_for_care']\n";
    clinic.page(&["chart", "add", "A-1042", clinic.write("consent.toml", consent)]);
}

#[test]
fn a_picture_is_kept_sealed_and_comes_back_in_three_forms() {
    let clinic = a_clinic_with_a_chart("pictures");
    let add = ["chart", "add", "A-1042", "front.jpg", "--view", "left_oblique", "--on", "2026-11-19", "--note", "before"];
    let said = clinic.refused(&add, 2);
    assert!(said.contains("the patient does not consent to pictures for the chart"), "{said}");
    consents(&clinic);
    let added = clinic.json(&add);
    assert_eq!(added["files"][0]["entries"][0]["words"], "left oblique, 900 x 600 pixels; before");
    assert_eq!(clinic.json(&add)["files"][0]["entries"], serde_json::json!([]), "the same picture is taken in once");
    let entry = added["files"][0]["entries"][0]["id"].as_str().unwrap();
    assert!(clinic.page(&["chart", "show", "A-1042"]).contains(&format!("2026-11-19  left oblique  {entry}")));
    let out = |form: &str| {
        let file = format!("{form}.out");
        clinic.page(&["chart", "picture", "A-1042", entry, "--out", &file, "--form", form]);
        fs::read(clinic.folder.join(file)).unwrap()
    };
    let original = fs::read(clinic.folder.join("front.jpg")).unwrap();
    assert_eq!(out("original"), original);
    let display = image::load_from_memory(&out("display")).unwrap();
    let thumbnail = image::load_from_memory(&out("thumbnail")).unwrap();
    assert_eq!(((display.width(), display.height()), thumbnail.width()), ((900, 600), 320));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(clinic.folder.join("display.out")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "others on the machine do not see it");
    }
    clinic.refused(&["chart", "picture", "A-1042", "11111111-1111-8111-8111-111111111111", "--out", "none.out"], 2);
    // consent taken back closes the picture
    let withdrawn =
        "schema = 'resurface.entry/1'\nkind = 'consent_withdrawn'\non = 2026-11-21\npurposes = ['pictures_for_care']\n";
    clinic.page(&["chart", "add", "A-1042", clinic.write("withdrawn.toml", withdrawn)]);
    clinic.refused(&["chart", "picture", "A-1042", entry, "--out", "none.out"], 2);
    assert!(!clinic.folder.join("none.out").exists());
}

#[test]
fn a_picture_that_is_none_too_large_or_without_a_view_is_refused_before_anything_is_written() {
    let clinic = a_clinic_with_a_chart("refused_pictures");
    consents(&clinic);
    let before = clinic.json(&["chart", "show", "A-1042"])["entries"].clone();
    clinic.write("text.jpg", "this is no picture");
    fs::write(clinic.folder.join("heavy.png"), vec![0; 40_000_001]).unwrap();
    // a header that promises 20,000 by 20,000 pixels
    let mut huge = Vec::new();
    let small = DynamicImage::from(RgbImage::new(1, 1));
    small.write_to(&mut std::io::Cursor::new(&mut huge), ImageFormat::Png).unwrap();
    huge[16..24].copy_from_slice(&[0, 0, 0x4E, 0x20, 0, 0, 0x4E, 0x20]);
    fs::write(clinic.folder.join("huge.png"), huge).unwrap();
    for (file, says) in [
        ("text.jpg", "only JPEG and PNG are taken in"),
        ("heavy.png", "more than the 40000000 that are taken in"),
        ("huge.png", "huge.png: the p"),
    ] {
        let said = clinic.refused(&["chart", "add", "A-1042", "front.jpg", file, "--view", "front"], 2);
        assert!(said.contains(says), "{file}: {said}");
    }
    let said = clinic.refused(&["chart", "add", "A-1042", "front.jpg"], 2);
    assert!(said.contains("front.jpg: which view it is was not said\nhint: --view front, left_oblique"), "{said}");
    clinic.refused(&["chart", "add", "A-1042", "visit.json", "--view", "front"], 2);
    clinic.refused(&["chart", "add", "A-1042", "gone.png", "--view", "front"], 5);
    assert_eq!(clinic.json(&["chart", "show", "A-1042"])["entries"], before);
}
