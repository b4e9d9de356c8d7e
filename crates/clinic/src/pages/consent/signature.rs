//! A signature drawn by hand: the path of an SVG picture, kept at the end of what was discussed.

use maud::{Markup, html};
use resurface_words::Words;

/// Whether a text is a path of an SVG picture and nothing else.
pub(super) fn is_a_path(text: &str) -> bool {
    text.starts_with('M') && text.bytes().all(|sign| matches!(sign, b'M' | b'L' | b' ' | b'-' | b'.' | b'0'..=b'9'))
}

/// A text that ends with a signature: the text before it, and the signature drawn.
pub(in crate::pages) fn with_signature(words: &Words, text: &str) -> Option<Markup> {
    let (before, path) = text.rsplit_once(": ").filter(|(_, path)| is_a_path(path))?;
    Some(html! {
        span.text { (before) }
        svg.signature viewBox="0 0 600 180" role="img" aria-label=(words.text("consent-drawn")) { path d=(path) {} }
    })
}

#[cfg(test)]
mod tests {
    use resurface_words::{Language, Words};

    use super::{is_a_path, with_signature};

    #[test]
    fn a_signature_is_a_path_and_nothing_else() {
        assert!(is_a_path("M12 30L14 33L20.5 31"));
        for other in ["", "<script>", "M1 2\"/><x", "12 30", "Z"] {
            assert!(!is_a_path(other), "{other}");
        }
    }

    #[test]
    fn a_signature_is_drawn_where_it_is_read() {
        let words = Words::of(Language::English);
        let drawn = with_signature(words, "It was discussed.\nSigned by hand: M1 2L3 4").unwrap().into_string();
        assert!(drawn.contains("It was discussed.") && drawn.contains("d=\"M1 2L3 4\""));
        assert!(with_signature(words, "Signed by typing: Max").is_none());
    }
}
