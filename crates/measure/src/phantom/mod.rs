//! Phantoms: surfaces made by a seed, with scars of which everything is known. What a measurement finds on them is held against the truth.
//!
//! A [`Skin`] is what there is: a smooth base, a texture and pits. A [`Capture`] is how an instrument sees it: points and triangles, noise,
//! blur, holes, pose and a face that is not held quite alike. Two captures of one skin are two visits without any change;
//! [`Skin::treated`] is the same skin with pits changed by a known share.
//!
//! ```
//! use resurface_measure::phantom::{Base, Capture, Count, Skin};
//!
//! let before = Skin::scarred(7, Base::Face, [60.0, 75.0], &Count { ice_picks: 4, boxcars: 3, rolling: 2 })?;
//! let after = before.treated(|pit| 0.7 * pit.depth_mm);
//! let scan = Capture { spacing_mm: 1.0, white_noise_mm: 0.03, seed: 1, ..Capture::default() };
//! let (first, second) = (scan.of(&before)?, Capture { seed: 2, ..scan }.of(&after)?);
//! let volume = |scars: &[resurface_measure::phantom::Scar]| scars.iter().map(|scar| scar.volume_mm3).sum::<f64>();
//! assert!(!first.mesh.triangles.is_empty());
//! assert!(volume(&second.scars) < volume(&first.scars));
//! # Ok::<(), resurface_measure::Error>(())
//! ```

mod base;
mod blur;
mod capture;
mod chance;
mod pit;
mod pose;
mod relief;
mod skin;
mod tessellation;

pub use base::{Base, Frame};
pub use capture::{Capture, Phantom, Scar};
pub use pit::{Pit, Shape};
pub use pose::{Motion, Warp};
pub use relief::Relief;
pub use skin::{Count, Skin};
pub use tessellation::{Holes, Tessellation};
