//! Reading records: inbox, outbox, one record, why it has not arrived.

mod listing;

use std::collections::BTreeMap;

use passerelle_cases::CaseId;
use passerelle_envelope::{Envelope, open_with};
use passerelle_model::{ChannelId, Kind, PartyId, Record, RecordId, Relation, Said, Side, UtcTime};
use passerelle_store::{EntryRef, Held, HeldRecord, Journal, Put, StatementRow};

use crate::directory::Shelf;
use crate::keeping::List;
use crate::stating::{About, USED};
use crate::view::{Delivery, FileState, Line, Reason, Shown, Standing, Why};
use crate::{Error, Node};

impl Node {
    /// On which side of the wall a channel stands.
    pub fn side_of_channel(&self, channel: &ChannelId) -> Side {
        self.directory().side(channel)
    }

    /// On which side of the wall a record stands; found as [`Node::show`] finds it.
    pub async fn side_of(&self, from: Option<&PartyId>, id: &RecordId) -> Result<Side, Error> {
        let place = self.place(from, id).await?;
        Ok(self.directory().side(&place.journal.channel))
    }

    /// One record; `from` says whose, otherwise ours are looked through first.
    pub async fn show(&self, from: Option<&PartyId>, id: &RecordId) -> Result<Shown, Error> {
        let place = self.place(from, id).await?;
        let line = self.line(&place).await?;
        let content = match place.erased {
            true => None,
            false => Some(self.record_at(&place.journal, place.index).await?),
        };
        let files = match &content {
            Some(record) => self.file_states(record)?,
            None => Vec::new(),
        };
        Ok(Shown {
            line,
            content,
            files,
        })
    }

    /// States to the sender that an officer opened the record; once is enough.
    pub async fn mark_read(&self, from: &PartyId, id: &RecordId) -> Result<(), Error> {
        let place = self.place(Some(from), id).await?;
        let range = place.index..place.index + 1;
        let rows = self.store.statements(&place.journal, range.clone()).await?;
        if rows
            .iter()
            .any(|row| row.by == self.party && row.said == "read")
        {
            return Ok(());
        }
        let leaves = self.store.commitments(&place.journal, range).await?;
        let said = leaves.first().map(|commitment| About {
            index: place.index,
            commitment: *commitment,
            record: Some(*id),
            said: Said::Read,
        });
        let channel = place.journal.channel.clone();
        let commit = passerelle_store::Commit::default();
        self.commit_with_statements(
            from,
            &channel,
            commit,
            said.into_iter().collect(),
            Vec::new(),
        )
        .await?;
        self.wake(Some(from));
        Ok(())
    }

    /// Where a record of ours is, and what it waits for.
    pub async fn why(&self, id: &RecordId) -> Result<Why, Error> {
        let own = self.party.clone();
        let place = self.place(Some(&own), id).await?;
        let mut partners = Vec::new();
        for delivery in self.line(&place).await?.deliveries {
            partners.push(self.reason(&place, delivery).await?);
        }
        Ok(Why {
            record: *id,
            partners,
        })
    }

    async fn reason(&self, place: &EntryRef, delivery: Delivery) -> Result<Reason, Error> {
        let link = self.link(&delivery.party).view();
        let directory = self.directory();
        let cosigned = self
            .store
            .last_cosigned(&place.journal, &delivery.party)
            .await?
            .map_or(0, |c| c.size);
        let partner = directory.partner(&delivery.party);
        let address = partner
            .as_ref()
            .ok()
            .and_then(|p| p.pinned.card().content().address.clone());
        let cause = match delivery.standing {
            Standing::Released | Standing::Recalled if place.index >= cosigned => match partner {
                Err(_) => "not-paired",
                Ok(partner) if partner.halted.is_some() => "halted",
                Ok(_) if address.is_none() => "no-address",
                Ok(_) if link.last_error.is_some() => "unreachable",
                Ok(_) if link.last_contact.is_none() => "never-contacted",
                Ok(_) => "queued",
            },
            Standing::Held => "awaiting-judgement",
            Standing::Accepted => "files-travelling",
            Standing::Recalled => "awaiting-erasure",
            Standing::Refused => "refused",
            _ => "arrived",
        };
        Ok(Reason {
            party: delivery.party,
            standing: delivery.standing,
            cause: cause.to_owned(),
            ahead: place.index.saturating_sub(cosigned),
            last_contact: link.last_contact,
            last_error: link.last_error,
            next_attempt: link.next_attempt,
        })
    }

    /// Where a record stands, and its content.
    pub(crate) async fn locate(
        &self,
        from: Option<&PartyId>,
        id: &RecordId,
    ) -> Result<(EntryRef, Record), Error> {
        let place = self.place(from, id).await?;
        let record = self.record_at(&place.journal, place.index).await?;
        Ok((place, record))
    }

    pub(crate) async fn place(
        &self,
        from: Option<&PartyId>,
        id: &RecordId,
    ) -> Result<EntryRef, Error> {
        let directory = self.directory();
        let everyone = std::iter::once(&self.party).chain(directory.partners().map(|(p, _)| p));
        let parties: Vec<&PartyId> = match from {
            Some(party) => vec![party],
            None => everyone.collect(),
        };
        for party in parties {
            let found = self.store.find(party, vec![*id]).await?;
            if let Some(place) = found.into_iter().next().flatten() {
                return Ok(place);
            }
        }
        Err(Error::not_found("record", id))
    }

    /// Opens the record at a place, with the key kept for it.
    pub(crate) async fn record_at(&self, journal: &Journal, index: u64) -> Result<Record, Error> {
        let opened = self.open_at(journal, index).await?;
        let directory = self.directory();
        let cards: Vec<_> = directory.cards(&journal.party).collect();
        Ok(opened.verified_record(&cards)?.into_record())
    }

    /// Opens the content at a place: the signed bytes of a record, or a batch of statements.
    pub(crate) async fn open_at(
        &self,
        journal: &Journal,
        index: u64,
    ) -> Result<passerelle_envelope::Opened, Error> {
        let entries = self.store.entries(journal, index..index + 1, 1).await?;
        let entry = entries
            .into_iter()
            .next()
            .ok_or_else(|| Error::not_found("entry", index))?;
        match entry.held {
            Held::Content {
                envelope,
                content_key,
                ..
            } => {
                let keys = self.keys();
                let leaf = entry.commitment.as_bytes();
                let key = keys.store().unwrap_content_key(&content_key, leaf)?;
                Ok(open_with(&Envelope::parse(&envelope)?, &key)?)
            }
            Held::Erased {
                record: Some(record),
                ..
            } => Err(Error::Erased(record)),
            _ => Err(Error::not_found("content at entry", index)),
        }
    }

    /// Whether the entry was sealed to a unit of `party`.
    pub(crate) async fn addressed(
        &self,
        journal: &Journal,
        index: u64,
        party: &PartyId,
    ) -> Result<bool, Error> {
        let entries = self.store.entries(journal, index..index + 1, 1).await?;
        Ok(entries.first().is_some_and(|entry| match &entry.held {
            Held::Content { envelope, .. } => Envelope::parse(envelope)
                .is_ok_and(|envelope| envelope.header().to.iter().any(|to| to.party == *party)),
            _ => false,
        }))
    }

    pub(crate) async fn parties_of(
        &self,
        party: &PartyId,
        id: &RecordId,
    ) -> Result<Vec<PartyId>, Error> {
        let Some((of, record)) = self.case_of(party, id).await? else {
            return Ok(Vec::new());
        };
        let case = CaseId { party: of, record };
        let document = self.case_document(&case).await?;
        let lines = document
            .iter()
            .flat_map(|(document, _)| document.case.lines());
        let mut lines = lines.filter(|line| line.party == *party && line.record == *id);
        Ok(lines.next().map_or_else(Vec::new, |line| line.to.clone()))
    }

    async fn line(&self, place: &EntryRef) -> Result<Line, Error> {
        let record = match place.erased {
            true => None,
            false => Some(self.record_at(&place.journal, place.index).await?),
        };
        let range = place.index..place.index + 1;
        let rows = self.store.statements(&place.journal, range).await?;
        let deliveries = if place.journal.party == self.party {
            self.deliveries(place, record.as_ref(), &rows).await?
        } else {
            vec![own_statement(&self.party, &rows, record.as_ref())]
        };
        Ok(Line {
            record: place.record,
            channel: place.journal.channel.clone(),
            from: place.journal.party.clone(),
            index: place.index,
            time: place.time,
            erased: place.erased,
            kind: record.as_ref().map(|record| record.kind),
            subject: match &record {
                // What is restricted is visible as such and not used: no subject in lists, which
                // are read by programs. Nor where its labels keep it from them.
                Some(record) if self.restriction(record).await?.is_none() => {
                    let carried = self.carried(record).await.is_ok();
                    carried.then(|| record.subject.to_string())
                }
                _ => None,
            },
            urgency: record.as_ref().and_then(|record| record.urgency),
            attachments: record.as_ref().map_or(0, |record| record.attachments.len()),
            deliveries,
        })
    }

    /// Standing of a record that was read whole: with each of `to` where it is ours, else what
    /// we stated about it.
    pub(crate) fn delivered(
        &self,
        held: &HeldRecord,
        record: Option<&Record>,
        to: &[PartyId],
        recalled: bool,
    ) -> Vec<Delivery> {
        if held.place.journal.party != self.party {
            return vec![own_statement(&self.party, &held.statements, record)];
        }
        let files = record.is_some_and(|record| !record.attachments.is_empty());
        to.iter()
            .map(|party| delivery_of(held, party, files, recalled))
            .collect()
    }

    async fn deliveries(
        &self,
        place: &EntryRef,
        record: Option<&Record>,
        rows: &[StatementRow],
    ) -> Result<Vec<Delivery>, Error> {
        // Of a record that is gone its case still knows to whom it went.
        let parties = match record {
            Some(record) => record.recipient_parties().cloned().collect(),
            None => self.parties_of(&place.journal.party, &place.record).await?,
        };
        let files = record.is_some_and(|record| !record.attachments.is_empty());
        let recalled = self.recalled(place).await?;
        let mut deliveries = Vec::new();
        for party in &parties {
            let cosigned = self
                .store
                .cosigned(&place.journal, party, place.index + 1, 1)
                .await?;
            let receipted = cosigned.first().map(|row| row.time);
            deliveries.push(delivery((party, receipted), rows, files, recalled));
        }
        Ok(deliveries)
    }

    /// Whether a record of ours takes this one back.
    pub(crate) async fn recalled(&self, place: &EntryRef) -> Result<bool, Error> {
        let mark = self.document(Shelf::RECALL, place.record.to_string());
        Ok(mark.await?.is_some())
    }

    /// The line of a record that was just released: nothing about it is known elsewhere yet.
    pub(crate) fn line_of(&self, record: &Record, index: u64) -> Line {
        let delivery = |party: &PartyId| Delivery {
            party: party.clone(),
            standing: Standing::Released,
            code: None,
            receipted: None,
            stated: None,
            steps: Vec::new(),
        };
        Line {
            record: record.id,
            channel: record.channel.clone(),
            from: record.from.clone(),
            index,
            time: record.time,
            erased: false,
            kind: Some(record.kind),
            subject: Some(record.subject.to_string()),
            urgency: record.urgency,
            attachments: record.attachments.len(),
            deliveries: record.recipient_parties().map(delivery).collect(),
        }
    }

    pub(crate) async fn line_of_own(&self, id: &RecordId) -> Result<Line, Error> {
        let own = self.party.clone();
        let place = self.place(Some(&own), id).await?;
        self.line(&place).await
    }

    pub(crate) fn file_states(&self, record: &Record) -> Result<Vec<FileState>, Error> {
        let mut states = Vec::with_capacity(record.attachments.len());
        for (position, file) in record.attachments.iter().enumerate() {
            let complete = self.blobs.open(file.sealed)?;
            let held = complete.as_ref().map_or(0, |blob| blob.len());
            states.push(FileState {
                position,
                name: file.name.to_string(),
                bytes: file.bytes,
                complete: complete.is_some(),
                held,
            });
        }
        Ok(states)
    }
}

/// How far a record of ours that was read whole is with one partner.
pub(crate) fn delivery_of(
    held: &HeldRecord,
    party: &PartyId,
    files: bool,
    recalled: bool,
) -> Delivery {
    let cosigned = held.cosigned.iter().find(|(by, _)| by == party);
    let receipted = cosigned.map(|(_, time)| *time);
    delivery((party, receipted), &held.statements, files, recalled)
}

/// How far a record of ours is with one partner, which co-signed for it at `receipted`.
fn delivery(
    (party, receipted): (&PartyId, Option<UtcTime>),
    rows: &[StatementRow],
    files: bool,
    recalled: bool,
) -> Delivery {
    let theirs = stated_by(party, rows);
    let settled = [
        Standing::Erased,
        Standing::ErasureRefused,
        Standing::Refused,
    ];
    let standing = match standing(&theirs, receipted.is_some(), files) {
        standing if recalled && !settled.contains(&standing) => Standing::Recalled,
        standing => standing,
    };
    Delivery {
        party: party.clone(),
        standing,
        code: theirs.iter().rev().find_map(|row| row.code.clone()),
        receipted,
        stated: theirs.last().map(|row| row.time),
        steps: steps(&theirs),
    }
}

/// The standing that a partner's statements and co-signature add up to.
fn standing(rows: &[&StatementRow], receipted: bool, files: bool) -> Standing {
    let said: BTreeMap<&str, ()> = rows.iter().map(|row| (row.said.as_str(), ())).collect();
    let has = |word| said.contains_key(word);
    if has("erased") {
        Standing::Erased
    } else if has("erasure-refused") {
        Standing::ErasureRefused
    } else if has("refused") {
        Standing::Refused
    } else if has("read") {
        Standing::Read
    } else if has("accepted") {
        if !files || has("files-complete") {
            Standing::Complete
        } else {
            Standing::Accepted
        }
    } else if receipted {
        Standing::Held
    } else {
        Standing::Released
    }
}

/// What we stated about a partner's record.
fn own_statement(own: &PartyId, rows: &[StatementRow], record: Option<&Record>) -> Delivery {
    let ours = stated_by(own, rows);
    let files = record.is_some_and(|record| !record.attachments.is_empty());
    Delivery {
        party: own.clone(),
        standing: standing(&ours, true, files),
        code: ours.iter().rev().find_map(|row| row.code.clone()),
        receipted: None,
        stated: ours.last().map(|row| row.time),
        steps: steps(&ours),
    }
}

/// What a party stated about a record itself; how it was used stands apart.
fn stated_by<'a>(party: &PartyId, rows: &'a [StatementRow]) -> Vec<&'a StatementRow> {
    let about = |row: &&StatementRow| row.by == *party && row.said != USED;
    rows.iter().filter(about).collect()
}

/// What was stated, in order, with its times.
fn steps(rows: &[&StatementRow]) -> Vec<(String, UtcTime)> {
    rows.iter()
        .map(|row| (row.said.clone(), row.time))
        .collect()
}

/// What a record of ours leaves behind that partners act upon: documents that say which of our
/// records were taken back, which stand in a list until they are gone everywhere; and a
/// correction in the list of those that not every partner has read.
pub(crate) fn notice_marks(record: &Record) -> impl Iterator<Item = Put> + '_ {
    let corrects = record.kind == Kind::Correction;
    let corrected =
        corrects.then(|| List::Corrected.add(record.time.day(), &record.from, &record.id));
    recall_marks(record).chain(corrected)
}

fn recall_marks(record: &Record) -> impl Iterator<Item = Put> + '_ {
    record.related(Relation::Recalls).flat_map(|reference| {
        let mark = Put {
            kind: Shelf::RECALL,
            key: reference.record.to_string(),
            bytes: Some(record.id.as_bytes().to_vec()),
            expected: None,
        };
        let day = record.time.day();
        [
            mark,
            List::Recalled.add(day, &record.from, &reference.record),
        ]
    })
}
