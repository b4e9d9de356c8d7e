//! What each device's label allows: `devices.toml`.

use serde::{Deserialize, Serialize};

use crate::Knowledge;
use crate::document::{FaultReport, Field, Shape};
use crate::explain::Explanation;
use crate::fact::{Fact, Statement, check_citations, check_known, citation, fact, sentences, statements};
use crate::mark::Mark;
use crate::table::{Place, Table, rows};

/// One device. A field that is `None` was not seen, and nothing may be assumed from that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Device {
    /// The id a consultation names it by.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who makes it.
    #[serde(default)]
    pub maker: Option<Fact<String>>,
    /// Needles alone, or needles that heat.
    pub kind: DeviceKind,
    /// What it is, in a sentence.
    pub about: String,
    /// What it is cleared for.
    pub indications: Vec<Statement>,
    /// Whether facial acne scars are among its indications.
    pub facial_acne_scars: Fact<Indicated>,
    /// Deepest setting, in micrometres.
    #[serde(default)]
    pub depth_max_um: Option<Fact<u32>>,
    /// Deepest setting that was evaluated for the label, in micrometres.
    #[serde(default)]
    pub depth_evaluated_um: Option<Fact<u32>>,
    /// Step of the depth setting, in micrometres.
    #[serde(default)]
    pub step_um: Option<Fact<u32>>,
    /// How far the true depth may be from the setting, in micrometres either way.
    #[serde(default)]
    pub tolerance_um: Option<Fact<u32>>,
    /// Number of needles.
    #[serde(default)]
    pub needles: Option<Fact<u16>>,
    /// Fitzpatrick types (1 to 6) that the label includes for acne scars.
    #[serde(default)]
    pub skin_types: Option<Fact<Vec<u8>>>,
    /// Sites that the label includes for acne scars, or for its indication.
    #[serde(default)]
    pub sites: Option<Fact<Vec<Site>>>,
    /// Youngest age that the label includes, in years.
    #[serde(default)]
    pub age_min_years: Option<Fact<u8>>,
    /// Puncture rate, in words.
    #[serde(default)]
    pub speed: Option<Fact<String>>,
    /// Whether its needles are for one use.
    pub single_use: Fact<NeedleUse>,
    /// Clearances, each with its jurisdiction.
    #[serde(default, rename = "clearance")]
    pub clearances: Vec<Clearance>,
    /// Regulators' warnings about this device or its class.
    #[serde(default, rename = "warning")]
    pub warnings: Vec<Statement>,
    /// What the text that was read does not say.
    pub not_known: Vec<String>,
}

/// Needles alone, or needles that heat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// Needles without current: what these rules plan.
    Mechanical,
    /// Radiofrequency needles: another device class, not planned by these rules.
    Radiofrequency,
}

/// Whether an indication is on the label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Indicated {
    /// It is.
    Cleared,
    /// It is not: treatment is outside the indication.
    NotCleared,
    /// The label was not read.
    NotRead,
}

/// Where on the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Site {
    /// The face.
    Face,
    /// The neck.
    Neck,
    /// The abdomen.
    Abdomen,
}

/// Whether needles are for one use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedleUse {
    /// Sterile, for one patient on one day.
    SingleUse,
    /// The label was not read; single use is asked for all the same.
    NotRead,
}

/// A regulator's clearance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clearance {
    /// Id in `jurisdictions.toml`.
    pub jurisdiction: String,
    /// The regulator's number and date.
    pub reference: String,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub mark: Mark,
}

impl Device {
    /// Whether the label includes this Fitzpatrick type (1 to 6); `None` when the label does not say or was not read.
    #[must_use]
    pub fn includes_skin_type(&self, fitzpatrick: u8) -> Option<bool> {
        self.skin_types.as_ref().map(|types| types.value.contains(&fitzpatrick))
    }

    /// Whether the label includes this site; `None` when the label does not say or was not read.
    #[must_use]
    pub fn includes_site(&self, site: Site) -> Option<bool> {
        self.sites.as_ref().map(|sites| sites.value.contains(&site))
    }
}

impl Knowledge {
    /// The device with this id.
    #[must_use]
    pub fn device(&self, id: &str) -> Option<&Device> {
        self.devices.iter().find(|device| device.id == id)
    }
}

impl Table for Vec<Device> {
    const FILE: &'static str = "devices.toml";

    fn shape() -> Shape {
        shape()
    }

    fn decode(root: serde_json::Value) -> Result<Self, serde_json::Error> {
        rows(root, "device")
    }

    fn cross_check(&self, knowledge: &Knowledge, root: Place<'_>, report: &mut FaultReport) {
        check_citations(&root, knowledge, report);
        for (device, place) in self.iter().zip(root.field("device").elements()) {
            let (max, evaluated) = (&device.depth_max_um, &device.depth_evaluated_um);
            if let (Some(max), Some(evaluated)) = (max, evaluated)
                && evaluated.value > max.value
            {
                place.field("depth_evaluated_um").fault(
                    report,
                    format!("{} um is deeper than the deepest setting", evaluated.value),
                    format!("at most {} um", max.value),
                );
            }
            for (clearance, place) in device.clearances.iter().zip(place.field("clearance").elements()) {
                let places = knowledge.jurisdictions.iter().map(|jurisdiction| jurisdiction.id.as_str());
                check_known(&clearance.jurisdiction, places, "jurisdiction", &place.field("jurisdiction"), report);
            }
        }
    }

    fn ids(&self) -> Vec<&str> {
        self.iter().map(|device| device.id.as_str()).collect()
    }

    fn explain(&self, id: &str, knowledge: &Knowledge) -> Option<Explanation> {
        let device = self.iter().find(|device| device.id == id)?;
        let mut page = Explanation::new(id, "device", &device.name);
        let depth = |um: &u32| format!("{} mm", f64::from(*um) / 1_000.0);
        page.fact("about", &device.about, None);
        device.indications.iter().for_each(|indication| page.state("indication", indication, knowledge));
        page.value("deepest setting", device.depth_max_um.as_ref(), depth, knowledge);
        page.value("evaluated to", device.depth_evaluated_um.as_ref(), depth, knowledge);
        page.value("step", device.step_um.as_ref(), depth, knowledge);
        page.value("Fitzpatrick types", device.skin_types.as_ref(), |types| types_in_words(types), knowledge);
        page.value("youngest age", device.age_min_years.as_ref(), |years| format!("{years} years"), knowledge);
        page.value("speed", device.speed.as_ref(), String::clone, knowledge);
        for clearance in &device.clearances {
            let value = format!("{} ({})", clearance.reference, clearance.jurisdiction);
            page.fact("cleared", value, Some(clearance.mark));
            page.cite(&clearance.sources, knowledge);
        }
        device.warnings.iter().for_each(|warning| page.state("warning", warning, knowledge));
        page.not_known(&device.not_known);
        Some(page)
    }
}

fn types_in_words(types: &[u8]) -> String {
    types.iter().map(u8::to_string).collect::<Vec<_>>().join(", ")
}

fn shape() -> Shape {
    let depth = || fact(Shape::whole(0, 5_000));
    let mut clearance = vec![
        Field::required("jurisdiction", Shape::name(), "id in jurisdictions.toml"),
        Field::required("reference", Shape::quoted(), "the regulator's number and date"),
    ];
    clearance.extend(citation());
    let device = Shape::table(vec![
        Field::required("id", Shape::name(), "the id a consultation names the device by"),
        Field::required("name", Shape::name(), "its name"),
        Field::optional("maker", fact(Shape::name()), "who makes it"),
        Field::required("kind", Shape::one_of(["mechanical", "radiofrequency"]), "needles alone, or needles that heat"),
        Field::required("about", Shape::text(), "what it is, in a sentence"),
        Field::required("indications", statements(), "what it is cleared for"),
        Field::required(
            "facial_acne_scars",
            fact(Shape::one_of(["cleared", "not_cleared", "not_read"])),
            "whether facial acne scars are among the indications",
        ),
        Field::optional("depth_max_um", depth(), "deepest setting, in micrometres"),
        Field::optional("depth_evaluated_um", depth(), "deepest setting evaluated for the label, in micrometres"),
        Field::optional("step_um", fact(Shape::whole(1, 1_000)), "step of the depth setting, in micrometres"),
        Field::optional(
            "tolerance_um",
            fact(Shape::whole(0, 1_000)),
            "how far the depth may be from the setting, in micrometres",
        ),
        Field::optional("needles", fact(Shape::whole(1, 1_000)), "number of needles"),
        Field::optional("skin_types", fact(Shape::list(Shape::whole(1, 6), 1, 6)), "Fitzpatrick types on the label, 1 to 6"),
        Field::optional("sites", fact(Shape::list(Shape::one_of(["face", "neck", "abdomen"]), 1, 3)), "sites on the label"),
        Field::optional("age_min_years", fact(Shape::whole(0, 120)), "youngest age on the label, in years"),
        Field::optional("speed", fact(Shape::title()), "puncture rate, in words"),
        Field::required("single_use", fact(Shape::one_of(["single_use", "not_read"])), "whether needles are for one use"),
        Field::optional("clearance", Shape::list(Shape::table(clearance), 0, 20), "clearances, each with its jurisdiction"),
        Field::optional("warning", statements(), "regulators' warnings"),
        Field::required("not_known", sentences(), "what the text that was read does not say"),
    ]);
    Shape::table(vec![Field::required("device", Shape::list(device, 1, 200), "one record per device")])
}
