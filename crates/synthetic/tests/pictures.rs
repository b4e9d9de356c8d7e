//! Pictures as they leave the crate. They are kept in the temporary folder of the build, to be looked at.

use std::path::Path;

use jiff::civil::date;
use resurface_care::chart::{Bench, View};
use resurface_forecast::{BasePoints, Population};
use resurface_knowledge::Knowledge;
use resurface_synthetic::{Scenario, What, patient};

#[test]
#[expect(clippy::disallowed_methods, reason = "this test keeps pictures to be looked at")]
fn pictures_are_taken_of_those_who_consent_in_three_views() {
    let knowledge = Knowledge::built_in().unwrap();
    let population = Population::from_json(knowledge.files.text("population.json").unwrap()).unwrap();
    let points = BasePoints::new(1);
    let bench = Bench { knowledge: &knowledge, population: &population, points: &points, program: "0.1.0" };
    let scenario = Scenario { patients: 60, seed: 3, until: date(2026, 11, 20) };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("synthetic-pictures");
    std::fs::create_dir_all(&folder).unwrap();
    let mut views = std::collections::BTreeSet::new();
    for number in 1..=12 {
        let patient = patient(number, &scenario, &bench).unwrap();
        for happening in &patient.happenings {
            let What::Picture { view, on, jpeg } = &happening.what else { continue };
            let decoded = image::load_from_memory(jpeg).unwrap();
            assert_eq!((decoded.width(), decoded.height()), (384, 512));
            assert!((8_000..60_000).contains(&jpeg.len()), "{}", jpeg.len());
            views.insert(*view);
            std::fs::write(folder.join(format!("{number:02}-{on}-{}.jpg", view.words().replace(' ', "-"))), jpeg).unwrap();
        }
    }
    assert_eq!(views.into_iter().collect::<Vec<_>>(), [View::Front, View::LeftOblique, View::RightOblique]);
}
