//! The forecast of one course on an axis of time.

use resurface_words::Words;

use crate::drawing::{Anchor, Colour, Drawing, Place, Stroke, Type};
use crate::ink::{
    self, BOLD, DARK_SHADE, GOAL, GRID, HEADING, INK, LIGHT_SHADE, MIDDLE_SHADE, QUIET, SMALL_PRINT, UNDER_HEADING,
};
use crate::keys::Keys;
use crate::scale::Scale;

/// The forecast of one course: curve, bands, sessions, what was observed, and the goal.
#[derive(Clone, Debug)]
pub struct ForecastFigure {
    /// Heading, and name of the figure.
    pub title: String,
    /// One line under the heading.
    pub subtitle: String,
    /// In words, what the figure shows.
    pub description: String,
    /// The forecast, in the order of the weeks.
    pub curve: Vec<CurvePoint>,
    /// Sessions given and planned.
    pub sessions: Vec<SessionMark>,
    /// Outcomes observed.
    pub observed: Vec<Observed>,
    /// The goal, in percent better.
    pub goal_percent: Option<f64>,
    /// When the verdict is read: week since the first session, and its day.
    pub verdict: Option<(f64, String)>,
    /// Small print below: versions, what the bands mean.
    pub notes: Vec<String>,
}

/// The forecast at one time, in percent better than before the first session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// Weeks since the first session.
    pub week: f64,
    /// The middle.
    pub median: f64,
    /// Ends for half of such patients.
    pub half: (f64, f64),
    /// Ends for 80 %.
    pub eighty: (f64, f64),
    /// Ends for 95 %.
    pub ninety_five: (f64, f64),
}

/// A session on the time axis.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionMark {
    /// Weeks since the first session.
    pub week: f64,
    /// Its day.
    pub date: String,
    /// Given or planned.
    pub timing: Timing,
}

/// Whether a session has been given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// Given.
    Given,
    /// Planned.
    Planned,
}

/// An outcome on the time axis, in percent better.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observed {
    /// Weeks since the first session.
    pub week: f64,
    /// The value.
    pub percent: f64,
    /// What the rater's error allows, 95 %.
    pub error: (f64, f64),
    /// Who judged.
    pub seen: Seen,
}

/// Who judged an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seen {
    /// Someone who did not know of the treatment.
    Blinded,
    /// Someone who knew.
    Open,
    /// The patient.
    Patient,
    /// Nobody: an instrument measured it.
    Instrument,
}

const WIDTH: f64 = 900.0;
const LEFT: f64 = 76.0;
const RIGHT: f64 = 716.0;
const TOP: f64 = 84.0;
const BOTTOM: f64 = 428.0;
/// Where the session marks stand, under the axis.
const SESSIONS_AT: f64 = 476.0;

const MEDIAN: Stroke = Stroke::solid(Colour::of(0x0012_283f), 2.6);
const EDGE: Colour = Colour::of(0x006b_7a88);
const EDGE_95: Stroke = Stroke { colour: EDGE, width: 1.0, dash: &[2.0, 3.0] };
const EDGE_80: Stroke = Stroke { colour: EDGE, width: 1.0, dash: &[6.0, 3.0] };

const SMALL: Type = Type { size: 12.5, ..ink::PLAIN };
const SMALL_BOLD: Type = Type { size: 12.5, ..BOLD };
const TICK: Type = ink::QUIETLY;

/// What every part of the figure is drawn on, and with.
struct Sheet<'a> {
    drawing: &'a mut Drawing,
    words: &'a Words,
    time: Scale,
    better: Scale,
}

impl ForecastFigure {
    /// The figure as SVG; `id` begins the ids inside.
    #[must_use]
    pub fn svg(&self, id: &str, words: &Words) -> String {
        self.drawing(words).svg(id)
    }

    /// The figure, with its words in a language.
    #[must_use]
    pub fn drawing(&self, words: &Words) -> Drawing {
        let notes_at = SESSIONS_AT + 112.0;
        let size = (WIDTH, notes_at + 17.0 * self.notes.len() as f64);
        let mut drawing = Drawing::new(size, &self.title, &self.description);
        let time = Scale::new((0.0, self.last_week()), (LEFT, RIGHT));
        let better = Scale::new((self.lowest(), 100.0), (BOTTOM, TOP));

        drawing.text((LEFT - 52.0, 32.0), &self.title, HEADING);
        drawing.text((LEFT - 52.0, 54.0), &self.subtitle, UNDER_HEADING);
        let mut sheet = Sheet { drawing: &mut drawing, words, time, better };
        self.axes(&mut sheet);
        self.bands(&mut sheet);
        self.goal(&mut sheet);
        self.verdict(&mut sheet);
        self.observations(&mut sheet);
        self.session_marks(&mut sheet);
        self.end_labels(&mut sheet);
        self.legend(&mut sheet, SESSIONS_AT + 46.0);
        for (at, note) in self.notes.iter().enumerate() {
            drawing.text((LEFT - 52.0, notes_at + 17.0 * at as f64), note, SMALL_PRINT);
        }
        drawing
    }

    fn last_week(&self) -> f64 {
        let weeks = self.curve.iter().map(|point| point.week).chain(self.observed.iter().map(|seen| seen.week));
        weeks.chain(self.sessions.iter().map(|session| session.week)).fold(1.0, f64::max)
    }

    fn lowest(&self) -> f64 {
        let lows = self.observed.iter().map(|seen| seen.error.0).chain(self.curve.iter().map(|point| point.ninety_five.0));
        let lowest = lows.fold(0.0, f64::min);
        ((lowest / 20.0).floor() * 20.0).max(-100.0)
    }

    fn axes(&self, sheet: &mut Sheet<'_>) {
        let Sheet { drawing, words, time, better } = sheet;
        for value in better.ticks(6) {
            let y = better.at(value);
            let stroke = if value == 0.0 { Stroke::solid(QUIET, 1.2) } else { Stroke::solid(GRID, 1.0) };
            drawing.line((LEFT, y), (RIGHT, y), stroke);
            drawing.text((LEFT - 10.0, y + 4.5), &words.percentage(value), Type { anchor: Anchor::End, ..TICK });
        }
        for session in &self.sessions {
            let x = time.at(session.week);
            drawing.line((x, TOP), (x, BOTTOM), Stroke::solid(GRID, 1.0));
        }
        for week in time.ticks(9) {
            let x = time.at(week);
            drawing.line((x, BOTTOM), (x, BOTTOM + 5.0), Stroke::solid(QUIET, 1.0));
            drawing.text((x, BOTTOM + 20.0), &words.number(week, 0), Type { anchor: Anchor::Middle, ..TICK });
        }
        for (at, key) in ["figure-weeks-since", "figure-first-session"].into_iter().enumerate() {
            drawing.text((RIGHT + 10.0, BOTTOM + 20.0 + 15.0 * at as f64), &words.text(key), TICK);
        }
        let kind = Type { anchor: Anchor::Middle, ..ink::PLAIN };
        drawing.upward_text((22.0, (TOP + BOTTOM) / 2.0), &words.text("figure-better-than-before"), kind);
    }

    fn bands(&self, sheet: &mut Sheet<'_>) {
        let Sheet { drawing, time, better, .. } = sheet;
        let line = |value: fn(&CurvePoint) -> f64| -> Vec<Place> {
            self.curve.iter().map(|point| (time.at(point.week), better.at(value(point)))).collect()
        };
        let (low_95, high_95) = (line(|point| point.ninety_five.0), line(|point| point.ninety_five.1));
        let (low_80, high_80) = (line(|point| point.eighty.0), line(|point| point.eighty.1));
        drawing.band(&low_95, &high_95, LIGHT_SHADE);
        drawing.band(&low_80, &high_80, MIDDLE_SHADE);
        drawing.band(&line(|point| point.half.0), &line(|point| point.half.1), DARK_SHADE);
        for edge in [&low_95, &high_95] {
            drawing.polyline(edge, EDGE_95);
        }
        for edge in [&low_80, &high_80] {
            drawing.polyline(edge, EDGE_80);
        }
        drawing.polyline(&line(|point| point.median), MEDIAN);
    }

    fn goal(&self, sheet: &mut Sheet<'_>) {
        let Sheet { drawing, words, better, .. } = sheet;
        let Some(goal) = self.goal_percent.filter(|goal| better.holds(*goal)) else { return };
        let y = better.at(goal);
        drawing.line((LEFT, y), (RIGHT, y), GOAL);
        let text = words.with("figure-goal", [("percent", words.percentage(goal).into())]);
        drawing.text((LEFT + 6.0, y - 6.0), &text, SMALL_BOLD);
    }

    fn verdict(&self, sheet: &mut Sheet<'_>) {
        let Sheet { drawing, words, time, .. } = sheet;
        let Some((week, date)) = self.verdict.as_ref().filter(|(week, _)| time.holds(*week)) else { return };
        let x = time.at(*week);
        drawing.line((x, TOP), (x, BOTTOM), Stroke { colour: QUIET, width: 1.0, dash: &[1.0, 3.0] });
        let text = words.with("figure-verdict", [("date", date.into())]);
        drawing.text((x - 5.0, TOP + 14.0), &text, Type { anchor: Anchor::End, ..TICK });
    }

    fn observations(&self, sheet: &mut Sheet<'_>) {
        let Sheet { drawing, time, better, .. } = sheet;
        for (at, seen) in self.observed.iter().enumerate() {
            // Outcomes of one day stand beside each other.
            let beside = self.observed[..at].iter().filter(|earlier| (earlier.week - seen.week).abs() < 0.5).count();
            let x = time.at(seen.week) + 13.0 * beside as f64;
            let ends = [better.at(seen.error.0), better.at(seen.error.1)];
            drawing.line((x, ends[0]), (x, ends[1]), Stroke::solid(INK, 1.6));
            for end in ends {
                drawing.line((x - 5.0, end), (x + 5.0, end), Stroke::solid(INK, 1.6));
            }
            mark(drawing, (x, better.at(seen.percent)), seen.seen);
        }
    }

    fn session_marks(&self, sheet: &mut Sheet<'_>) {
        let Sheet { drawing, words, time, .. } = sheet;
        if self.sessions.is_empty() {
            return;
        }
        let kind = Type { anchor: Anchor::End, ..TICK };
        drawing.text((LEFT - 10.0, SESSIONS_AT + 4.0), &words.text("figure-session"), kind);
        let last = self.sessions.len() - 1;
        for (at, session) in self.sessions.iter().enumerate() {
            let x = time.at(session.week);
            needle(drawing, (x, SESSIONS_AT - 8.0), session.timing);
            drawing.text((x + 8.0, SESSIONS_AT + 4.0), &format!("{}", at + 1), SMALL);
            if at == 0 || at == last {
                drawing.text((x, SESSIONS_AT + 21.0), &session.date, Type { anchor: Anchor::Middle, ..TICK });
            }
        }
    }

    /// The numbers at the right end of each band, apart from each other where the bands are narrow.
    fn end_labels(&self, sheet: &mut Sheet<'_>) {
        let Sheet { drawing, words, better, .. } = sheet;
        let Some(end) = self.curve.last() else { return };
        let named = |percent: f64, key: &str| format!("{}  {}", words.percentage(percent), words.text(key));
        let mut labels = [
            (end.ninety_five.1, words.percentage(end.ninety_five.1), TICK),
            (end.eighty.1, words.percentage(end.eighty.1), TICK),
            (end.half.1, words.percentage(end.half.1), TICK),
            (end.median, named(end.median, "figure-median"), SMALL_BOLD),
            (end.half.0, named(end.half.0, "figure-half"), TICK),
            (end.eighty.0, named(end.eighty.0, "figure-eighty"), TICK),
            (end.ninety_five.0, named(end.ninety_five.0, "figure-ninety-five"), TICK),
        ]
        .map(|(value, text, kind)| (better.at(value), text, kind));
        let lowest = BOTTOM - 2.0;
        for at in 1..labels.len() {
            labels[at].0 = labels[at].0.max(labels[at - 1].0 + 15.0);
        }
        let mut limit = lowest;
        for label in labels.iter_mut().rev() {
            label.0 = label.0.min(limit);
            limit = label.0 - 15.0;
        }
        for (y, text, kind) in labels {
            drawing.text((RIGHT + 10.0, y + 4.0), &text, kind);
        }
    }

    /// Two lines of keys: how the forecast is drawn, then what happened and what is planned.
    fn legend(&self, sheet: &mut Sheet<'_>, y: f64) {
        let words = sheet.words;
        let mut keys = Keys::new(sheet.drawing, (LEFT - 52.0, y));
        keys.add(&words.text("figure-median"), &|drawing, (x, y)| drawing.line((x, y), (x + 26.0, y), MEDIAN));
        keys.add(&words.text("figure-half"), &|drawing, at| swatch(drawing, at, DARK_SHADE, None));
        keys.add(&words.text("figure-eighty"), &|drawing, at| swatch(drawing, at, MIDDLE_SHADE, Some(EDGE_80)));
        keys.add(&words.text("figure-ninety-five"), &|drawing, at| swatch(drawing, at, LIGHT_SHADE, Some(EDGE_95)));
        let mut keys = Keys::new(sheet.drawing, (LEFT - 52.0, y + 24.0));
        for (timing, key) in [(Timing::Given, "figure-session-given"), (Timing::Planned, "figure-session-planned")] {
            if self.sessions.iter().any(|session| session.timing == timing) {
                keys.add(&words.text(key), &|drawing, (x, y)| needle(drawing, (x + 20.0, y), timing));
            }
        }
        for (seen, key) in [
            (Seen::Blinded, "figure-measured-blinded"),
            (Seen::Open, "figure-measured-open"),
            (Seen::Patient, "figure-patients-view"),
            (Seen::Instrument, "figure-measured-instrument"),
        ] {
            if self.observed.iter().any(|observed| observed.seen == seen) {
                keys.add(&words.text(key), &|drawing, (x, y)| mark(drawing, (x + 18.0, y), seen));
            }
        }
    }
}

fn swatch(drawing: &mut Drawing, (x, y): Place, fill: Colour, edge: Option<Stroke>) {
    drawing.rect((x, y - 7.0), (26.0, 14.0), fill, edge);
}

/// The sign of an outcome: its shape says who judged.
fn mark(drawing: &mut Drawing, (x, y): Place, seen: Seen) {
    let outline = Some(Stroke::solid(INK, 2.0));
    match seen {
        Seen::Blinded => drawing.diamond((x, y), (7.0, 7.0), INK, outline),
        Seen::Open => drawing.rect((x - 5.0, y - 5.0), (10.0, 10.0), Colour::WHITE, outline),
        Seen::Patient => drawing.circle((x, y), 5.5, Colour::WHITE, outline),
        Seen::Instrument => {
            drawing.polygon(&[(x - 6.5, y + 5.0), (x + 6.5, y + 5.0), (x, y - 6.5)], Colour::WHITE, outline);
        }
    }
}

/// The sign of a session: a needle point, filled when it has been given.
fn needle(drawing: &mut Drawing, (x, y): Place, timing: Timing) {
    let fill = if timing == Timing::Given { INK } else { Colour::WHITE };
    drawing.polygon(&[(x - 5.0, y - 9.0), (x + 5.0, y - 9.0), (x, y + 9.0)], fill, Some(Stroke::solid(INK, 1.5)));
}

#[cfg(test)]
mod tests {
    use resurface_words::{Language, Words};

    use super::{CurvePoint, ForecastFigure, Observed, Seen, SessionMark, Timing};

    fn a_figure() -> ForecastFigure {
        let point = |week: f64| {
            let median = 55.0 * (1.0 - (-week / 14.0).exp());
            CurvePoint {
                week,
                median,
                half: (median * 0.8, median * 1.2),
                eighty: (median * 0.6, median * 1.4),
                ninety_five: (median * 0.3, median * 1.7),
            }
        };
        let session = |week: f64, date: &str, timing| SessionMark { week, date: date.to_owned(), timing };
        ForecastFigure {
            title: "Forecast with 4 sessions, one every 4 weeks".to_owned(),
            subtitle: "one patient, <first> course".to_owned(),
            description: "Median 49 % better at the verdict.".to_owned(),
            curve: (0..=38).map(|week| point(f64::from(week))).collect(),
            sessions: vec![
                session(0.0, "2026-08-03", Timing::Given),
                session(4.0, "2026-08-31", Timing::Given),
                session(8.0, "2026-09-28", Timing::Planned),
                session(12.0, "2026-10-26", Timing::Planned),
            ],
            observed: vec![
                Observed { week: 4.0, percent: 9.0, error: (-8.0, 26.0), seen: Seen::Blinded },
                Observed { week: 7.0, percent: 26.0, error: (12.0, 40.0), seen: Seen::Open },
                Observed { week: 7.6, percent: 30.0, error: (10.0, 50.0), seen: Seen::Patient },
            ],
            goal_percent: Some(50.0),
            verdict: Some((24.0, "2027-01-18".to_owned())),
            notes: vec!["resurface 0.1.0, knowledge 0123456789ab, model 0123456789ab, seed 1".to_owned()],
        }
    }

    #[test]
    fn a_figure_shows_every_session_every_outcome_and_the_goal() {
        let svg = a_figure().svg("f", Words::of(Language::English));
        assert_eq!(svg.matches("measured, ").count(), 2);
        assert!(svg.contains("goal 50\u{a0}%") && svg.contains("verdict 2027-01-18") && svg.contains("&lt;first&gt;"));
        assert!(!svg.contains("NaN") && !svg.contains("<script"));
    }

    #[test]
    fn without_outcomes_there_is_no_key_for_them() {
        let figure = ForecastFigure { observed: Vec::new(), ..a_figure() };
        assert!(!figure.svg("f", Words::of(Language::English)).contains("measured"));
    }

    #[test]
    fn a_figure_speaks_the_readers_language() {
        let svg = a_figure().svg("f", Words::of(Language::German));
        for word in ["Ziel 50\u{a0}%", "verblindet gemessen", "Wochen seit", "die mittlere Hälfte"] {
            assert!(svg.contains(word), "{word}");
        }
        assert!(!svg.contains("goal") && !svg.contains('\u{27e8}'));
    }
}
