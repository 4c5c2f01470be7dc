//! As much of JSON Schema (2020-12) as the document uses.

use serde_json::Value;

pub(crate) struct Document(Value);

impl Document {
    pub(crate) fn parse(text: &str) -> Self {
        Self(serde_json::from_str(text).unwrap())
    }

    /// Panics unless `value` is what the schema `name` says.
    pub(crate) fn check(&self, name: &str, value: &Value) {
        let schema = &self.0["components"]["schemas"][name];
        if let Err(why) = self.judge(schema, value) {
            panic!("not a {name}: {why} in {value:#}");
        }
    }

    /// Panics unless the answer is what the document says of the operation.
    pub(crate) fn check_answer(
        &self,
        path: &str,
        verb: &str,
        status: u16,
        kind: &str,
        body: &[u8],
    ) {
        let said = &self.0["paths"][path][verb]["responses"][status.to_string()];
        assert!(
            said.is_object(),
            "{verb} {path}: {status} is not in the document"
        );
        let Some(content) = said["content"].as_object() else {
            return assert!(body.is_empty(), "{verb} {path} has a body");
        };
        let (expected, shape) = content.iter().next().unwrap();
        if expected == "application/octet-stream" {
            return;
        }
        assert_eq!(kind.split(';').next().unwrap(), expected, "{verb} {path}");
        if expected == "application/json" {
            let value = serde_json::from_slice(body).unwrap();
            if let Err(why) = self.judge(&shape["schema"], &value) {
                panic!("{verb} {path}: {why} in {value:#}");
            }
        }
    }

    fn judge(&self, schema: &Value, value: &Value) -> Result<(), String> {
        if let Some(name) = schema["$ref"].as_str() {
            let target = self.0.pointer(name.trim_start_matches('#')).unwrap();
            return self
                .judge(target, value)
                .map_err(|why| format!("{name}: {why}"));
        }
        for list in ["anyOf", "oneOf"] {
            let Some(choices) = schema[list].as_array() else {
                continue;
            };
            let fitting = choices
                .iter()
                .filter(|s| self.judge(s, value).is_ok())
                .count();
            let good = fitting == 1 || (fitting > 1 && list == "anyOf");
            good.then_some(())
                .ok_or_else(|| format!("{fitting} choices fit {value}"))?;
        }
        self.judge_plain(schema, value)?;
        match value {
            Value::Object(members) => self.judge_object(schema, members),
            Value::Array(items) => self.judge_array(schema, items),
            _ => Ok(()),
        }
    }

    fn judge_plain(&self, schema: &Value, value: &Value) -> Result<(), String> {
        let is = |kind: &str| match kind {
            "string" => value.is_string(),
            "integer" => value.is_u64() || value.is_i64(),
            "boolean" => value.is_boolean(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            "null" => value.is_null(),
            other => panic!("type {other}"),
        };
        let kind = schema["type"].as_str();
        let listed = schema["enum"].as_array();
        let constant = schema.get("const");
        let at_least = schema["minimum"].as_i64();
        let number = value.as_i64().unwrap_or(i64::MAX);
        let good = kind.is_none_or(is)
            && listed.is_none_or(|listed| listed.contains(value))
            && constant.is_none_or(|constant| constant == value)
            && at_least.is_none_or(|least| !value.is_number() || number >= least);
        good.then_some(())
            .ok_or_else(|| format!("{value} is not {schema}"))
    }

    fn judge_object(
        &self,
        schema: &Value,
        members: &serde_json::Map<String, Value>,
    ) -> Result<(), String> {
        let required = schema["required"].as_array();
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            members
                .get(name)
                .ok_or_else(|| format!("{name} is missing"))?;
        }
        for (name, member) in members {
            let rest = &schema["additionalProperties"];
            match schema["properties"].get(name) {
                Some(schema) => self
                    .judge(schema, member)
                    .map_err(|e| format!("{name}: {e}"))?,
                None if *rest == false => return Err(format!("{name} is not in the schema")),
                None => self.judge(rest, member)?,
            }
            self.judge(&schema["propertyNames"], &Value::from(name.as_str()))?;
        }
        Ok(())
    }

    fn judge_array(&self, schema: &Value, items: &[Value]) -> Result<(), String> {
        let length = items.len() as u64;
        let least = schema["minItems"].as_u64().unwrap_or(0);
        let most = schema["maxItems"].as_u64().unwrap_or(u64::MAX);
        if !(least..=most).contains(&length) {
            return Err(format!("{length} items"));
        }
        let first = schema["prefixItems"].as_array();
        let first = first.map_or(&[][..], Vec::as_slice);
        items.iter().enumerate().try_for_each(|(position, item)| {
            self.judge(first.get(position).unwrap_or(&schema["items"]), item)
        })
    }
}

#[test]
fn the_judge_refuses() {
    let document = Document::parse(&passerelle_api::openapi());
    let line = |json: &str| {
        let schema = &document.0["components"]["schemas"]["NodeEvent"];
        document.judge(schema, &serde_json::from_str(json).unwrap())
    };
    let event = r#"{"party":"ma.interior","channel":"c","what":"receipted","up_to":7}"#;
    assert_eq!(line(event), Ok(()));
    for bad in [
        event.replace("receipted", "lost"),
        event.replace('7', "-7"),
        event.replace("up_to", "down_to"),
        event.replace(r#""channel":"c","#, ""),
        event.replace(r#""c""#, "1"),
    ] {
        assert!(line(&bad).is_err(), "{bad}");
    }
}

/// Every example stands in its schema, and the node reads it as what it is.
#[test]
fn examples_are_what_they_show() {
    let document = Document::parse(&passerelle_api::openapi());
    let schemas = document.0["components"]["schemas"].as_object().unwrap();
    let mut deeds = 0;
    for (name, schema) in schemas {
        let examples = schema["examples"].as_array();
        for example in examples.into_iter().flatten() {
            document.check(name, example);
        }
        let of_a_deed = name.starts_with("Deed") && name != "Deed";
        if of_a_deed {
            assert_eq!(examples.map(Vec::len), Some(1), "{name}");
        }
        for example in examples.into_iter().flatten().filter(|_| of_a_deed) {
            document.check("GroupDeed", example);
            let deed: passerelle_service::joint::Deed =
                serde_json::from_value(example.clone()).unwrap();
            assert_eq!(&serde_json::to_value(&deed).unwrap(), example, "{name}");
            deeds += 1;
        }
    }
    assert_eq!(deeds, 23);
    let choice = schemas["GroupDeed"]["oneOf"].as_array().unwrap();
    assert_eq!(choice.len(), deeds);
    let open = serde_json::json!({ "do": "window", "until": "2026-05-01", "more": 1 });
    assert!(document.judge(&schemas["GroupDeed"], &open).is_err());
}
