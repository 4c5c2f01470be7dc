//! Receiving a partner's journal: judge the batch, open it, state what was decided in our own
//! journal, make all of it durable in one step, and only then co-sign.

use std::collections::BTreeMap;

use passerelle_exchange::message::{Cosignature, Entries, JournalState};
use passerelle_exchange::{Continues, HeldJournal, check, journal_key, witness_name};
use passerelle_journal::{Frontier, WitnessSigner};
use passerelle_model::{ChannelId, Digest, PartyId};
use passerelle_store::{
    Append, Commit, Cosigned, Durable, Entry, Journal, Put, StatementRow, Tile,
};

use crate::events::Happened;
use crate::journal::head_row;
use crate::link::{ChannelLink, load_held};
use crate::opening::Judged;
use crate::{Error, Node};

/// Leaves read at a time; a batch of statements spans no more.
pub(crate) const READ_AHEAD: u64 = 65_536;

/// What came of a batch.
pub(crate) struct Received {
    /// Our co-signature on the partner's journal as it is held now.
    pub(crate) given: Cosignature,
    /// Entries that were new here.
    pub(crate) fresh: u64,
}

impl Node {
    /// Takes a batch of a partner's journal. `extra` is committed in the same step.
    pub(crate) async fn receive(
        &self,
        from: &PartyId,
        batch: &Entries,
        extra: Vec<Cosigned>,
    ) -> Result<Received, Error> {
        let directory = self.directory();
        let partner = directory.active(from, self.now())?;
        if !directory.channels_with(from).contains(&batch.channel) {
            return Err(Error::not_found("agreement signed by all", &batch.channel));
        }
        let key = journal_key(partner.pinned.card().content(), &batch.channel)?;
        let link = self.link(from).channel(&batch.channel);
        let mut slot = link.held.lock().await;
        let held = match slot.take() {
            Some(held) => held,
            None => load_held(self.store.as_ref(), &batch.channel, from).await?,
        };
        let judged = self.judge(from, batch, &held, &key).await;
        crate::steps::at("receive.judged");
        let held = slot.insert(held);
        match judged {
            Ok(continues) => self.keep(from, &link, held, batch, continues, extra).await,
            Err(error) => Err(self.alarm_if_proof(from, &batch.channel, error).await),
        }
    }

    async fn judge(
        &self,
        from: &PartyId,
        batch: &Entries,
        held: &HeldJournal,
        key: &passerelle_journal::LogKey,
    ) -> Result<Continues, passerelle_exchange::Error> {
        let journal = Journal::new(&batch.channel, from);
        let size = held.witness.size();
        let end = batch.start.saturating_add(batch.entries.len() as u64);
        let known = self
            .leaves(&journal, batch.start.min(size)..end.min(size))
            .await?;
        match check(batch, held, key, &known, None) {
            Err(passerelle_exchange::Error::LeavesNeeded) => {
                let all = self.leaves(&journal, 0..size).await?;
                check(batch, held, key, &known, Some(&all))
            }
            other => other,
        }
    }

    async fn leaves(
        &self,
        journal: &Journal,
        range: std::ops::Range<u64>,
    ) -> Result<Vec<Digest>, passerelle_exchange::Error> {
        let mut leaves = Vec::new();
        let mut start = range.start;
        while start < range.end {
            let end = range.end.min(start + READ_AHEAD);
            let read = self.store.commitments(journal, start..end).await;
            let read =
                read.map_err(|error| passerelle_journal::Error::Storage(error.to_string()))?;
            leaves.extend(read);
            start = end;
        }
        Ok(leaves)
    }

    /// Makes a judged batch durable, then co-signs.
    async fn keep(
        &self,
        from: &PartyId,
        link: &ChannelLink,
        held: &mut HeldJournal,
        batch: &Entries,
        continues: Continues,
        extra: Vec<Cosigned>,
    ) -> Result<Received, Error> {
        let Continues {
            head,
            frontier,
            fresh,
            tiles,
        } = continues;
        let journal = Journal::new(&batch.channel, from);
        let (judged, puts) = self.open_all(from, &journal, fresh).await?;
        crate::steps::at("receive.opened");
        let count = judged.len() as u64;
        let grown = count > 0 || head.after().size() != held.witness.size();
        let base = Commit {
            cosigned: extra,
            puts,
            ..Commit::default()
        };
        if grown || !base.cosigned.is_empty() {
            let theirs = grown.then_some(Theirs {
                journal,
                held,
                frontier: &frontier,
                tiles,
                batch,
            });
            self.commit_received(from, &batch.channel, theirs, judged, base)
                .await?;
        }
        crate::steps::at("receive.durable");
        // Durable from here on: only now may the head be co-signed.
        let after = head.after();
        let line = self.cosign(head.persisted())?;
        crate::steps::at("receive.cosigned");
        if grown {
            let root = Digest::new(*after.root().as_bytes());
            let state = JournalState {
                size: after.size(),
                root,
            };
            link.update(|told| {
                told.complete = false;
                told.held = Some(state);
            });
            *held = HeldJournal {
                witness: after.clone(),
                frontier,
                checkpoint: batch.checkpoint.clone(),
            };
        }
        let given = Cosignature {
            size: after.size(),
            line,
        };
        Ok(Received {
            given,
            fresh: count,
        })
    }

    /// Our co-signature, by our clock.
    pub(crate) fn cosign(&self, head: passerelle_journal::Persisted) -> Result<String, Error> {
        let signer =
            WitnessSigner::from_seed(witness_name(&self.party)?, self.keys().witness().seed());
        Ok(signer.cosign(head, self.now().seconds())?.to_string())
    }

    /// One step: their entries, our statements about them, what was received with them.
    async fn commit_received(
        &self,
        from: &PartyId,
        channel: &ChannelId,
        theirs: Option<Theirs<'_>>,
        judged: Vec<Judged>,
        mut commit: Commit,
    ) -> Result<Durable, Error> {
        let mut acts = self.collected(from, channel, &judged)?;
        let (mut entries, mut said, mut events, mut doomed) = (vec![], vec![], vec![], vec![]);
        let mut gone = vec![];
        for one in judged {
            events.extend(stated(&self.party, &one.rows));
            events.extend(one.event);
            entries.push(one.entry);
            said.extend(one.said);
            doomed.extend(one.doomed);
            commit.needs.extend(one.needs);
            commit.erasures.extend(one.erasures);
            commit.statements.extend(one.rows);
            gone.extend(one.gone);
            commit.puts.extend(one.puts);
            commit.words.extend(one.words);
        }
        let mut forgotten = self.forgotten(&gone).await?;
        acts.append(&mut forgotten.acts);
        doomed.append(&mut forgotten.blobs);
        commit.puts = once(commit.puts.into_iter().chain(forgotten.puts));
        commit
            .appends
            .extend(theirs.map(|theirs| theirs.append(entries)));
        let receipts: Vec<u64> = commit.cosigned.iter().map(|row| row.size).collect();
        let most = receipts.iter().max().copied();
        let files = !commit.needs.is_empty() || !commit.erasures.is_empty();
        let refusals = self
            .counted_refusals(from, channel, &commit.statements)
            .await?;
        commit.puts.extend(refusals);
        let recounted = self.recounted(channel, &commit.statements).await?;
        commit.puts.extend(recounted);
        // A record may have gone in the same step.
        commit.puts = once(std::mem::take(&mut commit.puts).into_iter());
        let durable = self
            .commit_with_statements(from, channel, commit, said, acts)
            .await?;
        self.link(from).channel(channel).update(|told| {
            told.receipted = told.receipted.max(most);
            if files {
                told.recount();
            }
        });
        for event in events {
            self.tell(from, channel, event);
        }
        for up_to in receipts {
            self.tell(from, channel, Happened::Receipted { up_to });
        }
        crate::steps::at("erase.durable");
        self.remove_unused(&Journal::new(channel, from), doomed)
            .await?;
        Ok(durable)
    }
}

/// What grows the partner's journal.
struct Theirs<'a> {
    journal: Journal,
    held: &'a HeldJournal,
    frontier: &'a Frontier,
    tiles: Vec<(u8, u64, passerelle_journal::Hash)>,
    batch: &'a Entries,
}

impl Theirs<'_> {
    fn append(self, entries: Vec<Entry>) -> Append {
        let tiles = self.tiles.into_iter().map(|(level, index, root)| Tile {
            level,
            index,
            root: Digest::new(*root.as_bytes()),
        });
        Append {
            journal: self.journal,
            expected_size: self.held.witness.size(),
            entries,
            tiles: tiles.collect(),
            head: head_row(self.frontier, self.batch.checkpoint.clone().into_bytes()),
        }
    }
}

/// Each document once, the last write of it: two recalls of one batch may name one record.
fn once(puts: impl Iterator<Item = Put>) -> Vec<Put> {
    let named = puts.map(|put| ((put.kind, put.key.clone()), put));
    named.collect::<BTreeMap<_, _>>().into_values().collect()
}

/// What a partner said of our own entries.
fn stated<'a>(own: &'a PartyId, rows: &'a [StatementRow]) -> impl Iterator<Item = Happened> + 'a {
    let ours = rows.iter().filter(move |row| row.journal.party == *own);
    ours.map(|row| Happened::Stated {
        record: None,
        index: row.index,
        said: row.said.clone(),
    })
}
