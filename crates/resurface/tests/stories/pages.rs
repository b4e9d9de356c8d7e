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

/// The headings of a page, in their order.
fn headings(page: &str) -> Vec<&str> {
    let lines: Vec<&str> = page.lines().collect();
    let under_a_gap = |at: &usize| *at > 0 && lines[at - 1].is_empty() && !lines[*at].starts_with(' ');
    (0..lines.len()).filter(under_a_gap).map(|at| lines[at].split([':', '(', ',']).next().unwrap().trim()).collect()
}

#[test]
fn a_plan_goes_from_the_decision_to_what_would_change_it() {
    let page = resurface(&["plan", "examples/consultation.toml"]).stdout;
    assert!(page.starts_with("DECISION  suitable"), "{page}");
    let expected = [
        "Why",
        "How bad",
        "How much better",
        "Three intervals",
        "Proposal",
        "What else could be done",
        "What could go wrong",
        "What would change this plan",
        "Sources",
        "resurface 0.1.0",
    ];
    assert_eq!(headings(&page), expected);
}

#[test]
fn a_course_that_has_begun_is_reviewed_before_anything_is_proposed() {
    let page = resurface(&["plan", "examples/not_responding.toml"]).stdout;
    let (review, outlook) = (page.find("REVIEW  ").unwrap(), page.find("How much better").unwrap());
    assert!(page.contains("stop, and offer another treatment"), "{page}");
    assert!(review < outlook && !page.contains("\nProposal\n"), "{page}");
}

#[test]
fn nothing_is_proposed_to_someone_who_must_not_be_treated() {
    for example in ["pregnant.toml", "isotretinoin.toml"] {
        let page = resurface(&["plan", &format!("examples/{example}")]).stdout;
        assert!(page.contains("  proposal       none: ") && !page.contains("\nProposal\n"), "{example}: {page}");
        assert!(!page.contains("How much better, for this patient"), "{example}: {page}");
    }
}

#[test]
fn no_chance_is_printed_as_nought_or_as_certain() {
    for example in ["consultation.toml", "not_responding.toml", "responder.json"] {
        let answer = resurface(&["forecast", &format!("examples/{example}"), "--width", "120"]).stdout;
        let table = answer.lines().skip_while(|line| !line.contains("median")).take_while(|line| !line.contains("◆ median"));
        for line in table {
            let cells = || line.split("  ").map(str::trim);
            assert!(cells().all(|cell| cell != "100 %" && cell != "0 %"), "{example}: {line}");
        }
    }
}

#[test]
fn the_gate_answers_with_its_exit_code() {
    assert_eq!(resurface(&["gate", "examples/responder.json"]).code, 0);
    let refused = resurface(&["gate", "examples/pregnant.toml"]);
    assert_eq!(refused.code, 3);
    assert!(refused.stdout.starts_with("GATE  "), "{}", refused.stdout);
}
