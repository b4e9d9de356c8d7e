//! The pages that a patient opens with a link: their plan, questions and answers, and a problem to report.

mod expected;
mod guide;
pub(crate) mod plan;
pub(crate) mod report;

use crate::routes::Route;

pub(super) fn routes() -> Vec<Route> {
    [plan::routes(), guide::routes(), report::routes()].into_iter().flatten().collect()
}
