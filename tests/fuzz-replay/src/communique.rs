//! Communiqués and minutes.

use passerelle_communique::{Block, Language, blocks_of, read};

use crate::{chosen, taken};

/// `blocks_of`, `read`; the first byte says which language a person gave, if any.
pub(crate) fn text(bytes: &[u8]) -> bool {
    let Some((choice, text)) = chosen(bytes) else {
        return false;
    };
    let Ok(text) = std::str::from_utf8(text) else {
        return false;
    };
    let parts = blocks_of(text);
    for (at, block) in &parts {
        let there = text.get(*at..at + block.text.len());
        assert_eq!(there, Some(block.text), "a block that is not there");
    }
    let blocks: Vec<Block<'_>> = parts.into_iter().map(|(_, block)| block).collect();
    let language = Language::ALL.get(usize::from(choice)).copied();
    let Some(reading) = taken(read(&blocks, language)) else {
        return false;
    };
    for span in reading.spans() {
        let part = blocks
            .get(span.block)
            .and_then(|block| block.text.get(span.range()));
        assert!(
            part.is_some_and(|part| !part.is_empty()),
            "{span:?} is no part of the text"
        );
    }
    for one in &reading.candidates {
        assert!(one.sentence < reading.sentences.len());
        assert!(!one.why.is_empty(), "proposed without a reason");
    }
    let out: Vec<usize> = reading.left_out.iter().map(|one| one.block).collect();
    assert!(out.is_sorted() && out.iter().all(|block| *block < blocks.len()));
    true
}
