//! Measures an evaluation on a square map of raw 64-bit heights in micrometres, 20 um apart, and prints it as JSON. `bench/run surface` runs it.
//!
//!     timing MAP.f64 SIDE
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout,
    reason = "an example that reads a map and prints"
)]

use cpu_time::ProcessTime;
use resurface_measure::surface::filter::{Filter, Kind};
use resurface_measure::surface::form::{Fit, Form};
use resurface_measure::surface::parameters::Pruning;
use resurface_measure::surface::{Evaluation, HeightMap, Spacing, evaluate};
use resurface_measure::units::Micrometres;
use serde_json::{Map, Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(side)) = (arguments.next(), arguments.next()) else { return Err("timing MAP.f64 SIDE".into()) };
    let bytes = std::fs::read(file)?;
    let heights = bytes.chunks_exact(8).filter_map(|bytes| Some(f64::from_le_bytes(bytes.try_into().ok()?))).collect();
    drop(bytes);
    let map = HeightMap::new(side.parse()?, Spacing::square(Micrometres(20.0)), heights)?;
    let gaussian = |um: f64| Some(Filter { kind: Kind::Gaussian, nesting: Micrometres(um) });
    let chain = Evaluation {
        form: Form::Polynomial { degree: 2, fit: Fit::LeastSquares },
        s: gaussian(80.0),
        l: gaussian(8000.0),
        pruning: Pruning::ShareOfSz(0.05),
    };
    let start = ProcessTime::now();
    let mut begun = Vec::new();
    let evaluated = evaluate(map, &chain, &mut |stage| begun.push((format!("{stage:?}"), start.elapsed())))?;
    let cpu_s = start.elapsed();
    begun.push((String::new(), cpu_s));
    let stages: Map<String, Value> =
        begun.windows(2).map(|pair| (pair[0].0.clone(), json!((pair[1].1 - pair[0].1).as_secs_f64()))).collect();
    let parameters: Map<String, Value> =
        evaluated.parameters.table().into_iter().map(|row| (row.symbol.to_owned(), json!(row.value))).collect();
    println!("{}", json!({"cpu_s": cpu_s.as_secs_f64(), "stages_cpu_s": stages, "peak_mb": peak_mb(), "parameters": parameters}));
    Ok(())
}

/// Largest resident memory, where the system tells it.
fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kb =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok()?;
    Some(kb * 1024.0 / 1e6)
}
