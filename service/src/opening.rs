//! Opening what arrived: verify, apply the rules, and note what each entry leads to. Nothing
//! is written here.

mod hearing;
mod reports;
mod targets;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;

use passerelle_envelope::chunks::sealed_len;
use passerelle_envelope::{Envelope, Opened, What, open};
use passerelle_exchange::message::WireEntry;
use passerelle_journal::Commitment;
use passerelle_model::{
    Day, Digest, Kind, PartyId, Record, RecordId, Relation, Said, StableCode, UtcTime,
};
use passerelle_rules::{ReceiveFacts, receive};
use passerelle_store::{BlobNeed, Entry, Erasure, Held, Journal, Put, StatementRow, Words};

use crate::directory::Shelf;
use crate::events::Happened;
use crate::keeping::{Gone, Kept};
use crate::permissions::permission_put;
use crate::recovery::{Before, Decided};
use crate::release::targets;
use crate::stating::About;
use crate::{Error, Node};
use targets::Target;

/// What one entry of the partner's leads to.
pub(crate) struct Judged {
    pub(crate) entry: Entry,
    pub(crate) said: Vec<About>,
    pub(crate) needs: Vec<BlobNeed>,
    pub(crate) erasures: Vec<Erasure>,
    pub(crate) rows: Vec<StatementRow>,
    pub(crate) doomed: Vec<Digest>,
    pub(crate) gone: Vec<Gone>,
    /// Kept although the partner took them back, and why.
    pub(crate) refused: Vec<(RecordId, StableCode)>,
    /// Records of ours of whose use the partner reported something.
    pub(crate) used: Vec<(RecordId, StableCode)>,
    /// What they are found by from now on.
    pub(crate) words: Vec<Words>,
    pub(crate) puts: Vec<Put>,
    pub(crate) event: Option<Happened>,
}

/// Records seen earlier in the same batch, which the store does not know yet.
#[derive(Default)]
struct Fresh {
    records: BTreeMap<RecordId, (u64, Digest, Vec<Digest>)>,
    /// Records taken, by the day of their release, this batch included.
    days: BTreeMap<Day, u64>,
    /// Where permissions that arrived are found again.
    permissions: Vec<Put>,
    /// What we said of these entries before we were set back.
    decided: Decided,
    /// Records of ours that this batch freezes, with the version they had before.
    frozen: BTreeMap<RecordId, (Kept, u64)>,
    /// Their place in the list of what waits for the data-protection officer.
    alarms: Vec<Put>,
}

impl Fresh {
    /// Records of that day taken before, from the store at the first question.
    async fn count(&mut self, node: &Node, journal: &Journal, day: Day) -> Result<u64, Error> {
        if let Some(count) = self.days.get(&day) {
            return Ok(*count);
        }
        let documents = node
            .store
            .documents(Shelf::QUOTA, &taken_key(journal, day))
            .await?;
        let bytes = documents
            .first()
            .and_then(|document| document.bytes.first_chunk::<8>());
        let count = bytes.map_or(0, |bytes| u64::from_be_bytes(*bytes));
        self.days.insert(day, count);
        Ok(count)
    }

    fn taken(&mut self, day: Day) {
        *self.days.entry(day).or_default() += 1;
    }

    /// What is kept in the step that keeps the records: counts, and where permissions are.
    fn puts(&self, journal: &Journal) -> Vec<Put> {
        let put = |(day, count): (&Day, &u64)| Put {
            kind: Shelf::QUOTA,
            key: taken_key(journal, *day),
            bytes: Some(count.to_be_bytes().to_vec()),
            expected: None,
        };
        let counts = self.days.iter().map(put);
        counts.chain(self.permissions.iter().cloned()).collect()
    }
}

fn taken_key(journal: &Journal, day: Day) -> String {
    format!("in/{}/{}/{day}", journal.channel, journal.party)
}

impl Node {
    pub(crate) async fn open_all(
        &self,
        from: &PartyId,
        journal: &Journal,
        fresh: Vec<(u64, WireEntry)>,
    ) -> Result<(Vec<Judged>, Vec<Put>), Error> {
        let mut seen = Fresh::default();
        let mut judged = Vec::with_capacity(fresh.len());
        for (index, wire) in fresh {
            judged.push(
                self.open_entry(from, journal, index, wire, &mut seen)
                    .await?,
            );
        }
        let mut puts = seen.puts(journal);
        for (record, (kept, version)) in &seen.frozen {
            puts.push(self.kept_put((&self.party, record), kept, *version)?);
        }
        puts.append(&mut seen.alarms);
        Ok((judged, puts))
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
            said,
            event,
            ..Judged::of(index, commitment)
        };
        let again = index < self.spoken(journal);
        let before = match again {
            true => {
                let decided = &mut seen.decided;
                decided.before(self, journal, index, commitment).await?
            }
            false => Before::Held,
        };
        if before == Before::Refused {
            return Ok(leaf_only(vec![], None));
        }
        let Some(parcel) = wire.parcel else {
            return Ok(leaf_only(vec![], None));
        };
        let place = Place {
            journal,
            index,
            commitment,
        };
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
                judged.said = self.unsaid(journal, judged.said).await?;
                if let (Before::Erased, Some(record)) = (before, content.record) {
                    judged.erase_again((journal, index), record, self.now());
                }
                Ok(judged)
            }
            Err(Turned::Refused {
                code,
                record,
                answer,
            }) => {
                let said = Said::Refused {
                    code: StableCode::of(&code),
                };
                let about = About {
                    index,
                    commitment,
                    record,
                    said,
                };
                let event = Happened::Turned { index, code };
                let said = if answer { vec![about] } else { vec![] };
                let said = self.unsaid(journal, said).await?;
                Ok(leaf_only(said, Some(event)))
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
            What::Statements => {
                let taken = self.take_statements(from, place, opened, seen).await;
                taken.map_err(Turned::unanswered)
            }
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
        if !directory.was_current(held, record.time) {
            return Err(refused("E_AGREEMENT_OTHER"));
        }
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
        seen.records
            .insert(id, (place.index, place.commitment, blobs));
        seen.taken(record.time.day());
        seen.permissions.extend(permission_put(record));
        let judged = self.effects(place, record, known)?;
        let (record, time) = (Some(id), record.time);
        Ok((
            Content {
                opened,
                record,
                time,
            },
            judged,
        ))
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
        // A file is complete only after its chunks opened under this record's own key, even
        // where a blob of that name is here already.
        let said = vec![about(Said::Accepted)];
        let needs = self.needs_of(place, record)?;
        let mut judged = Judged {
            said,
            needs,
            event: Some(Happened::Received { record: record.id }),
            ..Judged::of(place.index, place.commitment)
        };
        if record.kind == Kind::Recall {
            let recalled: BTreeSet<RecordId> = record
                .related(Relation::Recalls)
                .map(|reference| reference.record)
                .collect();
            for target in known
                .into_iter()
                .filter(|target| recalled.contains(&target.record))
            {
                match target.held {
                    None => judged.recall(place.journal, target, self.now()),
                    Some(_) => self.refuse_recall(&mut judged, place.journal, target)?,
                }
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

/// Why an entry is not taken: the partner is told, or this node failed and nothing happened.
enum Turned {
    Refused {
        code: String,
        record: Option<RecordId>,
        answer: bool,
    },
    Failed(Error),
}

impl Turned {
    /// Of statements nothing is stated: two nodes that each refuse what the other says would
    /// answer each other without end.
    fn unanswered(self) -> Self {
        match self {
            Self::Refused { code, record, .. } => Self::Refused {
                code,
                record,
                answer: false,
            },
            Self::Failed(error) => Self::Failed(error),
        }
    }
}

impl From<passerelle_envelope::Error> for Turned {
    fn from(error: passerelle_envelope::Error) -> Self {
        Self::Refused {
            code: error.code().to_owned(),
            record: None,
            answer: true,
        }
    }
}

impl From<Error> for Turned {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Judged {
    /// An entry of which only the leaf is kept, and that leads to nothing.
    fn of(index: u64, commitment: Digest) -> Self {
        Self {
            entry: Entry {
                index,
                commitment,
                held: Held::LeafOnly,
            },
            said: vec![],
            needs: vec![],
            erasures: vec![],
            rows: vec![],
            doomed: vec![],
            gone: vec![],
            refused: vec![],
            used: vec![],
            words: vec![],
            puts: vec![],
            event: None,
        }
    }

    /// What we destroyed before we were set back does not come back to stay: that it is gone is
    /// signed.
    fn erase_again(&mut self, (journal, index): (&Journal, u64), record: RecordId, at: UtcTime) {
        self.needs.clear();
        self.erasures.push(Erasure {
            journal: journal.clone(),
            index,
            at,
        });
        self.gone.push(Gone {
            party: journal.party.clone(),
            record,
            judged: None,
            days: None,
            stays: Vec::new(),
        });
    }
}
