//! Small cells of a table of counts: which of them are not published, so that nobody can be
//! recognised and nobody can compute them.
//!
//! **In scope**: tables of rows and columns with totals, and lists with a total. **Out of
//! scope**: several tables that share totals; rounding; how narrowly a hidden cell can be
//! bounded: it is promised that it cannot be computed, not that its bounds are wide.
//!
//! A cell, or a total, from 1 to `k` - 1 is hidden. Others are hidden with it until, for every
//! hidden cell, another table of counts exists that shows the same and has another value there.
//! Zeros are shown unless they are needed for that.
//!
//! The other table is found as a way through the rows and columns (M. Fischetti and J. J. Salazar,
//! "Models and algorithms for the 2-dimensional cell suppression problem", 1999): one cell grows
//! by one, the next in its column shrinks by one, the next in that row grows, until the way ends
//! where it began. With totals taken as negative cells, every row and column adds up to nothing,
//! and totals can be hidden like cells. The cheapest such way, counted in people hidden, is
//! taken for one small cell after another.

use std::{cmp::Reverse, collections::BinaryHeap};

use crate::Fault;

/// Smallest count that is shown, unless parties agreed another (rule G39).
pub const DEFAULT_K: u64 = 10;
/// Most cells of a table, totals included.
pub const MAX_CELLS: usize = 10_000;

/// A table of which some cells are hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Rows of cells; none is hidden.
    pub cells: Vec<Vec<Option<u64>>>,
    /// Total of each row.
    pub rows: Vec<Option<u64>>,
    /// Total of each column.
    pub columns: Vec<Option<u64>>,
    /// Total of all.
    pub total: Option<u64>,
}

/// A list of which some entries are hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownList {
    /// Entries; none is hidden.
    pub cells: Vec<Option<u64>>,
    /// Total.
    pub total: Option<u64>,
}

/// Hides small cells of a table, and what would betray them. With `k` of 0 or 1 nothing is hidden.
///
/// # Errors
/// [`Fault::Cells`] if the table has no cell, rows of different lengths or more than
/// [`MAX_CELLS`]; [`Fault::Range`] if a total is out of range.
pub fn suppress(cells: &[Vec<u64>], k: u64) -> Result<Shown, Fault> {
    let mut table = Table::of(cells)?;
    table.hide_all_below(k);
    let width = table.width - 1;
    let mut rows = table.shown();
    let mut last = rows.pop().unwrap_or_default();
    let total = last.pop().flatten();
    let totals = rows.iter_mut().filter_map(Vec::pop).collect();
    last.truncate(width);
    Ok(Shown {
        cells: rows,
        rows: totals,
        columns: last,
        total,
    })
}

/// Hides small entries of a list whose total is shown, and what would betray them.
///
/// # Errors
/// As [`suppress`].
pub fn suppress_list(cells: &[u64], k: u64) -> Result<ShownList, Fault> {
    let mut shown = suppress(&[cells.to_vec()], k)?;
    Ok(ShownList {
        cells: shown.cells.pop().unwrap_or_default(),
        total: shown.total,
    })
}

/// Cells with their totals as last row and column.
struct Table {
    width: usize,
    height: usize,
    values: Vec<u64>,
    hidden: Vec<bool>,
}

/// A place of the way: a row or a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Line {
    Row(usize),
    Column(usize),
}

impl Table {
    fn of(cells: &[Vec<u64>]) -> Result<Self, Fault> {
        let (height, width) = (cells.len() + 1, cells.first().map_or(0, Vec::len) + 1);
        let even = cells.iter().all(|row| row.len() + 1 == width);
        if height < 2 || width < 2 || !even || height.saturating_mul(width) > MAX_CELLS {
            return Err(Fault::Cells);
        }
        let mut totals = vec![0_u64; width];
        let mut values = Vec::with_capacity(height * width);
        for row in cells {
            let sum = row
                .iter()
                .try_fold(0_u64, |sum, cell| sum.checked_add(*cell));
            let sum = sum.ok_or(Fault::Range)?;
            for (total, cell) in totals.iter_mut().zip(row.iter().chain([&sum])) {
                *total = total.checked_add(*cell).ok_or(Fault::Range)?;
            }
            values.extend(row.iter().copied().chain([sum]));
        }
        values.extend(totals);
        let hidden = vec![false; values.len()];
        Ok(Self {
            width,
            height,
            values,
            hidden,
        })
    }

    fn hide_all_below(&mut self, k: u64) {
        let small = |value: &u64| (1..k).contains(value);
        let mut all: Vec<(u64, usize)> = self.values.iter().copied().zip(0..).collect();
        all.retain(|(value, _)| small(value));
        // Small cells are hidden whatever happens: ways may use them at no cost.
        for (_, at) in &all {
            self.hide(*at);
        }
        // The largest first: their ways often serve the others too.
        all.sort_unstable_by_key(|(value, at)| (Reverse(*value), *at));
        for (_, at) in all {
            let way = self.way(at);
            way.into_iter().for_each(|cell| self.hide(cell));
        }
    }

    fn hide(&mut self, at: usize) {
        if let Some(hidden) = self.hidden.get_mut(at) {
            *hidden = true;
        }
    }

    /// Cells, besides this one, that let it grow or shrink by one. There are always some: its two
    /// totals and the total of all can grow with it. It is not zero, so it can do both itself.
    fn way(&self, at: usize) -> Vec<usize> {
        let (row, column) = (Line::Row(at / self.width), Line::Column(at % self.width));
        let both = [
            self.cheapest(column, row, at),
            self.cheapest(row, column, at),
        ];
        let cheaper = both.into_iter().flatten().min_by_key(|(cost, _)| *cost);
        cheaper.map(|(_, cells)| cells).unwrap_or_default()
    }

    /// The cheapest way between two lines that does not use one cell. From a column to a row a
    /// cell shrinks, from a row to a column it grows; negative ones count the other way.
    fn cheapest(&self, from: Line, to: Line, without: usize) -> Option<(u128, Vec<usize>)> {
        let mut best: Vec<Option<(u128, Line, usize)>> = vec![None; self.height + self.width];
        let mut waiting = BinaryHeap::from([Reverse((0_u128, from))]);
        while let Some(Reverse((cost, line))) = waiting.pop() {
            if line == to {
                return Some((cost, self.traced(&best, from, to)));
            }
            if self.cost_of(&best, line).is_some_and(|known| known < cost) {
                continue;
            }
            for (next, cell) in self.steps(line) {
                let far = cost.saturating_add(self.price(cell));
                let nearer = self.cost_of(&best, next).is_none_or(|known| far < known);
                if cell != without && next != from && nearer && self.can_step(line, cell) {
                    if let Some(slot) = best.get_mut(self.index(next)) {
                        *slot = Some((far, line, cell));
                    }
                    waiting.push(Reverse((far, next)));
                }
            }
        }
        None
    }

    fn cost_of(&self, best: &[Option<(u128, Line, usize)>], line: Line) -> Option<u128> {
        best.get(self.index(line))
            .copied()
            .flatten()
            .map(|(cost, ..)| cost)
    }

    fn traced(&self, best: &[Option<(u128, Line, usize)>], from: Line, to: Line) -> Vec<usize> {
        let mut cells = Vec::new();
        let mut line = to;
        while line != from {
            let Some((_, before, cell)) = best.get(self.index(line)).copied().flatten() else {
                break;
            };
            cells.push(cell);
            line = before;
        }
        cells
    }

    /// The lines that cross this one, and the cells where they do.
    fn steps(&self, line: Line) -> impl Iterator<Item = (Line, usize)> + use<> {
        let (width, height) = (self.width, self.height);
        let count = match line {
            Line::Row(_) => width,
            Line::Column(_) => height,
        };
        (0..count).map(move |other| match line {
            Line::Row(row) => (Line::Column(other), row * width + other),
            Line::Column(column) => (Line::Row(other), other * width + column),
        })
    }

    /// A count can always grow, and shrink unless it is zero.
    fn can_step(&self, from: Line, cell: usize) -> bool {
        let grows = matches!(from, Line::Row(_)) != self.is_negative(cell);
        grows || self.values.get(cell).is_some_and(|value| *value > 0)
    }

    /// Totals of rows and columns are negative; the total of all is not.
    fn is_negative(&self, cell: usize) -> bool {
        let total_row = cell / self.width == self.height - 1;
        let total_column = cell % self.width == self.width - 1;
        total_row != total_column
    }

    /// What hiding a cell costs: its people, and one so that few cells are hidden. Totals are
    /// what readers want most: they cost more than all cells together.
    fn price(&self, cell: usize) -> u128 {
        if self.hidden.get(cell).copied().unwrap_or(false) {
            return 0;
        }
        let value = u128::from(self.values.get(cell).copied().unwrap_or(0)) + 1;
        let is_total = cell / self.width == self.height - 1 || cell % self.width == self.width - 1;
        let all = u128::from(self.values.last().copied().unwrap_or(0));
        if is_total {
            value + all + self.values.len() as u128
        } else {
            value
        }
    }

    fn index(&self, line: Line) -> usize {
        match line {
            Line::Row(row) => row,
            Line::Column(column) => self.height + column,
        }
    }

    fn shown(&self) -> Vec<Vec<Option<u64>>> {
        let all = self.values.iter().zip(&self.hidden);
        let all: Vec<_> = all
            .map(|(value, hidden)| (!hidden).then_some(*value))
            .collect();
        all.chunks(self.width).map(<[_]>::to_vec).collect()
    }
}

#[cfg(test)]
#[path = "cells_tests.rs"]
mod tests;
