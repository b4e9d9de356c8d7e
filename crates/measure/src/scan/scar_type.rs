//! The three types of atrophic scars.

use serde::Serialize;

/// Types of atrophic acne scars after Jacob 2001 (J Am Acad Dermatol 45:109): what tells them apart is width and wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ScarType {
    /// Narrower than 2 mm, deep, running to a point.
    IcePick,
    /// 1.5 to 4 mm wide with steep walls and a flat floor.
    Boxcar,
    /// Wider than 4 to 5 mm with gentle walls.
    Rolling,
}
