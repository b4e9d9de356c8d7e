//! What the pathway wants next, from the first visit to the last.

use std::collections::BTreeSet;

use super::*;
use crate::gate::Permit;
use crate::plan::ReviewKind;
use crate::screening::{Decision, Until};

/// A day of November 2026, or later.
const fn november(day: i8) -> Date {
    date(2026, 11, day)
}

/// A person who was asked, examined and screened on the 2nd.
fn screened(decision: Decision) -> Milestones {
    let first = Some(november(2));
    Milestones {
        registered: first,
        intake: first,
        examined: first,
        screened: Some((november(2), decision)),
        ..Default::default()
    }
}

/// Three sessions four weeks apart, planned on the 3rd from the 10th on, with consent of the 4th.
fn on_course() -> Milestones {
    let after = |what, after_session, after_days| ReviewAfter { what, after_session, after_days };
    let course = Agenda {
        total_sessions: 3,
        interval_days: 28,
        sessions: vec![november(10), date(2026, 12, 8), date(2027, 1, 5)],
        reviews: vec![
            after(ReviewKind::WithinCourse, 2, 28),
            after(ReviewKind::Verdict, 3, 90),
            after(ReviewKind::BetterVerdict, 3, 180),
            after(ReviewKind::Durability, 3, 365),
        ],
    };
    Milestones {
        plan: Some(PlanStanding { on: november(3), course: Some(course) }),
        consented: Some(november(4)),
        ..screened(Decision::Suitable)
    }
}

/// The same, after sessions on these days.
fn after(sessions: &[Date]) -> Milestones {
    Milestones { sessions: sessions.to_vec(), ..on_course() }
}

fn reviewed(on: Date, decided: Decided, milestones: Milestones) -> Milestones {
    let last = milestones.sessions.last().copied();
    Milestones { reviewed: Some((on, decided)), verdict_not_before: last.map(|last| days_later(last, 90)), ..milestones }
}

/// Every session given: the last on 9 January 2027.
fn all_given() -> Milestones {
    after(&[november(10), date(2026, 12, 10), date(2027, 1, 9)])
}

const DONE: Date = date(2027, 4, 9); // 90 days after the last session

/// What a chart says, and the step that follows as `step | day | why`.
fn stories() -> Vec<(&'static str, Milestones, &'static str)> {
    use Decision::{CannotDecide, Defer, NotSuitable, Suitable, SuitableWithPrecautions};
    let one = || after(&[november(12)]);
    let two = || after(&[november(12), date(2026, 12, 15)]);
    let day = november(25);
    vec![
        ("nobody", Milestones::default(), "ask history and wishes | - | history and wishes were not asked yet"),
        (
            "only registered",
            Milestones { registered: Some(november(1)), ..Default::default() },
            "ask history and wishes | 2026-11-01 | history and wishes were not asked yet",
        ),
        (
            "asked",
            Milestones { intake: Some(november(2)), unscreened_since: Some(november(2)), ..Default::default() },
            "examine the skin | 2026-11-02 | the skin was not examined yet",
        ),
        (
            "asked and examined",
            Milestones { screened: None, unscreened_since: Some(november(2)), ..screened(Suitable) },
            "screen | 2026-11-02 | asked and examined, and not screened yet",
        ),
        (
            "an answer since",
            Milestones { unscreened_since: Some(november(5)), ..on_course() },
            "screen | 2026-11-05 | answers or findings of 2026-11-05 are newer than the screening of 2026-11-02",
        ),
        (
            "answers missing",
            screened(CannotDecide),
            "answer what screening needs | 2026-11-02 | the screening of 2026-11-02 could not decide: answers are missing",
        ),
        (
            "a contraindication",
            screened(NotSuitable),
            "offer alternatives | - | the screening of 2026-11-02 found needling not suitable",
        ),
        (
            "a wait with a day",
            screened(Defer(Until::Date(day))),
            "screen | 2026-11-25 | the screening of 2026-11-02 deferred until 2026-11-25: screen again then",
        ),
        (
            "a wait for a state",
            screened(Defer(Until::State)),
            "wait until it has cleared | - | the screening of 2026-11-02 deferred until it has cleared; no day is known",
        ),
        (
            "a wait for both",
            screened(Defer(Until::DateAndState(day))),
            "wait until it has cleared | 2026-11-25 | the screening of 2026-11-02 deferred until 2026-11-25, and until it has cleared",
        ),
        ("suitable", screened(Suitable), "plan | 2026-11-02 | suitable; no course was planned yet"),
        (
            "suitable with precautions",
            screened(SuitableWithPrecautions),
            "plan | 2026-11-02 | suitable with precautions; no course was planned yet",
        ),
        (
            "a plan not taken",
            Milestones { plan: Some(PlanStanding { on: november(3), course: None }), ..screened(Suitable) },
            "offer alternatives | - | the plan of 2026-11-03 was not taken",
        ),
        (
            "a plan not taken, and the patient came back",
            Milestones {
                plan: Some(PlanStanding { on: november(3), course: None }),
                screened: Some((day, Suitable)),
                ..screened(Suitable)
            },
            "plan | 2026-11-25 | suitable; screened again since the plan of 2026-11-03 was not taken",
        ),
        (
            "planned, no consent",
            Milestones { consented: None, ..on_course() },
            "discuss, ask for consent | 2026-11-03 | the patient has not consented to treatment yet",
        ),
        ("planned and consented", on_course(), "session | 2026-11-10 | session 1 of 3, at the earliest on 2026-11-10"),
        (
            "consent given after the day planned",
            Milestones { consented: Some(november(14)), ..on_course() },
            "session | 2026-11-14 | session 1 of 3, at the earliest on 2026-11-14",
        ),
        (
            "consent that is too old today",
            Milestones { consented: Some(date(2026, 5, 1)), ..on_course() },
            "discuss, ask for consent | 2026-11-10 | the consent of 2026-05-01 is older than 180 days: ask again",
        ),
        (
            "consent that will be too old",
            Milestones { consented: Some(date(2026, 6, 1)), ..one() },
            "discuss, ask for consent | 2026-12-10 | the consent of 2026-06-01 will by then be older than 180 days: ask again",
        ),
        (
            "refused at the gate",
            Milestones { gated: Some((november(10), Permit::Refused)), ..on_course() },
            "session | 2026-11-10 | session 1 of 3: refused at the gate on 2026-11-10; ask the gate again once the reasons are gone",
        ),
        (
            "refused at the gate, and screened again",
            Milestones { gated: Some((november(10), Permit::Refused)), screened: Some((november(18), Suitable)), ..on_course() },
            "session | 2026-11-10 | session 1 of 3, at the earliest on 2026-11-10",
        ),
        (
            "permitted at the gate",
            Milestones { gated: Some((november(10), Permit::PermittedWithPrecautions)), ..on_course() },
            "session | 2026-11-10 | session 1 of 3: permitted at the gate on 2026-11-10, and not recorded as given",
        ),
        (
            "permitted and given",
            Milestones { gated: Some((november(12), Permit::Permitted)), ..one() },
            "session | 2026-12-10 | session 2 of 3, at the earliest on 2026-12-10",
        ),
        ("two given", two(), "review | 2027-01-12 | review within the course: go on, or change it"),
        (
            "two given, reviewed some days early",
            reviewed(date(2027, 1, 9), Decided::Continue, two()),
            "session | 2027-01-12 | session 3 of 3, at the earliest on 2027-01-12",
        ),
        (
            "two given, waiting",
            reviewed(date(2027, 1, 12), Decided::Wait, two()),
            "review | 2027-03-15 | the review of 2027-01-12 decided to wait for the day of the verdict",
        ),
        (
            "waited to the day of the verdict, and waiting on",
            reviewed(date(2027, 3, 15), Decided::Wait, two()),
            "review | - | the review of 2027-03-15 decided to wait, and no later day is planned: look again and decide",
        ),
        (
            "waited after the course",
            reviewed(DONE, Decided::Wait, all_given()),
            "review | 2027-07-08 | the review of 2027-04-09 decided to wait for the day of the verdict",
        ),
        ("waiting, and treated all the same", after_waiting(), "review | 2027-04-20 | the first day on which a verdict is given"),
        ("all given", all_given(), "review | 2027-04-09 | the first day on which a verdict is given"),
        (
            "all given, looked at too early for a verdict",
            reviewed(date(2027, 4, 1), Decided::Continue, all_given()),
            "review | 2027-04-09 | the first day on which a verdict is given",
        ),
        (
            "all given, verdict",
            reviewed(DONE, Decided::Continue, all_given()),
            "review | 2027-07-08 | the better day for a verdict",
        ),
        (
            "all given, pregnant since",
            Milestones { screened: Some((date(2027, 4, 9), NotSuitable)), ..all_given() },
            "review | 2027-04-09 | the first day on which a verdict is given",
        ),
        (
            "all given, half a year",
            reviewed(date(2027, 7, 8), Decided::Continue, all_given()),
            "review | 2028-01-09 | does the result last?",
        ),
        (
            "all given, a year",
            reviewed(date(2028, 1, 9), Decided::Continue, all_given()),
            "nothing | - | the course is over; last reviewed on 2028-01-09",
        ),
        (
            "a year later, asked again",
            Milestones {
                screened: Some((date(2028, 6, 1), Suitable)),
                since_review: Some(SinceReview::Asked),
                ..reviewed(date(2028, 1, 9), Decided::Continue, all_given())
            },
            "plan | 2028-06-01 | suitable; asked again after the last course",
        ),
        (
            "all given, and no review was planned",
            without_reviews(all_given()),
            "review | 2027-01-09 | every session was given, and none was reviewed since",
        ),
        (
            "stopped within the course",
            reviewed(date(2027, 1, 12), Decided::Stop, two()),
            "review | 2027-03-15 | stopped at the review of 2027-01-12; the first day on which a verdict is given",
        ),
        (
            "stopped for good",
            reviewed(date(2028, 1, 9), Decided::Stop, all_given()),
            "nothing | - | stopped at the review of 2028-01-09",
        ),
        (
            "stopped, and asked again",
            Milestones {
                screened: Some((date(2027, 6, 1), Suitable)),
                since_review: Some(SinceReview::Asked),
                ..reviewed(date(2027, 1, 12), Decided::Stop, two())
            },
            "plan | 2027-06-01 | suitable; asked again after the review of 2027-01-12 ended the course",
        ),
        (
            "stopped, and planned anew on the same day",
            Milestones { since_review: Some(SinceReview::Planned), ..reviewed(november(3), Decided::Stop, on_course()) },
            "session | 2026-11-10 | session 1 of 3, at the earliest on 2026-11-10",
        ),
        (
            "switched",
            reviewed(DONE, Decided::Switch, all_given()),
            "offer alternatives | - | stopped at the review of 2027-04-09, to offer something else",
        ),
        (
            "consent taken back",
            Milestones { consented: None, withdrawn: Some(november(20)), ..one() },
            "nothing | - | consent to treatment was taken back on 2026-11-20",
        ),
        (
            "an adverse event",
            Milestones { open_event: Some((Severity::Severe, november(13))), withdrawn: Some(november(20)), ..one() },
            "see to an adverse event | 2026-11-13 | a severe adverse event, noticed on 2026-11-13, is not over",
        ),
        (
            "a moderate one",
            Milestones { open_event: Some((Severity::Moderate, november(13))), ..one() },
            "see to an adverse event | 2026-11-13 | a moderate adverse event, noticed on 2026-11-13, is not over",
        ),
        (
            "a mild one",
            Milestones { open_event: Some((Severity::Mild, november(13))), ..one() },
            "see to an adverse event | 2026-11-13 | a mild adverse event, noticed on 2026-11-13, is not over",
        ),
        (
            "a session struck out after the plan",
            counted_from_two(),
            "session | 2026-12-10 | session 2 of 3, at the earliest on 2026-12-10",
        ),
    ]
}

/// Told to wait after two sessions, and given the third.
fn after_waiting() -> Milestones {
    let waiting = reviewed(date(2027, 1, 12), Decided::Wait, after(&[november(12), date(2026, 12, 15)]));
    Milestones { sessions: vec![november(12), date(2026, 12, 15), date(2027, 1, 20)], ..waiting }
}

fn without_reviews(mut milestones: Milestones) -> Milestones {
    if let Some(course) = milestones.plan.as_mut().and_then(|plan| plan.course.as_mut()) {
        course.reviews.clear();
    }
    milestones
}

/// Planned from session 3 on; one of the two sessions before it was struck out since.
fn counted_from_two() -> Milestones {
    let mut milestones = after(&[november(12)]);
    if let Some(course) = milestones.plan.as_mut().and_then(|plan| plan.course.as_mut()) {
        course.sessions = vec![date(2026, 12, 8)];
    }
    milestones
}

#[test]
fn the_pathway_from_the_first_visit_to_the_last() {
    let mut seen = BTreeSet::new();
    for (story, milestones, expected) in stories() {
        let next = milestones.next_step(&knowledge().settings, november(3));
        let day = next.due.map_or_else(|| "-".to_owned(), |day| day.to_string());
        assert_eq!(format!("{} | {day} | {}", next.step.words(), next.why), expected, "{story}");
        seen.insert(next.step);
    }
    assert_eq!(seen.len(), 12, "every step is told: {seen:?}");
}

#[test]
fn an_overdue_step_counts_its_days() {
    let next = on_course().next_step(&knowledge().settings, november(3));
    assert_eq!((next.days_overdue(november(3)), next.days_overdue(november(24))), (Some(-7), Some(14)));
    assert_eq!(Milestones::default().next_step(&knowledge().settings, november(3)).days_overdue(november(3)), None);
}

#[test]
fn a_chart_walks_the_pathway_from_entry_to_entry() {
    let person = a_hopeful_person();
    let setting = setting_of(&person);
    let bench = bench(knowledge());
    let entries = Entries::default();
    assert_eq!(entries.next().step, Step::Intake);
    let entries = entries.then(registered(&person)).recorded(&person);
    assert_eq!(entries.next().step, Step::Screen);
    let screened = bench.screen(&entries.chart(), TODAY, &setting, &[]).unwrap();
    let entries = entries.then(Body::Screened(screened));
    assert_eq!(entries.next().step, Step::Plan);
    let planned = bench.plan(&entries.chart(), TODAY, &setting, &[], Wish::Adopt).unwrap();
    let entries = entries.then(Body::PlanAdopted(planned));
    assert_eq!(entries.next().step, Step::Consent);
    let entries = entries.then(consented(TODAY));
    assert_eq!((entries.next().step, entries.next().due), (Step::Session, Some(TODAY)));
    let entries = entries.then(delivered(TODAY));
    assert_eq!((entries.next().step, entries.next().due), (Step::Session, Some(days_later(TODAY, 28))));
    let event = entries.then(an_event(TODAY, Severity::Mild)).then(an_event(days_later(TODAY, 1), Severity::Severe));
    assert!(event.next().why.to_string().starts_with("a severe"), "{:?}", event.next());
    // an answer that was wrong is corrected: nothing goes on before it was screened
    let over = event.0.iter().filter(|(_, body)| body.kind() == Kind::AdverseEvent).map(|(id, _)| *id).collect::<Vec<_>>();
    let over = over.into_iter().fold(event, |entries, id| entries.then(followed_up(id, TODAY, true)));
    let Some(Body::Intake(mut intake)) = over.0.iter().map(|(_, body)| body.clone()).find(|body| body.kind() == Kind::Intake)
    else {
        panic!("no intake")
    };
    intake.pregnant = Answer::Yes;
    assert_eq!(over.next().step, Step::Session);
    assert_eq!(over.amended(Kind::Intake, Some(Body::Intake(intake))).next().step, Step::Screen);
}

#[test]
fn milestones_are_small_enough_to_keep_beside_every_chart() {
    let mut typical = reviewed(DONE, Decided::Continue, all_given());
    typical.gated = Some((date(2027, 1, 9), Permit::PermittedWithPrecautions));
    let kept = serde_json::to_string(&typical).unwrap();
    assert!(kept.len() < 700, "{} bytes: {kept}", kept.len());
}
