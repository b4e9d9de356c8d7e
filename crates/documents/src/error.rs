//! Why a document could not be made.

/// Why a document could not be made. No error repeats what is said of a patient.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A font of the program cannot be read.
    #[error("the font {0} that is built in cannot be read: the program is damaged, install it again")]
    Font(&'static str),
    /// A picture is not a JPEG that can be read.
    #[error("picture {at} cannot be read as JPEG: take it in again, or leave it out of the document")]
    Picture {
        /// Which, counted from 1.
        at: usize,
    },
    /// An entry cannot be written out.
    #[error("entry {seq} cannot be written out: {source}")]
    Entry {
        /// Its place in the chart.
        seq: u64,
        /// Why.
        source: serde_json::Error,
    },
    /// The finished pages break a rule of accessible PDF.
    #[error("the pages cannot be written as accessible PDF: {0}")]
    Pages(String),
}
