use serde_json::{Map, Value, json};

use super::{Need, Shape};

impl Shape {
    /// This shape as a JSON Schema (draft 2020-12) with a title and an id.
    #[must_use]
    pub fn json_schema(&self, id: &str, title: &str) -> Value {
        let mut schema = self.schema();
        if let Value::Object(map) = &mut schema {
            map.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
            map.insert("$id".into(), id.into());
            map.insert("title".into(), title.into());
        }
        schema
    }

    fn schema(&self) -> Value {
        match self {
            Self::Text { characters_max, .. } => {
                json!({"type": "string", "minLength": 1, "maxLength": characters_max, "pattern": "\\S"})
            }
            Self::OneOf(words) => json!({"type": "string", "enum": words}),
            Self::Flag => json!({"type": "boolean"}),
            Self::Whole { min, max } => json!({"type": "integer", "minimum": min, "maximum": max}),
            Self::Number { min, max, .. } => json!({"type": "number", "minimum": min, "maximum": max}),
            Self::Date => json!({"type": "string", "format": "date"}),
            Self::List { of, min, max } => json!({"type": "array", "items": of.schema(), "minItems": min, "maxItems": max}),
            Self::Table(fields) => {
                let required: Vec<&str> =
                    fields.iter().filter(|field| field.need == Need::Required).map(|field| field.name.as_str()).collect();
                json!({"type": "object", "properties": properties(fields), "required": required, "additionalProperties": false})
            }
            Self::Choice(fields) => json!({
                "type": "object", "properties": properties(fields), "additionalProperties": false,
                "minProperties": 1, "maxProperties": 1
            }),
            Self::Map { names, of } if names.is_empty() => json!({"type": "object", "additionalProperties": of.schema()}),
            Self::Map { names, of } => {
                let of = of.schema();
                let properties: Map<String, Value> = names.iter().map(|name| (name.clone(), of.clone())).collect();
                json!({"type": "object", "properties": properties, "additionalProperties": false})
            }
            Self::PlainOrTable(plain, table) => json!({"anyOf": [plain.schema(), table.schema()]}),
        }
    }
}

fn properties(fields: &[super::Field]) -> Map<String, Value> {
    fields
        .iter()
        .map(|field| {
            let mut schema = field.shape.schema();
            if let Value::Object(map) = &mut schema {
                map.insert("description".into(), field.about.as_str().into());
            }
            (field.name.clone(), schema)
        })
        .collect()
}
