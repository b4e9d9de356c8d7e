//! The pages of `resurface user`.

use resurface_care::consultation::Answer;
use resurface_ledger::clinic::LostFactor;
use resurface_ledger::identity::{OperatorRecord, User};

use super::{clinic, words};
use crate::terminal::{Align, Column, Look, Page, Table, Tone};

/// Users, one line each.
pub(crate) fn page(users: &[User], demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    let mut table = Table::new(vec![
        Column::new("sign-in name", Align::Left),
        Column::new("name", Align::Left),
        Column::new("roles", Align::Left),
        Column::droppable("account", Align::Left, 1),
        Column::new("as somebody who treats", Align::Left),
    ]);
    for user in users {
        table.row(vec![
            user.name.to_string(),
            user.display_name.to_string(),
            clinic::roles(&user.roles),
            if user.disabled { "switched off" } else { "on" }.to_owned(),
            user.operator.as_ref().map_or_else(|| "-".to_owned(), operator),
        ]);
    }
    page.table(&table);
    page.finish()
}

fn operator(record: &OperatorRecord) -> String {
    let trained = match (record.trained, record.training_valid_until) {
        (Answer::Yes, Some(until)) => format!("trained until {until}"),
        (Answer::Yes, None) => "trained, no end recorded".to_owned(),
        (Answer::No, _) => "not trained".to_owned(),
        (Answer::Unknown, _) => "training not recorded".to_owned(),
    };
    let depth = match record.depth_limit_um {
        Some(um) => format!("needles to {}", words::depth(Some(um))),
        None => "depth not recorded".to_owned(),
    };
    let premises = match record.premises_permitted {
        Answer::Yes => "premises permitted",
        Answer::No => "premises not permitted",
        Answer::Unknown => "premises not recorded",
    };
    format!("{}, {trained}, {depth}, {premises}", words::of(&record.profession))
}

/// That a password was changed.
pub(crate) fn password_changed(name: Option<&str>, factor: LostFactor, demonstration: bool, look: Look) -> String {
    let mut page = clinic::begin(demonstration, look);
    match name {
        None => page.text("Your password was changed, and every sign-in of yours ended: sign in again."),
        Some(name) => page.text(&format!("The password of {name} was changed, and every sign-in of theirs ended.")),
    }
    if factor == LostFactor::Lost {
        page.text("Their second factor was removed: let them set up a new one with `resurface user second-factor`.");
    }
    page.finish()
}

/// That a second factor counts, with the codes for when the phone is lost.
pub(crate) fn second_factor(codes: &[&str], demonstration: bool, look: Look) -> String {
    let mut page: Page = clinic::begin(demonstration, look);
    page.verdict(Tone::Clear, "CONFIRMED", "from now on a code of your app is needed to sign in");
    page.heading("Recovery codes, each good for one sign-in without the phone");
    for code in codes {
        page.item(code);
    }
    page.gap();
    page.text("Write them down now: they are shown this once, and kept nowhere.");
    page.finish()
}
