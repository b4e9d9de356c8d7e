//! The course table: what 1 to 8 further sessions at different intervals would bring.

use crate::distribution::{Chance, Interval};
use crate::dose::Dose;
use crate::elementary::{exp, expit, sqrt};
use crate::error::ForecastError;
use crate::patient::within;
use crate::posterior::{COURSE_SESSIONS_LIMIT, Further, Posterior};
use crate::response::refractory_factor;
use crate::update::away_from_loss;

/// Weeks after the last session at which courses are compared: the first verdict and half a year.
pub const OUTLOOK_WEEKS: [f64; 2] = [12.0, 26.0];
/// The most further sessions in a course table.
pub const FURTHER_SESSIONS_LIMIT: usize = 8;
/// Intervals compared unless others are asked for, weeks.
pub const USUAL_INTERVALS_WEEKS: [f64; 4] = [2.0, 4.0, 6.0, 8.0];

/// What to tabulate.
#[derive(Debug, Clone, PartialEq)]
pub struct CourseQuestion {
    /// Improvement the patient hopes for, as a fraction, above 0 to 1.
    pub goal: f64,
    /// The most further sessions, at most [`FURTHER_SESSIONS_LIMIT`].
    pub further_sessions_max: usize,
    /// Intervals to compare, weeks, 1 to 12.
    pub intervals_weeks: Vec<f64>,
    /// What each further session will deliver.
    pub dose: Dose,
}

impl CourseQuestion {
    /// Up to eight standard sessions at the usual intervals.
    pub fn usual(goal: f64) -> Self {
        Self {
            goal,
            further_sessions_max: FURTHER_SESSIONS_LIMIT,
            intervals_weeks: USUAL_INTERVALS_WEEKS.to_vec(),
            dose: Dose::STANDARD,
        }
    }
}

/// The true effect at one moment, summarised.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlook {
    /// Weeks after the last session.
    pub after_weeks: f64,
    /// Mean improvement, as a fraction.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// Median.
    pub median: f64,
    /// Holds half of the probability.
    pub interval_50: Interval,
    /// Holds four fifths.
    pub interval_80: Interval,
    /// Holds nineteen twentieths.
    pub interval_95: Interval,
    /// Chance of at least 25 % improvement.
    pub quarter: Chance,
    /// Chance of at least 50 % improvement.
    pub half: Chance,
    /// Chance of reaching the goal.
    pub goal: Chance,
}

/// One course.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Course {
    /// Sessions still to come.
    pub further_sessions: usize,
    /// Sessions given and still to come.
    pub total_sessions: usize,
    /// Weeks between further sessions.
    pub interval_weeks: f64,
    /// Three and six months after the last session: [`OUTLOOK_WEEKS`].
    pub outlooks: [Outlook; 2],
    /// Mean improvement that the last session of this course adds at twelve weeks, as a fraction.
    pub gain_of_last_session: f64,
}

/// All courses compared.
#[derive(Debug, Clone, PartialEq)]
pub struct CourseTable {
    /// The goal the chances refer to.
    pub goal: f64,
    /// Stopping now: three and six months after the last session given.
    pub stopping_now: [Outlook; 2],
    /// By interval as asked, then by number of sessions.
    pub courses: Vec<Course>,
}

impl CourseTable {
    /// The course with so many further sessions at an interval.
    pub fn course(&self, further_sessions: usize, interval_weeks: f64) -> Option<&Course> {
        self.courses.iter().find(|c| c.further_sessions == further_sessions && c.interval_weeks == interval_weeks)
    }
}

impl Posterior {
    /// Compares courses. Courses beyond [`COURSE_SESSIONS_LIMIT`] sessions in total are left out.
    ///
    /// # Errors
    /// [`ForecastError::OutOfRange`] for a goal, an interval or a dose outside its range.
    pub fn courses(&self, question: &CourseQuestion) -> Result<CourseTable, ForecastError> {
        within(|| "goal".to_owned(), question.goal, 0.01, 1.0, "0.01 to 1")?;
        within(
            || "further_sessions_max".to_owned(),
            question.further_sessions_max as f64,
            0.0,
            FURTHER_SESSIONS_LIMIT as f64,
            "0 to 8",
        )?;
        let room = COURSE_SESSIONS_LIMIT.saturating_sub(self.sessions_given());
        let most = question.further_sessions_max.min(room);
        let mut table = CourseTable { goal: question.goal, stopping_now: self.stopping_now(question), courses: Vec::new() };
        let outset = Outset::new(self, question.dose);
        for &interval_weeks in &question.intervals_weeks {
            let further = Further { sessions: most, interval_weeks, dose: question.dose };
            self.check_further(&further)?;
            let outlooks = self.outlooks(&further, &outset, question.goal);
            let mut before = table.stopping_now[0].mean;
            for (n, outlooks) in outlooks.into_iter().enumerate() {
                let mean = outlooks[0].mean;
                table.courses.push(Course {
                    further_sessions: n + 1,
                    total_sessions: self.sessions_given() + n + 1,
                    interval_weeks,
                    outlooks,
                    gain_of_last_session: mean - before,
                });
                before = mean;
            }
        }
        Ok(table)
    }

    fn stopping_now(&self, question: &CourseQuestion) -> [Outlook; 2] {
        let mut effects = vec![0.0; self.particles.weights.len()];
        OUTLOOK_WEEKS.map(|after_weeks| {
            self.effects_after(&Further::NONE, after_weeks, &mut effects);
            let mut tally = Tally::new(question.goal);
            for (&effect, &weight) in effects.iter().zip(&self.particles.weights) {
                tally.add(effect, weight);
            }
            tally.outlook(after_weeks, self.diagnostic.effective_points)
        })
    }

    /// Outlooks after 1, 2, ... further sessions in one pass over the explanations.
    fn outlooks(&self, further: &Further, outset: &Outset, goal: f64) -> Vec<[Outlook; 2]> {
        let turnover = self.record.turnover;
        let loss = turnover.loss_per_week;
        let interval = further.interval_weeks;
        let kept = libm::exp(-loss * interval);
        let kept_after = OUTLOOK_WEEKS.map(|weeks| libm::exp(-loss * weeks));
        let crowding = 1.0 - refractory_factor(interval, 1.0, turnover.refractory_weeks);
        let first_crowding = if self.sessions_given() > 0 { crowding } else { 0.0 };
        let mut tallies: Vec<[Tally; 2]> = (0..further.sessions).map(|_| [Tally::new(goal), Tally::new(goal)]).collect();
        let weights = &self.particles.weights;
        for start in (0..weights.len()).step_by(LANES) {
            let o = outset.block(start);
            // a block that runs over the end repeats its last explanation without weight
            let weight: [f64; LANES] = core::array::from_fn(|l| weights.get(start + l).copied().unwrap_or(0.0));
            let (mut unlost, mut signal) = (o.unlost, o.signal);
            let (mut decay, mut dose, mut crowded) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
            for l in 0..LANES {
                decay[l] = exp(-o.rate[l] * interval);
                dose[l] = o.dose[l] * (1.0 - o.rho[l] * first_crowding);
                crowded[l] = o.dose[l] * (1.0 - o.rho[l] * crowding);
            }
            for pair in &mut tallies {
                for l in 0..LANES {
                    unlost[l] = unlost[l] * kept + dose[l];
                    signal[l] = signal[l] * decay[l] + dose[l];
                }
                dose = crowded;
                for h in 0..OUTLOOK_WEEKS.len() {
                    let mut effect = [0.0; LANES];
                    for l in 0..LANES {
                        let r = o.scale[l] * (unlost[l] * kept_after[h] - signal[l] * o.decay_after[h][l]);
                        effect[l] = o.ceiling[l] * (1.0 - exp(-r));
                    }
                    for l in 0..LANES {
                        pair[h].add(effect[l], weight[l]);
                    }
                }
            }
        }
        let effective = self.diagnostic.effective_points;
        let outlook = |tally: &Tally, h: usize| tally.outlook(OUTLOOK_WEEKS[h], effective);
        tallies.iter().map(|pair| core::array::from_fn(|h| outlook(&pair[h], h))).collect()
    }
}

/// Explanations worked on together, so that the arithmetic runs side by side.
const LANES: usize = 8;

/// Where every explanation stands after the last session given, and how it goes on: what all intervals share.
struct Outset {
    blocks: Vec<OutsetBlock>,
}

/// One block of explanations.
struct OutsetBlock {
    rate: [f64; LANES],
    scale: [f64; LANES],
    ceiling: [f64; LANES],
    decay_after: [[f64; LANES]; 2],
    dose: [f64; LANES],
    rho: [f64; LANES],
    unlost: [f64; LANES],
    signal: [f64; LANES],
}

impl Outset {
    fn new(posterior: &Posterior, dose: Dose) -> Self {
        let doses: Vec<f64> = posterior.draws.iter().map(|draw| dose.under(draw)).collect();
        let count = posterior.particles.weights.len();
        let blocks = (0..count).step_by(LANES).map(|start| {
            let at: [usize; LANES] = core::array::from_fn(|l| (start + l).min(count - 1));
            OutsetBlock::new(posterior, &doses, &at)
        });
        Self { blocks: blocks.collect() }
    }

    fn block(&self, start: usize) -> &OutsetBlock {
        &self.blocks[start / LANES]
    }
}

impl OutsetBlock {
    fn new(posterior: &Posterior, doses: &[f64], at: &[usize; LANES]) -> Self {
        let p = &posterior.particles;
        let loss = posterior.record.turnover.loss_per_week;
        let draw = at.map(|i| p.draw[i] as usize);
        let rate = at.map(|i| away_from_loss(exp(p.log_k[i]), loss));
        Self {
            rate,
            scale: core::array::from_fn(|l| exp(p.log_g[at[l]]) * rate[l] / (rate[l] - loss)),
            ceiling: at.map(|i| expit(p.logit_a[i])),
            decay_after: OUTLOOK_WEEKS.map(|weeks| rate.map(|rate| exp(-rate * weeks))),
            dose: draw.map(|m| doses[m]),
            rho: draw.map(|m| posterior.draws[m].rho),
            unlost: draw.map(|m| posterior.record.unlost_last[m]),
            signal: at.map(|i| p.unexpressed[i]),
        }
    }
}

/// Cells of the tally; quarter and half fall on cell borders.
const CELLS: usize = 1024;

/// Weight of effects by cell, for quantiles without sorting.
#[derive(Debug, Clone)]
pub(crate) struct Tally {
    goal: f64,
    reached: f64,
    sum: f64,
    squares: f64,
    cells: Vec<f64>,
}

impl Tally {
    pub(crate) fn new(goal: f64) -> Self {
        Self { goal, reached: 0.0, sum: 0.0, squares: 0.0, cells: vec![0.0; CELLS] }
    }

    #[inline(always)]
    pub(crate) fn add(&mut self, effect: f64, weight: f64) {
        self.reached += if effect >= self.goal { weight } else { 0.0 };
        self.sum += weight * effect;
        self.squares += weight * effect * effect;
        let cell = ((effect * CELLS as f64) as usize).min(CELLS - 1);
        self.cells[cell] += weight;
    }

    pub(crate) fn outlook(&self, after_weeks: f64, effective_points: f64) -> Outlook {
        let quantiles = self.quantiles([0.025, 0.10, 0.25, 0.50, 0.75, 0.90, 0.975]);
        let between = |low: usize, high: usize| Interval { low: quantiles[low], high: quantiles[high] };
        let chance = |probability: f64| Chance::new(probability.clamp(0.0, 1.0), effective_points);
        Outlook {
            after_weeks,
            mean: self.sum,
            sd: sqrt((self.squares - self.sum * self.sum).max(0.0)),
            median: quantiles[3],
            interval_50: between(2, 4),
            interval_80: between(1, 5),
            interval_95: between(0, 6),
            quarter: chance(self.at_or_above_cell(CELLS / 4)),
            half: chance(self.at_or_above_cell(CELLS / 2)),
            goal: chance(self.reached),
        }
    }

    /// Ascending shares to their quantiles, even within a cell.
    fn quantiles<const N: usize>(&self, shares: [f64; N]) -> [f64; N] {
        let (mut cell, mut below) = (0, 0.0);
        shares.map(|share| {
            while cell < CELLS - 1 && below + self.cells[cell] < share {
                below += self.cells[cell];
                cell += 1;
            }
            let inside = if self.cells[cell] > 0.0 { ((share - below) / self.cells[cell]).clamp(0.0, 1.0) } else { 0.0 };
            (cell as f64 + inside) / CELLS as f64
        })
    }

    /// Weight in a cell and all above.
    fn at_or_above_cell(&self, cell: usize) -> f64 {
        1.0 - self.cells[..cell].iter().sum::<f64>()
    }
}
