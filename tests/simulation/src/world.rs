//! Parties, paired and agreed, ready to exchange; each can crash and come back.

use std::sync::Arc;

use passerelle_envelope::testing::SeededRng;
use passerelle_envelope::{CardFacts, Keyring, LockedKeyring, Unlock};
use passerelle_model::{
    AgreementHash, Author, Evaluation, Handling, InformationGrade, Kind, Lang, Markings, Pap,
    PartyId, Recipient, Side, SourceGrade, Tlp, UnitId, UtcTime,
};
use passerelle_service::view::Draft;
use passerelle_service::{Clock, Dice, Error, Node, NodeParts, mark_restored};
use passerelle_store::memory::{MemoryBlobs, MemoryStore, Snapshot};
use passerelle_store::{Blobs, Store};
use tokio::sync::watch;

use crate::{Faults, Network};

/// 15 April 2024, 20:00 UTC.
const START_MILLIS: u64 = 1_713_211_200_000;
const CHANNEL: &str = "security";
/// Channel of the joint group of [`World::with_group`].
pub const GROUP_CHANNEL: &str = "gmmp";
/// Unit of each party that takes part in it.
pub const GROUP_UNIT: &str = "gmmp";

/// The tokio clock as wall clock, so that paused time moves both.
struct SimClock(tokio::time::Instant);

impl Clock for SimClock {
    fn now(&self) -> UtcTime {
        let passed = u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX);
        UtcTime::from_millis(START_MILLIS + passed)
    }
}

/// One party: what survives a crash, and the running node.
pub struct Member {
    /// The party.
    pub party: PartyId,
    /// The running node; none while it is down.
    pub node: Option<Node>,
    /// Its store; replaced by a copy of what was durable when it crashes.
    pub store: Arc<MemoryStore>,
    /// Its blobs.
    pub blobs: Arc<MemoryBlobs>,
    earlier: Option<Snapshot>,
    locked: LockedKeyring,
    stop: watch::Sender<bool>,
    drivers: Option<tokio::task::JoinHandle<()>>,
}

impl Member {
    /// Every secret of the node, as whoever took its keyring and the key to it has them.
    ///
    /// # Errors
    /// None in practice: it was locked here.
    pub fn keyring(&self) -> Result<Keyring, Error> {
        Ok(self.locked.open(&Unlock::KeyFile([7; 32].into()))?)
    }
}

/// All parties and the network between them.
pub struct World {
    /// The members, in the order given.
    pub members: Vec<Member>,
    /// The network.
    pub network: Network,
    clock: Arc<dyn Clock>,
    seed: u64,
}

impl World {
    /// Parties that are paired, have signed one agreement, and whose drivers run.
    pub async fn new(parties: &[&str], seed: u64, faults: Faults) -> Result<Self, Error> {
        Self::of_units(parties, &["liaison"], seed, faults).await
    }

    /// The same of two parties with a unit [`GROUP_UNIT`] each, and a second agreement between
    /// them, on the side of the joint group.
    pub async fn with_group(parties: [&str; 2], seed: u64, faults: Faults) -> Result<Self, Error> {
        let world = Self::with_unit(parties, seed, faults).await?;
        let text = world.text_on(Side::Group, GROUP_CHANNEL, GROUP_UNIT)?;
        world.agree(text).await?;
        Ok(world)
    }

    /// The same of any number of parties, all members of both agreements.
    pub async fn joint(parties: &[&str], seed: u64, faults: Faults) -> Result<Self, Error> {
        let units = ["liaison", GROUP_UNIT];
        let world = Self::of_units(parties, &units, seed, faults).await?;
        let text = world.text_of_all(Side::Group, GROUP_CHANNEL, GROUP_UNIT)?;
        world.agree(text).await?;
        Ok(world)
    }

    /// The same while that unit stands in no agreement yet.
    pub async fn with_unit(parties: [&str; 2], seed: u64, faults: Faults) -> Result<Self, Error> {
        Self::of_units(&parties, &["liaison", GROUP_UNIT], seed, faults).await
    }

    /// Two parties whose agreement about cases holds for all of these units of each.
    pub async fn of_case_units(
        parties: [&str; 2],
        units: &[&str],
        seed: u64,
        faults: Faults,
    ) -> Result<Self, Error> {
        let mut world = Self::paired(&parties, units, seed, faults).await?;
        let (first, second) = (world.node(0)?, world.node(1)?);
        let all = units.iter().map(|unit| unit.parse());
        let all = all.collect::<Result<_, passerelle_model::Error>>()?;
        let channel = CHANNEL.parse()?;
        let text = first.agreement_template_on(Side::Cases, second.party(), &channel, &all)?;
        world.agree(text).await?;
        world.run_all();
        Ok(world)
    }

    async fn of_units(
        parties: &[&str],
        units: &[&str],
        seed: u64,
        faults: Faults,
    ) -> Result<Self, Error> {
        let mut world = Self::paired(parties, units, seed, faults).await?;
        let text = world.text_of_all(Side::Cases, CHANNEL, "liaison")?;
        world.agree(text).await?;
        world.run_all();
        Ok(world)
    }

    async fn paired(
        parties: &[&str],
        units: &[&str],
        seed: u64,
        faults: Faults,
    ) -> Result<Self, Error> {
        let network = Network::new(seed, faults);
        let clock: Arc<dyn Clock> = Arc::new(SimClock(tokio::time::Instant::now()));
        let mut world = Self {
            members: Vec::new(),
            network,
            clock,
            seed,
        };
        for (number, party) in parties.iter().enumerate() {
            world
                .found(party, units, seed * 1000 + number as u64)
                .await?;
        }
        world.pair_all().await?;
        Ok(world)
    }

    fn run_all(&mut self) {
        for number in 0..self.members.len() {
            self.run(number);
        }
    }

    /// The node of a member that is up.
    pub fn node(&self, number: usize) -> Result<&Node, Error> {
        let member = self
            .members
            .get(number)
            .and_then(|member| member.node.as_ref());
        member.ok_or_else(|| Error::NotFound {
            what: "running node",
            name: number.to_string(),
        })
    }

    async fn found(&mut self, party: &str, units: &[&str], seed: u64) -> Result<(), Error> {
        let party: PartyId = party.parse()?;
        let mut rng = SeededRng::new(seed);
        let sealed_to: Vec<UnitId> = units
            .iter()
            .map(|unit| unit.parse())
            .collect::<Result<_, _>>()?;
        let keyring = Keyring::generate(&sealed_to, &mut rng)?;
        let unlock = Unlock::KeyFile([7; 32].into());
        let locked = LockedKeyring::lock(&keyring, &unlock, &mut rng)?;
        let (store, blobs) = (Arc::new(MemoryStore::new()), Arc::new(MemoryBlobs::new()));
        let now = self.clock.now();
        let names = |text: &str| {
            passerelle_model::Names::new([(Lang::Fr, text.parse()?)].into_iter().collect())
        };
        let facts = CardFacts {
            party: party.clone(),
            number: 1,
            names: names("Ministère")?,
            country: "MA".parse()?,
            units: units
                .iter()
                .chain(&["node"])
                .map(|unit| Ok((unit.parse()?, names(unit)?)))
                .collect::<Result<_, passerelle_model::Error>>()?,
            address: Some("127.0.0.1:1".parse()?),
            issued: now,
            expires: now.day().plus_days(700).start(),
        };
        let card = keyring.card(facts)?;
        let dice = Dice::new(SeededRng::new(seed + 500));
        let parts = self.parts(&party, keyring, store.clone(), blobs.clone(), dice);
        let node = Node::create(parts, card).await?;
        self.network.plug(&node);
        let (stop, _) = watch::channel(false);
        let node = Some(node);
        self.members.push(Member {
            party,
            node,
            store,
            blobs,
            earlier: None,
            locked,
            stop,
            drivers: None,
        });
        Ok(())
    }

    fn parts(
        &self,
        party: &PartyId,
        keyring: Keyring,
        store: Arc<dyn Store>,
        blobs: Arc<dyn Blobs>,
        dice: Dice,
    ) -> NodeParts {
        let net = self.network.wire(party);
        NodeParts {
            keyring,
            store,
            blobs,
            clock: self.clock.clone(),
            dice,
            net,
        }
    }

    async fn pair_all(&self) -> Result<(), Error> {
        for (number, member) in self.members.iter().enumerate() {
            let card = self.node(number)?.card();
            for (other, _) in self
                .members
                .iter()
                .enumerate()
                .filter(|(_, o)| o.party != member.party)
            {
                self.node(other)?
                    .pair(card.armoured.as_bytes(), &card.fingerprint_digits())
                    .await?;
            }
        }
        Ok(())
    }

    /// Everybody signs this text.
    pub async fn agree(&self, text: String) -> Result<(), Error> {
        let mut hash: Option<AgreementHash> = None;
        let mut bundle = text;
        for number in 0..self.members.len() {
            let node = self.node(number)?;
            let view = node.import_agreement(&bundle).await?;
            node.sign_agreement(&view.hash).await?;
            bundle = node.export_agreement(&view.hash).await?;
            hash = Some(view.hash);
        }
        for number in 0..self.members.len() {
            let view = self.node(number)?.import_agreement(&bundle).await?;
            assert_eq!((Some(view.hash), view.in_force), (hash, true));
        }
        Ok(())
    }

    /// A text between all members for one unit of each.
    fn text_of_all(&self, side: Side, channel: &str, unit: &str) -> Result<String, Error> {
        let members: Vec<&PartyId> = self.members.iter().map(|member| &member.party).collect();
        let mut text = self.text_on(side, channel, unit)?;
        for (number, party) in members.iter().enumerate().skip(2) {
            let root = self.node(number)?.card().root;
            text.push_str(&format!(
                "\n[[member]]\nparty = \"{party}\"\nroot = \"{root}\"\nunits = [\"{unit}\"]\n"
            ));
            let more = format!("\"{party}/{unit}\", \"");
            text = text.replacen("recipients = [\"", &format!("recipients = [{more}"), 1);
        }
        Ok(text)
    }

    /// A first text between the first two members for one unit of each.
    pub fn text_on(&self, side: Side, channel: &str, unit: &str) -> Result<String, Error> {
        let (first, second) = (self.node(0)?, self.node(1)?);
        let units = [unit.parse()?].into();
        first.agreement_template_on(side, second.party(), &channel.parse()?, &units)
    }

    /// Starts the drivers of a member.
    pub fn run(&mut self, number: usize) {
        let Some(member) = self.members.get_mut(number) else {
            return;
        };
        let Some(node) = &member.node else { return };
        let (stop, stopped) = watch::channel(false);
        member.stop = stop;
        member.drivers = Some(tokio::spawn(node.clone().replicate(stopped)));
    }

    /// Kills a node wherever it is: tasks are dropped, what was not durable is gone.
    pub fn crash(&mut self, number: usize) {
        let Some(member) = self.members.get_mut(number) else {
            return;
        };
        self.network.unplug(&member.party);
        if let Some(drivers) = member.drivers.take() {
            drivers.abort();
        }
        member.node = None;
        member.blobs.crash();
        member.store = Arc::new(MemoryStore::from_snapshot(member.store.snapshot()));
    }

    /// Keeps a copy of every store, for [`World::crash_forgetting`].
    pub fn remember(&mut self) {
        for member in &mut self.members {
            member.earlier = Some(member.store.snapshot());
        }
    }

    /// The negative control: a crash after which everything since [`World::remember`] is
    /// gone, although the store had called it durable.
    pub fn crash_forgetting(&mut self, number: usize) {
        self.crash(number);
        let Some(member) = self.members.get_mut(number) else {
            return;
        };
        if let Some(earlier) = member.earlier.take() {
            member.store = Arc::new(MemoryStore::from_snapshot(earlier));
        }
    }

    /// Starts a crashed node from what was durable.
    pub async fn restart(&mut self, number: usize) -> Result<(), Error> {
        self.restart_listening(number).await?;
        self.run(number);
        Ok(())
    }

    /// The same from a copy that says it was restored now.
    pub async fn restore(&mut self, number: usize) -> Result<(), Error> {
        if let Some(member) = self.members.get(number) {
            let now = self.clock.now();
            mark_restored(member.store.as_ref(), now, now).await?;
        }
        self.restart(number).await
    }

    /// Starts a crashed node that answers and never calls.
    pub async fn restart_listening(&mut self, number: usize) -> Result<(), Error> {
        let seed = self
            .seed
            .wrapping_mul(31)
            .wrapping_add(self.network.counts().0);
        let Some(member) = self.members.get(number) else {
            return Ok(());
        };
        let keyring = member.keyring()?;
        let dice = Dice::new(SeededRng::new(seed));
        let (store, blobs) = (member.store.clone(), member.blobs.clone());
        let parts = self.parts(&member.party, keyring, store, blobs, dice);
        let node = Node::open(parts).await?;
        self.network.plug(&node);
        if let Some(member) = self.members.get_mut(number) {
            member.node = Some(node);
        }
        Ok(())
    }
}

/// A notice to the liaison unit of each party.
pub fn draft(subject: &str, to: &[&PartyId]) -> Result<Draft, Error> {
    let to = to.iter().map(|party| {
        Ok(Recipient {
            party: (*party).clone(),
            unit: "liaison".parse()?,
        })
    });
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
        to: to.collect::<Result<_, passerelle_model::Error>>()?,
        references: vec![],
        urgency: None,
        reason: None,
        lang: Lang::Fr,
        subject: subject.to_owned(),
        text: Some("Texte.".to_owned()),
        data: None,
        attachments: vec![],
        offences: vec![],
        particulars: None,
        asking: None,
        permission: None,
        intake: None,
    })
}
