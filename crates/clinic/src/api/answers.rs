//! What screening, plan, gate and review say of a chart today. Nothing is kept.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::routing::{get, post};
use resurface_care::chart::{DecideError, PlanAnswer, Setting};
use resurface_care::consultation::TreatmentDay;
use resurface_care::screening::screen;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;
use serde::Deserialize;
use serde_json::{Value, json};

use super::sent::{Asked, Sent, answer, read};
use crate::app::App;
use crate::doors::Visitor;
use crate::form::{Faults, Typed};
use crate::pages::chart::screened::standing_overrides;
use crate::pages::chart::setting::setting;
use crate::pages::examination::grades::graded;
use crate::pages::treatment::day::{EXPIRES, LOT, UDI, from_code, overrides};
use crate::problem::Problem;
use crate::routes::{Call, Content, Need, Route};
use crate::seat::{Answer, Seat, patient_of};

pub(super) fn routes() -> Vec<Route> {
    let (asked, json) = ("jurisdiction device operator", Content::Json);
    vec![
        Route::new(
            "/api/v1/charts/{patient}/screening",
            Need::Staff(Operation::Screen),
            "what screening says today; nothing is kept",
            get(screening),
        )
        .calls([Call::get(asked, json("ScreeningToday"))]),
        Route::new(
            "/api/v1/charts/{patient}/plan",
            Need::Staff(Operation::AdoptPlan),
            "the plan as it would be proposed today; nothing is kept",
            get(plan),
        )
        .calls([Call::get(asked, json("ProposedPlan"))]),
        Route::new(
            "/api/v1/charts/{patient}/gate",
            Need::Staff(Operation::GateSession),
            "what the gate says to a treatment day; nothing is kept",
            post(gate),
        )
        .calls([Call::post(asked, json("Day"), json("SessionGated"))]),
        Route::new(
            "/api/v1/charts/{patient}/review",
            Need::Staff(Operation::Review),
            "what a review says today; nothing is kept",
            get(review),
        )
        .calls([Call::get(asked, json("Reviewed"))]),
        Route::new(
            "/api/v1/charts/{patient}/examination/grades",
            Need::Staff(Operation::ExamineScars),
            "what counts of scars amount to; nothing is kept, and no chart is asked",
            post(grades),
        )
        .calls([Call::post("", json("ExaminationForm"), json("Grading"))]),
        Route::new(
            "/api/v1/cartridge",
            Need::Staff(Operation::GateSession),
            "lot and last day of use from the code on a cartridge's pack",
            get(cartridge),
        )
        .calls([Call::get("udi", json("ScannedCartridge"))]),
    ]
}

/// For which place and device, and for whom; what is left out is as the chart or the clinic has it.
#[derive(Clone, Default, Deserialize)]
struct AskedFor {
    #[serde(default)]
    jurisdiction: String,
    #[serde(default)]
    device: String,
    #[serde(default)]
    operator: String,
}

fn setting_of(seat: &Seat<'_>, open: &OpenChart, asked: AskedFor) -> Result<Setting, Problem> {
    let typed =
        Typed::default().or("_jurisdiction", asked.jurisdiction).or("_device", asked.device).or("_operator", asked.operator);
    setting(seat, &open.chart, &typed)
}

async fn screening(
    State(app): State<Arc<App>>,
    Path(patient): Path<String>,
    Asked(asked): Asked<AskedFor>,
    visitor: Visitor,
) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::Screen)?;
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::Screen)?;
        let (on, setting) = (seat.app.clinic().today(), setting_of(seat, &open, asked)?);
        let overrides = standing_overrides(seat, &open.chart);
        let screened = seat.rules.bench(seat.app.program).screen(&open.chart, on, &setting, &overrides)?;
        let consultation = open.chart.asked(on, &setting, &overrides, None)?;
        answer(&json!({ "screened": screened, "screening": screen(&consultation, &seat.rules.knowledge) }))
    })
    .await
}

async fn plan(
    State(app): State<Arc<App>>,
    Path(patient): Path<String>,
    Asked(asked): Asked<AskedFor>,
    visitor: Visitor,
) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::AdoptPlan)?;
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::AdoptPlan)?;
        let (on, setting) = (seat.app.clinic().today(), setting_of(seat, &open, asked)?);
        let consultation = open.chart.asked(on, &setting, &standing_overrides(seat, &open.chart), None)?;
        let plan = seat.rules.bench(seat.app.program).planned(&consultation).map_err(DecideError::from)?;
        let said = PlanAnswer::of(&plan).map_err(DecideError::from)?;
        answer(&json!({ "plan": plan, "answer": said }))
    })
    .await
}

async fn gate(State(app): State<Arc<App>>, Path(patient): Path<String>, Asked(asked): Asked<AskedFor>, sent: Sent) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::GateSession)?;
        let day: TreatmentDay = read(&sent.bytes)?;
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::GateSession)?;
        let (on, setting) = (seat.app.clinic().today(), setting_of(seat, &open, asked)?);
        let bench = seat.rules.bench(seat.app.program);
        let operator = seat.app.clinic().operator_of_the_day(&setting.operator)?;
        answer(&bench.gate(&open.chart, on, &Setting { operator, ..setting }, &overrides(seat, &open.chart), &day)?)
    })
    .await
}

async fn review(
    State(app): State<Arc<App>>,
    Path(patient): Path<String>,
    Asked(asked): Asked<AskedFor>,
    visitor: Visitor,
) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::Review)?;
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::Review)?;
        let (on, setting) = (seat.app.clinic().today(), setting_of(seat, &open, asked)?);
        let bench = seat.rules.bench(seat.app.program);
        answer(&bench.review(&open.chart, on, &setting, &standing_overrides(seat, &open.chart), None)?)
    })
    .await
}

async fn grades(State(app): State<Arc<App>>, Path(patient): Path<String>, sent: Sent) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::ExamineScars)?;
        patient_of(&patient)?;
        let sent: Value = read(&sent.bytes)?;
        answer(&graded(seat, &Typed::of(&sent))??)
    })
    .await
}

/// The code that was scanned.
#[derive(Default, Deserialize)]
struct Scanned {
    #[serde(default)]
    udi: String,
}

async fn cartridge(State(app): State<Arc<App>>, Asked(scanned): Asked<Scanned>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::GateSession)?;
        let wrong = |key: &str| Problem::from(Faults::one("udi", seat.words().text(key)));
        let read = from_code(&Typed::default().or(UDI, scanned.udi), seat.app.clinic().today());
        let read = read.ok_or_else(|| wrong("udi-not-understood"))?.map_err(wrong)?;
        answer(&json!({ "lot": read.filled(LOT), "expires": read.filled(EXPIRES) }))
    })
    .await
}
