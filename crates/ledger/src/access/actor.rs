//! Who asks.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Emergency, EmergencyReason, Role};
use crate::identity::{Limits, LinkId, OpenedLink, SignIn, SignInOver, User, UserId};

/// Whoever asks to do something. It is made of a live sign-in or of a link that works, never of a claim.
#[derive(Clone, Debug)]
pub struct Actor(pub(super) Kind);

#[derive(Clone, Debug)]
pub(super) enum Kind {
    User(SignedIn),
    Link(OpenedLink),
    Console,
}

#[derive(Clone, Debug)]
pub(super) struct SignedIn {
    pub(super) user: UserId,
    pub(super) roles: BTreeSet<Role>,
    pub(super) disabled: bool,
    pub(super) stepped_up_until: Option<Timestamp>,
    pub(super) factor: Factor,
    pub(super) glass: Glass,
}

/// Whether a user has the second factor that the clinic requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Factor {
    Enough,
    Owed,
}

#[derive(Clone, Debug)]
pub(super) enum Glass {
    Whole,
    ToBreak(EmergencyReason),
    Broken(Emergency),
}

/// Who somebody is in the access log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorId {
    /// A user.
    User(UserId),
    /// The holder of a patient's link.
    Link(LinkId),
    /// Whoever was at the clinic's machine.
    Console,
    /// Nobody the clinic knows: a sign-in with a name that is not there, a link that was never made.
    Nobody,
}

/// Why a sign-in makes no actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSignedIn {
    /// The sign-in is over.
    #[error(transparent)]
    Over(#[from] SignInOver),
    /// The sign-in is another user's.
    #[error("this sign-in is another user's: sign in again")]
    AnotherUser,
}

impl Actor {
    /// The user of a live sign-in, with the roles they have now.
    ///
    /// # Errors
    /// When the sign-in is over or is another user's. A user who is switched off still makes an actor, so that what they
    /// ask is refused and logged by name.
    pub fn signed_in(user: &User, sign_in: &SignIn, now: Timestamp, limits: &Limits) -> Result<Self, NotSignedIn> {
        if sign_in.user != user.id {
            return Err(NotSignedIn::AnotherUser);
        }
        sign_in.live(now, limits)?;
        // A step-up that lasts longer than the setting was made under another setting, or under another clock.
        let longest = crate::identity::later(now, limits.step_up());
        Ok(Self(Kind::User(SignedIn {
            user: user.id,
            roles: user.roles.clone(),
            disabled: user.disabled,
            stepped_up_until: sign_in.stepped_up_until.filter(|until| *until <= longest),
            factor: Factor::Enough,
            glass: Glass::Whole,
        })))
    }

    /// The holder of a link that works.
    #[must_use]
    pub const fn with_link(link: OpenedLink) -> Self {
        Self(Kind::Link(link))
    }

    /// Whoever starts a command at the clinic's machine. The program alone makes one, and never for a request that came
    /// over the network.
    #[must_use]
    pub const fn at_the_console() -> Self {
        Self(Kind::Console)
    }

    /// The same user, without the second factor that the clinic requires: they may set one up, and nothing else.
    #[must_use]
    pub fn owing_a_second_factor(self) -> Self {
        match self.0 {
            Kind::User(user) => Self(Kind::User(SignedIn { factor: Factor::Owed, ..user })),
            other => Self(other),
        }
    }

    /// The same user, with the reason for which they ask to break the glass.
    #[must_use]
    pub fn breaking_the_glass(self, reason: EmergencyReason) -> Self {
        self.with_glass(Glass::ToBreak(reason))
    }

    /// The same user, with an emergency that they opened; it counts for its patient and until it ends.
    #[must_use]
    pub fn in_an_emergency(self, emergency: Emergency) -> Self {
        self.with_glass(Glass::Broken(emergency))
    }

    /// Who they are in the access log.
    #[must_use]
    pub const fn id(&self) -> ActorId {
        match &self.0 {
            Kind::User(user) => ActorId::User(user.user),
            Kind::Link(link) => ActorId::Link(link.link()),
            Kind::Console => ActorId::Console,
        }
    }

    /// The link that they hold, where they came with one.
    pub(crate) const fn link(&self) -> Option<&OpenedLink> {
        match &self.0 {
            Kind::Link(link) => Some(link),
            Kind::User(_) | Kind::Console => None,
        }
    }

    fn with_glass(self, glass: Glass) -> Self {
        match self.0 {
            Kind::User(user) => Self(Kind::User(SignedIn { glass, ..user })),
            other => Self(other),
        }
    }
}
