//! The form of a commitment.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let writing = Writing {
        p: p.clone(),
        tabs: tabs(p, &channel, "/commitments"),
        action: "/group/ma-be-gmmp/commitments/new".to_owned(),
        heading: p.t("group-new-commitment"),
        lead: p.t("group-new-commitment-lead"),
        version: 0,
        decision: String::new(),
        fields: texts::fields(p, None),
        filled: Filled {
            responsible: content.many(|_| ("ma.interior".to_owned(), content.line.clone(), true)),
            function: content.line.clone(),
            sectors: follow::words(p, "group-sector", Sector::ALL, None),
            strands: follow::words(p, "group-strand", Strand::ALL, Some(Strand::Diaspora)),
            objectives: follow::objectives(p, Some(19)),
            target: "10.7".to_owned(),
            due: "2024-10-15".to_owned(),
            indicators: content.many(|_| ("x".to_owned(), content.line.clone(), true)),
            public: true,
        },
    };
    vec![sample("group/commitment-form", &writing)]
}
