//! The doors: who knocks, with which cookie, and whether a form is one that this program made.

mod cookies;
mod headers;
mod pace;
mod posted;
mod proxy;
mod visitor;

pub(crate) use cookies::{Keep, kept, taken_away};
pub(crate) use headers::{guard, headers};
pub(crate) use pace::{Pace, pace};
pub(crate) use posted::Posted;
#[cfg(feature = "tls")]
pub(crate) use proxy::OverTls;
pub(crate) use visitor::Visitor;

/// The cookie that holds the token of a sign-in.
pub(crate) const DESK: &str = "resurface-desk";
/// The cookie, and the header of a program, that holds a patient's link.
pub(crate) const LINK: &str = "resurface-link";
/// The cookie by which a browser is known that was asked for a passkey.
pub(crate) const PASSKEY: &str = "resurface-passkey";
/// The cookie that holds the language.
pub(crate) const LANGUAGE: &str = "resurface-language";
/// The hidden field of every form.
pub(crate) const FORM_SEAL: &str = "_form";
