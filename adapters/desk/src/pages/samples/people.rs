//! People, one person old and new, and the link that is shown once.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let line = || content.line.clone();
    let row = |n: usize| Row {
        officer: format!("o-{n}"),
        name: line(),
        function: line(),
        roles: line(),
        enrolled: n.is_multiple_of(2),
        suspended: n.is_multiple_of(3),
        seen: n.is_multiple_of(2).then(|| p.at(&p.now)),
    };
    let group = |n: usize| Group {
        unit: line(),
        rows: match n {
            0 => Vec::new(),
            _ => content.many(row),
        },
    };
    let people = People {
        groups: content.many(group),
        p: p.clone(),
    };
    let link = Link {
        officer: line(),
        href: format!("http://{}/setup/0f", content.line),
        p: p.clone(),
    };
    vec![
        sample("people", &people),
        sample("person", &person(p, content, true)),
        sample("person", &person(p, content, false)),
        sample("link", &link),
    ]
}

fn person(p: &Page, content: &Content, new: bool) -> Form {
    let choices = || content.many(|n| (content.line.clone(), content.line.clone(), n == 0));
    Form {
        new,
        officer: "o-17".to_owned(),
        name: content.line.clone(),
        function: content.line.clone(),
        version: 7,
        suspended: !new,
        units: choices(),
        roles: choices(),
        langs: choices(),
        fault: content.some(|| content.text.clone()),
        p: p.clone(),
    }
}
