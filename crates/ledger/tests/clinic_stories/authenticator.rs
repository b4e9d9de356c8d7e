//! A device with one passkey, in the place of a telephone or a key in a socket: it answers what a browser would.

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// A device, and what can be wrong with it.
pub struct Authenticator {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    /// Whom it holds the key for, once it made one.
    user: Option<String>,
    /// The page that asks, as the browser says.
    pub origin: String,
    /// The host that the browser names.
    pub host: String,
    /// How often it signed; it says 0 for ever where it does not count.
    pub counter: u32,
    /// Whether somebody was there, and the device asked who.
    pub flags: u8,
}

/// Somebody was there, and the device knows who.
const PRESENT_AND_VERIFIED: u8 = 0x05;
/// Somebody was there, and the device does not know who.
pub const PRESENT: u8 = 0x01;
const HOLDS_KEY: u8 = 0x40;

impl Authenticator {
    /// A device that is told apart from others by a number, at a page of this origin.
    pub fn at(origin: &str, number: u8) -> Self {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &random).unwrap();
        let host = origin.split_once("://").unwrap().1.split(':').next().unwrap();
        Self {
            key,
            id: vec![number; 32],
            user: None,
            origin: origin.to_owned(),
            host: host.to_owned(),
            counter: 0,
            flags: PRESENT_AND_VERIFIED,
        }
    }

    /// Makes its passkey, as it is asked to.
    pub fn make(&mut self, options: &Value) -> String {
        assert_eq!(options["rp"]["id"], self.host);
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        self.user = Some(options["user"]["id"].as_str().unwrap().to_owned());
        let mut data = self.data(HOLDS_KEY);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(self.cose());
        // {"fmt": "none", "attStmt": {}, "authData": data}
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let client_data = self.client_data("webauthn.create", options);
        self.answer(&json!({ "clientDataJSON": text(client_data.as_bytes()), "attestationObject": text(&object) }))
    }

    /// Shows its passkey, as it is asked to.
    pub fn show(&self, options: &Value) -> String {
        assert_eq!(options["userVerification"], "required");
        let (data, client_data) = (self.data(0), self.client_data("webauthn.get", options));
        let signed = [data.as_slice(), Sha256::digest(&client_data).as_slice()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        self.answer(&json!({
            "clientDataJSON": text(client_data.as_bytes()),
            "authenticatorData": text(&data),
            "signature": text(signature.as_ref()),
            "userHandle": self.user,
        }))
    }

    /// Says that its key is somebody else's: of whom this other device has one.
    pub fn pretends_to_be_of(&mut self, other: &Self) {
        self.user.clone_from(&other.user);
    }

    /// The id of its passkey.
    pub fn id(&self) -> String {
        text(&self.id)
    }

    fn answer(&self, response: &Value) -> String {
        json!({ "id": self.id(), "rawId": self.id(), "type": "public-key", "response": response }).to_string()
    }

    fn client_data(&self, ceremony: &str, options: &Value) -> String {
        json!({ "type": ceremony, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false }).to_string()
    }

    fn data(&self, more_flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(&self.host).to_vec();
        data.push(self.flags | more_flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// {1: 2, 3: -7, -1: 1, -2: x, -3: y}
    fn cose(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        let mut cose = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".to_vec();
        cose.extend(&point[1..33]);
        cose.extend(b"\x22\x58\x20");
        cose.extend(&point[33..]);
        cose
    }
}

fn text(bytes: &[u8]) -> String {
    data_encoding::BASE64URL_NOPAD.encode(bytes)
}
