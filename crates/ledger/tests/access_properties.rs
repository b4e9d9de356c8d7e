//! What must hold for every set of roles and every operation, not only for those that somebody thought of.
#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]

mod clinic;

use clinic::*;
use resurface_ledger::access::*;
use resurface_ledger::identity::*;

/// Every set of roles.
fn every_set_of_roles() -> impl Iterator<Item = Vec<Role>> {
    (0_usize..1 << Role::ALL.len())
        .map(|set| Role::ALL.into_iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, role)| role).collect())
}

/// Every way in which one user can ask: signed in, stepped up, with a reason, in an emergency.
fn every_way_to_ask(user: &User) -> Vec<Actor> {
    let plain = |sign_in: &SignIn| asks(user, sign_in);
    let mut ways = vec![plain(&a_sign_in()), plain(&stepped_up()), plain(&stepped_up()).breaking_the_glass(a_reason())];
    ways.extend([a_sign_in(), stepped_up()].iter().map(|sign_in| plain(sign_in).in_an_emergency(somebodys_emergency())));
    ways
}

/// An emergency as the record of it may be read back, whoever's role it was opened by.
fn somebodys_emergency() -> Emergency {
    an_emergency(&a_user(&[Role::Lead]), her()).unwrap()
}

#[test]
fn a_role_more_never_takes_a_permission_away() {
    for roles in every_set_of_roles() {
        for more in Role::ALL {
            let wider: Vec<Role> = roles.iter().copied().chain([more]).collect();
            let (few, many) = (every_way_to_ask(&a_user(&roles)), every_way_to_ask(&a_user(&wider)));
            for (before, after) in few.iter().zip(&many) {
                for operation in Operation::ALL {
                    let lost = told(before, *operation).is_ok() && told(after, *operation).is_err();
                    assert!(!lost, "{roles:?} may {operation:?}, and with {more:?} may not");
                }
            }
        }
    }
}

#[test]
fn a_user_who_is_switched_off_may_do_nothing() {
    for roles in every_set_of_roles() {
        let user = User { disabled: true, ..a_user(&roles) };
        for actor in every_way_to_ask(&user) {
            for operation in Operation::ALL {
                assert_eq!(told(&actor, *operation), Err(Missing::Account), "{roles:?} {operation:?}");
            }
        }
    }
}

#[test]
fn without_a_role_nothing_is_allowed() {
    for actor in every_way_to_ask(&a_user(&[])) {
        assert!(Operation::ALL.iter().all(|operation| told(&actor, *operation).is_err()));
    }
}

#[test]
fn every_operation_is_somebodys_and_none_is_everybodys() {
    for operation in Operation::ALL {
        let roles = rule(*operation).roles;
        assert!(!roles.is_empty(), "{operation:?} is nobody's");
        assert!(roles.is_sorted_by(|one, next| one < next), "{operation:?} names a role twice");
        let patients = roles.contains(&Role::Patient);
        assert_eq!(patients, rule(*operation).chart == Chart::OwnLink, "{operation:?} is a patient's without a link");
        assert!(!patients || roles.len() == 1, "{operation:?} is open to patients and staff");
    }
    let all_staff: Vec<_> = Operation::ALL.iter().filter(|operation| rule(**operation).roles.len() == 4).collect();
    let open_to_all = [
        Operation::SearchPatients,
        Operation::RevokePatientLink,
        Operation::ReadKnowledge,
        Operation::ManageOwnAccount,
        Operation::ManageOwnPasskeys,
    ];
    assert_eq!(all_staff, open_to_all.iter().collect::<Vec<_>>());
}

#[test]
fn what_destroys_or_lets_out_takes_a_step_up() {
    use Operation::*;
    for operation in [Export, Import, Restore, RotateKey, ManageUsers, BreakGlass, Backup, ChangeKnowledge, ManageOwnPasskeys] {
        assert_ne!(rule(operation).needs, Needs::SignIn, "{operation:?}");
    }
}

#[test]
fn nothing_is_written_into_a_chart_from_the_console_or_by_the_lead() {
    for operation in
        Operation::ALL.iter().filter(|operation| matches!(rule(**operation).chart, Chart::One | Chart::OneOrEmergency))
    {
        assert_eq!(rule(*operation).console, Console::MayNot, "{operation:?}");
        let leads = rule(*operation).roles.contains(&Role::Lead);
        assert_eq!(leads, matches!(operation, Operation::BreakGlass | Operation::RevokePatientLink), "{operation:?}");
    }
}
