//! The pages of `resurface clinic`, of signing in, and of an emergency; and how every page about a clinic begins.

use jiff::tz::TimeZone;
use resurface_ledger::access::{Emergency, Role};
use resurface_ledger::clinic::SecondFactorDuty;
use resurface_ledger::identity::User;

use crate::run::clinic::{Founded, Shown};
use crate::terminal::{Look, Page, Tone};

/// A page about a clinic. Where nobody is behind its charts, that stands first.
pub(super) fn begin(demonstration: bool, look: Look) -> Page {
    let mut page = Page::new(look);
    if demonstration {
        page.heading("DEMONSTRATION: nobody is behind these charts");
        page.gap();
    }
    page
}

/// Roles in words.
pub(super) fn roles<'a>(roles: impl IntoIterator<Item = &'a Role>) -> String {
    let words: Vec<&str> = roles.into_iter().map(|role| role.words()).collect();
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}

/// That a clinic was founded, and what to keep safe.
pub(crate) fn founded(founded: &Founded, demonstration: bool, look: Look) -> String {
    let mut page = begin(demonstration, look);
    page.verdict(Tone::Clear, "FOUNDED", &founded.name);
    page.field("folder", &founded.folder);
    page.field("lead", &format!("{} ({})", founded.lead, roles(&founded.roles)));
    page.heading("Keep safe");
    match &founded.key_file {
        Some(key_file) => {
            page.item(&format!(
                "The key file {key_file}: without it, or a copy, nothing in the folder can be read again. Nobody can replace it."
            ));
            page.item(
                "Make a copy of the key now, on paper or on a disk, and keep it apart from the folder and from its backups.",
            );
        }
        None => page.item("The passphrase: without it nothing in the folder can be read again. Nobody can replace it."),
    }
    page.item("The password of the lead. Another lead, or whoever sits at this machine with the key, can give a new one.");
    page.heading("Next");
    page.text(&format!(
        "`resurface sign-in --user {} --clinic {}`, then `resurface user add` for whoever else works here.",
        founded.lead, founded.folder
    ));
    if !founded.roles.iter().any(|role| matches!(role, Role::Practitioner | Role::Prescriber)) {
        page.text("A lead alone opens no chart: `resurface user role` gives another role where one is wanted.");
    }
    page.finish()
}

/// What there is of a clinic.
pub(crate) fn shown(shown: &Shown, demonstration: bool, look: Look) -> String {
    let mut page = begin(demonstration, look);
    page.heading(&shown.name);
    page.field("founded", &shown.founded.to_string());
    page.field("charts", &shown.charts.to_string());
    let off = match shown.users_switched_off {
        0 => String::new(),
        off => format!(", {off} of them switched off"),
    };
    page.field("users", &format!("{}{off}", shown.users));
    page.field("second factor", required(shown.second_factor));
    page.field("locked by", shown.locked_by);
    page.field("folder", &shown.folder);
    for (name, about) in &shown.layout {
        page.field(name, about);
    }
    page.finish()
}

const fn required(duty: SecondFactorDuty) -> &'static str {
    match duty {
        SecondFactorDuty::Required => "required of every user",
        SecondFactorDuty::Free => "as each user likes",
    }
}

/// What is required of every user from now on.
pub(crate) fn second_factor(duty: SecondFactorDuty, demonstration: bool, look: Look) -> String {
    let mut page = begin(demonstration, look);
    page.verdict(Tone::Clear, "SECOND FACTOR", required(duty));
    if duty == SecondFactorDuty::Required {
        page.text(
            "Whoever has none may sign in and set up codes from an app (`resurface user second-factor`) or a passkey (in the browser), \
             and nothing else.",
        );
    }
    page.finish()
}

/// Who signed in.
pub(crate) fn signed_in(user: &User, clinic: &str, demonstration: bool, look: Look) -> String {
    let mut page = begin(demonstration, look);
    page.verdict(Tone::Clear, "SIGNED IN", &format!("{} at {clinic}", user.display_name));
    page.field("roles", &roles(&user.roles));
    page.text("Whatever is done from now on is done in this name: `resurface sign-out` when you leave.");
    page.finish()
}

/// That nobody is signed in any longer.
pub(crate) fn signed_out(demonstration: bool, look: Look) -> String {
    let mut page = begin(demonstration, look);
    page.text("Signed out.");
    page.finish()
}

/// That a chart is open for a while.
pub(crate) fn glass_broken(emergency: &Emergency, zone: &TimeZone, demonstration: bool, look: Look) -> String {
    let mut page = begin(demonstration, look);
    let until = emergency.ends_at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
    page.verdict(Tone::Caution, "OPEN", &format!("this chart is open to you until {until}"));
    page.text("The reason is in the access log, and whoever leads the clinic reads it. Nothing can be written into the chart.");
    page.finish()
}
