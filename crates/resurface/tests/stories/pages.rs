//! The pages themselves: what a practitioner reads, example by example.

use crate::program::{examples, resurface};

#[test]
fn every_example_is_decided_and_says_so_first() {
    let decided: Vec<String> = examples()
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            let said = resurface(&["screen", &format!("examples/{name}"), "--width", "120"]);
            format!("{name}: exit {}, {}", said.code, said.stdout.lines().next().unwrap_or_default())
        })
        .collect();
    insta::assert_snapshot!(decided.join("\n"));
}

#[test]
fn the_gate_answers_with_its_exit_code() {
    assert_eq!(resurface(&["gate", "examples/responder.json"]).code, 0);
    let refused = resurface(&["gate", "examples/pregnant.toml"]);
    assert_eq!(refused.code, 3);
    assert!(refused.stdout.starts_with("GATE  "), "{}", refused.stdout);
}
