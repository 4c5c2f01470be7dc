//! The node: what all use cases share.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use passerelle_envelope::{Keyring, OpenedPackets, sign_card};
use passerelle_model::{CardContent, ChannelId, OfficerId, PartyId, UtcTime};
use passerelle_store::{Blobs, Put, Store};
use tokio::sync::{broadcast, watch};

use crate::backup::NodeFiles;
use crate::directory::{Directory, Shelf};
use crate::events::{Happened, NodeEvent};
use crate::files::Arrivals;
use crate::journal::Writer;
use crate::link::Link;
use crate::partners::{card_put, next_card};
use crate::register::Register;
use crate::{Clock, Dice, Error, Net};

/// What a node is made of.
pub struct NodeParts {
    /// The party's secrets.
    pub keyring: Keyring,
    /// Durable storage.
    pub store: Arc<dyn Store>,
    /// Sealed attachments.
    pub blobs: Arc<dyn Blobs>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub dice: Dice,
    /// The way to partners.
    pub net: Arc<dyn Net>,
}

/// One node. Cheap to clone; all clones are the same node.
#[derive(Clone)]
pub struct Node(Arc<Inner>);

/// What all clones of a [`Node`] share. It has no public part.
#[doc(hidden)]
pub struct Inner {
    pub(crate) party: PartyId,
    pub(crate) keyring: RwLock<Arc<Keyring>>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) blobs: Arc<dyn Blobs>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) dice: Dice,
    pub(crate) net: Arc<dyn Net>,
    pub(crate) directory: RwLock<Arc<Directory>>,
    pub(crate) packets: Mutex<OpenedPackets>,
    pub(crate) arrivals: Arrivals,
    pub(crate) changes: tokio::sync::Mutex<()>,
    pub(crate) register: Register,
    pub(crate) policy_fresh: crate::access::Freshness,
    /// At most two passwords are hashed at once: each takes 19 MiB.
    pub(crate) hashing: tokio::sync::Semaphore,
    /// One reading of the journals at a time.
    pub(crate) projecting: tokio::sync::Mutex<()>,
    /// What the joint groups said.
    pub(crate) groups: crate::group::Rooms,
    /// What everybody may read.
    pub(crate) site: crate::group::Site,
    /// Files beside the store, for backups.
    pub(crate) files: OnceLock<Arc<dyn NodeFiles>>,
    /// How far each journal was read.
    pub(crate) projected: Mutex<BTreeMap<passerelle_store::Journal, u64>>,
    /// Whose a session was when it was last used, by its key: a guess at what to read.
    pub(crate) owners: Mutex<BTreeMap<String, OfficerId>>,
    writers: Mutex<BTreeMap<ChannelId, Arc<Writer>>>,
    links: Mutex<BTreeMap<PartyId, Arc<Link>>>,
    events: broadcast::Sender<NodeEvent>,
    pub(crate) changed: watch::Sender<u64>,
}

impl std::ops::Deref for Node {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl std::fmt::Debug for Node {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Node({})", self.party)
    }
}

impl Node {
    /// Makes a new node: signs its first card and writes it. The store must be empty.
    pub async fn create(parts: NodeParts, card: CardContent) -> Result<Self, Error> {
        let card = sign_card(&card, parts.keyring.root())?;
        let put = |kind, key: String, bytes: &[u8]| Put {
            kind,
            key,
            bytes: Some(bytes.to_vec()),
            expected: Some(0),
        };
        let party = card.party().to_string();
        let puts = vec![
            put(Shelf::OWN, "party".to_owned(), party.as_bytes()),
            put(Shelf::CARD, Shelf::card_key(&card), card.bytes()),
        ];
        parts.store.put(puts).await?;
        crate::steps::at("create.durable");
        Self::open(parts).await
    }

    /// Opens an existing node.
    pub async fn open(parts: NodeParts) -> Result<Self, Error> {
        let directory = Directory::load(parts.store.as_ref()).await?;
        if directory.own().content().root != parts.keyring.root().verifying() {
            let message = "the keyring is not the one of this node's card";
            return Err(Error::state("E_KEYRING_OTHER", message));
        }
        let directory = match published(&parts, &directory).await? {
            true => Directory::load(parts.store.as_ref()).await?,
            false => directory,
        };
        let register = Register::new(directory.own().party())?;
        let inner = Inner {
            party: directory.own().party().clone(),
            keyring: RwLock::new(Arc::new(parts.keyring)),
            store: parts.store,
            blobs: parts.blobs,
            clock: parts.clock,
            dice: parts.dice,
            net: parts.net,
            directory: RwLock::new(Arc::new(directory)),
            packets: Mutex::new(OpenedPackets::new()),
            arrivals: Arrivals::default(),
            changes: tokio::sync::Mutex::new(()),
            register,
            policy_fresh: crate::access::Freshness::default(),
            hashing: tokio::sync::Semaphore::new(2),
            projecting: tokio::sync::Mutex::new(()),
            groups: crate::group::Rooms::default(),
            site: crate::group::Site::default(),
            files: OnceLock::new(),
            projected: Mutex::default(),
            owners: Mutex::default(),
            writers: Mutex::default(),
            links: Mutex::default(),
            events: broadcast::channel(4096).0,
            changed: watch::channel(0).0,
        };
        let node = Self(Arc::new(inner));
        if let Err(error) = node.sweep().await {
            tracing::warn!(
                code = error.code(),
                "files that nobody needs were not removed"
            );
        }
        node.note_restored().await?;
        Ok(node)
    }

    /// The party that runs this node.
    pub fn party(&self) -> &PartyId {
        &self.0.party
    }

    /// What happens on this node from now on; slow listeners lose the oldest.
    pub fn events(&self) -> broadcast::Receiver<NodeEvent> {
        self.0.events.subscribe()
    }

    pub(crate) fn tell(&self, party: &PartyId, channel: &ChannelId, what: Happened) {
        let (party, channel) = (party.clone(), channel.clone());
        // Nobody listening is the usual case.
        let _ = self.0.events.send(NodeEvent {
            party,
            channel,
            what,
        });
    }

    pub(crate) fn now(&self) -> UtcTime {
        self.clock.now()
    }

    pub(crate) fn keys(&self) -> Arc<Keyring> {
        self.keyring
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn directory(&self) -> Arc<Directory> {
        self.directory
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Reads the directory again after one of its documents changed.
    pub(crate) async fn refresh(&self) -> Result<(), Error> {
        let fresh = Arc::new(Directory::load(self.store.as_ref()).await?);
        *self
            .directory
            .write()
            .unwrap_or_else(PoisonError::into_inner) = fresh;
        self.policy_fresh.doubt();
        self.changed.send_modify(|count| *count += 1);
        self.wake(None);
        Ok(())
    }

    /// The writer of our journal in `channel`.
    pub(crate) fn writer(&self, channel: &ChannelId) -> Arc<Writer> {
        if *channel == self.register.writer.journal.channel {
            return self.register.writer.clone();
        }
        let mut writers = self.writers.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Arc::new(Writer::new(channel, &self.party));
        writers.entry(channel.clone()).or_insert_with(new).clone()
    }

    /// The link to a partner.
    pub(crate) fn link(&self, party: &PartyId) -> Arc<Link> {
        let mut links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        links
            .entry(party.clone())
            .or_insert_with(|| Arc::new(Link::new(party)))
            .clone()
    }

    /// Wakes the drivers of all partners, or of one.
    pub(crate) fn wake(&self, party: Option<&PartyId>) {
        let links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        let chosen = links
            .values()
            .filter(|link| party.is_none_or(|party| *party == link.party));
        chosen.for_each(|link| link.wake());
    }

    /// Lets the driver of a partner (or of all) look for work at once.
    pub fn sync_now(&self, party: Option<&PartyId>) {
        let links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        for link in links
            .values()
            .filter(|link| party.is_none_or(|p| *p == link.party))
        {
            link.forgive();
            link.wake();
        }
    }
}

/// Where a rotation made its keys durable and then stopped before it published the card, the
/// card is published now. `true` where that was so.
async fn published(parts: &NodeParts, directory: &Directory) -> Result<bool, Error> {
    let (own, keys) = (directory.own().content(), &parts.keyring);
    let same = own.record_key == keys.record().verifying()
        && own.witness_key == keys.witness().verifying()
        && keys.units().all(|(unit, secret)| {
            own.unit(unit)
                .is_some_and(|held| held.key == *secret.public())
        });
    if same {
        return Ok(false);
    }
    let card = next_card(own, keys, None, parts.clock.now())?;
    parts.store.put(vec![card_put(&card)]).await?;
    Ok(true)
}
