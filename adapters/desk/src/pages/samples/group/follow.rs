//! Commitments: list and board.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let list = List {
        p: p.clone(),
        tabs: tabs(p, &channel, "/commitments"),
        bar: bar(p, content, "/commitments"),
        speaks: true,
        new: "/group/ma-be-gmmp/commitments/new".to_owned(),
        rows: content.many(|n| entry(p, content, n)),
        next: content.some(|| "/group/ma-be-gmmp/commitments?after=x".to_owned()),
        first: content.some(|| "/group/ma-be-gmmp/commitments".to_owned()),
    };
    let column = |progress: &Progress| Shown {
        key: progress.as_str(),
        title: p.word("group-progress", progress),
        count: content.rows * 2,
        rows: content.many(|n| entry(p, content, n)),
        more: content.some(|| {
            (
                "/group/ma-be-gmmp/commitments".to_owned(),
                p.tn("group-more", 3),
            )
        }),
    };
    let flag = |flag: &Flag| {
        let href = "/group/ma-be-gmmp/board?flag=late".to_owned();
        (p.word("group-flag", flag), tone(*flag), content.rows, href)
    };
    let board = Shows {
        p: p.clone(),
        tabs: tabs(p, &channel, "/commitments"),
        bar: bar(p, content, "/board"),
        flags: Flag::ALL.iter().map(flag).collect(),
        columns: Progress::ALL.iter().map(column).collect(),
        empty: content.rows == 0,
    };
    vec![
        sample("group/commitments", &list),
        sample("group/board", &board),
    ]
}

/// The filter, with something chosen where there is content.
pub(crate) fn bar(p: &Page, content: &Content, here: &str) -> Bar {
    let channel = "ma-be-gmmp".parse().unwrap();
    let filter = Filter::default();
    let view = |(path, key): (&str, &str)| Tab {
        href: address(&channel, path, &filter, ""),
        label: p.t(key),
        here: path == here,
    };
    let parties = content.many(|_| ("ma.interior".to_owned(), content.line.clone(), false));
    Bar {
        views: VIEWS.into_iter().map(view).collect(),
        action: address(&channel, here, &filter, ""),
        fields: vec![
            select(p, "responsible", parties),
            select(p, "objective", objectives(p, Some(21))),
            select(
                p,
                "flag",
                words(p, "group-flag", Flag::ALL, Some(Flag::Late)),
            ),
        ],
        all: content.some(|| address(&channel, here, &filter, "")),
    }
}

/// A commitment as a line.
pub(crate) fn entry(p: &Page, content: &Content, n: usize) -> Entry {
    Entry {
        href: "/group/ma-be-gmmp/objects/ma.interior~01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        title: content.line.clone(),
        side: if n.is_multiple_of(2) {
            "ours"
        } else {
            "theirs"
        },
        party: content.line.clone(),
        due: p.day("2024-10-15"),
        machine: "2024-10-15".to_owned(),
        sector: p.word("group-sector", Sector::Social),
        progress: p.word("group-progress", Progress::UnderWay),
        flag: Some((p.word("group-flag", Flag::Late), "stop")),
    }
}
