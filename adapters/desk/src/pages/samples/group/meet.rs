//! The second look.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let caution = Caution {
        p: p.clone(),
        action: "/group/ma-be-gmmp/items/new".to_owned(),
        found: content.many(|_| content.line.clone()),
        fields: content.many(|n| (format!("title-{n}"), content.text.clone())),
    };
    vec![sample("group/caution", &caution)]
}
