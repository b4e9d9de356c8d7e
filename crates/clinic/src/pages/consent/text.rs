//! The text that consent is given to: made of the rules, the course adopted and this patient's risks, and known by its hash.

use jiff::civil::Date;
use maud::{Markup, html};
use resurface_care::alternatives::{GoalOutlook, alternatives};
use resurface_care::chart::{Chart, EntryId, Recorded};
use resurface_care::grading::grade;
use resurface_care::screening::screen;
use resurface_documents::{ConsentPart, Reader};
use resurface_knowledge::treatments::TreatmentKind;
use resurface_ledger::clinic::OpenChart;
use resurface_words::Words;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::form::Typed;
use crate::pages::chart::screened::standing_overrides;
use crate::pages::chart::setting::setting;
use crate::problem::Problem;
use crate::seat::Seat;

/// The text, part by part.
#[derive(Serialize)]
pub(crate) struct ConsentText {
    parts: Vec<Part>,
}

#[derive(Serialize)]
struct Part {
    title: String,
    /// Sentences of the page.
    said: Vec<String>,
    /// Sentences of the knowledge.
    known: Vec<String>,
}

impl ConsentText {
    /// The text for a chart as it is today.
    pub(crate) fn of(seat: &Seat<'_>, open: &OpenChart) -> Result<Self, Problem> {
        Self::on(seat, &open.chart, seat.app.clinic().today())
    }

    /// The text to which an entry of a chart consents, made again: for the chart as it was before that entry.
    pub(crate) fn read_before(seat: &Seat<'_>, open: &OpenChart, entry: EntryId, on: Date) -> Result<Self, Problem> {
        let entries = open.entries.iter().map(|entry| Recorded { id: entry.id, body: &entry.body });
        Self::on(seat, &Chart::before(entry, entries), on)
    }

    fn on(seat: &Seat<'_>, chart: &Chart, on: Date) -> Result<Self, Problem> {
        let Reader { words, knowledge } = seat.reader();
        let part = |title: &str, said: Vec<String>, known: Vec<String>| Part { title: words.text(title), said, known };
        let needling = knowledge.treatments.treatments.iter().find(|treatment| treatment.kind == TreatmentKind::PlannedHere);
        let mut parts = vec![
            part(
                "consent-what",
                vec![words.text("consent-what-says")],
                needling.map(|known| known.patient.clone()).into_iter().collect(),
            ),
            part("consent-course", vec![course(words, chart)], Vec::new()),
        ];
        let events = knowledge.adverse_events.events.iter();
        let risks = events.map(|event| format!("{}: {} {}", event.name, event.patient, event.how_common.text));
        let pigment = knowledge.adverse_events.pigmentation.about.clone();
        parts.push(part("consent-risks", Vec::new(), std::iter::once(pigment).chain(risks).collect()));
        let steps = knowledge.protocol.aftercare.iter().map(|step| step.patient.clone());
        parts.push(part("consent-you-do", Vec::new(), steps.collect()));
        let (others, off_label) = for_this_patient(seat, chart, on)?;
        parts.push(part("consent-alternatives", vec![words.text("consent-nothing-is-one")], others));
        if !off_label.is_empty() {
            parts.push(part("consent-off-label", vec![words.text("consent-off-label-says")], off_label));
        }
        parts.push(part("consent-free", vec![words.text("consent-free-says"), words.text("consent-pictures-says")], Vec::new()));
        Ok(Self { parts })
    }

    /// Which text it is: its language, and a hash of every word.
    pub(crate) fn version(&self) -> String {
        let mut hasher = Sha256::new();
        for part in &self.parts {
            for text in std::iter::once(&part.title).chain(&part.said).chain(&part.known) {
                hasher.update((text.len() as u64).to_be_bytes());
                hasher.update(text.as_bytes());
            }
        }
        let short: String = hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        format!("consent text {short}")
    }

    /// The same for a document.
    pub(crate) fn parts(&self) -> Vec<ConsentPart<'_>> {
        let parts = self.parts.iter();
        parts.map(|part| ConsentPart { title: &part.title, said: &part.said, known: &part.known }).collect()
    }

    /// The text as it is shown.
    pub(super) fn shown(&self, words: &Words) -> Markup {
        html! {
            article.card.consent-text {
                h2 { (words.text("consent-text")) }
                @for part in &self.parts {
                    h3 { (part.title) }
                    @for said in &part.said { p { (said) } }
                    @if let [only] = &part.known[..] { p { (only) } }
                    @else if !part.known.is_empty() { ul { @for known in &part.known { li { (known) } } } }
                }
                p.small { (words.with("consent-version", [("version", self.version().into())])) }
            }
        }
    }
}

/// The course that was adopted, with what was expected of it.
fn course(words: &Words, chart: &Chart) -> String {
    let Some(course) = chart.plan.as_ref().and_then(|plan| plan.course()) else { return words.text("consent-no-course") };
    let days = [("sessions", course.total_sessions.into()), ("days", course.interval_days.to_string().into())];
    let planned = words.with("consent-course-says", days);
    let Some(expected) = &course.expected else { return planned };
    let (low, high) = expected.span_80_percent;
    let told = [
        ("better", words.percentage(expected.improvement_percent).into()),
        ("low", words.number(low, 0).into()),
        ("high", words.number(high, 0).into()),
        ("chance", words.chance(expected.chance_of_goal).into()),
    ];
    format!("{planned} {}", words.with("consent-expected", told))
}

/// Other treatments for this patient's scars, and what is outside the device's label; of a chart that cannot say, all treatments.
fn for_this_patient(seat: &Seat<'_>, chart: &Chart, on: Date) -> Result<(Vec<String>, Vec<String>), Problem> {
    let reader = seat.reader();
    let knowledge = reader.knowledge;
    let (setting, overrides) = (setting(seat, chart, &Typed::default())?, standing_overrides(seat, chart));
    let told = |name: &str, patient: &str| format!("{name}: {patient}");
    let Ok(consultation) = chart.consultation(on, &setting, &overrides, None) else {
        let all = knowledge.treatments.treatments.iter().filter(|known| known.kind != TreatmentKind::PlannedHere);
        return Ok((all.map(|known| told(&known.name, &known.patient)).collect(), Vec::new()));
    };
    let grading = grade(&consultation, knowledge);
    let others = alternatives(&consultation, &grading, knowledge, GoalOutlook::NotForecast);
    let screening = screen(&consultation, knowledge);
    let outside = screening
        .off_label
        .iter()
        .map(|outside| format!("{}: {}", outside.rule.finding, reader.named("label", &outside.statement.status)));
    let setting = screening.setting.iter().map(|reason| reader.say(&reason.sentence()));
    let treatments = others.treatments.iter().chain(&others.do_nothing).map(|known| told(&known.name, &known.patient));
    Ok((treatments.collect(), outside.chain(setting).collect()))
}
