//! Pictures as they are handed in.

use jiff::civil::Date;
use krilla::image::Image;
use resurface_care::chart::View;
use resurface_words::Words;

use crate::error::DocumentError;
use crate::flow::Shown;
use crate::phrases;

/// A picture of the patient.
#[derive(Clone, Copy, Debug)]
pub struct Picture<'a> {
    /// Its bytes: a JPEG without camera data, as it is shown.
    pub jpeg: &'a [u8],
    /// Day it was taken.
    pub on: Date,
    /// Which view.
    pub view: View,
}

/// The same view before and after.
#[derive(Clone, Copy, Debug)]
pub struct PicturePair<'a> {
    /// Before treatment.
    pub before: Picture<'a>,
    /// After it.
    pub after: Picture<'a>,
}

/// Reads the bytes of a JPEG; `at` says which it is, counted from 1.
pub(crate) fn read(jpeg: &[u8], at: usize) -> Result<Image, DocumentError> {
    Image::from_jpeg(jpeg.to_vec().into(), true).map_err(|_| DocumentError::Picture { at })
}

impl Picture<'_> {
    /// The picture with its caption: which view, from when.
    pub(crate) fn shown(&self, at: usize, words: &Words) -> Result<Shown, DocumentError> {
        let parts = [("view", phrases::named("view", &self.view, words).into()), ("date", words.date(self.on).into())];
        let caption = words.with("document-picture", parts);
        Ok(Shown { image: read(self.jpeg, at)?, alt: caption.clone(), caption })
    }
}
