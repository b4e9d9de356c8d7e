//! The two fonts that are built in, and how wide their letters are.

use std::collections::BTreeMap;
use std::ops::Range;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use resurface_figure::Weight;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

use crate::error::DocumentError;

const REGULAR: &[u8] = include_bytes!("../fonts/Inter-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/Inter-Bold.ttf");

/// What is printed for a sign that the fonts do not have. The writer of pages keeps the sign itself beside it, as each glyph
/// names the part of the text that it stands for.
const EMPTY_BOX: char = '\u{25a1}';

/// Both fonts.
pub(crate) struct Fonts {
    regular: Face,
    bold: Face,
}

/// One font: its letters with their widths in parts of its size.
pub(crate) struct Face {
    font: Font,
    letters: BTreeMap<char, (GlyphId, f32)>,
}

impl Fonts {
    pub(crate) fn built_in() -> Result<Self, DocumentError> {
        let regular = Face::read(REGULAR).ok_or(DocumentError::Font("Inter-Regular"))?;
        let bold = Face::read(BOLD).ok_or(DocumentError::Font("Inter-Bold"))?;
        Ok(Self { regular, bold })
    }

    pub(crate) const fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Normal => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

impl Face {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let read = FontRef::new(bytes).ok()?;
        let units_per_em = f32::from(read.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        let widths = read.glyph_metrics(Size::unscaled(), LocationRef::default());
        let letters = read.charmap().mappings().filter_map(|(code, glyph)| {
            let width = widths.advance_width(glyph)? / units_per_em;
            Some((char::from_u32(code)?, (GlyphId::new(glyph.to_u32()), width)))
        });
        let letters: BTreeMap<_, _> = letters.collect();
        letters.contains_key(&EMPTY_BOX).then_some(())?;
        Some(Self { font: Font::new(bytes.into(), 0)?, letters })
    }

    /// The font as the writer of pages takes it.
    pub(crate) fn font(&self) -> Font {
        self.font.clone()
    }

    /// Whether every sign of a text can be printed.
    #[cfg(test)]
    pub(crate) fn has_all(&self, text: &str) -> bool {
        text.chars().all(|sign| self.letters.contains_key(&sign))
    }

    /// How wide a text is at a size.
    pub(crate) fn width(&self, text: &str, size: f32) -> f32 {
        size * text.chars().map(|sign| self.letter(sign).1).sum::<f32>()
    }

    /// A text as glyphs, each with the part of the text that it stands for.
    pub(crate) fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        text.char_indices()
            .map(|(at, sign)| {
                let (glyph, width) = self.letter(sign);
                let stands_for: Range<usize> = at..at + sign.len_utf8();
                KrillaGlyph::new(glyph, width, 0.0, 0.0, 0.0, stands_for, None)
            })
            .collect()
    }

    fn letter(&self, sign: char) -> (GlyphId, f32) {
        // Reading a font asks for the box, so that there is one.
        let found = self.letters.get(&sign).or_else(|| self.letters.get(&EMPTY_BOX));
        found.copied().unwrap_or((GlyphId::new(0), 0.5))
    }
}

#[cfg(test)]
mod tests {
    use resurface_figure::Weight;

    use super::Fonts;

    #[test]
    fn both_fonts_have_what_the_documents_say() {
        let fonts = Fonts::built_in().unwrap();
        for weight in [Weight::Normal, Weight::Bold] {
            assert!(fonts.face(weight).has_all("ÄÖÜäöüß „Wort“ “word” ≥ ≤ − ° µ × ² ½ → – — … • □ ✓ é ł Ω Ж \u{a0}%"));
        }
        assert!(!fonts.face(Weight::Normal).has_all("字"));
    }

    #[test]
    fn bold_is_wider_and_a_text_is_as_wide_as_its_parts() {
        let fonts = Fonts::built_in().unwrap();
        let (regular, bold) = (fonts.face(Weight::Normal), fonts.face(Weight::Bold));
        assert!(bold.width("Behandlungsplan", 10.0) > regular.width("Behandlungsplan", 10.0));
        let parts = regular.width("Behand", 10.0) + regular.width("lungsplan", 10.0);
        assert!((regular.width("Behandlungsplan", 10.0) - parts).abs() < 1e-3);
        assert!(regular.width("字", 10.0) > 0.0);
    }
}
