//! Who can sign in to a demonstration, and in whose name its charts are written.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use resurface_care::consultation::Operator;
use resurface_ledger::access::{Actor, Role};
use resurface_ledger::clinic::{Clinic, NewUser};
use resurface_ledger::identity::{NameError, OperatorRecord, UserId};
use resurface_ledger::surroundings::Surroundings;
use resurface_synthetic::{StaffMember, staff};

use crate::clinic::Hidden;
use crate::ending::{Exit, Failure};

/// With whom to sign in.
pub(super) const DEMO: &str = "demo";
const DEMO_NAME: &str = "Demonstration";
const LEAD: &str = "lee";
const LEAD_NAME: &str = "Lee Demo";

/// Everybody who can sign in, and what they may do.
pub(super) const PEOPLE: [(&str, &str); 5] = [
    (DEMO, "everything: treats, prescribes and leads"),
    ("noor", "dermatologist, prescribes"),
    ("sam", "practitioner, a nurse"),
    ("robin", "assistant at the front desk"),
    (LEAD, "leads: users, settings, access log, outcomes"),
];

/// Letters and figures of a password that is made up: 32, so that each stands for five random bits, and none that looks like
/// another one.
const SIGNS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Signs of it: 100 random bits.
const PASSWORD_SIGNS: usize = 20;

/// A password that nobody can guess, in groups of five.
pub(super) fn new_password(machine: &dyn Surroundings) -> Hidden {
    let random: [u8; PASSWORD_SIGNS] = machine.random();
    let signs: Vec<char> = random.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect();
    let groups: Vec<String> = signs.chunks(5).map(|group| group.iter().collect()).collect();
    Hidden::new(groups.join("-"))
}

/// Adds everybody who works there, and the one to look around with. Nobody is behind the charts, so one password is enough.
pub(super) fn add(clinic: &Clinic, until: Date, password: &Hidden) -> Result<BTreeMap<StaffMember, UserId>, Failure> {
    let mut accounts = BTreeMap::new();
    let everybody = staff(until);
    for person in &everybody {
        let (name, role) = match person.member {
            StaffMember::Prescriber => ("noor", Role::Prescriber),
            StaffMember::Practitioner => ("sam", Role::Practitioner),
            StaffMember::Assistant | StaffMember::Patient => ("robin", Role::Assistant),
        };
        let operator = person.operator.as_ref().map(record);
        let account = add_one(clinic, (name, &person.name), BTreeSet::from([role]), operator, password)?;
        accounts.insert(person.member, account);
    }
    add_one(clinic, (LEAD, LEAD_NAME), BTreeSet::from([Role::Lead]), None, password)?;
    // Whoever looks around may do what the dermatologist may, and is known to the gate in the same way.
    let operator = everybody.iter().find(|person| person.member == StaffMember::Prescriber);
    let operator = operator.and_then(|person| person.operator.as_ref()).map(record);
    let roles = BTreeSet::from([Role::Lead, Role::Practitioner, Role::Prescriber]);
    add_one(clinic, (DEMO, DEMO_NAME), roles, operator, password)?;
    Ok(accounts)
}

fn add_one(
    clinic: &Clinic,
    (name, display_name): (&str, &str),
    roles: BTreeSet<Role>,
    operator: Option<OperatorRecord>,
    password: &Hidden,
) -> Result<UserId, Failure> {
    let wrong = |error: NameError| Failure::new(Exit::Failed, error);
    let user = NewUser {
        name: name.parse().map_err(wrong)?,
        display_name: display_name.parse().map_err(wrong)?,
        roles,
        operator,
        password: password.text(),
    };
    Ok(clinic.desk(Actor::at_the_console()).add_user(user)?)
}

/// What is known of an operator, besides the name.
fn record(operator: &Operator) -> OperatorRecord {
    OperatorRecord {
        profession: operator.profession,
        trained: operator.trained,
        training_valid_until: operator.training_valid_until,
        depth_limit_um: operator.depth_limit_um,
        premises_permitted: operator.premises_permitted,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use resurface_synthetic::staff;

    use super::{new_password, record};
    use crate::clinic::Machine;

    #[test]
    fn an_account_says_of_somebody_what_the_charts_say() {
        for person in staff(date(2026, 11, 20)) {
            let account = person.operator.as_ref().map(|operator| record(operator).to_operator(&person.name.parse().unwrap()));
            assert_eq!(account, person.operator);
        }
    }

    #[test]
    fn no_password_is_made_up_twice() {
        let machine = Machine::new().unwrap();
        let (one, other) = (new_password(&machine), new_password(&machine));
        assert_ne!(one.text(), other.text());
        assert_eq!(one.text().len(), 23, "four groups of five");
    }
}
