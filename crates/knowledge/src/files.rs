//! The files of the knowledge folder, as texts. Nothing here touches a disk: the program hands the texts in.

use std::collections::BTreeMap;

use crate::check::is_translation;

/// Every file of the workspace folder `knowledge/`, built into the binary. A new file gets its line here, and nowhere else.
const BUILT_IN: &[(&str, &str)] = &[
    ("adverse_events.toml", include_str!("../../../knowledge/adverse_events.toml")),
    ("comparisons.csv", include_str!("../../../knowledge/comparisons.csv")),
    ("contraindications.toml", include_str!("../../../knowledge/contraindications.toml")),
    ("de/adverse_events.toml", include_str!("../../../knowledge/de/adverse_events.toml")),
    ("de/contraindications.toml", include_str!("../../../knowledge/de/contraindications.toml")),
    ("de/devices.toml", include_str!("../../../knowledge/de/devices.toml")),
    ("de/guide.toml", include_str!("../../../knowledge/de/guide.toml")),
    ("de/guide/consent.md", include_str!("../../../knowledge/de/guide/consent.md")),
    ("de/guide/how-it-works.md", include_str!("../../../knowledge/de/guide/how-it-works.md")),
    ("de/guide/how-many-sessions.md", include_str!("../../../knowledge/de/guide/how-many-sessions.md")),
    ("de/guide/misconceptions.md", include_str!("../../../knowledge/de/guide/misconceptions.md")),
    ("de/guide/other-treatments.md", include_str!("../../../knowledge/de/guide/other-treatments.md")),
    ("de/guide/questions.md", include_str!("../../../knowledge/de/guide/questions.md")),
    ("de/guide/what-it-can-improve.md", include_str!("../../../knowledge/de/guide/what-it-can-improve.md")),
    ("de/guide/what-to-ask.md", include_str!("../../../knowledge/de/guide/what-to-ask.md")),
    ("de/guide/what-to-expect.md", include_str!("../../../knowledge/de/guide/what-to-expect.md")),
    ("de/guide/who-must-wait.md", include_str!("../../../knowledge/de/guide/who-must-wait.md")),
    ("de/jurisdictions.toml", include_str!("../../../knowledge/de/jurisdictions.toml")),
    ("de/protocol.toml", include_str!("../../../knowledge/de/protocol.toml")),
    ("de/scales.toml", include_str!("../../../knowledge/de/scales.toml")),
    ("de/settings.toml", include_str!("../../../knowledge/de/settings.toml")),
    ("de/treatments.toml", include_str!("../../../knowledge/de/treatments.toml")),
    ("devices.toml", include_str!("../../../knowledge/devices.toml")),
    ("guide/consent.md", include_str!("../../../knowledge/guide/consent.md")),
    ("guide/how-it-works.md", include_str!("../../../knowledge/guide/how-it-works.md")),
    ("guide/how-many-sessions.md", include_str!("../../../knowledge/guide/how-many-sessions.md")),
    ("guide/misconceptions.md", include_str!("../../../knowledge/guide/misconceptions.md")),
    ("guide/other-treatments.md", include_str!("../../../knowledge/guide/other-treatments.md")),
    ("guide/questions.md", include_str!("../../../knowledge/guide/questions.md")),
    ("guide/what-it-can-improve.md", include_str!("../../../knowledge/guide/what-it-can-improve.md")),
    ("guide/what-to-ask.md", include_str!("../../../knowledge/guide/what-to-ask.md")),
    ("guide/what-to-expect.md", include_str!("../../../knowledge/guide/what-to-expect.md")),
    ("guide/who-must-wait.md", include_str!("../../../knowledge/guide/who-must-wait.md")),
    ("histology.csv", include_str!("../../../knowledge/histology.csv")),
    ("jurisdictions.toml", include_str!("../../../knowledge/jurisdictions.toml")),
    ("population.json", include_str!("../../../knowledge/population.json")),
    ("protocol.toml", include_str!("../../../knowledge/protocol.toml")),
    ("scales.toml", include_str!("../../../knowledge/scales.toml")),
    ("settings.toml", include_str!("../../../knowledge/settings.toml")),
    ("sources.toml", include_str!("../../../knowledge/sources.toml")),
    ("treatments.toml", include_str!("../../../knowledge/treatments.toml")),
    ("trial_roles.csv", include_str!("../../../knowledge/trial_roles.csv")),
    ("trials.csv", include_str!("../../../knowledge/trials.csv")),
];

/// The texts that knowledge is read from: file name, relative to the folder and with `/` between its parts, to text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<String, String>);

impl Files {
    /// The files that came with this version.
    #[must_use]
    pub fn built_in() -> Self {
        Self(BUILT_IN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
    }

    /// Names of the files that must be there, in English, in alphabetical order.
    pub fn required() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name).filter(|name| !is_translation(name))
    }

    /// Whether a file found in a knowledge folder is read as knowledge: tables, data and the pages of the guide are;
    /// a read-me beside them is not.
    #[must_use]
    pub fn belongs(name: &str) -> bool {
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        ends(&[".toml", ".csv", ".json"]) || ((name.starts_with("guide/") || name.contains("/guide/")) && name.ends_with(".md"))
    }

    /// Puts a file in, in place of an earlier one of the same name.
    pub fn insert(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.0.insert(name.into(), text.into());
    }

    /// Takes a file out.
    pub fn remove(&mut self, name: &str) -> Option<String> {
        self.0.remove(name)
    }

    /// The text of a file.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Every file, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

impl<N: Into<String>, T: Into<String>> FromIterator<(N, T)> for Files {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(files: I) -> Self {
        Self(files.into_iter().map(|(name, text)| (name.into(), text.into())).collect())
    }
}
