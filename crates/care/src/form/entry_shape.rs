//! Which fields an entry file has, kind by kind, what each may hold and what it means.

use resurface_knowledge::Knowledge;
use resurface_knowledge::document::{Field, Shape, Wording};

use super::Vocabulary;
use super::shape::{anaesthetic, cartridge, outcome_fields, products, session_zones};
use crate::chart::{Drawn, Kind};

/// Name and version of the format, in the field `schema` of every entry file.
pub const ENTRY_SCHEMA: &str = "resurface.entry/1";

/// Kinds that an entry file can hold.
pub(super) const KINDS: [Kind; 7] = [
    Kind::AdverseEvent,
    Kind::AdverseEventFollowed,
    Kind::Consented,
    Kind::ConsentWithdrawn,
    Kind::Message,
    Kind::Measured,
    Kind::Amended,
];

/// Kinds that an amendment can put in the place of what was wrong. An intake or an examination is struck out and asked again,
/// by a consultation; what was decided is decided again.
pub(super) const KINDS_TO_BECOME: [Kind; 7] = [
    Kind::Registered,
    Kind::SessionDelivered,
    Kind::AdverseEvent,
    Kind::AdverseEventFollowed,
    Kind::Consented,
    Kind::Message,
    Kind::Measured,
];

pub(super) fn schema_field() -> Field {
    Field::required("schema", Shape::one_of([ENTRY_SCHEMA]), "name and version of this format")
}

pub(super) fn kind_field(kinds: &[Kind]) -> Field {
    Field::required("kind", Shape::one_of(kinds.iter().map(|kind| kind.word())), "what kind of entry it is")
}

/// The names that an entry may use.
pub(super) struct Words<'k> {
    pub(super) vocabulary: Vocabulary<'k>,
    events: Vec<&'k str>,
}

impl<'k> Words<'k> {
    pub(super) fn of(knowledge: &'k Knowledge) -> Self {
        let events = knowledge.adverse_events.events.iter().map(|event| event.id.as_str()).collect();
        Self { vocabulary: Vocabulary::of(knowledge), events }
    }

    /// A whole file of a kind; where it amends an entry, `to_become` is the kind of that entry, as far as it is told.
    pub(super) fn file(&self, kind: Kind, to_become: Option<Kind>) -> Shape {
        let mut fields = vec![schema_field(), kind_field(&[kind])];
        fields.extend(self.fields(kind));
        if kind == Kind::Amended {
            let becomes = to_become.map_or_else(|| Shape::table(vec![kind_field(&KINDS_TO_BECOME)]), |kind| self.inside(kind));
            fields.push(Field::optional("becomes", becomes, "what it should have said; left out, it is struck out"));
        }
        Shape::table(fields)
    }

    /// The fields of a kind, without its name.
    pub(super) fn plain(&self, kind: Kind) -> Shape {
        Shape::table(self.fields(kind))
    }

    /// What an amendment puts in the place of what was wrong.
    pub(super) fn inside(&self, kind: Kind) -> Shape {
        let mut fields = vec![kind_field(&[kind])];
        fields.extend(self.fields(kind));
        Shape::table(fields)
    }

    fn fields(&self, kind: Kind) -> Vec<Field> {
        let on = |about: &str| Field::required("on", Shape::Date, about);
        let words = |about: &str| Field::required("text", Shape::text(), about);
        match kind {
            Kind::Registered => vec![
                on("day of registration"),
                Field::required("number", Shape::name(), "the clinic's number for the patient"),
                Field::required("name", Shape::Text { characters_max: 200, wording: Wording::AsItIs }, "name of the patient"),
                Field::required("birth_date", Shape::Date, "date of birth"),
                Field::required("sex", Shape::one_of(["female", "male", "other", "unknown"]), "for dermis thickness alone"),
                Field::optional("contact", Shape::name(), "how to reach the patient"),
                Field::optional("synthetic", Shape::Flag, "true in a demonstration clinic"),
            ],
            Kind::SessionDelivered => vec![
                on("day of the session"),
                Field::required("zones", session_zones(&self.vocabulary), "what each zone received"),
                Field::required("device", Shape::one_of(self.vocabulary.devices.iter().map(|(id, _)| *id)), "device"),
                Field::required("operator", Shape::name(), "name of who gave it"),
                Field::optional("cartridge", cartridge(), "the needle cartridge"),
                Field::optional("anaesthetic", anaesthetic(&self.vocabulary), "topical anaesthetic used"),
                Field::optional("products", products(), "what else was put on the skin"),
                Field::optional("note", Shape::text(), "in the practitioner's words"),
            ],
            Kind::AdverseEvent => vec![
                on("day it was noticed"),
                Field::optional("event", Shape::one_of(self.events.iter().copied()), "which event, once somebody has judged it"),
                Field::required(
                    "severity",
                    Shape::one_of(["mild", "moderate", "severe"]),
                    "noticed, needs care, urgent or lasting",
                ),
                Field::optional("session", Shape::Date, "day of the session it followed"),
                Field::required("reported_by", Shape::one_of(["patient", "clinic"]), "who reported it"),
                words("what was noticed"),
            ],
            Kind::AdverseEventFollowed => vec![
                on("day of the follow-up"),
                Field::required("event", Shape::name(), "id of the entry that reported it"),
                Field::required("resolved", Shape::Flag, "whether it is over"),
                words("what became of it"),
            ],
            Kind::Consented => vec![
                on("day of consent"),
                purposes("what the patient consents to; each is a yes of its own"),
                Field::optional("document", Shape::name(), "version of the text that was read"),
                Field::optional("discussion", Shape::text(), "what was discussed"),
                Field::optional("signature", signature(), "how it was signed"),
            ],
            Kind::ConsentWithdrawn => vec![
                on("day of withdrawal"),
                purposes("what the patient no longer consents to"),
                Field::optional("reason", Shape::text(), "why, if the patient says so"),
            ],
            Kind::Message => vec![
                on("day it was written"),
                Field::required("from", Shape::one_of(["clinic", "patient"]), "who wrote it"),
                words("the message"),
            ],
            Kind::Measured => {
                let mut fields = vec![on("day it was measured")];
                fields.extend(outcome_fields());
                fields.push(Field::optional(
                    "method",
                    Shape::name(),
                    "method and its version, where a machine proposed the value",
                ));
                let smallest = Shape::number(0.0, 100_000.0, "");
                fields.push(Field::optional("smallest_change", smallest, "smallest change that the measurement can show"));
                fields.push(Field::optional("change", change(), "what was said of the change since an earlier visit"));
                fields
            }
            Kind::Amended => vec![
                on("day of the correction"),
                Field::required("entry", Shape::name(), "id of the entry that was wrong"),
                Field::required("reason", Shape::text(), "why it was wrong"),
            ],
            _ => Vec::new(),
        }
    }
}

fn change() -> Shape {
    let verdicts = ["larger_than_the_error", "within_the_error", "cannot_be_told"];
    Shape::table(vec![
        Field::required("since", Shape::Date, "day of the visit that it was compared with"),
        Field::required("verdict", Shape::one_of(verdicts), "how it was worded"),
    ])
}

fn signature() -> Shape {
    let path = Shape::Text { characters_max: Drawn::SIGNS_MAX, wording: Wording::AsItIs };
    Shape::table(vec![
        Field::required("name", Shape::name(), "the name that was typed"),
        Field::optional("drawn", path, "the signature drawn by hand, as an SVG path of lines on a sheet 600 wide and 180 high"),
    ])
}

fn purposes(about: &str) -> Field {
    let words = ["treatment", "pictures_for_care", "pictures_for_teaching", "pictures_for_publication"];
    Field::required("purposes", Shape::list(Shape::one_of(words), 1, words.len()), about)
}
