//! The numbered data keys of a clinic: the current one seals, all of them open.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::cipher::{KEY_BYTES, NONCE_BYTES};
use super::envelope::{self, Envelope};
use super::{Place, SealError};

/// The number of a data key, counted from 1; every sealed value names the one it was sealed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyNumber(u32);

impl KeyNumber {
    /// The key number that was stored as `number`.
    pub const fn new(number: u32) -> KeyNumber {
        KeyNumber(number)
    }

    /// The number, to store it.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for KeyNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A data key where it lies until the last ring that holds it is dropped, and is then wiped.
type DataKey = Arc<Zeroizing<[u8; KEY_BYTES]>>;

/// The data keys of a clinic, of which the one with the highest number is current.
///
/// A clone shares the keys. `Debug` shows numbers only.
#[derive(Clone)]
pub struct Keyring {
    current: KeyNumber,
    current_key: DataKey,
    former: BTreeMap<KeyNumber, DataKey>,
}

impl Keyring {
    /// A ring of one key, number 1; `key` is 256 random bits.
    pub fn new(key: [u8; KEY_BYTES]) -> Keyring {
        Keyring { current: KeyNumber(1), current_key: data_key(key), former: BTreeMap::new() }
    }

    /// The ring after a rotation: `key`, 256 new random bits, is current, and the older keys still open.
    pub fn with_next_key(&self, key: [u8; KEY_BYTES]) -> Keyring {
        let mut former = self.former.clone();
        former.insert(self.current, Arc::clone(&self.current_key));
        // Does not saturate: numbers start at 1 and go up only here, once a rotation.
        Keyring { current: KeyNumber(self.current.0.saturating_add(1)), current_key: data_key(key), former }
    }

    /// The ring with the current key only, for when nothing is left that an older one sealed.
    pub fn retire_old(&self) -> Keyring {
        Keyring { current: self.current, current_key: Arc::clone(&self.current_key), former: BTreeMap::new() }
    }

    /// The number of the key that seals.
    pub fn current(&self) -> KeyNumber {
        self.current
    }

    /// The numbers of all keys, rising; the last is the current one.
    pub fn numbers(&self) -> impl Iterator<Item = KeyNumber> {
        self.former.keys().copied().chain([self.current])
    }

    /// Seals plain bytes for a place with the current key; `nonce` is 192 random bits, drawn anew for every call.
    ///
    /// # Errors
    ///
    /// [`SealError::PlaceTooLong`] above 400 bytes of names, [`SealError::TooLong`] above 256 GiB of content.
    pub fn seal(&self, place: &Place<'_>, plain: &[u8], nonce: [u8; NONCE_BYTES]) -> Result<Vec<u8>, SealError> {
        envelope::seal(self.current, &self.current_key, place, plain, nonce)
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    ///
    /// [`SealError::CutShort`], [`SealError::UnknownFormat`], [`SealError::KeyNotInRing`],
    /// [`SealError::ChangedOrMoved`] and [`SealError::PlaceTooLong`].
    pub fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut plain = Vec::new();
        self.open_into(place, sealed, &mut plain)?;
        Ok(plain)
    }

    /// Opens what was sealed for this place into a buffer, in place of what it held; it allocates only to grow it.
    ///
    /// # Errors
    ///
    /// As for [`Keyring::open`]; the buffer is then empty.
    pub fn open_into(&self, place: &Place<'_>, sealed: &[u8], out: &mut Vec<u8>) -> Result<(), SealError> {
        out.clear();
        let envelope = Envelope::read(sealed)?;
        let key = self.key(envelope.number).ok_or(SealError::KeyNotInRing { number: envelope.number })?;
        envelope.open_into(key, place, out)
    }

    /// Every key after its number, rising, as the wrapped record holds them.
    pub(super) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        // Reserved in full: a buffer that grew would leave keys behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity((self.former.len() + 1) * NUMBERED_KEY_BYTES));
        for (number, key) in self.former.iter().chain([(&self.current, &self.current_key)]) {
            bytes.extend_from_slice(&number.0.to_be_bytes());
            bytes.extend_from_slice(&key[..]);
        }
        bytes
    }

    /// The ring of [`Keyring::to_bytes`]; nothing if these bytes were not written by it.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Keyring> {
        let (numbered, []) = bytes.as_chunks::<NUMBERED_KEY_BYTES>() else { return None };
        let mut keys = BTreeMap::new();
        for one in numbered {
            let (number, key) = one.split_first_chunk()?;
            let number = KeyNumber(u32::from_be_bytes(*number));
            let key: &[u8; KEY_BYTES] = key.try_into().ok()?;
            if keys.last_key_value().is_some_and(|(last, _)| *last >= number) {
                return None;
            }
            keys.insert(number, data_key(*key));
        }
        let (current, current_key) = keys.pop_last()?;
        Some(Keyring { current, current_key, former: keys })
    }

    fn key(&self, number: KeyNumber) -> Option<&DataKey> {
        if number == self.current { Some(&self.current_key) } else { self.former.get(&number) }
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let former: Vec<u32> = self.former.keys().map(|number| number.0).collect();
        f.debug_struct("Keyring").field("current", &self.current.0).field("former", &former).finish_non_exhaustive()
    }
}

/// Length of a key and its number in the wrapped record, in bytes.
const NUMBERED_KEY_BYTES: usize = 4 + KEY_BYTES;

fn data_key(key: [u8; KEY_BYTES]) -> DataKey {
    Arc::new(Zeroizing::new(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::key_number_of;

    const HERE: Place<'static> = Place { table: "entry", row: b"7", column: "body" };

    fn numbers(ring: &Keyring) -> Vec<u32> {
        ring.numbers().map(KeyNumber::get).collect()
    }

    #[test]
    fn given_a_rotation_the_old_key_opens_and_the_new_one_seals() {
        let before = Keyring::new([1; 32]);
        let old = before.seal(&HERE, b"boxcar", [3; 24]).unwrap();

        let after = before.with_next_key([2; 32]);
        let new = after.seal(&HERE, b"rolling", [4; 24]).unwrap();

        assert_eq!(after.open(&HERE, &old).unwrap(), b"boxcar");
        assert_eq!(after.open(&HERE, &new).unwrap(), b"rolling");
        assert_eq!(key_number_of(&old), Ok(before.current()));
        assert_eq!(key_number_of(&new), Ok(after.current()));
        assert_eq!(numbers(&after), [1, 2]);
    }

    #[test]
    fn given_a_retired_key_what_it_sealed_does_not_open_and_the_error_names_the_key() {
        let before = Keyring::new([1; 32]);
        let old = before.seal(&HERE, b"boxcar", [3; 24]).unwrap();

        let after = before.with_next_key([2; 32]).retire_old();
        let refusal = after.open(&HERE, &old).unwrap_err();

        assert_eq!(refusal, SealError::KeyNotInRing { number: KeyNumber(1) });
        assert!(refusal.to_string().contains("key 1"), "{refusal}");
        assert_eq!(numbers(&after), [2]);
    }

    #[test]
    fn given_the_number_of_another_key_the_bytes_do_not_open_even_if_that_key_is_the_same() {
        let ring = Keyring::new([1; 32]).with_next_key([1; 32]);
        let mut sealed = ring.seal(&HERE, b"boxcar", [3; 24]).unwrap();
        sealed[4] = 1;

        assert_eq!(ring.open(&HERE, &sealed), Err(SealError::ChangedOrMoved));
    }

    #[test]
    fn two_clinics_do_not_open_each_other_s_values() {
        let sealed = Keyring::new([1; 32]).seal(&HERE, b"boxcar", [3; 24]).unwrap();

        assert_eq!(Keyring::new([2; 32]).open(&HERE, &sealed), Err(SealError::ChangedOrMoved));
    }

    #[test]
    fn debug_shows_numbers_and_no_key() {
        let ring = Keyring::new([171; 32]).with_next_key([205; 32]);

        assert_eq!(format!("{ring:?}"), "Keyring { current: 2, former: [1], .. }");
    }

    #[test]
    fn the_bytes_of_a_ring_give_it_back_and_others_give_none() {
        let ring = Keyring::new([1; 32]).with_next_key([2; 32]).with_next_key([3; 32]);
        let bytes = ring.to_bytes();
        assert_eq!(numbers(&Keyring::from_bytes(&bytes).unwrap()), [1, 2, 3]);
        assert_eq!(Keyring::from_bytes(&bytes).unwrap().to_bytes(), bytes);

        let twice = [&bytes[..36], &bytes[..36]].concat();
        for wrong in [&[], &bytes[1..], &twice] {
            assert!(Keyring::from_bytes(wrong).is_none());
        }
    }
}
