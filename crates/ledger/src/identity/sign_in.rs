//! A sign-in: from the moment name, password and code were right until it is over.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::limits::later;
use super::{Limits, SignInId, TokenHash, UserId};

/// One user at one browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// Its id.
    pub id: SignInId,
    /// The user.
    pub user: UserId,
    /// What is kept of the token that the browser holds.
    pub token_hash: TokenHash,
    /// When it was made.
    pub made_at: Timestamp,
    /// When the last request came.
    pub last_seen: Timestamp,
    /// When it is over, however busy it was.
    pub expires_at: Timestamp,
    /// Until when password and code, given again, count; `None` when they were not.
    pub stepped_up_until: Option<Timestamp>,
    /// When it was ended: by signing out, by the lead, or with every other when the password changed.
    pub revoked_at: Option<Timestamp>,
}

/// Why a sign-in is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInOver {
    /// It was ended.
    #[error("you are signed out: sign in again")]
    Revoked,
    /// Its time is up, or it is dated later than now.
    #[error("you were signed out, as you signed in long ago: sign in again")]
    Expired,
    /// No request came for too long.
    #[error("you were signed out, as nothing was done for a while: sign in again")]
    Idle,
}

impl SignIn {
    /// A new sign-in, once name, password and code were right. The token is new as well: one from before the sign-in must
    /// not become worth more by it.
    #[must_use]
    pub fn new(id: SignInId, user: UserId, token_hash: TokenHash, now: Timestamp, limits: &Limits) -> Self {
        let expires_at = later(now, limits.sign_in());
        Self { id, user, token_hash, made_at: now, last_seen: now, expires_at, stepped_up_until: None, revoked_at: None }
    }

    /// Whether it still counts.
    #[must_use]
    pub fn is_live(&self, now: Timestamp, limits: &Limits) -> bool {
        self.live(now, limits).is_ok()
    }

    /// Whether it still counts, and if not, why.
    ///
    /// # Errors
    /// Why it is over.
    pub fn live(&self, now: Timestamp, limits: &Limits) -> Result<(), SignInOver> {
        if self.revoked_at.is_some() {
            return Err(SignInOver::Revoked);
        }
        if now < self.made_at || now >= self.expires_at || now >= later(self.made_at, limits.sign_in()) {
            return Err(SignInOver::Expired);
        }
        if now >= later(self.last_seen, limits.idle()) {
            return Err(SignInOver::Idle);
        }
        Ok(())
    }

    /// Notes a request. What is over stays over.
    ///
    /// # Errors
    /// Why it is over.
    pub fn touch(&mut self, now: Timestamp, limits: &Limits) -> Result<(), SignInOver> {
        self.live(now, limits)?;
        self.last_seen = self.last_seen.max(now);
        Ok(())
    }

    /// Notes that password and code were given again and were right.
    ///
    /// # Errors
    /// Why it is over.
    pub fn step_up(&mut self, now: Timestamp, limits: &Limits) -> Result<(), SignInOver> {
        self.touch(now, limits)?;
        self.stepped_up_until = Some(later(now, limits.step_up()));
        Ok(())
    }

    /// Ends it. The first time counts.
    pub fn revoke(&mut self, now: Timestamp) {
        self.revoked_at.get_or_insert(now);
        self.stepped_up_until = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Token;
    use jiff::SignedDuration;

    const NINE_O_CLOCK: Timestamp = Timestamp::constant(1_795_000_000, 0);

    fn a_sign_in() -> SignIn {
        let id = SignInId::new(NINE_O_CLOCK, [1; 10]);
        let user = UserId::new(NINE_O_CLOCK, [2; 10]);
        SignIn::new(id, user, Token::new([3; 32]).hash(), NINE_O_CLOCK, &Limits::default())
    }

    fn after(minutes: i64) -> Timestamp {
        NINE_O_CLOCK + SignedDuration::from_mins(minutes)
    }

    #[test]
    fn it_is_over_after_a_quarter_of_an_hour_without_a_request() {
        let limits = Limits::default();
        let mut sign_in = a_sign_in();
        assert_eq!(sign_in.touch(after(14), &limits), Ok(()));
        assert!(sign_in.is_live(after(28), &limits));
        assert_eq!(sign_in.live(after(29), &limits), Err(SignInOver::Idle));
        assert_eq!(sign_in.touch(after(29), &limits), Err(SignInOver::Idle), "what is over is not revived");
        assert_eq!(sign_in.last_seen, after(14));
    }

    #[test]
    fn it_is_over_after_twelve_hours_however_busy() {
        let limits = Limits::default();
        let mut sign_in = a_sign_in();
        for minute in (0..12 * 60).step_by(10) {
            assert_eq!(sign_in.touch(after(minute), &limits), Ok(()));
        }
        assert_eq!(sign_in.touch(after(12 * 60), &limits), Err(SignInOver::Expired));
    }

    #[test]
    fn a_stricter_setting_counts_for_those_who_are_signed_in() {
        let strict = Limits { sign_in_hours: 1, idle_minutes: 60, ..Limits::default() };
        assert_eq!(a_sign_in().live(after(59), &strict), Ok(()));
        let mut sign_in = a_sign_in();
        sign_in.touch(after(14), &Limits::default()).unwrap();
        assert_eq!(sign_in.live(after(60), &strict), Err(SignInOver::Expired));
    }

    #[test]
    fn once_revoked_it_is_over_for_good() {
        let limits = Limits::default();
        let mut sign_in = a_sign_in();
        sign_in.step_up(after(1), &limits).unwrap();
        sign_in.revoke(after(2));
        sign_in.revoke(after(3));
        assert_eq!(sign_in.revoked_at, Some(after(2)));
        assert_eq!(sign_in.stepped_up_until, None);
        assert_eq!(sign_in.step_up(after(3), &limits), Err(SignInOver::Revoked));
    }

    #[test]
    fn stepping_up_counts_for_five_minutes() {
        let mut sign_in = a_sign_in();
        sign_in.step_up(after(10), &Limits::default()).unwrap();
        assert_eq!(sign_in.stepped_up_until, Some(after(15)));
        assert_eq!(sign_in.last_seen, after(10));
    }

    #[test]
    fn before_it_was_made_it_does_not_count() {
        assert_eq!(a_sign_in().live(after(-1), &Limits::default()), Err(SignInOver::Expired));
    }
}
