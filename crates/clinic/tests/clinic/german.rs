//! Whoever reads German reads German: the words of the pages, and the clinical texts in them.

use resurface_knowledge::Knowledge;
use resurface_ledger::identity::LinkPurpose;

use crate::builder::{AClinic, Browser, knowledge, rules};
use crate::consulted::{chart, consulted, fill_in};

/// The browser, set to German.
fn in_german(mut browser: Browser<'_>) -> Browser<'_> {
    browser.cookie.push_str("; resurface-language=de");
    browser
}

/// Every English text of the knowledge that reads otherwise in German, long enough not to stand in a German page by chance.
fn english_texts(german: &Knowledge) -> Vec<&'static str> {
    let known = knowledge();
    let rules = known
        .contraindications
        .iter()
        .flat_map(|rule| [&rule.finding, &rule.question, &rule.clinician, &rule.patient, &rule.action, &rule.clears.when]);
    let sides = known.contraindications.iter().flat_map(|rule| &rule.disagreement).map(|side| &side.says);
    let events =
        known.adverse_events.events.iter().flat_map(|event| {
            [&event.name, &event.patient, &event.patient_does, &event.practitioner_does, &event.how_common.text]
        });
    let steps = known.protocol.aftercare.iter().flat_map(|step| [&step.patient, &step.practitioner]);
    let others = known.treatments.treatments.iter().flat_map(|treatment| [&treatment.what, &treatment.patient]);
    let settings = known.settings.numbers().flat_map(|(_, setting)| [&setting.name, &setting.why]);
    let all = rules.chain(sides).chain(events).chain(steps).chain(others).chain(settings);
    // the title of a paper is cited as it is
    let cited = |text: &str| known.sources.iter().any(|source| source.citation.contains(text));
    all.map(String::as_str).filter(|text| text.len() > 16 && german.says(text) != *text && !cited(text)).collect()
}

/// A page as it reads, without its marks.
fn as_read(page: &str) -> String {
    page.replace("&quot;", "\"").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
}

#[test]
fn a_german_page_holds_german_clinical_texts_and_no_english_ones() {
    let clinic = AClinic::founded("german-pages");
    let patient = consulted(&clinic);
    let german = rules().german;
    let english = english_texts(&german);
    assert!(english.len() > 600, "only {} texts", english.len());
    let browser = in_german(clinic.browser_of("ada"));
    for page in ["screening", "plan", "intake", "examination", "consent", "treatment", "events", "review"] {
        let shown = browser.get(&format!("/charts/{patient}/{page}"));
        assert_eq!(shown.status, 200, "{page}");
        let text = as_read(&shown.text);
        assert!(text.contains("<html lang=\"de\""), "{page}");
        let found: Vec<_> = english.iter().filter(|english| text.contains(**english)).collect();
        assert!(found.is_empty(), "{page}: {found:#?}");
    }
    let intake = as_read(&browser.get(&format!("/charts/{patient}/intake")).text);
    let asked = german.contraindications.iter().filter(|rule| intake.contains(&rule.question)).count();
    assert!(asked > 20, "only {asked} German questions are shown");
}

#[test]
fn a_patient_reads_plan_and_guide_in_german() {
    let clinic = AClinic::founded("german-patient");
    let patient = consulted(&clinic);
    let german = rules().german;
    let telephone = in_german(clinic.with_link(LinkPurpose::Plan, patient, patient));
    let plan = as_read(&telephone.get("/my/plan").text);
    assert!(plan.contains("Tragen Sie nur das Gel auf") && plan.contains("Wählen Sie sofort den Notruf."), "{plan}");
    for page in &knowledge().guide.pages {
        let shown = as_read(&telephone.get(&format!("/my/guide/{}", page.id)).text);
        assert!(shown.contains(&german.guide.page(&page.id).unwrap().title), "{}", page.id);
        let text = shown.split("<details").next().unwrap();
        assert!(!text.contains(&page.title), "{}", page.id);
        let found: Vec<_> = english_texts(&german).into_iter().filter(|english| text.contains(english)).collect();
        assert!(found.is_empty(), "{}: {found:#?}", page.id);
    }
}

#[test]
fn what_is_kept_of_a_decision_is_the_same_in_every_language() {
    let clinic = AClinic::founded("german-kept");
    let patient = consulted(&clinic);
    let screen = |browser: Browser<'_>| {
        assert_eq!(fill_in(&browser, &format!("/charts/{patient}/screening"), &[]).status, 303);
        chart(&clinic, patient).screened.unwrap().answer
    };
    let in_english = screen(clinic.browser_of("ada"));
    let german = screen(in_german(clinic.browser_of("ada")));
    assert_eq!(in_english, german);
}
