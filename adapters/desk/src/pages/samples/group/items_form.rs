//! The form of an item.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let item = ItemForm {
        p: p.clone(),
        tabs: tabs(p, &channel, "-"),
        action: "/group/ma-be-gmmp/items/new".to_owned(),
        heading: p.t("meet-change-item"),
        lead: p.t("meet-change-item-agreed"),
        version: 1,
        minutes: 15,
        place: content.some(|| 2),
        changes: content.rows > 0,
        fields: texts::fields(p, None),
        strands: strands(p, None),
        sectors: meet::sectors(p, None),
        chairs: content.many(|n| (format!("party-{n}"), content.line.clone(), n == 0)),
    };
    vec![sample("group/item-form", &item)]
}
