//! The fields of an examination but those of the zones.

use maud::{Markup, html};
use resurface_knowledge::Knowledge;
use resurface_knowledge::scales::{EccaItem, GoodmanBaronItem};

use crate::form::{Choice, Form, Number};

const ROMAN: [&str; 6] = ["I", "II", "III", "IV", "V", "VI"];
const COUNT: Number = Number { min: 0.0, max: 999.0, step: 1.0 };
/// Area of raised scarring, in cm².
pub(super) const AREA: Number = Number { min: 0.0, max: 500.0, step: 0.1 };

/// Acne in the area today.
pub(super) fn lesions(form: &Form<'_>, knowledge: &Knowledge) -> Markup {
    let words = form.words;
    let mut grades: Vec<(String, String)> = vec![(String::new(), words.text("examination-not-graded"))];
    grades.extend(
        knowledge.scales.iga.grades.iter().map(|grade| (grade.grade.to_string(), format!("{} {}", grade.grade, grade.name))),
    );
    let grades: Vec<Choice<'_>> = grades.iter().map(|(word, label)| (word.as_str(), label.clone())).collect();
    html! {
        section.card {
            h2 { (words.text("examination-lesions")) }
            (form.radios("lesions.iga:n", &words.text("examination-iga"), Some(&words.text("examination-iga-hint")), &grades))
            (form.answer_or_unknown("lesions.pustules_or_nodules", &words.text("examination-pustules")))
        }
    }
}

/// Skin type: as judged, by the questionnaire, by colour.
pub(super) fn skin(form: &Form<'_>, knowledge: &Knowledge) -> Markup {
    let words = form.words;
    let mut types: Vec<Choice<'_>> = vec![("", words.text("examination-not-judged"))];
    types.extend(["1", "2", "3", "4", "5", "6"].into_iter().zip(ROMAN).map(|(number, roman)| (number, roman.to_owned())));
    let answer = Number { min: 0.0, max: 4.0, step: 1.0 };
    let filled = (0..10).any(|at| form.typed.filled(&format!("skin.questionnaire.{at}:n")).is_some());
    html! {
        section.card {
            h2 { (words.text("examination-skin")) }
            (form.radios("skin.fitzpatrick:n", &words.text("examination-fitzpatrick"), None, &types))
            details open[filled || form.faults.of("skin.questionnaire").is_some()] {
                summary { (words.text("examination-questionnaire")) }
                p.hint { (words.text("examination-questionnaire-hint")) }
                div.small-numbers {
                    @for (at, question) in knowledge.scales.fitzpatrick.questions.iter().enumerate() {
                        (form.number(&format!("skin.questionnaire.{at}:n"), question, None, answer))
                    }
                }
            }
            div.row {
                (form.number("skin.colour.lightness:n", &words.text("examination-lightness"), Some(&words.text("optional")), Number { min: 0.0, max: 100.0, step: 0.1 }))
                (form.number("skin.colour.b:n", &words.text("examination-b"), Some(&words.text("optional")), Number { min: 0.0, max: 60.0, step: 0.1 }))
            }
        }
    }
}

/// What is true of all scars together.
pub(super) fn scars(form: &Form<'_>) -> Markup {
    let words = form.words;
    html! {
        section.card {
            h2 { (words.text("examination-scars")) }
            (form.number("scars.age_months:n", &words.text("examination-age"), None, Number { min: 0.0, max: 1200.0, step: 1.0 }))
            (form.answer_or_unknown("scars.visible_at_50_cm", &words.text("examination-visible")))
            (form.answer_or_unknown("scars.easily_covered", &words.text("examination-covered")))
        }
    }
}

/// The count table of Goodman and Baron, for the face as a whole.
pub(super) fn goodman_baron(form: &Form<'_>, knowledge: &Knowledge) -> Markup {
    let words = form.words;
    let rows = &knowledge.scales.goodman_baron_quantitative.rows;
    let filled = rows.iter().any(|row| form.typed.filled(&counted(row.item)).is_some());
    html! {
        details.card open[filled || form.faults.of("scars.goodman_baron").is_some()] {
            summary { h2 { (words.text("examination-goodman-baron")) } }
            p.hint { (words.text("examination-goodman-baron-hint")) }
            div.small-numbers {
                @for row in rows { (form.number(&counted(row.item), &row.words, None, COUNT)) }
            }
            (form.number("scars.goodman_baron.keloidal_area_cm2:n", &words.text("examination-keloidal"), None, AREA))
        }
    }
}

fn counted(item: GoodmanBaronItem) -> String {
    format!("scars.goodman_baron.{}:n", word_of(&item))
}

/// A named value by the word that a file has for it.
fn word_of(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The ECCA grades that counts cannot give, and SCAR-S.
pub(super) fn other_scales(form: &Form<'_>, knowledge: &Knowledge) -> Markup {
    let words = form.words;
    let none = || ("", words.text("examination-not-graded"));
    let ecca: Vec<Choice<'_>> = std::iter::once(none())
        .chain(["0", "1", "2", "3"].map(|grade| (grade, words.text(&format!("examination-ecca-{grade}")))))
        .collect();
    let given = |item: EccaItem| matches!(item, EccaItem::Elastolysis | EccaItem::HypertrophicYoung | EccaItem::KeloidOld);
    let names: Vec<(u8, String)> = knowledge.scales.scar_s.grades.iter().map(|grade| (grade.grade, grade.name.clone())).collect();
    let names: Vec<(String, String)> =
        names.into_iter().map(|(grade, name)| (grade.to_string(), format!("{grade} {name}"))).collect();
    let scar_s: Vec<Choice<'_>> =
        std::iter::once(none()).chain(names.iter().map(|(grade, name)| (grade.as_str(), name.clone()))).collect();
    html! {
        details.card open[form.faults.of("scars.ecca").is_some() || form.faults.of("scars.scar_s").is_some()] {
            summary { h2 { (words.text("examination-other-scales")) } }
            h3 { "ECCA" }
            div.row {
                @for item in knowledge.scales.ecca.items.iter().filter(|weight| given(weight.item)) {
                    (form.select(&format!("scars.ecca.{}:n", word_of(&item.item)), &item.words, None, &ecca))
                }
            }
            h3 { "SCAR-S" }
            div.row {
                @for site in ["face", "chest", "back"] {
                    (form.select(&format!("scars.scar_s.{site}:n"), &words.text(&format!("examination-site-{site}")), None, &scar_s))
                }
            }
        }
    }
}
