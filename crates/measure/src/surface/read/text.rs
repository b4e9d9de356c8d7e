//! Numbers as text: a grid, one row to a line, or three columns for x, y and z.
//!
//! Numbers stand between commas, semicolons, tabs or blanks. With semicolons or tabs a comma is a decimal comma. Lines that begin with
//! `#` are remarks; `Width`, `Height` and `Value units`, as Gwyddion writes them, are understood. Missing points: nothing between
//! two separators, `NaN`, `NA`, `-`, `***`, `BAD`. A first line of words is a heading and left out.

use super::{Format, Told};
use crate::Error;
use crate::limits::POINTS_MAX;
use crate::surface::{HeightMap, Measured, PointCloud, Spacing};
use crate::units::{LengthUnit, Micrometres};

const FORMAT: Format = Format::Text;
/// Lines of three numbers from which on they are x, y and z and no grid of three columns.
const POINT_LINES_MIN: usize = 4;

#[derive(Default)]
struct Grid {
    columns: usize,
    numbers: Vec<f64>,
    remarks: Remarks,
}

/// What remarks say.
#[derive(Default)]
struct Remarks {
    width_um: Option<f64>,
    height_um: Option<f64>,
    value_unit: Option<LengthUnit>,
}

pub(super) fn read(bytes: &[u8], told: &Told) -> Result<Measured, Error> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let grid = Grid::of(bytes)?;
    let rows = grid.numbers.len() / grid.columns.max(1);
    if grid.numbers.is_empty() {
        return Err(Error::UnknownFormat);
    }
    let unit = match (grid.remarks.value_unit, told.unit) {
        (Some(_), Some(_)) => return Err(Error::SaidByTheFile { format: FORMAT }),
        (said, told) => said.or(told).ok_or(Error::UnitNotSaid { format: FORMAT })?,
    };
    let um = |numbers: Vec<f64>| -> Vec<f64> { numbers.into_iter().map(|number| number * unit.micrometres()).collect() };
    if grid.columns == 3 && rows >= POINT_LINES_MIN {
        let column = |at: usize| um(grid.numbers.iter().skip(at).step_by(3).copied().collect());
        return Ok(Measured::Cloud(PointCloud { x_um: column(0), y_um: column(1), z_um: column(2) }));
    }
    let said = grid.remarks.spacing(grid.columns, rows);
    let spacing = match (said, told.spacing) {
        (Some(_), Some(_)) => return Err(Error::SaidByTheFile { format: FORMAT }),
        (said, told) => said.or(told).ok_or(Error::SpacingNotSaid { format: FORMAT })?,
    };
    HeightMap::new(grid.columns, spacing, um(grid.numbers)).map(Measured::Map)
}

impl Grid {
    fn of(bytes: &[u8]) -> Result<Self, Error> {
        let mut grid = Self::default();
        let mut separator = None;
        for (at, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
            let line_number = at as u64 + 1;
            let line = std::str::from_utf8(line).map_err(|_| Error::NotText { line: line_number })?.trim_end_matches('\r');
            if let Some(remark) = line.trim_start().strip_prefix('#') {
                grid.remarks.understand(remark);
            } else if !line.trim().is_empty() {
                let separator = *separator.get_or_insert_with(|| Separator::of(line));
                grid.line(line, separator, line_number)?;
            }
        }
        Ok(grid)
    }

    fn line(&mut self, line: &str, separator: Separator, at: u64) -> Result<(), Error> {
        let before = self.numbers.len();
        for word in separator.split(line) {
            match number(word, separator) {
                Some(number) => self.numbers.push(number),
                // A heading, once.
                None if self.columns == 0 && before == 0 && !word.starts_with(|sign: char| sign.is_ascii_digit()) => {
                    self.numbers.clear();
                    return Ok(());
                }
                None => return Err(Error::NotANumber { line: at, found: word.chars().take(40).collect() }),
            }
        }
        // A separator at the end of a line ends it, unless a missing point has to stand there.
        let found = self.numbers.len() - before;
        if separator.ends(line) && found > 1 && (self.columns == 0 || found == self.columns + 1) {
            self.numbers.pop();
        }
        let found = self.numbers.len() - before;
        if self.columns == 0 {
            self.columns = found;
        }
        if found != self.columns {
            return Err(Error::UnevenLines { line: at, expected: self.columns, found });
        }
        if self.numbers.len() as u64 > POINTS_MAX {
            return Err(Error::TooLarge { what: "points", size: self.numbers.len() as u64, limit: POINTS_MAX });
        }
        Ok(())
    }
}

impl Remarks {
    fn understand(&mut self, remark: &str) {
        let Some((name, value)) = remark.split_once(':') else { return };
        let length = || -> Option<f64> {
            let (number, unit) = value.trim().split_once(char::is_whitespace)?;
            Some(number.parse::<f64>().ok()? * LengthUnit::named(unit)?.micrometres())
        };
        match name.trim().to_ascii_lowercase().as_str() {
            "width" => self.width_um = length(),
            "height" => self.height_um = length(),
            "value units" => self.value_unit = LengthUnit::named(value),
            _ => {}
        }
    }

    /// Gwyddion counts a width from the outer edge of the first point to that of the last.
    fn spacing(&self, columns: usize, rows: usize) -> Option<Spacing> {
        let (width, height) = (self.width_um?, self.height_um?);
        Some(Spacing { x: Micrometres(width / columns as f64), y: Micrometres(height / rows as f64) })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Separator {
    Semicolon,
    Tab,
    Comma,
    Blank,
}

impl Separator {
    fn of(line: &str) -> Self {
        match line {
            line if line.contains(';') => Self::Semicolon,
            line if line.contains('\t') => Self::Tab,
            line if line.contains(',') => Self::Comma,
            _ => Self::Blank,
        }
    }

    const fn sign(self) -> Option<char> {
        match self {
            Self::Semicolon => Some(';'),
            Self::Tab => Some('\t'),
            Self::Comma => Some(','),
            Self::Blank => None,
        }
    }

    fn split(self, line: &str) -> Box<dyn Iterator<Item = &str> + '_> {
        match self.sign() {
            Some(sign) => Box::new(line.split(sign).map(str::trim)),
            None => Box::new(line.split_ascii_whitespace()),
        }
    }

    fn ends(self, line: &str) -> bool {
        self.sign().is_some_and(|sign| line.ends_with(sign))
    }
}

fn number(word: &str, separator: Separator) -> Option<f64> {
    if matches!(word, "" | "-" | "***" | "NaN" | "nan" | "NAN" | "NA" | "N/A" | "BAD" | "Bad" | "bad") {
        return Some(f64::NAN);
    }
    let decimal_comma = matches!(separator, Separator::Semicolon | Separator::Tab) && word.contains(',');
    let parsed: Option<f64> = if decimal_comma { word.replace(',', ".").parse().ok() } else { word.parse().ok() };
    parsed.filter(|number| number.is_finite())
}
