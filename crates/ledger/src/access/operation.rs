//! Everything that can be done with a chart or with the clinic.

use serde::{Deserialize, Serialize};

use crate::identity::LinkPurpose;

macro_rules! operations {
    ($($name:ident $code:literal $words:literal)*) => {
        /// Something that is done with a chart or with the clinic. What is not in this list cannot be permitted.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Operation {
            $(#[doc = concat!("To ", $words, ".")] $name,)*
        }

        impl Operation {
            /// All operations, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its code in the access log. It never changes: the log's chain is made of it.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// In words that go on from "to".
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)* }
            }
        }
    };
}

operations! {
    OpenChart "open_chart" "open a patient's chart"
    ReadWorklist "read_worklist" "read the worklist"
    SearchPatients "search_patients" "look for a patient"
    RegisterPatient "register_patient" "register a patient"
    AnswerIntake "answer_intake" "write down a patient's answers to the intake"
    ExamineScars "examine_scars" "record an examination"
    Screen "screen" "screen a patient"
    OverrideRelative "override_relative" "decide against a relative contraindication"
    AdoptPlan "adopt_plan" "adopt a plan"
    RecordConsent "record_consent" "record consent"
    WithdrawConsent "withdraw_consent" "record that consent is withdrawn"
    GateSession "gate_session" "ask whether a session may begin"
    DeliverSession "deliver_session" "record a session"
    RecordAdverseEvent "record_adverse_event" "record an adverse event"
    TakePicture "take_picture" "take a picture"
    SeePicture "see_picture" "see a picture"
    Measure "measure" "measure a picture"
    Review "review" "review the course"
    WriteMessage "write_message" "write a message to a patient"
    AmendEntry "amend_entry" "amend an entry"
    MakePatientLink "make_patient_link" "make a link for a patient"
    RevokePatientLink "revoke_patient_link" "revoke a patient's link"
    BreakGlass "break_glass" "open a chart in an emergency"
    RecallLot "recall_lot" "find who was treated with a lot"
    ClinicOutcomes "clinic_outcomes" "read the clinic's outcomes"
    ReadAccessLog "read_access_log" "read who did what"
    ListUsers "list_users" "see who works in the clinic"
    ManageUsers "manage_users" "add users, change their roles or switch them off"
    ChangeSettings "change_settings" "change the clinic's settings"
    ChangeKnowledge "change_knowledge" "change the knowledge that decisions rest on"
    Verify "verify" "check that no record was changed"
    Replay "replay" "compute past decisions again"
    Impact "impact" "see whom a change of knowledge would concern"
    Backup "backup" "make a backup"
    Restore "restore" "restore a backup"
    Export "export" "export charts"
    Import "import" "import charts"
    RotateKey "rotate_key" "change the key that records are sealed with"
    ReadKnowledge "read_knowledge" "read the rules and the guide"
    ManageOwnAccount "manage_own_account" "sign in, and change one's own password and codes"
    ManageOwnPasskeys "manage_own_passkeys" "add and remove one's own passkeys"
    OwnIntake "own_intake" "answer one's own intake"
    OwnPlan "own_plan" "read one's own plan"
    OwnReport "own_report" "report a problem of one's own"
    OwnPicture "own_picture" "send a picture with a report of one's own, and consent to that"
}

impl Operation {
    /// What a link has to be for, to do this with it.
    #[must_use]
    pub const fn through_link(self) -> Option<LinkPurpose> {
        match self {
            Self::OwnIntake => Some(LinkPurpose::Intake),
            Self::OwnPlan => Some(LinkPurpose::Plan),
            Self::OwnReport | Self::OwnPicture => Some(LinkPurpose::ReportProblem),
            _ => None,
        }
    }

    /// The operation that a link for this purpose is for, before any other.
    #[must_use]
    pub const fn of_link(purpose: LinkPurpose) -> Self {
        match purpose {
            LinkPurpose::Intake => Self::OwnIntake,
            LinkPurpose::Plan => Self::OwnPlan,
            LinkPurpose::ReportProblem => Self::OwnReport,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Operation;

    #[test]
    fn an_operation_has_one_code_everywhere() {
        for operation in Operation::ALL {
            let json = serde_json::to_string(operation).unwrap();
            assert_eq!(json, format!("\"{}\"", operation.code()));
        }
    }
}
