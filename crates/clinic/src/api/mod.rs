//! The JSON interface: the same desks and the same table as the pages, for programs. Who asks shows a token of a sign-in; for a
//! patient, the link that the clinic handed out.

mod account;
mod answers;
mod charts;
mod description;
mod emergency;
mod forms;
mod knowledge;
mod links;
#[cfg(feature = "measure")]
mod measure;
mod my;
mod papers;
mod parts;
mod pictures;
mod running;
mod sent;
mod shapes;
mod sign_in;
mod users;

use axum::routing::get;

use crate::routes::{Call, Content, Need, Route};

/// Every address of the interface.
pub(crate) fn routes() -> Vec<Route> {
    let description = Route::new("/api/v1/openapi.json", Need::Anybody, "this description", get(description::show))
        .calls([Call::get("", Content::Json("Description"))]);
    let others = [
        sign_in::routes(),
        account::routes(),
        running::routes(),
        users::routes(),
        knowledge::routes(),
        charts::routes(),
        parts::routes(),
        forms::routes(),
        emergency::routes(),
        answers::routes(),
        pictures::routes(),
        links::routes(),
        papers::routes(),
        my::routes(),
        #[cfg(feature = "measure")]
        measure::routes(),
    ];
    std::iter::once(description).chain(others.into_iter().flatten()).collect()
}
