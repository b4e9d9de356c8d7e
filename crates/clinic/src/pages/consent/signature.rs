//! A signature drawn by hand, as it is shown.

use maud::{Markup, html};
use resurface_care::chart::Drawn;
use resurface_words::Words;

/// A text that is, or ends with, a drawn signature: the text before it, and the signature. Before signatures were kept on their
/// own, one stood at the end of what was discussed.
pub(in crate::pages) fn with_signature(words: &Words, text: &str) -> Option<Markup> {
    let (before, path) = text.rsplit_once(": ").unwrap_or(("", text));
    let drawn = Drawn::try_from(path.to_owned()).ok()?;
    let (width, height) = Drawn::SHEET;
    Some(html! {
        @if !before.is_empty() { span.text { (before) } }
        svg.signature viewBox={ "0 0 " (width) " " (height) } role="img" aria-label=(words.text("consent-drawn")) { path d=(drawn.path()) {} }
    })
}

#[cfg(test)]
mod tests {
    use resurface_words::{Language, Words};

    use super::with_signature;

    #[test]
    fn a_signature_is_drawn_where_it_is_read() {
        let words = Words::of(Language::English);
        let drawn = |text| with_signature(words, text).map(maud::PreEscaped::into_string);
        assert!(drawn("M1 2L3 4").is_some_and(|svg| svg.contains("d=\"M1 2L3 4\"")));
        let old = drawn("It was discussed.\nSigned by hand: M1 2L3 4").unwrap();
        assert!(old.contains("It was discussed.") && old.contains("d=\"M1 2L3 4\""));
        assert_eq!(drawn("Signed by typing: Max"), None);
    }
}
