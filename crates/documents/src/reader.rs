//! Whoever reads: the words of their language, and the knowledge in it.

use std::ops::Deref;

use resurface_care::sentence::{Part, Sentence};
use resurface_knowledge::Knowledge;
use resurface_words::{Argument, Words};

/// Whoever reads: the words of their language, and the knowledge in it.
///
/// Decisions are made of the English knowledge, whoever reads: what they hold of it is said again here.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The words of pages and documents.
    pub words: &'a Words,
    /// The knowledge, with its texts in the same language.
    pub knowledge: &'a Knowledge,
}

impl Reader<'_> {
    /// A text of the knowledge, which is English in whatever was computed, in the language of the reader.
    #[must_use]
    pub fn says<'t>(&'t self, english: &'t str) -> &'t str {
        self.knowledge.says(english)
    }

    /// The word of a named value: it stands under the prefix and the name under which the value is kept.
    #[must_use]
    pub fn named(&self, prefix: &str, value: &impl serde::Serialize) -> String {
        match serde_json::to_value(value) {
            Ok(serde_json::Value::String(name)) => self.words.text(&format!("{prefix}-{name}")),
            _ => String::new(),
        }
    }

    /// A sentence that the program made, in the language of the reader.
    #[must_use]
    pub fn say(&self, sentence: &Sentence) -> String {
        let parts = sentence.parts().iter().map(|(name, part)| (*name, self.part(part)));
        self.words.with_all(sentence.key(), parts)
    }

    fn part(&self, part: &Part) -> Argument {
        let words = self.words;
        match part {
            Part::Text(text) => text.into(),
            Part::Known(english) => self.says(english).into(),
            Part::Count(count) => Argument::Count(*count),
            Part::Number(number, decimals) => words.number(*number, *decimals).into(),
            Part::Percent(share) => words.percent(*share).into(),
            Part::Chance(chance) => words.chance(*chance).into(),
            Part::Depth(um) => format!("{}\u{a0}mm", words.number(f64::from(*um) / 1000.0, 2)).into(),
            Part::Day(day) => words.date(*day).into(),
            Part::Several(sentences) => sentences.iter().map(|sentence| self.say(sentence)).collect::<Vec<_>>().join("; ").into(),
        }
    }
}

impl Deref for Reader<'_> {
    type Target = Words;

    fn deref(&self) -> &Words {
        self.words
    }
}
