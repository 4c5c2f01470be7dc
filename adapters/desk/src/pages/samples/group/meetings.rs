//! The list of meetings, the form of one.

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
    let list = Meetings {
        p: p.clone(),
        tabs: tabs(p, &channel, "/meetings"),
        channel: channel.to_string(),
        speaks: content.rows > 0,
        next: content.many(row),
        past: content.many(row),
        backlog: content.many(row),
    };
    let form = Form {
        p: p.clone(),
        tabs: tabs(p, &channel, "-"),
        action: "/group/ma-be-gmmp/meetings/new".to_owned(),
        heading: p.t("meet-call"),
        lead: p.t("meet-call-lead"),
        version: 0,
        fields: texts::fields(p, None),
        kinds: vec![("plenary".to_owned(), p.t("group-meeting-plenary"), true)],
        start: "2024-04-15T10:00".to_owned(),
        end: "2024-04-15T12:00".to_owned(),
        place: content.line.clone(),
        clocks: content.some(|| (content.line.clone(), content.line.clone())),
        items: content.many(|n| Choice {
            id: format!("ma.interior~{n}"),
            title: content.line.clone(),
            detail: content.line.clone(),
            chosen: n == 0,
            order: "1".to_owned(),
        }),
        changes: content.rows > 0,
    };
    vec![
        sample("group/meetings", &list),
        sample("group/meeting-form", &form),
    ]
}
