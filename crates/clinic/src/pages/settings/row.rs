//! One setting as a page shows it, whether it is a number or a choice between words.

use resurface_knowledge::settings::{Choice, Settings};
use resurface_knowledge::values::Value;
use resurface_knowledge::{Files, Mark};
use resurface_ledger::clinic::{PracticeChange, PracticeDecided};
use serde::Serialize;

use crate::problem::{Problem, What};
use crate::seat::Seat;

/// One setting.
pub(super) struct Row {
    pub(super) id: &'static str,
    pub(super) name: String,
    /// The value in force.
    pub(super) value: String,
    /// The value that came with the knowledge.
    pub(super) shipped: String,
    pub(super) unit: String,
    /// What a clinic may set.
    pub(super) range: String,
    /// Smallest and largest number; nothing for a choice.
    pub(super) limits: Option<(f64, f64)>,
    /// The words of a choice; none for a number.
    pub(super) choices: &'static [&'static str],
    pub(super) mark: Mark,
    pub(super) sources: Vec<String>,
    pub(super) why: String,
    /// By whom it was last changed, where it was.
    pub(super) decided: Option<PracticeDecided>,
}

impl Row {
    pub(super) fn is_changed(&self) -> bool {
        self.value != self.shipped
    }

    /// What was typed, as a value.
    pub(super) fn read(&self, text: &str) -> Option<Value> {
        if self.limits.is_none() {
            return self.choices.contains(&text).then(|| Value::Word(text.to_owned()));
        }
        text.replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Number)
    }
}

/// Every setting, in the order of the file.
pub(super) fn rows(seat: &Seat<'_>) -> Result<Vec<Row>, Problem> {
    let words = seat.words();
    let (now, shipped) = (&seat.reader().knowledge.settings, shipped(seat.app.shipped())?);
    let decided = |id: &str| {
        let is = |change: &PracticeChange| matches!(change, PracticeChange::Setting { id: of, .. } if of == id);
        seat.practice.decided.iter().rev().find(|decided| is(&decided.change)).cloned()
    };
    let mut rows: Vec<Row> = now
        .numbers()
        .zip(shipped.numbers())
        .map(|((id, now), (_, shipped))| Row {
            id,
            name: now.name.clone(),
            value: now.value.to_string(),
            shipped: shipped.value.to_string(),
            unit: now.unit.clone(),
            range: words.with("settings-from-to", [("from", now.min.to_string().into()), ("to", now.max.to_string().into())]),
            limits: Some((now.min, now.max)),
            choices: &[],
            mark: now.mark,
            sources: now.sources.clone(),
            why: now.why.clone(),
            decided: decided(id),
        })
        .collect();
    let sides: &[&str] = &["narrower", "wider"];
    rows.push(choice(
        "fitzpatrick_variant",
        &now.fitzpatrick_variant,
        &shipped.fitzpatrick_variant,
        &["zero_to_six", "zero_to_seven"],
    ));
    rows.push(choice("ecca_at_2_mm", &now.ecca_at_2_mm, &shipped.ecca_at_2_mm, sides));
    rows.push(choice("ecca_at_4_mm", &now.ecca_at_4_mm, &shipped.ecca_at_4_mm, sides));
    if cfg!(feature = "measure") {
        rows.push(choice("measuring", &now.measuring, &shipped.measuring, &["offered", "off"]));
    }
    rows.iter_mut().filter(|row| row.limits.is_none()).for_each(|row| row.decided = decided(row.id));
    Ok(rows)
}

fn choice<T: Serialize>(id: &'static str, now: &Choice<T>, shipped: &Choice<T>, choices: &'static [&'static str]) -> Row {
    let word = |value: &T| serde_json::to_value(value).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default();
    Row {
        id,
        name: now.name.clone(),
        value: word(&now.value),
        shipped: word(&shipped.value),
        unit: String::new(),
        range: choices.join(", "),
        limits: None,
        choices,
        mark: now.mark,
        sources: now.sources.clone(),
        why: now.why.clone(),
        decided: None,
    }
}

/// The settings that came with the knowledge.
fn shipped(files: &Files) -> Result<Settings, Problem> {
    Settings::of(files).map_err(|report| Problem::new(What::Broken, report.to_string()))
}
