//! Who knocks, as far as the request says.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, COOKIE, REFERER};
use axum::http::request::Parts;
use cookie::Cookie;
use maud::{Markup, html};
use resurface_ledger::identity::{LinkPurpose, PatientId, Token};
use resurface_words::{Language, Words};
use sha2::{Digest as _, Sha256};

use super::headers::host;
use super::{DESK, FORM_SEAL, LANGUAGE, LINK, PASSKEY, proxy};
use crate::seat::token_of;

/// What stands between two links in the cookie.
const BETWEEN_LINKS: char = '~';

/// Who knocks.
#[derive(Clone)]
pub(crate) struct Visitor {
    /// The token of a sign-in, from the cookie, or from the header of a program.
    pub(crate) token: Option<Token>,
    /// A patient's link, as its cookie holds it, or the header of a program.
    link: Option<String>,
    /// By what a browser is known that was asked for a passkey.
    pub(crate) browser: Option<Token>,
    /// The words that they read.
    pub(crate) words: &'static Words,
    /// Path and query that were asked for.
    pub(crate) asked: String,
    /// Whether the request came over TLS, here or at the proxy in front.
    pub(crate) over_tls: bool,
    /// The path of the page that the request came from, of this program.
    referer: Option<String>,
}

/// The cookies of a request.
fn cookies(parts: &Parts) -> Vec<Cookie<'static>> {
    let headers = parts.headers.get_all(COOKIE).into_iter().filter_map(|header| header.to_str().ok());
    headers.flat_map(|header| Cookie::split_parse(header.to_owned()).filter_map(Result::ok)).collect()
}

impl Visitor {
    fn of(parts: &Parts) -> Self {
        let cookies = cookies(parts);
        let cookie = |name: &str| cookies.iter().find(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned());
        let header = |name| parts.headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
        // Only programs send a token in a header, and no form of another site can: they need no seal on what they send.
        let bearer = header(AUTHORIZATION.as_str()).and_then(|value| value.strip_prefix("Bearer ")).map(str::to_owned);
        let for_program = parts.uri.path().starts_with("/api/");
        let token = if for_program { bearer } else { cookie(DESK) };
        let language = cookie(LANGUAGE).and_then(|code| Language::of_code(&code));
        let wished = || header(ACCEPT_LANGUAGE.as_str()).and_then(Language::wished);
        let host = host(&parts.headers, &parts.uri).unwrap_or_default();
        let referer = header(REFERER.as_str()).and_then(|address| address.split_once("://")?.1.strip_prefix(host));
        Self {
            token: token.and_then(|token| token_of(&token)),
            link: if for_program { header(LINK).map(str::to_owned) } else { cookie(LINK) },
            browser: cookie(PASSKEY).and_then(|token| token_of(&token)),
            words: Words::of(language.or_else(wished).unwrap_or_default()),
            asked: parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            over_tls: proxy::over_tls(&parts.extensions, &parts.headers),
            referer: referer.filter(|path| path.starts_with('/')).map(str::to_owned),
        }
    }

    /// The page from which somebody came, or the worklist.
    pub(crate) fn came_from(&self) -> &str {
        self.referer.as_deref().unwrap_or("/worklist")
    }

    /// The patient and the token of a link for a purpose.
    pub(crate) fn link(&self, purpose: LinkPurpose) -> Option<(PatientId, Token)> {
        let (_, patient, token) = self.links().find(|(kind, ..)| *kind == purpose.code())?;
        Some((patient.parse().ok()?, token_of(token)?))
    }

    /// The links that the cookie holds: purpose, patient and token of each.
    fn links(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let links = self.link.as_deref().unwrap_or_default().split(BETWEEN_LINKS);
        links.filter_map(|link| {
            let mut parts = link.splitn(3, '.');
            Some((parts.next()?, parts.next()?, parts.next()?))
        })
    }

    /// What the cookie holds once one more link was opened: links of the same patient for other purposes stay, those of
    /// another patient go.
    pub(crate) fn links_with(&self, purpose: LinkPurpose, patient: PatientId, token: &str) -> String {
        let patient = patient.to_string();
        let others = self.links().filter(|(kind, of, _)| *kind != purpose.code() && *of == patient);
        let new = std::iter::once((purpose.code(), patient.as_str(), token));
        let links: Vec<String> = new.chain(others).map(|(kind, of, token)| format!("{kind}.{of}.{token}")).collect();
        links.join(&BETWEEN_LINKS.to_string())
    }

    /// What a form of this visitor carries. It follows from a secret of theirs, so that no other site can make it.
    pub(crate) fn seal(&self) -> String {
        let token = self.token.as_ref().map(|token| *token.hash().digest().as_bytes());
        let mut hasher = Sha256::new();
        hasher.update(b"resurface.form/1");
        match (&token, &self.link) {
            (Some(token), _) => hasher.update(token),
            (None, Some(link)) => hasher.update(link.as_bytes()),
            (None, None) => {}
        }
        hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The hidden field that every form carries.
    pub(crate) fn form_seal(&self) -> Markup {
        html! { input type="hidden" name=(FORM_SEAL) value=(self.seal()); }
    }
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let visitor = Self::of(parts);
        parts.extensions.insert(visitor.clone());
        Ok(visitor)
    }
}
