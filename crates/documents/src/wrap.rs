//! A text broken into lines of a width.

use crate::fonts::Fonts;
use crate::text::{Piece, Text};

/// A line: segments from left to right.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub(crate) segments: Vec<Segment>,
    pub(crate) width: f32,
}

/// Words of one piece on one line.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    /// How far from the beginning of the line.
    pub(crate) x: f32,
    pub(crate) piece: Piece,
    pub(crate) width: f32,
}

/// Breaks a text at spaces, and inside a word only where the word alone is wider than the line.
pub(crate) fn wrap(text: &Text, size: f32, width: f32, fonts: &Fonts) -> Vec<Line> {
    let mut lines = vec![Line::default()];
    for piece in &text.0 {
        let face = fonts.face(piece.weight);
        for (at, paragraph) in piece.words.split('\n').enumerate() {
            if at > 0 {
                lines.push(Line::default());
            }
            for word in paragraph.split_inclusive(' ') {
                let word: String = word.chars().filter(|sign| *sign != '\u{ad}').map(printable).collect();
                let needs = face.width(word.trim_end_matches(' '), size);
                if needs > width {
                    broken(&mut lines, piece, &word, size, width, fonts);
                    continue;
                }
                let full = lines.last().is_some_and(|line| !line.segments.is_empty() && line.width + needs > width + 0.01);
                if full {
                    lines.push(Line::default());
                }
                append(&mut lines, piece, &word, face.width(&word, size));
            }
        }
    }
    lines
}

/// A word that is wider than a line, sign by sign.
fn broken(lines: &mut Vec<Line>, piece: &Piece, word: &str, size: f32, width: f32, fonts: &Fonts) {
    let face = fonts.face(piece.weight);
    for sign in word.chars() {
        let sign = sign.to_string();
        let needs = face.width(&sign, size);
        if lines.last().is_some_and(|line| line.width + needs > width) {
            lines.push(Line::default());
        }
        append(lines, piece, &sign, needs);
    }
}

fn append(lines: &mut [Line], piece: &Piece, words: &str, width: f32) {
    let Some(line) = lines.last_mut() else { return };
    match line.segments.last_mut() {
        Some(last)
            if (Piece { words: String::new(), ..last.piece.clone() }) == (Piece { words: String::new(), ..piece.clone() }) =>
        {
            last.piece.words.push_str(words);
            last.width += width;
        }
        _ => {
            let piece = Piece { words: words.to_owned(), ..piece.clone() };
            line.segments.push(Segment { x: line.width, piece, width });
        }
    }
    line.width += width;
}

/// Signs that steer a terminal or a layout are no part of a text.
fn printable(sign: char) -> char {
    if sign.is_control() || matches!(sign, '\u{feff}' | '\u{fffe}' | '\u{ffff}') { ' ' } else { sign }
}

#[cfg(test)]
mod tests {
    use super::wrap;
    use crate::fonts::Fonts;
    use crate::text::Text;

    fn lines(text: &Text, width: f32) -> Vec<String> {
        let fonts = Fonts::built_in().unwrap();
        let lines = wrap(text, 10.0, width, &fonts);
        lines.iter().map(|line| line.segments.iter().map(|segment| segment.piece.words.as_str()).collect()).collect()
    }

    #[test]
    fn no_line_is_wider_than_asked_and_no_word_is_lost() {
        let fonts = Fonts::built_in().unwrap();
        // given a text in two weights with a word that is wider than a line
        let text =
            Text::plain("needling of the cheeks ").then(Text::strong("Donaudampfschifffahrtsgesellschaftskapitän comes next"));
        // when it is broken into lines of 60 points
        let broken = wrap(&text, 10.0, 60.0, &fonts);
        // then every line fits, and together they say the same
        for line in &broken {
            let last = line.segments.last().unwrap();
            assert!(last.x + fonts.face(last.piece.weight).width(last.piece.words.trim_end(), 10.0) <= 60.02);
        }
        assert_eq!(lines(&text, 60.0).concat(), text.words());
    }

    #[test]
    fn a_new_line_in_a_text_is_kept_and_a_steering_sign_is_not() {
        assert_eq!(lines(&Text::plain("one\ntwo\u{7}three"), 400.0), ["one", "two three"]);
    }
}
