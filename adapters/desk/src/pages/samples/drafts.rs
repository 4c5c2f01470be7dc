//! Writing: the choice, the form, the panel, the check, a conflict, what is too long.

use super::super::drafts_handed::{Conflict, TooLong};
use super::super::fields::{Choice, FieldView};
use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let kinds = || vec![("request", content.line.clone(), content.text.clone())];
    let write = Write {
        kinds: kinds(),
        p: p.clone(),
    };
    let conflict = Conflict {
        id: "1".to_owned(),
        version: 7,
        by: content.line.clone(),
        rows: content.many(|_| (content.line.clone(), content.text.clone(), String::new())),
        mine: content.many(|_| ("subject", content.text.clone())),
        p: p.clone(),
    };
    let long = TooLong {
        id: "1".to_owned(),
        fields: content.many(|_| (content.line.clone(), content.text.clone())),
        p: p.clone(),
    };
    vec![
        sample("write", &write),
        sample("draft", &edit(p, content)),
        sample("check", &check(p, content)),
        sample("panel", &panel(p, content)),
        sample("conflict", &conflict),
        sample("too-long", &long),
    ]
}

fn edit(p: &Page, content: &Content) -> Edit {
    let sections = sections(p, content);
    let faults = sections.iter().flat_map(|section| &section.fields);
    let faults = faults
        .filter(|field| field.fault.is_some())
        .map(|field| (format!("i-{}", field.name), content.line.clone()))
        .collect();
    Edit {
        id: "01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        version: 7,
        title: p.t("kind-request"),
        state: content.line.clone(),
        declined: content.some(|| content.text.clone()),
        faults,
        sections,
        files: files(content),
        refused: content.some(|| content.text.clone()),
        panel: panel(p, content),
        p: p.clone(),
    }
}

fn check(p: &Page, content: &Content) -> Check {
    Check {
        id: "1".to_owned(),
        version: 7,
        title: content.line.clone(),
        state: content.line.clone(),
        author: content.line.clone(),
        sections: sections(p, content),
        files: files(content),
        panel: panel(p, content),
        line: BeadLine::of_draft(p, &DraftState::Writing),
        decides: true,
        own: true,
        submits: true,
        releases: true,
        writes: true,
        differs: content.rows,
        p: p.clone(),
    }
}

/// One field of each shape, right and wrong.
fn sections(p: &Page, content: &Content) -> Vec<Section> {
    let shapes = [
        ("subject", "text"),
        ("text", "area"),
        ("link", "note"),
        ("review", "date"),
        ("persons", "number"),
        ("unit", "select"),
        ("to", "checks"),
        ("urgency", "radios"),
    ];
    let fields = shapes.into_iter().enumerate();
    let fields = fields.map(|(at, (name, shape))| FieldView {
        name,
        label: p.t(&format!("field-{name}")),
        hint: at.is_multiple_of(2).then(|| content.line.clone()),
        shape,
        value: content.text.clone(),
        options: vec![Choice {
            value: content.line.clone(),
            label: content.line.clone(),
            on: true,
        }],
        fault: content.some(|| content.line.clone()),
        changed: at.is_multiple_of(3),
        said: content.text.clone(),
    });
    vec![Section {
        id: "to",
        title: p.t("section-to"),
        why: p.t("section-to-why"),
        fields: fields.collect(),
    }]
}

fn files(content: &Content) -> Vec<File> {
    content.many(|_| File {
        token: "0".repeat(32),
        name: content.line.clone(),
        size: super::super::cases::size(5 << 20),
    })
}

fn panel(p: &Page, content: &Content) -> Panel {
    let rule = |effect: &'static str| Rule {
        effect,
        icon: "✕",
        word: p.t("effect-refuses"),
        sentence: "sentence",
        source: content.line.clone(),
        about: content.line.clone(),
    };
    Panel {
        class: content.line.clone(),
        openers: content.many(|n| Opener {
            party: content.line.clone(),
            unit: content.line.clone(),
            known: !n.is_multiple_of(4),
            kind: ["people", "nobody", "unpublished"][n % 3],
            roles: vec![p.word("role", "officer"), content.line.clone()],
            count: 3,
        }),
        rules: content.many(|_| rule("refuses")),
        passed: content.many(|_| rule("passes")),
        missing: content.rows,
        ready: "refused",
        ready_words: p.t("ready-refused"),
        p: p.clone(),
    }
}
