//! What was typed into a form.

use std::collections::BTreeSet;

use serde_json::{Map, Number, Value};

/// What was typed into a form, in the order of its fields.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed(Vec<(String, String)>);

/// How the value of a field is meant, by the mark behind its name.
enum Mark {
    /// None: a text, a date or a word.
    Text,
    /// `:n`: a number.
    Number,
    /// `:b`: yes or no.
    Flag,
    /// `:id`: a text that names what the fields beside it speak of, and says nothing when they are all empty.
    Id,
    /// `[]`: one of several texts.
    Several,
}

impl Typed {
    pub(crate) const fn new(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// What a form that amounts to this tree shows: as if its values had been typed. Numbers and yes-or-no get their mark, and
    /// lists of texts theirs; what is not known is left empty.
    pub(crate) fn of(tree: &Value) -> Self {
        let mut fields = Vec::new();
        spread(tree, String::new(), &mut fields);
        Self(fields)
    }

    /// Takes out the fields of which this is said.
    pub(crate) fn without(mut self, unwanted: impl Fn(&Self, &str) -> bool) -> Self {
        let names: Vec<String> = self.0.iter().map(|(name, _)| name.clone()).filter(|name| unwanted(&self, name)).collect();
        self.0.retain(|(name, _)| !names.contains(name));
        self
    }

    /// The same fields by other names.
    pub(crate) fn renamed(self, name_of: impl Fn(&str) -> String) -> Self {
        Self(self.0.into_iter().map(|(name, value)| (name_of(&name), value)).collect())
    }

    /// The value of a field, without spaces around it; empty when it was not sent.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// The value of a field as it was typed, spaces and all.
    pub(crate) fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The value of a field that was filled in.
    pub(crate) fn filled(&self, name: &str) -> Option<&str> {
        Some(self.value(name)).filter(|value| !value.is_empty())
    }

    /// The places of a list of which something was typed, in order; what only names an element does not count.
    pub(crate) fn elements(&self, list: &str) -> BTreeSet<usize> {
        let typed = self.0.iter().filter(|(name, value)| !value.trim().is_empty() && !name.ends_with(":id"));
        let places = typed.filter_map(|(name, _)| name.strip_prefix(list)?.strip_prefix('.')?.split_once('.')?.0.parse().ok());
        places.collect()
    }

    /// Every value of a field that can be sent several times.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.trim())
    }

    /// Sets a field, where nothing was typed into it.
    pub(crate) fn or(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        if self.0.iter().all(|(known, _)| *known != name) {
            self.0.push((name, value.into()));
        }
        self
    }

    /// The tree that the fields amount to. What was left empty is not in it; fields that begin with `_` are not part of it; of
    /// a list, elements of which nothing was typed are left out.
    pub(crate) fn json(&self) -> Value {
        let mut root = Value::Object(Map::new());
        for (name, value) in &self.0 {
            let value = value.trim();
            if name.starts_with('_') || value.is_empty() {
                continue;
            }
            let (path, mark) = marked(name);
            let steps: Vec<&str> = path.split('.').collect();
            let leaf = match mark {
                Mark::Text | Mark::Id | Mark::Several => Value::from(value),
                Mark::Number => number(value),
                Mark::Flag => match value {
                    "yes" | "true" => Value::Bool(true),
                    "no" | "false" => Value::Bool(false),
                    other => Value::from(other),
                },
            };
            put(&mut root, &steps, leaf, &mark);
        }
        settle(&mut root);
        root
    }
}

fn spread(node: &Value, path: String, fields: &mut Vec<(String, String)>) {
    let inside = |step: &str| if path.is_empty() { step.to_owned() } else { format!("{path}.{step}") };
    match node {
        Value::Null => {}
        Value::Bool(yes) => fields.push((format!("{path}:b"), if *yes { "yes" } else { "no" }.to_owned())),
        Value::Number(number) => fields.push((format!("{path}:n"), plainly(number))),
        Value::String(text) => fields.push((path, text.clone())),
        Value::Array(elements) if elements.iter().all(Value::is_string) => {
            let texts = elements.iter().filter_map(Value::as_str);
            fields.extend(texts.map(|text| (format!("{path}[]"), text.to_owned())));
        }
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(at, element)| spread(element, inside(&at.to_string()), fields));
        }
        Value::Object(table) => table.iter().for_each(|(name, field)| spread(field, inside(name), fields)),
    }
}

/// A number as somebody types it: 50, not 50.0.
fn plainly(number: &Number) -> String {
    let text = number.to_string();
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// Where the names of what the fields beside them speak of are kept until it is known whether anything was typed.
const IDS: &str = "\u{0}ids";

fn marked(name: &str) -> (&str, Mark) {
    for (ending, mark) in [(":n", Mark::Number), (":b", Mark::Flag), (":id", Mark::Id), ("[]", Mark::Several)] {
        if let Some(path) = name.strip_suffix(ending) {
            return (path, mark);
        }
    }
    (name, Mark::Text)
}

/// A number, with a point or a comma; what is none stays a text, so that the shape says so.
fn number(text: &str) -> Value {
    let plain = text.replace(',', ".").replace('\u{2212}', "-");
    let whole = plain.parse::<i64>().map(Number::from).ok();
    let number = whole.or_else(|| plain.parse::<f64>().ok().and_then(Number::from_f64));
    number.map_or_else(|| Value::from(text), Value::Number)
}

fn put(node: &mut Value, steps: &[&str], leaf: Value, mark: &Mark) {
    let Some((step, rest)) = steps.split_first() else { return };
    // Lists are tables with whole numbers for names until all is put in.
    if !node.is_object() {
        *node = Value::Object(Map::new());
    }
    let Value::Object(fields) = node else { return };
    if !rest.is_empty() {
        return put(fields.entry((*step).to_owned()).or_insert_with(|| Value::Object(Map::new())), rest, leaf, mark);
    }
    match mark {
        Mark::Several => match fields.entry((*step).to_owned()).or_insert_with(|| Value::Array(Vec::new())) {
            Value::Array(elements) => elements.push(leaf),
            other => *other = Value::Array(vec![leaf]),
        },
        Mark::Id => {
            if let Value::Object(ids) = fields.entry(IDS.to_owned()).or_insert_with(|| Value::Object(Map::new())) {
                ids.insert((*step).to_owned(), leaf);
            }
        }
        _ => {
            fields.insert((*step).to_owned(), leaf);
        }
    }
}

/// Takes out what says nothing, and makes lists of what is numbered.
fn settle(node: &mut Value) {
    let Value::Object(fields) = node else { return };
    let ids = fields.remove(IDS);
    fields.values_mut().for_each(settle);
    fields.retain(|_, field| !is_empty(field));
    if let Some(Value::Object(ids)) = ids.filter(|_| !fields.is_empty()) {
        fields.extend(ids);
    }
    let numbered = !fields.is_empty() && fields.keys().all(|name| name.parse::<usize>().is_ok());
    if numbered {
        let mut elements: Vec<(usize, Value)> =
            std::mem::take(fields).into_iter().filter_map(|(name, field)| Some((name.parse().ok()?, field))).collect();
        elements.sort_by_key(|(at, _)| *at);
        *node = Value::Array(elements.into_iter().map(|(_, field)| field).collect());
    }
}

fn is_empty(node: &Value) -> bool {
    match node {
        Value::Object(fields) => fields.is_empty(),
        Value::Array(elements) => elements.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Typed;

    fn typed(fields: &[(&str, &str)]) -> Typed {
        Typed::new(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_form_amounts_to_the_tree_that_a_file_would_hold() {
        let form = typed(&[
            ("_form", "seal"),
            ("date", "2026-03-02"),
            ("goal.improvement_percent:n", "50"),
            ("goal.by", " "),
            ("findings.keloid_history.answer", "no"),
            ("purposes[]", "treatment"),
            ("purposes[]", "pictures_for_care"),
            ("resolved:b", "yes"),
        ]);
        assert_eq!(
            form.json(),
            json!({
                "date": "2026-03-02", "goal": { "improvement_percent": 50 }, "findings": { "keloid_history": { "answer": "no" } },
                "purposes": ["treatment", "pictures_for_care"], "resolved": true
            })
        );
    }

    #[test]
    fn a_zone_of_which_nothing_was_counted_says_nothing() {
        let form = typed(&[
            ("scars.zones.0.zone:id", "forehead"),
            ("scars.zones.0.rolling:n", ""),
            ("scars.zones.1.zone:id", "cheek_left"),
            ("scars.zones.1.rolling:n", "4"),
            ("scars.zones.10.zone:id", "chin"),
            ("scars.zones.10.ice_pick:n", "1,5"),
        ]);
        assert_eq!(
            form.json(),
            json!({ "scars": { "zones": [{ "zone": "cheek_left", "rolling": 4 }, { "zone": "chin", "ice_pick": 1.5 }] } })
        );
    }

    #[test]
    fn what_a_chart_holds_is_shown_as_if_it_had_been_typed() {
        let tree = json!({
            "goal": { "improvement_percent": 50.0, "by": null }, "findings": { "tan": { "answer": "yes", "on": "2026-03-02" } },
            "skin": { "questionnaire": [1, 2] }, "purposes": ["treatment"], "resolved": false
        });
        let form = Typed::of(&tree);
        assert_eq!(form.value("goal.improvement_percent:n"), "50");
        assert_eq!((form.value("findings.tan.on"), form.value("resolved:b")), ("2026-03-02", "no"));
        let again = json!({
            "goal": { "improvement_percent": 50 }, "findings": { "tan": { "answer": "yes", "on": "2026-03-02" } },
            "skin": { "questionnaire": [1, 2] }, "purposes": ["treatment"], "resolved": false
        });
        assert_eq!(form.json(), again);
    }

    #[test]
    fn what_is_no_number_is_left_to_the_shape() {
        assert_eq!(typed(&[("depth_um:n", "deep")]).json(), json!({ "depth_um": "deep" }));
    }
}
