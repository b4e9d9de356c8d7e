//! How well repeated captures of one thing agree: what a clinic learns about its own instrument from captures that it repeats.
//!
//! Several subjects (a patient, a zone, a scar) are captured twice or more on one day, the instrument put down in between. What differs is
//! the measurement error, and a change between two visits has to be larger than it.
//!
//! ```
//! use resurface_measure::repeatability::repeatability;
//!
//! let depths_mm = [vec![0.31, 0.35], vec![0.52, 0.48], vec![0.40, 0.41], vec![0.22, 0.27]];
//! let found = repeatability(&depths_mm)?;
//! assert!(found.smallest_change.value > 0.05 && found.smallest_change.low < found.smallest_change.value);
//! # Ok::<(), resurface_measure::Error>(())
//! ```

use serde::Serialize;
use statrs::distribution::{ChiSquared, ContinuousCDF, FisherSnedecor, StudentsT};

use crate::Error;

/// A number with its interval of 95 % confidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
}

/// How well repeated captures agree; in the unit of what was captured, except for the correlation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Repeatability {
    /// Subjects with at least two captures.
    pub subjects: usize,
    /// Captures of all of them.
    pub captures: usize,
    /// Mean of all captures.
    pub mean: f64,
    /// Standard deviation within subjects, Sw.
    pub within_subject_sd: Estimate,
    /// The change between two visits that 95 % of repeats without any stay within: 1.96 sqrt(2) Sw (Bland and Altman 1996, BMJ 313:744).
    pub smallest_change: Estimate,
    /// Intraclass correlation for absolute agreement of single captures; nothing where it cannot be told.
    pub correlation: Option<Estimate>,
    /// Bland-Altman analysis, where there are two captures of each subject.
    pub agreement: Option<Agreement>,
}

/// Bland-Altman analysis of two captures (Bland and Altman 1986, Lancet 327:307; 1999, Stat Methods Med Res 8:135).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// Mean of the first less the second capture.
    pub bias: Estimate,
    /// Standard deviation of those differences.
    pub sd: f64,
    /// Lower limit of agreement: bias less 1.96 standard deviations.
    pub lower_limit: Estimate,
    /// Upper limit of agreement.
    pub upper_limit: Estimate,
    /// For each subject the mean of both captures, and the first less the second: the points of the plot.
    pub points: Vec<[f64; 2]>,
}

/// Half of the normal distribution's middle 95 %, in standard deviations.
const NORMAL_95: f64 = 1.96;
/// Ends of the middle 95 % of any distribution.
const TAILS: [f64; 2] = [0.025, 0.975];

/// How well repeated captures agree. Each row is one subject, each column one capture, in the order in which they were taken; a capture
/// that is missing is NaN. The correlation and the plot are of the subjects of whom none is missing.
///
/// # Errors
/// Rows of unlike length, no subject with two captures, and captures that are all exactly alike: those are copies.
pub fn repeatability(rows: &[Vec<f64>]) -> Result<Repeatability, Error> {
    let columns = rows.first().map_or(0, Vec::len);
    if let Some(at) = rows.iter().position(|row| row.len() != columns) {
        return Err(Error::UnevenCaptures { subject: at + 1, expected: columns, found: rows[at].len() });
    }
    if let Some(at) = rows.iter().position(|row| row.iter().any(|capture| capture.is_infinite())) {
        return Err(Error::CaptureNotFinite { subject: at + 1 });
    }
    let taken = |row: &Vec<f64>| -> Vec<f64> { row.iter().copied().filter(|capture| !capture.is_nan()).collect() };
    let repeated: Vec<Vec<f64>> = rows.iter().map(taken).filter(|captures| captures.len() > 1).collect();
    let captures: usize = repeated.iter().map(Vec::len).sum();
    // One-way analysis of variance: subjects may have unlike numbers of captures.
    let freedom = (captures - repeated.len()) as f64;
    if freedom == 0.0 {
        return Err(Error::NothingRepeated);
    }
    let within: f64 = repeated.iter().map(|captures| squares(captures)).sum();
    if within == 0.0 {
        return Err(Error::CapturesAlike);
    }
    let within_subject_sd = of_variance(within / freedom, freedom).ok_or(Error::NothingRepeated)?;
    let complete: Vec<&[f64]> =
        rows.iter().filter(|row| row.iter().all(|capture| !capture.is_nan())).map(Vec::as_slice).collect();
    Ok(Repeatability {
        subjects: repeated.len(),
        captures,
        mean: mean(&repeated.concat()),
        within_subject_sd,
        smallest_change: within_subject_sd.times(NORMAL_95 * std::f64::consts::SQRT_2),
        correlation: correlation(&complete),
        agreement: (columns == 2).then(|| agreement(&complete)).flatten(),
    })
}

impl Estimate {
    fn times(self, by: f64) -> Self {
        Self { value: self.value * by, low: self.low * by, high: self.high * by }
    }

    fn around(value: f64, half: f64) -> Self {
        Self { value, low: value - half, high: value + half }
    }
}

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

/// Sum of squared distances from the mean.
fn squares(numbers: &[f64]) -> f64 {
    let mean = mean(numbers);
    numbers.iter().map(|number| (number - mean) * (number - mean)).sum()
}

/// The standard deviation of a variance, with the interval that the chi-square distribution gives it.
fn of_variance(variance: f64, freedom: f64) -> Option<Estimate> {
    let spread = ChiSquared::new(freedom).ok()?;
    let [low, high] = TAILS.map(|tail| (variance * freedom / spread.inverse_cdf(1.0 - tail)).sqrt());
    Some(Estimate { value: variance.sqrt(), low, high })
}

/// ICC(A,1) of McGraw and Wong 1996 (Psychol Methods 1:30), case 2A: subjects and captures by chance; the ICC(2,1) of Shrout and Fleiss
/// 1979 (Psychol Bull 86:420). Its interval is that of their table 7.
fn correlation(rows: &[&[f64]]) -> Option<Estimate> {
    let subjects = rows.len();
    let captures = rows.first()?.len();
    if subjects < 2 || captures < 2 {
        return None;
    }
    let (n, k) = (subjects as f64, captures as f64);
    let of_subjects: Vec<f64> = rows.iter().map(|row| mean(row)).collect();
    let of_captures: Vec<f64> = (0..captures).map(|at| rows.iter().map(|row| row[at]).sum::<f64>() / n).collect();
    let grand = mean(&of_subjects);
    let residual = |row: usize, column: usize| rows[row][column] - of_subjects[row] - of_captures[column] + grand;
    let residuals = (0..subjects).flat_map(|row| (0..captures).map(move |column| residual(row, column)));
    let between_subjects = k * squares(&of_subjects) / (n - 1.0);
    let between_captures = n * squares(&of_captures) / (k - 1.0);
    let error = residuals.map(|left| left * left).sum::<f64>() / ((n - 1.0) * (k - 1.0));

    let all = between_subjects + (k - 1.0) * error + k / n * (between_captures - error);
    let value = (between_subjects - error) / all;
    let a = k * value / (n * (1.0 - value));
    let b = 1.0 + k * value * (n - 1.0) / (n * (1.0 - value));
    let (by_captures, by_error) = (a * between_captures, b * error);
    let freedom = (by_captures + by_error) * (by_captures + by_error)
        / (by_captures * by_captures / (k - 1.0) + by_error * by_error / ((n - 1.0) * (k - 1.0)));
    let upper = |first: f64, second: f64| Some(FisherSnedecor::new(first, second).ok()?.inverse_cdf(TAILS[1]));
    let (for_low, for_high) = (upper(n - 1.0, freedom)?, upper(freedom, n - 1.0)?);
    let rest = k * between_captures + (k * n - k - n) * error;
    let low = n * (between_subjects - for_low * error) / (for_low * rest + n * between_subjects);
    let high = n * (for_high * between_subjects - error) / (rest + n * for_high * between_subjects);
    [value, low, high].iter().all(|number| number.is_finite()).then_some(Estimate { value, low, high })
}

fn agreement(rows: &[&[f64]]) -> Option<Agreement> {
    let n = rows.len() as f64;
    let points: Vec<[f64; 2]> = rows.iter().map(|row| [(row[0] + row[1]) / 2.0, row[0] - row[1]]).collect();
    let differences: Vec<f64> = points.iter().map(|point| point[1]).collect();
    let t = StudentsT::new(0.0, 1.0, n - 1.0).ok()?.inverse_cdf(TAILS[1]);
    let (bias, sd) = (mean(&differences), (squares(&differences) / (n - 1.0)).sqrt());
    // Standard error of a limit: sqrt(3 sd^2 / n), in close approximation.
    let limit = |sign: f64| Estimate::around(bias + sign * NORMAL_95 * sd, t * sd * (3.0 / n).sqrt());
    Some(Agreement {
        bias: Estimate::around(bias, t * sd / n.sqrt()),
        sd,
        lower_limit: limit(-1.0),
        upper_limit: limit(1.0),
        points,
    })
}
