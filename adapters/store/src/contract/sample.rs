//! Small samples for the clauses.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use passerelle_model::{Digest, RecordId, UtcTime};

use super::Breach;
use crate::{Append, BlobNeed, Commit, Cosigned, Entry, Head, Held, Journal, Put, StatementRow};

/// A journal of `party` in `channel`.
pub(super) fn journal(channel: &str, party: &str) -> Result<Journal, Breach> {
    Ok(Journal::new(&channel.parse()?, &party.parse()?))
}

/// The journal most clauses write to.
pub(super) fn ours() -> Result<Journal, Breach> {
    journal("ma-be-security", "ma.interior")
}

pub(super) fn digest(n: u64) -> Digest {
    let mut bytes = [0xd1; 32];
    for (to, from) in bytes.iter_mut().zip(n.to_be_bytes()) {
        *to = from;
    }
    Digest::new(bytes)
}

pub(super) fn record(n: u64) -> RecordId {
    RecordId::from_parts(n, [7; 10])
}

pub(super) fn at(millis: u64) -> UtcTime {
    UtcTime::from_millis(millis)
}

pub(super) fn leaf(index: u64) -> Entry {
    Entry {
        index,
        commitment: digest(index),
        held: Held::LeafOnly,
    }
}

/// An entry that holds record `n`, released at `n` milliseconds, in 16 bytes of envelope.
pub(super) fn content(index: u64, n: u64) -> Entry {
    let held = Held::Content {
        salt: digest(n + 1),
        envelope: digest(n).as_bytes().iter().copied().take(16).collect(),
        content_key: vec![3; 48],
        record: Some(record(n)),
        time: at(n),
    };
    Entry {
        held,
        ..leaf(index)
    }
}

pub(super) fn head(size: u64) -> Head {
    Head {
        size,
        root: digest(size + 1000),
        frontier: vec![1, 2],
        checkpoint: format!("checkpoint {size}").into(),
    }
}

/// `entries` at the end of a journal that has `size` leaves.
pub(super) fn append(journal: &Journal, size: u64, entries: Vec<Entry>) -> Append {
    let added = u64::try_from(entries.len()).unwrap_or(u64::MAX);
    Append {
        journal: journal.clone(),
        expected_size: size,
        entries,
        tiles: Vec::new(),
        head: head(size + added),
    }
}

pub(super) fn grow(journal: &Journal, size: u64, entries: Vec<Entry>) -> Commit {
    Commit {
        appends: vec![append(journal, size, entries)],
        ..Commit::default()
    }
}

pub(super) fn put(key: &str, bytes: &[u8]) -> Put {
    Put {
        kind: "card",
        key: key.to_owned(),
        bytes: Some(bytes.to_vec()),
        expected: None,
    }
}

pub(super) fn cosigned(journal: &Journal, by: &str, size: u64) -> Result<Cosigned, Breach> {
    Ok(Cosigned {
        journal: journal.clone(),
        by: by.parse()?,
        size,
        note: format!("note {size}").into(),
        time: at(size * 1000),
    })
}

pub(super) fn statement(
    journal: &Journal,
    index: u64,
    position: u32,
    time: u64,
) -> Result<StatementRow, Breach> {
    Ok(StatementRow {
        journal: journal.clone(),
        index,
        by: "be.police".parse()?,
        batch: 0,
        position,
        said: "refused".into(),
        code: Some("E_PURPOSE".into()),
        time: at(time),
    })
}

pub(super) fn need(journal: &Journal, index: u64, blob: u64) -> BlobNeed {
    BlobNeed {
        blob: digest(blob),
        bytes: 1_000_000,
        journal: journal.clone(),
        index,
        complete: false,
    }
}

/// Waits for all at once, as many tasks of one node would.
pub(super) async fn together<F: Future + Unpin>(futures: Vec<F>) -> Vec<F::Output> {
    let mut waiting = futures.into_iter().map(Slot::Waiting).collect::<Vec<_>>();
    let all = std::future::poll_fn(move |context| {
        let mut ready = true;
        for slot in &mut waiting {
            ready &= slot.poll(context);
        }
        if !ready {
            return Poll::Pending;
        }
        Poll::Ready(std::mem::take(&mut waiting))
    });
    pin!(all).await.into_iter().filter_map(Slot::done).collect()
}

enum Slot<F: Future> {
    Waiting(F),
    Done(F::Output),
}

impl<F: Future + Unpin> Slot<F> {
    fn poll(&mut self, context: &mut Context<'_>) -> bool {
        if let Self::Waiting(future) = self
            && let Poll::Ready(output) = Pin::new(future).poll(context)
        {
            *self = Self::Done(output);
        }
        matches!(self, Self::Done(_))
    }

    fn done(self) -> Option<F::Output> {
        match self {
            Self::Waiting(_) => None,
            Self::Done(output) => Some(output),
        }
    }
}
