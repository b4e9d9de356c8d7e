//! What a consultation file adds to a chart.

use super::*;
use crate::consultation::{OutcomeScale, ProductUsed, SessionGiven};
use crate::gate::Permit;

#[test]
fn every_example_comes_back_out_of_a_chart_as_it_went_in() {
    for (name, text) in EXAMPLES {
        let person = example(name, text);
        let chart = Entries::of(&person).chart();
        let back = chart.consultation(person.date, &setting_of(&person), &person.overrides, person.day.as_ref()).unwrap();
        assert_eq!(back, person, "{name}");
    }
}

#[test]
fn the_same_file_a_second_time_adds_nothing() {
    for (name, text) in EXAMPLES {
        let person = example(name, text);
        assert_eq!(record(&Entries::of(&person).chart(), &person).unwrap(), [], "{name}");
    }
}

#[test]
fn a_chart_that_holds_the_bytes_of_its_entries_gives_the_same_consultation() {
    for (name, text) in EXAMPLES {
        let entries = Entries::of(&example(name, text));
        let kept = entries.0.iter().map(|(id, body)| {
            let bytes = body.to_bytes().unwrap();
            (*id, Body::read(body.kind().word(), body.kind().version(), &bytes).unwrap())
        });
        assert_eq!(Entries(kept.collect()).chart(), entries.chart(), "{name}");
    }
}

#[test]
fn a_later_file_adds_what_is_new_and_no_more() {
    let person = a_suitable_person();
    let entries = Entries::of(&person);
    let mut later = person;
    later.date = days_later(TODAY, 28);
    later.sessions.push(a_session(TODAY));
    let kinds: Vec<Kind> = record(&entries.chart(), &later).unwrap().iter().map(Body::kind).collect();
    assert_eq!(kinds, [Kind::SessionDelivered, Kind::Intake, Kind::Examined]);
}

#[test]
fn nobody_elses_file_is_recorded_and_nothing_of_it_is_said() {
    let chart = Entries::of(&a_suitable_person()).chart();
    let mut another = a_suitable_person();
    another.patient.id = "P2-secret".into();
    let mut born_otherwise = a_suitable_person();
    born_otherwise.patient.birth_date = date(1971, 1, 2);
    let mut of_another_sex = a_suitable_person();
    of_another_sex.patient.sex = crate::consultation::Sex::Male;
    for (person, field) in [(another, "id"), (born_otherwise, "birth_date"), (of_another_sex, "sex")] {
        let refused = record(&chart, &person).unwrap_err();
        assert_eq!(refused, RecordError::AnotherPatient { field });
        let said = refused.to_string();
        assert!(said.contains(&format!("patient.{field}")), "{said}");
        assert!(["P1", "P2", "secret", "1996", "1971", "male"].iter().all(|value| !said.contains(value)), "{said}");
    }
    assert_eq!(record(&Chart::default(), &a_suitable_person()), Err(RecordError::NotRegistered));
}

#[test]
fn a_file_older_than_the_chart_is_refused() {
    let chart = Entries::of(&a_suitable_person()).chart();
    let mut earlier = a_suitable_person();
    earlier.date = date(2026, 11, 19);
    assert_eq!(record(&chart, &earlier), Err(RecordError::Earlier { on: earlier.date, later: TODAY }));
}

#[test]
fn another_account_of_the_same_session_or_outcome_is_refused() {
    let seen = date(2026, 11, 1);
    let mut person = a_suitable_person();
    person.sessions.push(a_session(date(2026, 10, 1)));
    person.outcomes.push(a_blinded_outcome(seen, OutcomeScale::Ecca, 60.0));
    let chart = Entries::of(&person).chart();

    let mut deeper = person.clone();
    deeper.sessions[0].zones[0].depth_um = 2000;
    assert_eq!(record(&chart, &deeper), Err(RecordError::Otherwise { what: "a session", on: date(2026, 10, 1) }));

    let mut better = person.clone();
    better.outcomes[0].value = 40.0;
    assert_eq!(record(&chart, &better), Err(RecordError::Otherwise { what: "an outcome", on: seen }));

    // another rater, or another scale, is another outcome
    let mut more = person;
    more.outcomes.push(a_blinded_outcome(seen, OutcomeScale::Worry, 4.0));
    assert_eq!(record(&chart, &more).unwrap().len(), 1);
}

#[test]
fn a_session_of_a_gated_day_carries_the_cartridge_that_the_gate_was_shown() {
    let person = a_suitable_person();
    let day = a_prepared_day(TODAY);
    let entries = Entries::of(&person);
    let gated = bench(knowledge()).gate(&entries.chart(), TODAY, &setting_of(&person), &[], &day).unwrap();
    let entries = entries.then(Body::SessionGated(gated));
    let mut given = person;
    given.operator.name = "Somebody Else".into();
    given.sessions.push(a_session(TODAY));
    let added = record(&entries.chart(), &given).unwrap();
    let [Body::SessionDelivered(session)] = &added[..] else { panic!("{added:?}") };
    assert_eq!(session.cartridge, day.cartridge);
    assert_eq!(session.anaesthetic, day.anaesthetic);
    assert_eq!((session.gate, session.operator.as_str()), (Some(entries.latest(Kind::SessionGated)), "Dr Amal Osei"));
}

#[test]
fn a_session_of_a_day_without_a_gate_names_none() {
    let mut person = a_suitable_person();
    person.sessions.push(a_session(date(2026, 10, 1)));
    let chart = Entries::of(&person).chart();
    let session = &chart.sessions[0];
    assert_eq!((session.gate, &session.cartridge, session.operator.as_str()), (None, &None, "Dr Amal Osei"));
}

#[test]
fn what_was_used_in_a_session_is_kept_and_another_account_of_it_is_refused() {
    // given a session with a gel, less anaesthetic than was planned, and a note
    let mut person = a_suitable_person();
    let used = Anaesthetic { amount_g: Some(2.0), ..a_prepared_day(TODAY).anaesthetic.unwrap() };
    let gel = ProductUsed { name: "Gel".into(), lot: Some("G-7".into()) };
    let (anaesthetic, products, note) = (Some(used), vec![gel], Some("calm".into()));
    person.sessions.push(SessionGiven { anaesthetic, products, note, ..a_session(date(2026, 10, 1)) });
    // when it is recorded
    let chart = Entries::of(&person).chart();
    // then the chart holds it, gives it back as it was, and names its lot
    assert_eq!(chart.sessions_given(), person.sessions);
    assert_eq!(chart.sessions[0].lots().collect::<Vec<_>>(), ["G-7"]);
    // a file that does not speak of it says nothing new, and one that says otherwise is refused
    let mut silent = person.clone();
    silent.sessions = vec![a_session(date(2026, 10, 1))];
    assert_eq!(record(&chart, &silent), Ok(Vec::new()));
    let otherwise: [fn(&mut SessionGiven); 3] = [
        |session| session.products[0].lot = None,
        |session| session.note = Some("sore".into()),
        |session| session.anaesthetic.as_mut().unwrap().amount_g = Some(3.0),
    ];
    for change in otherwise {
        let mut other = person.clone();
        change(&mut other.sessions[0]);
        assert!(matches!(record(&chart, &other), Err(RecordError::Otherwise { .. })), "{:?}", other.sessions);
    }
}

#[test]
fn consent_of_the_treatment_day_is_recorded_once() {
    let mut person = a_suitable_person();
    person.day = Some(a_prepared_day(date(2026, 11, 10)));
    let entries = Entries::of(&person);
    assert_eq!(entries.chart().consents.get(&Purpose::Treatment), Some(&date(2026, 11, 10)));
    person.day = Some(a_prepared_day(date(2026, 11, 1)));
    assert_eq!(record(&entries.chart(), &person).unwrap(), [], "an older one says nothing new");
}

#[test]
fn a_consent_taken_back_does_not_come_back_with_an_older_date_and_the_gate_refuses() {
    let mut person = a_suitable_person();
    person.day = Some(a_prepared_day(date(2026, 11, 10)));
    let entries = Entries::of(&person);
    let setting = setting_of(&person);
    let gate = |entries: &Entries, day: &TreatmentDay| {
        bench(knowledge()).gate(&entries.chart(), TODAY, &setting, &[], day).unwrap().answer
    };
    // given a patient whom the gate permits
    let day = a_prepared_day(date(2026, 11, 10));
    assert_ne!(gate(&entries, &day).permit, Permit::Refused);
    // when consent is taken back, and the old file is recorded again
    let entries = entries.then(withdrawn(date(2026, 11, 15)));
    assert_eq!(record(&entries.chart(), &person).unwrap(), []);
    // then the gate refuses, also for a consent of the day of the withdrawal
    for on in [date(2026, 11, 10), date(2026, 11, 15)] {
        let answer = gate(&entries, &a_prepared_day(on));
        assert_eq!(answer.permit, Permit::Refused, "{on}");
        assert_eq!(answer.against, ["the patient has not consented to this session"]);
    }
    // a later consent counts again, and is recorded
    person.day = Some(a_prepared_day(date(2026, 11, 18)));
    let again = entries.recorded(&person);
    assert_eq!(again.chart().withdrawn, None);
    assert_ne!(gate(&again, &a_prepared_day(date(2026, 11, 18))).permit, Permit::Refused);
}
