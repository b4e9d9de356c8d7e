//! Every document, in every language.
#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]

mod example;

use example::{CHAIN_END, Example};
use lopdf::{Document, Object};
use resurface_documents::DocumentError;
use resurface_words::Language;

/// A PDF as a reader sees it.
struct Read {
    document: Document,
    text: String,
}

fn read(pdf: &[u8]) -> Read {
    let document = Document::load_mem(pdf).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    // Lines are joined, as a sentence may be broken anywhere.
    let text = document.extract_text(&pages).unwrap().replace('\n', "");
    Read { document, text }
}

impl Read {
    fn of_catalog(&self, key: &[u8]) -> Object {
        let value = self.document.catalog().unwrap().get(key).unwrap().clone();
        match value {
            Object::Reference(id) => self.document.get_object(id).unwrap().clone(),
            value => value,
        }
    }

    /// How many parts of the structure there are of a kind.
    fn tagged(&self, kind: &str) -> usize {
        let is = |object: &&Object| {
            let named = object.as_dict().ok().and_then(|part| part.get(b"S").ok()).and_then(|name| name.as_name().ok());
            named == Some(kind.as_bytes())
        };
        self.document.objects.values().filter(is).count()
    }

    fn says(&self, words: &[&str]) {
        let said: String = self.text.split_whitespace().collect();
        for word in words {
            let wanted: String = word.split_whitespace().collect();
            assert!(said.contains(&wanted), "{word:?} is missing in {}", self.text);
        }
    }
}

type Made = fn(&Example, Language) -> Vec<u8>;

const DOCUMENTS: [(&str, Made); 7] = [
    ("plan", Example::plan),
    ("withheld", Example::withheld),
    ("consent", Example::consent),
    ("consent form", Example::consent_form),
    ("aftercare", Example::aftercare),
    ("progress", Example::progress),
    ("chart", Example::chart),
];

#[test]
fn every_document_is_tagged_and_names_its_title_and_its_language() {
    let example = Example::new();
    for language in Language::ALL {
        for (name, made) in DOCUMENTS {
            // given a document / when it is read
            let read = read(&made(&example, language));
            // then it is tagged, in its language, shows its title, and has no key in place of a word
            let marked = read.of_catalog(b"MarkInfo");
            assert!(marked.as_dict().unwrap().get(b"Marked").unwrap().as_bool().unwrap(), "{name}");
            assert_eq!(read.of_catalog(b"Lang").as_str().unwrap(), language.code().as_bytes(), "{name}");
            let shown = read.of_catalog(b"ViewerPreferences");
            assert!(shown.as_dict().unwrap().get(b"DisplayDocTitle").unwrap().as_bool().unwrap(), "{name}");
            assert!(read.tagged("H1") == 1 && read.tagged("H2") > 0 && read.tagged("P") > 2, "{name}");
            assert!(!read.text.contains('\u{27e8}'), "{name}: {}", read.text);
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (one, other) = (Example::new(), Example::new());
    for (name, made) in DOCUMENTS {
        assert!(made(&one, Language::German) == made(&other, Language::German), "{name}");
    }
}

#[test]
fn every_page_says_whose_it_is_what_it_was_made_with_and_which_page_it_is() {
    for (language, page, demonstration) in
        [(Language::English, "Page 2 of ", "nobody is behind"), (Language::German, "Seite 2 von ", "steht niemand")]
    {
        // given a document of several pages in a demonstration
        let read = read(&Example::new().plan(language));
        let pages = read.document.get_pages().len();
        // then every page repeats it
        assert!(pages > 2);
        read.says(&[page, "resurface 0.1.0", "seed 1"]);
        for words in [demonstration, "Hautpraxis Dr. Öztürk & Weiß", "Nora Łukasiewicz"] {
            assert!(read.text.matches(words).count() >= pages, "{words}");
        }
    }
}

#[test]
fn nobody_real_is_called_a_demonstration() {
    let read = read(&Example::new().real().aftercare(Language::English));
    assert!(!read.text.contains("DEMONSTRATION") && !read.text.contains("Demonstration"));
}

#[test]
fn a_plan_says_the_course_what_to_expect_what_else_and_what_could_go_wrong() {
    let (english, german) = (read(&Example::new().plan(Language::English)), read(&Example::new().plan(Language::German)));
    english.says(&[
        "sessions are proposed, one every",
        "Of 100 people like you, about",
        "Adopted as proposed on 20 November 2026 by Dr Ada Example",
        "Chance of goal",
        "session planned",
        "What else could be done",
        "Dark marks after needling",
        "What would change this plan",
    ]);
    german.says(&[
        "Vorgeschlagen werden",
        "Von 100 Menschen wie Ihnen",
        "Wie vorgeschlagen angenommen am 20. November 2026",
        "Quellen",
    ]);
    assert_eq!((english.tagged("Figure"), german.tagged("Figure")), (2, 2));
    assert!(english.tagged("TH") > 20 && english.tagged("Table") > 5);
}

#[test]
fn a_plan_that_is_withheld_proposes_no_day() {
    let read = read(&Example::new().withheld(Language::English));
    read.says(&["Nothing is proposed: microneedling is not suitable", "If needling became suitable"]);
    assert!(!read.text.contains("Not before"));
}

#[test]
fn a_consent_says_what_it_covers_and_what_was_taken_back() {
    let read = read(&Example::new().consent(Language::English));
    read.says(&[
        "consent 4, English",
        "Yes, given on 20 November 2026",
        "Taken back on 1 December 2026",
        "Asked about dark marks",
        "What can go wrong",
        "Dark marks: more often on dark skin",
    ]);
    assert_eq!(read.tagged("Figure"), 1, "the signature");
    assert!(!read.text.contains("cannot be printed again"), "the text is the one that was read");
}

#[test]
fn a_consent_that_was_signed_by_typing_to_another_text_says_both() {
    let read = read(&Example::new().old_consent(Language::English));
    read.says(&[
        "consent 3, English",
        "consent 4, English",
        "cannot be printed again",
        "typed: N. Example",
        "Dr Ada Example, who had the talk",
    ]);
    assert_eq!(read.tagged("Figure"), 0, "nothing was drawn");
}

#[test]
fn a_form_to_be_signed_has_nothing_ticked() {
    let read = read(&Example::new().consent_form(Language::German));
    read.says(&["Formular zum Unterschreiben", "Für Ja ankreuzen"]);
    assert!(!read.text.contains("gegeben am"));
}

#[test]
fn after_care_tells_hours_days_and_when_to_call() {
    let read = read(&Example::new().aftercare(Language::German));
    read.says(&["Stunde 0 bis 24", "27.11.2026", "Tag 0 bis 10", "Tag 28", "sofort: Notruf", "Tragen Sie nur das Gel auf"]);
}

#[test]
fn progress_shows_the_verdict_outcomes_sessions_and_pictures() {
    let read = read(&Example::new().progress(Language::English));
    read.says(&[
        "The scars improve more slowly than was forecast",
        "Outcomes against the forecast",
        "Sessions given",
        "Left cheek, half turned, 2 February 2026",
    ]);
    assert_eq!(read.tagged("Figure"), 3, "the forecast and two pictures");
}

#[test]
fn a_chart_shows_every_entry_and_what_was_struck_out() {
    let read = read(&Example::new().chart(Language::English));
    read.says(&[
        "7 entries",
        CHAIN_END,
        "Struck out by entry 6: meant for somebody else",
        "It is about entry 3 (Message)",
        "Can I come on Monday?",
        "cold sores before",
    ]);
    assert_eq!(read.text.matches("postscript").count(), 120, "a message over two pages is whole");
}

#[test]
fn a_name_that_cannot_be_printed_is_still_said() {
    // given a name in a script that the fonts do not have
    let read = read(&Example::new().named("王芳").consent_form(Language::English));
    // when it is printed / then what the empty boxes stand for is kept beside them
    let pages = read.document.get_pages();
    let first = read.document.get_page_content(pages[&1]);
    assert!(first.windows(10).any(|bytes| bytes == b"ActualText"));
}

#[test]
fn a_picture_that_is_none_is_named() {
    // given pictures of which the second is no JPEG / when the document is made / then it says which picture it was
    let refused = Example::new().progress_with(b"no picture", Language::English).unwrap_err();
    assert!(matches!(refused, DocumentError::Picture { at: 2 }), "{refused}");
}

#[test]
fn a_german_document_is_german_down_to_its_clinical_texts() {
    let example = Example::new();
    let german = Language::German;
    read(&example.plan(german)).says(&[
        "Needling mit einem Teil Ihres eigenen Blutes",
        "kreuzweise, bei gespannter Haut",
        "Wenn",
    ]);
    read(&example.aftercare(german)).says(&["Kribbeln um den Mund", "Sie sehen aus wie vorher"]);
    read(&example.progress(german)).says(&["Wahrscheinlichkeit des Ziels"]);
    for pdf in [example.plan(german), example.aftercare(german), example.progress(german)] {
        let text = read(&pdf).text;
        for english in ["Your ", " needling", "session", "chance of", "skin "] {
            let without_citations = text.split("Quellen").next().unwrap_or_default();
            let found = without_citations.split_once(english).map(|(before, after)| {
                (
                    before.chars().rev().take(60).collect::<Vec<_>>().iter().rev().collect::<String>(),
                    after.chars().take(60).collect::<String>(),
                )
            });
            assert!(found.is_none(), "{english}: {found:?}");
        }
    }
}
