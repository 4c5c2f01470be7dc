//! A meeting, with everything or nothing of it.

use super::super::object::samples::{panel, sealed, talk};
use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let object = "ma.interior~01a20e9d74a4e4de3b9982d866381d22".to_owned();
    let place = format!("/group/ma-be-gmmp/meetings/{object}");
    let shows = Shows {
        p: p.clone(),
        tabs: tabs(p, &channel, "-"),
        title: content.line.clone(),
        kind: kind_word(p, Kind::Meeting),
        stage: p.t("group-stage-in-session"),
        channel: channel.to_string(),
        version: 4,
        speaks: content.rows > 0,
        clocks: content.some(|| content.line.clone()),
        steps: content
            .some(|| step_words(p, Stage::Ended))
            .into_iter()
            .collect(),
        absent: content.many(|_| content.line.clone()),
        in_session: content.rows > 0,
        agenda: content.many(|_| Line {
            id: object.clone(),
            href: format!("/group/ma-be-gmmp/objects/{object}"),
            title: content.line.clone(),
            detail: content.line.clone(),
            stage: p.t("group-stage-accepted"),
            tone: "calm",
            outcome: content.some(|| content.line.clone()),
            settles: true,
        }),
        allotted: 45,
        outcomes: vec![("decision", p.t("meet-outcome-decision"))],
        delegates: content.many(|_| Delegation {
            side: "ours",
            party: content.line.clone(),
            functions: content.many(|_| content.line.clone()),
        }),
        ours: content.text.clone(),
        papers: content.many(|_| Paper {
            name: content.line.clone(),
            size: p.tn("meet-kilobytes", 12),
            place: place.clone(),
            by: sealed(p, content),
        }),
        guests: content.many(|at| Guest {
            at,
            function: content.line.clone(),
            address: "secretariat@interieur.example".to_owned(),
            answer: p.t("meet-answer-accepted"),
            tone: "good",
        }),
        guests_version: 1,
        minutes: content.many(|_| (place.clone(), content.line.clone(), content.line.clone())),
        may_open_minutes: content.rows == 3,
        agree: panel(p, content, true),
        talk: talk(p, content),
        place,
        object,
    };
    vec![sample("group/meeting", &shows)]
}
