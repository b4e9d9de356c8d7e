//! The pages of `resurface link`.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use resurface_ledger::identity::{LinkId, LinkPurpose, PatientLink};

use super::clinic;
use crate::terminal::{Align, Column, Look, Table, Tone};

/// A link that was made; its token is shown this once.
pub(crate) fn made(link: LinkId, token: &str, purpose: LinkPurpose, demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    page.verdict(Tone::Clear, "LINK", purpose.words());
    page.field("id", &link.to_string());
    page.field("token", token);
    page.text("Whoever holds the token can do this for the patient: hand it over in person. It is shown this once.");
    page.finish()
}

/// Every link of a patient.
pub(crate) fn page(links: &[PatientLink], zone: &TimeZone, demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    if links.is_empty() {
        page.text("This patient was handed no link.");
        return page.finish();
    }
    let day = |at: &Timestamp| at.to_zoned(zone.clone()).date().to_string();
    let or_none = |at: &Option<Timestamp>| at.as_ref().map_or_else(|| "-".to_owned(), day);
    let mut table = Table::new(vec![
        Column::new("id", Align::Left),
        Column::new("made", Align::Left),
        Column::new("works until", Align::Left),
        Column::droppable("used", Align::Left, 2),
        Column::droppable("revoked", Align::Left, 1),
        Column::new("what for", Align::Left),
    ]);
    for link in links {
        table.row(vec![
            link.id.to_string(),
            day(&link.made_at),
            day(&link.expires_at),
            or_none(&link.used_at),
            or_none(&link.revoked_at),
            link.purpose.words().to_owned(),
        ]);
    }
    page.table(&table);
    page.finish()
}

/// That a link works no longer.
pub(crate) fn revoked(link: LinkId, demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    page.text(&format!("The link {link} works no longer."));
    page.finish()
}
