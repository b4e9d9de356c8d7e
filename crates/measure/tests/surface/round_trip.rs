//! What is written is read again.

use proptest::prelude::*;
use resurface_measure::surface::read::{Told, read};
use resurface_measure::surface::write::{Provenance, x3p};
use resurface_measure::surface::{HeightMap, Spacing};
use resurface_measure::units::Micrometres;

const PROVENANCE: Provenance<'static> =
    Provenance { date: "2026-11-20T10:15:00", instrument: "a <scanner> & its lens", version: "1" };

fn maps() -> impl Strategy<Value = HeightMap> {
    let height = prop_oneof![4 => -1e6..1e6_f64, 1 => Just(f64::NAN), 1 => Just(0.0)];
    (1..12_usize, 1..12_usize, 0.01..1e4_f64, 0.01..1e4_f64).prop_flat_map(move |(columns, rows, x, y)| {
        let spacing = Spacing { x: Micrometres(x), y: Micrometres(y) };
        prop::collection::vec(height.clone(), columns * rows)
            .prop_map(move |heights| HeightMap::new(columns, spacing, heights).unwrap())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_map_comes_back_from_x3p(map in maps()) {
        let bytes = x3p(&map, PROVENANCE).unwrap();
        prop_assert_eq!(&bytes, &x3p(&map, PROVENANCE).unwrap());
        let back = read(&bytes, &Told::default()).unwrap().into_map().unwrap();
        let alike = |a: f64, b: f64| (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-14 * a.abs();
        prop_assert_eq!((back.columns(), back.rows()), (map.columns(), map.rows()));
        prop_assert!(alike(back.spacing().x.0, map.spacing().x.0) && alike(back.spacing().y.0, map.spacing().y.0));
        prop_assert!(back.heights_um().iter().zip(map.heights_um()).all(|(a, b)| alike(*a, *b)));
    }
}
