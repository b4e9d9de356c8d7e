//! What was measured: the numbers of both visits with their errors, what may be said of each change, and the maps.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::REFRESH;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use maud::{Markup, html};
use resurface_care::chart::{ChangeVerdict, Digest, View};
use resurface_care::consultation::OutcomeScale;
use resurface_ledger::clinic::OpenChart;
use resurface_measure::quantity::Quantity;
use resurface_words::Words;

use super::{address, key_of, open, page, viewer};
use crate::app::App;
use crate::doors::Visitor;
use crate::form::Faults;
use crate::measuring::{Number, Proposal, State as Measured, Subject};
use crate::pages::chart::sheet::Sheet;
use crate::pages::pictures;
use crate::problem::{Problem, What};
use crate::seat::{Answer, Seat};

/// Seconds after which a page about something that is under way asks again.
const AGAIN_SECONDS: &str = "2";

/// What was measured of a chart under a key, once it is done.
pub(super) fn done(seat: &Seat<'_>, open: &OpenChart, key: &Digest) -> Result<Arc<Proposal>, Problem> {
    match seat.app.measuring.state(key, seat.app.clinic().surroundings().now()) {
        Some(Measured::Done(proposal)) if proposal.patient == open.patient => Ok(proposal),
        _ => Err(Problem::new(What::Missing, seat.words().text("measure-gone"))),
    }
}

pub(super) async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path((patient, key)): Path<(String, String)>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = open(seat, &patient)?;
        let key = key_of(&key)?;
        match seat.app.measuring.state(&key, seat.app.clinic().surroundings().now()) {
            Some(Measured::Busy(doing)) => Ok(under_way(seat, &open, doing)),
            Some(Measured::Refused(why)) => Ok(refused(seat, &open, &why)),
            _ => {
                let proposal = done(seat, &open, &key)?;
                Ok(view(seat, &open, &key, &proposal, Sheet::new(seat, &open), &Faults::default(), StatusCode::OK))
            }
        }
    })
    .await
}

/// The page while it is measured: it asks again by itself, without a script.
fn under_way(seat: &Seat<'_>, open: &OpenChart, doing: &str) -> Response {
    let words = seat.words();
    let body = html! {
        section.card {
            p role="status" { strong { (words.text("measure-under-way")) } " " (words.text(doing)) }
            p { (words.text("measure-under-way-hint")) }
            p { a href="" { (words.text("measure-look-again")) } }
        }
    };
    let mut response = page(seat, open, StatusCode::OK, &[], &body);
    response.headers_mut().insert(REFRESH, HeaderValue::from_static(AGAIN_SECONDS));
    response
}

/// The page where nothing was measured: a clear refusal is better than a wrong number.
fn refused(seat: &Seat<'_>, open: &OpenChart, why: &str) -> Response {
    let words = seat.words();
    let body = html! {
        div.callout.warn role="alert" {
            h2 { (words.text("measure-refused")) }
            p lang="en" { (why) }
        }
        (back(words, open))
    };
    page(seat, open, StatusCode::OK, &[], &body)
}

/// The result, with the form that accepts it.
pub(super) fn view(
    seat: &Seat<'_>,
    open: &OpenChart,
    key: &Digest,
    proposal: &Proposal,
    sheet: Sheet,
    faults: &Faults,
    status: StatusCode,
) -> Response {
    let words = seat.words();
    let [before, after] = proposal.days.map(|day| words.date(day));
    let body = html! {
        p { (words.with("measure-between", [("before", before.into()), ("after", after.into()), ("method", (&proposal.method).into())])) }
        p.callout { (words.text("measure-intended")) }
        (remarks(words, proposal))
        (alignment(words, proposal))
        (numbers(seat, open, key, proposal, sheet))
        @if let Subject::Scans(scans) = &proposal.subject { (viewer::scars(words, proposal, scans)) }
        (seen(words, open, key, proposal))
        @if let Subject::Scans(_) = &proposal.subject { (viewer::turning(words, open, key, proposal)) }
        (back(words, open))
    };
    let scripts: &[&str] = if matches!(proposal.subject, Subject::Scans(_)) { &["scans.mjs"] } else { &[] };
    page(seat, open, status, scripts, &faults.above(words, &body))
}

fn back(words: &Words, open: &OpenChart) -> Markup {
    html! { p { a href={ "/charts/" (open.patient) "/pictures/compare" } { "\u{2190} " (words.text("measure-accept-none")) } } }
}

/// What is to be said beside the numbers: what to do better next time.
fn remarks(words: &Words, proposal: &Proposal) -> Markup {
    html! {
        @if !proposal.remarks.is_empty() {
            section.callout.warn {
                h2 { (words.text("measure-remarks")) }
                ul {
                    @for remark in &proposal.remarks {
                        li {
                            @if let Some(of) = remark.of { strong { (words.text(of)) ": " } }
                            (words.text(&remark.key)) " "
                            span.small lang="en" { "(" (remark.english) ")" }
                        }
                    }
                }
            }
        }
    }
}

fn alignment(words: &Words, proposal: &Proposal) -> Markup {
    let said = match &proposal.subject {
        Subject::Photographs { residual_px, residual_share, .. } => words.with(
            "measure-residual",
            [
                ("pixels", words.number(*residual_px, 1).into()),
                ("share", format!("{}\u{a0}%", words.number(100.0 * residual_share, 2)).into()),
            ],
        ),
        Subject::Scans(scans) => viewer::alignment(words, scans),
    };
    html! { p { (said) } }
}

fn numbers(seat: &Seat<'_>, open: &OpenChart, key: &Digest, proposal: &Proposal, sheet: Sheet) -> Markup {
    let words = seat.words();
    let [before, after] = proposal.days.map(|day| words.short_date(day));
    let one_day = proposal.days[0] == proposal.days[1];
    let (of_chart, others): (Vec<&Number>, Vec<&Number>) = proposal.numbers.iter().partition(|number| number.scale.is_some());
    html! {
        form.card.numbers method="post" action=(address(open.patient, key)) {
            (sheet.fields(seat))
            h2 { (words.text("measure-numbers")) }
            div.scroll tabindex="0" role="region" aria-label=(words.text("measure-numbers")) {
                table {
                    caption { (words.text("measure-caption")) }
                    thead { tr {
                        th scope="col" { (words.text("measure-accept")) }
                        th scope="col" { (words.text("measure-number")) }
                        th.number scope="col" { (before) }
                        th.number scope="col" { (after) }
                        th.number scope="col" { (words.text("measure-change")) }
                        th.number scope="col" { (words.text("measure-smallest")) }
                        th scope="col" { (words.text("measure-verdict")) }
                    } }
                    tbody {
                        @for number in of_chart.into_iter().chain(others) { (row(words, number, number.acceptable().filter(|_| !one_day))) }
                    }
                }
            }
            p.small { (words.text("measure-accept-hint")) }
            @if one_day { p.callout { (words.text("measure-one-day")) } }
            @else { div.actions { button type="submit" { (words.text("measure-accept-ticked")) } } }
        }
    }
}

fn row(words: &Words, number: &Number, acceptable: Option<OutcomeScale>) -> Markup {
    let name = words.text(&number.key);
    let said = |value: f64| words.number(value, number.decimals);
    let with_error = |quantity: &Quantity| {
        html! {
            (said(quantity.value))
            @if quantity.uncertainty.is_finite() { " " span.small { "\u{b1} " (words.number(quantity.uncertainty, number.decimals.max(1))) } }
        }
    };
    html! {
        tr {
            td {
                @if let Some(scale) = acceptable {
                    @let word = serde_json::json!(scale);
                    input type="checkbox" name="accept" value=[word.as_str()]
                        aria-label=(words.with("measure-accept-one", [("number", (&name).into())]));
                }
            }
            th scope="row" { (name) " " span.small { (number.unit) } }
            @for value in &number.values {
                td.number {
                    @match value {
                        Ok(quantity) => { (with_error(quantity)) },
                        Err(why) => { span.small { (words.text(why)) } },
                    }
                }
            }
            td.number { @if let Some(change) = &number.change { (with_error(change)) } }
            td.number { @if let Some(change) = number.change.filter(|change| change.smallest_change.is_finite()) { (words.number(change.smallest_change, 2)) } }
            td { (verdict(words, number.verdict)) }
        }
    }
}

/// What may be said of a change.
pub(super) fn verdict(words: &Words, verdict: ChangeVerdict) -> Markup {
    let (tone, key) = match verdict {
        ChangeVerdict::LargerThanTheError => ("good", "measure-larger"),
        ChangeVerdict::WithinTheError => ("quiet", "measure-within"),
        ChangeVerdict::CannotBeTold => ("warn", "measure-cannot-tell"),
    };
    html! { span class={ "tag " (tone) } { (words.text(key)) } }
}

/// Both visits, and the maps beside them.
fn seen(words: &Words, open: &OpenChart, key: &Digest, proposal: &Proposal) -> Markup {
    html! {
        h2 { (words.text("measure-maps")) }
        @match &proposal.subject {
            Subject::Photographs { .. } => { p { (words.text("measure-maps-about")) } },
            Subject::Scans(_) => { p { (words.text("measure-distance-about")) } (viewer::legend(words)) },
        }
        div.measured {
            @match &proposal.subject {
                Subject::Scans(_) => {},
                Subject::Photographs { view, .. } => { @for (at, label) in ["pictures-before-label", "pictures-after-label"].into_iter().enumerate() { (photograph(words, open, proposal, *view, at, label)) } },
            }
            @for (at, map) in proposal.maps.iter().enumerate() {
                figure {
                    img src={ (address(open.patient, key)) "/maps/" (at) } width=(map.width_px) height=(map.height_px) loading="lazy" alt=(words.text(&map.key));
                    figcaption { strong { (words.text(&map.key)) } }
                }
            }
        }
    }
}

fn photograph(words: &Words, open: &OpenChart, proposal: &Proposal, view: View, at: usize, label: &str) -> Markup {
    let date = words.date(proposal.days[at]);
    let alt = words.with("pictures-alt", [("view", words.text(pictures::view_key(view)).into()), ("date", (&date).into())]);
    html! {
        figure {
            img src=(pictures::address(open.patient, proposal.of[at], "display")) alt=(alt);
            figcaption { strong { (words.text(label)) } " " (date) }
        }
    }
}
