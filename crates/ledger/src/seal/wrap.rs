//! The ring as it is stored: wrapped by a secret of the clinic, in a record of text fields.

use data_encoding::{BASE64, HEXLOWER};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::cipher::{self, KEY_BYTES, NONCE_BYTES, TAG_BYTES};
use super::{Keyring, Method, SealError, Secret, Stretch};

const SCHEMA: &str = "resurface-keyring-1";
const CIPHER: &str = "xchacha20-poly1305";
const ALGORITHM: &str = "argon2id-v19";
const CHECK: &str = "sha256:";

/// Random bytes for wrapping a ring once.
#[derive(Clone, Copy, Debug)]
pub struct WrapEntropy {
    /// The nonce of the wrapping, 192 random bits.
    pub nonce: [u8; NONCE_BYTES],
    /// The salt of a passphrase, 128 random bits; a key file needs none.
    pub salt: [u8; 16],
}

/// A ring wrapped by a secret of the clinic, to be stored beside the data.
///
/// `lock` says what unwraps it, `nonce` (hexadecimal) and `keys` (base64) are the sealed ring, and `check` is SHA-256 over
/// all of it, which tells a damaged record from a wrong secret. Every field is bound into the tag of `keys`, so an edit
/// that also mends `check` is refused too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrappedKeyring {
    schema: String,
    cipher: String,
    lock: Lock,
    nonce: String,
    keys: String,
    check: String,
}

/// What unwraps the ring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case")]
enum Lock {
    KeyFile,
    Passphrase { algorithm: String, stretch: Stretch, salt: String },
}

impl Keyring {
    /// Wraps the ring for storage, stretching a passphrase by [`Stretch::USUAL`].
    ///
    /// Wrapping it again by another secret changes the passphrase or the key file; the data stay as they are. A copy of
    /// the old record still opens by the old secret: destroy it, and rotate the key if that secret became known.
    ///
    /// # Errors
    ///
    /// As for [`Keyring::wrap_stretched`].
    pub fn wrap(&self, secret: &Secret, entropy: WrapEntropy) -> Result<WrappedKeyring, SealError> {
        self.wrap_stretched(secret, entropy, Stretch::USUAL)
    }

    /// Wraps the ring for storage, stretching a passphrase as told; a key file is not stretched.
    ///
    /// # Errors
    ///
    /// For a passphrase, [`SealError::EmptyPassphrase`], [`SealError::StretchTooWeak`], [`SealError::StretchTooCostly`],
    /// [`SealError::NotEnoughMemory`] and [`SealError::TooLong`].
    pub fn wrap_stretched(&self, secret: &Secret, entropy: WrapEntropy, stretch: Stretch) -> Result<WrappedKeyring, SealError> {
        let lock = match secret {
            Secret::KeyFile(_) => Lock::KeyFile,
            Secret::Passphrase(passphrase) if passphrase.is_empty() => return Err(SealError::EmptyPassphrase),
            Secret::Passphrase(_) => {
                Lock::Passphrase { algorithm: ALGORITHM.to_owned(), stretch, salt: HEXLOWER.encode(&entropy.salt) }
            }
        };
        let mut record = WrappedKeyring {
            schema: SCHEMA.to_owned(),
            cipher: CIPHER.to_owned(),
            lock,
            nonce: HEXLOWER.encode(&entropy.nonce),
            keys: String::new(),
            check: String::new(),
        };
        let key = record.lock.key(secret)?;
        let mut bytes = self.to_bytes();
        let tag = cipher::encrypt(&key, &entropy.nonce, &record.bound(), &mut bytes)
            .map_err(|_| SealError::TooLong { bytes: bytes.len() })?;
        record.keys = BASE64.encode(&[&bytes[..], &tag].concat());
        record.check = record.checksum();
        Ok(record)
    }
}

impl WrappedKeyring {
    /// The kind of secret that unwraps this ring.
    pub fn method(&self) -> Method {
        match self.lock {
            Lock::KeyFile => Method::KeyFile,
            Lock::Passphrase { .. } => Method::Passphrase,
        }
    }

    /// The ring, if this is the secret that wrapped it. A passphrase takes about a second and the memory the record names.
    ///
    /// # Errors
    ///
    /// [`SealError::WrongSecret`], [`SealError::WrongKindOfSecret`], [`SealError::UnknownRecord`],
    /// [`SealError::RecordDamaged`], [`SealError::StretchTooWeak`], [`SealError::StretchTooCostly`] and
    /// [`SealError::NotEnoughMemory`].
    pub fn unwrap_with(&self, secret: &Secret) -> Result<Keyring, SealError> {
        self.check_names()?;
        if self.check != self.checksum() {
            return Err(SealError::RecordDamaged);
        }
        let nonce: [u8; NONCE_BYTES] = decoded(&HEXLOWER, &self.nonce)?;
        let sealed = BASE64.decode(self.keys.as_bytes()).map_err(|_| SealError::RecordDamaged)?;
        let (ciphertext, tag) = sealed.split_last_chunk::<TAG_BYTES>().ok_or(SealError::RecordDamaged)?;

        let key = self.lock.key(secret)?;
        let mut bytes = Zeroizing::new(ciphertext.to_vec());
        cipher::decrypt(&key, &nonce, &self.bound(), &mut bytes, tag)
            .map_err(|_| SealError::WrongSecret { method: secret.method() })?;
        Keyring::from_bytes(&bytes).ok_or(SealError::RecordDamaged)
    }

    fn check_names(&self) -> Result<(), SealError> {
        let mut names = vec![(&self.schema, SCHEMA), (&self.cipher, CIPHER)];
        if let Lock::Passphrase { algorithm, .. } = &self.lock {
            names.push((algorithm, ALGORITHM));
        }
        match names.into_iter().find(|(found, known)| found != known) {
            Some((found, _)) => Err(SealError::UnknownRecord { found: found.clone() }),
            None => Ok(()),
        }
    }

    /// Every field but the sealed keys and the check, each after its length.
    fn bound(&self) -> Vec<u8> {
        let mut fields = vec![self.schema.as_bytes().to_vec(), self.cipher.as_bytes().to_vec(), self.nonce.as_bytes().to_vec()];
        match &self.lock {
            Lock::KeyFile => fields.push(b"key_file".to_vec()),
            Lock::Passphrase { algorithm, stretch, salt } => {
                let numbers = [stretch.memory_kib, stretch.passes, stretch.lanes].map(u32::to_be_bytes).concat();
                fields.extend([b"passphrase".to_vec(), algorithm.as_bytes().to_vec(), numbers, salt.as_bytes().to_vec()]);
            }
        }
        fields.iter().flat_map(|field| [&(field.len() as u64).to_be_bytes()[..], field].concat()).collect()
    }

    fn checksum(&self) -> String {
        let digest = Sha256::new().chain_update(self.bound()).chain_update(&self.keys).finalize();
        format!("{CHECK}{}", HEXLOWER.encode(&digest))
    }
}

impl Lock {
    /// The key that wraps the ring.
    fn key(&self, secret: &Secret) -> Result<Zeroizing<[u8; KEY_BYTES]>, SealError> {
        match (self, secret) {
            (Lock::KeyFile, Secret::KeyFile(key)) => Ok(key.clone()),
            (Lock::Passphrase { stretch, salt, .. }, Secret::Passphrase(passphrase)) => {
                stretch.key_of(passphrase, &decoded::<16>(&HEXLOWER, salt)?)
            }
            (Lock::KeyFile, Secret::Passphrase(_)) => {
                Err(SealError::WrongKindOfSecret { wanted: Method::KeyFile, given: Method::Passphrase })
            }
            (Lock::Passphrase { .. }, Secret::KeyFile(_)) => {
                Err(SealError::WrongKindOfSecret { wanted: Method::Passphrase, given: Method::KeyFile })
            }
        }
    }
}

fn decoded<const N: usize>(encoding: &data_encoding::Encoding, text: &str) -> Result<[u8; N], SealError> {
    let bytes = encoding.decode(text.as_bytes()).map_err(|_| SealError::RecordDamaged)?;
    bytes.try_into().map_err(|_| SealError::RecordDamaged)
}

#[cfg(test)]
mod tests;
