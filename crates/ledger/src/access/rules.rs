//! The table: which roles may do what, and what else it takes.
//!
//! `crates/ledger/tests/access_table.txt` says the same as a grid to read; a test holds the two together.

use super::{Operation, Role};

/// What one operation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The roles that may; any one of them is enough.
    pub roles: &'static [Role],
    /// What the sign-in must be.
    pub needs: Needs,
    /// Whether it is about one patient, and which.
    pub chart: Chart,
    /// Whether it can also be done at the clinic's machine, by command.
    pub console: Console,
}

/// What the sign-in must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Live.
    SignIn,
    /// Live, with password and code given again just now: for whatever destroys, lets out or opens more than a day's work.
    StepUp,
    /// As `StepUp`, and a reason written down.
    StepUpAndReason,
}

/// Whether an operation is about one patient, and which. A clinic is one team: whoever has the role may, for every patient
/// of that clinic; there is no assignment of patients to practitioners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chart {
    /// The clinic; a patient may be named (to export one chart).
    Clinic,
    /// One patient, who must be named.
    One,
    /// One patient; it is also open to a user without the role while an emergency of theirs lasts.
    OneOrEmergency,
    /// The patient whom the link was handed to.
    OwnLink,
}

/// Whether an operation can be done at the clinic's machine, by command. Whoever is there has the files and the key, so
/// a sign-in would keep nobody out; it is logged all the same. Nothing is written into a chart from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Console {
    /// It can.
    May,
    /// It cannot.
    MayNot,
}

const CLINICAL: &[Role] = &[Role::Practitioner, Role::Prescriber];
const PRESCRIBER: &[Role] = &[Role::Prescriber];
const TEAM: &[Role] = &[Role::Practitioner, Role::Prescriber, Role::Assistant];
const STAFF: &[Role] = &[Role::Practitioner, Role::Prescriber, Role::Assistant, Role::Lead];
const WITHOUT_CHART: &[Role] = &[Role::Assistant, Role::Lead];
const LEAD: &[Role] = &[Role::Lead];
const PATIENT: &[Role] = &[Role::Patient];

/// The rule of an operation.
#[must_use]
pub const fn rule(operation: Operation) -> Rule {
    use Chart::{Clinic, One, OneOrEmergency, OwnLink};
    use Console::{May, MayNot};
    use Needs::{SignIn, StepUp, StepUpAndReason};
    let (roles, needs, chart, console) = match operation {
        Operation::OpenChart => (CLINICAL, SignIn, OneOrEmergency, MayNot),
        Operation::ReadWorklist => (TEAM, SignIn, Clinic, MayNot),
        // The lead finds a patient to break the glass for, or to export; what is found is name, birth date and id.
        Operation::SearchPatients => (STAFF, SignIn, Clinic, MayNot),
        Operation::RegisterPatient | Operation::AnswerIntake => (TEAM, SignIn, One, MayNot),
        Operation::ExamineScars | Operation::Screen | Operation::AdoptPlan => (CLINICAL, SignIn, One, MayNot),
        Operation::OverrideRelative => (PRESCRIBER, SignIn, One, MayNot),
        Operation::RecordConsent => (CLINICAL, SignIn, One, MayNot),
        // A patient who telephones reaches the assistant: what protects the patient is written down by whoever hears it.
        Operation::WithdrawConsent | Operation::RecordAdverseEvent => (TEAM, SignIn, One, MayNot),
        Operation::GateSession | Operation::DeliverSession => (CLINICAL, SignIn, One, MayNot),
        Operation::TakePicture => (TEAM, SignIn, One, MayNot),
        Operation::SeePicture => (TEAM, SignIn, OneOrEmergency, MayNot),
        Operation::Measure | Operation::Review | Operation::AmendEntry => (CLINICAL, SignIn, One, MayNot),
        Operation::WriteMessage | Operation::MakePatientLink => (TEAM, SignIn, One, MayNot),
        // Whoever learns that a link went astray closes it.
        Operation::RevokePatientLink => (STAFF, SignIn, One, MayNot),
        // For those who cannot open a chart otherwise.
        Operation::BreakGlass => (WITHOUT_CHART, StepUpAndReason, One, MayNot),
        Operation::RecallLot | Operation::ClinicOutcomes | Operation::ChangeSettings => (LEAD, SignIn, Clinic, MayNot),
        Operation::ChangeKnowledge => (LEAD, StepUp, Clinic, MayNot),
        Operation::ReadAccessLog | Operation::ListUsers => (LEAD, SignIn, Clinic, May),
        // From the machine as well: somebody has to add the first user.
        Operation::ManageUsers => (LEAD, StepUp, Clinic, May),
        Operation::Verify | Operation::Replay | Operation::Impact => (LEAD, SignIn, Clinic, May),
        Operation::Backup | Operation::Restore | Operation::RotateKey => (LEAD, StepUp, Clinic, May),
        Operation::Import => (LEAD, StepUp, Clinic, May),
        // Everything in plain text: never without somebody's name, password and code.
        Operation::Export => (LEAD, StepUp, Clinic, MayNot),
        // No patient is in it.
        Operation::ReadKnowledge | Operation::ManageOwnAccount => (STAFF, SignIn, Clinic, MayNot),
        // A passkey lets its holder in alone: whoever finds a browser that was left open must not add one.
        Operation::ManageOwnPasskeys => (STAFF, StepUp, Clinic, MayNot),
        Operation::OwnIntake | Operation::OwnPlan | Operation::OwnReport | Operation::OwnPicture => {
            (PATIENT, SignIn, OwnLink, MayNot)
        }
    };
    Rule { roles, needs, chart, console }
}
