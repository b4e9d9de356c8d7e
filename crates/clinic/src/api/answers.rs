//! What screening, plan, gate and review say of a chart today. Nothing is kept.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use resurface_care::chart::Setting;
use resurface_care::consultation::TreatmentDay;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;
use serde::Deserialize;

use super::sent::{Sent, answer, read};
use crate::app::App;
use crate::doors::Visitor;
use crate::form::Typed;
use crate::pages::chart::setting::setting;
use crate::problem::{Problem, What};
use crate::seat::{Answer, Seat, patient_of};

/// For which place and device, and for whom; what is left out is as the chart or the clinic has it.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    jurisdiction: String,
    #[serde(default)]
    device: String,
    #[serde(default)]
    operator: String,
}

fn setting_of(seat: &Seat<'_>, open: &OpenChart, asked: Asked) -> Result<Setting, Problem> {
    let typed =
        Typed::default().or("_jurisdiction", asked.jurisdiction).or("_device", asked.device).or("_operator", asked.operator);
    setting(seat, &open.chart, &typed)
}

pub(super) async fn screening(
    State(app): State<Arc<App>>,
    Path(patient): Path<String>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::Screen)?;
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::Screen)?;
        let (on, setting) = (seat.app.clinic().today(), setting_of(seat, &open, asked)?);
        let bench = seat.rules.bench(seat.app.program);
        answer(&bench.screen(&open.chart, on, &setting, &[])?)
    })
    .await
}

pub(super) async fn plan(
    State(app): State<Arc<App>>,
    Path(patient): Path<String>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::AdoptPlan)?;
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::AdoptPlan)?;
        let (on, setting) = (seat.app.clinic().today(), setting_of(seat, &open, asked)?);
        let bench = seat.rules.bench(seat.app.program);
        let consultation = open.chart.asked(on, &setting, &[], None)?;
        let plan = bench.planned(&consultation).map_err(|error| Problem::new(What::Faults, error.to_string()))?;
        answer(&plan)
    })
    .await
}

pub(super) async fn gate(
    State(app): State<Arc<App>>,
    Path(patient): Path<String>,
    Query(asked): Query<Asked>,
    sent: Sent,
) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::GateSession)?;
        let day: TreatmentDay = read(&sent.bytes)?;
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::GateSession)?;
        let (on, setting) = (seat.app.clinic().today(), setting_of(seat, &open, asked)?);
        let bench = seat.rules.bench(seat.app.program);
        let operator = seat.app.clinic().operator_of_the_day(&setting.operator)?;
        answer(&bench.gate(&open.chart, on, &Setting { operator, ..setting }, &[], &day)?)
    })
    .await
}

pub(super) async fn review(
    State(app): State<Arc<App>>,
    Path(patient): Path<String>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::Review)?;
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::Review)?;
        let (on, setting) = (seat.app.clinic().today(), setting_of(seat, &open, asked)?);
        let bench = seat.rules.bench(seat.app.program);
        answer(&bench.review(&open.chart, on, &setting, &[], None)?)
    })
    .await
}
