//! What the access log keeps: who asked what, about whom, and what came of it. Ids and codes only; the one text is the
//! reason for which a glass was broken.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Actor, ActorId, EmergencyReason, Grant, Missing, Note, Operation, Refused};
use crate::identity::{LinkPurpose, LinkRefused, PatientId, PatientLink};

/// One line of the access log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Access {
    /// When, in UTC to the nanosecond. Kept whole: the hash of the line covers it.
    pub at: Timestamp,
    /// Who.
    pub actor: ActorId,
    /// What.
    pub operation: Operation,
    /// About whom; `None` where it is about the clinic as a whole.
    pub patient: Option<PatientId>,
    /// What came of it.
    pub outcome: Outcome,
    /// Why the glass was broken, where it was.
    pub break_glass: Option<EmergencyReason>,
    /// What happened, more closely.
    pub note: Option<Note>,
}

/// What came of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was allowed.
    Allowed,
    /// It was refused, for want of this.
    Denied(Missing),
    /// It was allowed and could not be done, or who asked could not be told.
    Failed,
}

impl Access {
    /// What was allowed.
    #[must_use]
    pub fn allowed(grant: &Grant) -> Self {
        Self {
            at: grant.decided_at(),
            actor: grant.actor(),
            operation: grant.operation(),
            patient: grant.patient(),
            outcome: Outcome::Allowed,
            break_glass: grant.break_glass().cloned(),
            note: None,
        }
    }

    /// What was refused.
    #[must_use]
    pub fn denied(actor: &Actor, refused: Refused, patient: Option<PatientId>, at: Timestamp) -> Self {
        let Refused { operation, missing } = refused;
        let outcome = Outcome::Denied(missing);
        Self { at, actor: actor.id(), operation, patient, outcome, break_glass: None, note: None }
    }

    /// A link that does not work: the record found for its token, or `None` where there is none.
    #[must_use]
    pub fn link_refused(link: Option<&PatientLink>, purpose: LinkPurpose, refused: LinkRefused, at: Timestamp) -> Self {
        let actor = link.map_or(ActorId::Nobody, |link| ActorId::Link(link.id));
        Self {
            at,
            actor,
            operation: Operation::of_link(purpose),
            patient: link.map(|link| link.patient),
            outcome: Outcome::Denied(Missing::Link),
            break_glass: None,
            note: Some(refused.into()),
        }
    }

    /// The same line with a note.
    #[must_use]
    pub fn with_note(self, note: Note) -> Self {
        Self { note: Some(note), ..self }
    }
}
