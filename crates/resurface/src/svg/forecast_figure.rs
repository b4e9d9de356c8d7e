use super::document::{Anchor, Drawing, Stroke, Type, Weight};
use super::scale::Scale;

/// The forecast of one course: curve, bands, sessions, what was observed, and the goal.
#[derive(Clone, Debug)]
pub(crate) struct ForecastFigure {
    /// Heading, and name of the figure.
    pub(crate) title: String,
    /// One line under the heading.
    pub(crate) subtitle: String,
    /// In words, what the figure shows.
    pub(crate) description: String,
    /// The forecast, in the order of the weeks.
    pub(crate) curve: Vec<CurvePoint>,
    /// Sessions given and planned.
    pub(crate) sessions: Vec<SessionMark>,
    /// Outcomes observed.
    pub(crate) observed: Vec<Observed>,
    /// The goal, in percent better.
    pub(crate) goal_percent: Option<f64>,
    /// When the verdict is read: week since the first session, and its day.
    pub(crate) verdict: Option<(f64, String)>,
    /// Small print below: versions, what the bands mean.
    pub(crate) notes: Vec<String>,
}

/// The forecast at one time, in percent better than before the first session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct CurvePoint {
    /// Weeks since the first session.
    pub(crate) week: f64,
    /// The middle.
    pub(crate) median: f64,
    /// Ends for half of such patients.
    pub(crate) half: (f64, f64),
    /// Ends for 80 %.
    pub(crate) eighty: (f64, f64),
    /// Ends for 95 %.
    pub(crate) ninety_five: (f64, f64),
}

/// A session on the time axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SessionMark {
    /// Weeks since the first session.
    pub(crate) week: f64,
    /// Its day.
    pub(crate) date: String,
    /// Given or planned.
    pub(crate) timing: Timing,
}

/// Whether a session has been given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Timing {
    /// Given.
    Given,
    /// Planned.
    Planned,
}

/// An outcome on the time axis, in percent better.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Observed {
    /// Weeks since the first session.
    pub(crate) week: f64,
    /// The value.
    pub(crate) percent: f64,
    /// What the rater's error allows, 95 %.
    pub(crate) error: (f64, f64),
    /// Who judged.
    pub(crate) seen: Seen,
}

/// Who judged an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Seen {
    /// Someone who did not know of the treatment.
    Blinded,
    /// Someone who knew.
    Open,
    /// The patient.
    Patient,
}

const WIDTH: f64 = 900.0;
const LEFT: f64 = 76.0;
const RIGHT: f64 = 716.0;
const TOP: f64 = 84.0;
const BOTTOM: f64 = 428.0;
/// Where the session marks stand, under the axis.
const SESSIONS_AT: f64 = 476.0;

const INK: &str = "#1b2733";
const QUIET: &str = "#5b6773";
const GRID: &str = "#dde2e7";
const BAND_95: &str = "#e4e9ee";
const BAND_80: &str = "#c3ced8";
const BAND_50: &str = "#93a6b8";
const MEDIAN: Stroke = Stroke::solid("#12283f", 2.6);
const GOAL: Stroke = Stroke { colour: "#1b2733", width: 1.6, dash: "7 4" };
const EDGE_95: Stroke = Stroke { colour: "#6b7a88", width: 1.0, dash: "2 3" };
const EDGE_80: Stroke = Stroke { colour: "#6b7a88", width: 1.0, dash: "6 3" };

const SMALL: Type = Type { size: 12.5, anchor: Anchor::Start, weight: Weight::Normal, colour: INK };
const MIDDLE: Type = Type { anchor: Anchor::Middle, ..SMALL };
const TICK: Type = Type { colour: QUIET, ..SMALL };

impl ForecastFigure {
    /// The figure as an SVG file.
    pub(crate) fn svg(&self) -> String {
        let notes_at = SESSIONS_AT + 112.0;
        let mut drawing = Drawing::new(WIDTH, notes_at + 17.0 * self.notes.len() as f64);
        let time = Scale::new((0.0, self.last_week()), (LEFT, RIGHT));
        let better = Scale::new((self.lowest(), 100.0), (BOTTOM, TOP));

        drawing.text((LEFT - 52.0, 32.0), &self.title, Type { size: 19.0, weight: Weight::Bold, ..SMALL });
        drawing.text((LEFT - 52.0, 54.0), &self.subtitle, Type { size: 13.5, ..TICK });
        self.axes(&mut drawing, time, better);
        self.bands(&mut drawing, time, better);
        self.goal(&mut drawing, better);
        self.verdict(&mut drawing, time);
        self.observations(&mut drawing, time, better);
        self.session_marks(&mut drawing, time);
        self.end_labels(&mut drawing, better);
        self.legend(&mut drawing, SESSIONS_AT + 46.0);
        for (at, note) in self.notes.iter().enumerate() {
            drawing.text((LEFT - 52.0, notes_at + 17.0 * at as f64), note, Type { size: 11.5, ..TICK });
        }
        drawing.finish(&self.title, &self.description)
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

    fn axes(&self, drawing: &mut Drawing, time: Scale, better: Scale) {
        for value in better.ticks(6) {
            let y = better.at(value);
            let stroke = if value == 0.0 { Stroke::solid(QUIET, 1.2) } else { Stroke::solid(GRID, 1.0) };
            drawing.line((LEFT, y), (RIGHT, y), stroke);
            drawing.text((LEFT - 10.0, y + 4.5), &format!("{value:.0} %"), Type { anchor: Anchor::End, ..TICK });
        }
        for session in &self.sessions {
            let x = time.at(session.week);
            drawing.line((x, TOP), (x, BOTTOM), Stroke::solid(GRID, 1.0));
        }
        for week in time.ticks(9) {
            let x = time.at(week);
            drawing.line((x, BOTTOM), (x, BOTTOM + 5.0), Stroke::solid(QUIET, 1.0));
            drawing.text((x, BOTTOM + 20.0), &format!("{week:.0}"), Type { colour: QUIET, ..MIDDLE });
        }
        drawing.text((RIGHT + 10.0, BOTTOM + 20.0), "weeks since the", TICK);
        drawing.text((RIGHT + 10.0, BOTTOM + 35.0), "first session", TICK);
        let kind = Type { size: 13.0, anchor: Anchor::Middle, ..SMALL };
        drawing.upward_text((22.0, (TOP + BOTTOM) / 2.0), "scar severity: better than before the first session", kind);
    }

    fn bands(&self, drawing: &mut Drawing, time: Scale, better: Scale) {
        let line = |value: fn(&CurvePoint) -> f64| -> Vec<(f64, f64)> {
            self.curve.iter().map(|point| (time.at(point.week), better.at(value(point)))).collect()
        };
        let (low_95, high_95) = (line(|point| point.ninety_five.0), line(|point| point.ninety_five.1));
        let (low_80, high_80) = (line(|point| point.eighty.0), line(|point| point.eighty.1));
        drawing.band(&low_95, &high_95, BAND_95);
        drawing.band(&low_80, &high_80, BAND_80);
        drawing.band(&line(|point| point.half.0), &line(|point| point.half.1), BAND_50);
        for edge in [&low_95, &high_95] {
            drawing.polyline(edge, EDGE_95);
        }
        for edge in [&low_80, &high_80] {
            drawing.polyline(edge, EDGE_80);
        }
        drawing.polyline(&line(|point| point.median), MEDIAN);
    }

    fn goal(&self, drawing: &mut Drawing, better: Scale) {
        let Some(goal) = self.goal_percent.filter(|goal| better.holds(*goal)) else { return };
        let y = better.at(goal);
        drawing.line((LEFT, y), (RIGHT, y), GOAL);
        drawing.text((LEFT + 6.0, y - 6.0), &format!("goal {goal:.0} %"), Type { weight: Weight::Bold, ..SMALL });
    }

    fn verdict(&self, drawing: &mut Drawing, time: Scale) {
        let Some((week, date)) = self.verdict.as_ref().filter(|(week, _)| time.holds(*week)) else { return };
        let x = time.at(*week);
        drawing.line((x, TOP), (x, BOTTOM), Stroke { colour: QUIET, width: 1.0, dash: "1 3" });
        drawing.text((x - 5.0, TOP + 14.0), &format!("verdict {date}"), Type { anchor: Anchor::End, ..TICK });
    }

    fn observations(&self, drawing: &mut Drawing, time: Scale, better: Scale) {
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

    fn session_marks(&self, drawing: &mut Drawing, time: Scale) {
        if self.sessions.is_empty() {
            return;
        }
        drawing.text((LEFT - 10.0, SESSIONS_AT + 4.0), "session", Type { anchor: Anchor::End, ..TICK });
        let last = self.sessions.len() - 1;
        for (at, session) in self.sessions.iter().enumerate() {
            let x = time.at(session.week);
            needle(drawing, (x, SESSIONS_AT - 8.0), session.timing);
            drawing.text((x + 8.0, SESSIONS_AT + 4.0), &format!("{}", at + 1), SMALL);
            if at == 0 || at == last {
                drawing.text((x, SESSIONS_AT + 21.0), &session.date, Type { colour: QUIET, ..MIDDLE });
            }
        }
    }

    /// The numbers at the right end of each band, apart from each other where the bands are narrow.
    fn end_labels(&self, drawing: &mut Drawing, better: Scale) {
        let Some(end) = self.curve.last() else { return };
        let mut labels = [
            (end.ninety_five.1, format!("{:.0} %", end.ninety_five.1), TICK),
            (end.eighty.1, format!("{:.0} %", end.eighty.1), TICK),
            (end.half.1, format!("{:.0} %", end.half.1), TICK),
            (end.median, format!("{:.0} %  median", end.median), Type { weight: Weight::Bold, ..SMALL }),
            (end.half.0, format!("{:.0} %  half of such patients", end.half.0), TICK),
            (end.eighty.0, format!("{:.0} %  80 in 100", end.eighty.0), TICK),
            (end.ninety_five.0, format!("{:.0} %  95 in 100", end.ninety_five.0), TICK),
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
    fn legend(&self, drawing: &mut Drawing, y: f64) {
        let mut keys = Keys { drawing, x: LEFT - 52.0, y };
        keys.add("median", &|drawing, (x, y)| drawing.line((x, y), (x + 26.0, y), MEDIAN));
        keys.add("half of such patients", &|drawing, at| swatch(drawing, at, BAND_50, None));
        keys.add("80 in 100", &|drawing, at| swatch(drawing, at, BAND_80, Some(EDGE_80)));
        keys.add("95 in 100", &|drawing, at| swatch(drawing, at, BAND_95, Some(EDGE_95)));
        keys = Keys { x: LEFT - 52.0, y: y + 24.0, ..keys };
        for timing in [Timing::Given, Timing::Planned] {
            if self.sessions.iter().any(|session| session.timing == timing) {
                let text = if timing == Timing::Given { "session given" } else { "session planned" };
                keys.add(text, &|drawing, (x, y)| needle(drawing, (x + 20.0, y), timing));
            }
        }
        for seen in [Seen::Blinded, Seen::Open, Seen::Patient] {
            if self.observed.iter().any(|observed| observed.seen == seen) {
                let text = match seen {
                    Seen::Blinded => "measured, blinded",
                    Seen::Open => "measured, open",
                    Seen::Patient => "the patient's view",
                };
                keys.add(text, &|drawing, (x, y)| mark(drawing, (x + 18.0, y), seen));
            }
        }
    }
}

/// Keys of the legend, set one after the other.
struct Keys<'a> {
    drawing: &'a mut Drawing,
    x: f64,
    y: f64,
}

impl Keys<'_> {
    fn add(&mut self, text: &str, draw: &dyn Fn(&mut Drawing, (f64, f64))) {
        draw(self.drawing, (self.x, self.y));
        self.drawing.text((self.x + 34.0, self.y + 4.0), text, SMALL);
        // Wide enough for the widest of the fonts that may be used.
        self.x += 34.0 + 7.6 * text.chars().count() as f64 + 16.0;
    }
}

fn swatch(drawing: &mut Drawing, (x, y): (f64, f64), fill: &str, edge: Option<Stroke>) {
    drawing.rect((x, y - 7.0), (26.0, 14.0), fill, edge);
}

/// The sign of an outcome: its shape says who judged.
fn mark(drawing: &mut Drawing, (x, y): (f64, f64), seen: Seen) {
    let outline = Some(Stroke::solid(INK, 2.0));
    match seen {
        Seen::Blinded => drawing.diamond((x, y), (7.0, 7.0), INK, outline),
        Seen::Open => drawing.rect((x - 5.0, y - 5.0), (10.0, 10.0), "#ffffff", outline),
        Seen::Patient => drawing.circle((x, y), 5.5, "#ffffff", outline),
    }
}

/// The sign of a session: a needle point, filled when it has been given.
fn needle(drawing: &mut Drawing, (x, y): (f64, f64), timing: Timing) {
    let fill = if timing == Timing::Given { INK } else { "#ffffff" };
    drawing.polygon(&[(x - 5.0, y - 9.0), (x + 5.0, y - 9.0), (x, y + 9.0)], fill, Some(Stroke::solid(INK, 1.5)));
}

#[cfg(test)]
mod tests {
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
        let svg = a_figure().svg();
        assert_eq!(svg.matches("measured, ").count(), 2);
        assert!(svg.contains("goal 50 %") && svg.contains("verdict 2027-01-18") && svg.contains("&lt;first&gt;"));
        assert!(!svg.contains("NaN") && !svg.contains("<script"));
    }

    #[test]
    fn without_outcomes_there_is_no_key_for_them() {
        let figure = ForecastFigure { observed: Vec::new(), ..a_figure() };
        assert!(!figure.svg().contains("measured"));
    }
}
