//! What may be told about JSON that could not be read: the place and our own field names, never
//! a value, which may be content of a record.

use http::StatusCode;
use serde_json::error::Category;

use crate::problem::Problem;

/// 400 with the place and the reason.
pub(super) fn problem(error: &serde_json::Error) -> Problem {
    let (code, why) = match error.classify() {
        Category::Data => ("E_JSON_SHAPE", shape(&error.to_string())),
        Category::Syntax => ("E_JSON", "is not valid JSON".to_owned()),
        Category::Eof => ("E_JSON", "ends too early".to_owned()),
        Category::Io => ("E_JSON", "could not be read".to_owned()),
    };
    let (line, column) = (error.line(), error.column());
    let detail = format!("the body {why} (line {line}, column {column})");
    Problem::new(StatusCode::BAD_REQUEST, code, detail)
}

/// The part of serde's message that only names what we expect.
fn shape(message: &str) -> String {
    let message = message.rsplit_once(" at line ").map_or(message, |(m, _)| m);
    let missing = ["missing field ", "duplicate field "];
    if missing.iter().any(|start| message.starts_with(start)) {
        return format!("has a {message}");
    }
    let strange = ["unknown field", "unknown variant", "invalid "];
    let kind = strange.iter().find(|start| message.starts_with(*start));
    match (kind, message.rsplit_once(", expected ")) {
        (Some(kind), Some((_, expected))) => {
            let kind = kind.strip_suffix(' ').unwrap_or(kind);
            format!("has an {kind} where we expect {expected}")
        }
        _ => "holds a value that is not valid".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use passerelle_model::Recipient;
    use serde_json::from_str;

    use super::*;

    fn detail(json: &str) -> String {
        let problem = problem(&from_str::<Vec<Recipient>>(json).unwrap_err());
        format!("{problem:?}")
    }

    #[test]
    fn names_of_ours_are_told() {
        assert!(detail(r#"[{"party":"ma.interior"}]"#).contains("missing field `unit`"));
        let strange = detail(r#"[{"party":"ma.interior","secret":"x"}]"#);
        assert!(
            strange.contains("unknown field where we expect `party` or `unit`"),
            "{strange}"
        );
        assert!(detail("[7]").contains("where we expect struct Recipient"));
    }

    #[test]
    fn values_of_theirs_are_not() {
        for json in [
            r#"[{"secret":1}]"#,
            r#"["secret"]"#,
            r#"["secret, expected secret"]"#,
            r#"[{"party":"secret","unit":"x"}]"#,
            r#"[{"party":"ma.interior","unit":{"secret":1}}]"#,
            r#""secret, expected at line 3""#,
            r#"{"secret"#,
        ] {
            let told = detail(json);
            assert!(!told.contains("secret"), "{json}: {told}");
            assert!(told.contains("E_JSON") && told.contains("line "), "{told}");
        }
    }
}
