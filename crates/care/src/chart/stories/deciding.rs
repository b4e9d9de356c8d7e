//! Asking the rules and the forecast of a chart.

use super::*;
use crate::consultation::{OutcomeScale, Profession};
use crate::gate::{Permit, gate};
use crate::plan::{ReviewKind, plan};
use crate::review::Advice;
use crate::screening::{Decision, screen};
use crate::{grading, screening};

fn plan_of(person: &Consultation) -> crate::plan::Plan {
    let grading = grading::grade(person, knowledge());
    plan(person, knowledge(), &screening::screen(person, knowledge()), &grading, a_population(), points()).unwrap()
}

fn planned(person: &Consultation, wish: Wish) -> Result<PlanAdopted, DecideError> {
    bench(knowledge()).plan(&Entries::of(person).chart(), person.date, &setting_of(person), &person.overrides, wish)
}

fn edit(total_sessions: usize, interval_days: u32) -> Wish {
    Wish::Edit { total_sessions, interval_days, reason: "the patient travels".into() }
}

/// A course that has begun well.
fn a_responder() -> Consultation {
    let mut person = a_suitable_person();
    person.goal.improvement_percent = 70.0;
    person.sessions = [date(2026, 1, 5), date(2026, 2, 2), date(2026, 3, 2)].map(a_session).to_vec();
    person.outcomes = vec![
        a_blinded_outcome(date(2026, 1, 2), OutcomeScale::GoodmanBaronQuantitative, 20.0),
        a_blinded_outcome(date(2026, 6, 20), OutcomeScale::GoodmanBaronQuantitative, 9.0),
    ];
    person
}

#[test]
fn a_chart_is_answered_exactly_as_the_consultation_it_amounts_to() {
    for (name, text) in EXAMPLES {
        let person = example(name, text);
        let (chart, setting) = (Entries::of(&person).chart(), setting_of(&person));
        let screened = bench(knowledge()).screen(&chart, person.date, &setting, &person.overrides).unwrap();
        assert_eq!(screened.answer, ScreeningAnswer::of(&screen(&person, knowledge())).unwrap(), "{name}");

        let mut today = person.clone();
        today.day = Some(person.day.clone().unwrap_or_default());
        let day = today.day.clone().unwrap();
        let gated = bench(knowledge()).gate(&chart, person.date, &setting, &person.overrides, &day).unwrap();
        assert_eq!(gated.answer, GateAnswer::of(&gate(&today, knowledge())).unwrap(), "{name}");

        let plan = plan_of(&person);
        let proposed = planned(&person, Wish::Reject { reason: "another time".into() }).unwrap();
        assert_eq!(proposed.answer, PlanAnswer::of(&plan).unwrap(), "{name}");

        let reviewed = bench(knowledge()).review(&chart, person.date, &setting, &person.overrides, None);
        match &plan.review {
            Some(review) => {
                let reviewed = reviewed.unwrap();
                assert_eq!(reviewed.answer, ReviewAnswer::of(&plan, review).unwrap(), "{name}");
                assert_eq!(reviewed.decided, Decided::of(review), "{name}");
            }
            None => assert!(matches!(reviewed, Err(DecideError::NothingToReview)), "{name}"),
        }
    }
}

#[test]
fn an_answer_names_what_it_rests_on() {
    let person = a_hopeful_person();
    let (chart, setting) = (Entries::of(&person).chart(), setting_of(&person));
    let screened = bench(knowledge()).screen(&chart, TODAY, &setting, &[]).unwrap();
    assert_eq!(screened.basis, Basis { program: "0.1.0".into(), knowledge: knowledge().version.full().into(), seed: None });
    assert_eq!(screened.setting, setting);
    assert_eq!(planned(&person, Wish::Adopt).unwrap().basis.seed, Some(points().seed()));
}

#[test]
fn nothing_is_answered_before_it_was_asked() {
    let person = a_suitable_person();
    let refused = bench(knowledge()).screen(&Entries::about(&person).chart(), TODAY, &setting_of(&person), &[]);
    assert!(matches!(refused, Err(DecideError::NotYet(NotYet::Intake))), "{refused:?}");
}

#[test]
fn a_day_before_something_in_the_chart_is_refused() {
    let person = a_suitable_person();
    let chart = Entries::of(&person).then(delivered(days_later(TODAY, 3))).chart();
    let refused = bench(knowledge()).screen(&chart, TODAY, &setting_of(&person), &[]).unwrap_err();
    assert!(refused.to_string().contains("facts of 2026-11-23, after 2026-11-20"), "{refused}");
    assert!(bench(knowledge()).screen(&chart, days_later(TODAY, 3), &setting_of(&person), &[]).is_ok());
}

#[test]
fn a_treatment_day_rests_on_questions_and_an_examination_of_that_day() {
    let person = a_suitable_person();
    let (setting, next_day) = (setting_of(&person), days_later(TODAY, 1));
    let gate = |chart: &Chart| bench(knowledge()).gate(chart, next_day, &setting, &[], &a_prepared_day(next_day));
    // given somebody who was asked and examined yesterday
    let yesterday = Entries::of(&person);
    assert!(matches!(gate(&yesterday.chart()), Err(DecideError::NotYet(NotYet::AskedThatDay { .. }))));
    // when she is asked again, the skin is still that of yesterday
    let mut intake = yesterday.chart().intake.unwrap();
    intake.on = next_day;
    let asked = yesterday.then(Body::Intake(intake));
    let refused = gate(&asked.chart()).unwrap_err();
    assert!(refused.to_string().contains("examined on 2026-11-20: examine it again on 2026-11-21"), "{refused}");
    // and when it is examined as well, the gate answers
    assert!(gate(&asked.then(examined(&person, next_day)).chart()).is_ok());
}

#[test]
fn nobody_is_needled_over_an_adverse_event_that_is_not_over() {
    let person = a_suitable_person();
    let setting = setting_of(&person);
    let gate = |chart: &Chart| bench(knowledge()).gate(chart, TODAY, &setting, &[], &a_prepared_day(TODAY)).unwrap().answer;
    let before = Entries::of(&person).then(consented(TODAY));
    assert_ne!(gate(&before.chart()).permit, Permit::Refused);
    // given an event that was reported and not seen to
    let reported = before.then(an_event(TODAY, Severity::Severe));
    let answer = gate(&reported.chart());
    assert_eq!(answer.permit, Permit::Refused);
    assert!(answer.against[0].contains("is not over: see to it first"), "{:?}", answer.against);
    // when it is over, the rules decide again
    let event = reported.latest(Kind::AdverseEvent);
    assert_ne!(gate(&reported.then(followed_up(event, TODAY, true)).chart()).permit, Permit::Refused);
}

#[test]
fn a_course_not_taken_keeps_a_reason() {
    let person = a_hopeful_person();
    assert!(matches!(planned(&person, Wish::Reject { reason: " ".into() }), Err(DecideError::NoReason)));
}

#[test]
fn scars_counted_before_a_session_are_no_outcome_of_it() {
    let person = a_suitable_person();
    let (setting, later) = (setting_of(&person), days_later(TODAY, 95));
    let treated = Entries::of(&person).then(delivered(TODAY));
    let review = |chart: &Chart| bench(knowledge()).review(chart, later, &setting, &[], None);
    let refused = review(&treated.chart()).unwrap_err();
    assert!(matches!(refused, DecideError::NotYet(NotYet::ExaminedSinceSession { .. })), "{refused:?}");
    assert!(review(&treated.then(examined(&person, later)).chart()).is_ok());
}

#[test]
fn a_course_adopted_is_the_course_proposed() {
    let person = a_hopeful_person();
    let adopted = planned(&person, Wish::Adopt).unwrap();
    let plan = plan_of(&person);
    let proposal = plan.proposal().unwrap();
    let course = adopted.course().unwrap();
    assert_eq!((course.total_sessions, course.interval_days), (proposal.total_sessions, 28));
    assert_eq!(course.sessions, proposal.sessions);
    let verdict = course.reviews.iter().find(|review| review.what == ReviewKind::Verdict).unwrap();
    assert_eq!((verdict.after_session, verdict.after_days), (proposal.total_sessions, 90));
    let expected = course.expected.unwrap();
    assert!((expected.improvement_percent / 100.0 - proposal.at_three_months.median).abs() < 0.001);
    assert!(
        expected.span_80_percent.0 < expected.improvement_percent && expected.improvement_percent < expected.span_80_percent.1
    );
}

#[test]
fn a_course_rejected_is_not_followed() {
    let rejected = planned(&a_hopeful_person(), Wish::Reject { reason: "wants to think".into() }).unwrap();
    assert!(rejected.course().is_none() && rejected.answer.course.is_some());
}

#[test]
fn a_course_edited_has_its_own_days_reviews_and_expectation() {
    let person = a_hopeful_person();
    let plan = plan_of(&person);
    let edited = planned(&person, edit(5, 42)).unwrap();
    let course = edited.course().unwrap();
    // given the table of courses that was shown
    let row = |further: usize, weeks: f64| {
        let rows = &plan.forecast.as_ref().unwrap().courses;
        *rows
            .iter()
            .find(|row| row.further_sessions == further && row.interval_weeks == weeks)
            .map(|row| &row.at_three_months)
            .unwrap()
    };
    let days: Vec<(usize, Date)> = course.sessions.iter().map(|session| (session.number, session.not_before)).collect();
    assert_eq!(days, [0, 1, 2, 3, 4].map(|at| (at + 1, days_later(TODAY, 42 * at as i64))));
    let within: Vec<_> = course.reviews.iter().filter(|review| review.what == ReviewKind::WithinCourse).collect();
    assert_eq!(within.iter().map(|review| (review.after_session, review.after_days)).collect::<Vec<_>>(), [(2, 42), (3, 42)]);
    assert!(
        course.reviews.iter().filter(|review| review.what != ReviewKind::WithinCourse).all(|review| review.after_session == 5)
    );
    // then what is expected is read from its own row, and not from the course proposed
    assert_eq!(course.expected.unwrap().chance_of_goal, (row(5, 6.0).chance_of_goal * 1000.0).round() / 1000.0);
    // and nothing is expected of a course that the table does not hold
    assert_eq!(planned(&person, edit(5, 35)).unwrap().course().unwrap().expected, None);
    assert_eq!(planned(&person, edit(1, 28)).unwrap().course().unwrap().reviews[0].what, ReviewKind::Verdict);
}

#[test]
fn a_course_edited_after_sessions_counts_them() {
    let person = a_responder();
    let edited = planned(&person, edit(5, 28)).unwrap();
    let course = edited.course().unwrap();
    assert_eq!(course.sessions.iter().map(|session| session.number).collect::<Vec<_>>(), [4, 5]);
    assert_eq!(course.given_before(), 3);
    assert!(matches!(planned(&person, edit(3, 28)), Err(DecideError::CourseNotAllowed(_))));
}

#[test]
fn a_course_nearer_or_longer_than_allowed_is_refused_with_what_is_allowed() {
    let person = a_hopeful_person();
    let refused = |total: usize, days: u32| planned(&person, edit(total, days)).unwrap_err().to_string();
    assert_eq!(refused(4, 27), "this course is not allowed: sessions are 28 to 365 days apart for this patient, and not 27");
    assert!(refused(4, 366).contains("28 to 365 days apart"));
    for total in [0, 7] {
        let said = format!("this course is not allowed: 1 to 6 sessions in all can be planned for this patient, and not {total}");
        assert_eq!(refused(total, 28), said);
    }
    assert!(planned(&person, edit(1, 28)).is_ok() && planned(&person, edit(6, 365)).is_ok());
}

#[test]
fn what_is_not_proposed_cannot_be_adopted_nor_edited() {
    let mut pregnant = a_hopeful_person();
    pregnant.patient.pregnant = Answer::Yes;
    for wish in [Wish::Adopt, edit(4, 28)] {
        let refused = planned(&pregnant, wish).unwrap_err().to_string();
        assert_eq!(refused, "there is no proposal to adopt: screening says not suitable");
    }
    // and the reason is the plan's own where screening permits
    let mut nothing_to_treat = a_hopeful_person();
    nothing_to_treat.scars.zones =
        vec![crate::consultation::ZoneScars { zone: "cheek_left".into(), macular: 9, ..Default::default() }];
    assert!(screen(&nothing_to_treat, knowledge()).decision.permits());
    let refused = planned(&nothing_to_treat, Wish::Adopt).unwrap_err().to_string();
    assert_eq!(refused, "there is no proposal to adopt: no forecast can be made for this patient");
}

#[test]
fn a_review_takes_the_advice_unless_the_practitioner_decides() {
    let person = a_responder();
    let (chart, setting) = (Entries::of(&person).chart(), setting_of(&person));
    let taken = bench(knowledge()).review(&chart, TODAY, &setting, &[], None).unwrap();
    assert_eq!((taken.answer.advice, taken.decided, &taken.reason), (Advice::Continue, Decided::Continue, &None));
    let own = Some((Decided::Stop, "moves abroad".to_owned()));
    let decided = bench(knowledge()).review(&chart, TODAY, &setting, &[], own).unwrap();
    assert_eq!((decided.decided, decided.reason.as_deref()), (Decided::Stop, Some("moves abroad")));
    assert_eq!(decided.answer, taken.answer);
}

#[test]
fn the_gate_is_asked_with_the_operator_of_the_day() {
    let person = a_suitable_person();
    let chart = Entries::of(&person).chart();
    let mut setting = setting_of(&person);
    let ask = |setting: &Setting| bench(knowledge()).gate(&chart, TODAY, setting, &[], &a_prepared_day(TODAY)).unwrap().answer;
    assert_ne!(ask(&setting).permit, Permit::Refused);
    setting.operator.profession = Profession::Practitioner;
    setting.operator.trained = Answer::No;
    let refused = ask(&setting);
    assert_eq!(refused.permit, Permit::Refused);
    assert!(!refused.against.is_empty() && refused.decision != Decision::Suitable, "{refused:?}");
}
