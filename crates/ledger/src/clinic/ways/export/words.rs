//! What an entry says, on one line.

use std::collections::BTreeMap;
use std::fmt::Display;

use resurface_care::chart::{Adoption, Amended, Body, EntryId, Intake, Purpose, SessionDelivered};
use resurface_care::consultation::Answer;
use serde::Serialize;

use super::charts::Read;

/// What an entry says, on one line.
pub(super) fn summary(body: &Body) -> String {
    let words = match body {
        Body::Registered(body) => format!("registered under {}: {}, born {}", body.number, body.name, body.birth_date),
        Body::Intake(body) => intake(body),
        Body::Examined(body) => {
            let skin = body.skin.fitzpatrick.map_or_else(|| "not judged".to_owned(), |skin| skin.to_string());
            format!("examined: scars in {} zones, skin type {skin}", body.scars.zones.len())
        }
        Body::Screened(body) => format!("screened: {}; {} overrides", body.answer.decision, body.overrides.len()),
        Body::PlanAdopted(body) => {
            let course = body.course().map_or_else(String::new, |course| {
                format!(": {} sessions, {} days apart", course.total_sessions, course.interval_days)
            });
            match &body.adoption {
                Adoption::Adopted => format!("plan adopted{course}"),
                Adoption::Edited { reason, .. } => format!("plan edited{course}; because {reason}"),
                Adoption::Rejected { reason } => format!("plan rejected; because {reason}"),
            }
        }
        Body::Consented(body) => format!("consent to {}", purposes(&body.purposes)),
        Body::ConsentWithdrawn(body) => format!("consent withdrawn to {}{}", purposes(&body.purposes), because(&body.reason)),
        Body::SessionGated(body) => {
            format!("gate: {}; {} checks against", word(&body.answer.permit), body.answer.against.len())
        }
        Body::SessionDelivered(body) => session(body),
        Body::AdverseEvent(body) => {
            format!("adverse event ({}): {}; {}", word(&body.severity), or_not_judged(&body.event), body.text)
        }
        Body::AdverseEventFollowed(body) => {
            let over = if body.resolved { "over" } else { "not over" };
            format!("adverse event followed up, {over}: {}", body.text)
        }
        Body::PictureTaken(body) => {
            let note = body.note.as_ref().map_or_else(String::new, |note| format!(": {note}"));
            format!("picture, {}{note}", body.view.words())
        }
        Body::ScanTaken(body) => {
            let note = body.note.as_ref().map_or_else(String::new, |note| format!(": {note}"));
            format!("scan, {} points, instrument {}{note}", body.points, word(&body.instrument))
        }
        Body::Measured(body) => {
            let outcome = &body.outcome;
            format!("measured: {} {}, rater {}", word(&outcome.scale), outcome.value, word(&outcome.rater))
        }
        Body::Reviewed(body) => {
            let answer = &body.answer;
            let (verdict, advice, decided) = (word(&answer.verdict), word(&answer.advice), word(&body.decided));
            format!("reviewed: {verdict}; advice {advice}, decided {decided}{}", because(&body.reason))
        }
        Body::Message(body) => format!("message from the {}: {}", word(&body.from), body.text),
        Body::Amended(body) => match &body.becomes {
            Some(becomes) => format!("amends entry {}; because {}; it now says: {}", body.entry, body.reason, summary(becomes)),
            None => format!("strikes out entry {}; because {}", body.entry, body.reason),
        },
    };
    one_line(&words)
}

/// What became of entries that were amended: the latest amendment counts, as in the fold.
pub(super) fn amendments(entries: &[Read]) -> BTreeMap<EntryId, String> {
    let each = latest_amendments(entries).into_iter();
    let words = each.map(|(entry, (seq, amended))| {
        let what = if amended.becomes.is_some() { "amended" } else { "struck out" };
        (entry, format!("{what} by entry {seq}"))
    });
    words.collect()
}

/// What entries say now, each at its own place; those that were struck out are left out.
pub(super) fn as_amended(entries: &[Read]) -> Vec<(EntryId, &Body)> {
    let amended = latest_amendments(entries);
    let now = entries.iter().filter_map(|Read { entry, body }| {
        let body = body.as_ref()?;
        match amended.get(&entry.id) {
            None => Some((entry.id, body)),
            Some((_, Amended { becomes: Some(becomes), .. })) if becomes.kind() == body.kind() => Some((entry.id, &**becomes)),
            Some(_) => None,
        }
    });
    now.collect()
}

fn latest_amendments(entries: &[Read]) -> BTreeMap<EntryId, (u32, &Amended)> {
    let amended = entries.iter().filter_map(|Read { entry, body }| match body {
        Some(Body::Amended(amended)) => Some((amended.entry, (entry.seq, amended))),
        _ => None,
    });
    amended.collect()
}

/// The word under which a plain choice is kept, with spaces.
pub(super) fn word(choice: &impl Serialize) -> String {
    match serde_json::to_value(choice) {
        Ok(serde_json::Value::String(word)) => word.replace('_', " "),
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn intake(body: &Intake) -> String {
    let yes = body.findings.iter().filter(|(_, answered)| answered.answer == Answer::Yes);
    let yes: Vec<&str> = yes.map(|(key, _)| key.as_str()).collect();
    let yes = if yes.is_empty() { "no finding".to_owned() } else { yes.join(", ") };
    let wish = body.goal.improvement_percent;
    let (pregnant, feeding, penned) = (word(&body.pregnant), word(&body.breast_feeding), word(&body.answered_by));
    format!("history by the {penned}: {yes}; pregnant {pregnant}, breast-feeding {feeding}; hopes for {wish} %")
}

fn session(body: &SessionDelivered) -> String {
    let zones = body.zones.iter().map(|zone| format!("{} {} um", zone.zone, zone.depth_um));
    let lot = body.cartridge.as_ref().and_then(|cartridge| cartridge.lot.as_deref()).unwrap_or("not recorded");
    let products: String = body.products.iter().map(|product| format!("; {}", product.name)).collect();
    let note = body.note.as_ref().map(|note| format!("; {note}")).unwrap_or_default();
    let zones = zones.collect::<Vec<_>>().join(", ");
    format!("session by {} with {}: {zones}; lot {lot}{products}{note}", body.operator, body.device)
}

fn purposes<'a>(purposes: impl IntoIterator<Item = &'a Purpose>) -> String {
    purposes.into_iter().map(word).collect::<Vec<_>>().join(", ")
}

fn because(reason: &Option<impl Display>) -> String {
    reason.as_ref().map_or_else(String::new, |reason| format!("; because {reason}"))
}

fn or_not_judged(event: &Option<String>) -> &str {
    event.as_deref().unwrap_or("not judged yet")
}
