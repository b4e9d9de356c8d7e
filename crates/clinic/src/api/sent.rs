//! What a program sent, read only once it is known who asks: a fault in it is told to those who may send it.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::doors::Visitor;
use crate::problem::{Problem, What};

/// Who sent something, and its bytes.
pub(super) struct Sent {
    pub(super) visitor: Visitor,
    pub(super) bytes: Bytes,
}

impl Sent {
    /// The text.
    pub(super) fn text(&self) -> Result<&str, Problem> {
        std::str::from_utf8(&self.bytes).map_err(|_| Problem::new(What::Faults, "this is not UTF-8"))
    }
}

/// JSON that fits its type.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(bytes).map_err(|error| Problem::new(What::Faults, error.to_string()))
}

impl FromRequest<Arc<App>> for Sent {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let Ok(visitor) = Visitor::from_request_parts(&mut parts, app).await;
        let request = Request::from_parts(parts, body);
        let bytes = Bytes::from_request(request, app).await.map_err(|error| {
            let what = if error.status() == StatusCode::PAYLOAD_TOO_LARGE { What::TooLarge } else { What::Faults };
            Problem::new(what, error.body_text())
        })?;
        Ok(Self { visitor, bytes })
    }
}

/// What stands in the query.
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequestParts<Arc<App>> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, Problem> {
        let asked = Query::<T>::try_from_uri(&parts.uri).map_err(|error| Problem::new(What::Faults, error.body_text()))?;
        Ok(Self(asked.0))
    }
}

/// An answer in JSON.
pub(super) fn answer(value: &impl serde::Serialize) -> Result<Response, Problem> {
    let text = serde_json::to_vec(value).map_err(|error| Problem::new(What::Broken, error.to_string()))?;
    Ok(bytes("application/json", text))
}

/// Bytes of a kind.
pub(super) fn bytes(kind: &str, bytes: Vec<u8>) -> Response {
    let kind = HeaderValue::from_str(kind).unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"));
    ([(CONTENT_TYPE, kind)], bytes).into_response()
}
