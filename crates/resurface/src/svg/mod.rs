//! Figures as SVG: own scales and marks, no scripts, system fonts, readable in grey and by a screen reader.
//!
//! A figure takes numbers and words and knows nothing of where they come from. Meaning is carried by shape, pattern and
//! position; shades only repeat it.

mod document;
mod forecast_figure;
mod forest_plot;
mod scale;

pub(crate) use forecast_figure::{CurvePoint, ForecastFigure, Observed, Seen, SessionMark, Timing};
pub(crate) use forest_plot::{ForestGroup, ForestPlot, ForestStudy, Judged, Pooled};
