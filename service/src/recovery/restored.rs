//! A node that was restored from a backup: it says so in its register, asks every partner what
//! it holds, and shows how far that is.

use minicbor::{Decode, Encode};
use passerelle_model::{Act, By, ChannelId, Deed, Object, PartyId, UtcTime, codec};
use passerelle_store::{Commit, Journal, Put, Store};
use serde::{Deserialize, Serialize};

use super::{Recovery, Stage, recovery_put};
use crate::directory::Shelf;
use crate::receipts::own_document;
use crate::{Error, Node};

const KEY: &str = "restored";

/// From what this node was restored.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
struct Restored {
    /// When the backup was made.
    #[n(0)]
    made: UtcTime,
    /// When it was restored.
    #[n(1)]
    at: UtcTime,
    /// Whether the register says so.
    #[n(2)]
    entered: bool,
}

impl Restored {
    fn put(&self) -> Put {
        Put {
            kind: Shelf::OWN,
            key: KEY.to_owned(),
            bytes: Some(codec::to_canonical(self)),
            expected: None,
        }
    }
}

/// From what this node was restored, as people see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoredView {
    /// When the backup was made.
    pub made: UtcTime,
    /// When it was restored.
    pub at: UtcTime,
}

/// How far the recovery from one partner in one channel is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryView {
    /// The channel.
    pub channel: ChannelId,
    /// The partner.
    pub party: PartyId,
    /// How far.
    pub state: RecoveryState,
    /// When it was noticed.
    pub since: UtcTime,
    /// Size of our journal then.
    pub from: u64,
    /// Size that the partner has shown our signature for; 0 while it has not.
    pub held: u64,
    /// Entries that came back from it.
    pub regained: u64,
    /// Of these, entries whose content is lost here; the partner holds it.
    pub bare: u64,
}

/// How far a recovery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecoveryState {
    /// The partner has not said yet what it holds.
    Awaited,
    /// The partner holds more than we have.
    Behind,
    /// The partner holds no more than we have.
    Settled,
    /// This node went on after it was set back: two histories are signed.
    Forked,
}

/// Notes in a store that was just restored that it is `made` old, before a node opens it: it
/// then appends nothing until its partners have said what they hold.
///
/// # Errors
/// Where the store cannot be written.
pub async fn mark_restored(store: &dyn Store, made: UtcTime, at: UtcTime) -> Result<(), Error> {
    let restored = Restored {
        made,
        at,
        entered: false,
    };
    store.put(vec![restored.put()]).await?;
    crate::steps::at("restore.marked");
    Ok(())
}

/// Whether these bytes say from what a node was restored.
pub(crate) fn is_restored(bytes: &[u8]) -> bool {
    own_document::<Restored>(bytes).is_ok()
}

/// From what the node of this store was restored.
async fn restored(store: &dyn Store) -> Result<Option<Restored>, Error> {
    let documents = store.documents(Shelf::OWN, KEY).await?;
    let found = documents.first();
    found
        .map(|document| own_document(&document.bytes))
        .transpose()
}

impl Node {
    /// After a restoring, once: the register says so, and in the same step every partner's word
    /// is awaited.
    pub(crate) async fn note_restored(&self) -> Result<(), Error> {
        let found = restored(self.store.as_ref()).await?;
        let Some(restored) = found.filter(|restored| !restored.entered) else {
            return Ok(());
        };
        let entered = Restored {
            entered: true,
            ..restored.clone()
        };
        let mut puts = vec![entered.put()];
        let directory = self.directory();
        for (party, _) in directory.partners() {
            for channel in directory.channels_with(party) {
                let ours = Journal::new(&channel, &self.party);
                let size = self.journal_state(&ours).await?.size;
                let awaited = Recovery::new(Stage::Awaited, restored.at, size);
                puts.push(recovery_put(&channel, party, &awaited));
            }
        }
        let why = format!("restored from the backup of {}", restored.made);
        let act = Act::new(Deed::Backup, self.now(), By::Node, Object::Node);
        let commit = Commit {
            puts,
            ..Commit::default()
        };
        self.commit_with_acts(commit, vec![act.because(why.parse().ok())])
            .await?;
        crate::steps::at("restored.entered");
        self.refresh().await
    }

    /// From what this node was restored, if it was.
    pub async fn restored(&self) -> Result<Option<RestoredView>, Error> {
        let found = restored(self.store.as_ref()).await?;
        Ok(found.map(|Restored { made, at, .. }| RestoredView { made, at }))
    }

    /// How far the recovery from each partner in each channel is; empty where this node was
    /// never set back.
    pub fn recoveries(&self) -> Vec<RecoveryView> {
        let directory = self.directory();
        let view = |(channel, party): &(ChannelId, PartyId), value: &Recovery| RecoveryView {
            channel: channel.clone(),
            party: party.clone(),
            state: match value.stage {
                Stage::Awaited => RecoveryState::Awaited,
                Stage::Behind => RecoveryState::Behind,
                Stage::Settled => RecoveryState::Settled,
                Stage::Forked => RecoveryState::Forked,
            },
            since: value.since,
            from: value.from,
            held: value.held,
            regained: value.regained,
            bare: value.bare,
        };
        directory
            .recoveries()
            .map(|(place, value)| view(place, value))
            .collect()
    }
}
