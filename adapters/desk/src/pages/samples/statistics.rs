//! Statistics with their figure, and without any.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let legend: Vec<_> = OUTCOMES
        .iter()
        .map(|(class, key)| (*class, p.t(key)))
        .collect();
    let stacks = content.many(|n| {
        let mut stack = Stack::new(content.line.clone());
        for (class, word) in &legend {
            stack.add(class, word, n as u64);
        }
        stack
    });
    let row = |n: usize| Row {
        partner: content.line.clone(),
        direction: p.word("asked", "sent"),
        urgency: content.line.clone(),
        numbers: (0..6).map(|_| (content.line.clone(), n as u64)).collect(),
        rate: percent(p, "statistics-percent-short", (n > 0).then_some(66)),
    };
    let statistics = Statistics {
        from: "2026-01".to_owned(),
        until: content.line.clone(),
        rates: content.many(|_| (p.word("asked", "received"), content.line.clone())),
        bars: Bars::new(&stacks, p.dir() == "rtl"),
        legend,
        rows: content.many(row),
        refusals: content.many(|n| {
            let line = || content.line.clone();
            (line(), line(), line(), n as u64)
        }),
        fault: content.some(|| content.text.clone()),
        p: p.clone(),
    };
    vec![sample("statistics", &statistics)]
}
