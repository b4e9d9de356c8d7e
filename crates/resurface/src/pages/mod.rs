//! What each answer looks like on a page: which words stand where. No decision is made here.

pub(crate) mod check;
pub(crate) mod evidence;
pub(crate) mod explanation;
pub(crate) mod figure;
#[cfg(feature = "fit")]
pub(crate) mod fit;
pub(crate) mod forecast;
pub(crate) mod forest;
pub(crate) mod gate;
pub(crate) mod grading;
pub(crate) mod guide;
pub(crate) mod inventory;
mod others;
mod outlook;
pub(crate) mod plan;
mod proposal;
mod review;
pub(crate) mod screening;
mod words;

/// Whether everything is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// What is needed at a glance.
    Glance,
    /// Everything, line by line.
    Full,
}
