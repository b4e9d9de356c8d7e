//! The pages, one file or folder for each.

mod account;
mod audit;
mod break_glass;
pub(crate) mod chart;
mod consent;
mod documents;
mod entry;
mod events;
mod examination;
mod intake;
mod language;
mod links;
mod messages;
mod my;
mod new_chart;
mod outcomes;
mod pictures;
mod plan;
mod recall;
mod review;
mod screening;
mod session;
mod set_up;
mod settings;
mod sign_in;
mod treatment;
mod users;
mod why;
mod worklist;

use crate::routes::Route;

/// The addresses of all pages.
pub(crate) fn routes() -> Vec<Route> {
    [
        language::routes(),
        sign_in::routes(),
        new_chart::routes(),
        worklist::routes(),
        chart::routes(),
        treatment::routes(),
        session::routes(),
        events::routes(),
        links::routes(),
        messages::routes(),
        my::routes(),
        pictures::routes(),
        intake::routes(),
        examination::routes(),
        screening::routes(),
        plan::routes(),
        consent::routes(),
        review::routes(),
        entry::routes(),
        documents::routes(),
        recall::routes(),
        users::routes(),
        account::routes(),
        audit::routes(),
        break_glass::routes(),
        set_up::routes(),
        settings::routes(),
        outcomes::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
