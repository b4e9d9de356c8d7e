//! X3P: a zip archive of a description (`main.xml`) and, unless the points stand in the description, of their bytes.
//!
//! ISO 25178-72, before that ISO 5436-2. What is read: surfaces, profiles and point lists; points in the description or in binary;
//! incremental and absolute axes; 16- and 32-bit whole and 32- and 64-bit floating numbers; missing points as an empty element, as
//! no number, or marked in the file of valid points; archives whose files lie in a folder; checksums, where there are any.
//!
//! Coordinates are metres. A whole number counts increments: `offset + number x increment`; a floating one is the coordinate
//! less the offset, as the schema of openGPS says, whatever increment stands beside it.

mod archive;
mod description;
mod points;

pub(in crate::surface) use archive::md5_of;

use crate::Error;
use crate::surface::Measured;

pub(super) const FORMAT: super::Format = super::Format::X3p;

pub(super) fn read(bytes: &[u8]) -> Result<Measured, Error> {
    let mut archive = archive::Archive::open(bytes)?;
    let xml = archive.description()?;
    let (record, listed) = description::parse(&xml)?;
    drop(xml);
    points::measured(&record, listed, &mut archive)
}
