//! The ledger: every object of the group, from everybody's journals.
//!
//! Events are taken in the order of each journal, and the journals in any order. An event waits
//! until what its author had seen is here too; then it counts if it was possible in the light of
//! that. So every node that has read the same journals holds the same objects.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use passerelle_model::{Digest, Name, OfficerId, PartyId, RecordId, UtcTime};

use crate::{Deed, Error, Event, Kind, Object, ObjectRef, Seen, Stamp};

/// Most events of one party that wait for what others said before.
pub const MAX_WAITING: usize = 100_000;

/// An event as it stands in a journal: verified, opened and admitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Whose journal.
    pub by: PartyId,
    /// Index of its leaf.
    pub index: u64,
    /// The record.
    pub record: RecordId,
    /// By the author's clock.
    pub time: UtcTime,
    /// Who.
    pub officer: OfficerId,
    /// In which function.
    pub function: Name,
    /// What.
    pub event: Event,
    /// Where its record is erased and `event` has no words any more: what its deeds hashed to
    /// with them, by place.
    pub erased: Option<Vec<(usize, Digest)>>,
}

impl Told {
    /// What the deed at that place hashed to, where its words are gone.
    fn hashed(&self, deed: usize) -> Option<Digest> {
        let mut hashes = self.erased.iter().flatten();
        hashes
            .find(|(place, _)| *place == deed)
            .map(|(_, hash)| *hash)
    }
}

/// Most events that count for nothing of which the reason is kept; the rest are counted.
pub const MAX_ODD: usize = 1_000;

/// Everything the group said, and what follows.
#[derive(Debug, Clone)]
pub struct Ledger {
    parties: Arc<[PartyId]>,
    objects: BTreeMap<ObjectRef, Object>,
    kinds: BTreeMap<Kind, BTreeSet<ObjectRef>>,
    children: BTreeMap<ObjectRef, BTreeSet<ObjectRef>>,
    journals: BTreeMap<PartyId, Reading>,
    odd: Vec<(PartyId, RecordId, Error)>,
    more_odd: u64,
}

/// How far one journal was read.
#[derive(Debug, Clone, Default)]
struct Reading {
    /// Leaves read.
    size: u64,
    waiting: VecDeque<Told>,
    /// What the authors of its events had seen, by their index.
    seen: Vec<(u64, Arc<Seen>)>,
}

impl Reading {
    /// Leaves whose events count already.
    fn settled(&self) -> u64 {
        self.waiting.front().map_or(self.size, |told| told.index)
    }

    fn seen_before(&self, size: u64) -> Option<&Arc<Seen>> {
        let place = self.seen.partition_point(|(index, _)| *index < size);
        self.seen.get(place.checked_sub(1)?).map(|(_, seen)| seen)
    }
}

impl Ledger {
    /// Between these parties: the members of the agreement, in its order.
    pub fn between(parties: impl IntoIterator<Item = PartyId>) -> Self {
        let parties: Arc<[PartyId]> = parties.into_iter().collect();
        let journals = parties
            .iter()
            .cloned()
            .map(|party| (party, Reading::default()));
        Self {
            journals: journals.collect(),
            objects: BTreeMap::new(),
            kinds: BTreeMap::new(),
            children: BTreeMap::new(),
            odd: Vec::new(),
            more_odd: 0,
            parties,
        }
    }

    /// The parties.
    pub fn parties(&self) -> &[PartyId] {
        &self.parties
    }

    /// How much of `party`'s journal was read.
    pub fn read(&self, party: &PartyId) -> u64 {
        self.journals.get(party).map_or(0, |reading| reading.size)
    }

    /// Takes what was read of one journal: its events up to `size` leaves, in their order; those
    /// that were taken before are left out. Tells which objects changed.
    pub fn take(
        &mut self,
        party: &PartyId,
        events: Vec<Told>,
        size: u64,
    ) -> Result<BTreeSet<ObjectRef>, Error> {
        let reading = self.journals.get_mut(party).ok_or(Error::NotTheirs)?;
        let found = reading.waiting.len() + events.len();
        if found > MAX_WAITING {
            return Err(Error::TooMany {
                what: "waiting events",
                found,
                limit: MAX_WAITING,
            });
        }
        let fresh = reading.size..size;
        let fresh = events
            .into_iter()
            .filter(|told| fresh.contains(&told.index));
        reading.waiting.extend(fresh);
        reading.size = reading.size.max(size);
        Ok(self.settle())
    }

    /// The object, if it is known here.
    pub fn object(&self, id: &ObjectRef) -> Option<&Object> {
        self.objects.get(id)
    }

    /// All objects of a kind, in the order of their names.
    pub fn of_kind(&self, kind: Kind) -> impl DoubleEndedIterator<Item = &Object> {
        let ids = self.kinds.get(&kind).into_iter().flatten();
        ids.filter_map(|id| self.objects.get(id))
    }

    /// How many objects of a kind there are.
    pub fn count(&self, kind: Kind) -> usize {
        self.kinds.get(&kind).map_or(0, BTreeSet::len)
    }

    /// What belongs to an object.
    pub fn children(&self, id: &ObjectRef) -> impl Iterator<Item = &Object> {
        let ids = self.children.get(id).into_iter().flatten();
        ids.filter_map(|id| self.objects.get(id))
    }

    /// All objects.
    pub fn objects(&self) -> impl Iterator<Item = &Object> {
        self.objects.values()
    }

    /// Events that wait for what others said before.
    pub fn waiting(&self) -> usize {
        self.journals
            .values()
            .map(|reading| reading.waiting.len())
            .sum()
    }

    /// Events that count for nothing, with the reason: of objects nobody knows, or whose authors
    /// claim to have seen what cannot be. The first [`MAX_ODD`] that were read: which of two
    /// journals' they are depends on which was read first.
    pub fn odd(&self) -> &[(PartyId, RecordId, Error)] {
        &self.odd
    }

    /// How many more there are.
    pub fn more_odd(&self) -> u64 {
        self.more_odd
    }

    fn is_odd(&mut self, by: PartyId, record: RecordId, error: Error) {
        match self.odd.len() < MAX_ODD {
            true => self.odd.push((by, record, error)),
            false => self.more_odd = self.more_odd.saturating_add(1),
        }
    }

    /// What `me` has seen of the others: goes into its next event.
    pub fn seen(&self, me: &PartyId) -> Seen {
        let others = self.journals.iter().filter(|(party, _)| *party != me);
        others.fold(Seen::default(), |seen, (party, reading)| {
            seen.with(party, reading.settled())
        })
    }

    /// Whether `me` may say this now. What it allows, every other node will count.
    pub fn may(
        &self,
        me: &PartyId,
        (officer, function): (&OfficerId, &Name),
        time: UtcTime,
        event: &Event,
    ) -> Result<(), Error> {
        event.check()?;
        let told = Told {
            by: me.clone(),
            index: self.read(me),
            record: RecordId::new([0; 16]),
            time,
            officer: officer.clone(),
            function: function.clone(),
            event: Event {
                seen: self.seen(me),
                ..event.clone()
            },
            erased: None,
        };
        let reading = self.journals.get(me).ok_or(Error::NotTheirs)?;
        if !reading.waiting.is_empty() || !self.is_coherent(&told) {
            return Err(Error::Behind);
        }
        let mut object = match &event.object {
            Some(id) => self.objects.get(id).ok_or(Error::Unknown)?.clone(),
            None => self.begun(&told)?,
        };
        said(&mut object, &told).into_iter().collect()
    }

    /// Counts what can be counted, until nothing more can.
    fn settle(&mut self) -> BTreeSet<ObjectRef> {
        let mut changed = BTreeSet::new();
        while let Some(told) = self.next_ready() {
            let (by, record) = (told.by.clone(), told.record);
            match self.count_in(&told) {
                Ok(id) => {
                    changed.insert(id);
                }
                Err(error) => self.is_odd(by, record, error),
            }
        }
        changed
    }

    fn next_ready(&mut self) -> Option<Told> {
        let ready = |told: &Told| {
            let others = self.journals.iter().filter(|(party, _)| **party != told.by);
            let mut others = others.map(|(party, reading)| (party, reading.settled()));
            others.all(|(party, settled)| told.event.seen.of(party) <= settled)
        };
        let mut journals = self.journals.iter();
        let (party, _) =
            journals.find(|(_, reading)| reading.waiting.front().is_some_and(ready))?;
        let party = party.clone();
        self.journals.get_mut(&party)?.waiting.pop_front()
    }

    fn count_in(&mut self, told: &Told) -> Result<ObjectRef, Error> {
        self.check_seen(told)?;
        let id = match &told.event.object {
            Some(id) => id.clone(),
            None => self.open(told)?,
        };
        let object = self.objects.get_mut(&id).ok_or(Error::Unknown)?;
        // What does not count is kept with the object.
        drop(said(object, told));
        Ok(id)
    }

    fn check_seen(&mut self, told: &Told) -> Result<(), Error> {
        if !self.is_coherent(told) {
            return Err(Error::Shape("its author cannot have seen just that"));
        }
        let seen = Arc::new(told.event.seen.clone());
        if let Some(reading) = self.journals.get_mut(&told.by) {
            reading.seen.push((told.index, seen));
        }
        Ok(())
    }

    /// What an author claims to have seen never becomes less, and holds everything that the
    /// authors it has read had seen.
    fn is_coherent(&self, told: &Told) -> bool {
        let seen = &told.event.seen;
        let covers = |earlier: &Seen| {
            self.parties
                .iter()
                .filter(|party| **party != told.by)
                .all(|party| earlier.of(party) <= seen.of(party))
        };
        let read = self.journals.iter().filter_map(|(party, reading)| {
            let size = match *party == told.by {
                true => told.index,
                false => seen.of(party),
            };
            reading.seen_before(size)
        });
        let mut read = read.into_iter();
        read.all(|earlier| covers(earlier))
    }

    fn open(&mut self, told: &Told) -> Result<ObjectRef, Error> {
        let object = self.begun(told)?;
        let id = object.id.clone();
        if self.objects.contains_key(&id) {
            return Err(Error::Again);
        }
        self.kinds
            .entry(object.kind)
            .or_default()
            .insert(id.clone());
        if let Some(parent) = &object.parent {
            let children = self.children.entry(parent.clone()).or_default();
            children.insert(id.clone());
        }
        self.objects.insert(id.clone(), object);
        Ok(id)
    }

    fn begun(&self, told: &Told) -> Result<Object, Error> {
        let Some(Deed::Open {
            kind,
            parent,
            chair,
        }) = told.event.deeds.first()
        else {
            return Err(Error::Unknown);
        };
        if !self.parties.contains(chair) {
            return Err(Error::NotTheirs);
        }
        let others = self.parties.iter().filter(|party| *party != chair);
        let order = std::iter::once(chair).chain(others).cloned().collect();
        let id = ObjectRef {
            party: told.by.clone(),
            record: told.record,
        };
        Ok(Object::opened_by(
            id,
            *kind,
            parent.clone(),
            order,
            stamp_of(told, 0),
        ))
    }
}

/// Applies every deed of an event; one that does not count leaves the others alone.
fn said(object: &mut Object, told: &Told) -> Vec<Result<(), Error>> {
    let deeds = told.event.deeds.iter().enumerate();
    deeds
        .map(|(place, deed)| object.take(deed, stamp_of(told, place), told.hashed(place)))
        .collect()
}

fn stamp_of(told: &Told, deed: usize) -> Stamp {
    Stamp {
        by: told.by.clone(),
        index: told.index,
        deed,
        record: told.record,
        time: told.time,
        officer: told.officer.clone(),
        function: told.function.clone(),
        seen: Arc::new(told.event.seen.clone()),
        erased: told.erased.is_some(),
    }
}
