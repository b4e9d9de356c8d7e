//! Whatever people read is there in German as well, and a translation cannot drift away from what it translates.

#![expect(clippy::expect_used, reason = "knowledge that does not read has failed its test")]

use resurface_knowledge::document::{Fault, FaultReport};
use resurface_knowledge::{Files, Knowledge};

/// The faults of the German after one change of a file.
fn faults(file: &str, change: impl Fn(&str) -> String) -> Vec<(String, Fault)> {
    let mut files = Files::built_in();
    let text = change(files.text(file).expect("a file of the knowledge"));
    files.insert(file, text);
    let knowledge = Knowledge::read(&files).expect("the English knowledge is whole");
    let reports = knowledge.translated("de").map(|_| ()).expect_err("the translation is refused");
    reports.iter().flat_map(|report| report.faults().iter().map(|fault| (report.file().to_owned(), fault.clone()))).collect()
}

fn has(faults: &[(String, Fault)], file: &str, problem: &str) -> bool {
    faults.iter().any(|(of, fault)| of == file && fault.problem.contains(problem))
}

#[test]
fn every_text_has_its_german() {
    let knowledge = Knowledge::built_in().expect("English");
    if let Err(reports) = knowledge.translated("de") {
        panic!("{}", reports.iter().map(FaultReport::to_string).collect::<String>());
    }
}

#[test]
fn a_translation_changes_words_and_nothing_else() {
    let english = Knowledge::built_in().expect("English");
    let german = english.translated("de").expect("German");
    assert_eq!(german.version, english.version);
    assert_eq!(german.ids(), english.ids());
    assert_eq!(german.sources, english.sources);
    for (one, other) in german.contraindications.iter().zip(&english.contraindications) {
        assert_ne!(one.patient, other.patient, "{}", one.id);
        let days = |wait: &Option<resurface_knowledge::contraindications::Wait>| wait.as_ref().map(|wait| wait.days);
        assert_eq!(
            (&one.id, one.class, &one.trigger, days(&one.wait)),
            (&other.id, other.class, &other.trigger, days(&other.wait))
        );
    }
    let topics = |knowledge: &Knowledge| knowledge.guide.pages.iter().map(|page| page.id.clone()).collect::<Vec<_>>();
    assert_eq!(topics(&german), topics(&english));
    assert!(german.guide.pages.iter().zip(&english.guide.pages).all(|(one, other)| one.title != other.title));
}

#[test]
fn an_english_text_that_changed_has_no_german_and_the_old_german_is_named() {
    let faults = faults("contraindications.toml", |text| text.replace("Scars can wait: treatment", "Scars can wait. Treatment"));
    assert!(has(&faults, "de/contraindications.toml", "is not translated"), "{faults:?}");
    assert!(
        has(&faults, "de/contraindications.toml", "the English file does not say \"Needling has not been studied"),
        "{faults:?}"
    );
}

#[test]
fn a_number_or_a_name_that_got_lost_is_named() {
    let found = faults("de/contraindications.toml", |text| text.replacen("63,8%", "68,3%", 1));
    assert!(has(&found, "de/contraindications.toml", "Bei 160 Menschen"), "{found:?}");
    let found = faults("de/contraindications.toml", |text| {
        text.replace("keine Rötung mehr da (CI-ERYTH)", "keine Rötung mehr da (CI-PREG)")
    });
    assert!(has(&found, "de/contraindications.toml", "CI-PREG"), "{found:?}");
    let found = faults("de/guide.toml", |text| text.replace("Wartezeit: {days} Tage", "Wartezeit: {day} Tage"));
    assert!(has(&found, "de/guide.toml", "{day}"), "{found:?}");
}

#[test]
fn a_page_of_the_guide_that_changed_is_to_be_translated_again() {
    let found = faults("guide/how-it-works.md", |text| text.replace("An acne scar is a place", "A scar of acne is a place"));
    assert!(has(&found, "de/guide/how-it-works.md", "the English page has changed"), "{found:?}");
    let found = faults("de/guide/how-many-sessions.md", |text| text.replacen("{{setting verdict_days}}", "90", 1));
    assert!(has(&found, "de/guide/how-many-sessions.md", "{{setting verdict_days}} is missing"), "{found:?}");
    let found = faults("de/guide/how-many-sessions.md", |text| text.replacen("[E13]", "[E5]", 1));
    assert!(has(&found, "de/guide/how-many-sessions.md", "[E13] is missing"), "{found:?}");
}

#[test]
fn a_file_without_its_english_one_and_a_missing_one_are_named() {
    let mut files = Files::built_in();
    files.remove("de/guide/questions.md");
    files.insert("de/guide/answers.md", "");
    files.insert("de/rules.toml", "");
    let reports = Knowledge::read(&files).expect("English").translated("de").map(|_| ()).expect_err("refused");
    let named: Vec<&str> = reports.iter().map(FaultReport::file).collect();
    assert_eq!(named, ["de/guide/answers.md", "de/guide/questions.md", "de/rules.toml"]);
}

#[test]
fn no_translation_advises_anybody_to_stop_a_medicine() {
    let found = faults("de/contraindications.toml", |text| {
        text.replace("Nehmen Sie Ihre Kapseln bis dahin weiter wie verordnet.", "Setzen Sie die Kapseln bis dahin ab.")
    });
    assert!(has(&found, "de/contraindications.toml", "to stop a medicine"), "{found:?}");
}
