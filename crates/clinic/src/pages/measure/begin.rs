//! Beginning to measure.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use resurface_care::chart::EntryId;
use resurface_ledger::clinic::{Form, OpenChart};
use uuid::Uuid;

use super::{address, open};
use crate::app::App;
use crate::doors::Posted;
use crate::measuring::{Photographs, Scans};
use crate::problem::{Problem, What};
use crate::seat::{Answer, Seat};

pub(super) async fn pictures(
    State(app): State<Arc<App>>,
    Path(patient): Path<String>,
    Posted { visitor, typed }: Posted,
) -> Answer {
    let pixel_mm = typed.filled("pixel_mm").map(|text| text.replace(',', ".").parse::<f64>());
    let pixel_mm = pixel_mm.transpose().map_err(|_| Problem::new(What::Faults, "the side of a pixel is a number"))?;
    let found = app
        .at_desk(visitor, move |seat| {
            let open = open(seat, &patient)?;
            let pair = [typed.value("before"), typed.value("after")];
            photographs_of(seat, &open, pair, pixel_mm)
        })
        .await?;
    let (patient, key) = (found.patient, found.key());
    app.measure(key, move |tell| found.compared(tell))?;
    Ok(Redirect::to(&address(patient, &key)).into_response())
}

pub(super) async fn scans(State(app): State<Arc<App>>, Path(patient): Path<String>, Posted { visitor, typed }: Posted) -> Answer {
    let found = app
        .at_desk(visitor, move |seat| {
            let open = open(seat, &patient)?;
            scans_of(seat, &open, [typed.value("before"), typed.value("after")])
        })
        .await?;
    let (patient, key) = (found.patient, found.key());
    app.measure(key, move |tell| found.compared(tell))?;
    Ok(Redirect::to(&address(patient, &key)).into_response())
}

/// Two scans of a chart, the earlier one first.
pub(crate) fn scans_of(seat: &Seat<'_>, open: &OpenChart, ids: [&str; 2]) -> Result<Scans, Problem> {
    let find = |id: &str| {
        let id = id.parse::<Uuid>().map(EntryId).map_err(|_| Problem::no_such_page())?;
        open.chart.scans.iter().find(|(entry, _)| *entry == id).ok_or_else(Problem::no_such_page)
    };
    let mut pair = [find(ids[0])?, find(ids[1])?];
    pair.sort_by_key(|(_, taken)| taken.on);
    let [(before, earlier), (after, later)] = pair;
    if before == after {
        return Err(Problem::new(What::Faults, seat.words().text("measure-two-scans")));
    }
    let bytes = |entry: &EntryId| seat.desk.scan(open.patient, *entry).map(|(_, bytes)| bytes);
    Ok(Scans {
        patient: open.patient,
        of: [*before, *after],
        taken: [earlier.clone(), later.clone()],
        files: [bytes(before)?, bytes(after)?],
    })
}

/// Two pictures of one view of a chart, the earlier one first.
pub(crate) fn photographs_of(
    seat: &Seat<'_>,
    open: &OpenChart,
    ids: [&str; 2],
    pixel_mm: Option<f64>,
) -> Result<Photographs, Problem> {
    let find = |id: &str| {
        let id = id.parse::<Uuid>().map(EntryId).map_err(|_| Problem::no_such_page())?;
        let found = open.chart.pictures.iter().find(|(entry, taken)| *entry == id && taken.event.is_none());
        found.ok_or_else(Problem::no_such_page)
    };
    let mut pair = [find(ids[0])?, find(ids[1])?];
    pair.sort_by_key(|(_, taken)| taken.on);
    let [(before, earlier), (after, later)] = pair;
    if before == after || earlier.view != later.view {
        return Err(Problem::new(What::Faults, seat.words().text("measure-two-of-one-view")));
    }
    let bytes = |entry: &EntryId| seat.desk.picture(open.patient, *entry, Form::Original).map(|(_, bytes)| bytes);
    Ok(Photographs {
        patient: open.patient,
        view: earlier.view,
        of: [*before, *after],
        days: [earlier.on, later.on],
        files: [bytes(before)?, bytes(after)?],
        pixel_mm,
    })
}
