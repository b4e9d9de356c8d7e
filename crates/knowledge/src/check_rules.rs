//! What must hold within one rule, beyond its shape.

use crate::Knowledge;
use crate::contraindications::{Class, ClearsBy, Contraindication, DerivedFact, OverrideBy, Trigger};
use crate::document::FaultReport;
use crate::fact::check_known;
use crate::mark::{EvidenceCode, Mark, check_cited, check_source_ids};
use crate::table::Place;

/// Rules that the program itself knows by their id: settings, the dose of the anaesthetic and contradictory answers hang on them.
const KNOWN_TO_THE_PROGRAM: [&str; 11] = [
    "CI-ISO-NOW",
    "CI-ISO-6M",
    "CI-BACT",
    "CI-HSV-ACT",
    "CI-FEVER",
    "CI-ARRHYTH",
    "CI-PEEL-DEEP",
    "CI-LASER-NA",
    "CI-FILLER",
    "CI-THREAD",
    "CI-LASTSESS",
];

/// A rule that is missing would permit what it forbids, and nobody would see it.
pub(crate) fn complete(rules: &[Contraindication], report: &mut FaultReport) {
    let asked: Vec<serde_json::Value> =
        rules.iter().filter_map(|rule| serde_json::to_value(&rule.trigger).ok()?.get("derived").cloned()).collect();
    for fact in DerivedFact::WORDS.iter().filter(|fact| !asked.iter().any(|word| word == *fact)) {
        let allowed =
            format!("a rule with trigger = {{ derived = \"{fact}\" }}; one that is not to count is not_a_contraindication");
        report.add(1, "rule", format!("no rule asks for the fact {fact}"), allowed);
    }
    for id in KNOWN_TO_THE_PROGRAM.iter().filter(|id| !rules.iter().any(|rule| rule.id == **id)) {
        let allowed = "keep the rule with this id; one that is not to count is not_a_contraindication";
        report.add(1, "rule", format!("the rule {id} is missing, and the program counts on it"), allowed);
    }
}

impl Contraindication {
    pub(crate) fn cross_check(&self, knowledge: &Knowledge, place: &Place<'_>, report: &mut FaultReport) {
        self.check_names(place, report);
        self.check_override(place, report);
        self.check_clearing(place, report);
        self.check_labels(knowledge, place, report);
        self.check_sources(knowledge, place, report);
    }

    fn check_names(&self, place: &Place<'_>, report: &mut FaultReport) {
        if !self.id.strip_prefix("CI-").is_some_and(|rest| is_name(rest, |letter| letter.is_ascii_uppercase(), '-')) {
            place.field("id").fault(
                report,
                format!("{:?} is not the id of a rule", self.id),
                "CI- and capital letters, as in CI-PREG",
            );
        }
        if let Trigger::Asked(key) = &self.trigger
            && !is_name(key, |letter| letter.is_ascii_lowercase(), '_')
        {
            let place = place.field("trigger").field("asked");
            place.fault(report, format!("{key:?} is not a key"), "small letters, figures and _, as in nickel_allergy");
        }
    }

    fn check_override(&self, place: &Place<'_>, report: &mut FaultReport) {
        let (wrong, allowed) = match (self.class, self.override_by) {
            (Class::Absolute, OverrideBy::Prescriber) => ("an absolute contraindication cannot be overridden", "nobody"),
            (Class::Relative, OverrideBy::Nobody) => ("a relative contraindication can be overridden", "prescriber"),
            (Class::Precaution | Class::NotAContraindication, OverrideBy::Prescriber) => {
                ("this class stops nothing, so there is nothing to override", "nobody")
            }
            _ => return,
        };
        place.field("override_by").fault(report, wrong, allowed);
    }

    fn check_clearing(&self, place: &Place<'_>, report: &mut FaultReport) {
        let by = place.field("clears").field("by");
        if self.class == Class::Defer && self.clears.by == ClearsBy::Never {
            by.fault(report, "a deferral that nothing ends", "time, state or time_and_state; or another class");
        }
        let timed = matches!(self.clears.by, ClearsBy::Time | ClearsBy::TimeAndState);
        match &self.wait {
            None if timed => by.fault(report, "time clears it, but there is no wait", "a wait table, or by = \"state\""),
            Some(_) if !timed => {
                place.field("wait").fault(
                    report,
                    "there is a wait, but time does not clear it",
                    "clears.by = time or time_and_state",
                );
            }
            _ => {}
        }
        let shorter = self.wait.as_ref().and_then(|wait| wait.override_from_days);
        if self.class == Class::Defer && self.override_by == OverrideBy::Prescriber && shorter.is_none() {
            let allowed = "wait.override_from_days, or override_by = \"nobody\"";
            place.field("override_by").fault(report, "it is not said from which day a prescriber may shorten the wait", allowed);
        }
        let Some(wait) = &self.wait else { return };
        if wait.override_from_days.is_some_and(|from| from > wait.days) {
            let place = place.field("wait").field("override_from_days");
            place.fault(report, "a prescriber could only lengthen the wait", format!("at most {} days", wait.days));
        }
        if wait.override_from_days.is_some() && self.override_by == OverrideBy::Nobody {
            let place = place.field("wait").field("override_from_days");
            place.fault(report, "nobody may override this rule", "override_by = \"prescriber\", or leave this field out");
        }
        if self.evidence == EvidenceCode::F && wait.mark != Mark::Ours {
            place.field("wait").field("mark").fault(report, "only marketing stands behind this number", "ours");
        }
        if self.window_days.is_some_and(|window| window < wait.days) {
            let allowed = format!("at least the wait of {} days", wait.days);
            place.field("window_days").fault(report, "the event stops counting before the wait is over", allowed);
        }
    }

    fn check_labels(&self, knowledge: &Knowledge, place: &Place<'_>, report: &mut FaultReport) {
        for (at, statement) in self.label.iter().enumerate() {
            let place = place.field("label").element(at).field("device");
            let devices = knowledge.devices.iter().map(|device| device.id.as_str());
            check_known(&statement.device, devices, "device", &place, report);
            if self.label[..at].iter().any(|earlier| earlier.device == statement.device) {
                place.fault(report, "this device stands here twice", "one statement for each device");
            }
        }
    }

    fn check_sources(&self, knowledge: &Knowledge, place: &Place<'_>, report: &mut FaultReport) {
        check_cited(&self.sources, self.mark, place, knowledge, report);
        if self.disagreement.len() == 1 {
            place.field("disagreement").fault(report, "a disagreement has two sides", "two sides or more, or none");
        }
        for (at, side) in self.disagreement.iter().enumerate() {
            let place = place.field("disagreement").element(at).field("sources");
            check_source_ids(&side.sources, &place, knowledge, report);
        }
    }
}

/// Letters, figures and single separators, not at either end.
fn is_name(text: &str, letter: impl Fn(char) -> bool, separator: char) -> bool {
    !text.is_empty()
        && text.split(separator).all(|part| !part.is_empty() && part.chars().all(|c| letter(c) || c.is_ascii_digit()))
}
