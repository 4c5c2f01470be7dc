//! The form of each kind, empty.

use super::super::learn_object::SHOWS;
use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let id: ObjectRef = "ma.interior~01a20e9d74a4e4de3b9982d866381d22"
        .parse()
        .unwrap();
    let indicators = content.many(|_| (id.clone(), content.line.clone()));
    let form = |kind: Kind| {
        let mut form = Form {
            p: p.clone(),
            tabs: tabs(p, &channel, "-"),
            heading: p.t(&format!("learn-new-{kind}")),
            lead: p.t(&format!("learn-lead-{kind}")),
            action: format!("/group/ma-be-gmmp/learn/{kind}"),
            version: 3,
            parent: String::new(),
            texts: texts::fields(p, None),
            more: more(p, kind, None),
            fields: fields(p, kind, None, Some(Strand::Prevention), &indicators),
        };
        for field in &mut form.fields {
            field.value.clone_from(&content.line);
        }
        form
    };
    let all = SHOWS.into_iter();
    all.map(|kind| sample("group/learn-form", &form(kind)))
        .collect()
}
