//! Readings, and one of them.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let object = "/group/ma-be-gmmp/objects/ma.interior~01a20e9d74a4e4de3b9982d866381d22";
    let list = Readings {
        p: p.clone(),
        tabs: tabs(p, &channel, "/readings"),
        channel: channel.to_string(),
        speaks: content.rows > 0,
        rows: content.many(|_| Row {
            href: "/group/ma-be-gmmp/readings/1".to_owned(),
            title: content.line.clone(),
            detail: content.line.clone(),
            tags: vec![(p.tn("meet-reading-open", content.rows), "soon")],
        }),
    };
    let rows = |from: usize, nature: &str| {
        content.many(|n| {
            line(
                p,
                content,
                (from + n) as u32,
                nature,
                (n % 2 == 1).then(|| object.to_owned()),
            )
        })
    };
    let marks = content.many(|n| (content.text.clone(), Some(n as u32)));
    let shows = |taken: bool| Shows {
        p: p.clone(),
        tabs: tabs(p, &channel, "-"),
        place: "/group/ma-be-gmmp/readings/1".to_owned(),
        version: 1,
        title: content.line.clone(),
        tag: "ar-MA",
        dir: "rtl",
        speaks: !taken,
        warnings: vec![p.t("meet-warning-w-paper-hidden")],
        more: taken,
        blocks: vec![Block {
            heading: true,
            pieces: marks.clone(),
        }],
        left_out: content.many(|_| (content.line.clone(), p.t("meet-left-menu"))),
        meeting: Meeting {
            choices: choices(p, Choice::Accept),
            title: content.line.clone(),
            kinds: vec![("plenary".to_owned(), p.t("group-meeting-plenary"), true)],
            day: content.some(|| content.line.clone()),
            start: "2024-04-15T09:00".to_owned(),
            end: "2024-04-15T17:00".to_owned(),
            clocks: content.some(|| content.line.clone()),
            place: content.line.clone(),
            delegates: content.many(|_| (content.line.clone(), vec![content.line.clone()])),
            lacks: vec![p.t("meet-lacks-place")],
            taken: taken.then(|| object.to_owned()),
        },
        topics: rows(0, "topic"),
        candidates: rows(100, "commitment"),
        remarks: rows(200, "statement"),
    };
    // Marks name the proposals that they lead to: in this sample the topics.
    vec![
        sample("group/readings", &list),
        sample("group/reading", &shows(false)),
        sample("group/reading", &shows(true)),
    ]
}

fn line(p: &Page, content: &Content, id: u32, nature: &str, taken: Option<String>) -> Line {
    let becomes =
        |(_, word): (Becomes, &str)| (word.to_owned(), p.word("group-kind", word), word == nature);
    Line {
        id,
        choices: choices(p, Choice::Open),
        becomes: BECOMES.map(becomes).into(),
        nature: p.word("meet-nature", nature),
        tone: "good",
        strength: content.some(|| p.t("meet-strength-agreed")),
        verb: content.line.clone(),
        sentence: content.text.clone(),
        title: content.line.clone(),
        text: content.text.clone(),
        strands: strands(p, None),
        sectors: meet::sectors(p, None),
        parties: content.many(|n| (format!("party-{n}"), content.line.clone(), n == 0)),
        function: content.line.clone(),
        due: "2024-12-31".to_owned(),
        missing: vec![p.t("meet-missing-date")],
        lacks: vec![p.t("meet-lacks-due")],
        accepted: true,
        mark: (id < 100).then_some(id),
        taken,
    }
}
