//! Measuring two visits: scans and photographs compared on the command line, what is written besides, and what is refused.

use std::fs;
use std::path::{Path, PathBuf};

use resurface_measure::phantom::{Base, Capture, Count, Motion, Skin};
use resurface_measure::scan::Mesh;
use serde_json::Value;

use crate::program::{folder, resurface};

/// A scan of a made patch of skin whose scars have so much of their depth left.
fn scan(folder: &Path, name: &str, seed: u64, left: f64) -> PathBuf {
    let count = Count { ice_picks: 0, boxcars: 4, rolling: 2 };
    let skin = Skin::scarred(7, Base::Face, [32.0, 36.0], &count).unwrap().treated(|pit| left * pit.depth_mm);
    let motion = Motion { turns_deg: [seed as f64, -2.0, 1.0], shift_mm: [seed as f64, 2.0, -3.0] };
    let capture = Capture { seed, white_noise_mm: 0.01, motion, ..Capture::default() };
    let path = folder.join(name);
    fs::write(&path, ply(&capture.of(&skin).unwrap().mesh)).unwrap();
    path
}

fn ply(mesh: &Mesh) -> String {
    let mut text = format!(
        "ply\nformat ascii 1.0\nelement vertex {}\nproperty float x\nproperty float y\nproperty float z\nelement face {}\n\
         property list uchar int vertex_indices\nend_header\n",
        mesh.vertices.len(),
        mesh.triangles.len()
    );
    mesh.vertices.iter().for_each(|[x, y, z]| text += &format!("{x} {y} {z}\n"));
    mesh.triangles.iter().for_each(|[a, b, c]| text += &format!("3 {a} {b} {c}\n"));
    text
}

fn measure(arguments: &[&str]) -> crate::program::Said {
    resurface(&[&["measure"], arguments].concat())
}

#[test]
fn scars_that_became_shallower_are_said_to_have_and_the_report_needs_nothing_else() {
    let folder = folder("scans_compared");
    let [before, after] = [scan(&folder, "before.ply", 1, 1.0), scan(&folder, "after.ply", 2, 0.5)];
    let (html, png) = (folder.join("report.html"), folder.join("pictures"));
    let [before, after, html_name, png_name] = [&before, &after, &html, &png].map(|path| path.to_str().unwrap());
    let said = measure(&["scan", before, after, "--unit", "mm", "--html", html_name, "--png", png_name, "--json"]);
    let answer: Value = serde_json::from_str(&said.stdout).unwrap_or_else(|error| panic!("{error}: {}", said.all()));
    assert_eq!(answer["schema"], "resurface.scan/1");
    let change = &answer["comparison"]["change"]["volume_mm3"];
    assert_eq!(change["verdict"], "larger_than_the_error", "{change}");
    assert!(change["high"].as_f64().unwrap() < 0.0, "{change}");

    let report = fs::read_to_string(&html).unwrap();
    assert!(report.contains("larger than the error") && report.contains("data:image/png;base64,"));
    assert!(!report.contains("<script") && !report.contains("http"), "it asks nobody for anything");
    let mut pictures: Vec<_> = fs::read_dir(&png).unwrap().map(|file| file.unwrap().file_name()).collect();
    pictures.sort();
    assert_eq!(pictures, ["baseline.png", "distance.png", "follow-up.png"]);
    let again = measure(&["scan", before, after, "--unit", "mm", "--png", png_name]);
    assert_eq!((again.code, again.stdout.as_str()), (5, ""), "a folder that is not empty is not written into: {}", again.all());
}

#[test]
fn what_a_scan_does_not_say_is_asked_for_and_what_does_not_fit_is_refused() {
    let folder = folder("scans_refused");
    let before = scan(&folder, "before.ply", 1, 1.0);
    let before = before.to_str().unwrap();
    let unsaid = measure(&["scan", before]);
    assert_eq!((unsaid.code, unsaid.stdout.as_str()), (14, ""));
    assert!(unsaid.stderr.contains("before.ply") && unsaid.stderr.contains("--unit mm, cm or m"), "{}", unsaid.stderr);

    let small = scan(&folder, "other.ply", 1, 1.0);
    let text = fs::read_to_string(&small).unwrap();
    let larger = text.lines().map(|line| {
        let numbers: Vec<f64> = line.split(' ').filter_map(|word| word.parse().ok()).collect();
        if numbers.len() == 3 {
            format!("{} {} {}", numbers[0] * 1.2, numbers[1] * 1.2, numbers[2] * 1.2)
        } else {
            line.to_owned()
        }
    });
    fs::write(&small, larger.collect::<Vec<_>>().join("\n") + "\n").unwrap();
    let other = measure(&["scan", before, small.to_str().unwrap(), "--unit", "mm"]);
    assert_eq!((other.code, other.stdout.as_str()), (15, ""), "{}", other.all());
    assert!(other.stderr.contains("before.ply and other.ply"), "{}", other.stderr);
}

#[test]
fn repeated_scans_tell_the_smallest_change_and_others_take_it() {
    let folder = folder("scans_repeated");
    let captures = [1, 2].map(|seed| scan(&folder, &format!("capture{seed}.ply"), seed, 1.0));
    let [one, two] = captures.each_ref().map(|path| path.to_str().unwrap());
    let plot = folder.join("plot.svg");
    let said = measure(&["repeatability", one, two, "--unit", "mm", "--json", "--svg", plot.to_str().unwrap()]);
    let answer: Value = serde_json::from_str(&said.stdout).unwrap_or_else(|error| panic!("{error}: {}", said.all()));
    let of = |number: &str| {
        let numbers = answer["numbers"].as_array().unwrap();
        numbers.iter().find(|it| it["number"] == number).unwrap()["repeatability"]["smallest_change"]["value"].as_f64().unwrap()
    };
    assert!(of("scar_depth_mm") > 0.0 && of("scar_depth_mm") < 0.2, "{}", of("scar_depth_mm"));
    roxmltree::Document::parse(&fs::read_to_string(plot).unwrap()).unwrap();

    let own = folder.join("own.json");
    fs::write(&own, &said.stdout).unwrap();
    let measured = measure(&["scan", one, "--unit", "mm", "--repeatability", own.to_str().unwrap(), "--json"]);
    let visit: Value = serde_json::from_str(&measured.stdout).unwrap_or_else(|error| panic!("{error}: {}", measured.all()));
    let scars = visit["visit"]["scars"].as_array().unwrap();
    let depths: Vec<f64> = scars.iter().filter_map(|scar| scar["depth"]["measured"]["smallest_change"].as_f64()).collect();
    assert!(!depths.is_empty() && depths.iter().all(|depth| (depth - of("scar_depth_mm")).abs() < 1e-9), "{depths:?}");

    fs::write(&own, "{}").unwrap();
    let wrong = measure(&["scan", one, "--unit", "mm", "--repeatability", own.to_str().unwrap()]);
    assert_eq!((wrong.code, wrong.stdout.as_str()), (2, ""), "{}", wrong.all());
    assert!(wrong.stderr.contains("own.json") && wrong.stderr.contains("schema"), "{}", wrong.stderr);
}

#[test]
fn a_photograph_that_shows_nothing_gives_no_number() {
    let folder = folder("photographs_refused");
    let blank = folder.join("blank.png");
    image::RgbImage::from_pixel(800, 800, image::Rgb([255, 255, 255])).save(&blank).unwrap();
    let said = measure(&["photo", blank.to_str().unwrap()]);
    assert_eq!((said.code, said.stdout.as_str()), (15, ""), "{}", said.all());
    assert!(said.stderr.contains("blank.png"), "{}", said.stderr);
    let zone = measure(&["photo", blank.to_str().unwrap(), "--zone", "cheek:1,2 3"]);
    assert_eq!((zone.code, zone.stdout.as_str()), (2, ""), "{}", zone.all());
    assert!(zone.stderr.contains("--zone cheek:1,2 3"), "{}", zone.stderr);
}
