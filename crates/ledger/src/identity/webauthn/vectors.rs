//! The test vectors of the standard (section 16), and what becomes of each when one bit of it is another.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::{Base64Url, Challenge, Passkey, PasskeyRefused, RelyingParty, Shown};

const NOW: Timestamp = Timestamp::constant(1_795_000_000, 0);

#[derive(Deserialize)]
struct Vectors {
    registrations: Vec<Registration>,
    authentications: Vec<Authentication>,
}

#[derive(Deserialize)]
struct Registration {
    section: String,
    expect: String,
    challenge: String,
    client_data: String,
    attestation: String,
    id: String,
}

#[derive(Clone, Deserialize)]
struct Authentication {
    section: String,
    key: String,
    challenge: String,
    client_data: String,
    authenticator_data: String,
    signature: String,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("vectors.json")).unwrap()
}

fn bytes(hex: &str) -> Base64Url {
    Base64Url::new(data_encoding::HEXLOWER.decode(hex.as_bytes()).unwrap())
}

fn challenge(hex: &str) -> Challenge {
    Challenge::new(bytes(hex).bytes().try_into().unwrap(), NOW)
}

fn party() -> RelyingParty {
    "https://example.org".parse().unwrap()
}

fn made(vector: &Registration, attestation: &Base64Url) -> Result<Passkey, PasskeyRefused> {
    let response = json!({ "clientDataJSON": bytes(&vector.client_data), "attestationObject": attestation });
    let answer = json!({ "rawId": bytes(&vector.id), "type": "public-key", "response": response }).to_string();
    challenge(&vector.challenge).made(&party(), &answer, "Phone".parse().unwrap(), NOW)
}

fn shown(vector: &Authentication) -> Result<Passkey, PasskeyRefused> {
    let id = bytes("00");
    let response = json!({
        "clientDataJSON": bytes(&vector.client_data),
        "authenticatorData": bytes(&vector.authenticator_data),
        "signature": bytes(&vector.signature),
        "userHandle": null,
    });
    let answer = json!({ "rawId": id, "type": "public-key", "response": response }).to_string();
    let key = bytes(&vector.key);
    let passkey = Passkey { id, name: "Phone".parse().unwrap(), key, counter: 0, added_at: NOW, used_at: None };
    challenge(&vector.challenge).shown(&party(), &Shown::read(&answer)?, &passkey, NOW)
}

/// The same hexadecimal text with one bit of one byte changed.
fn with_another_bit(hex: &str, byte: usize) -> String {
    let mut changed = bytes(hex).bytes().to_vec();
    changed[byte] ^= 1;
    data_encoding::HEXLOWER.encode(&changed)
}

#[test]
fn a_registration_is_judged_as_this_house_wants_it() {
    for vector in vectors().registrations {
        let answer = made(&vector, &bytes(&vector.attestation));
        match vector.expect.as_str() {
            "made" => assert_eq!(answer.unwrap().id, bytes(&vector.id), "{}", vector.section),
            "user not verified" => assert_eq!(answer, Err(PasskeyRefused::UserNotVerified), "{}", vector.section),
            "other origin" => assert_eq!(answer, Err(PasskeyRefused::OtherOrigin), "{}", vector.section),
            other => panic!("{other}"),
        }
    }
}

#[test]
fn no_bit_of_a_self_signed_registration_is_another() {
    let vectors = vectors().registrations;
    let vector = vectors.iter().find(|vector| vector.expect == "made").unwrap();
    for byte in 0..bytes(&vector.attestation).bytes().len() {
        let changed = bytes(&with_another_bit(&vector.attestation, byte));
        assert!(made(vector, &changed).is_err(), "byte {byte}");
    }
}

#[test]
fn a_registration_that_is_cut_short_or_goes_on_is_refused() {
    for vector in vectors().registrations.into_iter().filter(|vector| vector.expect != "other origin") {
        let whole = bytes(&vector.attestation).bytes().to_vec();
        for length in 0..whole.len() {
            let answer = made(&vector, &Base64Url::new(whole[..length].to_vec()));
            assert_eq!(answer, Err(PasskeyRefused::NotUnderstood), "{}, {length} bytes", vector.section);
        }
        let longer = [whole, vec![0]].concat();
        assert_eq!(made(&vector, &Base64Url::new(longer)), Err(PasskeyRefused::NotUnderstood));
    }
}

/// In none of them the device asked who its user is; that is looked at once the signature has held.
#[test]
fn every_signature_holds_and_none_of_another_message() {
    for vector in vectors().authentications {
        assert_eq!(shown(&vector), Err(PasskeyRefused::UserNotVerified), "{}", vector.section);
        let last = bytes(&vector.signature).bytes().len() - 1;
        let signature = with_another_bit(&vector.signature, last);
        assert_eq!(shown(&Authentication { signature, ..vector.clone() }), Err(PasskeyRefused::WrongSignature));
        // the counter, which nothing else looks at before
        let authenticator_data = with_another_bit(&vector.authenticator_data, 36);
        assert_eq!(shown(&Authentication { authenticator_data, ..vector.clone() }), Err(PasskeyRefused::WrongSignature));
        // a flag that was not set, as an attacker would like it
        let mut verified = bytes(&vector.authenticator_data).bytes().to_vec();
        verified[32] |= 0x04;
        let authenticator_data = data_encoding::HEXLOWER.encode(&verified);
        assert_eq!(shown(&Authentication { authenticator_data, ..vector.clone() }), Err(PasskeyRefused::WrongSignature));
        // another key of the same kind: its last byte belongs to the point, or to the exponent
        let key = with_another_bit(&vector.key, vector.key.len() / 2 - 1);
        assert!(shown(&Authentication { key, ..vector }).is_err_and(|refused| refused != PasskeyRefused::UserNotVerified));
    }
}
