//! Following the journals.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;

use passerelle_cases::{Case, CaseId, Line};
use passerelle_model::{Kind, PartyId, Record, RecordId, UnitId};
use passerelle_store::{Commit, Document, Entry, Held, Journal, MAX_GATHERED, Put, Words};

use super::rows::listed;
use super::{CaseDocument, Readers, units_of};
use crate::directory::Shelf;
use crate::keeping::{Kept, first_keys, kept_key};
use crate::{Error, Node};

/// Entries taken in by one step.
const STEP: u64 = 256;
/// Bytes of cases after which a step ends early, so that it stays far below what one commit
/// may hold.
const STEP_BYTES: usize = 16 << 20;
/// What cursors begin with. Another number reads all journals again, into another form.
const FORM: u32 = 3;

/// What one step writes.
#[derive(Default)]
struct Step {
    cases: BTreeMap<CaseId, Growing>,
    of: BTreeMap<String, CaseId>,
    words: Vec<Words>,
    /// Where lists by day hold the records.
    due: Vec<String>,
    /// Who reads cases that began because another was full.
    readers: Vec<(CaseId, Readers)>,
    bytes: usize,
}

impl Step {
    fn documents(&mut self) -> impl Iterator<Item = (&CaseId, &mut CaseDocument)> {
        let cases = self.cases.iter_mut();
        cases.map(|(id, growing)| (id, &mut growing.document))
    }
}

/// A case while a step grows it.
struct Growing {
    document: CaseDocument,
    /// None where whatever is there is written over.
    version: Option<u64>,
    before: BTreeSet<String>,
}

/// What was known before a step, read at once.
struct Known {
    of: BTreeMap<String, CaseId>,
    placed: BTreeSet<String>,
    cases: BTreeMap<CaseId, Document>,
    readers: BTreeMap<CaseId, Readers>,
    /// What was decided about the records of the step; none where that does not read: nothing
    /// finds such a record.
    kept: BTreeMap<String, Option<Kept>>,
}

/// What an entry means to a case.
enum Found {
    Record(Box<Record>),
    /// What is said in the joint group: of no case and in no index; only its days count.
    Group(Box<Record>),
    /// Name of a record whose content is destroyed.
    Erased(String),
}

impl Node {
    /// Takes in what the journals hold beyond where this reading stood. Called before a page
    /// is shown: where there is nothing new it costs one small read and waits for nobody.
    pub async fn project(&self) -> Result<(), Error> {
        let news = self.unread().await?;
        if news.is_empty() {
            return Ok(());
        }
        let _one_at_a_time = self.projecting.lock().await;
        // Somebody may have read them while this waited.
        for (journal, size) in self.unread().await? {
            let next = self.project_journal(&journal, size).await?;
            self.projected().insert(journal, next);
        }
        Ok(())
    }

    fn projected(&self) -> std::sync::MutexGuard<'_, BTreeMap<Journal, u64>> {
        self.projected
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Journals that hold more than was read, with their sizes.
    async fn unread(&self) -> Result<Vec<(Journal, u64)>, Error> {
        let mut sizes = self.store.sizes().await?;
        let register = &self.register.writer.journal;
        let read = self.projected();
        sizes.retain(|(journal, size)| {
            journal != register && read.get(journal).is_none_or(|read| read < size)
        });
        Ok(sizes)
    }

    /// Reads a journal up to `size`; gives where it stands then.
    async fn project_journal(&self, journal: &Journal, size: u64) -> Result<u64, Error> {
        let key = format!("{FORM}/{}/{}", journal.channel, journal.party);
        let held = self.document(Shelf::CURSOR, key.clone()).await?;
        let held = held.as_ref().and_then(|d| d.bytes.first_chunk::<8>());
        let mut from = held.map_or(0, |bytes| u64::from_be_bytes(*bytes));
        while from < size {
            let end = size.min(from + STEP);
            let entries = self.store.entries(journal, from..end, 8 << 20).await?;
            let Some(last) = entries.last() else { break };
            let end = last.index + 1;
            let (mut step, next) = self.step(journal, entries, end).await?;
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
        Ok(from)
    }

    /// Takes in entries, as many as one step holds; gives the index after the last one.
    async fn step(
        &self,
        journal: &Journal,
        entries: Vec<Entry>,
        end: u64,
    ) -> Result<(Step, u64), Error> {
        let mut found = Vec::with_capacity(entries.len());
        for entry in &entries {
            match self.found(journal, entry) {
                // What does not open is for the doctor to tell; it hides nothing after it.
                Err(error @ (Error::Envelope(_) | Error::Journal(_) | Error::Model(_))) => {
                    let (code, index) = (error.code(), entry.index);
                    tracing::warn!(code, ?journal, index, "an entry stands in no list");
                }
                other => found.extend(other?.map(|one| (entry.index, one))),
            }
        }
        let mut known = self.known(&found).await?;
        let (mut step, mut homes) = (Step::default(), Vec::with_capacity(found.len()));
        for (_, one) in &found {
            homes.push(match one {
                Found::Record(record) => {
                    let home = home_of(record, &step.of, &known);
                    step.of.insert(name(&record.from, &record.id), home.clone());
                    Some(home)
                }
                Found::Erased(name) => known.of.get(name).cloned(),
                Found::Group(_) => None,
            });
        }
        step.of.clear();
        self.fetch(&homes, &found, &mut known).await?;
        for ((index, one), home) in found.into_iter().zip(homes) {
            if step.bytes > STEP_BYTES {
                return Ok((step, index));
            }
            match (one, home) {
                (Found::Record(record), Some(home)) => {
                    self.take_in(journal, (index, &record), home, &known, &mut step)?;
                }
                // It takes nothing along, but its rows may be of an earlier form.
                (_, Some(home)) => match self.grown(&home, &known, &mut step) {
                    Ok(growing) => {
                        step.cases.extend(growing.map(|growing| (home, growing)));
                    }
                    Err(error) if error.is_damage() => {}
                    Err(error) => return Err(error),
                },
                (Found::Group(record), None) => {
                    let kept = known.kept.get(&kept_key(&record.from, &record.id));
                    let kept = kept.cloned().flatten().unwrap_or_default();
                    step.due.extend(first_keys(&record, &kept));
                }
                (_, None) => {}
            }
        }
        Ok((step, end))
    }

    fn found(&self, journal: &Journal, entry: &Entry) -> Result<Option<Found>, Error> {
        if let Held::Erased { record, .. } = &entry.held {
            let erased = record.map(|record| name(&journal.party, &record));
            return Ok(erased.map(Found::Erased));
        }
        let record = self.kept_record(entry)?;
        Ok(record.map(|record| match record.kind {
            Kind::Group => Found::Group(Box::new(record)),
            _ => Found::Record(Box::new(record)),
        }))
    }

    /// Cases of what these records name and of what is erased, and which of the named are held
    /// at all.
    async fn known(&self, found: &[(u64, Found)]) -> Result<Known, Error> {
        let mut known = Known {
            of: BTreeMap::new(),
            placed: BTreeSet::new(),
            cases: BTreeMap::new(),
            readers: BTreeMap::new(),
            kept: BTreeMap::new(),
        };
        let (mut names, mut parties) = (BTreeSet::new(), BTreeMap::new());
        let mut references = Vec::new();
        for (_, one) in found {
            match one {
                Found::Record(record) => references.extend(&record.references),
                Found::Erased(name) => {
                    names.insert(name.clone());
                }
                Found::Group(_) => {}
            }
        }
        for reference in references {
            names.insert(name(&reference.party, &reference.record));
            let records: &mut BTreeSet<_> = parties.entry(&reference.party).or_default();
            records.insert(reference.record);
        }
        for some in chunks(names, MAX_GATHERED) {
            let asked = some.iter().map(|key| (Shelf::CASE_OF, key.clone()));
            let found = self.store.gather(asked.collect()).await?;
            for (key, document) in some.into_iter().zip(found) {
                let home = document.map(|held| String::from_utf8_lossy(&held.bytes).parse());
                // One that does not read is for the doctor to tell.
                if let Some(Ok(home)) = home {
                    known.of.insert(key, home);
                }
            }
        }
        for (party, records) in parties {
            let unknown = |record: &RecordId| !known.of.contains_key(&name(party, record));
            let asked: Vec<RecordId> = records.into_iter().filter(unknown).collect();
            let found = self.store.find(party, asked).await?.into_iter().flatten();
            known
                .placed
                .extend(found.map(|place| name(party, &place.record)));
        }
        Ok(known)
    }

    /// The cases that will grow, who may read them, and what was decided about the records.
    async fn fetch(
        &self,
        homes: &[Option<CaseId>],
        found: &[(u64, Found)],
        known: &mut Known,
    ) -> Result<(), Error> {
        let homes: BTreeSet<CaseId> = homes.iter().flatten().cloned().collect();
        let asked = homes.iter().map(|id| (Shelf::CASE, id.to_string()));
        let cases = self.store.gather(asked.collect()).await?;
        let cases = homes.iter().cloned().zip(cases);
        known.cases = cases
            .filter_map(|(id, document)| Some((id, document?)))
            .collect();
        known.readers = self.readers_of(homes).await?;
        let keys = found.iter().filter_map(|(_, one)| match one {
            Found::Record(record) | Found::Group(record) => {
                Some(kept_key(&record.from, &record.id))
            }
            Found::Erased(_) => None,
        });
        let keys: Vec<String> = keys.collect();
        let asked = keys.iter().map(|key| (Shelf::KEPT, key.clone()));
        let kept = self.store.gather(asked.collect()).await?;
        for (key, held) in keys.into_iter().zip(kept) {
            if let Some(held) = held {
                known.kept.insert(key, self.unsealed_json(&held).ok());
            }
        }
        Ok(())
    }

    fn take_in(
        &self,
        journal: &Journal,
        (index, record): (u64, &Record),
        id: CaseId,
        known: &Known,
        step: &mut Step,
    ) -> Result<(), Error> {
        let units = units_of(record, &self.party);
        let named = known
            .readers
            .get(&id)
            .and_then(|readers| readers.named.as_ref());
        let nothing = Some(Kept::default());
        let kept = known.kept.get(&kept_key(&record.from, &record.id));
        let kept = kept.unwrap_or(&nothing).as_ref();
        let today = self.now().day();
        let tokens = match kept.map(|kept| kept.restriction(record, today)) {
            Some(None) => self.tokens_of(record, &units, named),
            Some(Some(_)) | None => Vec::new(),
        };
        step.words.push(Words {
            journal: journal.clone(),
            index,
            tokens,
        });
        let first = first_keys(record, kept.unwrap_or(&Kept::default()));
        step.due.extend(first);
        let (id, mut growing) = self.case_for(record, id, known, step)?;
        let class = |unit: &UnitId| (unit.clone(), record.class.clone());
        let classes = growing.document.classes.get_or_insert_default();
        classes.extend(units.iter().map(class));
        let all: BTreeSet<_> = growing.document.units().into_iter().chain(units).collect();
        growing.document.units = all.into_iter().collect();
        step.of.insert(name(&record.from, &record.id), id.clone());
        step.cases.insert(id, growing);
        Ok(())
    }

    /// The case that takes a record in: where the one it belongs to is full, or does not read, it
    /// goes on as another, for those to whom the first was kept and nobody else.
    fn case_for(
        &self,
        record: &Record,
        id: CaseId,
        known: &Known,
        step: &mut Step,
    ) -> Result<(CaseId, Growing), Error> {
        match self.grown(&id, known, step) {
            Ok(None) => return Ok((id, begun(record))),
            Ok(Some(mut growing)) => {
                if growing.document.case.take(Line::of(record)) {
                    return Ok((id, growing));
                }
                step.cases.insert(id.clone(), growing);
            }
            Err(error) if error.is_damage() => {}
            Err(error) => return Err(error),
        }
        let another = Line::of(record).id();
        tracing::warn!(case = %id, %another, "a case is full or damaged; it goes on");
        let readers = known.readers.get(&id).cloned();
        let readers = readers.map(|readers| (another.clone(), readers));
        step.readers.extend(readers);
        // What is there under that name, damaged, or of an earlier reading, is made again.
        let begun = Growing {
            version: None,
            ..begun(record)
        };
        Ok((another, begun))
    }

    /// A case as the step has it so far, else as it is held.
    fn grown(&self, id: &CaseId, known: &Known, step: &mut Step) -> Result<Option<Growing>, Error> {
        if let Some(growing) = step.cases.remove(id) {
            return Ok(Some(growing));
        }
        let Some(held) = known.cases.get(id) else {
            return Ok(None);
        };
        step.bytes += held.bytes.len();
        self.growing(held).map(Some)
    }

    fn growing(&self, held: &Document) -> Result<Growing, Error> {
        let document: CaseDocument = self.unsealed(held)?;
        let before = document.listed.iter().chain(&document.waiting);
        Ok(Growing {
            before: before.cloned().collect(),
            version: Some(held.version),
            document,
        })
    }

    fn written(&self, step: Step) -> Result<Commit, Error> {
        let mut puts: BTreeMap<(&'static str, String), Put> = BTreeMap::new();
        let mut put = |put: Put| puts.insert((put.kind, put.key.clone()), put);
        for (id, growing) in step.cases {
            let Growing {
                mut document,
                version,
                before,
            } = growing;
            for key in before {
                let waits = key.starts_with("w/");
                let kind = if waits {
                    Shelf::WAITS
                } else {
                    Shelf::CASE_LIST
                };
                put(removed(kind, key));
            }
            let waits = document.case.waits();
            let line = self.row_of(&document, &waits);
            document.listed = listed(&document, &id);
            for key in &document.listed {
                put(self.sealed_json_put(Shelf::CASE_LIST, key.clone(), &line, None)?);
            }
            let waiting = self.waiting(&document, &id, &waits);
            for (key, awaited) in &waiting {
                put(self.sealed_json_put(Shelf::WAITS, key.clone(), awaited, None)?);
            }
            document.waiting = waiting.into_keys().collect();
            put(self.sealed_put(Shelf::CASE, id.to_string(), &document, version)?);
        }
        for (id, readers) in step.readers {
            put(self.sealed_json_put(Shelf::READERS, id.to_string(), &readers, None)?);
        }
        for key in step.due {
            put(Put {
                kind: Shelf::KEEP_LIST,
                key,
                bytes: Some(Vec::new()),
                expected: None,
            });
        }
        for (key, id) in step.of {
            put(Put {
                kind: Shelf::CASE_OF,
                key,
                bytes: Some(id.to_string().into_bytes()),
                expected: None,
            });
        }
        Ok(Commit {
            puts: puts.into_values().collect(),
            words: step.words,
            ..Commit::default()
        })
    }
}

/// The case of the first record it names that is known; its own where there is none.
fn home_of(record: &Record, fresh: &BTreeMap<String, CaseId>, known: &Known) -> CaseId {
    for reference in &record.references {
        let key = name(&reference.party, &reference.record);
        if let Some(id) = fresh.get(&key).or_else(|| known.of.get(&key)) {
            return id.clone();
        }
        // Not read yet: a case is named by its first record on both sides alike, so the named
        // record is the best name there is.
        if known.placed.contains(&key) {
            return CaseId {
                party: reference.party.clone(),
                record: reference.record,
            };
        }
    }
    CaseId {
        party: record.from.clone(),
        record: record.id,
    }
}

fn begun(record: &Record) -> Growing {
    Growing {
        document: CaseDocument {
            case: Case::begin(Line::of(record)),
            channel: record.channel.clone(),
            units: Vec::new(),
            listed: Vec::new(),
            waiting: Vec::new(),
            purpose: record.purpose.clone(),
            classes: None,
            counted: None,
        },
        version: Some(0),
        before: BTreeSet::new(),
    }
}

fn name(party: &PartyId, record: &RecordId) -> String {
    format!("{party}/{record}")
}

fn removed(kind: &'static str, key: String) -> Put {
    Put {
        kind,
        key,
        bytes: None,
        expected: None,
    }
}

fn chunks(names: BTreeSet<String>, most: usize) -> Vec<Vec<String>> {
    let all: Vec<String> = names.into_iter().collect();
    all.chunks(most).map(<[String]>::to_vec).collect()
}
