//! Topics: the list, the form, and one that is sealed or shown.

use super::super::object::samples::{sealed, shown, talk};
use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let row = |_| super::super::super::keeping::Row {
        href: "/group/ma-be-gmmp".to_owned(),
        title: content.line.clone(),
        detail: content.line.clone(),
        tags: vec![(p.t("group-verdict-diverge"), "stop")],
    };
    let strand = |strand: &Strand| {
        let rows = content.many(row);
        (p.word("group-strand", strand), strand.as_str(), rows)
    };
    let list = List {
        p: p.clone(),
        tabs: tabs(p, &channel, "/topics"),
        speaks: true,
        new: "/group/ma-be-gmmp/topics/new".to_owned(),
        strands: Strand::ALL
            .iter()
            .filter(|_| content.rows > 0)
            .map(strand)
            .collect(),
    };
    let writing = Writing {
        p: p.clone(),
        tabs: tabs(p, &channel, "/topics"),
        action: "/group/ma-be-gmmp/topics/new".to_owned(),
        fields: texts::fields(p, None),
        strands: follow::words(p, "group-strand", Strand::ALL, None),
    };
    let mut all = vec![
        sample("group/topics", &list),
        sample("group/topic-form", &writing),
    ];
    for shown in [true, false] {
        all.push(sample("group/topic", &topic(p, content, shown)));
    }
    all
}

fn topic(p: &Page, content: &Content, revealed: bool) -> Shows {
    let channel = "ma-be-gmmp".parse().unwrap();
    let assessment = Assessment {
        likelihood: Likelihood::Likely,
        impact: Impact::Severe,
        trend: Trend::Falling,
        reasons: Texts::titled(p.lang, "raisons".parse().unwrap()),
    };
    let [likelihood, impact, trend] = said(p, &assessment);
    let views = [("ours", &assessment), ("theirs", &assessment)];
    let view = |_| View {
        by: sealed(p, content),
        likelihood: likelihood.clone(),
        impact: impact.clone(),
        trend: trend.clone(),
        reasons: vec![shown(content)],
    };
    let verdict = || {
        (
            p.t("group-verdict-diverge"),
            p.t("group-verdict-why-diverge"),
            true,
        )
    };
    Shows {
        p: p.clone(),
        tabs: tabs(p, &channel, "/topics"),
        title: content.line.clone(),
        place: "/group/ma-be-gmmp/topics/ma.interior~01".to_owned(),
        version: 2,
        strand: p.t("group-strand-security"),
        texts: content.many(|_| shown(content)),
        round: Round {
            number: content.rows as u32,
            sealed: content.many(|_| sealed(p, content)),
            waits: content.many(|_| content.line.clone()),
            may_seal: true,
            may_reveal: !revealed,
            ours: (!revealed).then(|| {
                let reasons = vec![shown(content)];
                (likelihood.clone(), impact.clone(), trend.clone(), reasons)
            }),
            views: content.many(view),
            scales: scales(p, views.into_iter().filter(|_| revealed)),
            verdict: content.some(verdict).filter(|_| revealed),
        },
        speaks: true,
        moves: vec![("closed", p.t("group-topic-move-closed"))],
        likelihoods: follow::words(p, "group-likelihood", Likelihood::ALL, None),
        impacts: follow::words(p, "group-impact", Impact::ALL, None),
        trends: follow::words(p, "group-trend", Trend::ALL, None),
        talk: talk(p, content),
    }
}
