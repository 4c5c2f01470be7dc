//! Reading the register: only for a purpose that the law names, newest acts first, and the
//! reading is an act itself.

use std::collections::BTreeSet;
use std::ops::Range;

use passerelle_model::{
    Act, By, Deed, Ground, Object, OfficerId, Outcome, PartyId, Reason, RegisterPurpose,
    StableCode, UtcTime,
};
use passerelle_store::{Entry, Held, KeyPage, MAX_PAGE};
use serde::{Deserialize, Serialize};

use super::index::{Field, index_key, index_of};
use crate::directory::Shelf;
use crate::{Actor, Error, Node};

/// Most acts of one page.
pub const MAX_ACT_PAGE: usize = 500;
/// Most entries that one page looks at; a page that found less says how far it came.
pub const MAX_ACT_WINDOW: u64 = 4096;
/// Bytes of entries read at a time.
const READ_BYTES: usize = 4 << 20;
/// Entries read at a time.
const READ_ENTRIES: u64 = 256;
/// By how many places acts that waited for one step may stand out of the order of their times.
const OUT_OF_ORDER: u64 = 1024;

/// Which acts; an empty filter is all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActFilter {
    /// Only this deed.
    pub deed: Option<Deed>,
    /// Only by this person.
    pub officer: Option<OfficerId>,
    /// Only on this object.
    pub object: Option<Object>,
    /// Only with this outcome.
    pub outcome: Option<Outcome>,
    /// Only where this rule refused, or a second person answered for it.
    pub code: Option<StableCode>,
    /// Only transfers on this ground.
    pub ground: Option<Ground>,
    /// Only at or after this time.
    pub from: Option<UtcTime>,
    /// Only before this time.
    pub until: Option<UtcTime>,
}

/// One entry of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActLine {
    /// Its index.
    pub index: u64,
    /// What stands there.
    #[serde(flatten)]
    pub held: ActHeld,
}

/// What is held of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum ActHeld {
    /// The act.
    Held {
        /// What was done, by whom, to what, why.
        act: Box<Act>,
    },
    /// Its content was erased under its own retention.
    Erased,
    /// It does not open, or does not fit its leaf: the doctor says more.
    Damaged,
}

/// A page of acts, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActPage {
    /// The acts.
    pub acts: Vec<ActLine>,
    /// Everything from here on was looked through: ask for what stands before. None at the
    /// beginning of the register. A page may be short, or empty, and still say more.
    pub next: Option<u64>,
}

/// The register as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterView {
    /// Number of acts.
    pub size: u64,
    /// Each partner with what it co-signed.
    pub cosigned: Vec<RegisterWitness>,
}

/// What one partner watches of our register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterWitness {
    /// The partner.
    pub party: PartyId,
    /// Size it co-signed; 0 while it has not.
    pub size: u64,
    /// When, by its clock.
    pub time: Option<UtcTime>,
    /// Whether it proved that our register is not the one it co-signed.
    pub set_back: bool,
}

impl Node {
    /// One page of acts that stand before `before`, newest first. The reading itself is
    /// entered first, with its purpose.
    ///
    /// # Errors
    /// `E_LOG_UNAVAILABLE`; `E_LIMIT` above [`MAX_ACT_PAGE`].
    pub async fn acts(
        &self,
        reader: By,
        purpose: RegisterPurpose,
        filter: &ActFilter,
        before: Option<u64>,
        limit: usize,
    ) -> Result<ActPage, Error> {
        self.acts_because(reader, (purpose, None), filter, before, limit)
            .await
    }

    /// The same for a person, who says why in their own words; whoever is not charged with
    /// reading the register is refused, and that is entered.
    ///
    /// # Errors
    /// `E_LOG_PURPOSE`; `E_LOG_UNAVAILABLE`; `E_LIMIT` above [`MAX_ACT_PAGE`].
    pub async fn acts_for(
        &self,
        actor: &Actor,
        (purpose, why): (RegisterPurpose, Reason),
        filter: &ActFilter,
        before: Option<u64>,
        limit: usize,
    ) -> Result<ActPage, Error> {
        self.charged_with_register(actor, Deed::ReadRegister, &why)
            .await?;
        self.acts_because(actor.by(), (purpose, Some(why)), filter, before, limit)
            .await
    }

    /// Refuses, and enters the refusal, where a person is not charged with the register.
    pub(super) async fn charged_with_register(
        &self,
        actor: &Actor,
        deed: Deed,
        why: &Reason,
    ) -> Result<(), Error> {
        let Err(refusal) = passerelle_rules::may_read_register(actor.roles()) else {
            return Ok(());
        };
        let error = Error::Refused(vec![refusal]);
        let act = Act::new(deed, self.now(), actor.by(), Object::Node);
        self.enter_refused(act.because(Some(why.clone())), &error)
            .await?;
        Err(error)
    }

    async fn acts_because(
        &self,
        reader: By,
        (purpose, why): (RegisterPurpose, Option<Reason>),
        filter: &ActFilter,
        before: Option<u64>,
        limit: usize,
    ) -> Result<ActPage, Error> {
        if !(1..=MAX_ACT_PAGE).contains(&limit) {
            let message = format!("a page has 1 to {MAX_ACT_PAGE} acts");
            return Err(Error::state("E_LIMIT", message));
        }
        let object = match (&filter.object, &filter.officer) {
            (Some(object), _) => object.clone(),
            (None, Some(officer)) => Object::Person {
                officer: officer.clone(),
            },
            (None, None) => Object::Node,
        };
        let reading = Act {
            purpose: Some(purpose.as_str().parse()?),
            why,
            ..Act::new(Deed::ReadRegister, self.now(), reader, object)
        };
        // What is shown is what stood there before this reading.
        let end = self.enter(reading).await?.index();
        let end = before.map_or(end, |before| before.min(end));
        let end = match filter.until {
            Some(until) => end.min(self.first_at(until, end).await?),
            None => end,
        };
        match self.narrowest(filter) {
            Some(prefix) => self.page_of(filter, (prefix, end), limit).await,
            None => self.page_before(filter, end, limit).await,
        }
    }

    /// Acts on one thing, for a use case that has entered that they are read.
    pub(crate) async fn acts_found(
        &self,
        filter: &ActFilter,
        limit: usize,
    ) -> Result<ActPage, Error> {
        let end = self.register_size().await?;
        let limit = limit.min(MAX_ACT_PAGE);
        match self.narrowest(filter) {
            Some(prefix) => self.page_of(filter, (prefix, end), limit).await,
            None => self.page_before(filter, end, limit).await,
        }
    }

    /// Where the acts stand that a filter takes, whatever their number.
    pub(super) async fn indices_of(&self, filter: &ActFilter) -> Result<BTreeSet<u64>, Error> {
        let mut end = self.register_size().await?;
        let (mut found, prefix) = (BTreeSet::new(), self.narrowest(filter));
        loop {
            let page = match &prefix {
                Some(prefix) => {
                    let from = (prefix.clone(), end);
                    self.page_of(filter, from, MAX_ACT_PAGE).await?
                }
                None => self.page_before(filter, end, MAX_ACT_PAGE).await?,
            };
            let held = page
                .acts
                .iter()
                .filter(|line| matches!(line.held, ActHeld::Held { .. }));
            found.extend(held.map(|line| line.index));
            match page.next {
                Some(next) if next < end => end = next,
                _ => return Ok(found),
            }
        }
    }

    /// Number of acts in the register.
    pub async fn register_size(&self) -> Result<u64, Error> {
        Ok(self
            .journal_state(&self.register.writer.journal)
            .await?
            .size)
    }

    /// The register as a whole: no act is shown, so none is entered.
    pub async fn register(&self) -> Result<RegisterView, Error> {
        let journal = &self.register.writer.journal;
        let mut cosigned = Vec::new();
        for (party, _) in self.directory().partners() {
            let row = self.store.last_cosigned(journal, party).await?;
            cosigned.push(RegisterWitness {
                party: party.clone(),
                size: row.as_ref().map_or(0, |row| row.size),
                time: row.map(|row| row.time),
                set_back: self.register_set_back(party).await?.is_some(),
            });
        }
        let size = self.register_size().await?;
        Ok(RegisterView { size, cosigned })
    }

    /// What keys begin with under which the acts asked for stand, where a person, an object or a
    /// deed is asked for. With several, the object: fewer acts are on one thing than by one
    /// person, and fewer by one person than of one kind.
    fn narrowest(&self, filter: &ActFilter) -> Option<String> {
        let object = filter.object.as_ref().map(Field::Object);
        let officer = || filter.officer.as_ref().map(Field::Officer);
        let deed = || filter.deed.map(Field::Deed);
        Some(self.index_prefix(&object.or_else(officer).or_else(deed)?))
    }

    /// A page of the acts that an index names, page by page of the index, newest first.
    async fn page_of(
        &self,
        filter: &ActFilter,
        (prefix, end): (String, u64),
        limit: usize,
    ) -> Result<ActPage, Error> {
        let journal = &self.register.writer.journal;
        let (mut acts, mut looked, mut before) = (Vec::new(), 0, end);
        while looked < MAX_ACT_WINDOW {
            let page = KeyPage {
                prefix: prefix.clone(),
                after: Some(index_key(&prefix, before)),
                descending: true,
                limit: limit.min(MAX_PAGE),
            };
            let (asked, keys) = (page.limit, self.store.page(Shelf::ACT_INDEX, page).await?);
            let indices: Vec<u64> = keys.iter().filter_map(|row| index_of(&row.key)).collect();
            let entries = self.store.entries_at(journal, indices.clone()).await?;
            for entry in &entries {
                match self.taken(filter, entry) {
                    Taken::Shown(line) => acts.push(line),
                    Taken::Other => {}
                    Taken::Older => return Ok(ActPage { acts, next: None }),
                }
                before = entry.index;
                if acts.len() == limit {
                    let over = indices.len() < asked && indices.last() == Some(&before);
                    let next = (!over).then_some(before);
                    return Ok(ActPage { acts, next });
                }
            }
            looked += indices.len() as u64;
            match indices.last() {
                Some(last) if indices.len() == asked => before = *last,
                _ => return Ok(ActPage { acts, next: None }),
            }
        }
        let next = Some(before);
        Ok(ActPage { acts, next })
    }

    async fn page_before(
        &self,
        filter: &ActFilter,
        end: u64,
        limit: usize,
    ) -> Result<ActPage, Error> {
        let (mut acts, mut at) = (Vec::new(), end);
        let floor = end.saturating_sub(MAX_ACT_WINDOW);
        while at > floor {
            let start = at.saturating_sub(READ_ENTRIES).max(floor);
            for entry in self.act_entries(start..at).await?.iter().rev() {
                match self.taken(filter, entry) {
                    Taken::Shown(line) => acts.push(line),
                    Taken::Other => {}
                    Taken::Older => return Ok(ActPage { acts, next: None }),
                }
                if acts.len() == limit {
                    let next = (entry.index > 0).then_some(entry.index);
                    return Ok(ActPage { acts, next });
                }
            }
            at = start;
        }
        let next = (floor > 0).then_some(floor);
        Ok(ActPage { acts, next })
    }

    fn taken(&self, filter: &ActFilter, entry: &Entry) -> Taken {
        let line = |held| {
            Taken::Shown(ActLine {
                index: entry.index,
                held,
            })
        };
        match self.opened_act(entry) {
            Ok(Some(opened)) if filter.is_over(opened.act.time) => Taken::Older,
            Ok(Some(opened)) if filter.takes(&opened.act) => line(ActHeld::Held {
                act: Box::new(opened.act),
            }),
            Ok(Some(_)) => Taken::Other,
            Ok(None) if *filter == ActFilter::default() => line(ActHeld::Erased),
            Ok(None) => Taken::Other,
            Err(_) => line(ActHeld::Damaged),
        }
    }

    /// Every entry of a range, however large their contents are.
    pub(super) async fn act_entries(&self, range: Range<u64>) -> Result<Vec<Entry>, Error> {
        let journal = &self.register.writer.journal;
        let (mut entries, mut start) = (Vec::new(), range.start);
        while start < range.end {
            let read = self
                .store
                .entries(journal, start..range.end, READ_BYTES)
                .await?;
            match read.last() {
                Some(last) => start = last.index + 1,
                None => break,
            }
            entries.extend(read);
        }
        Ok(entries)
    }

    /// An index below `end` from which on every act is at `time` or later. Erased acts count
    /// as old: the oldest are erased first.
    pub(super) async fn first_at(&self, time: UtcTime, end: u64) -> Result<u64, Error> {
        let (mut low, mut high) = (0, end);
        while low < high {
            let middle = low + (high - low) / 2;
            let entries = self.act_entries(middle..middle + 1).await?;
            let earlier = entries.first().is_none_or(|entry| match &entry.held {
                Held::Content { time: at, .. } => *at < time,
                Held::Erased { .. } | Held::LeafOnly => true,
            });
            match earlier {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        Ok(low.saturating_add(OUT_OF_ORDER).min(end))
    }
}

/// What a page makes of an entry.
enum Taken {
    Shown(ActLine),
    Other,
    /// So old that nothing before it is asked for.
    Older,
}

impl ActFilter {
    fn takes(&self, act: &Act) -> bool {
        let by = |officer: &OfficerId| matches!(&act.by, By::Person { officer: held, .. } if held == officer);
        self.deed.is_none_or(|deed| deed == act.deed)
            && self.officer.as_ref().is_none_or(by)
            && self
                .object
                .as_ref()
                .is_none_or(|object| *object == act.object)
            && self.outcome.is_none_or(|outcome| outcome == act.outcome)
            && self.ground.is_none_or(|ground| act.ground == Some(ground))
            && self
                .code
                .as_ref()
                .is_none_or(|code| act.codes.contains(code))
            && self.from.is_none_or(|from| act.time >= from)
            && self.until.is_none_or(|until| act.time < until)
    }

    /// Whether an act of this time shows that everything asked for is newer: an hour is more
    /// than acts ever wait.
    fn is_over(&self, time: UtcTime) -> bool {
        const HOUR_MILLIS: u64 = 60 * 60 * 1000;
        self.from
            .is_some_and(|from| time.plus_millis(HOUR_MILLIS) < from)
    }
}
