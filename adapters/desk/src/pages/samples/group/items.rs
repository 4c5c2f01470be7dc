//! An item, and the forms of what follows from it.

use super::super::object::samples::{shown, talk};
use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let place = "/group/ma-be-gmmp/items/ma.interior~01a20e9d74a4e4de3b9982d866381d22";
    let row = |_| Row {
        href: place.to_owned(),
        title: content.line.clone(),
        detail: content.line.clone(),
        tags: vec![(p.t("group-waits-us"), "soon")],
    };
    let item = Shows {
        p: p.clone(),
        tabs: tabs(p, &channel, "-"),
        title: content.line.clone(),
        kind: kind_word(p, Kind::Item),
        stage: p.t("group-stage-proposed"),
        tone: "calm",
        place: place.to_owned(),
        version: 2,
        detail: content.line.clone(),
        chair: content.line.clone(),
        texts: content.many(|_| shown(content)),
        outcome: content.some(|| (p.t("meet-outcome-action"), vec![shown(content)])),
        change: content.some(|| format!("{place}/change")),
        replaced: content.some(|| (place.to_owned(), content.line.clone())),
        steps: vec![("deferred", p.t("meet-item-step-deferred"))],
        meetings: content.many(row),
        follows: content.many(row),
        talk: talk(p, content),
    };
    let form = |kind: Outcome| Form {
        p: p.clone(),
        tabs: tabs(p, &channel, "-"),
        action: format!("{place}/outcome"),
        heading: p.t("meet-record-decision"),
        lead: p.t("meet-record-decision-lead"),
        kind: kind.as_str(),
        meeting: "ma.interior~01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        item: (place.to_owned(), content.line.clone()),
        fields: texts::fields(p, None),
        strands: strands(p, None),
        sectors: meet::sectors(p, None),
        parties: content.many(|n| (format!("party-{n}"), content.line.clone(), n == 0)),
    };
    let mut all = vec![sample("group/item", &item)];
    let forms = [Outcome::Decision, Outcome::Action];
    all.extend(forms.map(|kind| sample("group/outcome", &form(kind))));
    all
}
