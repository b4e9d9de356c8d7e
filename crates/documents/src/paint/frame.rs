//! What stands around every page: whose it is, what it was made with, which page it is.

use krilla::geom::Transform;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag};
use resurface_care::chart::Registered;
use resurface_figure::{Colour, Weight};
use resurface_words::Words;

use super::marks::{line, stroke, text};
use crate::flow::{LEFT, PAGE, RIGHT};
use crate::fonts::Fonts;
use crate::ink::{ACCENT, INK, QUIET, RULE, WATERMARK};
use crate::letterhead::Letterhead;

const HEAD_AT: f32 = 46.0;
const FOOT_AT: f32 = PAGE.1 - 34.0;

/// What stands around every page.
pub(crate) struct Frame {
    clinic: String,
    patient: String,
    document: String,
    versions: String,
    printed: String,
    demonstration: Option<(String, String)>,
}

impl Frame {
    /// Around a document about a patient.
    pub(crate) fn new(letterhead: &Letterhead, patient: &Registered, document: &str, words: &Words) -> Self {
        let whose = [("number", patient.number.as_str().into()), ("name", patient.name.as_str().into())];
        Self {
            clinic: letterhead.clinic.clone(),
            patient: words.with("document-patient", whose),
            document: document.to_owned(),
            versions: letterhead.versions(),
            printed: words.with("document-printed", [("moment", words.moment(letterhead.printed_on).into())]),
            demonstration: patient.synthetic.then(|| (words.text("document-watermark"), words.text("document-demonstration"))),
        }
    }

    pub(super) fn draw(&self, surface: &mut Surface<'_>, fonts: &Fonts, (page, pages): (usize, usize), words: &Words) {
        if let Some((watermark, _)) = &self.demonstration {
            across(surface, watermark, fonts);
        }
        self.head(surface, fonts);
        let number = words.with("document-page", [("page", page.into()), ("pages", pages.into())]);
        self.foot(surface, &number, fonts);
    }

    fn head(&self, surface: &mut Surface<'_>, fonts: &Fonts) {
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Header)));
        text(surface, (LEFT, HEAD_AT), (9.5, Weight::Bold, ACCENT), &self.clinic, fonts);
        text(surface, (LEFT, HEAD_AT + 12.0), (8.0, Weight::Normal, QUIET), &self.document, fonts);
        ending(surface, HEAD_AT, (9.0, Weight::Normal, INK), &self.patient, fonts);
        if let Some((_, line)) = &self.demonstration {
            ending(surface, HEAD_AT + 12.0, (8.0, Weight::Bold, ACCENT), line, fonts);
        }
        line(surface, &[(LEFT, HEAD_AT + 20.0), (RIGHT, HEAD_AT + 20.0)], stroke(RULE, 0.7, &[]));
        surface.end_tagged();
    }

    fn foot(&self, surface: &mut Surface<'_>, number: &str, fonts: &Fonts) {
        const SMALL: (f32, Weight, Colour) = (7.2, Weight::Normal, QUIET);
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
        line(surface, &[(LEFT, FOOT_AT - 13.0), (RIGHT, FOOT_AT - 13.0)], stroke(RULE, 0.7, &[]));
        text(surface, (LEFT, FOOT_AT), SMALL, &self.versions, fonts);
        text(surface, (LEFT, FOOT_AT + 10.0), SMALL, &self.printed, fonts);
        ending(surface, FOOT_AT, (8.5, Weight::Normal, INK), number, fonts);
        surface.end_tagged();
    }
}

/// A text that ends at the right edge.
fn ending(surface: &mut Surface<'_>, y: f32, kind: (f32, Weight, Colour), words: &str, fonts: &Fonts) {
    let width = fonts.face(kind.1).width(words, kind.0);
    text(surface, (RIGHT - width, y), kind, words, fonts);
}

/// A pale word across the page, behind everything else.
fn across(surface: &mut Surface<'_>, word: &str, fonts: &Fonts) {
    const SIZE: f32 = 72.0;
    let width = fonts.face(Weight::Bold).width(word, SIZE);
    let (sin, cos) = (-std::f32::consts::FRAC_PI_4).sin_cos();
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Watermark)));
    surface.push_transform(&Transform::from_row(cos, sin, -sin, cos, 0.5 * PAGE.0, 0.5 * PAGE.1));
    text(surface, (-0.5 * width, 0.35 * SIZE), (SIZE, Weight::Bold, WATERMARK), word, fonts);
    surface.pop();
    surface.end_tagged();
}
