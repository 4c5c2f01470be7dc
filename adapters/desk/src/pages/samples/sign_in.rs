//! Signing in, and finding again what was typed.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let account = |_: usize| Account {
        officer: content.line.clone(),
        name: content.line.clone(),
        function: content.line.clone(),
        roles: content.line.clone(),
        password: content.line.clone(),
        code: "123456".to_owned(),
    };
    let group = |kind: &str| Group {
        title: p.t(&format!("demo-group-{kind}")),
        people: content.many(account),
    };
    let groups = content.some(|| vec![group("cases"), group("watch"), group("node")]);
    let form = Form {
        name: content.line.clone(),
        to: "/today".to_owned(),
        kept: content.text.clone(),
        fault: content.some(|| content.line.clone()),
        accounts: groups.unwrap_or_default(),
        p: p.clone(),
    };
    let resume = Resume {
        to: "/drafts/1".to_owned(),
        fields: content.many(|_| (content.line.clone(), content.text.clone())),
        p: p.clone(),
    };
    vec![sample("sign-in", &form), sample("resume", &resume)]
}
