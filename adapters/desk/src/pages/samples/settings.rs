//! What an administrator decides about the node.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let accent = |accent: &&'static str| (*accent, p.word("accent", accent), false);
    let settings = Form {
        names: p
            .languages()
            .into_iter()
            .map(|(lang, ..)| (words::own_name(lang), content.line.clone()))
            .collect(),
        accent: content.line.clone(),
        accents: ACCENTS.iter().map(accent).collect(),
        crest: content.line.clone(),
        capital: content.line.clone(),
        caveat: content.line.clone(),
        file_reference: content.text.clone(),
        zone: content.line.clone(),
        register_days: content.line.clone(),
        publisher: content.line.clone(),
        answer_days: content.line.clone(),
        rights_days: content.line.clone(),
        breach_days: content.line.clone(),
        fault: content.some(|| content.text.clone()),
        p: p.clone(),
    };
    vec![sample("settings", &settings)]
}
