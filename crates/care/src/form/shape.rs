//! Which fields a consultation has, what each may hold and what it means.

use resurface_knowledge::document::{Field, Shape};

use super::{OUTCOMES_MAX, PRODUCTS_MAX, SCHEMA, SESSIONS_MAX, Vocabulary};

pub(super) fn consultation(vocabulary: &Vocabulary<'_>) -> Shape {
    let devices = vocabulary.devices.iter().map(|(device, _)| *device);
    Shape::table(vec![
        Field::required("schema", Shape::one_of([SCHEMA]), "name and version of this format"),
        Field::required("date", Shape::Date, "day of the consultation; on a treatment day, that day"),
        Field::required("jurisdiction", one_of(&vocabulary.jurisdictions), "where treatment would be given"),
        Field::required("device", Shape::one_of(devices), "device that would be used"),
        Field::required("patient", patient(), "who is in the chair"),
        Field::required("operator", operator(), "who would treat"),
        Field::optional("findings", findings(vocabulary), "history and medicines; what is left out is unknown"),
        Field::required("lesions", lesions(), "acne lesions today"),
        Field::required("skin", skin(), "skin type and colour"),
        Field::required("scars", scars(vocabulary), "scars per zone and as a whole"),
        Field::required("goal", goal(), "what the patient wants"),
        Field::optional("earlier_treatments", Shape::list(earlier(vocabulary), 0, 32), "treatment before, here or elsewhere"),
        Field::optional("sessions", Shape::list(session(vocabulary), 0, SESSIONS_MAX), "needling given here, by date"),
        Field::optional("outcomes", Shape::list(outcome(), 0, OUTCOMES_MAX), "outcomes measured, by date"),
        Field::optional("overrides", Shape::list(overriding(vocabulary), 0, 32), "a prescriber's decisions against rules"),
        Field::optional("day", day(vocabulary), "the treatment day, for the gate"),
    ])
}

fn answer() -> Shape {
    Shape::one_of(["no", "unknown", "yes"])
}

fn one_of(names: &[&str]) -> Shape {
    Shape::one_of(names.iter().copied())
}

fn patient() -> Shape {
    Shape::table(vec![
        Field::required("id", Shape::name(), "any id the clinic uses"),
        Field::required("birth_date", Shape::Date, "date of birth"),
        Field::required("sex", Shape::one_of(["female", "male", "other", "unknown"]), "for dermis thickness alone"),
        Field::optional("pregnant", answer(), "pregnant? Asked of everybody: sex never answers it"),
        Field::optional("breast_feeding", answer(), "breast-feeding?"),
    ])
}

fn operator() -> Shape {
    let professions = Shape::one_of(["dermatologist", "doctor", "nurse", "practitioner"]);
    Shape::table(vec![
        Field::required("name", Shape::name(), "name as on the register"),
        Field::required("profession", professions, "a dermatologist or doctor may override relative contraindications"),
        Field::optional("trained", answer(), "trained in microneedling?"),
        Field::optional("training_valid_until", Shape::Date, "last day on which that training counts"),
        Field::optional("depth_limit_um", Shape::whole(0, 5_000), "deepest needle this operator may set, in micrometres"),
        Field::optional("premises_permitted", answer(), "do the premises hold the permission this place asks for?"),
    ])
}

fn findings(vocabulary: &Vocabulary<'_>) -> Shape {
    let answered = Shape::table(vec![
        Field::required("answer", answer(), "is the finding present?"),
        Field::optional("on", Shape::Date, "day of the event, or day it ended"),
        Field::optional("note", Shape::text(), "in the practitioner's words"),
    ]);
    let answered = Shape::PlainOrTable(Box::new(answer()), Box::new(answered));
    let fields = vocabulary.findings.iter().map(|(key, question)| Field::optional(*key, answered.clone(), *question));
    Shape::table(fields.collect())
}

fn lesions() -> Shape {
    Shape::table(vec![
        Field::optional("iga", Shape::whole(0, 4), "Investigator's Global Assessment, 0 clear to 4 severe"),
        Field::optional("pustules_or_nodules", answer(), "any pustule or nodule in the treatment area?"),
    ])
}

fn skin() -> Shape {
    let colour = Shape::table(vec![
        Field::required("lightness", Shape::number(0.0, 100.0, ""), "L* of unexposed skin (CIELAB)"),
        Field::required("b", Shape::number(0.0, 60.0, ""), "b* of unexposed skin (CIELAB)"),
    ]);
    Shape::table(vec![
        Field::optional("fitzpatrick", Shape::whole(1, 6), "Fitzpatrick type as judged, 1 to 6"),
        Field::optional("questionnaire", Shape::list(Shape::whole(0, 4), 10, 10), "Fitzpatrick questionnaire, ten answers"),
        Field::optional("colour", colour, "skin colour, for the individual typology angle"),
    ])
}

fn scars(vocabulary: &Vocabulary<'_>) -> Shape {
    let zones = Shape::list(zone(vocabulary), 0, vocabulary.zones.len().max(1));
    Shape::table(vec![
        Field::optional("age_months", Shape::whole(0, 1_200), "age of the youngest scar, in months"),
        Field::optional("visible_at_50_cm", answer(), "obvious at 50 cm or more?"),
        Field::optional("easily_covered", answer(), "easily covered by make-up, beard shadow or hair?"),
        Field::optional("zones", zones, "scars per zone; leave out zones without scars"),
        Field::optional("goodman_baron", goodman_baron(), "Goodman-Baron count table, whole face"),
        Field::optional("ecca", ecca(), "ECCA grades that counts by type cannot give"),
        Field::optional("scar_s", scar_s(), "SCAR-S categories, 0 clear to 5 very severe"),
    ])
}

fn count(name: &str, about: &str) -> Field {
    Field::optional(name, Shape::whole(0, 999), format!("number of {about}"))
}

fn keloidal_area() -> Field {
    Field::optional("keloidal_area_cm2", Shape::number(0.0, 500.0, "cm²"), "area of keloidal scarring, in cm²")
}

fn zone(vocabulary: &Vocabulary<'_>) -> Shape {
    let measured = Shape::table(vec![
        Field::required("width_mm", Shape::number(0.05, 50.0, "mm"), "width at the surface, in mm"),
        Field::required("depth_mm", Shape::number(0.01, 10.0, "mm"), "depth, in mm"),
        Field::required("wall", Shape::one_of(["tapering", "vertical", "sloping"]), "V, U or M in section"),
    ]);
    Shape::table(vec![
        Field::required("zone", one_of(&vocabulary.zones), "facial zone"),
        count("ice_pick", "ice-pick scars"),
        count("boxcar_shallow", "boxcar scars 0.1 to 0.5 mm deep"),
        count("boxcar_deep", "boxcar scars 0.5 mm deep or more"),
        count("rolling", "rolling scars"),
        count("macular", "flat marks of colour"),
        count("hypertrophic", "hypertrophic scars"),
        keloidal_area(),
        Field::optional("tethered", answer(), "are rolling scars tethered to the tissue below?"),
        Field::optional("flattens_on_stretch", answer(), "do scars flatten when the skin is stretched by hand?"),
        Field::optional("measured", Shape::list(measured, 0, 200), "scars measured one by one"),
    ])
}

fn goodman_baron() -> Shape {
    Shape::table(vec![
        count("macular", "macular marks, erythematous or pigmented"),
        count("mild_dish", "mildly atrophic dish-like scars"),
        count("moderate_dish", "moderately atrophic dish-like scars"),
        count("punched_shallow", "punched-out scars with a shallow base, under 5 mm"),
        count("shallow_broad", "shallow but broad atrophic areas"),
        count("punched_deep_normal_base", "punched-out deep scars with a normal base, under 5 mm"),
        count("punched_deep_abnormal_base", "punched-out deep scars with an abnormal base, under 5 mm"),
        count("linear_or_trough", "linear or troughed dermal scars"),
        count("deep_broad", "deep broad atrophic areas"),
        count("papular", "hyperplastic papular scars"),
        keloidal_area(),
    ])
}

fn ecca() -> Shape {
    let grade = || Shape::whole(0, 3);
    Shape::table(vec![
        Field::optional("elastolysis", grade(), "superficial elastolysis: 0 none, 1 few, 2 limited, 3 many"),
        Field::optional("hypertrophic_young", grade(), "hypertrophic inflammatory scars younger than two years"),
        Field::optional("keloid_old", grade(), "keloid or hypertrophic scars older than two years"),
    ])
}

fn scar_s() -> Shape {
    let category = || Shape::whole(0, 5);
    Shape::table(vec![
        Field::required("face", category(), "face"),
        Field::required("chest", category(), "chest"),
        Field::required("back", category(), "back"),
    ])
}

fn goal() -> Shape {
    let improvement = Shape::number(1.0, 100.0, "percent");
    Shape::table(vec![
        Field::required("improvement_percent", improvement, "improvement hoped for, share of today's severity, in percent"),
        Field::optional("by", Shape::Date, "by when, if it matters"),
        Field::optional("worry", Shape::whole(0, 10), "how bothered, 0 not at all to 10"),
    ])
}

fn earlier(vocabulary: &Vocabulary<'_>) -> Shape {
    Shape::table(vec![
        Field::required("treatment", one_of(&vocabulary.treatments), "which treatment"),
        Field::optional("on", Shape::Date, "day it was given last"),
        Field::optional("result", Shape::text(), "what came of it"),
    ])
}

pub(super) fn session_zones(vocabulary: &Vocabulary<'_>) -> Shape {
    let dose = Shape::table(vec![
        Field::required("zone", one_of(&vocabulary.zones), "facial zone"),
        Field::required("depth_um", Shape::whole(50, 5_000), "needle depth set, in micrometres"),
        Field::optional("passes", Shape::whole(1, 20), "number of passes"),
        Field::optional("endpoint", Shape::one_of(["pinpoint_bleeding", "erythema_only"]), "endpoint reached"),
    ]);
    Shape::list(dose, 1, vocabulary.zones.len().max(1))
}

fn session(vocabulary: &Vocabulary<'_>) -> Shape {
    Shape::table(vec![
        Field::required("date", Shape::Date, "day of the session"),
        Field::required("zones", session_zones(vocabulary), "what each zone received"),
        Field::optional("anaesthetic", anaesthetic(vocabulary), "topical anaesthetic used; left out, as the gate was told"),
        Field::optional("products", products(), "what else was put on the skin"),
        Field::optional("note", Shape::text(), "in the practitioner's words"),
    ])
}

pub(super) fn products() -> Shape {
    let product = Shape::table(vec![
        Field::required("name", Shape::name(), "name on the label"),
        Field::optional("lot", Shape::name(), "lot number"),
    ]);
    Shape::list(product, 0, PRODUCTS_MAX)
}

pub(super) fn outcome_fields() -> Vec<Field> {
    let scales = [
        "goodman_baron_quantitative",
        "goodman_baron_qualitative",
        "ecca",
        "improvement_percent",
        "improvement_quartile",
        "dlqi",
        "scar_q",
        "face_q",
        "fasqol",
        "worry",
        "scar_volume_mm3",
        "scar_area_mm2",
        "scar_depth_mm",
        "scar_count",
        "redness_difference",
        "pigment_difference",
        "ita_degrees",
    ];
    vec![
        Field::required("scale", Shape::one_of(scales), "what was measured"),
        Field::required("value", Shape::number(-100.0, 100_000.0, ""), "value in the scale's own unit"),
        Field::required("rater", Shape::one_of(["blinded", "open", "patient", "instrument"]), "who judged"),
        Field::optional(
            "error_sd",
            Shape::number(0.0, 100_000.0, ""),
            "standard deviation of the measurement, in the unit of the value",
        ),
    ]
}

fn outcome() -> Shape {
    let mut fields = vec![Field::required("date", Shape::Date, "day it was measured")];
    fields.extend(outcome_fields());
    Shape::table(fields)
}

fn overriding(vocabulary: &Vocabulary<'_>) -> Shape {
    Shape::table(vec![
        Field::required("rule", one_of(&vocabulary.rules), "id of the rule"),
        Field::required("prescriber", Shape::name(), "name of the prescriber"),
        Field::required("reason", Shape::text(), "why"),
        Field::required("on", Shape::Date, "day of the decision"),
    ])
}

pub(super) fn cartridge() -> Shape {
    Shape::table(vec![
        Field::optional("udi", Shape::name(), "code on its pack (UDI)"),
        Field::optional("lot", Shape::name(), "lot number"),
        Field::optional("expires", Shape::Date, "last day of use printed on it"),
        Field::optional("sterile_pack_intact", answer(), "sterile packing intact?"),
        Field::optional("used_before", answer(), "used before, on anyone?"),
    ])
}

fn day(vocabulary: &Vocabulary<'_>) -> Shape {
    let zone = Shape::table(vec![
        Field::required("zone", one_of(&vocabulary.zones), "facial zone"),
        Field::required("depth_um", Shape::whole(50, 5_000), "needle depth planned, in micrometres"),
    ]);
    Shape::table(vec![
        Field::optional("consent", answer(), "consented to this session, in writing, after discussion?"),
        Field::optional("consent_on", Shape::Date, "day of that consent"),
        Field::optional("cartridge", cartridge(), "the needle cartridge"),
        Field::optional("zones", Shape::list(zone, 0, vocabulary.zones.len().max(1)), "zones and depths planned for today"),
        Field::optional("anaesthetic", anaesthetic(vocabulary), "topical anaesthetic planned"),
    ])
}

pub(super) fn anaesthetic(vocabulary: &Vocabulary<'_>) -> Shape {
    Shape::table(vec![
        Field::required("product", one_of(&vocabulary.anaesthetics), "product, or none"),
        Field::optional("amount_g", Shape::number(0.0, 200.0, "g"), "amount, in grams"),
        Field::optional("area_cm2", Shape::number(0.0, 2_000.0, "cm²"), "area, in cm²"),
        Field::optional("contact_minutes", Shape::whole(0, 600), "contact time, in minutes"),
        Field::optional("occluded", answer(), "under a film or wrap?"),
    ])
}
