//! A decision: offered by them, offered by us, agreed; and the form that offers one.

use super::super::agree::{
    Compared, Open, Paragraph, Past, PositionRow, Signature, Standard, TermRow,
};
use super::*;
use crate::render::{Content, Sample, sample};
use passerelle_model::Lang;

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let shows = |ours: bool| Shows {
        p: p.clone(),
        tabs: tabs(p, &channel, "-"),
        title: content.line.clone(),
        kind: kind_word(p, Kind::Decision),
        parent: content.some(|| ("/group".to_owned(), content.line.clone())),
        agree: panel(p, content, ours),
        talk: talk(p, content),
    };
    let writing = Writing {
        p: p.clone(),
        tabs: tabs(p, &channel, "-"),
        action: "/group/ma-be-gmmp/decisions/new".to_owned(),
        heading: p.t("group-new-decision"),
        lead: p.t("group-new-decision-lead"),
        version: 0,
        fields: texts::fields(p, None),
        strands: strands(p, Some(Strand::Migration)),
        effect: "2024-05-01".to_owned(),
    };
    let mut all: Vec<Sample> = [true, false]
        .map(|ours| sample("group/object", &shows(ours)))
        .into();
    all.push(sample("group/decision", &writing));
    all
}

/// A panel of agreement for the samples of every page that has one.
pub(crate) fn panel(p: &Page, content: &Content, ours: bool) -> Agree {
    let hash = "0".repeat(64);
    Agree {
        channel: "ma-be-gmmp".to_owned(),
        object: "ma.interior~01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        version: 3,
        agreed: content.some(|| Standard {
            hash: hash.clone(),
            versions: vec![shown(content)],
            terms: vec![(p.t("group-term-effect"), content.line.clone())],
            signatures: content.many(|_| sealed(p, content)),
            positions: content.many(|_| position(p, content)),
            missing: vec![(Lang::Nl, "Nederlands", "ltr")],
        }),
        open: content.some(|| Open {
            hash,
            by: sealed(p, content),
            ours,
            waits_for_us: !ours,
            waits_for: vec![content.line.clone()],
            withdrawn: !ours,
            compared: Some("group-amends"),
            texts: vec![Compared {
                tag: "ar-MA",
                dir: "rtl",
                language: "العربية",
                lines: ["same", "removed", "added"]
                    .map(|class| Paragraph {
                        class,
                        text: content.text.clone(),
                    })
                    .into(),
            }],
            terms: vec![TermRow {
                label: p.t("group-term-due"),
                before: Some(content.line.clone()),
                now: content.line.clone(),
            }],
            accepted: content.many(|_| sealed(p, content)),
            positions: content.many(|_| position(p, content)),
        }),
        past: content.many(|_| Past {
            standing: p.t("group-standing-rejected"),
            tone: "stop",
            by: sealed(p, content),
            title: content.line.clone(),
            reasons: vec![(content.line.clone(), vec![shown(content)])],
        }),
        breaches: content.many(|_| content.line.clone()),
        speaks: true,
    }
}

/// What is said beside a text.
pub(crate) fn talk(p: &Page, content: &Content) -> Talk {
    Talk {
        channel: "ma-be-gmmp".to_owned(),
        object: "ma.interior~01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        comments: content.many(|_| (sealed(p, content), shown(content))),
        ignored: content.many(|_| (sealed(p, content), content.line.clone())),
        note: content.text.clone(),
        note_version: 1,
        note_by: content.some(|| content.line.clone()),
        speaks: true,
    }
}

/// A signature.
pub(crate) fn sealed(p: &Page, content: &Content) -> Signature {
    Signature {
        side: "theirs",
        party: content.line.clone(),
        function: content.line.clone(),
        at: p.at(&p.now),
        machine: p.machine(&p.now),
        proof: "/records/be.interior/01a20e9d74a4e4de3b9982d866381d22/proof".to_owned(),
    }
}

/// A text in one language.
pub(crate) fn shown(content: &Content) -> Shown {
    Shown {
        tag: "nl",
        dir: "ltr",
        language: "Nederlands",
        title: content.line.clone(),
        body: vec![content.text.clone()],
        courtesy: Some(content.line.clone()),
    }
}

fn position(p: &Page, content: &Content) -> PositionRow {
    PositionRow {
        side: "ours",
        party: content.line.clone(),
        stance: p.t("group-stance-with-reservation"),
        tone: "soon",
        statement: vec![shown(content)],
    }
}
