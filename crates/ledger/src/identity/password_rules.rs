//! Which passwords may be chosen.

/// What a new password must be. Length counts, composition does not: no digit, sign or capital is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordRules {
    /// Fewest characters; 12, an expert setting.
    pub characters_min: usize,
    /// Most characters; 128, an expert setting, so that a pass phrase fits.
    pub characters_max: usize,
}

/// A password that the rules accepted; only such a one can be hashed for a user.
#[derive(Clone, Copy)]
pub struct NewPassword<'a>(&'a str);

/// Why a password may not be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefused {
    /// Too few characters.
    #[error("the password has {characters} characters: use {least} or more, a short sentence for example")]
    TooShort {
        /// Characters typed.
        characters: usize,
        /// Fewest allowed.
        least: usize,
    },
    /// Too many characters.
    #[error("the password has {characters} characters: use {most} at most")]
    TooLong {
        /// Characters typed.
        characters: usize,
        /// Most allowed.
        most: usize,
    },
    /// One character, again and again.
    #[error("the password repeats one character: use several words")]
    OneCharacter,
    /// It is a name, with nothing but figures or signs around it.
    #[error("the password is a name with nothing else but figures: use words that are not your name")]
    AName,
    /// It is on the list of very common passwords.
    #[error("the password is one of the first that an attacker tries: use several words of your own")]
    VeryCommon,
}

/// Passwords that are tried first, as letters and figures in lower case, without the figures that many put behind a word.
/// Recalled, not taken from one list; a start, which keeps the worst out.
const VERY_COMMON: &str = "\
    0123456789 01234567890 012345678901 012345678910 0987654321 09876543210 1020304050 102030405060 1111222233334444 \
    112233445566 123123123123 1234512345 123456123456 1234567890 12345678901 123456789012 1234567890123 1234567890qwerty \
    12345678910 1234567891011 1234qwerasdf 1234qwerasdfzxcv 123qweasdzxc 147258369147 159357159357 1q2w3e4r5t 1q2w3e4r5t6y \
    1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1qaz2wsx3edc 1qaz2wsx3edc4rfv 987654321 9876543210 abc123abc abcabcabcabc abcd1234abcd \
    abcdefgh abcdefghij abcdefghijkl abcdefghijklmnop adgjmptw admin adminadmin adminadminadmin administrator asdfasdfasdf \
    asdfghjkl asdfghjklasdfghjkl baseball baseballbaseball changeme changemenow changemeplease clinic clinicclinic \
    correcthorsebatterystaple default defaultpassword dermatologist dermatology dragon dragondragon football \
    footballfootball helloworld iloveyou iloveyouiloveyou letmein letmeinletmein letmeinnow letmeinplease master michael \
    microneedling monkey monkeymonkey mypassword nopassword passw0rd password passwordpassword princess princessprincess \
    q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedc qazwsxedcrfv qwer1234qwer qwerty qwertyqwerty qwertyuiop qwertyuiopasdf \
    qwertyuiopasdfghjkl qwertyuiopqwertyuiop resurface resurfaceresurface secret secretsecret skinclinic sunshine superman \
    testtesttest thisismypassword trustno1trustno welcome welcomeback welcomewelcome zaq12wsxcde zaq12wsxcde3 zxcvbnm \
    zxcvbnmasdfghjkl zxcvbnmzxcvbnm";

/// A word of a name counts from this length on; shorter ones occur in many words by chance.
const NAME_CHARACTERS_MIN: usize = 3;

impl Default for PasswordRules {
    fn default() -> Self {
        Self { characters_min: 12, characters_max: 128 }
    }
}

impl PasswordRules {
    /// Accepts a new password. `names` are the user's: sign-in name, display name, the clinic's.
    ///
    /// # Errors
    /// The first rule that refuses it.
    pub fn check<'a>(&self, password: &'a str, names: &[&str]) -> Result<NewPassword<'a>, PasswordRefused> {
        let characters = password.chars().count();
        if characters < self.characters_min {
            return Err(PasswordRefused::TooShort { characters, least: self.characters_min });
        }
        if characters > self.characters_max {
            return Err(PasswordRefused::TooLong { characters, most: self.characters_max });
        }
        let mut distinct = password.chars();
        if distinct.next().is_none_or(|first| distinct.all(|other| other == first)) {
            return Err(PasswordRefused::OneCharacter);
        }
        let plain = plain(password);
        let word = plain.trim_end_matches(char::is_numeric);
        if VERY_COMMON.split(' ').any(|common| common == plain || common == word) {
            return Err(PasswordRefused::VeryCommon);
        }
        if is_a_name(&plain, names) {
            return Err(PasswordRefused::AName);
        }
        Ok(NewPassword(password))
    }
}

impl<'a> NewPassword<'a> {
    /// The password itself.
    pub(super) const fn text(self) -> &'a str {
        self.0
    }
}

impl std::fmt::Debug for NewPassword<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("NewPassword(hidden)")
    }
}

/// Letters and figures, in lower case.
fn plain(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether no letter is left once the names and their words are taken out, and at least one was in it.
fn is_a_name(plain_password: &str, names: &[&str]) -> bool {
    let words = names.iter().flat_map(|name| name.split(|sign: char| !sign.is_alphanumeric()).map(plain));
    let mut words: Vec<String> =
        names.iter().map(|name| plain(name)).chain(words).filter(|word| word.chars().count() >= NAME_CHARACTERS_MIN).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let left = words.iter().fold(plain_password.to_owned(), |left, word| left.replace(word.as_str(), ""));
    left != plain_password && !left.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::{PasswordRefused, PasswordRules, VERY_COMMON, plain};

    const NAMES: &[&str] = &["amal.osei", "Dr Amal Osei"];

    fn check(password: &str) -> Result<(), PasswordRefused> {
        PasswordRules::default().check(password, NAMES).map(|_| ())
    }

    #[test]
    fn a_sentence_of_ones_own_is_accepted_in_any_script() {
        for good in [
            "four ducks on the lake",
            "четыре утки на озере",
            "湖の上にアヒルが四羽います",
            "osei and the four ducks",
            "839271650384",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(check("elevenchars"), Err(PasswordRefused::TooShort { characters: 11, least: 12 }));
        assert_eq!(check("éééééééééé é"), Ok(()));
        assert_eq!(check(&"ab".repeat(64)), Ok(()));
        assert_eq!(check(&"abc".repeat(43)), Err(PasswordRefused::TooLong { characters: 129, most: 128 }));
    }

    #[test]
    fn what_everybody_would_try_first_is_refused() {
        assert_eq!(check("zzzzzzzzzzzz"), Err(PasswordRefused::OneCharacter));
        for common in ["password-1234", "Qwerty 123456!", "Password!!!!", "1234 5678 9012", "welcome20262027"] {
            assert_eq!(check(common), Err(PasswordRefused::VeryCommon), "{common}");
        }
        for named in ["amal.osei2026", "AmalOsei!!!!", "osei-amal-1984", "amalamalamal", "Dr. Amal Osei"] {
            assert_eq!(check(named), Err(PasswordRefused::AName), "{named}");
        }
    }

    #[test]
    fn the_list_is_written_as_it_is_compared() {
        let common: Vec<&str> = VERY_COMMON.split(' ').collect();
        assert!(common.iter().all(|common| !common.is_empty() && plain(common) == *common));
        assert!(common.is_sorted_by(|one, next| one < next), "sorted, so that a double is seen");
    }
}
