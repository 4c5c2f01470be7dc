//! What changed in the paragraphs of minutes since somebody read them. How far a person has read
//! is ours only and stands on a shelf of its own.

use std::collections::BTreeMap;

use passerelle_group::class::Own;
use passerelle_group::{Object, ObjectRef, Paragraph, Place, Stage, Stamp};
use passerelle_model::{ChannelId, Lang, PartyId};
use serde::{Deserialize, Serialize};

use crate::directory::Shelf;
use crate::{Actor, Error, Node};

/// How many paragraphs each party had written, counted in the order of its journal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReadSoFar(BTreeMap<PartyId, u64>);

/// A paragraph in one language that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParagraphChange<'a> {
    /// Where.
    pub place: &'a Place,
    /// In which language.
    pub lang: Lang,
    /// What stood there: nothing, one text, or several that were written at once.
    pub before: Vec<&'a Paragraph>,
    /// What stands there now.
    pub after: Vec<&'a Paragraph>,
    /// Who wrote since, oldest first.
    pub by: Vec<&'a Stamp>,
}

type Writing = Own<(Place, Lang, Option<Paragraph>)>;

impl ReadSoFar {
    /// Everything that stands there now.
    pub fn all(minutes: &Object) -> Self {
        Self::where_(minutes, |_| true)
    }

    /// What stood there when the minutes were sent round last; `None` before that.
    pub fn when_sent_round(minutes: &Object) -> Option<Self> {
        let sent = minutes.moved_to(Stage::Circulated)?;
        Some(Self::where_(minutes, |stamp| sent.knows(stamp)))
    }

    fn where_(minutes: &Object, counts: impl Fn(&Stamp) -> bool) -> Self {
        let mut all = BTreeMap::new();
        for one in minutes.written().iter().filter(|one| counts(one.stamp())) {
            *all.entry(one.party().clone()).or_default() += 1;
        }
        Self(all)
    }

    /// As forms carry it: `be.interior=3 ma.interior=12`.
    pub fn written(&self) -> String {
        let one = |(party, count): (&PartyId, &u64)| format!("{party}={count}");
        self.0.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    /// Reads it back; what is no count is left out.
    pub fn parse(text: &str) -> Self {
        let one = |pair: &str| {
            let (party, count) = pair.split_once('=')?;
            Some((party.parse().ok()?, count.parse().ok()?))
        };
        Self(text.split_whitespace().filter_map(one).collect())
    }

    /// What is not as it was, in the order of places.
    pub fn changes<'a>(&self, minutes: &'a Object) -> Vec<ParagraphChange<'a>> {
        let mut of: BTreeMap<(&Place, Lang), Vec<&Writing>> = BTreeMap::new();
        for one in minutes.written() {
            let (place, lang, _) = one.value();
            of.entry((place, *lang)).or_default().push(one);
        }
        let new = self.unread(minutes);
        let changed = of.into_iter().filter_map(|((place, lang), all)| {
            let is_new = |one: &&&Writing| new.contains(&order(one.stamp()));
            let by: Vec<&Stamp> = all.iter().filter(is_new).map(|one| one.stamp()).collect();
            let read: Vec<&Writing> = all.iter().filter(|one| !is_new(one)).copied().collect();
            let (before, after) = (standing(&read), standing(&all));
            (!by.is_empty() && before != after).then_some(ParagraphChange {
                place,
                lang,
                before,
                after,
                by,
            })
        });
        changed.collect()
    }

    /// What each party wrote beyond what was read, by its place in the journals.
    fn unread<'a>(&self, minutes: &'a Object) -> Vec<(&'a PartyId, u64, usize)> {
        let mut of: BTreeMap<&PartyId, Vec<(&PartyId, u64, usize)>> = BTreeMap::new();
        for one in minutes.written() {
            of.entry(one.party()).or_default().push(order(one.stamp()));
        }
        let beyond = of.into_iter().flat_map(|(party, mut all)| {
            all.sort_unstable();
            let read = self.0.get(party).copied().unwrap_or(0);
            all.into_iter()
                .skip(usize::try_from(read).unwrap_or(usize::MAX))
        });
        let mut beyond: Vec<_> = beyond.collect();
        beyond.sort_unstable();
        beyond
    }
}

fn order(stamp: &Stamp) -> (&PartyId, u64, usize) {
    (&stamp.by, stamp.index, stamp.deed)
}

/// Texts that nobody replaced knowingly.
fn standing<'a>(all: &[&'a Writing]) -> Vec<&'a Paragraph> {
    let stands = |one: &&&'a Writing| !all.iter().any(|other| other.stamp().knows(one.stamp()));
    let texts = all.iter().filter(stands);
    texts.filter_map(|one| one.value().2.as_ref()).collect()
}

impl Node {
    /// How far this person has read the paragraphs of minutes; `None` where they never said so.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not see the group.
    pub async fn paragraphs_read(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        minutes: &ObjectRef,
    ) -> Result<Option<ReadSoFar>, Error> {
        self.seen_group(actor, channel)?;
        let held = self
            .document(Shelf::GROUP_SEEN, key(actor, channel, minutes))
            .await?;
        let read = held.map(|document| self.unsealed_json(&document));
        read.transpose()
    }

    /// Keeps how far this person has read. It never leaves this node.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not see the group.
    pub async fn read_paragraphs(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        minutes: &ObjectRef,
        read: &ReadSoFar,
    ) -> Result<(), Error> {
        self.seen_group(actor, channel)?;
        let key = key(actor, channel, minutes);
        let put = self.sealed_json_put(Shelf::GROUP_SEEN, key, read, None)?;
        self.store.put(vec![put]).await?;
        Ok(())
    }
}

fn key(actor: &Actor, channel: &ChannelId, minutes: &ObjectRef) -> String {
    format!("{channel}/{minutes}/{}", actor.officer())
}
