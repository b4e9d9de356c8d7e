//! Where a request is answered: at a desk, by somebody who is known, away from the threads that wait for the network.

use std::collections::BTreeMap;
use std::sync::Arc;

use maud::Markup;
use resurface_care::chart::{Body, EntryId};
use resurface_documents::Reader;
use resurface_ledger::access::{ActorId, Operation, Role};
use resurface_ledger::clinic::{Added, Desk, LedgerError, OpenChart, Practice, is_a_decision};
use resurface_ledger::identity::{LinkPurpose, PatientId, Token, User, UserId};
use resurface_words::Words;

use crate::app::{App, Rules};
use crate::doors::Visitor;
use crate::page::{Area, Frame, Page};
use crate::problem::{Problem, What};

/// What a handler answers.
pub(crate) type Answer = Result<axum::response::Response, Problem>;

/// A desk, with whoever sits at it and what they brought.
pub(crate) struct Seat<'a> {
    pub(crate) app: &'a App,
    pub(crate) desk: Desk<'a>,
    pub(crate) visitor: &'a Visitor,
    /// The user; nobody where a patient came with a link.
    pub(crate) user: Option<User>,
    /// The names of everybody who works here, or did.
    pub(crate) names: BTreeMap<UserId, String>,
    /// How the clinic works.
    pub(crate) practice: Practice,
    pub(crate) rules: Arc<Rules>,
}

impl App {
    /// Answers at the desk of whoever is signed in.
    pub(crate) async fn at_desk<T: Send + 'static>(
        self: &Arc<Self>,
        visitor: Visitor,
        work: impl FnOnce(&Seat<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let app = Arc::clone(self);
        aside(move || {
            let token = visitor.token.as_ref().ok_or(Problem::plain(What::NotSignedIn))?;
            let (desk, book) = app.clinic().desk_and_book_of(token)?;
            let names = book.users.values().map(|user| (user.id, user.display_name.as_str().to_owned())).collect();
            let user = match desk.actor().id() {
                ActorId::User(id) => book.users.get(&id).cloned(),
                _ => None,
            };
            let practice = book.practice.clone();
            work(&Seat { app: &app, desk, visitor: &visitor, user, names, practice, rules: app.rules() })
        })
        .await
    }

    /// Answers at the desk of a patient who came with a link.
    pub(crate) async fn with_link<T: Send + 'static>(
        self: &Arc<Self>,
        visitor: Visitor,
        purpose: LinkPurpose,
        work: impl FnOnce(&Seat<'_>, PatientId) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let app = Arc::clone(self);
        aside(move || {
            let refused = || Problem::from(resurface_ledger::clinic::LedgerError::LinkRefused);
            let (patient, token) = visitor.link(purpose).ok_or_else(refused)?;
            let desk = app.clinic().desk_with_link(&token, patient, purpose)?;
            let practice = app.clinic().book()?.practice.clone();
            let rules = app.rules();
            work(&Seat { app: &app, desk, visitor: &visitor, user: None, names: BTreeMap::new(), practice, rules }, patient)
        })
        .await
    }

    /// Does something with the clinic before anybody is known.
    pub(crate) async fn at_the_door<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let app = Arc::clone(self);
        aside(move || work(&app)).await
    }
}

/// Runs work that may wait for the disk, or compute for long, on a thread of its own.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T, Problem> + Send + 'static) -> Result<T, Problem> {
    match tokio::task::spawn_blocking(work).await {
        Ok(answer) => answer,
        // What was being written when it panicked is written whole or not at all.
        Err(_) => Err(Problem::new(What::Broken, "the program made a mistake: tell whoever maintains it")),
    }
}

impl Seat<'_> {
    /// The words of whoever reads.
    pub(crate) const fn words(&self) -> &'static Words {
        self.visitor.words
    }

    /// The words of whoever reads, and the knowledge in their language. What is decided is asked of the rules.
    pub(crate) fn reader(&self) -> Reader<'_> {
        let words = self.words();
        Reader { words, knowledge: self.rules.read_in(words.language()) }
    }

    /// Whether the user has one of these roles. It decides what a page offers; what may be done, the desk decides.
    pub(crate) fn has(&self, roles: &[Role]) -> bool {
        self.user.as_ref().is_some_and(|user| user.roles.iter().any(|role| roles.contains(role)))
    }

    /// Begins a page.
    pub(crate) fn page<'s>(&'s self, area: Area, title: &str) -> Page<'s> {
        Page::new(Frame::of_seat(self), area, title)
    }

    /// The hidden field that every form carries.
    pub(crate) fn form_seal(&self) -> Markup {
        self.visitor.form_seal()
    }

    /// Whether the desk lets whoever sits here do something with the clinic; a refusal is logged. For pages that only show an
    /// empty form: what is sent with it is asked again.
    pub(crate) fn may(&self, operation: Operation) -> Result<(), Problem> {
        Ok(self.desk.may(operation)?)
    }

    /// Adds entries to a chart. The rules that a decision among them rests on are kept first, so that it can be made again.
    pub(crate) fn add(&self, open: OpenChart, bodies: Vec<(EntryId, Body)>) -> Result<Added, LedgerError> {
        if bodies.iter().any(|(_, body)| is_a_decision(body.kind())) {
            self.app.clinic().keep_knowledge(&self.rules.knowledge)?;
        }
        self.desk.add(open, bodies)
    }

    /// The same for a patient: what the clinic writes at that moment is none of their business, and no reason to send again.
    pub(crate) fn add_in_any_case(
        &self,
        open: OpenChart,
        operation: Operation,
        bodies: Vec<(EntryId, Body)>,
    ) -> Result<Added, LedgerError> {
        let patient = open.patient;
        match self.add(open, bodies.clone()) {
            Err(LedgerError::Moved { .. }) => self.add(self.desk.open_to_write(patient, operation)?, bodies),
            added => added,
        }
    }

    /// Opens a chart to read it.
    pub(crate) fn chart(&self, patient: PatientId) -> Result<OpenChart, Problem> {
        Ok(self.desk.open_chart(patient)?)
    }
}

/// A patient's id in an address.
pub(crate) fn patient_of(text: &str) -> Result<PatientId, Problem> {
    text.parse().map_err(|_| Problem::no_such_page())
}

/// A token in an address or a cookie.
pub(crate) fn token_of(text: &str) -> Option<Token> {
    text.parse().ok()
}
