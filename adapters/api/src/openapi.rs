//! The OpenAPI 3.1 document, made from the table of routes. `docs/openapi.json` is this text.

mod agreement;
mod deed;
mod examples;
mod group;
mod keeping;
mod people;
mod record;
mod register;
mod shape;
mod views;
mod words;

use serde_json::{Map, Value, json};

use crate::problem;
use crate::routes::{Gives, Parameter, Route, Takes, Verb, routes};

/// The document as indented JSON with keys in alphabetical order and a final line end: the same
/// text every time.
pub fn openapi() -> String {
    // A tree of values with texts as keys can always be written.
    let mut text = serde_json::to_string_pretty(&document()).unwrap_or_default();
    text.push('\n');
    text
}

fn document() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Passerelle",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "The API of one node",
            "description": ABOUT,
            "license": { "name": "EUPL-1.2", "identifier": "EUPL-1.2" },
        },
        "servers": [{ "url": "http://127.0.0.1:8600" }],
        "security": [{ "token": [] }],
        "paths": paths(),
        "components": {
            "schemas": schemas(),
            "responses": { "Problem": problem_response() },
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
    })
}

const ABOUT: &str = "Every request carries a token of the node; `x-scope` is the scope it needs, \
    `x-max-bytes` the largest body taken. No scope contains another. Whatever goes wrong is \
    answered with a problem (RFC 9457) whose `code` is stable; `Accept-Language` chooses the \
    language of its title, and of its detail where a rule refuses. A connection that ends before \
    an answer is whole means that the answer failed: what arrived is not the whole.";

fn paths() -> Map<String, Value> {
    let mut paths = Map::new();
    for route in routes() {
        let operations = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Some(operations) = operations.as_object_mut() {
            operations.insert(verb(route.verb).to_owned(), operation(route));
        }
    }
    paths
}

fn verb(verb: Verb) -> &'static str {
    match verb {
        Verb::Get => "get",
        Verb::Post => "post",
        Verb::Delete => "delete",
    }
}

fn operation(route: &Route) -> Value {
    let mut operation = json!({
        "operationId": route.operation,
        "summary": route.summary,
        "x-scope": route.need.as_str(),
        "responses": responses(route),
    });
    if let Some(parameters) = parameters(route) {
        put(&mut operation, "parameters", parameters);
    }
    if let Some(body) = request_body(route.takes) {
        put(&mut operation, "requestBody", body);
        put(&mut operation, "x-max-bytes", route.takes.limit().into());
    }
    operation
}

fn put(object: &mut Value, name: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

fn parameters(route: &Route) -> Option<Value> {
    let in_path = route.parts().map(|name| {
        let schema = shape::of(part_schema(name));
        json!({ "in": "path", "name": name, "required": true, "schema": schema })
    });
    let in_query = route.query.iter().map(query_parameter);
    let in_header = ["releaseRecord", "sayInGroup"]
        .contains(&route.operation)
        .then(idempotency_key);
    let all: Vec<Value> = in_path.chain(in_query).chain(in_header).collect();
    (!all.is_empty()).then(|| all.into())
}

/// The schema of each part that a path may have; the test below knows them all.
fn part_schema(name: &str) -> &'static str {
    match name {
        "party" => "PartyId",
        "hash" => "AgreementHash",
        "n" => "Position",
        "officer" => "OfficerId",
        "channel" => "ChannelId",
        "object" => "ObjectRef",
        _ => "Hex",
    }
}

fn query_parameter(parameter: &Parameter) -> Value {
    json!({
        "in": "query",
        "name": parameter.name,
        "required": parameter.required,
        "description": parameter.summary,
        "schema": shape::of(parameter.schema),
    })
}

fn idempotency_key() -> Value {
    json!({
        "in": "header",
        "name": "Idempotency-Key",
        "required": false,
        "description": "A second request with the same key gives the first one's answer",
        "schema": {
            "type": "string",
            "minLength": 1,
            "maxLength": crate::limits::MAX_IDEMPOTENCY_BYTES,
        },
    })
}

fn request_body(takes: Takes) -> Option<Value> {
    if takes == Takes::Nothing {
        return None;
    }
    let schema = match takes {
        Takes::Json(schema, _) => shape::of(schema),
        Takes::Text(_) => shape::text(),
        _ => json!({}),
    };
    let content: Map<String, Value> = takes
        .media_types()
        .iter()
        .map(|media_type| ((*media_type).to_owned(), json!({ "schema": schema })))
        .collect();
    Some(json!({ "required": true, "content": content }))
}

fn responses(route: &Route) -> Value {
    let success = json!({
        "description": success(route.gives),
        "content": content(route.gives),
        "headers": headers(route.gives),
    });
    let success = without_empty(success);
    let problem = json!({ "$ref": "#/components/responses/Problem" });
    json!({ route.status.to_string(): success, "default": problem })
}

fn success(gives: Gives) -> &'static str {
    match gives {
        Gives::Nothing => "Done",
        Gives::Json(_) => "The thing asked for",
        Gives::List(_) => "All there are",
        Gives::Page(_) => "One page",
        Gives::Text => "A text",
        Gives::Octets => "A file, streamed",
        Gives::Events(_) => "Events as they happen; a comment is a sign of life",
    }
}

fn content(gives: Gives) -> Value {
    let (media_type, schema) = match gives {
        Gives::Nothing => return json!({}),
        Gives::Json(name) => ("application/json", shape::of(name)),
        Gives::List(name) | Gives::Page(name) => ("application/json", shape::list(shape::of(name))),
        Gives::Text => ("text/plain", shape::text()),
        Gives::Octets => ("application/octet-stream", json!({})),
        Gives::Events(name) => ("text/event-stream", shape::of(name)),
    };
    json!({ media_type: { "schema": schema } })
}

fn headers(gives: Gives) -> Value {
    match gives {
        Gives::Page(_) => json!({ "Link": {
            "description": "`rel=\"next\"`: the next page (RFC 8288), where this one is full",
            "schema": { "type": "string" },
        } }),
        _ => json!({}),
    }
}

fn without_empty(mut object: Value) -> Value {
    if let Some(object) = object.as_object_mut() {
        object.retain(|_, value| *value != json!({}));
    }
    object
}

fn problem_response() -> Value {
    json!({
        "description": "Not done; `code` says why, and nothing is half-done",
        "content": { problem::MEDIA_TYPE: { "schema": shape::of("Problem") } },
    })
}

/// Every schema, each under the name that the table and other schemas use.
fn schemas() -> Map<String, Value> {
    [
        words::schemas(),
        record::schemas(),
        register::schemas(),
        keeping::schemas(),
        agreement::schemas(),
        people::schemas(),
        views::schemas(),
        group::schemas(),
        deed::schemas(),
    ]
    .into_iter()
    .flatten()
    .map(|(name, schema)| (name.to_owned(), schema))
    .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(members) => {
                let name = members.get("$ref").and_then(Value::as_str);
                found.extend(name.map(ToOwned::to_owned));
                members
                    .values()
                    .for_each(|member| references(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }

    #[test]
    fn the_document_and_the_table_have_the_same_routes() {
        let document: Value = serde_json::from_str(&openapi()).unwrap();
        let written: BTreeSet<_> = document["paths"]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(path, verbs)| {
                let verbs = verbs.as_object().unwrap().iter();
                verbs.map(move |(verb, operation)| {
                    let scope = operation["x-scope"].as_str().unwrap().to_owned();
                    (path.clone(), verb.to_uppercase(), scope)
                })
            })
            .collect();
        let declared: BTreeSet<_> = routes()
            .iter()
            .map(|r| {
                let (verb, need) = (r.verb().as_str(), r.need().as_str());
                (r.path().to_owned(), verb.to_owned(), need.to_owned())
            })
            .collect();
        assert_eq!(written, declared);
    }

    #[test]
    fn every_schema_is_used_and_every_reference_leads_somewhere() {
        let document = document();
        let mut used = BTreeSet::new();
        references(&document, &mut used);
        let there: BTreeSet<_> = document["components"]["schemas"]
            .as_object()
            .unwrap()
            .keys()
            .map(|name| format!("#/components/schemas/{name}"))
            .chain(["#/components/responses/Problem".to_owned()])
            .collect();
        assert_eq!(used, there);
    }

    #[test]
    fn no_schema_is_defined_twice() {
        let lists = [
            words::schemas(),
            record::schemas(),
            register::schemas(),
            keeping::schemas(),
            agreement::schemas(),
            people::schemas(),
            views::schemas(),
            group::schemas(),
            deed::schemas(),
        ];
        let count: usize = lists.iter().map(Vec::len).sum();
        assert_eq!(schemas().len(), count);
    }

    #[test]
    fn the_parts_of_paths_are_known() {
        let parts: BTreeSet<_> = routes().iter().flat_map(Route::parts).collect();
        assert_eq!(
            parts,
            BTreeSet::from(["channel", "hash", "id", "n", "object", "officer", "party"])
        );
    }

    #[test]
    fn every_operation_says_what_it_does() {
        for route in routes() {
            assert!(
                !route.operation.is_empty() && !route.summary.is_empty(),
                "{}",
                route.path
            );
        }
    }
}
