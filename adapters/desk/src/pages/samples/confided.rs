//! The confidential channel.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let row = |_| Row {
        href: "/confided/01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        title: content.line.clone(),
        detail: content.text.clone(),
        tags: vec![(p.t("duty-confided"), "soon")],
    };
    let one = |closed: bool| One {
        id: "01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        version: 3,
        received: p.at(&p.now),
        from: content.line.clone(),
        text: content.text.clone(),
        closed,
        steps: content.many(|_| (p.t("step-note"), content.text.clone())),
        p: p.clone(),
    };
    let all = All {
        open: content.many(row),
        closed: content.many(row),
        p: p.clone(),
    };
    vec![
        sample("confide", &Confide { p: p.clone() }),
        sample("confided", &all),
        sample("confided-one", &one(false)),
        sample("confided-one", &one(true)),
    ]
}
