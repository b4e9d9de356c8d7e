//! What `explain` tells, and what names the version.

#![expect(clippy::expect_used, reason = "knowledge that does not read has failed its test")]

use resurface_knowledge::{Files, Knowledge, Mark, Version};

fn knowledge() -> Knowledge {
    Knowledge::built_in().expect("sound knowledge")
}

#[test]
fn every_id_of_every_table_is_explained() {
    let knowledge = knowledge();
    for id in knowledge.ids() {
        let explanation = knowledge.explain(id).unwrap_or_else(|| panic!("{id} is explained"));
        assert_eq!(explanation.id, id);
        assert!(!explanation.title.is_empty() && !explanation.kind.is_empty(), "{id}");
        assert!(!explanation.facts.is_empty(), "{id} has at least one fact");
    }
}

#[test]
fn a_rule_is_explained_with_its_sources_and_both_sides() {
    let rule = knowledge().explain("ci-iso-now").expect("upper and lower case are the same");
    assert_eq!((rule.id.as_str(), rule.kind, rule.mark), ("CI-ISO-NOW", "rule", Some(Mark::Seen)));
    assert_eq!(
        rule.sources.iter().map(|source| source.id.as_str()).collect::<Vec<_>>(),
        ["R8", "R23", "C1", "C2", "C3", "C4", "S12"]
    );
    assert!(rule.sources.iter().all(|source| !source.citation.is_empty() && !source.what_was_seen.is_empty()));
    assert_eq!(rule.disagreement.len(), 4);
    assert_eq!(rule.disagreement[1].sources[0].id, "C3");
    assert!(rule.clinician.is_some() && rule.patient.is_some());
}

#[test]
fn the_mark_of_a_number_is_shown_beside_the_number() {
    let rule = knowledge().explain("CI-WAX").expect("a rule");
    let wait = rule.facts.iter().find(|fact| fact.label == "wait").expect("a wait");
    assert_eq!(wait.mark, Some(Mark::Ours));
    assert!(wait.value.starts_with("3 days; marketing pages only"), "{}", wait.value);
}

#[test]
fn a_source_says_what_of_it_was_read() {
    let source = knowledge().explain("S4").expect("a source");
    let seen = source.facts.iter().find(|fact| fact.label == "what was seen").expect("what was seen");
    assert_eq!((source.kind, seen.value.as_str()), ("source", "seen (abstract)"));
}

#[test]
fn an_unknown_id_has_no_explanation_and_near_ids_are_offered() {
    let knowledge = knowledge();
    assert!(knowledge.explain("CI-PREGN").is_none());
    assert_eq!(knowledge.near_ids("CI-PREGN").first(), Some(&"CI-PREG"));
    assert!(knowledge.near_ids("nothing like it at all").is_empty());
}

#[test]
fn the_version_names_the_files_and_changes_with_every_letter_of_them() {
    let files = Files::built_in();
    let version = Version::of(&files);
    assert_eq!(version, Version::of(&Files::built_in()));
    assert_eq!((version.to_string().len(), version.full().len()), (12, 64));
    assert!(version.full().starts_with(&version.to_string()));
    let (name, text) = files.iter().next().expect("a file");
    let mut other = files.clone();
    other.insert(name, format!("{text} "));
    assert_ne!(version, Version::of(&other));
    let moved: Files = [("ab", "c")].into_iter().collect();
    let kept: Files = [("a", "bc")].into_iter().collect();
    assert_ne!(Version::of(&moved), Version::of(&kept));
}
