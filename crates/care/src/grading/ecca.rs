//! ECCA (2007), 0 to 540: graded quantity of each scar item times its weight.

use resurface_knowledge::scales::{Ecca, EccaItem};
use resurface_knowledge::settings::{BoundarySide, Settings};
use serde::Serialize;

use crate::consultation::{EccaGrades, MeasuredScar, Scars};
use crate::grading::Span;

/// The score and what each item added.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EccaScore {
    /// The score; a range when grades that counts cannot give are missing.
    pub total: Span,
    /// The three atrophic items alone, which the counts always give.
    pub atrophic: u32,
    /// Item by item.
    pub items: Vec<EccaItemScore>,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EccaItemScore {
    /// Which.
    pub item: EccaItem,
    /// Its grade, 0 none to 3 many.
    pub grade: Span,
    /// Its weight.
    pub weight: u32,
}

/// The score of counted scars.
///
/// Scars counted by type: V from ice picks, U from boxcars, M from rolling scars. Scars measured one by one go by width
/// alone, under 2 mm, 2 to 4 mm and over 4 mm; the settings say where exactly 2 and exactly 4 mm count. Grades that counts
/// cannot give come from the consultation; where they are missing every grade is tried and the score is a range. With no
/// raised scar counted the two raised items are nought.
#[must_use]
pub fn ecca(scars: &Scars, scale: &Ecca, settings: &Settings) -> EccaScore {
    let mut counts = [0_u32; 3];
    for zone in &scars.zones {
        counts[0] += u32::from(zone.ice_pick);
        counts[1] += u32::from(zone.boxcar_shallow) + u32::from(zone.boxcar_deep);
        counts[2] += u32::from(zone.rolling);
        for scar in &zone.measured {
            counts[place_by_width(scar, scale, settings)] += 1;
        }
    }
    let raised = scars.zones.iter().any(|zone| zone.hypertrophic > 0 || zone.keloidal_area_cm2 > 0.0);
    let open = Span { lowest: 0, highest: 3 };
    let raised_unless_given = if raised { open } else { Span::exactly(0) };
    let given = |grade: fn(&EccaGrades) -> u8, unless: Span| {
        scars.ecca.as_ref().map_or(unless, |grades| Span::exactly(grade(grades).into()))
    };
    let items: Vec<EccaItemScore> = [
        (EccaItem::V, Span::exactly(grade_of(counts[0], scale))),
        (EccaItem::U, Span::exactly(grade_of(counts[1], scale))),
        (EccaItem::M, Span::exactly(grade_of(counts[2], scale))),
        (EccaItem::Elastolysis, given(|grades| grades.elastolysis, open)),
        (EccaItem::HypertrophicYoung, given(|grades| grades.hypertrophic_young, raised_unless_given)),
        (EccaItem::KeloidOld, given(|grades| grades.keloid_old, raised_unless_given)),
    ]
    .into_iter()
    .map(|(item, grade)| EccaItemScore { item, grade, weight: scale.weight(item).unwrap_or(0).into() })
    .collect();
    let points =
        |item: &EccaItemScore| Span { lowest: item.weight * item.grade.lowest, highest: item.weight * item.grade.highest };
    EccaScore {
        total: items.iter().map(points).fold(Span::default(), Span::plus),
        atrophic: items.iter().take(3).map(|item| points(item).lowest).sum(),
        items,
    }
}

fn grade_of(count: u32, scale: &Ecca) -> u32 {
    match count {
        0 => 0,
        few if few <= scale.count_few_max.into() => 1,
        limited if limited <= scale.count_limited_max.into() => 2,
        _ => 3,
    }
}

/// V, U and M are 0, 1 and 2.
fn place_by_width(scar: &MeasuredScar, scale: &Ecca, settings: &Settings) -> usize {
    let beyond = |width_mm: f64, edge_mm: f64, at_the_edge: BoundarySide| {
        width_mm > edge_mm || (width_mm == edge_mm && at_the_edge == BoundarySide::Wider)
    };
    usize::from(beyond(scar.width_mm, scale.narrow_below_mm, settings.ecca_at_2_mm.value))
        + usize::from(beyond(scar.width_mm, scale.broad_above_mm, settings.ecca_at_4_mm.value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consultation::{Wall, ZoneScars};
    use crate::people::knowledge;

    fn score(zone: ZoneScars, grades: Option<EccaGrades>) -> EccaScore {
        let knowledge = knowledge();
        let scars = Scars { zones: vec![zone], ecca: grades, ..Scars::default() };
        ecca(&scars, &knowledge.scales.ecca, &knowledge.settings)
    }

    #[test]
    fn counts_turn_into_grades_at_one_five_and_twenty_one() {
        let picks = |ice_pick| score(ZoneScars { ice_pick, ..ZoneScars::default() }, None).atrophic;
        assert_eq!([0, 1, 4, 5, 20, 21].map(picks), [0, 15, 15, 30, 30, 45]);
    }

    #[test]
    fn everything_at_its_most_is_540() {
        let zone = ZoneScars { ice_pick: 30, boxcar_deep: 30, rolling: 30, ..ZoneScars::default() };
        let grades = EccaGrades { elastolysis: 3, hypertrophic_young: 3, keloid_old: 3 };
        let most = score(zone, Some(grades));
        assert_eq!((most.total, most.atrophic), (Span::exactly(540), 180));
    }

    #[test]
    fn grades_that_were_not_given_leave_a_range() {
        let plain = score(ZoneScars { rolling: 3, ..ZoneScars::default() }, None);
        assert_eq!(plain.total, Span { lowest: 25, highest: 25 + 90 });
        let raised = score(ZoneScars { rolling: 3, hypertrophic: 1, ..ZoneScars::default() }, None);
        assert_eq!(raised.total, Span { lowest: 25, highest: 25 + 90 + 120 + 150 });
    }

    #[test]
    fn exactly_two_and_exactly_four_millimetres_are_a_u() {
        let wide = |width_mm| {
            let measured = vec![MeasuredScar { width_mm, depth_mm: 0.3, wall: Wall::Vertical }];
            score(ZoneScars { measured, ..ZoneScars::default() }, None).atrophic
        };
        assert_eq!([1.99, 2.0, 4.0, 4.01].map(wide), [15, 20, 20, 25]);
    }
}
