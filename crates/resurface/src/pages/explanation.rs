//! The page of `resurface explain`.

use resurface_knowledge::Knowledge;
use resurface_knowledge::explain::Explanation;
use resurface_knowledge::sources::Source;

use super::words;
use crate::terminal::{Look, Page};

/// One id with everything known about it.
pub(crate) fn page(explanation: &Explanation, knowledge: &Knowledge, look: Look) -> String {
    let mut page = Page::new(look);
    page.heading(&format!("{}  {}", explanation.id, explanation.title));
    page.field("what it is", explanation.kind);
    if let Some(mark) = explanation.mark {
        let note = explanation.mark_note.as_deref().map(|note| format!(" ({note})")).unwrap_or_default();
        page.field("checked", &format!("{}{note}", words::mark(mark)));
    }
    if let Some(code) = explanation.evidence {
        page.field("evidence", words::evidence(code));
    }
    for (name, reason) in [("Why, for the clinician", &explanation.clinician), ("Why, for the patient", &explanation.patient)] {
        if let Some(reason) = reason {
            page.heading(name);
            page.text(reason);
        }
    }
    if !explanation.facts.is_empty() {
        page.heading("Facts");
        for fact in &explanation.facts {
            let mark = fact.mark.map(|mark| format!(" [{}]", words::mark(mark))).unwrap_or_default();
            page.item(&format!("{}: {}{mark}", fact.label, fact.value));
        }
    }
    if !explanation.disagreement.is_empty() {
        page.heading("Where sources disagree");
        for side in &explanation.disagreement {
            let who: Vec<&str> = side.sources.iter().map(|source| source.id.as_str()).collect();
            page.item(&format!("{} ({})", side.says, words::sources(&who)));
        }
    }
    sources(&mut page, explanation);
    page.gap();
    page.text(&format!("resurface {}, knowledge {}", env!("CARGO_PKG_VERSION"), knowledge.version));
    page.finish()
}

/// Every source once: those of the rule, then those that only a side of a disagreement names.
fn sources(page: &mut Page, explanation: &Explanation) {
    let mut shown: Vec<&Source> = Vec::new();
    let of_sides = explanation.disagreement.iter().flat_map(|side| &side.sources);
    for source in explanation.sources.iter().chain(of_sides) {
        if !shown.iter().any(|earlier| earlier.id == source.id) {
            shown.push(source);
        }
    }
    if shown.is_empty() {
        return;
    }
    page.heading("Sources");
    for source in shown {
        page.field(&source.id, &format!("{} [{}]", source.citation, words::mark(source.mark)));
        if let Some(url) = &source.url {
            page.field("", &format!("{url} ({})", source.url_status.words()));
        }
    }
}
