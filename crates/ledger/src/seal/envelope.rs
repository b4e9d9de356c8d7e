//! The layout of sealed bytes, and sealing and opening with one key.

use super::cipher::{self, KEY_BYTES, NONCE_BYTES, TAG_BYTES};
use super::place::Bound;
use super::{KeyNumber, Place, SealError};

/// The only format so far: XChaCha20-Poly1305, bound to the place.
const FORMAT: u8 = 1;

/// What stands before the ciphertext, in bytes: format, key number and nonce.
const HEAD_BYTES: usize = 1 + 4 + NONCE_BYTES;

/// How much longer sealed bytes are than the plain ones, in bytes.
pub const SEALED_OVERHEAD_BYTES: usize = HEAD_BYTES + TAG_BYTES;

/// Which key sealed these bytes: one that is not the current key is still to be sealed again after a rotation.
///
/// The number is read, not proven: only opening proves it.
///
/// # Errors
///
/// [`SealError::CutShort`] and [`SealError::UnknownFormat`].
pub fn key_number_of(sealed: &[u8]) -> Result<KeyNumber, SealError> {
    Envelope::read(sealed).map(|envelope| envelope.number)
}

/// Sealed bytes, taken apart.
pub(super) struct Envelope<'a> {
    /// The key that sealed them, as they say.
    pub(super) number: KeyNumber,
    nonce: &'a [u8; NONCE_BYTES],
    ciphertext: &'a [u8],
    tag: &'a [u8; TAG_BYTES],
}

impl<'a> Envelope<'a> {
    /// Takes sealed bytes apart.
    pub(super) fn read(sealed: &'a [u8]) -> Result<Envelope<'a>, SealError> {
        let cut_short = || SealError::CutShort { bytes: sealed.len(), bytes_min: SEALED_OVERHEAD_BYTES };
        let (&format, rest) = sealed.split_first().ok_or_else(cut_short)?;
        if format != FORMAT {
            return Err(SealError::UnknownFormat { found: format });
        }
        let (number, rest) = rest.split_first_chunk().ok_or_else(cut_short)?;
        let (nonce, rest) = rest.split_first_chunk().ok_or_else(cut_short)?;
        let (ciphertext, tag) = rest.split_last_chunk().ok_or_else(cut_short)?;
        Ok(Envelope { number: KeyNumber::new(u32::from_be_bytes(*number)), nonce, ciphertext, tag })
    }

    /// Writes the plain bytes over whatever `out` held; on an error `out` is empty.
    pub(super) fn open_into(&self, key: &[u8; KEY_BYTES], place: &Place<'_>, out: &mut Vec<u8>) -> Result<(), SealError> {
        out.clear();
        let bound = Bound::new(FORMAT, self.number.get(), place)?;
        out.extend_from_slice(self.ciphertext);
        cipher::decrypt(key, self.nonce, bound.as_bytes(), out, self.tag).map_err(|_| {
            out.clear();
            SealError::ChangedOrMoved
        })
    }
}

/// Seals plain bytes with one key.
pub(super) fn seal(
    number: KeyNumber,
    key: &[u8; KEY_BYTES],
    place: &Place<'_>,
    plain: &[u8],
    nonce: [u8; NONCE_BYTES],
) -> Result<Vec<u8>, SealError> {
    let bound = Bound::new(FORMAT, number.get(), place)?;
    let mut sealed = Vec::with_capacity(SEALED_OVERHEAD_BYTES + plain.len());
    sealed.push(FORMAT);
    sealed.extend_from_slice(&number.get().to_be_bytes());
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(plain);
    // Cannot panic: the head was written above.
    let (_, bytes) = sealed.split_at_mut(HEAD_BYTES);
    let tag = cipher::encrypt(key, &nonce, bound.as_bytes(), bytes).map_err(|_| SealError::TooLong { bytes: plain.len() })?;
    sealed.extend_from_slice(&tag);
    Ok(sealed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::Keyring;

    use data_encoding::HEXLOWER;
    use proptest::prelude::*;

    const HERE: Place<'static> = Place { table: "entry", row: b"7", column: "body" };

    fn a_ring() -> Keyring {
        Keyring::new([1; 32])
    }

    #[test]
    fn given_sealed_bytes_when_one_bit_is_flipped_they_do_not_open() {
        let sealed = a_ring().seal(&HERE, b"boxcar", [3; 24]).unwrap();
        assert!(a_ring().open(&HERE, &sealed).is_ok());

        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(a_ring().open(&HERE, &changed).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn given_sealed_bytes_when_they_are_cut_anywhere_they_do_not_open() {
        let sealed = a_ring().seal(&HERE, b"boxcar", [3; 24]).unwrap();

        for bytes in 0..sealed.len() {
            let wanted = match bytes {
                0..SEALED_OVERHEAD_BYTES => SealError::CutShort { bytes, bytes_min: SEALED_OVERHEAD_BYTES },
                _ => SealError::ChangedOrMoved,
            };
            assert_eq!(a_ring().open(&HERE, &sealed[..bytes]), Err(wanted));
        }
    }

    #[test]
    fn given_sealed_bytes_when_moved_to_another_table_row_or_column_they_do_not_open() {
        let sealed = a_ring().seal(&HERE, b"boxcar", [3; 24]).unwrap();

        for elsewhere in [Place { table: "picture", ..HERE }, Place { row: b"8", ..HERE }, Place { column: "note", ..HERE }] {
            assert_eq!(a_ring().open(&elsewhere, &sealed), Err(SealError::ChangedOrMoved), "{elsewhere:?}");
        }
    }

    #[test]
    fn given_another_format_the_error_names_it() {
        let mut sealed = a_ring().seal(&HERE, b"boxcar", [3; 24]).unwrap();
        sealed[0] = 9;

        assert_eq!(a_ring().open(&HERE, &sealed), Err(SealError::UnknownFormat { found: 9 }));
        assert_eq!(key_number_of(&sealed), Err(SealError::UnknownFormat { found: 9 }));
    }

    #[test]
    fn a_buffer_is_reused_and_holds_nothing_after_a_refusal() {
        let sealed = a_ring().seal(&HERE, b"boxcar", [3; 24]).unwrap();
        let mut out = b"what another row held".to_vec();
        let capacity = out.capacity();

        a_ring().open_into(&HERE, &sealed, &mut out).unwrap();
        assert_eq!(out, b"boxcar");
        assert_eq!(out.capacity(), capacity);

        assert!(a_ring().open_into(&Place { row: b"8", ..HERE }, &sealed, &mut out).is_err());
        assert!(out.is_empty());

        out.extend_from_slice(b"what another row held");
        assert!(a_ring().open_into(&HERE, &sealed[..4], &mut out).is_err());
        assert!(out.is_empty());
    }

    // Written by a second implementation of the layout and the cipher.
    #[test]
    fn the_layout_is_format_key_number_nonce_ciphertext_and_tag() {
        let sealed = a_ring().seal(&HERE, b"boxcar", [3; 24]).unwrap();

        assert_eq!(sealed[..5], [1, 0, 0, 0, 1]);
        assert_eq!(sealed[5..29], [3; 24]);
        assert_eq!(HEXLOWER.encode(&sealed[29..35]), "2c6f7712914d");
        assert_eq!(HEXLOWER.encode(&sealed[35..]), "082ec43b522397b334c6335bd2a18453");
    }

    proptest! {
        #[test]
        fn whatever_is_sealed_opens_to_the_same_bytes(
            plain in prop::collection::vec(any::<u8>(), 0..2000),
            row in prop::collection::vec(any::<u8>(), 0..64),
            table in "[a-z_]{0,20}",
            column in ".{0,20}",
            key: [u8; 32],
            nonce: [u8; 24],
        ) {
            let ring = Keyring::new(key);
            let place = Place { table: &table, row: &row, column: &column };
            let sealed = ring.seal(&place, &plain, nonce).unwrap();

            prop_assert_eq!(ring.open(&place, &sealed).unwrap(), plain);
            prop_assert_eq!(key_number_of(&sealed).unwrap(), ring.current());
        }
    }
}
