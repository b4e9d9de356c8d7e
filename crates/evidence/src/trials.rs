//! The published trial arms: one row per arm, outcome and time, as read from `knowledge/trials.csv`.

use serde::Serialize;

use crate::{
    Error,
    table::{self, Row, Word},
};

/// One row: one arm of one study, one outcome, one time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Arm {
    /// Line in the table, from 1.
    pub line: u64,
    /// Study.
    pub study_id: String,
    /// Arm of the study; rows of the same patients share it.
    pub arm_id: String,
    /// What was done.
    pub modality: Modality,
    /// What was done, in the words of the report.
    pub treatment: String,
    /// DOI or PubMed number, where one was found.
    pub source: String,
    /// Short title.
    pub title: String,
    /// Year of publication.
    pub year: Option<u32>,
    /// Journal.
    pub journal: String,
    /// Design, in the words of the report.
    pub design: String,
    /// Whether whoever judged the result knew the treatment.
    pub blinding: Blinding,
    /// Patients enrolled in the arm.
    pub n_enrolled: Option<u32>,
    /// Patients analysed in the arm.
    pub n_analysed: Option<u32>,
    /// Country.
    pub country: String,
    /// Fitzpatrick skin types included.
    pub fitzpatrick: String,
    /// Scar types included.
    pub scar_types: String,
    /// Severity at the start.
    pub baseline_grade: String,
    /// Device.
    pub device: String,
    /// Needle length, millimetres.
    pub needle_mm: Option<f64>,
    /// Sessions and times.
    pub timing: Timing,
    /// Scale of the outcome.
    pub scale: String,
    /// Part of the scars or patients the row speaks of (a scar type, a baseline grade); empty for all.
    pub outcome_subset: String,
    /// Means and standard deviations as reported.
    pub score: Score,
    /// How categories were defined.
    pub category_definition: String,
    /// Patients per category, as reported.
    pub category_counts: String,
    /// Responders out of patients.
    pub response: Option<Counted>,
    /// p-value, as reported.
    pub p_value: String,
    /// What the p-value compares.
    pub p_value_meaning: String,
    /// Adverse events.
    pub adverse: Adverse,
    /// Patients lost.
    pub dropout_n: Option<u32>,
    /// What was worked out rather than read.
    pub derived: String,
    /// Remarks.
    pub notes: String,
    /// Where it was read.
    pub url: String,
    /// How much of the report was seen.
    pub confidence: Confidence,
    /// Read in a source, or recalled.
    pub mark: Mark,
}

impl Arm {
    /// Patients analysed, or enrolled where the report does not say.
    #[must_use]
    pub fn n(&self) -> Option<u32> {
        self.n_analysed.or(self.n_enrolled)
    }
}

/// Sessions and times of an arm.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Timing {
    /// Sessions given.
    pub sessions: Option<u32>,
    /// Days between sessions.
    pub interval_days: Option<f64>,
    /// Assessment, weeks after the first session.
    pub weeks_from_first: Option<f64>,
    /// Assessment, weeks after the last session.
    pub weeks_since_last: Option<f64>,
}

/// Means and standard deviations of a scale, in its points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Score {
    /// Mean before.
    pub baseline_mean: Option<f64>,
    /// Standard deviation before.
    pub baseline_sd: Option<f64>,
    /// Mean after.
    pub followup_mean: Option<f64>,
    /// Standard deviation after.
    pub followup_sd: Option<f64>,
    /// Mean change, positive for improvement.
    pub change_mean: Option<f64>,
    /// 95 % interval of the mean change.
    pub change_ci: Option<[f64; 2]>,
    /// Mean improvement, percent.
    pub pct_mean: Option<f64>,
    /// Standard deviation of the improvement, percentage points.
    pub pct_sd: Option<f64>,
}

impl Score {
    /// Mean improvement in percent: as reported, or from the means before and after.
    #[must_use]
    pub fn percent_improvement(&self) -> Option<f64> {
        self.pct_mean.or_else(|| {
            let (before, after) = (self.baseline_mean?, self.followup_mean?);
            Some(100.0 * (1.0 - after / before))
        })
    }
}

/// Patients with an event out of patients at risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// With the event.
    pub events: u32,
    /// At risk.
    pub of: u32,
}

/// Adverse events of an arm. A count without a denominator is kept in the text only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Adverse {
    /// Post-inflammatory hyperpigmentation.
    pub pih: Option<Counted>,
    /// Tram-track marks.
    pub tram_track: Option<Counted>,
    /// Infection.
    pub infection: Option<Counted>,
    /// Acne flare.
    pub acne_flare: Option<Counted>,
    /// Everything, in the words of the report.
    pub as_reported: String,
}

/// Whether whoever judged the result knew the treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Blinding {
    /// The rater did not know.
    RaterBlinded,
    /// The rater knew.
    Open,
    /// The report is unclear.
    Unclear,
    /// The part seen does not say.
    NotStated,
}

impl Word for Blinding {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("rater_blinded", Self::RaterBlinded),
        ("open", Self::Open),
        ("unclear", Self::Unclear),
        ("not_stated", Self::NotStated),
    ];
}

/// How much of the report was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// The full text.
    FullText,
    /// The abstract.
    Abstract,
    /// The abstract, cut off before the outcome.
    AbstractCutOff,
    /// A trial registry.
    Registry,
    /// A report about the report.
    Secondary,
}

impl Word for Confidence {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("full_text", Self::FullText),
        ("abstract", Self::Abstract),
        ("abstract_cut_off", Self::AbstractCutOff),
        ("registry", Self::Registry),
        ("secondary", Self::Secondary),
    ];
}

/// Where a number comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Read in a source.
    Seen,
    /// Recalled, not verified.
    Recalled,
    /// An expert setting.
    Ours,
}

impl Word for Mark {
    const WORDS: &'static [(&'static str, Self)] = &[("seen", Self::Seen), ("recalled", Self::Recalled), ("ours", Self::Ours)];
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// Microneedling alone, with a roller.
    NeedlingRoller,
    /// Microneedling alone, with a pen.
    NeedlingPen,
    /// Microneedling alone, device not said.
    NeedlingUnspecified,
    /// No treatment, or a vehicle.
    Untreated,
    /// Anything else, by its code: a comparator or a combination.
    Other(String),
}

impl Modality {
    /// Is this microneedling with nothing added?
    #[must_use]
    pub fn is_needling_alone(&self) -> bool {
        matches!(self, Self::NeedlingRoller | Self::NeedlingPen | Self::NeedlingUnspecified)
    }

    /// Name for a reader.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::NeedlingRoller => "microneedling, roller",
            Self::NeedlingPen => "microneedling, pen",
            Self::NeedlingUnspecified => "microneedling, device not stated",
            Self::Untreated => "untreated",
            Self::Other(code) => code,
        }
    }

    fn from_code(code: &str) -> Self {
        match code {
            "MN_roller" => Self::NeedlingRoller,
            "MN_pen" => Self::NeedlingPen,
            "MN_unspecified" => Self::NeedlingUnspecified,
            "NO_TREATMENT" => Self::Untreated,
            other => Self::Other(other.to_owned()),
        }
    }
}

const COLUMNS: [&str; 54] = [
    "study_id",
    "arm_id",
    "modality",
    "treatment",
    "source",
    "title",
    "year",
    "journal",
    "design",
    "blinding",
    "n_enrolled",
    "n_analysed",
    "country",
    "fitzpatrick",
    "scar_types",
    "baseline_grade",
    "device",
    "needle_mm",
    "sessions",
    "interval_days",
    "weeks_from_first",
    "weeks_since_last",
    "scale",
    "outcome_subset",
    "baseline_mean",
    "baseline_sd",
    "followup_mean",
    "followup_sd",
    "change_mean",
    "change_ci_low",
    "change_ci_high",
    "pct_mean",
    "pct_sd",
    "category_definition",
    "category_counts",
    "response_n",
    "response_of",
    "p_value",
    "p_value_meaning",
    "pih_events",
    "pih_of",
    "tram_track_events",
    "tram_track_of",
    "infection_events",
    "infection_of",
    "acne_flare_events",
    "acne_flare_of",
    "adverse_events_as_reported",
    "dropout_n",
    "derived",
    "notes",
    "url",
    "confidence",
    "mark",
];

/// Read the trial table.
///
/// # Errors
/// Every bad cell with its line and column.
pub fn parse(text: &str) -> Result<Vec<Arm>, Error> {
    table::read("trials.csv", text, &COLUMNS, arm).map_err(Error::Table)
}

fn arm(row: &mut Row<'_>) -> Arm {
    Arm {
        line: row.line(),
        study_id: row.required("study_id"),
        arm_id: row.required("arm_id"),
        modality: Modality::from_code(&row.required("modality")),
        treatment: row.text("treatment"),
        source: row.text("source"),
        title: row.text("title"),
        year: row.count("year", 1950..=2100),
        journal: row.text("journal"),
        design: row.required("design"),
        blinding: row.word("blinding"),
        n_enrolled: row.count("n_enrolled", 1..=100_000),
        n_analysed: row.count("n_analysed", 1..=100_000),
        country: row.text("country"),
        fitzpatrick: row.text("fitzpatrick"),
        scar_types: row.text("scar_types"),
        baseline_grade: row.text("baseline_grade"),
        device: row.text("device"),
        needle_mm: row.number("needle_mm", 0.1..=5.0),
        timing: timing(row),
        scale: row.text("scale"),
        outcome_subset: row.text("outcome_subset"),
        score: score(row),
        category_definition: row.text("category_definition"),
        category_counts: row.text("category_counts"),
        response: counted(row, "response_n", "response_of"),
        p_value: row.text("p_value"),
        p_value_meaning: row.text("p_value_meaning"),
        adverse: adverse(row),
        dropout_n: row.count("dropout_n", 0..=100_000),
        derived: row.text("derived"),
        notes: row.text("notes"),
        url: row.text("url"),
        confidence: row.word("confidence"),
        mark: row.word("mark"),
    }
}

fn timing(row: &mut Row<'_>) -> Timing {
    Timing {
        sessions: row.count("sessions", 1..=50),
        interval_days: row.number("interval_days", 1.0..=365.0),
        weeks_from_first: row.number("weeks_from_first", 0.0..=520.0),
        weeks_since_last: row.number("weeks_since_last", 0.0..=520.0),
    }
}

fn score(row: &mut Row<'_>) -> Score {
    let points = -1000.0..=1000.0;
    let low = row.number("change_ci_low", points.clone());
    let high = row.number("change_ci_high", points.clone());
    Score {
        baseline_mean: row.number("baseline_mean", 0.001..=1000.0),
        baseline_sd: row.number("baseline_sd", 0.001..=1000.0),
        followup_mean: row.number("followup_mean", 0.0..=1000.0),
        followup_sd: row.number("followup_sd", 0.001..=1000.0),
        change_mean: row.number("change_mean", points),
        change_ci: low.zip(high).map(|(low, high)| [low, high]),
        pct_mean: row.number("pct_mean", -100.0..=100.0),
        pct_sd: row.number("pct_sd", 0.001..=100.0),
    }
}

fn adverse(row: &mut Row<'_>) -> Adverse {
    Adverse {
        pih: counted(row, "pih_events", "pih_of"),
        tram_track: counted(row, "tram_track_events", "tram_track_of"),
        infection: counted(row, "infection_events", "infection_of"),
        acne_flare: counted(row, "acne_flare_events", "acne_flare_of"),
        as_reported: row.text("adverse_events_as_reported"),
    }
}

fn counted(row: &mut Row<'_>, events: &str, of: &str) -> Option<Counted> {
    let (count, at_risk) = (row.count(events, 0..=100_000), row.count(of, 1..=100_000));
    let counted = Counted { events: count?, of: at_risk? };
    if counted.events > counted.of {
        row.fault(events, "no more events than patients");
    }
    Some(counted)
}
