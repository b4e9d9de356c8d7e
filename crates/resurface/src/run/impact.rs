//! `resurface impact`: whose decision would change by other rules.

use jiff::civil::Date;
use resurface_care::course::CourseLimits;
use resurface_care::screening::Decision;
use resurface_ledger::clinic::{Direction, Impact, ImpactReport, RuleImpact, RuleSays, Standing};
use resurface_ledger::identity::PatientId;
use serde::Serialize;

use super::replay::threads;
use super::source;
use crate::clinic::Session;
use crate::ending::{Answer, Exit, Failure};
use crate::envelope::{self, OfClinic, Origin};
use crate::pages;
use crate::progress::Progress;
use crate::request::{Form, Request};

/// What was compared.
pub(crate) struct Compared<'a> {
    /// The day on which every chart was screened.
    pub(crate) today: Date,
    /// Version of the other rules.
    pub(crate) other: &'a str,
    /// What was found.
    pub(crate) report: &'a ImpactReport,
}

#[derive(Serialize)]
struct Answered<'a> {
    today: Date,
    other_knowledge: &'a str,
    charts: u64,
    screened: u64,
    not_screened: u64,
    stricter: usize,
    more_permissive: usize,
    otherwise: usize,
    limits_only: usize,
    changed: Vec<Changed<'a>>,
    unreadable: &'a [PatientId],
}

#[derive(Serialize)]
struct Changed<'a> {
    patient: PatientId,
    number: &'a str,
    direction: &'static str,
    was: Stands,
    becomes: Stands,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
struct Stands {
    decision: Decision,
    limits: CourseLimits,
}

#[derive(Serialize)]
struct Rule<'a> {
    rule: &'a str,
    was: Says,
    becomes: Says,
}

#[derive(Serialize)]
struct Says {
    says: &'static str,
    decision: Option<Decision>,
}

/// Screens every chart both ways.
pub(super) fn impact(request: &Request, today: Option<Date>) -> Result<Answer, Failure> {
    if request.knowledge.is_none() {
        return Err(Failure::new(Exit::InputFaults, "which other rules the clinic is to be seen by is not said")
            .hint("name their folder with --knowledge DIR: a copy of the knowledge with your changes"));
    }
    let session = Session::open(&request.access)?;
    let (now, then) = (source::built_in_of_clinic(&session.clinic)?, source::of_clinic(request, &session.clinic)?);
    let today = today.unwrap_or_else(|| session.today());
    let report = session.act(|desk| {
        let progress = Progress::new("impact");
        let made = desk.impact(&now, &then, today, threads(), &mut |now| progress.tell(now));
        progress.end();
        made
    })?;
    let compared = Compared { today, other: then.version.full(), report: &report };
    let (origin, demonstration) = (Origin::of_knowledge(&now.version), session.is_demonstration());
    let page = match request.form {
        Form::Page => pages::impact::page(&compared, &origin, demonstration, request.look),
        Form::Json => {
            let answer = answered(&compared);
            envelope::write("resurface.impact/1", &origin, &OfClinic { demonstration, answer: &answer })?
        }
    };
    // Whoever cannot be read may be concerned as well.
    Ok(Answer::page(page).ending(if report.unreadable.is_empty() { Exit::Answered } else { Exit::Damaged }))
}

fn answered<'a>(compared: &Compared<'a>) -> Answered<'a> {
    let report = compared.report;
    Answered {
        today: compared.today,
        other_knowledge: compared.other,
        charts: report.charts,
        screened: report.screened,
        not_screened: report.not_screened,
        stricter: report.count(Direction::Stricter),
        more_permissive: report.count(Direction::MorePermissive),
        otherwise: report.count(Direction::Otherwise),
        limits_only: report.count(Direction::LimitsOnly),
        changed: report.changed.iter().map(changed).collect(),
        unreadable: &report.unreadable,
    }
}

fn changed(impact: &Impact) -> Changed<'_> {
    Changed {
        patient: impact.patient,
        number: &impact.number,
        direction: match impact.direction() {
            Direction::Stricter => "stricter",
            Direction::MorePermissive => "more_permissive",
            Direction::Otherwise => "otherwise",
            Direction::LimitsOnly => "limits_only",
        },
        was: stands(impact.was),
        becomes: stands(impact.becomes),
        rules: impact.rules.iter().map(rule).collect(),
    }
}

const fn stands(standing: Standing) -> Stands {
    Stands { decision: standing.decision, limits: standing.limits }
}

fn rule(rule: &RuleImpact) -> Rule<'_> {
    Rule { rule: &rule.rule, was: says(rule.was), becomes: says(rule.becomes) }
}

const fn says(says: RuleSays) -> Says {
    match says {
        RuleSays::Nothing => Says { says: "nothing", decision: None },
        RuleSays::Counts(decision) => Says { says: "counts", decision: Some(decision) },
        RuleSays::NotAnswered => Says { says: "not_answered", decision: None },
    }
}
