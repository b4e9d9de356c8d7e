use super::document::{Anchor, Drawing, Stroke, Type, Weight};
use super::scale::Scale;

/// A forest plot: what each study found and what they say together, blinded and open apart.
#[derive(Clone, Debug)]
pub(crate) struct ForestPlot {
    /// Heading, and name of the figure.
    pub(crate) title: String,
    /// One line under the heading.
    pub(crate) subtitle: String,
    /// In words, what the figure shows.
    pub(crate) description: String,
    /// Groups of studies, in the order in which they are shown.
    pub(crate) groups: Vec<ForestGroup>,
    /// Small print below.
    pub(crate) notes: Vec<String>,
}

/// Studies that are pooled together.
#[derive(Clone, Debug)]
pub(crate) struct ForestGroup {
    /// What they have in common.
    pub(crate) name: String,
    /// The studies.
    pub(crate) studies: Vec<ForestStudy>,
    /// What they say together; nothing when they cannot be pooled.
    pub(crate) pooled: Option<Pooled>,
    /// What stands in place of studies where there are none.
    pub(crate) remark: Option<String>,
}

/// One study, in percent better.
#[derive(Clone, Debug)]
pub(crate) struct ForestStudy {
    /// Author and year.
    pub(crate) name: String,
    /// Patients, and sessions where known.
    pub(crate) detail: String,
    /// What it found.
    pub(crate) percent: f64,
    /// 95 % interval.
    pub(crate) interval: (f64, f64),
    /// Share of the weight in its group, 0 to 1.
    pub(crate) weight: f64,
    /// Who judged.
    pub(crate) judged: Judged,
}

/// Who judged the outcomes of a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Judged {
    /// Someone who did not know of the treatment.
    Blinded,
    /// Someone who knew, or it is not said.
    Open,
}

/// A pooled effect, in percent better.
#[derive(Clone, Debug)]
pub(crate) struct Pooled {
    /// What it is, for example `pooled (REML, Hartung-Knapp)`.
    pub(crate) name: String,
    /// The mean effect.
    pub(crate) percent: f64,
    /// 95 % interval of the mean.
    pub(crate) interval: (f64, f64),
    /// 95 % interval for the next study; nothing when it cannot be worked out.
    pub(crate) prediction: Option<(f64, f64)>,
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

const INK: &str = "#1b2733";
const QUIET: &str = "#5b6773";
const GRID: &str = "#dde2e7";
const POOLED_FILL: &str = "#93a6b8";
const WHISKER: Stroke = Stroke::solid(INK, 1.5);
const PREDICTION: Stroke = Stroke { colour: INK, width: 1.5, dash: "4 3" };

const SMALL: Type = Type { size: 13.0, anchor: Anchor::Start, weight: Weight::Normal, colour: INK };
const BOLD: Type = Type { weight: Weight::Bold, ..SMALL };
const QUIETLY: Type = Type { colour: QUIET, size: 12.5, ..SMALL };

impl ForestPlot {
    /// The figure as an SVG file.
    pub(crate) fn svg(&self) -> String {
        let rows: usize = self.groups.iter().map(rows_of).sum();
        let rows_bottom = ROWS_TOP + ROW * rows as f64;
        let notes_at = rows_bottom + 84.0;
        let mut drawing = Drawing::new(WIDTH, notes_at + 17.0 * self.notes.len() as f64);
        let scale = self.scale();

        drawing.text((NAME_AT, 32.0), &self.title, Type { size: 19.0, ..BOLD });
        drawing.text((NAME_AT, 54.0), &self.subtitle, Type { size: 13.5, ..QUIETLY });
        heads(&mut drawing);
        axis(&mut drawing, scale, rows_bottom);
        let mut y = ROWS_TOP + ROW / 2.0;
        for group in &self.groups {
            y = draw_group(&mut drawing, group, scale, y);
        }
        legend(&mut drawing, rows_bottom + 54.0);
        for (at, note) in self.notes.iter().enumerate() {
            drawing.text((NAME_AT, notes_at + 17.0 * at as f64), note, Type { size: 11.5, ..QUIETLY });
        }
        drawing.finish(&self.title, &self.description)
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

fn heads(drawing: &mut Drawing) {
    let y = ROWS_TOP - 14.0;
    drawing.text((NAME_AT, y), "study", QUIETLY);
    drawing.text((DETAIL_AT, y), "patients, sessions", QUIETLY);
    let right = Type { anchor: Anchor::End, ..QUIETLY };
    drawing.text(
        ((PLOT_LEFT + PLOT_RIGHT) / 2.0, y),
        "scar severity, percent better",
        Type { anchor: Anchor::Middle, ..QUIETLY },
    );
    drawing.text((NUMBERS_AT, y), "% better [95 %]", right);
    drawing.text((WEIGHT_AT, y), "weight", right);
    drawing.line((NAME_AT, y + 8.0), (WEIGHT_AT, y + 8.0), Stroke::solid(QUIET, 1.0));
}

fn axis(drawing: &mut Drawing, scale: Scale, bottom: f64) {
    for value in scale.ticks(6) {
        let x = scale.at(value);
        let stroke = if value == 0.0 { Stroke::solid(QUIET, 1.3) } else { Stroke::solid(GRID, 1.0) };
        drawing.line((x, ROWS_TOP), (x, bottom), stroke);
        let kind = Type { anchor: Anchor::Middle, ..QUIETLY };
        drawing.text((x, bottom + 18.0), &format!("{value:.0}"), kind);
    }
    drawing.text((PLOT_LEFT - 10.0, bottom + 18.0), "worse", Type { anchor: Anchor::End, ..QUIETLY });
    drawing.text((PLOT_RIGHT + 12.0, bottom + 18.0), "better", QUIETLY);
    drawing.line((PLOT_LEFT, bottom), (PLOT_RIGHT, bottom), Stroke::solid(QUIET, 1.0));
}

/// Draws a group from `y` on; the `y` after it.
fn draw_group(drawing: &mut Drawing, group: &ForestGroup, scale: Scale, mut y: f64) -> f64 {
    drawing.text((NAME_AT, y + 4.5), &group.name, BOLD);
    y += ROW;
    if let Some(remark) = &group.remark {
        drawing.text((NAME_AT + 12.0, y + 4.5), remark, QUIETLY);
        y += ROW;
    }
    for study in &group.studies {
        draw_study(drawing, study, scale, y);
        y += ROW;
    }
    if let Some(pooled) = &group.pooled {
        y = draw_pooled(drawing, pooled, scale, y);
    }
    y + ROW
}

fn draw_study(drawing: &mut Drawing, study: &ForestStudy, scale: Scale, y: f64) {
    drawing.text((NAME_AT + 12.0, y + 4.5), &study.name, SMALL);
    drawing.text((DETAIL_AT, y + 4.5), &study.detail, QUIETLY);
    whisker(drawing, study.interval, scale, y, WHISKER);
    // The area of a square is in proportion to its weight.
    let half = 3.0 + 6.0 * study.weight.clamp(0.0, 1.0).sqrt();
    let x = scale.at(study.percent);
    square(drawing, (x, y), half, study.judged);
    numbers(drawing, study.percent, study.interval, y, SMALL);
    let weight = format!("{:.0} %", 100.0 * study.weight);
    drawing.text((WEIGHT_AT, y + 4.5), &weight, Type { anchor: Anchor::End, ..QUIETLY });
}

fn draw_pooled(drawing: &mut Drawing, pooled: &Pooled, scale: Scale, y: f64) -> f64 {
    drawing.text((NAME_AT + 12.0, y + 4.5), &pooled.name, BOLD);
    let (low, high) = (scale.at(pooled.interval.0), scale.at(pooled.interval.1));
    let middle = scale.at(pooled.percent);
    let shape = [(low, y), (middle, y - 8.0), (high, y), (middle, y + 8.0)];
    drawing.polygon(&shape, POOLED_FILL, Some(Stroke::solid(INK, 1.5)));
    numbers(drawing, pooled.percent, pooled.interval, y, BOLD);
    let Some(prediction) = pooled.prediction else { return y + ROW };
    let y = y + ROW;
    drawing.text((NAME_AT + 12.0, y + 4.5), "the next study would lie in", QUIETLY);
    whisker(drawing, prediction, scale, y, PREDICTION);
    let text = format!("[{}]", ends(prediction));
    drawing.text((NUMBERS_AT, y + 4.5), &text, Type { anchor: Anchor::End, ..QUIETLY });
    y + ROW
}

/// A line with an end mark at each end, or an arrow where it leaves the axis.
fn whisker(drawing: &mut Drawing, interval: (f64, f64), scale: Scale, y: f64, stroke: Stroke) {
    let (low, high) = (scale.at(interval.0), scale.at(interval.1));
    drawing.line((low, y), (high, y), stroke);
    for (value, x, back) in [(interval.0, low, 7.0), (interval.1, high, -7.0)] {
        if scale.holds(value) {
            drawing.line((x, y - 4.5), (x, y + 4.5), Stroke::solid(INK, 1.5));
        } else {
            drawing.polygon(&[(x, y), (x + back, y - 4.5), (x + back, y + 4.5)], INK, None);
        }
    }
}

fn square(drawing: &mut Drawing, (x, y): (f64, f64), half: f64, judged: Judged) {
    let fill = match judged {
        Judged::Blinded => INK,
        Judged::Open => "#ffffff",
    };
    drawing.rect((x - half, y - half), (2.0 * half, 2.0 * half), fill, Some(Stroke::solid(INK, 1.8)));
}

fn numbers(drawing: &mut Drawing, percent: f64, interval: (f64, f64), y: f64, kind: Type) {
    let text = format!("{} [{}]", signed(percent), ends(interval));
    drawing.text((NUMBERS_AT, y + 4.5), &text, Type { anchor: Anchor::End, ..kind });
}

fn ends((low, high): (f64, f64)) -> String {
    format!("{} to {}", signed(low), signed(high))
}

fn signed(value: f64) -> String {
    let rounded = value.round();
    if rounded < 0.0 { format!("−{:.0}", -rounded) } else { format!("{:.0}", rounded.abs()) }
}

fn legend(drawing: &mut Drawing, y: f64) {
    square(drawing, (NAME_AT + 7.0, y), 6.0, Judged::Blinded);
    drawing.text((NAME_AT + 22.0, y + 4.5), "blinded rater", SMALL);
    square(drawing, (NAME_AT + 147.0, y), 6.0, Judged::Open);
    drawing.text((NAME_AT + 162.0, y + 4.5), "open, or not said", SMALL);
    drawing.diamond((NAME_AT + 312.0, y), (13.0, 7.0), POOLED_FILL, Some(Stroke::solid(INK, 1.5)));
    drawing.text((NAME_AT + 334.0, y + 4.5), "pooled mean, 95 %", SMALL);
    drawing.line((NAME_AT + 478.0, y), (NAME_AT + 512.0, y), PREDICTION);
    for x in [NAME_AT + 478.0, NAME_AT + 512.0] {
        drawing.line((x, y - 4.5), (x, y + 4.5), Stroke::solid(INK, 1.5));
    }
    drawing.text((NAME_AT + 522.0, y + 4.5), "where the next study would lie, 95 %", SMALL);
}

#[cfg(test)]
mod tests {
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
        let svg = a_plot().svg();
        for name in ["Alam 2014", "Garg 2014", "Dogra 2014", "pooled, 2 arms"] {
            assert_eq!(svg.matches(name).count(), 1, "{name}");
        }
        assert!(svg.contains("[−90 to 88]") && !svg.contains("NaN"));
    }
}
