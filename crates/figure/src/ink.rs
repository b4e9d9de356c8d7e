//! Shades and letters that the figures share.

use crate::drawing::{Anchor, Colour, Stroke, Type, Weight};

pub(crate) const INK: Colour = Colour::of(0x001b_2733);
pub(crate) const QUIET: Colour = Colour::of(0x005b_6773);
pub(crate) const GRID: Colour = Colour::of(0x00dd_e2e7);
pub(crate) const DARK_SHADE: Colour = Colour::of(0x0093_a6b8);
pub(crate) const MIDDLE_SHADE: Colour = Colour::of(0x00c3_ced8);
pub(crate) const LIGHT_SHADE: Colour = Colour::of(0x00e4_e9ee);

/// The goal, in every figure that has one.
pub(crate) const GOAL: Stroke = Stroke { colour: INK, width: 1.6, dash: &[7.0, 4.0] };

pub(crate) const PLAIN: Type = Type { size: 13.0, anchor: Anchor::Start, weight: Weight::Normal, colour: INK };
pub(crate) const BOLD: Type = Type { weight: Weight::Bold, ..PLAIN };
pub(crate) const QUIETLY: Type = Type { size: 12.5, colour: QUIET, ..PLAIN };
pub(crate) const HEADING: Type = Type { size: 19.0, ..BOLD };
pub(crate) const UNDER_HEADING: Type = Type { size: 13.5, ..QUIETLY };
pub(crate) const SMALL_PRINT: Type = Type { size: 11.5, ..QUIETLY };
