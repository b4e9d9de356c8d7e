//! Formats of files.

use std::fmt;

use serde::Serialize;

/// Formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Format {
    /// X3P, ISO 25178-72 (before: ISO 5436-2).
    X3p,
    /// SUR of Digital Surf.
    Sur,
    /// AL3D of Alicona.
    Al3d,
    /// Numbers as text: a grid, or three columns for x, y and z.
    Text,
    /// PLY of Stanford, as text or binary.
    Ply,
    /// OBJ of Wavefront.
    Obj,
    /// STL of 3D Systems, as text or binary.
    Stl,
    /// GLB: glTF 2.0 (ISO/IEC 12113) in one file.
    Glb,
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::X3p => "X3P",
            Self::Sur => "SUR",
            Self::Al3d => "AL3D",
            Self::Text => "text",
            Self::Ply => "PLY",
            Self::Obj => "OBJ",
            Self::Stl => "STL",
            Self::Glb => "GLB",
        })
    }
}
