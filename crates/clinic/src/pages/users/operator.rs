//! What is known of somebody who treats.

use maud::{Markup, html};
use resurface_care::consultation::{Answer, Profession};
use resurface_ledger::identity::OperatorRecord;

use crate::form::{Choice, Faults, Form, Number, Typed};

const PROFESSIONS: [(&str, Profession); 4] = [
    ("dermatologist", Profession::Dermatologist),
    ("doctor", Profession::Doctor),
    ("nurse", Profession::Nurse),
    ("practitioner", Profession::Practitioner),
];

const ANSWERS: [(&str, Answer); 3] = [("yes", Answer::Yes), ("no", Answer::No), ("unknown", Answer::Unknown)];

fn word<T: PartialEq>(of: &[(&'static str, T)], value: &T) -> &'static str {
    of.iter().find(|(_, known)| known == value).map_or("", |(word, _)| word)
}

/// What is known, as the form shows it.
pub(super) fn typed(record: Option<&OperatorRecord>) -> Typed {
    let Some(record) = record else { return Typed::default() };
    let typed = Typed::default()
        .or("profession", word(&PROFESSIONS, &record.profession))
        .or("trained", word(&ANSWERS, &record.trained))
        .or("premises_permitted", word(&ANSWERS, &record.premises_permitted));
    let typed = match record.training_valid_until {
        Some(day) => typed.or("training_valid_until", day.to_string()),
        None => typed,
    };
    match record.depth_limit_um {
        Some(depth) => typed.or("depth_limit_um:n", depth.to_string()),
        None => typed,
    }
}

/// The fields.
pub(super) fn fields(form: &Form<'_>) -> Markup {
    let words = form.words;
    let typed = form.typed.clone().or("trained", "unknown").or("premises_permitted", "unknown");
    let form = Form { typed: &typed, ..*form };
    let mut professions: Vec<Choice<'_>> = vec![("", words.text("profession-none"))];
    professions.extend(PROFESSIONS.iter().map(|(word, _)| (*word, words.text(&format!("profession-{word}")))));
    let depth = Number { min: 0.0, max: f64::from(OperatorRecord::DEPTH_LIMIT_UM_MAX), step: 50.0 };
    html! {
        (form.select("profession", &words.text("user-profession"), None, &professions))
        (form.answer("trained", &words.text("user-trained"), None))
        div.row {
            (form.date("training_valid_until", &words.text("user-training-until"), None))
            (form.number("depth_limit_um:n", &words.text("user-depth-limit"), None, depth))
        }
        (form.answer("premises_permitted", &words.text("user-premises"), None))
    }
}

/// What was typed; nothing without a profession.
pub(crate) fn read(typed: &Typed) -> Result<Option<OperatorRecord>, Faults> {
    let Some((_, profession)) = PROFESSIONS.iter().find(|(word, _)| *word == typed.value("profession")) else { return Ok(None) };
    let answer =
        |name: &str| ANSWERS.iter().find(|(word, _)| *word == typed.value(name)).map_or(Answer::Unknown, |(_, answer)| *answer);
    let until = typed.filled("training_valid_until").map(str::parse).transpose();
    let until = until.map_err(|_| Faults::one("training_valid_until", "this is not a day: write it as year-month-day"));
    let depth = typed.filled("depth_limit_um:n").map(str::parse::<u32>).transpose().ok();
    let depth = depth.filter(|depth| depth.is_none_or(|depth| depth <= OperatorRecord::DEPTH_LIMIT_UM_MAX));
    let depth = depth.ok_or_else(|| {
        Faults::one("depth_limit_um", format!("write a whole number from 0 to {}", OperatorRecord::DEPTH_LIMIT_UM_MAX))
    });
    match (until, depth) {
        (Ok(training_valid_until), Ok(depth_limit_um)) => Ok(Some(OperatorRecord {
            profession: *profession,
            trained: answer("trained"),
            training_valid_until,
            depth_limit_um,
            premises_permitted: answer("premises_permitted"),
        })),
        (until, depth) => Err(until.err().unwrap_or_default().and(depth.err().unwrap_or_default())),
    }
}
