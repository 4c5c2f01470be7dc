//! Commits: first everything is checked, then everything is applied, so that a refused
//! commit leaves nothing.

use std::collections::{BTreeMap, BTreeSet};

use passerelle_model::{PartyId, RecordId};

use super::{Kept, Row, State};
use crate::{
    Append, BlobNeed, Commit, Entry, Erasure, Error, Head, Held, IdempotencyKey, Journal, Put,
    StatementRow,
};

impl State {
    /// Applies a commit that passed `check_commit`, or refuses it whole.
    pub(super) fn commit(&mut self, commit: Commit) -> Result<(), Error> {
        Check {
            state: self,
            commit: &commit,
        }
        .all()?;
        self.apply(commit);
        Ok(())
    }

    fn apply(&mut self, commit: Commit) {
        for append in commit.appends {
            self.append(append);
        }
        for (journal, head) in commit.heads {
            self.open(&journal).head = Some(head);
        }
        for row in commit.cosigned {
            let place = (row.by.clone(), row.size);
            self.open(&row.journal).cosigned.insert(place, row);
        }
        for row in commit.statements {
            self.open(&row.journal).statements.insert(place(&row), row);
        }
        for need in commit.needs {
            self.need(need);
        }
        for blob in commit.complete {
            if self.blob_uses(blob) > 0 {
                self.complete.insert(blob);
            }
        }
        self.idempotency.extend(commit.idempotency);
        for put in commit.puts {
            self.put(put);
        }
        for words in commit.words {
            self.index(words);
        }
        for erasure in commit.erasures {
            self.unword(&erasure);
            self.erase(&erasure);
        }
    }

    fn open(&mut self, journal: &Journal) -> &mut Kept {
        self.journals.entry(journal.clone()).or_default()
    }

    fn append(&mut self, append: Append) {
        let party = append.journal.party.clone();
        for entry in &append.entries {
            if let Some(record) = record(&entry.held) {
                let place = (append.journal.clone(), entry.index);
                self.records.insert((party.clone(), record), place);
            }
        }
        let kept = self.open(&append.journal);
        kept.rows.extend(append.entries.into_iter().map(Row::new));
        let tiles = append.tiles.into_iter();
        kept.tiles
            .extend(tiles.map(|tile| ((tile.level, tile.index), tile.root)));
        kept.head = Some(append.head);
    }

    fn need(&mut self, need: BlobNeed) {
        if need.complete {
            self.complete.insert(need.blob);
        }
        let place = (need.index, need.blob);
        let needs = &mut self.open(&need.journal).needs;
        needs.entry(place).or_insert(need.bytes);
    }

    fn put(&mut self, put: Put) {
        let name = (put.kind.to_owned(), put.key);
        let version = self.documents.get(&name).map_or(0, |(_, version)| *version);
        match put.bytes {
            Some(bytes) => self.documents.insert(name, (bytes, version + 1)),
            None => self.documents.remove(&name),
        };
    }

    fn erase(&mut self, erasure: &Erasure) {
        let kept = self.open(&erasure.journal);
        let place = usize::try_from(erasure.index).ok();
        let Some(row) = place.and_then(|place| kept.rows.get_mut(place)) else {
            return;
        };
        if let Held::Content { record, .. } = row.held {
            let at = erasure.at;
            row.held = Held::Erased { at, record };
        }
        kept.needs.retain(|(index, _), _| *index != erasure.index);
        let unused = |blob: &_| self.blob_uses(*blob) == 0;
        let gone: BTreeSet<_> = self.complete.iter().copied().filter(unused).collect();
        self.complete.retain(|blob| !gone.contains(blob));
    }
}

impl Row {
    fn new(entry: Entry) -> Self {
        let time = match entry.held {
            Held::LeafOnly => None,
            Held::Content { time, .. } => Some(time),
            Held::Erased { at, .. } => Some(at),
        };
        Self {
            commitment: entry.commitment,
            held: entry.held,
            time,
        }
    }
}

/// The record behind an entry, erased or not.
pub(super) fn record(held: &Held) -> Option<RecordId> {
    match held {
        Held::LeafOnly => None,
        Held::Content { record, .. } | Held::Erased { record, .. } => *record,
    }
}

fn place(row: &StatementRow) -> (u64, PartyId, u64, u32) {
    (row.index, row.by.clone(), row.batch, row.position)
}

struct Check<'a> {
    state: &'a State,
    commit: &'a Commit,
}

impl Check<'_> {
    fn all(&self) -> Result<(), Error> {
        let commit = self.commit;
        commit
            .appends
            .iter()
            .try_for_each(|append| self.append(append))?;
        self.records()?;
        commit
            .heads
            .iter()
            .try_for_each(|(journal, head)| self.head(journal, head))?;
        for row in &commit.cosigned {
            let held = self.head_after(&row.journal).map_or(0, |head| head.size);
            refuse_if(row.size > held, "a co-signature beyond the journal")?;
        }
        self.statements()?;
        for need in &commit.needs {
            let content = matches!(
                self.held(&need.journal, need.index),
                Some(Held::Content { .. })
            );
            refuse_if(!content, "a blob for an entry without content")?;
        }
        self.idempotency()?;
        commit.puts.iter().try_for_each(|put| self.put(put))?;
        for erasure in &commit.erasures {
            let held = self.held(&erasure.journal, erasure.index);
            refuse_if(held.is_none(), "an erasure of an entry that is not held")?;
        }
        Ok(())
    }

    fn append(&self, append: &Append) -> Result<(), Error> {
        let held = self.state.size(&append.journal);
        refuse_if(held != append.expected_size, "the journal has another size")
    }

    fn records(&self) -> Result<(), Error> {
        let mut seen = BTreeSet::new();
        for append in &self.commit.appends {
            for record in append
                .entries
                .iter()
                .filter_map(|entry| record(&entry.held))
            {
                let name = (append.journal.party.clone(), record);
                let known = self.state.records.contains_key(&name) || !seen.insert(name);
                refuse_if(known, "a record that is held already")?;
            }
        }
        Ok(())
    }

    fn head(&self, journal: &Journal, head: &Head) -> Result<(), Error> {
        match self.head_after(journal) {
            Some(held) => {
                refuse_if(held.size != head.size, "a head of another size")?;
                refuse_if(held.root != head.root, "another root at the same size")
            }
            None => refuse_if(head.size != 0, "a head of an unknown journal"),
        }
    }

    fn head_after(&self, journal: &Journal) -> Option<&Head> {
        let mut appends = self.commit.appends.iter();
        match appends.find(|append| append.journal == *journal) {
            Some(append) => Some(&append.head),
            None => self.state.kept(journal)?.head.as_ref(),
        }
    }

    fn held(&self, journal: &Journal, index: u64) -> Option<&Held> {
        let appended = self.commit.appends.iter();
        let mut entries = appended
            .filter(|append| append.journal == *journal)
            .flat_map(|append| &append.entries);
        match entries.find(|entry| entry.index == index) {
            Some(entry) => Some(&entry.held),
            None => {
                let rows = &self.state.kept(journal)?.rows;
                Some(&rows.get(usize::try_from(index).ok()?)?.held)
            }
        }
    }

    fn statements(&self) -> Result<(), Error> {
        let mut seen = BTreeSet::new();
        for row in &self.commit.statements {
            let kept = self.state.kept(&row.journal);
            let known = kept.is_some_and(|kept| kept.statements.contains_key(&place(row)))
                || !seen.insert((&row.journal, place(row)));
            refuse_if(known, "a statement that is held already")?;
        }
        Ok(())
    }

    fn idempotency(&self) -> Result<(), Error> {
        let mut seen: BTreeMap<&IdempotencyKey, RecordId> = BTreeMap::new();
        for (key, record) in &self.commit.idempotency {
            let stored = self.state.idempotency.get(key).copied();
            let known = stored.or(seen.insert(key, *record));
            let taken = known.is_some_and(|known| known != *record);
            refuse_if(taken, "an idempotency key of another record")?;
        }
        Ok(())
    }

    fn put(&self, put: &Put) -> Result<(), Error> {
        let name = (put.kind.to_owned(), put.key.clone());
        let version = self
            .state
            .documents
            .get(&name)
            .map_or(0, |(_, version)| *version);
        let other = put.expected.is_some_and(|expected| expected != version);
        refuse_if(other, "the document has another version")
    }
}

fn refuse_if(conflict: bool, why: &str) -> Result<(), Error> {
    if conflict {
        Err(Error::Conflict(why.to_owned()))
    } else {
        Ok(())
    }
}
