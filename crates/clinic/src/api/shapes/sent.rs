//! What a program sends: files as they are, forms of the pages as parts of them, and a few small objects.

use resurface_care::chart::Kind;
use resurface_care::form;
use resurface_knowledge::Knowledge;
use resurface_ledger::access::Role;
use serde_json::{Map, Value, json};

pub(super) fn shapes(knowledge: &Knowledge) -> Map<String, Value> {
    let (consultation, entry) = (form::consultation_schema(knowledge), form::entry_schema(knowledge));
    let mut shapes = forms(&consultation, &entry);
    shapes.extend(decisions(knowledge));
    shapes.extend(accounts(&consultation));
    shapes.insert("Consultation".to_owned(), consultation);
    shapes.insert("Entry".to_owned(), entry);
    shapes
}

/// An object with these fields and no others; a name that ends in `?` may be left out.
fn object<const N: usize>(about: &str, fields: [(&str, Value); N]) -> Value {
    let required: Vec<&str> = fields.iter().map(|(name, _)| *name).filter(|name| !name.ends_with('?')).collect();
    let properties: Map<String, Value> =
        fields.into_iter().map(|(name, shape)| (name.trim_end_matches('?').to_owned(), shape)).collect();
    json!({
        "description": about, "type": "object", "required": required, "properties": properties, "additionalProperties": false,
    })
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn one_of(words: &[&str]) -> Value {
    json!({ "enum": words })
}

/// What the pages ask with forms: each is a part of a consultation, or an entry.
fn forms(consultation: &Value, entry: &Value) -> Map<String, Value> {
    let part = |name: &str| consultation["properties"][name].clone();
    let patient = &consultation["properties"]["patient"]["properties"];
    let asked = object(
        "what can change from one day to the next",
        [("pregnant?", patient["pregnant"].clone()), ("breast_feeding?", patient["breast_feeding"].clone())],
    );
    let intake = object(
        "history and wishes; what is left out is not known",
        [
            ("patient?", asked.clone()),
            ("findings?", part("findings")),
            ("goal", part("goal")),
            ("earlier_treatments?", part("earlier_treatments")),
        ],
    );
    let examination = object(
        "the skin as examined; what is left out was not examined",
        [("lesions?", part("lesions")), ("skin?", part("skin")), ("scars?", part("scars"))],
    );
    let treatment = object(
        "a treatment day: what was asked and seen on it, and what is prepared",
        [
            ("carried", json!({ "description": "the answers that are not asked anew still hold", "const": true })),
            ("patient?", asked),
            ("findings?", part("findings")),
            ("lesions?", part("lesions")),
            ("day", part("day")),
            ("jurisdiction?", text()),
            ("device?", text()),
            ("operator?", text()),
        ],
    );
    let today = ["on"];
    let mut follow_up = of_kind(entry, Kind::AdverseEventFollowed, &["resolved"]);
    follow_up["properties"]["event"] =
        json!({ "description": "id of the entry that reported it", "type": "string", "format": "uuid" });
    let mut consent = of_kind(entry, Kind::Consented, &today);
    let more = object(
        "consent to the text that was read",
        [
            ("purposes", consent["properties"]["purposes"].take()),
            ("text", json!({ "description": "version of the text that was read", "type": "string" })),
            ("signed", json!({ "description": "the patient's name, as it was signed", "type": "string" })),
            ("discussion?", text()),
            ("drawn?", json!({ "description": "the signature as it was drawn, a path of SVG", "type": "string" })),
        ],
    );
    let named = [
        ("IntakeForm", intake),
        ("ExaminationForm", examination),
        ("TreatmentForm", treatment),
        ("Day", part("day")),
        ("SessionForm", without(consultation["properties"]["sessions"]["items"].clone(), &["date"])),
        ("ConsentForm", more),
        ("WithdrawalForm", of_kind(entry, Kind::ConsentWithdrawn, &today)),
        ("OutcomeForm", of_kind(entry, Kind::Measured, &[])),
        ("EventForm", of_kind(entry, Kind::AdverseEvent, &["reported_by"])),
        ("FollowUpForm", follow_up),
        ("MessageForm", of_kind(entry, Kind::Message, &today)),
        ("OwnReportForm", without(of_kind(entry, Kind::AdverseEvent, &[]), &["on", "event", "reported_by"])),
        ("Registration", registration(entry)),
    ];
    named.into_iter().map(|(name, shape)| (name.to_owned(), shape)).collect()
}

/// The shape of an entry of a kind without what every file has; `optional` is what the form fills in.
fn of_kind(entry: &Value, kind: Kind, optional: &[&str]) -> Value {
    let is_it = |shape: &&Value| shape["properties"]["kind"]["enum"] == json!([kind.word()]);
    let shape = entry["oneOf"].as_array().into_iter().flatten().find(is_it).cloned().unwrap_or_default();
    let mut shape = without(shape, &["schema", "kind"]);
    if let Some(required) = shape["required"].as_array_mut() {
        required.retain(|name| !optional.iter().any(|optional| name == optional));
    }
    shape
}

/// A shape without some of its fields.
fn without(mut shape: Value, names: &[&str]) -> Value {
    if let Some(fields) = shape["properties"].as_object_mut() {
        fields.retain(|name, _| !names.contains(&name.as_str()));
    }
    if let Some(required) = shape["required"].as_array_mut() {
        required.retain(|name| !names.iter().any(|gone| name == gone));
    }
    shape
}

/// A registration: what an amendment of one may say.
fn registration(entry: &Value) -> Value {
    let kind = json!([Kind::Registered.word()]);
    let amended = entry["oneOf"].as_array().into_iter().flatten().find_map(|shape| shape.pointer("/properties/becomes/oneOf"));
    let to_become = amended.and_then(Value::as_array).into_iter().flatten();
    let found = to_become.into_iter().find(|shape| shape["properties"]["kind"]["enum"] == kind).cloned();
    without(found.unwrap_or_default(), &["kind"])
}

/// What is decided about an answer that was seen.
fn decisions(knowledge: &Knowledge) -> Map<String, Value> {
    let answer = json!({ "description": "the hash of the answer that was seen", "type": "string" });
    let rules: Vec<&str> = knowledge.contraindications.iter().map(|rule| rule.id.as_str()).collect();
    let screening = object(
        "a screening, and what a prescriber decides against its rules",
        [
            ("jurisdiction?", text()),
            ("device?", text()),
            ("operator?", text()),
            (
                "keep?",
                json!({ "description": "rules whose earlier decision stands on", "type": "array", "items": { "enum": rules } }),
            ),
            (
                "override?",
                json!({
                    "description": "a reason for each rule that is decided against", "type": "object",
                    "propertyNames": { "enum": rules }, "additionalProperties": text(),
                }),
            ),
        ],
    );
    let plan = object(
        "what is made of a proposal; a reason is needed unless it is adopted, and sessions and interval where it is edited",
        [
            ("wish", one_of(&["adopt", "edit", "reject"])),
            ("sessions?", json!({ "description": "in all", "type": "integer", "minimum": 1 })),
            ("interval_days?", json!({ "type": "integer", "minimum": 1 })),
            ("reason?", text()),
            ("answer", answer.clone()),
        ],
    );
    let review = object(
        "what is decided; a reason is needed where it is not what was advised",
        [("decided", one_of(&["continue", "wait", "stop", "switch"])), ("reason?", text()), ("answer", answer)],
    );
    let link = object(
        "a link for a patient",
        [
            ("purpose", one_of(&["intake", "plan", "report_problem"])),
            ("days?", json!({ "description": "days for which it works", "type": "integer", "minimum": 1 })),
        ],
    );
    let reason = json!({ "description": "read by the clinic's lead", "type": "string", "minLength": 10, "maxLength": 500 });
    let change = object(
        "a change of how the clinic works",
        [("change", json!({ "$ref": "#/components/schemas/PracticeChange" })), ("reason", text())],
    );
    let of_entry = || json!({ "type": "string", "format": "uuid" });
    let named = [
        ("ScreeningForm", screening),
        ("PlanForm", plan),
        ("ReviewForm", review),
        ("WantedLink", link),
        (
            "TwoPictures",
            object(
                "entries of two pictures of one view; the side of a pixel of the earlier one at the skin, in millimetres, where it is known",
                [("before", of_entry()), ("after", of_entry()), ("pixel_mm?", json!({ "type": "number" }))],
            ),
        ),
        ("TwoScans", object("entries of two scans of one region", [("before", of_entry()), ("after", of_entry())])),
        ("EmergencyReason", object("why a chart is needed now", [("reason", reason)])),
        ("WantedChange", change),
        ("WantedDuty", object("whether every user has to have codes from an app", [("duty", one_of(&["free", "required"]))])),
    ];
    named.into_iter().map(|(name, shape)| (name.to_owned(), shape)).collect()
}

/// What is sent about people and their accounts.
fn accounts(consultation: &Value) -> Map<String, Value> {
    let roles: Vec<&str> = Role::OF_USERS.iter().map(|role| role.words()).collect();
    let roles = json!({ "type": "array", "items": { "enum": roles } });
    let operator = without(consultation["properties"]["operator"].clone(), &["name"]);
    let code = || json!({ "description": "from the app, or a recovery code, where codes are set up", "type": "string" });
    let change = json!({
        "description": "one change of a user",
        "oneOf": [
            object("these roles and no others", [("roles", roles.clone())]),
            object("what is known of somebody who treats", [("operator", operator.clone())]),
            object("switched off, or on again", [("disabled", json!({ "type": "boolean" }))]),
        ],
    });
    let named = [
        ("SignIn", object("name, password and code", [("name", text()), ("password", text()), ("code?", code())])),
        ("Proof", object("password and code once more", [("password", text()), ("code?", code())])),
        ("ConfirmationCode", object("a code of the new second factor", [("code", text())])),
        (
            "PasswordChange",
            object("password and code of now, and another password", [("password", text()), ("code?", code()), ("new", text())]),
        ),
        (
            "NewUser",
            object(
                "a user who is added",
                [("display_name", text()), ("roles?", roles), ("operator?", operator), ("password", text())],
            ),
        ),
        ("UserChange", change),
        (
            "PasswordReset",
            object("another password", [("password", text()), ("lost_second_factor?", json!({ "type": "boolean" }))]),
        ),
    ];
    named.into_iter().map(|(name, shape)| (name.to_owned(), shape)).collect()
}
