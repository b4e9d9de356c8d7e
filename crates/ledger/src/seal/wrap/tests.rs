//! Stories of a ring that is stored, and of secrets that change.

use super::*;
use crate::seal::Place;

const HERE: Place<'static> = Place { table: "entry", row: b"7", column: "body" };
const ENTROPY: WrapEntropy = WrapEntropy { nonce: [4; 24], salt: [5; 16] };

fn a_ring() -> Keyring {
    Keyring::new([1; 32]).with_next_key([2; 32])
}

fn a_key_file(byte: u8) -> Secret {
    Secret::KeyFile(Zeroizing::new([byte; 32]))
}

fn a_passphrase(words: &str) -> Secret {
    Secret::Passphrase(Zeroizing::new(words.to_owned()))
}

/// A record as it would be after `edit`, by someone who also mends the check.
fn edited(record: &WrappedKeyring, edit: impl FnOnce(&mut WrappedKeyring)) -> WrappedKeyring {
    let mut edited = record.clone();
    edit(&mut edited);
    edited.check = edited.checksum();
    edited
}

#[test]
fn given_a_ring_wrapped_by_a_key_file_the_same_file_gives_it_back_and_another_does_not() {
    let sealed = a_ring().seal(&HERE, b"boxcar", [3; 24]).unwrap();
    let record = a_ring().wrap(&a_key_file(8), ENTROPY).unwrap();

    let ring = record.unwrap_with(&a_key_file(8)).unwrap();
    assert_eq!(ring.open(&HERE, &sealed).unwrap(), b"boxcar");
    assert_eq!(ring.current(), a_ring().current());

    assert_eq!(record.unwrap_with(&a_key_file(9)).unwrap_err(), SealError::WrongSecret { method: Method::KeyFile });
}

#[test]
fn given_a_changed_passphrase_the_data_stay_readable_and_the_old_one_opens_no_more() {
    let sealed = a_ring().seal(&HERE, b"boxcar", [3; 24]).unwrap();
    let (old, new) = (a_passphrase("ice pick boxcar rolling"), a_passphrase("rolling boxcar ice pick"));
    let before = a_ring().wrap_stretched(&old, ENTROPY, Stretch::FLOOR).unwrap();

    let entropy = WrapEntropy { nonce: [6; 24], salt: [7; 16] };
    let after = before.unwrap_with(&old).unwrap().wrap_stretched(&new, entropy, Stretch::FLOOR).unwrap();

    assert_eq!(after.unwrap_with(&new).unwrap().open(&HERE, &sealed).unwrap(), b"boxcar");
    assert_eq!(after.unwrap_with(&old).unwrap_err(), SealError::WrongSecret { method: Method::Passphrase });
}

#[test]
fn given_the_other_kind_of_secret_the_error_says_which_is_wanted() {
    let record = a_ring().wrap(&a_key_file(8), ENTROPY).unwrap();
    let refusal = record.unwrap_with(&a_passphrase("ice pick")).unwrap_err();
    assert_eq!(refusal, SealError::WrongKindOfSecret { wanted: Method::KeyFile, given: Method::Passphrase });
    assert_eq!(record.method(), Method::KeyFile);

    let record = edited(&record, |record| record.lock = a_passphrase_lock(Stretch::FLOOR));
    let refusal = record.unwrap_with(&a_key_file(8)).unwrap_err();
    assert_eq!(refusal, SealError::WrongKindOfSecret { wanted: Method::Passphrase, given: Method::KeyFile });
    assert_eq!(record.method(), Method::Passphrase);
}

#[test]
fn given_parameters_outside_the_limits_neither_wrapping_nor_unwrapping_computes_them() {
    let words = a_passphrase("ice pick");
    let record = a_ring().wrap(&a_key_file(8), ENTROPY).unwrap();
    let weak = Stretch { passes: 1, ..Stretch::FLOOR };
    let costly = Stretch { memory_kib: u32::MAX, ..Stretch::FLOOR };
    let refusals = [
        (weak, SealError::StretchTooWeak { found: weak, floor: Stretch::FLOOR }),
        (costly, SealError::StretchTooCostly { found: costly, ceiling: Stretch::CEILING }),
    ];

    for (stretch, refusal) in refusals {
        assert_eq!(a_ring().wrap_stretched(&words, ENTROPY, stretch).unwrap_err(), refusal);
        let forged = edited(&record, |record| record.lock = a_passphrase_lock(stretch));
        assert_eq!(forged.unwrap_with(&words).unwrap_err(), refusal);
    }
}

#[test]
fn an_empty_passphrase_wraps_nothing() {
    assert_eq!(a_ring().wrap(&a_passphrase(""), ENTROPY).unwrap_err(), SealError::EmptyPassphrase);
}

#[test]
fn given_a_damaged_record_the_error_blames_the_record_and_not_the_secret() {
    let record = a_ring().wrap(&a_key_file(8), ENTROPY).unwrap();
    let json = serde_json::to_string(&record).unwrap();

    for field in [&record.nonce, &record.keys, &record.check] {
        let last = field.chars().last().unwrap();
        let changed = format!("{}{}", &field[..field.len() - 1], if last == '0' { '1' } else { '0' });
        let damaged: WrappedKeyring = serde_json::from_str(&json.replace(field.as_str(), &changed)).unwrap();
        assert_eq!(damaged.unwrap_with(&a_key_file(8)).unwrap_err(), SealError::RecordDamaged, "{field}");
    }
}

#[test]
fn given_an_edit_with_a_mended_check_the_ring_does_not_unwrap() {
    let record = a_ring().wrap(&a_key_file(8), ENTROPY).unwrap();
    let other = Keyring::new([9; 32]).wrap(&a_key_file(9), ENTROPY).unwrap();

    for forged in [
        edited(&record, |record| record.nonce = HEXLOWER.encode(&[6; 24])),
        edited(&record, |record| record.keys = other.keys.clone()),
    ] {
        assert_eq!(forged.unwrap_with(&a_key_file(8)).unwrap_err(), SealError::WrongSecret { method: Method::KeyFile });
    }
    for forged in [
        edited(&record, |record| record.nonce = "04".to_owned()),
        edited(&record, |record| record.keys = "AAAA".to_owned()),
        edited(&record, |record| record.keys = "no base64".to_owned()),
    ] {
        assert_eq!(forged.unwrap_with(&a_key_file(8)).unwrap_err(), SealError::RecordDamaged);
    }
}

#[test]
fn given_a_name_that_is_not_known_the_error_repeats_it() {
    let record = a_ring().wrap(&a_key_file(8), ENTROPY).unwrap();
    let later = edited(&record, |record| record.schema = "resurface-keyring-2".to_owned());

    let refusal = later.unwrap_with(&a_key_file(8)).unwrap_err();
    assert_eq!(refusal, SealError::UnknownRecord { found: "resurface-keyring-2".to_owned() });
}

#[test]
fn a_record_stored_by_this_version_stays_readable() {
    let stored = include_str!("key_file.json");
    assert_eq!(serde_json::to_string_pretty(&a_ring().wrap(&a_key_file(8), ENTROPY).unwrap()).unwrap(), stored.trim_end());

    let stored: WrappedKeyring = serde_json::from_str(include_str!("passphrase.json")).unwrap();
    assert_eq!(stored.unwrap_with(&a_passphrase("ice pick boxcar rolling")).unwrap().to_bytes(), a_ring().to_bytes());
}

fn a_passphrase_lock(stretch: Stretch) -> Lock {
    Lock::Passphrase { algorithm: ALGORITHM.to_owned(), stretch, salt: HEXLOWER.encode(&ENTROPY.salt) }
}
