//! The delivery board of a partner: how many of our entries are where, and the heads that
//! each side co-signed of the other's journals and register.

use std::collections::BTreeSet;

use passerelle_journal::{Checkpoint, SignedCheckpoint};
use passerelle_model::{ChannelId, PartyId};
use passerelle_store::{Cosigned, Journal, Put, StatementRow};

use crate::directory::Shelf;
use crate::view::{ChannelView, HeadView, Watched};
use crate::{Error, Node};

/// Entries of a partner's journal that are looked at for when we took the last one in.
const LOOK_BACK: u64 = 64;

impl Node {
    pub(super) async fn channel_view(
        &self,
        party: &PartyId,
        channel: ChannelId,
    ) -> Result<ChannelView, Error> {
        let ours = Journal::new(&channel, &self.party);
        let theirs = Journal::new(&channel, party);
        let sent = self.store.head(&ours).await?.map_or(0, |head| head.size);
        let cosigned = self.store.last_cosigned(&ours, party).await?;
        let cosigned = cosigned.map_or(0, |row| row.size).min(sent);
        // What was refused and is not co-signed yet still waits.
        let refused = self.refused_count(party, &channel).await?.min(cosigned);
        let received = self.store.head(&theirs).await?.map_or(0, |head| head.size);
        let complete = self.link(party).channel(&channel).told().complete;
        Ok(ChannelView {
            channel,
            sent,
            receipted: cosigned - refused,
            waiting: sent - cosigned,
            refused,
            received,
            complete,
        })
    }

    /// How many of our entries the partner refused.
    async fn refused_count(&self, party: &PartyId, channel: &ChannelId) -> Result<u64, Error> {
        let key = refused_key(party, channel);
        let documents = self.store.documents(Shelf::REFUSED, &key).await?;
        let bytes = documents.first().and_then(|d| d.bytes.first_chunk::<8>());
        Ok(bytes.map_or(0, |bytes| u64::from_be_bytes(*bytes)))
    }

    /// The count of refused entries after these statements, to be kept with them; none where
    /// it stays. An entry that is refused twice is counted once. The caller holds the
    /// partner's journal, so that nobody counts at the same time.
    pub(crate) async fn counted_refusals(
        &self,
        party: &PartyId,
        channel: &ChannelId,
        rows: &[StatementRow],
    ) -> Result<Option<Put>, Error> {
        let refuses = |row: &&StatementRow| {
            row.said == "refused" && row.by == *party && row.journal.party == self.party
        };
        let said: BTreeSet<u64> = rows.iter().filter(refuses).map(|row| row.index).collect();
        let ours = Journal::new(channel, &self.party);
        let mut fresh = 0_u64;
        for index in said {
            let known = self.store.statements(&ours, index..index + 1).await?;
            fresh += u64::from(!known.iter().any(|row| refuses(&row)));
        }
        if fresh == 0 {
            return Ok(None);
        }
        let count = self.refused_count(party, channel).await? + fresh;
        Ok(Some(Put {
            kind: Shelf::REFUSED,
            key: refused_key(party, channel),
            bytes: Some(count.to_be_bytes().to_vec()),
            expected: None,
        }))
    }

    /// The heads that each side co-signed last: of both journals of each channel, and of both
    /// registers.
    pub(super) async fn heads(&self, party: &PartyId) -> Result<Vec<HeadView>, Error> {
        let mut heads = Vec::new();
        for channel in self.directory().channels_with(party) {
            let ours = Journal::new(&channel, &self.party);
            if let Some(row) = self.store.last_cosigned(&ours, party).await? {
                heads.push(by_partner(Watched::OurJournal, Some(channel.clone()), &row));
            }
            heads.extend(self.their_head(party, channel).await?);
        }
        let register = self.register.writer.journal.clone();
        if let Some(row) = self.store.last_cosigned(&register, party).await? {
            heads.push(by_partner(Watched::OurRegister, None, &row));
        }
        if let (Some(held), _) = self.witnessed(party).await?
            && let Some((size, root)) = head_of(&held.checkpoint)
        {
            heads.push(HeadView {
                of: Watched::TheirRegister,
                channel: None,
                size,
                root,
                time: Some(held.time),
                clock: party.clone(),
            });
        }
        Ok(heads)
    }

    /// What we co-signed of the partner's journal: everything that is held of it. Our own
    /// statements about its last entries tell when that was.
    async fn their_head(
        &self,
        party: &PartyId,
        channel: ChannelId,
    ) -> Result<Option<HeadView>, Error> {
        let theirs = Journal::new(&channel, party);
        let Some(head) = self.store.head(&theirs).await? else {
            return Ok(None);
        };
        let last = head.size.saturating_sub(LOOK_BACK)..head.size;
        let rows = self.store.statements(&theirs, last).await?;
        let ours = rows.iter().filter(|row| row.by == self.party);
        Ok(Some(HeadView {
            of: Watched::TheirJournal,
            channel: Some(channel),
            size: head.size,
            root: head.root.to_string(),
            time: ours.map(|row| row.time).max(),
            clock: self.party.clone(),
        }))
    }
}

fn by_partner(of: Watched, channel: Option<ChannelId>, row: &Cosigned) -> HeadView {
    let note = String::from_utf8_lossy(&row.note);
    HeadView {
        of,
        channel,
        size: row.size,
        root: head_of(&note).map_or_else(String::new, |(_, root)| root),
        time: Some(row.time),
        clock: row.by.clone(),
    }
}

/// Size and root of a checkpoint that was verified before it was kept.
fn head_of(note: &str) -> Option<(u64, String)> {
    let read = SignedCheckpoint::parse(note).ok()?;
    let head: &Checkpoint = read.unverified();
    let root = passerelle_model::Digest::new(*head.root().as_bytes());
    Some((head.size(), root.to_string()))
}

fn refused_key(party: &PartyId, channel: &ChannelId) -> String {
    format!("{channel}/{party}")
}
