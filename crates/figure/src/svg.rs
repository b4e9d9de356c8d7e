//! A drawing as SVG: as wide as the page gives it, named for a screen reader, without scripts.

use std::fmt::Write as _;

use crate::drawing::{Anchor, Colour, Drawing, Mark, Place, Stroke, Type, Weight};

/// Fonts that every system has; nothing is fetched.
const FONTS: &str = "system-ui, 'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif";

impl Drawing {
    /// The drawing as SVG. `id` begins the ids inside, so that several figures may stand on one page.
    #[must_use]
    pub fn svg(&self, id: &str) -> String {
        let id = escape(id);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" width=\"100%\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-description\" font-family=\"{FONTS}\">\n\
             <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-description\">{}</desc>\n",
            n(self.width),
            n(self.height),
            escape(&self.title),
            escape(&self.description),
        );
        for mark in &self.marks {
            svg.push_str(&element(mark));
            svg.push('\n');
        }
        svg.push_str("</svg>\n");
        svg
    }
}

fn element(mark: &Mark) -> String {
    match mark {
        Mark::Line { from, to, stroke } => {
            let ends = format!("x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"", n(from.0), n(from.1), n(to.0), n(to.1));
            format!("<line {ends}{}/>", stroke_of(Some(*stroke)))
        }
        Mark::Rect { corner, size, fill, stroke } => {
            let place = format!("x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", n(corner.0), n(corner.1), n(size.0), n(size.1));
            format!("<rect {place} fill=\"{}\"{}/>", web(*fill), stroke_of(*stroke))
        }
        Mark::Circle { centre, radius, fill, stroke } => {
            let place = format!("cx=\"{}\" cy=\"{}\" r=\"{}\"", n(centre.0), n(centre.1), n(*radius));
            format!("<circle {place} fill=\"{}\"{}/>", web(*fill), stroke_of(*stroke))
        }
        Mark::Polyline { points, stroke } => {
            format!("<polyline points=\"{}\" fill=\"none\"{}/>", points_of(points), stroke_of(Some(*stroke)))
        }
        Mark::Polygon { points, fill, stroke } => {
            format!("<polygon points=\"{}\" fill=\"{}\"{}/>", points_of(points), web(*fill), stroke_of(*stroke))
        }
        Mark::Text { at, text, kind } => text_of(*at, text, *kind),
        Mark::UpwardText { at, text, kind } => {
            let turned = format!("<g transform=\"translate({} {}) rotate(-90)\">", n(at.0), n(at.1));
            format!("{turned}{}</g>", text_of((0.0, 0.0), text, *kind))
        }
    }
}

fn text_of(at: Place, text: &str, kind: Type) -> String {
    let anchor = match kind.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let weight = match kind.weight {
        Weight::Normal => "",
        Weight::Bold => " font-weight=\"600\"",
    };
    let place = format!("x=\"{}\" y=\"{}\" font-size=\"{}\"", n(at.0), n(at.1), n(kind.size));
    format!("<text {place} fill=\"{}\"{anchor}{weight}>{}</text>", web(kind.colour), escape(text))
}

fn web(Colour { red, green, blue }: Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Text with what XML reserves spelled out, and without characters that XML forbids.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

/// A number with at most two decimals.
fn n(number: f64) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write!(text, "{number:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn points_of(points: &[Place]) -> String {
    points.iter().map(|(x, y)| format!("{},{}", n(*x), n(*y))).collect::<Vec<_>>().join(" ")
}

fn stroke_of(stroke: Option<Stroke>) -> String {
    let Some(stroke) = stroke else { return String::new() };
    let dash: Vec<String> = stroke.dash.iter().map(|length| n(*length)).collect();
    let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{}\"", dash.join(" ")) };
    format!(" stroke=\"{}\" stroke-width=\"{}\"{dash}", web(stroke.colour), n(stroke.width))
}

#[cfg(test)]
mod tests {
    use super::{escape, n};
    use crate::Drawing;

    #[test]
    fn words_from_a_file_stay_words() {
        assert_eq!(escape("<script> & \"co\"\u{0}"), "&lt;script&gt; &amp; &quot;co&quot; ");
    }

    #[test]
    fn numbers_are_short_and_the_same_everywhere() {
        assert_eq!([n(1.0), n(-0.001), n(2.345_678), n(0.5)], ["1", "0", "2.35", "0.5"]);
    }

    #[test]
    fn a_figure_has_a_name_and_a_description_of_its_own() {
        let drawing = Drawing::new((10.0, 10.0), "name", "what it shows");
        let (one, other) = (drawing.svg("plan"), drawing.svg("review"));
        assert!(one.contains("role=\"img\"") && one.contains("<title id=\"plan-title\">name</title>"), "{one}");
        assert!(one.contains("aria-labelledby=\"plan-title plan-description\""), "{one}");
        assert!(!other.contains("plan-"), "{other}");
    }

    #[test]
    fn a_figure_is_as_wide_as_the_page_gives_it() {
        let svg = Drawing::new((10.0, 20.0), "name", "what it shows").svg("f");
        let root = svg.lines().next().unwrap();
        assert!(root.contains("viewBox=\"0 0 10 20\" width=\"100%\"") && !root.contains("height="), "{root}");
    }
}
