//! The desk at which everything is done: who sits there is known, the table is asked, and the access log is written first.

use jiff::Timestamp;
use resurface_care::chart::Kind;

use super::{Clinic, LedgerError};
use crate::access::{Access, Actor, ActorId, Chart, Grant, Missing, Note, Operation, Outcome, Refused, decide, rule};
use crate::entry::Author;
use crate::identity::PatientId;
use crate::seal::SealError;
use crate::store::{AccessDraft, Batch};

/// A place at which somebody works.
pub struct Desk<'a> {
    pub(super) clinic: &'a Clinic,
    pub(super) actor: Actor,
}

impl Clinic {
    /// The desk of an actor.
    #[must_use]
    pub const fn desk(&self, actor: Actor) -> Desk<'_> {
        Desk { clinic: self, actor }
    }
}

impl Desk<'_> {
    /// The clinic.
    #[must_use]
    pub const fn clinic(&self) -> &Clinic {
        self.clinic
    }

    /// Who sits here.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clinic.surroundings.now()
    }

    pub(super) fn author(&self) -> Author {
        match self.actor.id() {
            ActorId::User(user) => Author::User(user),
            ActorId::Link(link) => Author::Link(link),
            ActorId::Console | ActorId::Nobody => Author::Program,
        }
    }

    /// Asks the table. A refusal is in the access log before it is told.
    pub(super) fn ask(&self, operation: Operation, patient: Option<PatientId>) -> Result<Grant, LedgerError> {
        match decide(&self.actor, operation, patient, self.now()) {
            Ok(grant) => Ok(grant),
            Err(refused) => {
                self.log(&Access::denied(&self.actor, refused, patient, self.now()))?;
                Err(LedgerError::Refused(refused))
            }
        }
    }

    /// Whether the table allows something to whoever sits here: a patient is only named when it is done. A refusal is in the
    /// access log.
    ///
    /// # Errors
    /// When it is not allowed.
    pub fn may(&self, operation: Operation) -> Result<(), LedgerError> {
        let patient = (rule(operation).chart != Chart::Clinic).then(|| PatientId::new([0; 16]));
        match decide(&self.actor, operation, patient, self.now()) {
            // the reason is written with what is done, as the patient is named with it
            Ok(_) | Err(Refused { missing: Missing::Reason, .. }) => Ok(()),
            Err(refused) => {
                self.log(&Access::denied(&self.actor, refused, None, self.now()))?;
                Err(LedgerError::Refused(refused))
            }
        }
    }

    /// Asks the table for several operations, all of which are needed.
    pub(super) fn ask_all(
        &self,
        operations: impl IntoIterator<Item = Operation>,
        patient: PatientId,
    ) -> Result<Vec<Grant>, LedgerError> {
        let mut grants: Vec<Grant> = Vec::new();
        for operation in operations {
            if grants.iter().all(|grant| grant.operation() != operation) {
                grants.push(self.ask(operation, Some(patient))?);
            }
        }
        Ok(grants)
    }

    /// Writes a line into the access log. What cannot be logged is not done.
    pub(super) fn log(&self, access: &Access) -> Result<(), LedgerError> {
        let draft = self.clinic.access(access)?;
        self.clinic.store.commit(Batch { access: vec![draft], ..Batch::default() })?;
        Ok(())
    }

    /// The table allows it, and the access log says so, before anything is read.
    pub(super) fn read(&self, operation: Operation, patient: Option<PatientId>) -> Result<Grant, LedgerError> {
        let grant = self.ask(operation, patient)?;
        self.log(&Access::allowed(&grant))?;
        Ok(grant)
    }

    /// The lines of the access log that go out with what they allowed.
    pub(super) fn lines(&self, grants: &[Grant]) -> Result<Vec<AccessDraft>, LedgerError> {
        grants.iter().map(|grant| self.clinic.access(&Access::allowed(grant))).collect()
    }

    /// Notes that what was allowed could not be done, with the kind of trouble, and gives the error back.
    pub(super) fn fail<T>(&self, grants: &[Grant], error: LedgerError) -> Result<T, LedgerError> {
        self.note_failure(grants, error.note())?;
        Err(error)
    }

    fn note_failure(&self, grants: &[Grant], note: Note) -> Result<(), LedgerError> {
        let failed = |grant| Access { outcome: Outcome::Failed, ..Access::allowed(grant) }.with_note(note);
        grants.iter().map(failed).try_for_each(|access| self.log(&access))
    }

    /// Notes that what the table allowed was not done, for whoever finds that out before anything is to be written.
    ///
    /// # Errors
    /// When it is not allowed, or cannot be noted.
    pub fn was_not_done(&self, operation: Operation, patient: PatientId, note: Note) -> Result<(), LedgerError> {
        let grant = self.ask(operation, Some(patient))?;
        self.note_failure(&[grant], note)
    }
}

/// What writing an entry of a kind is, in the table.
#[must_use]
pub const fn operation_of(kind: Kind) -> Operation {
    match kind {
        Kind::Registered => Operation::RegisterPatient,
        Kind::Intake => Operation::AnswerIntake,
        Kind::Examined => Operation::ExamineScars,
        Kind::Screened => Operation::Screen,
        Kind::PlanAdopted => Operation::AdoptPlan,
        Kind::Consented => Operation::RecordConsent,
        Kind::ConsentWithdrawn => Operation::WithdrawConsent,
        Kind::SessionGated => Operation::GateSession,
        Kind::SessionDelivered => Operation::DeliverSession,
        Kind::AdverseEvent | Kind::AdverseEventFollowed => Operation::RecordAdverseEvent,
        Kind::PictureTaken | Kind::ScanTaken => Operation::TakePicture,
        Kind::Measured => Operation::Measure,
        Kind::Reviewed => Operation::Review,
        Kind::Message => Operation::WriteMessage,
        Kind::Amended => Operation::AmendEntry,
    }
}

impl LedgerError {
    /// The kind of trouble, as the access log keeps it: nothing of what was to be written.
    fn note(&self) -> Note {
        match self {
            Self::Passkey(refused) => (*refused).into(),
            Self::DoesNotFit(_) => Note::DoesNotFit,
            Self::NoConsent => Note::NotConsented,
            Self::OtherOperator => Note::AnotherOperator,
            Self::NoSuchChart => Note::NoSuchChart,
            Self::NoSuchEntry => Note::NoSuchEntry,
            Self::NumberTaken => Note::NumberTaken,
            Self::Moved { .. } => Note::WrittenMeanwhile,
            Self::IdReused => Note::IdReused,
            Self::Mixed(_) => Note::Mixed,
            Self::Broken(_) => Note::ChartDamaged,
            Self::Body(_) | Self::NotUnderstood { .. } | Self::Book(_) | Self::EmptyLedger => Note::NotReadable,
            Self::Seal(SealError::CutShort { .. } | SealError::ChangedOrMoved) => Note::NotReadable,
            Self::Seal(_) => Note::SecretWrong,
            Self::Picture(_) => Note::PictureRefused,
            Self::NoSuchUser => Note::NoSuchUser,
            Self::UserExists => Note::NameTaken,
            Self::LastLead => Note::LastLead,
            Self::Password(_) => Note::PasswordRefused,
            Self::NotConfirmed => Note::NotConfirmed,
            Self::Link(_) => Note::LinkNotMade,
            Self::KeyIsChanging => Note::KeyIsChanging,
            Self::File { .. } | Self::Store(_) | Self::Way(_) => Note::NotWritten,
            _ => Note::OtherFailure,
        }
    }

    /// The refusal, where it is one.
    #[must_use]
    pub const fn refused(&self) -> Option<&Refused> {
        match self {
            Self::Refused(refused) => Some(refused),
            _ => None,
        }
    }
}
