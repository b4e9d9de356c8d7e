//! Consent: the text that was read, what it covers, what was discussed, and where it is signed.

use resurface_care::chart::{ConsentWithdrawn, Consented, Drawn, Purpose, Registered};

use crate::error::DocumentError;
use crate::flow::{Signed, Table, Ticked};
use crate::letterhead::Letterhead;
use crate::paper::Paper;
use crate::phrases;
use crate::reader::Reader;
use crate::sources::Sources;
use crate::text::Text;

/// What a consent document shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct ConsentSheet<'a> {
    /// What was consented to; nothing for a form that is still to be signed.
    pub given: Option<GivenConsent<'a>>,
    /// What was taken back since.
    pub withdrawn: &'a [ConsentWithdrawn],
    /// The text, part by part, as the patient read it.
    pub text: &'a [ConsentPart<'a>],
    /// Which text that is.
    pub version: &'a str,
}

/// A part of the text that consent is given to.
#[derive(Clone, Copy, Debug)]
pub struct ConsentPart<'a> {
    /// Its title.
    pub title: &'a str,
    /// Sentences in the language of the document.
    pub said: &'a [String],
    /// Sentences of the knowledge.
    pub known: &'a [String],
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

/// The consent as PDF.
///
/// # Errors
/// [`DocumentError::Pages`] when the pages break a rule of accessible PDF.
pub fn consent(
    letterhead: &Letterhead,
    patient: &Registered,
    sheet: &ConsentSheet<'_>,
    reader: Reader<'_>,
) -> Result<Vec<u8>, DocumentError> {
    let Reader { words, knowledge } = reader;
    let about = match sheet.given {
        Some(given) => words.with("document-consent-of", [("date", words.date(given.entry.on).into())]),
        None => words.text("document-consent-form"),
    };
    let mut paper = Paper::begin(letterhead, patient, "document-consent", &about, words)?;
    let mut sources = Sources::default();
    paper.flow.panel(&[Text::strong(words.text("document-consent-free")), words.text("document-consent-withdraw").into()]);
    versions(&mut paper, sheet);
    purposes(&mut paper, sheet);
    discussed(&mut paper, sheet);
    signatures(&mut paper, sheet, patient);
    text(&mut paper, sheet.text);
    for event in &knowledge.adverse_events.events {
        sources.cite(&event.how_common.sources);
    }
    sources.list(&mut paper, knowledge);
    paper.finish()
}

/// Which text it is: the one that was read, and the one printed here, where that is another one by now.
fn versions(paper: &mut Paper<'_>, sheet: &ConsentSheet<'_>) {
    let words = paper.words;
    let read = sheet.given.and_then(|given| given.entry.document.as_deref());
    let mut table = Table::fields();
    if let Some(read) = read {
        table.field(words.text("document-version-read"), read);
    }
    if read != Some(sheet.version) {
        table.field(words.text("document-version-printed"), sheet.version);
    }
    paper.flow.table(&table);
    if read.is_some_and(|read| read != sheet.version) {
        paper.flow.paragraph(Text::strong(words.text("document-version-differs")));
    }
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

/// Who signed: the name that was typed, and the hand that drew where there was one; and who had the talk.
fn signatures(paper: &mut Paper<'_>, sheet: &ConsentSheet<'_>, patient: &Registered) {
    let words = paper.words;
    paper.chapter("document-signatures");
    let signature = sheet.given.and_then(|given| given.entry.signature.as_ref());
    let name = signature.map_or(&patient.name, |signature| &signature.name);
    let by = sheet.given.map_or_else(|| words.text("document-practitioner"), |given| given.by.to_owned());
    let day = sheet.given.map_or_else(|| words.text("document-day"), |given| words.date(given.entry.on));
    let signed = signature.map(|signature| match &signature.drawn {
        Some(drawn) => {
            let alt = words.with("document-signature-of", [("name", name.as_str().into())]);
            Signed::Drawn { strokes: drawn.strokes(), sheet: Drawn::SHEET, alt }
        }
        None => Signed::Typed(words.with("document-signed-typed", [("name", name.as_str().into())])),
    });
    paper.flow.signatures(vec![
        (words.with("document-signs-patient", [("name", name.as_str().into()), ("day", day.clone().into())]), signed),
        (words.with("document-signs-practitioner", [("name", by.into()), ("day", day.into())]), None),
    ]);
}

/// The text that consent is given to, word for word.
fn text(paper: &mut Paper<'_>, parts: &[ConsentPart<'_>]) {
    paper.chapter("document-consent-text");
    for part in parts {
        paper.flow.heading(part.title);
        part.said.iter().for_each(|said| paper.flow.paragraph(said.as_str()));
        match part.known {
            [only] => paper.flow.paragraph(only.as_str()),
            several => paper.flow.list(several.iter().map(|known| known.as_str().into()).collect()),
        }
    }
}
