//! Goodman and Baron's qualitative grade (2006): what a stranger sees, what covers it, what stretching does.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::consultation::{Answer, Scars};
use crate::grading::AtrophicCounts;

/// The grade, or the range of grades that the answers leave open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QualitativeGrade {
    /// Lowest grade the answers allow: 0 no scar, 1 macular, 2 mild, 3 moderate, 4 severe.
    pub lowest: u8,
    /// Highest grade the answers allow.
    pub highest: u8,
    /// The questions that would narrow the range, in the order they are decided; empty when the grade is plain.
    pub open: Vec<GradeQuestion>,
}

impl QualitativeGrade {
    /// The grade, when the answers leave one only.
    #[must_use]
    pub fn known(&self) -> Option<u8> {
        (self.lowest == self.highest).then_some(self.lowest)
    }
}

/// The questions of the grade, in the order they are decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GradeQuestion {
    /// Is there any scar with contour, not colour alone?
    Contour,
    /// Obvious at 50 cm or more?
    ObviousAt50Cm,
    /// Easily covered?
    EasilyCovered,
    /// Flattened by stretching?
    FlattensOnStretch,
}

/// Grades the scars of a face.
///
/// Every way to answer what is not known is tried; the grades that come out are the range.
#[must_use]
pub fn qualitative(scars: &Scars, atrophic: &AtrophicCounts) -> QualitativeGrade {
    let known = Known::of(scars, atrophic);
    let grades: BTreeSet<u8> = known.completions().iter().map(Completion::grade).collect();
    let lowest = grades.first().copied().unwrap_or(0);
    let highest = grades.last().copied().unwrap_or(0);
    QualitativeGrade { lowest, highest, open: known.open_questions(&grades) }
}

/// What is known of each question.
#[derive(Clone, Copy)]
struct Known {
    contour: Contour,
    obvious: Answer,
    covered: Answer,
    flattens: Answer,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Contour {
    NoScar,
    ColourOnly,
    Present,
    NotCounted,
}

/// One way in which the questions may be answered.
struct Completion {
    contour: Contour,
    obvious: Answer,
    covered: Answer,
    flattens: Answer,
}

impl Completion {
    fn grade(&self) -> u8 {
        match (self.contour, self.obvious, self.covered, self.flattens) {
            (Contour::NoScar, ..) => 0,
            (Contour::ColourOnly, ..) => 1,
            (_, Answer::No, ..) | (_, Answer::Yes, Answer::Yes, _) => 2,
            (_, _, _, Answer::Yes) => 3,
            _ => 4,
        }
    }
}

impl Known {
    fn of(scars: &Scars, atrophic: &AtrophicCounts) -> Self {
        let raised = scars.zones.iter().any(|zone| zone.hypertrophic > 0 || zone.keloidal_area_cm2 > 0.0);
        let table = scars.goodman_baron;
        let contour_in_table = table.is_some_and(|counts| {
            let total: u32 = [
                counts.mild_dish,
                counts.moderate_dish,
                counts.punched_shallow,
                counts.shallow_broad,
                counts.punched_deep_normal_base,
                counts.punched_deep_abnormal_base,
                counts.linear_or_trough,
                counts.deep_broad,
                counts.papular,
            ]
            .map(u32::from)
            .iter()
            .sum();
            total > 0 || counts.keloidal_area_cm2 > 0.0
        });
        let colour = scars.zones.iter().any(|zone| zone.macular > 0) || table.is_some_and(|counts| counts.macular > 0);
        let contour = if atrophic.total() > 0 || raised || contour_in_table {
            Contour::Present
        } else if colour {
            Contour::ColourOnly
        } else if scars.zones.is_empty() && table.is_none() {
            Contour::NotCounted
        } else {
            Contour::NoScar
        };
        Self { contour, obvious: scars.visible_at_50_cm, covered: scars.easily_covered, flattens: flattens(scars) }
    }

    fn completions(&self) -> Vec<Completion> {
        let contours = match self.contour {
            Contour::NotCounted => vec![Contour::NoScar, Contour::ColourOnly, Contour::Present],
            known => vec![known],
        };
        let mut all = Vec::new();
        for contour in contours {
            for obvious in ways(self.obvious) {
                for covered in ways(self.covered) {
                    for flattens in ways(self.flattens) {
                        all.push(Completion { contour, obvious, covered, flattens });
                    }
                }
            }
        }
        all
    }

    /// The unanswered questions whose answer can change the range.
    fn open_questions(&self, grades: &BTreeSet<u8>) -> Vec<GradeQuestion> {
        if self.contour == Contour::NotCounted {
            return vec![GradeQuestion::Contour];
        }
        let answered = |question: GradeQuestion, answer: Answer| {
            let mut known = *self;
            match question {
                GradeQuestion::Contour => {}
                GradeQuestion::ObviousAt50Cm => known.obvious = answer,
                GradeQuestion::EasilyCovered => known.covered = answer,
                GradeQuestion::FlattensOnStretch => known.flattens = answer,
            }
            known.completions().iter().map(Completion::grade).collect::<BTreeSet<u8>>()
        };
        [
            (GradeQuestion::ObviousAt50Cm, self.obvious),
            (GradeQuestion::EasilyCovered, self.covered),
            (GradeQuestion::FlattensOnStretch, self.flattens),
        ]
        .into_iter()
        .filter(|(_, answer)| *answer == Answer::Unknown)
        .filter(|(question, _)| [Answer::No, Answer::Yes].iter().any(|answer| answered(*question, *answer) != *grades))
        .map(|(question, _)| question)
        .collect()
    }
}

fn ways(answer: Answer) -> Vec<Answer> {
    match answer {
        Answer::Unknown => vec![Answer::No, Answer::Yes],
        known => vec![known],
    }
}

/// The worst zone decides: one zone that does not flatten is enough for "no", every scarred zone must flatten for "yes".
///
/// Stretching tells atrophic scars apart only, so a face without atrophic scars in its zones stays unknown.
fn flattens(scars: &Scars) -> Answer {
    let stretched: Vec<Answer> = scars
        .zones
        .iter()
        .filter(|zone| {
            u32::from(zone.ice_pick) + u32::from(zone.boxcar_shallow) + u32::from(zone.boxcar_deep) + u32::from(zone.rolling) > 0
                || !zone.measured.is_empty()
        })
        .map(|zone| zone.flattens_on_stretch)
        .collect();
    if stretched.contains(&Answer::No) {
        Answer::No
    } else if stretched.is_empty() || stretched.contains(&Answer::Unknown) {
        Answer::Unknown
    } else {
        Answer::Yes
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::consultation::{GoodmanBaronCounts, ZoneScars};

    fn face(obvious: Answer, covered: Answer, flattens: Answer) -> Scars {
        let cheek = ZoneScars { zone: "cheek".into(), rolling: 4, flattens_on_stretch: flattens, ..ZoneScars::default() };
        Scars { visible_at_50_cm: obvious, easily_covered: covered, zones: vec![cheek], ..Scars::default() }
    }

    fn grade(scars: &Scars) -> (u8, u8, Vec<GradeQuestion>) {
        let atrophic =
            AtrophicCounts { rolling: scars.zones.iter().map(|zone| u32::from(zone.rolling)).sum(), ..AtrophicCounts::default() };
        let grade = qualitative(scars, &atrophic);
        (grade.lowest, grade.highest, grade.open)
    }

    #[test]
    fn the_grade_follows_the_order_of_the_questions() {
        use Answer::{No, Unknown, Yes};
        assert_eq!(grade(&face(No, Unknown, Unknown)), (2, 2, vec![]));
        assert_eq!(grade(&face(Yes, Yes, Unknown)), (2, 2, vec![]));
        assert_eq!(grade(&face(Yes, No, Yes)), (3, 3, vec![]));
        assert_eq!(grade(&face(Yes, No, No)), (4, 4, vec![]));
    }

    #[test]
    fn what_is_not_known_gives_a_range_and_the_question_that_would_narrow_it() {
        use Answer::{No, Unknown, Yes};
        assert_eq!(grade(&face(Yes, No, Unknown)), (3, 4, vec![GradeQuestion::FlattensOnStretch]));
        assert_eq!(grade(&face(Yes, Unknown, Yes)), (2, 3, vec![GradeQuestion::EasilyCovered]));
        let (lowest, highest, open) = grade(&face(Unknown, Unknown, Unknown));
        assert_eq!((lowest, highest, open.len()), (2, 4, 3));
    }

    #[test]
    fn colour_alone_is_macular_no_scar_is_nought_and_no_count_is_open() {
        let marks = ZoneScars { zone: "cheek".into(), macular: 3, ..ZoneScars::default() };
        assert_eq!(grade(&Scars { zones: vec![marks], ..Scars::default() }), (1, 1, vec![]));
        assert_eq!(grade(&Scars { zones: vec![ZoneScars::default()], ..Scars::default() }), (0, 0, vec![]));
        assert_eq!(grade(&Scars::default()), (0, 4, vec![GradeQuestion::Contour]));
        let table = GoodmanBaronCounts { papular: 1, ..GoodmanBaronCounts::default() };
        assert_eq!(grade(&Scars { goodman_baron: Some(table), visible_at_50_cm: Answer::No, ..Scars::default() }).0, 2);
    }

    #[test]
    fn the_worst_zone_decides_about_stretching() {
        let mut scars = face(Answer::Yes, Answer::No, Answer::Yes);
        scars.zones.push(ZoneScars {
            zone: "temple".into(),
            rolling: 1,
            flattens_on_stretch: Answer::No,
            ..ZoneScars::default()
        });
        assert_eq!(grade(&scars), (4, 4, vec![]));
    }

    fn any_answer() -> impl Strategy<Value = Answer> {
        prop_oneof![Just(Answer::No), Just(Answer::Unknown), Just(Answer::Yes)]
    }

    proptest! {
        #[test]
        fn an_answer_never_widens_the_range(
            answers in (any_answer(), any_answer(), any_answer()),
            obvious in prop_oneof![Just(Answer::No), Just(Answer::Yes)],
        ) {
            let (before_lowest, before_highest, _) = grade(&face(Answer::Unknown, answers.1, answers.2));
            let (lowest, highest, _) = grade(&face(obvious, answers.1, answers.2));
            prop_assert!(before_lowest <= lowest && highest <= before_highest);
            let (before_lowest, before_highest, _) = grade(&face(answers.0, answers.1, Answer::Unknown));
            let (lowest, highest, _) = grade(&face(answers.0, answers.1, obvious));
            prop_assert!(before_lowest <= lowest && highest <= before_highest);
        }
    }
}
