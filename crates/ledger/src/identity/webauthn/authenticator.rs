//! What a device says of itself: authenticator data (WebAuthn, section 6.1) and the attestation object around it (6.5).

use minicbor::Decoder;
use sha2::{Digest as _, Sha256};

use super::key::PublicKey;
use super::{PasskeyRefused, RelyingParty};

/// Bytes before anything that is not always there: hash of the host, flags and counter.
const FIXED_BYTES: usize = 37;
/// Bytes of the number of the device's model, which is not asked for.
const MODEL_BYTES: usize = 16;
/// The longest id of a passkey, in bytes (section 5.8.3).
const ID_BYTES_MAX: usize = 1023;

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const MAY_BE_COPIED: u8 = 0x08;
const IS_COPIED: u8 = 0x10;
const HOLDS_KEY: u8 = 0x40;

/// What a device says with every answer.
#[derive(Clone, Copy)]
pub(super) struct AuthenticatorData<'a> {
    host: &'a [u8],
    flags: u8,
    pub(super) counter: u32,
    rest: &'a [u8],
}

/// A key that was made.
pub(super) struct NewKey<'a> {
    pub(super) id: &'a [u8],
    /// As COSE writes it.
    pub(super) cose: &'a [u8],
}

impl<'a> AuthenticatorData<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, PasskeyRefused> {
        let (fixed, rest) = bytes.split_at_checked(FIXED_BYTES).ok_or(PasskeyRefused::NotUnderstood)?;
        let (host, fixed) = fixed.split_at(32);
        let [flags, counter @ ..] = fixed else { return Err(PasskeyRefused::NotUnderstood) };
        let counter = u32::from_be_bytes(counter.try_into().map_err(|_| PasskeyRefused::NotUnderstood)?);
        Ok(Self { host, flags: *flags, counter, rest })
    }

    /// Whether it is for this host.
    pub(super) fn is_for(&self, party: &RelyingParty) -> Result<(), PasskeyRefused> {
        if self.host == Sha256::digest(party.id().as_bytes()).as_slice() { Ok(()) } else { Err(PasskeyRefused::OtherHost) }
    }

    /// Whether the device asked who its user is: by PIN, finger or face.
    pub(super) fn user_was_verified(&self) -> Result<(), PasskeyRefused> {
        let has = |flag| self.flags & flag != 0;
        if has(IS_COPIED) && !has(MAY_BE_COPIED) {
            return Err(PasskeyRefused::NotUnderstood);
        }
        if has(USER_PRESENT) && has(USER_VERIFIED) { Ok(()) } else { Err(PasskeyRefused::UserNotVerified) }
    }

    /// The key that was made. Extensions may follow; none was asked for, and none is read.
    pub(super) fn new_key(&self) -> Result<NewKey<'a>, PasskeyRefused> {
        if self.flags & HOLDS_KEY == 0 {
            return Err(PasskeyRefused::NotUnderstood);
        }
        self.key_and_rest().ok_or(PasskeyRefused::NotUnderstood)
    }

    fn key_and_rest(&self) -> Option<NewKey<'a>> {
        let (_, rest) = self.rest.split_at_checked(MODEL_BYTES)?;
        let (length, rest) = rest.split_first_chunk::<2>()?;
        let (id, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        let mut decoder = Decoder::new(rest);
        decoder.skip().ok()?;
        let cose = rest.get(..decoder.position())?;
        (!id.is_empty() && id.len() <= ID_BYTES_MAX).then_some(NewKey { id, cose })
    }
}

/// An attestation object: who made the device is not asked, so that it says nothing, or is signed by the new key itself.
pub(super) struct Attestation<'a> {
    pub(super) data: &'a [u8],
    statement: Statement<'a>,
}

enum Statement<'a> {
    Nothing,
    /// With what, and the signature.
    SelfSigned(i64, &'a [u8]),
}

impl<'a> Attestation<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, PasskeyRefused> {
        let mut decoder = Decoder::new(bytes);
        let (mut format, mut statement, mut data) = (None, None, None);
        for _ in 0..fields(&mut decoder)? {
            match decoder.str()? {
                "fmt" if format.is_none() => format = Some(decoder.str()?),
                "attStmt" if statement.is_none() => statement = Some(read_statement(&mut decoder)?),
                "authData" if data.is_none() => data = Some(decoder.bytes()?),
                _ => return Err(PasskeyRefused::NotUnderstood),
            }
        }
        let whole = decoder.position() == bytes.len();
        let statement = match (format, statement) {
            (Some("none"), Some((None, None))) => Statement::Nothing,
            (Some("packed"), Some((Some(algorithm), Some(signature)))) => Statement::SelfSigned(algorithm, signature),
            _ => return Err(PasskeyRefused::NotUnderstood),
        };
        data.filter(|_| whole).map(|data| Self { data, statement }).ok_or(PasskeyRefused::NotUnderstood)
    }

    /// Whether the new key signed what it came with, where it says that it did.
    pub(super) fn holds(&self, key: &PublicKey<'_>, signed: &[u8]) -> Result<(), PasskeyRefused> {
        match self.statement {
            Statement::Nothing => Ok(()),
            Statement::SelfSigned(algorithm, signature) if algorithm == key.algorithm() => key.verify(signed, signature),
            Statement::SelfSigned(..) => Err(PasskeyRefused::NotUnderstood),
        }
    }
}

/// Algorithm and signature of a statement; whatever else is in it was not asked for.
fn read_statement<'a>(decoder: &mut Decoder<'a>) -> Result<(Option<i64>, Option<&'a [u8]>), PasskeyRefused> {
    let (mut algorithm, mut signature) = (None, None);
    for _ in 0..fields(decoder)? {
        match decoder.str()? {
            "alg" if algorithm.is_none() => algorithm = Some(decoder.i64()?),
            "sig" if signature.is_none() => signature = Some(decoder.bytes()?),
            _ => return Err(PasskeyRefused::NotUnderstood),
        }
    }
    Ok((algorithm, signature))
}

/// How many fields a map has. CTAP2 writes maps with their length.
pub(super) fn fields(decoder: &mut Decoder<'_>) -> Result<u64, PasskeyRefused> {
    decoder.map()?.ok_or(PasskeyRefused::NotUnderstood)
}

impl From<minicbor::decode::Error> for PasskeyRefused {
    fn from(_: minicbor::decode::Error) -> Self {
        Self::NotUnderstood
    }
}
