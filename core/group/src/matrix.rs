//! Who does what where: sectors against strands or objectives, with overlaps, gaps and what
//! depends on the other side.

use std::collections::{BTreeMap, BTreeSet};

use passerelle_model::PartyId;

use crate::board::Row;
use crate::{Facts, Kind, Ledger, ObjectRef, Sector, Stage, Strand};

/// What stands across.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Across {
    /// A strand of the cooperation.
    Strand(Strand),
    /// An objective of the Global Compact for Migration.
    Objective(u8),
}

/// One field of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Commitments that are not over, by responsible party.
    pub commitments: BTreeMap<PartyId, usize>,
    /// Programmes that are not over, by the party that described them.
    pub programmes: BTreeMap<PartyId, usize>,
}

impl Entry {
    /// Everybody who does something here.
    pub fn parties(&self) -> BTreeSet<&PartyId> {
        self.commitments
            .keys()
            .chain(self.programmes.keys())
            .collect()
    }

    /// How many things are done here.
    pub fn count(&self) -> usize {
        self.commitments
            .values()
            .chain(self.programmes.values())
            .sum()
    }
}

/// What a sector lead should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// Nobody does anything across all sectors.
    Nobody(Across),
    /// More than one party is at work in the same field.
    Together(Sector, Across),
    /// An action waits for one of another party.
    Depends {
        /// The action.
        action: ObjectRef,
        /// What it waits for.
        on: ObjectRef,
    },
}

/// The matrix.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matrix {
    /// Fields that are not empty.
    pub fields: BTreeMap<(Sector, Across), Entry>,
    /// Overlaps, gaps and dependencies.
    pub gaps: Vec<Gap>,
}

impl Ledger {
    /// Of the rows of all commitments: across strands, or across objectives.
    pub fn matrix(&self, rows: &[Row], objectives: bool) -> Matrix {
        let mut matrix = Matrix::default();
        for row in rows.iter().filter(|row| !row.progress.is_over()) {
            for across in across(objectives, row.strand, row.objective.as_slice()) {
                let field = matrix.fields.entry((row.sector, across)).or_default();
                *field
                    .commitments
                    .entry(row.responsible.clone())
                    .or_default() += 1;
            }
        }
        for object in self.of_kind(Kind::Programme) {
            let over = matches!(object.stage(), Stage::Closed | Stage::Cancelled);
            let Some(Facts::Programme(programme)) = object.facts().map(|facts| facts.value())
            else {
                continue;
            };
            if over {
                continue;
            }
            for across in across(objectives, programme.strand, &programme.objectives) {
                let field = matrix.fields.entry((programme.sector, across)).or_default();
                let party = object.id().party.clone();
                *field.programmes.entry(party).or_default() += 1;
            }
        }
        matrix.gaps = self.gaps(&matrix, objectives);
        matrix
    }

    fn gaps(&self, matrix: &Matrix, objectives: bool) -> Vec<Gap> {
        let all: Vec<Across> = match objectives {
            true => (1..=23).map(Across::Objective).collect(),
            false => Strand::ALL.iter().copied().map(Across::Strand).collect(),
        };
        let empty = |across: &Across| !matrix.fields.keys().any(|(_, other)| other == across);
        let nobody = all.into_iter().filter(empty).map(Gap::Nobody);
        let together = matrix
            .fields
            .iter()
            .filter(|(_, field)| field.parties().len() > 1)
            .map(|((sector, across), _)| Gap::Together(*sector, *across));
        together.chain(nobody).chain(self.dependencies()).collect()
    }

    /// Actions that wait for an unfinished one of another party.
    fn dependencies(&self) -> impl Iterator<Item = Gap> {
        let unfinished = |stage| matches!(stage, Stage::ToDo | Stage::Doing);
        self.of_kind(Kind::Action)
            .filter(move |action| unfinished(action.stage()))
            .flat_map(move |action| {
                let after = action.action().into_iter().flat_map(|facts| &facts.after);
                after
                    .filter(|on| on.party != action.id().party)
                    .filter(move |on| self.object(on).is_some_and(|on| unfinished(on.stage())))
                    .map(|on| Gap::Depends {
                        action: action.id().clone(),
                        on: on.clone(),
                    })
            })
    }
}

fn across(objectives: bool, strand: Strand, named: &[u8]) -> Vec<Across> {
    match objectives {
        true => named.iter().copied().map(Across::Objective).collect(),
        false => vec![Across::Strand(strand)],
    }
}
