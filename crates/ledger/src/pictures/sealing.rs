//! How bytes are closed before they reach the store, which the store does not know.

use resurface_care::chart::Digest;
use sha2::{Digest as _, Sha256};

use super::PictureError;

/// Closes and opens the bytes of one picture.
pub trait Sealing {
    /// Closes the bytes, bound to their name so that two sealed pictures cannot be exchanged.
    ///
    /// # Errors
    ///
    /// [`PictureError::NotSealed`] if it cannot be done.
    fn seal(&self, name: &Digest, plain: &[u8]) -> Result<Vec<u8>, PictureError>;

    /// Opens what was closed under this name.
    ///
    /// # Errors
    ///
    /// [`PictureError::Damaged`] if the seal does not hold, [`PictureError::KeyMissing`] if its key is not at hand.
    fn open(&self, name: &Digest, sealed: &[u8]) -> Result<Vec<u8>, PictureError>;
}

/// The SHA-256 of these bytes.
#[must_use]
pub fn digest_of(bytes: &[u8]) -> Digest {
    Digest::new(Sha256::digest(bytes).into())
}
