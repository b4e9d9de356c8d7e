//! Figures of forecasts, trials and outcomes: own scales and marks, readable in grey and by a screen reader.
//!
//! A figure takes numbers and words and becomes a [`Drawing`]: marks with places on a sheet. A page gets it as SVG without
//! scripts and with system fonts; a document draws the same marks. Meaning is carried by shape, pattern and position; shades
//! only repeat it. The sheet is white on a dark page too.
//!
//! ```
//! use resurface_figure::{DotRow, Emphasis, IntervalDots};
//! use resurface_words::{Language, Words};
//!
//! let figure = IntervalDots {
//!     title: "Outcomes by scar type".to_owned(),
//!     description: "Rolling scars: median 48 percent better.".to_owned(),
//!     columns: vec!["patients".to_owned()],
//!     rows: vec![DotRow {
//!         label: "rolling".to_owned(),
//!         cells: vec!["23".to_owned()],
//!         median: 48.0,
//!         eighty: Some((22.0, 70.0)),
//!         ninety_five: None,
//!         emphasis: Emphasis::Plain,
//!     }],
//!     goal_percent: None,
//!     notes: Vec::new(),
//! };
//! let svg = figure.svg("by-type", Words::of(Language::English));
//! assert!(svg.contains("<title id=\"by-type-title\">Outcomes by scar type</title>"));
//! ```

mod courses;
mod drawing;
mod forecast_figure;
mod forest_plot;
mod ink;
mod interval_dots;
mod keys;
mod of_plan;
mod scale;
mod svg;
mod whisker;

pub use drawing::{Anchor, Colour, Drawing, Mark, Place, Stroke, Type, Weight};
pub use forecast_figure::{CurvePoint, ForecastFigure, Observed, Seen, SessionMark, Timing};
pub use forest_plot::{ForestGroup, ForestPlot, ForestStudy, Judged, Pooled};
pub use interval_dots::{DotRow, Emphasis, IntervalDots};
pub use of_plan::{decision_text, judged_error_percent};
pub use scale::Scale;
