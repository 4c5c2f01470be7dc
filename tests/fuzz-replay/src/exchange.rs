//! Messages, courier files and receipts.

use passerelle_exchange::courier::{Frame, Next, Reader, Writer};
use passerelle_exchange::message::{
    Bundles, CardMessage, Chunk, ChunkGet, ChunkHeld, Cosigned, Entries, Fetch, Hello, Message,
    Missing, PolicyTurn, Problem, Wanted,
};
use passerelle_exchange::receipt::{Proven, Receipt};
use passerelle_exchange::recovery::{Recover, Regained, Returned, judge};
use passerelle_exchange::{Error, check};
use passerelle_model::Digest;

use crate::samples::world;
use crate::{chosen, one_form, one_text, taken};

/// `Hello`.
pub(crate) fn hello(bytes: &[u8]) -> bool {
    message::<Hello>(bytes).is_some()
}

/// `Entries`.
pub(crate) fn entries(bytes: &[u8]) -> bool {
    message::<Entries>(bytes).is_some()
}

/// `Cosigned`.
pub(crate) fn cosigned(bytes: &[u8]) -> bool {
    message::<Cosigned>(bytes).is_some()
}

/// `Bundles`.
pub(crate) fn bundles(bytes: &[u8]) -> bool {
    message::<Bundles>(bytes).is_some()
}

/// `Chunk`.
pub(crate) fn chunk(bytes: &[u8]) -> bool {
    message::<Chunk>(bytes).is_some()
}

/// One of the short messages, as the first byte chooses.
pub(crate) fn small(bytes: &[u8]) -> bool {
    let Some((choice, bytes)) = chosen(bytes) else {
        return false;
    };
    match choice % 8 {
        0 => message::<Fetch>(bytes).is_some(),
        1 => message::<Wanted>(bytes).is_some(),
        2 => message::<Missing>(bytes).is_some(),
        3 => message::<ChunkGet>(bytes).is_some(),
        4 => message::<ChunkHeld>(bytes).is_some(),
        5 => message::<CardMessage>(bytes).is_some(),
        6 => message::<Problem>(bytes).is_some(),
        _ => message::<PolicyTurn>(bytes).is_some(),
    }
}

/// `check` of a batch against what is held of an honest journal: what is taken is the journal,
/// and the journal is never accused.
pub(crate) fn batch(bytes: &[u8]) -> bool {
    let Some(batch) = message::<Entries>(bytes) else {
        return false;
    };
    let (held, journal) = (&world().held, &world().journal);
    let known = usize::try_from(batch.start)
        .ok()
        .and_then(|start| held.known.get(start..));
    let judged = check(
        &batch,
        &held.journal,
        journal.log.key(),
        known.unwrap_or_default(),
        Some(&held.known),
    );
    match judged {
        Ok(taken) => {
            assert!(
                journal.heads.contains(taken.head.head().checkpoint()),
                "forged"
            );
            assert_eq!(taken.frontier.size(), taken.head.head().size());
            for (index, entry) in &taken.fresh {
                let index = usize::try_from(*index).unwrap_or(usize::MAX);
                assert_eq!(
                    journal.entries.get(index),
                    Some(entry.commitment.as_bytes())
                );
            }
            true
        }
        Err(error) => {
            assert!(
                !matches!(error, Error::Equivocation(_)),
                "an honest log is accused"
            );
            false
        }
    }
}

/// A courier file, whole and in pieces: the same frames and the same end.
pub(crate) fn courier(bytes: &[u8]) -> bool {
    let whole = read(bytes, bytes.len().max(1));
    for piece in [7, 64] {
        assert!(
            read(bytes, piece) == whole,
            "in pieces of {piece} it reads differently"
        );
    }
    let (frames, Ok(true)) = whole else {
        return false;
    };
    assert_eq!(
        written(&frames).as_deref(),
        Ok(bytes),
        "written as other bytes"
    );
    true
}

/// `Receipt::parse` and `verify`.
pub(crate) fn receipt(bytes: &[u8]) -> bool {
    let Some(receipt) = one_text(bytes, Receipt::parse) else {
        return false;
    };
    let world = world();
    let swapped = receipt.verify(&world.brussels.card, &world.rabat.card);
    assert!(swapped.is_err(), "sender and holder are the same to it");
    let proven = taken(receipt.verify(&world.rabat.card, &world.brussels.card));
    proven.is_some_and(|proven| {
        check_proven(proven, &world.proven);
        true
    })
}

/// Statements may be left out or stand in another order; nothing else may differ.
fn check_proven(proven: Proven, known: &Proven) {
    assert!(
        proven.said.iter().all(|said| known.said.contains(said)),
        "forged"
    );
    let rest = Proven {
        said: known.said.clone(),
        ..proven
    };
    assert_eq!(&rest, known, "forged");
}

pub(crate) fn message<T: Message>(bytes: &[u8]) -> Option<T> {
    let message = one_form(bytes, T::from_bytes(bytes), T::to_bytes)?;
    assert!(
        message.check().is_ok(),
        "read, but refused by its own check"
    );
    Some(message)
}

/// Frames before the end or the first refusal, and whether the file is whole.
fn read(bytes: &[u8], piece: usize) -> (Vec<Frame>, Result<bool, Error>) {
    let (mut reader, mut frames) = (Reader::new(), Vec::new());
    for piece in bytes.chunks(piece) {
        reader.push(piece);
        loop {
            match reader.next() {
                Ok(Next::Frame(frame)) => frames.push(*frame),
                Ok(Next::More | Next::End) => break,
                Err(error) => return (frames, Err(error)),
            }
        }
    }
    let end = reader.next().map(|next| next == Next::End);
    (frames, end)
}

fn written(frames: &[Frame]) -> Result<Vec<u8>, Error> {
    let (mut writer, mut bytes) = Writer::begin();
    for frame in frames {
        bytes.extend(writer.frame(frame)?);
    }
    bytes.extend(writer.end()?);
    Ok(bytes)
}

/// What comes back of one's own journal: the short messages, and a piece judged against what is
/// held of it. What is taken is the journal.
pub(crate) fn recovery(bytes: &[u8]) -> bool {
    let Some((choice, bytes)) = chosen(bytes) else {
        return false;
    };
    match choice % 3 {
        0 => message::<Recover>(bytes).is_some(),
        1 => message::<Regained>(bytes).is_some(),
        _ => returned(bytes),
    }
}

fn returned(bytes: &[u8]) -> bool {
    let Some(piece) = message::<Returned>(bytes) else {
        return false;
    };
    let (held, journal) = (&world().held.journal, &world().journal);
    let key = journal.log.key();
    let Some(stands) = taken(judge(&piece, &held.frontier, 0, key)) else {
        return false;
    };
    for (index, entry) in &stands.fresh {
        let place = usize::try_from(*index).unwrap_or(usize::MAX);
        let known = journal.entries.get(place).map(digest);
        assert_eq!(Some(entry.commitment), known, "forged");
    }
    true
}

/// The commitment of an entry as the journal holds it.
pub(crate) fn digest(entry: &[u8; 32]) -> Digest {
    Digest::new(*entry)
}
