//! Reads.

use std::ops::Range;

use passerelle_model::{Digest, PartyId, RecordId};

use super::apply::record;
use super::{Kept, Row, State};
use crate::limits::MAX_ENTRIES;
use crate::{
    BlobNeed, Cosigned, Direction, Document, Entry, EntryRef, Held, HeldRecord, Journal, Listing,
    StatementRow,
};

impl State {
    pub(super) fn kept(&self, journal: &Journal) -> Option<&Kept> {
        self.journals.get(journal)
    }

    pub(super) fn size(&self, journal: &Journal) -> u64 {
        let head = self.kept(journal).and_then(|kept| kept.head.as_ref());
        head.map_or(0, |head| head.size)
    }

    pub(super) fn entries(
        &self,
        journal: &Journal,
        range: Range<u64>,
        max_bytes: usize,
    ) -> Vec<Entry> {
        let mut found = Vec::new();
        let mut gathered = 0;
        for (row, index) in self.rows(journal, range) {
            gathered += row.bytes();
            found.push(row.entry(index));
            if gathered >= max_bytes {
                break;
            }
        }
        found
    }

    pub(super) fn commitments(&self, journal: &Journal, range: Range<u64>) -> Vec<Digest> {
        let rows = self.rows(journal, range);
        rows.map(|(row, _)| row.commitment).collect()
    }

    pub(super) fn find(&self, party: &PartyId, record: RecordId) -> Option<EntryRef> {
        let (journal, index) = self.records.get(&(party.clone(), record))?;
        self.entry_ref(journal, *index)
    }

    pub(super) fn list(&self, listing: &Listing) -> Vec<EntryRef> {
        let wanted = |journal: &Journal| {
            let channel = listing.channel.as_ref();
            channel.is_none_or(|channel| journal.channel == *channel)
                && match &listing.direction {
                    Direction::By(party) => journal.party == *party,
                    Direction::NotBy(party) => journal.party != *party,
                }
        };
        let older = |row: &EntryRef| {
            listing
                .before
                .is_none_or(|place| (row.time, row.record) < place)
        };
        let mut rows: Vec<_> = self
            .records
            .values()
            .filter(|(journal, _)| wanted(journal))
            .filter_map(|(journal, index)| self.entry_ref(journal, *index))
            .filter(older)
            .collect();
        rows.sort_by_key(|row| std::cmp::Reverse((row.time, row.record)));
        rows.truncate(listing.limit);
        rows
    }

    pub(super) fn statements(&self, journal: &Journal, range: Range<u64>) -> Vec<StatementRow> {
        let kept = self.kept(journal).into_iter();
        let mut rows: Vec<_> = kept
            .flat_map(|kept| kept.statements.values())
            .filter(|row| range.contains(&row.index))
            .cloned()
            .collect();
        rows.sort_by(|a, b| order(a).cmp(&order(b)));
        rows
    }

    pub(super) fn cosigned(
        &self,
        journal: &Journal,
        by: &PartyId,
        at_least: u64,
    ) -> impl Iterator<Item = Cosigned> {
        let kept = self.kept(journal).into_iter();
        let range = (by.clone(), at_least)..=(by.clone(), u64::MAX);
        kept.flat_map(move |kept| kept.cosigned.range(range.clone()))
            .map(|(_, row)| row.clone())
    }

    pub(super) fn tiles(&self, journal: &Journal, level: u8, range: Range<u64>) -> Vec<Digest> {
        let kept = self.kept(journal).into_iter();
        kept.flat_map(|kept| &kept.tiles)
            .filter(|((at, index), _)| *at == level && range.contains(index))
            .map(|(_, root)| *root)
            .collect()
    }

    pub(super) fn documents(&self, kind: &str, prefix: &str) -> Vec<Document> {
        self.documents
            .range((kind.to_owned(), prefix.to_owned())..)
            .take_while(|((at, key), _)| at == kind && key.starts_with(prefix))
            .map(|((kind, key), (bytes, version))| Document {
                kind: kind.clone(),
                key: key.clone(),
                bytes: bytes.clone(),
                version: *version,
            })
            .collect()
    }

    pub(super) fn blob_needs(&self, journal: &Journal, missing_only: bool) -> Vec<BlobNeed> {
        let kept = self.kept(journal).into_iter();
        kept.flat_map(|kept| &kept.needs)
            .map(|((index, blob), bytes)| BlobNeed {
                blob: *blob,
                bytes: *bytes,
                journal: journal.clone(),
                index: *index,
                complete: self.complete.contains(blob),
            })
            .filter(|need| !(missing_only && need.complete))
            .collect()
    }

    pub(super) fn blob_uses(&self, blob: Digest) -> u64 {
        let needs = self.journals.values().flat_map(|kept| kept.needs.keys());
        needs.map(|(_, needed)| u64::from(*needed == blob)).sum()
    }

    pub(super) fn sizes(&self) -> Vec<(Journal, u64)> {
        let held = self
            .journals
            .iter()
            .filter(|(_, kept)| !kept.rows.is_empty());
        held.map(|(journal, kept)| (journal.clone(), kept.rows.len() as u64))
            .collect()
    }

    pub(super) fn record(&self, party: &PartyId, record: &RecordId) -> Option<HeldRecord> {
        let place = self.find(party, *record)?;
        let (journal, index) = (&place.journal, place.index);
        let parties = self
            .kept(journal)?
            .cosigned
            .keys()
            .map(|(by, _)| by.clone());
        let parties: std::collections::BTreeSet<PartyId> = parties.collect();
        let first = |by: PartyId| {
            let time = self.cosigned(journal, &by, index + 1).next()?.time;
            Some((by, time))
        };
        Some(HeldRecord {
            entry: self.entry_at(journal, index)?,
            statements: self.statements(journal, index..index + 1),
            cosigned: parties.into_iter().filter_map(first).collect(),
            place,
        })
    }

    pub(super) fn entry_at(&self, journal: &Journal, index: u64) -> Option<Entry> {
        let end = index.checked_add(1)?;
        let (row, at) = self.rows(journal, index..end).next()?;
        Some(row.entry(at))
    }

    pub(super) fn named(&self, kind: &str, key: &str) -> Option<Document> {
        let (bytes, version) = self.documents.get(&(kind.to_owned(), key.to_owned()))?;
        Some(Document {
            kind: kind.to_owned(),
            key: key.to_owned(),
            bytes: bytes.clone(),
            version: *version,
        })
    }

    fn rows(&self, journal: &Journal, range: Range<u64>) -> impl Iterator<Item = (&Row, u64)> {
        let rows = self.kept(journal).map_or(&[][..], |kept| &kept.rows);
        let first = usize::try_from(range.start).unwrap_or(usize::MAX);
        rows.iter().skip(first).zip(range).take(MAX_ENTRIES)
    }

    pub(super) fn entry_ref(&self, journal: &Journal, index: u64) -> Option<EntryRef> {
        let row = self.kept(journal)?.rows.get(usize::try_from(index).ok()?)?;
        Some(EntryRef {
            journal: journal.clone(),
            index,
            record: record(&row.held)?,
            time: row.time?,
            erased: matches!(row.held, Held::Erased { .. }),
        })
    }
}

impl Row {
    fn entry(&self, index: u64) -> Entry {
        Entry {
            index,
            commitment: self.commitment,
            held: self.held.clone(),
        }
    }

    fn bytes(&self) -> usize {
        match &self.held {
            Held::Content { envelope, .. } => envelope.len(),
            Held::LeafOnly | Held::Erased { .. } => 0,
        }
    }
}

fn order(row: &StatementRow) -> impl Ord {
    (row.index, row.time, row.by.clone(), row.batch, row.position)
}
