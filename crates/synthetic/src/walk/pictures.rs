//! Pictures of a visit, for those who consent to them.

use jiff::civil::Date;
use resurface_care::chart::{Purpose, View};

use super::Walk;
use crate::happening::{Happening, SyntheticError, What};
use crate::picture::{self, Look};

/// Days in which the redness after a session falls to a third.
const REDNESS_DAYS: f64 = 3.0;

impl Walk<'_> {
    /// The three standard views.
    pub(super) fn take_pictures(&mut self) -> Result<(), SyntheticError> {
        for view in [View::Front, View::LeftOblique, View::RightOblique] {
            self.take_picture(view)?;
        }
        Ok(())
    }

    /// The face right after a session.
    pub(super) fn take_picture_of_redness(&mut self) -> Result<(), SyntheticError> {
        self.take_picture(View::Front)
    }

    fn take_picture(&mut self, view: View) -> Result<(), SyntheticError> {
        if !self.chart.consents.contains_key(&Purpose::PicturesForCare) {
            return Ok(());
        }
        let look = Look {
            fitzpatrick: self.person.fitzpatrick,
            improvement: self.truth.improvement(self.today),
            redness: self.redness(self.today),
        };
        let jpeg = picture::jpeg(view, &self.face.scars, &look, self.seed, self.number)?;
        let at = self.now()?;
        self.happenings.push(Happening { at, by: self.treats(), what: What::Picture { view, on: self.today, jpeg } });
        Ok(())
    }

    fn redness(&self, on: Date) -> f64 {
        let since = self.chart.sessions.last().map(|last| f64::from((on - last.on).get_days()));
        since.map_or(0.0, |days| libm::exp(-days / REDNESS_DAYS))
    }
}
