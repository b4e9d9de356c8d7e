//! XChaCha20-Poly1305 over bytes in place: the only file that calls the cipher.

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Error, XChaCha20Poly1305};

/// Length of a key, in bytes.
pub(super) const KEY_BYTES: usize = 32;
/// Length of a nonce, in bytes: long enough that random ones do not meet.
pub(super) const NONCE_BYTES: usize = 24;
/// Length of an authentication tag, in bytes.
pub(super) const TAG_BYTES: usize = 16;

/// Encrypts `bytes` where they are and gives the tag over them and `bound`; an error means more than 256 GiB.
pub(super) fn encrypt(
    key: &[u8; KEY_BYTES],
    nonce: &[u8; NONCE_BYTES],
    bound: &[u8],
    bytes: &mut [u8],
) -> Result<[u8; TAG_BYTES], Error> {
    // A cipher object holds a copy of the key and nothing computed from it: made here, it lives as long as one call.
    let cipher = XChaCha20Poly1305::new(key.into());
    cipher.encrypt_inout_detached(nonce.into(), bound, bytes.into()).map(Into::into)
}

/// Decrypts `bytes` where they are, after the tag was found right; otherwise leaves them as they were.
pub(super) fn decrypt(
    key: &[u8; KEY_BYTES],
    nonce: &[u8; NONCE_BYTES],
    bound: &[u8],
    bytes: &mut [u8],
    tag: &[u8; TAG_BYTES],
) -> Result<(), Error> {
    let cipher = XChaCha20Poly1305::new(key.into());
    cipher.decrypt_inout_detached(nonce.into(), bound, bytes.into(), tag.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    use data_encoding::HEXLOWER;

    // draft-irtf-cfrg-xchacha-03, appendix A.3.1.
    const PLAIN: &[u8] =
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
    const BOUND: &str = "50515253c0c1c2c3c4c5c6c7";
    const KEY: &str = "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f";
    const NONCE: &str = "404142434445464748494a4b4c4d4e4f5051525354555657";
    const CIPHERTEXT: &str = "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb\
                              731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452\
                              2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9\
                              21f9664c97637da9768812f615c68b13b52e";
    const TAG: &str = "c0875924c1c7987947deafd8780acf49";

    fn bytes(hex: &str) -> Vec<u8> {
        HEXLOWER.decode(hex.as_bytes()).unwrap()
    }

    fn array<const N: usize>(hex: &str) -> [u8; N] {
        bytes(hex).try_into().unwrap()
    }

    #[test]
    fn the_vector_of_the_draft_encrypts_to_its_ciphertext_and_tag() {
        let mut text = PLAIN.to_vec();
        let tag = encrypt(&array(KEY), &array(NONCE), &bytes(BOUND), &mut text).unwrap();

        assert_eq!(HEXLOWER.encode(&text), CIPHERTEXT);
        assert_eq!(HEXLOWER.encode(&tag), TAG);
    }

    #[test]
    fn the_vector_of_the_draft_decrypts_to_its_text() {
        let mut text = bytes(CIPHERTEXT);
        decrypt(&array(KEY), &array(NONCE), &bytes(BOUND), &mut text, &array(TAG)).unwrap();

        assert_eq!(text, PLAIN);
    }

    #[test]
    fn given_a_wrong_tag_the_bytes_stay_encrypted() {
        let mut text = bytes(CIPHERTEXT);
        let outcome = decrypt(&array(KEY), &array(NONCE), &bytes(BOUND), &mut text, &[0; TAG_BYTES]);

        assert!(outcome.is_err());
        assert_eq!(HEXLOWER.encode(&text), CIPHERTEXT);
    }
}
