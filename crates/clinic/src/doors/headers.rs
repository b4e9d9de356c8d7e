//! What every response says to a browser about itself, and which requests of other sites are turned away.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, ORIGIN, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Method, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::proxy;
use crate::problem::{Problem, What};

/// Everything comes from here, nothing stands in the page itself, and nobody frames it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

/// The headers of every response.
const HEADERS: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(self), microphone=(), geolocation=(), payment=()"),
];

/// Turns requests of other sites away.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    if of_another_site(&request) { Problem::plain(What::StaleForm).into_response() } else { next.run(request).await }
}

/// Says to the browser what it may do with the response.
pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let over_tls = proxy::over_tls(request.extensions(), request.headers());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if over_tls {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// The host that was asked for: over HTTP/2 it is a part of the address, and no header.
pub(super) fn host<'a>(headers: &'a HeaderMap, address: &'a Uri) -> Option<&'a str> {
    let header = headers.get(HOST).and_then(|value| value.to_str().ok());
    header.or_else(|| address.authority().map(Authority::as_str))
}

/// Whether something is to be changed at the wish of a page that is not of this program.
fn of_another_site(request: &Request) -> bool {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return false;
    }
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let site = header("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none"));
    // a page that hides where it is from says "null", which is no host either
    let host_of = |origin: &str| origin.split_once("://").map(|(_, host)| host.to_owned());
    let host = host(request.headers(), request.uri()).map(str::to_owned);
    site || header(ORIGIN.as_str()).is_some_and(|origin| host.is_none() || host_of(origin) != host)
}
