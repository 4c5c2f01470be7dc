//! Wiring: one data folder, its keys, store and node.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use passerelle_api::Options;
use passerelle_desk::Desk;
use passerelle_envelope::backup::MAX_CONFIG_BYTES;
use passerelle_envelope::{Keyring, MAX_KEYRING_BYTES, Unlock};
use passerelle_model::{Address, CardContent};
use passerelle_peerlink::{PeerName, TlsIdentity};
use passerelle_service::view::CardView;
use passerelle_service::{Dice, Net, Node, NodeFiles, NodeParts};
#[cfg(not(feature = "fault-points"))]
use passerelle_store_sqlite::Options as StoreOptions;
use passerelle_store_sqlite::{FileBlobs, SqliteStore};
use tower::ServiceExt as _;

use crate::clock::SystemClock;
use crate::config::Config;
use crate::failure::Failure;
use crate::files::DataDir;
use crate::net::{Offline, PeerNet};
use crate::{keys, rng};

/// A node that this process has open.
pub(crate) struct Open {
    /// The node.
    pub(crate) node: Node,
    /// Its settings.
    pub(crate) config: Config,
    /// Its folder.
    pub(crate) data: DataDir,
    /// Its key in TLS.
    pub(crate) identity: TlsIdentity,
    unlock: Unlock,
}

/// Opens a node for one command: nothing travels.
pub(crate) async fn open_offline(data: &DataDir, secret: Option<&Path>) -> anyhow::Result<Open> {
    open(data, secret, Arc::new(Offline)).await
}

/// Opens a node that will run: `net` reaches partners once the listeners are there.
pub(crate) async fn open(
    data: &DataDir,
    secret: Option<&Path>,
    net: Arc<dyn Net>,
) -> anyhow::Result<Open> {
    let config = Config::read(data)?;
    let (ring, unlock) = keys::open(data, &config.keys, secret)?;
    let identity = identity(&config, &ring)?;
    let node = Node::open(parts(data, ring, net)?).await?;
    node.with_files(Arc::new(Beside(data.clone())));
    if *node.party() != config.party {
        let sentence = format!(
            "config.toml names {}, the data is {}'s",
            config.party,
            node.party()
        );
        return Err(Failure::new("E_CONFIG", sentence).into());
    }
    Ok(Open {
        node,
        config,
        data: data.clone(),
        identity,
        unlock,
    })
}

/// Makes the store of a new node and closes it again.
pub(crate) async fn create(
    data: &DataDir,
    ring: Keyring,
    card: CardContent,
) -> anyhow::Result<CardView> {
    let node = Node::create(parts(data, ring, Arc::new(Offline))?, card).await?;
    Ok(node.card())
}

impl Open {
    /// The API over this node for the process that holds it.
    pub(crate) fn router(&self) -> axum::Router {
        passerelle_api::router(self.node.clone(), Options::in_process())
    }

    /// The API over this node for its listener: tokens, and known host names only.
    pub(crate) fn served_router(&self, desk: SocketAddr) -> anyhow::Result<axum::Router> {
        let mut options = Options::tokens();
        if !desk.ip().is_unspecified() {
            options = options.with_host(&desk.to_string())?;
        }
        for host in &self.config.hosts {
            options = options.with_host(host)?;
        }
        let api = passerelle_api::router(self.node.clone(), options);
        let mut hosts = self.config.hosts.clone();
        hosts.push(desk.to_string());
        let desk = Arc::new(Desk::new(self.node.clone(), hosts));
        Ok(side_by_side(api, passerelle_desk::router(desk)))
    }

    /// The public site over this node, for a listener of its own; `base` is its address.
    pub(crate) fn public_router(&self, base: &str) -> axum::Router {
        let desk = Arc::new(Desk::new(self.node.clone(), Vec::new()));
        passerelle_desk::public_router(desk, base)
    }

    /// A newer card with new record, witness and unit keys; the keyring is on disk before
    /// the card is used.
    pub(crate) async fn rotate(&self, address: Option<Address>) -> anyhow::Result<CardView> {
        let (data, unlock) = (&self.data, &self.unlock);
        let save = |ring: &Keyring| {
            keys::save(data, ring, unlock).map_err(|error| {
                passerelle_service::Error::Store(passerelle_store::Error::Io(format!("{error:#}")))
            })
        };
        let present = keys::reopen(data, unlock)?;
        Ok(self.node.rotate(address, &save, present).await?)
    }
}

/// The files of a node that lie beside its store, for backups.
struct Beside(DataDir);

impl NodeFiles for Beside {
    fn config(&self) -> Result<Vec<u8>, passerelle_service::Error> {
        beside(&self.0.config(), MAX_CONFIG_BYTES)
    }

    fn keyring(&self) -> Result<Vec<u8>, passerelle_service::Error> {
        beside(&self.0.keyring(), MAX_KEYRING_BYTES)
    }
}

fn beside(path: &Path, limit: usize) -> Result<Vec<u8>, passerelle_service::Error> {
    crate::files::read(path, limit as u64)
        .map_err(|failure| passerelle_service::Error::Input(failure.to_string()))
}

/// The API under `/v1`, the desk everywhere else.
fn side_by_side(api: axum::Router, desk: axum::Router) -> axum::Router {
    let choose = move |request: axum::extract::Request| {
        let path = request.uri().path();
        let chosen = match path == "/v1" || path.starts_with("/v1/") {
            true => api.clone(),
            false => desk.clone(),
        };
        async move { chosen.oneshot(request).await }
    };
    axum::Router::new().fallback(choose)
}

fn parts(data: &DataDir, keyring: Keyring, net: Arc<dyn Net>) -> anyhow::Result<NodeParts> {
    #[cfg(feature = "fault-points")]
    let options = crate::fault_points::store_options();
    #[cfg(not(feature = "fault-points"))]
    let options = StoreOptions::default();
    Ok(NodeParts {
        keyring,
        store: Arc::new(SqliteStore::open(&data.store(), options)?),
        blobs: Arc::new(FileBlobs::open(data.path())?),
        clock: Arc::new(SystemClock),
        dice: Dice::new(rng::system()),
        net,
    })
}

fn identity(config: &Config, ring: &Keyring) -> anyhow::Result<TlsIdentity> {
    let name = PeerName::new(config.party.as_str())?;
    Ok(TlsIdentity::from_seed(ring.tls().seed(), &name)?)
}

/// A network for a node that is about to run.
pub(crate) fn peer_net() -> Arc<PeerNet> {
    Arc::new(PeerNet::default())
}
