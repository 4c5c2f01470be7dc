//! Sessions of one's own and of others.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let row = |n: usize| Row {
        id: format!("{n:032x}"),
        officer: content.line.clone(),
        device: content.line.clone(),
        said: content.some(|| content.text.clone()),
        began: p.at(&p.now),
        used: p.at(&p.now),
        here: n == 0,
    };
    let group = |key| Group {
        title: p.t(key),
        rows: content.many(row),
    };
    let sessions = Sessions {
        groups: ["sessions-own", "sessions-others"].map(group).into(),
        p: p.clone(),
    };
    vec![sample("sessions", &sessions)]
}
