//! A consultation at each of its steps, its form, and the warning.

use super::super::object::samples as objects;
use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let writing = Writing {
        tabs: tabs(p, &channel, HERE),
        action: "/group/ma-be-gmmp/consultations/new".to_owned(),
        fields: texts::fields(p, None),
        strands: object::strands(p, None),
        from: "2024-03-15T12:00".to_owned(),
        until: "2024-04-15T12:00".to_owned(),
        clock: content.line.clone(),
        p: p.clone(),
    };
    let steps = [Some("open"), Some("close"), Some("answer"), None];
    let mut all: Vec<Sample> = steps
        .map(|may| sample("group/consultation", &shows(p, content, may)))
        .into();
    all.push(sample("group/consultation-form", &writing));
    all
}

fn shows(p: &Page, content: &Content, may: Option<&'static str>) -> Shows {
    let channel = "ma-be-gmmp".parse().unwrap();
    Shows {
        tabs: tabs(p, &channel, HERE),
        channel: "ma-be-gmmp".to_owned(),
        object: "ma.interior~01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        version: 2,
        title: content.line.clone(),
        state: p.t("public-consult-open"),
        tone: "good",
        facts: vec![(p.t("public-audience"), content.line.clone())],
        versions: content.many(|_| objects::shown(content)),
        reply: content.many(|_| objects::shown(content)),
        answers: content.many(|_| Told {
            organisation: content.line.clone(),
            tag: "ar-MA",
            dir: "rtl",
            text: content.text.clone(),
            by: p.at(&p.now),
        }),
        waiting: content.many(|n| Waiting {
            id: n.to_string(),
            organisation: content.line.clone(),
            at: p.at(&p.now),
            tag: "nl",
            dir: "ltr",
            pieces: vec![
                (content.text.clone(), None),
                (content.line.clone(), Some(p.t("group-mark-phone"))),
            ],
            marked: true,
        }),
        may,
        takes: true,
        reply_fields: match may {
            Some("answer") => texts::fields(p, None),
            _ => Vec::new(),
        },
        talk: objects::talk(p, content),
        p: p.clone(),
    }
}
