//! The files with the values that a clinic has decided on, in the place of those that came with them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Files;
use crate::settings::Settings;
use crate::table::Table as _;

/// The value that a clinic gives a setting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A number, in the unit of the setting.
    Number(f64),
    /// One of the words of a choice.
    Word(String),
}

/// A setting that is not in the files.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no setting {0} in these files: it was changed by a version of the program that had one")]
pub struct NoSuchSetting(pub String);

/// The rule that says the interval as well, and its numbers.
const INTERVAL_RULE: &str = "id = \"CI-LASTSESS\"";
const INTERVAL_DAYS: [(&str, &str); 2] =
    [("interval_min_days", "{ days = "), ("interval_override_days", "override_from_days = ")];

impl Files {
    /// The same files with other values of settings. Whether they are allowed, whoever reads the files says.
    ///
    /// # Errors
    /// When a setting is not there.
    pub fn with_values(&self, values: &BTreeMap<String, Value>) -> Result<Self, NoSuchSetting> {
        let mut files = self.clone();
        if values.is_empty() {
            return Ok(files);
        }
        let text = self.text(Settings::FILE).unwrap_or_default();
        if let Some(missing) = values.keys().find(|id| !text.lines().any(|line| head(line) == Some(id))) {
            return Err(NoSuchSetting(missing.clone()));
        }
        files.insert(Settings::FILE, with_values(text, values));
        let rules = "contraindications.toml";
        if let Some(text) = self.text(rules) {
            files.insert(rules, with_interval(text, values));
        }
        Ok(files)
    }
}

/// The id of a setting, where its table begins.
fn head(line: &str) -> Option<&str> {
    line.trim().strip_prefix('[')?.strip_suffix(']')
}

fn with_values(text: &str, values: &BTreeMap<String, Value>) -> String {
    let mut decided = None;
    let line = |line: &str| {
        if let Some(id) = head(line) {
            decided = values.get(id);
        }
        let key = line.split_once('=').map(|(key, _)| key.trim());
        match (key, decided) {
            (Some("value"), Some(Value::Number(number))) => format!("value = {number}\n"),
            (Some("value"), Some(Value::Word(word))) => format!("value = {word:?}\n"),
            // The sources are of the value that came with the program.
            (Some("mark"), Some(_)) => "mark = \"ours\"\n".to_owned(),
            _ => format!("{line}\n"),
        }
    };
    text.lines().map(line).collect()
}

/// The interval stands in a rule as well, which says the same days.
fn with_interval(text: &str, values: &BTreeMap<String, Value>) -> String {
    let mut of_rule = false;
    let line = |line: &str| {
        if line.starts_with("id = ") {
            of_rule = line.starts_with(INTERVAL_RULE);
        }
        let mut line = line.to_owned();
        for (id, before) in INTERVAL_DAYS {
            if let (true, Some(Value::Number(days)), Some(at)) = (of_rule, values.get(id), line.find(before)) {
                let (start, rest) = line.split_at(at + before.len());
                line = format!("{start}{days}{}", rest.trim_start_matches(|sign: char| sign.is_ascii_digit()));
            }
        }
        line + "\n"
    };
    text.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{NoSuchSetting, Value};
    use crate::settings::Settings;
    use crate::{Files, Knowledge, Mark};

    fn values(of: &[(&str, f64)]) -> BTreeMap<String, Value> {
        of.iter().map(|(id, value)| ((*id).to_owned(), Value::Number(*value))).collect()
    }

    #[test]
    fn a_clinics_value_is_the_one_in_force_and_marked_as_its_own() {
        let files = Files::built_in().with_values(&values(&[("interval_min_days", 35.0), ("chance_wanted", 0.75)])).unwrap();
        let (shipped, changed) = (Knowledge::built_in().unwrap(), Knowledge::read(&files).unwrap());
        assert_eq!((changed.settings.interval_min_days.value, changed.settings.interval_min_days.mark), (35.0, Mark::Ours));
        assert_eq!(changed.settings.chance_wanted.value, 0.75);
        assert_eq!(changed.settings.verdict_days, shipped.settings.verdict_days, "nothing else has changed");
        let rule = changed.contraindications.iter().find(|rule| rule.id == "CI-LASTSESS").unwrap();
        assert_eq!(rule.wait.as_ref().unwrap().days, 35);
        assert_ne!(changed.version, shipped.version);
    }

    #[test]
    fn every_setting_can_be_given_its_own_value_and_only_its_range() {
        let shipped = Knowledge::built_in().unwrap().settings;
        let same: BTreeMap<_, _> = shipped.numbers().map(|(id, setting)| (id.to_owned(), Value::Number(setting.value))).collect();
        let files = Files::built_in().with_values(&same).unwrap();
        assert!(Knowledge::read(&files).is_ok());
        for (id, setting) in shipped.numbers() {
            let files = Files::built_in().with_values(&values(&[(id, setting.max + 1.0)])).unwrap();
            let reports = Knowledge::read(&files).unwrap_err();
            let field = format!("{id}.value");
            assert!(reports.iter().flat_map(|report| report.faults()).any(|fault| fault.field == field), "{id}: {reports:?}");
        }
    }

    #[test]
    fn a_choice_is_one_of_its_words() {
        let with = |word: &str| {
            let values = BTreeMap::from([("ecca_at_2_mm".to_owned(), Value::Word(word.to_owned()))]);
            Knowledge::read(&Files::built_in().with_values(&values).unwrap())
        };
        assert!(with("narrower").is_ok() && with("wider").is_ok());
        assert!(with("\"\n[evil]").is_err());
    }

    #[test]
    fn a_setting_that_is_not_there_is_named() {
        let refused = Files::built_in().with_values(&values(&[("interval_of_the_moon", 28.0)]));
        assert_eq!(refused, Err(NoSuchSetting("interval_of_the_moon".to_owned())));
        assert_eq!(Settings::IDS.len(), Knowledge::built_in().unwrap().settings.numbers().count());
    }
}
