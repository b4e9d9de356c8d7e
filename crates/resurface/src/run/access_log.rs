//! `resurface access-log`: who did what, and what was refused.

use jiff::Timestamp;
use resurface_ledger::access::ActorId;
use resurface_ledger::clinic::{AccessFilter, AccessLine, LedgerError, Outcomes};
use resurface_ledger::identity::SignInName;
use serde::Serialize;

use super::clinic::of_clinic;
use crate::arguments::AccessLogArguments;
use crate::clinic::Session;
use crate::ending::{Answer, Exit, Failure};
use crate::pages;
use crate::request::{Form, Request};

#[derive(Serialize)]
struct Log<'a> {
    lines: Vec<Line<'a>>,
}

/// A line, with the name of the user whom it is about.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    line: &'a AccessLine,
    user: Option<&'a str>,
}

/// Reads the log.
pub(super) fn access_log(request: &Request, typed: &AccessLogArguments) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    let since = since(&session, typed)?;
    let book = session.clinic.book()?;
    let actor = |name: &SignInName| book.user(name.as_str()).map(|user| ActorId::User(user.id));
    let lines = session.act(|desk| {
        if typed.emergencies {
            return desk.emergencies();
        }
        let actor = typed.user.as_ref().map(|name| actor(name).ok_or(LedgerError::NoSuchUser)).transpose()?;
        let patient = typed.patient.as_ref().map(|patient| desk.find_one(patient)).transpose()?;
        let outcomes = if typed.failures { Outcomes::Failures } else { Outcomes::All };
        desk.access_log(&AccessFilter { patient, actor, since, outcomes, lines_max: typed.limit })
    })?;
    let demonstration = session.is_demonstration();
    let page = match request.form {
        Form::Page => pages::access_log::page(&lines, typed, &book, session.zone(), demonstration, request.look),
        Form::Json => {
            let user = |line: &AccessLine| match line.said.as_ref()?.actor {
                ActorId::User(user) => Some(book.users.get(&user)?.name.as_str()),
                ActorId::Link(_) | ActorId::Console | ActorId::Nobody => None,
            };
            let log = Log { lines: lines.iter().map(|line| Line { line, user: user(line) }).collect() };
            of_clinic("resurface.access_log/1", demonstration, &log)?
        }
    };
    let readable = lines.iter().all(|line| line.said.is_some());
    Ok(Answer::page(page).ending(if readable { Exit::Answered } else { Exit::Damaged }))
}

/// The beginning of the day from which lines are wanted, where this machine is.
fn since(session: &Session<'_>, typed: &AccessLogArguments) -> Result<Option<Timestamp>, Failure> {
    let begins = typed.since.map(|day| day.to_zoned(session.zone().clone()).map(|begin| begin.timestamp())).transpose();
    begins.map_err(|error| Failure::new(Exit::InputFaults, format!("--since: {error}")))
}
