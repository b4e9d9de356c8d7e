//! Numbers as text: separators, decimal commas, missing points, remarks, and what has to be told.

use resurface_measure::Error;
use resurface_measure::surface::read::{Told, read};
use resurface_measure::surface::{HeightMap, Measured, Spacing};
use resurface_measure::units::{LengthUnit, Micrometres};

const TOLD: Told = Told { unit: Some(LengthUnit::Micrometre), spacing: Some(Spacing::square(Micrometres(20.0))) };

fn map(text: &str) -> Result<HeightMap, Error> {
    read(text.as_bytes(), &TOLD)?.into_map()
}

#[test]
fn separators_decimal_commas_and_headings_all_mean_the_same() {
    for text in [
        "1.5 2 3\n4 NaN 6\n",
        "1.5,2,3\r\n4,,6\r\n",
        "1,5;2;3\n4;;6\n",
        "1.5\t2\t3\t\n4\tBAD\t6\t\n",
        "\u{feff}1.5;2;3;\n4;-;6;\n\n",
        "a;b;c\n1,5;2;3\n4;***;6",
        "# a remark\n  1.5   2 3  \n 4 NA 6",
    ] {
        let map = map(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!((map.columns(), map.rows(), map.measured()), (3, 2, 5), "{text:?}");
        assert_eq!((map.heights_um()[0], map.height(1, 1), map.heights_um()[5]), (1.5, None, 6.0), "{text:?}");
    }
}

#[test]
fn what_a_file_does_not_say_has_to_be_told_and_what_it_says_must_not() {
    let refused = |text: &str, told: &Told| read(text.as_bytes(), told).unwrap_err().to_string();
    let nothing = Told::default();
    assert_eq!(refused("1 2\n3 4\n", &nothing), "text: the file does not say in which unit its heights are");
    let unit_only = Told { spacing: None, ..TOLD };
    assert_eq!(refused("1 2\n3 4\n", &unit_only), "text: the file does not say how far apart its points are");
    let said = "# Channel: Topo\n# Width: 40 nm\n# Height: 0.06 \u{b5}m\n# Value units: m\n1e-6 2e-6\n3e-6 4e-6\n";
    let map = read(said.as_bytes(), &nothing).unwrap().into_map().unwrap();
    assert_eq!((map.spacing().x.0, map.spacing().y.0, map.heights_um()[3]), (0.02, 0.03, 4.0));
    assert_eq!(refused(said, &TOLD), "text: the file says its own unit and spacing, so none may be told");
}

#[test]
fn three_columns_are_points_and_need_no_spacing() {
    let told = Told { unit: Some(LengthUnit::Millimetre), spacing: None };
    let text = "x,y,z\n0,0,1\n0.5,0,2\n0,0.5,3\n0.5,0.5,4\n";
    let read = read(text.as_bytes(), &told).unwrap();
    assert!(matches!(read.measured, Measured::Cloud(_)));
    let map = read.into_map().unwrap();
    assert_eq!((map.columns(), map.rows(), map.spacing().x.0, map.heights_um()[3]), (2, 2, 500.0, 4000.0));
}

#[test]
fn a_line_that_cannot_be_read_is_named() {
    assert_eq!(map("1 2\n3 x\n").unwrap_err().to_string(), "line 2: \"x\" is no number");
    assert_eq!(map("1 2\n3 4\n5\n").unwrap_err().to_string(), "line 3: 1 values, and the lines before have 2");
    assert_eq!(map("1 2\n3 inf\n").unwrap_err().to_string(), "line 2: \"inf\" is no number");
    assert!(matches!(map("Dear colleague,\nhere is the scan.\n"), Err(Error::UnknownFormat)));
}
