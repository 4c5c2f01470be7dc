//! The public site: home, lists, items, a consultation, pages of words.

use super::answers::{Asked, Form, Said};
use super::face::{After, Face, Line, Text};
use super::items::{Item, Row, Shown};
use super::lists::{Home, List, Meeting, Words};
use crate::frame::Page;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let home = Home {
        f: face(p, content),
        communiques: lines(content),
        consultations: lines(content),
        progress: content.many(|n| (p.t("group-progress-agreed"), n)),
        meetings: content.many(|_| Meeting {
            kind: p.t("group-meeting-plenary"),
            day: p.day("2024-04-15"),
            machine: "2024-04-15".to_owned(),
            place: Some(content.line.clone()),
        }),
    };
    let list = List {
        f: face(p, content),
        heading: p.t("public-communiques"),
        empty: p.t("public-no-communiques"),
        rows: lines(content),
        newer: content.some(|| "/fr/communiques?page=1".to_owned()),
        older: content.some(|| "/fr/communiques?page=3".to_owned()),
    };
    let words = Words {
        f: face(p, content),
        heading: p.t("public-about"),
        body: content.many(|_| content.text.clone()),
    };
    let mut all = vec![
        sample("public/home", &home),
        sample("public/list", &list),
        sample("public/words", &words),
        sample("public/item", &item(p, content)),
    ];
    let asked = [false, true].map(|open| sample("public/consultation", &asked(p, content, open)));
    all.extend(asked);
    all
}

fn face(p: &Page, content: &Content) -> Face {
    Face {
        p: p.clone(),
        name: content.line.clone(),
        rest: "communiques/ma.interior~01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        data: "data.jsonld".to_owned(),
        description: content.line.clone(),
        iati: content.rows > 0,
    }
}

fn lines(content: &Content) -> Vec<Line> {
    content.many(|_| Line {
        href: "/fr/communiques/x".to_owned(),
        title: content.line.clone(),
        tag: "ar-MA",
        dir: "rtl",
        detail: content.line.clone(),
        tags: vec![(content.line.clone(), "good")],
    })
}

fn text(content: &Content) -> Text {
    Text {
        title: content.line.clone(),
        body: vec![content.text.clone()],
        tag: "nl",
        dir: "ltr",
        note: content.some(|| content.line.clone()),
    }
}

fn after(content: &Content) -> After {
    After {
        related: lines(content),
        address: "http://127.0.0.1:8602/fr/communiques/x".to_owned(),
        letter: "mailto:?subject=x&body=y".to_owned(),
    }
}

fn item(p: &Page, content: &Content) -> Item {
    let row = |_| Row {
        period: p.day("2024-04-15"),
        part: content.line.clone(),
        target: p.t("public-none"),
        actual: p.tn("public-hidden", 10),
        standing: p.t("public-value-contested"),
        tone: "stop",
    };
    Item {
        f: face(p, content),
        above: p.t("public-communique"),
        tags: content.many(|_| (content.line.clone(), "late")),
        text: text(content),
        facts: content.many(|_| (p.t("public-since"), content.line.clone())),
        indicators: content.many(|_| Shown {
            title: content.line.clone(),
            tag: "ar-MA",
            dir: "rtl",
            detail: content.line.clone(),
            rows: content.many(row),
            total: content.some(|| "1215".to_owned()),
            partial: content.some(|| p.partial(2, 3)),
        }),
        file: content.some(|| "/iati/x.xml".to_owned()),
        after: after(content),
    }
}

fn asked(p: &Page, content: &Content, open: bool) -> Asked {
    Asked {
        f: face(p, content),
        state: p.t("public-consult-open"),
        tone: "good",
        text: text(content),
        facts: vec![(p.t("public-audience"), content.line.clone())],
        reply: content.some(|| text(content)),
        answers: content.many(|_| Said {
            organisation: content.line.clone(),
            tag: "ar-MA",
            dir: "rtl",
            body: vec![content.text.clone()],
        }),
        kept: p.tn("public-answer-kept", 90),
        form: open.then(|| Form {
            organisation: content.line.clone(),
            text: content.text.clone(),
        }),
        fault: content.some(|| p.t("public-fault-empty")),
        after: after(content),
    }
}
