//! Go on or stop: the chance that is left, and whether the next sessions earn their keep.

use crate::course::OUTLOOK_WEEKS;
use crate::distribution::Chance;
use crate::dose::Dose;
use crate::error::ForecastError;
use crate::patient::within;
use crate::posterior::{COURSE_SESSIONS_LIMIT, Further, Posterior};

/// Sessions considered ahead (model.md section 8).
pub const LOOK_AHEAD_SESSIONS: usize = 3;
/// Points of improvement one more session must buy, unless the patient says otherwise. Expert setting.
pub const POINTS_PER_SESSION_USUAL: f64 = 2.5;
/// Below this chance of the goal another treatment should be offered. Expert setting.
pub const FUTILITY_CHANCE: f64 = 0.10;

/// Whether the next sessions are worth it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookAhead {
    /// At least one of the next few sessions is expected to bring more than it costs.
    Continue,
    /// None is.
    Stop,
}

/// What the look-ahead rule found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LookAheadResult {
    /// The rule's answer.
    pub verdict: LookAhead,
    /// Further sessions with the best balance, 1 to 3; 0 when none is allowed.
    pub best_sessions: usize,
    /// Points of improvement they are expected to add, less their cost.
    pub net_gain_points: f64,
}

impl Posterior {
    /// Chance of reaching `goal` twelve weeks after the last of `further` sessions: below [`FUTILITY_CHANCE`] with the
    /// longest course allowed, another treatment should be offered.
    ///
    /// # Errors
    /// As [`Posterior::effect_after`].
    pub fn chance_of_goal(&self, goal: f64, further: &Further) -> Result<Chance, ForecastError> {
        Ok(self.effect_after(further, OUTLOOK_WEEKS[0])?.chance_of_at_least(goal))
    }

    /// Continue while `max over n of 100 (E[effect with n more] - E[effect now]) - points_per_session * n` is above 0,
    /// `n` at most three and at most `sessions_max`.
    ///
    /// # Errors
    /// [`ForecastError::OutOfRange`] for an interval, dose or cost outside its range.
    pub fn look_ahead(
        &self,
        sessions_max: usize,
        interval_weeks: f64,
        dose: Dose,
        points_per_session: f64,
    ) -> Result<LookAheadResult, ForecastError> {
        within(|| "points_per_session".to_owned(), points_per_session, 0.0, 100.0, "0 to 100")?;
        let room = COURSE_SESSIONS_LIMIT.saturating_sub(self.sessions_given());
        let most = LOOK_AHEAD_SESSIONS.min(sessions_max).min(room);
        let mean_after = |sessions: usize| {
            self.effect_after(&Further { sessions, interval_weeks, dose }, OUTLOOK_WEEKS[0]).map(|effect| effect.mean)
        };
        let now = mean_after(0)?;
        let mut result = LookAheadResult { verdict: LookAhead::Stop, best_sessions: 0, net_gain_points: 0.0 };
        for sessions in 1..=most {
            let net = 100.0 * (mean_after(sessions)? - now) - points_per_session * sessions as f64;
            if sessions == 1 || net > result.net_gain_points {
                let verdict = if net > 0.0 { LookAhead::Continue } else { LookAhead::Stop };
                result = LookAheadResult { verdict, best_sessions: sessions, net_gain_points: net };
            }
        }
        Ok(result)
    }
}
