//! The pages of `resurface backup`, `restore`, `export` and `import`.

use resurface_ledger::clinic::{BackedUp, Exported};

use super::clinic;
use crate::run::import::Imported;
use crate::run::ways::{Restored, locked_by};
use crate::terminal::{Look, Page, Tone};

/// What whoever exports has to know.
pub(crate) const PLAIN_TEXT: &str = "An export is plain text: whoever holds this folder reads every chart without key or password. \
Keep it where only the clinic gets to, and destroy it when it is no longer needed.";

/// Records that an export lists on its page; `export.json` holds all.
const FAULTS_SHOWN: usize = 10;

/// That a backup was made, and what it does not hold.
pub(crate) fn backed_up(made: &BackedUp, demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    page.verdict(Tone::Clear, "BACKED UP", &made.file.display().to_string());
    let counts = &made.counts;
    page.field("size", &size(made.bytes));
    page.field("charts", &format!("{} with {} entries", counts.charts, counts.entries));
    page.field("picture files", &counts.pictures.to_string());
    page.field("access log", &format!("{} lines", counts.access_lines));
    page.heading("Keep safe");
    let secret = locked_by(made.opens_with);
    page.item(&format!("The {secret} that opens it is not in it. Without that nothing can be restored: keep a copy elsewhere."));
    page.item("Keep the backup in another place than the clinic, and try now and then whether `resurface restore` opens it.");
    page.finish()
}

/// That a clinic was restored, and what to look at first.
pub(crate) fn restored(restored: &Restored, demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    page.verdict(Tone::Clear, "RESTORED", &restored.name);
    holds(&mut page, &restored.folder, restored.charts, restored.users);
    page.heading("What opens it");
    page.item(&match &restored.key_file {
        Some(key_file) => format!(
            "The key file {key_file}, as it opened the backup: name it with --key-file or RESURFACE_KEY_FILE, unless it lies \
             beside the folder as {}.key.",
            restored.folder
        ),
        None => "The passphrase that opened the backup: nothing was changed about it.".to_owned(),
    });
    page.heading("Next");
    page.item(&format!(
        "`resurface verify --clinic {}`: reads every record, and says whether all of it checks.",
        restored.folder
    ));
    page.item("Every sign-in was ended: sign in again.");
    page.item("Links that were revoked since the backup was made work again: look through them, and revoke them once more.");
    page.item("Whatever was written since the backup was made is not in this clinic.");
    page.finish()
}

/// That everything lies there for everybody to read.
pub(crate) fn exported(made: &Exported, demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    page.verdict(Tone::Caution, "EXPORTED", &made.folder.display().to_string());
    let counts = &made.counts;
    page.field("files", &format!("{}, {}", made.files, size(made.bytes)));
    page.field("charts", &format!("{} with {} entries", counts.charts, counts.entries));
    page.field("picture files", &counts.pictures.to_string());
    page.field("access log", &format!("{} lines", counts.access_lines));
    page.field("users", &counts.users.to_string());
    page.field("links", &counts.links.to_string());
    let versions = if counts.knowledge_versions == 1 { "version" } else { "versions" };
    page.field("knowledge", &format!("{} {versions}", counts.knowledge_versions));
    page.gap();
    page.marked("!", PLAIN_TEXT);
    if !made.faults.is_empty() {
        page.heading(&format!("{} records do not check; export.json names all of them", made.faults.len()));
        for fault in made.faults.iter().take(FAULTS_SHOWN) {
            let entry = fault.entry.map_or_else(String::new, |entry| format!(", {entry}"));
            page.marked("x", &format!("{}{entry}: {}", fault.file, fault.problem));
        }
    }
    page.finish()
}

/// That a clinic was made of an export, and what to keep safe.
pub(crate) fn imported(imported: &Imported, demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    page.verdict(Tone::Clear, "IMPORTED", &imported.name);
    holds(&mut page, &imported.folder, imported.charts, imported.users);
    page.heading("Keep safe");
    page.item(&match &imported.key_file {
        Some(key_file) => format!(
            "The key file {key_file}, which is new: without it, or a copy, nothing in the folder can be read again. Make a copy now, \
             and keep it apart from the folder and from its backups."
        ),
        None => "The passphrase: without it nothing in the folder can be read again. Nobody can replace it.".to_owned(),
    });
    page.item("The export itself is still plain text: destroy it when it is no longer needed.");
    page.heading("Next");
    page.text(&format!(
        "`resurface sign-in --user {} --clinic {}`. Passwords and second factors of the others did not come with the export: \
         `resurface user password NAME` gives each a new one.",
        imported.lead, imported.folder
    ));
    page.finish()
}

fn holds(page: &mut Page, folder: &str, charts: usize, users: usize) {
    page.field("folder", folder);
    page.field("charts", &charts.to_string());
    page.field("users", &users.to_string());
}

/// A size for people.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}
