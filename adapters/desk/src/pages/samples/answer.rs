//! Pages about what went wrong.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let page = |sentence: Option<String>| ErrorPage {
        p: p.clone(),
        code: "E_NOT_FOUND".to_owned(),
        happened: p.t("error-absent"),
        kept: p.t("error-kept-absent"),
        sentence,
        typed: content.many(|_| content.text.clone()),
    };
    vec![
        sample("error", &page(None)),
        sample("error", &page(content.some(|| content.text.clone()))),
    ]
}
