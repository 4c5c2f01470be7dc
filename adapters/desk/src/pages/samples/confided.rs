//! The confidential channel.

use super::*;
use crate::render::{Sample, sample};

pub(crate) fn all(p: &Page, content: &crate::render::Content) -> Vec<Sample> {
    let row = |_| Row {
        href: "/confided/01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        title: content.line.clone(),
        detail: content.text.clone(),
        tags: vec![(p.t("duty-confided"), "soon")],
    };
    let one = |closed: bool, opened: bool| One {
        id: "01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        version: 3,
        received: p.day(p.now.day()),
        closed,
        node_keys: closed && opened,
        ours: !closed,
        fault: content.some(|| content.line.clone()),
        content: opened.then(|| Content {
            from: content.line.clone(),
            text: content.text.clone(),
            steps: content.many(|_| (p.t("step-note"), content.text.clone())),
        }),
        others: content.many(|n| (format!("dpo-{n}"), content.line.clone())),
        p: p.clone(),
    };
    let all = All {
        has_key: false,
        open: content.many(row),
        closed: content.many(row),
        p: p.clone(),
    };
    let confide = Confide {
        people: content.many(|_| content.line.clone()),
        p: p.clone(),
    };
    vec![
        sample("confide", &confide),
        sample("confided", &all),
        sample("confided-one", &one(false, false)),
        sample("confided-one", &one(true, false)),
        sample("confided-one", &one(false, true)),
        sample("confided-one", &one(true, true)),
    ]
}
