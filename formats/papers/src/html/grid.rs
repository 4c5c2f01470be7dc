//! A table while it is read.

use super::{Place, main_content::Piece};
use crate::paper::BlockKind;

/// Most pieces in a cell of data; a cell with more lays out the page.
const MAX_IN_CELL: usize = 4;

/// One row of a table, cell by cell.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// What stands before the first cell: the caption, or what is at a wrong place.
    before: Vec<Piece>,
    cells: Vec<Vec<Piece>>,
}

impl Grid {
    pub(super) fn begin_cell(&mut self) {
        self.cells.push(Vec::new());
    }

    pub(super) fn put(&mut self, piece: Piece) {
        self.cells
            .last_mut()
            .unwrap_or(&mut self.before)
            .push(piece);
    }

    /// The row as pieces: one for a row of data, else those of its cells.
    pub(super) fn end_row(&mut self, place: Place) -> Vec<Piece> {
        let mut pieces = std::mem::take(&mut self.before);
        let cells = std::mem::take(&mut self.cells);
        if cells.len() < 2 || cells.iter().any(|cell| lays_out(cell)) {
            pieces.extend(cells.into_iter().flatten());
            return pieces;
        }
        let linked = cells.iter().flatten().map(|piece| piece.linked).sum();
        let words: Vec<String> = cells.iter().map(|cell| joined(cell)).collect();
        let text = words.join(" ");
        if !text.trim().is_empty() {
            pieces.push(Piece::new(place, BlockKind::TableRow(words), text, linked));
        }
        pieces
    }
}

fn lays_out(cell: &[Piece]) -> bool {
    let odd = |piece: &Piece| matches!(piece.kind, BlockKind::Heading(_) | BlockKind::TableRow(_));
    cell.len() > MAX_IN_CELL || cell.iter().any(odd)
}

fn joined(cell: &[Piece]) -> String {
    let texts: Vec<&str> = cell.iter().map(|piece| piece.text.as_str()).collect();
    texts.join(" ")
}
