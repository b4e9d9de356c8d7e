//! What a line of the access log can say beside who, what and whom.

use serde::{Deserialize, Serialize};

use crate::identity::{CodeRefused, LinkRefused, PasskeyRefused, RecoveryRefused};

macro_rules! notes {
    ($($name:ident $code:literal $words:literal)*) => {
        /// What happened, more closely. A closed list, so that no text about a patient gets into the log.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Note {
            $(#[doc = concat!("In words: ", $words, ".")] $name,)*
        }

        impl Note {
            /// All notes.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its code in the access log. It never changes: the log's chain is made of it.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// In words.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)* }
            }
        }
    };
}

notes! {
    SignedIn "signed_in" "signed in"
    SignedOut "signed_out" "signed out"
    SteppedUp "stepped_up" "gave password and code again"
    PasswordWrong "password_wrong" "the name or the password was not right"
    CodeWrong "code_wrong" "the code was not right"
    CodeUsedBefore "code_used_before" "the code had been used before"
    RecoveryCodeUsed "recovery_code_used" "a recovery code was used"
    RecoveryCodeUsedBefore "recovery_code_used_before" "the recovery code had been used before"
    RecoveryCodeWrong "recovery_code_wrong" "the recovery code was not right"
    PasskeyUsed "passkey_used" "a passkey was used"
    PasskeyNeeded "passkey_needed" "the password was right, and the passkey was missing"
    PasskeyTooLate "passkey_too_late" "the passkey answered too late, or twice"
    PasskeyWrong "passkey_wrong" "the answer of the passkey was not right"
    PasskeyOfAnother "passkey_of_another" "the passkey was unknown, removed or somebody else's"
    PasskeyElsewhere "passkey_elsewhere" "the passkey answered a page of another address"
    PasskeyCounterWentBack "passkey_counter_went_back" "the passkey answered like a copy of itself"
    PasskeyAdded "passkey_added" "a passkey was added"
    PasskeyRemoved "passkey_removed" "a passkey was removed"
    PasskeysTaken "passkeys_taken" "every passkey of a user was removed"
    MadeToWait "made_to_wait" "too many attempts, made to wait"
    PasswordChanged "password_changed" "the password was changed"
    CodesChanged "codes_changed" "the app or the recovery codes were changed"
    SecondFactorRequired "second_factor_required" "a second factor was required of every user"
    SecondFactorFree "second_factor_free" "a second factor was no longer required"
    UserAdded "user_added" "a user was added"
    RolesChanged "roles_changed" "roles were changed"
    OperatorChanged "operator_changed" "what is known of an operator was changed"
    UserSwitchedOff "user_switched_off" "a user was switched off"
    UserSwitchedOn "user_switched_on" "a user was switched on"
    SignInsEnded "sign_ins_ended" "a user's sign-ins were ended"
    LinkWrongToken "link_wrong_token" "no link has this token"
    LinkOtherPatient "link_other_patient" "the link is another patient's"
    LinkOtherPurpose "link_other_purpose" "the link is for something else"
    LinkRevoked "link_revoked" "the link was revoked"
    LinkExpired "link_expired" "the link's days are over"
    LinkUsedUp "link_used_up" "the link was used before"
    AnotherPatient "another_patient" "what was to be added is about somebody else"
    DoesNotFit "does_not_fit" "what was to be added does not fit the chart"
    NotDecided "not_decided" "what was asked could not be decided"
    NotConsented "not_consented" "the patient does not consent to it"
    AnotherOperator "another_operator" "the operator is not as the clinic's records have them"
    NoSuchChart "no_such_chart" "there is no such chart"
    NoSuchEntry "no_such_entry" "there is no such entry or link"
    NumberTaken "number_taken" "the number is another chart's"
    WrittenMeanwhile "written_meanwhile" "somebody else wrote in between"
    IdReused "id_reused" "the id of an entry was used before"
    Mixed "mixed" "real and synthetic charts are not kept together"
    ChartDamaged "chart_damaged" "the chart does not check"
    NotReadable "not_readable" "something kept could not be opened or understood"
    PictureRefused "picture_refused" "the picture was refused, or cannot be reached"
    NoSuchUser "no_such_user" "there is no user of this name"
    NameTaken "name_taken" "the name is another user's"
    LastLead "last_lead" "nobody would be left who leads"
    PasswordRefused "password_refused" "the new password was refused"
    NotConfirmed "not_confirmed" "the new app was not confirmed by a code"
    LinkNotMade "link_not_made" "a link cannot be made so"
    SecretWrong "secret_wrong" "the key file or passphrase was not right"
    KeyIsChanging "key_is_changing" "the key was being changed"
    NotWritten "not_written" "a file could not be read or written"
    OtherFailure "other_failure" "something else went wrong"
}

impl From<LinkRefused> for Note {
    fn from(refused: LinkRefused) -> Self {
        match refused {
            LinkRefused::WrongToken => Self::LinkWrongToken,
            LinkRefused::OtherPatient => Self::LinkOtherPatient,
            LinkRefused::OtherPurpose => Self::LinkOtherPurpose,
            LinkRefused::Revoked => Self::LinkRevoked,
            LinkRefused::Expired => Self::LinkExpired,
            LinkRefused::UsedUp => Self::LinkUsedUp,
        }
    }
}

impl From<PasskeyRefused> for Note {
    fn from(refused: PasskeyRefused) -> Self {
        match refused {
            PasskeyRefused::TooLate => Self::PasskeyTooLate,
            PasskeyRefused::Unknown => Self::PasskeyOfAnother,
            PasskeyRefused::OtherOrigin | PasskeyRefused::OtherHost => Self::PasskeyElsewhere,
            PasskeyRefused::CounterWentBack => Self::PasskeyCounterWentBack,
            PasskeyRefused::NotUnderstood
            | PasskeyRefused::OtherChallenge
            | PasskeyRefused::WrongSignature
            | PasskeyRefused::UserNotVerified
            | PasskeyRefused::AlreadyThere
            | PasskeyRefused::TooMany
            | PasskeyRefused::NotBuilt => Self::PasskeyWrong,
        }
    }
}

impl From<CodeRefused> for Note {
    fn from(refused: CodeRefused) -> Self {
        match refused {
            CodeRefused::NotACode | CodeRefused::Wrong => Self::CodeWrong,
            CodeRefused::UsedBefore => Self::CodeUsedBefore,
        }
    }
}

impl From<RecoveryRefused> for Note {
    fn from(refused: RecoveryRefused) -> Self {
        match refused {
            RecoveryRefused::NotACode | RecoveryRefused::Wrong => Self::RecoveryCodeWrong,
            RecoveryRefused::UsedBefore => Self::RecoveryCodeUsedBefore,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Note;

    #[test]
    fn a_note_has_one_code_everywhere() {
        for note in Note::ALL {
            assert_eq!(serde_json::to_string(note).unwrap(), format!("\"{}\"", note.code()));
        }
    }
}
