//! How long a sign-in, a step-up, an emergency and a link last.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long things last. All are expert settings of this project, which a clinic can change within the bounds that
/// [`checked`](Limits::checked) holds. HIPAA 164.312(a)(2)(iii) asks for automatic log-off after a set time and
/// 164.312(a)(2)(ii) for access in an emergency; neither names a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Minutes without a request after which a sign-in is over; 15, at most 60.
    pub idle_minutes: u32,
    /// Hours after which a sign-in is over however busy it was; 12, at most 24.
    pub sign_in_hours: u32,
    /// Minutes for which password and code, given again, count; 5, at most 15.
    pub step_up_minutes: u32,
    /// Minutes for which a chart stays open in an emergency; 60, at most 240.
    pub emergency_minutes: u32,
    /// Days for which a patient's link works unless another number is asked for; 14, at most 90.
    pub link_days: u32,
}

/// A limit outside its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field} is {value}: set it to 1 or more, and {most} at most")]
pub struct LimitFault {
    /// Name of the field.
    pub field: &'static str,
    /// Its value, in the unit of its name.
    pub value: u32,
    /// The largest value allowed, in the same unit.
    pub most: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { idle_minutes: 15, sign_in_hours: 12, step_up_minutes: 5, emergency_minutes: 60, link_days: 14 }
    }
}

impl Limits {
    /// Most days for which any link may work.
    pub const LINK_DAYS_MAX: u32 = 90;

    /// These limits, if each is within its bounds.
    ///
    /// # Errors
    /// The first limit that is zero or too large.
    pub fn checked(self) -> Result<Self, LimitFault> {
        let bounds = [
            ("idle_minutes", self.idle_minutes, 60),
            ("sign_in_hours", self.sign_in_hours, 24),
            ("step_up_minutes", self.step_up_minutes, 15),
            ("emergency_minutes", self.emergency_minutes, 240),
            ("link_days", self.link_days, Self::LINK_DAYS_MAX),
        ];
        match bounds.into_iter().find(|(_, value, most)| *value == 0 || value > most) {
            Some((field, value, most)) => Err(LimitFault { field, value, most }),
            None => Ok(self),
        }
    }

    pub(super) fn idle(&self) -> SignedDuration {
        minutes(self.idle_minutes)
    }

    pub(super) fn sign_in(&self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.sign_in_hours))
    }

    pub(crate) fn step_up(&self) -> SignedDuration {
        minutes(self.step_up_minutes)
    }

    pub(crate) fn emergency(&self) -> SignedDuration {
        minutes(self.emergency_minutes)
    }
}

/// A number of minutes.
pub(super) fn minutes(number: u32) -> SignedDuration {
    SignedDuration::from_mins(i64::from(number))
}

/// The moment that much later. At the end of time it is `now`, so that whatever should have lasted is over at once.
pub(crate) fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_add(by).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::{LimitFault, Limits};

    #[test]
    fn limits_have_bounds() {
        assert_eq!(Limits::default().checked(), Ok(Limits::default()));
        let never_over = Limits { idle_minutes: 61, ..Limits::default() };
        assert_eq!(never_over.checked(), Err(LimitFault { field: "idle_minutes", value: 61, most: 60 }));
        let over_at_once = Limits { step_up_minutes: 0, ..Limits::default() };
        assert_eq!(over_at_once.checked().unwrap_err().to_string(), "step_up_minutes is 0: set it to 1 or more, and 15 at most");
    }
}
