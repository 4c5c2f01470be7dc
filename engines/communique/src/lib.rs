//! Reads a communiqué or minutes in French, Dutch, Arabic or English and proposes what a
//! secretariat would record: the meeting, who took part, the strands, decisions and commitments.
//!
//! **In scope**: rules and word lists, each proposal with the entry and the words it rests on.
//! **Out of scope**: taking a web page or document apart (blocks are handed in; [`blocks_of`]
//! does it for plain text), and recording anything: a person accepts, edits or drops each proposal.
//!
//! Everything is pure and deterministic: the same blocks and the same [`version`] give the same
//! [`Reading`]. Work grows linearly with the text. Nobody is scored; persons appear only with
//! the function in which they took part.
//!
//! ```
//! use passerelle_communique::{Nature, Who, blocks_of, read};
//!
//! let text = "Les deux ministres ont convenu de créer une équipe avant le 31 mars 2025.";
//! let blocks: Vec<_> = blocks_of(text).into_iter().map(|(_, block)| block).collect();
//! let reading = read(&blocks, None)?;
//!
//! let found = &reading.candidates[0];
//! assert_eq!(found.nature, Nature::Commitment);
//! assert_eq!(found.responsible.who, Who::Both);
//! let verb = found.verb.unwrap();
//! assert_eq!(&blocks[verb.block].text[verb.range()], "convenu");
//! # Ok::<(), passerelle_communique::Error>(())
//! ```
//!
//! How it works, one module each: words (`text`), the language of each block (`language`),
//! sentences (`sentences`), phrases of the tables in them (`phrases`, `lexicon`, `draft`), what is
//! no text (`page`), then what the phrases mean (`dates`, `functions`, `names`, `delegates`,
//! `meeting`, `topics`, `owner`, `context`, `candidates`).

mod candidates;
mod context;
mod dates;
mod delegates;
mod draft;
mod error;
mod functions;
mod language;
mod lexicon;
mod meeting;
mod names;
mod owner;
mod page;
mod phrases;
mod reading;
mod sentences;
mod text;
mod topics;

pub use candidates::MAX_CANDIDATES;
pub use dates::CalendarDate;
pub use delegates::MAX_DELEGATES;
pub use error::Error;
pub use lexicon::version;
pub use reading::{
    Candidate, DateGuess, Delegate, Due, Language, LeftOut, LeftOutReason, MeetingGuess,
    MeetingKind, Missing, Nature, Party, PartyBy, PlaceGuess, Reading, Reason, Responsible, Span,
    Strand, Strength, Sureness, Topic, Who,
};
pub use text::{Block, BlockKind, blocks_of};

use draft::Draft;

/// The example of the README runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

/// Longest text, in bytes (2 MiB).
pub const MAX_BYTES: usize = 2 * 1024 * 1024;
/// Most blocks.
pub const MAX_BLOCKS: usize = 20_000;

/// Reads a text; `language` where a person said which it is.
///
/// # Errors
/// [`Error::TooLong`], [`Error::TooManyBlocks`], or [`Error::Empty`] where no letter is in it.
/// A text in another language, or one that says nothing, is read and gives no proposals.
pub fn read(blocks: &[Block<'_>], language: Option<Language>) -> Result<Reading, Error> {
    check(blocks)?;
    let draft = Draft::new(blocks, language);
    let left_out = page::left_out(&draft);
    let skipped = |block: usize| {
        left_out
            .binary_search_by_key(&block, |one| one.block)
            .is_ok()
    };
    let mut read = Vec::new();
    let mut index = Vec::with_capacity(draft.sentences.len());
    for (at, sentence) in draft.sentences.iter().enumerate() {
        let skip = skipped(sentence.span.block);
        index.push((!skip).then_some(read.len()));
        read.extend((!skip).then_some(at));
    }
    let mut people = delegates::delegates(&draft, |sentence| skipped(sentence.span.block));
    let meeting = meeting::meeting(&draft, &read, &mut people);
    let (candidates, more_candidates) = candidates::candidates(&draft, &index, &people);
    let sentences = read
        .iter()
        .filter_map(|at| Some(draft.sentences.get(*at)?.span));
    Ok(Reading {
        language: draft.language,
        meeting,
        topics: topics::topics(&draft, &index, &people),
        candidates,
        more_candidates,
        sentences: sentences.collect(),
        left_out,
        steps: draft.steps + draft.words.len() as u64,
    })
}

fn check(blocks: &[Block<'_>]) -> Result<(), Error> {
    if blocks.len() > MAX_BLOCKS {
        return Err(Error::TooManyBlocks);
    }
    let bytes = blocks
        .iter()
        .fold(0_usize, |sum, block| sum.saturating_add(block.text.len()));
    if bytes > MAX_BYTES {
        return Err(Error::TooLong);
    }
    let letters = blocks
        .iter()
        .any(|block| block.text.contains(char::is_alphabetic));
    if letters { Ok(()) } else { Err(Error::Empty) }
}
