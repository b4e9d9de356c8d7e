//! Codes from an authenticator app: TOTP (RFC 6238) with HMAC-SHA-1, six digits, a new code every 30 seconds.
//!
//! SHA-1 is what authenticator apps support; HMAC does not rest on the resistance to collisions that SHA-1 lost.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use zeroize::Zeroizing;

/// Length of a step, in seconds (RFC 6238, section 4.1, its default).
const STEP_SECONDS: i64 = 30;
/// Steps before and after the present one whose code is accepted (RFC 6238, section 5.2, recommends one for delay).
const WINDOW_STEPS: u64 = 1;
/// Six digits (RFC 4226, section 5.3).
const MODULUS: u32 = 1_000_000;

/// The secret that a user's app shares, 160 bits (RFC 4226, section 4, recommends them). Wiped when dropped; it does not
/// serialise, so that it is kept only as sealed bytes.
#[derive(Clone)]
pub struct TotpSecret(Zeroizing<[u8; 20]>);

/// The number of a 30-second step since 1970. The last one accepted is part of the user's record, so that no code counts twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Step(u64);

/// Why a code was not accepted. Whoever typed it reads one text; the log tells the reasons apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeRefused {
    /// Not six digits.
    #[error("the code is not right: type the six digits that the app shows now")]
    NotACode,
    /// Another code.
    #[error("the code is not right: type the six digits that the app shows now")]
    Wrong,
    /// A code that was accepted before, or one from before it.
    #[error("the code is not right: type the six digits that the app shows now")]
    UsedBefore,
}

impl Step {
    /// The step at this moment.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self(u64::try_from(now.as_second() / STEP_SECONDS).unwrap_or(0))
    }

    /// The step with this number, as it was kept.
    #[must_use]
    pub const fn from_number(number: u64) -> Self {
        Self(number)
    }

    /// Its number, to keep.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }
}

impl TotpSecret {
    /// A new secret from 20 random bytes, or one that was kept.
    #[must_use]
    pub fn new(bytes: [u8; 20]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Its bytes, to be sealed and kept.
    #[must_use]
    pub fn expose(&self) -> &[u8; 20] {
        &self.0
    }

    /// The secret as it is typed into an app by hand: 32 characters of base32.
    #[must_use]
    pub fn base32(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE32_NOPAD.encode(self.0.as_slice()))
    }

    /// The address that an app reads from a QR code: `otpauth://totp/ISSUER:ACCOUNT?secret=...`.
    #[must_use]
    pub fn otpauth(&self, issuer: &str, account: &str) -> Zeroizing<String> {
        let (issuer, account) = (percent_encoded(issuer), percent_encoded(account));
        let secret = self.base32();
        Zeroizing::new(format!(
            "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}&algorithm=SHA1&digits=6&period=30",
            secret.as_str()
        ))
    }

    /// The code that an app shows at this moment.
    #[must_use]
    pub fn code_at(&self, now: Timestamp) -> Zeroizing<String> {
        Zeroizing::new(format!("{:06}", self.number(Step::at(now)) % MODULUS))
    }

    /// Accepts the code of the present step, the one before or the one after, if it is younger than the last accepted. Keep
    /// the step that is returned as the next `last` before anything else is done; spaces in the code do not matter.
    ///
    /// # Errors
    /// When it is no code, another code, or one that counts no more.
    pub fn verify(&self, code: &str, now: Timestamp, last: Option<Step>) -> Result<Step, CodeRefused> {
        let typed = number_of(code).ok_or(CodeRefused::NotACode)?;
        let present = Step::at(now).0;
        let mut refused = CodeRefused::Wrong;
        let mut accepted = None;
        // Every step is compared, whatever came of the one before, so that time does not tell which one was near.
        for step in (present.saturating_sub(WINDOW_STEPS)..=present.saturating_add(WINDOW_STEPS)).map(Step) {
            let same = (self.number(step) % MODULUS) ^ typed == 0;
            let fresh = last.is_none_or(|last| step > last);
            match (same, fresh) {
                (true, true) => accepted = Some(step),
                (true, false) => refused = CodeRefused::UsedBefore,
                (false, _) => {}
            }
        }
        accepted.ok_or(refused)
    }

    /// The 31-bit number of RFC 4226, section 5.3, whose last digits are the code.
    fn number(&self, step: Step) -> u32 {
        // HMAC fills a key up to its block with zeros; done here, the key always has the right length.
        let mut block = Zeroizing::new([0_u8; 64]);
        let (key, _) = block.split_at_mut(self.0.len());
        key.copy_from_slice(self.0.as_slice());
        let mac: [u8; 20] = Hmac::<Sha1>::new((&*block).into()).chain_update(step.0.to_be_bytes()).finalize().into_bytes().into();
        let offset = usize::from(mac[19] & 0x0F);
        // The offset is 15 at most, so that four bytes follow within the 20.
        u32::from_be_bytes(std::array::from_fn(|at| mac[offset + at])) & 0x7FFF_FFFF
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("TotpSecret(hidden)")
    }
}

/// The number that was typed, if it is six digits once spaces are left out.
fn number_of(code: &str) -> Option<u32> {
    let mut number = 0;
    let mut digits = 0;
    for sign in code.chars().filter(|sign| !sign.is_whitespace()) {
        number = 10 * number + sign.to_digit(10)?;
        digits += 1;
        if digits > 6 {
            return None;
        }
    }
    (digits == 6).then_some(number)
}

/// Everything but the unreserved characters of RFC 3986, section 2.3, as `%XX`.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B, for SHA-1.
    fn a_secret() -> TotpSecret {
        TotpSecret::new(*b"12345678901234567890")
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn codes_are_those_of_rfc_6238_appendix_b() {
        for (second, eight_digits) in [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ] {
            assert_eq!(a_secret().number(Step::at(at(second))) % 100_000_000, eight_digits, "{second}");
        }
        assert_eq!(a_secret().code_at(at(59)).as_str(), "287082");
        assert_eq!(a_secret().code_at(at(1_111_111_109)).as_str(), "081804");
    }

    #[test]
    fn numbers_are_those_of_rfc_4226_appendix_d() {
        let truncated = [
            1_284_755_224,
            1_094_287_082,
            137_359_152,
            1_726_969_429,
            1_640_338_314,
            868_254_676,
            1_918_287_922,
            82_162_583,
            673_399_871,
            645_520_489,
        ];
        for (count, number) in (0..).zip(truncated) {
            assert_eq!(a_secret().number(Step(count)), number, "{count}");
        }
    }

    #[test]
    fn a_code_counts_one_step_early_or_late_and_no_more() {
        let now = at(1_795_000_000);
        let verify = |seconds: i64| {
            let shown = a_secret().code_at(now + jiff::SignedDuration::from_secs(seconds));
            a_secret().verify(&shown, now, None)
        };
        let present = Step::at(now).number();
        assert_eq!(verify(-30), Ok(Step(present - 1)));
        assert_eq!(verify(0), Ok(Step(present)));
        assert_eq!(verify(30), Ok(Step(present + 1)));
        assert_eq!(verify(-60), Err(CodeRefused::Wrong));
        assert_eq!(verify(60), Err(CodeRefused::Wrong));
    }

    #[test]
    fn no_code_counts_twice_nor_one_from_before_it() {
        let now = at(1_795_000_000);
        let earlier = a_secret().code_at(now - jiff::SignedDuration::from_secs(30));
        let shown = a_secret().code_at(now);
        let accepted = a_secret().verify(&shown, now, None).unwrap();
        assert_eq!(a_secret().verify(&shown, now, Some(accepted)), Err(CodeRefused::UsedBefore));
        assert_eq!(a_secret().verify(&earlier, now, Some(accepted)), Err(CodeRefused::UsedBefore));
        let next = now + jiff::SignedDuration::from_secs(30);
        assert!(a_secret().verify(&a_secret().code_at(next), next, Some(accepted)).is_ok());
    }

    #[test]
    fn a_code_is_six_digits_with_or_without_a_space() {
        let now = at(59);
        assert!(a_secret().verify(" 287 082 ", now, None).is_ok());
        for wrong in ["", "28708", "2870820", "28708a", "-87082", "94287082", "٢٨٧٠٨٢"] {
            assert_eq!(a_secret().verify(wrong, now, None), Err(CodeRefused::NotACode), "{wrong}");
        }
        let texts = [CodeRefused::NotACode, CodeRefused::Wrong, CodeRefused::UsedBefore].map(|refused| refused.to_string());
        assert!(texts.iter().all(|text| *text == texts[0]), "whoever typed it learns no more");
    }

    #[test]
    fn an_app_reads_issuer_and_account_whatever_they_hold() {
        let address = a_secret().otpauth("Klinik Süd: Haut & Haar", "amal.osei");
        assert_eq!(
            address.as_str(),
            "otpauth://totp/Klinik%20S%C3%BCd%3A%20Haut%20%26%20Haar:amal.osei?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Klinik%20S%C3%BCd%3A%20Haut%20%26%20Haar&algorithm=SHA1&digits=6&period=30"
        );
    }

    #[test]
    fn a_secret_does_not_show_itself_when_debugged() {
        assert_eq!(format!("{:?}", a_secret()), "TotpSecret(hidden)");
    }
}
