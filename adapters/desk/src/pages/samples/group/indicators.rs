//! The catalogue, and one indicator with its series.

use super::super::chart::Bar;
use super::super::object::samples::{panel, sealed, shown, talk};
use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let row = |n: usize| Row {
        href: "/group/ma-be-gmmp".to_owned(),
        title: content.line.clone(),
        code: "gmmp-01".to_owned(),
        unit: content.line.clone(),
        last: (n == 0).then(|| ("120".to_owned(), p.day("2024-10-15"))),
        target: (n == 0).then(|| "200".to_owned()),
        tags: vec![(p.t("group-observed-contested"), "stop")],
    };
    let list = List {
        p: p.clone(),
        tabs: tabs(p, &channel, "/indicators"),
        speaks: true,
        new: "/group/ma-be-gmmp/indicators/new".to_owned(),
        rows: content.many(row),
        next: content.some(|| "/group/ma-be-gmmp/indicators?after=x".to_owned()),
    };
    let shows = Shows {
        p: p.clone(),
        tabs: tabs(p, &channel, "/indicators"),
        title: content.line.clone(),
        place: "/group/ma-be-gmmp/indicators/ma.interior~01".to_owned(),
        change: "/group/ma-be-gmmp/objects/ma.interior~01/change".to_owned(),
        version: 4,
        unit: content.line.clone(),
        agree: panel(p, content, true),
        talk: talk(p, content),
        chart: content.some(|| drawn(content)),
        values: content.many(|n| said(p, content, n)),
        total: content.some(|| "120.5".to_owned()),
        from_parts: content.some(|| "119".to_owned()),
        partial: content.some(|| (2, 3)),
        parts: content.many(|_| ("/group".to_owned(), content.line.clone())),
        speaks: true,
        changes: true,
    };
    vec![
        sample("group/indicators", &list),
        sample("group/indicator", &shows),
    ]
}

fn drawn(content: &Content) -> Chart {
    let bar = |n: usize| Bar {
        class: ["validated", "preliminary", "contested"][n % 3],
        x: n as u64 * 16,
        y: 40,
        width: 12,
        height: 100,
        middle: n as u64 * 16 + 6,
        title: content.line.clone(),
        said: Some("120".to_owned()),
        label: Some("2024-10".to_owned()),
        target: Some(30),
    };
    Chart {
        width: 640,
        height: 248,
        zero: 224,
        foot: 242,
        bars: content.many(bar),
        aim: Some(30),
    }
}

fn said(p: &Page, content: &Content, number: usize) -> Value {
    Value {
        number,
        from: p.day("2024-01-01"),
        until: p.day("2024-12-31"),
        target: None,
        actual: Some("1215".to_owned()),
        source: content.line.clone(),
        by: sealed(p, content),
        party: "be.interior".to_owned(),
        record: "0".repeat(32),
        standing: p.t("group-observed-contested"),
        tone: "stop",
        doubts: Doubt::ALL
            .iter()
            .map(|doubt| p.word("group-doubt", doubt))
            .collect(),
        cells: content.many(|n| CellRow {
            sex: p.t("group-sex-female"),
            age: "18–24".to_owned(),
            region: content.line.clone(),
            value: n.to_string(),
            small: true,
        }),
        texts: vec![shown(content)],
        judged: vec![(
            p.t("group-observed-contested"),
            "stop",
            sealed(p, content),
            vec![shown(content)],
        )],
        may_judge: true,
    }
}
