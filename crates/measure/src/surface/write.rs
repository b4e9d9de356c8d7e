//! Writing X3P (ISO 25178-72): heights as 64-bit numbers in metres, missing points as no number, checksums of everything. The same map
//! gives the same bytes.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::HeightMap;
use super::read::md5_of;
use crate::Error;

const POINTS: &str = "bindata/data.bin";
const MICROMETRE_M: f64 = 1e-6;

/// Who and what made a file, as the format wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Provenance<'a> {
    /// When it was measured: `2026-11-20T10:15:00`.
    pub date: &'a str,
    /// What measured it.
    pub instrument: &'a str,
    /// Version of the program that writes.
    pub version: &'a str,
}

/// Writes a map.
///
/// # Errors
/// [`Error::Archive`] where the archive cannot hold it.
pub fn x3p(map: &HeightMap, provenance: Provenance<'_>) -> Result<Vec<u8>, Error> {
    let points: Vec<u8> = map.heights_um().iter().flat_map(|height| (height * MICROMETRE_M).to_le_bytes()).collect();
    let description = description(map, provenance, &md5_of(&points));
    let checksum = format!("{} *main.xml\n", md5_of(description.as_bytes()));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default());
    for (name, bytes) in
        [(POINTS, points.as_slice()), ("main.xml", description.as_bytes()), ("md5checksum.hex", checksum.as_bytes())]
    {
        let written = zip.start_file(name, options).and_then(|()| zip.write_all(bytes).map_err(Into::into));
        written.map_err(|error| Error::Archive { reason: error.to_string() })?;
    }
    let bytes = zip.finish().map_err(|error| Error::Archive { reason: error.to_string() })?;
    Ok(bytes.into_inner())
}

fn description(map: &HeightMap, provenance: Provenance<'_>, md5: &str) -> String {
    let [date, instrument, version] =
        [provenance.date, provenance.instrument, provenance.version].map(|text| quick_xml::escape::escape(text).into_owned());
    let (x, y) = (map.spacing().x.0 * MICROMETRE_M, map.spacing().y.0 * MICROMETRE_M);
    let (columns, rows) = (map.columns(), map.rows());
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<p:ISO5436_2 xmlns:p="http://www.opengps.eu/2008/ISO5436_2">
  <Record1>
    <Revision>ISO5436 - 2000</Revision>
    <FeatureType>SUR</FeatureType>
    <Axes>
      <CX><AxisType>I</AxisType><DataType>D</DataType><Increment>{x:e}</Increment><Offset>0</Offset></CX>
      <CY><AxisType>I</AxisType><DataType>D</DataType><Increment>{y:e}</Increment><Offset>0</Offset></CY>
      <CZ><AxisType>A</AxisType><DataType>D</DataType><Increment>1</Increment><Offset>0</Offset></CZ>
    </Axes>
  </Record1>
  <Record2>
    <Date>{date}</Date>
    <Instrument><Manufacturer>N/A</Manufacturer><Model>{instrument}</Model><Serial>N/A</Serial><Version>{version}</Version></Instrument>
    <CalibrationDate>{date}</CalibrationDate>
    <ProbingSystem><Type>Software</Type><Identification>resurface</Identification></ProbingSystem>
  </Record2>
  <Record3>
    <MatrixDimension><SizeX>{columns}</SizeX><SizeY>{rows}</SizeY><SizeZ>1</SizeZ></MatrixDimension>
    <DataLink><PointDataLink>{POINTS}</PointDataLink><MD5ChecksumPointData>{md5}</MD5ChecksumPointData></DataLink>
  </Record3>
  <Record4><ChecksumFile>md5checksum.hex</ChecksumFile></Record4>
</p:ISO5436_2>
"#
    )
}
