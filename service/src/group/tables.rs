//! Every list of a group as CSV, and such a file taken back: what is exported can be imported
//! unchanged, and then proposes nothing.
//!
//! Column names and words of lists are English and stay the same. The first column is the
//! object's name; a row without one is new. Columns that follow from others are written and
//! never read. A file with a column that would hold persons is refused whole (rules G38, G41).

mod cells;
mod lists;
mod plan;
mod reading;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::BTreeMap;

use passerelle_group::{Ledger, ObjectRef};
use passerelle_model::{ChannelId, Lang};
use passerelle_rules::Rule;
use passerelle_tables::{Format, Holds, Table, person_columns, read, write};

pub(crate) use plan::path;
use plan::{Plan, Speaker, plan};

use super::GroupRoom;
use crate::{Actor, Error, Node, Wish};

/// Most rows that are said at once.
pub const MAX_ROWS_AT_ONCE: usize = 200;
/// Strands with the rule of prevention and reintegration.
const PREVENTION: [&str; 2] = ["prevention", "reintegration"];

macro_rules! lists {
    ($($(#[$about:meta])* $name:ident = $text:literal,)+) => {
        /// A list of a group.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum GroupList { $($(#[$about])* $name,)+ }

        impl GroupList {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Its name in addresses and files.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

lists! {
    /// Commitments.
    Commitments = "commitments",
    /// Steps towards them.
    Actions = "actions",
    /// Agenda items.
    Items = "items",
    /// Indicators.
    Indicators = "indicators",
    /// Their values.
    Observations = "observations",
    /// Programmes.
    Programmes = "programmes",
    /// Practices.
    Practices = "practices",
    /// Experts by function.
    Experts = "experts",
    /// Requests for expertise.
    Requests = "requests",
    /// Missions.
    Missions = "missions",
    /// Topics of common interest.
    Topics = "topics",
    /// Offers of competence.
    Competences = "competences",
}

impl std::str::FromStr for GroupList {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut all = Self::ALL.iter().copied();
        all.find(|list| list.as_str() == text)
            .ok_or_else(|| Error::not_found("list", text))
    }
}

/// What a row becomes when it is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowBecomes {
    /// An offer that the other side signs or not.
    Offer,
    /// Our own description of our own thing.
    Description,
    /// A step from one stage to another.
    Step,
    /// A value of an indicator.
    Observation,
    /// Something new.
    New,
}

impl RowBecomes {
    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Offer => "offer",
            Self::Description => "description",
            Self::Step => "step",
            Self::Observation => "observation",
            Self::New => "new",
        }
    }
}

/// A row that would change something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableChange {
    /// The row of the file; the headers are row 1.
    pub row: usize,
    /// The object; none where it is new.
    pub object: Option<ObjectRef>,
    /// A title.
    pub title: String,
    /// What it becomes.
    pub becomes: RowBecomes,
    /// Columns that differ, with the cell before and after.
    pub cells: Vec<(String, String, String)>,
}

/// A row that is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRefusal {
    /// The row of the file.
    pub row: usize,
    /// The column.
    pub column: String,
    /// Why: a stable code.
    pub code: String,
}

/// Something in a cell that looks like data of a person. For a second look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableTrace {
    /// The row of the file.
    pub row: usize,
    /// The column.
    pub column: String,
    /// What was found.
    pub found: String,
}

/// What a file would change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TablePreview {
    /// Rows that are as they are here.
    pub unchanged: usize,
    /// Rows that would change something.
    pub changes: Vec<TableChange>,
    /// Rows that are not taken.
    pub refused: Vec<TableRefusal>,
    /// What looks like a person; somebody must confirm that it is none.
    pub traces: Vec<TableTrace>,
}

/// A column that would hold persons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonColumn {
    /// Its place, from 1.
    pub column: usize,
    /// Its header.
    pub header: String,
    /// What it would hold, as the key of a word: `name`, `birth-date`, …
    pub holds: &'static str,
}

/// Why a whole file is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableRefused {
    /// Columns would hold persons.
    Persons {
        /// `E_PREVENTION_PERSON` or `E_MIGRATION_PERSON`.
        code: &'static str,
        /// Which, and what of a person.
        columns: Vec<PersonColumn>,
    },
    /// It is no table of this list.
    Broken {
        /// Stable code.
        code: &'static str,
        /// The row, where it is one.
        row: Option<usize>,
        /// The column, by its place or its name.
        column: Option<String>,
    },
}

/// What was said of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableTaken {
    /// How many rows were said.
    pub said: usize,
    /// How many were not yet.
    pub left: usize,
    /// Rows that could not be said any more, with the code.
    pub refused: Vec<TableRefusal>,
}

impl Node {
    /// A list as a file: UTF-8 with a byte order mark, commas, every cell quoted.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not see the group; a cell too long for a table.
    pub async fn group_table(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        list: GroupList,
    ) -> Result<Vec<u8>, Error> {
        let table = self
            .group(actor, channel, |room| table_of(room.ledger(), list))
            .await?;
        write(&table, Format::default()).map_err(|error| Error::Input(error.to_string()))
    }

    /// What a file of this list would change. Nothing is said.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not see the group.
    pub async fn preview_group_table(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        list: GroupList,
        bytes: &[u8],
    ) -> Result<Result<TablePreview, TableRefused>, Error> {
        let planned = self.plan_table(actor, channel, list, bytes).await?;
        Ok(planned.map(|plan| plan.preview))
    }

    /// Says what chosen rows of a file change (all where `rows` is empty), at most
    /// [`MAX_ROWS_AT_ONCE`]. What was said before is not said again.
    ///
    /// # Errors
    /// As [`Node::say`]; what makes the whole file be refused; `E_TABLE_TRACES` where something
    /// looks like a person and nobody `confirmed` that it is none.
    pub async fn take_group_table(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        list: GroupList,
        (bytes, rows, confirmed): (&[u8], &[usize], bool),
        lang: Lang,
    ) -> Result<TableTaken, Error> {
        let plan = self.plan_table(actor, channel, list, bytes).await?;
        let plan = plan.map_err(refused)?;
        if !plan.preview.traces.is_empty() && !confirmed {
            let why = "something looks like data of a person: confirm that it is none";
            return Err(Error::state("E_TABLE_TRACES", why));
        }
        let changes = plan.preview.changes.iter().map(|change| change.row);
        let chosen: Vec<_> = changes
            .zip(plan.planned)
            .filter(|(row, _)| rows.is_empty() || rows.contains(row))
            .collect();
        let mut taken = TableTaken {
            left: chosen.len().saturating_sub(MAX_ROWS_AT_ONCE),
            ..TableTaken::default()
        };
        for (row, planned) in chosen.into_iter().take(MAX_ROWS_AT_ONCE) {
            let wish = match planned.object {
                Some(object) => Wish::about(object, None, planned.deeds, lang),
                None => Wish::opening(planned.deeds, lang),
            };
            match self.say(actor, channel, wish).await {
                Ok(_) => taken.said += 1,
                // The ledger moved on: the others still go.
                Err(Error::Group(error)) => taken.refused.push(TableRefusal {
                    row,
                    column: "object".to_owned(),
                    code: error.code().to_owned(),
                }),
                Err(error) => return Err(error),
            }
        }
        Ok(taken)
    }

    async fn plan_table(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        list: GroupList,
        bytes: &[u8],
    ) -> Result<Result<Plan, TableRefused>, Error> {
        self.seen_group(actor, channel)?;
        let table = match judged(list, bytes) {
            Ok(table) => table,
            Err(refused) => return Ok(Err(refused)),
        };
        let time = self.now();
        let look = |room: &GroupRoom| {
            let speaker = Speaker {
                me: room.me(),
                officer: actor.officer(),
                function: actor.function(),
                time,
            };
            let mut plan = plan(room.ledger(), &speaker, list, &table);
            plan.preview.traces = traces(&table);
            plan
        };
        self.group(actor, channel, look).await.map(Ok)
    }
}

/// A list with its rows in the order of their names.
fn table_of(ledger: &Ledger, list: GroupList) -> Table {
    let columns = list.columns();
    let all = ledger.of_kind(list.kind());
    let rows: Vec<cells::Cells> = match list {
        GroupList::Observations => all
            .flat_map(|object| {
                let seen = object.observations().iter();
                seen.map(|one| lists::of_observation(object, one))
                    .collect::<Vec<_>>()
            })
            .collect(),
        _ => all.filter_map(lists::cells_of).collect(),
    };
    let row = |cells: &cells::Cells| {
        let cells = columns.iter().map(|column| cells.get(column).to_owned());
        cells.collect()
    };
    Table {
        rows: rows.iter().map(row).collect(),
        headers: columns,
    }
}

/// A table of this list, without persons.
fn judged(list: GroupList, bytes: &[u8]) -> Result<Table, TableRefused> {
    let table = read(bytes).map_err(broken)?;
    no_persons(&table)?;
    let headers: Vec<&str> = table.headers.iter().map(|header| header.trim()).collect();
    let columns = list.columns();
    let foreign = headers
        .iter()
        .find(|header| !columns.iter().any(|column| column == **header));
    let missing = columns.iter().find(|column| {
        !headers.contains(&column.as_str()) && !list.computed().contains(&column.as_str())
    });
    match (foreign, missing) {
        (Some(header), _) => Err(at_column("E_TABLE_FOREIGN_COLUMN", header)),
        (None, Some(column)) => Err(at_column("E_TABLE_NO_COLUMN", column)),
        (None, None) => Ok(table),
    }
}

fn at_column(code: &'static str, column: &str) -> TableRefused {
    TableRefused::Broken {
        code,
        row: None,
        column: Some(column.to_owned()),
    }
}

/// G38, G41: whether it could hold persons, by its headers; which rule, by its strands.
pub(crate) fn no_persons(table: &Table) -> Result<(), TableRefused> {
    let hits = person_columns(&table.headers);
    if hits.is_empty() {
        return Ok(());
    }
    let column = |hit: &passerelle_tables::Hit| PersonColumn {
        column: hit.column,
        header: table
            .headers
            .get(hit.column.wrapping_sub(1))
            .cloned()
            .unwrap_or_default(),
        holds: holds(hit.holds),
    };
    let strand = table
        .headers
        .iter()
        .position(|header| header.trim() == "strand");
    let prevents = strand.is_some_and(|place| {
        let mut cells = table.rows.iter().filter_map(|row| row.get(place));
        cells.any(|cell| PREVENTION.contains(&cell.trim()))
    });
    let rule = match prevents {
        true => Rule::PreventionPerson,
        false => Rule::MigrationPerson,
    };
    Err(TableRefused::Persons {
        code: rule.code(),
        columns: hits.iter().map(column).collect(),
    })
}

fn holds(holds: Holds) -> &'static str {
    match holds {
        Holds::Name => "name",
        Holds::BirthDate => "birth-date",
        Holds::BirthPlace => "birth-place",
        Holds::Document => "document",
        Holds::Register => "register",
        Holds::Account => "account",
        Holds::Phone => "phone",
        Holds::Email => "email",
        Holds::Address => "address",
        Holds::Nationality => "nationality",
        Holds::Person => "person",
    }
}

/// Columns that people write into; names, codes, dates and numbers are none.
fn is_free(column: &str) -> bool {
    let column = column.trim();
    let starts = ["title-", "body-", "transfer-", "recommendations-"];
    starts.iter().any(|start| column.starts_with(start))
        || [
            "audience",
            "contact",
            "host",
            "function",
            "functions",
            "organisation",
            "source",
        ]
        .contains(&column)
}

fn traces(table: &Table) -> Vec<TableTrace> {
    let free: BTreeMap<usize, &String> = table
        .headers
        .iter()
        .enumerate()
        .filter(|(_, header)| is_free(header))
        .collect();
    let mut found = Vec::new();
    for (place, row) in table.rows.iter().enumerate() {
        for (column, header) in &free {
            let cell = row.get(*column).map_or("", String::as_str);
            found.extend(super::personal(cell).into_iter().map(|found| TableTrace {
                row: place + 2,
                column: (*header).clone(),
                found,
            }));
            if found.len() >= passerelle_tables::MAX_TRACES {
                return found;
            }
        }
    }
    found
}

pub(crate) fn broken(error: passerelle_tables::Error) -> TableRefused {
    use passerelle_tables::Error as E;
    let (row, column) = match error {
        E::RowSize { row } | E::Ragged { row, .. } => (Some(row), None),
        E::CellSize { row, column } | E::NotUtf8 { row, column } | E::Control { row, column } => {
            (Some(row), Some(column))
        }
        E::EmptyHeader { column } | E::SameHeader { column, .. } => (Some(1), Some(column)),
        _ => (None, None),
    };
    TableRefused::Broken {
        code: error.code(),
        row,
        column: column.map(|column| column.to_string()),
    }
}

pub(crate) fn refused(refused: TableRefused) -> Error {
    match refused {
        TableRefused::Persons { code, .. } | TableRefused::Broken { code, .. } => {
            Error::state(code, "the file is not taken")
        }
    }
}

/// Columns of a programme that differ from what was before.
pub(crate) fn differing(
    before: Option<&passerelle_group::Programme>,
    after: &passerelle_group::Programme,
) -> Vec<(String, String, String)> {
    let cells = |it: &passerelle_group::Programme| {
        lists::of_facts(&passerelle_group::Facts::Programme(it.clone()))
    };
    let (before, after) = (before.map(cells).unwrap_or_default(), cells(after));
    plan::differing(GroupList::Programmes, &before, &after)
}
