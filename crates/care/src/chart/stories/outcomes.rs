//! What became of the patients of a clinic, added up.

use super::*;
use crate::consultation::{Skin, ZoneScars};

fn added(charts: &[&Entries]) -> ClinicOutcomes {
    let knowledge = Knowledge::built_in().unwrap();
    let mut outcomes = ClinicOutcomes::default();
    for chart in charts {
        outcomes.add(&chart.chart(), chart.recorded_entries(), &knowledge);
    }
    outcomes
}

fn of_group(outcomes: &ClinicOutcomes, grouping: Grouping) -> Vec<(&str, u32)> {
    outcomes.groups[&grouping].iter().map(|(name, tally)| (name.as_str(), tally.treated)).collect()
}

/// Skin type III, and these scars in one cheek.
fn a_person_with(scars: ZoneScars) -> Consultation {
    let mut person = a_suitable_person();
    person.skin = Skin { fitzpatrick: Some(3), ..Skin::default() };
    person.scars.zones = vec![ZoneScars { zone: "cheek_left".into(), ..scars }];
    person
}

fn rolling() -> Consultation {
    a_person_with(ZoneScars { rolling: 20, ..ZoneScars::default() })
}

fn ice_picks_alone_are_left() -> Consultation {
    a_person_with(ZoneScars { ice_pick: 2, ..ZoneScars::default() })
}

#[test]
fn whoever_had_no_session_counts_nowhere() {
    let waiting = Entries::of(&a_suitable_person());
    assert_eq!(added(&[&waiting]), ClinicOutcomes::default());
}

#[test]
fn patients_count_by_what_they_began_with_and_by_who_treated_them_last() {
    // given somebody treated twice, with an event that is over, whose ice picks alone are left
    let treated = Entries::of(&rolling()).then(delivered(TODAY)).then(delivered(days_later(TODAY, 42)));
    let treated = treated.then(an_event(days_later(TODAY, 43), Severity::Mild));
    let event = treated.latest(Kind::AdverseEvent);
    let over = treated.then(followed_up(event, days_later(TODAY, 50), true));
    let seen_again = over.then(examined(&ice_picks_alone_are_left(), days_later(TODAY, 120)));
    // and somebody whose event goes on
    let other = Entries::of(&rolling()).then(delivered(TODAY)).then(an_event(TODAY, Severity::Severe));
    // when both are added up
    let outcomes = added(&[&seen_again, &other]);
    // then all of it is counted, and the scars are those of before treatment
    let all = outcomes.all;
    assert_eq!((all.treated, all.sessions, all.with_event, all.with_open_event, all.judged), (2, 3, 2, 1, 0));
    assert_eq!(of_group(&outcomes, Grouping::ScarType), [("rolling", 2)]);
    assert_eq!(of_group(&outcomes, Grouping::SkinType), [("3", 2)]);
    assert_eq!(of_group(&outcomes, Grouping::Operator), [("Dr Amal Osei", 2)]);
}
