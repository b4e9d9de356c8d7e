//! The keys of a legend.

use crate::drawing::{Drawing, Place, Type};
use crate::ink::PLAIN;

const SIGN: f64 = 34.0;
const GAP: f64 = 16.0;
/// Wide enough for a letter of the widest of the fonts that may be used.
const LETTER: f64 = 7.6;
const KEY: Type = Type { size: 12.5, ..PLAIN };

/// Keys of a legend, set one after the other on a line.
pub(crate) struct Keys<'a> {
    drawing: &'a mut Drawing,
    at: Place,
}

impl<'a> Keys<'a> {
    /// A line of keys that begins at a place.
    pub(crate) const fn new(drawing: &'a mut Drawing, at: Place) -> Self {
        Self { drawing, at }
    }

    /// Adds a key: its sign is drawn at the place it is told, up to 26 wide, and its text follows.
    pub(crate) fn add(&mut self, text: &str, sign: &dyn Fn(&mut Drawing, Place)) {
        sign(self.drawing, self.at);
        self.drawing.text((self.at.0 + SIGN, self.at.1 + 4.0), text, KEY);
        self.at.0 += SIGN + LETTER * text.chars().count() as f64 + GAP;
    }
}
