//! Pictures: taken in with suspicion, written anew without what their camera said of the patient, kept sealed.
//!
//! [`prepare`] turns an uploaded file into three sets of bytes: the original as handed in, the picture as it is shown and
//! a thumbnail. [`PictureStore`] keeps such bytes under the SHA-256 of what they are when open, sealed by a [`Sealing`].

mod capture;
mod error;
mod format;
mod intake;
mod jpeg;
mod limits;
mod outline;
mod png;
mod profile;
mod sealing;
mod store;
#[cfg(test)]
mod tests;

pub use error::PictureError;
pub use format::FileKind;
pub use intake::{Named, Prepared, prepare};
pub use limits::Limits;
pub use sealing::{Sealing, digest_of};
pub use store::PictureStore;
