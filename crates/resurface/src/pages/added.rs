//! The page of `resurface chart add`: what was added, what was decided, what comes next.

use resurface_care::chart::SessionGated;
use resurface_care::gate::Permit;
use resurface_care::screening::Decision;
use resurface_knowledge::Knowledge;

use super::{chart, clinic, entries, words};
use crate::envelope::Origin;
use crate::run::chart::{Added, FileAdded, Outcome};
use crate::terminal::{Look, Page, Tone};

/// What became of every file.
pub(crate) fn page(added: &Added, knowledge: &Knowledge, origin: &Origin, demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    for file in &added.files {
        one(&mut page, file, knowledge);
    }
    if let Some(next) = &added.next {
        chart::next_section(&mut page, next);
    }
    page.gap();
    page.text(&words::origin(origin));
    page.finish()
}

fn one(page: &mut Page, file: &FileAdded, knowledge: &Knowledge) {
    let Outcome { gate, plan, .. } = &file.outcome;
    if let Some(gate) = gate {
        gated(page, gate, knowledge);
    }
    let count = match file.entries.len() {
        0 => "nothing new; the chart holds all of it".to_owned(),
        1 => "1 entry".to_owned(),
        count => format!("{count} entries"),
    };
    page.verdict(Tone::Clear, "ADDED", &format!("{}: {count}", file.file));
    for entry in &file.entries {
        page.item(&format!("{} {}: {}", entry.on, entries::label(entry.kind), entry.words));
    }
    if let Some(course) = plan.as_ref().and_then(|plan| plan.answer.course.as_ref()) {
        page.field("was proposed", &format!("{}; {}", entries::course(course), entries::expected(course)));
    }
}

/// The gate stands before everything else: the patient is in the chair.
fn gated(page: &mut Page, gate: &SessionGated, knowledge: &Knowledge) {
    let (tone, meaning) = match gate.answer.permit {
        Permit::Permitted => (Tone::Clear, "the session may begin"),
        Permit::PermittedWithPrecautions => {
            (Tone::Caution, "the session may begin, with the steps that `resurface gate FILE` shows")
        }
        Permit::Refused => (Tone::Stop, "the session may not begin; what nobody knows refuses as well"),
    };
    page.verdict(tone, "GATE", &format!("{}: {} · {meaning}", gate.on, gate.answer.permit.words()));
    page.field("screening", &gate.answer.decision.to_string());
    let sign = if gate.answer.permit == Permit::Refused { "x" } else { "!" };
    for check in &gate.answer.against {
        page.marked("x", check);
    }
    for id in &gate.answer.findings {
        let rule = knowledge.contraindications.iter().find(|rule| rule.id == *id);
        page.marked(sign, &rule.map_or_else(|| id.clone(), |rule| format!("{} [{id}]", rule.finding)));
        if let Some(rule) = rule {
            page.under(&format!("Do: {}", rule.action));
        }
    }
    if gate.answer.decision == Decision::CannotDecide {
        page.marked("?", "a question of the day is not answered: `resurface gate FILE` shows each");
    }
    page.gap();
}
