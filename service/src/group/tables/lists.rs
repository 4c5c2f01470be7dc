//! Each list as rows: its columns, and an object in them.

use passerelle_group::{
    CommitmentTerms, Facts, IndicatorTerms, Kind, Object, ObjectRef, Observation, Period, Revision,
    Terms,
};
use passerelle_model::PartyId;

use super::GroupList;
use super::cells::{Cells, text_columns};

/// What every list of objects begins with.
const HEAD: [&str; 4] = ["object", "party", "stage", "parent"];

impl GroupList {
    /// The kind of its objects.
    pub fn kind(self) -> Kind {
        match self {
            Self::Commitments => Kind::Commitment,
            Self::Actions => Kind::Action,
            Self::Items => Kind::Item,
            Self::Indicators | Self::Observations => Kind::Indicator,
            Self::Programmes => Kind::Programme,
            Self::Practices => Kind::Practice,
            Self::Experts => Kind::Expert,
            Self::Requests => Kind::Request,
            Self::Missions => Kind::Mission,
            Self::Topics => Kind::Topic,
            Self::Competences => Kind::Competence,
        }
    }

    /// Its columns, always these and in this order.
    pub fn columns(self) -> Vec<String> {
        let mut all: Vec<String> = match self {
            Self::Observations => vec!["object".to_owned()],
            _ => HEAD.map(str::to_owned).into(),
        };
        all.extend(self.own().iter().map(|column| (*column).to_owned()));
        all.extend(text_columns(""));
        match self {
            Self::Practices => all.extend(text_columns("transfer-")),
            Self::Missions => all.extend(
                passerelle_model::Lang::ALL
                    .iter()
                    .map(|lang| format!("recommendations-{lang}")),
            ),
            _ => {}
        }
        all
    }

    fn own(self) -> &'static [&'static str] {
        match self {
            Self::Commitments => &[
                "progress",
                "decision",
                "responsible",
                "function",
                "sector",
                "strand",
                "objective",
                "target",
                "due",
                "indicators",
                "public",
                "closure",
            ],
            Self::Actions => &["sector", "planned", "revised", "achieved", "after"],
            Self::Items => &["sector", "strand", "minutes"],
            Self::Indicators => &[
                "code",
                "unit",
                "measure",
                "ascending",
                "aggregation",
                "baseline-year",
                "baseline",
                "target",
                "parts",
            ],
            Self::Observations => &[
                "reporter", "record", "standing", "from", "until", "target", "actual", "source",
                "cells",
            ],
            Self::Programmes => &[
                "identifier",
                "partners",
                "sector",
                "strand",
                "code",
                "objectives",
                "countries",
                "from",
                "until",
                "budget",
                "currency",
                "instalments",
                "indicators",
                "public",
            ],
            Self::Practices => &[
                "sector", "strand", "audience", "evidence", "contact", "refresh",
            ],
            Self::Experts => &["sectors", "strands", "languages", "from"],
            Self::Requests => &["sector", "strand", "languages", "host", "until", "matched"],
            Self::Missions => &["functions", "from", "until"],
            Self::Topics => &["strand"],
            Self::Competences => &["organisation", "sectors", "languages", "until"],
        }
    }

    /// Columns that follow from others: written, never read.
    pub fn computed(self) -> &'static [&'static str] {
        match self {
            Self::Observations => &["standing"],
            _ => &["party", "progress"],
        }
    }
}

/// The row of an object; nothing where it says nothing yet.
pub(super) fn cells_of(object: &Object) -> Option<Cells> {
    let mut cells = match (latest(object), object.facts()) {
        (Some(revision), _) => of_revision(revision)?,
        (None, Some(facts)) => of_facts(facts.value()),
        (None, None) => return None,
    };
    cells
        .one("object", object.id())
        .one("party", &object.id().party);
    if object.kind() == Kind::Commitment {
        cells.one("progress", object.progress().value());
    }
    if !matches!(object.kind(), Kind::Commitment | Kind::Indicator) {
        cells.one("stage", object.stage());
    }
    cells.maybe("parent", object.parent());
    Some(cells)
}

/// What is agreed, else what was offered last.
pub(super) fn latest(object: &Object) -> Option<&Revision> {
    match object.agreed() {
        Some(agreed) => Some(agreed.value()),
        None => Some(object.offers().latest()?.revision()),
    }
}

pub(super) fn of_revision(revision: &Revision) -> Option<Cells> {
    let mut cells = Cells::default();
    match &revision.terms {
        Terms::Commitment(terms) => commitment(&mut cells, terms),
        Terms::Indicator(terms) => indicator(&mut cells, terms),
        _ => return None,
    }
    cells.texts("", Some(&revision.texts));
    Some(cells)
}

fn commitment(cells: &mut Cells, terms: &CommitmentTerms) {
    cells
        .maybe("decision", terms.decision.as_ref())
        .one("responsible", &terms.responsible)
        .one("function", &terms.function)
        .one("sector", terms.sector)
        .one("strand", terms.strand)
        .maybe("objective", terms.objective.as_ref())
        .maybe("target", terms.target.as_ref())
        .one("due", terms.due)
        .list("indicators", &terms.indicators)
        .truth("public", terms.public)
        .maybe("closure", terms.closure.as_ref());
}

fn indicator(cells: &mut Cells, terms: &IndicatorTerms) {
    cells
        .one("code", &terms.code)
        .one("unit", &terms.unit)
        .one("measure", terms.measure)
        .truth("ascending", terms.ascending)
        .one("aggregation", terms.aggregation)
        .maybe(
            "baseline-year",
            terms.baseline.as_ref().map(|(year, _)| year),
        )
        .maybe("baseline", terms.baseline.as_ref().map(|(_, value)| value))
        .maybe("target", terms.target.as_ref())
        .list("parts", &terms.parts);
}

pub(super) fn of_facts(facts: &Facts) -> Cells {
    let mut cells = Cells::default();
    cells.texts("", Some(facts.texts()));
    match facts {
        Facts::Action(it) => cells
            .one("sector", it.sector)
            .one("planned", it.planned)
            .maybe("revised", it.revised.as_ref())
            .maybe("achieved", it.achieved.as_ref())
            .list("after", &it.after),
        Facts::Item(it) => cells
            .maybe("sector", it.sector.as_ref())
            .one("strand", it.strand)
            .one("minutes", it.minutes),
        Facts::Topic { strand, .. } => cells.one("strand", strand),
        Facts::Programme(it) => programme(&mut cells, it),
        Facts::Practice(it) => cells
            .one("sector", it.sector)
            .one("strand", it.strand)
            .one("audience", &it.audience)
            .one("evidence", it.evidence)
            .one("contact", &it.contact)
            .one("refresh", it.refresh)
            .texts("transfer-", Some(&it.transfer)),
        Facts::Expert(it) => cells
            .list("sectors", &it.sectors)
            .list("strands", &it.strands)
            .list("languages", &it.languages)
            .maybe("from", it.from.as_ref()),
        Facts::Request(it) => cells
            .one("sector", it.sector)
            .one("strand", it.strand)
            .list("languages", &it.languages)
            .one("host", &it.host)
            .one("until", it.until)
            .list("matched", &it.matched),
        Facts::Mission(it) => cells
            .lines("functions", &it.functions)
            .one("from", it.from)
            .one("until", it.until)
            .many_texts("recommendations", &it.recommendations),
        Facts::Competence(it) => cells
            .one("organisation", &it.organisation)
            .list("sectors", &it.sectors)
            .list("languages", &it.languages)
            .one("until", it.until),
        // Consultations are no list of their own: they stand on the public site.
        Facts::Consultation(_) => &mut cells,
    };
    cells
}

fn programme<'a>(cells: &'a mut Cells, it: &passerelle_group::Programme) -> &'a mut Cells {
    let partner = |(name, role): &(passerelle_model::Name, passerelle_group::ProgrammeRole)| {
        format!("{role} {name}")
    };
    let partners: Vec<String> = it.partners.iter().map(partner).collect();
    let country = |(code, share): &(passerelle_model::Country, u8)| format!("{code} {share}");
    let countries: Vec<String> = it.countries.iter().map(country).collect();
    cells
        .one("identifier", &it.identifier)
        .lines("partners", &partners)
        .one("sector", it.sector)
        .one("strand", it.strand)
        .one("code", &it.code)
        .list("objectives", &it.objectives)
        .list("countries", &countries)
        .maybe("from", it.from.day().as_ref())
        .maybe("until", it.until.as_ref())
        .maybe("budget", it.budget.as_ref().map(|(amount, _)| amount))
        .maybe("currency", it.budget.as_ref().map(|(_, currency)| currency))
        .lines("instalments", &it.instalments)
        .list("indicators", &it.indicators)
        .truth("public", it.public)
}

/// The row of an observation.
pub(super) fn of_observation(indicator: &Object, observation: &Observation) -> Cells {
    let stamp = observation.stamp();
    let mut cells = of_period(indicator.id(), observation.period());
    cells
        .one("reporter", reporter(&stamp.by))
        .one("record", stamp.record)
        .one("standing", indicator.standing(observation).value());
    cells
}

fn reporter(party: &PartyId) -> &str {
    party.as_str()
}

pub(super) fn of_period(indicator: &ObjectRef, period: &Period) -> Cells {
    let mut cells = Cells::default();
    cells
        .one("object", indicator)
        .one("from", period.from)
        .one("until", period.until)
        .maybe("target", period.target.as_ref())
        .maybe("actual", period.actual.as_ref())
        .one("source", &period.source)
        .counts("cells", &period.cells)
        .texts("", period.text.as_ref());
    cells
}
