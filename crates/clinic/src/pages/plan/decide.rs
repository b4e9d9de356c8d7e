//! What the practitioner makes of a proposal: take it, take it otherwise, or not at all.

use maud::{Markup, html};
use resurface_care::chart::{DecideError, PlanAnswer, Setting, Wish};
use resurface_care::plan::{Plan, Standing};
use resurface_ledger::clinic::OpenChart;
use resurface_words::Words;

use super::ANSWER;
use crate::form::{Choice, Faults, Form, Number, Typed};
use crate::pages::chart::sheet::Sheet;
use crate::problem::Problem;
use crate::seat::Seat;

/// What was chosen. Whether the course is allowed, and whether a reason is there, is asked where it is decided.
pub(super) fn wish(words: &Words, typed: &Typed) -> Result<Wish, Faults> {
    let reason = typed.value("_reason").to_owned();
    match typed.value("_wish") {
        "adopt" => Ok(Wish::Adopt),
        "reject" => Ok(Wish::Reject { reason }),
        "edit" => {
            let number = |field: &str, key: &str| {
                typed.value(field).parse().map_err(|_| Faults::one(field.trim_end_matches(":n"), words.text(key)))
            };
            let total_sessions = number("_sessions:n", "plan-sessions-needed")?;
            let interval_days = number("_interval_days:n", "plan-interval-needed")?;
            Ok(Wish::Edit { total_sessions: total_sessions as usize, interval_days, reason })
        }
        _ => Err(Faults::one("_wish", words.text("plan-wish-needed"))),
    }
}

pub(super) fn form(
    seat: &Seat<'_>,
    open: &OpenChart,
    sheet: Sheet,
    form: &Form<'_>,
    setting: &Setting,
    plan: &Plan,
) -> Result<Markup, Problem> {
    let words = seat.words();
    let proposed = match &plan.standing {
        Standing::Proposed { proposal } => Some(proposal),
        _ => None,
    };
    let mut choices: Vec<Choice<'_>> = Vec::new();
    if proposed.is_some() {
        choices.extend([("adopt", words.text("plan-adopt")), ("edit", words.text("plan-edit"))]);
    }
    choices.push(("reject", words.text("plan-reject")));
    let typed = form.typed.clone();
    let typed = match proposed {
        Some(proposal) => typed
            .or("_sessions:n", proposal.total_sessions.to_string())
            .or("_interval_days:n", format!("{:.0}", proposal.choice.interval_weeks * 7.0)),
        None => typed,
    };
    let form = Form { typed: &typed, ..*form };
    let sessions = Number { min: 1.0, max: 12.0, step: 1.0 };
    let hint = words.with("plan-interval-hint", [("days", plan.limits.interval_min_days.to_string().into())]);
    let interval = Number { min: f64::from(plan.limits.interval_min_days), max: 365.0, step: 1.0 };
    let answer = PlanAnswer::of(plan).map_err(DecideError::from)?;
    Ok(html! {
        form.card.decide method="post" action={ "/charts/" (open.patient) "/plan" } {
            (sheet.fields(seat))
            input type="hidden" name=(ANSWER) value=(answer.sha256);
            h2 id="decide" { (words.text("plan-decide")) }
            @if let Some(held) = &open.chart.plan {
                p.small { (words.with("plan-held", [("date", words.date(held.on).into())])) }
            }
            (form.radios("_wish", &words.text("plan-wish"), None, &choices))
            div.when-edit { div.row {
                (form.number("_sessions:n", &words.text("plan-sessions"), None, sessions))
                (form.number("_interval_days:n", &words.text("plan-interval"), Some(&hint), interval))
            } }
            div.when-reason { (form.area("_reason", &words.text("plan-reason"), Some(&words.text("plan-reason-hint")))) }
            p.small {
                (asked_for(seat, setting)) " "
                a href={ "/charts/" (open.patient) "/screening" } { (words.text("plan-asked-otherwise")) }
            }
            div.actions { button type="submit" { (words.text("plan-record")) } }
        }
    })
}

/// Place, device and operator that the plan is asked for, in words.
fn asked_for(seat: &Seat<'_>, setting: &Setting) -> String {
    let knowledge = seat.reader().knowledge;
    let place = knowledge.jurisdiction(&setting.jurisdiction).map_or(&setting.jurisdiction, |place| &place.name);
    let device = knowledge.device(&setting.device).map_or(&setting.device, |device| &device.name);
    let told = [("place", place.into()), ("device", device.into()), ("operator", (&setting.operator.name).into())];
    seat.words().with("plan-asked-for", told)
}
