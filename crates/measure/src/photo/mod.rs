//! Photographs: what changed on the skin between two of them.

mod align;
mod colour;
mod compare;
mod error;
mod laid;
mod map;
mod numbers;
mod overview;
mod photograph;
mod plane;
mod quality;
mod read;
mod settings;
mod skin;

pub use align::Alignment;
pub use colour::{Lab, SkinColour, ciede2000, individual_typology_angle, lab_of, linear_of};
pub use compare::{
    Capture, Change, ColourDifference, ColourMode, Comparison, METHODS_VERSION, Measurement, Number, Stage, ZoneCompared,
    ZoneMeasured, compare, measure,
};
pub use error::{Error, Which};
pub use map::{ChangeMap, MapKind};
pub use numbers::{Kind, Outcome, Withheld};
pub use photograph::Photograph;
pub use quality::{Code, Finding, Quality, Weight};
pub use read::{Camera, Format, ProfileUsed, read};
pub use settings::{Card, Repeatability, Scale, Settings, Zone};
