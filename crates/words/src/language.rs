//! The languages.

/// A language that everything is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English, as in Britain.
    #[default]
    English,
    /// German.
    German,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// Its code (BCP 47).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// Its own name for itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// The language with a code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The first language of an `Accept-Language` header that is known here. Weights are not read: browsers send the list in
    /// the order of their user's wish.
    #[must_use]
    pub fn wished(header: &str) -> Option<Self> {
        header.split(',').find_map(|part| Self::of_code(part.trim().get(..2)?))
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_first_known_language_of_a_browser_counts() {
        assert_eq!(Language::wished("fr-FR, de-AT;q=0.8, en;q=0.5"), Some(Language::German));
        assert_eq!(Language::wished("en-US,en;q=0.9"), Some(Language::English));
        assert_eq!(Language::wished("fr, é"), None);
    }
}
