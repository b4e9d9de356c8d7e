//! Dates and times as the language writes them.

use jiff::civil::{Date, DateTime};

use crate::{Language, Words};

const ENGLISH: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const GERMAN: [&str; 12] =
    ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];

impl Words {
    /// A day in full: "3 December 2026", "3. Dezember 2026".
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        let month = usize::from(date.month().unsigned_abs()) - 1;
        match self.language() {
            Language::English => format!("{} {} {}", date.day(), ENGLISH[month], date.year()),
            Language::German => format!("{}. {} {}", date.day(), GERMAN[month], date.year()),
        }
    }

    /// A day for a table: "3 Dec 2026", "03.12.2026".
    #[must_use]
    pub fn short_date(&self, date: Date) -> String {
        let month = usize::from(date.month().unsigned_abs()) - 1;
        match self.language() {
            Language::English => format!("{} {} {}", date.day(), &ENGLISH[month][..3], date.year()),
            Language::German => format!("{:02}.{:02}.{}", date.day(), date.month(), date.year()),
        }
    }

    /// A moment, in the zone of the clinic: day and minute.
    #[must_use]
    pub fn moment(&self, moment: DateTime) -> String {
        format!("{}, {:02}:{:02}", self.short_date(moment.date()), moment.hour(), moment.minute())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::{Language, Words};

    #[test]
    fn a_day_is_written_as_the_language_writes_it() {
        let day = date(2026, 3, 9);
        let (english, german) = (Words::of(Language::English), Words::of(Language::German));
        assert_eq!([english.date(day), english.short_date(day)], ["9 March 2026", "9 Mar 2026"]);
        assert_eq!([german.date(day), german.short_date(day)], ["9. März 2026", "09.03.2026"]);
        assert_eq!(german.moment(day.at(7, 5, 0, 0)), "09.03.2026, 07:05");
    }
}
