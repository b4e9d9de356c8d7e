//! What each study found and what they say together.

use resurface_words::Words;

use crate::drawing::{Anchor, Colour, Drawing, Place, Stroke, Type};
use crate::ink::{BOLD, DARK_SHADE, GRID, HEADING, INK, PLAIN, QUIET, QUIETLY, SMALL_PRINT, UNDER_HEADING};
use crate::scale::Scale;
use crate::whisker::whisker;

/// A forest plot: what each study found and what they say together, blinded and open apart.
#[derive(Clone, Debug)]
pub struct ForestPlot {
    /// Heading, and name of the figure.
    pub title: String,
    /// One line under the heading.
    pub subtitle: String,
    /// In words, what the figure shows.
    pub description: String,
    /// Groups of studies, in the order in which they are shown.
    pub groups: Vec<ForestGroup>,
    /// Small print below.
    pub notes: Vec<String>,
}

/// Studies that are pooled together.
#[derive(Clone, Debug)]
pub struct ForestGroup {
    /// What they have in common.
    pub name: String,
    /// The studies.
    pub studies: Vec<ForestStudy>,
    /// What they say together; nothing when they cannot be pooled.
    pub pooled: Option<Pooled>,
    /// What stands in place of studies where there are none.
    pub remark: Option<String>,
}

/// One study, in percent better.
#[derive(Clone, Debug)]
pub struct ForestStudy {
    /// Author and year.
    pub name: String,
    /// Patients, and sessions where known.
    pub detail: String,
    /// What it found.
    pub percent: f64,
    /// 95 % interval.
    pub interval: (f64, f64),
    /// Share of the weight in its group, 0 to 1.
    pub weight: f64,
    /// Who judged.
    pub judged: Judged,
}

/// Who judged the outcomes of a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// Someone who did not know of the treatment.
    Blinded,
    /// Someone who knew, or it is not said.
    Open,
}

/// A pooled effect, in percent better.
#[derive(Clone, Debug)]
pub struct Pooled {
    /// What it is, for example `pooled (REML, Hartung-Knapp)`.
    pub name: String,
    /// The mean effect.
    pub percent: f64,
    /// 95 % interval of the mean.
    pub interval: (f64, f64),
    /// 95 % interval for the next study; nothing when it cannot be worked out.
    pub prediction: Option<(f64, f64)>,
}

const WIDTH: f64 = 960.0;
const NAME_AT: f64 = 24.0;
const DETAIL_AT: f64 = 210.0;
const PLOT_LEFT: f64 = 360.0;
const PLOT_RIGHT: f64 = 730.0;
const NUMBERS_AT: f64 = 870.0;
const WEIGHT_AT: f64 = 936.0;
const ROWS_TOP: f64 = 100.0;
const ROW: f64 = 24.0;

const WHISKER: Stroke = Stroke::solid(INK, 1.5);
const PREDICTION: Stroke = Stroke { colour: INK, width: 1.5, dash: &[4.0, 3.0] };

impl ForestPlot {
    /// The figure as SVG; `id` begins the ids inside.
    #[must_use]
    pub fn svg(&self, id: &str, words: &Words) -> String {
        self.drawing(words).svg(id)
    }

    /// The figure, with its words in a language.
    #[must_use]
    pub fn drawing(&self, words: &Words) -> Drawing {
        let rows: usize = self.groups.iter().map(rows_of).sum();
        let rows_bottom = ROWS_TOP + ROW * rows as f64;
        let notes_at = rows_bottom + 84.0;
        let size = (WIDTH, notes_at + 17.0 * self.notes.len() as f64);
        let mut drawing = Drawing::new(size, &self.title, &self.description);
        let scale = self.scale();

        drawing.text((NAME_AT, 32.0), &self.title, HEADING);
        drawing.text((NAME_AT, 54.0), &self.subtitle, UNDER_HEADING);
        heads(&mut drawing, words);
        axis(&mut drawing, words, scale, rows_bottom);
        let mut y = ROWS_TOP + ROW / 2.0;
        for group in &self.groups {
            y = draw_group(&mut drawing, words, group, scale, y);
        }
        legend(&mut drawing, words, rows_bottom + 54.0);
        for (at, note) in self.notes.iter().enumerate() {
            drawing.text((NAME_AT, notes_at + 17.0 * at as f64), note, SMALL_PRINT);
        }
        drawing
    }

    fn scale(&self) -> Scale {
        let studies = self.groups.iter().flat_map(|group| &group.studies).flat_map(|study| [study.interval.0, study.interval.1]);
        let pooled = self.groups.iter().filter_map(|group| group.pooled.as_ref());
        let pooled = pooled.flat_map(|pooled| [pooled.interval.0, pooled.interval.1]);
        let (low, high) = studies.chain(pooled).fold((0.0_f64, 50.0_f64), |(low, high), end| (low.min(end), high.max(end)));
        let low = ((low / 20.0).floor() * 20.0).max(-60.0);
        let high = ((high / 20.0).ceil() * 20.0).min(100.0);
        Scale::new((low, high), (PLOT_LEFT, PLOT_RIGHT))
    }
}

/// Rows a group takes: its name, its studies, pooled effect and prediction, and a gap.
fn rows_of(group: &ForestGroup) -> usize {
    let pooled = group.pooled.as_ref().map_or(0, |pooled| 1 + usize::from(pooled.prediction.is_some()));
    group.studies.len() + pooled + usize::from(group.remark.is_some()) + 2
}

fn heads(drawing: &mut Drawing, words: &Words) {
    let y = ROWS_TOP - 14.0;
    drawing.text((NAME_AT, y), &words.text("figure-study"), QUIETLY);
    drawing.text((DETAIL_AT, y), &words.text("figure-patients-sessions"), QUIETLY);
    let right = Type { anchor: Anchor::End, ..QUIETLY };
    drawing.text(
        ((PLOT_LEFT + PLOT_RIGHT) / 2.0, y),
        &words.text("figure-percent-better"),
        Type { anchor: Anchor::Middle, ..QUIETLY },
    );
    drawing.text((NUMBERS_AT, y), &words.text("figure-better-interval"), right);
    drawing.text((WEIGHT_AT, y), &words.text("figure-weight"), right);
    drawing.line((NAME_AT, y + 8.0), (WEIGHT_AT, y + 8.0), Stroke::solid(QUIET, 1.0));
}

fn axis(drawing: &mut Drawing, words: &Words, scale: Scale, bottom: f64) {
    for value in scale.ticks(6) {
        let x = scale.at(value);
        let stroke = if value == 0.0 { Stroke::solid(QUIET, 1.3) } else { Stroke::solid(GRID, 1.0) };
        drawing.line((x, ROWS_TOP), (x, bottom), stroke);
        let kind = Type { anchor: Anchor::Middle, ..QUIETLY };
        drawing.text((x, bottom + 18.0), &words.number(value, 0), kind);
    }
    drawing.text((PLOT_LEFT - 10.0, bottom + 18.0), &words.text("figure-worse"), Type { anchor: Anchor::End, ..QUIETLY });
    drawing.text((PLOT_RIGHT + 12.0, bottom + 18.0), &words.text("figure-better"), QUIETLY);
    drawing.line((PLOT_LEFT, bottom), (PLOT_RIGHT, bottom), Stroke::solid(QUIET, 1.0));
}

/// Draws a group from `y` on; the `y` after it.
fn draw_group(drawing: &mut Drawing, words: &Words, group: &ForestGroup, scale: Scale, mut y: f64) -> f64 {
    drawing.text((NAME_AT, y + 4.5), &group.name, BOLD);
    y += ROW;
    if let Some(remark) = &group.remark {
        drawing.text((NAME_AT + 12.0, y + 4.5), remark, QUIETLY);
        y += ROW;
    }
    for study in &group.studies {
        draw_study(drawing, words, study, scale, y);
        y += ROW;
    }
    if let Some(pooled) = &group.pooled {
        y = draw_pooled(drawing, words, pooled, scale, y);
    }
    y + ROW
}

fn draw_study(drawing: &mut Drawing, words: &Words, study: &ForestStudy, scale: Scale, y: f64) {
    drawing.text((NAME_AT + 12.0, y + 4.5), &study.name, PLAIN);
    drawing.text((DETAIL_AT, y + 4.5), &study.detail, QUIETLY);
    whisker(drawing, study.interval, scale, y, WHISKER);
    // The area of a square is in proportion to its weight.
    let half = 3.0 + 6.0 * study.weight.clamp(0.0, 1.0).sqrt();
    let x = scale.at(study.percent);
    square(drawing, (x, y), half, study.judged);
    numbers(drawing, words, study.percent, study.interval, y, PLAIN);
    let weight = words.percent(study.weight);
    drawing.text((WEIGHT_AT, y + 4.5), &weight, Type { anchor: Anchor::End, ..QUIETLY });
}

fn draw_pooled(drawing: &mut Drawing, words: &Words, pooled: &Pooled, scale: Scale, y: f64) -> f64 {
    drawing.text((NAME_AT + 12.0, y + 4.5), &pooled.name, BOLD);
    let (low, high) = (scale.at(pooled.interval.0), scale.at(pooled.interval.1));
    let middle = scale.at(pooled.percent);
    let shape = [(low, y), (middle, y - 8.0), (high, y), (middle, y + 8.0)];
    drawing.polygon(&shape, DARK_SHADE, Some(Stroke::solid(INK, 1.5)));
    numbers(drawing, words, pooled.percent, pooled.interval, y, BOLD);
    let Some(prediction) = pooled.prediction else { return y + ROW };
    let y = y + ROW;
    drawing.text((NAME_AT + 12.0, y + 4.5), &words.text("figure-next-study"), QUIETLY);
    whisker(drawing, prediction, scale, y, PREDICTION);
    let text = format!("[{}]", words.span(prediction.0, prediction.1));
    drawing.text((NUMBERS_AT, y + 4.5), &text, Type { anchor: Anchor::End, ..QUIETLY });
    y + ROW
}

fn square(drawing: &mut Drawing, (x, y): Place, half: f64, judged: Judged) {
    let fill = match judged {
        Judged::Blinded => INK,
        Judged::Open => Colour::WHITE,
    };
    drawing.rect((x - half, y - half), (2.0 * half, 2.0 * half), fill, Some(Stroke::solid(INK, 1.8)));
}

fn numbers(drawing: &mut Drawing, words: &Words, percent: f64, interval: (f64, f64), y: f64, kind: Type) {
    let text = format!("{} [{}]", words.number(percent, 0), words.span(interval.0, interval.1));
    drawing.text((NUMBERS_AT, y + 4.5), &text, Type { anchor: Anchor::End, ..kind });
}

fn legend(drawing: &mut Drawing, words: &Words, y: f64) {
    square(drawing, (NAME_AT + 7.0, y), 6.0, Judged::Blinded);
    drawing.text((NAME_AT + 22.0, y + 4.5), &words.text("figure-blinded-rater"), PLAIN);
    square(drawing, (NAME_AT + 147.0, y), 6.0, Judged::Open);
    drawing.text((NAME_AT + 162.0, y + 4.5), &words.text("figure-open-rater"), PLAIN);
    drawing.diamond((NAME_AT + 312.0, y), (13.0, 7.0), DARK_SHADE, Some(Stroke::solid(INK, 1.5)));
    drawing.text((NAME_AT + 334.0, y + 4.5), &words.text("figure-pooled-mean"), PLAIN);
    drawing.line((NAME_AT + 478.0, y), (NAME_AT + 512.0, y), PREDICTION);
    for x in [NAME_AT + 478.0, NAME_AT + 512.0] {
        drawing.line((x, y - 4.5), (x, y + 4.5), Stroke::solid(INK, 1.5));
    }
    drawing.text((NAME_AT + 522.0, y + 4.5), &words.text("figure-next-study-interval"), PLAIN);
}

#[cfg(test)]
mod tests {
    use resurface_words::{Language, Words};

    use super::{ForestGroup, ForestPlot, ForestStudy, Judged, Pooled};

    fn a_plot() -> ForestPlot {
        let study = |name: &str, percent: f64, half: f64, weight: f64, judged| ForestStudy {
            name: name.to_owned(),
            detail: "30, 4 sessions".to_owned(),
            percent,
            interval: (percent - half, percent + half),
            weight,
            judged,
        };
        ForestPlot {
            title: "Does microneedling improve atrophic acne scars?".to_owned(),
            subtitle: "percent improvement of scar severity, published arms".to_owned(),
            description: "Two groups.".to_owned(),
            groups: vec![
                ForestGroup {
                    name: "Blinded raters".to_owned(),
                    studies: vec![
                        study("Alam 2014", 24.0, 22.0, 0.3, Judged::Blinded),
                        study("Garg 2014", 37.0, 9.0, 0.7, Judged::Blinded),
                    ],
                    pooled: Some(Pooled {
                        name: "pooled, 2 arms".to_owned(),
                        percent: 33.0,
                        interval: (12.0, 52.0),
                        prediction: Some((-90.0, 88.0)),
                    }),
                    remark: None,
                },
                ForestGroup {
                    name: "Open or not said".to_owned(),
                    studies: vec![study("Dogra 2014", 44.0, 11.0, 1.0, Judged::Open)],
                    pooled: None,
                    remark: None,
                },
            ],
            notes: vec!["REML, Hartung-Knapp".to_owned()],
        }
    }

    #[test]
    fn every_study_is_named_once_and_the_pooled_effect_has_its_prediction() {
        let svg = a_plot().svg("f", Words::of(Language::English));
        for name in ["Alam 2014", "Garg 2014", "Dogra 2014", "pooled, 2 arms"] {
            assert_eq!(svg.matches(name).count(), 1, "{name}");
        }
        assert!(svg.contains("[−90 to 88]") && !svg.contains("NaN"));
    }
}
