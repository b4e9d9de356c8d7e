//! What a line of the access log can say beside who, what and whom.

use serde::{Deserialize, Serialize};

use crate::identity::{CodeRefused, LinkRefused, RecoveryRefused};

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
    MadeToWait "made_to_wait" "too many attempts, made to wait"
    PasswordChanged "password_changed" "the password was changed"
    CodesChanged "codes_changed" "the app or the recovery codes were changed"
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
