//! A clinic from the command line: where it is, what opens it, and who acts in it.

mod access;
mod asking;
mod failing;
mod machine;
mod session;

pub(crate) use access::Access;
pub(crate) use asking::{Hidden, line};
pub(crate) use failing::BROKEN_FIRST;
pub(crate) use machine::Machine;
pub(crate) use session::Session;
