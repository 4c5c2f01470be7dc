//! A data subject's request at each of its steps.

use super::*;
use crate::pages::inspection::samples::record_of;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let party = |n: usize| (format!("p{n}.interior"), content.line.clone());
    let request = |identified: bool, awaited: bool, answered: bool| Request {
        id: "01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        version: 7,
        subject: content.line.clone(),
        kind: p.word("right", "access"),
        received: "2026-01-31".to_owned(),
        clock: (!answered).then(|| p.clock(p.now, "late")),
        late: !answered,
        answer: answered.then(|| p.word("answer", "neither-nor")),
        identified,
        awaited: match awaited {
            true => content.many(party),
            false => Vec::new(),
        },
        partners: content.many(party),
        answers: ANSWERS
            .iter()
            .map(|(_, held)| (*held, p.word("answer", held)))
            .collect(),
        steps: content.many(|_| (p.t("step-note"), content.text.clone())),
        records: content.many(|n| record_of(p, content, n)),
        third: content.line.clone(),
        parties: content.many(party),
        accesses: content.many(|n| AccessRow {
            id: format!("01a20e9d74a4e4de3b9982d866381d2{n}"),
            authority: content.line.clone(),
            state: p.t("inspection-over"),
            lasts: n == 0,
            holder: (n != 1).then(|| (content.line.clone(), content.text.clone())),
            opened: content.text.clone(),
        }),
        p: p.clone(),
    };
    let given = Given {
        id: "01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        authority: content.line.clone(),
        holder: content.line.clone(),
        until: p.at(&p.now),
        code: "01a2-00".to_owned(),
        key: crate::pages::setup::samples::enrolled(),
        p: p.clone(),
    };
    vec![
        sample("inspection-code", &given),
        sample("request", &request(false, false, false)),
        sample("request", &request(true, true, false)),
        sample("request", &request(true, false, false)),
        sample("request", &request(true, false, true)),
    ]
}
