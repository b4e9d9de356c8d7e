//! Whom a change of the knowledge would concern: every chart screened on the same day, by the rules of now and by others.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use jiff::civil::Date;
use resurface_care::chart::{Chart, NotYet};
use resurface_care::consultation::Consultation;
use resurface_care::course::CourseLimits;
use resurface_care::facts::Facts;
use resurface_care::screening::{Decision, Screening, screen};
use resurface_knowledge::Knowledge;

use super::progress::Teller;
use super::{Desk, LedgerError, OpenChart, Progress};
use crate::access::Operation;
use crate::identity::PatientId;

/// Whom a change of the knowledge would concern.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImpactReport {
    /// Charts that were looked at.
    pub charts: u64,
    /// Those that were screened both ways.
    pub screened: u64,
    /// Those that were not, since they were never screened, or nobody has asked or examined yet.
    pub not_screened: u64,
    /// Patients for whom something changes, in the order in which their charts were begun.
    pub changed: Vec<Impact>,
    /// Patients whose chart does not check, or is not understood: look at these yourself.
    pub unreadable: Vec<PatientId>,
}

/// What changes for one patient.
#[derive(Clone, Debug, PartialEq)]
pub struct Impact {
    /// The patient.
    pub patient: PatientId,
    /// The clinic's number.
    pub number: String,
    /// By the knowledge of now.
    pub was: Standing,
    /// By the other.
    pub becomes: Standing,
    /// The rules that answer otherwise.
    pub rules: Vec<RuleImpact>,
}

/// Where a patient stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The decision.
    pub decision: Decision,
    /// What the protocol allows, above all the shortest time between two sessions.
    pub limits: CourseLimits,
}

/// A rule that answers otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleImpact {
    /// Its id; [`RuleImpact::SETTING`] for the device and the place.
    pub rule: String,
    /// By the knowledge of now.
    pub was: RuleSays,
    /// By the other.
    pub becomes: RuleSays,
}

impl RuleImpact {
    /// Stands for the device and the place, which speak without a rule.
    pub const SETTING: &'static str = "device and place";
}

/// What a rule says of a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleSays {
    /// Nothing: there is no such rule, or it is answered no, or its time is over.
    Nothing,
    /// It counts, and the decision is at least this.
    Counts(Decision),
    /// Nobody has answered it.
    NotAnswered,
}

/// How a change of a decision looks from the patient's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// The decision is stricter.
    Stricter,
    /// It is more permissive.
    MorePermissive,
    /// It is another, and neither stricter nor more permissive: an earlier day and a state that has to be seen, for example.
    Otherwise,
    /// It is the same; only the limits of a course differ.
    LimitsOnly,
}

impl Impact {
    /// How it looks from the patient's side.
    #[must_use]
    pub fn direction(&self) -> Direction {
        let (was, becomes) = (self.was.decision, self.becomes.decision);
        match was.join(becomes) {
            _ if was == becomes => Direction::LimitsOnly,
            joined if joined == becomes => Direction::Stricter,
            joined if joined == was => Direction::MorePermissive,
            _ => Direction::Otherwise,
        }
    }
}

impl ImpactReport {
    /// How many go which way.
    #[must_use]
    pub fn count(&self, direction: Direction) -> usize {
        self.changed.iter().filter(|impact| impact.direction() == direction).count()
    }
}

/// What one chart adds to the report.
enum OfChart {
    NotScreened,
    Unreadable(PatientId),
    Same,
    Changed(Box<Impact>),
}

impl Desk<'_> {
    /// Screens every chart on one day by two versions of the knowledge, and says whose decision differs. A chart is screened
    /// as it stands, in the setting and with the overrides of its latest screening.
    ///
    /// # Errors
    /// When it is not allowed, or the data cannot be read.
    pub fn impact(
        &self,
        now: &Knowledge,
        then: &Knowledge,
        today: Date,
        threads: NonZeroUsize,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<ImpactReport, LedgerError> {
        self.read(Operation::Impact, None)?;
        let mut report = ImpactReport::default();
        self.clinic.sweep(
            threads,
            &mut Teller::new(progress),
            |patient, chart| of_chart(patient, chart, [now, then], today),
            |found: Result<OfChart, LedgerError>| {
                report.charts += 1;
                match found? {
                    OfChart::NotScreened => report.not_screened += 1,
                    OfChart::Unreadable(patient) => report.unreadable.push(patient),
                    OfChart::Same => report.screened += 1,
                    OfChart::Changed(impact) => {
                        report.screened += 1;
                        report.changed.push(*impact);
                    }
                }
                Ok(())
            },
        )?;
        Ok(report)
    }
}

fn of_chart(
    patient: PatientId,
    chart: Result<OpenChart, LedgerError>,
    [now, then]: [&Knowledge; 2],
    today: Date,
) -> Result<OfChart, LedgerError> {
    let chart = match chart {
        Ok(chart) if chart.fault.is_none() => chart.chart,
        Ok(_) | Err(LedgerError::Body(_)) => return Ok(OfChart::Unreadable(patient)),
        Err(error) => return Err(error),
    };
    let Some(Ok(consultation)) = as_last_screened(&chart, today) else { return Ok(OfChart::NotScreened) };
    let (by_now, by_then) = (screen(&consultation, now), screen(&consultation, then));
    let (was, becomes) = (standing(&by_now, &consultation, now), standing(&by_then, &consultation, then));
    if was == becomes {
        return Ok(OfChart::Same);
    }
    let number = consultation.patient.id.clone();
    Ok(OfChart::Changed(Box::new(Impact { patient, number, was, becomes, rules: rules(&by_now, &by_then) })))
}

fn as_last_screened(chart: &Chart, today: Date) -> Option<Result<Consultation, NotYet>> {
    let screened = chart.screened.as_ref()?;
    Some(chart.consultation(today, &screened.setting, &screened.overrides, None))
}

fn standing(screening: &Screening<'_>, consultation: &Consultation, knowledge: &Knowledge) -> Standing {
    let limits = CourseLimits::of(&Facts::of(consultation, knowledge), &knowledge.settings);
    Standing { decision: screening.decision, limits }
}

/// Every rule that answers otherwise, by its id.
fn rules(now: &Screening<'_>, then: &Screening<'_>) -> Vec<RuleImpact> {
    let (mut was, mut becomes) = (says(now), says(then));
    let mut ids: Vec<&str> = was.keys().chain(becomes.keys()).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    let both = ids.into_iter().map(|rule| RuleImpact {
        rule: rule.to_owned(),
        was: was.remove(rule).unwrap_or(RuleSays::Nothing),
        becomes: becomes.remove(rule).unwrap_or(RuleSays::Nothing),
    });
    both.filter(|rule| rule.was != rule.becomes).collect()
}

fn says<'a>(screening: &'a Screening<'_>) -> BTreeMap<&'a str, RuleSays> {
    let unanswered = screening.unanswered.iter().map(|unanswered| (unanswered.rule.id.as_str(), RuleSays::NotAnswered));
    let mut says: BTreeMap<&str, RuleSays> = unanswered.collect();
    let found = screening.findings.iter().map(|finding| (finding.rule.id.as_str(), finding.effect));
    let setting = screening.setting.iter().map(|reason| (RuleImpact::SETTING, reason.effect()));
    for (rule, effect) in found.chain(setting) {
        let so_far = says.entry(rule).or_insert(RuleSays::Counts(effect));
        *so_far = match *so_far {
            RuleSays::Counts(other) => RuleSays::Counts(other.join(effect)),
            RuleSays::Nothing | RuleSays::NotAnswered => RuleSays::Counts(effect),
        };
    }
    says
}
