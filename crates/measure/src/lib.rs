//! Surfaces of skin to numbers with their method and their error. Bytes in, numbers out: no files, clock, environment or
//! chance.
//!
//! # Intended use of this room
//! It describes a measured surface by areal parameters of ISO 25178-2. It makes no diagnosis and no decision; a number enters a
//! chart only when a practitioner accepts it.
//!
//! # Example
//! ```
//! use resurface_measure::surface::read::{Told, read};
//! use resurface_measure::surface::{Evaluation, evaluate};
//! use resurface_measure::units::{LengthUnit, Micrometres};
//! use resurface_measure::surface::Spacing;
//!
//! // four lines of numbers say neither their unit nor how far apart they are: somebody has to
//! let told = Told { unit: Some(LengthUnit::Micrometre), spacing: Some(Spacing::square(Micrometres(20.0))) };
//! let text = b"0 1 0 1\n1 0 1 0\n0 1 0 1\n1 0 1 0\n";
//! let map = read(text, &told)?.into_map()?;
//! let evaluated = evaluate(map, &Evaluation::default(), &mut |_| ())?;
//! assert!((evaluated.parameters.height.sq_um - 0.5).abs() < 1e-12);
//! # Ok::<(), resurface_measure::Error>(())
//! ```

mod error;
mod format;
pub mod limits;
pub mod photo;
pub mod phantom;
pub mod quantity;
pub mod scan;
pub mod surface;
pub mod units;

pub use error::Error;
pub use format::Format;
