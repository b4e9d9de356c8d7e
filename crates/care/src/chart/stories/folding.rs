//! What is known after a list of entries.

use super::*;

fn said(text: &str) -> Option<Body> {
    Some(a_message(text))
}

fn intake_of(entries: &Entries) -> Intake {
    entries.chart().intake.unwrap()
}

fn goal_of(entries: &Entries) -> f64 {
    intake_of(entries).goal.improvement_percent
}

fn hoping_for(percent: f64) -> Option<Body> {
    let mut intake = intake_of(&Entries::of(&a_suitable_person()));
    intake.goal.improvement_percent = percent;
    Some(Body::Intake(intake))
}

#[test]
fn an_empty_chart_knows_nobody() {
    let nobody = Chart::default().consultation(TODAY, &setting_of(&a_consultation()), &[], None);
    assert_eq!(nobody.unwrap_err(), NotYet::Registered);
    let registered = Entries::about(&a_consultation()).chart();
    assert_eq!(registered.consultation(TODAY, &setting_of(&a_consultation()), &[], None).unwrap_err(), NotYet::Intake);
}

#[test]
fn an_amended_entry_counts_as_what_it_should_have_said_at_its_own_place() {
    // given an intake, and a later one
    let first = Entries::of(&a_suitable_person());
    let wrong = first.latest(Kind::Intake);
    let later = first.then(hoping_for(60.0).unwrap());
    // when the first is corrected
    let corrected = later.then(amendment(wrong, hoping_for(20.0)));
    // then the later one is still the latest
    assert_eq!(goal_of(&corrected), 60.0);
    assert_eq!(goal_of(&corrected.amended(Kind::Intake, hoping_for(25.0))), 25.0);
}

#[test]
fn an_entry_struck_out_was_never_there() {
    let entries = Entries::of(&a_suitable_person()).then(delivered(TODAY)).amended(Kind::SessionDelivered, None);
    let chart = entries.chart();
    assert!(chart.sessions.is_empty() && chart.loose_ends.is_empty());
    assert_eq!(chart.entries, entries.0.len());
}

#[test]
fn of_two_amendments_the_later_counts_even_of_one_struck_out() {
    let wrong = Entries::of(&a_suitable_person());
    assert_eq!(goal_of(&wrong.clone().amended(Kind::Intake, hoping_for(20.0)).amended(Kind::Intake, hoping_for(40.0))), 40.0);
    assert_eq!(goal_of(&wrong.amended(Kind::Intake, None).amended(Kind::Intake, hoping_for(40.0))), 40.0);
}

#[test]
fn an_amendment_struck_out_leaves_the_entry_as_it_was() {
    let mistaken = Entries::of(&a_suitable_person()).amended(Kind::Intake, hoping_for(20.0));
    let undone = mistaken.clone().amended(Kind::Amended, None);
    assert_eq!((goal_of(&mistaken), goal_of(&undone)), (20.0, 50.0));
    // and one that is itself amended counts as what became of it
    let wrong = mistaken.latest(Kind::Intake);
    assert_eq!(goal_of(&mistaken.amended(Kind::Amended, Some(amendment(wrong, hoping_for(30.0))))), 30.0);
}

#[test]
fn what_stands_is_what_the_latest_amendments_leave() {
    let words = |entries: &Entries| -> Vec<String> {
        let now = standing(entries.recorded_entries()).into_iter().filter_map(|entry| match entry.body {
            Body::Message(message) => Some(message.text.clone()),
            Body::Amended(_) => Some("an amendment".to_owned()),
            _ => None,
        });
        now.collect()
    };
    let two = Entries::about(&a_suitable_person()).then(a_message("one")).then(a_message("two"));
    assert_eq!(words(&two), ["one", "two"]);
    let corrected = two.clone().amended(Kind::Message, said("two, corrected"));
    assert_eq!(words(&corrected), ["one", "two, corrected"]);
    assert_eq!(words(&two.amended(Kind::Message, None)), ["one"], "struck out");
    assert_eq!(words(&corrected.amended(Kind::Amended, None)), ["one", "two"], "the correction itself was struck out");
}

#[test]
fn an_amendment_into_another_kind_changes_nothing_and_is_a_loose_end() {
    let right = Entries::of(&a_suitable_person()).amended(Kind::Intake, hoping_for(20.0));
    let entries = right.amended(Kind::Intake, said("not an intake"));
    let chart = entries.chart();
    assert_eq!(goal_of(&entries), 20.0);
    let names = entries.latest(Kind::Intake);
    assert_eq!(chart.loose_ends, [LooseEnd { entry: entry(entries.0.len() - 1), names, what: Loose::AmendsAnotherKind }]);
}

#[test]
fn what_refers_to_nothing_is_listed_in_order_and_counts_for_nothing() {
    let nowhere = entry(99);
    let entries = Entries::of(&a_suitable_person())
        .then(followed_up(nowhere, TODAY, true))
        .then(amendment(nowhere, None))
        .then(registered(&a_consultation()));
    let after = entries.0.len() - 3;
    let chart = entries.chart();
    let found: Vec<_> = chart.loose_ends.iter().map(|loose| (loose.entry, loose.names, loose.what)).collect();
    assert_eq!(
        found,
        [
            (entry(after), nowhere, Loose::FollowUpOfUnknownEvent),
            (entry(after + 1), nowhere, Loose::AmendsUnknownEntry),
            (entry(after + 2), entry(0), Loose::RegisteredAgain),
        ]
    );
    assert!(chart.loose_ends[0].to_string().starts_with("entry 01990000-"), "{}", chart.loose_ends[0]);
    // an amendment of the faulty entries ends it
    let mended = (0..3).fold(entries, |entries, at| entries.then(amendment(entry(after + at), None)));
    assert_eq!(mended.chart().loose_ends, []);
}

#[test]
fn an_amendment_of_a_later_entry_is_a_loose_end() {
    let entries = Entries::about(&a_consultation()).then(amendment(entry(2), None)).then(a_message("hello"));
    assert_eq!(entries.chart().loose_ends[0].what, Loose::AmendsUnknownEntry);
}

#[test]
fn a_session_after_a_gate_that_nobody_asked_is_a_loose_end_and_was_given_all_the_same() {
    let Body::SessionDelivered(mut session) = delivered(TODAY) else { unreachable!() };
    session.gate = Some(entry(77));
    let chart = Entries::of(&a_suitable_person()).then(Body::SessionDelivered(session)).chart();
    assert_eq!((chart.sessions.len(), chart.loose_ends[0].what), (1, Loose::SessionOfUnknownGate));
}

#[test]
fn the_first_registration_stays_unless_it_is_amended() {
    let named = |name: &str| {
        let Body::Registered(mut body) = registered(&a_consultation()) else { unreachable!() };
        body.name = name.into();
        Body::Registered(body)
    };
    let twice = Entries::about(&a_consultation()).then(named("Somebody Else"));
    let name = |entries: &Entries| entries.chart().registered.unwrap().name;
    assert_eq!(name(&twice), "Mara Lindqvist");
    assert_eq!(name(&twice.clone().then(amendment(entry(0), Some(named("Mara Lind"))))), "Mara Lind");
    assert_eq!(name(&twice.then(amendment(entry(0), None))), "Somebody Else");
}

#[test]
fn consent_is_given_taken_back_and_given_again() {
    let (spring, summer, autumn) = (date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1));
    let given = Entries::about(&a_consultation()).then(consented(spring));
    assert_eq!(given.chart().consents.get(&Purpose::Treatment), Some(&spring));
    let gone = given.then(withdrawn(summer));
    assert_eq!((gone.chart().purposes().len(), gone.chart().withdrawn), (0, Some(summer)));
    // an older consent that is written down later brings nothing back
    assert_eq!(gone.clone().then(consented(spring)).chart().withdrawn, Some(summer));
    let again = gone.then(consented(autumn));
    assert_eq!((again.chart().withdrawn, again.chart().consents.get(&Purpose::Treatment)), (None, Some(&autumn)));
    // an older one does not make the consent older either
    assert_eq!(again.then(consented(summer)).chart().consents.get(&Purpose::Treatment), Some(&autumn));
}

#[test]
fn taking_back_pictures_leaves_the_treatment() {
    let both = BTreeSet::from([Purpose::Treatment, Purpose::PicturesForTeaching]);
    let chart = Entries::about(&a_consultation())
        .then(Body::Consented(Consented { on: TODAY, purposes: both, document: None, discussion: None, signature: None }))
        .then(Body::ConsentWithdrawn(ConsentWithdrawn {
            on: TODAY,
            purposes: BTreeSet::from([Purpose::PicturesForTeaching]),
            reason: None,
        }))
        .chart();
    assert_eq!((chart.purposes(), chart.withdrawn), (BTreeSet::from([Purpose::Treatment]), None));
}

#[test]
fn an_adverse_event_is_open_until_its_latest_follow_up_says_it_is_over() {
    let entries = Entries::of(&a_suitable_person()).then(an_event(TODAY, Severity::Mild));
    let event = entries.latest(Kind::AdverseEvent);
    let open = |entries: &Entries| entries.chart().events[0].open();
    assert!(open(&entries));
    let seen = entries.then(followed_up(event, TODAY, false));
    assert!(open(&seen));
    let over = seen.then(followed_up(event, TODAY, true));
    assert!(!open(&over));
    let back = over.then(followed_up(event, TODAY, false));
    assert!(open(&back) && back.chart().events[0].followed.len() == 3);
}

#[test]
fn sessions_and_outcomes_stand_in_the_order_of_their_days() {
    let days = [date(2026, 9, 1), date(2026, 5, 1), date(2026, 7, 1)];
    let chart = days.into_iter().fold(Entries::of(&a_suitable_person()), |entries, day| entries.then(delivered(day))).chart();
    let given: Vec<Date> = chart.sessions_given().iter().map(|session| session.date).collect();
    assert_eq!(given, [date(2026, 5, 1), date(2026, 7, 1), date(2026, 9, 1)]);
    assert_eq!(chart.latest_fact(), Some(TODAY));
}

#[test]
fn a_screening_that_looked_at_answers_corrected_since_has_to_look_again() {
    let person = a_suitable_person();
    let entries = Entries::of(&person);
    let screened = bench(knowledge()).screen(&entries.chart(), TODAY, &setting_of(&person), &[]).unwrap();
    let entries = entries.then(Body::Screened(screened));
    assert_eq!(entries.chart().unscreened_since, None);
    for kind in [Kind::Intake, Kind::Examined, Kind::Registered] {
        let body = entries.0.iter().find(|(_, body)| body.kind() == kind).unwrap().1.clone();
        let corrected = entries.clone().amended(kind, Some(body));
        assert_eq!(corrected.chart().unscreened_since, Some(TODAY), "{kind:?}");
        assert_eq!(corrected.amended(Kind::Amended, None).chart().unscreened_since, Some(TODAY), "{kind:?}, undone");
    }
    let told = entries.then(a_message("hello")).amended(Kind::Message, said("good day"));
    assert_eq!(told.chart().unscreened_since, None);
}

#[test]
fn the_chart_before_an_entry_holds_what_stood_before_it() {
    let entries = Entries::of(&a_suitable_person()).then(delivered(TODAY));
    let before = Chart::before(entries.latest(Kind::SessionDelivered), entries.recorded_entries());
    assert_eq!((before.sessions.len(), before.entries), (0, entries.0.len() - 1));
}
