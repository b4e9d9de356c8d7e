//! The versions of the knowledge that are kept, each read once however many decisions rest on it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use resurface_forecast::{BasePoints, Population};
use resurface_knowledge::Knowledge;

use super::{Clinic, LedgerError};

/// The file that holds the population of a version.
const POPULATION: &str = "population.json";

/// Versions and seeds that are held at the same time. A clinic has few; one that has more reads some of them again.
const HELD_MAX: usize = 8;

/// A version, read.
pub(super) struct Version {
    pub(super) knowledge: Knowledge,
    pub(super) population: Population,
}

/// Why a version of the knowledge cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoKnowledge {
    /// Its files were not kept.
    #[error("the files of the knowledge {version} were not kept in this clinic")]
    NotKept {
        /// The version.
        version: String,
    },
    /// Its files are not understood.
    #[error("the files of the knowledge {version} are not understood by this version of the program ({files} of them)")]
    NotUnderstood {
        /// The version.
        version: String,
        /// How many of its files.
        files: usize,
    },
}

type Read = Arc<Result<Version, NoKnowledge>>;

/// What is held for one key while somebody reads it.
type Slot<T> = Arc<OnceLock<T>>;

/// The versions of the knowledge, and the points of forecasts by their seed.
pub(super) struct Shelf<'a> {
    clinic: &'a Clinic,
    versions: Mutex<BTreeMap<String, Slot<Read>>>,
    points: Mutex<BTreeMap<u64, Arc<BasePoints>>>,
}

impl<'a> Shelf<'a> {
    pub(super) fn new(clinic: &'a Clinic) -> Self {
        Self { clinic, versions: Mutex::default(), points: Mutex::default() }
    }

    /// A version; whoever asks for one that is being read waits for it.
    pub(super) fn version(&self, version: &str) -> Result<Read, LedgerError> {
        let slot = held(&self.versions, &version.to_owned(), Slot::default);
        if let Some(read) = slot.get() {
            return Ok(Arc::clone(read));
        }
        let files = self.clinic.knowledge(version)?;
        Ok(Arc::clone(slot.get_or_init(|| {
            let version = || version.to_owned();
            let Some(files) = files else { return Arc::new(Err(NoKnowledge::NotKept { version: version() })) };
            let not_understood = |files| NoKnowledge::NotUnderstood { version: version(), files };
            let population = files.text(POPULATION).and_then(|text| Population::from_json(text).ok());
            let read = Knowledge::read(&files).map_err(|reports| not_understood(reports.len()));
            let both = read.and_then(|knowledge| {
                let population = population.ok_or_else(|| not_understood(1))?;
                Ok(Version { knowledge, population })
            });
            Arc::new(both)
        })))
    }

    /// The points of a seed.
    pub(super) fn points(&self, seed: u64) -> Arc<BasePoints> {
        held(&self.points, &seed, || Arc::new(BasePoints::new(seed)))
    }
}

fn held<K: Ord + Clone, V: Clone>(shelf: &Mutex<BTreeMap<K, V>>, key: &K, make: impl FnOnce() -> V) -> V {
    // A thread that panicked while it held the lock left the shelf as it was, or with one book more.
    let mut shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
    if !shelf.contains_key(key) && shelf.len() >= HELD_MAX {
        shelf.pop_first();
    }
    shelf.entry(key.clone()).or_insert_with(make).clone()
}
