//! The form that brings programmes.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, _: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let import = Import {
        p: p.clone(),
        tabs: tabs(p, &channel, "/programmes"),
        action: "/group/ma-be-gmmp/programmes/import?csrf=x".to_owned(),
    };
    vec![sample("group/programmes-import", &import)]
}
