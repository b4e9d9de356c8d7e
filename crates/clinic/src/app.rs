//! What every request needs: the clinic, the rules and the doors.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use resurface_care::chart::{Bench, Digest};
use resurface_forecast::{BasePoints, Population};
use resurface_knowledge::document::FaultReport;
use resurface_knowledge::values::NoSuchSetting;
use resurface_knowledge::{Files, Knowledge};
use resurface_ledger::clinic::{Charts, Clinic, Desk, LedgerError, NewSecondFactor, PracticeChange};
use resurface_ledger::identity::{Challenge, RelyingParty, Token, UserId};
use resurface_words::Language;

use crate::doors::Pace;
use crate::pending::Pending;
use crate::set_up::SetUp;

/// Minutes for which a new second factor waits to be confirmed: a setting of ours.
const SECOND_FACTOR_MINUTES: i64 = 10;
/// Minutes for which a question for a passkey waits; the ledger takes no answer that comes later.
const PASSKEY_MINUTES: i64 = 5;

/// One clinic, served.
pub struct App {
    clinic: Clinic,
    rules: RwLock<Arc<Rules>>,
    /// The knowledge before the clinic's own values are put in.
    files: Files,
    /// Held by whoever changes the rules.
    changing: Mutex<()>,
    /// The link by which the first user is made, where there is none yet.
    pub(crate) set_up: SetUp,
    /// How fast each visitor asks.
    pub(crate) pace: Pace,
    /// Second factors that were shown, and wait to be confirmed.
    pub(crate) pending: Pending<UserId, NewSecondFactor>,
    /// The address that passkeys are bound to; nothing where there are none.
    relying_party: Option<RelyingParty>,
    /// What browsers were asked with a passkey, by the hash of what each is known by.
    pub(crate) asked: Pending<Digest, Challenge>,
    /// What is being measured, and what was.
    #[cfg(feature = "measure")]
    pub(crate) measuring: crate::measuring::Measuring,
    /// Version of the program, written down with each answer.
    pub(crate) program: &'static str,
}

/// What decisions rest on.
pub struct Rules {
    /// The rules, in English: what is decided and written down.
    pub knowledge: Knowledge,
    /// The same in German: what is shown to whoever reads German.
    pub german: Knowledge,
    /// The population that a forecast starts from.
    pub population: Population,
    /// Points of the forecast, with their seed.
    pub points: BasePoints,
}

impl App {
    /// A clinic that is served with these rules, and its own values of settings in them.
    ///
    /// # Errors
    /// When the clinic's values no longer fit the rules, or its book cannot be read.
    pub fn new(clinic: Clinic, rules: Rules, program: &'static str) -> Result<Self, NoRules> {
        let (files, practice) = (rules.knowledge.files.clone(), &clinic.book()?.practice);
        let rules =
            if practice.values.is_empty() { rules } else { Rules::read(&practice.applied_to(&files)?, rules.points.seed())? };
        Ok(Self {
            clinic,
            rules: RwLock::new(Arc::new(rules)),
            files,
            changing: Mutex::default(),
            set_up: SetUp::default(),
            pace: Pace::default(),
            pending: Pending::lasting(SECOND_FACTOR_MINUTES),
            relying_party: None,
            asked: Pending::lasting(PASSKEY_MINUTES),
            #[cfg(feature = "measure")]
            measuring: crate::measuring::Measuring::default(),
            program,
        })
    }

    /// The same, with passkeys that are bound to the address under which browsers reach it.
    #[must_use]
    pub fn with_passkeys(self, bound_to: RelyingParty) -> Self {
        Self { relying_party: Some(bound_to), ..self }
    }

    /// The address that passkeys are bound to; nothing where there are none.
    #[must_use]
    pub const fn relying_party(&self) -> Option<&RelyingParty> {
        self.relying_party.as_ref()
    }

    /// The clinic.
    #[must_use]
    pub const fn clinic(&self) -> &Clinic {
        &self.clinic
    }

    /// The address under which the first user is made, where there is none yet: for whoever is at the clinic's machine, once,
    /// and for an hour.
    ///
    /// # Errors
    /// When the clinic's book cannot be read.
    pub fn set_up_address(&self) -> Result<Option<String>, LedgerError> {
        if !self.clinic.book()?.users.is_empty() {
            return Ok(None);
        }
        let surroundings = self.clinic.surroundings();
        let token = Token::new(surroundings.random());
        self.set_up.open(&token, surroundings.now());
        Ok(Some(format!("/set-up/{}", *token.text())))
    }

    /// What decisions rest on, as it is now.
    #[must_use]
    pub fn rules(&self) -> Arc<Rules> {
        // Rules are exchanged whole or not at all.
        self.rules.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Decides how the clinic works from now on: tried first, then written down, then in force.
    ///
    /// # Errors
    /// When the desk does not allow it, or the rules do not hold with it.
    pub(crate) fn change_practice(&self, desk: &Desk<'_>, change: PracticeChange, reason: &str) -> Result<(), NoRules> {
        // Two changes at once are tried one after the other: each may be right alone.
        let _alone = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut practice = self.clinic.book()?.practice.clone();
        practice.change(&change);
        let rules = Rules::read(&practice.applied_to(&self.files)?, self.rules().points.seed())?;
        desk.change_practice(change, reason)?;
        *self.rules.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(rules);
        Ok(())
    }

    /// The knowledge before the clinic's own values are put in.
    pub(crate) const fn shipped(&self) -> &Files {
        &self.files
    }

    /// Whether there is nobody behind the charts.
    pub(crate) fn is_demonstration(&self) -> bool {
        self.clinic.charts() == Charts::Synthetic
    }
}

/// Why there are no rules to go by.
#[derive(Debug, thiserror::Error)]
pub enum NoRules {
    /// The clinic's book, or its desk.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A value of the clinic is of a setting that is not there.
    #[error(transparent)]
    NoSuchSetting(#[from] NoSuchSetting),
    /// The knowledge has faults, or would have.
    #[error("the knowledge has faults: {} of its files are not right", .0.len())]
    Knowledge(Vec<FaultReport>),
    /// There is no population to forecast from.
    #[error("population.json: {0}")]
    Population(String),
}

impl Rules {
    /// Reads rules from their files.
    ///
    /// # Errors
    /// When the knowledge has faults.
    pub fn read(files: &Files, seed: u64) -> Result<Self, NoRules> {
        let knowledge = Knowledge::read(files).map_err(NoRules::Knowledge)?;
        let population = Population::from_json(files.text("population.json").unwrap_or_default());
        let population = population.map_err(|error| NoRules::Population(error.to_string()))?;
        Self::of(knowledge, population, BasePoints::new(seed))
    }

    /// Rules out of what was read.
    ///
    /// # Errors
    /// When a text of the knowledge has no German.
    pub fn of(knowledge: Knowledge, population: Population, points: BasePoints) -> Result<Self, NoRules> {
        let german = knowledge.translated(Language::German.code()).map_err(NoRules::Knowledge)?;
        Ok(Self { knowledge, german, population, points })
    }

    /// The knowledge as somebody reads it.
    #[must_use]
    pub const fn read_in(&self, language: Language) -> &Knowledge {
        match language {
            Language::English => &self.knowledge,
            Language::German => &self.german,
        }
    }

    /// What answers questions about a chart.
    #[must_use]
    pub const fn bench<'a>(&'a self, program: &'a str) -> Bench<'a> {
        Bench { knowledge: &self.knowledge, population: &self.population, points: &self.points, program }
    }
}
