//! Items of agendas that change before their meeting: by their own party while nothing is agreed
//! of them, by an amendment of the meeting afterwards.
//!
//! An item on an agreed agenda is part of what both sides signed. Its change is another item in
//! its place, offered with the agenda that names it: until the other side signs, the old one
//! stands; where it refuses, it stays.

use passerelle_group::{
    Deed, Facts, Item, Kind, Ledger, Object, ObjectRef, Revision, Schedule, Stage, Terms,
};
use passerelle_model::{ChannelId, Lang, PartyId};

use super::GroupRoom;
use crate::{Actor, Error, Node, Wish};

/// What an item is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemChange {
    /// Texts, strand, sector, minutes.
    pub item: Item,
    /// Who chairs it and notes what came of it.
    pub chair: PartyId,
    /// Its place on the agenda that is agreed, from 1; `None` leaves it where it is.
    pub place: Option<u16>,
}

/// How a change is made.
enum Plan {
    /// Nothing differs.
    Nothing,
    /// The party says it anew.
    Describe,
    /// Another item stands in for it, if one is opened; meetings are offered with it.
    Replace {
        opens: bool,
        meetings: Vec<(ObjectRef, u64, Box<Revision>)>,
    },
}

impl Node {
    /// Changes an item of ours before its meeting. Gives the item that stands for it from now on,
    /// and whether the other side has to sign first.
    ///
    /// # Errors
    /// As [`Node::say`]; `E_NOT_THEIRS` for an item of the other side; `E_ITEM_SETTLED` where a
    /// meeting deals or dealt with it; `E_OFFER_OPEN` where a text that names it waits for a
    /// signature; `E_CHANGED` where it is not as it was at `version`.
    pub async fn change_item(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        (id, version): (&ObjectRef, u64),
        change: ItemChange,
        lang: Lang,
    ) -> Result<(ObjectRef, bool), Error> {
        let plan = self
            .group(actor, channel, |room| plan(room, (id, version), &change))
            .await??;
        let facts = Box::new(Facts::Item(change.item));
        match plan {
            Plan::Nothing => Ok((id.clone(), false)),
            Plan::Describe => {
                let deeds = vec![Deed::Describe { facts }];
                let wish = Wish::about(id.clone(), Some(version), deeds, lang);
                Ok((self.say(actor, channel, wish).await?, false))
            }
            Plan::Replace { opens, meetings } => {
                let mut stands = id.clone();
                if opens {
                    let open = Deed::Open {
                        kind: Kind::Item,
                        parent: Some(id.clone()),
                        chair: change.chair,
                    };
                    let wish = Wish::opening(vec![open, Deed::Describe { facts }], lang);
                    stands = self.say(actor, channel, wish).await?;
                }
                let signs = !meetings.is_empty();
                for (meeting, version, mut revision) in meetings {
                    put_in_place(&mut revision, id, &stands);
                    let deeds = vec![Deed::Offer { revision }];
                    let wish = Wish::about(meeting, Some(version), deeds, lang);
                    self.say(actor, channel, wish).await?;
                }
                Ok((stands, signs))
            }
        }
    }
}

fn plan(
    room: &GroupRoom,
    (id, version): (&ObjectRef, u64),
    change: &ItemChange,
) -> Result<Plan, Error> {
    let ledger = room.ledger();
    let item = ledger.object(id).filter(|one| one.kind() == Kind::Item);
    let item = item.ok_or_else(|| Error::not_found("item", id))?;
    if id.party != *room.me() {
        return Err(Error::Group(passerelle_group::Error::NotTheirs));
    }
    if item.version() != version {
        let message = "somebody said something of it since you looked: look again";
        return Err(Error::state("E_CHANGED", message));
    }
    open_to_change(ledger, item)?;
    let held = item.facts().map(|own| own.value());
    let same = held == Some(&Facts::Item(change.item.clone()));
    let same_chair = *item.chair() == change.chair;
    let meetings: Vec<_> = agreed_meetings(ledger, id)
        .filter_map(|(meeting, schedule)| {
            let agreed = meeting.agreed()?;
            let moved = moved(schedule, id, change.place);
            let changes = !same || !same_chair || moved.agenda != schedule.agenda;
            let revision = Revision {
                base: meeting.offers().agreed_hash(),
                texts: agreed.value().texts.clone(),
                terms: Terms::Meeting(moved),
            };
            changes.then(|| (meeting.id().clone(), meeting.version(), Box::new(revision)))
        })
        .collect();
    Ok(match (same && same_chair, meetings.is_empty()) {
        (true, true) => Plan::Nothing,
        (false, true) if same_chair => Plan::Describe,
        (unchanged, _) => Plan::Replace {
            opens: !unchanged,
            meetings,
        },
    })
}

/// The agenda with an item at another place.
fn moved(schedule: &Schedule, id: &ObjectRef, place: Option<u16>) -> Schedule {
    let mut schedule = schedule.clone();
    if let Some(place) = place {
        schedule.agenda.retain(|one| one != id);
        let at = usize::from(place.saturating_sub(1)).min(schedule.agenda.len());
        schedule.agenda.insert(at, id.clone());
    }
    schedule
}

fn put_in_place(revision: &mut Revision, old: &ObjectRef, new: &ObjectRef) {
    if let Terms::Meeting(schedule) = &mut revision.terms {
        let places = schedule.agenda.iter_mut().filter(|one| *one == old);
        places.for_each(|one| one.clone_from(new));
    }
}

/// Meetings to come with an item on the agenda that is agreed.
fn agreed_meetings<'a>(
    ledger: &'a Ledger,
    id: &'a ObjectRef,
) -> impl Iterator<Item = (&'a Object, &'a Schedule)> {
    let to_come = |meeting: &&Object| {
        matches!(
            meeting.stage(),
            Stage::Draft | Stage::Convened | Stage::Postponed
        )
    };
    let meetings = ledger.of_kind(Kind::Meeting).filter(to_come);
    meetings.filter_map(|meeting| match &meeting.agreed()?.value().terms {
        Terms::Meeting(schedule) if schedule.agenda.contains(id) => Some((meeting, schedule)),
        _ => None,
    })
}

/// Refuses where a meeting deals or dealt with an item, or a text that names it waits.
fn open_to_change(ledger: &Ledger, item: &Object) -> Result<(), Error> {
    let names = |revision: &Revision| {
        let schedule = match &revision.terms {
            Terms::Meeting(schedule) => schedule,
            _ => return false,
        };
        schedule.agenda.contains(item.id())
    };
    let settled = || Error::state("E_ITEM_SETTLED", "a meeting has begun to deal with it");
    if matches!(item.stage(), Stage::Discussed | Stage::Declined) {
        return Err(settled());
    }
    for meeting in ledger.of_kind(Kind::Meeting) {
        let agreed = meeting.agreed().is_some_and(|agreed| names(agreed.value()));
        if agreed && meeting.stage() == Stage::InSession && item.stage() != Stage::Deferred {
            return Err(settled());
        }
        // An offer may hold another item in its place.
        let open = meeting.offers().open();
        if open.is_some_and(|offer| agreed || names(offer.revision())) {
            return Err(Error::Group(passerelle_group::Error::OfferOpen));
        }
    }
    Ok(())
}

/// Whoever says an item anew says it of one that nobody agreed to yet.
///
/// # Errors
/// `E_ITEM_AGREED` where it stands on an agenda that both sides signed: [`Node::change_item`]
/// offers the change; and as there.
pub(super) fn may_be_said(ledger: &Ledger, wish: &Wish) -> Result<(), Error> {
    let describes = |deed: &Deed| match deed {
        Deed::Describe { facts } => matches!(**facts, Facts::Item(_)),
        _ => false,
    };
    let Some(item) = wish.object.as_ref().and_then(|id| ledger.object(id)) else {
        return Ok(());
    };
    if item.kind() != Kind::Item || !wish.deeds.iter().any(describes) {
        return Ok(());
    }
    open_to_change(ledger, item)?;
    match agreed_meetings(ledger, item.id()).next() {
        None => Ok(()),
        Some(_) => Err(Error::state(
            "E_ITEM_AGREED",
            "it stands on an agenda that is agreed: change the agenda",
        )),
    }
}

/// The item that stands in for another since both sides agreed, or since its party said so where
/// nothing was agreed of it.
pub fn replaced_by<'a>(ledger: &'a Ledger, item: &'a Object) -> Option<&'a Object> {
    if item.kind() != Kind::Item || agreed_meetings(ledger, item.id()).next().is_some() {
        return None;
    }
    let children = ledger.children(item.id());
    let mut of_its_party = children.filter(|one| {
        one.kind() == Kind::Item
            && one.id().party == item.id().party
            && one.stage() != Stage::Declined
    });
    of_its_party.next()
}

/// Whether its own party can change an item now, and its place on the agenda that is agreed.
pub fn changeable(ledger: &Ledger, item: &Object) -> (bool, Option<u16>) {
    let can = item.kind() == Kind::Item
        && open_to_change(ledger, item).is_ok()
        && replaced_by(ledger, item).is_none();
    let place = agreed_meetings(ledger, item.id()).next();
    let place = place.and_then(|(_, schedule)| {
        let at = schedule.agenda.iter().position(|one| one == item.id())?;
        u16::try_from(at + 1).ok()
    });
    (can, place)
}
