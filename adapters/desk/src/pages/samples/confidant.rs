//! The key for reports in confidence, before and after it is made.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let page = |made: bool| Confidant {
        since: made.then(|| p.day(p.now.day())),
        fault: content.some(|| content.line.clone()),
        p: p.clone(),
    };
    vec![
        sample("confidant", &page(false)),
        sample("confidant", &page(true)),
    ]
}
