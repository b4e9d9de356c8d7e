//! What screening decides, from most to least permissive, and how two decisions become one.

use std::fmt;

use jiff::civil::Date;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What screening decides. The later variant always wins: adding a finding never loosens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Nothing speaks against treatment.
    Suitable,
    /// Treatment may go on with the steps that the findings name.
    SuitableWithPrecautions,
    /// An answer is missing without which nobody can say.
    CannotDecide,
    /// Not yet.
    Defer(Until),
    /// Not by these rules.
    NotSuitable,
}

/// Until when treatment waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// Until this day; on the day itself treatment is possible.
    Date(Date),
    /// Until a state that the findings name, seen on examination.
    State,
    /// Not before this day, and then when the state is reached.
    DateAndState(Date),
}

impl Until {
    /// The day before which treatment is not possible, where one is known.
    #[must_use]
    pub const fn date(self) -> Option<Date> {
        match self {
            Self::Date(date) | Self::DateAndState(date) => Some(date),
            Self::State => None,
        }
    }

    /// Whether a state has to be seen as well.
    #[must_use]
    pub const fn needs_state(self) -> bool {
        !matches!(self, Self::Date(_))
    }

    /// Both waits together: the later day, and the state if either asks for one.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        let date = self.date().max(other.date());
        match (date, self.needs_state() || other.needs_state()) {
            (Some(date), true) => Self::DateAndState(date),
            (Some(date), false) => Self::Date(date),
            (None, _) => Self::State,
        }
    }
}

impl Decision {
    /// The two decisions together: the stricter, and of two deferrals both waits.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        match (self, other) {
            (Self::Defer(one), Self::Defer(two)) => Self::Defer(one.join(two)),
            (one, two) if one.rank() >= two.rank() => one,
            (_, two) => two,
        }
    }

    /// Whether treatment may go on.
    #[must_use]
    pub const fn permits(self) -> bool {
        matches!(self, Self::Suitable | Self::SuitableWithPrecautions)
    }

    /// Whether this is nowhere more permissive than `other`: joining `other` changes nothing.
    #[must_use]
    pub fn at_least_as_strict_as(self, other: Self) -> bool {
        self.join(other) == self
    }

    /// Place in the order, 0 for the most permissive. Two deferrals share a place.
    #[must_use]
    pub const fn rank(self) -> u8 {
        match self {
            Self::Suitable => 0,
            Self::SuitableWithPrecautions => 1,
            Self::CannotDecide => 2,
            Self::Defer(_) => 3,
            Self::NotSuitable => 4,
        }
    }

    /// The word a program reads.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Suitable => "suitable",
            Self::SuitableWithPrecautions => "suitable_with_precautions",
            Self::CannotDecide => "cannot_decide",
            Self::Defer(_) => "defer",
            Self::NotSuitable => "not_suitable",
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Suitable => out.write_str("suitable"),
            Self::SuitableWithPrecautions => out.write_str("suitable with precautions"),
            Self::CannotDecide => out.write_str("cannot decide"),
            Self::Defer(Until::Date(date)) => write!(out, "defer until {date}"),
            Self::Defer(Until::State) => out.write_str("defer until it has cleared"),
            Self::Defer(Until::DateAndState(date)) => write!(out, "defer until {date}, and until it has cleared"),
            Self::NotSuitable => out.write_str("not suitable"),
        }
    }
}

impl Serialize for Decision {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let until = match self {
            Self::Defer(until) => Some(*until),
            _ => None,
        };
        let mut fields = serializer.serialize_struct("Decision", 3)?;
        fields.serialize_field("is", self.word())?;
        fields.serialize_field("until_date", &until.and_then(Until::date))?;
        fields.serialize_field("until_state", &until.is_some_and(Until::needs_state))?;
        fields.end()
    }
}

impl<'de> Deserialize<'de> for Decision {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Written {
            is: String,
            until_date: Option<Date>,
            #[serde(default)]
            until_state: bool,
        }
        let written = Written::deserialize(deserializer)?;
        match (written.is.as_str(), written.until_date, written.until_state) {
            ("suitable", ..) => Ok(Self::Suitable),
            ("suitable_with_precautions", ..) => Ok(Self::SuitableWithPrecautions),
            ("cannot_decide", ..) => Ok(Self::CannotDecide),
            ("not_suitable", ..) => Ok(Self::NotSuitable),
            ("defer", Some(date), false) => Ok(Self::Defer(Until::Date(date))),
            ("defer", Some(date), true) => Ok(Self::Defer(Until::DateAndState(date))),
            ("defer", None, true) => Ok(Self::Defer(Until::State)),
            (word, ..) => Err(serde::de::Error::custom(format!("{word:?} is no decision"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Decision, Until};

    #[test]
    fn a_decision_is_read_as_it_is_written() {
        let day = date(2026, 11, 20);
        let defer = [Until::Date(day), Until::State, Until::DateAndState(day)].map(Decision::Defer);
        let others = [Decision::Suitable, Decision::SuitableWithPrecautions, Decision::CannotDecide, Decision::NotSuitable];
        for decision in others.into_iter().chain(defer) {
            let written = serde_json::to_string(&decision).unwrap();
            assert_eq!(serde_json::from_str::<Decision>(&written).unwrap(), decision, "{written}");
        }
        assert!(serde_json::from_str::<Decision>(r#"{"is":"defer"}"#).is_err());
        assert!(serde_json::from_str::<Decision>(r#"{"is":"perhaps"}"#).is_err());
    }
}
