//! Tokens, with one that was just made.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let row = |n: usize| Row {
        id: format!("t-{n}"),
        name: content.line.clone(),
        scopes: content.many(|_| content.line.clone()),
        made: p.at(&p.now),
    };
    let tokens = Tokens {
        rows: content.many(row),
        secret: content.some(|| (content.line.clone(), "0f".repeat(32))),
        name: content.line.clone(),
        scopes: SCOPES
            .iter()
            .map(|(_, word)| (*word, p.word("scope", word), true))
            .collect(),
        fault: content.some(|| content.text.clone()),
        p: p.clone(),
    };
    vec![sample("tokens", &tokens)]
}
