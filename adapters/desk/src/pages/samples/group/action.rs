//! A step, and the form of a new one.

use super::super::object::samples::{shown, talk};
use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let linked = |_| {
        let stage = p.t("group-stage-to-do");
        ("/group".to_owned(), content.line.clone(), stage)
    };
    let shows = Shows {
        p: p.clone(),
        tabs: tabs(p, &channel, "/commitments"),
        title: content.line.clone(),
        parent: content.some(|| ("/group".to_owned(), content.line.clone())),
        place: "/group/ma-be-gmmp/steps/ma.interior~01".to_owned(),
        version: 3,
        side: "ours",
        party: content.line.clone(),
        texts: content.many(|_| shown(content)),
        stage: p.t("group-stage-doing"),
        late: content.rows > 0,
        planned: p.day("2024-10-15"),
        revised: content.some(|| p.day("2024-11-15")),
        revised_machine: "2024-11-15".to_owned(),
        achieved: content.some(|| p.day("2024-11-14")),
        sector: p.t("group-sector-health"),
        after: content.many(linked),
        before: content.many(linked),
        moves: ["doing", "done", "cancelled"]
            .map(|to| (to, p.t(&format!("group-move-{to}"))))
            .into(),
        ours: true,
        talk: talk(p, content),
    };
    let writing = Writing {
        p: p.clone(),
        tabs: tabs(p, &channel, "/commitments"),
        action: "/group/ma-be-gmmp/commitments/ma.interior~01/steps".to_owned(),
        commitment: ("/group".to_owned(), content.line.clone()),
        fields: texts::fields(p, None),
        sectors: follow::words(p, "group-sector", Sector::ALL, None),
        siblings: content.many(|_| ("x".to_owned(), content.line.clone())),
    };
    vec![
        sample("group/step", &shows),
        sample("group/step-form", &writing),
    ]
}
