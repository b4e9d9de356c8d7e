//! After a session: what a patient reports reaches the clinic at once, what the clinic writes reaches the patient, and a link
//! opens no more than it was made for.

use axum::http::StatusCode;
use resurface_care::chart::{Body, ConsentWithdrawn, Purpose, ReportedBy, SessionDelivered, Severity, Step};
use resurface_care::consultation::ZoneDose;
use resurface_ledger::identity::{LinkPurpose, PatientId};

use crate::builder::{AClinic, Browser, Reply, TODAY, knowledge};
use crate::consulted::{add, chart, consulted, fill_in, sheet};

const FACE: &[u8] = include_bytes!("face.png");

/// A clinic with a patient who was treated today.
pub(crate) fn treated(story: &str) -> (AClinic, PatientId) {
    let clinic = AClinic::founded(story);
    let patient = consulted(&clinic);
    add(&clinic, patient, vec![Body::SessionDelivered(a_session())]);
    (clinic, patient)
}

/// A session of today, with nothing recorded but what has to be.
pub(crate) fn a_session() -> SessionDelivered {
    SessionDelivered {
        on: TODAY,
        zones: vec![ZoneDose { zone: "cheek_left".to_owned(), depth_um: 1000, passes: Some(4), endpoint: None }],
        device: "skinpen_precision".to_owned(),
        operator: "Dr ada".to_owned(),
        cartridge: None,
        anaesthetic: None,
        products: Vec::new(),
        note: None,
        gate: None,
    }
}

/// Makes a link on the page for it and gives its path.
fn handed_out(browser: &Browser<'_>, patient: PatientId, purpose: &str) -> String {
    let made = browser.post(&format!("/charts/{patient}/links"), &[("purpose", purpose), ("days", "7")]);
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    assert!(made.text.contains("<svg class=\"qr\""), "the code to read with a camera");
    let (_, after) = made.text.split_once("href=\"http://clinic.example/l/").unwrap();
    format!("/l/{}", after.split('"').next().unwrap())
}

/// Follows a link as a telephone does.
fn follow(telephone: &mut Browser<'_>, path: &str) -> String {
    let reply = telephone.get(path);
    let cookie = reply.header("set-cookie").to_owned();
    assert!(cookie.contains("HttpOnly"), "{cookie}");
    telephone.cookie = cookie.split(';').next().unwrap().to_owned();
    reply.header("location").to_owned()
}

#[test]
fn a_problem_that_a_patient_reports_is_on_the_worklist_at_once() {
    // given a telephone with the link to report a problem
    let (clinic, patient) = treated("a_problem_that_a_patient_reports_is_on_the_worklist_at_once");
    let mut telephone = clinic.nobody();
    let page = follow(&mut telephone, &handed_out(&clinic.browser_of("abe"), patient, "report"));
    assert_eq!(page, "/my/report");
    // when the patient writes without saying how bad it is, it is asked for and nothing is lost
    let asked = fill_in(&telephone, "/my/report", &[("text", "A lump that grows"), ("session", "2026-11-20")]);
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.text.contains("A lump that grows"));
    // and when it is sent
    let fields = [("text", "A lump that grows"), ("session", "2026-11-20"), ("severity", "severe"), ("reported_by", "clinic")];
    let sent = fill_in(&telephone, "/my/report", &fields);
    assert_eq!(sent.header("location"), "/my/report?sent=severe", "{}", sent.text);
    // then it is the patient's own word, of the right session, and comes first on the worklist
    let event = chart(&clinic, patient).events.remove(0).noticed;
    assert_eq!((event.severity, event.session, event.reported_by), (Severity::Severe, Some(TODAY), ReportedBy::Patient));
    let list = clinic.with_desk("abe", |desk| desk.worklist(&knowledge().settings, TODAY).unwrap());
    assert_eq!(list.rows[0].next.step, Step::SeeToEvent);
    assert!(clinic.browser_of("abe").get(&format!("/charts/{patient}/events")).text.contains("A lump that grows"));
}

/// Sends the report of a problem with these pictures.
fn report(telephone: &Browser<'_>, agrees: &str, files: &[(&str, &[u8])]) -> Reply {
    let [entry, seen] = sheet(telephone, "/my/report");
    let seal = telephone.seal();
    let fields = [("_form", &*seal), (entry.0, &*entry.1), (seen.0, &*seen.1), ("text", "A lump"), ("severity", "mild")];
    let fields = fields.into_iter().chain([("_agrees[]", agrees)]).map(|(name, value)| (name, None, value.as_bytes()));
    let files = files.iter().map(|(name, bytes)| ("photo", Some(*name), *bytes));
    telephone.post_parts("/my/report", &fields.chain(files).collect::<Vec<_>>())
}

#[test]
fn pictures_that_a_patient_agrees_to_come_with_the_report_and_are_hidden_once_that_is_taken_back() {
    // given a patient who has not said yes to pictures, and a telephone with the link
    let clinic = AClinic::founded("pictures_that_a_patient_agrees_to");
    let patient = clinic.a_patient("A-1");
    let telephone = clinic.with_link(LinkPurpose::ReportProblem, patient, patient);
    // when pictures come without a yes, the report is there and they are not
    let sent = report(&telephone, "", &[("one.png", FACE)]);
    assert!(sent.text.contains("You did not tick that the clinic may keep them"), "{}", sent.text);
    let held = chart(&clinic, patient);
    assert_eq!((held.events.len(), held.pictures.len(), held.consents.len()), (1, 0, 0));
    // when they come with one, what is a picture is kept with the report, and the yes in the patient's name
    let sent = report(&telephone, "yes", &[("one.png", FACE), ("two.png", b"no picture"), ("three.png", FACE)]);
    assert!(sent.text.contains("two.png is no JPEG or PNG"), "{}", sent.text);
    let held = chart(&clinic, patient);
    let event = held.events[1].id;
    assert_eq!(held.pictures.iter().map(|(_, taken)| taken.event).collect::<Vec<_>>(), [Some(event); 2]);
    assert_eq!(held.consents.keys().collect::<Vec<_>>(), [&Purpose::PicturesForCare]);
    // and no more than three are taken, whatever is sent
    let sent = report(&telephone, "", &[("1.png", FACE), ("2.png", FACE), ("3.png", FACE), ("4.png", FACE)]);
    assert!(sent.text.contains("more than three"), "{}", sent.text);
    assert_eq!((chart(&clinic, patient).events.len(), chart(&clinic, patient).pictures.len()), (3, 5));
    // then the clinic sees them with the report, and not among those of the course
    let browser = clinic.browser_of("ada");
    let page = format!("/charts/{patient}/events/{event}");
    let address = format!("/charts/{patient}/pictures/{}/thumbnail", held.pictures[0].0);
    assert!(browser.get(&page).text.contains(&address));
    assert_eq!(browser.get(&address).status, StatusCode::OK);
    assert!(!browser.get(&format!("/charts/{patient}/pictures/compare")).text.contains(&address));
    // until the patient takes the yes back
    add(&clinic, patient, vec![Body::ConsentWithdrawn(ConsentWithdrawn { on: TODAY, purposes: held.purposes(), reason: None })]);
    assert!(!browser.get(&page).text.contains(&address));
    assert_ne!(browser.get(&address).status, StatusCode::OK);
}

#[test]
fn an_event_is_judged_and_followed_until_it_is_over() {
    let (clinic, patient) = treated("an_event_is_judged_and_followed_until_it_is_over");
    let browser = clinic.browser_of("ada");
    let report = [("on", "2026-11-20"), ("severity", "mild"), ("session", "2026-11-20"), ("event", ""), ("text", "blisters")];
    let sent = fill_in(&browser, &format!("/charts/{patient}/events"), &report);
    let event = sent.header("location").to_owned();
    assert!(event.contains("/events/"), "{}", sent.text);
    // judged: the report stays, and what it is is known
    fill_in(&browser, &event, &[("_what", "judge"), ("event", "herpes"), ("severity", "moderate")]);
    let held = chart(&clinic, patient).events.remove(0);
    assert_eq!((held.noticed.event.as_deref(), held.noticed.severity, held.open()), (Some("herpes"), Severity::Moderate, true));
    assert!(browser.get(&event).text.contains("Antiviral by a prescriber"), "what to do stands there");
    // followed
    fill_in(&browser, &event, &[("_what", "follow"), ("on", "2026-11-20"), ("text", "healed"), ("resolved:b", "yes")]);
    assert!(!chart(&clinic, patient).events[0].open());
}

#[test]
fn a_telephone_holds_the_links_of_one_patient_and_a_revoked_one_opens_nothing() {
    let (clinic, hers) = treated("a_telephone_holds_the_links_of_one_patient");
    let his = clinic.a_patient("A-2");
    let browser = clinic.browser_of("ada");
    let mut telephone = clinic.nobody();
    // two links of hers are held together
    follow(&mut telephone, &handed_out(&browser, hers, "plan"));
    follow(&mut telephone, &handed_out(&browser, hers, "report"));
    assert_eq!([telephone.get("/my/plan").status, telephone.get("/my/report").status], [StatusCode::OK; 2]);
    // one that is revoked on the page for it opens nothing
    let plan =
        clinic.with_desk("ada", |desk| desk.links(hers).unwrap().into_iter().find(|link| link.purpose == LinkPurpose::Plan));
    browser.post(&format!("/charts/{hers}/links/{}/revoke", plan.unwrap().id), &[]);
    assert_eq!(telephone.get("/my/plan").status, StatusCode::FORBIDDEN);
    assert_eq!(telephone.get("/my/report").status, StatusCode::OK);
    // one of somebody else's takes the place of hers
    follow(&mut telephone, &handed_out(&browser, his, "plan"));
    assert_eq!(telephone.get("/my/report").status, StatusCode::FORBIDDEN);
}

#[test]
fn a_patient_reads_what_was_released_and_nothing_else() {
    // given a chart with a screening, a message to the patient and a note of what the patient said, but no plan
    let (clinic, patient) = treated("a_patient_reads_what_was_released_and_nothing_else");
    let browser = clinic.browser_of("ada");
    let messages = format!("/charts/{patient}/messages");
    fill_in(&browser, &messages, &[("from", "clinic"), ("text", "Keep out of the sun")]);
    fill_in(&browser, &messages, &[("from", "patient"), ("text", "said on the telephone")]);
    let telephone = clinic.with_link(LinkPurpose::Plan, patient, patient);
    let page = telephone.get("/my/plan").text;
    assert!(page.contains("Keep out of the sun") && !page.contains("said on the telephone"));
    assert!(page.contains("has not released a plan yet") && !page.contains("figure class=\"expected\""));
    assert!(telephone.get("/my/guide/questions").text.contains("<strong>Does it hurt?</strong>"));
    assert!(chart(&clinic, patient).consents.contains_key(&Purpose::Treatment));
}
