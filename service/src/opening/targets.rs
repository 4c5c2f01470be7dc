//! Records that an arriving one corrects or takes back: which they are, and what goes of them.

use passerelle_model::{Day, Digest, PartyId, RecordId, Said, UtcTime};
use passerelle_store::{EntryRef, Erasure, Journal};

use super::{Fresh, Judged, Place, Turned};
use crate::keeping::{Gone, Kept};
use crate::stating::About;
use crate::{Error, Node};

/// A record that is corrected or taken back.
pub(super) struct Target {
    pub(super) record: RecordId,
    pub(super) index: u64,
    pub(super) commitment: Digest,
    pub(super) blobs: Vec<Digest>,
    /// Its days of review and erasure, where lists by day hold it already.
    pub(super) days: Option<(Day, Day)>,
    /// What was decided about it, where it is kept as evidence.
    pub(super) held: Option<(Kept, u64)>,
}

impl Node {
    /// Records that this one corrects or takes back: index, leaf and blobs of each known one.
    pub(super) async fn known_targets(
        &self,
        from: &PartyId,
        place: &Place<'_>,
        wanted: &[RecordId],
        seen: &Fresh,
    ) -> Result<Vec<Target>, Turned> {
        let mut known = Vec::new();
        if wanted.is_empty() {
            return Ok(known);
        }
        let stored = self
            .store
            .find(from, wanted.to_vec())
            .await
            .map_err(Error::from)?;
        for (id, stored) in wanted.iter().zip(stored) {
            if let Some((index, commitment, blobs)) = seen.records.get(id) {
                let (index, commitment, blobs) = (*index, *commitment, blobs.clone());
                known.push(Target {
                    record: *id,
                    index,
                    commitment,
                    blobs,
                    days: None,
                    held: None,
                });
            } else if let Some(found) = stored
                && found.journal == *place.journal
            {
                known.push(self.stored_target(&found).await?);
            }
        }
        Ok(known)
    }

    async fn stored_target(&self, found: &EntryRef) -> Result<Target, Error> {
        let range = found.index..found.index + 1;
        let leaves = self.store.commitments(&found.journal, range).await?;
        let commitment = leaves.first().copied();
        let commitment = commitment.ok_or_else(|| Error::not_found("entry", found.index))?;
        let (record, gone) = match self.record_at(&found.journal, found.index).await {
            Ok(record) => (Some(record), false),
            Err(Error::Erased(_) | Error::NotFound { .. }) => (None, true),
            // What does not open any more is kept as evidence all the same.
            Err(error) if error.is_damage() => (None, false),
            Err(error) => return Err(error),
        };
        let files = record.iter().flat_map(|record| &record.attachments);
        let (kept, version) = self.kept_of(&found.journal.party, &found.record).await?;
        let held = !gone && kept.may_erase(self.now().day()).is_err();
        Ok(Target {
            record: found.record,
            index: found.index,
            commitment,
            blobs: files.map(|file| file.sealed).collect(),
            days: record.map(|record| (record.review, record.erasure)),
            held: held.then_some((kept, version)),
        })
    }

    /// What is kept as evidence stays, and the originator learns so; it goes when the hold ends.
    pub(super) fn refuse_recall(
        &self,
        judged: &mut Judged,
        journal: &Journal,
        target: Target,
    ) -> Result<(), Error> {
        let Some((mut kept, version)) = target.held else {
            return Ok(());
        };
        let Some(code) = kept.stays(self.now().day()) else {
            return Ok(());
        };
        judged.refused.push((target.record, code.clone()));
        judged.said.push(About {
            index: target.index,
            commitment: target.commitment,
            record: Some(target.record),
            said: Said::ErasureRefused { code },
        });
        if kept.refused.is_none() {
            kept.refused = Some(self.now());
            let name = (&journal.party, &target.record);
            judged.puts.push(self.kept_put(name, &kept, version)?);
        }
        Ok(())
    }
}

impl Judged {
    pub(super) fn recall(&mut self, journal: &Journal, target: Target, at: UtcTime) {
        self.erasures.push(Erasure {
            journal: journal.clone(),
            index: target.index,
            at,
        });
        self.doomed.extend(target.blobs);
        self.gone.push(Gone {
            party: journal.party.clone(),
            record: target.record,
            judged: None,
            days: target.days,
            // Nothing of the group is taken back.
            stays: Vec::new(),
        });
        self.said.push(About {
            index: target.index,
            commitment: target.commitment,
            record: Some(target.record),
            said: Said::Erased,
        });
    }
}
