//! The chart: what was recorded about one patient, entry by entry, and what follows from it.
//!
//! A chart is an append-only list of entries ([`Body`]); what is known of the patient is a fold over them ([`Chart`]).
//! Nothing in it is ever changed: a mistake is [amended](Amended) by a later entry. The fold gives the same
//! [`Consultation`](crate::consultation::Consultation) that a file would hold, so that screening, plan, gate and review are
//! asked with the rules of the other modules and with no second copy of them.
//!
//! | an entry holds | kinds |
//! |---|---|
//! | who it is about | registered |
//! | what was answered, seen, consented to, done | intake, examined, consented, consent withdrawn, session delivered, adverse event, adverse event followed up, picture taken, measured, message |
//! | what was decided, and on which version | screened, plan adopted, session gated, reviewed |
//! | a correction | amended |

mod amend;
mod answer;
mod body;
mod course;
mod decide;
mod digest;
mod fold;
mod milestones;
mod next_step;
mod outcomes;
mod picture;
mod record;
mod replay;
mod scan;
mod signature;
#[cfg(test)]
mod stories;
mod version;
mod why;

pub use amend::{Loose, LooseEnd, standing};
pub use answer::{Basis, GateAnswer, PlanAnswer, ReviewAnswer, ScreeningAnswer, Setting};
pub use body::{
    Adoption, AdverseEventFollowed, AdverseEventNoticed, Amended, Body, ChangeShown, ChangeVerdict, ConsentWithdrawn, Consented,
    Decided, EntryId, Examined, Intake, Measured, Message, Penned, PlanAdopted, Purpose, Registered, ReportedBy, Reviewed,
    Screened, SessionDelivered, SessionGated, Severity,
};
pub use course::{Course, Expected, ReviewAfter};
pub use decide::{Bench, DecideError, Wish};
pub use digest::{Digest, DigestError};
pub use fold::{Chart, EventState, NotYet, Recorded, SinceReview};
pub use milestones::{Agenda, Milestones, PlanStanding};
pub use next_step::{NextStep, Step};
pub use outcomes::{ClinicOutcomes, Grouping, Tally};
pub use picture::{CaptureFacts, MediaType, PictureTaken, View};
pub use record::{RecordError, record};
pub use replay::{Difference, Replayed, replay};
pub use scan::{ScanFormat, ScanInstrument, ScanTaken, ScanUnit};
pub use signature::{Drawn, NotDrawn, Signature};
pub use version::{BodyError, Kind};
pub use why::{AfterStop, AtTheGate, NoCourse, TooOld, Why};
