//! Every list with its file.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let line = |list: &GroupList| Line {
        name: list.as_str(),
        word: p.word("learn-list", list.as_str()),
        count: p.tn("learn-held", content.rows),
        columns: list.columns().join(", "),
    };
    let page = Tables {
        p: p.clone(),
        tabs: tabs(p, &channel, "/tables"),
        channel: channel.to_string(),
        lists: GroupList::ALL.iter().map(line).collect(),
        speaks: content.rows > 0,
    };
    vec![sample("group/tables", &page)]
}
