//! Taking back what was lost: each piece is judged against our own signature and made durable
//! together with what it leads to and what the register says of it.

use std::collections::BTreeMap;

use passerelle_envelope::chunks::sealed_len;
use passerelle_envelope::{ContentKey, Envelope, What, open_handed_back, open_with};
use passerelle_exchange::journal_key;
use passerelle_exchange::message::{Parcel, WireEntry};
use passerelle_exchange::recovery::{Returned, Stands, judge};
use passerelle_journal::{Commitment, SignedCheckpoint};
use passerelle_model::{Act, By, ChannelId, Deed, Digest, Object, PartyId, Record, Said};
use passerelle_store::{Append, BlobNeed, Commit, Entry, Erasure, Held, Journal, Put, Tile};

use super::giving::node_of;
use super::{Recovery, Stage, recovery_put};
use crate::journal::{Edge, Writer, head_row};
use crate::keeping::Gone;
use crate::partners::BEHIND;
use crate::records::notice_marks;
use crate::stating::row;
use crate::{Error, Node};

/// Content that came back, by its leaf.
pub(crate) type Contents = BTreeMap<[u8; 32], (Parcel, ContentKey)>;

/// What entries of ours lead to.
#[derive(Default)]
struct Adopted {
    entries: Vec<Entry>,
    commit: Commit,
    bare: u64,
    /// For each party, up to which of its entries our statements speak.
    spoken: BTreeMap<PartyId, u64>,
    /// Entries of partners of which they say that we destroyed their content.
    destroyed: Vec<(Journal, u64)>,
}

impl Node {
    /// Takes a piece of our own journal that a partner gave back, with content that others gave.
    /// What cannot be taken is an alarm: only a person can do something about it. Gives the
    /// size of our journal afterwards.
    pub(crate) async fn adopt(
        &self,
        from: &PartyId,
        piece: &Returned,
        others: Contents,
    ) -> Result<u64, Error> {
        self.check_channel(from, &piece.channel)?;
        match self.adopt_piece(from, piece, others).await {
            // An earlier courier file is missing.
            Err(error @ Error::Exchange(passerelle_exchange::Error::Gap { .. })) => Err(error),
            Err(error @ (Error::Exchange(_) | Error::Envelope(_) | Error::Model(_))) => {
                self.not_given(from, &piece.channel, error.code()).await?;
                Err(error)
            }
            other => other,
        }
    }

    /// A partner that holds more of our journal does not give it back as it was.
    pub(crate) async fn not_given(
        &self,
        from: &PartyId,
        channel: &ChannelId,
        code: &str,
    ) -> Result<(), Error> {
        let directory = self.directory();
        let known = directory.recovery(channel, from);
        let Some(known) = known.filter(|known| known.stage == Stage::Behind) else {
            return Ok(());
        };
        let evidence = format!(
            "{from} holds {} entries of our journal {channel} and did not give them back \
             ({code}). Nothing is released under {channel}. Put the newest backup and the \
             newest keyring back, or ask {from} to give the entries, then resume.\n{}",
            known.held, known.proof
        );
        self.raise(from, BEHIND, evidence).await
    }

    async fn adopt_piece(
        &self,
        from: &PartyId,
        piece: &Returned,
        mut contents: Contents,
    ) -> Result<u64, Error> {
        let channel = &piece.channel;
        let writer = self.writer(channel);
        let mut slot = writer.edge.lock().await;
        let edge = match slot.take() {
            Some(edge) => edge,
            None => Edge::load(self.store.as_ref(), &writer.journal, self.now()).await?,
        };
        let one_at_a_time = self.changes.lock().await;
        let directory = self.directory();
        let known = directory.recovery(channel, from).cloned();
        let known = known.filter(|known| known.stage == Stage::Behind && known.held > edge.size);
        let Some(known) = known else {
            return Ok(slot.insert(edge).size);
        };
        let edge = slot.insert(edge);
        let own = journal_key(directory.own().content(), channel)?;
        let stands = judge(piece, &edge.frontier, known.held, &own)?;
        self.contents_of(piece, &mut contents)?;
        crate::steps::at("recover.judged");
        let adopted = self.adopted(channel, &stands, contents)?;
        let size = self
            .keep_adopted(from, &writer, edge, known, stands, adopted)
            .await;
        if size.is_err() {
            *slot = None;
        }
        drop(slot);
        let size = size?;
        self.refresh().await?;
        drop(one_at_a_time);
        self.settle(channel, size).await?;
        Ok(size)
    }

    /// Content of a piece with its keys, by leaf. Only whoever was a recipient has any.
    pub(crate) fn contents_of(
        &self,
        piece: &Returned,
        contents: &mut Contents,
    ) -> Result<(), Error> {
        if piece.keys.is_empty() {
            return Ok(());
        }
        let context = Returned::context(&piece.channel, piece.start, &piece.checkpoint);
        let (count, node) = (piece.entries.len(), node_of(&self.party)?);
        let keys = open_handed_back(&piece.keys, count, &context, &node, &self.keys())?;
        for (entry, key) in piece.entries.iter().zip(keys) {
            if let (Some(parcel), Some(key)) = (&entry.parcel, key) {
                let leaf = *entry.commitment.as_bytes();
                contents.insert(leaf, (parcel.clone(), key));
            }
        }
        Ok(())
    }

    /// Opens what came back and notes what each entry leads to. Nothing is written here.
    fn adopted(
        &self,
        channel: &ChannelId,
        stands: &Stands,
        mut contents: Contents,
    ) -> Result<Adopted, Error> {
        let mut adopted = Adopted::default();
        for (index, entry) in &stands.fresh {
            let held = match contents.remove(entry.commitment.as_bytes()) {
                Some((parcel, key)) => {
                    self.adopt_content(channel, *index, entry, parcel, &key, &mut adopted)?
                }
                None => {
                    adopted.bare += 1;
                    Held::LeafOnly
                }
            };
            adopted.entries.push(Entry {
                index: *index,
                commitment: entry.commitment,
                held,
            });
        }
        Ok(adopted)
    }

    /// What we once released is ours by the leaf it opens; the signature must be ours as well.
    fn adopt_content(
        &self,
        channel: &ChannelId,
        index: u64,
        entry: &WireEntry,
        parcel: Parcel,
        key: &ContentKey,
        adopted: &mut Adopted,
    ) -> Result<Held, Error> {
        let opened = open_with(&Envelope::parse(&parcel.envelope)?, key)?;
        let directory = self.directory();
        let cards: Vec<_> = directory.cards(&self.party).collect();
        let (record, time) = match opened.header().what {
            What::Record => {
                let record = opened.verified_record(&cards)?.into_record();
                self.adopt_record(channel, index, &record, adopted)?;
                (Some(record.id), record.time)
            }
            What::Statements => {
                let (head, statements) = opened.verified_statements(&cards)?.into_parts();
                let about = head.head().about.clone();
                let theirs = Journal::new(channel, &about);
                let spoken = adopted.spoken.entry(about).or_default();
                for (position, statement) in (0_u32..).zip(&statements) {
                    if statement.said == Said::Erased {
                        adopted.destroyed.push((theirs.clone(), statement.index));
                    }
                    let row = row(&theirs, &self.party, index, position, statement);
                    adopted.commit.statements.push(row);
                    *spoken = (*spoken).max(statement.index + 1);
                }
                let last = statements.iter().map(|statement| statement.time).max();
                (None, last.unwrap_or_else(|| self.now()))
            }
        };
        let leaf = Commitment::from_bytes(*entry.commitment.as_bytes());
        Ok(Held::Content {
            salt: parcel.salt,
            envelope: parcel.envelope,
            content_key: self.wrap(key, &leaf)?,
            record,
            time,
        })
    }

    fn adopt_record(
        &self,
        channel: &ChannelId,
        index: u64,
        record: &Record,
        adopted: &mut Adopted,
    ) -> Result<(), Error> {
        for file in &record.attachments {
            adopted.commit.needs.push(BlobNeed {
                blob: file.sealed,
                bytes: sealed_len(file.bytes),
                journal: Journal::new(channel, &self.party),
                index,
                complete: self.blobs.open(file.sealed)?.is_some(),
            });
        }
        adopted.commit.puts.extend(notice_marks(record));
        Ok(())
    }

    /// One step: the entries, what they lead to, how far the recovery is, what the register says.
    async fn keep_adopted(
        &self,
        from: &PartyId,
        writer: &Writer,
        edge: &mut Edge,
        known: Recovery,
        stands: Stands,
        adopted: Adopted,
    ) -> Result<u64, Error> {
        let Stands {
            frontier,
            tiles,
            head,
            ..
        } = stands;
        let channel = &writer.journal.channel;
        let (before, size) = (edge.size, frontier.size());
        let Adopted {
            entries,
            mut commit,
            bare,
            spoken,
            destroyed,
        } = adopted;
        let tiles = tiles.into_iter().map(|(level, index, root)| Tile {
            level,
            index,
            root: Digest::new(*root.as_bytes()),
        });
        commit.appends.push(Append {
            journal: writer.journal.clone(),
            expected_size: before,
            entries,
            tiles: tiles.collect(),
            head: head_row(&frontier, Vec::new()),
        });
        let done = Recovery {
            held: head.size().max(known.held),
            regained: known.regained + (size - before),
            bare: known.bare + bare,
            ..known
        };
        commit
            .puts
            .extend(self.recovery_puts(channel, from, done, spoken));
        let why = format!("entries {before} to {size} of {channel} came back");
        let object = Object::Partner {
            party: from.clone(),
        };
        let act = Act {
            channel: Some(channel.clone()),
            count: Some(size - before),
            ..Act::new(Deed::Backup, self.now(), By::Node, object).because(why.parse().ok())
        };
        let (mut acts, blobs) = self.destroy_again(destroyed, &mut commit).await?;
        acts.push(act);
        self.commit_with_acts(commit, acts).await?;
        crate::steps::at("recover.durable");
        edge.moved(frontier, writer);
        for (journal, blobs) in blobs {
            self.remove_unused(&journal, blobs).await?;
        }
        Ok(size)
    }

    /// What we said we had destroyed, and hold again since the node was set back, goes in the
    /// step in which our word comes back.
    async fn destroy_again(
        &self,
        destroyed: Vec<(Journal, u64)>,
        commit: &mut Commit,
    ) -> Result<(Vec<Act>, Vec<(Journal, Vec<Digest>)>), Error> {
        let (mut acts, mut files, mut gone) = (Vec::new(), Vec::new(), Vec::new());
        for (journal, index) in destroyed {
            let held = self.store.entries(&journal, index..index + 1, 1).await?;
            let Some(Held::Content {
                record: Some(record),
                ..
            }) = held.first().map(|entry| &entry.held)
            else {
                continue;
            };
            let opened = match self.record_at(&journal, index).await {
                Ok(opened) => Some(opened),
                Err(error) if error.is_damage() => None,
                Err(error) => return Err(error),
            };
            gone.push(Gone {
                party: journal.party.clone(),
                record: *record,
                judged: None,
                days: opened.as_ref().map(|held| (held.review, held.erasure)),
                stays: Vec::new(),
            });
            acts.push(self.about_all(Deed::Erase, &journal.party, &[*record]));
            let blobs = opened.iter().flat_map(|held| &held.attachments);
            let blobs = blobs.map(|file| file.sealed).collect();
            commit.erasures.push(Erasure {
                journal: journal.clone(),
                index,
                at: self.now(),
            });
            files.push((journal, blobs));
        }
        let mut forgotten = self.forgotten(&gone).await?;
        commit.puts.append(&mut forgotten.puts);
        acts.append(&mut forgotten.acts);
        files.push((
            Journal::new(&self.register.writer.journal.channel, &self.party),
            forgotten.blobs,
        ));
        Ok((acts, files))
    }

    /// The recovery from `from`, and up to where we have spoken to each party.
    fn recovery_puts(
        &self,
        channel: &ChannelId,
        from: &PartyId,
        done: Recovery,
        mut spoken: BTreeMap<PartyId, u64>,
    ) -> Vec<Put> {
        let directory = self.directory();
        let mut puts = Vec::new();
        let with = |value: Recovery, spoken: u64| Recovery {
            spoken: value.spoken.max(spoken),
            ..value
        };
        let said = spoken.remove(from).unwrap_or(0);
        puts.push(recovery_put(channel, from, &with(done, said)));
        for (party, said) in spoken {
            let known = directory.recovery(channel, &party).cloned();
            let known = known.unwrap_or_else(|| Recovery::new(Stage::Settled, self.now(), 0));
            puts.push(recovery_put(channel, &party, &with(known, said)));
        }
        puts
    }

    /// Settles every recovery of the channel whose proof our journal now continues.
    pub(super) async fn settle(&self, channel: &ChannelId, size: u64) -> Result<(), Error> {
        let one_at_a_time = self.changes.lock().await;
        let (directory, mut other) = (self.directory(), None);
        let ours = Journal::new(channel, &self.party);
        let own = journal_key(directory.own().content(), channel)?;
        for ((_, party), known) in directory
            .recoveries()
            .filter(|((of, _), known)| of == channel && known.stage == Stage::Behind)
        {
            if known.held > size {
                continue;
            }
            let proven = SignedCheckpoint::open(&known.proof, &own)?;
            let root = self.frontier_at(&ours, proven.size()).await?.root();
            if root != *proven.root() {
                let evidence = format!(
                    "{party} shows our signature on another journal {channel}:\n{}",
                    known.proof
                );
                other = Some((party.clone(), evidence));
                continue;
            }
            let settled = Recovery {
                stage: Stage::Settled,
                ..known.clone()
            };
            self.keep_recovery(channel, party, &settled).await?;
        }
        drop(one_at_a_time);
        match other {
            Some((party, evidence)) => self.raise(&party, BEHIND, evidence).await,
            None => Ok(()),
        }
    }
}
