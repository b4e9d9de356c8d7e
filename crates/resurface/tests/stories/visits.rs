//! Files as a practice writes them: the same patient from visit to visit, each time with what has happened since.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::forms::plain;
use crate::program::repository;

/// A patient from visit to visit.
#[derive(Clone)]
pub(crate) struct Visits {
    file: Value,
}

impl Visits {
    /// A patient of the examples, before anything was done: no session, no outcome, no treatment day.
    pub(crate) fn of_example(name: &str) -> Self {
        let text = fs::read_to_string(repository().join("examples").join(name)).unwrap();
        let mut file = match name.ends_with("json") {
            true => serde_json::from_str(&text).unwrap(),
            false => plain(toml::from_str::<toml::Value>(&text).unwrap()),
        };
        let fields: &mut serde_json::Map<String, Value> = file.as_object_mut().unwrap();
        for later in ["sessions", "outcomes", "day"] {
            fields.remove(later);
        }
        fields["goal"].as_object_mut().unwrap().remove("by");
        // What can only be asked after a session is not asked before the first.
        for finding in ["pigmentation_since_session", "redness_over_7_days", "nodules_since_session", "late_nodule_or_abscess"] {
            fields["findings"].as_object_mut().unwrap().remove(finding);
        }
        // Whoever treats here is the one whose training the clinic's records hold.
        fields["operator"] = json!({
            "name": "Dr Ada Example", "profession": "dermatologist", "trained": "yes", "training_valid_until": "2028-06-30",
            "depth_limit_um": 1500, "premises_permitted": "yes",
        });
        Self { file }
    }

    /// The same findings under another number.
    pub(crate) fn numbered(mut self, number: &str) -> Self {
        self.file["patient"]["id"] = number.into();
        self
    }

    /// The number.
    pub(crate) fn number(&self) -> String {
        self.file["patient"]["id"].as_str().unwrap().to_owned()
    }

    /// The visit of another day; what was prepared for the last one is gone.
    pub(crate) fn on(mut self, day: &str) -> Self {
        self.file["date"] = day.into();
        self.file.as_object_mut().unwrap().remove("day");
        self
    }

    /// Something in the file is otherwise.
    pub(crate) fn with(mut self, pointer: &str, value: impl Into<Value>) -> Self {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        self.file.pointer_mut(parent).unwrap()[name] = value.into();
        self
    }

    /// A finding is answered.
    pub(crate) fn answered(self, finding: &str, answer: impl Into<Value>) -> Self {
        self.with(&format!("/findings/{finding}"), answer)
    }

    /// A treatment day: the cartridge and the depths are prepared, and the patient consented.
    pub(crate) fn treatment_day(self, day: &str, lot: &str) -> Self {
        let mut visits = self.on(day);
        let zones: Vec<Value> = visits.zones().map(|zone| json!({ "zone": zone, "depth_um": 1000 })).collect();
        visits.file["day"] = json!({
            "consent": "yes",
            "consent_on": day,
            "cartridge": { "lot": lot, "expires": "2028-08-31", "sterile_pack_intact": "yes", "used_before": "no" },
            "zones": zones,
            "anaesthetic": { "product": "none" },
        });
        let asked_on_the_day = ["intoxicated", "fever", "prp_or_drug_planned", "serum_planned"];
        let asked_since =
            ["pigmentation_since_session", "redness_over_7_days", "nodules_since_session", "late_nodule_or_abscess"];
        let asked_since = if visits.file.get("sessions").is_some() { &asked_since[..] } else { &[] };
        asked_on_the_day.iter().chain(asked_since).fold(visits, |visits, finding| visits.answered(finding, "no"))
    }

    /// A session was given.
    pub(crate) fn session(mut self, day: &str) -> Self {
        let zones: Vec<Value> = self
            .zones()
            .map(|zone| json!({ "zone": zone, "depth_um": 1000, "passes": 4, "endpoint": "pinpoint_bleeding" }))
            .collect();
        self.push("sessions", json!({ "date": day, "zones": zones }));
        self
    }

    /// An outcome was measured by a rater who did not know when.
    pub(crate) fn outcome(mut self, day: &str, scale: &str, value: f64, rater: &str) -> Self {
        self.push("outcomes", json!({ "date": day, "scale": scale, "value": value, "rater": rater }));
        self
    }

    /// Writes the file of this visit, and gives its name.
    pub(crate) fn write(&self, folder: &Path, name: &str) -> String {
        fs::write(folder.join(name), format!("{:#}\n", self.file)).unwrap();
        name.to_owned()
    }

    fn zones(&self) -> impl Iterator<Item = String> {
        let zones = self.file["scars"]["zones"].as_array().unwrap().clone();
        zones.into_iter().map(|zone| zone["zone"].as_str().unwrap().to_owned())
    }

    fn push(&mut self, list: &str, value: Value) {
        let fields = self.file.as_object_mut().unwrap();
        fields.entry(list).or_insert_with(|| json!([])).as_array_mut().unwrap().push(value);
    }
}
