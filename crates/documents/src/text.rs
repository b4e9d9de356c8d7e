//! A text in pieces: each with its weight, its language and its colour.

use resurface_figure::{Colour, Weight};

use crate::ink::{INK, QUIET};

/// Which language a piece is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tongue {
    /// That of the document.
    Own,
    /// English, as the knowledge is written.
    English,
}

/// Whether a piece still counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It does.
    Counts,
    /// It was struck out: a line runs through it.
    StruckOut,
}

/// One piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) words: String,
    pub(crate) weight: Weight,
    pub(crate) tongue: Tongue,
    pub(crate) colour: Colour,
    pub(crate) standing: Standing,
}

/// A text in pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text(pub(crate) Vec<Piece>);

impl Text {
    /// Plain words of the document.
    pub(crate) fn plain(words: impl Into<String>) -> Self {
        let words = words.into();
        Self(vec![Piece { words, weight: Weight::Normal, tongue: Tongue::Own, colour: INK, standing: Standing::Counts }])
    }

    /// Words of the knowledge, in English.
    pub(crate) fn english(words: impl Into<String>) -> Self {
        Self::plain(words).each(|piece| piece.tongue = Tongue::English)
    }

    /// Bold words of the document.
    pub(crate) fn strong(words: impl Into<String>) -> Self {
        Self::plain(words).bold()
    }

    /// The same, bold.
    pub(crate) fn bold(self) -> Self {
        self.each(|piece| piece.weight = Weight::Bold)
    }

    /// The same, quieter.
    pub(crate) fn quiet(self) -> Self {
        self.each(|piece| piece.colour = QUIET)
    }

    /// The same, struck out.
    pub(crate) fn struck_out(self) -> Self {
        self.each(|piece| piece.standing = Standing::StruckOut)
    }

    /// This and then another.
    pub(crate) fn then(mut self, other: impl Into<Self>) -> Self {
        self.0.extend(other.into().0);
        self
    }

    /// The words alone.
    #[cfg(test)]
    pub(crate) fn words(&self) -> String {
        self.0.iter().map(|piece| piece.words.as_str()).collect()
    }

    fn each(mut self, change: impl Fn(&mut Piece)) -> Self {
        self.0.iter_mut().for_each(change);
        self
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Self::plain(words)
    }
}

impl From<String> for Text {
    fn from(words: String) -> Self {
        Self::plain(words)
    }
}
