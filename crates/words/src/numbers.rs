//! Numbers as the language writes them.

use crate::{Language, Words};

impl Words {
    /// A number with so many decimals; a minus sign is one, and not a hyphen.
    #[must_use]
    pub fn number(&self, number: f64, decimals: usize) -> String {
        let text = format!("{:.decimals$}", number.abs());
        let is_zero = text.bytes().all(|sign| matches!(sign, b'0' | b'.'));
        let text = match self.language() {
            Language::English => text,
            Language::German => text.replace('.', ","),
        };
        if number < 0.0 && !is_zero { format!("\u{2212}{text}") } else { text }
    }

    /// A share of one as a whole percentage: "63 %".
    #[must_use]
    pub fn percent(&self, share: f64) -> String {
        self.percentage(share * 100.0)
    }

    /// A percentage that is one already.
    #[must_use]
    pub fn percentage(&self, percent: f64) -> String {
        format!("{}\u{a0}%", self.number(percent, 0))
    }

    /// A chance as a percentage; one that is nearly nought or nearly certain is not written as if it were.
    #[must_use]
    pub fn chance(&self, probability: f64) -> String {
        if probability < 0.005 {
            "<\u{a0}1\u{a0}%".to_owned()
        } else if probability > 0.995 {
            ">\u{a0}99\u{a0}%".to_owned()
        } else {
            self.percent(probability)
        }
    }

    /// Two ends as whole numbers: "12 to 40".
    #[must_use]
    pub fn span(&self, low: f64, high: f64) -> String {
        let to = match self.language() {
            Language::English => "to",
            Language::German => "bis",
        };
        format!("{} {to} {}", self.number(low, 0), self.number(high, 0))
    }

    /// Two ends that are shares of one, as percentages: "12 to 40 %".
    #[must_use]
    pub fn percent_span(&self, low: f64, high: f64) -> String {
        format!("{}\u{a0}%", self.span(100.0 * low, 100.0 * high))
    }
}

#[cfg(test)]
mod tests {
    use crate::{Language, Words};

    #[test]
    fn a_number_is_written_as_the_language_writes_it() {
        let (english, german) = (Words::of(Language::English), Words::of(Language::German));
        assert_eq!([english.number(1.25, 2), german.number(-1.25, 2)], ["1.25", "\u{2212}1,25"]);
        assert_eq!([english.number(-0.001, 1), english.percent(0.634)], ["0.0", "63\u{a0}%"]);
    }

    #[test]
    fn two_ends_are_joined_by_a_word() {
        let (english, german) = (Words::of(Language::English), Words::of(Language::German));
        assert_eq!([english.span(-8.0, 26.4), german.percent_span(0.12, 0.4)], ["\u{2212}8 to 26", "12 bis 40\u{a0}%"]);
    }

    #[test]
    fn no_chance_is_written_as_none_or_as_certain() {
        let words = Words::of(Language::English);
        assert_eq!([0.001, 0.41, 0.999].map(|chance| words.chance(chance)), ["<\u{a0}1\u{a0}%", "41\u{a0}%", ">\u{a0}99\u{a0}%"]);
    }
}
