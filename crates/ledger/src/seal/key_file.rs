//! A key as a text file that can be copied, printed and typed again, and that shows when a character is wrong.

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::cipher::KEY_BYTES;
use super::{KeyFileFault, SealError};

/// The first word of the key line: what it is, and the version of its layout.
const TAG: &str = "resurface-key-1";

/// What the file says of itself.
const COMMENT: &str = "\
# Key file of a Resurface clinic. With it and a copy of the data every chart can be read; without it none can.
# Keep it apart from the data, and keep a second copy in a safe place.
";

/// Length of the checksum, in bytes: with the key it fills whole base32 groups, so that no bit is unused.
const CHECKSUM_BYTES: usize = 8;
const CHECKED_KEY_BYTES: usize = KEY_BYTES + CHECKSUM_BYTES;
const CHARACTERS: usize = CHECKED_KEY_BYTES / 5 * 8;
const GROUP: usize = 8;

/// The text of a key file: a comment, then `resurface-key-1` and the key with its checksum, base32 in groups of eight.
pub fn write_key_file(key: &[u8; KEY_BYTES]) -> Zeroizing<String> {
    let mut checked = Zeroizing::new([0; CHECKED_KEY_BYTES]);
    // The two lengths add up to the array.
    checked[..KEY_BYTES].copy_from_slice(key);
    checked[KEY_BYTES..].copy_from_slice(&checksum(key));
    let characters = Zeroizing::new(BASE32_NOPAD.encode(&checked[..]));

    // Reserved in full: a string that grew would leave the key behind.
    let length = COMMENT.len() + TAG.len() + CHARACTERS + CHARACTERS / GROUP + 1;
    let mut text = Zeroizing::new(String::with_capacity(length));
    text.push_str(COMMENT);
    text.push_str(TAG);
    for (place, character) in characters.chars().enumerate() {
        if place % GROUP == 0 {
            text.push(' ');
        }
        text.push(character);
    }
    text.push('\n');
    text
}

/// The key in the text of a key file.
///
/// Comments, empty lines, small letters, and more or fewer spaces are accepted, as they come with typing and copying.
///
/// # Errors
///
/// [`SealError::BadKeyFile`] with the line and what is wrong with it.
pub fn read_key_file(text: &str) -> Result<Zeroizing<[u8; KEY_BYTES]>, SealError> {
    let mut key = None;
    // A byte order mark is what some editors put before a text.
    for (at, content) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let (line, content) = (at + 1, content.trim());
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let mut words = content.split_whitespace();
        if words.next() != Some(TAG) {
            return Err(KeyFileFault::UnknownLine { line }.into());
        }
        if key.is_some() {
            return Err(KeyFileFault::TwoKeys { line }.into());
        }
        key = Some(read_key(words, line)?);
    }
    key.ok_or_else(|| KeyFileFault::NoKey.into())
}

fn read_key<'a>(groups: impl Iterator<Item = &'a str>, line: usize) -> Result<Zeroizing<[u8; KEY_BYTES]>, KeyFileFault> {
    // Wiped, and never longer than it was made: what goes beyond is counted, not kept.
    let mut characters = Zeroizing::new([0; CHARACTERS]);
    let mut count = 0;
    for character in groups.flat_map(str::chars) {
        if !matches!(character, 'A'..='Z' | 'a'..='z' | '2'..='7') {
            return Err(KeyFileFault::BadCharacter { line });
        }
        if let Some(slot) = characters.get_mut(count) {
            // One byte, as seen above.
            *slot = character.to_ascii_uppercase() as u8;
        }
        count += 1;
    }
    if count != CHARACTERS {
        return Err(KeyFileFault::WrongLength { line, characters: count, wanted: CHARACTERS });
    }
    let mut checked = Zeroizing::new([0; CHECKED_KEY_BYTES]);
    BASE32_NOPAD.decode_mut(&characters[..], &mut checked[..]).map_err(|_| KeyFileFault::BadCharacter { line })?;
    let (key, sum) = checked.split_first_chunk::<KEY_BYTES>().ok_or(KeyFileFault::Mistyped { line })?;
    if sum != checksum(key) {
        return Err(KeyFileFault::Mistyped { line });
    }
    Ok(Zeroizing::new(*key))
}

fn checksum(key: &[u8; KEY_BYTES]) -> [u8; CHECKSUM_BYTES] {
    let digest: [u8; 32] = Sha256::new().chain_update(TAG).chain_update(key).finalize().into();
    let mut sum = [0; CHECKSUM_BYTES];
    // A digest has 32 bytes, the checksum fewer.
    sum.copy_from_slice(&digest[..CHECKSUM_BYTES]);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; KEY_BYTES] = *b"thirty-two bytes that are a key.";

    fn fault(text: &str) -> KeyFileFault {
        match read_key_file(text) {
            Err(SealError::BadKeyFile(fault)) => fault,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_key_file_says_what_it_is_and_gives_its_key_back() {
        let text = write_key_file(&KEY);

        assert!(text.starts_with("# Key file of a Resurface clinic."));
        assert_eq!(
            text.lines().last(),
            Some("resurface-key-1 ORUGS4TU PEWXI53P EBRHS5DF OMQHI2DB OQQGC4TF EBQSA23F PEXETJI5 J7C5NIB3")
        );
        assert_eq!(*read_key_file(&text).unwrap(), KEY);
    }

    #[test]
    fn a_key_typed_again_in_small_letters_without_spaces_is_read() {
        let typed = write_key_file(&KEY).lines().last().unwrap().replace(' ', "").to_lowercase();
        let typed = typed.replacen(TAG, "\u{feff}# from the safe\r\n\r\n  resurface-key-1  ", 1) + "\r\n";

        assert_eq!(*read_key_file(&typed).unwrap(), KEY);
    }

    #[test]
    fn given_a_key_file_when_any_character_is_mistyped_it_is_refused() {
        let text = write_key_file(&KEY);
        let start = text.find(TAG).unwrap() + TAG.len();

        for (at, character) in text.char_indices().filter(|(at, letter)| *at > start && letter.is_ascii_alphanumeric()) {
            let mut mistyped = text.to_string();
            mistyped.replace_range(at..at + 1, if character == 'A' { "B" } else { "A" });
            assert_eq!(fault(&mistyped), KeyFileFault::Mistyped { line: 3 }, "at {at}");
        }
    }

    #[test]
    fn given_a_key_file_when_it_is_cut_anywhere_it_is_refused() {
        let text = write_key_file(&KEY);
        let whole = text.trim_end();

        for bytes in 0..whole.len() {
            assert!(read_key_file(&whole[..bytes]).is_err(), "at {bytes}");
        }
        let line_3 = KeyFileFault::WrongLength { line: 3, characters: 63, wanted: 64 };
        assert_eq!(fault(&whole[..whole.len() - 1]), line_3);
        assert_eq!(fault(&format!("{whole}AB")), KeyFileFault::WrongLength { line: 3, characters: 66, wanted: 64 });
    }

    #[test]
    fn a_text_that_is_no_key_file_is_refused_with_the_line() {
        let text = write_key_file(&KEY);

        assert_eq!(fault(""), KeyFileFault::NoKey);
        assert_eq!(fault("# only a comment\n"), KeyFileFault::NoKey);
        assert_eq!(fault("our passphrase\n"), KeyFileFault::UnknownLine { line: 1 });
        assert_eq!(fault(&text.replace("key-1", "key-2")), KeyFileFault::UnknownLine { line: 3 });
        assert_eq!(fault(&text.replace("ORUGS", "0RUGS")), KeyFileFault::BadCharacter { line: 3 });
        assert_eq!(fault(&format!("{}{}", *text, *text)), KeyFileFault::TwoKeys { line: 6 });
    }

    #[test]
    fn a_refusal_repeats_nothing_of_the_file() {
        let text = write_key_file(&KEY);
        let refusal = read_key_file(&text.replace("ORUGS4TU", "ORUGS4T0")).unwrap_err();

        for group in text.lines().last().unwrap().split(' ').skip(1) {
            assert!(!refusal.to_string().contains(group) && !format!("{refusal:?}").contains(group));
        }
    }
}
