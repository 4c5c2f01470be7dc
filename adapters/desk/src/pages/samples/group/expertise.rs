//! Rooms of lists: expertise, and prevention with its narrower filter.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let row = |_| Row {
        href: "/group/ma-be-gmmp/objects/ma.interior~01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        title: content.line.clone(),
        detail: content.line.clone(),
        tags: vec![
            (p.t("group-stage-submitted"), tone(Stage::Submitted)),
            (p.t("learn-evaluation-due"), "late"),
        ],
    };
    let section = |kind: Kind| Section {
        key: kind.as_str(),
        title: p.t(&format!("learn-all-{kind}")),
        count: content.rows * 2,
        rows: content.many(row),
        more: content.some(|| p.tn("group-more", 3)),
    };
    let room = |here: &str, strands: &'static [Strand]| {
        let filter = Filter {
            sector: Some(Sector::Health),
            strands,
            ..Filter::default()
        };
        let lead = p.t("learn-expertise-lead");
        let actions = content.many(|_| ("/group".to_owned(), content.line.clone()));
        let sections = vec![section(Kind::Practice), section(Kind::Expert)];
        Room::new(p.clone(), &channel, here, lead, actions, sections, &filter)
    };
    vec![
        sample("group/learn", &room("/expertise", &[])),
        sample("group/learn", &room("/prevention", &[Strand::Prevention])),
    ]
}
