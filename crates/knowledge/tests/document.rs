//! Every fault of a text at once, each at its line, in TOML and in JSON; and no text that breaks the reader.

use proptest::prelude::*;
use resurface_knowledge::document::{self, FAULTS_MAX, FaultReport, Field, Format, Node, Shape, TEXT_BYTES_MAX};

/// A shape with one field of every kind.
fn shape() -> Shape {
    let scar = Shape::table(vec![
        Field::required("type", Shape::one_of(["boxcar", "rolling"]), "type"),
        Field::optional("width_mm", Shape::number(0.1, 20.0, "mm"), "width"),
    ]);
    Shape::table(vec![
        Field::required("name", Shape::name(), "a name"),
        Field::optional("sessions", Shape::whole(1, 12), "how many"),
        Field::optional("on", Shape::Date, "a day"),
        Field::optional("blinded", Shape::Flag, "yes or no"),
        Field::optional("scars", Shape::list(scar, 1, 3), "scars"),
        Field::optional("scores", Shape::Map { names: vec![], of: Box::new(Shape::whole(0, 84)) }, "scores by day"),
        Field::optional(
            "skin",
            Shape::Map { names: vec!["ita".into()], of: Box::new(Shape::number(-90.0, 90.0, "°")) },
            "colour",
        ),
        Field::optional(
            "trigger",
            Shape::choice(vec![Field::optional("asked", Shape::name(), ""), Field::optional("derived", Shape::name(), "")]),
            "one of two",
        ),
        Field::optional(
            "answer",
            Shape::PlainOrTable(
                Box::new(Shape::one_of(["yes", "no"])),
                Box::new(Shape::table(vec![Field::required("is", Shape::one_of(["yes", "no"]), "")])),
            ),
            "an answer, with or without more",
        ),
    ])
}

fn read(text: &str, format: Format) -> Result<Node, FaultReport> {
    document::read("a file", text, format, &shape())
}

/// The faults as `line field: problem`.
fn faults(text: &str, format: Format) -> Vec<String> {
    match read(text, format) {
        Ok(_) => Vec::new(),
        Err(report) => {
            assert!(report.faults().iter().all(|fault| !fault.allowed.is_empty()), "every fault says what is allowed");
            report.faults().iter().map(|fault| format!("{} {}: {}", fault.line, fault.field, fault.problem)).collect()
        }
    }
}

fn toml(text: &str) -> Vec<String> {
    faults(text, Format::Toml)
}

fn json(text: &str) -> Vec<String> {
    faults(text, Format::Json)
}

#[test]
fn a_sound_text_is_the_same_in_toml_and_in_json() {
    let from_toml = "name = 'A'\nsessions = 4\non = 2026-11-20\nblinded = true\nanswer = { is = 'yes' }\nscores = { a = 3 }\n\
                     skin = { ita = 12.5 }\ntrigger = { asked = 'x' }\n[[scars]]\ntype = 'boxcar'\nwidth_mm = 3";
    let from_json = r#"{"name": "A", "sessions": 4, "on": "2026-11-20", "blinded": true, "answer": {"is": "yes"},
        "scores": {"a": 3}, "skin": {"ita": 12.5}, "trigger": {"asked": "x"}, "scars": [{"type": "boxcar", "width_mm": 3}]}"#;
    let both = [read(from_toml, Format::Toml), read(from_json, Format::Json)].map(|node| node.map(|node| node.to_json()));
    assert_eq!(both[0], both[1]);
    assert_eq!(both[0].as_ref().map(|root| root["on"].clone()), Ok("2026-11-20".into()));
}

#[test]
fn every_fault_is_reported_in_the_order_of_its_line() {
    let text = "naem = 'A'\nsessions = 40\non = 'soon'\nblinded = 1\n\n[[scars]]\ntype = 'boxcat'\nwidth_mm = 0";
    let expected = [
        "1 naem: this field is not known",
        "1 name: this field is missing",
        "2 sessions: 40 is out of range",
        "3 on: \"soon\" is not a calendar date",
        "4 blinded: a whole number stands here",
        "7 scars[1].type: \"boxcat\" is not one of the words",
        "8 scars[1].width_mm: 0 is out of range",
    ];
    assert_eq!(toml(text), expected);
    let text = "{\"naem\": \"A\",\n\"sessions\": 40,\n\"on\": \"soon\",\n\"blinded\": 1,\n\n\"scars\": [{\n\"type\": \"boxcat\",\n\"width_mm\": 0}]}";
    assert_eq!(json(text), expected);
}

#[test]
fn a_misspelt_name_is_answered_with_the_one_that_was_meant() {
    let report = read("name = 'A'\nsesions = 4", Format::Toml).expect_err("it is not known");
    assert!(report.faults()[0].allowed.starts_with("did you mean sessions?"));
    assert!(report.to_string().contains("a file:2: sesions: this field is not known"));
}

#[test]
fn a_wrong_type_says_what_stands_there() {
    assert_eq!(toml("name = 3"), ["1 name: a whole number stands here"]);
    assert_eq!(toml("name = 'A'\nsessions = 4.5"), ["2 sessions: a number stands here"]);
    assert_eq!(toml("name = 'A'\nscars = 3"), ["2 scars: a whole number stands here"]);
    assert_eq!(toml("name = 'A'\nscores = []"), ["2 scores: a list stands here"]);
    assert_eq!(json(r#"["name"]"#), ["1 : a list stands here"]);
    assert_eq!(json("3"), ["1 : a whole number stands here"]);
}

#[test]
fn lists_and_free_tables_have_limits_too() {
    assert_eq!(toml("name = 'A'\nscars = []"), ["2 scars: there are 0 entries"]);
    assert_eq!(toml("name = 'A'\nscores = { a = 85 }"), ["2 scores.a: 85 is out of range"]);
    assert_eq!(toml("name = 'A'\nskin = { itta = 1 }"), ["2 skin.itta: this name is not known here"]);
    assert_eq!(toml("name = 'A'\ntrigger = {}"), ["2 trigger: there are 0 fields"]);
    assert_eq!(toml("name = 'A'\ntrigger = { asked = 'x', derived = 'y' }"), ["2 trigger: there are 2 fields"]);
    assert_eq!(toml("name = 'A'\nanswer = 'maybe'"), ["2 answer: \"maybe\" is not one of the words"]);
    assert_eq!(toml("name = 'A'\nanswer = { is = 'maybe' }"), ["2 answer.is: \"maybe\" is not one of the words"]);
}

#[test]
fn text_is_neither_empty_nor_endless() {
    assert_eq!(toml("name = '  '"), ["1 name: the text is empty"]);
    assert_eq!(toml(&format!("name = '{}'", "é".repeat(121))), ["1 name: the text has 121 characters"]);
    assert_eq!(toml(&format!("name = '{}'", "é".repeat(120))), Vec::<String>::new());
}

#[test]
fn a_field_given_twice_is_a_fault_in_either_format() {
    assert_eq!(json("{\"name\": \"A\",\n\"name\": \"B\"}"), ["2 name: this field stands here a second time"]);
    let found = toml("name = 'A'\nname = 'B'");
    assert!(found.len() == 1 && found[0].starts_with("2 ") && found[0].contains("duplicate key"), "{found:?}");
}

#[test]
fn a_day_that_is_not_in_the_calendar_is_refused() {
    for on in ["2026-02-30", "2026-13-01", "2026-00-10", "20-11-2026"] {
        assert_eq!(json(&format!("{{\"name\": \"A\",\n\"on\": \"{on}\"}}")), [format!("2 on: {on:?} is not a calendar date")]);
        assert_eq!(toml(&format!("name = 'A'\non = {on}")).len(), 1, "{on}");
    }
    for on in
        ["2026-11-20x", "2026-11", "2026-11-20T", "2026-11-20T99:99:99", "2026-1-2", "2026-11-200", "12026-11-20", "2026-11-20 1"]
    {
        assert!(!toml(&format!("name = 'A'\non = {on}")).is_empty(), "{on}");
    }
    assert_eq!(json(r#"{"name": "A", "on": "2024-02-29"}"#), Vec::<String>::new());
    assert_eq!(toml("name = 'A'\non = 2026-11-20T10:00:00").len(), 1, "a date has no time");
}

#[test]
fn an_impossible_day_does_not_hide_the_other_faults() {
    assert_eq!(toml("on = 2026-02-30\nsessions = 0").len(), 3, "the day, the range and the missing name");
}

#[test]
fn null_says_nothing() {
    assert_eq!(json("{\"name\": \"A\",\n\"sessions\": null}"), ["2 sessions: null says nothing"]);
}

#[test]
fn numbers_without_end_are_refused() {
    let digits = "9".repeat(400);
    assert_eq!(toml(&format!("name = 'A'\nsessions = {digits}")), ["2 sessions: this whole number is too large"]);
    assert_eq!(json(&format!("{{\"name\": \"A\", \"sessions\": {digits}}}")), ["1 sessions: this number is too large"]);
    assert_eq!(json(r#"{"name": "A", "skin": {"ita": 1e999}}"#), ["1 skin.ita: this number is too large"]);
    for number in ["inf", "-inf", "nan"] {
        assert_eq!(toml(&format!("name = 'A'\nskin = {{ ita = {number} }}")), ["2 skin.ita: this number is not finite"]);
    }
    assert_eq!(toml("name = 'A'\nsessions = 9223372036854775807"), ["2 sessions: 9223372036854775807 is out of range"]);
}

#[test]
fn lines_are_counted_alike_with_carriage_returns_and_a_byte_order_mark() {
    assert_eq!(toml("\u{feff}name = 'A'\r\n\r\nsessions = 0\r\n"), ["3 sessions: 0 is out of range"]);
    assert_eq!(json("\u{feff}{\r\n\"name\": \"A\",\r\n\"sessions\": 0}\r\n"), ["3 sessions: 0 is out of range"]);
}

#[test]
fn a_slip_in_the_writing_names_its_line() {
    let found = toml("name = 'A'\nsessions = = 4");
    assert!(found.iter().all(|fault| fault.starts_with("2 ")) && !found.is_empty(), "{found:?}");
    let found = toml("name = 'A'\nsessions =\nblinded = true");
    assert!(found.iter().all(|fault| fault.starts_with("2 ")) && !found.is_empty(), "{found:?}");
    for text in ["{\"name\": \"A\",\n}", "{\"name\": \"A\"\n// why\n}", "{\"name\":\n'A'}", "{\"name\": \"A\"}\n{}"] {
        assert_eq!(json(text).len(), 1, "{text}");
    }
    assert_eq!(json(""), ["1 : the file is empty"]);
    assert_eq!(toml(""), ["1 name: this field is missing"]);
}

#[test]
fn deep_nesting_is_refused_and_does_not_overflow_the_stack() {
    let deep = 200_000;
    assert_eq!(toml(&format!("a = {}{}", "[".repeat(deep), "]".repeat(deep))).len(), 1);
    assert_eq!(toml(&format!("a = {}1{}", "{a=".repeat(deep), "}".repeat(deep))).len(), 1);
    assert_eq!(json(&format!("{}{}", "[".repeat(deep), "]".repeat(deep))).len(), 1);
    assert_eq!(json(&format!("{}1{}", "{\"a\":".repeat(deep), "}".repeat(deep))).len(), 1);
    for text in [format!("[{}]", vec!["a"; deep].join(".")), format!("{} = 1", vec!["a"; deep].join("."))] {
        assert!(!toml(&text).is_empty());
    }
}

#[test]
fn a_text_that_is_too_long_is_not_read() {
    let found = toml(&" ".repeat(TEXT_BYTES_MAX + 1));
    assert_eq!(found, [format!("1 : the file has {} bytes", TEXT_BYTES_MAX + 1)]);
}

#[test]
fn a_text_with_nothing_right_keeps_its_report_short() {
    let text: String = (0..50_000).map(|at| format!("k{at} = 1\n")).collect();
    let report = read(&text, Format::Toml).expect_err("nothing is known");
    assert_eq!(report.faults().len(), FAULTS_MAX);
    assert!(report.to_string().ends_with("a file: and 49501 more; correct these first\n"));
}

#[test]
fn the_json_schema_says_what_the_shape_says() {
    let schema = shape().json_schema("urn:example", "Example");
    assert_eq!(schema["required"], serde_json::json!(["name"]));
    assert_eq!(schema["additionalProperties"], false);
    assert_eq!(schema["properties"]["sessions"]["maximum"], 12);
    assert_eq!(schema["properties"]["trigger"]["maxProperties"], 1);
    assert_eq!(schema["properties"]["scars"]["items"]["properties"]["type"]["enum"], serde_json::json!(["boxcar", "rolling"]));
}

/// Texts that look like what is read, so that the reader gets past the first character.
fn text_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("name".to_owned()),
        Just("sessions".to_owned()),
        Just("scars".to_owned()),
        Just("trigger".to_owned()),
        "[\\[\\]{}=:,\"'\\n\\r.#-]{1,3}",
        "[0-9eE+._-]{1,12}",
        "\\PC{0,6}",
        Just("2026-11-20".to_owned()),
        Just("true".to_owned()),
        Just("null".to_owned()),
        Just("\u{feff}".to_owned()),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_reader_panic(text in prop_oneof![text_like(), any::<String>()]) {
        for format in [Format::Toml, Format::Json] {
            if let Err(report) = read(&text, format) {
                let lines = text.matches('\n').count() + 1;
                prop_assert!(!report.faults().is_empty());
                prop_assert!(report.faults().iter().all(|fault| (1..=lines).contains(&fault.line)), "{report}");
            }
        }
    }

    #[test]
    fn what_was_read_once_is_read_again_from_its_own_json(sessions in 1_i64..=12, ita in -90.0_f64..=90.0, name in "\\S\\PC{0,40}") {
        let text = serde_json::json!({"name": name, "sessions": sessions, "skin": {"ita": ita}}).to_string();
        let node = read(&text, Format::Json).map(|node| node.to_json());
        prop_assert_eq!(node.map(|root| root.to_string()), Ok(text));
    }
}
