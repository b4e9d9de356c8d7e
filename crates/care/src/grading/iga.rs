//! Investigator's Global Assessment of active acne, 0 to 4.

use resurface_knowledge::scales::GradedScale;
use serde::Serialize;

/// The grade and what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Iga {
    /// 0 to 4.
    pub grade: u8,
    /// Its name.
    pub name: String,
    /// When it is given.
    pub rule: String,
}

/// What a grade means; nothing for a grade that the scale does not have.
#[must_use]
pub fn iga(grade: u8, scale: &GradedScale) -> Option<Iga> {
    let known = scale.grades.iter().find(|known| known.grade == grade)?;
    Some(Iga { grade, name: known.name.clone(), rule: known.rule.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::knowledge;

    #[test]
    fn every_grade_has_a_meaning_and_no_other_number_has() {
        let scale = &knowledge().scales.iga;
        let names: Vec<String> = (0..=5).filter_map(|grade| iga(grade, scale)).map(|grade| grade.name).collect();
        assert_eq!(names, ["clear", "almost clear", "mild", "moderate", "severe"]);
    }
}
