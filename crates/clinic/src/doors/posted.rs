//! What a form sent, once it has shown that it is one of this program and of this visitor.

use std::sync::Arc;

use axum::extract::{FromRequest, FromRequestParts, Request};

use super::{FORM_SEAL, Visitor};
use crate::app::App;
use crate::form::Typed;
use crate::problem::{Problem, What};

/// Who sent a form, and what they typed.
pub(crate) struct Posted {
    pub(crate) visitor: Visitor,
    pub(crate) typed: Typed,
}

impl FromRequest<Arc<App>> for Posted {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let Ok(visitor) = Visitor::from_request_parts(&mut parts, app).await;
        let request = Request::from_parts(parts, body);
        let axum::extract::Form(fields) = axum::extract::Form::<Vec<(String, String)>>::from_request(request, app)
            .await
            .map_err(|error| Problem::new(What::Faults, error.body_text()))?;
        let typed = Typed::new(fields);
        if typed.value(FORM_SEAL) == visitor.seal() { Ok(Self { visitor, typed }) } else { Err(Problem::plain(What::StaleForm)) }
    }
}
