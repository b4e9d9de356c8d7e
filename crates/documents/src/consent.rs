//! Consent: the text that was read, what it covers, what was discussed, and where it is signed.

use resurface_care::chart::{ConsentWithdrawn, Consented, Purpose, Registered};
use resurface_knowledge::Knowledge;
use resurface_words::Words;

use crate::error::DocumentError;
use crate::flow::{Align, Column, Shown, Table, Ticked};
use crate::letterhead::{Letterhead, short};
use crate::paper::Paper;
use crate::phrases;
use crate::picture;
use crate::sources::Sources;
use crate::text::Text;

/// What a consent document shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct ConsentSheet<'a> {
    /// What was consented to; nothing for a form that is still to be signed.
    pub given: Option<GivenConsent<'a>>,
    /// What was taken back since.
    pub withdrawn: &'a [ConsentWithdrawn],
    /// The patient's signature as JPEG; without it there is room to sign.
    pub signature: Option<&'a [u8]>,
}

/// Consent that was given.
#[derive(Clone, Copy, Debug)]
pub struct GivenConsent<'a> {
    /// The entry of the chart.
    pub entry: &'a Consented,
    /// Name of who wrote it: who had the talk.
    pub by: &'a str,
}

/// Every purpose, each a yes or no of its own.
const PURPOSES: [Purpose; 4] =
    [Purpose::Treatment, Purpose::PicturesForCare, Purpose::PicturesForTeaching, Purpose::PicturesForPublication];

/// The page of the guide that the patient reads, and its part that is not for the patient.
const PAGE: &str = "consent";
const NOT_FOR_PATIENTS: [&str; 2] = ["For the practitioner", "Sources"];

/// The consent as PDF.
///
/// # Errors
/// [`DocumentError::Picture`] when the signature is no JPEG; [`DocumentError::Pages`] when the pages break a rule of
/// accessible PDF.
pub fn consent(
    letterhead: &Letterhead,
    patient: &Registered,
    sheet: &ConsentSheet<'_>,
    knowledge: &Knowledge,
    words: &Words,
) -> Result<Vec<u8>, DocumentError> {
    let signature = sheet.signature.map(|jpeg| picture::read(jpeg, 1)).transpose()?;
    let about = match sheet.given {
        Some(given) => words.with("document-consent-of", [("date", words.date(given.entry.on).into())]),
        None => words.text("document-consent-form"),
    };
    let mut paper = Paper::begin(letterhead, patient, "document-consent", &about, words)?;
    let mut sources = Sources::default();
    paper.flow.panel(&[Text::strong(words.text("document-consent-free")), words.text("document-consent-withdraw").into()]);
    versions(&mut paper, sheet, letterhead, knowledge);
    purposes(&mut paper, sheet);
    discussed(&mut paper, sheet);
    signatures(
        &mut paper,
        sheet,
        signature.map(|image| Shown {
            image,
            alt: words.with("document-signature-of", [("name", patient.name.as_str().into())]),
            caption: String::new(),
        }),
        patient,
    );
    text(&mut paper, knowledge, &mut sources);
    risks(&mut paper, knowledge, &mut sources);
    sources.list(&mut paper, knowledge);
    paper.finish()
}

/// Which text it is: the version that was read, and the one printed here.
fn versions(paper: &mut Paper<'_>, sheet: &ConsentSheet<'_>, letterhead: &Letterhead, knowledge: &Knowledge) {
    let words = paper.words;
    let mut table = Table::fields();
    if let Some(document) = sheet.given.and_then(|given| given.entry.document.as_deref()) {
        table.field(words.text("document-version-read"), document);
    }
    let changed = knowledge.guide.page(PAGE).map(|page| words.date(page.updated)).unwrap_or_default();
    let parts = [("hash", short(&letterhead.knowledge).into()), ("date", changed.into())];
    table.field(words.text("document-version-printed"), words.with("document-version", parts));
    paper.flow.table(&table);
}

fn purposes(paper: &mut Paper<'_>, sheet: &ConsentSheet<'_>) {
    let words = paper.words;
    paper.chapter("document-purposes");
    for purpose in PURPOSES {
        let given = sheet.given.filter(|given| given.entry.purposes.contains(&purpose));
        let withdrawn = sheet.withdrawn.iter().filter(|withdrawn| withdrawn.purposes.contains(&purpose));
        let withdrawn = withdrawn.map(|withdrawn| withdrawn.on).max();
        let after = |day: jiff::civil::Date| given.is_none_or(|given| day >= given.entry.on);
        let (ticked, said) = match (given, withdrawn.filter(|day| after(*day))) {
            (Some(_), Some(day)) => (Ticked::No, words.with("document-withdrawn", [("date", words.date(day).into())])),
            (Some(given), None) => (Ticked::Yes, words.with("document-given", [("date", words.date(given.entry.on).into())])),
            (None, _) if sheet.given.is_some() => (Ticked::No, words.text("document-not-given")),
            (None, _) => (Ticked::No, words.text("document-to-tick")),
        };
        let asked = phrases::named("purpose", &purpose, words);
        paper.flow.tick(ticked, &asked.into(), &said);
    }
}

fn discussed(paper: &mut Paper<'_>, sheet: &ConsentSheet<'_>) {
    let words = paper.words;
    paper.chapter("document-discussed");
    match sheet.given.and_then(|given| given.entry.discussion.as_deref()) {
        Some(discussion) => paper.flow.paragraph(discussion),
        None if sheet.given.is_some() => paper.flow.paragraph(words.text("document-nothing-recorded")),
        None => {
            paper.flow.paragraph(words.text("document-discussed-hint"));
            for _ in 0..4 {
                paper.flow.space(18.0);
                paper.flow.rule();
            }
        }
    }
}

fn signatures(paper: &mut Paper<'_>, sheet: &ConsentSheet<'_>, signature: Option<Shown>, patient: &Registered) {
    let words = paper.words;
    paper.chapter("document-signatures");
    let by = sheet.given.map_or_else(|| words.text("document-practitioner"), |given| given.by.to_owned());
    let day = sheet.given.map_or_else(|| words.text("document-day"), |given| words.date(given.entry.on));
    paper.flow.signatures(vec![
        (words.with("document-signs-patient", [("name", patient.name.as_str().into()), ("day", day.clone().into())]), signature),
        (words.with("document-signs-practitioner", [("name", by.into()), ("day", day.into())]), None),
    ]);
}

fn text(paper: &mut Paper<'_>, knowledge: &Knowledge, sources: &mut Sources) {
    let Some(page) = knowledge.guide.page(PAGE) else { return };
    paper.chapter("document-consent-text");
    sources.cite(&page.sources);
    crate::markdown::page(&mut paper.flow, &page.text, &NOT_FOR_PATIENTS);
}

/// What can go wrong, in the patient's words.
fn risks(paper: &mut Paper<'_>, knowledge: &Knowledge, sources: &mut Sources) {
    let words = paper.words;
    paper.chapter("document-can-go-wrong");
    let mut table = Table::new(vec![
        Column::new(words.text("document-event"), 0.5, Align::Left),
        Column::new(words.text("document-how-common"), 0.5, Align::Left),
    ]);
    for event in &knowledge.adverse_events.events {
        sources.cite(&event.how_common.sources);
        table.row(vec![Text::english(event.patient.as_str()), phrases::statement(&event.how_common)]);
    }
    paper.flow.table(&table);
}
