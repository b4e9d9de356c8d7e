//! What the tables say, in the words and lists of a page.

use std::fmt::Write as _;

use super::Phrases;
use crate::Knowledge;
use crate::adverse_events::Urgency;
use crate::contraindications::Class;
use crate::protocol::AftercareStep;
use crate::treatments::TreatmentKind;

/// What may stand between `{{` and `}}`.
pub(super) const DIRECTIVES: [&str; 10] = [
    "setting ID",
    "rules absolute",
    "rules relative",
    "rules defer",
    "rules precaution",
    "rules not_a_contraindication",
    "aftercare",
    "events",
    "not_best",
    "treatments",
];

/// Heading of the list of sources.
pub(super) const SOURCES: &str = "Sources";

const USUAL_WAIT_OF_A_DAY: &str = "Usual wait: {days} day ({basis}).";
const USUAL_WAIT: &str = "Usual wait: {days} days ({basis}).";
const FROM_WEEKS: &str = "From {from} weeks";
const HOURS: &str = "Hour {from} to {to}";
const FIRST_DAYS: &str = "First {to} days";
const DAYS: &str = "Day {from} to {to}";

const URGENCIES: [(Urgency, &str); 4] = [
    (Urgency::Emergency, "At once"),
    (Urgency::SameDay, "The same day"),
    (Urgency::WithinAWeek, "Within a week"),
    (Urgency::Expected, "Normal at first"),
];

/// Every phrase that a translation has to say.
pub(super) const PHRASES: [&str; 11] = [
    SOURCES,
    USUAL_WAIT_OF_A_DAY,
    USUAL_WAIT,
    FROM_WEEKS,
    HOURS,
    FIRST_DAYS,
    DAYS,
    URGENCIES[0].1,
    URGENCIES[1].1,
    URGENCIES[2].1,
    URGENCIES[3].1,
];

/// The words for one directive; nothing when it is not known.
pub(super) fn words(directive: &str, knowledge: &Knowledge, phrases: &Phrases) -> Option<String> {
    match directive.split_once(' ') {
        Some(("setting", id)) => {
            let (_, setting) = knowledge.settings.numbers().find(|(other, _)| *other == id)?;
            Some(setting.value.to_string())
        }
        Some(("rules", class)) => Some(rules(class_named(class)?, knowledge, phrases)),
        None => match directive {
            "aftercare" => Some(aftercare(knowledge, phrases)),
            "events" => Some(events(knowledge, phrases)),
            "not_best" => Some(not_best(knowledge)),
            "treatments" => Some(treatments(knowledge)),
            _ => None,
        },
        _ => None,
    }
}

fn class_named(name: &str) -> Option<Class> {
    match name {
        "absolute" => Some(Class::Absolute),
        "relative" => Some(Class::Relative),
        "defer" => Some(Class::Defer),
        "precaution" => Some(Class::Precaution),
        "not_a_contraindication" => Some(Class::NotAContraindication),
        _ => None,
    }
}

/// Writes one entry of a list; writing to a `String` cannot fail.
fn entry(list: &mut String, head: &str, text: &str, sources: &[String]) {
    let sources = if sources.is_empty() { String::new() } else { format!(" [{}]", sources.join(", ")) };
    let _ = writeln!(list, "- **{head}.** {text}{sources}");
}

fn rules(class: Class, knowledge: &Knowledge, phrases: &Phrases) -> String {
    let mut list = String::new();
    for rule in knowledge.contraindications.iter().filter(|rule| rule.class == class) {
        let wait = rule.wait.as_ref().map_or(String::new(), |wait| {
            let phrase = phrases.of(if wait.days == 1 { USUAL_WAIT_OF_A_DAY } else { USUAL_WAIT });
            format!(" {}", phrase.replace("{days}", &wait.days.to_string()).replace("{basis}", &wait.basis))
        });
        entry(&mut list, &rule.finding, &format!("{}{wait}", rule.patient), &rule.sources);
    }
    list.trim_end().to_owned()
}

fn aftercare(knowledge: &Knowledge, phrases: &Phrases) -> String {
    let mut list = String::new();
    let mut steps: Vec<&AftercareStep> = knowledge.protocol.aftercare.iter().collect();
    steps.sort_by_key(|step| (step.from_hour, step.to_hour));
    for step in steps {
        entry(&mut list, &span_in_words(step.from_hour, step.to_hour, phrases), &step.patient, &step.sources);
    }
    list.trim_end().to_owned()
}

/// Hours up to three days, then days, then weeks.
fn span_in_words(from_hour: u32, to_hour: u32, phrases: &Phrases) -> String {
    let (from_day, to_day) = (from_hour / 24, to_hour / 24);
    let (phrase, from, to) = match (from_hour, to_hour) {
        (from, to) if from == to && to_day % 7 == 0 => (FROM_WEEKS, to_day / 7, to),
        (from, to) if to <= 72 => (HOURS, from, to),
        (0, _) => (FIRST_DAYS, 0, to_day),
        _ => (DAYS, from_day, to_day),
    };
    phrases.of(phrase).replace("{from}", &from.to_string()).replace("{to}", &to.to_string())
}

fn events(knowledge: &Knowledge, phrases: &Phrases) -> String {
    let mut list = String::new();
    for (urgency, head) in URGENCIES {
        for event in knowledge.adverse_events.events.iter().filter(|event| event.urgency == urgency) {
            entry(&mut list, phrases.of(head), &format!("{} {}", event.patient, event.patient_does), &event.how_common.sources);
        }
    }
    list.trim_end().to_owned()
}

fn not_best(knowledge: &Knowledge) -> String {
    let mut list = String::new();
    for reason in &knowledge.treatments.not_best {
        entry(&mut list, &reason.when, &reason.patient, &reason.sources);
    }
    list.trim_end().to_owned()
}

fn treatments(knowledge: &Knowledge) -> String {
    let mut list = String::new();
    let others = |kind| kind != TreatmentKind::PlannedHere;
    for treatment in knowledge.treatments.treatments.iter().filter(|treatment| others(treatment.kind)) {
        let mut sources: Vec<String> = Vec::new();
        let cited =
            treatment.serves.iter().map(|serves| &serves.sources).chain(treatment.evidence.iter().map(|found| &found.sources));
        for id in cited.flatten().filter(|id| knowledge.source(id).is_some()) {
            if !sources.contains(id) {
                sources.push(id.clone());
            }
        }
        entry(&mut list, &treatment.name, &treatment.patient, &sources);
    }
    list.trim_end().to_owned()
}
