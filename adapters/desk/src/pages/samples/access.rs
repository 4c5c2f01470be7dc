//! The table of who opens what.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let row = |n: usize| {
        let key = format!("unit-{n}/class");
        let boxes = openers(Side::Group).map(|role| {
            let value = format!("{key}/{role}");
            (value, content.line.clone(), n == 0, role.opens_records())
        });
        Row {
            boxes: boxes.collect(),
            unit: content.line.clone(),
            class: content.line.clone(),
            decided: n.is_multiple_of(2),
            people: u32::try_from(n).unwrap(),
            key,
        }
    };
    let access = Access {
        version: 7,
        roles: openers(Side::Group)
            .map(|role| p.word("role", role))
            .collect(),
        rows: content.many(row),
        published: content.some(|| content.line.clone()),
        fault: content.some(|| content.text.clone()),
        p: p.clone(),
    };
    vec![sample("access", &access)]
}
