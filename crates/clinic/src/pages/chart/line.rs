//! What an entry says, in one line.

use std::collections::BTreeSet;

use resurface_care::chart::{
    Adoption, AdverseEventNoticed, Amended, Body, Course, Examined, Penned, PlanAdopted, Purpose, Reviewed, SessionDelivered,
    SessionGated,
};
use resurface_care::consultation::{Answer, OutcomeMeasured};
use resurface_care::gate::Permit;
use resurface_ledger::clinic::OpenChart;
use resurface_words::Words;
use serde::Serialize;

use crate::pages::pictures::view_key;
use crate::pages::review::{scale_key, verdict_key};
use crate::pages::{examination, screening};
use crate::seat::Seat;

/// An entry in one line.
pub(crate) fn line(seat: &Seat<'_>, open: &OpenChart, body: &Body) -> String {
    let words = seat.words();
    match body {
        Body::Registered(body) => words.with("line-registered", [("number", (&body.number).into())]),
        Body::Intake(body) => {
            let yes = body.findings.values().filter(|finding| finding.answer == Answer::Yes).count();
            let answered = body.findings.values().filter(|finding| finding.answer != Answer::Unknown).count();
            let goal = words.percentage(body.goal.improvement_percent);
            words.with(
                "line-intake",
                [("answers", answered.to_string().into()), ("yes", yes.to_string().into()), ("goal", goal.into())],
            )
        }
        Body::Examined(body) => examined(words, body),
        Body::Screened(body) => screening::says(words, body.answer.decision) + &overrides(words, body.overrides.len()),
        Body::PlanAdopted(body) => adopted(words, body),
        Body::Consented(body) => words.with("line-consented", [("purposes", purposes(words, &body.purposes).into())]),
        Body::ConsentWithdrawn(body) => {
            words.with("line-withdrawn", [("purposes", purposes(words, &body.purposes).into())]) + &after(body.reason.as_deref())
        }
        Body::SessionGated(body) => gated(words, body),
        Body::SessionDelivered(body) => delivered(words, body),
        Body::AdverseEvent(body) => format!("{}: {}", event(seat, body), body.text),
        Body::AdverseEventFollowed(body) => {
            words.text(if body.resolved { "line-event-over" } else { "line-event-not-over" }) + &after(Some(&body.text))
        }
        Body::PictureTaken(body) => {
            let size = [("width", body.width_px.to_string().into()), ("height", body.height_px.to_string().into())];
            format!("{}, {}", words.text(view_key(body.view)), words.with("line-pixels", size)) + &after(body.note.as_deref())
        }
        Body::ScanTaken(body) => {
            let instrument = words.text(&format!("scan-{}", word_of(&body.instrument)));
            let points = words.with("line-points", [("points", body.points.to_string().into())]);
            format!("{points}, {instrument}") + &after(body.note.as_deref())
        }
        Body::Measured(body) => outcome(words, &body.outcome),
        Body::Reviewed(body) => reviewed(words, body),
        Body::Message(body) => {
            let from = if body.from == Penned::Patient { "line-from-patient" } else { "line-from-clinic" };
            words.text(from) + &after(Some(&body.text))
        }
        Body::Amended(body) => amended(seat, open, body),
    }
}

fn after(text: Option<&str>) -> String {
    text.map(|text| format!(": {text}")).unwrap_or_default()
}

/// A named value by the word that an entry has for it.
fn word_of(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

fn examined(words: &Words, examined: &Examined) -> String {
    let zones = &examined.scars.zones;
    let scars: u32 =
        zones.iter().flat_map(|zone| [zone.ice_pick, zone.boxcar_shallow, zone.boxcar_deep, zone.rolling]).map(u32::from).sum();
    let measured: usize = zones.iter().map(|zone| zone.measured.len()).sum();
    let unknown = || words.text("unknown");
    let told = [
        ("scars", (scars as usize + measured).to_string().into()),
        ("zones", zones.len().into()),
        ("skin", examined.skin.fitzpatrick.map_or_else(unknown, |skin| skin.to_string()).into()),
        ("acne", examined.lesions.iga.map_or_else(unknown, |iga| iga.to_string()).into()),
    ];
    words.with("line-examined", told)
}

fn overrides(words: &Words, count: usize) -> String {
    if count == 0 { String::new() } else { format!("; {}", words.with("line-overrides", [("count", count.into())])) }
}

fn course(words: &Words, course: &Course) -> String {
    words.with("line-course", [("sessions", course.total_sessions.into()), ("days", course.interval_days.to_string().into())])
}

fn adopted(words: &Words, plan: &PlanAdopted) -> String {
    let said = match (&plan.adoption, &plan.answer.course) {
        (Adoption::Adopted, Some(proposed)) => words.with("line-adopted", [("course", course(words, proposed).into())]),
        (Adoption::Adopted, None) => words.text("line-nothing-proposed"),
        (Adoption::Edited { course: taken, reason }, _) => {
            words.with("line-edited", [("course", course(words, taken).into())]) + &after(Some(reason))
        }
        (Adoption::Rejected { reason }, _) => words.text("line-rejected") + &after(Some(reason)),
    };
    said + &overrides(words, plan.overrides.len())
}

fn purposes(words: &Words, purposes: &BTreeSet<Purpose>) -> String {
    let each = purposes.iter().map(|purpose| words.text(&format!("purpose-{}", word_of(purpose).replace('_', "-"))));
    each.collect::<Vec<_>>().join("; ")
}

fn gated(words: &Words, gate: &SessionGated) -> String {
    let permit = words.text(if gate.answer.permit == Permit::Refused { "line-gate-refused" } else { "line-gate-permitted" });
    permit + &after(gate.answer.against.first().map(String::as_str)) + &overrides(words, gate.overrides.len())
}

fn delivered(words: &Words, session: &SessionDelivered) -> String {
    let mm = |um: u32| format!("{}\u{a0}mm", words.number(f64::from(um) / 1000.0, 2));
    let zone = |dose: &resurface_care::consultation::ZoneDose| {
        format!("{} {}", examination::zone_words(words, &dose.zone), mm(dose.depth_um))
    };
    let zones: Vec<String> = session.zones.iter().map(zone).collect();
    let lot = session.cartridge.as_ref().and_then(|cartridge| cartridge.lot.as_deref());
    let lot = lot.map(|lot| format!("; {}", words.with("line-lot", [("lot", lot.into())]))).unwrap_or_default();
    let gate = if session.gate.is_none() { format!("; {}", words.text("line-no-gate")) } else { String::new() };
    let products: String = session.products.iter().map(|product| format!("; {}", product.name)).collect();
    format!(
        "{}; {}{lot}{products}{gate}{}",
        zones.join(", "),
        words.with("chart-by", [("name", (&session.operator).into())]),
        after(session.note.as_deref())
    )
}

fn event(seat: &Seat<'_>, event: &AdverseEventNoticed) -> String {
    let words = seat.words();
    let known = |id: &String| {
        seat.reader().knowledge.adverse_events.event(id).map_or_else(|| id.replace('_', " "), |known| known.name.clone())
    };
    let name = event.event.as_ref().map_or_else(|| words.text("line-event-not-judged"), known);
    format!("{name} ({})", words.text(&format!("line-severity-{}", word_of(&event.severity))))
}

fn outcome(words: &Words, outcome: &OutcomeMeasured) -> String {
    let scale = words.text(&scale_key(&word_of(&outcome.scale)));
    let rater = words.text(&format!("rater-{}", word_of(&outcome.rater)));
    words.with(
        "line-measured",
        [("scale", scale.into()), ("value", words.number(outcome.value, 1).into()), ("rater", rater.into())],
    )
}

fn reviewed(words: &Words, review: &Reviewed) -> String {
    let decided = words.text(&format!("review-decide-{}", word_of(&review.decided)));
    let told = [("verdict", words.text(verdict_key(review.answer.verdict)).into()), ("decided", decided.into())];
    words.with("line-reviewed", told) + &after(review.reason.as_deref())
}

fn amended(seat: &Seat<'_>, open: &OpenChart, amended: &Amended) -> String {
    let words = seat.words();
    let which = open.entries.iter().find(|entry| entry.id == amended.entry).map_or_else(String::new, |entry| {
        let kind = words.text(&format!("kind-{}", entry.body.kind().word()));
        format!("{kind}, {}", words.short_date(entry.body.day()))
    });
    match &amended.becomes {
        None => words.with("line-struck-out", [("which", which.into()), ("reason", (&amended.reason).into())]),
        Some(becomes) => words.with(
            "line-corrected",
            [("which", which.into()), ("reason", (&amended.reason).into()), ("becomes", line(seat, open, becomes).into())],
        ),
    }
}
