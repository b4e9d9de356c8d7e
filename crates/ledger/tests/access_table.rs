//! Every question of the grid in `access_table.txt`, asked of the program.
#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]

mod clinic;

use std::collections::BTreeMap;

use clinic::*;
use resurface_ledger::access::*;
use resurface_ledger::identity::LinkPurpose;

const GRID: &str = include_str!("access_table.txt");

/// The grid as it is written: operation, column, cell.
fn written() -> BTreeMap<(String, String), String> {
    let mut lines = GRID.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::split_whitespace);
    let columns: Vec<&str> = lines.next().unwrap().skip(1).collect();
    let mut cells = BTreeMap::new();
    for mut line in lines {
        let operation = line.next().unwrap();
        let row: Vec<&str> = line.collect();
        assert_eq!(row.len(), columns.len(), "{operation}");
        for (column, cell) in columns.iter().zip(row) {
            let double = cells.insert((operation.to_owned(), (*column).to_owned()), cell.to_owned());
            assert_eq!(double, None, "{operation} stands twice");
        }
    }
    cells
}

/// The first way in which somebody with this role alone gets it allowed.
fn of_role(role: Role, operation: Operation) -> &'static str {
    if role == Role::Patient {
        return if with_any_link(operation) { "yes" } else { "-" };
    }
    let user = a_user(&[role]);
    if told(&asks(&user, &a_sign_in()), operation).is_ok() {
        return "yes";
    }
    if told(&asks(&user, &stepped_up()), operation).is_ok() {
        return "step-up";
    }
    if told(&asks(&user, &stepped_up()).breaking_the_glass(a_reason()), operation).is_ok() {
        return "reason";
    }
    let in_it = an_emergency(&user, her()).map(|emergency| asks(&user, &a_sign_in()).in_an_emergency(emergency));
    if in_it.is_some_and(|actor| told(&actor, operation).is_ok()) { "emergency" } else { "-" }
}

/// Whether a link allows it; and then only one, and no user with the role of a patient is allowed it.
fn with_any_link(operation: Operation) -> bool {
    let links = LinkPurpose::ALL.iter().filter(|purpose| told(&a_link_holder(**purpose), operation).is_ok()).count();
    assert!(links <= 1, "{operation:?} is open to several kinds of link");
    let as_a_user = told(&asks(&a_user(&[Role::Patient]), &stepped_up()).breaking_the_glass(a_reason()), operation);
    assert!(as_a_user.is_err(), "{operation:?} is open to a user by the role of a patient");
    links == 1
}

#[test]
fn the_program_says_what_the_grid_says() {
    let mut says = BTreeMap::new();
    for operation in Operation::ALL {
        for role in Role::ALL {
            says.insert((operation.code().to_owned(), role.words().to_owned()), of_role(role, *operation).to_owned());
        }
        let console = if told(&Actor::at_the_console(), *operation).is_ok() { "yes" } else { "-" };
        says.insert((operation.code().to_owned(), "console".to_owned()), console.to_owned());
    }
    let written = written();
    let differ: Vec<String> = says
        .iter()
        .filter(|(question, cell)| written.get(*question) != Some(*cell))
        .map(|(question, cell)| format!("{question:?}: the program says {cell}, the grid says {:?}", written.get(question)))
        .collect();
    assert!(differ.is_empty(), "{differ:#?}");
    assert_eq!(written.len(), says.len(), "the grid has lines that the program does not know");
}
