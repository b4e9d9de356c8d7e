//! Goodman and Baron's quantitative score (2006), 0 to 84: lesions counted in bands, weighted by their group.

use resurface_knowledge::scales::{GoodmanBaronItem, GoodmanBaronQuantitative};
use serde::Serialize;

use crate::consultation::{Answer, GoodmanBaronCounts, Scars, ZoneScars};
use crate::grading::{AtrophicCounts, Obtained, Span};

/// The score, how it was obtained and what each lesion added.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuantitativeScore {
    /// The score; a range when the counts leave the lesion group open.
    pub total: Span,
    /// Whether the table was filled in or derived from the zone counts.
    pub obtained: Obtained,
    /// Rows that added points.
    pub rows: Vec<RowPoints>,
}

/// What one row of the table added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowPoints {
    /// Lesion of the row; nothing for the keloidal area.
    pub lesion: Option<GoodmanBaronItem>,
    /// Points it added.
    pub points: Span,
}

/// The score of a table that was filled in.
#[must_use]
pub fn of_table(counts: &GoodmanBaronCounts, table: &GoodmanBaronQuantitative) -> QuantitativeScore {
    score(Counted::of_table(counts), Obtained::GivenTable, table)
}

/// The score that the zone counts amount to. The mapping is ours, not the authors':
///
/// * macular marks: macular; ice picks and deep boxcars: punched out, deep, normal base; shallow boxcars: punched out,
///   shallow base; hypertrophic scars: papular; keloidal area: keloidal area;
/// * rolling scars: deep and broad where they are tethered or do not flatten on stretching, shallow and broad where
///   neither is so; where that is not known both are tried and the score is a range.
#[must_use]
pub fn of_zones(scars: &Scars, zones: &[AtrophicCounts], table: &GoodmanBaronQuantitative) -> QuantitativeScore {
    let mut counted = Counted::default();
    for (zone, atrophic) in scars.zones.iter().zip(zones) {
        counted.macular += u32::from(zone.macular);
        counted.punched_shallow += atrophic.boxcar_shallow;
        counted.punched_deep_normal_base += atrophic.ice_pick + atrophic.boxcar_deep;
        counted.papular += u32::from(zone.hypertrophic);
        counted.keloidal_area_cm2 += zone.keloidal_area_cm2;
        match rolling_depth(zone) {
            Some(Depth::Deep) => counted.deep_broad += atrophic.rolling,
            Some(Depth::Shallow) => counted.shallow_broad += atrophic.rolling,
            None => counted.broad_of_open_depth += atrophic.rolling,
        }
    }
    score(counted, Obtained::DerivedFromZones, table)
}

#[derive(Clone, Copy)]
enum Depth {
    Shallow,
    Deep,
}

fn rolling_depth(zone: &ZoneScars) -> Option<Depth> {
    match (zone.tethered, zone.flattens_on_stretch) {
        (Answer::Yes, _) | (_, Answer::No) => Some(Depth::Deep),
        (Answer::No, Answer::Yes) => Some(Depth::Shallow),
        _ => None,
    }
}

/// Lesions counted, whatever they were counted from.
#[derive(Clone, Copy, Default)]
struct Counted {
    macular: u32,
    mild_dish: u32,
    moderate_dish: u32,
    punched_shallow: u32,
    shallow_broad: u32,
    punched_deep_normal_base: u32,
    punched_deep_abnormal_base: u32,
    linear_or_trough: u32,
    deep_broad: u32,
    papular: u32,
    keloidal_area_cm2: f64,
    /// Broad scars that may be shallow or deep.
    broad_of_open_depth: u32,
}

impl Counted {
    fn of_table(counts: &GoodmanBaronCounts) -> Self {
        Self {
            macular: counts.macular.into(),
            mild_dish: counts.mild_dish.into(),
            moderate_dish: counts.moderate_dish.into(),
            punched_shallow: counts.punched_shallow.into(),
            shallow_broad: counts.shallow_broad.into(),
            punched_deep_normal_base: counts.punched_deep_normal_base.into(),
            punched_deep_abnormal_base: counts.punched_deep_abnormal_base.into(),
            linear_or_trough: counts.linear_or_trough.into(),
            deep_broad: counts.deep_broad.into(),
            papular: counts.papular.into(),
            keloidal_area_cm2: counts.keloidal_area_cm2,
            broad_of_open_depth: 0,
        }
    }

    fn of(&self, lesion: GoodmanBaronItem) -> u32 {
        match lesion {
            GoodmanBaronItem::Macular => self.macular,
            GoodmanBaronItem::MildDish => self.mild_dish,
            GoodmanBaronItem::ModerateDish => self.moderate_dish,
            GoodmanBaronItem::PunchedShallow => self.punched_shallow,
            GoodmanBaronItem::ShallowBroad => self.shallow_broad,
            GoodmanBaronItem::PunchedDeepNormalBase => self.punched_deep_normal_base,
            GoodmanBaronItem::PunchedDeepAbnormalBase => self.punched_deep_abnormal_base,
            GoodmanBaronItem::LinearOrTrough => self.linear_or_trough,
            GoodmanBaronItem::DeepBroad => self.deep_broad,
            GoodmanBaronItem::Papular => self.papular,
        }
    }

    /// The counts with every broad scar of open depth taken as shallow, and with every one taken as deep.
    fn ways(self) -> [Self; 2] {
        let open = self.broad_of_open_depth;
        [Self { shallow_broad: self.shallow_broad + open, ..self }, Self { deep_broad: self.deep_broad + open, ..self }]
    }

    fn points(&self, lesion: GoodmanBaronItem, table: &GoodmanBaronQuantitative) -> u32 {
        table.row(lesion).map_or(0, |row| match self.of(lesion) {
            0 => 0,
            count if count <= table.count_few_max.into() => row.few.into(),
            count if count <= table.count_some_max.into() => row.some.into(),
            _ => row.many.into(),
        })
    }

    fn area_points(&self, table: &GoodmanBaronQuantitative) -> u32 {
        match self.keloidal_area_cm2 {
            area if area <= 0.0 => 0,
            area if area < table.area_small_below_cm2 => table.area_small_points.into(),
            area if area <= table.area_medium_to_cm2 => table.area_medium_points.into(),
            _ => table.area_large_points.into(),
        }
    }

    fn total(&self, table: &GoodmanBaronQuantitative) -> u32 {
        table.rows.iter().map(|row| self.points(row.item, table)).sum::<u32>() + self.area_points(table)
    }
}

fn score(counted: Counted, obtained: Obtained, table: &GoodmanBaronQuantitative) -> QuantitativeScore {
    let ways = counted.ways();
    let span = |points: [u32; 2]| Span { lowest: points[0].min(points[1]), highest: points[0].max(points[1]) };
    let lesions = table
        .rows
        .iter()
        .map(|row| RowPoints { lesion: Some(row.item), points: span(ways.each_ref().map(|way| way.points(row.item, table))) });
    let area = RowPoints { lesion: None, points: Span::exactly(counted.area_points(table)) };
    QuantitativeScore {
        total: span(ways.each_ref().map(|way| way.total(table))),
        obtained,
        rows: lesions.chain([area]).filter(|row| row.points.highest > 0).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::knowledge;
    use proptest::prelude::*;

    fn table() -> GoodmanBaronQuantitative {
        knowledge().scales.goodman_baron_quantitative.clone()
    }

    fn total(counts: GoodmanBaronCounts) -> Option<u32> {
        of_table(&counts, &table()).total.known()
    }

    #[test]
    fn each_count_band_begins_and_ends_where_published() {
        let dishes = |mild_dish| total(GoodmanBaronCounts { mild_dish, ..GoodmanBaronCounts::default() });
        assert_eq!([0, 1, 10, 11, 20, 21, 500].map(dishes), [0, 1, 1, 2, 2, 3, 3].map(Some));
        let deep = |deep_broad| total(GoodmanBaronCounts { deep_broad, ..GoodmanBaronCounts::default() });
        assert_eq!([0, 1, 10, 11, 20, 21].map(deep), [0, 3, 3, 6, 6, 9].map(Some));
    }

    #[test]
    fn each_area_band_begins_and_ends_where_published() {
        let keloid = |keloidal_area_cm2| total(GoodmanBaronCounts { keloidal_area_cm2, ..GoodmanBaronCounts::default() });
        assert_eq!([0.0, 0.1, 4.99, 5.0, 20.0, 20.01].map(keloid), [0, 6, 6, 12, 12, 18].map(Some));
    }

    #[test]
    fn everything_at_its_most_is_84() {
        let most = GoodmanBaronCounts {
            macular: 21,
            mild_dish: 21,
            moderate_dish: 21,
            punched_shallow: 21,
            shallow_broad: 21,
            punched_deep_normal_base: 21,
            punched_deep_abnormal_base: 21,
            linear_or_trough: 21,
            deep_broad: 21,
            papular: 21,
            keloidal_area_cm2: 21.0,
        };
        assert_eq!(total(most), Some(84));
        assert_eq!(total(GoodmanBaronCounts::default()), Some(0));
    }

    #[test]
    fn zone_counts_give_a_range_where_the_depth_of_rolling_scars_is_open() {
        let edges = &knowledge().scales.jacob;
        let score = |tethered, flattens_on_stretch| {
            let zone = ZoneScars { rolling: 12, ice_pick: 3, tethered, flattens_on_stretch, ..ZoneScars::default() };
            let counts = [AtrophicCounts::of_zone(&zone, edges)];
            of_zones(&Scars { zones: vec![zone], ..Scars::default() }, &counts, &table())
        };
        let derived = score(Answer::Unknown, Answer::Unknown);
        assert_eq!((derived.total, derived.obtained), (Span { lowest: 3 + 4, highest: 3 + 6 }, Obtained::DerivedFromZones));
        assert_eq!(score(Answer::No, Answer::Yes).total, Span::exactly(7));
        assert_eq!(score(Answer::Yes, Answer::Yes).total, Span::exactly(9));
        assert_eq!(score(Answer::Unknown, Answer::No).total, Span::exactly(9));
    }

    proptest! {
        #[test]
        fn one_scar_more_never_lowers_the_score(ice_pick in 0_u16..40, rolling in 0_u16..40, boxcar_deep in 0_u16..40) {
            let knowledge = knowledge();
            let score = |ice_pick, rolling| {
                let zone = ZoneScars { ice_pick, rolling, boxcar_deep, ..ZoneScars::default() };
                let counts = [AtrophicCounts::of_zone(&zone, &knowledge.scales.jacob)];
                of_zones(&Scars { zones: vec![zone], ..Scars::default() }, &counts, &table()).total
            };
            let (before, pick, roll) = (score(ice_pick, rolling), score(ice_pick + 1, rolling), score(ice_pick, rolling + 1));
            prop_assert!(pick.lowest >= before.lowest && pick.highest >= before.highest);
            prop_assert!(roll.lowest >= before.lowest && roll.highest >= before.highest);
        }
    }
}
