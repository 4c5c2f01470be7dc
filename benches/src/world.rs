//! Two complete nodes of this process, paired and agreed: real stores, blobs, keys and TLS.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use passerelle_envelope::{CardFacts, Keyring};
use passerelle_model::{
    Author, Evaluation, Handling, InformationGrade, Kind, Lang, Markings, Names, Pap, PartyId,
    Recipient, SourceGrade, Tlp,
};
use passerelle_peerlink::{Limits, Listener, Listening, PeerName, TlsIdentity};
use passerelle_service::view::Draft;
use passerelle_service::{Clock as _, Node, NodeParts};
use passerelle_store::Store;
use passerelle_store_sqlite::{FileBlobs, Options, SqliteStore};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::clock::{SystemClock, dice, rng};
use crate::net::{Exchange, NodePins, PeerNet};

/// The text of a benched record, in bytes.
pub(crate) const BODY_BYTES: usize = 2048;
const GRACE: Duration = Duration::from_secs(2);
const DAYS: u32 = 700;

/// One running node.
pub(crate) struct Member {
    /// The node.
    pub(crate) node: Node,
    listening: Listening,
    stop: watch::Sender<bool>,
    driver: Option<JoinHandle<()>>,
}

/// Two nodes that pinned each other and signed one agreement.
pub(crate) struct Pair {
    /// Sends.
    pub(crate) sender: Member,
    /// Holds.
    pub(crate) holder: Member,
}

impl Pair {
    /// Makes both in folders of `dir`; nothing is replicated before [`Pair::replicate`].
    pub(crate) async fn new(dir: &Path) -> anyhow::Result<Self> {
        let sender = Member::new(&dir.join("sender"), "ma.interior").await?;
        let holder = Member::new(&dir.join("holder"), "be.interior").await?;
        let pair = Self { sender, holder };
        pair.agree().await?;
        Ok(pair)
    }

    async fn agree(&self) -> anyhow::Result<()> {
        let (one, two) = (&self.sender.node, &self.holder.node);
        for (reader, read) in [(one, two), (two, one)] {
            let card = read.card();
            reader
                .pair(card.armoured.as_bytes(), &card.fingerprint_digits())
                .await?;
        }
        let text = one.agreement_template(two.party(), &"bench".parse()?)?;
        let text = text.replace("records_per_day = 100000", "records_per_day = 100000000");
        let mut bundle = text;
        for node in [one, two] {
            let hash = node.import_agreement(&bundle).await?.hash;
            node.sign_agreement(&hash).await?;
            bundle = node.export_agreement(&hash).await?;
        }
        let view = one.import_agreement(&bundle).await?;
        anyhow::ensure!(view.in_force, "the agreement is not in force");
        Ok(())
    }

    /// Starts both drivers, as two running nodes have them.
    pub(crate) fn replicate(&mut self) {
        self.sender.replicate();
        self.holder.replicate();
    }

    /// A notice of [`BODY_BYTES`] from the sender to the holder.
    pub(crate) fn draft(&self) -> anyhow::Result<Draft> {
        draft(self.holder.node.party())
    }

    /// Ends both.
    pub(crate) async fn stop(self) {
        self.sender.stop().await;
        self.holder.stop().await;
    }
}

impl Member {
    async fn new(dir: &Path, party: &str) -> anyhow::Result<Self> {
        std::fs::create_dir_all(dir)?;
        let address = free_address()?;
        let keyring = Keyring::generate(&["liaison".parse()?], &mut rng())?;
        let card = keyring.card(facts(party, &address)?)?;
        let identity = TlsIdentity::from_seed(keyring.tls().seed(), &PeerName::new(party)?)?;
        let net = Arc::new(PeerNet::default());
        let store: Arc<dyn Store> =
            Arc::new(SqliteStore::open(&dir.join("store"), Options::default())?);
        let parts = NodeParts {
            keyring,
            store,
            blobs: Arc::new(FileBlobs::open(dir)?),
            clock: Arc::new(SystemClock),
            dice: dice(),
            net: net.clone(),
        };
        let node = Node::create(parts, card).await?;
        let (pins, handler) = (NodePins(node.clone()), Exchange(node.clone()));
        let (pins, handler) = (Arc::new(pins), Arc::new(handler));
        let listening =
            Listener::bind(address, &identity, pins, handler, Limits::default()).await?;
        net.attach(&node, &identity);
        Ok(Self {
            node,
            listening,
            stop: watch::channel(false).0,
            driver: None,
        })
    }

    fn replicate(&mut self) {
        let stopped = self.stop.subscribe();
        self.driver = Some(tokio::spawn(self.node.clone().replicate(stopped)));
    }

    async fn stop(self) {
        self.stop.send_replace(true);
        self.listening.shutdown(GRACE).await;
        if let Some(driver) = self.driver {
            let _ = driver.await;
        }
    }
}

/// A port that was free a moment ago: a card names its node's address before the node is there.
pub(crate) fn free_address() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

fn facts(party: &str, address: &SocketAddr) -> anyhow::Result<CardFacts> {
    let now = SystemClock.now();
    let names = |text: &str| -> anyhow::Result<Names> {
        Ok(Names::new(
            [(Lang::Fr, text.parse()?)].into_iter().collect(),
        )?)
    };
    let units = [("liaison", "Liaison"), ("node", "Nœud")].into_iter();
    let units = units.map(|(unit, name)| Ok((unit.parse()?, names(name)?)));
    Ok(CardFacts {
        party: party.parse()?,
        number: 1,
        names: names("Ministère")?,
        country: "MA".parse()?,
        units: units.collect::<anyhow::Result<_>>()?,
        address: Some(address.to_string().parse()?),
        issued: now,
        expires: now.day().plus_days(DAYS).start(),
    })
}

/// A notice of [`BODY_BYTES`] to the liaison unit of `to`.
pub(crate) fn draft(to: &PartyId) -> anyhow::Result<Draft> {
    Ok(Draft {
        channel: None,
        kind: Kind::Notice,
        author: Author {
            officer: "o-1".parse()?,
            unit: "liaison".parse()?,
            function: "officier de liaison".parse()?,
        },
        purpose: "terrorism".parse()?,
        basis: "convention-2014".parse()?,
        class: "case-data".parse()?,
        markings: Markings {
            tlp: Tlp::Amber,
            pap: Pap::Amber,
            handling: Handling::H0,
            caveats: vec![],
        },
        evaluation: Evaluation {
            source: SourceGrade::A,
            information: InformationGrade::One,
        },
        review: None,
        erasure: None,
        to: vec![Recipient {
            party: to.clone(),
            unit: "liaison".parse()?,
        }],
        references: vec![],
        urgency: None,
        reason: None,
        lang: Lang::Fr,
        subject: "Mesure".to_owned(),
        text: Some(
            "Texte de mesure."
                .chars()
                .cycle()
                .take(BODY_BYTES)
                .collect(),
        ),
        data: None,
        attachments: vec![],
        offences: vec![],
        particulars: None,
        asking: None,
        permission: None,
        intake: None,
    })
}
