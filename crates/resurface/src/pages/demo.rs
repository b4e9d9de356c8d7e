//! The page of `resurface demo-data`.

use resurface_synthetic::Fate;

use super::{clinic, words};
use crate::envelope::Origin;
use crate::run::demo::Demonstration;
use crate::terminal::{Align, Column, Look, Table, Tone};

/// What was made, and how to look at it.
pub(crate) fn page(made: &Demonstration, origin: &Origin, look: Look) -> String {
    let mut page = clinic::begin(true, look);
    page.verdict(Tone::Clear, "FOUNDED", made.name);
    page.field("folder", &made.folder);
    if let Some(key_file) = &made.key_file {
        page.field("key file", key_file);
    }
    page.field("until", &made.until.to_string());
    let filled = &made.filled;
    page.field("charts", &format!("{} with {} entries", filled.charts, filled.entries));
    page.field("pictures", &filled.pictures.to_string());
    page.heading("What became of the patients");
    let mut table = Table::new(vec![Column::new("charts", Align::Right), Column::new("fate", Align::Left)]);
    for fate in Fate::ALL {
        if let Some(count) = filled.fates.get(&fate) {
            table.row(vec![count.to_string(), fate.words().to_owned()]);
        }
    }
    page.table(&table);
    page.heading("Next");
    page.text(&format!("`resurface sign-in --user {} --clinic {}`, with this password:", made.sign_in, made.folder));
    page.under(&made.password);
    page.text("It is shown this once, and kept nowhere. Then `resurface worklist`.");
    page.text("noor (prescriber), sam (practitioner), robin (assistant) and lee (lead) have the same password.");
    page.gap();
    page.text(&words::origin(origin));
    page.finish()
}
