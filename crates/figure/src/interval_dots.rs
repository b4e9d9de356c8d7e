//! Medians with their intervals, one under the other.

use resurface_words::Words;

use crate::drawing::{Anchor, Colour, Drawing, Place, Stroke, Type};
use crate::ink::{BOLD, GOAL, GRID, HEADING, INK, MIDDLE_SHADE, PLAIN, QUIET, QUIETLY, SMALL_PRINT};
use crate::keys::Keys;
use crate::scale::Scale;
use crate::whisker::whisker;

/// Medians with their intervals in percent better, one under the other: courses of different lengths, or groups of patients.
#[derive(Clone, Debug)]
pub struct IntervalDots {
    /// Heading, and name of the figure.
    pub title: String,
    /// In words, what the figure shows.
    pub description: String,
    /// Heads of the columns at the right.
    pub columns: Vec<String>,
    /// The rows, in the order in which they are shown.
    pub rows: Vec<DotRow>,
    /// The goal, in percent better.
    pub goal_percent: Option<f64>,
    /// Small print below.
    pub notes: Vec<String>,
}

/// One median with its intervals, in percent better.
#[derive(Clone, Debug)]
pub struct DotRow {
    /// What it is about.
    pub label: String,
    /// What stands in the columns at the right.
    pub cells: Vec<String>,
    /// The middle.
    pub median: f64,
    /// Ends for 80 %, where there are any.
    pub eighty: Option<(f64, f64)>,
    /// Ends for 95 %, where there are any.
    pub ninety_five: Option<(f64, f64)>,
    /// How it stands among the others.
    pub emphasis: Emphasis,
}

/// How a row stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    /// Like the others.
    Plain,
    /// The one that is meant: bold, with a diamond.
    Chosen,
    /// For comparison only: quiet, with an empty dot.
    Aside,
}

const WIDTH: f64 = 900.0;
const LABEL_AT: f64 = 24.0;
const PLOT_LEFT: f64 = 210.0;
const PLOT_RIGHT: f64 = 850.0;
const COLUMN: f64 = 120.0;
const ROWS_TOP: f64 = 84.0;
const ROW: f64 = 30.0;

impl IntervalDots {
    /// The figure as SVG; `id` begins the ids inside.
    #[must_use]
    pub fn svg(&self, id: &str, words: &Words) -> String {
        self.drawing(words).svg(id)
    }

    /// The figure, with its words in a language.
    #[must_use]
    pub fn drawing(&self, words: &Words) -> Drawing {
        let bottom = ROWS_TOP + ROW * self.rows.len() as f64 + 6.0;
        let notes_at = bottom + 88.0;
        let size = (WIDTH, notes_at + 17.0 * self.notes.len() as f64);
        let mut drawing = Drawing::new(size, &self.title, &self.description);
        let scale = self.scale();
        drawing.text((LABEL_AT, 32.0), &self.title, HEADING);
        for (at, column) in self.columns.iter().enumerate() {
            drawing.text((self.column(at), ROWS_TOP - 12.0), column, Type { anchor: Anchor::End, ..QUIETLY });
        }
        self.axis(&mut drawing, words, scale, bottom);
        for (at, row) in self.rows.iter().enumerate() {
            self.draw_row(&mut drawing, row, scale, ROWS_TOP + ROW * (at as f64 + 0.5));
        }
        self.legend(&mut drawing, words, bottom + 56.0);
        for (at, note) in self.notes.iter().enumerate() {
            drawing.text((LABEL_AT, notes_at + 17.0 * at as f64), note, SMALL_PRINT);
        }
        drawing
    }

    /// Where the plot ends at the right, and the columns begin.
    fn plot_right(&self) -> f64 {
        PLOT_RIGHT - COLUMN * self.columns.len() as f64
    }

    /// Where a column ends.
    fn column(&self, at: usize) -> f64 {
        WIDTH - 24.0 - COLUMN * (self.columns.len() - 1 - at) as f64
    }

    fn scale(&self) -> Scale {
        let ends = self.rows.iter().flat_map(|row| [Some((row.median, row.median)), row.eighty, row.ninety_five]).flatten();
        let low = ends.map(|(low, _)| low).fold(0.0, f64::min);
        Scale::new((((low / 20.0).floor() * 20.0).max(-100.0), 100.0), (PLOT_LEFT, self.plot_right()))
    }

    fn axis(&self, drawing: &mut Drawing, words: &Words, scale: Scale, bottom: f64) {
        for value in scale.ticks(6) {
            let x = scale.at(value);
            let stroke = if value == 0.0 { Stroke::solid(QUIET, 1.3) } else { Stroke::solid(GRID, 1.0) };
            drawing.line((x, ROWS_TOP), (x, bottom), stroke);
            drawing.text((x, bottom + 18.0), &words.percentage(value), Type { anchor: Anchor::Middle, ..QUIETLY });
        }
        drawing.text((LABEL_AT, bottom + 18.0), &words.text("figure-better"), QUIETLY);
        drawing.line((PLOT_LEFT, bottom), (self.plot_right(), bottom), Stroke::solid(QUIET, 1.0));
        let Some(goal) = self.goal_percent.filter(|goal| scale.holds(*goal)) else { return };
        let x = scale.at(goal);
        drawing.line((x, ROWS_TOP - 6.0), (x, bottom), GOAL);
        let text = words.with("figure-goal", [("percent", words.percentage(goal).into())]);
        drawing.text((x, ROWS_TOP - 12.0), &text, Type { anchor: Anchor::Middle, size: 12.5, ..BOLD });
    }

    fn draw_row(&self, drawing: &mut Drawing, row: &DotRow, scale: Scale, y: f64) {
        let kind = match row.emphasis {
            Emphasis::Plain => PLAIN,
            Emphasis::Chosen => BOLD,
            Emphasis::Aside => Type { colour: QUIET, ..PLAIN },
        };
        drawing.text((LABEL_AT, y + 4.5), &row.label, kind);
        for (at, cell) in row.cells.iter().take(self.columns.len()).enumerate() {
            drawing.text((self.column(at), y + 4.5), cell, Type { anchor: Anchor::End, ..kind });
        }
        if let Some(ninety_five) = row.ninety_five {
            whisker(drawing, ninety_five, scale, y, Stroke::solid(INK, 1.3));
        }
        if let Some((low, high)) = row.eighty {
            bar(drawing, (scale.at(low), y), scale.at(high) - scale.at(low));
        }
        dot(drawing, (scale.at(row.median), y), row.emphasis);
    }

    /// Only what the figure shows has a key.
    fn legend(&self, drawing: &mut Drawing, words: &Words, y: f64) {
        let mut keys = Keys::new(drawing, (LABEL_AT, y));
        keys.add(&words.text("figure-median"), &|drawing, (x, y)| dot(drawing, (x + 18.0, y), Emphasis::Plain));
        if self.rows.iter().any(|row| row.eighty.is_some()) {
            keys.add(&words.text("figure-eighty"), &|drawing, at| bar(drawing, at, 26.0));
        }
        if self.rows.iter().any(|row| row.ninety_five.is_some()) {
            keys.add(&words.text("figure-ninety-five"), &|drawing, (x, y)| {
                let whole = Scale::new((0.0, 1.0), (x, x + 26.0));
                whisker(drawing, (0.0, 1.0), whole, y, Stroke::solid(INK, 1.3));
            });
        }
    }
}

/// The interval of 80 %: a bar of this length from a place on.
fn bar(drawing: &mut Drawing, (x, y): Place, length: f64) {
    drawing.rect((x, y - 5.0), (length, 10.0), MIDDLE_SHADE, Some(Stroke::solid(QUIET, 0.8)));
}

/// The median: its shape says how the row stands among the others.
fn dot(drawing: &mut Drawing, centre: Place, emphasis: Emphasis) {
    let outline = Some(Stroke::solid(INK, 1.8));
    match emphasis {
        Emphasis::Plain => drawing.circle(centre, 5.0, INK, outline),
        Emphasis::Chosen => drawing.diamond(centre, (8.0, 9.0), INK, outline),
        Emphasis::Aside => drawing.circle(centre, 5.0, Colour::WHITE, outline),
    }
}

#[cfg(test)]
mod tests {
    use resurface_words::{Language, Words};

    use super::{DotRow, Emphasis, IntervalDots};

    fn a_row(label: &str, emphasis: Emphasis) -> DotRow {
        DotRow {
            label: label.to_owned(),
            cells: vec!["41 %".to_owned(), "12".to_owned()],
            median: 46.0,
            eighty: Some((20.0, 70.0)),
            ninety_five: Some((-12.0, 84.0)),
            emphasis,
        }
    }

    fn a_figure(rows: Vec<DotRow>) -> IntervalDots {
        IntervalDots {
            title: "Sessions compared".to_owned(),
            description: "Two courses.".to_owned(),
            columns: vec!["chance".to_owned(), "patients".to_owned()],
            rows,
            goal_percent: Some(50.0),
            notes: vec!["note".to_owned()],
        }
    }

    #[test]
    fn a_row_stands_with_its_cells_and_the_chosen_one_stands_out() {
        // given two courses, one of them chosen
        let figure = a_figure(vec![a_row("3 sessions", Emphasis::Plain), a_row("4 sessions", Emphasis::Chosen)]);
        // when it is drawn
        let svg = figure.svg("f", Words::of(Language::English));
        // then both stand there with their cells, and one is bold with a diamond
        assert_eq!((svg.matches("41 %").count(), svg.matches(">12<").count()), (2, 2));
        assert!(svg.contains("font-weight=\"600\">4 sessions") && !svg.contains("font-weight=\"600\">3 sessions"));
        assert_eq!(svg.matches("<polygon").count(), 1);
        assert!(svg.contains("goal 50\u{a0}%") && svg.contains("\u{2212}20\u{a0}%") && !svg.contains("NaN"));
    }

    #[test]
    fn what_is_not_shown_has_no_key() {
        // given a chance, which has no interval
        let row = DotRow { eighty: None, ninety_five: None, ..a_row("4 sessions", Emphasis::Plain) };
        // when it is drawn
        let svg = a_figure(vec![row]).svg("f", Words::of(Language::English));
        // then there is no key for intervals
        assert!(svg.contains("median") && !svg.contains("80 in 100") && !svg.contains("95 in 100"));
    }
}
