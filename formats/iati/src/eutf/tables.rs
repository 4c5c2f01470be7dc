//! The two tables, row by row.

use csv::{ReaderBuilder, StringRecord};
use jiff::civil::Date;

use crate::{Decimal, Error, Fault, MAX_BYTES, MAX_ELEMENTS, MAX_TEXT, read_day};

/// A decision or a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Project {
    pub(super) id: String,
    pub(super) is_contract: bool,
    pub(super) title: String,
    pub(super) partner: String,
    pub(super) start: Option<Date>,
    pub(super) end: Option<Date>,
    pub(super) budget: Option<Decimal>,
    pub(super) countries: Vec<String>,
    pub(super) topics: Vec<String>,
    pub(super) parents: Vec<String>,
    pub(super) children: Vec<String>,
}

/// An indicator of one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) project: String,
    pub(super) group: String,
    pub(super) indicator: String,
    pub(super) start: Date,
    pub(super) end: Date,
    pub(super) target: Option<Decimal>,
    pub(super) actual: Option<Decimal>,
}

impl Row {
    pub(super) fn is_empty(&self) -> bool {
        self.target.is_none() && self.actual.is_none()
    }
}

const PROJECTS: [&str; 11] = [
    "iati_id",
    "prefix",
    "title",
    "partner_implementing",
    "date_start",
    "date_end",
    "budget",
    "recipient_country",
    "topics",
    "project_parent",
    "project_child",
];

const RESULTS: [&str; 7] = [
    "iati_id",
    "result_type",
    "title",
    "period_start",
    "period_end",
    "target",
    "actual",
];

pub(super) fn projects(bytes: &[u8]) -> Result<Vec<Project>, Error> {
    table(bytes, PROJECTS, |row| {
        let [
            id,
            prefix,
            title,
            partner,
            start,
            end,
            budget,
            countries,
            topics,
            parents,
            children,
        ] = row;
        Ok(Project {
            id: required(id)?,
            is_contract: match prefix {
                "CTR" => true,
                "DEC" => false,
                _ => return Err(Fault::Value("prefix")),
            },
            title: required(title)?,
            partner: partner.to_owned(),
            start: optional_day(start)?,
            end: optional_day(end)?,
            budget: number(budget)?,
            countries: listed(countries),
            topics: listed(topics),
            // The framework of the fund stands there like a parent; it has no identifier.
            parents: listed(parents)
                .into_iter()
                .filter(|id| !id.contains(' '))
                .collect(),
            children: listed(children),
        })
    })
}

pub(super) fn rows(bytes: &[u8]) -> Result<Vec<Row>, Error> {
    table(
        bytes,
        RESULTS,
        |[project, group, indicator, start, end, target, actual]| {
            Ok(Row {
                project: required(project)?,
                group: required(group)?,
                indicator: required(indicator)?,
                start: day(start)?,
                end: day(end)?,
                target: number(target)?,
                actual: number(actual)?,
            })
        },
    )
}

fn table<const N: usize, T>(
    bytes: &[u8],
    columns: [&str; N],
    read: impl Fn([&str; N]) -> Result<T, Fault>,
) -> Result<Vec<T>, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::new(0, Fault::TooLarge));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Error::new(0, Fault::NotUtf8))?;
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut found = Vec::new();
    for (count, record) in reader.records().enumerate() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            Error::new(u32::try_from(line).unwrap_or(u32::MAX), Fault::Columns)
        })?;
        let fault = |fault| Error::new(line(&record), fault);
        let row = fields::<N>(&record).map_err(fault)?;
        if count == 0 {
            if row != columns {
                return Err(fault(Fault::Columns));
            }
            continue;
        }
        if count > MAX_ELEMENTS {
            return Err(fault(Fault::TooMany));
        }
        found.push(read(row).map_err(fault)?);
    }
    Ok(found)
}

fn fields<const N: usize>(record: &StringRecord) -> Result<[&str; N], Fault> {
    if record.iter().any(|field| field.len() > MAX_TEXT) {
        return Err(Fault::TooLong);
    }
    let fields: Vec<&str> = record.iter().map(str::trim).collect();
    fields.try_into().map_err(|_| Fault::Columns)
}

fn line(record: &StringRecord) -> u32 {
    let line = record.position().map_or(0, csv::Position::line);
    u32::try_from(line).unwrap_or(u32::MAX)
}

fn required(text: &str) -> Result<String, Fault> {
    match text {
        "" => Err(Fault::Columns),
        text => Ok(text.to_owned()),
    }
}

fn day(text: &str) -> Result<Date, Fault> {
    read_day(text).ok_or(Fault::Value("date"))
}

fn optional_day(text: &str) -> Result<Option<Date>, Fault> {
    (!text.is_empty()).then(|| day(text)).transpose()
}

fn number(text: &str) -> Result<Option<Decimal>, Fault> {
    (!text.is_empty())
        .then(|| Decimal::from_scientific(text))
        .transpose()
}

fn listed(text: &str) -> Vec<String> {
    let parts = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}
