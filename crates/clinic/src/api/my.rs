//! What a patient reads with the link that the clinic handed out: their own plan, once it was adopted, and the guide.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::routing::get;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;
use resurface_ledger::identity::LinkPurpose;
use serde_json::{Value, json};

use super::knowledge::{all_topics, page};
use super::sent::answer;
use crate::app::App;
use crate::doors::Visitor;
use crate::pages::my::plan::{aftercare_steps, from_clinic, to_come};
use crate::routes::{Call, Content, Need, Route};
use crate::seat::{Answer, Seat};

pub(super) fn routes() -> Vec<Route> {
    let (need, json) = (Need::Link(LinkPurpose::Plan), Content::Json);
    vec![
        Route::new("/api/v1/my/plan", need, "a patient's own plan: only what a practitioner adopted", get(plan))
            .calls([Call::get("", json("MyPlan"))]),
        Route::new("/api/v1/my/guide/{topic}", need, "questions and answers for the patient, as Markdown", get(guide))
            .calls([Call::get("", json("GuidePage"))]),
    ]
}

async fn plan(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.with_link(visitor, LinkPurpose::Plan, |seat, patient| {
        let open = seat.desk.open_to_write(patient, Operation::OwnPlan)?;
        let knowledge = &seat.rules.knowledge;
        let steps = aftercare_steps(knowledge).into_iter();
        let steps = steps.map(|step| json!({ "from_hour": step.from_hour, "to_hour": step.to_hour, "text": step.patient }));
        let events = knowledge.adverse_events.events.iter();
        let events = events.map(|event| json!({ "urgency": event.urgency, "text": event.patient, "to_do": event.patient_does }));
        answer(&json!({
            "course": course(&open),
            "goal_percent": open.chart.intake.as_ref().map(|intake| intake.goal.improvement_percent),
            "sessions_given": open.chart.sessions.iter().map(|session| session.on).collect::<Vec<_>>(),
            "messages": from_clinic(&open),
            "aftercare": steps.collect::<Vec<Value>>(),
            "when_to_call": events.collect::<Vec<Value>>(),
            "guide": all_topics(seat),
        }))
    })
    .await
}

/// The course that was adopted, as the patient is told it.
fn course(open: &OpenChart) -> Option<Value> {
    let course = open.chart.plan.as_ref()?.course()?;
    let to_come = to_come(open, course).into_iter();
    let to_come = to_come.map(|(number, day)| json!({ "number": number, "not_before": day }));
    Some(json!({
        "total_sessions": course.total_sessions, "interval_days": course.interval_days, "expected": course.expected,
        "to_come": to_come.collect::<Vec<Value>>(),
    }))
}

async fn guide(State(app): State<Arc<App>>, visitor: Visitor, Path(topic): Path<String>) -> Answer {
    app.with_link(visitor, LinkPurpose::Plan, move |seat: &Seat<'_>, patient| {
        seat.desk.open_to_write(patient, Operation::OwnPlan)?;
        answer(page(seat, &topic)?)
    })
    .await
}
