//! Every kind of entry in one line.

use std::collections::BTreeSet;

use resurface_care::chart::{
    Adoption, AdverseEventNoticed, Amended, Body, Course, Examined, Penned, PlanAdopted, Purpose, Reviewed, SessionDelivered,
    SessionGated, Severity,
};
use resurface_care::consultation::{Answer, OutcomeMeasured};
use resurface_knowledge::Knowledge;
use resurface_ledger::clinic::OpenChart;

use super::words;

/// A kind of entry as a page names it.
pub(super) fn label(kind: &str) -> String {
    match kind {
        "plan_adopted" => "plan".to_owned(),
        "session_gated" => "gate".to_owned(),
        "session_delivered" => "session".to_owned(),
        "adverse_event_followed" => "adverse event followed up".to_owned(),
        kind => words::name(kind),
    }
}

/// What entries need besides themselves to be put into words.
pub(crate) struct Words<'a> {
    knowledge: &'a Knowledge,
    open: &'a OpenChart,
}

impl<'a> Words<'a> {
    /// For the entries of a chart.
    pub(crate) const fn new(knowledge: &'a Knowledge, open: &'a OpenChart) -> Self {
        Self { knowledge, open }
    }

    /// An entry in one line.
    pub(crate) fn line(&self, body: &Body) -> String {
        match body {
            Body::Registered(body) => format!("chart opened, number {}", body.number),
            Body::Intake(body) => {
                let present = body.findings.values().filter(|finding| finding.answer == Answer::Yes).count();
                format!(
                    "{} answers, {present} of them yes; hopes for {:.0} % improvement",
                    body.findings.len(),
                    body.goal.improvement_percent
                )
            }
            Body::Examined(body) => examined(body),
            Body::Screened(body) => format!("{}{}", body.answer.decision, overrides(body.overrides.len())),
            Body::PlanAdopted(body) => adopted(body),
            Body::Consented(body) => format!("consent to {}", purposes(&body.purposes)),
            Body::ConsentWithdrawn(body) => {
                let reason = body.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
                format!("consent to {} taken back{reason}", purposes(&body.purposes))
            }
            Body::SessionGated(body) => gated(body),
            Body::SessionDelivered(body) => delivered(body),
            Body::AdverseEvent(body) => format!("{}: {}", self.event(body), body.text),
            Body::AdverseEventFollowed(body) => {
                format!("{}: {}", if body.resolved { "it is over" } else { "it is not over" }, body.text)
            }
            Body::PictureTaken(body) => {
                let note = body.note.as_ref().map(|note| format!("; {note}")).unwrap_or_default();
                format!("{}, {} x {} pixels{note}", body.view.words(), body.width_px, body.height_px)
            }
            Body::ScanTaken(body) => {
                let note = body.note.as_ref().map(|note| format!("; {note}")).unwrap_or_default();
                format!("{} points, {}{note}", body.points, words::of(&body.instrument))
            }
            Body::Measured(body) => outcome(&body.outcome),
            Body::Reviewed(body) => reviewed(body),
            Body::Message(body) => {
                let from = match body.from {
                    Penned::Clinic => "from the clinic",
                    Penned::Patient => "from the patient",
                };
                format!("{from}: {}", body.text)
            }
            Body::Amended(body) => self.amended(body),
        }
    }

    /// An adverse event by its name, and how bad it is.
    pub(super) fn event(&self, event: &AdverseEventNoticed) -> String {
        let known = |id: &String| self.knowledge.adverse_events.events.iter().find(|known| known.id == *id);
        let name = match &event.event {
            None => "not judged yet".to_owned(),
            Some(id) => known(id).map_or_else(|| words::name(id), |known| known.name.clone()),
        };
        format!("{} ({})", name, severity(event.severity))
    }

    fn amended(&self, amended: &Amended) -> String {
        let corrected = self.open.entries.iter().find(|entry| entry.id == amended.entry);
        let which = corrected.map_or_else(
            || "an entry".to_owned(),
            |entry| format!("entry {} ({} of {})", entry.seq, label(entry.body.kind().word()), entry.body.day()),
        );
        match &amended.becomes {
            None => format!("{which} is struck out: {}", amended.reason),
            Some(becomes) => format!("{which} is corrected: {}; it becomes: {}", amended.reason, self.line(becomes)),
        }
    }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Mild => "mild",
        Severity::Moderate => "moderate",
        Severity::Severe => "severe",
    }
}

fn examined(examined: &Examined) -> String {
    let counts =
        examined.scars.zones.iter().map(|zone| {
            [zone.ice_pick, zone.boxcar_shallow, zone.boxcar_deep, zone.rolling].into_iter().map(u32::from).sum::<u32>()
        });
    let skin = examined.skin.fitzpatrick.map_or_else(|| "skin type not judged".to_owned(), |skin| format!("skin type {skin}"));
    let acne = examined.lesions.iga.map_or_else(|| "acne not graded".to_owned(), |iga| format!("acne grade {iga}"));
    format!("{} atrophic scars in {} zones, {skin}, {acne}", counts.sum::<u32>(), examined.scars.zones.len())
}

fn overrides(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => ", with a decision against a rule".to_owned(),
        count => format!(", with {count} decisions against rules"),
    }
}

/// A course: its sessions, and how far apart they are.
pub(super) fn course(course: &Course) -> String {
    sessions_apart(course.total_sessions, course.interval_days)
}

/// So many sessions, so many days apart.
pub(super) fn sessions_apart(sessions: usize, days: u32) -> String {
    let sessions = if sessions == 1 { "1 session".to_owned() } else { format!("{sessions} sessions") };
    format!("{sessions}, {days} days apart")
}

/// What was expected of a course; an edited course may have no row of its own in the table of its plan.
pub(super) fn expected(course: &Course) -> String {
    let Some(expected) = &course.expected else {
        return "nothing was forecast for this number of sessions at this interval".to_owned();
    };
    let (low, high) = expected.span_80_percent;
    format!(
        "{:.0} % better three months after the last session (80 in 100: {low:.0} to {high:.0}), chance of the goal {}",
        expected.improvement_percent,
        words::chance(expected.chance_of_goal)
    )
}

fn adopted(plan: &PlanAdopted) -> String {
    let over = overrides(plan.overrides.len());
    match (&plan.adoption, &plan.answer.course) {
        (Adoption::Adopted, Some(proposed)) => format!("as proposed: {}{over}", course(proposed)),
        (Adoption::Adopted, None) => format!("nothing was proposed{over}"),
        (Adoption::Edited { course: taken, reason }, _) => format!("otherwise than proposed: {}{over}: {reason}", course(taken)),
        (Adoption::Rejected { reason }, _) => format!("not taken{over}: {reason}"),
    }
}

/// What consent is for.
pub(super) fn purposes(purposes: &BTreeSet<Purpose>) -> String {
    let each: Vec<&str> = purposes.iter().map(|purpose| purpose_words(*purpose)).collect();
    each.join(", ")
}

pub(super) const fn purpose_words(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Treatment => "treatment",
        Purpose::PicturesForCare => "pictures for the chart",
        Purpose::PicturesForTeaching => "pictures for teaching",
        Purpose::PicturesForPublication => "pictures for publication",
    }
}

fn gated(gate: &SessionGated) -> String {
    let against = match gate.answer.against.as_slice() {
        [] => String::new(),
        [first] => format!(": {first}"),
        [first, rest @ ..] => format!(": {first}; and {} more", rest.len()),
    };
    format!("{}{}{against}", gate.answer.permit.words(), overrides(gate.overrides.len()))
}

fn delivered(session: &SessionDelivered) -> String {
    let by = format!("by {}", session.operator);
    let lot = session.cartridge.as_ref().and_then(|cartridge| cartridge.lot.as_ref());
    let lot = lot.map(|lot| format!(", lot {lot}")).unwrap_or_default();
    let gate = if session.gate.is_none() { ", no gate was asked" } else { "" };
    let products: String = session.products.iter().map(|product| format!("; {}", product.name)).collect();
    let note = session.note.as_ref().map(|note| format!("; {note}")).unwrap_or_default();
    format!("{}; {by}{lot}{products}{note}{gate}", zones(session))
}

/// Depths of a session, zone by zone.
pub(super) fn zones(session: &SessionDelivered) -> String {
    let each = session.zones.iter().map(|zone| format!("{} {}", words::name(&zone.zone), words::depth(Some(zone.depth_um))));
    each.collect::<Vec<_>>().join(", ")
}

/// An outcome with its scale and its rater.
pub(super) fn outcome(outcome: &OutcomeMeasured) -> String {
    format!("{} {}, rater {}", words::scale(outcome.scale), outcome.value, words::of(&outcome.rater))
}

/// A review, with what was decided.
pub(super) fn reviewed(review: &Reviewed) -> String {
    let advice = words::of(&review.answer.advice);
    let reason = review.reason.as_ref().map(|reason| format!("; advised was {advice}: {reason}")).unwrap_or_default();
    format!("{}; decided: {}{reason}", words::of(&review.answer.verdict), review.decided.words())
}
