//! A breach: open, late, settled, closed.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let states = [(false, false), (true, false), (true, true)];
    let party = |n: usize| (format!("p{n}.interior"), content.line.clone());
    let breach = |(settled, closed): (bool, bool)| Breach {
        id: "01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        version: 7,
        title: content.line.clone(),
        known: p.at(&p.now),
        clock: (!settled).then(|| p.clock(p.now, "late")),
        late: !settled,
        settled,
        closed,
        untold: content.many(party),
        others: content.many(party),
        steps: content.many(|_| (p.t("step-note"), content.text.clone())),
        p: p.clone(),
    };
    states.map(|state| sample("breach", &breach(state))).into()
}
