//! Plans for people, told as stories.

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;
use resurface_knowledge::document::Format;

use super::*;
use crate::alternatives::Shown;
use crate::consultation::{Answer, Answered, OutcomeScale, Skin, ZoneScars};
use crate::course::{ChosenBecause, NotAllowed};
use crate::grading::grade;
use crate::people::*;
use crate::review::{Advice, Verdict};
use crate::screening::screen;

fn plan_for(person: &Consultation) -> Plan {
    let grading = grade(person, knowledge());
    plan(person, knowledge(), &screen(person, knowledge()), &grading, a_population(), points()).unwrap()
}

fn wishing_for(improvement_percent: f64) -> Consultation {
    let mut person = a_suitable_person();
    person.goal.improvement_percent = improvement_percent;
    person
}

/// Sessions four weeks apart from 5 January 2026, looked at on 20 November.
fn after_sessions(count: i32) -> Consultation {
    let mut person = a_suitable_person();
    person.sessions = (0..count).map(|number| a_session(date(2026, 1, 5).saturating_add((28 * number).days()))).collect();
    person
}

#[test]
fn a_suitable_person_gets_a_course_with_days_depths_and_reviews() {
    let plan = plan_for(&wishing_for(25.0));
    let proposal = plan.proposal().unwrap();
    assert_eq!(proposal.choice.because, ChosenBecause::FewestThatReachGoal);
    assert_eq!(proposal.sessions.len(), proposal.choice.further_sessions);
    assert_eq!(proposal.sessions[0].not_before, TODAY);
    assert_eq!(proposal.sessions[1].not_before, TODAY.saturating_add(28.days()));
    let cheek = &proposal.depths[0];
    assert_eq!((cheek.on_scars_um, cheek.first_session_um, cheek.between_scars_um), (Some(1500), Some(1250), Some(1000)));
    let last = proposal.sessions.last().unwrap().not_before;
    let verdict = proposal.reviews.iter().find(|review| review.what == ReviewKind::Verdict).unwrap();
    assert_eq!(verdict.not_before, Some(last.saturating_add(90.days())));
    assert_eq!(plan.forecast.unwrap().label, ForecastLabel::ForThisPatient);
}

#[test]
fn two_week_rows_are_shown_and_not_allowed() {
    let forecast = plan_for(&a_suitable_person()).forecast.unwrap();
    assert_eq!(forecast.courses.len(), 32);
    let near: Vec<_> = forecast.courses.iter().filter(|row| row.interval_weeks == 2.0).collect();
    assert!(near.len() == 8 && near.iter().all(|row| row.not_allowed.contains(&NotAllowed::IntervalTooShort)));
}

#[test]
fn ninety_percent_is_said_to_be_out_of_reach() {
    let plan = plan_for(&wishing_for(90.0));
    let choice = match &plan.standing {
        Standing::Proposed { proposal } => &proposal.choice,
        other => panic!("{other:?}"),
    };
    let GoalReach::MayBeOutOfReach { best_chance, .. } = choice.goal else { panic!("{choice:?}") };
    assert!(best_chance < 0.2, "{best_chance}");
    assert!(plan.proposal().unwrap().notes.contains(&Note::GoalMayBeOutOfReach));
    let lower = plan.what_would_change.iter().find(|change| change.if_so.english().starts_with("the goal were")).unwrap();
    assert!(lower.if_so.english().ends_with("instead of 90 %"), "{lower:?}");
}

#[test]
fn type_six_skin_gets_six_weeks_and_a_shallower_needle() {
    let mut person = wishing_for(30.0);
    person.skin = Skin { fitzpatrick: Some(6), ..Skin::default() };
    let grading = grade(&person, knowledge());
    let (limits, depths) = (
        CourseLimits::of(&Facts::of(&person, knowledge()), &knowledge().settings),
        planned_depths(&person, &grading, knowledge(), TODAY),
    );
    assert_eq!((limits.interval_min_days, limits.interval_weeks()), (42, Some(6.0)));
    assert_eq!((depths[0].on_scars_um, depths[0].first_session_um), (Some(1250), Some(1000)));
    let plan = plan_for(&person);
    let proposal = plan.proposal().unwrap();
    assert_eq!((proposal.choice.interval_weeks, &proposal.depths), (6.0, &depths));
    assert_eq!(proposal.sessions[1].not_before, TODAY.saturating_add(42.days()));
    assert!(proposal.notes.contains(&Note::LongerInterval));
    assert_eq!(plan.risks.pigmentation.skin, crate::risk::SkinAgainstStudy::Darker);
}

#[test]
fn skin_of_unknown_type_is_treated_as_dark() {
    let mut person = a_suitable_person();
    person.skin = Skin::default();
    let grading = grade(&person, knowledge());
    assert_eq!(CourseLimits::of(&Facts::of(&person, knowledge()), &knowledge().settings).interval_min_days, 42);
    assert_eq!(planned_depths(&person, &grading, knowledge(), TODAY)[0].on_scars_um, Some(1250));
}

#[test]
fn what_is_not_known_of_the_skin_is_said_to_cost_an_interval() {
    let mut person = wishing_for(30.0);
    person.findings.remove(crate::facts::PIGMENTATION_HISTORY);
    let plan = plan_for(&person);
    assert_eq!(plan.limits.interval_min_days, 42);
    let change = plan.what_would_change.iter().find(|change| change.touches == ChangedThing::Course).unwrap();
    assert_eq!(change.if_so.english(), "darker marks after needling were ruled out");
    assert!(
        change.then.english().contains("every 4 weeks, instead of") && change.then.english().ends_with("every 6 weeks"),
        "{change:?}"
    );
}

#[test]
fn scars_that_are_not_counted_are_said_to_matter() {
    let mut person = a_suitable_person();
    person.scars.zones.clear();
    person.scars.goodman_baron = Some(crate::consultation::GoodmanBaronCounts { moderate_dish: 15, ..Default::default() });
    let plan = plan_for(&person);
    assert!(plan.extrapolation.contains(&Extrapolation::ScarTypesNotCounted));
    if let Some(proposal) = plan.proposal() {
        assert!(proposal.notes.contains(&Note::DepthWithheld));
    }
    assert_eq!(plan.forecast.unwrap().rests_on, RestsOn::TrialsAlone);
    let mixes: Vec<&Change> =
        plan.what_would_change.iter().filter(|change| change.if_so.english().starts_with("the scars were")).collect();
    assert_eq!(mixes.len(), 2);
    assert_ne!(mixes[0].then, mixes[1].then);
}

#[test]
fn a_deferred_persons_days_start_after_the_deferral_and_are_no_proposal() {
    let mut person = wishing_for(30.0);
    let rule = deferring_rule();
    person.findings.insert(rule.0, Answered { answer: Answer::Yes, on: Some(TODAY), note: None });
    let screening = screen(&person, knowledge());
    let Decision::Defer(until) = screening.decision else { panic!("{:?}", screening.decision) };
    let plan = plan_for(&person);
    assert_eq!(plan.proposal(), None);
    let Standing::AfterDeferral { not_before, would_be } = &plan.standing else { panic!("{:?}", plan.standing) };
    assert_eq!(*not_before, until.date());
    assert!(would_be.sessions[0].not_before > TODAY);
    assert_eq!(plan.forecast.unwrap().label, ForecastLabel::IfItBecameSuitable);
}

/// A finding that defers for a time after its day.
fn deferring_rule() -> (String, u16) {
    use resurface_knowledge::contraindications::{Class, Trigger};
    knowledge()
        .contraindications
        .iter()
        .find_map(|rule| match (&rule.trigger, &rule.wait, rule.class) {
            (Trigger::Asked(key), Some(wait), Class::Defer) if wait.days > 0 => Some((key.clone(), wait.days)),
            _ => None,
        })
        .unwrap()
}

#[test]
fn who_is_not_suitable_or_not_answered_gets_no_proposal() {
    let mut pregnant = a_suitable_person();
    pregnant.patient.pregnant = Answer::Yes;
    assert_eq!(plan_for(&pregnant).proposal(), None);
    let unasked = a_consultation();
    let plan = plan_for(&unasked);
    assert_eq!(plan.standing, Standing::Withheld { because: Withheld::CannotDecide });
    assert_eq!(plan.forecast.unwrap().label, ForecastLabel::IfItBecameSuitable);
    assert!(plan.what_would_change.iter().any(|change| change.touches == ChangedThing::Permission));
}

#[test]
fn ice_picks_are_expected_to_change_less_and_sent_elsewhere_first() {
    let mut person = a_suitable_person();
    let boxcars = plan_for(&person).forecast.unwrap().this_patient.median;
    person.scars.zones = vec![ZoneScars { zone: "cheek_left".into(), ice_pick: 20, rolling: 1, ..a_cheek("cheek_left") }];
    let plan = plan_for(&person);
    assert!(plan.forecast.unwrap().this_patient.median < boxcars);
    assert!(plan.extrapolation.contains(&Extrapolation::MostlyIcePick));
    let concern = &plan.alternatives.concerns[0];
    assert_eq!((concern.id.as_str(), concern.shown), ("not_best_ice_pick", Shown::Holds));
    assert!(concern.instead.contains(&"tca_cross".to_owned()));
}

#[test]
fn a_responder_goes_on() {
    let mut person = after_sessions(3);
    person.goal.improvement_percent = 70.0;
    person.outcomes = vec![
        a_blinded_outcome(date(2026, 1, 2), OutcomeScale::GoodmanBaronQuantitative, 20.0),
        a_blinded_outcome(date(2026, 6, 20), OutcomeScale::GoodmanBaronQuantitative, 9.0),
        a_blinded_outcome(date(2026, 6, 20), OutcomeScale::ImprovementPercent, 55.0),
    ];
    let review = plan_for(&person).review.unwrap();
    assert!(matches!(review.verdict, Verdict::OnCourse | Verdict::BetterThanExpected), "{review:?}");
    assert_eq!(review.advice, Advice::Continue, "{review:?}");
}

#[test]
fn who_does_not_respond_is_offered_something_else() {
    let mut person = after_sessions(4);
    person.outcomes = vec![
        a_blinded_outcome(date(2026, 1, 2), OutcomeScale::GoodmanBaronQuantitative, 20.0),
        a_blinded_outcome(date(2026, 8, 20), OutcomeScale::GoodmanBaronQuantitative, 20.0),
        a_blinded_outcome(date(2026, 8, 20), OutcomeScale::ImprovementPercent, 2.0),
        a_blinded_outcome(date(2026, 10, 20), OutcomeScale::ImprovementPercent, 3.0),
    ];
    let review = plan_for(&person).review.unwrap();
    assert_eq!((review.verdict, review.advice), (Verdict::NotResponding, Advice::Switch), "{review:?}");
    assert!(review.chances.goal_with_all_sessions < 0.1);
}

#[test]
fn a_little_improvement_looked_at_late_enough_is_slower() {
    let mut person = after_sessions(4);
    person.outcomes = vec![
        a_blinded_outcome(date(2026, 1, 2), OutcomeScale::GoodmanBaronQuantitative, 20.0),
        a_blinded_outcome(date(2026, 8, 20), OutcomeScale::ImprovementPercent, 14.0),
    ];
    let review = plan_for(&person).review.unwrap();
    assert_eq!(review.verdict, Verdict::Slower, "{review:?}");
    let seen = &review.comparisons[1];
    assert!(seen.percentile_before_treatment.unwrap() < 0.1 && seen.expected > 30.0);
}

#[test]
fn the_population_that_comes_with_the_program_tells_the_same_stories() {
    let fitted = Population::from_json(knowledge().files.text("population.json").unwrap()).unwrap();
    let plan_for = |person: &Consultation| {
        plan(person, knowledge(), &screen(person, knowledge()), &grade(person, knowledge()), &fitted, points()).unwrap()
    };
    let usual = plan_for(&wishing_for(30.0));
    assert!((1..=6).contains(&usual.proposal().unwrap().choice.further_sessions));
    let hopeful = plan_for(&wishing_for(95.0));
    assert!(matches!(hopeful.proposal().unwrap().choice.goal, GoalReach::MayBeOutOfReach { .. }));
    assert!(hopeful.forecast.unwrap().mostly_assumption.contains(&"rho".to_owned()));
}

#[test]
fn no_change_of_grade_after_three_sessions_is_a_plateau() {
    let mut person = after_sessions(3);
    person.outcomes = vec![
        a_blinded_outcome(date(2026, 1, 2), OutcomeScale::GoodmanBaronQualitative, 3.0),
        a_blinded_outcome(date(2026, 7, 1), OutcomeScale::GoodmanBaronQualitative, 3.0),
    ];
    let review = plan_for(&person).review.unwrap();
    assert_eq!((review.verdict, review.advice), (Verdict::NotResponding, Advice::Switch));
    assert!(review.reasons.iter().any(|reason| reason.sources.contains(&"stop_no_change".to_owned())));
}

#[test]
fn failure_is_not_called_before_its_day() {
    let mut person = a_suitable_person();
    person.sessions = [date(2026, 8, 20), date(2026, 9, 17), date(2026, 10, 15)].map(a_session).to_vec();
    person.outcomes = vec![
        a_blinded_outcome(date(2026, 8, 20), OutcomeScale::GoodmanBaronQuantitative, 20.0),
        a_blinded_outcome(date(2026, 11, 18), OutcomeScale::ImprovementPercent, 0.0),
        a_blinded_outcome(date(2026, 11, 19), OutcomeScale::ImprovementPercent, -5.0),
    ];
    let review = plan_for(&person).review.unwrap();
    assert_eq!(review.verdict, Verdict::TooEarlyToSay, "{review:?}");
    assert_ne!(review.advice, Advice::Switch);
    assert_eq!(review.verdict_not_before, Some(date(2027, 1, 13)));
}

#[test]
fn no_atrophic_scar_no_forecast() {
    let mut person = a_suitable_person();
    person.scars.zones = vec![ZoneScars { zone: "cheek_left".into(), macular: 9, ..ZoneScars::default() }];
    let plan = plan_for(&person);
    assert_eq!(plan.extrapolation[0], Extrapolation::NoAtrophicScars);
    assert!(plan.forecast.is_none() && plan.proposal().is_none());
}

#[test]
fn another_treatment_during_the_course_ends_the_forecast() {
    let mut person = after_sessions(2);
    person.earlier_treatments =
        vec![crate::consultation::EarlierTreatment { treatment: "subcision".into(), on: Some(date(2026, 3, 1)), result: None }];
    assert_eq!(plan_for(&person).extrapolation[0], Extrapolation::OtherTreatmentDuringCourse);
}

#[test]
fn three_intervals_differ_and_are_nested_in_width() {
    let forecast = plan_for(&a_suitable_person()).forecast.unwrap();
    let width = |outlook: &Outlook| outlook.interval_80.high - outlook.interval_80.low;
    assert!(width(&forecast.typical_new_patient) < width(&forecast.new_clinic));
    assert!(forecast.optimism.as_published_median > forecast.optimism.bias_adjusted_median);
    assert!(forecast.mostly_assumption.contains(&"k_out".to_owned()));
    assert_eq!(forecast.rests_on, RestsOn::ScarTypes);
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    let person = a_suitable_person();
    let json = |plan: &Plan| serde_json::to_string(plan).unwrap();
    assert_eq!(json(&plan_for(&person)), json(&plan_for(&person)));
}

/// One of the examples that come with the program.
fn example(text: &str, format: Format) -> Plan {
    plan_for(&crate::form::read("example", text, format, knowledge()).unwrap())
}

#[test]
fn the_examples_tell_their_stories() {
    let first = example(include_str!("../../../../examples/consultation.toml"), Format::Toml);
    assert!(first.proposal().is_some() && first.review.is_none());

    let ice_pick = example(include_str!("../../../../examples/ice_pick.toml"), Format::Toml);
    assert_eq!(ice_pick.alternatives.concerns[0].id, "not_best_ice_pick");

    let not_responding = example(include_str!("../../../../examples/not_responding.toml"), Format::Toml);
    let review = not_responding.review.unwrap();
    assert_eq!((review.verdict, review.advice), (Verdict::NotResponding, Advice::Switch), "{review:?}");
    assert!(not_responding.alternatives.concerns.iter().any(|concern| concern.id == "not_best_tethered"));

    let responder = example(include_str!("../../../../examples/responder.json"), Format::Json);
    assert_eq!(responder.review.unwrap().advice, Advice::Continue);

    for deferred in [include_str!("../../../../examples/active_acne.toml"), include_str!("../../../../examples/pregnant.toml")] {
        let plan = example(deferred, Format::Toml);
        assert!(plan.proposal().is_none() && plan.alternatives.do_nothing.is_some());
    }
}

#[test]
fn a_goal_that_needs_more_sessions_than_are_worth_it_is_said() {
    let mut knowledge = knowledge().clone();
    knowledge.settings.gain_threshold_points.value = 8.0;
    let person = wishing_for(30.0);
    let grading = grade(&person, &knowledge);
    let plan = plan(&person, &knowledge, &screen(&person, &knowledge), &grading, a_population(), points()).unwrap();
    let proposal = plan.proposal().unwrap();
    assert_eq!((proposal.choice.further_sessions, proposal.choice.because), (3, ChosenBecause::NextAddsTooLittle));
    assert!(proposal.notes.contains(&Note::GoalNeedsMoreSessions));
}

fn sessions_proposed(person: &Consultation) -> usize {
    plan_for(person).proposal().map_or(0, |proposal| proposal.choice.further_sessions)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_more_demanding_goal_never_gets_fewer_sessions(low in 5.0..60.0_f64, more in 0.0..40.0_f64) {
        prop_assert!(sessions_proposed(&wishing_for(low)) <= sessions_proposed(&wishing_for(low + more)));
    }

    #[test]
    fn nothing_is_proposed_unless_screening_permits(answers in proptest::collection::vec(0_u8..200, 80)) {
        let mut person = wishing_for(30.0);
        for (answered, answer) in person.findings.values_mut().zip(answers) {
            // mostly "no", so that every decision comes up
            answered.answer = match answer { 0 => Answer::Unknown, 1 => Answer::Yes, _ => Answer::No };
            answered.on = Some(TODAY);
        }
        let plan = plan_for(&person);
        prop_assert!(plan.proposal().is_none() || plan.decision.permits());
        match plan.standing {
            Standing::AfterDeferral { .. } => prop_assert!(matches!(plan.decision, Decision::Defer(_))),
            Standing::Proposed { .. } | Standing::Withheld { .. } => {}
        }
        if let Some(forecast) = plan.forecast {
            prop_assert_eq!(forecast.label == ForecastLabel::ForThisPatient, plan.decision.permits());
        }
    }

    #[test]
    fn no_proposal_goes_beyond_what_is_allowed(
        goal in 1.0..100.0_f64,
        fitzpatrick in 1_u8..=6,
        ice_pick in 0_u16..20,
        given in 0..14,
    ) {
        let mut person = after_sessions(given);
        person.goal.improvement_percent = goal;
        person.skin.fitzpatrick = Some(fitzpatrick);
        person.scars.zones[0].ice_pick = ice_pick;
        let plan = plan_for(&person);
        if let Some(proposal) = plan.proposal() {
            prop_assert!(plan.decision.permits());
            prop_assert!(proposal.choice.further_sessions <= plan.limits.further_sessions_max);
            prop_assert!(proposal.total_sessions <= plan.limits.total_sessions_max);
            prop_assert!(proposal.choice.interval_weeks * 7.0 >= f64::from(plan.limits.interval_min_days));
            prop_assert!(proposal.sessions.iter().all(|session| session.not_before >= person.date));
        }
    }
}
