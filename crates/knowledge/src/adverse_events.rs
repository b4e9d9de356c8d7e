//! What can go wrong after needling, what to do, and how soon: `adverse_events.toml`.

use serde::{Deserialize, Serialize};

use crate::Knowledge;
use crate::contraindications::Side;
use crate::document::{FaultReport, Field, Shape};
use crate::explain::Explanation;
use crate::fact::{Statement, check_citations, citation, statement, statements};
use crate::mark::{Mark, source_ids};
use crate::table::{Place, Table};

/// Everything about adverse events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdverseEvents {
    /// Where events are reported.
    pub reporting: Vec<Statement>,
    /// The events, expected ones first.
    #[serde(rename = "event")]
    pub events: Vec<AdverseEvent>,
    /// How likely pigmentation is.
    pub pigmentation: PigmentationPrior,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdverseEvent {
    /// Its id.
    pub id: String,
    /// Its name, for the clinician.
    pub name: String,
    /// How the patient notices it.
    pub patient: String,
    /// How common it is.
    pub how_common: Statement,
    /// When it begins, and when it settles.
    pub onset: Onset,
    /// What the practitioner does.
    pub practitioner_does: String,
    /// What the patient does.
    pub patient_does: String,
    /// How soon.
    pub urgency: Urgency,
    /// What it means for the course.
    pub course: CourseAfter,
    /// Whether it is reported to the regulator.
    pub report: Report,
    /// Codes of terminologies.
    #[serde(default)]
    pub codes: Vec<Code>,
}

/// When an event begins and settles, in days after the session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Onset {
    /// Earliest day.
    pub from_day: u16,
    /// Latest day.
    pub to_day: u16,
    /// Day by which it has settled; `None` when it does not settle by itself or was not seen.
    #[serde(default)]
    pub settles_by_day: Option<u16>,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub mark: Mark,
}

/// How soon an event must be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// It belongs to the treatment.
    Expected,
    /// Within a week.
    WithinAWeek,
    /// The same day.
    SameDay,
    /// At once: the emergency number.
    Emergency,
}

/// What an event means for the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CourseAfter {
    /// Go on.
    Continue,
    /// Wait until it has cleared.
    Pause,
    /// End the course.
    Stop,
}

/// Whether an event is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    /// To the regulator of the place.
    Yes,
    /// In the chart only.
    No,
}

/// A code of a terminology.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// The terminology.
    pub system: String,
    /// The code.
    pub code: String,
    /// What it stands for, in our words.
    pub term: String,
    /// How far it was checked.
    pub mark: Mark,
}

/// A Beta distribution for the chance of pigmentation over a course.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PigmentationPrior {
    /// First parameter: patients with pigmentation, plus a half.
    pub course_alpha: f64,
    /// Second parameter: patients without, plus a half.
    pub course_beta: f64,
    /// Sessions of the course it was seen in.
    pub sessions_in_course: u8,
    /// Patients with pigmentation.
    pub events: u16,
    /// Patients in all.
    pub patients: u16,
    /// Fitzpatrick types it was seen in.
    pub skin_types: Vec<u8>,
    /// In words.
    pub about: String,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked: the counts were seen, the distribution is ours.
    pub mark: Mark,
    /// What other studies saw.
    pub disagreement: Vec<Side>,
}

impl AdverseEvents {
    /// The event with this id.
    #[must_use]
    pub fn event(&self, id: &str) -> Option<&AdverseEvent> {
        self.events.iter().find(|event| event.id == id)
    }
}

impl PigmentationPrior {
    /// Mean chance over the course.
    #[must_use]
    pub fn mean_per_course(&self) -> f64 {
        self.course_alpha / (self.course_alpha + self.course_beta)
    }

    /// Chance per session from the counts, each session alike: 1 - (1 - events / patients)^(1 / sessions).
    #[must_use]
    pub fn per_session(&self) -> f64 {
        let without = 1.0 - f64::from(self.events) / f64::from(self.patients);
        1.0 - without.powf(1.0 / f64::from(self.sessions_in_course))
    }
}

impl Table for AdverseEvents {
    const FILE: &'static str = "adverse_events.toml";

    fn shape() -> Shape {
        shape()
    }

    fn decode(root: serde_json::Value) -> Result<Self, serde_json::Error> {
        serde_json::from_value(root)
    }

    fn cross_check(&self, knowledge: &Knowledge, root: Place<'_>, report: &mut FaultReport) {
        check_citations(&root, knowledge, report);
        for (event, place) in self.events.iter().zip(root.field("event").elements()) {
            let onset = &event.onset;
            if onset.to_day < onset.from_day || onset.settles_by_day.is_some_and(|day| day < onset.to_day) {
                place.field("onset").fault(report, "the days are not in order", "from_day, to_day, settles_by_day in that order");
            }
        }
        let prior = &self.pigmentation;
        if prior.events > prior.patients {
            root.field("pigmentation").field("events").fault(report, "more events than patients", "at most as many as patients");
        }
    }

    fn ids(&self) -> Vec<&str> {
        self.events.iter().map(|event| event.id.as_str()).collect()
    }

    fn explain(&self, id: &str, knowledge: &Knowledge) -> Option<Explanation> {
        let event = self.event(id)?;
        let mut page = Explanation::new(id, "adverse event", &event.name);
        page.patient = Some(event.patient.clone());
        page.state("how common", &event.how_common, knowledge);
        let settles = event.onset.settles_by_day.map_or(String::new(), |day| format!(", settles by day {day}"));
        page.fact("begins", format!("day {} to {}{settles}", event.onset.from_day, event.onset.to_day), Some(event.onset.mark));
        page.cite(&event.onset.sources, knowledge);
        page.fact("practitioner", &event.practitioner_does, None);
        page.fact("patient", &event.patient_does, None);
        page.fact("how soon", event.urgency.words(), None);
        page.fact("course", event.course.words(), None);
        for code in &event.codes {
            page.fact("code", format!("{} {}: {}", code.system, code.code, code.term), Some(code.mark));
        }
        Some(page)
    }
}

impl Urgency {
    /// In words, for a page.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::WithinAWeek => "within a week",
            Self::SameDay => "the same day",
            Self::Emergency => "at once",
        }
    }
}

impl CourseAfter {
    /// In words, for a page.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Continue => "goes on",
            Self::Pause => "waits until it has cleared",
            Self::Stop => "ends",
        }
    }
}

fn shape() -> Shape {
    let text = |name: &str, about: &str| Field::required(name, Shape::text(), about);
    let day = || Shape::whole(0, 3_650);
    let mut onset = vec![
        Field::required("from_day", day(), "earliest day after the session"),
        Field::required("to_day", day(), "latest day after the session"),
        Field::optional("settles_by_day", day(), "day by which it has settled"),
    ];
    onset.extend(citation());
    let code = Shape::table(vec![
        Field::required("system", Shape::name(), "the terminology"),
        Field::required("code", Shape::name(), "the code"),
        text("term", "what it stands for, in our words"),
        Field::required("mark", Mark::shape(), "how far it was checked"),
    ]);
    let event = Shape::table(vec![
        Field::required("id", Shape::name(), "its id"),
        text("name", "its name, for the clinician"),
        text("patient", "how the patient notices it"),
        Field::required("how_common", statement(), "how common it is"),
        Field::required("onset", Shape::table(onset), "when it begins and settles"),
        text("practitioner_does", "what the practitioner does"),
        text("patient_does", "what the patient does"),
        Field::required("urgency", Shape::one_of(["expected", "within_a_week", "same_day", "emergency"]), "how soon"),
        Field::required("course", Shape::one_of(["continue", "pause", "stop"]), "what it means for the course"),
        Field::required("report", Shape::one_of(["yes", "no"]), "whether it is reported to the regulator"),
        Field::optional("codes", Shape::list(code, 0, 10), "codes of terminologies"),
    ]);
    Shape::table(vec![
        Field::required("reporting", statements(), "where events are reported"),
        Field::required("event", Shape::list(event, 1, 100), "the events"),
        Field::required("pigmentation", pigmentation(), "how likely pigmentation is"),
    ])
}

fn pigmentation() -> Shape {
    let side = Shape::table(vec![
        Field::required("says", Shape::text(), "what this side says"),
        Field::required("sources", source_ids(), "who says it"),
    ]);
    let count = || Shape::whole(0, 100_000);
    let mut fields = vec![
        Field::required("course_alpha", Shape::number(0.001, 1e6, ""), "first parameter of the Beta distribution"),
        Field::required("course_beta", Shape::number(0.001, 1e6, ""), "second parameter of the Beta distribution"),
        Field::required("sessions_in_course", Shape::whole(1, 50), "sessions of the course it was seen in"),
        Field::required("events", count(), "patients with pigmentation"),
        Field::required("patients", Shape::whole(1, 100_000), "patients in all"),
        Field::required("skin_types", Shape::list(Shape::whole(1, 6), 1, 6), "Fitzpatrick types it was seen in"),
        Field::required("about", Shape::text(), "in words"),
        Field::required("disagreement", Shape::list(side, 2, 10), "what studies saw"),
    ];
    fields.extend(citation());
    Shape::table(fields)
}
