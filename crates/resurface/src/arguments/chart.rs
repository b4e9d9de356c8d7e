//! What is typed about charts and lists of charts.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use resurface_care::chart::{Decided, EntryId, Step, View};
use resurface_care::consultation::Sex;
use resurface_ledger::identity::LinkId;

use super::{entry_id, word};

/// Below `resurface chart`.
#[derive(Debug, Subcommand)]
pub(crate) enum ChartCommand {
    /// Open a chart for a new patient
    New(NewChart),
    /// Add what was asked, examined, done or decided, from files; all of a file or nothing
    Add(AddToChart),
    /// The chart at a glance: where it stands, the plan, sessions, outcomes, events, pictures
    Show {
        #[command(flatten)]
        patient: PatientArgument,
        #[command(flatten)]
        today: Today,
    },
    /// Every entry, oldest first: when, by whom, what
    Timeline {
        #[command(flatten)]
        patient: PatientArgument,
    },
    /// What the pathway wants next, and why
    Next {
        #[command(flatten)]
        patient: PatientArgument,
        #[command(flatten)]
        today: Today,
    },
    /// Write a picture of a chart into a file
    Picture {
        #[command(flatten)]
        patient: PatientArgument,
        /// Id of its entry, as `chart show` prints it
        #[arg(value_name = "ENTRY", value_parser = entry_id)]
        entry: EntryId,
        /// File to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Which form of it
        #[arg(long, value_enum, value_name = "FORM", default_value_t = FormOption::Display)]
        form: FormOption,
    },
    /// Charts whose number or name holds a text
    Find {
        /// A part of the name or of the number
        text: String,
    },
}

/// Whose chart.
#[derive(Args, Debug)]
pub(crate) struct PatientArgument {
    /// Id of the chart, or the clinic's number for the patient
    #[arg(value_name = "PATIENT")]
    pub(crate) patient: String,
}

/// The day from which next steps are seen.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Today {
    /// Day from which it is seen [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<Date>,
}

/// `resurface chart new`.
#[derive(Args, Debug)]
pub(crate) struct NewChart {
    /// Consultation that number, date of birth and sex are taken from; add it to the chart with `chart add`
    #[arg(value_name = "FILE", conflicts_with_all = ["number", "birth_date", "sex", "on"])]
    pub(crate) file: Option<PathBuf>,
    /// The clinic's number for the patient
    #[arg(long, required_unless_present = "file")]
    pub(crate) number: Option<String>,
    /// Name of the patient
    #[arg(long)]
    pub(crate) name: String,
    /// Date of birth
    #[arg(long, value_name = "DATE", required_unless_present = "file")]
    pub(crate) birth_date: Option<Date>,
    /// female, male, other or unknown: for skin thickness alone
    #[arg(long, value_parser = word::<Sex>, required_unless_present = "file")]
    pub(crate) sex: Option<Sex>,
    /// How to reach the patient
    #[arg(long)]
    pub(crate) contact: Option<String>,
    /// Day of registration [default: that of the file, else today]
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<Date>,
}

/// `resurface chart add`.
#[derive(Args, Debug)]
pub(crate) struct AddToChart {
    #[command(flatten)]
    pub(crate) patient: PatientArgument,
    /// Consultations, entries (`resurface schema entry`) or pictures (.jpg, .jpeg, .png)
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) decision: DecisionOptions,
    /// View of the picture: front, left_oblique, right_oblique, left_profile, right_profile or close_up
    #[arg(long, value_parser = word::<View>)]
    pub(crate) view: Option<View>,
    /// Day on which the picture was taken [default: as the camera says, else today]
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<Date>,
    /// Words about the picture
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
}

/// What the practitioner makes of what is proposed or advised.
#[derive(Args, Debug)]
#[command(next_help_heading = "What the practitioner decides")]
pub(crate) struct DecisionOptions {
    /// Take the course that is proposed; once the course has begun, review it and take the advice
    #[arg(long, conflicts_with_all = ["reject", "sessions", "decide"])]
    pub(crate) adopt: bool,
    /// Do not take the course that is proposed
    #[arg(long, value_name = "WHY", conflicts_with_all = ["sessions", "decide"])]
    pub(crate) reject: Option<String>,
    /// Take another course: so many sessions in all
    #[arg(long, value_name = "N", requires_all = ["interval_days", "why"], conflicts_with = "decide")]
    pub(crate) sessions: Option<usize>,
    /// Days between two sessions of that course
    #[arg(long, value_name = "D", requires = "sessions")]
    pub(crate) interval_days: Option<u32>,
    /// Review the course and decide otherwise than advised: continue, wait, stop or switch
    #[arg(long, value_name = "DECISION", requires = "why", value_parser = word::<Decided>)]
    pub(crate) decide: Option<Decided>,
    /// Why another course, or another decision
    #[arg(long, value_name = "WHY")]
    pub(crate) why: Option<String>,
}

impl DecisionOptions {
    /// Whether nothing is decided.
    pub(crate) const fn is_none(&self) -> bool {
        !self.adopt && self.reject.is_none() && self.sessions.is_none() && self.decide.is_none()
    }
}

/// Forms of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormOption {
    /// Small, for a list
    Thumbnail,
    /// As it is shown, without what the camera wrote into the file
    Display,
    /// The file as it was handed in
    Original,
}

/// `resurface worklist`.
#[derive(Args, Debug)]
pub(crate) struct WorklistArguments {
    /// What is due later, and charts with nothing to do, as well
    #[arg(long)]
    pub(crate) all: bool,
    /// Only charts whose next step is this one, for example session or review
    #[arg(long, value_parser = step)]
    pub(crate) step: Option<Step>,
    /// At most so many rows
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    #[command(flatten)]
    pub(crate) today: Today,
}

/// Below `resurface link`.
#[derive(Debug, Subcommand)]
pub(crate) enum LinkCommand {
    /// Make a link; its token is shown once
    Make {
        #[command(flatten)]
        patient: PatientArgument,
        /// What it is for
        #[arg(long = "for", value_enum, value_name = "WHAT")]
        purpose: LinkFor,
        /// Days for which it works, 1 to 90 [default: 14]
        #[arg(long, value_name = "N")]
        days: Option<u32>,
    },
    /// Every link of a patient
    List {
        #[command(flatten)]
        patient: PatientArgument,
    },
    /// Close a link
    Revoke {
        #[command(flatten)]
        patient: PatientArgument,
        /// Id of the link
        link: LinkId,
    },
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LinkFor {
    /// To answer the questions before the visit, once
    Intake,
    /// To read the plan and the after-care
    Plan,
    /// To report a problem after a session
    ReportProblem,
}

/// Every step, by its word.
const STEPS: [Step; 12] = [
    Step::SeeToEvent,
    Step::Intake,
    Step::Examine,
    Step::Screen,
    Step::AnswerMissing,
    Step::WaitUntilCleared,
    Step::Plan,
    Step::Consent,
    Step::Session,
    Step::Review,
    Step::OfferAlternatives,
    Step::Nothing,
];

fn step(text: &str) -> Result<Step, String> {
    let word =
        |step: &Step| serde_json::to_value(step).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default();
    STEPS.into_iter().find(|step| word(step) == text).ok_or_else(|| {
        let words: Vec<String> = STEPS.iter().map(word).collect();
        format!("not a step: one of {}", words.join(", "))
    })
}
