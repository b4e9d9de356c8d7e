//! Who somebody is: users and their passwords, codes and sign-ins, and the links that a patient is handed.
//!
//! Records and decisions only. The clock, the random bytes and the place where records are kept belong to the caller.

mod ids;
mod limits;
mod link;
mod passkey;
mod password;
mod password_rules;
mod recovery;
mod sign_in;
mod throttle;
mod token;
mod totp;
mod user;
mod webauthn;

pub use ids::{IdError, LinkId, PatientId, SignInId, UserId};
pub(crate) use limits::later;
pub use limits::{LimitFault, Limits};
pub use link::{LinkFault, LinkPurpose, LinkRefused, OpenedLink, PatientLink};
pub use passkey::{Base64Url, NotBase64Url, Passkey};
pub use password::{HashCost, HashFault, HashedPassword, NotVerified};
pub use password_rules::{NewPassword, PasswordRefused, PasswordRules};
pub use recovery::{RecoveryCode, RecoveryCodes, RecoveryRefused};
pub use sign_in::{SignIn, SignInOver};
pub use throttle::{FailedAttempts, Wait};
pub use token::{Token, TokenError, TokenHash};
pub use totp::{CodeRefused, Step, TotpSecret};
pub use user::{DisplayName, NameError, OperatorRecord, SignInName, User};
pub(crate) use webauthn::Shown;
pub use webauthn::{Challenge, NoRelyingParty, PasskeyRefused, RelyingParty};
