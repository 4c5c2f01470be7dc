//! Small words to write JSON Schema (2020-12) with.

use serde_json::{Map, Value, json};

/// A schema with its name.
pub(super) type Named = (&'static str, Value);

/// The schema called `name`.
pub(super) fn of(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// A text.
pub(super) fn text() -> Value {
    json!({ "type": "string" })
}

/// A text of at most `max` bytes; JSON Schema counts characters, which are never more.
pub(super) fn text_up_to(max: usize) -> Value {
    json!({ "type": "string", "minLength": 1, "maxLength": max })
}

/// A text that matches `pattern` (ECMA-262) as a whole.
pub(super) fn matching(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": format!("^{pattern}$") })
}

/// A count.
pub(super) fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

/// True or false.
pub(super) fn truth() -> Value {
    json!({ "type": "boolean" })
}

/// An array of `items`.
pub(super) fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// An array of at most `max` `items`.
pub(super) fn list_up_to(max: usize, items: Value) -> Value {
    json!({ "type": "array", "items": items, "maxItems": max })
}

/// An array of exactly two.
pub(super) fn pair(first: Value, second: Value) -> Value {
    json!({ "type": "array", "prefixItems": [first, second], "minItems": 2, "maxItems": 2 })
}

/// `schema`, or null.
pub(super) fn or_null(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

/// One of these words.
pub(super) fn one_of<'a>(words: impl IntoIterator<Item = &'a str>) -> Value {
    let words: Vec<_> = words.into_iter().collect();
    json!({ "type": "string", "enum": words })
}

/// An object with these members and no others; a name that ends in `?` may be left out.
pub(super) fn object(members: &[(&str, Value)]) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (name, schema) in members {
        let name = match name.strip_suffix('?') {
            Some(optional) => optional,
            None => {
                required.push(*name);
                name
            }
        };
        properties.insert(name.to_owned(), schema.clone());
    }
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}
