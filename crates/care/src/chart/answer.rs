//! What an answer said, and what it rested on: enough to compute it again and to see whether it is still the same.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::course::Course;
use super::digest::Digest;
use crate::consultation::Operator;
use crate::gate::{Gate, Permit, Verdict as GateVerdict};
use crate::plan::{Plan, Standing, Withheld};
use crate::review::{Advice, Review, Verdict};
use crate::screening::{Decision, Screening};

/// Place, device and operator that a question was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Setting {
    /// Id in `jurisdictions.toml`.
    pub jurisdiction: String,
    /// Id in `devices.toml`.
    pub device: String,
    /// Who would treat.
    pub operator: Operator,
}

/// What an answer rests on besides the chart before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// Version of the program.
    pub program: String,
    /// SHA-256 of the knowledge, 64 hexadecimal characters.
    pub knowledge: String,
    /// Seed of the forecast, where one was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
}

/// What screening answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScreeningAnswer {
    /// The decision.
    pub decision: Decision,
    /// Rules that counted, strictest first.
    pub findings: Vec<String>,
    /// Rules that nobody had answered.
    pub unanswered: Vec<String>,
    /// SHA-256 of the whole answer in JSON.
    pub sha256: Digest,
}

impl ScreeningAnswer {
    /// Of a screening.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn of(screening: &Screening<'_>) -> Result<Self, serde_json::Error> {
        Ok(Self {
            decision: screening.decision,
            findings: screening.findings.iter().map(|finding| finding.rule.id.clone()).collect(),
            unanswered: screening.unanswered.iter().map(|unanswered| unanswered.rule.id.clone()).collect(),
            sha256: sha256(screening)?,
        })
    }
}

/// What the treatment-day gate answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GateAnswer {
    /// Whether the session might begin.
    pub permit: Permit,
    /// What the rules alone decided.
    pub decision: Decision,
    /// Rules that counted, strictest first.
    pub findings: Vec<String>,
    /// Checks of the day that refused, or that nobody could answer, in words.
    pub against: Vec<String>,
    /// SHA-256 of the whole answer in JSON.
    pub sha256: Digest,
}

impl GateAnswer {
    /// Of a gate.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn of(gate: &Gate<'_>) -> Result<Self, serde_json::Error> {
        let refuses = |verdict| matches!(verdict, GateVerdict::Refuses | GateVerdict::Unknown);
        Ok(Self {
            permit: gate.permit,
            decision: gate.screening.decision,
            findings: gate.screening.findings.iter().map(|finding| finding.rule.id.clone()).collect(),
            against: gate.against().filter(|check| refuses(check.verdict)).map(|check| check.says.to_string()).collect(),
            sha256: sha256(gate)?,
        })
    }
}

/// What a plan answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanAnswer {
    /// What screening decided.
    pub decision: Decision,
    /// The course proposed; nothing when none was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<Course>,
    /// Why nothing was proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld: Option<Withheld>,
    /// SHA-256 of the whole answer in JSON.
    pub sha256: Digest,
}

impl PlanAnswer {
    /// Of a plan.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn of(plan: &Plan) -> Result<Self, serde_json::Error> {
        Ok(Self {
            decision: plan.decision,
            course: plan.proposal().map(Course::of),
            withheld: match &plan.standing {
                Standing::Withheld { because } => Some(*because),
                _ => None,
            },
            sha256: sha256(plan)?,
        })
    }
}

/// What a review answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewAnswer {
    /// What the outcomes amount to.
    pub verdict: Verdict,
    /// What to do.
    pub advice: Advice,
    /// First day on which failure may be called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict_not_before: Option<Date>,
    /// Chance of the goal with every session that is allowed, 0 to 1.
    pub chance_of_goal: f64,
    /// SHA-256 of the whole plan, of which the review is a part, in JSON.
    pub sha256: Digest,
}

impl ReviewAnswer {
    /// Of a plan whose course has begun, and its review.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn of(plan: &Plan, review: &Review) -> Result<Self, serde_json::Error> {
        Ok(Self {
            verdict: review.verdict,
            advice: review.advice,
            verdict_not_before: review.verdict_not_before,
            chance_of_goal: thousandths(review.chances.goal_with_all_sessions),
            sha256: sha256(plan)?,
        })
    }
}

/// A chance to three decimals: the computation is no finer.
pub(super) fn thousandths(chance: f64) -> f64 {
    (chance * 1000.0).round() / 1000.0
}

fn sha256(answer: &impl Serialize) -> Result<Digest, serde_json::Error> {
    let mut hasher = Sha256::new();
    serde_json::to_writer(Hashing(&mut hasher), answer)?;
    Ok(Digest::new(hasher.finalize().into()))
}

/// Hashes what is written into it.
struct Hashing<'a>(&'a mut Sha256);

impl std::io::Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
