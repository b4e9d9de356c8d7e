//! The forms in which answers come: JSON with its versions, SVG that is well formed, pages in ASCII, the schema.

use std::fs;

use serde_json::Value;

use crate::program::{examples, folder, repository, resurface, resurface_in};

/// Commands that answer in JSON, with the schema they name.
const ANSWERS: &[(&[&str], &str)] = &[
    (&["plan", "examples/consultation.toml"], "resurface.plan/1"),
    (&["screen", "examples/consultation.toml"], "resurface.screening/1"),
    (&["grade", "examples/consultation.toml"], "resurface.grading/1"),
    (&["forecast", "examples/consultation.toml"], "resurface.forecast/1"),
    (&["gate", "examples/responder.json"], "resurface.gate/1"),
    (&["evidence"], "resurface.evidence/1"),
    (&["explain", "CI-PREG"], "resurface.explanation/1"),
    (&["guide"], "resurface.guide/1"),
    (&["knowledge", "check"], "resurface.knowledge_check/1"),
    (&["knowledge", "list"], "resurface.knowledge_list/1"),
];

fn json(arguments: &[&str]) -> Value {
    let said = resurface(&[arguments, &["--json"][..]].concat());
    serde_json::from_str(&said.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", said.stderr))
}

#[test]
fn every_answer_in_json_names_its_schema_and_what_it_rests_on() {
    for (arguments, schema) in ANSWERS {
        let answer = json(arguments);
        assert_eq!(answer["schema"], *schema);
        assert_eq!(answer["program"], env!("CARGO_PKG_VERSION"));
        assert_eq!(answer["knowledge"].as_str().unwrap().len(), 64, "{schema}");
        let reads_a_file = arguments.iter().any(|argument| argument.starts_with("examples/"));
        assert_eq!(answer["input_sha256"].is_string(), reads_a_file, "{schema}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for command in ["plan", "forecast", "screen"] {
        let run = || resurface(&[command, "examples/not_responding.toml", "--json"]).stdout;
        assert_eq!(run(), run(), "{command}");
    }
}

#[test]
fn a_forecast_names_its_model_and_its_seed() {
    let answer = json(&["plan", "examples/consultation.toml", "--seed", "7"]);
    assert_eq!(answer["seed"], 7);
    assert_eq!(answer["model"].as_str().unwrap().len(), 64);
}

#[test]
fn nothing_but_ascii_is_printed_where_only_that_may_be_used() {
    for (arguments, _) in ANSWERS {
        let said = resurface(&[*arguments, &["--ascii", "--width", "80"][..]].concat());
        let odd: Vec<char> = said.stdout.chars().filter(|sign| !sign.is_ascii()).collect();
        assert!(odd.is_empty(), "{arguments:?}: {odd:?}");
        assert!(!said.stdout.contains('?') || !said.stdout.contains("??"), "{arguments:?}: a sign has no ASCII spelling");
    }
}

#[test]
fn no_line_is_wider_than_the_page() {
    for width in ["60", "80", "100", "120"] {
        for (arguments, _) in ANSWERS {
            let said = resurface(&[*arguments, &["--width", width][..]].concat());
            let widest = said.stdout.lines().map(|line| line.chars().count()).max().unwrap_or(0);
            assert!(widest <= width.parse().unwrap(), "{arguments:?} at {width}: {widest}");
        }
    }
}

#[test]
fn a_page_is_plain_unless_colour_is_asked_for() {
    let plain = resurface(&["screen", "examples/pregnant.toml"]).stdout;
    let coloured = resurface(&["screen", "examples/pregnant.toml", "--color", "always"]).stdout;
    assert!(!plain.contains('\u{1b}') && coloured.contains("\u{1b}[1;31m"));
}

#[test]
fn figures_are_well_formed_and_have_a_name_and_a_description() {
    let folder = folder("figures");
    let examples = repository().join("examples");
    let example = |name: &str| examples.join(name).to_str().unwrap().to_owned();
    let runs: Vec<Vec<String>> = vec![
        vec!["evidence".into()],
        vec!["plan".into(), example("consultation.toml")],
        vec!["forecast".into(), example("responder.json")],
    ];
    for (at, mut arguments) in runs.into_iter().enumerate() {
        let file = format!("figure_{at}.svg");
        arguments.extend(["--svg".to_owned(), file.clone()]);
        let said = resurface_in(&folder, &arguments.iter().map(String::as_str).collect::<Vec<_>>(), "");
        assert_eq!(said.code, 0, "{}", said.stderr);
        let text = fs::read_to_string(folder.join(&file)).unwrap();
        let svg = roxmltree::Document::parse(&text).unwrap();
        let named = |name: &str| svg.descendants().any(|node| node.has_tag_name(("http://www.w3.org/2000/svg", name)));
        assert!(named("title") && named("desc") && !named("script"), "{file}");
        assert_eq!(svg.root_element().attribute("role"), Some("img"));
    }
    let left: Vec<String> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(left.len(), 3, "nothing but the figures is left behind: {left:?}");
}

#[test]
fn every_example_is_valid_under_the_published_schema() {
    let schema: Value = serde_json::from_str(&resurface(&["schema", "consultation"]).stdout).unwrap();
    for path in examples() {
        let text = fs::read_to_string(&path).unwrap();
        let value: Value = match path.extension().unwrap().to_str() {
            Some("json") => serde_json::from_str(&text).unwrap(),
            _ => plain(toml::from_str::<toml::Value>(&text).unwrap()),
        };
        let mut faults = Vec::new();
        validate(&schema, &value, "", &mut faults);
        assert!(faults.is_empty(), "{}: {faults:?}", path.display());
    }
    let mut faults = Vec::new();
    validate(&schema, &serde_json::json!({ "colour": "red" }), "", &mut faults);
    assert!(faults.len() > 1, "a file with nothing that is required is not valid");
}

/// TOML as JSON: a date becomes its text.
pub(crate) fn plain(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(elements) => elements.into_iter().map(plain).collect(),
        toml::Value::Table(fields) => fields.into_iter().map(|(key, field)| (key, plain(field))).collect(),
        other => serde_json::to_value(other).unwrap(),
    }
}

/// The part of JSON Schema that the published schema uses.
pub(crate) fn validate(schema: &Value, value: &Value, path: &str, faults: &mut Vec<String>) {
    if let Some(choices) = schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array) {
        let fits = |choice: &Value| {
            let mut inside = Vec::new();
            validate(choice, value, path, &mut inside);
            inside.is_empty()
        };
        if !choices.iter().any(fits) {
            faults.push(format!("{path}: fits no choice"));
        }
        return;
    }
    let is = |kind: &str| match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        other => panic!("{path}: a type that the check does not know: {other}"),
    };
    if schema.get("type").and_then(Value::as_str).is_some_and(|kind| !is(kind)) {
        faults.push(format!("{path}: is not {}", schema["type"]));
        return;
    }
    if schema.get("enum").and_then(Value::as_array).is_some_and(|words| !words.contains(value)) {
        faults.push(format!("{path}: {value} is not one of the words"));
    }
    let number = |name: &str| schema.get(name).and_then(Value::as_f64);
    let given = value.as_f64();
    let out_of_range =
        |given: f64| number("minimum").is_some_and(|low| given < low) || number("maximum").is_some_and(|high| given > high);
    if given.is_some_and(out_of_range) {
        faults.push(format!("{path}: {value} is out of range"));
    }
    for (at, element) in value.as_array().into_iter().flatten().enumerate() {
        if let Some(items) = schema.get("items") {
            validate(items, element, &format!("{path}[{at}]"), faults);
        }
    }
    if let Some(fields) = value.as_object() {
        validate_fields(schema, fields, path, faults);
    }
}

fn validate_fields(schema: &Value, fields: &serde_json::Map<String, Value>, path: &str, faults: &mut Vec<String>) {
    for name in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        if !fields.contains_key(name) {
            faults.push(format!("{path}.{name}: is missing"));
        }
    }
    for (name, field) in fields {
        let path = format!("{path}.{name}");
        match (schema.get("properties").and_then(|known| known.get(name)), schema.get("additionalProperties")) {
            (Some(known), _) => validate(known, field, &path, faults),
            (None, Some(Value::Bool(false))) => faults.push(format!("{path}: is not known")),
            (None, Some(others @ Value::Object(_))) => validate(others, field, &path, faults),
            (None, _) => {}
        }
    }
}
