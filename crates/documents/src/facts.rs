//! Everything that an entry holds, as lines: what it is, and what it says.

use std::collections::BTreeMap;

use resurface_care::chart::Drawn;
use serde_json::Value;

use crate::letterhead::short;

/// The facts of a value, in the order in which it keeps them. What is not recorded is left out.
pub(crate) fn facts(value: &Value) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    collect("", value, &mut facts);
    facts
}

fn collect(path: &str, value: &Value, facts: &mut Vec<(String, String)>) {
    let under = |name: &str| {
        let name = name.replace('_', " ");
        if path.is_empty() { name } else { format!("{path}: {name}") }
    };
    match value {
        Value::Null => {}
        Value::Object(fields) => match answers(value) {
            None if !path.is_empty() && fields.values().all(single) => {
                let each = fields.iter().filter(|(_, said)| !said.is_null());
                let each: Vec<String> = each.map(|(name, said)| format!("{} {}", name.replace('_', " "), plain(said))).collect();
                facts.push((path.to_owned(), each.join("; ")));
            }
            Some(answers) => facts.extend(answers.into_iter().map(|(answer, names)| (under(&answer), names.join(", ")))),
            None => fields.iter().for_each(|(name, field)| collect(&under(name), field, facts)),
        },
        Value::Array(items) if items.iter().all(single) => {
            if !items.is_empty() {
                facts.push((path.to_owned(), items.iter().map(plain).collect::<Vec<_>>().join(", ")));
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| collect(&format!("{path} {}", at + 1), item, facts));
        }
        value => facts.push((path.to_owned(), plain(value))),
    }
}

fn single(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

/// Questions by their answer, where a value holds nothing but answered questions: fifty times "no" is one line.
fn answers(value: &Value) -> Option<BTreeMap<String, Vec<String>>> {
    let questions = value.as_object().filter(|questions| !questions.is_empty())?;
    let mut answers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (question, answered) in questions {
        let answer = answered.get("answer")?.as_str()?;
        let more = answered.as_object()?.iter().filter(|(name, said)| *name != "answer" && !said.is_null());
        let more: Vec<String> = more.map(|(name, said)| format!("{} {}", name.replace('_', " "), plain(said))).collect();
        let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join("; ")) };
        answers.entry(answer.to_owned()).or_default().push(format!("{}{more}", question.replace('_', " ")));
    }
    Some(answers)
}

/// A single value. A hash is cut to what tells two apart; a drawn signature is for the document of the consent to draw.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) if text.len() == 64 && text.bytes().all(|sign| sign.is_ascii_hexdigit()) => short(text).to_owned(),
        Value::String(text) if Drawn::try_from(text.clone()).is_ok() => "drawn by hand".to_owned(),
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::facts;

    #[test]
    fn everything_recorded_is_a_line_and_answers_stand_together() {
        // given an entry with a list, answered questions, a hash and something that was not recorded
        let entry = json!({
            "on": "2026-11-20",
            "lot": null,
            "findings": { "sunburn": { "answer": "no" }, "tan": { "answer": "no" }, "filler": { "answer": "yes", "on": "2026-08-01" } },
            "zones": [{ "zone": "chin", "depth_um": 500 }],
            "sha256": "a".repeat(64),
            "signature": { "name": "Rita", "drawn": "M1 2L3 4" },
        });
        // when it is written out
        let lines: Vec<String> = facts(&entry).into_iter().map(|(what, says)| format!("{what} = {says}")).collect();
        // then nothing recorded is missing
        for line in [
            "on = 2026-11-20",
            "findings: no = sunburn, tan",
            "findings: yes = filler (on 2026-08-01)",
            "zones 1 = depth um 500; zone chin",
            "sha256 = aaaaaaaaaaaa",
            "signature = drawn drawn by hand; name Rita",
        ] {
            assert!(lines.contains(&line.to_owned()), "{line}: {lines:?}");
        }
        assert_eq!(lines.len(), 6);
    }
}
