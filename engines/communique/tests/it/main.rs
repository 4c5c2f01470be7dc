//! The reader as others see it.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

use passerelle_communique::{Block, Candidate, Reading, Span, blocks_of, read};

mod bad_input;
mod dates;
mod labels;
mod measured;
mod proposals;
mod reference;

/// A text with its reading.
struct Read<'a> {
    blocks: Vec<Block<'a>>,
    reading: Reading,
}

impl<'a> Read<'a> {
    fn new(text: &'a str) -> Self {
        let blocks: Vec<Block<'a>> = blocks_of(text)
            .into_iter()
            .map(|(_, block)| block)
            .collect();
        let reading = read(&blocks, None).unwrap();
        Self { blocks, reading }
    }

    fn text(&self, span: Span) -> &'a str {
        &self.blocks[span.block].text[span.range()]
    }

    fn sentence(&self, index: usize) -> &'a str {
        self.text(self.reading.sentences[index])
    }

    /// The only candidate.
    fn only(&self) -> &Candidate {
        assert_eq!(
            self.reading.candidates.len(),
            1,
            "{:?}: {:#?}",
            self.blocks,
            self.reading
        );
        &self.reading.candidates[0]
    }

    /// Functions with names, `function | name | state`.
    fn delegates(&self) -> Vec<String> {
        let shown = self.reading.meeting.delegates.iter().map(|one| {
            let name = one.name.map_or("", |name| self.text(name));
            let party = one.party.map_or("", |(code, _)| code);
            format!("{} | {name} | {party}", self.text(one.function))
        });
        shown.collect()
    }
}
