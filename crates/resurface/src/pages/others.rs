//! What else could be done, what could go wrong, and what would change the plan.

use resurface_care::alternatives::{Alternatives, Concern, ForScar, OptionFor, Shown};
use resurface_care::plan::Change;
use resurface_care::risk::{Risks, SkinAgainstStudy};
use resurface_knowledge::Mark;
use resurface_knowledge::adverse_events::AdverseEvent;
use resurface_knowledge::treatments::{Evidence, Treatment};

use super::{Extent, words};
use crate::terminal::{Align, Column, Page, Table};

/// Where needling serves badly, and the other options by type of scar; doing nothing is always one.
pub(super) fn alternatives(page: &mut Page, alternatives: &Alternatives, extent: Extent) {
    page.heading("What else could be done (sources were seen unless it is said)");
    for concern in &alternatives.concerns {
        page.marked(if concern.shown == Shown::Holds { "!" } else { "?" }, &concerned(concern, alternatives));
    }
    if !alternatives.by_scar.is_empty() {
        let mut table = Table::new(vec![
            Column::new("scar", Align::Left),
            Column::new("needling", Align::Left),
            Column::new("other treatments, best place first", Align::Left),
        ]);
        for scar in &alternatives.by_scar {
            table.row(by_scar(scar, alternatives));
        }
        page.table(&table);
    }
    if let Some(nothing) = &alternatives.do_nothing {
        page.item(&format!("{}: {}", nothing.name, nothing.what));
    }
    if extent == Extent::Full {
        for treatment in &alternatives.treatments {
            one_treatment(page, treatment);
        }
        for disagreement in &alternatives.disagreements {
            let sides: Vec<&str> = disagreement.sides.iter().map(|side| side.says.as_str()).collect();
            page.item(&format!(
                "Sources disagree on {}: {}. In common: {}",
                disagreement.about,
                sides.join(" / "),
                disagreement.common
            ));
        }
        for statement in &alternatives.quality {
            page.item(&words::statement(statement));
        }
    }
}

fn concerned(concern: &Concern, alternatives: &Alternatives) -> String {
    let instead: Vec<&str> = concern.instead.iter().map(|id| name_of(id, alternatives)).collect();
    let speak = if instead.is_empty() { String::new() } else { format!("; speak of {}", instead.join(", ")) };
    let sources: Vec<&str> = concern.sources.iter().map(String::as_str).collect();
    format!("{}{speak} [{}; {}]", concern.found, concern.id, words::sources(&sources))
}

fn name_of<'a>(id: &'a str, alternatives: &'a Alternatives) -> &'a str {
    alternatives.treatments.iter().find(|treatment| treatment.id == id).map_or(id, |treatment| treatment.name.as_str())
}

fn by_scar(scar: &ForScar, alternatives: &Alternatives) -> Vec<String> {
    let needling = scar.needling.map_or_else(|| "not seen".to_owned(), |place| words::of(&place));
    let options: Vec<String> = scar
        .options
        .chunk_by(|left, right| left.place.place == right.place.place)
        .map(|alike| {
            let names: Vec<String> = alike.iter().map(|option| option_of(option, alternatives)).collect();
            format!("{}: {}", alike.first().map_or_else(String::new, |option| words::of(&option.place.place)), names.join(", "))
        })
        .collect();
    let options = if options.is_empty() { "none seen".to_owned() } else { options.join("; ") };
    vec![format!("{} ({})", words::of(&scar.scar), scar.count), needling, options]
}

fn option_of(option: &OptionFor, alternatives: &Alternatives) -> String {
    let sources: Vec<&str> = option.place.sources.iter().map(String::as_str).collect();
    let mark = match option.place.mark {
        Mark::Seen => String::new(),
        mark => format!("; {}", words::mark(mark)),
    };
    format!("{} [{}{mark}]", name_of(&option.treatment, alternatives), words::sources(&sources))
}

fn one_treatment(page: &mut Page, treatment: &Treatment) {
    page.item(&format!("{}: {}", treatment.name, treatment.what));
    for evidence in &treatment.evidence {
        page.under(&evidence_line(evidence));
    }
    for risk in treatment.risks.iter().chain(&treatment.cautions) {
        page.under(&format!("Risk: {}", words::statement(risk)));
    }
}

fn evidence_line(evidence: &Evidence) -> String {
    let effect = evidence.effect.map(|effect| format!(" {effect}")).unwrap_or_default();
    let interval = match (evidence.ci_low, evidence.ci_high) {
        (Some(low), Some(high)) => format!(" ({low} to {high})"),
        _ => String::new(),
    };
    let note = evidence.note.as_deref().map(|note| format!("; {note}")).unwrap_or_default();
    let sources: Vec<&str> = evidence.sources.iter().map(String::as_str).collect();
    format!(
        "{}, {}: {}{effect}{interval}{note} [{}; {}]",
        evidence.comparison,
        evidence.outcome,
        words::name(&evidence.effect_type),
        words::sources(&sources),
        words::mark(evidence.mark)
    )
}

/// What could go wrong over the course.
pub(super) fn risks(page: &mut Page, risks: &Risks, extent: Extent) {
    page.heading(&format!("What could go wrong, over {} sessions", risks.sessions));
    let pigment = &risks.pigmentation;
    let skin = match pigment.skin {
        SkinAgainstStudy::AsStudied => "the skin types it was seen in",
        SkinAgainstStudy::Lighter => "seen in darker skin than this; the risk is expected to be lower, by how much was not seen",
        SkinAgainstStudy::Darker => "seen in lighter skin than this; the risk may be higher, by how much was not seen",
        SkinAgainstStudy::NotKnown => "skin type not known; the risk may be higher",
    };
    let sources: Vec<&str> = pigment.sources.iter().map(String::as_str).collect();
    page.field(
        "dark marks",
        &format!(
            "{} (95 in 100: {}), {} in one session; {} of {} patients seen, {skin} [{}; {}]",
            words::percent(pigment.mean),
            words::span(pigment.interval_95),
            words::percent(pigment.mean_per_session),
            pigment.seen[0],
            pigment.seen[1],
            words::sources(&sources),
            words::mark(pigment.mark)
        ),
    );
    match extent {
        Extent::Glance => {
            let names: Vec<&str> = risks.others.iter().map(|event| event.name.as_str()).collect();
            page.field("others", &format!("{}. `--details` has how common each is and what to do", names.join("; ")));
        }
        Extent::Full => risks.others.iter().for_each(|event| one_event(page, event)),
    }
}

fn one_event(page: &mut Page, event: &AdverseEvent) {
    page.item(&format!("{} ({}): {}", event.name, event.urgency.words(), words::statement(&event.how_common)));
    page.under(&format!("Do: {}", event.practitioner_does));
}

/// Which answers and measurements would change the plan.
pub(super) fn changes(page: &mut Page, changes: &[Change]) {
    if changes.is_empty() {
        return;
    }
    page.heading("What would change this plan");
    for change in changes {
        page.item(&format!("If {}: {}", change.if_so, change.then));
    }
}
