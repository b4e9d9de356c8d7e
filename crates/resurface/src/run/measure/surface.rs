//! `resurface measure surface`: a height map to its areal parameters.

use resurface_measure::Error;
use resurface_measure::limits::FILE_BYTES_MAX;
use resurface_measure::surface::filter::{Filter, Kind};
use resurface_measure::surface::form::{Fit, Form as SurfaceForm};
use resurface_measure::surface::parameters::{Pruning, Row};
use resurface_measure::surface::read::{Format, Told, read};
use resurface_measure::surface::{CHAIN, Evaluated, Evaluation, HeightMap, Spacing, Stage, evaluate};
use resurface_measure::units::{LengthUnit, Micrometres};
use serde::Serialize;

use super::name_of;
use crate::arguments::{FilterOption, SurfaceArguments, UnitOption};
use crate::ending::{Answer, Exit, Failure};
use crate::envelope;
use crate::files;
use crate::pages;
use crate::progress::Progress;
use crate::request::{Form, Request};

/// Points from which on it takes long enough to say how far it is.
const LONG_POINTS_MIN: usize = 1 << 20;

/// What was measured, and how.
#[derive(Serialize)]
pub(crate) struct SurfaceAnswer {
    program: &'static str,
    input_sha256: String,
    /// Name of the file, without its folder.
    pub(crate) file: String,
    /// Its format.
    pub(crate) format: Format,
    /// Points of a row.
    pub(crate) columns: usize,
    /// Rows.
    pub(crate) rows: usize,
    /// How far apart they are.
    pub(crate) spacing: Spacing,
    /// Points that the file has measured.
    pub(crate) measured: usize,
    /// Points that are left after the filters.
    pub(crate) left: usize,
    chain_version: &'static str,
    /// Operators in their order.
    pub(crate) chain: Evaluation,
    /// Pruning height that was used.
    pub(crate) pruning_um: f64,
    /// Every parameter.
    pub(crate) parameters: Vec<Row>,
}

/// Evaluates the height map of a file.
pub(crate) fn surface(request: &Request, typed: &SurfaceArguments) -> Result<Answer, Failure> {
    let bytes = files::read_bytes(&typed.file, FILE_BYTES_MAX)?;
    let told = Told { unit: typed.unit.map(unit), spacing: typed.spacing.map(|um| Spacing::square(Micrometres(um))) };
    let name = name_of(&typed.file);
    let failed = |error: Error| failure(&name, &error);
    let found = read(&bytes, &told).map_err(failed)?;
    let input_sha256 = envelope::sha256(&bytes);
    drop(bytes);
    let format = found.format;
    let map = found.into_map().map_err(failed)?;
    let (columns, rows, spacing, measured) = (map.columns(), map.rows(), map.spacing(), map.measured());
    let chain = chain(typed);
    let Evaluated { map, parameters } = evaluated(map, &chain).map_err(failed)?;
    let answer = SurfaceAnswer {
        program: env!("CARGO_PKG_VERSION"),
        input_sha256,
        file: name.clone(),
        format,
        columns,
        rows,
        spacing,
        measured,
        left: map.measured(),
        chain_version: CHAIN,
        chain,
        pruning_um: parameters.feature.pruning_um,
        parameters: parameters.table(),
    };
    if let Some(path) = &typed.svg {
        files::write(path, &pages::height_map::svg(&map, &answer)?)?;
    }
    let page = match request.form {
        Form::Page => pages::surface::page(&answer, request.look),
        Form::Json => envelope::write_plain("resurface.surface/1", &answer)?,
    };
    let page = Answer::page(page);
    Ok(match &typed.svg {
        Some(path) => page.remark(format!("picture of the heights written to {}", path.display())),
        None => page,
    })
}

fn chain(typed: &SurfaceArguments) -> Evaluation {
    let kind = match typed.filter {
        FilterOption::Gaussian => Kind::Gaussian,
        FilterOption::Spline => Kind::Spline,
        FilterOption::Robust => Kind::RobustGaussian,
    };
    let filter = |um: f64| Filter { kind, nesting: Micrometres(um) };
    let fit = if typed.robust_form { Fit::Robust } else { Fit::LeastSquares };
    let usual = Evaluation::default();
    Evaluation {
        form: match typed.form {
            0 => SurfaceForm::Level,
            degree => SurfaceForm::Polynomial { degree, fit },
        },
        s: typed.s_filter.map(filter),
        l: typed.l_filter.map(filter),
        pruning: typed.prune.map_or(usual.pruning, |um| Pruning::Absolute(Micrometres(um))),
    }
}

fn evaluated(map: HeightMap, chain: &Evaluation) -> Result<Evaluated, Error> {
    let is_long = map.heights_um().len() >= LONG_POINTS_MIN;
    let progress = Progress::new("surface");
    let mut done = 0;
    let result = evaluate(map, chain, &mut |stage| {
        if is_long {
            progress.count(stage_words(stage), done, Stage::ALL.len() as u64);
        }
        done += 1;
    });
    progress.end();
    result
}

const fn stage_words(stage: Stage) -> &'static str {
    match stage {
        Stage::Form => "stages done, form is next",
        Stage::SFilter => "stages done, S-filter is next",
        Stage::LFilter => "stages done, L-filter is next",
        Stage::Heights => "stages done, heights are next",
        Stage::Spatial => "stages done, autocorrelation is next",
        Stage::Features => "stages done, hills and dales are next",
    }
}

const fn unit(typed: UnitOption) -> LengthUnit {
    match typed {
        UnitOption::Nm => LengthUnit::Nanometre,
        UnitOption::Um => LengthUnit::Micrometre,
        UnitOption::Mm => LengthUnit::Millimetre,
        UnitOption::M => LengthUnit::Metre,
    }
}

fn failure(name: &str, error: &Error) -> Failure {
    let (exit, hint) = match error {
        Error::UnitNotSaid { .. } => (Exit::NotSaid, "say in which unit its heights are: --unit nm, um, mm or m"),
        Error::SpacingNotSaid { .. } => (Exit::NotSaid, "say how far apart its points are, in um: --spacing 20"),
        Error::SaidByTheFile { .. } => (Exit::InputFaults, "leave --unit and --spacing out"),
        Error::UnknownFormat => (Exit::InputFaults, "export the surface as X3P from the program of the instrument"),
        Error::NestingIndex { .. } | Error::NestingOrder { .. } => {
            (Exit::NotMeasurable, "a nesting index is at least two points long, and at most as long as the shorter side")
        }
        Error::IsAProfile { .. } | Error::NotAGrid { .. } | Error::NotOneSurface { .. } => {
            (Exit::NotMeasurable, "export one surface with heights on a regular grid")
        }
        Error::TooFewPoints { .. } | Error::FormUndetermined { .. } | Error::NoSpread { .. } => {
            (Exit::NotMeasurable, "choose a simpler form or filter, or measure a larger field")
        }
        _ => (Exit::InputFaults, "export the file again from the program of the instrument, as X3P where it can"),
    };
    Failure::new(exit, format!("{name}: {error}")).hint(hint)
}
