//! Secrets that stand for somebody: what a browser or a patient holds, and what is kept of it.

use std::fmt;
use std::str::FromStr;

use data_encoding::BASE64URL_NOPAD;
use hmac::digest::CtOutput;
use resurface_care::chart::Digest;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// What every token begins with, so that a scanner finds one that was left in a log or a repository.
const PREFIX: &str = "rsf_";

/// A secret of 256 bits. Its text goes to the holder and is kept nowhere; what is kept is its [`TokenHash`].
#[derive(Clone)]
pub struct Token(Zeroizing<[u8; 32]>);

/// A text that is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a token: rsf_ and 43 characters are expected")]
pub struct TokenError;

/// The SHA-256 of a token. It can be kept in the clear: nobody finds 256 random bits from it, so it needs no salt.
/// Equality takes the same time wherever the difference is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TokenHash(Digest);

impl Token {
    /// A new token from 32 random bytes.
    #[must_use]
    pub fn new(random: [u8; 32]) -> Self {
        Self(Zeroizing::new(random))
    }

    /// The text that its holder gets: `rsf_` and 43 characters of base64url.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("{PREFIX}{}", Zeroizing::new(BASE64URL_NOPAD.encode(self.0.as_slice())).as_str()))
    }

    /// What is kept of it.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash(Digest::new(Sha256::digest(self.0.as_slice()).into()))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token(hidden)")
    }
}

impl FromStr for Token {
    type Err = TokenError;

    fn from_str(text: &str) -> Result<Self, TokenError> {
        let encoded = text.strip_prefix(PREFIX).ok_or(TokenError)?;
        let bytes = Zeroizing::new(BASE64URL_NOPAD.decode(encoded.as_bytes()).map_err(|_| TokenError)?);
        bytes.as_slice().try_into().map(Self::new).map_err(|_| TokenError)
    }
}

impl TokenHash {
    /// The hash with this digest, as it was kept.
    #[must_use]
    pub const fn from_digest(digest: Digest) -> Self {
        Self(digest)
    }

    /// Its digest, to keep and to look the record up by.
    #[must_use]
    pub const fn digest(&self) -> &Digest {
        &self.0
    }
}

impl PartialEq for TokenHash {
    fn eq(&self, other: &Self) -> bool {
        same(&self.0, &other.0)
    }
}

impl Eq for TokenHash {}

/// Whether two digests are the same, in a time that does not depend on where they differ.
pub(super) fn same(one: &Digest, other: &Digest) -> bool {
    let constant_time = |digest: &Digest| CtOutput::<Sha256>::from(sha2::digest::Output::<Sha256>::from(*digest.as_bytes()));
    constant_time(one) == constant_time(other)
}

#[cfg(test)]
mod tests {
    use super::{Digest, Token, TokenError, TokenHash};

    #[test]
    fn a_token_is_read_as_it_was_handed_out_and_only_so() {
        let token = Token::new(std::array::from_fn(|at| at as u8 * 5));
        let text = token.text();
        assert_eq!(text.len(), 47);
        assert_eq!(text.parse::<Token>().unwrap().hash(), token.hash());
        let longer = format!("{}A", text.as_str());
        let padded = format!("{}=", text.as_str());
        let without_prefix = text.trim_start_matches("rsf_");
        for wrong in ["", "rsf_", &text[..46], &longer, &padded, without_prefix] {
            assert_eq!(wrong.parse::<Token>().unwrap_err(), TokenError, "{wrong}");
        }
    }

    #[test]
    fn every_bit_of_a_token_counts() {
        let token = Token::new([9; 32]);
        for bit in 0..256 {
            let mut bytes = [9; 32];
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(Token::new(bytes).hash(), token.hash());
        }
    }

    #[test]
    fn every_bit_of_a_hash_counts() {
        let hash = Token::new([9; 32]).hash();
        for bit in 0..256 {
            let mut bytes = *hash.digest().as_bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(TokenHash::from_digest(Digest::new(bytes)), hash, "{bit}");
        }
        assert_eq!(TokenHash::from_digest(*hash.digest()), hash);
    }

    #[test]
    fn a_token_that_ends_in_stray_bits_is_no_token() {
        let text = Token::new([0; 32]).text();
        let stray = format!("{}B", &text[..46]);
        assert!(stray.parse::<Token>().is_err(), "one token must not have two texts");
    }

    #[test]
    fn a_token_does_not_show_itself_when_debugged() {
        assert_eq!(format!("{:?}", Token::new([7; 32])), "Token(hidden)");
    }
}
