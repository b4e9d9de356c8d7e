//! What no sentence may say, and the rules that sentences name.

use crate::Knowledge;
use crate::check::is_translation;
use crate::document::FaultReport;
use crate::near::{nearest, suggest};

/// The words of one language.
struct Language {
    /// Beginnings of the verbs that tell somebody to end a medicine, in every form: stop, stopped, stopping.
    ending: &'static [&'static str],
    /// The same in two words, the second of them a few words later at most: leave your tablets out.
    ending_pairs: &'static [(&'static str, &'static str)],
    /// Most words between the two of a pair.
    pair_words_max: usize,
    /// Words by which a medicine is known, at the beginning of a word.
    medicines: &'static [&'static str],
    /// Words that turn such a sentence round, or leave the decision where it belongs.
    guards: &'static [&'static str],
}

#[rustfmt::skip]
const ENGLISH: Language = Language {
    ending: &[
        "stop", "discontinu", "withhold", "withheld", "suspend", "interrupt", "paus", "skip", "omit", "omission", "ceas", "quit",
        "refrain", "abstain", "abandon", "wean",
    ],
    ending_pairs: &[
        ("leave", "out"), ("leave", "off"), ("left", "out"), ("left", "off"), ("come", "off"), ("take", "off"), ("taken", "off"),
        ("hold", "off"), ("cut", "out"),
    ],
    pair_words_max: 4,
    medicines: &[
        "medicine", "medication", "cream", "acid", "pill", "insulin", "tablet", "capsule", "drug", "prescription", "isotretinoin",
        "anticoagulant", "antiplatelet", "thinner", "warfarin", "heparin", "aspirin", "clopidogrel", "doac", "apixaban",
        "rivaroxaban", "steroid", "corticosteroid", "prednisolone", "cortisone", "methotrexate", "immunosuppress",
        "chemotherapy", "retinoid", "tretinoin", "adapalene", "tazarotene", "benzoyl", "hydroquinone", "antibiotic", "ibuprofen",
        "naproxen", "nsaid",
    ],
    guards: &["never", "not", "don't", "no", "nobody", "without", "cannot", "prescriber", "prescribes"],
};

#[rustfmt::skip]
const GERMAN: Language = Language {
    ending: &[
        "absetz", "abzusetz", "abgesetzt", "aufhör", "aufzuhör", "aufgehört", "paus", "weglass", "wegzulass", "weggelass",
        "auslass", "auszulass", "unterbrech", "unterbroch", "aussetz", "auszusetz", "ausgesetzt", "verzicht", "stopp", "absteh",
    ],
    ending_pairs: &[
        ("setzen", "ab"), ("setze", "ab"), ("setzt", "ab"), ("setzen", "aus"), ("lassen", "weg"), ("lass", "weg"),
        ("lassen", "aus"), ("hören", "auf"), ("hör", "auf"), ("hört", "auf"),
    ],
    pair_words_max: 8,
    medicines: &[
        "medikament", "arznei", "mittel", "creme", "salbe", "säure", "pille", "insulin", "tablette", "kapsel", "isotretinoin",
        "antikoagul", "blutverdünn", "gerinnungshemm", "plättchenhemm", "warfarin", "heparin", "ass", "aspirin", "clopidogrel",
        "doak", "apixaban", "rivaroxaban", "steroid", "kortison", "kortikosteroid", "prednisolon", "methotrexat",
        "immunsuppress", "chemotherapie", "retinoid", "tretinoin", "adapalen", "tazaroten", "benzoyl", "hydrochinon",
        "antibiotik", "ibuprofen", "naproxen", "nsar",
    ],
    guards: &["nie", "niemals", "nicht", "kein", "keine", "keinen", "niemand", "ohne", "verordnet", "verordnende"],
};

/// Faults in the sentences of every English file that people read; citations and data files are other people's words.
pub(crate) fn all(knowledge: &Knowledge) -> Vec<FaultReport> {
    let read = |name: &str| (name.ends_with(".toml") && name != "sources.toml") || name.ends_with(".md");
    let files = knowledge.files.iter().filter(|(name, _)| read(name) && !is_translation(name));
    files.map(|(name, text)| file(name, text, &ENGLISH, knowledge)).collect()
}

/// Faults in the sentences of a translation.
pub(crate) fn translated(knowledge: &Knowledge, language: &str) -> Vec<FaultReport> {
    // A language whose words are not known here is checked for the rules that it names, and read by people.
    let words = if language == "de" { &GERMAN } else { &UNKNOWN };
    let of_it = |name: &str| name.split_once('/').is_some_and(|(folder, _)| folder == language);
    knowledge.files.iter().filter(|(name, _)| of_it(name)).map(|(name, text)| file(name, text, words, knowledge)).collect()
}

fn file(name: &str, text: &str, language: &Language, knowledge: &Knowledge) -> FaultReport {
    let mut report = FaultReport::new(name);
    for (line, block) in blocks(name, text) {
        for sentence in sentences(&block).filter(|sentence| language.ends_a_medicine(sentence)) {
            report.add(
                line,
                "",
                format!("this seems to tell somebody to stop a medicine: {:?}", sentence.trim()),
                "nothing here advises that: say that the prescriber decides, or that the medicine goes on",
            );
        }
        for id in rule_ids(&block).filter(|id| !knowledge.contraindications.iter().any(|rule| rule.id == *id)) {
            let near = nearest(id, knowledge.contraindications.iter().map(|rule| rule.id.as_str()));
            report.add(line, "", format!("there is no rule {id}"), suggest(&near, "the id of a rule of contraindications.toml"));
        }
    }
    report
}

/// Lines of a table, paragraphs of a page: each with the line it begins on.
fn blocks(name: &str, text: &str) -> Vec<(usize, String)> {
    let mut blocks: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (at, line) in text.lines().enumerate() {
        let comment = name.ends_with(".toml") && line.trim_start().starts_with('#');
        match blocks.last_mut() {
            _ if line.trim().is_empty() || comment => open = false,
            Some((_, block)) if open && name.ends_with(".md") => {
                block.push(' ');
                block.push_str(line);
            }
            _ => {
                blocks.push((at + 1, line.to_owned()));
                open = true;
            }
        }
    }
    blocks
}

/// Sentences, each with the mark that ends it.
fn sentences(block: &str) -> impl Iterator<Item = &str> {
    block.split_inclusive(['.', '!', '?', ';', ':'])
}

const UNKNOWN: Language = Language { ending: &[], ending_pairs: &[], pair_words_max: 0, medicines: &[], guards: &[] };

impl Language {
    fn ends_a_medicine(&self, sentence: &str) -> bool {
        if sentence.trim_end().ends_with('?') {
            return false;
        }
        let sentence = sentence.to_lowercase();
        let words: Vec<&str> = words(&sentence).collect();
        let begins = |word: &&str, names: &[&str]| names.iter().any(|name| word.starts_with(name));
        (words.iter().any(|word| begins(word, self.ending)) || self.in_two_words(&words))
            && words.iter().any(|word| begins(word, self.medicines))
            && !words.iter().any(|word| self.guards.contains(word))
    }

    fn in_two_words(&self, words: &[&str]) -> bool {
        let second = |at: usize, wanted: &str| words[at + 1..].iter().take(self.pair_words_max + 1).any(|word| *word == wanted);
        (0..words.len()).any(|at| self.ending_pairs.iter().any(|(one, other)| words[at] == *one && second(at, other)))
    }
}

fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split(|letter: char| !letter.is_alphanumeric() && !['\'', '_'].contains(&letter)).filter(|word| !word.is_empty())
}

/// Words that look like the id of a rule.
fn rule_ids(block: &str) -> impl Iterator<Item = &str> {
    block
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
        .map(|word| word.trim_end_matches('-'))
        .filter(|word| word.len() > 3 && word.starts_with("CI-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_that_ends_a_medicine_is_found() {
        for sentence in [
            "Stop warfarin two days before.",
            "Patients should discontinue isotretinoin.",
            "Pause your retinoid.",
            "Days retinoids and acids are paused before a session",
            "Aspirin is withheld for a week.",
            "Isotretinoin was stopped for the session.",
            "Leave your tablets out for three evenings.",
            "Patients come off their medicine first.",
        ] {
            assert!(ENGLISH.ends_a_medicine(sentence), "{sentence}");
        }
    }

    #[test]
    fn a_sentence_that_protects_a_medicine_is_left_alone() {
        for sentence in [
            "Never stop your blood thinner for this.",
            "Do I stop my blood thinner?",
            "Stop the course of needling.",
            "The prescriber may pause the tablets.",
            "Carry on with your medicine.",
        ] {
            assert!(!ENGLISH.ends_a_medicine(sentence), "{sentence}");
        }
    }

    #[test]
    fn german_is_read_as_german() {
        for sentence in [
            "Setzen Sie das Medikament zwei Tage vorher ab.",
            "Retinoide werden vor der Sitzung pausiert.",
            "Lassen Sie Ihre Tabletten drei Abende lang weg.",
        ] {
            assert!(GERMAN.ends_a_medicine(sentence), "{sentence}");
        }
        for sentence in [
            "Setzen Sie Ihren Blutverdünner niemals hierfür ab.",
            "Muss ich meinen Blutverdünner absetzen?",
            "Nehmen Sie Ihr Medikament weiter.",
        ] {
            assert!(!GERMAN.ends_a_medicine(sentence), "{sentence}");
        }
    }

    #[test]
    fn a_paragraph_of_a_page_is_one_block_and_a_table_has_one_for_each_line() {
        assert_eq!(blocks("guide/a.md", "one\ntwo\n\nthree"), [(1, "one two".to_owned()), (4, "three".to_owned())]);
        assert_eq!(blocks("a.toml", "one\n# two\nthree"), [(1, "one".to_owned()), (3, "three".to_owned())]);
    }

    #[test]
    fn ids_of_rules_are_found_in_a_sentence() {
        assert_eq!(rule_ids("see CI-VZV, (CI-HSV-HX). CI- and CI-.").collect::<Vec<_>>(), ["CI-VZV", "CI-HSV-HX"]);
    }
}
