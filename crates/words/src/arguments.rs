//! What is put into a sentence.

use fluent_bundle::FluentValue;

/// What is put into a sentence: a text, or a count that decides between one and many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A text, as it is.
    Text(String),
    /// A count.
    Count(u64),
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Argument {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<usize> for Argument {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

impl From<u32> for Argument {
    fn from(count: u32) -> Self {
        Self::Count(u64::from(count))
    }
}

impl<'a> From<Argument> for FluentValue<'a> {
    fn from(argument: Argument) -> Self {
        match argument {
            Argument::Text(text) => Self::from(text),
            Argument::Count(count) => Self::from(count),
        }
    }
}
