//! One honest node between two parties that are played by hand.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use passerelle_envelope::testing::SeededRng;
use passerelle_envelope::{AgreementSignature, Header, VerifiedCard, sign_agreement};
use passerelle_exchange::journal_origin;
use passerelle_exchange::message::{
    Bundle, Bundles, ChannelState, Entries, Fetch, Hello, JournalState, Message, PROTOCOL,
};
use passerelle_journal::{Checkpoint, Frontier, Hash, merkle};
use passerelle_model::{
    Agreement, ChannelId, Digest, PartyId, Recipient, Record, RecordId, UtcTime,
};
use passerelle_service::{Clock, Dice, Error, Node, NodeParts};
use passerelle_store::memory::{MemoryBlobs, MemoryStore};

use super::{Actor, Puppet, facts, keyring};
use crate::draft;

/// The honest node's party.
pub const HONEST: &str = "be.interior";
/// The attacker's party.
pub const MALLORY: &str = "ma.interior";
/// A party that Mallory has no keys of.
pub const THIRD: &str = "nl.politie";
/// The channel of all three.
pub const SECURITY: &str = "security";
/// A channel of the honest node and Mallory only.
pub const SIDE: &str = "migration";
/// Stands in everything the honest node writes; in clear it must never reach Mallory.
pub const CANARY: &str = "CANARI-7F3A-DES-FLANDRES";

/// 15 April 2024, 20:00 UTC.
const START_MILLIS: u64 = 1_713_211_200_000;
pub(super) const SEED: u64 = 4_000;

/// A message on its way to the honest node.
#[derive(Clone)]
pub struct Msg {
    /// Path of the peer protocol.
    pub path: String,
    /// Body.
    pub body: Vec<u8>,
}

impl Msg {
    /// A message of the protocol.
    pub fn new(path: &str, message: &impl Message) -> Self {
        Self {
            path: path.to_owned(),
            body: message.to_bytes(),
        }
    }

    /// Any bytes.
    pub fn raw(path: &str, body: Vec<u8>) -> Self {
        Self {
            path: path.to_owned(),
            body,
        }
    }
}

/// The tokio clock as wall clock, which a trick may set forward.
pub struct StageClock {
    start: tokio::time::Instant,
    ahead: AtomicU64,
}

impl StageClock {
    /// Sets the clock forward.
    pub fn forward(&self, days: u64) {
        self.ahead.fetch_add(days * 86_400_000, Ordering::Relaxed);
    }
}

impl Clock for StageClock {
    fn now(&self) -> UtcTime {
        let passed = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        UtcTime::from_millis(START_MILLIS + passed + self.ahead.load(Ordering::Relaxed))
    }
}

/// The honest node, Mallory and the third party, paired and agreed.
pub struct Stage {
    /// The honest node.
    pub node: Node,
    /// Its store.
    pub store: Arc<MemoryStore>,
    /// Its blobs.
    pub blobs: Arc<MemoryBlobs>,
    /// Its card.
    pub card: VerifiedCard,
    /// The attacker.
    pub mallory: Actor,
    /// The bystander.
    pub third: Actor,
    /// The clock of all.
    pub clock: Arc<StageClock>,
    /// Who answers when the honest node dials Mallory.
    pub puppet: Arc<Puppet>,
    /// Agreements, by channel.
    pub agreements: BTreeMap<ChannelId, Agreement>,
    numbers: u64,
}

impl Stage {
    /// Everybody paired, both agreements signed by all of their members.
    pub async fn new() -> Result<Self, Error> {
        let clock = Arc::new(StageClock {
            start: tokio::time::Instant::now(),
            ahead: AtomicU64::new(0),
        });
        let puppet = Arc::new(Puppet::new());
        let (store, blobs) = (Arc::new(MemoryStore::new()), Arc::new(MemoryBlobs::new()));
        let parts = NodeParts {
            keyring: keyring(SEED)?,
            store: store.clone(),
            blobs: blobs.clone(),
            clock: clock.clone(),
            dice: Dice::new(SeededRng::new(SEED + 1)),
            net: puppet.clone(),
        };
        let card = parts.keyring.card(facts(&HONEST.parse()?, clock.now())?)?;
        let node = Node::create(parts, card).await?;
        let mallory = Actor::new(MALLORY, SEED + 2, clock.now())?;
        let third = Actor::new(THIRD, SEED + 3, clock.now())?;
        let card = VerifiedCard::parse(node.card().armoured.as_bytes())?;
        let agreements = BTreeMap::new();
        let mut stage = Self {
            node,
            store,
            blobs,
            card,
            mallory,
            third,
            clock,
            puppet,
            agreements,
            numbers: 0,
        };
        for actor in [&stage.mallory, &stage.third] {
            let digits = Node::inspect_card(actor.card.bytes())?.fingerprint_digits();
            stage.node.pair(actor.card.bytes(), &digits).await?;
        }
        stage.agree(SECURITY, true).await?;
        stage.agree(SIDE, false).await?;
        Ok(stage)
    }

    async fn agree(&mut self, channel: &str, all: bool) -> Result<(), Error> {
        let channel: ChannelId = channel.parse()?;
        let text = self.text(&channel, all)?;
        let agreement = Agreement::parse(&text)?;
        let view = self.node.import_agreement(&text).await?;
        self.node.sign_agreement(&view.hash).await?;
        for number in 0..=usize::from(all) {
            let actor = if number == 0 {
                &self.mallory
            } else {
                &self.third
            };
            let bundles = signed_by(&agreement, &[actor], self.clock.now())?;
            let party = actor.party.clone();
            self.must(&party, &Msg::new("/x/v1/agreements", &bundles))
                .await;
        }
        self.agreements.insert(channel, agreement);
        Ok(())
    }

    /// The text that people would write: two languages, small quotas.
    fn text(&self, channel: &ChannelId, all: bool) -> Result<String, Error> {
        let mut text = self.node.agreement_template(&self.mallory.party, channel)?;
        if all {
            let root = self.third.card.content().root;
            text.push_str(&format!(
                "\n[[member]]\nparty = \"{THIRD}\"\nroot = \"{root}\"\nunits = [\"liaison\"]\n"
            ));
            let more = format!("recipients = [\"{THIRD}/liaison\", \"");
            text = text.replacen("recipients = [\"", &more, 1);
        }
        Ok(text
            .replace("\"fr\", \"nl\", \"ar\", \"en\"", "\"fr\", \"nl\"")
            .replace("records_per_day = 100000", "records_per_day = 8")
            .replace(
                "attachment_bytes = 17179869184",
                "attachment_bytes = 4000000",
            ))
    }

    /// Hands a message to the honest node.
    pub async fn send(&self, from: &PartyId, msg: &Msg) -> (u16, Vec<u8>) {
        self.node.handle(from, &msg.path, &msg.body).await
    }

    /// Hands over a message that the honest node has to take.
    pub async fn must(&self, from: &PartyId, msg: &Msg) -> Vec<u8> {
        let (status, body) = self.send(from, msg).await;
        assert_eq!(
            status,
            200,
            "preparing {}: {:?}",
            msg.path,
            String::from_utf8_lossy(&body)
        );
        body
    }

    /// Hands over what is new in Mallory's journal; the honest node has to take it.
    pub async fn hand_over(&mut self, channel: &str) -> Result<Vec<u8>, Error> {
        let channel = channel.parse()?;
        let batch = self.mallory.book(&channel)?.fresh()?;
        let party = self.mallory.party.clone();
        let body = self.must(&party, &Msg::new("/x/v1/entries", &batch)).await;
        let book = self.mallory.book(&channel)?;
        book.taken = book.size();
        Ok(body)
    }

    /// An ordinary record of Mallory's for the honest node.
    pub fn record(&mut self, channel: &str) -> Result<Record, Error> {
        self.numbers += 1;
        let now = self.clock.now();
        let channel: ChannelId = channel.parse()?;
        let agreement = self.agreements.get(&channel);
        let agreement = agreement.ok_or_else(|| Error::Input("no such channel".to_owned()))?;
        let draft = draft("Objet", &[&self.card.content().party])?;
        let [.., a, b] = self.numbers.to_be_bytes();
        Ok(Record {
            id: RecordId::from_parts(now.millis(), [a, b, 0, 0, 0, 0, 0, 0, 0, 0]),
            channel,
            agreement: agreement.hash(),
            from: self.mallory.party.clone(),
            author: draft.author,
            kind: draft.kind,
            time: now,
            purpose: draft.purpose,
            basis: draft.basis,
            class: draft.class,
            markings: draft.markings,
            evaluation: draft.evaluation,
            review: now.day().plus_days(300),
            erasure: now.day().plus_days(900),
            to: draft.to,
            references: vec![],
            urgency: None,
            reason: None,
            lang: draft.lang,
            subject: "Objet".parse()?,
            text: Some("Texte.".parse()?),
            data: None,
            attachments: vec![],
            offences: vec![],
            particulars: None,
            asking: None,
            permission: None,
        })
    }

    /// Signs a record with Mallory's key and seals it under the header that it calls for.
    pub fn seal(&mut self, record: &Record) -> Result<Vec<u8>, Error> {
        let content = self.mallory.signed(record);
        self.seal_as(&Header::of_record(record), &content)
    }

    /// Seals anything under any header to the real cards.
    pub fn seal_as(&mut self, header: &Header, content: &[u8]) -> Result<Vec<u8>, Error> {
        let cards = [
            self.card.clone(),
            self.mallory.card.clone(),
            self.third.card.clone(),
        ];
        self.mallory.sealed(header, content, &cards.each_ref())
    }

    /// Appends a record to Mallory's journal of its channel.
    pub fn write(&mut self, record: &Record) -> Result<(), Error> {
        let envelope = self.seal(record)?;
        self.mallory.write(&record.channel, envelope)
    }

    /// An ordinary record, written and handed over.
    pub async fn honest_record(&mut self, channel: &str) -> Result<Record, Error> {
        let record = self.record(channel)?;
        self.write(&record)?;
        self.hand_over(channel).await?;
        Ok(record)
    }

    /// A record of the honest node, with the canary in subject and text.
    pub async fn release(&self, to: &[&PartyId], files: Vec<String>) -> Result<RecordId, Error> {
        let mut draft = draft(CANARY, to)?;
        draft.channel = Some(SECURITY.parse()?);
        draft.text = Some(format!("Voir {CANARY}."));
        draft.attachments = files;
        Ok(self.node.release(draft, None).await?.record)
    }

    /// What Mallory can read of the honest node's journal.
    pub async fn fetch(&self, channel: &str) -> Result<Entries, Error> {
        let fetch = Fetch {
            channel: channel.parse()?,
            start: 0,
        };
        let body = self
            .must(&self.mallory.party, &Msg::new("/x/v1/fetch", &fetch))
            .await;
        Ok(Entries::from_bytes(&body)?)
    }

    /// The head of the honest node's journal at a size, from the leaves that it told.
    pub async fn head(&self, channel: &str, size: u64) -> Result<Checkpoint, Error> {
        let told = self.fetch(channel).await?;
        let leaves = told
            .entries
            .iter()
            .take(usize::try_from(size).unwrap_or(usize::MAX));
        let hashes = leaves.map(|entry| merkle::leaf_hash(entry.commitment.as_bytes()));
        let root = Frontier::from_leaves(hashes)?.root();
        let origin = journal_origin(&channel.parse()?, &self.card.content().party)?;
        Ok(Checkpoint::new(origin, size, root)?)
    }

    /// An honest first word: true about Mallory's journal, silent about the other.
    pub fn hello(&mut self, channel: &str) -> Result<Hello, Error> {
        let channel: ChannelId = channel.parse()?;
        let book = self.mallory.book(&channel)?;
        let (size, root) = (book.size(), book.root(book.size())?);
        Ok(Hello {
            protocol: PROTOCOL,
            party: self.mallory.party.clone(),
            card: 1,
            time: self.clock.now(),
            channels: vec![state(channel, (size, root), (0, Hash::EMPTY))],
        })
    }

    /// The unit of a party that takes part.
    pub fn unit(&self, unit: &str) -> Result<Recipient, Error> {
        Ok(unit.parse()?)
    }
}

/// What a channel looks like from Mallory's side.
pub fn state(channel: ChannelId, mine: (u64, Hash), yours: (u64, Hash)) -> ChannelState {
    let journal = |(size, root): (u64, Hash)| JournalState {
        size,
        root: Digest::new(*root.as_bytes()),
    };
    ChannelState {
        channel,
        agreement: None,
        mine: journal(mine),
        yours: journal(yours),
        missing_blobs: 0,
        proof: None,
    }
}

/// A text with the signatures of these parties.
pub fn signed_by(agreement: &Agreement, actors: &[&Actor], now: UtcTime) -> Result<Bundles, Error> {
    let mut signatures = Vec::new();
    for actor in actors {
        let signature = AgreementSignature::new(agreement, actor.party.clone(), now);
        signatures.push(sign_agreement(&signature, actor.keyring.root())?.into());
    }
    Ok(Bundles {
        bundles: vec![Bundle {
            text: agreement.text().to_owned(),
            signatures,
        }],
    })
}
