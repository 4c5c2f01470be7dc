//! The register, before it is asked and after.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let register = |asked| Register {
        why: content.line.clone(),
        purposes: choices(content),
        deeds: choices(content),
        outcomes: choices(content),
        grounds: choices(content),
        parties: choices(content),
        texts: Texts {
            officer: content.line.clone(),
            code: content.line.clone(),
            record: content.line.clone(),
            from: "2026-01-01".to_owned(),
            until: String::new(),
        },
        asked,
        rows: content.many(|n| act(p, content, n)),
        size: content.rows as u64,
        next: content.some(|| 1),
        fault: content.some(|| content.text.clone()),
        p: p.clone(),
    };
    vec![
        sample("register", &register(false)),
        sample("register", &register(true)),
    ]
}

fn choices(content: &Content) -> Vec<Choice> {
    content.many(|n| (format!("v-{n}"), content.line.clone(), n == 1))
}

fn act(p: &Page, content: &Content, n: usize) -> Row {
    Row {
        index: n as u64,
        time: p.at(&p.now),
        machine: p.machine(&p.now),
        who: Who {
            name: content.line.clone(),
            id: content.some(|| "rabat-agent · liaison".to_owned()),
        },
        deed: p.word("deed", Deed::Consult),
        what: content.line.clone(),
        href: (n > 0).then(|| "/keeping/ma.interior/01".to_owned()),
        to: content.line.clone(),
        why: content.text.clone(),
        refused: n.is_multiple_of(2),
        codes: content.many(|_| ("E_PURPOSE".to_owned(), content.line.clone())),
        erased: n.is_multiple_of(3),
    }
}
