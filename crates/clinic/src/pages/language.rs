//! Another language, for this browser.

use axum::extract::{Path, Query};
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use resurface_words::Language;
use serde::Deserialize;

use crate::doors::{Keep, LANGUAGE, Visitor, kept};
use crate::page::onward;
use crate::problem::Problem;
use crate::routes::{Need, Route};
use crate::seat::Answer;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::new("/language/{code}", Need::Anybody, "another language", get(choose))]
}

/// Where to go on.
#[derive(Deserialize)]
pub(super) struct Onward {
    #[serde(default)]
    pub(super) next: String,
}

async fn choose(visitor: Visitor, Path(code): Path<String>, Query(to): Query<Onward>) -> Answer {
    let language = Language::of_code(&code).ok_or_else(Problem::no_such_page)?;
    let cookie = kept(&visitor, LANGUAGE, language.code().to_owned(), Keep::Year);
    Ok(([(SET_COOKIE, cookie)], Redirect::to(onward(&to.next))).into_response())
}
