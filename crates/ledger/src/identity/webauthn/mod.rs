//! The other side of a passkey: what a browser is asked, and whether its answer holds (W3C Web Authentication, Level 3).
//!
//! Kept narrow on purpose. A passkey stands for password and second factor, so its device must have asked who its user is; who
//! made the device is not asked; keys are of the three algorithms that devices have; and a browser does not answer for a page
//! within another site's.

mod authenticator;
mod key;
mod relying_party;
#[cfg(test)]
#[cfg(feature = "passkeys")]
mod vectors;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Base64Url, DisplayName, Passkey, User, UserId};
use authenticator::{Attestation, AuthenticatorData};
use key::{ALGORITHMS, PublicKey};
pub use relying_party::{NoRelyingParty, RelyingParty};

/// What a browser is asked to sign: random, for one answer, which takes it, and for a few minutes.
pub struct Challenge {
    random: [u8; 32],
    asked_at: Timestamp,
}

/// Why a passkey was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyRefused {
    /// Nothing was asked, or too long ago, or it was answered already.
    #[error("the passkey was asked for more than {} minutes ago, or has answered already: ask for it again", Challenge::MINUTES)]
    TooLate,
    /// The answer is none, or not as it was asked for.
    #[error("the answer of the passkey is not one that was asked for: try again, or use another passkey")]
    NotUnderstood,
    /// It answers something else.
    #[error("the answer of the passkey is not one that was asked for: try again, or use another passkey")]
    OtherChallenge,
    /// It was given to a page of another site.
    #[error("the passkey answered a page of another address: open the clinic under its own address")]
    OtherOrigin,
    /// It is bound to another host.
    #[error("the passkey answered a page of another address: open the clinic under its own address")]
    OtherHost,
    /// Nobody of this clinic has it, or not whoever sits here.
    #[error("this passkey is none of this account: use another one, or the password")]
    Unknown,
    /// It is somebody's already.
    #[error("this passkey is there already")]
    AlreadyThere,
    /// There are as many as there can be.
    #[error("there are {} passkeys already: remove one first", Passkey::MOST)]
    TooMany,
    /// The signature is not that of its key.
    #[error("the answer of the passkey is not one that was asked for: try again, or use another passkey")]
    WrongSignature,
    /// It signed less often than before: there may be a copy of it.
    #[error("this passkey answered like a copy of itself, and is not accepted: remove it, and add it again")]
    CounterWentBack,
    /// The device did not ask who its user is.
    #[error("the device did not ask who you are: set up its PIN, fingerprint or face, and try again")]
    UserNotVerified,
    /// The program does not know how.
    #[error("this program was built without passkeys")]
    NotBuilt,
}

/// A browser's answer with a passkey that it has.
pub(crate) struct Shown(Answer<Assertion>);

#[derive(Deserialize)]
struct Answer<R> {
    #[serde(rename = "rawId")]
    id: Base64Url,
    response: R,
}

#[derive(Deserialize)]
struct Registration {
    #[serde(rename = "clientDataJSON")]
    client_data: Base64Url,
    #[serde(rename = "attestationObject")]
    attestation: Base64Url,
}

#[derive(Deserialize)]
struct Assertion {
    #[serde(rename = "clientDataJSON")]
    client_data: Base64Url,
    #[serde(rename = "authenticatorData")]
    authenticator_data: Base64Url,
    signature: Base64Url,
    #[serde(rename = "userHandle")]
    user: Option<Base64Url>,
}

/// What the browser says of the page that asked.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    #[serde(rename = "type")]
    ceremony: String,
    challenge: Base64Url,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
    top_origin: Option<String>,
}

impl Challenge {
    /// Minutes for which an answer counts (section 15.1 recommends five at least).
    const MINUTES: i64 = 5;

    pub(crate) const fn new(random: [u8; 32], asked_at: Timestamp) -> Self {
        Self { random, asked_at }
    }

    /// What a browser needs to know to make a passkey for a user.
    pub(crate) fn to_make_one(&self, party: &RelyingParty, clinic: &str, user: &User, theirs: &[Passkey]) -> Value {
        let algorithm = |number: &i64| json!({ "type": "public-key", "alg": number });
        json!({
            "rp": { "id": party.id(), "name": format!("Resurface {clinic}") },
            "user": {
                "id": Base64Url::new(user.id.as_bytes().to_vec()),
                "name": user.name,
                "displayName": user.display_name,
            },
            "challenge": self.text(),
            "pubKeyCredParams": ALGORITHMS.iter().map(algorithm).collect::<Vec<_>>(),
            "timeout": Self::MINUTES * 60_000,
            "excludeCredentials": listed(theirs),
            "authenticatorSelection": { "residentKey": "required", "requireResidentKey": true, "userVerification": "required" },
            "attestation": "none",
        })
    }

    /// What a browser needs to know to show a passkey: one of these or, where there are none, any that it has.
    pub(crate) fn to_show_one(&self, party: &RelyingParty, of: &[Passkey]) -> Value {
        json!({
            "rpId": party.id(),
            "challenge": self.text(),
            "timeout": Self::MINUTES * 60_000,
            "allowCredentials": listed(of),
            "userVerification": "required",
        })
    }

    /// The passkey that was made, if the answer holds (section 7.1).
    pub(crate) fn made(
        self,
        party: &RelyingParty,
        answer: &str,
        name: DisplayName,
        now: Timestamp,
    ) -> Result<Passkey, PasskeyRefused> {
        let Answer { id, response } = read::<Registration>(answer)?;
        let client_data = response.client_data.bytes();
        self.is_answered_by(client_data, "webauthn.create", party, now)?;
        let attestation = Attestation::read(response.attestation.bytes())?;
        let data = AuthenticatorData::read(attestation.data)?;
        data.is_for(party)?;
        let new = data.new_key()?;
        attestation.holds(&PublicKey::read(new.cose)?, &signed(attestation.data, client_data))?;
        data.user_was_verified()?;
        if new.id != id.bytes() {
            return Err(PasskeyRefused::NotUnderstood);
        }
        let key = Base64Url::new(new.cose.to_vec());
        Ok(Passkey { id, name, key, counter: data.counter, added_at: now, used_at: None })
    }

    /// The passkey as it is kept from now on, if its answer holds (section 7.2).
    pub(crate) fn shown(
        &self,
        party: &RelyingParty,
        Shown(answer): &Shown,
        passkey: &Passkey,
        now: Timestamp,
    ) -> Result<Passkey, PasskeyRefused> {
        let Assertion { client_data, authenticator_data, signature, .. } = &answer.response;
        self.is_answered_by(client_data.bytes(), "webauthn.get", party, now)?;
        let data = AuthenticatorData::read(authenticator_data.bytes())?;
        data.is_for(party)?;
        let key = PublicKey::read(passkey.key.bytes())?;
        key.verify(&signed(authenticator_data.bytes(), client_data.bytes()), signature.bytes())?;
        data.user_was_verified()?;
        if data.counter <= passkey.counter && (data.counter, passkey.counter) != (0, 0) {
            return Err(PasskeyRefused::CounterWentBack);
        }
        Ok(Passkey { counter: data.counter, used_at: Some(now), ..passkey.clone() })
    }

    /// Whether it was asked lately, and a browser says that this very page asked.
    fn is_answered_by(
        &self,
        client_data: &[u8],
        ceremony: &str,
        party: &RelyingParty,
        now: Timestamp,
    ) -> Result<(), PasskeyRefused> {
        let age = now.duration_since(self.asked_at);
        if age.is_negative() || age >= SignedDuration::from_mins(Self::MINUTES) {
            return Err(PasskeyRefused::TooLate);
        }
        let said: ClientData = serde_json::from_slice(client_data).map_err(|_| PasskeyRefused::NotUnderstood)?;
        if said.ceremony != ceremony {
            return Err(PasskeyRefused::NotUnderstood);
        }
        if said.challenge.bytes() != self.random {
            return Err(PasskeyRefused::OtherChallenge);
        }
        let same_site = said.origin == party.origin() && !said.cross_origin && said.top_origin.is_none();
        if same_site { Ok(()) } else { Err(PasskeyRefused::OtherOrigin) }
    }

    fn text(&self) -> Base64Url {
        Base64Url::new(self.random.to_vec())
    }
}

impl Shown {
    pub(crate) fn read(answer: &str) -> Result<Self, PasskeyRefused> {
        read(answer).map(Self)
    }

    /// Which passkey it is.
    pub(crate) const fn id(&self) -> &Base64Url {
        &self.0.id
    }

    /// Whose it is, as it says.
    pub(crate) fn user(&self) -> Option<UserId> {
        UserId::from_bytes(self.0.response.user.as_ref()?.bytes().try_into().ok()?).ok()
    }
}

impl PasskeyRefused {
    /// Its code, by which pages find their words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLate => "too-late",
            Self::NotUnderstood | Self::OtherChallenge | Self::WrongSignature => "not-right",
            Self::OtherOrigin | Self::OtherHost => "other-address",
            Self::Unknown => "unknown",
            Self::AlreadyThere => "already-there",
            Self::TooMany => "too-many",
            Self::CounterWentBack => "copy",
            Self::UserNotVerified => "not-verified",
            Self::NotBuilt => "not-built",
        }
    }
}

fn read<R: for<'de> Deserialize<'de>>(answer: &str) -> Result<Answer<R>, PasskeyRefused> {
    serde_json::from_str(answer).map_err(|_| PasskeyRefused::NotUnderstood)
}

fn listed(passkeys: &[Passkey]) -> Vec<Value> {
    passkeys.iter().map(|passkey| json!({ "type": "public-key", "id": passkey.id })).collect()
}

/// What a device signs.
fn signed(authenticator_data: &[u8], client_data: &[u8]) -> Vec<u8> {
    [authenticator_data, Sha256::digest(client_data).as_slice()].concat()
}
