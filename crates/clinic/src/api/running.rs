//! Running the clinic: worklist, recall, settings, outcomes, access log, verify.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use jiff::civil::Date;
use resurface_ledger::access::{ActorId, Operation};
use resurface_ledger::clinic::{AccessFilter, Check, Outcomes, PracticeChange, SecondFactorDuty, WorklistRow};
use resurface_ledger::identity::UserId;
use serde::Deserialize;
use serde_json::json;

use super::sent::{Asked, Sent, answer, read};
use crate::app::App;
use crate::doors::Visitor;
use crate::pages::{self, audit::beginning_of, worklist::Sought};
use crate::routes::{Call, Content, Need, Route};
use crate::seat::{Answer, patient_of};

/// Lines of the access log that are given at once, at most.
const LINES_MAX: usize = 1000;

pub(super) fn routes() -> Vec<Route> {
    let (settings_need, log, json) =
        (Need::Staff(Operation::ChangeSettings), Need::Staff(Operation::ReadAccessLog), Content::Json);
    let (recalling, outcomes_need) = (Need::Staff(Operation::RecallLot), Need::Staff(Operation::ClinicOutcomes));
    vec![
        Route::new("/api/v1/worklist", Need::Staff(Operation::ReadWorklist), "every chart's next step", get(worklist))
            .calls([Call::get("q step page", json("Worklist"))]),
        Route::new("/api/v1/recall", recalling, "who was treated with a lot", get(recall))
            .calls([Call::get("lot", json("Recall"))]),
        Route::new("/api/v1/recall/table.csv", recalling, "the same as a table", get(pages::recall::table))
            .calls([Call::get("lot", CSV)]),
        Route::new("/api/v1/outcomes", outcomes_need, "what became of the patients", get(outcomes))
            .calls([Call::get("", json("OutcomesFound"))]),
        Route::new("/api/v1/outcomes/table.csv", outcomes_need, "the same as a table", get(pages::outcomes::file))
            .calls([Call::get("", CSV)]),
        Route::new("/api/v1/settings", settings_need, "how the clinic works", get(settings).post(change_setting))
            .calls([Call::get("", json("Practice")), Call::post("", json("WantedChange"), Content::Nothing)]),
        Route::new("/api/v1/settings/second-factor", settings_need, "whether every user has to have codes", post(change_duty))
            .calls([Call::post("", json("WantedDuty"), Content::Nothing)]),
        Route::new("/api/v1/access-log", log, "who did what, newest first", get(access_log))
            .calls([Call::get("patient person since outcome lines", json("AccessLog"))]),
        Route::new("/api/v1/access-log/emergencies", log, "what was opened in an emergency, newest first", get(emergencies))
            .calls([Call::get("", json("AccessLog"))]),
        Route::new("/api/v1/verify", Need::Staff(Operation::Verify), "check that no record was changed", post(verify))
            .calls([Call::post("", Content::Nothing, json("Verified"))]),
    ]
}

/// A table for a spreadsheet.
const CSV: Content = Content::Bytes(&["text/csv"]);

/// The whole list, or one page of it where a page is asked for.
async fn worklist(State(app): State<Arc<App>>, visitor: Visitor, Asked(sought): Asked<Sought>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let today = seat.app.clinic().today();
        let list = seat.desk.worklist(&seat.rules.knowledge.settings, today)?;
        let found = sought.among(&list);
        let rows: Vec<&WorklistRow> = if sought.page == 0 { found.rows.clone() } else { found.on_the_page().collect() };
        answer(&json!({
            "today": list.today, "charts": list.rows.len(), "found": found.rows.len(), "page": sought.page.min(found.page),
            "pages": found.pages, "rows": rows, "unreadable": list.unreadable,
        }))
    })
    .await
}

#[derive(Deserialize)]
struct Lot {
    #[serde(default)]
    lot: String,
}

async fn recall(State(app): State<Arc<App>>, visitor: Visitor, Asked(asked): Asked<Lot>) -> Answer {
    app.at_desk(visitor, move |seat| answer(&json!({ "lot": asked.lot, "patients": seat.desk.recall(&asked.lot)? }))).await
}

async fn settings(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| {
        seat.may(Operation::ChangeSettings)?;
        let (practice, knowledge) = (&seat.practice, &seat.rules.knowledge);
        answer(&json!({
            "knowledge": knowledge.version.full(), "jurisdiction": practice.jurisdiction, "device": practice.device,
            "second_factor": seat.app.clinic().book()?.second_factor,
            "values": practice.values, "decided": practice.decided, "settings": knowledge.settings,
        }))
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    change: PracticeChange,
    reason: String,
}

async fn change_setting(State(app): State<Arc<App>>, sent: Sent) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::ChangeSettings)?;
        let Wanted { change, reason } = read(&sent.bytes)?;
        seat.app.change_practice(&seat.desk, change, &reason)?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Duty {
    duty: SecondFactorDuty,
}

async fn change_duty(State(app): State<Arc<App>>, sent: Sent) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::ChangeSettings)?;
        seat.desk.require_second_factor(read::<Duty>(&sent.bytes)?.duty)?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}

async fn outcomes(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| answer(&pages::outcomes::found(seat)?)).await
}

#[derive(Deserialize)]
struct Lines {
    #[serde(default)]
    patient: Option<String>,
    #[serde(default)]
    person: Option<UserId>,
    #[serde(default)]
    since: Option<Date>,
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    lines: Option<usize>,
}

async fn access_log(State(app): State<Arc<App>>, visitor: Visitor, Asked(asked): Asked<Lines>) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ReadAccessLog)?;
        let filter = AccessFilter {
            patient: asked.patient.as_deref().map(patient_of).transpose()?,
            outcomes: if asked.outcome == "failures" { Outcomes::Failures } else { Outcomes::All },
            lines_max: asked.lines.unwrap_or(200).min(LINES_MAX),
            actor: asked.person.map(ActorId::User),
            since: asked.since.and_then(|day| beginning_of(seat, day)),
        };
        answer(&json!({ "lines": seat.desk.access_log(&filter)? }))
    })
    .await
}

async fn emergencies(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| answer(&json!({ "lines": seat.desk.emergencies()? }))).await
}

async fn verify(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| {
        let found = seat.desk.verify(&Check::default(), &mut |_| {})?;
        let faults: Vec<String> = found.faults.first.iter().map(ToString::to_string).collect();
        answer(&json!({
            "began": found.began, "charts": found.charts, "entries": found.entries, "access_lines": found.access_lines,
            "pictures": found.pictures, "records": found.records, "sound": found.faults.is_empty(), "faults_found": found.faults.total, "faults": faults,
        }))
    })
    .await
}
