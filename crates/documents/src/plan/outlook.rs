//! What to expect: numbers, the figure of the forecast, courses compared.

use resurface_care::consultation::Consultation;
use resurface_care::plan::{ForecastLabel, Plan, Trust};
use resurface_figure::{Drawing, ForecastFigure, IntervalDots};
use resurface_words::Words;

use super::{PlanSheet, proposal};
use crate::flow::{Align, Column, Table};
use crate::letterhead::Letterhead;
use crate::paper::Paper;
use crate::phrases;
use crate::reader::Reader;
use crate::text::Text;

/// The figure of a plan; nothing when it has no forecast.
pub(crate) fn forecast_figure(
    consultation: &Consultation,
    plan: &Plan,
    judged_error_percent: f64,
    letterhead: &Letterhead,
    words: &Words,
) -> Option<Drawing> {
    let figure = ForecastFigure::of_plan(consultation, plan, judged_error_percent, &letterhead.versions(), words)?;
    Some(figure.drawing(words))
}

/// What to expect.
pub(super) fn chapter(paper: &mut Paper<'_>, sheet: &PlanSheet<'_>, letterhead: &Letterhead, reader: Reader<'_>) {
    let (plan, words) = (sheet.plan, paper.words);
    paper.chapter("document-expect");
    let against = |paper: &mut Paper<'_>| {
        let items: Vec<Text> = plan.extrapolation.iter().map(|why| reader.named("extrapolation", why).into()).collect();
        if !items.is_empty() {
            paper.flow.paragraph(words.text("document-extrapolation"));
            paper.flow.list(items);
        }
    };
    let Some(forecast) = &plan.forecast else {
        paper.flow.paragraph(words.text("document-no-forecast"));
        return against(paper);
    };
    if forecast.label == ForecastLabel::IfItBecameSuitable {
        paper.flow.paragraph(Text::strong(words.text("document-if-suitable")));
    }
    paper.flow.paragraph(words.text(if forecast.computation.trust == Trust::Sound {
        "document-expect-about"
    } else {
        "document-expect-doubtful"
    }));
    let mut table = Table::new(vec![
        Column::new(words.text("document-when"), 0.26, Align::Left),
        Column::new(words.text("document-best-estimate"), 0.15, Align::Right),
        Column::new(words.text("document-half"), 0.15, Align::Right),
        Column::new(words.text("document-eighty"), 0.15, Align::Right),
        Column::new(words.text("document-ninety-five"), 0.15, Align::Right),
        Column::new(words.text("document-chance-of-goal"), 0.14, Align::Right),
    ]);
    let mut row = |key: &str, outlook: &resurface_care::course::Outlook| {
        let mut cells = vec![Text::plain(words.text(key))];
        cells.extend(phrases::outlook(outlook, words));
        table.row(cells);
    };
    match proposal(plan) {
        Some(proposal) => {
            row("document-after-three-months", &proposal.at_three_months);
            row("document-after-six-months", &proposal.at_six_months);
        }
        None => row("document-after-three-months", &forecast.this_patient),
    }
    paper.flow.table(&table);
    paper.flow.paragraph(phrases::named("rests-on", &forecast.rests_on, words));
    against(paper);
    let figure = forecast_figure(sheet.consultation, plan, sheet.judged_error_percent, letterhead, words);
    if let Some(figure) = figure {
        paper.flow.figure(figure);
    }
    if let Some(courses) = IntervalDots::of_courses(plan, words) {
        paper.flow.figure(courses.drawing(words));
    }
}
