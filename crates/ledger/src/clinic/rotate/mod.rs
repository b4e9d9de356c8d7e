//! Changing the key that everything is sealed with, and the secret that locks the keys.
//!
//! The order in which a key is changed, so that nothing is unreadable at any moment and it can break off anywhere:
//!
//! 1. A new key is made and locked into `clinic.json` beside the old one. From here on this program seals with the new one
//!    and opens with both.
//! 2. Everything is sealed anew: charts, the access log, records, pictures. What they say, and their hashes, stay.
//! 3. The store is told to refuse whatever is still sealed with the old key, whoever brings it.
//! 4. Everything is looked through until a whole pass finds nothing that the old key sealed: what was written between 2 and 3
//!    is sealed anew here, and after 3 no more can come.
//! 5. The old key is taken out of `clinic.json`.
//!
//! Whatever breaks off before 5 leaves both keys in `clinic.json`; changing the key again goes on with it. What cannot be opened
//! is left as it is, and as long as there is such a thing the old key stays: a check says what is wrong with it.
//!
//! Others may read and write meanwhile. In this program, a write that began before 1 and ends after 3 is refused and works
//! when it is tried again. Another program that has the clinic open knows the old key only: what was sealed anew it cannot
//! open, and from 3 on it can write nothing. Nothing is lost, and it has to be started again; best stop it before.
//!
//! A picture is kept before the entry that names it. In this program nobody keeps one while the keys are exchanged; of another
//! program's picture that comes after 3, the entry is refused, so that no chart names what cannot be opened.

mod renewal;

pub use renewal::Left;

use super::{Clinic, Desk, LedgerError, Listed, Progress};
use crate::access::Operation;
use crate::seal::{KeyNumber, Keyring, Secret};
use crate::store::Resealed;
use renewal::Renewal;

/// What became of a change of the key.
#[derive(Debug)]
pub struct Rotated {
    /// The number of the key that everything is sealed with now.
    pub key: KeyNumber,
    /// Whether it was begun now.
    pub begun: Begun,
    /// What was sealed anew.
    pub renewed: Renewed,
    /// What could not be opened, and was left as it is. As long as there is such a thing the old key stays.
    pub left: Listed<Left>,
}

/// Whether a change of the key was begun now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Now, with a new key.
    Now,
    /// Earlier, and it had been broken off: it went on with the key made then.
    Earlier,
}

/// How much was sealed anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Renewed {
    /// Entries.
    pub entries: u64,
    /// Summaries.
    pub summaries: u64,
    /// Lines of the access log.
    pub access_lines: u64,
    /// Records.
    pub records: u64,
    /// Pictures, each form counted.
    pub pictures: u64,
}

impl Rotated {
    /// Whether the old key is gone.
    #[must_use]
    pub const fn finished(&self) -> bool {
        self.left.is_empty()
    }
}

impl Desk<'_> {
    /// Changes the key that everything is sealed with. Called again after it was broken off, it goes on.
    ///
    /// Everybody in this program goes on working; a write that is refused as [`StoreError::KeyReplaced`] works when it is tried
    /// again. Another program that has the clinic open has to be started again: stop it before, as it cannot open what was
    /// sealed anew.
    ///
    /// [`StoreError::KeyReplaced`]: crate::store::StoreError::KeyReplaced
    ///
    /// # Errors
    /// When it is not allowed, the secret is not the right one, another program is changing the key, or something cannot be
    /// read or written: then it can be called again.
    pub fn rotate_key(&self, secret: &Secret, progress: &mut dyn FnMut(Progress)) -> Result<Rotated, LedgerError> {
        let grant = self.read(Operation::RotateKey, None)?;
        self.clinic.rotate(secret, progress).or_else(|error| self.fail(&[grant], error))
    }

    /// Locks the keys by another secret. The keys stay, and so does everything that they seal: whoever has a copy of the old
    /// `clinic.json` and the old secret has the keys. Change the key as well where the secret became known.
    ///
    /// # Errors
    /// When it is not allowed, the old secret is not the right one, another program is changing the key, or the file cannot be
    /// written: then the old one still counts.
    pub fn change_secret(&self, old: &Secret, new: &Secret) -> Result<(), LedgerError> {
        let grant = self.read(Operation::RotateKey, None)?;
        let clinic = self.clinic;
        let changed = clinic.folder.alone().and_then(|_alone| {
            let ring = clinic.folder.unlock(old)?;
            clinic.folder.lock(&ring, new, clinic.surroundings.as_ref())
        });
        changed.or_else(|error| self.fail(&[grant], error))
    }
}

impl Clinic {
    fn rotate(&self, secret: &Secret, progress: &mut dyn FnMut(Progress)) -> Result<Rotated, LedgerError> {
        let _alone = self.folder.alone()?;
        let kept = self.folder.unlock(secret)?;
        let begun = if kept.numbers().count() > 1 { Begun::Earlier } else { Begun::Now };
        let ring = match begun {
            Begun::Earlier => kept,
            Begun::Now => {
                let ring = kept.with_next_key(self.surroundings.random());
                self.folder.lock(&ring, secret, self.surroundings.as_ref())?;
                ring
            }
        };
        self.exchange_ring(ring.clone());

        let mut renewal = Renewal::new(self, &ring, progress);
        renewal.charts()?;
        renewal.everything_else()?;
        self.store.reseal(vec![Resealed::NothingBefore { key: ring.current() }])?;
        renewal.until_nothing_is_found()?;

        let Renewal { renewed, left, .. } = renewal;
        if left.is_empty() {
            let ring = ring.retire_old();
            self.folder.lock(&ring, secret, self.surroundings.as_ref())?;
            self.exchange_ring(ring);
        }
        Ok(Rotated { key: ring.current(), begun, renewed, left })
    }

    /// Waits for whoever [holds](Clinic::holding_ring) the keys.
    fn exchange_ring(&self, ring: Keyring) {
        *self.ring.write().unwrap_or_else(std::sync::PoisonError::into_inner) = ring;
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU8, Ordering};

    use jiff::Timestamp;
    use zeroize::Zeroizing;

    use super::*;
    use crate::clinic::{Charts, Founding};
    use crate::surroundings::Surroundings;

    struct Still(AtomicU8);

    impl Surroundings for Still {
        fn now(&self) -> Timestamp {
            Timestamp::constant(1_795_000_000, 0)
        }

        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0.fetch_add(1, Ordering::Relaxed));
        }
    }

    #[test]
    fn what_is_read_while_the_keys_are_exchanged_is_read_again() {
        // given somebody who has the keys in hand and has not read yet
        let folder = std::env::temp_dir().join(format!("resurface-keys-{}", std::process::id()));
        let secret = Secret::KeyFile(Zeroizing::new([7; 32]));
        let founding = Founding { name: "Keys".into(), charts: Charts::Real };
        let clinic = Clinic::found(&folder, &founding, &secret, Arc::new(Still(AtomicU8::new(1)))).unwrap();
        let (tries, first) = (Cell::new(0), Cell::new(None));
        // when the key is changed at that moment
        let book = clinic.with_keys(|ring| {
            tries.set(tries.get() + 1);
            if tries.get() == 1 {
                assert!(clinic.rotate(&secret, &mut |_| {}).unwrap().finished());
                first.set(Some(clinic.book_with(ring).is_ok()));
            }
            clinic.book_with(ring)
        });
        // then what was in hand opens nothing, and it is read with the keys of now
        assert_eq!(first.get(), Some(false));
        assert_eq!((book.unwrap().founded.name.as_str(), tries.get()), ("Keys", 2));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
