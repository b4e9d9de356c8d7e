//! Everything that is refused, in words that say what is wrong and where.

use resurface_measure::surface::read::{Told, read};

use crate::made::{Description, OFFICIAL, al3d, archive, doubles, list, sur};

fn refused(bytes: &[u8]) -> String {
    match read(bytes, &Told::default()).and_then(|read| read.into_map()) {
        Ok(map) => panic!("read as {} x {}", map.columns(), map.rows()),
        Err(error) => error.to_string(),
    }
}

fn described(change: impl FnOnce(&mut Description)) -> String {
    let mut description = Description::matrix();
    change(&mut description);
    refused(&description.x3p())
}

#[test]
fn what_is_no_surface_is_no_surface() {
    let unknown = "this is no height map in a format that is read here (X3P, SUR, AL3D, or numbers as text)";
    assert_eq!(refused(b""), unknown);
    assert_eq!(refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), unknown);
    assert_eq!(refused(b"PK\x03\x04 and nothing else").split(':').next(), Some("X3P"));
    assert_eq!(refused(&archive(&[("photo.txt", b"hello")])), "X3P: there is no main.xml in this archive");
}

#[test]
fn a_description_is_refused_with_the_field_that_is_wrong() {
    assert_eq!(described(|it| it.feature = "XYZ"), "X3P: Record1/FeatureType is \"XYZ\", and should be SUR, PRF or PCL");
    assert_eq!(described(|it| it.axes[0].2 = "wide"), "X3P: Record1/Axes/CX/Increment is \"wide\", and should be a number");
    assert_eq!(described(|it| it.axes[0].2 = "-1e-6"), "the points are -1 um apart, and that cannot be: check the unit");
    assert_eq!(described(|it| it.axes[2].1 = "Q"), "X3P: Record1/Axes/CZ/DataType is \"Q\", and should be I, L, F or D");
    assert_eq!(described(|it| it.axes[2].0 = "I"), "X3P: Record1/Axes/CZ/AxisType is \"I\", and should be A");
    assert_eq!(described(|it| it.size = String::new()), "X3P: Record3/MatrixDimension/SizeX is missing");
    assert_eq!(
        described(|it| it.size = it.size.replace("<SizeZ>1", "<SizeZ>2")),
        "X3P: this file holds several layers, and only one surface with one height at each point is read"
    );
    assert_eq!(
        described(|it| it.points = list(std::iter::once("1".to_owned()))),
        "X3P: 16 points are announced, and 1 are there"
    );
    assert_eq!(
        described(|it| it.points = list((0..16).map(|_| "1;2".to_owned()))),
        "X3P: Datum is \"2 numbers\", and should be one number for each absolute axis"
    );
    assert_eq!(
        described(|it| it.points = list((0..16).map(|_| "high".to_owned()))),
        "X3P: Datum is \"high\", and should be up to three numbers between semicolons"
    );
    assert_eq!(
        described(|it| it.points = list((0..16).map(|_| "1e3".to_owned()))),
        "a height of 1000000000 um cannot be: check the unit"
    );
}

#[test]
fn damage_is_found_by_its_checksum() {
    let mut description = Description::matrix().linked();
    description.points =
        "<DataLink><PointDataLink>bindata/data.bin</PointDataLink><MD5ChecksumPointData>00112233445566778899aabbccddeeff\
        </MD5ChecksumPointData></DataLink>"
            .to_owned();
    let refusal = refused(&description.x3p_with(&doubles(&OFFICIAL)));
    assert_eq!(refusal, "X3P: bindata/data.bin is damaged: its checksum is not that of the description");
}

#[test]
fn sizes_that_lie_are_refused_before_memory_is_taken() {
    let huge = "<MatrixDimension><SizeX>1000000</SizeX><SizeY>1000000</SizeY><SizeZ>1</SizeZ></MatrixDimension>";
    assert_eq!(described(|it| it.size = huge.to_owned()), "points: 1000000000000 is more than the 67108864 that are read");
    assert_eq!(
        described(|it| it.size = "<ListDimension>99999999999</ListDimension>".to_owned()),
        "points: 99999999999 is more than the 67108864 that are read"
    );
    let mut description = Description::matrix().linked();
    description.size = "<MatrixDimension><SizeX>4000</SizeX><SizeY>4000</SizeY><SizeZ>1</SizeZ></MatrixDimension>".to_owned();
    assert_eq!(
        refused(&description.x3p_with(&doubles(&OFFICIAL))),
        "X3P: the file ends early: the points takes 128000000 bytes, and 128 are there"
    );
    let mut wide = sur(b"DIGITAL SURF", 32);
    wide[108..112].copy_from_slice(&i32::MAX.to_le_bytes());
    assert_eq!(refused(&wide), "points along a side: 2147483647 is more than the 1048576 that are read");
    let mut deep = al3d();
    let at = deep.windows(4).position(|bytes| bytes == b"Rows").unwrap() + 20;
    deep[at..at + 7].copy_from_slice(b"1000000");
    assert_eq!(refused(&deep), "AL3D: the file ends early: the image of depths takes 15999996 bytes, and 28 are there");
}

#[test]
fn what_is_packed_too_tightly_is_refused() {
    let mut description = Description::matrix().linked();
    description.size = "<MatrixDimension><SizeX>4000</SizeX><SizeY>4000</SizeY><SizeZ>1</SizeZ></MatrixDimension>".to_owned();
    let bomb = description.x3p_with(&vec![0; 4000 * 4000 * 8]);
    assert!(bomb.len() < 200_000, "{}", bomb.len());
    assert!(refused(&bomb).ends_with("unpack to 128000000, which no measured surface does"), "{}", refused(&bomb));
}

#[test]
fn what_a_sur_file_holds_is_named() {
    let with = |at: usize, value: u16| {
        let mut bytes = sur(b"DIGITAL SURF", 32);
        bytes[at..at + 2].copy_from_slice(&value.to_le_bytes());
        refused(&bytes)
    };
    assert!(with(14, 3).contains("several objects"));
    assert!(with(18, 12).contains("a picture"));
    assert_eq!(with(98, 24), "SUR: bits of a point is \"24\", and should be 16 or 32");
    assert_eq!(with(212, u16::from_le_bytes(*b"in")), "SUR: unit of heights is \"in\", and should be nm, um, mm or m");
    let cut = sur(b"DIGITAL SURF", 32);
    assert_eq!(refused(&cut[..530]), "SUR: the file ends early: the points takes 24 bytes, and 13 are there");
}
