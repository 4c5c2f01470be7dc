//! The table of a group, and the choice of groups.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let row = |_| Row {
        href: "/group/ma-be-gmmp/objects/ma.interior~01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        title: content.line.clone(),
        detail: content.line.clone(),
        tags: vec![(p.t("group-waits-us"), "soon")],
    };
    let keys = [
        "to-sign",
        "to-verify",
        "late",
        "diverging",
        "they-sign",
        "recent",
    ];
    let section = |key: &&'static str| Section {
        key,
        title: p.t(&format!("group-{key}")),
        count: content.rows,
        rows: content.many(row),
        more: content.some(|| p.tn("group-more", 12)),
    };
    let table = Table {
        p: p.clone(),
        tabs: tabs(p, &channel, ""),
        channel: channel.to_string(),
        name: content.line.clone(),
        speaks: content.rows > 0,
        sections: keys.iter().map(section).collect(),
        empty: content.rows == 0,
    };
    let groups = Groups {
        p: p.clone(),
        rows: content.many(row),
    };
    vec![
        sample("group/table", &table),
        sample("group/groups", &groups),
    ]
}
