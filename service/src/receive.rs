//! Receiving a partner's journal: judge the batch, open, apply the rules, state what was
//! decided in our own journal, make all of it durable in one step, and only then co-sign.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;

use passerelle_envelope::chunks::sealed_len;
use passerelle_envelope::{
    Envelope, Header, Opened, What, open, seal_statements, sign_statements,
};
use passerelle_exchange::message::{Cosignature, Entries, JournalState, WireEntry};
use passerelle_exchange::{
    Continues, HeldJournal, check, journal_key, witness_key, witness_name,
};
use passerelle_journal::{
    Commitment, Frontier, SignedCheckpoint, WitnessSigner, merkle,
};
use passerelle_model::{
    ChannelId, Day, Digest, Kind, NODE_UNIT, PartyId, Recipient, Record, RecordId, Relation, Said,
    Statement, StatementBatch, StatementsHead, UtcTime,
};
use passerelle_rules::{ReceiveFacts, receive};
use passerelle_store::{
    Append, BlobNeed, Commit, Cosigned, Durable, Entry, EntryRef, Erasure, Held, Journal,
    Put, StatementRow, Tile,
};

use crate::directory::Shelf;

use crate::events::Happened;
use crate::journal::{NewEntry, head_row};
use crate::link::{ChannelLink, load_held};
use crate::release::{cards_of, targets};
use crate::{Error, Node};

/// Leaves read at a time; a batch of statements spans no more.
const READ_AHEAD: u64 = 65_536;

/// What came of a batch.
pub(crate) struct Received {
    /// Our co-signature on the partner's journal as it is held now.
    pub(crate) given: Cosignature,
    /// Entries that were new here.
    pub(crate) fresh: u64,
}

/// What one entry of the partner's leads to.
struct Judged {
    entry: Entry,
    said: Vec<About>,
    needs: Vec<BlobNeed>,
    erasures: Vec<Erasure>,
    rows: Vec<StatementRow>,
    doomed: Vec<Digest>,
    event: Option<Happened>,
}

/// A statement about an entry of the partner's journal, not salted and signed yet.
pub(crate) struct About {
    pub(crate) index: u64,
    pub(crate) commitment: Digest,
    pub(crate) record: Option<RecordId>,
    pub(crate) said: Said,
}

/// Records seen earlier in the same batch, which the store does not know yet.
#[derive(Default)]
struct Fresh {
    records: BTreeMap<RecordId, (u64, Digest, Vec<Digest>)>,
    /// Records taken, by the day of their release, this batch included.
    days: BTreeMap<Day, u64>,
}

impl Fresh {
    /// Records of that day taken before, from the store at the first question.
    async fn count(&mut self, node: &Node, journal: &Journal, day: Day) -> Result<u64, Error> {
        if let Some(count) = self.days.get(&day) {
            return Ok(*count);
        }
        let documents = node.store.documents(Shelf::QUOTA, &taken_key(journal, day)).await?;
        let bytes = documents.first().and_then(|document| document.bytes.first_chunk::<8>());
        let count = bytes.map_or(0, |bytes| u64::from_be_bytes(*bytes));
        self.days.insert(day, count);
        Ok(count)
    }

    fn taken(&mut self, day: Day) {
        *self.days.entry(day).or_default() += 1;
    }

    /// The counts, to be kept in the step that keeps the records.
    fn puts(&self, journal: &Journal) -> Vec<Put> {
        let put = |(day, count): (&Day, &u64)| Put {
            kind: Shelf::QUOTA,
            key: taken_key(journal, *day),
            bytes: Some(count.to_be_bytes().to_vec()),
            expected: None,
        };
        self.days.iter().map(put).collect()
    }
}

fn taken_key(journal: &Journal, day: Day) -> String {
    format!("in/{}/{}/{day}", journal.channel, journal.party)
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
        let known = self.leaves(&journal, batch.start.min(size)..end.min(size)).await?;
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
        let Continues { head, frontier, fresh, tiles } = continues;
        let journal = Journal::new(&batch.channel, from);
        let (judged, puts) = self.open_all(from, &journal, fresh).await?;
        crate::steps::at("receive.opened");
        let count = judged.len() as u64;
        let grown = count > 0 || head.after().size() != held.witness.size();
        let base = Commit { cosigned: extra, puts, ..Commit::default() };
        if grown || !base.cosigned.is_empty() {
            let theirs = grown.then(|| Theirs { journal, held, frontier: &frontier, tiles, batch });
            self.commit_received(from, &batch.channel, theirs, judged, base).await?;
        }
        crate::steps::at("receive.durable");
        // Durable from here on: only now may the head be co-signed.
        let after = head.after();
        let line = self.cosign(head.persisted())?;
        crate::steps::at("receive.cosigned");
        if grown {
            let root = Digest::new(*after.root().as_bytes());
            let state = JournalState { size: after.size(), root };
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
        let given = Cosignature { size: after.size(), line };
        Ok(Received { given, fresh: count })
    }

    fn cosign(&self, head: passerelle_journal::Persisted) -> Result<String, Error> {
        let signer =
            WitnessSigner::from_seed(witness_name(&self.party)?, self.keys().witness().seed());
        Ok(signer.cosign(head, self.now().seconds())?.to_string())
    }

    async fn open_all(
        &self,
        from: &PartyId,
        journal: &Journal,
        fresh: Vec<(u64, WireEntry)>,
    ) -> Result<(Vec<Judged>, Vec<Put>), Error> {
        let mut seen = Fresh::default();
        let mut judged = Vec::with_capacity(fresh.len());
        for (index, wire) in fresh {
            judged.push(self.open_entry(from, journal, index, wire, &mut seen).await?);
        }
        Ok((judged, seen.puts(journal)))
    }

    async fn open_entry(
        &self,
        from: &PartyId,
        journal: &Journal,
        index: u64,
        wire: WireEntry,
        seen: &mut Fresh,
    ) -> Result<Judged, Error> {
        let commitment = wire.commitment;
        let leaf_only = |said: Vec<About>, event| Judged {
            entry: Entry { index, commitment, held: Held::LeafOnly },
            said,
            needs: vec![],
            erasures: vec![],
            rows: vec![],
            doomed: vec![],
            event,
        };
        let Some(parcel) = wire.parcel else { return Ok(leaf_only(vec![], None)) };
        let place = Place { journal, index, commitment };
        match self.open_parcel(from, &place, &parcel.envelope, seen).await {
            Ok((content, mut judged)) => {
                let leaf = Commitment::from_bytes(*commitment.as_bytes());
                judged.entry = Entry {
                    index,
                    commitment,
                    held: Held::Content {
                        salt: parcel.salt,
                        envelope: parcel.envelope,
                        content_key: self.wrap(content.opened.content_key(), &leaf)?,
                        record: content.record,
                        time: content.time,
                    },
                };
                Ok(judged)
            }
            Err(Turned::Refused { code, record, answer }) => {
                let said = Said::Refused { code: code.clone() };
                let about = About { index, commitment, record, said };
                let event = Happened::Turned { index, code };
                Ok(leaf_only(if answer { vec![about] } else { vec![] }, Some(event)))
            }
            Err(Turned::Failed(error)) => Err(error),
        }
    }

    async fn open_parcel(
        &self,
        from: &PartyId,
        place: &Place<'_>,
        envelope: &[u8],
        seen: &mut Fresh,
    ) -> Result<(Content, Judged), Turned> {
        let envelope = Envelope::parse(envelope)?;
        let header = envelope.header();
        if header.channel != place.journal.channel || header.from != *from {
            return Err(passerelle_envelope::Error::Forwarded("channel or sender").into());
        }
        let opened = {
            let mut packets = self.packets.lock().unwrap_or_else(PoisonError::into_inner);
            open(&envelope, &self.party, &self.keys(), &mut packets)?
        };
        match header.what {
            What::Record => self.take_record(from, place, opened, seen).await,
            What::Statements => self.take_statements(from, place, opened).await,
        }
    }

    async fn take_record(
        &self,
        from: &PartyId,
        place: &Place<'_>,
        opened: Opened,
        seen: &mut Fresh,
    ) -> Result<(Content, Judged), Turned> {
        let directory = self.directory();
        let cards: Vec<_> = directory.cards(from).collect();
        let record = opened.verified_record(&cards)?.into_record();
        let id = record.id;
        let refused = |code: &str| Turned::Refused {
            code: code.to_owned(),
            record: Some(id),
            answer: true,
        };
        let wanted = targets(&record, from);
        let known = self.known_targets(from, place, &wanted, seen).await?;
        let earlier = self.store.find(from, vec![id]).await.map_err(Error::from)?;
        let held = directory
            .agreement(&record.agreement)
            .ok_or_else(|| refused("E_AGREEMENT_UNKNOWN"))?;
        let facts = ReceiveFacts {
            agreement: &held.agreement,
            signed_by_all: held.signed_by_all(),
            now: self.now(),
            seen_before: seen.records.contains_key(&id) || earlier.iter().any(Option::is_some),
            targets_known: known.len() == wanted.len(),
            taken_that_day: seen.count(self, place.journal, record.time.day()).await?,
        };
        let admitted = receive(record, &facts).map_err(|refusal| refused(refusal.code()))?;
        let record = admitted.record();
        let blobs = record.attachments.iter().map(|file| file.sealed).collect();
        seen.records.insert(id, (place.index, place.commitment, blobs));
        seen.taken(record.time.day());
        let judged = self.effects(place, record, known)?;
        let (record, time) = (Some(id), record.time);
        Ok((Content { opened, record, time }, judged))
    }

    /// Records that this one corrects or takes back: index, leaf and blobs of each known one.
    async fn known_targets(
        &self,
        from: &PartyId,
        place: &Place<'_>,
        wanted: &[RecordId],
        seen: &Fresh,
    ) -> Result<Vec<Target>, Turned> {
        let mut known = Vec::new();
        let stored = self.store.find(from, wanted.to_vec()).await.map_err(Error::from)?;
        for (id, stored) in wanted.iter().zip(stored) {
            if let Some((index, commitment, blobs)) = seen.records.get(id) {
                let (index, commitment, blobs) = (*index, *commitment, blobs.clone());
                known.push(Target { record: *id, index, commitment, blobs });
            } else if let Some(found) = stored
                && found.journal == *place.journal
            {
                known.push(self.stored_target(&found).await?);
            }
        }
        Ok(known)
    }

    async fn stored_target(&self, found: &EntryRef) -> Result<Target, Error> {
        let range = found.index..found.index + 1;
        let leaves = self.store.commitments(&found.journal, range).await?;
        let commitment = leaves.first().copied();
        let commitment = commitment.ok_or_else(|| Error::not_found("entry", found.index))?;
        let blobs = match self.record_at(&found.journal, found.index).await {
            Ok(record) => record.attachments.iter().map(|file| file.sealed).collect(),
            Err(_) => Vec::new(),
        };
        Ok(Target { record: found.record, index: found.index, commitment, blobs })
    }

    /// What an admitted record leads to: the statement, files to fetch, content to erase.
    fn effects(
        &self,
        place: &Place<'_>,
        record: &Record,
        known: Vec<Target>,
    ) -> Result<Judged, Turned> {
        let about = |said| About {
            index: place.index,
            commitment: place.commitment,
            record: Some(record.id),
            said,
        };
        let mut said = vec![about(Said::Accepted)];
        let needs = self.needs_of(place, record)?;
        if !needs.is_empty() && needs.iter().all(|need| need.complete) {
            said.push(about(Said::FilesComplete));
        }
        let mut judged = Judged {
            entry: Entry {
                index: place.index,
                commitment: place.commitment,
                held: Held::LeafOnly,
            },
            said,
            needs,
            erasures: vec![],
            rows: vec![],
            doomed: vec![],
            event: Some(Happened::Received { record: record.id }),
        };
        if record.kind == Kind::Recall {
            let recalled: BTreeSet<RecordId> =
                record.related(Relation::Recalls).map(|reference| reference.record).collect();
            for target in known.into_iter().filter(|target| recalled.contains(&target.record)) {
                judged.recall(place.journal, target, self.now());
            }
        }
        Ok(judged)
    }

    fn needs_of(&self, place: &Place<'_>, record: &Record) -> Result<Vec<BlobNeed>, Error> {
        let need = |file: &passerelle_model::Attachment| {
            Ok(BlobNeed {
                blob: file.sealed,
                bytes: sealed_len(file.bytes),
                journal: place.journal.clone(),
                index: place.index,
                complete: self.blobs.open(file.sealed)?.is_some(),
            })
        };
        record.attachments.iter().map(need).collect()
    }

    async fn take_statements(
        &self,
        from: &PartyId,
        place: &Place<'_>,
        opened: Opened,
    ) -> Result<(Content, Judged), Turned> {
        let directory = self.directory();
        let cards: Vec<_> = directory.cards(from).collect();
        let (head, statements) = opened.verified_statements(&cards)?.into_parts();
        if head.head().about != self.party {
            return Err(passerelle_envelope::Error::NotForUs.into());
        }
        let ours = Journal::new(&place.journal.channel, &self.party);
        self.check_about(&ours, &statements).await?;
        let time = statements.iter().map(|statement| statement.time).max();
        let rows = (0_u32..).zip(&statements).map(|(position, statement)| {
            row(&ours, from, place.index, position, statement)
        });
        let judged = Judged {
            entry: Entry {
                index: place.index,
                commitment: place.commitment,
                held: Held::LeafOnly,
            },
            said: vec![],
            needs: vec![],
            erasures: vec![],
            rows: rows.collect(),
            doomed: vec![],
            event: None,
        };
        let time = time.unwrap_or_else(|| self.now());
        Ok((Content { opened, record: None, time }, judged))
    }

    /// Statements must be about leaves that are ours: a partner cannot accept what we never
    /// released.
    async fn check_about(&self, ours: &Journal, statements: &[Statement]) -> Result<(), Turned> {
        let foreign = || Turned::Refused {
            code: "E_STATEMENT_FOREIGN".to_owned(),
            record: None,
            answer: false,
        };
        let least = statements.iter().map(|statement| statement.index).min().unwrap_or(0);
        let most = statements.iter().map(|statement| statement.index).max().unwrap_or(0);
        if most - least >= READ_AHEAD {
            return Err(foreign());
        }
        let leaves =
            self.store.commitments(ours, least..most + 1).await.map_err(Error::from)?;
        let stands = |statement: &Statement| {
            usize::try_from(statement.index - least).ok().and_then(|at| leaves.get(at))
                == Some(&statement.commitment)
        };
        if statements.iter().all(stands) { Ok(()) } else { Err(foreign()) }
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
        let (mut entries, mut said, mut events, mut doomed) = (vec![], vec![], vec![], vec![]);
        for one in judged {
            events.extend(stated(&one.rows));
            events.extend(one.event);
            entries.push(one.entry);
            said.extend(one.said);
            doomed.extend(one.doomed);
            commit.needs.extend(one.needs);
            commit.erasures.extend(one.erasures);
            commit.statements.extend(one.rows);
        }
        commit.appends.extend(theirs.map(|theirs| theirs.append(entries)));
        let receipts: Vec<u64> = commit.cosigned.iter().map(|row| row.size).collect();
        let most = receipts.iter().max().copied();
        let files = !commit.needs.is_empty() || !commit.erasures.is_empty();
        let durable = self.commit_with_statements(from, channel, commit, said).await?;
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
        self.remove_unused(doomed).await?;
        Ok(durable)
    }

    /// Commits, together with a batch of our own statements where there are any.
    pub(crate) async fn commit_with_statements(
        &self,
        about: &PartyId,
        channel: &ChannelId,
        mut commit: Commit,
        said: Vec<About>,
    ) -> Result<Durable, Error> {
        if said.is_empty() {
            return Ok(self.store.commit(commit).await?);
        }
        let writer = self.writer(channel);
        let mut slot = writer.edge.lock().await;
        let edge = self.edge(&mut slot, &writer.journal).await?;
        let statements = self.salted(said);
        let theirs = Journal::new(channel, about);
        let rows = (0_u32..).zip(&statements).map(|(position, statement)| {
            row(&theirs, &self.party, edge.size, position, statement)
        });
        commit.statements.extend(rows);
        let entry = self.statement_entry(about, channel, statements, &mut edge.packets)?;
        let (append, frontier) = self.append_rows(edge, &writer.journal, vec![entry])?;
        commit.appends.push(append);
        crate::steps::at("statement.sealed");
        match self.store.commit(commit).await {
            Ok(durable) => {
                edge.moved(frontier, &writer);
                crate::steps::at("statement.durable");
                Ok(durable)
            }
            Err(error) => {
                *slot = None;
                Err(error.into())
            }
        }
    }

    fn salted(&self, said: Vec<About>) -> Vec<Statement> {
        let time = self.now();
        said.into_iter()
            .map(|about| Statement {
                index: about.index,
                commitment: about.commitment,
                record: about.record,
                said: about.said,
                time,
                salt: Digest::new(self.dice.bytes()),
            })
            .collect()
    }

    /// Signs and seals a batch of statements to the partner's node.
    fn statement_entry(
        &self,
        about: &PartyId,
        channel: &ChannelId,
        statements: Vec<Statement>,
        packets: &mut passerelle_envelope::Packets,
    ) -> Result<NewEntry, Error> {
        let leaves = statements.iter().map(|statement| merkle::leaf_hash(&statement.to_bytes()));
        let root = Frontier::from_leaves(leaves)?.root();
        let head = StatementsHead {
            channel: channel.clone(),
            by: self.party.clone(),
            about: about.clone(),
            size: statements.len() as u64,
            root: Digest::new(*root.as_bytes()),
        };
        let directory = self.directory();
        let held = directory
            .in_force(channel, self.now().day())
            .or_else(|| directory.agreements().find(|held| held.agreement.terms().id == *channel))
            .ok_or_else(|| Error::not_found("agreement", channel))?;
        let header = Header {
            channel: channel.clone(),
            agreement: held.agreement.hash(),
            from: self.party.clone(),
            what: What::Statements,
            to: vec![Recipient { party: about.clone(), unit: NODE_UNIT.parse()? }],
        };
        let keys = self.keys();
        let signed_head = sign_statements(&head, keys.record())?;
        let batch = StatementBatch { signed_head, statements };
        let cards = cards_of(&directory, std::iter::once(about));
        let sealed = self
            .dice
            .with(|mut rng| seal_statements(&header, &batch, &cards, packets, &mut rng))?;
        Ok(NewEntry { sealed, record: None, time: self.now() })
    }

    /// Checks a co-signature the partner gave on a head of ours.
    pub(crate) fn accept_cosignature(
        &self,
        by: &PartyId,
        channel: &ChannelId,
        checkpoint: &SignedCheckpoint,
        given: &Cosignature,
    ) -> Result<Cosigned, Error> {
        let directory = self.directory();
        let card = directory.partner(by)?.pinned.card();
        let own = journal_key(directory.own().content(), channel)?;
        let head = checkpoint.verify(&own)?;
        if head.size() != given.size {
            return Err(passerelle_exchange::Error::Root.into());
        }
        let line = passerelle_journal::SignatureLine::parse(given.line.trim_end_matches('\n'))?;
        let witness = witness_key(card.content())?;
        let verified = witness.verify(&head, &line)?;
        let note = checkpoint.with_signature(line)?;
        Ok(Cosigned {
            journal: Journal::new(channel, &self.party),
            by: by.clone(),
            size: given.size,
            note: note.to_string().into_bytes(),
            time: UtcTime::from_millis(verified.time_s().saturating_mul(1000)),
        })
    }
}

/// Where an entry stands.
struct Place<'a> {
    journal: &'a Journal,
    index: u64,
    commitment: Digest,
}

/// An opened envelope and what is kept beside it.
struct Content {
    opened: Opened,
    record: Option<RecordId>,
    time: UtcTime,
}

/// A record that is corrected or taken back.
struct Target {
    record: RecordId,
    index: u64,
    commitment: Digest,
    blobs: Vec<Digest>,
}

/// Why an entry is not taken: the partner is told, or this node failed and nothing happened.
enum Turned {
    Refused { code: String, record: Option<RecordId>, answer: bool },
    Failed(Error),
}

impl From<passerelle_envelope::Error> for Turned {
    fn from(error: passerelle_envelope::Error) -> Self {
        Self::Refused { code: error.code().to_owned(), record: None, answer: true }
    }
}

impl From<Error> for Turned {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Judged {
    fn recall(&mut self, journal: &Journal, target: Target, at: UtcTime) {
        self.erasures.push(Erasure { journal: journal.clone(), index: target.index, at });
        self.doomed.extend(target.blobs);
        self.said.push(About {
            index: target.index,
            commitment: target.commitment,
            record: Some(target.record),
            said: Said::Erased,
        });
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

fn row(
    journal: &Journal,
    by: &PartyId,
    batch: u64,
    position: u32,
    statement: &Statement,
) -> StatementRow {
    let (said, code) = words(&statement.said);
    StatementRow {
        journal: journal.clone(),
        index: statement.index,
        by: by.clone(),
        batch,
        position,
        said: said.to_owned(),
        code: code.map(str::to_owned),
        time: statement.time,
    }
}

/// The stable word of a statement, and its code.
pub(crate) fn words(said: &Said) -> (&'static str, Option<&str>) {
    match said {
        Said::Accepted => ("accepted", None),
        Said::Refused { code } => ("refused", Some(code)),
        Said::FilesComplete => ("files-complete", None),
        Said::Read => ("read", None),
        Said::Erased => ("erased", None),
        Said::ErasureRefused { code } => ("erasure-refused", Some(code)),
    }
}

fn stated(rows: &[StatementRow]) -> impl Iterator<Item = Happened> + '_ {
    rows.iter().map(|row| Happened::Stated {
        record: None,
        index: row.index,
        said: row.said.clone(),
    })
}
