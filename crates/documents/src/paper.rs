//! A document being written: its pages, its words, and whose it is.

use resurface_care::chart::Registered;
use resurface_words::Words;

use crate::error::DocumentError;
use crate::flow::Flow;
use crate::fonts::Fonts;
use crate::letterhead::Letterhead;
use crate::paint::{self, Frame};
use crate::phrases;
use crate::text::Text;

/// A document being written.
pub(crate) struct Paper<'a> {
    pub(crate) flow: Flow,
    pub(crate) words: &'a Words,
    letterhead: &'a Letterhead,
    patient: &'a Registered,
    title: String,
}

impl<'a> Paper<'a> {
    /// Begins the document whose title stands under a key; `about` stands under the title, after whom it is about.
    pub(crate) fn begin(
        letterhead: &'a Letterhead,
        patient: &'a Registered,
        title: &str,
        about: &str,
        words: &'a Words,
    ) -> Result<Self, DocumentError> {
        let title = words.text(title);
        let mut flow = Flow::new(Fonts::built_in()?);
        let whom = Text::strong(patient.name.as_str()).then(format!(", {}", phrases::born(patient, words)));
        let whom = if about.is_empty() { whom } else { whom.then(format!(" · {about}")) };
        flow.title(&title, &whom);
        Ok(Self { flow, words, letterhead, patient, title })
    }

    /// The chapter whose heading stands under a key.
    pub(crate) fn chapter(&mut self, key: &str) {
        let words = self.words.text(key);
        self.flow.chapter(&words);
    }

    /// The finished document.
    pub(crate) fn finish(self) -> Result<Vec<u8>, DocumentError> {
        let frame = Frame::new(self.letterhead, self.patient, &self.title, self.words);
        let title = format!("{}: {} {}", self.title, self.patient.number, self.patient.name);
        paint::pdf(&self.flow, &title, &frame, self.letterhead, self.words)
    }
}
