//! Who works in a demonstration clinic, so that whoever fills one can give them accounts.

use jiff::civil::Date;
use resurface_care::consultation::Operator;

use crate::clinic::Treating;
use crate::happening::StaffMember;

/// Somebody who works in a demonstration clinic.
#[derive(Clone, Debug, PartialEq)]
pub struct Staff {
    /// What they write down.
    pub member: StaffMember,
    /// Their name as others read it.
    pub name: String,
    /// The operator that every chart names for them; nothing for somebody who does not treat.
    pub operator: Option<Operator>,
}

/// Name of the front desk.
const ASSISTANT: &str = "Robin Demo";

/// Everybody who works in the clinic of a scenario that ends on a day. Patients, who write as well, are not among them.
#[must_use]
pub fn staff(until: Date) -> [Staff; 3] {
    let treats = |treating: Treating| {
        let operator = treating.setting(until).operator;
        Staff { member: treating.writes(), name: operator.name.clone(), operator: Some(operator) }
    };
    let assistant = Staff { member: StaffMember::Assistant, name: ASSISTANT.to_owned(), operator: None };
    [treats(Treating::Dermatologist), treats(Treating::Nurse), assistant]
}
