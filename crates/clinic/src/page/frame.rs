//! What the frame of a page has to know.

use maud::Markup;
use resurface_ledger::access::Role;
use resurface_words::Words;

use crate::app::App;
use crate::doors::Visitor;
use crate::seat::Seat;

/// What the frame of a page has to know.
pub(crate) struct Frame<'a> {
    pub(crate) words: &'static Words,
    /// The name of whoever is signed in.
    pub(crate) name: Option<&'a str>,
    pub(crate) roles: Vec<Role>,
    pub(crate) demonstration: Demonstration,
    /// Where the page is.
    pub(crate) asked: &'a str,
    pub(crate) form_seal: Markup,
    pub(crate) program: &'static str,
    /// The short version of the knowledge.
    pub(crate) knowledge: String,
}

/// Whether there is nobody behind the charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Demonstration {
    Yes,
    No,
}

impl<'a> Frame<'a> {
    pub(crate) fn of_seat(seat: &'a Seat<'_>) -> Self {
        let user = seat.user.as_ref();
        Self {
            name: user.map(|user| user.display_name.as_str()),
            roles: user.map(|user| user.roles.iter().copied().collect()).unwrap_or_default(),
            ..Self::of_nobody(seat.app, seat.visitor)
        }
    }

    /// The frame of a page for somebody who is not known.
    pub(crate) fn of_nobody(app: &App, visitor: &'a Visitor) -> Self {
        Self {
            words: visitor.words,
            name: None,
            roles: Vec::new(),
            demonstration: if app.is_demonstration() { Demonstration::Yes } else { Demonstration::No },
            asked: &visitor.asked,
            form_seal: visitor.form_seal(),
            program: app.program,
            knowledge: app.rules().knowledge.version.to_string(),
        }
    }

    pub(crate) fn has(&self, roles: &[Role]) -> bool {
        self.roles.iter().any(|role| roles.contains(role))
    }
}
