//! The minister's page.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let told = |_| Told {
        href: "/group/ma-be-gmmp".to_owned(),
        title: content.line.clone(),
        detail: content.line.clone(),
    };
    let section = |key: &'static str| Section {
        key,
        title: p.t(&format!("group-brief-{key}")),
        count: content.rows,
        lines: content.many(told),
        more: content.some(|| p.tn("group-more", 12)),
    };
    let keys = [
        "to-sign",
        "they-sign",
        "agreed",
        "fulfilled",
        "late",
        "disputed",
        "at-risk",
        "on-track",
        "diverging",
    ];
    let sections = keys.into_iter().filter(|_| content.rows > 0);
    let shows = Shows {
        p: p.clone(),
        tabs: tabs(p, &channel, "/briefing"),
        name: content.line.clone(),
        since: p.day("2024-04-15"),
        since_machine: "2024-04-15".to_owned(),
        meeting: content.some(|| ("/group".to_owned(), content.line.clone())),
        counts: counts(p, &Briefing::default()),
        sections: sections.map(section).collect(),
        next: content.some(|| ("/group".to_owned(), content.line.clone(), p.at(&p.now))),
        next_due: content.many(told),
    };
    vec![sample("group/briefing", &shows)]
}
