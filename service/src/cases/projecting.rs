//! Following the journals.

use std::collections::{BTreeMap, BTreeSet};

use passerelle_cases::{Case, CaseId, Line};
use passerelle_model::{Record, UnitId, UtcTime};
use passerelle_store::{Commit, Entry, Held, Journal, Put, Words};

use super::{CaseDocument, need_word, units_of};
use crate::directory::Shelf;
use crate::keeping::first_keys;
use crate::{Error, Node};

/// Entries taken in by one step.
const STEP: u64 = 256;
/// Longest time, for keys that sort the newest first.
const LAST_MILLIS: u64 = 9_999_999_999_999;

/// What one step writes.
#[derive(Default)]
struct Step {
    cases: BTreeMap<CaseId, (CaseDocument, u64, BTreeSet<String>)>,
    of: BTreeMap<String, CaseId>,
    words: Vec<Words>,
    /// Where lists by day hold the records.
    due: Vec<String>,
}

impl Step {
    fn documents(&mut self) -> impl Iterator<Item = (&CaseId, &mut CaseDocument)> {
        self.cases
            .iter_mut()
            .map(|(id, (document, ..))| (id, document))
    }
}

impl Node {
    /// Takes in what the journals hold beyond where this reading stood. Cheap where there is
    /// nothing new; called before a page is shown.
    pub async fn project(&self) -> Result<(), Error> {
        let _one_at_a_time = self.projecting.lock().await;
        let register = &self.register.writer.journal;
        for journal in self.store.journals().await? {
            if journal != *register {
                self.project_journal(&journal).await?;
            }
        }
        Ok(())
    }

    async fn project_journal(&self, journal: &Journal) -> Result<(), Error> {
        // The number says what is made of a journal; where it changes, all are read again.
        let key = format!("2/{}/{}", journal.channel, journal.party);
        let held = self.store.documents(Shelf::CURSOR, &key).await?;
        let held = held.first().and_then(|d| d.bytes.first_chunk::<8>());
        let mut from = held.map_or(0, |bytes| u64::from_be_bytes(*bytes));
        let size = self.store.head(journal).await?.map_or(0, |head| head.size);
        while from < size {
            let end = size.min(from + STEP);
            let entries = self.store.entries(journal, from..end, 8 << 20).await?;
            let Some(last) = entries.last() else { break };
            let next = last.index + 1;
            let mut step = Step::default();
            for entry in entries {
                let index = entry.index;
                match self.take_in(journal, entry, &mut step).await {
                    // What does not open is for the doctor to tell; it hides nothing after it.
                    Err(error @ (Error::Envelope(_) | Error::Model(_))) => {
                        let code = error.code();
                        tracing::warn!(code, ?journal, index, "an entry stands in no list");
                    }
                    other => other?,
                }
            }
            let counts = self.count_asks(step.documents()).await?;
            let mut commit = self.written(step)?;
            commit.puts.extend(counts);
            commit.puts.push(Put {
                kind: Shelf::CURSOR,
                key: key.clone(),
                bytes: Some(next.to_be_bytes().to_vec()),
                expected: None,
            });
            self.store.commit(commit).await?;
            from = next;
        }
        Ok(())
    }

    async fn take_in(&self, journal: &Journal, entry: Entry, step: &mut Step) -> Result<(), Error> {
        let Held::Content {
            record: Some(_), ..
        } = entry.held
        else {
            return Ok(());
        };
        let record = match self.record_at(journal, entry.index).await {
            Ok(record) => record,
            // Erased since the entries were read.
            Err(Error::Erased(_)) => return Ok(()),
            Err(error) => return Err(error),
        };
        let id = self.home_of(&record, step).await?;
        let units = units_of(&record, &self.party);
        let named = self.readers(&id).await?.named;
        let (kept, _) = self.kept_of(&record.from, &record.id).await?;
        let tokens = match kept.restriction(&record, self.now().day()) {
            Some(_) => Vec::new(),
            None => self.tokens_of(&record, &units, named.as_ref()),
        };
        step.words.push(Words {
            journal: journal.clone(),
            index: entry.index,
            tokens,
        });
        step.due.extend(first_keys(&record, &kept));
        let known = match step.cases.remove(&id) {
            Some(known) => Some(known),
            None => self.case_document(&id).await?.map(|(document, version)| {
                let before = document.listed.iter().chain(&document.waiting);
                let before = before.cloned().collect();
                (document, version, before)
            }),
        };
        let (mut document, version, before) = known.unwrap_or_else(|| {
            let document = CaseDocument {
                case: Case::begin(Line::of(&record)),
                channel: record.channel.clone(),
                units: Vec::new(),
                listed: Vec::new(),
                waiting: Vec::new(),
                purpose: record.purpose.clone(),
                classes: None,
                counted: None,
            };
            (document, 0, BTreeSet::new())
        });
        if !document.case.take(Line::of(&record)) {
            tracing::warn!(case = %id, "a case is full; the record stands on its own");
        }
        let class = |unit: &UnitId| (unit.clone(), record.class.clone());
        let classes = document.classes.get_or_insert_default();
        classes.extend(units.iter().map(class));
        let all: BTreeSet<_> = document.units().into_iter().chain(units).collect();
        document.units = all.into_iter().collect();
        step.of
            .insert(format!("{}/{}", record.from, record.id), id.clone());
        step.cases.insert(id, (document, version, before));
        Ok(())
    }

    /// The case of the first record it names that is known; its own where there is none.
    async fn home_of(&self, record: &Record, step: &Step) -> Result<CaseId, Error> {
        for reference in &record.references {
            let key = format!("{}/{}", reference.party, reference.record);
            if let Some(id) = step.of.get(&key) {
                return Ok(id.clone());
            }
            if let Some((party, record)) = self.case_of(&reference.party, &reference.record).await?
            {
                return Ok(CaseId { party, record });
            }
            // Not read yet: a case is named by its first record on both sides alike, so the
            // named record is the best name there is.
            if let Ok(place) = self.place(Some(&reference.party), &reference.record).await {
                return Ok(CaseId {
                    party: place.journal.party,
                    record: place.record,
                });
            }
        }
        Ok(CaseId {
            party: record.from.clone(),
            record: record.id,
        })
    }

    fn written(&self, step: Step) -> Result<Commit, Error> {
        let mut puts: BTreeMap<(&'static str, String), Option<Vec<u8>>> = BTreeMap::new();
        let mut sealed = Vec::new();
        for (id, (mut document, version, before)) in step.cases {
            for key in before {
                let kind = if key.starts_with("w/") {
                    Shelf::WAITS
                } else {
                    Shelf::CASE_LIST
                };
                puts.insert((kind, key), None);
            }
            document.listed = listed(&document, &id);
            document.waiting = self.waiting(&document, &id);
            let name = id.to_string().into_bytes();
            for key in &document.listed {
                puts.insert((Shelf::CASE_LIST, key.clone()), Some(name.clone()));
            }
            for key in &document.waiting {
                puts.insert((Shelf::WAITS, key.clone()), Some(name.clone()));
            }
            let expected = Some(version);
            sealed.push(self.sealed_put(Shelf::CASE, id.to_string(), &document, expected)?);
        }
        for key in step.due {
            puts.insert((Shelf::KEEP_LIST, key), Some(Vec::new()));
        }
        for (key, id) in step.of {
            let name = id.to_string().into_bytes();
            puts.insert((Shelf::CASE_OF, key), Some(name));
        }
        let plain = puts.into_iter().map(|((kind, key), bytes)| Put {
            kind,
            key,
            bytes,
            expected: None,
        });
        Ok(Commit {
            puts: sealed.into_iter().chain(plain).collect(),
            words: step.words,
            ..Commit::default()
        })
    }

    /// `w/<unit>/<what>/<due>/<case>/<about>`: the first to fall due come first.
    fn waiting(&self, document: &CaseDocument, id: &CaseId) -> Vec<String> {
        let mut keys = BTreeSet::new();
        for wait in document.case.waits() {
            let word = need_word(wait.need, wait.on == self.party);
            let hours = wait
                .urgency
                .map_or(24 * 30, |urgency| self.hours(&document.channel, urgency));
            let due = wait.since.millis() + u64::from(hours) * 3_600_000;
            for unit in &document.units {
                let (party, record) = &wait.about;
                keys.insert(format!("w/{unit}/{word}/{due:013}/{id}/{party}~{record}"));
            }
        }
        keys.into_iter().take(64).collect()
    }

    /// Hours that the agreement gives for an urgency.
    pub(crate) fn hours(
        &self,
        channel: &passerelle_model::ChannelId,
        urgency: passerelle_model::Urgency,
    ) -> u32 {
        use passerelle_model::Urgency::{Normal, Priority, Urgent};
        let deadlines = self.deadlines(channel);
        match urgency {
            Urgent => deadlines.urgent_hours,
            Priority => deadlines.priority_hours,
            Normal => deadlines.normal_hours,
        }
    }

    /// Deadlines of a channel: of the revision in force, else of the newest held.
    pub(crate) fn deadlines(
        &self,
        channel: &passerelle_model::ChannelId,
    ) -> passerelle_model::Deadlines {
        let directory = self.directory();
        let held = directory.in_force(channel, self.now().day()).or_else(|| {
            directory
                .agreements()
                .filter(|held| held.agreement.terms().id == *channel)
                .max_by_key(|held| held.agreement.terms().revision)
        });
        held.map_or(
            passerelle_model::Deadlines {
                urgent_hours: 8,
                priority_hours: 72,
                normal_hours: 168,
            },
            |held| held.agreement.terms().deadlines.clone(),
        )
    }
}

/// `<unit>/<newest first>/<case>`.
fn listed(document: &CaseDocument, id: &CaseId) -> Vec<String> {
    let newest = inverse(document.case.changed());
    let key = |unit| format!("{unit}/{newest}/{id}");
    document.units.iter().map(key).collect()
}

fn inverse(time: UtcTime) -> String {
    format!("{:013}", LAST_MILLIS.saturating_sub(time.millis()))
}
