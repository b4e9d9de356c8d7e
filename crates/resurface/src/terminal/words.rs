use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Charset;

/// Holds a number and its percent sign together; becomes a plain space when the line is written.
pub(super) const JOINED: char = '\u{a0}';

/// Text fit for a page: no control characters (a file must not be able to steer the terminal), single spaces, ASCII where
/// only that may be used, and a number never parted from its percent sign.
pub(crate) fn clean(text: &str, charset: Charset) -> String {
    let spaced: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let words = spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let words = match charset {
        Charset::Unicode => words,
        Charset::Ascii => to_ascii(&words),
    };
    words.replace(" %", &format!("{JOINED}%"))
}

/// The same text in ASCII: the signs that clinical text uses are spelled out, other letters become `?`.
pub(crate) fn to_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() {
            out.push(letter);
            continue;
        }
        out.push_str(match letter {
            '≥' => ">=",
            '≤' => "<=",
            '<' => "<",
            '–' | '—' | '−' | '‑' | '‐' => "-",
            '→' => "->",
            '×' => "x",
            '±' => "+/-",
            '·' | '•' => "*",
            '…' => "...",
            '‘' | '’' | '′' => "'",
            '“' | '”' | '″' => "\"",
            '²' => "2",
            '³' => "3",
            '°' => " deg",
            'µ' | 'μ' => "u",
            '\u{a0}' | '\u{202f}' | '\u{2009}' => " ",
            '½' => "1/2",
            '¼' => "1/4",
            '¾' => "3/4",
            'α' => "alpha",
            'β' => "beta",
            'τ' => "tau",
            'σ' => "sigma",
            'à' | 'á' | 'â' | 'ã' | 'å' => "a",
            'ä' => "ae",
            'ç' => "c",
            'è' | 'é' | 'ê' | 'ë' => "e",
            'ì' | 'í' | 'î' | 'ï' => "i",
            'ñ' => "n",
            'ò' | 'ó' | 'ô' | 'õ' | 'ø' => "o",
            'ö' => "oe",
            'ù' | 'ú' | 'û' => "u",
            'ü' => "ue",
            'ß' => "ss",
            'É' | 'È' => "E",
            'Å' => "A",
            'Ö' => "Oe",
            'Ø' => "O",
            'Ü' => "Ue",
            'Ä' => "Ae",
            'ğ' => "g",
            'ı' => "i",
            'ş' | 'š' => "s",
            'č' | 'ć' => "c",
            'ž' => "z",
            'ł' => "l",
            '§' => "section ",
            '®' => "(R)",
            '™' => "(TM)",
            '©' => "(c)",
            '≈' => "~",
            '≠' => "!=",
            _ => "?",
        });
    }
    out
}

/// Columns that `text` takes on a terminal.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// Words of `text` laid into lines: the first starts after `first` columns that are already taken, no line is longer
/// than `width`. A word longer than a whole line is cut.
pub(super) fn wrap(text: &str, first: usize, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut room = width.saturating_sub(first);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let needed = columns(word) + usize::from(!line.is_empty());
        if columns(&line) + needed > room && !(line.is_empty() && lines.is_empty() && first == 0) {
            lines.push(std::mem::take(&mut line));
            room = width;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for letter in word.chars() {
            if columns(&line) + letter.width().unwrap_or(0) > room {
                lines.push(std::mem::take(&mut line));
                room = width;
            }
            line.push(letter);
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::{clean, columns, to_ascii, wrap};
    use crate::terminal::Charset;

    #[test]
    fn no_line_is_longer_than_the_width_and_no_word_is_lost() {
        let text = "Unknown is never safe: a question not answered can defer or block, it can never permit.";
        let lines = wrap(text, 0, 20);
        assert!(lines.iter().all(|line| columns(line) <= 20), "{lines:?}");
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn a_word_longer_than_a_line_is_cut() {
        assert_eq!(wrap("10.1001/jamadermatol.2013.8687", 0, 12), ["10.1001/jama", "dermatol.201", "3.8687"]);
    }

    #[test]
    fn a_file_cannot_steer_the_terminal() {
        assert_eq!(clean("red\u{1b}[31m\u{7}\nline", Charset::Unicode), "red [31m line");
    }

    #[test]
    fn a_number_keeps_its_percent_sign() {
        assert_eq!(wrap(&clean("a chance of 50 %", Charset::Ascii), 0, 15), ["a chance of", "50\u{a0}%"]);
    }

    #[test]
    fn clinical_signs_have_an_ascii_spelling() {
        assert_eq!(to_ascii("≥ 1.5 mm, 70–90 %, −3.4, 2 g/10 cm²"), ">= 1.5 mm, 70-90 %, -3.4, 2 g/10 cm2");
        assert!(to_ascii("日本 café").is_ascii());
    }
}
