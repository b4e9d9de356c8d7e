//! Charts, told as stories: who is in the chair, what was written down, what follows.

mod deciding;
mod folding;
mod measuring;
mod next_steps;
mod outcomes;
mod properties;
mod recording;
mod replaying;

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use resurface_knowledge::Knowledge;
use resurface_knowledge::document::Format;
use uuid::Uuid;

use super::*;
use crate::consultation::{Anaesthetic, Answer, Cartridge, Consultation, PlannedZone, TreatmentDay};
use crate::people::*;

/// Every file of `examples/`.
const EXAMPLES: &[(&str, &str)] = &[
    ("consultation.toml", include_str!("../../../../../examples/consultation.toml")),
    ("ice_pick.toml", include_str!("../../../../../examples/ice_pick.toml")),
    ("isotretinoin.toml", include_str!("../../../../../examples/isotretinoin.toml")),
    ("pregnant.toml", include_str!("../../../../../examples/pregnant.toml")),
    ("active_acne.toml", include_str!("../../../../../examples/active_acne.toml")),
    ("not_responding.toml", include_str!("../../../../../examples/not_responding.toml")),
    ("responder.json", include_str!("../../../../../examples/responder.json")),
];

fn example(name: &str, text: &str) -> Consultation {
    let format = if name.ends_with(".json") { Format::Json } else { Format::Toml };
    crate::form::read(name, text, format, knowledge()).unwrap_or_else(|report| panic!("{report}"))
}

/// Entries of one chart, oldest first.
#[derive(Clone, Default)]
struct Entries(Vec<(EntryId, Body)>);

impl Entries {
    /// A chart that holds nothing but whom it is about.
    fn about(person: &Consultation) -> Self {
        Self::default().then(registered(person))
    }

    /// A chart that holds everything of a consultation.
    fn of(person: &Consultation) -> Self {
        Self::about(person).recorded(person)
    }

    fn then(mut self, body: Body) -> Self {
        self.0.push((entry(self.0.len()), body));
        self
    }

    fn recorded(self, person: &Consultation) -> Self {
        let added = record(&self.chart(), person).unwrap();
        added.into_iter().fold(self, Self::then)
    }

    /// Amends the latest entry of a kind; nothing strikes it out.
    fn amended(self, kind: Kind, becomes: Option<Body>) -> Self {
        let wrong = self.latest(kind);
        self.then(amendment(wrong, becomes))
    }

    fn latest(&self, kind: Kind) -> EntryId {
        self.0.iter().rev().find(|(_, body)| body.kind() == kind).unwrap().0
    }

    fn recorded_entries(&self) -> impl Iterator<Item = Recorded<'_>> {
        self.0.iter().map(|(id, body)| Recorded { id: *id, body })
    }

    fn chart(&self) -> Chart {
        Chart::fold(self.recorded_entries())
    }

    /// The step that follows, on the day of every consultation here.
    fn next(&self) -> NextStep {
        Milestones::of(&self.chart()).next_step(&knowledge().settings, TODAY)
    }
}

/// The id of the entry at a place in its chart.
fn entry(at: usize) -> EntryId {
    EntryId(Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + at as u128))
}

fn registered(person: &Consultation) -> Body {
    Body::Registered(Registered {
        on: person.date,
        number: person.patient.id.clone(),
        name: "Mara Lindqvist".into(),
        birth_date: person.patient.birth_date,
        sex: person.patient.sex,
        contact: None,
        synthetic: true,
    })
}

fn amendment(entry: EntryId, becomes: Option<Body>) -> Body {
    Body::Amended(Amended { on: TODAY, entry, reason: "written into the wrong field".into(), becomes: becomes.map(Box::new) })
}

fn consented(on: Date) -> Body {
    Body::Consented(Consented {
        on,
        purposes: BTreeSet::from([Purpose::Treatment]),
        document: None,
        discussion: None,
        signature: None,
    })
}

fn withdrawn(on: Date) -> Body {
    Body::ConsentWithdrawn(ConsentWithdrawn { on, purposes: BTreeSet::from([Purpose::Treatment]), reason: None })
}

fn a_message(text: &str) -> Body {
    Body::Message(Message { on: TODAY, from: Penned::Clinic, text: text.into() })
}

fn an_event(on: Date, severity: Severity) -> Body {
    Body::AdverseEvent(AdverseEventNoticed {
        on,
        event: None,
        severity,
        session: None,
        reported_by: ReportedBy::Patient,
        text: "red and warm".into(),
    })
}

fn followed_up(event: EntryId, on: Date, resolved: bool) -> Body {
    Body::AdverseEventFollowed(AdverseEventFollowed { on, event, resolved, text: "seen".into() })
}

fn examined(person: &Consultation, on: Date) -> Body {
    let (lesions, skin, scars) = (person.lesions.clone(), person.skin.clone(), person.scars.clone());
    Body::Examined(Examined { on, lesions, skin, scars })
}

fn delivered(on: Date) -> Body {
    let given = a_session(on);
    Body::SessionDelivered(SessionDelivered {
        on,
        zones: given.zones,
        device: "skinpen_precision".into(),
        operator: "Dr Amal Osei".into(),
        cartridge: None,
        anaesthetic: None,
        products: Vec::new(),
        note: None,
        gate: None,
    })
}

/// Place, device and operator of a consultation.
fn setting_of(person: &Consultation) -> Setting {
    Setting { jurisdiction: person.jurisdiction.clone(), device: person.device.clone(), operator: person.operator.clone() }
}

/// A day on which everything was prepared as it should be.
fn a_prepared_day(consent_on: Date) -> TreatmentDay {
    TreatmentDay {
        consent: Answer::Yes,
        consent_on: Some(consent_on),
        cartridge: Some(Cartridge {
            udi: None,
            lot: Some("LOT-7781".into()),
            expires: Some(date(2027, 6, 30)),
            sterile_pack_intact: Answer::Yes,
            used_before: Answer::No,
        }),
        zones: ["cheek_left", "cheek_right"].map(|zone| PlannedZone { zone: zone.into(), depth_um: 1000 }).to_vec(),
        anaesthetic: Some(Anaesthetic {
            product: "none".into(),
            amount_g: None,
            area_cm2: None,
            contact_minutes: None,
            occluded: Answer::No,
        }),
    }
}

/// A suitable person who hopes for a third, so that several sessions are proposed.
fn a_hopeful_person() -> Consultation {
    let mut person = a_suitable_person();
    person.goal.improvement_percent = 35.0;
    person
}

/// What answers questions here, with some knowledge.
fn bench(knowledge: &Knowledge) -> Bench<'_> {
    Bench { knowledge, population: a_population(), points: points(), program: "0.1.0" }
}

fn days_later(day: Date, days: i64) -> Date {
    day.saturating_add(days.days())
}
