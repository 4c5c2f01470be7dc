//! A request of ours with what fits it, and a thing of theirs.

use super::super::object::samples::{sealed, shown, talk};
use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    [true, false]
        .map(|ours| sample("group/learn-object", &page_of(p, content, ours)))
        .into()
}

fn page_of(p: &Page, content: &Content, ours: bool) -> Shows {
    let channel = "ma-be-gmmp".parse().unwrap();
    let place = "/group/ma-be-gmmp/objects/ma.interior~01a20e9d74a4e4de3b9982d866381d22";
    let row = || Row {
        href: place.to_owned(),
        title: content.line.clone(),
        detail: content.line.clone(),
        tags: vec![(p.t("group-stage-active"), "calm")],
    };
    let step = |stage: &Stage| Step {
        to: stage.as_str(),
        label: p.t(&format!("learn-step-{stage}")),
        graded: graded(Kind::Practice, *stage),
        asks: *stage == Stage::Clarify,
    };
    Shows {
        p: p.clone(),
        tabs: tabs(p, &channel, "-"),
        title: content.line.clone(),
        kind: kind_word(p, Kind::Request),
        parent: content.some(|| (place.to_owned(), content.line.clone())),
        place: place.to_owned(),
        version: 4,
        party: content.line.clone(),
        side: if ours { "ours" } else { "theirs" },
        stage: (p.t("group-stage-accepted"), "calm"),
        due: content.some(|| (p.ta("learn-evaluation-on", &content.line), "calm")),
        versions: vec![shown(content)],
        more: vec![(p.t("learn-transfer"), vec![shown(content)])],
        facts: content.many(|_| (p.t("learn-field-host"), content.line.clone())),
        links: vec![(p.t("learn-all-mission"), content.many(|_| row()))],
        recommendations: content.many(|n| Recommendation {
            versions: vec![shown(content)],
            href: format!("/group/ma-be-gmmp/commitments/new?from=x&n={n}"),
        }),
        reviews: content.many(|_| Reviewed {
            by: sealed(p, content),
            grade: p.tn("learn-grade-of", 4),
            versions: vec![shown(content)],
        }),
        steps: STEPS.iter().map(step).collect(),
        matches: content.many(|n| Fitting {
            id: n.to_string(),
            row: row(),
            reasons: REASONS
                .iter()
                .map(|reason| p.word("learn-reason", reason))
                .collect(),
            on: n == 0,
        }),
        chooses: ours,
        may_review: !ours,
        may_edit: ours,
        new_mission: ours.then(|| "/group/ma-be-gmmp/learn/mission".to_owned()),
        talk: talk(p, content),
    }
}

const REASONS: &[passerelle_service::joint::Reason] = passerelle_service::joint::Reason::ALL;
/// Every step that has a button.
const STEPS: [Stage; 19] = [
    Stage::Draft,
    Stage::Submitted,
    Stage::Reviewed,
    Stage::Published,
    Stage::ToRefresh,
    Stage::Clarify,
    Stage::Accepted,
    Stage::Declined,
    Stage::Matched,
    Stage::Delivered,
    Stage::Evaluated,
    Stage::Cancelled,
    Stage::Doing,
    Stage::Reported,
    Stage::Suspended,
    Stage::Active,
    Stage::Closed,
    Stage::Implementation,
    Stage::Finalisation,
];
