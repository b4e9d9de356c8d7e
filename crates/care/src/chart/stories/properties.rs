//! What must hold of every chart, not only of those that somebody thought of.

use proptest::prelude::*;
use proptest::sample::select;

use super::replaying::{DECISIONS, a_chart_with_decisions};
use super::*;
use crate::gate::Permit;
use crate::plan::ReviewKind;
use crate::screening::{Decision, Until};

fn any_day() -> impl Strategy<Value = Date> {
    (0_i64..900).prop_map(|days| days_later(date(2026, 1, 1), days))
}

fn any_maybe_day() -> impl Strategy<Value = Option<Date>> {
    prop::option::weighted(0.8, any_day())
}

fn any_decision() -> impl Strategy<Value = Decision> {
    prop_oneof![
        4 => Just(Decision::Suitable),
        4 => Just(Decision::SuitableWithPrecautions),
        1 => Just(Decision::CannotDecide),
        1 => Just(Decision::NotSuitable),
        1 => any_day().prop_map(|day| Decision::Defer(Until::Date(day))),
        1 => Just(Decision::Defer(Until::State)),
        1 => any_day().prop_map(|day| Decision::Defer(Until::DateAndState(day))),
    ]
}

fn any_agenda() -> impl Strategy<Value = Agenda> {
    let kind = select(vec![ReviewKind::WithinCourse, ReviewKind::Verdict, ReviewKind::BetterVerdict, ReviewKind::Durability]);
    let review = (kind, 1_usize..7, 14_u32..400).prop_map(|(what, after_session, after_days)| ReviewAfter {
        what,
        after_session,
        after_days,
    });
    let reviews = prop::collection::vec(review, 0..6);
    (0_usize..4, 1_usize..7, 14_u32..90, any_day(), reviews).prop_map(|(given, further, interval_days, first, reviews)| Agenda {
        total_sessions: given + further,
        interval_days,
        sessions: (0..further).map(|at| days_later(first, i64::from(interval_days) * at as i64)).collect(),
        reviews,
    })
}

prop_compose! {
    fn any_milestones()(
        (registered, intake, examined) in (any_maybe_day(), any_maybe_day(), any_maybe_day()),
        unscreened_since in prop::option::weighted(0.2, any_day()),
        screened in prop::option::weighted(0.9, (any_day(), any_decision())),
        plan in prop::option::weighted(0.9, (any_day(), prop::option::weighted(0.9, any_agenda()))),
        (consented, withdrawn) in (any_maybe_day(), prop::option::weighted(0.1, any_day())),
        gated in prop::option::of((any_day(), select(vec![Permit::Permitted, Permit::PermittedWithPrecautions, Permit::Refused]))),
        sessions in prop::collection::btree_set(any_day(), 0..6),
        severity in select(vec![Severity::Mild, Severity::Moderate, Severity::Severe]),
        event in prop::option::weighted(0.1, any_day()),
        decided in select(vec![Decided::Continue, Decided::Wait, Decided::Stop, Decided::Switch]),
        (reviewed, verdict_not_before) in (prop::option::of(any_day()), any_maybe_day()),
        since_review in prop::option::of(select(vec![SinceReview::Asked, SinceReview::Planned])),
    ) -> Milestones {
        Milestones {
            registered,
            intake,
            examined,
            unscreened_since,
            screened,
            plan: plan.map(|(on, course)| PlanStanding { on, course }),
            consented,
            withdrawn,
            gated,
            sessions: sessions.into_iter().collect(),
            open_event: event.map(|on| (severity, on)),
            reviewed: reviewed.map(|on| (on, decided)),
            verdict_not_before,
            since_review,
        }
    }
}

fn next(milestones: &Milestones, today: Date) -> NextStep {
    milestones.next_step(&knowledge().settings, today)
}

proptest! {
    #[test]
    fn a_session_is_never_next_against_screening_consent_or_an_open_event(milestones in any_milestones(), today in any_day()) {
        let next = next(&milestones, today);
        if next.step == Step::Session {
            let due = next.due.unwrap();
            prop_assert!(milestones.screened.unwrap().1.permits() && milestones.unscreened_since.is_none());
            prop_assert!(milestones.open_event.is_none() && milestones.withdrawn.is_none());
            let consented = milestones.consented.unwrap();
            let valid_days = i64::from(knowledge().settings.consent_valid_days.whole());
            for day in [due, due.max(today)] {
                prop_assert!(consented <= day && day <= days_later(consented, valid_days));
            }
        }
    }

    #[test]
    fn a_session_is_never_due_before_the_last_one_and_the_interval(milestones in any_milestones(), today in any_day()) {
        let next = next(&milestones, today);
        if let (Step::Session, Some(last)) = (next.step, milestones.sessions.last()) {
            let agenda = milestones.plan.as_ref().and_then(|plan| plan.course.as_ref()).unwrap();
            prop_assert!(next.due.unwrap() >= days_later(*last, i64::from(agenda.interval_days)));
            prop_assert!(milestones.sessions.len() < agenda.total_sessions);
        }
    }

    #[test]
    fn a_session_is_never_next_after_a_review_that_ended_the_course(milestones in any_milestones(), today in any_day()) {
        let ended = matches!(milestones.reviewed, Some((_, Decided::Stop | Decided::Switch)));
        if ended && milestones.since_review != Some(SinceReview::Planned) {
            prop_assert_ne!(next(&milestones, today).step, Step::Session);
        }
    }

    #[test]
    fn the_day_on_which_it_is_looked_at_changes_nothing_but_the_age_of_consent(
        milestones in any_milestones(), one in any_day(), two in any_day(),
    ) {
        let (one, two) = (next(&milestones, one), next(&milestones, two));
        let of_consent = |next: &NextStep| next.step == Step::Consent;
        if of_consent(&one) == of_consent(&two) && !of_consent(&one) {
            prop_assert_eq!(one, two);
        } else if of_consent(&one) != of_consent(&two) {
            let other = if of_consent(&one) { &two } else { &one };
            prop_assert_eq!(other.step, Step::Session);
            prop_assert_eq!(one.due, two.due);
        }
    }

    #[test]
    fn milestones_are_read_as_they_are_written(milestones in any_milestones()) {
        let written = serde_json::to_vec(&milestones).unwrap();
        prop_assert_eq!(serde_json::from_slice::<Milestones>(&written).unwrap(), milestones);
    }

    #[test]
    fn a_number_is_read_from_its_bytes_as_it_was(value in prop::num::f64::NORMAL, sd in 0.0_f64..100.0) {
        let outcome = a_blinded_outcome(TODAY, crate::consultation::OutcomeScale::Ecca, value);
        let outcome = crate::consultation::OutcomeMeasured { error_sd: Some(sd), ..outcome };
        let body = Body::Measured(Measured::outcome(outcome));
        prop_assert_eq!(Body::read("measured", 2, &body.to_bytes().unwrap()).unwrap(), body.clone());
        // and inside an amendment
        let amended = amendment(entry(0), Some(body));
        prop_assert_eq!(Body::read("amended", 1, &amended.to_bytes().unwrap()).unwrap(), amended);
    }
}

fn any_later_entry() -> impl Strategy<Value = Body> {
    let day = || (96_i64..400).prop_map(|days| days_later(TODAY, days));
    let other = || {
        let mut person = a_suitable_person();
        person.patient.pregnant = Answer::Yes;
        Entries::of(&person).0.into_iter().map(|(_, body)| body).collect::<Vec<_>>()
    };
    prop_oneof![
        select(other()),
        day().prop_map(delivered),
        day().prop_map(consented),
        day().prop_map(withdrawn),
        day().prop_map(|on| an_event(on, Severity::Severe)),
        (0_usize..10).prop_map(|at| amendment(entry(at), None)),
        (0_usize..10, select(other())).prop_map(|(at, body)| amendment(entry(at), Some(body))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn what_is_written_down_later_never_changes_how_an_earlier_decision_is_computed(
        later in prop::collection::vec(any_later_entry(), 1..6),
    ) {
        let entries = later.into_iter().fold(a_chart_with_decisions(), Entries::then);
        for kind in DECISIONS {
            let (id, body) = entries.0.iter().find(|(_, body)| body.kind() == kind).unwrap();
            let before = Chart::before(*id, entries.recorded_entries());
            prop_assert_eq!(replay(&before, body, &bench(knowledge())).unwrap(), Some(Replayed::Same), "{:?}", kind);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_chart_folded_entry_by_entry_is_the_chart_folded_at_once(later in prop::collection::vec(any_later_entry(), 1..12)) {
        let mut chart = a_chart_with_decisions().chart();
        let mut entries = a_chart_with_decisions();
        for body in later {
            entries = entries.then(body);
            let newest = entries.recorded_entries().last().unwrap();
            if !chart.push(newest) {
                chart = entries.chart();
            }
            prop_assert_eq!(&chart, &entries.chart());
        }
    }
}
