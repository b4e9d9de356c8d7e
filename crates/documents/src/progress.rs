//! A progress report: what was given, what was observed against what was forecast, and what was decided.

use resurface_care::chart::{Registered, Reviewed, SessionDelivered};
use resurface_care::consultation::{Consultation, OutcomeScale};
use resurface_care::plan::Plan;
use resurface_care::review::{Comparison, Review};
use resurface_knowledge::Knowledge;
use resurface_words::Words;

use crate::error::DocumentError;
use crate::flow::{Align, Column, Shown, Table};
use crate::letterhead::Letterhead;
use crate::paper::Paper;
use crate::phrases;
use crate::picture::PicturePair;
use crate::plan::forecast_figure;
use crate::reader::Reader;
use crate::sources::Sources;
use crate::text::Text;

/// What a progress report shows.
#[derive(Clone, Copy, Debug)]
pub struct ProgressSheet<'a> {
    /// What was recorded.
    pub consultation: &'a Consultation,
    /// The plan with its review, made of what was recorded.
    pub plan: &'a Plan,
    /// Sessions given, by day.
    pub sessions: &'a [SessionDelivered],
    /// What was decided at the latest review; nothing while it is open.
    pub reviewed: Option<ReviewedBy<'a>>,
    /// Views before and after.
    pub pictures: &'a [PicturePair<'a>],
    /// How far a judged percentage may be off, 95 %: [`resurface_figure::judged_error_percent`].
    pub judged_error_percent: f64,
}

/// What a practitioner decided at a review.
#[derive(Clone, Copy, Debug)]
pub struct ReviewedBy<'a> {
    /// The entry of the chart.
    pub entry: &'a Reviewed,
    /// Name of who wrote it.
    pub by: &'a str,
}

/// The progress report as PDF.
///
/// # Errors
/// [`DocumentError::Picture`] when a picture is no JPEG; [`DocumentError::Pages`] when the pages break a rule of accessible
/// PDF.
pub fn progress(
    letterhead: &Letterhead,
    patient: &Registered,
    sheet: &ProgressSheet<'_>,
    reader: Reader<'_>,
) -> Result<Vec<u8>, DocumentError> {
    let Reader { words, knowledge } = reader;
    let pictures = shown(sheet, words)?;
    let about = words.with("document-progress-of", [("date", words.date(sheet.plan.date).into())]);
    let mut paper = Paper::begin(letterhead, patient, "document-progress", &about, words)?;
    let mut sources = Sources::default();
    if let Some(review) = &sheet.plan.review {
        verdict(&mut paper, review, sheet, reader, &mut sources);
    } else {
        paper.flow.panel(&[Text::strong(words.text("document-no-review"))]);
    }
    let versions = letterhead;
    let figure = forecast_figure(sheet.consultation, sheet.plan, sheet.judged_error_percent, versions, words);
    if let Some(figure) = figure {
        paper.flow.figure(figure);
    }
    if let Some(review) = &sheet.plan.review {
        outcomes(&mut paper, review);
    }
    sessions(&mut paper, sheet, knowledge);
    if !pictures.is_empty() {
        paper.chapter("document-pictures");
        pictures.into_iter().for_each(|[before, after]| paper.flow.pictures(vec![before, after]));
    }
    sources.list(&mut paper, knowledge);
    paper.finish()
}

/// Every picture, read before anything is written.
fn shown(sheet: &ProgressSheet<'_>, words: &Words) -> Result<Vec<[Shown; 2]>, DocumentError> {
    let pairs = sheet.pictures.iter().enumerate();
    pairs.map(|(at, pair)| Ok([pair.before.shown(2 * at + 1, words)?, pair.after.shown(2 * at + 2, words)?])).collect()
}

fn verdict(paper: &mut Paper<'_>, review: &Review, sheet: &ProgressSheet<'_>, reader: Reader<'_>, sources: &mut Sources) {
    let words = paper.words;
    let chances = &review.chances;
    let parts = [
        ("goal", words.percentage(f64::from(sheet.plan.goal.improvement_percent)).into()),
        ("now", phrases::of_hundred(chances.goal_stopping_now, words).into()),
        ("all", phrases::of_hundred(chances.goal_with_all_sessions, words).into()),
        ("sessions", chances.further_sessions_max.into()),
    ];
    paper.flow.panel(&[
        Text::strong(phrases::named("verdict", &review.verdict, words)),
        phrases::named("advice", &review.advice, words).into(),
        words.with("document-review-chances", parts).into(),
    ]);
    if let Some(reviewed) = sheet.reviewed {
        let parts = [
            ("date", words.date(reviewed.entry.on).into()),
            ("name", reviewed.by.into()),
            ("decided", phrases::named("decided", &reviewed.entry.decided, words).into()),
        ];
        let mut decided = Text::strong(words.with("document-decided", parts));
        if let Some(reason) = &reviewed.entry.reason {
            decided = decided.then(format!(" {reason}"));
        }
        paper.flow.paragraph(decided);
    }
    paper.chapter("document-reasons");
    let reasons = review.reasons.iter().map(|reason| {
        sources.cite(&reason.sources);
        Text::plain(reader.say(&reason.text)).then(phrases::cited(&reason.sources))
    });
    let reasons = reasons.collect();
    paper.flow.list(reasons);
}

fn outcomes(paper: &mut Paper<'_>, review: &Review) {
    if review.comparisons.is_empty() {
        return;
    }
    let words = paper.words;
    paper.chapter("document-outcomes");
    let mut table = Table::new(vec![
        Column::new(words.text("document-day"), 0.18, Align::Left),
        Column::new(words.text("document-scale"), 0.34, Align::Left),
        Column::new(words.text("document-observed"), 0.14, Align::Right),
        Column::new(words.text("document-forecast"), 0.14, Align::Right),
        Column::new(words.text("document-at-or-above"), 0.2, Align::Right),
    ]);
    for seen in &review.comparisons {
        table.row(compared(seen, words));
    }
    paper.flow.table(&table);
    let about = words.text("document-at-or-above-means");
    paper.flow.small(about);
}

fn compared(seen: &Comparison, words: &Words) -> Vec<Text> {
    let decimals = if seen.outcome.scale == OutcomeScale::ImprovementPercent { 0 } else { 1 };
    let in_percent = matches!(seen.outcome.scale, OutcomeScale::ImprovementPercent | OutcomeScale::ImprovementQuartile);
    let expected = if in_percent { words.percentage(seen.expected) } else { words.number(seen.expected, decimals) };
    let share = seen.percentile_before_treatment.map_or_else(|| "–".to_owned(), |share| words.chance(share));
    vec![
        words.short_date(seen.outcome.date).into(),
        phrases::named("scale", &seen.outcome.scale, words).into(),
        words.number(seen.outcome.value, decimals).into(),
        expected.into(),
        share.into(),
    ]
}

fn sessions(paper: &mut Paper<'_>, sheet: &ProgressSheet<'_>, knowledge: &Knowledge) {
    let words = paper.words;
    paper.chapter("document-sessions-given");
    if sheet.sessions.is_empty() {
        paper.flow.paragraph(words.text("document-none-given"));
        return;
    }
    let mut table = Table::new(vec![
        Column::new(words.text("document-number"), 0.1, Align::Left),
        Column::new(words.text("document-day"), 0.16, Align::Left),
        Column::new(words.text("document-by"), 0.22, Align::Left),
        Column::new(words.text("document-zones"), 0.52, Align::Left),
    ]);
    for (at, session) in sheet.sessions.iter().enumerate() {
        let zones = session.zones.iter().map(|zone| {
            let name = knowledge.protocol.zone(&zone.zone).map_or(zone.zone.as_str(), |known| known.name.as_str());
            format!("{name} {}", phrases::depth(Some(zone.depth_um), words))
        });
        table.row(vec![
            (at + 1).to_string().into(),
            words.short_date(session.on).into(),
            session.operator.as_str().into(),
            zones.collect::<Vec<_>>().join("; ").into(),
        ]);
    }
    paper.flow.table(&table);
}
