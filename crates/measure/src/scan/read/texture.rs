//! Pictures that lie on a scan.

/// Where each corner of each triangle lies in the picture of a scan.
#[derive(Clone, Debug, PartialEq)]
pub struct Texture {
    /// For the three corners of each triangle: to the right and down from the upper left corner of the picture, as shares of its sides
    /// (as glTF counts).
    pub coordinates: Vec<[[f32; 2]; 3]>,
    /// The picture.
    pub picture: Picture,
}

/// A picture of a scan, or where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    /// In the file.
    Embedded {
        /// Its bytes, not decoded.
        bytes: Vec<u8>,
        /// Its type (`image/jpeg`, `image/png`), where the file says it.
        media_type: Option<String>,
    },
    /// A file of this name beside the scan.
    Named(String),
    /// Named in a file of materials beside the scan: [`picture_of_material`] finds it there.
    InMaterials {
        /// Name of the file of materials.
        file: String,
        /// Name of the material in it.
        material: Option<String>,
    },
}

/// The name of the picture (`map_Kd`) of a material in the file of materials (MTL) of an OBJ file; of the first material where none is
/// named.
#[must_use]
pub fn picture_of_material(materials: &[u8], material: Option<&str>) -> Option<String> {
    let text = String::from_utf8_lossy(materials);
    let mut is_wanted = material.is_none();
    for line in text.lines() {
        let (word, rest) = line.trim().split_once([' ', '\t']).unwrap_or_default();
        match word {
            "newmtl" => is_wanted = material.is_none_or(|name| name == rest.trim()),
            // Options begin with a minus and stand before the name; a name without them may have blanks.
            "map_Kd" if is_wanted => {
                let rest = rest.trim();
                let name = if rest.starts_with('-') { rest.rsplit([' ', '\t']).next()? } else { rest };
                return Some(name.to_owned());
            }
            _ => {}
        }
    }
    None
}
