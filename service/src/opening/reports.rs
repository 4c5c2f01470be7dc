//! What partners report of the use of our records (G26).

use std::collections::btree_map::Entry::{Occupied, Vacant};

use passerelle_exchange::message::MAX_BATCH_BYTES;
use passerelle_model::{PartyId, Said, Side, Statement};
use passerelle_rules::handling::UseReport;
use passerelle_store::{Entry, Held, Journal, Words};

use super::{Fresh, Judged};
use crate::keeping::{Frozen, freeze};
use crate::{Error, Node};

impl Node {
    /// G26: what a partner reports of the use of our records. What freezes a record does so
    /// with the batch that says it; of content that is erased there is nothing to freeze.
    pub(super) async fn take_reports(
        &self,
        from: &PartyId,
        ours: &Journal,
        statements: &[Statement],
        (seen, judged): (&mut Fresh, &mut Judged),
    ) -> Result<(), Error> {
        let about_us = ours.party == self.party;
        if !about_us || self.directory().side(&ours.channel) != Side::Cases {
            return Ok(());
        }
        for statement in statements {
            let Said::UseReported { code } = &statement.said else {
                continue;
            };
            let range = statement.index..statement.index + 1;
            let entries = self.store.entries(ours, range, MAX_BATCH_BYTES).await?;
            let Some(Entry { held, .. }) = entries.first() else {
                continue;
            };
            let (record, whole) = match held {
                Held::Content { record, .. } => (*record, true),
                Held::Erased { record, .. } => (*record, false),
                Held::LeafOnly => (None, false),
            };
            let Some(record) = record else { continue };
            judged.used.push((record, code.clone()));
            let report = UseReport::of_code(code.as_str());
            if !whole || !report.freezes() {
                continue;
            }
            let (kept, _) = match seen.frozen.entry(record) {
                Occupied(held) => held.into_mut(),
                Vacant(room) => {
                    // Once for each record of the batch.
                    judged.words.push(Words {
                        journal: ours.clone(),
                        index: statement.index,
                        tokens: Vec::new(),
                    });
                    room.insert(self.kept_of(&self.party, &record).await?)
                }
            };
            let name = (&self.party, &record);
            let alarm = freeze(kept, name, Frozen::by_partner(from, report, statement.time));
            seen.alarms.push(alarm);
        }
        Ok(())
    }
}
