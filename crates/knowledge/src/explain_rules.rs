//! One rule, laid out for a page.

use crate::Knowledge;
use crate::contraindications::{ClearsBy, Contraindication, OverrideBy, Trigger};
use crate::explain::{ExplainedSide, Explanation};

impl Contraindication {
    pub(crate) fn explain(&self, knowledge: &Knowledge) -> Explanation {
        let mut explanation = Explanation::new(&self.id, "rule", &self.finding);
        explanation.fact("class", self.class.words(), None);
        explanation.fact("question", &self.question, None);
        explanation.fact("answered by", self.answered_by(), None);
        explanation.fact("looked at", self.looked_at.words(), None);
        explanation.fact("what to do", &self.action, None);
        explanation.fact("clears", self.clears_in_words(), None);
        self.explain_times(&mut explanation);
        let who = match self.override_by {
            OverrideBy::Nobody => "nobody",
            OverrideBy::Prescriber => "a named prescriber, with a reason",
        };
        explanation.fact("who may decide otherwise", who, None);
        for statement in &self.label {
            let note = statement.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
            let says = format!("{}: {}{note}", statement.device, statement.status.words());
            explanation.fact("device label", says, Some(statement.mark));
        }
        if let Some(note) = &self.evidence_note {
            explanation.fact("evidence in words", note, None);
        }
        explanation.clinician = Some(self.clinician.clone());
        explanation.patient = Some(self.patient.clone());
        explanation.evidence = Some(self.evidence);
        explanation.sources = knowledge.sources_of(&self.sources);
        explanation.disagreement = self
            .disagreement
            .iter()
            .map(|side| ExplainedSide { says: side.says.clone(), sources: knowledge.sources_of(&side.sources) })
            .collect();
        explanation.mark = Some(self.mark);
        explanation.mark_note.clone_from(&self.mark_note);
        explanation
    }

    fn explain_times(&self, explanation: &mut Explanation) {
        if let Some(wait) = &self.wait {
            explanation.fact("wait", format!("{} days; {}", wait.days, wait.basis), Some(wait.mark));
            if let Some(from) = wait.override_from_days {
                explanation.fact("shortest wait by override", format!("{from} days"), Some(wait.mark));
            }
        }
        if let Some(window) = self.window_days {
            explanation.fact("no longer counts after", format!("{window} days"), None);
        }
    }

    fn answered_by(&self) -> String {
        match &self.trigger {
            Trigger::Asked(key) => format!("findings.{key} of the consultation"),
            Trigger::Derived(fact) => format!("worked out: {}", fact.words()),
        }
    }

    fn clears_in_words(&self) -> String {
        let by = match self.clears.by {
            ClearsBy::Time => "by time",
            ClearsBy::State => "by its state, on examination",
            ClearsBy::TimeAndState => "by time, and then by its state on examination",
            ClearsBy::Never => "never",
        };
        format!("{by}: {}", self.clears.when)
    }
}
