//! The ledger of a group as this node holds it: read from the journals as they grow.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use passerelle_group::{
    Board, Briefing, Event, Filter, Ledger, Matrix, ObjectRef, Row, SCHEMA, Told,
};
use passerelle_model::{ChannelId, Day, PartyId, UtcTime};

use super::{GroupEntry, MAX_GROUP_ENTRIES};
use crate::{Actor, Error, Node};

/// Most boards, or briefings, that are kept for one state of the ledger.
const MAX_KEPT: usize = 64;
/// Commitments shown in a column of the board.
const MAX_IN_COLUMN: usize = 12;

/// Ledgers of all groups of a node.
#[derive(Default)]
pub(crate) struct Rooms(Mutex<BTreeMap<ChannelId, Arc<Kept>>>);

/// One ledger with what was computed from it.
pub(crate) struct Kept {
    /// One reading of the journals, and one saying, at a time.
    pub(crate) turn: tokio::sync::Mutex<()>,
    held: RwLock<GroupRoom>,
}

/// Everything that the people of a group see: the ledger and what follows from it today.
#[derive(Debug)]
pub struct GroupRoom {
    channel: ChannelId,
    me: PartyId,
    ledger: Ledger,
    rows: Vec<Row>,
    day: Day,
    version: u64,
    /// The mark under which it was read.
    changes: u64,
    files: BTreeMap<(PartyId, passerelle_model::RecordId), Vec<passerelle_model::Attachment>>,
    computed: Mutex<Computed>,
}

/// What people look at again and again: computed when it is first asked for, and kept until
/// something is said or the day turns.
#[derive(Debug, Default)]
struct Computed {
    boards: Vec<(Filter, Arc<Board>)>,
    briefings: Vec<(UtcTime, Arc<Briefing>)>,
    matrices: [Option<Arc<Matrix>>; 2],
}

impl GroupRoom {
    /// A room over what was read of the journals, as it is on `day`.
    pub fn over(channel: ChannelId, me: PartyId, ledger: Ledger, day: Day) -> Self {
        Self {
            channel,
            me,
            rows: ledger.rows(day),
            ledger,
            day,
            version: 0,
            changes: 0,
            files: BTreeMap::new(),
            computed: Mutex::default(),
        }
    }

    /// The channel of its agreement.
    pub fn channel(&self) -> &ChannelId {
        &self.channel
    }

    /// Our own party.
    pub fn me(&self) -> &PartyId {
        &self.me
    }

    /// All objects.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Every commitment as a row, by due day.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Today.
    pub fn today(&self) -> Day {
        self.day
    }

    /// Grows with every reading that brought something.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The board of these commitments.
    pub fn kept_board(&self, filter: &Filter) -> Arc<Board> {
        let mut computed = self.computed();
        kept(&mut computed.boards, filter, || {
            Board::of(&self.rows, filter, MAX_IN_COLUMN)
        })
    }

    /// The minister's page since an instant.
    pub fn kept_briefing(&self, since: UtcTime) -> Arc<Briefing> {
        let mut computed = self.computed();
        kept(&mut computed.briefings, &since, || {
            self.ledger.briefing(&self.me, &self.rows, since, self.day)
        })
    }

    /// Sectors against strands, or against objectives.
    pub fn kept_matrix(&self, objectives: bool) -> Arc<Matrix> {
        let mut computed = self.computed();
        let [strands, named] = &mut computed.matrices;
        let place = if objectives { named } else { strands };
        let new = || Arc::new(self.ledger.matrix(&self.rows, objectives));
        Arc::clone(place.get_or_insert_with(new))
    }

    fn computed(&self) -> std::sync::MutexGuard<'_, Computed> {
        self.computed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Files that came with what was said in a record.
    pub fn files(
        &self,
        party: &PartyId,
        record: &passerelle_model::RecordId,
    ) -> &[passerelle_model::Attachment] {
        self.files
            .get(&(party.clone(), *record))
            .map_or(&[], Vec::as_slice)
    }
}

impl Rooms {
    pub(crate) fn of(&self, channel: &ChannelId, node: &Node, members: Vec<PartyId>) -> Arc<Kept> {
        let mut rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || {
            let (channel, me) = (channel.clone(), node.party().clone());
            let day = UtcTime::from_millis(0).day();
            let room = GroupRoom::over(channel, me, Ledger::between(members), day);
            Arc::new(Kept {
                turn: tokio::sync::Mutex::new(()),
                held: RwLock::new(room),
            })
        };
        rooms.entry(channel.clone()).or_insert_with(new).clone()
    }
}

impl Node {
    /// The groups that this person sees.
    pub fn groups_of(&self, actor: &Actor) -> Vec<ChannelId> {
        let all = self.group_channels().into_iter();
        all.filter(|channel| self.may_see_group(actor, channel))
            .collect()
    }

    /// What a group is called: the title of its agreement.
    pub fn group_name(&self, channel: &ChannelId, lang: passerelle_model::Lang) -> String {
        let directory = self.directory();
        let terms = directory.newest_group(channel);
        terms.map_or_else(
            || channel.to_string(),
            |terms| terms.title.in_lang(lang).to_owned(),
        )
    }

    /// Looks at a group as far as the journals here go.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not see the group.
    pub async fn group<T>(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        look: impl FnOnce(&GroupRoom) -> T,
    ) -> Result<T, Error> {
        if !self.may_see_group(actor, channel) {
            return Err(Error::not_found("group", channel));
        }
        self.group_unasked(channel, look).await
    }

    /// The same for the node's own work, which nobody asked for.
    pub(crate) async fn group_unasked<T>(
        &self,
        channel: &ChannelId,
        look: impl FnOnce(&GroupRoom) -> T,
    ) -> Result<T, Error> {
        let kept = self.kept_group(channel)?;
        {
            let _turn = kept.turn.lock().await;
            self.read_group(&kept, channel).await?;
        }
        let held = kept.held.read().unwrap_or_else(PoisonError::into_inner);
        Ok(look(&held))
    }

    pub(crate) fn kept_group(&self, channel: &ChannelId) -> Result<Arc<Kept>, Error> {
        let members = self.directory().group_members(channel);
        let members = members.ok_or_else(|| Error::not_found("group", channel))?;
        Ok(self.groups.of(channel, self, members))
    }

    /// Reads what is new in every journal of the group, in turns, so that what one said is soon
    /// followed by what it waits for; all of it anew where something was erased or refused that
    /// counted. The caller holds the turn.
    pub(crate) async fn read_group(&self, kept: &Kept, channel: &ChannelId) -> Result<(), Error> {
        let parties: Vec<PartyId> = self.with_kept(kept, |room| room.ledger.parties().to_vec());
        let changes = self.group_changes(channel).await?;
        let (mut fresh, mut going) = (false, true);
        let mut touched = BTreeSet::new();
        if self.with_kept(kept, |room| room.changes != changes) {
            let mut held = kept.held.write().unwrap_or_else(PoisonError::into_inner);
            held.forget(changes);
            fresh = true;
        }
        while going {
            going = false;
            for party in &parties {
                let from = self.with_kept(kept, |room| room.ledger.read(party));
                let read = self.group_entries(channel, party, from, MAX_GROUP_ENTRIES);
                let (entries, end) = read.await?;
                if end > from {
                    let mut held = kept.held.write().unwrap_or_else(PoisonError::into_inner);
                    touched.extend(held.take(party, entries, end)?);
                    (fresh, going) = (true, true);
                }
            }
        }
        let day = self.now().day();
        let mut held = kept.held.write().unwrap_or_else(PoisonError::into_inner);
        if fresh || held.day != day {
            let rows = std::mem::take(&mut held.rows);
            held.rows = match held.day == day {
                true => held.ledger.rows_after(rows, &touched, day),
                false => held.ledger.rows(day),
            };
            held.day = day;
            held.version += 1;
            held.computed = Mutex::default();
        }
        Ok(())
    }

    pub(crate) fn with_kept<T>(&self, kept: &Kept, look: impl FnOnce(&GroupRoom) -> T) -> T {
        let held = kept.held.read().unwrap_or_else(PoisonError::into_inner);
        look(&held)
    }
}

impl GroupRoom {
    /// Begins to read at the first leaf.
    fn forget(&mut self, changes: u64) {
        self.ledger = Ledger::between(self.ledger.parties().to_vec());
        self.files.clear();
        self.rows.clear();
        self.changes = changes;
    }

    /// Takes what was read of one journal; gives what of it changed.
    fn take(
        &mut self,
        party: &PartyId,
        entries: Vec<GroupEntry>,
        end: u64,
    ) -> Result<BTreeSet<ObjectRef>, Error> {
        let mut events = Vec::with_capacity(entries.len());
        for entry in entries {
            let record = entry.record;
            if !entry.attachments.is_empty() {
                let files = entry.attachments.clone();
                self.files.insert((party.clone(), record), files);
            }
            match told(party, entry) {
                Ok(told) => events.extend(told),
                // A partner's program may be newer, or wrong; its other events still count.
                Err(error) => {
                    tracing::warn!(%party, %record, code = error.code(), "an event is not read");
                }
            }
        }
        Ok(self.ledger.take(party, events, end)?)
    }
}

/// What is kept under `key`, else made and kept; the oldest goes where there are too many.
fn kept<K: PartialEq + Clone, T>(
    all: &mut Vec<(K, Arc<T>)>,
    key: &K,
    make: impl FnOnce() -> T,
) -> Arc<T> {
    if let Some((_, held)) = all.iter().find(|(other, _)| other == key) {
        return Arc::clone(held);
    }
    if all.len() >= MAX_KEPT {
        all.remove(0);
    }
    let made = Arc::new(make());
    all.push((key.clone(), Arc::clone(&made)));
    made
}

/// What was not taken by another party says nothing; what is erased says it without words.
fn told(party: &PartyId, mut entry: GroupEntry) -> Result<Option<Told>, Error> {
    if entry.refused {
        return Ok(None);
    }
    if let Some(bones) = entry.bones.take() {
        return bones.told(party, &entry).map(Some);
    }
    let (Some(author), Some(data)) = (entry.author, entry.event) else {
        return Ok(None);
    };
    if data.schema.as_str() != SCHEMA {
        return Ok(None);
    }
    Ok(Some(Told {
        by: party.clone(),
        index: entry.index,
        record: entry.record,
        time: entry.time,
        officer: author.officer,
        function: author.function,
        event: Event::parse(&data.json).map_err(Error::Group)?,
        erased: None,
    }))
}

/// A group's object by its name in an address.
pub fn object_ref(text: &str) -> Result<ObjectRef, Error> {
    text.parse().map_err(|_| Error::not_found("object", text))
}
