//! Communiqués: the list, the form, one of them.

use super::super::object::samples as objects;
use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let (fields, embargo) = form(p, None, Some(p.now));
    let list = List {
        tabs: tabs(p, &channel, HERE),
        heading: p.t("group-communiques"),
        lead: p.t("group-communiques-lead"),
        empty: p.t("group-communiques-empty"),
        begin: content.many(|_| ("/group".to_owned(), p.t("group-new-communique"))),
        rows: content.many(|_| Row {
            href: "/group".to_owned(),
            title: content.line.clone(),
            detail: content.line.clone(),
            tags: vec![(p.t("group-communique-not-agreed"), "calm")],
        }),
        p: p.clone(),
    };
    let writing = Writing {
        tabs: tabs(p, &channel, HERE),
        action: "/group/ma-be-gmmp/communiques/new".to_owned(),
        heading: p.t("group-change-communique"),
        version: 1,
        fields,
        embargo,
        clock: content.line.clone(),
        p: p.clone(),
    };
    let shows = Shows {
        tabs: tabs(p, &channel, HERE),
        title: content.line.clone(),
        channel: "ma-be-gmmp".to_owned(),
        object: "ma.interior~01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        standing: p.ta("group-embargo-until", &p.at(&p.now)),
        tone: "soon",
        agree: objects::panel(p, content, true),
        talk: objects::talk(p, content),
        p: p.clone(),
    };
    vec![
        sample("group/public-list", &list),
        sample("group/communique-form", &writing),
        sample("group/communique", &shows),
    ]
}
