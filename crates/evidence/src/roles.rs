//! What each trial arm is used for, as read from `knowledge/trial_roles.csv`: the judgement behind the numbers.

use serde::Serialize;

use crate::{
    Error,
    table::{self, Row, Word},
    trials::{Blinding, Timing},
};

/// One number of one arm and its use.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RoleRow {
    /// Line in the table, from 1.
    pub line: u64,
    /// What it is used for.
    pub role: Role,
    /// Study.
    pub study_id: String,
    /// Arm.
    pub arm_id: String,
    /// Patients.
    pub n: Option<u32>,
    /// Sessions and times.
    pub timing: Timing,
    /// Kind of number; `None` for excluded arms without one.
    pub family: Option<Family>,
    /// Scar type or subset; empty for all.
    pub subset: String,
    /// The number: percent, grades, points, or a share, by family.
    pub value: Option<f64>,
    /// Patients per category, as reported.
    pub counts: String,
    /// Standard deviation between patients, unit of `value`.
    pub sd_individual: Option<f64>,
    /// Where that standard deviation comes from.
    pub sd_source: Option<SdSource>,
    /// Standard error of `value`.
    pub se: Option<f64>,
    /// Blinding of the rater.
    pub blinding: Blinding,
    /// Equally likely readings of the course where the report leaves it open; empty where it does not. Expert setting.
    pub readings: Vec<CourseReading>,
    /// Remark on the timing.
    pub timing_note: String,
    /// Why it has this role.
    pub reason: String,
}

impl RoleRow {
    /// Was the spread between patients assumed rather than reported?
    #[must_use]
    pub fn sd_is_imputed(&self) -> bool {
        self.sd_source == Some(SdSource::Imputed)
    }
}

/// One reading of a course, written `sessions x interval_days @ weeks_since_last`; the last part may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CourseReading {
    /// Sessions.
    pub sessions: u32,
    /// Days between sessions.
    pub interval_days: f64,
    /// Assessment, weeks after the last session, where the report does not say.
    pub weeks_since_last: Option<f64>,
}

impl CourseReading {
    fn parse(text: &str) -> Option<Self> {
        let (course, lag) = text.split_once('@').map_or((text, None), |(course, lag)| (course, Some(lag)));
        let (sessions, interval_days) = course.split_once('x')?;
        let reading = Self {
            sessions: sessions.trim().parse().ok()?,
            interval_days: interval_days.trim().parse().ok()?,
            weeks_since_last: lag.map(|lag| lag.trim().parse()).transpose().ok()?,
        };
        let usable = (1..=50).contains(&reading.sessions)
            && (1.0..=365.0).contains(&reading.interval_days)
            && reading.weeks_since_last.is_none_or(|weeks| (0.0..=520.0).contains(&weeks));
        usable.then_some(reading)
    }
}

/// What an arm is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Pooled, and the population is fitted to it.
    Calibration,
    /// Kept aside to check the fit.
    HeldOut,
    /// Only in sensitivity analyses.
    Sensitivity,
    /// Left out.
    Exclude,
    /// Another treatment, for comparison.
    Comparator,
}

impl Word for Role {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("calibration", Self::Calibration),
        ("heldout", Self::HeldOut),
        ("sensitivity", Self::Sensitivity),
        ("exclude", Self::Exclude),
        ("comparator", Self::Comparator),
    ];
}

/// Kind of number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Mean improvement of a quantitative score, percent of baseline.
    PercentOfBaseline,
    /// Mean reduction of instrument-measured microrelief, percent.
    PercentOfMicrorelief,
    /// Mean improvement of one scar type, percent.
    PercentByScarType,
    /// Mean fall of the Goodman-Baron qualitative grade (1-4), grades.
    GradeChange,
    /// Patients per ordered category.
    OrdinalCounts,
    /// Share of patients counted as responders.
    ShareOfResponders,
    /// Mean fall of a quantitative score, points.
    Points,
}

const FAMILIES: &[(&str, Option<Family>)] = &[
    ("", None),
    ("percent_of_baseline", Some(Family::PercentOfBaseline)),
    ("percent_of_microrelief", Some(Family::PercentOfMicrorelief)),
    ("percent_by_scar_type", Some(Family::PercentByScarType)),
    ("grade_change", Some(Family::GradeChange)),
    ("ordinal_counts", Some(Family::OrdinalCounts)),
    ("share_of_responders", Some(Family::ShareOfResponders)),
    ("points", Some(Family::Points)),
];

impl Word for Option<Family> {
    const WORDS: &'static [(&'static str, Self)] = FAMILIES;
}

/// Where a standard deviation between patients comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SdSource {
    /// Reported.
    Reported,
    /// From the reported 95 % interval.
    FromInterval,
    /// From the spread before and after, with an assumed correlation of 0.8 (Malik 2024 implies 0.82).
    AssumedCorrelation,
    /// Imputed: 17 percentage points, the median of the arms with a usable one.
    Imputed,
}

impl Word for Option<SdSource> {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("", None),
        ("reported", Some(SdSource::Reported)),
        ("from_interval", Some(SdSource::FromInterval)),
        ("assumed_correlation_0.8", Some(SdSource::AssumedCorrelation)),
        ("imputed_17_points", Some(SdSource::Imputed)),
    ];
}

/// An empty blinding cell says nothing.
#[derive(Debug, Clone, Copy)]
struct MaybeBlinding(Blinding);

impl Word for MaybeBlinding {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("", Self(Blinding::NotStated)),
        ("not_stated", Self(Blinding::NotStated)),
        ("rater_blinded", Self(Blinding::RaterBlinded)),
        ("open", Self(Blinding::Open)),
        ("unclear", Self(Blinding::Unclear)),
    ];
}

const COLUMNS: [&str; 19] = [
    "role",
    "study_id",
    "arm_id",
    "n",
    "sessions",
    "interval_days",
    "weeks_from_first",
    "weeks_since_last",
    "family",
    "subset",
    "value",
    "counts",
    "sd_individual",
    "sd_source",
    "se",
    "blinding",
    "readings",
    "timing_note",
    "reason",
];

/// Read the table of roles.
///
/// # Errors
/// Every bad cell with its line and column.
pub fn parse(text: &str) -> Result<Vec<RoleRow>, Error> {
    table::read("trial_roles.csv", text, &COLUMNS, role_row).map_err(Error::Table)
}

fn role_row(row: &mut Row<'_>) -> RoleRow {
    RoleRow {
        line: row.line(),
        role: row.word("role"),
        study_id: row.required("study_id"),
        arm_id: row.required("arm_id"),
        n: row.count("n", 1..=100_000),
        timing: Timing {
            sessions: row.count("sessions", 1..=50),
            interval_days: row.number("interval_days", 1.0..=365.0),
            weeks_from_first: row.number("weeks_from_first", 0.0..=520.0),
            weeks_since_last: row.number("weeks_since_last", 0.0..=520.0),
        },
        family: row.word("family"),
        subset: row.text("subset"),
        value: row.number("value", -1000.0..=1000.0),
        counts: row.text("counts"),
        sd_individual: row.number("sd_individual", 0.001..=1000.0),
        sd_source: row.word("sd_source"),
        se: row.number("se", 0.001..=1000.0),
        blinding: row.word::<MaybeBlinding>("blinding").0,
        readings: readings(row),
        timing_note: row.text("timing_note"),
        reason: row.required("reason"),
    }
}

fn readings(row: &mut Row<'_>) -> Vec<CourseReading> {
    let text = row.text("readings");
    let parts: Vec<Option<CourseReading>> =
        text.split('|').filter(|part| !part.trim().is_empty()).map(CourseReading::parse).collect();
    if parts.contains(&None) {
        row.fault("readings", "sessions x days between them @ weeks after the last, such as 4x28@13, separated by |");
    }
    parts.into_iter().flatten().collect()
}
