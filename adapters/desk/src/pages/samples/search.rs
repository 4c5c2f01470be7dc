//! Search, before and after.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let hit = |n: usize| Row {
        href: format!("/cases/ma.interior~{n}?at={n}#r-{n}"),
        subject: content.line.clone(),
        kind: content.line.clone(),
        party: content.line.clone(),
        time: p.at(&p.now),
        standing: None,
    };
    let page = |asked: bool| Search {
        text: content.line.clone(),
        why: content.line.clone(),
        kinds: vec![("request".to_owned(), content.line.clone(), true)],
        tlps: vec![("red".to_owned(), "TLP:RED".to_owned(), false)],
        purposes: content.many(|n| (n.to_string(), content.line.clone(), false)),
        parties: content.many(|n| (n.to_string(), content.line.clone(), n == 0)),
        from: content.line.clone(),
        until: "2026-11-28".to_owned(),
        asked,
        hits: content.many(hit),
        next: content.some(|| 7),
        fault: content.some(|| content.line.clone()),
        p: p.clone(),
    };
    vec![
        sample("search", &page(false)),
        sample("search", &page(true)),
    ]
}
