//! How much work a guess at a passphrase costs: argon2id, with a floor and a ceiling.

use std::fmt;

use argon2::{Algorithm, Argon2, Error, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::SealError;
use super::cipher::KEY_BYTES;

/// The parameters of argon2id that a passphrase is stretched with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes; computed one after the other here.
    pub lanes: u32,
}

impl Stretch {
    /// The least that is accepted: memory and passes of the second recommended option of RFC 9106, section 4.
    pub const FLOOR: Stretch = Stretch { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

    /// What a new passphrase is stretched with: about a second, once, when the program starts.
    pub const USUAL: Stretch = Stretch { memory_kib: 256 * 1024, passes: 3, lanes: 1 };

    /// The most that is accepted, so that a forged record cannot exhaust the machine.
    pub const CEILING: Stretch = Stretch { memory_kib: 1024 * 1024, passes: 10, lanes: 4 };

    /// Whether every parameter is between the floor and the ceiling.
    ///
    /// # Errors
    ///
    /// [`SealError::StretchTooWeak`] and [`SealError::StretchTooCostly`].
    pub fn check(self) -> Result<(), SealError> {
        let (floor, ceiling) = (Stretch::FLOOR, Stretch::CEILING);
        if self.memory_kib < floor.memory_kib || self.passes < floor.passes || self.lanes < floor.lanes {
            return Err(SealError::StretchTooWeak { found: self, floor });
        }
        if self.memory_kib > ceiling.memory_kib || self.passes > ceiling.passes || self.lanes > ceiling.lanes {
            return Err(SealError::StretchTooCostly { found: self, ceiling });
        }
        Ok(())
    }

    /// The key that a passphrase stands for.
    pub(super) fn key_of(self, passphrase: &str, salt: &[u8]) -> Result<Zeroizing<[u8; KEY_BYTES]>, SealError> {
        self.check()?;
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        Params::new(self.memory_kib, self.passes, self.lanes, Some(KEY_BYTES))
            .and_then(|params| {
                let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
                argon2.hash_password_into(passphrase.as_bytes(), salt, &mut key[..])
            })
            .map_err(|fault| match fault {
                Error::OutOfMemory => SealError::NotEnoughMemory { memory_kib: self.memory_kib },
                // The parameters were checked and the salt is ours: what is left is a passphrase of more than 4 GiB.
                _ => SealError::TooLong { bytes: passphrase.len() },
            })?;
        Ok(key)
    }
}

impl fmt::Display for Stretch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "memory {} KiB, passes {}, lanes {}", self.memory_kib, self.passes, self.lanes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_floor_the_usual_and_the_ceiling_are_accepted() {
        for stretch in [Stretch::FLOOR, Stretch::USUAL, Stretch::CEILING] {
            assert_eq!(stretch.check(), Ok(()));
        }
    }

    #[test]
    fn below_the_floor_in_any_parameter_is_too_weak() {
        let floor = Stretch::FLOOR;
        for found in [
            Stretch { memory_kib: floor.memory_kib - 1, ..floor },
            Stretch { passes: floor.passes - 1, ..floor },
            Stretch { lanes: floor.lanes - 1, ..floor },
        ] {
            assert_eq!(found.check(), Err(SealError::StretchTooWeak { found, floor }));
        }
    }

    #[test]
    fn above_the_ceiling_in_any_parameter_is_too_costly() {
        let ceiling = Stretch::CEILING;
        for found in [
            Stretch { memory_kib: u32::MAX, ..ceiling },
            Stretch { passes: ceiling.passes + 1, ..ceiling },
            Stretch { lanes: ceiling.lanes + 1, ..ceiling },
        ] {
            assert_eq!(found.check(), Err(SealError::StretchTooCostly { found, ceiling }));
            assert_eq!(found.key_of("ice pick", &[5; 16]).err(), Some(SealError::StretchTooCostly { found, ceiling }));
        }
    }
}
