//! What a walk over a file finds before anything is decoded.

use std::ops::Range;

/// The outline of a picture file: its size, and the parts of it that make pixels and colour. Comments, XMP, text and films never
/// reach the decoder, so neither what they hold nor the memory they would cost can matter.
#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    pub(super) width_px: u32,
    pub(super) height_px: u32,
    /// The EXIF block, from its TIFF header on.
    pub(super) exif: Option<&'a [u8]>,
    parts: Vec<Range<usize>>,
}

impl Outline<'_> {
    /// Keeps a part of the file for the decoder. Parts come in order.
    pub(super) fn keep(&mut self, part: Range<usize>) {
        match self.parts.last_mut() {
            Some(last) if last.end == part.start => last.end = part.end,
            _ => self.parts.push(part),
        }
    }

    /// The file, cut down to the parts that were kept.
    pub(super) fn essence(&self, file: &[u8]) -> Vec<u8> {
        let parts = || self.parts.iter().filter_map(|part| file.get(part.clone()));
        let mut essence = Vec::with_capacity(parts().map(<[u8]>::len).sum());
        parts().for_each(|part| essence.extend_from_slice(part));
        essence
    }
}
