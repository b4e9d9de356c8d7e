//! The Fluent files, one folder for each language and one file for each part of the product.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

use crate::{Argument, Language};

macro_rules! files {
    ($($name:literal)*) => {
        /// Every file, by name, in one language.
        const fn files(language: Language) -> &'static [(&'static str, &'static str)] {
            match language {
                Language::English => &[$(($name, include_str!(concat!("../locales/en/", $name, ".ftl")))),*],
                Language::German => &[$(($name, include_str!(concat!("../locales/de/", $name, ".ftl")))),*],
            }
        }
    };
}

files! {
    "shell"
    "chart"
    "why"
    "intake"
    "examination"
    "screening"
    "plan"
    "consent"
    "review"
    "entry"
    "figure"
    "documents"
    "papers"
    "treatment"
    "afterwards"
    "patient"
    "pictures"
    "measure"
    "operations"
    "running"
    "said"
}

/// Everything that is said, in one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::read(Language::English));
static GERMAN: LazyLock<Words> = LazyLock::new(|| Words::read(Language::German));

impl Words {
    /// The words of a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::German => &GERMAN,
        }
    }

    fn read(language: Language) -> Self {
        let identifier = language.code().parse::<LanguageIdentifier>().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        // Marks around what is put in are for mixed directions; both languages run from left to right.
        bundle.set_use_isolating(false);
        for (_, text) in files(language) {
            // A test says that every file is read whole, and that no key stands twice.
            let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(read, _)| read);
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    /// The language.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// What stands under a key. A key that is missing is shown as itself; a test says that none is.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// What stands under a key, with something put in.
    #[must_use]
    pub fn with<const N: usize>(&self, key: &str, arguments: [(&'static str, Argument); N]) -> String {
        self.format(key, Some(&arguments.into_iter().collect()))
    }

    /// The same, with as many things put in as there are.
    #[must_use]
    pub fn with_all(&self, key: &str, arguments: impl IntoIterator<Item = (&'static str, Argument)>) -> String {
        self.format(key, Some(&arguments.into_iter().collect()))
    }

    /// Whether there is such a key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    fn format(&self, key: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        let pattern = self.bundle.get_message(key).and_then(|message| message.value());
        let Some(pattern) = pattern else { return format!("\u{27e8}{key}\u{27e9}") };
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, arguments, &mut errors).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use fluent_bundle::FluentResource;

    use super::files;
    use crate::Language;

    /// Every key of a language with the names that are put into it.
    fn keys(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let mut keys = BTreeMap::new();
        for (_, text) in files(language) {
            let mut key = String::new();
            for line in text.lines() {
                if let Some((name, _)) =
                    line.split_once(" =").filter(|_| line.starts_with(|sign: char| sign.is_ascii_lowercase()))
                {
                    key = name.to_owned();
                    assert!(keys.insert(key.clone(), BTreeSet::new()).is_none(), "{key} stands twice");
                }
                for part in line.split('$').skip(1) {
                    let name: String = part.chars().take_while(|sign| sign.is_ascii_alphanumeric() || *sign == '-').collect();
                    keys.entry(key.clone()).or_default().insert(name);
                }
            }
        }
        keys
    }

    #[test]
    fn every_language_says_everything() {
        let english = keys(Language::English);
        assert!(!english.is_empty());
        for language in Language::ALL {
            let other = keys(language);
            let missing: Vec<_> = english.keys().filter(|key| !other.contains_key(*key)).collect();
            let unknown: Vec<_> = other.keys().filter(|key| !english.contains_key(*key)).collect();
            assert!(missing.is_empty() && unknown.is_empty(), "{}: missing {missing:?}, unknown {unknown:?}", language.code());
            let otherwise: Vec<_> = english.iter().filter(|(key, names)| other.get(*key) != Some(names)).collect();
            assert!(otherwise.is_empty(), "{}: other things are put into {otherwise:?}", language.code());
        }
    }

    #[test]
    fn every_file_is_read_without_a_fault() {
        for (name, text) in Language::ALL.into_iter().flat_map(files) {
            let read = FluentResource::try_new((*text).to_owned());
            assert!(read.is_ok(), "{name}.ftl: {:?}", read.map_err(|(_, errors)| errors).err());
        }
    }
}
