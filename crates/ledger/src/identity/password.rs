//! Passwords as they are kept: argon2id, in the PHC text form.

use std::fmt;
use std::str::FromStr;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{self, PasswordHasher, PasswordVerifier};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};

use super::password_rules::NewPassword;

/// What one hash costs whoever tries passwords.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HashCost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over that memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

/// A password that could not be hashed, or a text that is no hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HashFault {
    /// The cost is out of argon2's range, or more than [`HashCost::MEMORY_KIB_MAX`] or [`HashCost::PASSES_MAX`].
    #[error("the cost of password hashing is out of range: see the settings memory_kib, passes and lanes")]
    Cost,
    /// There is not enough memory.
    #[error("the password could not be hashed: not enough memory")]
    Failed,
    /// The text is not an argon2id hash with salt and output.
    #[error("not a password hash: an argon2id PHC string with salt and hash is expected")]
    NotAHash,
}

/// Why a password was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotVerified {
    /// It is another password, or there is no such user. Count it as a failed attempt.
    #[error("the name or the password is not right")]
    Wrong,
    /// It could not be checked, for want of memory. Do not count it.
    #[error("the password could not be checked just now: try again")]
    CouldNotCheck,
}

/// A password as it is kept: `$argon2id$v=19$m=...,t=...,p=...$salt$hash`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct HashedPassword(String);

/// Longer texts are not even hashed, in bytes: 128 characters of four bytes.
const TRIED_BYTES_MAX: usize = 512;

impl HashCost {
    /// 19 MiB, 2 passes, 1 lane: the least that the OWASP password storage cheat sheet asks of argon2id.
    pub const OWASP: Self = Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 };
    /// Most memory one check may take, in KiB; an expert setting, so that a forged hash cannot use all there is.
    pub const MEMORY_KIB_MAX: u32 = 1024 * 1024;
    /// Most passes one check may take; an expert setting, for the same reason.
    pub const PASSES_MAX: u32 = 64;

    fn argon2(self) -> Result<Argon2<'static>, HashFault> {
        let within = self.memory_kib <= Self::MEMORY_KIB_MAX && self.passes <= Self::PASSES_MAX;
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(Params::DEFAULT_OUTPUT_LEN));
        let params = params.ok().filter(|_| within).ok_or(HashFault::Cost)?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

impl Default for HashCost {
    fn default() -> Self {
        Self::OWASP
    }
}

impl HashedPassword {
    /// Hashes a password that the rules accepted.
    ///
    /// # Errors
    /// When the cost is out of range or memory is short.
    pub fn new(password: NewPassword<'_>, salt: [u8; 16], cost: HashCost) -> Result<Self, HashFault> {
        hash(password.text(), salt, cost)
    }

    /// Whether this is the password. Every comparison of hashes takes the same time.
    ///
    /// # Errors
    /// When it is another password, or when memory is short.
    pub fn verify(&self, tried: &str) -> Result<(), NotVerified> {
        if tried.len() > TRIED_BYTES_MAX {
            return Err(NotVerified::Wrong);
        }
        let kept = PasswordHash::new(&self.0).map_err(|_| NotVerified::CouldNotCheck)?;
        Argon2::default().verify_password(tried.as_bytes(), &kept).map_err(|fault| match fault {
            password_hash::Error::PasswordInvalid => NotVerified::Wrong,
            _ => NotVerified::CouldNotCheck,
        })
    }

    /// What to answer where no such user exists, after as much work as a check takes, so that time does not tell.
    #[must_use]
    pub fn verify_nobody(tried: &str, cost: HashCost) -> NotVerified {
        if tried.len() <= TRIED_BYTES_MAX && hash(tried, [0x5A; 16], cost).is_err() {
            return NotVerified::CouldNotCheck;
        }
        NotVerified::Wrong
    }

    /// Whether it was made at less than this cost, and should be made anew when its password is next at hand.
    #[must_use]
    pub fn needs_rehash(&self, cost: HashCost) -> bool {
        self.cost().is_none_or(|made| made.memory_kib < cost.memory_kib || made.passes < cost.passes || made.lanes < cost.lanes)
    }

    /// The same password at this cost; it need not meet rules that are younger than itself.
    ///
    /// # Errors
    /// When it is another password, when memory is short, or when the cost is out of range (as [`NotVerified::CouldNotCheck`]).
    pub fn rehash(&self, password: &str, salt: [u8; 16], cost: HashCost) -> Result<Self, NotVerified> {
        self.verify(password)?;
        hash(password, salt, cost).map_err(|_| NotVerified::CouldNotCheck)
    }

    /// The PHC text, to keep.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn cost(&self) -> Option<HashCost> {
        let params = Params::try_from(&PasswordHash::new(&self.0).ok()?).ok()?;
        Some(HashCost { memory_kib: params.m_cost(), passes: params.t_cost(), lanes: params.p_cost() })
    }
}

fn hash(password: &str, salt: [u8; 16], cost: HashCost) -> Result<HashedPassword, HashFault> {
    let hashed = cost.argon2()?.hash_password_with_salt(password.as_bytes(), &salt);
    hashed.map(|hashed| HashedPassword(hashed.to_string())).map_err(|_| HashFault::Failed)
}

impl FromStr for HashedPassword {
    type Err = HashFault;

    fn from_str(text: &str) -> Result<Self, HashFault> {
        let parsed = PasswordHash::new(text).map_err(|_| HashFault::NotAHash)?;
        let argon2id = parsed.algorithm == ARGON2ID_IDENT && parsed.version == Some(Version::V0x13.into());
        if !argon2id || parsed.salt.is_none() || parsed.hash.is_none() {
            return Err(HashFault::NotAHash);
        }
        let hashed = Self(text.to_owned());
        hashed.cost().ok_or(HashFault::NotAHash)?.argon2()?;
        Ok(hashed)
    }
}

impl TryFrom<String> for HashedPassword {
    type Error = HashFault;

    fn try_from(text: String) -> Result<Self, HashFault> {
        text.parse()
    }
}

impl From<HashedPassword> for String {
    fn from(hashed: HashedPassword) -> Self {
        hashed.0
    }
}

impl fmt::Debug for HashedPassword {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("HashedPassword(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::PasswordRules;

    /// Next to nothing, so that tests are quick.
    const QUICK: HashCost = HashCost { memory_kib: 64, passes: 1, lanes: 1 };
    const PASSWORD: &str = "Grüße vom Bergsee, 42 Enten";

    fn a_hash() -> HashedPassword {
        let password = PasswordRules::default().check(PASSWORD, &[]).unwrap();
        HashedPassword::new(password, [3; 16], QUICK).unwrap()
    }

    #[test]
    fn only_the_password_itself_is_accepted() {
        let hashed = a_hash();
        assert_eq!(hashed.verify(PASSWORD), Ok(()));
        let with_a_space = format!("{PASSWORD} ");
        let endless = "x".repeat(TRIED_BYTES_MAX + 1);
        for wrong in ["", "grüße vom bergsee, 42 enten", &with_a_space, &endless] {
            assert_eq!(hashed.verify(wrong), Err(NotVerified::Wrong), "{wrong:?}");
        }
    }

    #[test]
    fn a_hash_is_kept_as_an_argon2id_text_and_does_not_show_itself() {
        let hashed = a_hash();
        assert!(hashed.as_str().starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{}", hashed.as_str());
        assert_eq!(format!("{hashed:?}"), "HashedPassword(hidden)");
        let json = serde_json::to_string(&hashed).unwrap();
        assert_eq!(serde_json::from_str::<HashedPassword>(&json).unwrap(), hashed);
    }

    #[test]
    fn a_forged_hash_is_not_read() {
        let kept = a_hash();
        let of_another_kind = kept.as_str().replace("argon2id", "argon2i");
        let all_the_memory = kept.as_str().replace("m=64", "m=4194304");
        let for_ever = kept.as_str().replace("t=1", "t=100000");
        let without_hash = kept.as_str().rsplit_once('$').unwrap().0;
        for (forged, fault) in [
            ("", HashFault::NotAHash),
            (PASSWORD, HashFault::NotAHash),
            (of_another_kind.as_str(), HashFault::NotAHash),
            (without_hash, HashFault::NotAHash),
            (all_the_memory.as_str(), HashFault::Cost),
            (for_ever.as_str(), HashFault::Cost),
        ] {
            assert_eq!(forged.parse::<HashedPassword>(), Err(fault), "{forged}");
        }
    }

    #[test]
    fn a_hash_is_made_anew_once_the_cost_has_grown() {
        let hashed = a_hash();
        let dearer = HashCost { passes: 2, ..QUICK };
        assert!(!hashed.needs_rehash(QUICK));
        assert!(hashed.needs_rehash(dearer));
        assert!(hashed.needs_rehash(HashCost { memory_kib: 128, ..QUICK }));
        assert_eq!(hashed.rehash("another password", [4; 16], dearer), Err(NotVerified::Wrong));
        let renewed = hashed.rehash(PASSWORD, [4; 16], dearer).unwrap();
        assert!(!renewed.needs_rehash(dearer) && !renewed.needs_rehash(QUICK));
        assert_eq!(renewed.verify(PASSWORD), Ok(()));
    }

    #[test]
    fn nobodys_password_is_wrong_in_the_same_words() {
        assert_eq!(HashedPassword::verify_nobody(PASSWORD, QUICK), a_hash().verify("not the password").unwrap_err());
    }

    #[test]
    fn a_cost_beyond_reason_is_refused() {
        let password = PasswordRules::default().check(PASSWORD, &[]).unwrap();
        let cost = HashCost { memory_kib: HashCost::MEMORY_KIB_MAX + 1, ..HashCost::OWASP };
        assert_eq!(HashedPassword::new(password, [3; 16], cost), Err(HashFault::Cost));
    }
}
