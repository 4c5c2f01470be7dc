//! The matrix, by strand and by objective.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    [false, true]
        .map(|objectives| sample("group/matrix", &shows(p, content, objectives)))
        .into()
}

fn shows(p: &Page, content: &Content, objectives: bool) -> Shows {
    let channel = "ma-be-gmmp".parse().unwrap();
    let all = columns(objectives);
    let count = |n: usize| Count {
        side: if n == 0 { "ours" } else { "theirs" },
        party: content.line.clone(),
        commitments: n,
        programmes: n,
        href: "/group/ma-be-gmmp/commitments?sector=health".to_owned(),
    };
    let field = |across: &Across| Field {
        counts: content.many(count).into_iter().take(2).collect(),
        head: head(p, *across),
    };
    let row = |sector: &Sector| {
        let fields = all.iter().map(field).collect();
        (p.word("group-sector", sector), fields)
    };
    let said = || {
        let links = vec![("/group".to_owned(), content.line.clone()); 2];
        let mut said = Said::default();
        for _ in 0..content.rows {
            said.add(|| (p.ta("group-nobody", &content.line), links.clone()));
        }
        said
    };
    Shows {
        p: p.clone(),
        tabs: tabs(p, &channel, "/matrix"),
        views: views(p, &channel, objectives),
        heads: all.iter().map(|across| head(p, *across)).collect(),
        rows: Sector::ALL.iter().map(row).collect(),
        empty: content.rows == 0,
        overlaps: said(),
        gaps: said(),
        waits: said(),
    }
}
