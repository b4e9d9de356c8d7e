//! Colours of the pages. Meaning never rests on them alone.

use resurface_figure::Colour;

pub(crate) const INK: Colour = Colour::of(0x001b_2733);
pub(crate) const QUIET: Colour = Colour::of(0x0055_606b);
pub(crate) const ACCENT: Colour = Colour::of(0x0012_4a5c);
pub(crate) const RULE: Colour = Colour::of(0x00c9_d1d8);
pub(crate) const PANEL: Colour = Colour::of(0x00ee_f4f6);
pub(crate) const WATERMARK: Colour = Colour::of(0x00ee_f0f2);
