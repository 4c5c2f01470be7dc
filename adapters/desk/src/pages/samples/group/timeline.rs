//! Commitments along time.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let line = |n: usize| Line {
        entry: super::super::follow::samples::entry(p, content, n),
        text_at: n as u32 * STEP + 14,
        at: n as u32 * STEP + 28,
        from: 20,
        length: 200,
        class: "late",
        due_x: 220,
        old: vec![(100, p.day("2024-10-15")), (120, p.day("2024-11-15"))],
    };
    let shows = Shows {
        p: p.clone(),
        tabs: tabs(p, &channel, "/commitments"),
        bar: super::super::follow::samples::bar(p, content, "/timeline"),
        figure: Figure {
            width: WIDTH,
            height: 400,
            start: 0,
            today: 300,
            today_word: p.ta("group-today", &p.day("2024-10-15")),
            ends: (p.day("2024-01-01"), p.day("2025-01-01")),
        },
        rows: content.many(line),
    };
    vec![sample("group/timeline", &shows)]
}
