//! Commits to write.

use passerelle_model::{Digest, RecordId, UtcTime};
use passerelle_store::{Append, Commit, Entry, Erasure, Head, Held, Journal, Put};

pub(crate) fn journal(n: u64) -> Journal {
    let channel = format!("channel-{n}").parse().unwrap();
    Journal::new(&channel, &format!("ma.unit-{n}").parse().unwrap())
}

/// One record of `bytes` bytes at the end of a journal of `size` leaves.
pub(crate) fn append_one(journal: &Journal, size: u64, bytes: usize) -> Commit {
    let salt = Digest::new([u8::try_from(size % 251).unwrap(); 32]);
    let held = Held::Content {
        salt,
        envelope: salt
            .as_bytes()
            .iter()
            .copied()
            .cycle()
            .take(bytes)
            .collect(),
        content_key: vec![5; 72],
        record: Some(RecordId::from_parts(size, [9; 10])),
        time: UtcTime::from_millis(size),
    };
    let entry = Entry {
        index: size,
        commitment: salt,
        held,
    };
    let head = Head {
        size: size + 1,
        root: salt,
        frontier: vec![1; 320],
        checkpoint: vec![2; 300],
    };
    Commit {
        appends: vec![Append {
            journal: journal.clone(),
            expected_size: size,
            entries: vec![entry],
            tiles: Vec::new(),
            head,
        }],
        ..Commit::default()
    }
}

/// Puts `mark` into every envelope.
pub(crate) fn plant(commit: &mut Commit, mark: &[u8]) {
    for entry in commit
        .appends
        .iter_mut()
        .flat_map(|append| &mut append.entries)
    {
        if let Held::Content { envelope, .. } = &mut entry.held {
            let middle = envelope.len() / 2;
            envelope.splice(middle..middle + mark.len(), mark.iter().copied());
        }
    }
}

pub(crate) fn erasure(journal: &Journal, index: u64) -> Erasure {
    Erasure {
        journal: journal.clone(),
        index,
        at: UtcTime::from_millis(1),
    }
}

pub(crate) fn put(key: &str, bytes: &[u8]) -> Put {
    Put {
        kind: "card",
        key: key.to_owned(),
        bytes: Some(bytes.to_vec()),
        expected: None,
    }
}
