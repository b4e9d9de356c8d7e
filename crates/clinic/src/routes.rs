//! Every address, what it is for and what it takes: one table, from which the application, its description and the test of
//! its doors are made.

use std::sync::Arc;

use axum::Router;
use axum::routing::MethodRouter;
use resurface_ledger::access::Operation;
use resurface_ledger::identity::LinkPurpose;

use crate::app::App;
use crate::{api, assets, pages};

/// What it takes to be let in. It says what the desk behind the address asks; a test tries every address with every role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing.
    Anybody,
    /// A sign-in, with a role that may do this.
    Staff(Operation),
    /// A patient's link for this purpose.
    Link(LinkPurpose),
}

/// One address.
pub struct Route {
    /// The path, with names in braces.
    pub path: &'static str,
    /// What it takes.
    pub need: Need,
    /// What it is for.
    pub about: &'static str,
    /// How it is called, for the description of the interface; pages are not described.
    pub(crate) calls: Vec<Call>,
    handler: MethodRouter<Arc<App>>,
}

/// One way to call an address.
#[derive(Clone, Copy)]
pub(crate) struct Call {
    /// As OpenAPI writes it: `get`.
    pub(crate) method: &'static str,
    /// Names of what can stand in the query.
    pub(crate) query: &'static str,
    /// What is sent.
    pub(crate) takes: Content,
    /// What comes back.
    pub(crate) gives: Content,
}

/// What is sent or comes back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    Nothing,
    /// JSON of the shape with this name in the description.
    Json(&'static str),
    /// Bytes of one of these kinds.
    Bytes(&'static [&'static str]),
}

impl Call {
    pub(crate) const fn get(query: &'static str, gives: Content) -> Self {
        Self { method: "get", query, takes: Content::Nothing, gives }
    }

    pub(crate) const fn post(query: &'static str, takes: Content, gives: Content) -> Self {
        Self { method: "post", query, takes, gives }
    }

    pub(crate) const fn put(query: &'static str, takes: Content, gives: Content) -> Self {
        Self { method: "put", query, takes, gives }
    }

    pub(crate) const fn delete() -> Self {
        Self { method: "delete", query: "", takes: Content::Nothing, gives: Content::Nothing }
    }
}

impl Route {
    pub(crate) const fn new(path: &'static str, need: Need, about: &'static str, handler: MethodRouter<Arc<App>>) -> Self {
        Self { path, need, about, calls: Vec::new(), handler }
    }

    /// The same address, described.
    pub(crate) fn calls<const N: usize>(self, calls: [Call; N]) -> Self {
        Self { calls: calls.to_vec(), ..self }
    }
}

/// Every address.
#[must_use]
pub fn all() -> Vec<Route> {
    [assets::routes(), pages::routes(), api::routes()].into_iter().flatten().collect()
}

/// What the page at an address takes.
pub(crate) fn need_of(address: &str) -> Option<Need> {
    let path = address.split('?').next().unwrap_or_default();
    let is_at = |route: &Route| {
        let (mut parts, mut names) = (path.split('/'), route.path.split('/'));
        let same = names.by_ref().all(|name| parts.next().is_some_and(|part| name.starts_with('{') || name == part));
        same && parts.next().is_none()
    };
    // A word stands before a name that would also fit it.
    let mut found: Vec<Route> = all().into_iter().filter(is_at).collect();
    found.sort_by_key(|route| route.path.matches('{').count());
    found.first().map(|route| route.need)
}

/// The addresses as a router.
pub(crate) fn router() -> Router<Arc<App>> {
    all().into_iter().fold(Router::new(), |router, route| router.route(route.path, route.handler))
}
