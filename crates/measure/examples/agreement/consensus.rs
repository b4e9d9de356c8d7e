//! Measured surfaces against what other programs compute of them.

use std::fs;
use std::path::{Path, PathBuf};

use resurface_measure::surface::read::{Told, read};
use resurface_measure::surface::{Evaluation, evaluate};
use serde_json::Value;

use super::rows::{Agreement, value};

const NUMPY: &str = "numpy, measured points";
const SURFALIZE: &str = "surfalize 0.19.2";

/// Symbols, tolerances and the program, by the name that it has in the file of reference values.
type Expected = (&'static str, &'static [(&'static str, f64)], &'static str);

const HEIGHTS: &[(&str, f64)] =
    &[("Sa", 5e-9), ("Sq", 5e-9), ("Ssk", 5e-9), ("Sku", 5e-9), ("Sp", 5e-9), ("Sv", 5e-9), ("Sz", 5e-9)];
/// The other program takes heights at whole places of the sorted list, this one between them.
const VOLUMES: &[(&str, f64)] = &[("Vmp", 1e-4), ("Vmc", 1e-4), ("Vvc", 1e-4), ("Vvv", 1e-4)];
/// The other program samples the curve at 10,000 places, and rays of the autocorrelation at 1,000.
const OTHERS: &[(&str, f64)] = &[
    ("Sdq", 5e-9),
    ("Sdr", 5e-9),
    ("Sk", 2e-3),
    ("Spk", 5e-3),
    ("Svk", 5e-3),
    ("Smr1", 5e-3),
    ("Smr2", 5e-3),
    ("Sxp", 1e-4),
    ("Sal", 1e-2),
];

/// Each surface with the programs that computed it as it is, without filling its missing points.
const SURFACES: [(&str, &[Expected]); 4] = [
    (
        "surfacetopography/al3d-1.al3d",
        &[("numpy", HEIGHTS, NUMPY), ("surfalize", HEIGHTS, SURFALIZE), ("surfalize", OTHERS, SURFALIZE)],
    ),
    (
        "surfacetopography/x3p-2.x3p",
        &[
            ("numpy", HEIGHTS, NUMPY),
            ("surfalize", HEIGHTS, SURFALIZE),
            ("masked_valid_only_numpy", VOLUMES, NUMPY),
            ("surfalize", OTHERS, SURFALIZE),
        ],
    ),
    (
        "openfmc/KautschukInfiniteFocus.x3p",
        &[("masked_valid_only_numpy", HEIGHTS, NUMPY), ("masked_valid_only_numpy", VOLUMES, NUMPY)],
    ),
    ("surfacetopography/sur-2.sur", &[("masked_valid_only_numpy", HEIGHTS, NUMPY), ("masked_valid_only_numpy", VOLUMES, NUMPY)]),
];

/// The folder of this crate's samples.
pub(crate) fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

/// A sample by its path among the measured surfaces: here, or beside the repository.
pub(crate) fn sample(path: &str) -> Option<PathBuf> {
    let name = Path::new(path).file_name()?;
    let beside =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared/measure/data/surfaces").join(path));
    std::iter::once(samples().join(name)).chain(beside).find(|path| path.is_file())
}

/// Every agreement, and the surfaces that are not here.
pub(crate) fn consensus() -> (Vec<Agreement>, Vec<&'static str>) {
    let text =
        fs::read_to_string(samples().join("reference_values.json")).expect("the reference values are a file of the repository");
    let reference: Value = serde_json::from_str(&text).expect("they are JSON");
    let (mut agreements, mut absent) = (Vec::new(), Vec::new());
    for (path, expected) in SURFACES {
        let Some(file) = sample(path) else {
            absent.push(path);
            continue;
        };
        let bytes = fs::read(file).expect("it was there a moment ago");
        let map = read(&bytes, &Told::default()).and_then(|read| read.into_map()).expect("the sample is whole");
        let found = evaluate(map, &Evaluation::default(), &mut |_| ()).expect("the sample can be evaluated").parameters;
        for (program, symbols, source) in expected {
            for (symbol, tolerance) in *symbols {
                let expected = reference[path][program][symbol].as_f64().expect("the program computed it");
                agreements.push(Agreement {
                    surface: path.to_owned(),
                    symbol,
                    found: value(&found, symbol),
                    expected,
                    tolerance: *tolerance,
                    source,
                });
            }
        }
    }
    (agreements, absent)
}
