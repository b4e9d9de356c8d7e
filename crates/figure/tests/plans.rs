//! Figures of the plans of the examples, in every language.
#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]

use resurface_care::consultation::Consultation;
use resurface_care::plan::{Plan, plan};
use resurface_care::{form, grading, screening};
use resurface_figure::{ForecastFigure, IntervalDots, judged_error_percent};
use resurface_forecast::{BasePoints, Population};
use resurface_knowledge::Knowledge;
use resurface_knowledge::document::Format;
use resurface_words::{Language, Words};

const FIRST_VISIT: &str = include_str!("../../../examples/consultation.toml");
const REVIEW: &str = include_str!("../../../examples/not_responding.toml");

fn planned(text: &str) -> (Consultation, Plan, f64) {
    let knowledge = Knowledge::built_in().unwrap();
    let population = Population::from_json(knowledge.files.text("population.json").unwrap()).unwrap();
    let consultation = form::read("example.toml", text, Format::Toml, &knowledge).unwrap();
    let (screening, grading) = (screening::screen(&consultation, &knowledge), grading::grade(&consultation, &knowledge));
    let plan = plan(&consultation, &knowledge, &screening, &grading, &population, &BasePoints::new(1)).unwrap();
    (consultation, plan, judged_error_percent(&population))
}

fn figures(text: &str, words: &Words) -> [String; 2] {
    let (consultation, plan, error) = planned(text);
    let course = ForecastFigure::of_plan(&consultation, &plan, error, "versions", words).unwrap();
    [course.svg("course", words), IntervalDots::of_courses(&plan, words).unwrap().svg("courses", words)]
}

#[test]
fn a_plan_is_drawn_in_every_language() {
    for (language, expected) in [
        (Language::English, ["session planned", "goal 50\u{a0}%", "chance of goal", "1 session<"]),
        (Language::German, ["Sitzung geplant", "Ziel 50\u{a0}%", "Chance auf Ziel", "1 Sitzung<"]),
    ] {
        // given a first visit / when its plan is drawn
        let drawn = figures(FIRST_VISIT, Words::of(language));
        // then every figure is a named picture in the reader's words, with no key in place of a word
        for svg in &drawn {
            let parsed = roxmltree::Document::parse(svg).unwrap();
            assert_eq!(parsed.root_element().attribute("role"), Some("img"));
            assert!(!svg.contains('\u{27e8}') && !svg.contains("NaN"), "{svg}");
        }
        let both = drawn.concat();
        for word in expected {
            assert!(both.contains(word), "{word}");
        }
    }
}

#[test]
fn what_was_observed_stands_in_the_figure() {
    // given a chart with sessions and outcomes / when its plan is drawn / then both stand there
    let [course, _] = figures(REVIEW, Words::of(Language::English));
    assert!(course.contains("session given") && course.contains("measured, "), "{course}");
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let words = Words::of(Language::German);
    assert_eq!(figures(FIRST_VISIT, words), figures(FIRST_VISIT, words));
}
