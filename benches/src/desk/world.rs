//! A node with many records, and how it is made.
//!
//! **Real**: keys, cards, agreement; every record is signed and sealed with the functions and
//! keys of its sender and its content key wrapped by the node that holds it; leaves, tiles and
//! heads; cases, lists and words, which the node reads out of its journals itself; the acts of
//! the register; people, sessions and drafts, through their use cases. **Made in bulk**: records
//! go into the store in batches without being asked for release or judged at reception, and
//! without travelling; statements about them and co-signatures are plain rows.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use passerelle_envelope::{
    CardFacts, Keyring, LockedKeyring, Packets, Unlock, VerifiedCard, seal_record, sign_record,
};
use passerelle_journal::{Commitment, EnvelopeHash, Frontier, Hash, Salt, merkle};
use passerelle_model::{
    Act, AgreementHash, Asking, Author, By, Deed, Digest, Evaluation, Handling, InformationGrade,
    Kind, Lang, Markings, Names, Object, OfficerId, Pap, PartyId, Recipient, Record, RecordId,
    Reference, Relation, Role, SourceGrade, StructuredData, Tlp, Urgency, UtcTime,
};
use passerelle_service::{Clock as _, Node, NodeParts, Person, Settings, SignIn};
use passerelle_store::memory::{MemoryBlobs, MemoryStore};
use passerelle_store::{
    Append, Commit, Cosigned, Entry, Head, Held, Journal, StatementRow, Store, Tile,
};
use passerelle_store_sqlite::{FileBlobs, Options, SqliteStore};
use rand_core::Rng as _;

use super::text;
use crate::clock::{Stopwatch, SystemClock, dice, nap, rng};
use crate::net::PeerNet;

/// Changes with what a world holds: one that was made under another is made anew.
const VERSION: u32 = 1;
const OWN: &str = "ma.interior";
const PARTNER: &str = "be.interior";
const CHANNEL: &str = "bench";
/// Units of ours; the officer of the bench belongs to the first.
pub(crate) const UNITS: [&str; 2] = ["liaison", "counter-terrorism"];
/// Records of a small and of a large case.
pub(crate) const CASE_SIZES: [u64; 2] = [10, 200];
/// Entries of one commit.
const BATCH: usize = 2048;
/// Cases that grow at the same time.
const TOGETHER: usize = 50;
/// Time between two records, in milliseconds.
const BETWEEN_MILLIS: u64 = 30_000;
const DAY_MILLIS: u64 = 24 * 60 * 60 * 1000;
/// Acts that one call enters at a time.
const ACTS_AT_ONCE: u64 = 512;
/// How often a code of the authenticator is waited for, and for how long each time.
const CODES: usize = 3;
const CODE_TIME: Duration = Duration::from_secs(31);
const KEY: [u8; 32] = [7; 32];

/// How large a world is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    /// Records of both sides.
    pub(crate) records: u64,
    /// Cases they belong to.
    pub(crate) cases: u64,
    /// Acts in the register besides those of the building.
    pub(crate) acts: u64,
    /// Drafts of the officer's unit.
    pub(crate) drafts: u64,
}

impl Size {
    /// Records that are really written: cases are whole.
    pub(crate) fn written(self) -> u64 {
        let [small, large] = CASE_SIZES;
        self.cases * small + self.large() * (large - small)
    }

    /// Large cases among all, so that the records come out.
    fn large(self) -> u64 {
        let [small, large] = CASE_SIZES;
        self.records
            .saturating_sub(self.cases * small)
            .div_ceil(large - small)
    }
}

/// A node of some size, open.
pub(crate) struct World {
    /// The node.
    pub(crate) node: Node,
    /// Its size.
    pub(crate) size: Size,
    /// Its store, to be asked beside the node.
    pub(crate) store: Arc<dyn Store>,
    /// Where it lies.
    pub(crate) dir: PathBuf,
}

/// The people who look at pages.
pub(crate) const PEOPLE: [(&str, Role); 4] = [
    ("o-officer", Role::Officer),
    ("o-approver", Role::Approver),
    ("o-dpo", Role::DataProtection),
    ("o-admin", Role::Administrator),
];

impl World {
    /// Opens the world of this size in `dir`; makes it where it is not there.
    pub(crate) async fn open(dir: &Path, size: Size) -> anyhow::Result<Self> {
        let dir = dir.join(format!("{}-{}-v{VERSION}", size.records, size.cases));
        if !dir.join("done").exists() {
            if dir.exists() {
                std::fs::remove_dir_all(&dir)?;
            }
            std::fs::create_dir_all(&dir)?;
            let clock = Stopwatch::start();
            make(&dir, size).await?;
            eprintln!("  made {size:?} in {:.0?}", clock.elapsed());
            std::fs::write(dir.join("done"), [])?;
        }
        let parts = parts(&dir, keyring(&dir)?)?;
        let store = Arc::clone(&parts.store);
        let node = Node::open(parts).await?;
        Ok(Self {
            node,
            size,
            store,
            dir,
        })
    }

    /// The keys of its node.
    pub(crate) fn keyring(&self) -> anyhow::Result<Keyring> {
        keyring(&self.dir)
    }

    /// Signs a person in; gives the session's secret. A code of the authenticator counts once,
    /// so that a run soon after another waits for the next one.
    pub(crate) async fn sign_in(&self, officer: &str) -> anyhow::Result<String> {
        for _ in 0..CODES {
            if let Ok(secret) = self.try_sign_in(officer).await {
                return Ok(secret);
            }
            tokio::task::block_in_place(|| nap(CODE_TIME));
        }
        self.try_sign_in(officer).await
    }

    async fn try_sign_in(&self, officer: &str) -> anyhow::Result<String> {
        let accounts = self.node.demo_accounts().await?;
        let account = accounts
            .into_iter()
            .find(|account| account.person.officer.as_str() == officer)
            .context("no such account")?;
        let given = SignIn {
            name: officer.to_owned(),
            password: account.password,
            code: account.code,
            device: "bench".to_owned(),
        };
        Ok(self.node.sign_in(given).await?.secret.reveal())
    }
}

fn keyring(dir: &Path) -> anyhow::Result<Keyring> {
    let file = LockedKeyring::parse(&std::fs::read(dir.join("keyring"))?)?;
    Ok(file.open(&unlock())?)
}

fn unlock() -> Unlock {
    Unlock::KeyFile(KEY.into())
}

fn parts(dir: &Path, keyring: Keyring) -> anyhow::Result<NodeParts> {
    Ok(NodeParts {
        keyring,
        store: Arc::new(SqliteStore::open(&dir.join("store"), Options::default())?),
        blobs: Arc::new(FileBlobs::open(dir)?),
        clock: Arc::new(SystemClock),
        dice: dice(),
        net: Arc::new(PeerNet::default()),
    })
}

async fn make(dir: &Path, size: Size) -> anyhow::Result<()> {
    let ring = Keyring::generate(&[UNITS[0].parse()?, UNITS[1].parse()?], &mut rng())?;
    let file = LockedKeyring::lock(&ring, &unlock(), &mut rng())?;
    std::fs::write(dir.join("keyring"), file.bytes())?;
    let theirs = Keyring::generate(&["liaison".parse()?], &mut rng())?;
    let their_file = LockedKeyring::lock(&theirs, &unlock(), &mut rng())?;
    let card = ring.card(facts(OWN, "MA", &UNITS)?)?;
    let node = Node::create(parts(dir, ring)?, card).await?;
    let partner = partner(theirs).await?;
    let agreement = agree(&node, &partner).await?;
    let cards = [node.card(), partner.card()];
    let (own, their) = (cards[0].armoured.clone(), cards[1].armoured.clone());
    drop((node, partner));
    let mut writing = Writing {
        store: Arc::new(SqliteStore::open(&dir.join("store"), Options::default())?),
        store_ring: file.open(&unlock())?,
        sides: [
            Side::new(OWN, file.open(&unlock())?, &own)?,
            Side::new(PARTNER, their_file.open(&unlock())?, &their)?,
        ],
        agreement,
        all: size.records,
        start: SystemClock.now().millis() - size.records * BETWEEN_MILLIS - DAY_MILLIS,
    };
    let clock = Stopwatch::start();
    writing.write(size).await?;
    eprintln!(
        "  {} records signed, sealed and stored in {:.0?}",
        size.records,
        clock.elapsed()
    );
    drop(writing);
    let node = Node::open(parts(dir, file.open(&unlock())?)?).await?;
    let clock = Stopwatch::start();
    node.project().await?;
    eprintln!("  cases and words read in {:.0?}", clock.elapsed());
    people(&node).await?;
    super::drafts::begin(&node, size.drafts).await?;
    acts(&node, size.acts).await
}

fn facts(party: &str, country: &str, units: &[&str]) -> anyhow::Result<CardFacts> {
    let now = SystemClock.now();
    let names = |text: &str| -> anyhow::Result<Names> {
        Ok(Names::new(
            [(Lang::Fr, text.parse()?)].into_iter().collect(),
        )?)
    };
    let all = units.iter().copied().chain(["node"]);
    Ok(CardFacts {
        party: party.parse()?,
        number: 1,
        names: names(party)?,
        country: country.parse()?,
        units: all
            .map(|unit| Ok((unit.parse()?, names(unit)?)))
            .collect::<anyhow::Result<_>>()?,
        address: None,
        issued: now,
        expires: now.day().plus_days(700).start(),
    })
}

async fn partner(ring: Keyring) -> anyhow::Result<Node> {
    let card = ring.card(facts(PARTNER, "BE", &["liaison"])?)?;
    let parts = NodeParts {
        keyring: ring,
        store: Arc::new(MemoryStore::new()),
        blobs: Arc::new(MemoryBlobs::new()),
        clock: Arc::new(SystemClock),
        dice: dice(),
        net: Arc::new(PeerNet::default()),
    };
    Ok(Node::create(parts, card).await?)
}

async fn agree(one: &Node, two: &Node) -> anyhow::Result<AgreementHash> {
    for (reader, read) in [(one, two), (two, one)] {
        let card = read.card();
        reader
            .pair(card.armoured.as_bytes(), &card.fingerprint_digits())
            .await?;
    }
    let mut bundle = one.agreement_template(two.party(), &CHANNEL.parse()?)?;
    for node in [one, two] {
        let hash = node.import_agreement(&bundle).await?.hash;
        node.sign_agreement(&hash).await?;
        bundle = node.export_agreement(&hash).await?;
    }
    let view = one.import_agreement(&bundle).await?;
    anyhow::ensure!(view.in_force, "the agreement is not in force");
    Ok(view.hash)
}

async fn people(node: &Node) -> anyhow::Result<()> {
    node.begin_demo(Settings::default()).await?;
    let person = |(officer, role): (&str, Role)| -> anyhow::Result<Person> {
        Ok(Person {
            officer: officer.parse()?,
            name: officer.parse()?,
            function: "agent de liaison".parse()?,
            units: [UNITS[0].parse()?].into(),
            roles: [role].into(),
            lang: Lang::Fr,
            suspended: false,
        })
    };
    let people = PEOPLE.into_iter().map(person);
    node.demo_people(people.collect::<anyhow::Result<_>>()?)
        .await?;
    Ok(())
}

/// Consultations by twenty people, of whom the officer of the bench is one.
async fn acts(node: &Node, count: u64) -> anyhow::Result<()> {
    let mut left = count;
    while left > 0 {
        let mut entering = tokio::task::JoinSet::new();
        for number in 0..left.min(ACTS_AT_ONCE) {
            let officer: OfficerId = match number % 20 {
                0 => PEOPLE[0].0.parse()?,
                other => format!("o-{other}").parse()?,
            };
            let by = By::Person {
                officer,
                unit: None,
            };
            let mut bytes = [0; 10];
            rng().fill_bytes(&mut bytes);
            let object = Object::Record {
                party: OWN.parse()?,
                record: RecordId::from_parts(SystemClock.now().millis(), bytes),
            };
            let act = Act::new(Deed::Consult, SystemClock.now(), by, object);
            let node = node.clone();
            entering.spawn(async move { node.enter(act).await });
        }
        left = left.saturating_sub(ACTS_AT_ONCE);
        while let Some(entered) = entering.join_next().await {
            entered??;
        }
    }
    Ok(())
}

/// One side while records are written.
struct Side {
    party: PartyId,
    ring: Keyring,
    card: VerifiedCard,
    journal: Journal,
    frontier: Frontier,
    packets: Packets,
    rows: Vec<(Entry, StatementRow)>,
}

impl Side {
    fn new(party: &str, ring: Keyring, card: &str) -> anyhow::Result<Self> {
        let party: PartyId = party.parse()?;
        Ok(Self {
            journal: Journal::new(&CHANNEL.parse()?, &party),
            party,
            ring,
            card: VerifiedCard::parse(card.as_bytes())?,
            frontier: Frontier::new(),
            packets: Packets::new(),
            rows: Vec::new(),
        })
    }

    fn next(&self) -> u64 {
        self.frontier.size() + self.rows.len() as u64
    }

    /// Everything that waits, as one commit.
    fn commit(&mut self, other: &PartyId) -> anyhow::Result<Commit> {
        let expected_size = self.frontier.size();
        let (entries, statements): (Vec<Entry>, Vec<_>) = self.rows.drain(..).unzip();
        let leaf = |entry: &Entry| Commitment::from_bytes(*entry.commitment.as_bytes()).leaf_hash();
        let leaves: Vec<Hash> = entries.iter().map(leaf).collect();
        let completed = merkle::completed(&mut self.frontier, &leaves)?;
        let stored = completed
            .into_iter()
            .filter(|(node, _)| node.level > 0 && node.level % 8 == 0);
        let tiles = stored.map(|(node, root)| Tile {
            level: node.level / 8,
            index: node.index,
            root: Digest::new(*root.as_bytes()),
        });
        let append = Append {
            journal: self.journal.clone(),
            expected_size,
            entries,
            tiles: tiles.collect(),
            head: Head {
                size: self.frontier.size(),
                root: Digest::new(*self.frontier.root().as_bytes()),
                frontier: self.frontier.to_bytes(),
                checkpoint: Vec::new(),
            },
        };
        let cosigned = Cosigned {
            journal: self.journal.clone(),
            by: other.clone(),
            size: self.frontier.size(),
            note: b"made up".to_vec(),
            time: SystemClock.now(),
        };
        Ok(Commit {
            appends: vec![append],
            cosigned: vec![cosigned],
            statements,
            ..Commit::default()
        })
    }
}

/// A case while it grows.
#[derive(Debug, Clone, Default)]
struct Thread {
    number: u64,
    left: u64,
    asker: usize,
    open: bool,
    root: Option<RecordId>,
    last: Option<RecordId>,
}

struct Writing {
    store: Arc<dyn Store>,
    store_ring: Keyring,
    sides: [Side; 2],
    agreement: AgreementHash,
    all: u64,
    start: u64,
}

impl Writing {
    /// Cases in groups of [`TOGETHER`], each group record by record in turn.
    async fn write(&mut self, size: Size) -> anyhow::Result<()> {
        let mut draw = text::Draw(1);
        let (mut number, mut large) = (0, size.large());
        let mut waiting: Vec<Thread> = Vec::new();
        for case in 0..size.cases {
            let left = size.cases - case;
            let [few, many] = CASE_SIZES;
            // Large ones are spread evenly; the very last cases are one of each.
            let is_large = large > 0 && draw.next() % left < large;
            large -= u64::from(is_large);
            waiting.push(Thread {
                number: case,
                left: if is_large { many } else { few },
                asker: usize::try_from(case / 2 % 2).unwrap_or_default(),
                open: case % 10 < 2,
                ..Thread::default()
            });
            if waiting.len() == TOGETHER || case + 1 == size.cases {
                self.group(&mut waiting, &mut number).await?;
            }
        }
        for side in 0..2 {
            self.flush(side).await?;
        }
        Ok(())
    }

    async fn group(&mut self, threads: &mut Vec<Thread>, number: &mut u64) -> anyhow::Result<()> {
        while !threads.is_empty() {
            for thread in threads.iter_mut() {
                let side = self.add(thread, *number)?;
                *number += 1;
                if self
                    .sides
                    .get(side)
                    .is_some_and(|side| side.rows.len() >= BATCH)
                {
                    self.flush(side).await?;
                }
            }
            threads.retain(|thread| thread.left > 0);
        }
        Ok(())
    }

    async fn flush(&mut self, side: usize) -> anyhow::Result<()> {
        let [own, their] = &mut self.sides;
        let (side, other) = match side {
            0 => (own, &their.party),
            _ => (their, &own.party),
        };
        if !side.rows.is_empty() {
            let commit = side.commit(other)?;
            self.store.commit(commit).await?;
        }
        Ok(())
    }

    /// The next record of a case; gives the side that wrote it.
    fn add(&mut self, thread: &mut Thread, number: u64) -> anyhow::Result<usize> {
        let first = thread.root.is_none();
        thread.left -= 1;
        let kind = match (first, thread.left, thread.open) {
            (true, ..) => Kind::Request,
            (false, 0, false) => Kind::Acknowledgement,
            _ => Kind::Answer,
        };
        let asker_writes = first || kind == Kind::Acknowledgement;
        let at = if asker_writes {
            thread.asker
        } else {
            1 - thread.asker
        };
        let record = self.record(thread, number, kind, at)?;
        let [own, their] = &mut self.sides;
        let (side, other) = if at == 0 {
            (own, &*their)
        } else {
            (their, &*own)
        };
        let id = record.id;
        let time = record.time;
        let signed = sign_record(record, side.ring.record())?;
        let sealed = seal_record(&signed, &[&other.card], &mut side.packets, &mut rng())?;
        let salt = Salt::generate(&mut rng());
        let hash = EnvelopeHash::from_bytes(*sealed.hash.as_bytes());
        let leaf = Commitment::new(&salt, &hash);
        let wrapped = self.store_ring.store().wrap_content_key(
            &sealed.content_key,
            leaf.as_bytes(),
            &mut rng(),
        )?;
        let index = side.next();
        let statement = StatementRow {
            journal: side.journal.clone(),
            index,
            by: other.party.clone(),
            batch: 0,
            position: 0,
            said: "accepted".to_owned(),
            code: None,
            time: UtcTime::from_millis(time.millis() + 1000),
        };
        let entry = Entry {
            index,
            commitment: Digest::new(*leaf.as_bytes()),
            held: Held::Content {
                salt: Digest::new(*salt.as_bytes()),
                envelope: sealed.bytes,
                content_key: wrapped.to_vec(),
                record: Some(id),
                time,
            },
        };
        side.rows.push((entry, statement));
        thread.root.get_or_insert(id);
        thread.last = Some(id);
        Ok(at)
    }

    fn record(
        &self,
        thread: &Thread,
        number: u64,
        kind: Kind,
        at: usize,
    ) -> anyhow::Result<Record> {
        let [own, their] = &self.sides;
        let (from, to) = if at == 0 { (own, their) } else { (their, own) };
        let unit = |party: &PartyId| match party.as_str() == OWN && thread.number % 2 == 1 {
            true => UNITS[1].parse(),
            false => UNITS[0].parse(),
        };
        let time = UtcTime::from_millis(self.start + number * BETWEEN_MILLIS);
        let mut bytes = [0; 10];
        rng().fill_bytes(&mut bytes);
        let (subject, text) = text::of(number, self.all);
        let asker = self
            .sides
            .get(thread.asker)
            .context("a side")?
            .party
            .clone();
        let last_answer = thread.left == 1 && !thread.open;
        Ok(Record {
            id: RecordId::from_parts(time.millis(), bytes),
            channel: CHANNEL.parse()?,
            agreement: self.agreement,
            from: from.party.clone(),
            author: Author {
                officer: "o-1".parse()?,
                unit: unit(&from.party)?,
                function: "agent de liaison".parse()?,
            },
            kind,
            time,
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
            review: time.day().plus_days(365),
            erasure: time.day().plus_days(1826),
            to: vec![Recipient {
                party: to.party.clone(),
                unit: unit(&to.party)?,
            }],
            references: references(thread, kind, &asker, &to.party),
            urgency: (kind == Kind::Request).then_some(Urgency::Normal),
            reason: None,
            lang: if number % 3 == 2 { Lang::Ar } else { Lang::Fr },
            subject: subject.parse()?,
            text: Some(text.parse()?),
            data: (kind == Kind::Answer && !last_answer)
                .then(|| -> anyhow::Result<StructuredData> {
                    Ok(StructuredData {
                        schema: "answer/1".parse()?,
                        json: r#"{"part":"partial"}"#.to_owned(),
                    })
                })
                .transpose()?,
            permission: None,
            attachments: vec![],
            offences: vec![],
            particulars: None,
            asking: (kind == Kind::Request)
                .then(|| -> anyhow::Result<Asking> {
                    Ok(Asking {
                        held_because: "la base de mesure".parse()?,
                        link: None,
                        urgency_reason: None,
                        limits: None,
                        file: None,
                    })
                })
                .transpose()?,
        })
    }
}

fn references(thread: &Thread, kind: Kind, asker: &PartyId, to: &PartyId) -> Vec<Reference> {
    let named = |relation, party: &PartyId, record: Option<RecordId>| {
        record.map(|record| Reference {
            relation,
            party: party.clone(),
            record,
        })
    };
    let reference = match kind {
        Kind::Request => None,
        Kind::Acknowledgement => named(Relation::Acknowledges, to, thread.last),
        _ => named(Relation::Answers, asker, thread.root),
    };
    reference.into_iter().collect()
}
