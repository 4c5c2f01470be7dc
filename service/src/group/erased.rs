//! What was erased, or what another party did not take, counts alike on every node.
//!
//! When a record of the group is erased, its event stays without its words (see
//! [`Skeleton`]): sealed here, written in the step that destroys the record. It counts once
//! every party it was addressed to stated that it took the record. What somebody refused counts
//! for nobody, and every member is told so. Whenever either changes what was counted before, a
//! mark changes too, and ledgers are read anew.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use passerelle_group::{ERASED_WORDS, Event, SCHEMA, Skeleton, Told};
use passerelle_model::{ChannelId, Kind, PartyId, Record, Side};
use passerelle_store::{Entry, Held, Journal, Put, StatementRow};
use serde::{Deserialize, Serialize};

use crate::directory::Shelf;
use crate::{Error, Node};

/// What stays of an erased record of the group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bones {
    /// Parties it was addressed to.
    to: BTreeSet<PartyId>,
    skeleton: Skeleton,
}

/// What was stated about entries of a journal.
#[derive(Default)]
pub(super) struct Stated {
    refused: BTreeSet<u64>,
    accepted: BTreeMap<u64, BTreeSet<PartyId>>,
}

impl Stated {
    /// Whether somebody did not take the entry.
    pub(super) fn is_refused(&self, index: u64) -> bool {
        self.refused.contains(&index)
    }

    /// Whether everybody it was addressed to took it.
    fn is_taken(&self, index: u64, bones: &Bones) -> bool {
        let accepted = self.accepted.get(&index);
        bones
            .to
            .iter()
            .all(|party| accepted.is_some_and(|by| by.contains(party)))
    }
}

impl Bones {
    /// As it is read of a journal.
    pub(super) fn told(self, by: &PartyId, entry: &super::GroupEntry) -> Result<Told, Error> {
        Ok(Told {
            by: by.clone(),
            index: entry.index,
            record: entry.record,
            time: self.skeleton.time,
            // Who it was is gone with the record.
            officer: "erased".parse()?,
            function: ERASED_WORDS.parse()?,
            event: self.skeleton.event,
            erased: Some(self.skeleton.hashes),
        })
    }
}

impl Node {
    /// What is written in the step that erases a record of the group: its event without words,
    /// and that ledgers are read anew. Of a record that says nothing to the ledger, nothing.
    pub(crate) fn bones_puts(
        &self,
        journal: &Journal,
        index: u64,
        record: &Record,
    ) -> Result<Vec<Put>, Error> {
        let event = record
            .data
            .as_ref()
            .filter(|data| record.kind == Kind::Group && data.schema.as_str() == SCHEMA);
        let Some(Ok(event)) = event.map(|data| Event::parse(&data.json)) else {
            return Ok(Vec::new());
        };
        let bones = Bones {
            to: record.to.iter().map(|to| to.party.clone()).collect(),
            skeleton: event.skeleton(record.time).map_err(Error::Group)?,
        };
        let key = bones_key(journal, index);
        let bones = self.sealed_json_put(Shelf::GROUP_BONES, key, &bones, None)?;
        Ok(vec![bones, self.changed_put(&journal.channel)])
    }

    /// What is written with a partner's statements where they change what counts: it refused a
    /// record of the group, or took one that is erased here.
    pub(crate) async fn recounted(
        &self,
        channel: &ChannelId,
        rows: &[StatementRow],
    ) -> Result<Option<Put>, Error> {
        if rows.is_empty() || !self.is_group(channel) {
            return Ok(None);
        }
        if rows.iter().any(|row| row.said == "refused") {
            return Ok(Some(self.changed_put(channel)));
        }
        let taken = rows.iter().filter(|row| row.said == "accepted");
        let keys: Vec<_> = taken
            .map(|row| (Shelf::GROUP_BONES, bones_key(&row.journal, row.index)))
            .collect();
        for some in keys.chunks(passerelle_store::MAX_GATHERED) {
            let held = self.store.gather(some.to_vec()).await?;
            if held.iter().any(Option::is_some) {
                return Ok(Some(self.changed_put(channel)));
            }
        }
        Ok(None)
    }

    /// Changes whenever something counts that did not, or no longer.
    pub(super) async fn group_changes(&self, channel: &ChannelId) -> Result<u64, Error> {
        let mark = self.document(Shelf::GROUP_CHANGED, channel.to_string());
        Ok(mark.await?.map_or(0, |mark| mark.version))
    }

    fn changed_put(&self, channel: &ChannelId) -> Put {
        Put {
            kind: Shelf::GROUP_CHANGED,
            key: channel.to_string(),
            bytes: Some(self.now().millis().to_be_bytes().to_vec()),
            expected: None,
        }
    }

    /// Whether a channel is a group's.
    pub(crate) fn is_group(&self, channel: &ChannelId) -> bool {
        let directory = self.directory();
        let mut held = directory.agreements();
        held.any(|held| {
            let terms = held.agreement.terms();
            terms.id == *channel && terms.side == Side::Group && held.signed_by_all()
        })
    }

    /// What any party stated about entries of a journal.
    pub(super) async fn stated_of(
        &self,
        journal: &Journal,
        range: Range<u64>,
    ) -> Result<Stated, Error> {
        let mut stated = Stated::default();
        for row in self.store.statements(journal, range).await? {
            match row.said.as_str() {
                "refused" => {
                    stated.refused.insert(row.index);
                }
                "accepted" => {
                    let by = stated.accepted.entry(row.index).or_default();
                    by.insert(row.by);
                }
                _ => {}
            }
        }
        Ok(stated)
    }

    /// What stays of the erased ones among these entries, where it counts.
    pub(super) async fn bones_of(
        &self,
        journal: &Journal,
        entries: &[Entry],
        stated: &Stated,
    ) -> Result<BTreeMap<u64, Bones>, Error> {
        let erased = entries
            .iter()
            .filter(|entry| matches!(entry.held, Held::Erased { .. }));
        let indexes: Vec<u64> = erased.map(|entry| entry.index).collect();
        if indexes.is_empty() {
            return Ok(BTreeMap::new());
        }
        let names = indexes
            .iter()
            .map(|index| (Shelf::GROUP_BONES, bones_key(journal, *index)));
        let held = self.store.gather(names.collect()).await?;
        let mut all = BTreeMap::new();
        for (index, document) in indexes.into_iter().zip(held) {
            let Some(document) = document else { continue };
            let bones: Bones = self.unsealed_json(&document)?;
            if stated.is_taken(index, &bones) {
                all.insert(index, bones);
            }
        }
        Ok(all)
    }
}

fn bones_key(journal: &Journal, index: u64) -> String {
    format!("{}/{}/{index:020}", journal.channel, journal.party)
}
