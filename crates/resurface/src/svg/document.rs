use std::fmt::Write as _;

/// Fonts that every system has; nothing is fetched.
const FONTS: &str = "system-ui, 'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif";

/// On which side of its position a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How heavy a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Normal,
    Bold,
}

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    pub(super) size: f64,
    pub(super) anchor: Anchor,
    pub(super) weight: Weight,
    pub(super) colour: &'static str,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    pub(super) colour: &'static str,
    pub(super) width: f64,
    /// Lengths of dash and gap; empty for a solid line.
    pub(super) dash: &'static str,
}

impl Stroke {
    /// A solid line.
    pub(super) const fn solid(colour: &'static str, width: f64) -> Self {
        Self { colour, width, dash: "" }
    }
}

/// A drawing: elements in the order in which they are painted.
#[derive(Debug)]
pub(super) struct Drawing {
    width: f64,
    height: f64,
    body: String,
}

impl Drawing {
    /// An empty white sheet.
    pub(super) fn new(width: f64, height: f64) -> Self {
        let mut drawing = Self { width, height, body: String::new() };
        drawing.rect((0.0, 0.0), (width, height), "#ffffff", None);
        drawing
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: Stroke) {
        let ends = format!("x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"", n(from.0), n(from.1), n(to.0), n(to.1));
        self.push(&format!("<line {ends}{}/>", stroke_of(Some(stroke))));
    }

    pub(super) fn rect(&mut self, corner: (f64, f64), size: (f64, f64), fill: &str, stroke: Option<Stroke>) {
        let place = format!("x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", n(corner.0), n(corner.1), n(size.0), n(size.1));
        self.push(&format!("<rect {place} fill=\"{fill}\"{}/>", stroke_of(stroke)));
    }

    pub(super) fn circle(&mut self, centre: (f64, f64), radius: f64, fill: &str, stroke: Option<Stroke>) {
        let place = format!("cx=\"{}\" cy=\"{}\" r=\"{}\"", n(centre.0), n(centre.1), n(radius));
        self.push(&format!("<circle {place} fill=\"{fill}\"{}/>", stroke_of(stroke)));
    }

    pub(super) fn polyline(&mut self, points: &[(f64, f64)], stroke: Stroke) {
        self.push(&format!("<polyline points=\"{}\" fill=\"none\"{}/>", points_of(points), stroke_of(Some(stroke))));
    }

    pub(super) fn polygon(&mut self, points: &[(f64, f64)], fill: &str, stroke: Option<Stroke>) {
        self.push(&format!("<polygon points=\"{}\" fill=\"{fill}\"{}/>", points_of(points), stroke_of(stroke)));
    }

    /// A band between a lower and an upper line over the same positions.
    pub(super) fn band(&mut self, lower: &[(f64, f64)], upper: &[(f64, f64)], fill: &str) {
        let around: Vec<(f64, f64)> = lower.iter().chain(upper.iter().rev()).copied().collect();
        self.polygon(&around, fill, None);
    }

    pub(super) fn diamond(&mut self, centre: (f64, f64), half: (f64, f64), fill: &str, stroke: Option<Stroke>) {
        let ((x, y), (w, h)) = (centre, half);
        self.polygon(&[(x - w, y), (x, y - h), (x + w, y), (x, y + h)], fill, stroke);
    }

    pub(super) fn text(&mut self, at: (f64, f64), text: &str, kind: Type) {
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
        self.push(&format!("<text {place} fill=\"{}\"{anchor}{weight}>{}</text>", kind.colour, escape(text)));
    }

    /// A text that reads upwards.
    pub(super) fn upward_text(&mut self, at: (f64, f64), text: &str, kind: Type) {
        self.push(&format!("<g transform=\"translate({} {}) rotate(-90)\">", n(at.0), n(at.1)));
        self.text((0.0, 0.0), text, kind);
        self.push("</g>");
    }

    /// The whole file. `title` names the figure, `description` says in words what it shows.
    pub(super) fn finish(self, title: &str, description: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" role=\"img\" \
             aria-labelledby=\"figure-title figure-description\" font-family=\"{FONTS}\">\n\
             <title id=\"figure-title\">{}</title>\n<desc id=\"figure-description\">{}</desc>\n{}</svg>\n",
            escape(title),
            escape(description),
            self.body,
            w = n(self.width),
            h = n(self.height),
        )
    }

    fn push(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }
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

fn points_of(points: &[(f64, f64)]) -> String {
    points.iter().map(|(x, y)| format!("{},{}", n(*x), n(*y))).collect::<Vec<_>>().join(" ")
}

fn stroke_of(stroke: Option<Stroke>) -> String {
    let Some(stroke) = stroke else { return String::new() };
    let dash = if stroke.dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{}\"", stroke.dash) };
    format!(" stroke=\"{}\" stroke-width=\"{}\"{dash}", stroke.colour, n(stroke.width))
}

#[cfg(test)]
mod tests {
    use super::{Drawing, escape, n};

    #[test]
    fn words_from_a_file_stay_words() {
        assert_eq!(escape("<script> & \"co\"\u{0}"), "&lt;script&gt; &amp; &quot;co&quot; ");
    }

    #[test]
    fn numbers_are_short_and_the_same_everywhere() {
        assert_eq!([n(1.0), n(-0.001), n(2.345_678), n(0.5)], ["1", "0", "2.35", "0.5"]);
    }

    #[test]
    fn a_figure_has_a_name_and_a_description() {
        let file = Drawing::new(10.0, 10.0).finish("name", "what it shows");
        assert!(file.contains("role=\"img\"") && file.contains("<title id=\"figure-title\">name</title>"), "{file}");
    }
}
