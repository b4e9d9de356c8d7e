//! Recovery codes: the way in for a user whose authenticator app is lost.

use std::fmt;

use jiff::Timestamp;
use resurface_care::chart::Digest;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::token::same;

/// Crockford's base32: no I, L, O or U, which are misread or spell words.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 16 signs of 5 bits: 80 bits.
const SIGNS_IN_A_CODE: usize = 16;

/// One code as the user writes it down, `XXXX-XXXX-XXXX-XXXX`, 80 bits. Shown once and kept nowhere.
pub struct RecoveryCode(Zeroizing<String>);

/// A user's ten codes as they are kept: the SHA-256 of each, and when it was used. A code is 80 random bits, which nobody
/// finds by trying, so it needs neither a salt nor a slow hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryCodes {
    codes: [KeptCode; RecoveryCodes::COUNT],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KeptCode {
    hash: Digest,
    used_at: Option<Timestamp>,
}

/// Why a recovery code was not accepted. Whoever typed it reads one text; the log tells the reasons apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryRefused {
    /// Not 16 letters and figures.
    #[error("the recovery code is not right: type one that you have not used, as it was written down")]
    NotACode,
    /// None of the user's codes.
    #[error("the recovery code is not right: type one that you have not used, as it was written down")]
    Wrong,
    /// It was used before.
    #[error("the recovery code is not right: type one that you have not used, as it was written down")]
    UsedBefore,
}

impl RecoveryCodes {
    /// How many codes a user gets.
    pub const COUNT: usize = 10;

    /// Ten new codes from ten random bytes each: those to show, and what is kept of them.
    #[must_use]
    pub fn new(random: &[[u8; 10]; Self::COUNT]) -> ([RecoveryCode; Self::COUNT], Self) {
        let written = random.map(|bytes| Zeroizing::new(written(bytes)));
        let codes = std::array::from_fn(|at| KeptCode { hash: hash(&written[at]), used_at: None });
        (std::array::from_fn(|at| RecoveryCode(Zeroizing::new(grouped(&written[at])))), Self { codes })
    }

    /// Accepts one code, with or without dashes and in any case, and marks it as used. Keep this record before anything else
    /// is done. Answers how many codes are left.
    ///
    /// # Errors
    /// When it is no code, none of these, or used before.
    pub fn redeem(&mut self, typed: &str, now: Timestamp) -> Result<usize, RecoveryRefused> {
        let typed = hash(&read(typed).ok_or(RecoveryRefused::NotACode)?);
        let mut found = None;
        // All ten are compared, so that time does not tell which.
        for kept in &mut self.codes {
            if same(&kept.hash, &typed) {
                found = Some(kept);
            }
        }
        let kept = found.ok_or(RecoveryRefused::Wrong)?;
        if kept.used_at.is_some() {
            return Err(RecoveryRefused::UsedBefore);
        }
        kept.used_at = Some(now);
        Ok(self.left())
    }

    /// How many codes are not used yet.
    #[must_use]
    pub fn left(&self) -> usize {
        self.codes.iter().filter(|kept| kept.used_at.is_none()).count()
    }
}

impl RecoveryCode {
    /// The code as it is written down: four groups of four.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("RecoveryCode(hidden)")
    }
}

fn hash(code: &str) -> Digest {
    Digest::new(Sha256::digest(code.as_bytes()).into())
}

/// 80 bits as 16 signs.
fn written(bytes: [u8; 10]) -> String {
    let bits = bytes.iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
    // The mask keeps five bits, so that the index is below 32.
    (0..SIGNS_IN_A_CODE).rev().map(|at| char::from(SIGNS[(bits >> (5 * at) & 0x1F) as usize])).collect()
}

fn grouped(code: &str) -> String {
    let mut text = String::with_capacity(code.len() + 3);
    for (at, sign) in code.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            text.push('-');
        }
        text.push(sign);
    }
    text
}

/// The 16 signs of a typed code; O is read as 0, I and L as 1, as Crockford has it.
fn read(typed: &str) -> Option<Zeroizing<String>> {
    let mut code = Zeroizing::new(String::with_capacity(SIGNS_IN_A_CODE));
    for sign in typed.chars().filter(|sign| *sign != '-' && !sign.is_whitespace()) {
        let sign = match sign.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        if code.len() == SIGNS_IN_A_CODE || !sign.is_ascii() || !SIGNS.contains(&(sign as u8)) {
            return None;
        }
        code.push(sign);
    }
    (code.len() == SIGNS_IN_A_CODE).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::constant(1_795_000_000, 0);

    fn ten_codes() -> ([RecoveryCode; 10], RecoveryCodes) {
        RecoveryCodes::new(&std::array::from_fn(|code| std::array::from_fn(|at| (code * 37 + at * 11 + 1) as u8)))
    }

    #[test]
    fn each_code_counts_once() {
        let (shown, mut kept) = ten_codes();
        for (used, code) in shown.iter().enumerate() {
            assert_eq!(kept.redeem(code.text(), NOW), Ok(9 - used));
            assert_eq!(kept.redeem(code.text(), NOW), Err(RecoveryRefused::UsedBefore));
        }
        assert_eq!(kept.left(), 0);
    }

    #[test]
    fn a_code_is_typed_with_or_without_dashes_and_in_any_case() {
        let (_, fresh) = RecoveryCodes::new(&[[0x00, 0x44, 0x32, 0x14, 0xC7, 0x42, 0x54, 0xB6, 0x35, 0xCF]; 10]);
        for typed in
            ["0123-4567-89AB-CDEF", "0123456789abcdef", " o123 4567 89ab cdef ", "OL23-4567-89AB-CDEF", "0i23456789ABCDEF"]
        {
            assert_eq!(fresh.clone().redeem(typed, NOW), Ok(9), "{typed}");
        }
        for wrong in
            ["", "0123-4567-89AB-CDE", "0123-4567-89AB-CDEFF", "U123-4567-89AB-CDEF", "0123_4567_89AB_CDEF", "é123456789ABCDEF"]
        {
            assert_eq!(fresh.clone().redeem(wrong, NOW), Err(RecoveryRefused::NotACode), "{wrong}");
        }
        assert_eq!(fresh.clone().redeem("1123-4567-89AB-CDEF", NOW), Err(RecoveryRefused::Wrong));
    }

    #[test]
    fn codes_are_written_in_four_groups_without_letters_that_are_misread() {
        let (shown, _) = ten_codes();
        for code in &shown {
            let groups: Vec<&str> = code.text().split('-').collect();
            assert!(groups.len() == 4 && groups.iter().all(|group| group.len() == 4), "{}", code.text());
            assert!(!code.text().contains(['I', 'L', 'O', 'U']));
        }
    }

    #[test]
    fn what_is_kept_shows_no_code() {
        let (shown, kept) = ten_codes();
        let json = serde_json::to_string(&kept).unwrap();
        assert!(shown.iter().all(|code| !json.contains(code.text()) && !json.contains(&code.text().replace('-', ""))));
        assert_eq!(serde_json::from_str::<RecoveryCodes>(&json).unwrap(), kept);
        assert_eq!(format!("{:?}", shown[0]), "RecoveryCode(hidden)");
    }
}
