//! Results and indicators.

use super::xml::{Xml, opt, set};
use crate::{Baseline, Indicator, Measured, Outcome, Period, Reference, codes::Measure};

pub(super) fn result(xml: &mut Xml, it: &Outcome) {
    let head = [
        set("type", it.kind.code()),
        opt("aggregation-status", it.aggregates),
    ];
    xml.element("result", &head, |xml| {
        xml.element("title", &[], |xml| xml.narratives(&it.title));
        xml.worded("description", &it.description);
        references(xml, &it.references, "vocabulary-uri");
        for one in &it.indicators {
            indicator(xml, one);
        }
    });
}

fn references(xml: &mut Xml, all: &[Reference], uri: &'static str) {
    for one in all {
        let head = [
            set("vocabulary", &one.vocabulary),
            set("code", &one.code),
            opt(uri, one.uri.as_ref()),
        ];
        xml.empty("reference", &head);
    }
}

fn indicator(xml: &mut Xml, it: &Indicator) {
    let head = [
        set("measure", it.measure.code()),
        opt("ascending", it.ascending),
        opt("aggregation-status", it.aggregates),
    ];
    xml.element("indicator", &head, |xml| {
        xml.element("title", &[], |xml| xml.narratives(&it.title));
        xml.worded("description", &it.description);
        references(xml, &it.references, "indicator-uri");
        for one in it
            .baselines
            .iter()
            .filter(|one| says_something(&one.measured, &it.measure))
        {
            baseline(xml, one);
        }
        for one in &it.periods {
            period(xml, one, &it.measure);
        }
    });
}

fn baseline(xml: &mut Xml, it: &Baseline) {
    let head = [
        opt("iso-date", it.day),
        set("year", it.year),
        opt("value", it.measured.value),
    ];
    xml.element("baseline", &head, |xml| {
        parts(xml, &it.measured);
        xml.worded("comment", &it.measured.comment);
    });
}

fn period(xml: &mut Xml, it: &Period, measure: &Measure) {
    xml.element("period", &[], |xml| {
        xml.dated("period-start", it.start);
        xml.dated("period-end", it.end);
        for (name, all) in [("target", &it.targets), ("actual", &it.actuals)] {
            for one in all.iter().filter(|one| says_something(one, measure)) {
                xml.element(name, &[opt("value", one.value)], |xml| {
                    parts(xml, one);
                    xml.worded("comment", &one.comment);
                });
            }
        }
    });
}

fn parts(xml: &mut Xml, it: &Measured) {
    for place in &it.locations {
        xml.empty("location", &[set("ref", place)]);
    }
    for one in &it.dimensions {
        let head = [set("name", one.kind.name()), set("value", &one.value)];
        xml.empty("dimension", &head);
    }
}

/// A value that is missing is left out, and no filler stands in its place.
pub(crate) fn says_something(it: &Measured, measure: &Measure) -> bool {
    it.value.is_some() || *measure == Measure::Qualitative
}
