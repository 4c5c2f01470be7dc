//! The board: every commitment as one short row, sorted by its due day.

use std::collections::BTreeSet;

use passerelle_model::{Day, PartyId};

use crate::{Flag, Kind, Ledger, Object, ObjectRef, Progress, Sector, Strand};

/// What lists, board and matrix need of a commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub id: ObjectRef,
    /// How it stands.
    pub progress: Progress,
    /// What follows.
    pub flag: Flag,
    /// Due on.
    pub due: Day,
    /// Who is responsible.
    pub responsible: PartyId,
    /// Sector.
    pub sector: Sector,
    /// Strand.
    pub strand: Strand,
    /// Objective of the Global Compact for Migration.
    pub objective: Option<u8>,
    /// Whether it may be published.
    pub public: bool,
}

impl Row {
    /// What is to be said of it: nothing of what is over, and of what is not agreed yet only that
    /// somebody objects. A proposal runs nowhere, so it is on no track.
    pub fn shown_flag(&self) -> Option<Flag> {
        let agreed = !matches!(self.progress, Progress::Draft | Progress::Proposed);
        let says = !self.progress.is_over() && (agreed || self.flag == Flag::Disputed);
        says.then_some(self.flag)
    }
}

/// Which rows one wants to see. Nothing chosen is everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Responsible.
    pub responsible: Option<PartyId>,
    /// Sector.
    pub sector: Option<Sector>,
    /// Strand.
    pub strand: Option<Strand>,
    /// Flag.
    pub flag: Option<Flag>,
    /// Objective.
    pub objective: Option<u8>,
    /// How it stands.
    pub progress: Option<Progress>,
}

impl Filter {
    /// Whether a row is wanted.
    pub fn takes(&self, row: &Row) -> bool {
        fn is<T: PartialEq>(wanted: Option<&T>, held: &T) -> bool {
            wanted.is_none_or(|wanted| wanted == held)
        }
        is(self.responsible.as_ref(), &row.responsible)
            && is(self.sector.as_ref(), &row.sector)
            && is(self.strand.as_ref(), &row.strand)
            && (self.flag.is_none() || self.flag == row.shown_flag())
            && is(self.progress.as_ref(), &row.progress)
            && (self.objective.is_none() || self.objective == row.objective)
    }
}

/// One column: commitments at one point of their way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Where they stand.
    pub progress: Progress,
    /// How many in all.
    pub count: usize,
    /// The first of them by due day.
    pub rows: Vec<Row>,
}

/// Commitments by how they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// Columns, in the order of the way.
    pub columns: Vec<Column>,
    /// Of how many each flag is to be said.
    pub flags: Vec<(Flag, usize)>,
}

impl Board {
    /// Of rows sorted by due day, at most `most` in each column.
    pub fn of(rows: &[Row], filter: &Filter, most: usize) -> Self {
        let column = |progress: &Progress| Column {
            progress: *progress,
            count: 0,
            rows: Vec::new(),
        };
        let mut columns: Vec<Column> = Progress::ALL.iter().map(column).collect();
        let mut flags: Vec<(Flag, usize)> = Flag::ALL.iter().map(|flag| (*flag, 0)).collect();
        for row in rows.iter().filter(|row| filter.takes(row)) {
            let column = columns.iter_mut().find(|one| one.progress == row.progress);
            if let Some(column) = column {
                column.count += 1;
                if column.rows.len() < most {
                    column.rows.push(row.clone());
                }
            }
            let flag = flags
                .iter_mut()
                .find(|(flag, _)| Some(*flag) == row.shown_flag());
            if let Some((_, count)) = flag {
                *count += 1;
            }
        }
        Self { columns, flags }
    }
}

/// Where more than one row in so many is stale, all are computed again.
const FEW: usize = 8;

fn place(row: &Row) -> (Day, &ObjectRef) {
    (row.due, &row.id)
}

impl Ledger {
    /// Every commitment as a row on `today`, sorted by due day, then name.
    pub fn rows(&self, today: Day) -> Vec<Row> {
        let mut rows: Vec<Row> = self
            .of_kind(Kind::Commitment)
            .filter_map(|object| self.row(object, today))
            .collect();
        rows.sort_by(|a, b| place(a).cmp(&place(b)));
        rows
    }

    /// Rows as they are on the same day after `touched` changed: only those that can differ are
    /// computed again.
    pub fn rows_after(
        &self,
        mut rows: Vec<Row>,
        touched: &BTreeSet<ObjectRef>,
        today: Day,
    ) -> Vec<Row> {
        let stale = self.concerned(touched);
        if stale.len() > rows.len() / FEW {
            return self.rows(today);
        }
        rows.retain(|row| !stale.contains(&row.id));
        for object in stale.iter().filter_map(|id| self.object(id)) {
            let row = match object.kind() {
                Kind::Commitment => self.row(object, today),
                _ => None,
            };
            if let Some(row) = row {
                let at = rows.partition_point(|held| place(held) < place(&row));
                rows.insert(at, row);
            }
        }
        rows
    }

    /// What was touched, what the touched actions are steps towards, and what the actions that
    /// wait for them are steps towards.
    fn concerned(&self, touched: &BTreeSet<ObjectRef>) -> BTreeSet<ObjectRef> {
        let objects = touched.iter().filter_map(|id| self.object(id));
        let actions: Vec<&Object> = objects
            .filter(|object| object.kind() == Kind::Action)
            .collect();
        let waits = |action: &&Object| {
            let mut after = action.action().into_iter().flat_map(|facts| &facts.after);
            after.any(|on| touched.contains(on))
        };
        let all = match actions.is_empty() {
            true => None,
            false => Some(self.of_kind(Kind::Action).filter(waits)),
        };
        let steps = actions.into_iter().chain(all.into_iter().flatten());
        let towards = steps.filter_map(Object::parent).cloned();
        towards.chain(touched.iter().cloned()).collect()
    }

    /// One commitment as a row; nothing where nobody has offered terms yet.
    pub fn row(&self, object: &Object, today: Day) -> Option<Row> {
        let terms = object.commitment()?;
        Some(Row {
            id: object.id().clone(),
            progress: object.progress().into_value(),
            flag: self.flag(object, today).into_value(),
            due: terms.due,
            responsible: terms.responsible.clone(),
            sector: terms.sector,
            strand: terms.strand,
            objective: terms.objective,
            public: terms.public,
        })
    }
}
