//! Files made for a test: the smallest that say what the test needs.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Sixteen heights of the official samples of ISO 5436-2, in metres; the eighth is missing.
pub(crate) const OFFICIAL: [f64; 16] = [
    0.486219120804151,
    0.00346341436648013,
    -0.80836857168283,
    -0.579793099037002,
    0.85762202739331,
    1.04759602566142,
    1.01879225277798,
    f64::NAN,
    0.823683772970184,
    0.797872489327661,
    -0.557459388341694,
    -0.23324785884922,
    0.675397146760858,
    0.420737549074718,
    0.64206924811095,
    -0.215696638464903,
];

/// An archive of these files.
pub(crate) fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// What a description says.
#[derive(Clone)]
pub(crate) struct Description {
    pub(crate) feature: &'static str,
    /// Axis type, data type, increment and offset of x, y and z.
    pub(crate) axes: [(&'static str, &'static str, &'static str, &'static str); 3],
    pub(crate) size: String,
    pub(crate) points: String,
}

impl Description {
    /// A matrix of 4 by 4, steps of a micrometre, heights as floating numbers, in the description.
    pub(crate) fn matrix() -> Self {
        Self {
            feature: "SUR",
            axes: [("I", "D", "1e-6", "0"), ("I", "D", "1e-6", "0"), ("A", "D", "1", "0")],
            size: "<MatrixDimension><SizeX>4</SizeX><SizeY>4</SizeY><SizeZ>1</SizeZ></MatrixDimension>".to_owned(),
            points: list(OFFICIAL.iter().map(|height| if height.is_nan() { String::new() } else { height.to_string() })),
        }
    }

    /// The same with its points in `bindata/data.bin`.
    pub(crate) fn linked(mut self) -> Self {
        self.points = "<DataLink><PointDataLink>bindata/data.bin</PointDataLink></DataLink>".to_owned();
        self
    }

    pub(crate) fn xml(&self) -> String {
        let axis = |name: &str, (kind, number, increment, offset): (&str, &str, &str, &str)| {
            format!(
                "<{name}><AxisType>{kind}</AxisType><DataType>{number}</DataType><Increment>{increment}</Increment>\
                 <Offset>{offset}</Offset></{name}>"
            )
        };
        let [x, y, z] = self.axes;
        format!(
            "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- a remark --><p:ISO5436_2 xmlns:p=\"urn:x\"><Record1><Revision>ISO5436 - 2000\
             </Revision><FeatureType>{}</FeatureType><Axes>{}{}{}</Axes></Record1><Record3>{}{}</Record3></p:ISO5436_2>",
            self.feature,
            axis("CX", x),
            axis("CY", y),
            axis("CZ", z),
            self.size,
            self.points
        )
    }

    pub(crate) fn x3p(&self) -> Vec<u8> {
        archive(&[("main.xml", self.xml().as_bytes())])
    }

    pub(crate) fn x3p_with(&self, data: &[u8]) -> Vec<u8> {
        archive(&[("main.xml", self.xml().as_bytes()), ("bindata/data.bin", data)])
    }
}

/// A list of points in a description.
pub(crate) fn list(points: impl Iterator<Item = String>) -> String {
    let points: String = points.map(|point| format!("<Datum>{point}</Datum>\n")).collect();
    format!("<DataList>{points}</DataList>")
}

/// Heights as 64-bit numbers.
pub(crate) fn doubles(heights: &[f64]) -> Vec<u8> {
    heights.iter().flat_map(|height| height.to_le_bytes()).collect()
}

/// A SUR of 3 by 2 points, 2 um and 3 um apart, steps of 0.5 nm; the fifth point is missing.
pub(crate) fn sur(magic: &[u8; 12], bits: u16) -> Vec<u8> {
    let mut header = vec![0; 512];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, magic);
    put(14, &1_u16.to_le_bytes());
    put(18, &2_u16.to_le_bytes());
    put(86, &1_u16.to_le_bytes());
    put(98, &bits.to_le_bytes());
    put(100, &(-100_i32).to_le_bytes());
    put(104, &200_i32.to_le_bytes());
    put(108, &3_i32.to_le_bytes());
    put(112, &2_i32.to_le_bytes());
    put(120, &2.0_f32.to_le_bytes());
    put(124, &3.0_f32.to_le_bytes());
    put(128, &0.5_f32.to_le_bytes());
    put(180, b"\xb5m\0");
    put(196, b"um              ");
    put(212, b"nm              ");
    put(334, &5_u16.to_le_bytes());
    header.extend_from_slice(b"hello");
    let raw = [-100, 0, 200, 40, -102, 2];
    let points: Vec<u8> = match bits {
        16 => raw.iter().flat_map(|raw| (*raw as i16).to_le_bytes()).collect(),
        _ => raw.iter().flat_map(|raw: &i32| raw.to_le_bytes()).collect(),
    };
    if magic == b"DSCOMPRESSED" {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
        packer.write_all(&points).unwrap();
        let packed = packer.finish().unwrap();
        header.extend_from_slice(&1_u32.to_le_bytes());
        header.extend_from_slice(&(points.len() as u32).to_le_bytes());
        header.extend_from_slice(&(packed.len() as u32).to_le_bytes());
        header.extend_from_slice(&packed);
    } else {
        header.extend_from_slice(&points);
    }
    header
}

/// An AL3D of 3 by 2 points, so that each row is padded.
pub(crate) fn al3d() -> Vec<u8> {
    let tags = [
        ("Version", "1"),
        ("TagCount", "6"),
        ("Cols", "3"),
        ("Rows", "2"),
        ("DepthImageOffset", "500"),
        ("InvalidPixelValue", "3e15"),
        ("PixelSizeXMeter", "2e-6"),
        ("PixelSizeYMeter", "3e-6"),
    ];
    let mut bytes = b"AliconaImaging\0\r\n".to_vec();
    for (name, value) in tags {
        let mut tag = [0; 52];
        tag[..name.len()].copy_from_slice(name.as_bytes());
        tag[20..20 + value.len()].copy_from_slice(value.as_bytes());
        tag[50..].copy_from_slice(b"\r\n");
        bytes.extend_from_slice(&tag);
    }
    bytes.resize(500, 0);
    for depth in [1e-6_f32, 2e-6, 3e-6, 9.0, 4e-6, 3e15, 6e-6] {
        bytes.extend_from_slice(&depth.to_le_bytes());
    }
    bytes
}
