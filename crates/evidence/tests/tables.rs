//! The tables in knowledge/ are read whole, and a bad cell is named with its line and column.

use proptest::prelude::*;
use resurface_evidence::{Error, comparisons, roles, trials};

const TRIALS: &str = include_str!("../../../knowledge/trials.csv");
const ROLES: &str = include_str!("../../../knowledge/trial_roles.csv");
const COMPARISONS: &str = include_str!("../../../knowledge/comparisons.csv");

#[test]
fn every_row_of_the_tables_is_read() {
    assert_eq!(trials::parse(TRIALS).unwrap().len(), 212);
    assert_eq!(roles::parse(ROLES).unwrap().len(), 60);
    assert_eq!(comparisons::parse(COMPARISONS).unwrap().len(), 40);
}

#[test]
fn every_role_names_an_arm_of_the_trial_table() {
    let arms = trials::parse(TRIALS).unwrap();
    for role in roles::parse(ROLES).unwrap() {
        assert!(
            arms.iter().any(|arm| arm.study_id == role.study_id && arm.arm_id == role.arm_id),
            "line {}: {} is not in trials.csv",
            role.line,
            role.arm_id
        );
    }
}

#[test]
fn every_bad_cell_is_reported_with_its_place() {
    let broken = TRIALS.replacen(",rater_blinded,20,15,", ",perhaps,twenty,15,", 1);
    let Err(Error::Table(faults)) = trials::parse(&broken) else { panic!("a broken table was accepted") };
    assert_eq!(faults.len(), 2);
    assert_eq!((faults[0].line, faults[0].column.as_str()), (2, "blinding"));
    assert_eq!((faults[1].line, faults[1].column.as_str()), (2, "n_enrolled"));
    assert!(faults[0].to_string().contains("rater_blinded, open, unclear, not_stated"), "{}", faults[0]);
}

#[test]
fn more_events_than_patients_are_refused() {
    let broken = TRIALS.replacen("27/30,27,30", "27/30,31,30", 1);
    let Err(Error::Table(faults)) = trials::parse(&broken) else { panic!("31 of 30 was accepted") };
    assert_eq!(faults[0].column, "response_n");
}

#[test]
fn an_unknown_or_missing_column_is_refused() {
    let broken = TRIALS.replacen("blinding", "blindness", 1);
    let Err(Error::Table(faults)) = trials::parse(&broken) else { panic!("a wrong header was accepted") };
    assert_eq!(faults.len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_text_makes_a_parser_panic(text in "\\PC{0,200}", cell in "\\PC{0,12}", line in 1_usize..200, column in 0_usize..54) {
        let _ = (trials::parse(&text), roles::parse(&text), comparisons::parse(&text));
        for (table, parse) in [(TRIALS, 0), (ROLES, 1), (COMPARISONS, 2)] {
            let broken = with_cell(table, line, column, &cell);
            let _ = match parse {
                0 => trials::parse(&broken).map(|rows| rows.len()),
                1 => roles::parse(&broken).map(|rows| rows.len()),
                _ => comparisons::parse(&broken).map(|rows| rows.len()),
            };
        }
    }
}

/// The table with one cell (counted by commas) replaced.
fn with_cell(table: &str, line: usize, column: usize, cell: &str) -> String {
    let mut lines: Vec<String> = table.lines().map(str::to_owned).collect();
    let at = line % lines.len();
    let mut cells: Vec<&str> = lines[at].split(',').collect();
    let place = column % cells.len();
    cells[place] = cell;
    lines[at] = cells.join(",");
    lines.join("\n")
}
