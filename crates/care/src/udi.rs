//! What the code on a pack says (UDI). GS1 element strings are read, typed with their brackets or scanned without them; a code
//! of HIBCC is kept and not read.

use jiff::civil::Date;

/// What a code says of a cartridge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Udi {
    /// The code itself, with its parts in brackets.
    pub text: String,
    /// Lot number, `(10)`.
    pub lot: Option<String>,
    /// Last day of use, `(17)`.
    pub expires: Option<Date>,
}

impl Udi {
    /// Whether it says nothing else than what is printed beside it, as far as that is known.
    #[must_use]
    pub fn agrees_with(&self, lot: Option<&str>, expires: Option<Date>) -> bool {
        let lot_agrees = self.lot.as_deref().zip(lot).is_none_or(|(code, printed)| code == printed);
        lot_agrees && self.expires.zip(expires).is_none_or(|(code, printed)| code == printed)
    }
}

/// Why a code is not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UdiFault {
    /// It is no GS1 element string, or has a part that is not known here.
    #[error("this is no code of GS1 or HIBCC, or it was read wrong")]
    NotUnderstood,
    /// The check digit of the device's number is wrong: it was typed or read wrong.
    #[error("this code was read wrong: its check digit does not fit")]
    CheckDigit,
    /// There is no such day.
    #[error("this code names a day that does not exist")]
    NoSuchDay,
}

/// What ends a part of variable length in a scanned code.
const END: char = '\u{1d}';
/// Longest part of variable length.
const VARIABLE_CHARACTERS_MAX: usize = 20;

/// What a code of HIBCC begins with.
const HIBCC: char = '+';

/// Reads a code; two digits of a year are the nearest such year to this one.
///
/// # Errors
/// When it is no such code, or was read wrong.
pub fn read(text: &str, this_year: i16) -> Result<Udi, UdiFault> {
    let text = text.trim();
    if text.starts_with(HIBCC) {
        return Ok(Udi { text: text.to_owned(), lot: None, expires: None });
    }
    let parts = if text.starts_with('(') { with_brackets(text)? } else { scanned(text)? };
    let text = parts.iter().map(|(code, value)| format!("({code}){value}")).collect();
    let mut udi = Udi { text, lot: None, expires: None };
    for (code, value) in parts {
        match code.as_str() {
            "01" if !check_digit_is_right(&value) => return Err(UdiFault::CheckDigit),
            "10" => udi.lot = Some(value),
            "17" => udi.expires = Some(day(&value, this_year).ok_or(UdiFault::NoSuchDay)?),
            _ => {}
        }
    }
    if udi.text.is_empty() { Err(UdiFault::NotUnderstood) } else { Ok(udi) }
}

/// `(01)09506000134352(17)271130(10)A12`.
fn with_brackets(text: &str) -> Result<Vec<(String, String)>, UdiFault> {
    let parts = text.split('(').skip(1).map(|part| {
        let (code, value) = part.split_once(')').ok_or(UdiFault::NotUnderstood)?;
        let value = value.trim_matches(|sign: char| sign == END || sign.is_whitespace());
        if value.is_empty() { Err(UdiFault::NotUnderstood) } else { Ok((code.trim().to_owned(), value.to_owned())) }
    });
    parts.collect()
}

/// The same as a scanner sends it: fixed parts have their length, the others end at a sign of their own or with the code.
fn scanned(text: &str) -> Result<Vec<(String, String)>, UdiFault> {
    // What some scanners put in front to say which kind of code it was.
    let mut rest = ["]d2", "]C1", "]Q3"].iter().find_map(|mark| text.strip_prefix(mark)).unwrap_or(text).trim_start_matches(END);
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let code = rest.get(..2).ok_or(UdiFault::NotUnderstood)?;
        let value = &rest[2..];
        let length = match code {
            "01" => 14,
            "11" | "13" | "15" | "16" | "17" => 6,
            "10" | "21" => value.find(END).unwrap_or(value.len()),
            _ => return Err(UdiFault::NotUnderstood),
        };
        let found = value.get(..length).filter(|found| !found.is_empty() && found.len() <= VARIABLE_CHARACTERS_MAX);
        parts.push((code.to_owned(), found.ok_or(UdiFault::NotUnderstood)?.to_owned()));
        rest = value[length..].trim_start_matches(END);
    }
    Ok(parts)
}

/// The last of 14 digits checks the others: threes and ones from the left, and all together a multiple of ten.
fn check_digit_is_right(number: &str) -> bool {
    let digits: Vec<u32> = number.chars().filter_map(|sign| sign.to_digit(10)).collect();
    let weighted = digits.iter().zip([3, 1].into_iter().cycle()).map(|(digit, weight)| digit * weight);
    number.len() == 14 && digits.len() == 14 && weighted.sum::<u32>().is_multiple_of(10)
}

/// `YYMMDD`; the day 00 is the last of the month.
fn day(text: &str, this_year: i16) -> Option<Date> {
    if text.len() != 6 || !text.bytes().all(|sign| sign.is_ascii_digit()) {
        return None;
    }
    let two = |at: usize| text.get(at..at + 2)?.parse::<i8>().ok();
    let (year, month, day) = (i16::from(two(0)?), two(2)?, two(4)?);
    let century = this_year - this_year % 100;
    let nearest =
        [century - 100 + year, century + year, century + 100 + year].into_iter().min_by_key(|year| (year - this_year).abs())?;
    match day {
        0 => Some(Date::new(nearest, month, 1).ok()?.last_of_month()),
        day => Date::new(nearest, month, day).ok(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Udi, UdiFault, read};

    const PRINTED: &str = "(01)09506000134352(17)271130(10)ABC-12";
    const LOT_FIRST: &str = "(01)09506000134352(10)ABC-12(17)271130";

    fn udi(text: &str) -> Result<Udi, UdiFault> {
        Ok(Udi { text: text.to_owned(), lot: Some("ABC-12".to_owned()), expires: Some(date(2027, 11, 30)) })
    }

    #[test]
    fn a_code_is_read_as_it_is_printed_and_as_a_scanner_sends_it() {
        assert_eq!(read(PRINTED, 2026), udi(PRINTED));
        assert_eq!(read(" (01) 09506000134352 (10) ABC-12 (17) 271130 ", 2026), udi(LOT_FIRST));
        assert_eq!(read("010950600013435217271130 10ABC", 2026), Err(UdiFault::NotUnderstood));
        assert_eq!(read("]d2010950600013435210ABC-12\u{1d}17271130", 2026), udi(LOT_FIRST));
        assert_eq!(read("01095060001343521727113010ABC-12", 2026), udi(PRINTED));
        assert_eq!(read("01095060001343521727110010ABC-12", 2026), udi("(01)09506000134352(17)271100(10)ABC-12"));
    }

    #[test]
    fn a_code_contradicts_what_is_printed_beside_it_or_not() {
        let code = read(PRINTED, 2026).unwrap();
        assert!(code.agrees_with(None, None) && code.agrees_with(Some("ABC-12"), Some(date(2027, 11, 30))));
        assert!(!code.agrees_with(Some("ABC-13"), None));
        assert!(!code.agrees_with(None, Some(date(2027, 11, 29))));
    }

    #[test]
    fn a_code_of_hibcc_is_kept_and_not_read() {
        let code = read("+A99912345/$$52001510X3", 2026).unwrap();
        assert_eq!((code.text.as_str(), code.lot, code.expires), ("+A99912345/$$52001510X3", None, None));
    }

    #[test]
    fn a_code_that_was_read_wrong_is_not_believed() {
        assert_eq!(read("(01)09506000134353(17)271130(10)A", 2026), Err(UdiFault::CheckDigit));
        assert_eq!(read("(17)271331(10)A", 2026), Err(UdiFault::NoSuchDay));
        assert_eq!(read("cartridge 12", 2026), Err(UdiFault::NotUnderstood));
        assert_eq!(read("", 2026), Err(UdiFault::NotUnderstood));
    }

    #[test]
    fn two_digits_are_the_nearest_year() {
        assert_eq!(read("(17)991231", 2026).unwrap().expires, Some(date(1999, 12, 31)));
        assert_eq!(read("(17)000115", 2098).unwrap().expires, Some(date(2100, 1, 15)));
    }
}
