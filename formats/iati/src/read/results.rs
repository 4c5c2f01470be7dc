//! Results and indicators.

use super::{
    Reading, all,
    money::day_of,
    take::{must, optional, truth, worded},
};
use crate::{
    Baseline, Dimension, DimensionKind, Error, Fault, Indicator, Measured, Node, Outcome, Period,
    Reference, codes::Measure, read_day, write::results::says_something,
};

impl Reading {
    pub(super) fn result(&mut self, node: Node<'_>) -> Result<Outcome, Error> {
        let parts = ["title", "description", "reference", "indicator"];
        self.rest(
            node,
            &[&["@type", "@aggregation-status"][..], &parts].concat(),
        );
        Ok(Outcome {
            kind: must(node, "type")?.into(),
            aggregates: truth(node, "aggregation-status"),
            title: worded(node, "title"),
            description: worded(node, "description"),
            references: self.references(node, "vocabulary-uri")?,
            indicators: all(node, "indicator", |child| self.indicator(child))?,
        })
    }

    fn references(&mut self, node: Node<'_>, uri: &str) -> Result<Vec<Reference>, Error> {
        let with_at = format!("@{uri}");
        all(node, "reference", |child| {
            self.rest(child, &["@vocabulary", "@code", &with_at]);
            Ok(Reference {
                vocabulary: must(child, "vocabulary")?.to_owned(),
                code: must(child, "code")?.to_owned(),
                uri: optional(child, uri),
            })
        })
    }

    fn indicator(&mut self, node: Node<'_>) -> Result<Indicator, Error> {
        let parts = ["title", "description", "reference", "baseline", "period"];
        let known = ["@measure", "@ascending", "@aggregation-status"];
        self.rest(node, &[&known[..], &parts].concat());
        let measure = Measure::from(must(node, "measure")?);
        let baselines = all(node, "baseline", |child| self.baseline(child, &measure))?;
        Ok(Indicator {
            ascending: truth(node, "ascending"),
            aggregates: truth(node, "aggregation-status"),
            title: worded(node, "title"),
            description: worded(node, "description"),
            references: self.references(node, "indicator-uri")?,
            baselines: baselines.into_iter().flatten().collect(),
            periods: all(node, "period", |child| self.period(child, &measure))?,
            measure,
        })
    }

    fn baseline(&mut self, node: Node<'_>, measure: &Measure) -> Result<Option<Baseline>, Error> {
        self.rest(node, &[&["@year", "@iso-date"], MEASURED].concat());
        let Some(measured) = self.measured(node, measure) else {
            return Ok(None);
        };
        let year = must(node, "year")?.trim().parse();
        Ok(Some(Baseline {
            year: year.map_err(|_| Error::new(node.line(), Fault::Value("year")))?,
            day: node.attribute("iso-date").and_then(read_day),
            measured,
        }))
    }

    fn period(&mut self, node: Node<'_>, measure: &Measure) -> Result<Period, Error> {
        self.rest(node, &["period-start", "period-end", "target", "actual"]);
        let mut values = |name: &str| {
            let all = node.named(name).filter_map(|child| {
                self.rest(child, MEASURED);
                self.measured(child, measure)
            });
            all.collect()
        };
        Ok(Period {
            start: day_of(node, "period-start")?,
            end: day_of(node, "period-end")?,
            targets: values("target"),
            actuals: values("actual"),
        })
    }

    /// A value about a part of the people that we do not tell apart would look like one about
    /// all of them: it is left out as a whole. So is one that says nothing.
    fn measured(&mut self, node: Node<'_>, measure: &Measure) -> Option<Measured> {
        let number = node.attribute("value").map(str::parse);
        if number.as_ref().is_some_and(Result::is_err) {
            self.note(&format!("{}/@value", node.name()), 1);
        }
        let dimensions: Option<Vec<_>> = node.named("dimension").map(dimension).collect();
        let places = node.named("location");
        let locations: Option<Vec<_>> = places.map(|place| optional(place, "ref")).collect();
        let measured = dimensions
            .zip(locations)
            .map(|(dimensions, locations)| Measured {
                value: number.and_then(Result::ok),
                locations,
                dimensions,
                comment: worded(node, "comment"),
            });
        let kept = measured.filter(|measured| says_something(measured, measure));
        if kept.is_none() {
            self.note(node.name(), 1);
        }
        kept
    }
}

const MEASURED: &[&str] = &["@value", "location", "dimension", "comment"];

fn dimension(node: Node<'_>) -> Option<Dimension> {
    Some(Dimension {
        kind: DimensionKind::of(node.attribute("name")?)?,
        value: node.attribute("value")?.to_owned(),
    })
}
