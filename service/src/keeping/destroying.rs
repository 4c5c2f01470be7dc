//! Destroying content, and everything that was made from it: one durable step with its acts and,
//! for a partner's record, the signed statement that it is gone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use passerelle_cases::CaseId;
use passerelle_model::{Act, By, Day, Deed, Digest, Object, PartyId, RecordId, Said};
use passerelle_store::{Commit, EntryRef, Erasure, Journal, Put};

use super::{Kept, List, changed, kept_key};
use crate::cases::CaseDocument;
use crate::directory::Shelf;
use crate::link::ChannelLink;
use crate::stating::About;
use crate::{Error, Node};

/// A record that is to go.
#[derive(Debug, Clone)]
pub(super) struct Going {
    pub(super) place: EntryRef,
    /// Version of what was decided about it when it was judged that it may: a hold or a report
    /// of use that comes in between keeps it.
    pub(super) judged: u64,
}

/// A record that goes: what has to be known of it to find what was made from it.
#[derive(Debug, Clone)]
pub(crate) struct Gone {
    pub(crate) party: PartyId,
    pub(crate) record: RecordId,
    /// As in [`Going`]; none where whoever asks holds the journal since it was judged.
    pub(crate) judged: Option<u64>,
    /// Its days of review and erasure as signed, where it could still be opened.
    pub(crate) days: Option<(Day, Day)>,
    /// What stays of it: of an event of the group, everything but its words.
    pub(crate) stays: Vec<Put>,
}

/// What goes with records, in the same step.
#[derive(Debug, Default)]
pub(crate) struct Forgotten {
    pub(crate) puts: Vec<Put>,
    pub(crate) acts: Vec<Act>,
    /// Files of drafts that quoted them.
    pub(crate) blobs: Vec<Digest>,
}

impl Node {
    /// Destroys records of one journal, enters `acts`, and says "erased" where they are a
    /// partner's: either all of it is durable or nothing.
    ///
    /// # Errors
    /// `E_KEEPING_CHANGED` where somebody decided about one of them since it was judged;
    /// `E_LOG_UNAVAILABLE`, `E_STORE` and the like; `E_BEHIND` while nothing may be stated.
    pub(super) async fn destroy(
        &self,
        journal: &Journal,
        going: Vec<Going>,
        acts: Vec<Act>,
    ) -> Result<(), Error> {
        self.project().await?;
        let _no_reading_meanwhile = self.projecting.lock().await;
        let link = self.link_of(journal);
        let _still = match &link {
            Some(link) => Some(link.held.lock().await),
            None => None,
        };
        let (gone, mut blobs) = self.doomed(&going).await?;
        let places: Vec<EntryRef> = going.into_iter().map(|going| going.place).collect();
        let mut forgotten = self.forgotten(&gone).await?;
        forgotten.puts.extend(self.emptied_cases(&gone).await?);
        forgotten.puts.extend(self.still_elsewhere(&places).await?);
        blobs.append(&mut forgotten.blobs);
        let at = self.now();
        let commit = Commit {
            puts: forgotten.puts,
            erasures: places
                .iter()
                .map(|place| Erasure {
                    journal: journal.clone(),
                    index: place.index,
                    at,
                })
                .collect(),
            ..Commit::default()
        };
        let mut acts = acts;
        acts.append(&mut forgotten.acts);
        crate::steps::at("keep.sealed");
        match self.commit_gone(journal, &places, commit, acts).await {
            Err(Error::Store(passerelle_store::Error::Conflict(_))) => return Err(changed()),
            other => other?,
        }
        crate::steps::at("keep.durable");
        if let Some(link) = &link {
            link.update(|told| told.recount());
        }
        self.remove_unused(journal, blobs).await
    }

    async fn commit_gone(
        &self,
        journal: &Journal,
        places: &[EntryRef],
        commit: Commit,
        acts: Vec<Act>,
    ) -> Result<(), Error> {
        if journal.party == self.party {
            return self.commit_with_acts(commit, acts).await.map(drop);
        }
        let said = self.about_places(journal, places, &Said::Erased).await?;
        let (party, channel) = (&journal.party, &journal.channel);
        self.commit_with_statements(party, channel, commit, said, acts)
            .await?;
        self.wake(Some(party));
        Ok(())
    }

    /// The same statement about several entries of a partner's.
    pub(super) async fn about_places(
        &self,
        journal: &Journal,
        places: &[EntryRef],
        said: &Said,
    ) -> Result<Vec<About>, Error> {
        let mut all = Vec::with_capacity(places.len());
        for place in places {
            let range = place.index..place.index + 1;
            let leaves = self.store.commitments(journal, range).await?;
            let commitment = leaves.first().copied();
            all.push(About {
                index: place.index,
                commitment: commitment.ok_or_else(|| Error::not_found("entry", place.index))?,
                record: Some(place.record),
                said: said.clone(),
            });
        }
        Ok(all)
    }

    /// The link of a partner's journal: held while entries of it go, as while they come.
    pub(super) fn link_of(&self, journal: &Journal) -> Option<Arc<ChannelLink>> {
        let theirs = journal.party != self.party;
        theirs.then(|| self.link(&journal.party).channel(&journal.channel))
    }

    async fn doomed(&self, going: &[Going]) -> Result<(Vec<Gone>, Vec<Digest>), Error> {
        let (mut gone, mut blobs) = (Vec::new(), Vec::new());
        for Going { place, judged } in going {
            // What does not open any more goes too.
            let record = self.record_at(&place.journal, place.index).await.ok();
            let files = record.iter().flat_map(|record| &record.attachments);
            blobs.extend(files.map(|file| file.sealed));
            let stays = record
                .iter()
                .map(|record| self.bones_puts(&place.journal, place.index, record));
            gone.push(Gone {
                stays: stays.flatten().flatten().collect(),
                party: place.journal.party.clone(),
                record: place.record,
                judged: Some(*judged),
                days: record.map(|record| (record.review, record.erasure)),
            });
        }
        Ok((gone, blobs))
    }

    /// Everything that was made from records: places in lists, decisions, accepted conditions,
    /// drafts that quote them.
    pub(crate) async fn forgotten(&self, gone: &[Gone]) -> Result<Forgotten, Error> {
        if gone.is_empty() {
            return Ok(Forgotten::default());
        }
        let mut puts: BTreeMap<(&'static str, String), Put> = BTreeMap::new();
        let mut add = |put: Put| puts.insert((put.kind, put.key.clone()), put);
        for one in gone {
            one.stays.iter().cloned().for_each(|put| {
                add(put);
            });
            let (kept, version) = self.kept_of(&one.party, &one.record).await?;
            list_puts(one, &kept).into_iter().for_each(|put| {
                add(put);
            });
            add(Put {
                expected: Some(one.judged.unwrap_or(version)),
                ..removal(Shelf::KEPT, kept_key(&one.party, &one.record))
            });
            let accepted = format!("accepted/{}/{}/", one.party, one.record);
            for held in self.store.documents(Shelf::READERS, &accepted).await? {
                add(removal(Shelf::READERS, held.key));
            }
        }
        let names: BTreeSet<_> = gone
            .iter()
            .map(|one| (one.party.clone(), one.record))
            .collect();
        let quoting = self.drafts_about(&names).await?;
        for put in quoting.puts {
            add(put);
        }
        let act = |draft| {
            let object = Object::Draft { draft };
            Act::new(Deed::Erase, self.now(), By::Node, object)
        };
        Ok(Forgotten {
            puts: puts.into_values().collect(),
            acts: quoting.drafts.into_iter().map(act).collect(),
            blobs: quoting.blobs,
        })
    }

    /// Of our records that go here before every partner has said the same, it stays in view
    /// what each partner did. What was taken back stands in that list already.
    async fn still_elsewhere(&self, places: &[EntryRef]) -> Result<Vec<Put>, Error> {
        let (mut puts, today) = (Vec::new(), self.now().day());
        for place in places {
            let party = &place.journal.party;
            if *party == self.party
                && !self.recalled(place).await?
                && !self.is_gone_everywhere(&place.record).await?
            {
                puts.push(List::Recalled.add(today, party, &place.record));
            }
        }
        Ok(puts)
    }

    /// Cases of which nothing is left, here or with a partner, go as a whole.
    pub(super) async fn emptied_cases(&self, gone: &[Gone]) -> Result<Vec<Put>, Error> {
        let names: BTreeSet<_> = gone.iter().map(|one| (&one.party, &one.record)).collect();
        let mut seen = BTreeSet::new();
        let mut puts = BTreeMap::new();
        for one in gone {
            let Some((party, record)) = self.case_of(&one.party, &one.record).await? else {
                continue;
            };
            let id = CaseId { party, record };
            if !seen.insert(id.clone()) {
                continue;
            }
            let document = match self.case_document(&id).await {
                Ok(Some((document, _))) => document,
                Ok(None) => continue,
                // What of a case does not open keeps no content from going; the doctor tells.
                Err(error) if error.is_damage() => continue,
                Err(error) => return Err(error),
            };
            if self.is_emptied(&document, &names).await? {
                for put in case_puts(&id, &document) {
                    puts.insert((put.kind, put.key.clone()), put);
                }
            }
        }
        Ok(puts.into_values().collect())
    }

    /// Whether every record of a case is erased, or among those that go, and ours are gone with
    /// every partner too.
    pub(crate) async fn is_emptied(
        &self,
        document: &CaseDocument,
        going: &BTreeSet<(&PartyId, &RecordId)>,
    ) -> Result<bool, Error> {
        for line in document.case.lines() {
            let ours = line.party == self.party;
            if ours && !self.is_gone_everywhere(&line.record).await? {
                return Ok(false);
            }
            if going.contains(&(&line.party, &line.record)) {
                continue;
            }
            match self.place(Some(&line.party), &line.record).await {
                Ok(place) if place.erased => {}
                _ => return Ok(false),
            }
        }
        Ok(true)
    }
}

fn list_puts(one: &Gone, kept: &Kept) -> Vec<Put> {
    let take = |list: List, day| list.take(day, &one.party, &one.record);
    let mut puts = Vec::new();
    if let Some((review, erasure)) = one.days {
        let review = kept.reviewed.as_ref().map_or(review, |(_, until)| *until);
        puts.extend([take(List::Review, review), take(List::Erasure, erasure)]);
    }
    let restricted = kept.restricted.as_ref().map(|held| held.at.day());
    puts.extend(restricted.map(|day| take(List::Restricted, day)));
    puts.extend(kept.hold.iter().map(|(_, day)| take(List::Hold, *day)));
    puts.extend(kept.frozen_since().map(|day| take(List::Frozen, day)));
    puts
}

fn case_puts(id: &CaseId, document: &CaseDocument) -> Vec<Put> {
    let lines = document.case.lines().iter();
    let of = lines.map(|line| removal(Shelf::CASE_OF, kept_key(&line.party, &line.record)));
    let listed = document.listed.iter().cloned();
    let waiting = document.waiting.iter().cloned();
    let whole = [Shelf::CASE, Shelf::READERS].map(|kind| removal(kind, id.to_string()));
    of.chain(listed.map(|key| removal(Shelf::CASE_LIST, key)))
        .chain(waiting.map(|key| removal(Shelf::WAITS, key)))
        .chain(whole)
        .collect()
}

fn removal(kind: &'static str, key: String) -> Put {
    Put {
        kind,
        key,
        bytes: None,
        expected: None,
    }
}
