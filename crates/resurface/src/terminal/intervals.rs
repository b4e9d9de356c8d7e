use super::Charset;

/// One line of an interval plot, in percent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Interval {
    /// The middle.
    pub(crate) median: f64,
    /// Lower and upper end for half of the cases.
    pub(crate) half: (f64, f64),
    /// Lower and upper end for 80 %.
    pub(crate) eighty: (f64, f64),
    /// Lower and upper end for 95 %.
    pub(crate) ninety_five: (f64, f64),
}

impl Interval {
    /// A value with one interval, and nothing between.
    pub(crate) fn point(value: f64, [low, high]: [f64; 2]) -> Self {
        Self { median: value, half: (value, value), eighty: (value, value), ninety_five: (low, high) }
    }
}

/// Intervals drawn above each other on one axis.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IntervalPlot {
    /// Ends of the axis, in percent.
    pub(crate) axis: (f64, f64),
    /// Where the goal is marked, in percent.
    pub(crate) goal: Option<f64>,
    /// Columns that the drawing takes.
    pub(crate) width: usize,
    /// Characters that may be used.
    pub(crate) charset: Charset,
}

/// The signs of a drawing.
struct Signs {
    left: char,
    right: char,
    whisker: char,
    eighty: char,
    half: char,
    median: char,
    goal: char,
}

impl IntervalPlot {
    /// The drawing of one interval, `width` columns wide.
    pub(crate) fn row(&self, interval: &Interval) -> String {
        let signs = self.signs();
        let mut cells = vec![' '; self.width];
        if let Some(goal) = self.goal {
            cells[self.column(goal)] = signs.goal;
        }
        self.fill(&mut cells, interval.ninety_five, signs.whisker);
        self.put(&mut cells, interval.ninety_five.0, signs.left);
        self.put(&mut cells, interval.ninety_five.1, signs.right);
        self.fill(&mut cells, interval.eighty, signs.eighty);
        self.fill(&mut cells, interval.half, signs.half);
        self.put(&mut cells, interval.median, signs.median);
        cells.into_iter().collect()
    }

    /// The axis: numbers at quarters, and the goal beneath it where there is one.
    pub(crate) fn axis(&self) -> String {
        let mut line: Vec<char> = vec![' '; self.width];
        let (low, high) = self.axis;
        for quarter in 0..=4 {
            let value = low + (high - low) * f64::from(quarter) / 4.0;
            let label = format!("{value:.0}");
            let start = self.column(value).saturating_sub(label.len() / 2).min(self.width.saturating_sub(label.len()));
            if line[start..(start + label.len()).min(self.width)].iter().all(|&cell| cell == ' ') {
                for (at, digit) in label.chars().enumerate() {
                    line[start + at] = digit;
                }
            }
        }
        line.into_iter().collect()
    }

    /// What the signs mean.
    pub(crate) fn legend(&self) -> String {
        let signs = self.signs();
        let goal = match self.goal {
            Some(goal) => format!(", {} goal {goal:.0} %", signs.goal),
            None => String::new(),
        };
        format!(
            "{} median, {} half of such patients, {} 80 %, {}{}{} 95 %{goal}; axis in percent better",
            signs.median, signs.half, signs.eighty, signs.left, signs.whisker, signs.right
        )
    }

    fn signs(&self) -> Signs {
        match self.charset {
            Charset::Unicode => {
                Signs { left: '├', right: '┤', whisker: '─', eighty: '━', half: '█', median: '◆', goal: '╎' }
            }
            Charset::Ascii => Signs { left: '|', right: '|', whisker: '-', eighty: '=', half: '#', median: 'O', goal: ':' },
        }
    }

    fn column(&self, value: f64) -> usize {
        let (low, high) = self.axis;
        let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
        let last = self.width.saturating_sub(1);
        // Bounded by the clamp above, so the cast cannot wrap.
        ((share * last as f64).round() as usize).min(last)
    }

    fn fill(&self, cells: &mut [char], ends: (f64, f64), sign: char) {
        cells[self.column(ends.0)..=self.column(ends.1)].fill(sign);
    }

    fn put(&self, cells: &mut [char], value: f64, sign: char) {
        cells[self.column(value)] = sign;
    }
}

#[cfg(test)]
mod tests {
    use super::{Interval, IntervalPlot};
    use crate::terminal::Charset;

    const FOUR_SESSIONS: Interval =
        Interval { median: 45.0, half: (35.0, 55.0), eighty: (24.0, 66.0), ninety_five: (10.0, 80.0) };

    #[test]
    fn an_interval_is_drawn_from_wide_to_narrow_with_the_goal_behind_it() {
        let plot = IntervalPlot { axis: (0.0, 100.0), goal: Some(90.0), width: 41, charset: Charset::Unicode };
        insta::assert_snapshot!(format!("{}\n{}", plot.row(&FOUR_SESSIONS), plot.axis()), @"
            ├─────━━━━████◆████━━━━─────┤   ╎    
        0        25        50        75       100
        ");
        let plot = IntervalPlot { charset: Charset::Ascii, ..plot };
        assert!(plot.row(&FOUR_SESSIONS).is_ascii() && plot.legend().is_ascii());
    }

    #[test]
    fn values_beyond_the_axis_stay_on_its_end() {
        let plot = IntervalPlot { axis: (0.0, 100.0), goal: Some(120.0), width: 10, charset: Charset::Ascii };
        let wide = Interval { ninety_five: (-30.0, 140.0), ..FOUR_SESSIONS };
        assert_eq!(plot.row(&wide).len(), 10);
    }
}
