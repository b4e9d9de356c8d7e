//! Pages of text for a terminal: wrapped to a width, readable without colour, with an ASCII fallback.
//!
//! Nothing here knows what a consultation is. Words go in, lines come out; meaning is never carried by colour alone.

mod intervals;
mod page;
mod table;
mod words;

pub(crate) use intervals::{Interval, IntervalPlot};
pub(crate) use page::{Page, Tone};
pub(crate) use table::{Align, Column, Table};
pub(crate) use words::columns;
use words::to_ascii;

/// The narrowest page that is laid out, in columns.
pub(crate) const WIDTH_MIN: usize = 60;
/// The widest page that is laid out, in columns: longer lines are hard to read.
pub(crate) const WIDTH_MAX: usize = 120;

/// How a page is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    /// Columns, [`WIDTH_MIN`] to [`WIDTH_MAX`].
    pub(crate) width: usize,
    /// Which characters may be used.
    pub(crate) charset: Charset,
    /// Whether emphasis may be coloured.
    pub(crate) paint: Paint,
}

/// Which characters a page may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Charset {
    /// Any.
    Unicode,
    /// The 95 printable characters of ASCII.
    Ascii,
}

/// Whether emphasis may be coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    /// Text only.
    Plain,
    /// ANSI escapes for headings and for the decision.
    Ansi,
}
