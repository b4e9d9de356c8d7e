//! A consultation in the browser: asked, examined, screened, planned, consented, reviewed, and corrected.

use axum::http::StatusCode;
use resurface_care::chart::{Adoption, Body, Purpose};
use resurface_care::consultation::Answer;
use resurface_care::screening::Decision;
use resurface_ledger::identity::{LinkPurpose, PatientId};

use crate::afterwards::a_session;
use crate::builder::{AClinic, Browser, Reply};
use crate::consulted::{A_DAY, add, chart, consulted, fill_in, sheet, value};

fn page(patient: PatientId, page: &str) -> String {
    format!("/charts/{patient}/{page}")
}

/// The names of the questions on a page.
fn questions(page: &str) -> Vec<String> {
    let names = page.split("name=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".answer")).map(str::to_owned).collect();
    names.dedup();
    names
}

/// Every question answered no, and a wish; other fields say otherwise.
fn answers(form: &str, otherwise: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = questions(form).into_iter().map(|name| (name, "no".to_owned())).collect();
    let rest = [("patient.pregnant", "no"), ("patient.breast_feeding", "no"), ("goal.improvement_percent:n", "50")];
    fields.extend(rest.map(|(name, value)| (name.to_owned(), value.to_owned())));
    for (name, value) in otherwise {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields
}

fn send(browser: &Browser<'_>, path: &str, fields: &[(String, String)]) -> Reply {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fill_in(browser, path, &fields)
}

/// Sends a decision about a proposal, with the answer that the page showed.
fn decide(browser: &Browser<'_>, patient: PatientId, fields: &[(&str, &str)]) -> Reply {
    let path = page(patient, "plan");
    let answer = value(&browser.get(&path).text, "_answer");
    fill_in(browser, &path, &[&[("_answer", answer.as_str())], fields].concat())
}

fn ask(browser: &Browser<'_>, patient: PatientId, otherwise: &[(&str, &str)]) -> Reply {
    let path = page(patient, "intake");
    send(browser, &path, &answers(&browser.get(&path).text, otherwise))
}

/// Rolling scars on the left cheek, no acne, skin type III.
const SKIN: [(&str, &str); 10] = [
    ("lesions.iga:n", "0"),
    ("lesions.pustules_or_nodules", "no"),
    ("skin.fitzpatrick:n", "3"),
    ("scars.age_months:n", "60"),
    ("scars.visible_at_50_cm", "yes"),
    ("scars.easily_covered", "no"),
    ("scars.zones.7.zone:id", "cheek_left"),
    ("scars.zones.7.rolling:n", "12"),
    ("scars.zones.7.tethered", "no"),
    ("scars.zones.7.flattens_on_stretch", "yes"),
];

fn examine(browser: &Browser<'_>, patient: PatientId) -> Reply {
    fill_in(browser, &page(patient, "examination"), &SKIN)
}

#[test]
fn a_patient_is_taken_from_the_first_question_to_consent() {
    let clinic = AClinic::founded("from_the_first_question_to_consent");
    let (patient, browser) = (clinic.a_patient("A-1"), clinic.browser_of("ada"));

    assert_eq!(ask(&browser, patient, &[]).status, StatusCode::SEE_OTHER);
    assert!(chart(&clinic, patient).screened.is_none(), "screened before the skin was seen");
    assert_eq!(examine(&browser, patient).status, StatusCode::SEE_OTHER);
    let decision = chart(&clinic, patient).screened.unwrap().answer.decision;
    assert!(decision.permits(), "{decision}");

    assert!(browser.get(&page(patient, "screening")).text.contains(if decision == Decision::Suitable {
        "Suitable"
    } else {
        "with precautions"
    }));
    assert_eq!(decide(&browser, patient, &[("_wish", "adopt")]).status, StatusCode::SEE_OTHER);
    assert_eq!(chart(&clinic, patient).plan.unwrap().adoption, Adoption::Adopted);

    let path = page(patient, "consent");
    let text = value(&browser.get(&path).text, "_text");
    let unsigned = fill_in(&browser, &path, &[("_text", &text), ("purposes[]", "treatment")]);
    assert_eq!(unsigned.status, StatusCode::UNPROCESSABLE_ENTITY);
    let signed = [("_text", text.as_str()), ("purposes[]", "treatment"), ("_signed", "Rita Example"), ("_drawn", "M1 2L3 4")];
    assert_eq!(fill_in(&browser, &path, &signed).status, StatusCode::SEE_OTHER);
    let held = chart(&clinic, patient);
    assert_eq!(held.consents.keys().collect::<Vec<_>>(), [&Purpose::Treatment]);
    let kept = clinic.with_desk("ada", |desk| desk.open_chart(patient).unwrap().entries);
    let Some(Body::Consented(consented)) = kept.last().map(|entry| &entry.body) else { panic!("no consent") };
    assert_eq!(consented.document.as_deref(), Some(&*text));
    let signature = consented.signature.as_ref().unwrap();
    assert_eq!((signature.name.as_str(), signature.drawn.as_ref().unwrap().path()), ("Rita Example", "M1 2L3 4"));
    // and the document prints that very text, also once a session was given and the text of today is another one
    add(&clinic, patient, vec![Body::SessionDelivered(a_session())]);
    decide(&browser, patient, &[("_wish", "reject"), ("_reason", "wait")]);
    assert_ne!(value(&browser.get(&path).text, "_text"), text);
    let printed = lopdf::Document::load_mem(&browser.get(&page(patient, "documents/consent.pdf")).bytes).unwrap();
    let said = printed.extract_text(&printed.get_pages().into_keys().collect::<Vec<_>>()).unwrap();
    assert!(said.contains(&text) && !said.contains("cannot be printed again"), "{text}: {said}");
}

#[test]
fn nobody_has_answered_until_somebody_has() {
    let clinic = AClinic::founded("nobody_has_answered");
    let (patient, browser) = (clinic.a_patient("A-1"), clinic.browser_of("abe"));
    let path = page(patient, "intake");
    let form = browser.get(&path).text;
    let (unknown, no) = ("value=\"unknown\" checked", "value=\"no\" checked");
    assert_eq!((form.matches(unknown).count(), form.matches(no).count()), (questions(&form).len() + 2, 0));
    // what is left as it stands is unknown
    assert_eq!(fill_in(&browser, &path, &[("goal.improvement_percent:n", "40")]).status, StatusCode::SEE_OTHER);
    let intake = chart(&clinic, patient).intake.unwrap();
    assert_eq!((intake.pregnant, intake.findings.len()), (Answer::Unknown, 0));
}

#[test]
fn a_form_that_is_not_right_keeps_what_was_typed_and_one_that_is_sent_twice_counts_once() {
    let clinic = AClinic::founded("kept_and_once");
    let (patient, browser) = (clinic.a_patient("A-1"), clinic.browser_of("ada"));
    let path = page(patient, "intake");
    let wrong = fill_in(&browser, &path, &[("goal.improvement_percent:n", "500"), ("findings.tan.note", "a week in the hills")]);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("value=\"500\"") && wrong.text.contains("a week in the hills"));

    let [entry, seen] = sheet(&browser, &path);
    let form = [(entry.0, entry.1.as_str()), (seen.0, seen.1.as_str()), ("goal.improvement_percent:n", "40")];
    for _ in 0..2 {
        assert_eq!(browser.post(&path, &form).status, StatusCode::SEE_OTHER);
    }
    assert_eq!(chart(&clinic, patient).entries, 2);
}

#[test]
fn a_day_of_something_that_there_was_not_is_not_kept() {
    let clinic = AClinic::founded("no_day_of_nothing");
    let (patient, browser) = (clinic.a_patient("A-1"), clinic.browser_of("ada"));
    let otherwise = [
        ("findings.tan.answer", "no"),
        ("findings.tan.on", "2026-11-01"),
        ("findings.filler.answer", "yes"),
        ("findings.filler.on", "2026-11-02"),
    ];
    assert_eq!(ask(&browser, patient, &otherwise).status, StatusCode::SEE_OTHER);
    let findings = chart(&clinic, patient).intake.unwrap().findings;
    assert_eq!((findings["tan"].on, findings["filler"].on.map(|on| on.to_string())), (None, Some("2026-11-02".to_owned())));
}

#[test]
fn a_relative_finding_is_a_prescribers_to_decide_and_an_absolute_one_nobodys() {
    let clinic = AClinic::founded("relative_and_absolute");
    let (patient, ada, pia) = (clinic.a_patient("A-1"), clinic.browser_of("ada"), clinic.browser_of("pia"));
    ask(&ada, patient, &[("findings.keloid_tendency.answer", "yes")]);
    examine(&ada, patient);
    let path = page(patient, "screening");
    assert_eq!(chart(&clinic, patient).screened.unwrap().answer.decision, Decision::NotSuitable);

    // when somebody who may not prescribe sends the field all the same
    let [entry, seen] = sheet(&pia, &path);
    let form = [(entry.0, entry.1.as_str()), (seen.0, seen.1.as_str()), ("_override.CI-KELOID", "I think so")];
    assert_eq!(pia.post(&path, &form).status, StatusCode::SEE_OTHER);
    assert_eq!(chart(&clinic, patient).screened.unwrap().answer.decision, Decision::NotSuitable);
    assert!(!pia.get(&path).text.contains("_override.CI-KELOID"));

    // then a prescriber with a reason decides it
    assert!(ada.get(&path).text.contains("_override.CI-KELOID"));
    assert_eq!(fill_in(&ada, &path, &[("_override.CI-KELOID", "test area was quiet for a year")]).status, StatusCode::SEE_OTHER);
    let screened = chart(&clinic, patient).screened.unwrap();
    assert_eq!((screened.overrides.len(), screened.answer.decision.permits()), (1, true));

    // and an absolute one stays what it is
    ask(&ada, patient, &[("patient.pregnant", "yes")]);
    assert!(!ada.get(&path).text.contains("_override.CI-PREG"));
    fill_in(&ada, &path, &[("_override.CI-PREG", "she wants it")]);
    assert_eq!(chart(&clinic, patient).screened.unwrap().answer.decision, Decision::NotSuitable);
}

#[test]
fn counts_are_graded_while_they_are_typed_and_without_scripts_on_a_page_of_their_own() {
    let clinic = AClinic::founded("graded_while_typed");
    let (patient, browser) = (clinic.a_patient("A-1"), clinic.browser_of("pia"));
    let path = page(patient, "examination/grades");
    let seal = browser.seal();
    let fields: Vec<(&str, &str)> = std::iter::once(("_form", seal.as_str())).chain(SKIN).collect();
    let part = browser.post_as_it_is(&path, &fields, &[("hx-request", "true")]);
    assert!(part.text.starts_with("<aside") && part.text.contains("12 atrophic scars"), "{}", part.text);
    let wrong: Vec<(&str, &str)> = fields.iter().copied().chain([("skin.fitzpatrick:n", "9")]).collect();
    assert!(browser.post_as_it_is(&path, &wrong, &[("hx-request", "true")]).text.contains("skin.fitzpatrick"));

    let whole = fill_in(&browser, &page(patient, "examination"), &[]);
    assert_eq!(whole.status, StatusCode::SEE_OTHER, "an examination of nothing is one");
    let [entry, seen] = sheet(&browser, &page(patient, "examination"));
    let fields: Vec<(&str, &str)> = [(entry.0, entry.1.as_str()), (seen.0, seen.1.as_str())].into_iter().chain(SKIN).collect();
    let whole = browser.post(&path, &fields);
    assert!(whole.text.contains("<html") && whole.text.contains("12 atrophic scars"));
}

#[test]
fn the_figure_is_drawn_again_only_when_something_has_changed() {
    let clinic = AClinic::founded("figure_kept");
    let (patient, browser) = (consulted(&clinic), clinic.browser_of("ada"));
    let path = page(patient, "forecast.svg");
    let first = browser.get(&path);
    assert_eq!((first.status, first.header("content-type")), (StatusCode::OK, "image/svg+xml"));
    let tag = first.header("etag").to_owned();
    let again = browser.get_if_changed(&path, &tag);
    assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
    decide(&browser, patient, &[("_wish", "adopt")]);
    assert_eq!(browser.get_if_changed(&path, &tag).status, StatusCode::OK);
}

#[test]
fn a_course_taken_otherwise_keeps_its_reason_and_stays_within_what_is_allowed() {
    let clinic = AClinic::founded("taken_otherwise");
    let (patient, browser) = (consulted(&clinic), clinic.browser_of("ada"));
    let edit =
        |sessions, days, reason| [("_wish", "edit"), ("_sessions:n", sessions), ("_interval_days:n", days), ("_reason", reason)];
    for wrong in [edit("2", "42", ""), edit("2", "7", "sooner"), edit("", "42", "fewer")] {
        let reply = decide(&browser, patient, &wrong);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
    }
    let unseen = fill_in(&browser, &page(patient, "plan"), &edit("2", "42", "a holiday"));
    assert_eq!(unseen.status, StatusCode::CONFLICT, "another proposal was on the page");
    assert_eq!(decide(&browser, patient, &edit("2", "42", "a holiday")).status, StatusCode::SEE_OTHER);
    let plan = chart(&clinic, patient).plan.unwrap();
    assert_eq!((plan.course().unwrap().total_sessions, plan.course().unwrap().interval_days), (2, 42));
}

#[test]
fn consent_is_to_the_text_that_was_shown_and_is_taken_back_by_whoever_hears_it() {
    let clinic = AClinic::founded("text_that_was_shown");
    let (patient, browser) = (consulted(&clinic), clinic.browser_of("ada"));
    let path = page(patient, "consent");
    let before = value(&browser.get(&path).text, "_text");
    decide(&browser, patient, &[("_wish", "adopt")]);
    let signed = [("_text", before.as_str()), ("purposes[]", "treatment"), ("_signed", "Rita Example")];
    assert_eq!(fill_in(&browser, &path, &signed).status, StatusCode::CONFLICT, "the course was not in the text then");

    let assistant = clinic.browser_of("abe");
    let withdrawn =
        fill_in(&assistant, &page(patient, "consent/withdrawal"), &[("purposes[]", "treatment"), ("reason", "by telephone")]);
    assert_eq!(withdrawn.status, StatusCode::SEE_OTHER);
    let held = chart(&clinic, patient);
    assert_eq!(held.consents.keys().collect::<Vec<_>>(), [&Purpose::PicturesForCare]);
}

#[test]
fn a_review_waits_for_a_session_and_an_outcome_is_added_beside_it() {
    let clinic = AClinic::founded("review_waits");
    let (patient, browser) = (consulted(&clinic), clinic.browser_of("ada"));
    let path = page(patient, "review");
    assert!(browser.get(&path).text.contains("nothing to review yet"));
    let outcome = |day| [("on", day), ("scale", "improvement_percent"), ("value:n", "20"), ("rater", "open")];
    let [entry, seen] = sheet(&browser, &path);
    let add = |day| {
        let form: Vec<(&str, &str)> =
            [(entry.0, entry.1.as_str()), (seen.0, seen.1.as_str())].into_iter().chain(outcome(day)).collect();
        browser.post(&page(patient, "review/outcome"), &form)
    };
    assert_eq!(add("2027-01-01").status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(add("2026-11-20").status, StatusCode::SEE_OTHER);
    assert_eq!(chart(&clinic, patient).outcomes.len(), 1);
}

#[test]
fn an_entry_is_struck_out_with_a_reason_and_stays() {
    let clinic = AClinic::founded("struck_out");
    let (patient, browser) = (consulted(&clinic), clinic.browser_of("ada"));
    let entries = clinic.with_desk("ada", |desk| desk.open_chart(patient).unwrap().entries);
    let intake = entries.iter().find(|entry| matches!(entry.body, Body::Intake(_))).unwrap();
    let path = page(patient, &format!("entries/{}", intake.id));
    assert!(browser.get(&path).text.contains("hopes for 50"));
    assert_eq!(fill_in(&browser, &path, &[]).status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(fill_in(&browser, &path, &[("reason", "another patient's answers")]).status, StatusCode::SEE_OTHER);
    assert!(chart(&clinic, patient).intake.is_none());
    let timeline = browser.get(&format!("/charts/{patient}")).text;
    assert!(timeline.contains("another patient") && timeline.contains("hopes for 50"));
}

#[test]
fn a_patient_answers_at_home_once() {
    let clinic = AClinic::founded("answers_at_home");
    let patient = clinic.a_patient("A-1");
    let browser = clinic.with_link(LinkPurpose::Intake, patient, patient);
    let form = browser.get("/my/intake").text;
    assert!(!form.contains("Patient A-1"), "the page names nobody");
    let fields = answers(&form, &[("findings.isotretinoin_now.answer", "yes")]);
    let sheet = sheet(&browser, "/my/intake");
    let whole: Vec<(&str, &str)> = sheet
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .chain(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())))
        .collect();
    let sent = browser.post("/my/intake", &whole);
    assert!(sent.status == StatusCode::OK && sent.text.contains("have arrived"), "{}", sent.status);
    let intake = chart(&clinic, patient).intake.unwrap();
    assert_eq!(
        (intake.answered_by, intake.findings["isotretinoin_now"].answer),
        (resurface_care::chart::Penned::Patient, Answer::Yes)
    );

    let again = browser.post("/my/intake", &whole);
    assert!(again.status == StatusCode::FORBIDDEN && again.text.contains("they have arrived"));
    assert_eq!(browser.get("/my/intake").status, StatusCode::FORBIDDEN);
    assert_eq!(chart(&clinic, patient).entries, 2);
}

#[test]
fn what_was_answered_before_is_taken_over_and_dated_anew() {
    let clinic = AClinic::founded("taken_over");
    let patient = consulted(&clinic);
    clinic.surroundings.pass_seconds(30 * A_DAY);
    let browser = clinic.browser_of("ada");
    let form = browser.get(&page(patient, "intake")).text;
    assert!(form.contains("Taken over from") && form.matches("value=\"no\" checked").count() > 40);
    let examination = browser.get(&page(patient, "examination")).text;
    assert!(examination.contains("name=\"scars.zones.7.rolling:n\" value=\"9\""));
}
