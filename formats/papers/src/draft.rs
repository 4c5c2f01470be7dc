//! A paper while it is read: every reader puts its blocks here, and they come out clean.

use std::collections::BTreeMap;

use crate::{
    Error, Hint, Kind, Language, MAX_BLOCKS, Paper, Warning,
    clean::Cleaner,
    paper::{Block, BlockKind},
    sniff,
};

#[derive(Debug, Default)]
pub(crate) struct Draft {
    blocks: Vec<Block>,
    /// Blocks and cells so far.
    pieces: usize,
    title: Option<String>,
    cleaner: Cleaner,
    pub(crate) counts: Counts,
}

/// What a reader left out or kept with a warning.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) insertions: usize,
    pub(crate) deletions: usize,
    pub(crate) hidden: usize,
    pub(crate) asides: usize,
    pub(crate) pictures: usize,
}

impl Draft {
    /// Adds a block, unless nothing is left of it. `E_PAPER_SIZE` beyond [`MAX_BLOCKS`].
    pub(crate) fn push(&mut self, kind: BlockKind, raw: &str) -> Result<(), Error> {
        let text = self.cleaner.line(raw);
        if text.is_empty() {
            return Ok(());
        }
        self.count(1)?;
        let lang_guess = Language::guess(&text);
        self.blocks.push(Block {
            kind,
            text,
            lang_guess,
        });
        Ok(())
    }

    /// Adds a row of a table, unless all its cells are empty.
    pub(crate) fn row(&mut self, cells: &[String]) -> Result<(), Error> {
        self.count(cells.len())?;
        let cells: Vec<String> = cells.iter().map(|cell| self.cleaner.line(cell)).collect();
        if cells.iter().all(String::is_empty) {
            return Ok(());
        }
        self.count(1)?;
        let text = cells.join("\t");
        let lang_guess = Language::guess(&text);
        self.blocks.push(Block {
            kind: BlockKind::TableRow(cells),
            text,
            lang_guess,
        });
        Ok(())
    }

    /// Names the paper, unless it has a name.
    pub(crate) fn entitle(&mut self, raw: &str) {
        if self.title.is_none() {
            let title = self.cleaner.line(raw);
            self.title = Some(title).filter(|title| !title.is_empty());
        }
    }

    /// The paper, named after its first heading, else as the file says elsewhere.
    pub(crate) fn finish(
        mut self,
        kind: Kind,
        hint: Hint<'_>,
        named: Option<&str>,
        mut warnings: Vec<Warning>,
    ) -> Result<Paper, Error> {
        if self.blocks.is_empty() {
            return Err(Error::Empty);
        }
        self.entitle(&self.first_heading().unwrap_or_default());
        self.entitle(named.unwrap_or_default());
        if sniff::hinted(hint).is_some_and(|hinted| hinted != kind) {
            warnings.push(Warning::Mislabelled);
        }
        warnings.extend(self.warnings());
        Ok(Paper {
            lang_guess: language_of_most(&self.blocks),
            title: self.title,
            blocks: self.blocks,
            kind,
            warnings,
        })
    }

    fn count(&mut self, pieces: usize) -> Result<(), Error> {
        self.pieces += pieces;
        if self.pieces > MAX_BLOCKS {
            return Err(Error::Size);
        }
        Ok(())
    }

    fn first_heading(&self) -> Option<String> {
        let heading = |block: &&Block| matches!(block.kind, BlockKind::Heading(_));
        Some(self.blocks.iter().find(heading)?.text.clone())
    }

    fn warnings(&self) -> impl Iterator<Item = Warning> + use<> {
        let counts = &self.counts;
        [
            (
                self.cleaner.directions,
                Warning::DirectionsRemoved as fn(usize) -> Warning,
            ),
            (self.cleaner.controls, Warning::ControlsRemoved),
            (counts.insertions, Warning::InsertionsKept),
            (counts.deletions, Warning::DeletionsLeftOut),
            (counts.hidden, Warning::HiddenLeftOut),
            (counts.asides, Warning::AsidesLeftOut),
            (counts.pictures, Warning::PicturesLeftOut),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, warning)| warning(count))
    }
}

/// The language of most bytes; asides are not the paper's own words.
fn language_of_most(blocks: &[Block]) -> Language {
    let mut bytes: BTreeMap<Language, usize> = BTreeMap::new();
    for block in blocks.iter().filter(|block| block.kind != BlockKind::Aside) {
        *bytes.entry(block.lang_guess).or_default() += block.text.len();
    }
    bytes.remove(&Language::Unknown);
    let most = bytes.into_iter().max_by_key(|(_, bytes)| *bytes);
    most.map_or(Language::Unknown, |(language, _)| language)
}
