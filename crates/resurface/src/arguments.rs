//! What was typed: every command and option, with the words of the help. What it means is in `request`.

mod chart;
mod checks;
mod clinic;
mod measure;
mod ways;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use resurface_care::chart::EntryId;
use resurface_ledger::identity::SignInName;
use serde::de::DeserializeOwned;

pub(crate) use chart::{
    AddToChart, ChartCommand, DecisionOptions, FormOption, LinkCommand, LinkFor, NewChart, PatientArgument, WorklistArguments,
};
pub(crate) use checks::{AccessLogArguments, ChangeSecretArguments, ImpactArguments, VerifyArguments};
pub(crate) use clinic::{ClinicCommand, ClinicOptions, InitArguments, NewPasswordOption, OperatorOptions, UserCommand};
pub(crate) use measure::MeasureCommand;
#[cfg(feature = "measure")]
pub(crate) use measure::{
    DeviceOption, FilterOption, InstrumentArguments, PhotoArguments, RepeatabilityArguments, ScaleArguments, ScanArguments,
    ScanUnitOption, SurfaceArguments, UnitOption, WrittenArguments,
};
pub(crate) use ways::{Browser, DemoArguments, DemoDataArguments, ImportArguments, ServeArguments};

/// Codes with which the program ends, as the help and the man page show them.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0    an answer was given
  1    something went wrong that is none of the below
  2    the file that was read (or the command line) has faults; all are on stderr, nothing is on stdout
  3    gate: treatment is not permitted today, or cannot be decided
  4    the knowledge has faults
  5    a file was not found, could not be read, or could not be written
  6    no forecast can be made, or the one that was made is not to be trusted
  7    a check failed: an error is over its tolerance, or a past decision does not come out again
  8    this program was built without the feature that the command needs
  9    the clinic's key file or passphrase is missing, or does not open the clinic
  10   nobody is signed in, or name, password or code are not right
  11   whoever is signed in may not do this
  12   somebody else wrote into the chart meanwhile; nothing was added
  13   a record of the clinic was changed or is damaged: restore a backup
  14   measure: the file does not say its unit or its spacing: tell them
  15   measure: this file does not determine the numbers that were asked for
  130  interrupted";

/// Clinical decision support for atrophic acne scars treated with microneedling.
///
/// From one consultation file: is it safe for this person today, how bad are the scars, how much are they likely to
/// improve with 1 to 8 sessions, which course to propose, what else could be done, and why. The practitioner decides;
/// the program shows options, reasons, sources and what it does not know.
#[derive(Debug, Parser)]
#[command(name = "resurface", version, after_help = EXIT_CODES, max_term_width = 100, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) clinic: ClinicOptions,
    #[command(flatten)]
    pub(crate) shared: Shared,
}

/// Options that every command understands.
#[derive(Args, Debug)]
#[command(next_help_heading = "Options for every command")]
pub(crate) struct Shared {
    /// Folder with the knowledge to use instead of what is built in
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) knowledge: Option<PathBuf>,
    /// Answer in JSON, in a schema with a version
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Width of the page in columns, 60 to 120 [default: that of the terminal, else 100]
    #[arg(long, global = true, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(60..=120))]
    pub(crate) width: Option<u16>,
    /// Use no character outside ASCII
    #[arg(long, global = true)]
    pub(crate) ascii: bool,
    /// When to colour; nothing is ever said by colour alone
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Colour::Auto)]
    pub(crate) color: Colour,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// From a consultation to a plan: screened, graded, forecast, explained
    Plan {
        #[command(flatten)]
        file: ConsultationFile,
        #[command(flatten)]
        forecasting: Forecasting,
        #[command(flatten)]
        details: Details,
    },
    /// Is microneedling safe for this person today? Decision, reasons, sources, what is missing
    Screen {
        #[command(flatten)]
        file: ConsultationFile,
        #[command(flatten)]
        details: Details,
    },
    /// How bad are the scars? Goodman-Baron, ECCA, SCAR-S, and the skin type
    Grade {
        #[command(flatten)]
        file: ConsultationFile,
    },
    /// How much are the scars likely to improve with 1 to 8 sessions?
    Forecast(ForecastArguments),
    /// May this session be given today? The treatment-day questions only
    Gate {
        #[command(flatten)]
        file: ConsultationFile,
        #[command(flatten)]
        details: Details,
    },
    /// Does it help at all? What published trials say, blinded and open apart
    Evidence(EvidenceArguments),
    /// Numbers from what an instrument measured: how rough, how deep, how alike
    Measure {
        #[command(subcommand)]
        command: MeasureCommand,
    },
    /// Look at the knowledge that answers rest on
    Knowledge {
        #[command(subcommand)]
        command: KnowledgeCommand,
    },
    /// One rule or fact with its reason, its sources and where they disagree
    Explain {
        /// Id, for example CI-ISO-NOW or a source such as R8
        id: String,
    },
    /// The guide for patients; without a topic, the list of topics
    Guide {
        /// A topic of the guide
        topic: Option<String>,
    },
    /// Found a clinic, or show one
    Clinic {
        #[command(subcommand)]
        command: ClinicCommand,
    },
    /// Sign in: later commands are done in your name, until nothing was done for a while
    SignIn {
        /// Name to sign in with
        #[arg(long, value_name = "NAME")]
        user: SignInName,
    },
    /// Sign out
    SignOut,
    /// Who works in the clinic, and what they may do
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Open charts, add to them, read them
    Chart {
        #[command(subcommand)]
        command: ChartCommand,
    },
    /// What is due: every chart's next step, overdue first
    Worklist(WorklistArguments),
    /// Everybody who was treated with a cartridge of this lot, or for whom one was prepared
    Recall {
        /// Lot number, as printed; spaces and capitals do not matter
        #[arg(value_parser = lot)]
        lot: String,
    },
    /// Is everything in the clinic still what was written? Every chain, entry, picture and line of the access log
    Verify(VerifyArguments),
    /// Compute every past decision again, by the rules that made it
    Replay,
    /// Whose decision would change by other rules? Those of --knowledge DIR against those built in
    Impact(ImpactArguments),
    /// Who did what, and what was refused; newest first
    AccessLog(AccessLogArguments),
    /// Links that patients are handed
    Link {
        #[command(subcommand)]
        command: LinkCommand,
    },
    /// Open a chart in an emergency, for a while, for whoever may not open it otherwise; the reason is kept
    BreakGlass {
        #[command(flatten)]
        patient: PatientArgument,
        /// Why this chart is needed now
        #[arg(long, value_name = "WHY")]
        reason: String,
    },
    /// One file with everything as it is now, sealed; others can go on working
    Backup {
        /// File to write; nothing is written over
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Make a clinic of a backup, in the folder that --clinic names; it must not be there yet, or be empty
    Restore {
        /// File that `resurface backup` wrote
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Everything as files that anybody can read, in plain text; for whoever leads
    Export {
        /// Folder to make; it must not be there yet, or be empty
        #[arg(value_name = "DIR")]
        dir: PathBuf,
    },
    /// Make a clinic of an export, under a key of its own
    Import(ImportArguments),
    /// Serve a clinic to browsers
    Serve(ServeArguments),
    /// Look around in a demonstration clinic, in a browser: founded, filled and served at once, and gone at the end
    Demo(DemoArguments),
    /// Found a demonstration: synthetic patients, staff, and a sign-in to look around with
    DemoData(DemoDataArguments),
    /// The JSON Schema of what is read
    Schema {
        /// Which schema
        #[arg(value_enum)]
        of: SchemaOf,
    },
    /// Completions for a shell, on stdout
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// The manual page (roff), on stdout
    Man,
}

/// The file a command reads.
#[derive(Args, Debug)]
pub(crate) struct ConsultationFile {
    /// Consultation in TOML or JSON; `-` reads standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

/// How much a page shows.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Details {
    /// Show everything: every reason, every side of a disagreement, everything that was left out
    #[arg(long)]
    pub(crate) details: bool,
}

/// How to forecast and what to draw.
#[derive(Args, Debug)]
pub(crate) struct Forecasting {
    /// Seed of the forecast: the same seed gives the same bytes
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// Write the figure of the forecast as SVG to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,
}

/// `resurface forecast`.
#[derive(Args, Debug)]
pub(crate) struct ForecastArguments {
    /// Consultation in TOML or JSON; `-` reads standard input
    #[arg(value_name = "FILE", required_unless_present = "check")]
    pub(crate) file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) forecasting: Forecasting,
    /// Compute the patients of a file again and compare with a reference: largest error of each quantity, summary last
    #[arg(long, num_args = 2, value_names = ["PATIENTS.json", "REFERENCE.json"], conflicts_with_all = ["file", "svg"])]
    pub(crate) check: Vec<PathBuf>,
}

/// `resurface evidence`.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct EvidenceArguments {
    #[command(subcommand)]
    pub(crate) command: Option<EvidenceCommand>,
    #[command(flatten)]
    pub(crate) details: Details,
    /// Write the forest plot as SVG to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,
}

/// Below `resurface evidence`.
#[derive(Debug, Subcommand)]
pub(crate) enum EvidenceCommand {
    /// Fit the population to the trial arms again (needs a build with `--features fit`)
    Fit(FitArguments),
}

/// `resurface evidence fit`.
#[derive(Args, Debug)]
pub(crate) struct FitArguments {
    /// Seed of the four chains: the same seed and data give the same file
    #[arg(long, value_name = "N", default_value_t = 20_240_601)]
    pub(crate) seed: u64,
    /// Where the draws and their diagnostics are written
    #[arg(long, value_name = "FILE", default_value = "knowledge/population.json")]
    pub(crate) out: PathBuf,
    /// Studies to fit instead of the trials of the knowledge (JSON: a list of outcomes, or {"studies": [...]})
    #[arg(long, value_name = "FILE")]
    pub(crate) data: Option<PathBuf>,
    /// Distribution of study effects
    #[arg(long, value_enum, value_name = "WHICH", default_value_t = StudyEffectsOption::StudentT4)]
    pub(crate) study_effects: StudyEffectsOption,
    /// Write nothing; predict each study from the others, and refit simulated data sets
    #[arg(long, conflicts_with = "out")]
    pub(crate) validate: bool,
    /// Simulated data sets of a validation; 0 leaves them out
    #[arg(long, value_name = "N", default_value_t = 100, requires = "validate")]
    pub(crate) replicates: u32,
}

/// Distributions of study effects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StudyEffectsOption {
    /// Heavy tails: an outlying study pulls the others less
    StudentT4,
    /// Normal
    Normal,
}

/// Below `resurface knowledge`.
#[derive(Debug, Subcommand)]
pub(crate) enum KnowledgeCommand {
    /// Read every file and say everything that is wrong: file, line, what to do
    Check {
        /// Folder to check instead of what is built in
        dir: Option<PathBuf>,
    },
    /// What there is: every rule, device, place, zone, treatment and source with its id
    List,
}

/// Schemas that can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// What a consultation file may hold
    Consultation,
    /// What an entry file may hold
    Entry,
}

/// One of the words that a type is written with.
fn word<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_value(text.into()).map_err(|error| error.to_string())
}

/// A lot that says something: nothing but blanks would name no cartridge, and read as if nobody were concerned.
fn lot(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("the lot is blank: type the number that is printed on the cartridge or its box".to_owned()),
        lot => Ok(lot.to_owned()),
    }
}

fn entry_id(text: &str) -> Result<EntryId, String> {
    uuid::Uuid::try_parse(text).map(EntryId).map_err(|_| "not the id of an entry: `chart show` prints them".to_owned())
}
