//! Forms of an indicator and of a value.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let writing = Writing {
        p: p.clone(),
        tabs: tabs(p, &channel, "/indicators"),
        action: "/group/ma-be-gmmp/indicators/new".to_owned(),
        heading: p.t("group-new-indicator"),
        lead: p.t("group-new-indicator-lead"),
        version: 0,
        fields: texts::fields(p, None),
        filled: Filled {
            code: "gmmp-01".to_owned(),
            unit: content.line.clone(),
            measures: follow::words(p, "group-measure", Measure::ALL, Some(Measure::Unit)),
            descending: true,
            aggregations: follow::words(p, "group-aggregation", Aggregation::ALL, None),
            year: "2023".to_owned(),
            baseline: "12".to_owned(),
            target: "200".to_owned(),
            parts: content.many(|_| ("x".to_owned(), content.line.clone(), true)),
        },
    };
    let observing = |numeric| Observing {
        p: p.clone(),
        tabs: tabs(p, &channel, "/indicators"),
        action: "/group/ma-be-gmmp/indicators/ma.interior~01/observe".to_owned(),
        version: 2,
        indicator: ("/group".to_owned(), content.line.clone()),
        unit: content.line.clone(),
        numeric,
        sexes: follow::words(p, "group-sex", Sex::ALL, None),
        lines: (1..=CELL_LINES).collect(),
    };
    vec![
        sample("group/indicator-form", &writing),
        sample("group/observe", &observing(true)),
        sample("group/observe", &observing(false)),
    ]
}
