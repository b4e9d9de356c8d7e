//! The samples of the formats' own makers, and their like.

use resurface_measure::Error;
use resurface_measure::surface::read::{Format, Told, read};
use resurface_measure::surface::{HeightMap, Measured};

use crate::consensus::{sample, samples};
use crate::made::{Description, OFFICIAL, al3d, archive, doubles, list, sur};

pub(crate) fn map(bytes: &[u8]) -> HeightMap {
    read(bytes, &Told::default()).and_then(|read| read.into_map()).unwrap()
}

fn heights_m(map: &HeightMap) -> Vec<Option<f64>> {
    map.heights_um().iter().map(|height| (!height.is_nan()).then(|| height / 1e6)).collect()
}

fn assert_official(map: &HeightMap, within_m: f64) {
    assert_eq!((map.columns(), map.rows(), map.measured()), (4, 4, 15));
    for (found, expected) in heights_m(map).iter().zip(OFFICIAL) {
        match found {
            Some(found) => assert!((found - expected).abs() <= within_m, "{found} {expected}"),
            None => assert!(expected.is_nan()),
        }
    }
}

#[test]
fn a_matrix_reads_alike_from_the_description_and_from_binary() {
    let text = map(&Description::matrix().x3p());
    let binary = map(&Description::matrix().linked().x3p_with(&doubles(&OFFICIAL)));
    assert_official(&text, 1e-15);
    assert_official(&binary, 1e-15);
    assert_eq!(text.spacing(), binary.spacing());
    assert!((text.spacing().x.0 - 1.0).abs() < 1e-12);
}

#[test]
fn whole_numbers_count_increments_from_the_offset_and_valid_points_are_marked_by_bits() {
    let mut description = Description::matrix().linked();
    description.axes[2] = ("A", "I", "0.001", "-0.5");
    description.points =
        "<DataLink><PointDataLink>bindata/data.bin</PointDataLink><ValidPointsLink>bindata/valid.bin</ValidPointsLink></DataLink>".to_owned();
    let raw: Vec<u8> = [986, 503, -308, -80, 1358, 1548, 1519, 0, 1324, 1298, -57, 267, 1175, 921, 1142, 284_i16]
        .iter()
        .flat_map(|raw| raw.to_le_bytes())
        .collect();
    let bytes =
        archive(&[("main.xml", description.xml().as_bytes()), ("bindata/data.bin", &raw), ("bindata/valid.bin", &[0x7f, 0xff])]);
    assert_official(&map(&bytes), 6e-4);
}

#[test]
fn points_of_a_list_that_lie_on_a_grid_are_a_map() {
    let mut description = Description::matrix();
    description.feature = "PCL";
    description.axes = [("A", "D", "1", "0.1"), ("A", "D", "1", "2"), ("A", "D", "1", "0")];
    description.size = "<ListDimension>16</ListDimension>".to_owned();
    let point = |(at, height): (usize, &f64)| {
        if height.is_nan() { String::new() } else { format!("{}e-6;{}e-6;{height}", at % 4, at / 4) }
    };
    description.points = list(OFFICIAL.iter().enumerate().map(point));
    let read = read(&description.x3p(), &Told::default()).unwrap();
    assert!(matches!(&read.measured, Measured::Cloud(cloud) if cloud.z_um.len() == 15));
    assert_official(&read.into_map().unwrap(), 1e-9);
}

#[test]
fn an_absolute_axis_of_a_matrix_has_to_be_regular() {
    let mut description = Description::matrix();
    description.axes[1] = ("A", "I", "2.0", "1");
    let lines = |of: fn(usize) -> usize| {
        list(
            OFFICIAL
                .iter()
                .enumerate()
                .map(|(at, height)| if height.is_nan() { String::new() } else { format!("{};{height}", of(at / 4)) }),
        )
    };
    description.points = lines(|row| row + 1);
    let regular = map(&description.x3p());
    assert_official(&regular, 1e-15);
    assert!((regular.spacing().y.0 - 2e6).abs() < 1e-3, "{:?}", regular.spacing());
    description.points = lines(|row| row * row);
    let refused = read(&description.x3p(), &Told::default()).unwrap_err();
    assert!(matches!(refused, Error::NotAGrid { .. }), "{refused}");
}

#[test]
fn a_profile_is_read_and_is_no_surface() {
    let mut description = Description::matrix();
    description.feature = "PRF";
    description.size = "<MatrixDimension><SizeX>16</SizeX><SizeY>1</SizeY><SizeZ>1</SizeZ></MatrixDimension>".to_owned();
    let read = read(&description.x3p(), &Told::default()).unwrap();
    assert!(matches!(&read.measured, Measured::Profile(profile) if profile.heights_um.len() == 16));
    assert_eq!(read.into_map().unwrap_err(), Error::IsAProfile { points: 16 });
}

#[test]
fn files_of_an_archive_may_lie_in_a_folder() {
    let description = Description::matrix().linked();
    let data = doubles(&OFFICIAL);
    let bytes = archive(&[("scan 7/main.xml", description.xml().as_bytes()), ("scan 7/bindata/data.bin", &data)]);
    assert_official(&map(&bytes), 1e-15);
}

#[test]
fn samples_of_this_repository_have_their_sizes_and_heights() {
    let of = |name: &str| map(&std::fs::read(samples().join(name)).unwrap());
    let pyramid = of("pyramid.x3p");
    assert_eq!((pyramid.columns(), pyramid.rows(), pyramid.height(2, 2).unwrap().0), (5, 5, 10e6));
    assert_eq!((of("testing.x3p").columns(), of("testing.x3p").rows()), (30, 20));
    let logo = of("csafe-logo.x3p");
    assert_eq!((logo.columns(), logo.rows()), (741, 419));
    assert!((logo.heights_um()[0] - 0.4).abs() < 1e-12 && (logo.spacing().y.0 - 0.645).abs() < 1e-12);
    let alicona = of("al3d-1.al3d");
    assert_eq!((alicona.columns(), alicona.rows(), alicona.measured()), (200, 296, 59_200));
}

#[test]
fn samples_beside_the_repository_are_read_where_they_are() {
    // Columns, rows, measured points; nothing where the sample is no surface.
    let expected = [
        ("openfmc/ISO5436-sample1.x3p", (4, 4, 15)),
        ("openfmc/ISO5436-sample1_bin.x3p", (4, 4, 15)),
        ("openfmc/ISO5436-sample2.x3p", (4, 4, 16)),
        ("openfmc/ISO5436-sample3.x3p", (4, 4, 15)),
        ("openfmc/ISO5436-sample4.x3p", (4, 4, 15)),
        ("openfmc/ISO5436-sample4_bin.x3p", (4, 4, 15)),
        ("openfmc/KautschukInfiniteFocus.x3p", (860, 634, 539_944)),
        ("surfacetopography/x3p-2.x3p", (650, 650, 422_500)),
        ("surfacetopography/sur-2.sur", (563, 484, 272_375)),
    ];
    for (path, expected) in expected {
        let Some(file) = sample(path) else {
            eprintln!("{path} is not here and was not read");
            continue;
        };
        let map = map(&std::fs::read(file).unwrap());
        assert_eq!((map.columns(), map.rows(), map.measured()), expected, "{path}");
    }
}

#[test]
fn sur_reads_alike_in_16_and_32_bits_and_packed() {
    let plain = map(&sur(b"DIGITAL SURF", 16));
    assert_eq!((plain.columns(), plain.rows(), plain.measured()), (3, 2, 5));
    assert_eq!((plain.spacing().x.0, plain.spacing().y.0), (2.0, 3.0));
    assert_eq!(plain.height(1, 1), None);
    assert!((plain.height(2, 0).unwrap().0 - 0.1).abs() < 1e-12);
    for other in [sur(b"DIGITAL SURF", 32), sur(b"DSCOMPRESSED", 32), sur(b"DSCOMPRESSED", 16)] {
        let other = map(&other);
        assert_eq!(other.spacing(), plain.spacing());
        assert!(other.heights_um().iter().zip(plain.heights_um()).all(|(a, b)| a == b || (a.is_nan() && b.is_nan())));
    }
}

#[test]
fn al3d_rows_are_padded_and_the_last_padding_may_be_missing() {
    let bytes = al3d();
    let read = read(&bytes, &Told::default()).unwrap();
    assert_eq!(read.format, Format::Al3d);
    let map = read.into_map().unwrap();
    assert_eq!((map.columns(), map.rows(), map.measured()), (3, 2, 5));
    assert_eq!(map.height(1, 1), None);
    assert!((map.height(2, 1).unwrap().0 - 6.0).abs() < 1e-6);
}
