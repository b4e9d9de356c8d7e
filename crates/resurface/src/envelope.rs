//! The JSON around every answer: which schema, which program, which knowledge and which model it came from.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::ending::{Exit, Failure};

/// Versions behind an answer: with these and the input, it can be computed again.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Origin {
    /// Version of the program.
    pub(crate) program: &'static str,
    /// Hash of the knowledge.
    pub(crate) knowledge: String,
    /// Hash of the fitted population, where the answer used it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) model: Option<String>,
    /// Seed of the forecast, where the answer used one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) seed: Option<u64>,
    /// Hash of the text that was read, where one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) input_sha256: Option<String>,
}

impl Origin {
    /// An answer that rests on the knowledge alone.
    pub(crate) fn of_knowledge(version: &resurface_knowledge::Version) -> Self {
        Self {
            program: env!("CARGO_PKG_VERSION"),
            knowledge: version.full().to_owned(),
            model: None,
            seed: None,
            input_sha256: None,
        }
    }

    /// The same, for a text that was read.
    pub(crate) fn reading(mut self, text: &str) -> Self {
        self.input_sha256 = Some(sha256(text));
        self
    }
}

#[derive(Serialize)]
struct Envelope<'a, T> {
    schema: &'a str,
    #[serde(flatten)]
    origin: &'a Origin,
    #[serde(flatten)]
    body: &'a T,
}

/// The envelope as text: `schema`, the versions, then the fields of `body`.
pub(crate) fn write(schema: &str, origin: &Origin, body: &impl Serialize) -> Result<String, Failure> {
    text_of(&Envelope { schema, origin, body })
}

/// The envelope of an answer that rests on no knowledge: `schema`, then the fields of `body`.
pub(crate) fn write_plain(schema: &str, body: &impl Serialize) -> Result<String, Failure> {
    #[derive(Serialize)]
    struct Plain<'a, T> {
        schema: &'a str,
        #[serde(flatten)]
        body: &'a T,
    }
    text_of(&Plain { schema, body })
}

/// What a clinic answers: whether anybody is behind its charts stands in every answer.
#[derive(Serialize)]
pub(crate) struct OfClinic<'a, T> {
    /// Whether nobody is.
    pub(crate) demonstration: bool,
    /// The answer.
    #[serde(flatten)]
    pub(crate) answer: &'a T,
}

fn text_of(envelope: &impl Serialize) -> Result<String, Failure> {
    let mut text = serde_json::to_string_pretty(envelope)
        .map_err(|error| Failure::new(Exit::Failed, format!("the answer could not be written as JSON: {error}")))?;
    text.push('\n');
    Ok(text)
}

/// SHA-256 of a text or of bytes in hexadecimal.
pub(crate) fn sha256(content: impl AsRef<[u8]>) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}
