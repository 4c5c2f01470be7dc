//! The register of processing.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let entry = |_| Entry {
        title: content.line.clone(),
        channel: content.line.clone(),
        missing: content.some(|| content.text.clone()),
        facts: content.many(|_| (p.t("processing-purposes"), vec![content.text.clone()])),
    };
    let whole = Processing {
        controller: content.line.clone(),
        file_reference: content.some(|| content.line.clone()),
        register_days: 3650,
        entries: content.many(entry),
        own: content.many(|_| Own {
            title: content.line.clone(),
            what: content.text.clone(),
            held: content.many(|_| content.line.clone()),
            limits: content.many(|_| content.line.clone()),
        }),
        p: p.clone(),
    };
    vec![sample("processing", &whole)]
}
