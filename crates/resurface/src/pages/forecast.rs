//! The page of `resurface forecast`: the forecast and the review alone.

use resurface_care::plan::Plan;

use super::{Extent, outlook, review, words};
use crate::envelope::Origin;
use crate::terminal::{Look, Page};

/// The whole page.
pub(crate) fn page(plan: &Plan, origin: &Origin, look: Look) -> String {
    let mut page = Page::new(look);
    page.field("screening", &format!("{}; a forecast is no permission to treat", plan.decision));
    if let Some(reviewed) = &plan.review {
        review::section(&mut page, reviewed);
    }
    outlook::section(&mut page, plan, Extent::Full);
    page.gap();
    page.text(&words::origin(origin));
    page.finish()
}
