//! The pages of `resurface clinic rotate-key` and `change-secret`.

use resurface_ledger::clinic::{Begun, Rotated};

use super::clinic;
use crate::terminal::{Look, Tone};

/// What was sealed anew, and what could not be.
pub(crate) fn rotated(rotated: &Rotated, demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    let key = rotated.key;
    if rotated.finished() {
        page.verdict(Tone::Clear, "KEY CHANGED", &format!("everything is sealed with key {key}, and the old key is gone"));
    } else {
        let left = rotated.left.total;
        page.verdict(Tone::Stop, "NOT FINISHED", &format!("{left} left as they were; the old key stays until nothing is left"));
        page.gap();
        for left in &rotated.left.first {
            page.marked("!", &left.to_string());
        }
        let shown = rotated.left.first.len() as u64;
        if shown < left {
            page.text(&format!("The first {shown} of {left}."));
        }
        page.text("`resurface verify` says what is wrong with them. Restore a backup, then call this again: it goes on.");
    }
    page.gap();
    if rotated.begun == Begun::Earlier {
        page.text("It went on with a change that had been broken off.");
    }
    let renewed = &rotated.renewed;
    for (name, count) in [
        ("entries", renewed.entries),
        ("summaries", renewed.summaries),
        ("access log", renewed.access_lines),
        ("records", renewed.records),
        ("pictures", renewed.pictures),
    ] {
        page.field(name, &format!("{count} sealed anew"));
    }
    page.gap();
    page.text("Start every other program again that has this clinic open: it knows the old key only. Then make a new backup.");
    page.text("The key file or passphrase is the one it was: `resurface clinic change-secret` changes that.");
    page.finish()
}

/// What locks the clinic from now on; nothing for a passphrase.
pub(crate) fn secret_changed(key_file: Option<&str>, demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    match key_file {
        Some(key_file) => {
            page.verdict(Tone::Clear, "LOCKED ANEW", &format!("the key file {key_file} opens the clinic from now on"));
            page.heading("Keep safe");
            page.item("The new key file: without it, or a copy, nothing in the folder can be read again. Make a copy now.");
            page.item(
                "Name it from now on with --key-file FILE or RESURFACE_KEY_FILE, unless it has the name of the clinic's folder.",
            );
        }
        None => {
            page.verdict(Tone::Clear, "LOCKED ANEW", "the new passphrase opens the clinic from now on");
            page.heading("Keep safe");
            page.item("The new passphrase: without it nothing in the folder can be read again. Nobody can replace it.");
        }
    }
    page.item("The old one as well, as long as there are backups from before: they open with it alone.");
    page.heading("If somebody else knows the old one");
    page.text(
        "Whoever has it and an older copy of the folder has the keys that everything is sealed with: change those too, with \
         `resurface clinic rotate-key`.",
    );
    page.finish()
}
