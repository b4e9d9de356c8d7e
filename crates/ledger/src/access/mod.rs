//! Who may do what: roles, operations, one table, and a decision that leaves a proof and a trace.
//!
//! Whatever reads or changes a chart takes a [`Grant`], and only [`decide`] makes one. So nothing can be done that the
//! table was not asked about:
//!
//! ```compile_fail
//! use resurface_ledger::access::{ActorId, Grant, Operation};
//! let (operation, actor, decided_at) = (Operation::OpenChart, ActorId::Console, jiff::Timestamp::UNIX_EPOCH);
//! let forged = Grant { operation, actor, patient: None, decided_at, break_glass: None };
//! ```

mod actor;
mod decision;
mod emergency;
mod log;
mod note;
mod operation;
mod role;
mod rules;

pub use actor::{Actor, ActorId, NotSignedIn};
pub use decision::{Grant, Missing, Refused, WrongGrant, decide};
pub use emergency::{Emergency, EmergencyReason, ReasonError};
pub use log::{Access, Outcome};
pub use note::Note;
pub use operation::Operation;
pub use role::Role;
pub use rules::{Chart, Console, Needs, Rule, rule};
