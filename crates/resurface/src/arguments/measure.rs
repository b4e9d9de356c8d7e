//! What is typed about measuring.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Below `resurface measure`.
#[derive(Debug, Subcommand)]
pub(crate) enum MeasureCommand {
    /// A height map: its areal parameters (ISO 25178-2), and a picture of its heights
    Surface(SurfaceArguments),
    /// One scan of a face, or two visits: every scar against the skin around it, and whether it changed by more than the error
    Scan(ScanArguments),
    /// One photograph, or two visits: colour, redness, pigment, texture, and whether they changed by more than the error
    Photo(PhotoArguments),
    /// Repeated captures of the same skin: how far apart they are, and so which change can be told at all
    Repeatability(RepeatabilityArguments),
}

/// `resurface measure surface`.
#[derive(Args, Debug)]
pub(crate) struct SurfaceArguments {
    /// X3P, SUR, AL3D, or numbers as text (a grid, or three columns for x, y and z)
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Unit of the heights, where the file does not say it
    #[arg(long, value_enum, value_name = "UNIT")]
    pub(crate) unit: Option<UnitOption>,
    /// How far apart the points are, in um, where the file does not say it
    #[arg(long, value_name = "UM")]
    pub(crate) spacing: Option<f64>,
    /// Degree of the polynomial that is taken off as form: 0 the mean height, 1 a plane, 2 and more what is bent
    #[arg(long, value_name = "DEGREE", default_value_t = 1, value_parser = clap::value_parser!(u32).range(0..=12))]
    pub(crate) form: u32,
    /// Fit the form robustly, so that scars do not pull it down
    #[arg(long)]
    pub(crate) robust_form: bool,
    /// Take off what is finer than this wavelength, in um
    #[arg(long, value_name = "UM")]
    pub(crate) s_filter: Option<f64>,
    /// Take off what is coarser than this wavelength, in um
    #[arg(long, value_name = "UM")]
    pub(crate) l_filter: Option<f64>,
    /// How both filters smooth
    #[arg(long, value_enum, value_name = "KIND", default_value_t = FilterOption::Gaussian)]
    pub(crate) filter: FilterOption,
    /// How high a hill has to rise above its saddle to count, in um [default: 5 % of Sz]
    #[arg(long, value_name = "UM")]
    pub(crate) prune: Option<f64>,
    /// Write a picture of the heights with its legend as SVG to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,
}

/// `resurface measure scan`.
#[derive(Args, Debug)]
pub(crate) struct ScanArguments {
    /// The earlier scan, or the only one: PLY, OBJ, STL or GLB, one surface of triangles
    #[arg(value_name = "BASELINE")]
    pub(crate) baseline: PathBuf,
    /// The later scan of the same zone
    #[arg(value_name = "FOLLOWUP")]
    pub(crate) follow_up: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) instrument: InstrumentArguments,
    /// Places named in both scans, for when they cannot be laid together without: a text with six numbers a line (x y z of the
    /// baseline, x y z of the follow-up, in mm)
    #[arg(long, value_name = "FILE", requires = "follow_up")]
    pub(crate) landmarks: Option<PathBuf>,
    /// What this clinic's own repeats can tell: the JSON of `resurface measure repeatability --json`
    #[arg(long, value_name = "FILE")]
    pub(crate) repeatability: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) written: WrittenArguments,
}

/// What is told about a scanner.
#[derive(Args, Debug)]
pub(crate) struct InstrumentArguments {
    /// Unit of the coordinates, where the file does not say it
    #[arg(long, value_enum, value_name = "UNIT")]
    pub(crate) unit: Option<ScanUnitOption>,
    /// Class of the scanner: what it can resolve, and which change it can show
    #[arg(long, value_enum, value_name = "CLASS")]
    pub(crate) device: Option<DeviceOption>,
    /// How wide the scanner sees a point, at half its height, in mm, where that was measured [default: by its class]
    #[arg(long, value_name = "MM")]
    pub(crate) blur: Option<f64>,
}

/// `resurface measure photo`.
#[derive(Args, Debug)]
pub(crate) struct PhotoArguments {
    /// The earlier photograph, or the only one: JPEG or PNG
    #[arg(value_name = "BASELINE")]
    pub(crate) baseline: PathBuf,
    /// The later photograph of the same view
    #[arg(value_name = "FOLLOWUP")]
    pub(crate) follow_up: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) scale: ScaleArguments,
    /// A zone to measure, in pixels of the baseline held upright: NAME:X,Y X,Y X,Y with three or more corners; may be given several
    /// times [default: all skin that is seen]
    #[arg(long, value_name = "ZONE")]
    pub(crate) zone: Vec<String>,
    /// Do not look for a colour card of 24 patches
    #[arg(long)]
    pub(crate) no_card: bool,
    /// What this clinic's own repeats can tell: the JSON of `resurface measure repeatability --json`
    #[arg(long, value_name = "FILE")]
    pub(crate) repeatability: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) written: WrittenArguments,
}

/// How large things in a photograph are.
#[derive(Args, Debug)]
pub(crate) struct ScaleArguments {
    /// Side of a pixel at the skin, in mm
    #[arg(long, value_name = "MM", conflicts_with = "ruler")]
    pub(crate) pixel_mm: Option<f64>,
    /// Two places in the baseline and how far apart they are: X1,Y1,X2,Y2,MM (a ruler at the skin, or the pupils)
    #[arg(long, value_name = "PLACES")]
    pub(crate) ruler: Option<String>,
}

/// `resurface measure repeatability`.
#[derive(Args, Debug)]
pub(crate) struct RepeatabilityArguments {
    /// Captures of the same skin within one visit, put down and set up anew in between: all scans, or all photographs
    #[arg(value_name = "CAPTURE", num_args = 2.., required = true)]
    pub(crate) captures: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) instrument: InstrumentArguments,
    #[command(flatten)]
    pub(crate) scale: ScaleArguments,
    /// Write the Bland-Altman plot as SVG to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,
}

/// What is written besides the answer.
#[derive(Args, Debug)]
pub(crate) struct WrittenArguments {
    /// Write the pictures and maps as PNG files into this folder, which must not exist
    #[arg(long, value_name = "FOLDER")]
    pub(crate) png: Option<PathBuf>,
    /// Write a report with all pictures as one HTML file
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
}

/// Units of heights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum UnitOption {
    /// Nanometre
    Nm,
    /// Micrometre
    Um,
    /// Millimetre
    Mm,
    /// Metre
    M,
}

/// Units of scans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ScanUnitOption {
    /// Millimetre
    Mm,
    /// Centimetre
    Cm,
    /// Metre
    M,
}

/// Classes of scanners.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DeviceOption {
    /// The depth camera of a phone or tablet
    Phone,
    /// Several photographs at once
    Stereo,
    /// Projected stripes or a laser
    StructuredLight,
}

/// Kinds of filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FilterOption {
    /// Gaussian, ISO 16610-61
    Gaussian,
    /// Smoothing spline, ISO 16610-62
    Spline,
    /// Robust Gaussian regression, ISO 16610-71: outlying points count less
    Robust,
}
