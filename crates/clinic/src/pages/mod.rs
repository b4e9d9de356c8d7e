//! The pages, one file or folder for each.

mod account;
pub(crate) mod audit;
mod break_glass;
pub(crate) mod chart;
pub(crate) mod consent;
pub(crate) mod documents;
mod entry;
pub(crate) mod events;
pub(crate) mod examination;
pub(crate) mod intake;
mod language;
mod links;
#[cfg(feature = "measure")]
pub(crate) mod measure;
pub(crate) mod messages;
pub(crate) mod my;
mod new_chart;
pub(crate) mod outcomes;
mod passkeys;
mod pictures;
pub(crate) mod plan;
pub(crate) mod recall;
pub(crate) mod review;
#[cfg(feature = "measure")]
pub(crate) mod scans;
pub(crate) mod screening;
pub(crate) mod session;
mod set_up;
mod settings;
mod sign_in;
pub(crate) mod treatment;
pub(crate) mod users;
mod why;
pub(crate) mod worklist;

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
        passkeys::routes(),
        audit::routes(),
        break_glass::routes(),
        set_up::routes(),
        settings::routes(),
        outcomes::routes(),
        #[cfg(feature = "measure")]
        measure::routes(),
        #[cfg(feature = "measure")]
        scans::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
