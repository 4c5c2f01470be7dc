//! A proof, in its page and alone.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let body = || Body {
        place: "/records/ma.interior/01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        own: "ma.interior".to_owned(),
        partner: "be.interior".to_owned(),
        verified: p.ta("proof-verified", &p.at(&p.now)),
        facts: content.many(|n| (content.line.clone(), content.line.clone(), n == 0)),
        said: content.many(|_| content.line.clone()),
        path: content.many(|_| "0f".repeat(32)),
        checkpoint: content.text.clone(),
        command: content.line.clone(),
        p: p.clone(),
    };
    let page = Proof {
        sentence: content.line.clone(),
        back: "/cases/a~b#r-c".to_owned(),
        body: body(),
        p: p.clone(),
    };
    vec![sample("proof", &page), sample("proof-body", &body())]
}
