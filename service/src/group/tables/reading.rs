//! A row of a file as what a party could say.

use passerelle_group::{
    Action, CommitmentTerms, Competence, Decimal, Expert, Facts, IndicatorTerms, Instalment, Item,
    Mission, Period, Practice, Programme, ProgrammeRole, Request, Terms, Texts,
};
use passerelle_model::{Code, Country, Name};

use super::GroupList;
use super::cells::{Row, Wrong, value, wrong};

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    Facts(Box<Facts>),
    Terms(Texts, Box<Terms>),
    Period(Box<Period>),
}

pub(super) fn content(list: GroupList, row: &Row<'_>) -> Result<Content, Wrong> {
    let facts = |facts| Content::Facts(Box::new(facts));
    let terms = |terms| Ok(Content::Terms(row.some_texts("")?, Box::new(terms)));
    match list {
        GroupList::Commitments => terms(Terms::Commitment(commitment(row)?)),
        GroupList::Indicators => terms(Terms::Indicator(indicator(row)?)),
        GroupList::Observations => Ok(Content::Period(Box::new(period(row)?))),
        GroupList::Actions => action(row).map(Facts::Action).map(facts),
        GroupList::Items => item(row).map(Facts::Item).map(facts),
        GroupList::Programmes => programme(row).map(Facts::Programme).map(facts),
        GroupList::Practices => practice(row).map(Facts::Practice).map(facts),
        GroupList::Experts => expert(row).map(Facts::Expert).map(facts),
        GroupList::Requests => request(row).map(Facts::Request).map(facts),
        GroupList::Missions => mission(row).map(Facts::Mission).map(facts),
        GroupList::Competences => competence(row).map(Facts::Competence).map(facts),
        GroupList::Topics => Ok(facts(Facts::Topic {
            texts: row.some_texts("")?,
            strand: row.one("strand")?,
        })),
    }
}

fn commitment(row: &Row<'_>) -> Result<CommitmentTerms, Wrong> {
    Ok(CommitmentTerms {
        decision: row.maybe("decision")?,
        responsible: row.one("responsible")?,
        function: row.line("function")?,
        sector: row.one("sector")?,
        strand: row.one("strand")?,
        objective: row.maybe("objective")?,
        target: row.maybe("target")?,
        due: row.one("due")?,
        indicators: row.list("indicators")?,
        public: row.truth("public")?,
        closure: row.maybe("closure")?,
    })
}

fn indicator(row: &Row<'_>) -> Result<IndicatorTerms, Wrong> {
    let baseline = match (row.maybe("baseline-year")?, row.maybe("baseline")?) {
        (Some(year), Some(value)) => Some((year, value)),
        (None, None) => None,
        (None, Some(_)) => return Err(wrong("baseline-year", "E_TABLE_MISSING")),
        (Some(_), None) => return Err(wrong("baseline", "E_TABLE_MISSING")),
    };
    Ok(IndicatorTerms {
        code: row.one("code")?,
        unit: row.line("unit")?,
        measure: row.one("measure")?,
        ascending: row.truth("ascending")?,
        aggregation: row.one("aggregation")?,
        baseline,
        target: row.maybe("target")?,
        parts: row.list("parts")?,
    })
}

fn period(row: &Row<'_>) -> Result<Period, Wrong> {
    Ok(Period {
        from: row.one("from")?,
        until: row.one("until")?,
        target: row.maybe("target")?,
        actual: row.maybe("actual")?,
        source: row.line("source")?,
        cells: row.counts("cells")?,
        text: row.texts("")?,
    })
}

fn action(row: &Row<'_>) -> Result<Action, Wrong> {
    Ok(Action {
        texts: row.some_texts("")?,
        sector: row.one("sector")?,
        planned: row.one("planned")?,
        revised: row.maybe("revised")?,
        achieved: row.maybe("achieved")?,
        after: row.list("after")?,
    })
}

fn item(row: &Row<'_>) -> Result<Item, Wrong> {
    Ok(Item {
        texts: row.some_texts("")?,
        sector: row.maybe("sector")?,
        strand: row.one("strand")?,
        minutes: row.one("minutes")?,
    })
}

fn programme(row: &Row<'_>) -> Result<Programme, Wrong> {
    Ok(Programme {
        identifier: row.line("identifier")?,
        texts: row.some_texts("")?,
        partners: row
            .lines("partners")
            .iter()
            .map(|line| partner(line))
            .collect::<Result<_, _>>()?,
        sector: row.one("sector")?,
        strand: row.one("strand")?,
        code: row.one("code")?,
        objectives: row.list("objectives")?,
        countries: countries(row)?,
        from: row.maybe("from")?.into(),
        until: row.maybe("until")?,
        budget: budget(row)?,
        instalments: instalments(row)?,
        indicators: row.list("indicators")?,
        public: row.truth("public")?,
    })
}

/// `implementing Enabel`.
fn partner(line: &str) -> Result<(Name, ProgrammeRole), Wrong> {
    let (role, name) = line
        .split_once(' ')
        .ok_or_else(|| wrong("partners", "E_TABLE_PARTNERS"))?;
    let role = role
        .parse()
        .map_err(|_| wrong("partners", "E_TABLE_PARTNERS"))?;
    Ok((value("partners", name)?, role))
}

/// `MA 60; BE 40`.
fn countries(row: &Row<'_>) -> Result<Vec<(Country, u8)>, Wrong> {
    let parts: Vec<String> = row.list("countries")?;
    let country = |part: &String| {
        let split = part.split_once(' ');
        let (code, share) = split.ok_or_else(|| wrong("countries", "E_TABLE_COUNTRIES"))?;
        Ok((value("countries", code)?, value("countries", share.trim())?))
    };
    parts.iter().map(country).collect()
}

fn budget(row: &Row<'_>) -> Result<Option<(Decimal, Code)>, Wrong> {
    match (row.maybe("budget")?, row.maybe("currency")?) {
        (Some(amount), Some(currency)) => Ok(Some((amount, currency))),
        (None, _) => Ok(None),
        (Some(_), None) => Err(wrong("currency", "E_TABLE_MISSING")),
    }
}

/// One a line: `2024-01-01 2024-12-31 600000.25`.
fn instalments(row: &Row<'_>) -> Result<Vec<Instalment>, Wrong> {
    let lines = row.lines("instalments");
    let parts = lines.iter().map(|line| value("instalments", line));
    parts.collect()
}

fn practice(row: &Row<'_>) -> Result<Practice, Wrong> {
    Ok(Practice {
        texts: row.some_texts("")?,
        sector: row.one("sector")?,
        strand: row.one("strand")?,
        audience: row.line("audience")?,
        evidence: row.one("evidence")?,
        transfer: row.some_texts("transfer-")?,
        contact: row.line("contact")?,
        refresh: row.one("refresh")?,
    })
}

fn expert(row: &Row<'_>) -> Result<Expert, Wrong> {
    Ok(Expert {
        texts: row.some_texts("")?,
        sectors: row.list("sectors")?,
        strands: row.list("strands")?,
        languages: row.list("languages")?,
        from: row.maybe("from")?,
    })
}

fn request(row: &Row<'_>) -> Result<Request, Wrong> {
    Ok(Request {
        texts: row.some_texts("")?,
        sector: row.one("sector")?,
        strand: row.one("strand")?,
        languages: row.list("languages")?,
        host: row.line("host")?,
        until: row.one("until")?,
        matched: row.list("matched")?,
    })
}

fn mission(row: &Row<'_>) -> Result<Mission, Wrong> {
    let functions = row.lines("functions");
    let function = |line: &String| value("functions", line);
    Ok(Mission {
        texts: row.some_texts("")?,
        functions: functions.iter().map(function).collect::<Result<_, _>>()?,
        from: row.one("from")?,
        until: row.one("until")?,
        recommendations: row.many_texts("recommendations")?,
    })
}

fn competence(row: &Row<'_>) -> Result<Competence, Wrong> {
    Ok(Competence {
        texts: row.some_texts("")?,
        organisation: row.line("organisation")?,
        sectors: row.list("sectors")?,
        languages: row.list("languages")?,
        until: row.one("until")?,
    })
}
