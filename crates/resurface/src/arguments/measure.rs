//! What is typed about measuring.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Below `resurface measure`.
#[derive(Debug, Subcommand)]
pub(crate) enum MeasureCommand {
    /// A height map: its areal parameters (ISO 25178-2), and a picture of its heights
    Surface(SurfaceArguments),
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
