//! Forms: what was typed, the tree it amounts to, what is wrong with it, and the fields that show all three.
//!
//! A field is named by the path that it has in a consultation or an entry file (`goal.improvement_percent`), so that a form
//! is read and checked by the same shapes as a file, and a fault finds its field. A mark behind the name says how the value
//! is meant: see [`Typed::json`].

mod faults;
mod fields;
pub(crate) mod part;
pub(crate) mod read;
mod typed;

pub(crate) use faults::Faults;
pub(crate) use fields::{Choice, Form, Number};
pub(crate) use typed::Typed;
