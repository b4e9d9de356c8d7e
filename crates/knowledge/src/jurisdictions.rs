//! What the law of a place asks before a needle is used: `jurisdictions.toml`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Knowledge;
use crate::devices::DeviceKind;
use crate::document::{FaultReport, Field, Shape};
use crate::explain::Explanation;
use crate::fact::{Statement, check_citations, check_known, citation, sentences, statement, statements};
use crate::mark::Mark;
use crate::table::{Place, Table, rows};

/// One place and its rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jurisdiction {
    /// The id a consultation names it by.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Id of the wider place whose facts hold here too.
    #[serde(default)]
    pub within: Option<String>,
    /// How much of its law was read. Anything but `Read` means: ask, and say what is not known.
    pub law: Law,
    /// Youngest age, where the law names one.
    #[serde(default)]
    pub minimum_age: Option<MinimumAge>,
    /// Who is exempt.
    #[serde(default)]
    pub exemption: Option<Statement>,
    /// Depths at which a permission is needed.
    #[serde(default, rename = "depth_gate")]
    pub depth_gates: Vec<DepthGate>,
    /// Depths that a qualification trains for.
    #[serde(default)]
    pub training: Vec<TrainingDepth>,
    /// Other facts.
    pub facts: Vec<Statement>,
    /// Where adverse events are reported.
    pub reporting: Vec<Statement>,
    /// What was not read or is not fixed.
    pub not_known: Vec<String>,
}

/// How much of a place's law was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Law {
    /// What bears on who may needle how deep was read.
    Read,
    /// Some of it; `not_known` says what is missing.
    PartlyRead,
    /// None of it.
    NotRead,
}

/// Youngest age that the law names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinimumAge {
    /// In years.
    pub years: u8,
    /// The rule in words.
    pub text: String,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub mark: Mark,
}

/// A depth at which a permission is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepthGate {
    /// From this depth, in micrometres, itself included.
    pub from_um: u32,
    /// Up to but not including this depth, in micrometres; `None`: any deeper.
    #[serde(default)]
    pub below_um: Option<u32>,
    /// For which kind of device.
    pub device_kind: DeviceKind,
    /// What is needed.
    pub needs: Permission,
    /// From when.
    pub begins: Begins,
    /// The day, when `begins` is `OnDate`.
    #[serde(default)]
    pub from_date: Option<Date>,
    /// The rule in words.
    pub text: String,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub mark: Mark,
}

/// What a depth gate asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Premises of the kind that the law permits.
    PermittedPremises,
    /// A licence of the local authority.
    LocalAuthorityLicence,
}

/// From when a rule holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Begins {
    /// From a day that is known.
    OnDate,
    /// From a day that regulations set and that was not read: treated as begun.
    ByRegulations,
    /// It holds already.
    InForce,
}

/// Depths that a qualification trains for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingDepth {
    /// The qualification.
    pub qualification: String,
    /// On the face, in micrometres.
    pub face_um: u32,
    /// On the body, in micrometres.
    pub body_um: u32,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub mark: Mark,
}

impl DepthGate {
    /// Whether this gate asks something of needling to `depth_um` with this kind of device on this day.
    /// A day that is not known counts as past: unknown is never safe.
    #[must_use]
    pub fn holds_for(&self, depth_um: u32, kind: DeviceKind, on: Date) -> bool {
        let begun = match (self.begins, self.from_date) {
            (Begins::OnDate, Some(day)) => on >= day,
            _ => true,
        };
        begun && kind == self.device_kind && depth_um >= self.from_um && self.below_um.is_none_or(|below| depth_um < below)
    }
}

impl Knowledge {
    /// The jurisdiction with this id.
    #[must_use]
    pub fn jurisdiction(&self, id: &str) -> Option<&Jurisdiction> {
        self.jurisdictions.iter().find(|jurisdiction| jurisdiction.id == id)
    }

    /// The jurisdiction with this id, and after it the wider place whose facts hold there too.
    #[must_use]
    pub fn jurisdiction_and_wider(&self, id: &str) -> Vec<&Jurisdiction> {
        let here = self.jurisdiction(id);
        let wider = here.and_then(|here| self.jurisdiction(here.within.as_deref()?));
        here.into_iter().chain(wider).collect()
    }

    /// Youngest age in this place: its own law, the wider place's, or else the setting.
    #[must_use]
    pub fn minimum_age_years(&self, jurisdiction: &str) -> u8 {
        let places = self.jurisdiction_and_wider(jurisdiction);
        let by_law = places.iter().find_map(|place| place.minimum_age.as_ref()).map(|age| age.years);
        by_law.unwrap_or_else(|| u8::try_from(self.settings.minimum_age_years.whole()).unwrap_or(u8::MAX))
    }
}

impl Table for Vec<Jurisdiction> {
    const FILE: &'static str = "jurisdictions.toml";

    fn shape() -> Shape {
        shape()
    }

    fn decode(root: serde_json::Value) -> Result<Self, serde_json::Error> {
        rows(root, "jurisdiction")
    }

    fn cross_check(&self, knowledge: &Knowledge, root: Place<'_>, report: &mut FaultReport) {
        check_citations(&root, knowledge, report);
        for (jurisdiction, place) in self.iter().zip(root.field("jurisdiction").elements()) {
            if let Some(wider) = &jurisdiction.within {
                check_known(wider, self.iter().map(|other| other.id.as_str()), "jurisdiction", &place.field("within"), report);
            }
            for (gate, place) in jurisdiction.depth_gates.iter().zip(place.field("depth_gate").elements()) {
                if gate.below_um.is_some_and(|below| below <= gate.from_um) {
                    place.field("below_um").fault(report, "the gate is empty", format!("more than {} um", gate.from_um));
                }
                if (gate.begins == Begins::OnDate) != gate.from_date.is_some() {
                    let allowed = "from_date where begins = \"on_date\", and only there";
                    place.field("begins").fault(report, "begins and from_date contradict each other", allowed);
                }
            }
        }
    }

    fn ids(&self) -> Vec<&str> {
        self.iter().map(|jurisdiction| jurisdiction.id.as_str()).collect()
    }

    fn explain(&self, id: &str, knowledge: &Knowledge) -> Option<Explanation> {
        let title = self.iter().find(|jurisdiction| jurisdiction.id == id)?.name.as_str();
        let mut page = Explanation::new(id, "jurisdiction", title);
        for place in knowledge.jurisdiction_and_wider(id) {
            if let Some(age) = &place.minimum_age {
                page.fact("youngest age", format!("{} years. {}", age.years, age.text), Some(age.mark));
                page.cite(&age.sources, knowledge);
            }
            for gate in &place.depth_gates {
                let from = gate.from_date.map_or(String::new(), |day| format!(" From {day}."));
                page.fact("depth", format!("{}{from}", gate.text), Some(gate.mark));
                page.cite(&gate.sources, knowledge);
            }
            place.exemption.iter().for_each(|exemption| page.state("exempt", exemption, knowledge));
            for training in &place.training {
                let (face, body) = (f64::from(training.face_um) / 1_000.0, f64::from(training.body_um) / 1_000.0);
                let value = format!("{}: to {face} mm on the face, {body} mm on the body", training.qualification);
                page.fact("training", value, Some(training.mark));
                page.cite(&training.sources, knowledge);
            }
            place.facts.iter().for_each(|fact| page.state("fact", fact, knowledge));
            place.reporting.iter().for_each(|report| page.state("report to", report, knowledge));
            page.not_known(&place.not_known);
        }
        Some(page)
    }
}

fn shape() -> Shape {
    let cited = |mut fields: Vec<Field>| {
        fields.extend(citation());
        Shape::table(fields)
    };
    let minimum_age = cited(vec![
        Field::required("years", Shape::whole(0, 30), "youngest age, in years"),
        Field::required("text", Shape::text(), "the rule in words"),
    ]);
    let gate = cited(vec![
        Field::required("from_um", Shape::whole(0, 5_000), "from this depth, in micrometres, itself included"),
        Field::optional("below_um", Shape::whole(1, 5_000), "up to but not including this depth, in micrometres"),
        Field::required("device_kind", Shape::one_of(["mechanical", "radiofrequency"]), "for which kind of device"),
        Field::required("needs", Shape::one_of(["permitted_premises", "local_authority_licence"]), "what is needed"),
        Field::required("begins", Shape::one_of(["on_date", "by_regulations", "in_force"]), "from when"),
        Field::optional("from_date", Shape::Date, "the day, when begins = on_date"),
        Field::required("text", Shape::text(), "the rule in words"),
    ]);
    let training = cited(vec![
        Field::required("qualification", Shape::title(), "the qualification"),
        Field::required("face_um", Shape::whole(0, 5_000), "depth on the face, in micrometres"),
        Field::required("body_um", Shape::whole(0, 5_000), "depth on the body, in micrometres"),
    ]);
    let jurisdiction = Shape::table(vec![
        Field::required("id", Shape::name(), "the id a consultation names the place by"),
        Field::required("name", Shape::title(), "its name"),
        Field::optional("within", Shape::name(), "id of the wider place whose facts hold here too"),
        Field::required("law", Shape::one_of(["read", "partly_read", "not_read"]), "how much of its law was read"),
        Field::optional("minimum_age", minimum_age, "youngest age that the law names"),
        Field::optional("exemption", statement(), "who is exempt"),
        Field::optional("depth_gate", Shape::list(gate, 0, 20), "depths at which a permission is needed"),
        Field::optional("training", Shape::list(training, 0, 20), "depths that a qualification trains for"),
        Field::required("facts", statements(), "other facts"),
        Field::required("reporting", statements(), "where adverse events are reported"),
        Field::required("not_known", sentences(), "what was not read or is not fixed"),
    ]);
    Shape::table(vec![Field::required("jurisdiction", Shape::list(jurisdiction, 1, 200), "one record per place")])
}
