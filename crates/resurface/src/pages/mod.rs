//! What each answer looks like on a page: which words stand where. No decision is made here.

pub(crate) mod access_log;
pub(crate) mod added;
pub(crate) mod chart;
pub(crate) mod check;
pub(crate) mod clinic;
pub(crate) mod demo;
pub(crate) mod entries;
pub(crate) mod evidence;
pub(crate) mod explanation;
#[cfg(feature = "fit")]
pub(crate) mod fit;
pub(crate) mod forecast;
pub(crate) mod forest;
pub(crate) mod gate;
pub(crate) mod grading;
pub(crate) mod guide;
#[cfg(feature = "measure")]
pub(crate) mod height_map;
pub(crate) mod impact;
pub(crate) mod inventory;
pub(crate) mod keys;
pub(crate) mod links;
mod others;
mod outlook;
pub(crate) mod pathway;
#[cfg(feature = "measure")]
pub(crate) mod photograph;
pub(crate) mod plan;
mod proposal;
#[cfg(feature = "measure")]
pub(crate) mod repeatability;
pub(crate) mod replay;
#[cfg(feature = "measure")]
pub(crate) mod report;
mod review;
#[cfg(feature = "measure")]
pub(crate) mod scan;
pub(crate) mod screening;
#[cfg(feature = "measure")]
pub(crate) mod surface;
pub(crate) mod timeline;
pub(crate) mod users;
pub(crate) mod verify;
pub(crate) mod ways;
pub(crate) mod words;
pub(crate) mod worklist;

/// Whether everything is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// What is needed at a glance.
    Glance,
    /// Everything, line by line.
    Full,
}
