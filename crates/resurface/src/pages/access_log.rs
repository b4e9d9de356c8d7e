//! The page of `resurface access-log`.

use jiff::tz::TimeZone;
use resurface_ledger::access::{Access, ActorId, Missing, Outcome};
use resurface_ledger::clinic::{AccessLine, Book};

use super::clinic;
use crate::arguments::AccessLogArguments;
use crate::terminal::{Align, Column, Look, Table};

/// Lines of the log, newest first.
pub(crate) fn page(
    lines: &[AccessLine],
    typed: &AccessLogArguments,
    book: &Book,
    zone: &TimeZone,
    demonstration: bool,
    look: Look,
) -> String {
    let mut page = clinic::begin(demonstration, look);
    if lines.is_empty() {
        page.text(if typed.emergencies { "No chart was opened in an emergency." } else { "No line of the log is like that." });
        return page.finish();
    }
    let mut table = Table::new(vec![
        Column::droppable("line", Align::Right, 1),
        Column::new("when", Align::Left),
        Column::new("who", Align::Left),
        Column::new("outcome", Align::Left),
        Column::new("what", Align::Left),
    ])
    .last_at_least(24);
    for line in lines {
        let when = line.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string();
        let [who, outcome, what] = match &line.said {
            Some(access) => [who(access.actor, book), outcome(access.outcome).to_owned(), what(access)],
            None => ["?", "DAMAGED", "this line cannot be read: `resurface verify` says what is wrong"].map(str::to_owned),
        };
        table.row(vec![line.seq.to_string(), when, who, outcome, what]);
    }
    page.table(&table);
    if !typed.emergencies && lines.len() == typed.limit {
        page.gap();
        page.text(&format!("The newest {} of them; --limit N shows more.", typed.limit));
    }
    page.finish()
}

fn who(actor: ActorId, book: &Book) -> String {
    match actor {
        ActorId::User(user) => book.users.get(&user).map_or_else(|| user.to_string(), |user| user.name.to_string()),
        ActorId::Link(_) => "a patient's link".to_owned(),
        ActorId::Console => "at the machine".to_owned(),
        ActorId::Nobody => "nobody known".to_owned(),
    }
}

const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Allowed => "allowed",
        Outcome::Denied(_) => "REFUSED",
        Outcome::Failed => "FAILED",
    }
}

/// Everything a line says beside when, who and outcome.
fn what(access: &Access) -> String {
    let mut what = access.operation.words().to_owned();
    if let Some(patient) = access.patient {
        what.push_str(&format!("; chart {patient}"));
    }
    if let Outcome::Denied(missing) = access.outcome {
        what.push_str(&format!("; {}", wanted(missing)));
    }
    if let Some(note) = access.note {
        what.push_str(&format!("; {}", note.words()));
    }
    if let Some(reason) = &access.break_glass {
        what.push_str(&format!("; emergency: {reason}"));
    }
    if let ActorId::Link(link) = access.actor {
        what.push_str(&format!("; link {link}"));
    }
    what
}

/// For want of what it was refused.
const fn wanted(missing: Missing) -> &'static str {
    match missing {
        Missing::Account => "the account is switched off",
        Missing::Role => "no role that may",
        Missing::SecondFactor => "no codes from an app, which the clinic requires",
        Missing::StepUp => "password and code were not given again",
        Missing::Reason => "no reason was given",
        Missing::Patient => "no patient was named",
        Missing::Link => "the link does not work",
    }
}
