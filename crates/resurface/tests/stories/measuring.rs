//! Measuring a surface: the page, the JSON, the picture, and what is asked for where a file does not say it.

use std::fs;

use serde_json::Value;

use crate::program::{folder, resurface, resurface_in};

const SURFACE: &str = "crates/measure/tests/data/al3d-1.al3d";

#[test]
fn a_page_says_what_was_measured_how_and_what_each_number_means() {
    let said = resurface(&["measure", "surface", SURFACE, "--width", "120"]);
    insta::assert_snapshot!(said.all());
}

#[test]
fn json_holds_every_parameter_with_its_unit_and_the_chain_behind_it() {
    let said = resurface(&[
        "measure",
        "surface",
        SURFACE,
        "--json",
        "--form",
        "2",
        "--s-filter",
        "2",
        "--l-filter",
        "40",
        "--prune",
        "0.1",
    ]);
    let answer: Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(answer["schema"], "resurface.surface/1");
    assert_eq!(answer["chain_version"], "resurface.surface-chain/1");
    assert_eq!(answer["chain"]["form"]["degree"], 2);
    assert_eq!(answer["chain"]["s"]["nesting_um"], 2.0);
    assert_eq!(answer["pruning_um"], 0.1);
    assert_eq!(answer["input_sha256"].as_str().unwrap().len(), 64);
    let rows = answer["parameters"].as_array().unwrap();
    assert_eq!(rows.len(), 35);
    let sq = rows.iter().find(|row| row["symbol"] == "Sq").unwrap();
    assert!(sq["value"].as_f64().unwrap() > 0.0 && sq["unit"] == "um", "{sq}");
}

#[test]
fn the_picture_is_well_formed_and_has_a_legend_and_a_length() {
    let folder = folder("surface_picture");
    let picture = folder.join("heights.svg");
    let said = resurface(&["measure", "surface", SURFACE, "--svg", picture.to_str().unwrap()]);
    assert!(said.stderr.contains("picture of the heights written to"), "{}", said.stderr);
    let text = fs::read_to_string(picture).unwrap();
    let document = roxmltree::Document::parse(&text).unwrap();
    let texts: Vec<&str> = document
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .filter_map(|node| node.text())
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .collect();
    assert_eq!(texts.iter().filter(|text| text.ends_with("µm")).count(), 6, "five heights and a length: {texts:?}");
    let image = document.descendants().find(|node| node.has_tag_name("image")).unwrap();
    let encoded = image.attribute("href").unwrap().strip_prefix("data:image/png;base64,").unwrap();
    let bytes = data_encoding::BASE64.decode(encoded.as_bytes()).unwrap();
    let pixels = image::load_from_memory(&bytes).unwrap();
    assert_eq!((pixels.width(), pixels.height()), (200, 296));
}

#[test]
fn what_a_file_does_not_say_is_asked_for_and_never_guessed() {
    let folder = folder("surface_units");
    let grid: String = (0..40).map(|row| (0..40).map(|at| format!("{} ", (row * at) % 7)).collect::<String>() + "\n").collect();
    fs::write(folder.join("grid.txt"), grid).unwrap();
    let measure = |more: &[&str]| resurface_in(&folder, &[&["measure", "surface", "grid.txt"], more].concat(), "");
    insta::assert_snapshot!(measure(&[]).all(), @r"
    exit 14
    --- stdout
    --- stderr
    error: grid.txt: text: the file does not say in which unit its heights are
    hint: say in which unit its heights are: --unit nm, um, mm or m
    ");
    assert_eq!(measure(&["--unit", "um"]).code, 14);
    assert_eq!(measure(&["--unit", "um", "--spacing", "20"]).code, 0);
    assert_eq!(measure(&["--unit", "um", "--spacing", "0"]).code, 2);
    assert_eq!(measure(&["--unit", "um", "--spacing", "20", "--l-filter", "9000"]).code, 15);
    assert_eq!(resurface(&["measure", "surface", SURFACE, "--unit", "mm"]).code, 2);
    assert_eq!(resurface(&["measure", "surface", "nobody.x3p"]).code, 5);
    assert_eq!(resurface(&["measure", "surface", "docs/chart.png"]).code, 2);
}

#[test]
fn the_page_fits_its_width_and_needs_no_sign_outside_ascii() {
    for width in ["60", "80", "100", "120"] {
        let said = resurface(&["measure", "surface", SURFACE, "--width", width, "--ascii"]);
        let widest = said.stdout.lines().map(str::len).max().unwrap();
        assert!(said.stdout.is_ascii() && widest <= width.parse().unwrap(), "{width}: {widest}\n{}", said.stdout);
    }
}
