//! Releasing records: rules, signature, seal, journal: one durable step for many at once.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

use passerelle_envelope::chunks::sealed_len;
use passerelle_envelope::{SignedRecord, VerifiedCard, seal_record, sign_record};
use passerelle_model::{
    Act, Attachment, By, ChannelId, Day, Digest, PartyId, Record, RecordId, Side, UtcTime, hex,
    tidy,
};
use passerelle_rules::{firewall, release};
use passerelle_store::{BlobNeed, Commit, IdempotencyKey, Put};

use crate::directory::{Directory, Shelf};
use crate::drafts::Decision;
use crate::events::Happened;
use crate::journal::{NewEntry, Queued, Waiter, Writer};
use crate::judging::{Asked, in_force, transfer_act};
use crate::records::notice_marks;
use crate::register::program;
use crate::view::{Draft, Line};
use crate::{Error, Node};

/// Most records that one durable step appends.
pub const MAX_RELEASE_BATCH: usize = 512;

/// A signed record on its way into the journal.
pub(crate) struct Waiting {
    signed: SignedRecord,
    idempotency: Option<IdempotencyKey>,
    staged: Vec<String>,
    /// What is written with it.
    puts: Vec<Put>,
    act: Act,
}

impl Node {
    /// As [`Node::release_by`], for a program that has no name here.
    pub async fn release(&self, draft: Draft, idempotency: Option<&[u8]>) -> Result<Line, Error> {
        self.release_by(draft, idempotency, program("program")?)
            .await
    }

    /// Releases a record: when this returns, it is durable in our journal and on its way, and
    /// the register says in the same step that `by` did it. What the rules refuse is entered
    /// too.
    ///
    /// A repeated `idempotency` key (1 to 64 bytes) gives the record it led to before and
    /// does nothing.
    pub async fn release_by(
        &self,
        draft: Draft,
        idempotency: Option<&[u8]>,
        by: By,
    ) -> Result<Line, Error> {
        self.release_approved(draft, idempotency, by, (None, Vec::new()))
            .await
    }

    /// The same with a second person's yes, the digest of what is released, and what is written
    /// in the same step.
    pub(crate) async fn release_approved(
        &self,
        draft: Draft,
        idempotency: Option<&[u8]>,
        by: By,
        (approval, puts): (Option<(Decision, Digest)>, Vec<Put>),
    ) -> Result<Line, Error> {
        let key = idempotency
            .map(|bytes| self.idempotency_key(bytes))
            .transpose()?;
        if let Some(record) = self.led_to(key.as_ref()).await? {
            return self.line_of_own(&record).await;
        }
        let (staged, intake) = (draft.attachments.clone(), draft.intake);
        let record = self.record_of(draft).await?;
        let writer = self.writer(&record.channel);
        let day = record.time.day();
        let act = transfer_act(&record, by);
        let own = self.own_side(&record).await?;
        let released_today = self.count_today(&writer, day).await?;
        let asked = Asked {
            intake,
            own: &own,
            sources: &own.provided(),
            approval: approval.as_ref(),
            released_today,
        };
        let signed = match self.judged(record, &asked) {
            Ok(signed) => signed,
            Err(error) => {
                writer.uncount(day);
                self.enter_refused(act, &error).await?;
                return Err(error);
            }
        };
        let record = signed.record().clone();
        crate::steps::at("release.signed");
        let waiting = Waiting {
            signed,
            idempotency: key,
            staged,
            puts,
            act,
        };
        let index = match self.append(&writer, waiting).await {
            Ok(index) => index,
            Err(error) => {
                writer.uncount(day);
                return match error {
                    Error::Store(passerelle_store::Error::Conflict(why)) => {
                        self.lost_race(idempotency, why).await
                    }
                    other => Err(other),
                };
            }
        };
        crate::steps::at("release.answer");
        Ok(self.line_of(&record, index))
    }

    /// A caller's key as it is kept: a keyed hash, because it outlives the record and callers
    /// may have written something of it there.
    pub(crate) fn idempotency_key(&self, bytes: &[u8]) -> Result<IdempotencyKey, Error> {
        let wrong = || {
            let message = "the idempotency key has 1 to 64 bytes";
            Error::state("E_IDEMPOTENCY_KEY", message)
        };
        IdempotencyKey::new(bytes).ok_or_else(wrong)?;
        let label = format!("idempotency/{}", hex::encode(bytes));
        let hash = self.keys().store().derive(&label);
        IdempotencyKey::new(hash.as_slice()).ok_or_else(wrong)
    }

    /// Two requests with one idempotency key at the same time: the first one counts.
    async fn lost_race(&self, idempotency: Option<&[u8]>, why: String) -> Result<Line, Error> {
        let key = idempotency
            .map(|bytes| self.idempotency_key(bytes))
            .transpose()?;
        match self.led_to(key.as_ref()).await? {
            Some(record) => self.line_of_own(&record).await,
            None => Err(passerelle_store::Error::Conflict(why).into()),
        }
    }

    /// The record to which a request of this key led before.
    pub(crate) async fn led_to(
        &self,
        key: Option<&IdempotencyKey>,
    ) -> Result<Option<RecordId>, Error> {
        let Some(key) = key else { return Ok(None) };
        let found = self.store.idempotent(vec![key.clone()]).await?;
        Ok(found.into_iter().next().flatten())
    }

    /// Completes a draft with what the node knows.
    async fn record_of(&self, draft: Draft) -> Result<Record, Error> {
        let record = self.sketched(draft).await?;
        record.check()?;
        Ok(record)
    }

    /// The same for a draft that is still being written.
    pub(crate) async fn sketched(&self, draft: Draft) -> Result<Record, Error> {
        let now = self.now();
        let channel = match draft.channel {
            Some(channel) => channel,
            None => self.only_channel(now.day())?,
        };
        let directory = self.directory();
        let held = directory.for_release(draft.kind, &channel, now.day());
        let held = held.ok_or_else(|| {
            let message = format!("no agreement \"{channel}\" is signed by all and in force");
            Error::state("E_AGREEMENT_NOT_IN_FORCE", message)
        })?;
        let retention = &held.agreement.terms().retention;
        let attachments = self.staged_attachments(&draft.attachments).await?;
        let mut record = Record {
            id: RecordId::from_parts(now.millis(), self.dice.bytes()),
            agreement: held.agreement.hash(),
            channel,
            from: self.party.clone(),
            author: draft.author,
            kind: draft.kind,
            time: now,
            purpose: draft.purpose,
            basis: draft.basis,
            class: draft.class,
            markings: draft.markings,
            evaluation: draft.evaluation,
            review: draft
                .review
                .unwrap_or_else(|| now.day().plus_days(retention.review_days)),
            erasure: draft
                .erasure
                .unwrap_or_else(|| now.day().plus_days(retention.erasure_days)),
            to: draft.to,
            references: draft.references,
            urgency: draft.urgency,
            reason: draft.reason,
            lang: draft.lang,
            subject: tidy(&draft.subject).trim().parse()?,
            text: draft.text.map(|text| tidy(&text).parse()).transpose()?,
            data: draft.data,
            attachments,
            offences: draft.offences,
            particulars: draft.particulars,
            asking: draft.asking,
            permission: draft.permission,
        };
        record.to.sort_unstable();
        record.to.dedup();
        record.markings.caveats.sort_unstable();
        record.offences.sort_unstable();
        if let Some(particulars) = &mut record.particulars {
            particulars.categories.sort_unstable();
            particulars.special.sort_unstable();
        }
        Ok(record)
    }

    fn only_channel(&self, day: Day) -> Result<ChannelId, Error> {
        // A draft that names none is about a case: what is said in the group names its channel.
        let mut channels = self.directory().channels_on(Side::Cases, day).into_iter();
        match (channels.next(), channels.next()) {
            (Some(only), None) => Ok(only),
            (None, _) => Err(Error::state(
                "E_AGREEMENT_NOT_IN_FORCE",
                "no agreement is signed by all and in force",
            )),
            _ => Err(Error::state(
                "E_CHANNEL",
                "several agreements are in force: name one",
            )),
        }
    }

    /// The rules, then the signature: nothing is signed that may not leave.
    fn judged(&self, record: Record, asked: &Asked<'_>) -> Result<SignedRecord, Error> {
        let directory = self.directory();
        let held = in_force(&directory, &record)?;
        let now = record.time;
        let (side, unit) = (held.agreement.terms().side, &record.author.unit);
        firewall::unit_writes_on(side, unit, &directory.unit_sides()?)?;
        let released = release(record, &asked.facts(held, now)).map_err(Error::Refused)?;
        self.check_recipients(&directory, released.record())?;
        Ok(sign_record(released.into_record(), self.keys().record())?)
    }

    /// Every recipient is a paired, active partner whose card has that unit.
    fn check_recipients(&self, directory: &Directory, record: &Record) -> Result<(), Error> {
        for to in &record.to {
            let partner = directory.active(&to.party, record.time)?;
            if partner.pinned.card().content().unit(&to.unit).is_none() {
                return Err(passerelle_envelope::Error::RecipientUnknown(to.clone()).into());
            }
        }
        Ok(())
    }

    /// Records released on `day`, and counts one more.
    pub(crate) async fn count_today(&self, writer: &Writer, day: Day) -> Result<u64, Error> {
        let known = *writer.today.lock().unwrap_or_else(PoisonError::into_inner);
        let before = match known {
            Some((held, count)) if held == day => count,
            Some(_) => 0,
            None => self.stored_count(writer, day).await?,
        };
        let mut today = writer.today.lock().unwrap_or_else(PoisonError::into_inner);
        let before = today
            .filter(|(held, _)| *held == day)
            .map_or(before, |(_, count)| count);
        *today = Some((day, before + 1));
        Ok(before)
    }

    async fn stored_count(&self, writer: &Writer, day: Day) -> Result<u64, Error> {
        let key = quota_key(writer, day);
        let documents = self.store.documents(Shelf::QUOTA, &key).await?;
        let bytes = documents
            .first()
            .and_then(|document| document.bytes.first_chunk::<8>());
        Ok(bytes.map_or(0, |bytes| u64::from_be_bytes(*bytes)))
    }

    /// Queues a record and waits until it is durable. Whoever gets hold of the edge appends
    /// everything that waits, so that 64 callers cost one flush to disk.
    async fn append(&self, writer: &Arc<Writer>, waiting: Waiting) -> Result<u64, Error> {
        let mut answer = writer.waiting.join(waiting);
        loop {
            let mut edge = writer.edge.lock().await;
            if let Some(index) = answer.now() {
                return index;
            }
            let batch = writer.waiting.take(MAX_RELEASE_BATCH);
            self.append_batch(writer, &mut edge, batch).await;
        }
    }

    async fn append_batch(
        &self,
        writer: &Arc<Writer>,
        slot: &mut Option<crate::journal::Edge>,
        batch: Vec<Queued<Waiting>>,
    ) {
        // A caller may give up (a closed connection) while it holds the others' records:
        // what waited is then answered by the dropped sender and can be sent again under its
        // idempotency key.
        let (items, answers): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
        match self.commit_batch(writer, slot, &items).await {
            // One of them came second, or its draft changed: the others go all the same.
            Err(Error::Store(passerelle_store::Error::Conflict(_))) if items.len() > 1 => {
                *slot = None;
                for (item, answer) in items.iter().zip(answers) {
                    let one = std::slice::from_ref(item);
                    let done = self.commit_batch(writer, slot, one).await;
                    self.appended(writer, slot, one, (vec![answer], done));
                }
            }
            done => self.appended(writer, slot, &items, (answers, done)),
        }
    }

    /// Tells everybody who waited what came of it.
    fn appended(
        &self,
        writer: &Writer,
        slot: &mut Option<crate::journal::Edge>,
        items: &[Waiting],
        (answers, done): (Vec<Waiter>, Result<u64, Error>),
    ) {
        let first = match done {
            Ok(first) => first,
            Err(error) => {
                *slot = None;
                for answer in answers {
                    let _ = answer.send(Err(error.clone()));
                }
                return;
            }
        };
        for (index, (answer, item)) in (first..).zip(answers.into_iter().zip(items)) {
            let record = item.signed.record().id;
            let released = Happened::Released { record };
            self.tell(&self.party, &writer.journal.channel, released);
            let _ = answer.send(Ok(index));
        }
        self.wake(None);
    }

    async fn commit_batch(
        &self,
        writer: &Writer,
        slot: &mut Option<crate::journal::Edge>,
        items: &[Waiting],
    ) -> Result<u64, Error> {
        let edge = self.edge(slot, &writer.journal).await?;
        let first = edge.size;
        let directory = self.directory();
        let mut commit = Commit::default();
        let acts: Vec<Act> = items.iter().map(|item| item.act.clone()).collect();
        let mut entries = Vec::with_capacity(items.len());
        for (index, item) in (first..).zip(items) {
            let record = item.signed.record();
            commit
                .needs
                .extend(needs(writer, index, &record.attachments));
            commit
                .idempotency
                .extend(item.idempotency.clone().map(|key| (key, record.id)));
            commit.puts.extend(item.puts.iter().cloned());
            commit.puts.extend(item.staged.iter().map(|token| Put {
                kind: Shelf::STAGED,
                key: token.clone(),
                bytes: None,
                expected: None,
            }));
            commit.puts.extend(notice_marks(record));
            let cards = cards_of(&directory, record.recipient_parties());
            let sealed = self
                .dice
                .with(|mut rng| seal_record(&item.signed, &cards, &mut edge.packets, &mut rng))?;
            entries.push(NewEntry::envelope(sealed, Some(record.id), record.time));
        }
        let (append, frontier) = self.append_rows(edge, &writer.journal, entries)?;
        commit.appends.push(append);
        commit.puts.push(self.quota_put(writer));
        crate::steps::at("release.sealed");
        self.commit_with_acts(commit, acts).await?;
        crate::steps::at("release.durable");
        edge.moved(frontier, writer);
        Ok(first)
    }

    fn quota_put(&self, writer: &Writer) -> Put {
        let today = *writer.today.lock().unwrap_or_else(PoisonError::into_inner);
        let (day, count) = today.unwrap_or((self.now().day(), 0));
        Put {
            kind: Shelf::QUOTA,
            key: quota_key(writer, day),
            bytes: Some(count.to_be_bytes().to_vec()),
            expected: None,
        }
    }
}

pub(crate) fn cards_of<'a>(
    directory: &'a Directory,
    parties: impl Iterator<Item = &'a PartyId>,
) -> Vec<&'a VerifiedCard> {
    parties
        .filter_map(|party| directory.partner(party).ok())
        .map(|partner| partner.pinned.card())
        .collect()
}

fn needs<'a>(
    writer: &'a Writer,
    index: u64,
    attachments: &'a [Attachment],
) -> impl Iterator<Item = BlobNeed> + 'a {
    attachments.iter().map(move |file| BlobNeed {
        blob: file.sealed,
        bytes: sealed_len(file.bytes),
        journal: writer.journal.clone(),
        index,
        complete: true,
    })
}

fn quota_key(writer: &Writer, day: Day) -> String {
    format!("{}/{day}", writer.journal.channel)
}

/// References of a record, as identifiers of one party, without repetition.
pub(crate) fn targets(record: &Record, party: &PartyId) -> Vec<RecordId> {
    use passerelle_model::Relation::{Corrects, Recalls};
    let own = record.references.iter().filter(|reference| {
        reference.party == *party && matches!(reference.relation, Corrects | Recalls)
    });
    own.map(|reference| reference.record)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

/// The time at which a page of records goes on.
pub type Cursor = (UtcTime, RecordId);
