//! What else could be done, what could go wrong, and what would change the plan.

use resurface_care::alternatives::{Concern, ForScar, Shown};
use resurface_care::plan::Plan;
use resurface_knowledge::Knowledge;

use crate::flow::{Align, Column, Table};
use crate::paper::Paper;
use crate::phrases;
use crate::reader::Reader;
use crate::sources::Sources;
use crate::text::Text;

/// What else could be done, doing nothing included.
pub(super) fn alternatives(paper: &mut Paper<'_>, plan: &Plan, reader: Reader<'_>, sources: &mut Sources) {
    let (alternatives, words) = (&plan.alternatives, paper.words);
    paper.chapter("document-alternatives");
    let concerns = alternatives.concerns.iter().filter(|concern| concern.shown == Shown::Holds);
    let concerns: Vec<Text> = concerns.map(|concern| concerned(concern, reader, sources)).collect();
    paper.flow.list(concerns);
    let mut table = Table::new(vec![
        Column::new(words.text("document-scar"), 0.2, Align::Left),
        Column::new(words.text("document-needling"), 0.2, Align::Left),
        Column::new(words.text("document-others"), 0.6, Align::Left),
    ]);
    for scar in &alternatives.by_scar {
        table.row(by_scar(scar, reader, sources));
    }
    paper.flow.table(&table);
    let described = alternatives.do_nothing.iter().chain(&alternatives.treatments);
    let described = described
        .map(|treatment| Text::strong(reader.says(&treatment.name)).then(format!(": {}", reader.says(&treatment.patient))));
    paper.flow.list(described.collect());
}

fn concerned(concern: &Concern, reader: Reader<'_>, sources: &mut Sources) -> Text {
    sources.cite(&concern.sources);
    let instead: Vec<&str> = concern.instead.iter().map(|id| name_of(id, reader.knowledge)).collect();
    let instead = if instead.is_empty() { String::new() } else { format!(" → {}", instead.join(", ")) };
    Text::plain(format!("{}{instead}", reader.says(&concern.patient))).then(phrases::cited(&concern.sources))
}

fn by_scar(scar: &ForScar, reader: Reader<'_>, sources: &mut Sources) -> Vec<Text> {
    let words = reader.words;
    let name = format!("{} ({})", phrases::named("scar", &scar.scar, words), scar.count);
    let needling = scar.needling.map_or_else(|| words.text("document-not-seen"), |place| phrases::named("place", &place, words));
    let mut options = Text::default();
    for (at, option) in scar.options.iter().enumerate() {
        sources.cite(&option.place.sources);
        let before = if at == 0 { "" } else { "; " };
        options = options
            .then(Text::plain(before))
            .then(name_of(&option.treatment, reader.knowledge))
            .then(format!(": {}", phrases::named("place", &option.place.place, words)))
            .then(phrases::cited(&option.place.sources));
    }
    vec![name.into(), needling.into(), options]
}

fn name_of<'a>(id: &'a str, knowledge: &'a Knowledge) -> &'a str {
    knowledge.treatments.treatments.iter().find(|treatment| treatment.id == id).map_or(id, |treatment| treatment.name.as_str())
}

/// What could go wrong over the course.
pub(super) fn risks(paper: &mut Paper<'_>, plan: &Plan, reader: Reader<'_>, sources: &mut Sources) {
    let (risks, words) = (&plan.risks, paper.words);
    let title = words.with("document-risks", [("sessions", risks.sessions.into())]);
    paper.flow.chapter(&title);
    let pigment = &risks.pigmentation;
    sources.cite(&pigment.sources);
    let parts = [
        ("mean", words.chance(pigment.mean).into()),
        ("range", words.percent_span(pigment.interval_95.low, pigment.interval_95.high).into()),
        ("with", u32::from(pigment.seen[0]).into()),
        ("of", u32::from(pigment.seen[1]).into()),
    ];
    let said = Text::plain(words.with("document-dark-marks", parts));
    let skin = phrases::named("skin", &pigment.skin, words);
    paper.flow.paragraph(said.then(format!(" {skin}")).then(phrases::cited(&pigment.sources)));
    let mut table = Table::new(vec![
        Column::new(words.text("document-event"), 0.24, Align::Left),
        Column::new(words.text("document-how-common"), 0.36, Align::Left),
        Column::new(words.text("document-what-you-do"), 0.26, Align::Left),
        Column::new(words.text("document-how-soon"), 0.14, Align::Left),
    ]);
    for event in &risks.others {
        sources.cite(&event.how_common.sources);
        table.row(vec![
            Text::strong(reader.says(&event.name)),
            Text::plain(reader.says(&event.how_common.text)).then(phrases::cited(&event.how_common.sources)),
            reader.says(&event.patient_does).into(),
            phrases::named("urgency", &event.urgency, words).into(),
        ]);
    }
    paper.flow.table(&table);
}

/// Which answers and measurements would change the plan.
pub(super) fn changes(paper: &mut Paper<'_>, plan: &Plan, reader: Reader<'_>) {
    if plan.what_would_change.is_empty() {
        return;
    }
    let words = paper.words;
    paper.chapter("document-changes");
    let mut table = Table::new(vec![
        Column::new(words.text("document-if"), 0.5, Align::Left),
        Column::new(words.text("document-then"), 0.5, Align::Left),
    ]);
    for change in &plan.what_would_change {
        table.row(vec![reader.say(&change.if_so).into(), reader.say(&change.then).into()]);
    }
    paper.flow.table(&table);
}
