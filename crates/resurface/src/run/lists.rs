//! Lists over all charts: the worklist, a lot that is called back, and a patient's links.

use std::collections::BTreeSet;

use jiff::civil::Date;
use resurface_care::chart::Step;
use resurface_ledger::clinic::{Recalled, Worklist, WorklistRow};
use resurface_ledger::identity::{LinkPurpose, PatientId, PatientLink};
use serde::Serialize;

use super::clinic::of_clinic;
use super::source;
use crate::arguments::{LinkCommand, LinkFor, WorklistArguments};
use crate::clinic::Session;
use crate::ending::{Answer, Failure};
use crate::envelope::{self, OfClinic, Origin};
use crate::pages;
use crate::request::{Form, Request};

/// A worklist, as far as it was asked for.
#[derive(Serialize)]
pub(crate) struct Listed<'a> {
    /// The day from which it is seen.
    pub(crate) today: Date,
    /// The charts, overdue longest first.
    pub(crate) rows: Vec<Row<'a>>,
    /// Charts that are due by that day, or have no day.
    pub(crate) due: usize,
    /// Of these, charts that were due before that day.
    pub(crate) overdue: usize,
    /// Charts that are due later.
    pub(crate) later: usize,
    /// Charts with nothing to do.
    pub(crate) nothing: usize,
    /// Charts that would be shown, were there no limit.
    pub(crate) matching: usize,
    /// Charts that would be shown, were neither a limit nor a step named.
    pub(crate) of: usize,
    /// Charts that would be among the rows and do not check: no step follows from them.
    pub(crate) damaged: Vec<Damaged<'a>>,
    /// Charts whose summary cannot be read: never left out.
    pub(crate) unreadable: &'a [PatientId],
}

/// One row.
#[derive(Serialize)]
pub(crate) struct Row<'a> {
    /// The chart.
    #[serde(flatten)]
    pub(crate) chart: &'a WorklistRow,
    /// Days since it was due; negative before.
    pub(crate) overdue_days: Option<i32>,
}

/// A chart that does not check.
#[derive(Serialize)]
pub(crate) struct Damaged<'a> {
    /// The patient.
    pub(crate) patient: PatientId,
    /// The clinic's number.
    pub(crate) number: &'a str,
    /// Name.
    pub(crate) name: &'a str,
}

/// Everybody whom a lot concerns.
#[derive(Serialize)]
struct LotRecalled<'a> {
    lot: &'a str,
    patients: &'a [Recalled],
}

#[derive(Serialize)]
struct LinkMade<'a> {
    link: String,
    token: &'a str,
    patient: PatientId,
    purpose: LinkPurpose,
}

#[derive(Serialize)]
struct Links<'a> {
    links: Vec<ShownLink<'a>>,
}

/// A link, without what is kept of its token.
#[derive(Serialize)]
struct ShownLink<'a> {
    link: String,
    purpose: LinkPurpose,
    made_at: &'a jiff::Timestamp,
    expires_at: &'a jiff::Timestamp,
    used_at: &'a Option<jiff::Timestamp>,
    revoked_at: &'a Option<jiff::Timestamp>,
}

#[derive(Serialize)]
struct LinkRevoked {
    link: String,
    revoked: bool,
}

/// What is due.
pub(super) fn worklist(request: &Request, typed: &WorklistArguments) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    let knowledge = source::of_clinic(request, &session.clinic)?;
    let today = typed.today.today.unwrap_or_else(|| session.today());
    let desk = session.desk()?;
    let worklist = desk.worklist(&knowledge.settings, today)?;
    let mut listed = listed(&worklist, typed);
    listed.take_out(&desk.damaged(listed.rows.iter().map(|row| row.chart.patient))?);
    let demonstration = session.is_demonstration();
    let origin = Origin::of_knowledge(&knowledge.version);
    let page = match request.form {
        Form::Page => pages::worklist::page(&listed, &origin, demonstration, request.look),
        Form::Json => envelope::write("resurface.worklist/1", &origin, &OfClinic { demonstration, answer: &listed })?,
    };
    Ok(Answer::page(page))
}

impl<'a> Listed<'a> {
    /// Takes charts that do not check out of the rows, and names them apart.
    fn take_out(&mut self, damaged: &BTreeSet<PatientId>) {
        let (out, rows) = self.rows.drain(..).partition(|row| damaged.contains(&row.chart.patient));
        self.rows = rows;
        let named = |row: Row<'a>| Damaged { patient: row.chart.patient, number: &row.chart.number, name: &row.chart.name };
        self.damaged = Vec::into_iter(out).map(named).collect();
    }
}

fn listed<'a>(worklist: &'a Worklist, typed: &WorklistArguments) -> Listed<'a> {
    let mut listed = Listed {
        today: worklist.today,
        rows: Vec::new(),
        due: 0,
        overdue: 0,
        later: 0,
        nothing: 0,
        matching: 0,
        of: 0,
        damaged: Vec::new(),
        unreadable: &worklist.unreadable,
    };
    for chart in &worklist.rows {
        let overdue_days = chart.next.days_overdue(worklist.today);
        let is_due = chart.next.step != Step::Nothing && overdue_days.is_none_or(|days| days >= 0);
        match (chart.next.step, is_due) {
            (Step::Nothing, _) => listed.nothing += 1,
            (_, true) => listed.due += 1,
            (_, false) => listed.later += 1,
        }
        listed.overdue += usize::from(is_due && overdue_days.is_some_and(|days| days > 0));
        let listed_at_all = typed.all || is_due;
        listed.of += usize::from(listed_at_all);
        if listed_at_all && typed.step.is_none_or(|step| step == chart.next.step) {
            listed.matching += 1;
            if typed.limit.is_none_or(|limit| listed.rows.len() < limit) {
                listed.rows.push(Row { chart, overdue_days });
            }
        }
    }
    listed
}

/// Everybody whom a lot concerns.
pub(super) fn recall(request: &Request, lot: &str) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    let patients = session.desk()?.recall(lot)?;
    let demonstration = session.is_demonstration();
    let page = match request.form {
        Form::Page => pages::worklist::recall(lot, &patients, demonstration, request.look),
        Form::Json => of_clinic("resurface.recall/1", demonstration, &LotRecalled { lot, patients: &patients })?,
    };
    Ok(Answer::page(page))
}

/// Makes, lists or closes links of a patient.
pub(super) fn link(request: &Request, command: &LinkCommand) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    let (desk, demonstration) = (session.desk()?, session.is_demonstration());
    let page = match command {
        LinkCommand::Make { patient, purpose, days } => {
            let (patient, purpose) = (desk.find_one(&patient.patient)?, purpose_of(*purpose));
            let (link, token) = desk.make_link(patient, purpose, *days)?;
            match request.form {
                Form::Page => pages::links::made(link, &token.text(), purpose, demonstration, request.look),
                Form::Json => {
                    let made = LinkMade { link: link.to_string(), token: &token.text(), patient, purpose };
                    of_clinic("resurface.link_made/1", demonstration, &made)?
                }
            }
        }
        LinkCommand::List { patient } => {
            let links = desk.links(desk.find_one(&patient.patient)?)?;
            match request.form {
                Form::Page => pages::links::page(&links, session.zone(), demonstration, request.look),
                Form::Json => {
                    let links = Links { links: links.iter().map(shown).collect() };
                    of_clinic("resurface.links/1", demonstration, &links)?
                }
            }
        }
        LinkCommand::Revoke { patient, link } => {
            desk.revoke_link(desk.find_one(&patient.patient)?, *link)?;
            match request.form {
                Form::Page => pages::links::revoked(*link, demonstration, request.look),
                Form::Json => {
                    let revoked = LinkRevoked { link: link.to_string(), revoked: true };
                    of_clinic("resurface.link_revoked/1", demonstration, &revoked)?
                }
            }
        }
    };
    Ok(Answer::page(page))
}

fn shown(link: &PatientLink) -> ShownLink<'_> {
    ShownLink {
        link: link.id.to_string(),
        purpose: link.purpose,
        made_at: &link.made_at,
        expires_at: &link.expires_at,
        used_at: &link.used_at,
        revoked_at: &link.revoked_at,
    }
}

const fn purpose_of(typed: LinkFor) -> LinkPurpose {
    match typed {
        LinkFor::Intake => LinkPurpose::Intake,
        LinkFor::Plan => LinkPurpose::Plan,
        LinkFor::ReportProblem => LinkPurpose::ReportProblem,
    }
}
