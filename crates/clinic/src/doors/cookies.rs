//! Cookies: never readable by scripts, never sent along from another site, only over TLS where there is any.

use axum::http::HeaderValue;
use cookie::{Cookie, SameSite};

use super::Visitor;

/// How long a browser keeps a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Until it is closed.
    WhileOpen,
    /// For a year.
    Year,
}

/// A cookie for a browser to keep.
pub(crate) fn kept(visitor: &Visitor, name: &'static str, value: String, keep: Keep) -> HeaderValue {
    let mut cookie = Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).secure(visitor.over_tls);
    if keep == Keep::Year {
        cookie = cookie.max_age(cookie::time::Duration::days(365));
    }
    header(&cookie.build())
}

/// A cookie that a browser is to forget.
pub(crate) fn taken_away(name: &'static str) -> HeaderValue {
    header(&Cookie::build((name, "")).path("/").max_age(cookie::time::Duration::ZERO).build())
}

fn header(cookie: &Cookie<'_>) -> HeaderValue {
    HeaderValue::from_str(&cookie.to_string()).unwrap_or_else(|_| HeaderValue::from_static(""))
}
