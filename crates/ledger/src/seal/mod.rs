//! Encryption at rest: what a clinic writes about a person is sealed by a key that only the clinic can unwrap.
//!
//! A [`Keyring`] holds the numbered data keys of a clinic and seals with the current one. The ring is stored wrapped by
//! a [`Secret`] of the clinic, a key file or a passphrase, as a [`WrappedKeyring`]: changing that secret, or adding a key,
//! touches no data.
//!
//! Sealed bytes, 45 more than what they hold:
//!
//! | bytes | what |
//! |---|---|
//! | 1 | format, 1 |
//! | 4 | number of the key, big-endian |
//! | 24 | nonce |
//! | as the plain bytes | ciphertext of XChaCha20-Poly1305 |
//! | 16 | tag, over the ciphertext, the format, the key number and the [`Place`] |
//!
//! Protected: the content, and its place. Who holds the database but not the secret cannot read a value, change it, or
//! move it to another row, column or table without being found out.
//!
//! Not protected: how long a value is, how many there are and when they were written; a row taken out whole, or put back
//! as it was earlier in the same place, which the hash chain of the entries has to notice; the memory of a running
//! program that has opened the ring. Keys are wiped when a ring is dropped, which keeps them out of what is reused,
//! not out of a memory dump. Who loses every secret loses the data.
//!
//! ```
//! use resurface_ledger::seal::{Keyring, Place, Secret, WrapEntropy};
//! use zeroize::Zeroizing;
//!
//! // The program draws these from the operating system; a room takes them as arguments.
//! let (data_key, file_key, nonce) = ([1; 32], [2; 32], [3; 24]);
//! let entropy = WrapEntropy { nonce: [4; 24], salt: [5; 16] };
//!
//! let ring = Keyring::new(data_key);
//! let place = Place { table: "entry", row: b"7", column: "body" };
//! let sealed = ring.seal(&place, b"twelve boxcar scars", nonce)?;
//!
//! let secret = Secret::KeyFile(Zeroizing::new(file_key));
//! let stored = ring.wrap(&secret, entropy)?;
//! assert_eq!(stored.unwrap_with(&secret)?.open(&place, &sealed)?, b"twelve boxcar scars");
//! # Ok::<(), resurface_ledger::seal::SealError>(())
//! ```

mod cipher;
mod envelope;
mod error;
mod key_file;
mod keyring;
mod place;
mod secret;
mod stretch;
mod wrap;

pub use envelope::{SEALED_OVERHEAD_BYTES, key_number_of};
pub use error::{KeyFileFault, SealError};
pub use key_file::{read_key_file, write_key_file};
pub use keyring::{KeyNumber, Keyring};
pub use place::{PLACE_BYTES_MAX, Place};
pub use secret::{Method, Secret};
pub use stretch::Stretch;
pub use wrap::{WrapEntropy, WrappedKeyring};
