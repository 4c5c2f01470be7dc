//! No schema of the API and no view of the service carries a score, a rank or a prediction
//! (G11; Directive (EU) 2016/680, Article 11). There is no field for one about anything but the
//! topics of the joint group, so that there is none about a person.

use std::path::{Path, PathBuf};

use passerelle_api::openapi;
use serde_json::{Value, json};

/// Words, in singular and plural, that no field name holds.
const BANNED: [&str; 14] = [
    "score",
    "scoring",
    "rank",
    "ranking",
    "risk",
    "probability",
    "likelihood",
    "prediction",
    "predicted",
    "rating",
    "reputation",
    "dangerousness",
    "suspicion",
    "profile",
];

/// Whether one of the words of a name is banned: `risk_level`, `riskLevel` and `risk-level`
/// are, `frisk` is not.
fn banned(name: &str) -> bool {
    let mut spaced = String::new();
    for letter in name.chars() {
        match letter {
            'A'..='Z' => {
                spaced.push(' ');
                spaced.push(letter.to_ascii_lowercase());
            }
            'a'..='z' => spaced.push(letter),
            _ => spaced.push(' '),
        }
    }
    spaced.split(' ').any(|word| {
        let single = word.strip_suffix('s').unwrap_or(word);
        BANNED.contains(&word) || BANNED.contains(&single)
    })
}

/// Names of fields and parameters of a JSON Schema document that are banned.
fn found(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![document];
    while let Some(value) = open.pop() {
        let mut names: Vec<&str> = Vec::new();
        if let Some(properties) = value["properties"].as_object() {
            names.extend(properties.keys().map(String::as_str));
        }
        if value["in"].is_string() {
            names.extend(value["name"].as_str());
        }
        found.extend(
            names
                .into_iter()
                .filter(|name| banned(name))
                .map(str::to_owned),
        );
        match value {
            Value::Object(map) => open.extend(map.values()),
            Value::Array(list) => open.extend(list),
            _ => {}
        }
    }
    found
}

#[test]
fn the_document_has_no_score() {
    let made: Value = serde_json::from_str(&openapi()).unwrap();
    assert_eq!(found(&besides_topics(made)), [""; 0]);
    let path = root().join("docs/openapi.json");
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(found(&besides_topics(kept)), [""; 0]);
}

/// The one place that says how likely something is: what a party thinks of a topic of the joint
/// group, where there are no persons.
fn besides_topics(mut document: Value) -> Value {
    let place = "/components/schemas/GroupAssessment/properties";
    let fields = document.pointer_mut(place).unwrap();
    let gone = fields.as_object_mut().unwrap().remove("likelihood");
    assert!(gone.is_some(), "nothing to leave out");
    document
}

#[test]
fn a_score_would_be_found() {
    let schema = json!({
        "components": { "schemas": { "Person": {
            "properties": {
                "frisked": { "type": "boolean" },
                "more": { "anyOf": [{ "properties": { "riskLevel": { "type": "integer" } } }] },
            },
        } } },
        "paths": { "/v1/persons": { "get": {
            "parameters": [{ "in": "query", "name": "min-scores" }],
        } } },
    });
    let mut names = found(&schema);
    names.sort();
    assert_eq!(names, ["min-scores", "riskLevel"]);
}

/// Names of public fields in Rust sources.
fn fields(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter_map(|line| {
        let (name, _) = line.trim_start().strip_prefix("pub ")?.split_once(':')?;
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        name.chars().all(word).then_some(name)
    })
}

#[test]
fn no_view_of_the_service_has_one_either() {
    let mut folders = vec![root().join("service/src")];
    let (mut seen, mut wrong) = (0, Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            let names: Vec<&str> = fields(&source).collect();
            seen += names.len();
            let bad = names.into_iter().filter(|name| banned(name));
            wrong.extend(bad.map(|name| format!("{}: {name}", path.display())));
        }
    }
    assert!(seen > 200, "only {seen} fields were found");
    assert_eq!(wrong, [""; 0]);
    let bad = "/// How likely.\n    pub risk_score: u8,\n    pub fn rank(&self) -> u8 {";
    assert!(fields(bad).eq(["risk_score"]) && banned("risk_score"));
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
