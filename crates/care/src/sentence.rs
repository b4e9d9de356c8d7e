//! A sentence that the program makes: which one it is, what is put into it, and how it reads in English.
//!
//! Whoever shows it in another language looks the key up among their own words and puts the parts in; on the command line
//! and in JSON it is its English.

use std::fmt;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

/// A sentence that the program makes.
#[derive(Clone, Debug)]
pub struct Sentence {
    key: &'static str,
    parts: Vec<(&'static str, Part)>,
    english: String,
}

/// What is put into a sentence.
#[derive(Clone, Debug)]
pub enum Part {
    /// A text as it stands: a name, an id, somebody's own words.
    Text(String),
    /// A text of the knowledge, in English.
    Known(String),
    /// A count that decides between one and many.
    Count(u64),
    /// A number with so many decimals.
    Number(f64, usize),
    /// A share of one, as a whole percentage.
    Percent(f64),
    /// A chance, 0 to 1.
    Chance(f64),
    /// A depth, in micrometres.
    Depth(u32),
    /// A day.
    Day(Date),
    /// Sentences one after the other.
    Several(Vec<Sentence>),
}

impl Sentence {
    /// The sentence with this key, as it reads in English.
    pub(crate) fn new(key: &'static str, english: impl Into<String>) -> Self {
        Self { key, parts: Vec::new(), english: english.into() }
    }

    /// A text of the knowledge as a sentence.
    pub(crate) fn known(text: &str) -> Self {
        Self::new("said-as-it-stands", text).with("text", Part::Known(text.to_owned()))
    }

    /// A text as it stands, as a sentence.
    pub(crate) fn as_it_stands(text: &str) -> Self {
        Self::new("said-as-it-stands", text).text("text", text)
    }

    pub(crate) fn with(mut self, name: &'static str, part: Part) -> Self {
        self.parts.push((name, part));
        self
    }

    pub(crate) fn text(self, name: &'static str, text: impl Into<String>) -> Self {
        self.with(name, Part::Text(text.into()))
    }

    pub(crate) fn count(self, name: &'static str, count: impl TryInto<u64>) -> Self {
        self.with(name, Part::Count(count.try_into().unwrap_or_default()))
    }

    pub(crate) fn depth(self, name: &'static str, um: u32) -> Self {
        self.with(name, Part::Depth(um))
    }

    pub(crate) fn day(self, name: &'static str, day: Date) -> Self {
        self.with(name, Part::Day(day))
    }

    pub(crate) fn chance(self, name: &'static str, chance: f64) -> Self {
        self.with(name, Part::Chance(chance))
    }

    pub(crate) fn percent(self, name: &'static str, share: f64) -> Self {
        self.with(name, Part::Percent(share))
    }

    pub(crate) fn number(self, name: &'static str, number: f64, decimals: usize) -> Self {
        self.with(name, Part::Number(number, decimals))
    }

    /// Sentences one after the other, joined in English by these words.
    pub(crate) fn several(sentences: Vec<Self>, between: &'static str) -> Self {
        let english = sentences.iter().map(Self::english).collect::<Vec<_>>().join(between);
        let key = if between == " and " { "said-all-of" } else { "said-as-it-stands" };
        Self::new(key, english).with("text", Part::Several(sentences))
    }

    /// The key under which words have it.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        self.key
    }

    /// What is put into it, each under its name.
    #[must_use]
    pub fn parts(&self) -> &[(&'static str, Part)] {
        &self.parts
    }

    /// How it reads in English.
    #[must_use]
    pub fn english(&self) -> &str {
        &self.english
    }
}

/// Two sentences are the same when they read the same.
impl PartialEq for Sentence {
    fn eq(&self, other: &Self) -> bool {
        self.english == other.english
    }
}

impl Eq for Sentence {}

impl fmt::Display for Sentence {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.english)
    }
}

impl Serialize for Sentence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.english)
    }
}
