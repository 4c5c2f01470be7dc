//! Two nodes that pinned each other and signed an agreement.

use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU16, Ordering};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::process::Node;

/// First port that is tried; below those that systems give to callers.
const FIRST_PORT: u16 = 20_000;
/// Ports that are tried.
const PORTS: u16 = 10_000;

/// One of the two nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// `ma.interior`.
    A,
    /// `be.interior`.
    B,
}

impl Side {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::A, Self::B];

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    /// The party.
    pub fn party(self) -> &'static str {
        match self {
            Self::A => "ma.interior",
            Self::B => "be.interior",
        }
    }
}

/// How two nodes are to be made.
#[derive(Debug)]
pub struct Plan {
    program: PathBuf,
    home: TempDir,
    data: [PathBuf; 2],
    ports: [u16; 2],
    address: [String; 2],
}

impl Plan {
    /// Two folders in a new temporary one, both nodes reachable.
    pub fn new(program: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        let data = Side::BOTH.map(|side| home.path().join(side.party()));
        let ports = [free_port(), free_port()];
        let address = ports.map(|port| format!("127.0.0.1:{port}"));
        Self {
            program: program.into(),
            home,
            data,
            ports,
            address,
        }
    }

    /// Where a node keeps its data instead.
    pub fn data(mut self, side: Side, data: PathBuf) -> Self {
        self.data[side as usize] = data;
        self
    }

    /// Where the card says a node is, instead of where it is.
    pub fn address(mut self, side: Side, port: u16) -> Self {
        self.address[side as usize] = format!("127.0.0.1:{port}");
        self
    }

    /// The port on which a node really listens.
    pub fn port(&self, side: Side) -> u16 {
        self.ports[side as usize]
    }

    /// Nodes that are not made yet.
    pub fn bare(self) -> World {
        let Self {
            program,
            home,
            data,
            ports,
            address,
        } = self;
        let [first, second] = data;
        let node = |side: Side, data| {
            Node::new(
                &program,
                home.path(),
                data,
                side.party(),
                ports[side as usize],
            )
        };
        World {
            nodes: [node(Side::A, first), node(Side::B, second)],
            address,
            released: BTreeMap::new(),
            recalled: BTreeSet::new(),
            home,
            lines: false,
        }
    }

    /// Two nodes with one agreement in force; neither runs.
    pub fn make(self) -> World {
        let world = self.bare();
        for side in Side::BOTH {
            world.init(side).ok();
            world.write_card(side);
        }
        for side in Side::BOTH {
            world.pair(side).ok();
        }
        world.agree("ma-be");
        world
    }
}

/// Two nodes, and what they owe.
#[derive(Debug)]
pub struct World {
    nodes: [Node; 2],
    address: [String; 2],
    /// Records that a node said it released, by idempotency key.
    pub released: BTreeMap<(Side, String), String>,
    /// Records that a node took back.
    pub recalled: BTreeSet<String>,
    home: TempDir,
    lines: bool,
}

impl World {
    /// Two nodes with one agreement in force, both running.
    pub fn up(program: &str) -> Self {
        let mut world = Plan::new(program).make();
        world.start();
        world
    }

    /// One node.
    pub fn node(&self, side: Side) -> &Node {
        &self.nodes[side as usize]
    }

    /// One node, to start or end it.
    pub fn node_mut(&mut self, side: Side) -> &mut Node {
        &mut self.nodes[side as usize]
    }

    /// Starts whoever does not run.
    #[track_caller]
    pub fn start(&mut self) {
        for node in &mut self.nodes {
            if node.has_died() {
                node.kill();
                node.start();
            }
        }
    }

    /// Whether the card of a node leads nowhere, so that its partner never reaches it.
    pub fn is_lost(&self, side: Side) -> bool {
        let own = format!("127.0.0.1:{}", self.node(side).exchange);
        self.address[side as usize] != own && !self.lines
    }

    /// The addresses on the cards lead through lines of the test.
    pub fn with_lines(mut self) -> Self {
        self.lines = true;
        self
    }

    /// A file in the home of both.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Makes one node.
    pub fn init(&self, side: Side) -> crate::Ran {
        self.init_with(side, &[])
    }

    /// Makes one node, with variables.
    pub fn init_with(&self, side: Side, env: &[(&str, &str)]) -> crate::Ran {
        let address = &self.address[side as usize];
        let key = self.key(side);
        let key = key.to_str().unwrap();
        let args = [
            "init",
            "--party",
            side.party(),
            "--name",
            "fr=Ministère",
            "--unit",
            "liaison",
            "--address",
            address,
            "--key-file",
            key,
        ];
        self.node(side).run_with(env, args)
    }

    /// The key file of a node.
    pub fn key(&self, side: Side) -> PathBuf {
        self.path(&format!("{}.key", side.party()))
    }

    /// The card file of a node.
    pub fn card(&self, side: Side) -> PathBuf {
        self.path(&format!("{}.card", side.party()))
    }

    /// Writes the card file of a node.
    pub fn write_card(&self, side: Side) {
        let _ = std::fs::remove_file(self.card(side));
        let card = self.card(side);
        self.node(side)
            .run(["card", "--out", card.to_str().unwrap()])
            .ok();
    }

    /// One node pins the other.
    pub fn pair(&self, side: Side) -> crate::Ran {
        self.pair_with(side, &[])
    }

    /// One node pins the other, with variables.
    pub fn pair_with(&self, side: Side, env: &[(&str, &str)]) -> crate::Ran {
        let spoken = self.node(side.other()).say("card --words digits").ok();
        let card = self.card(side.other());
        let card = card.to_str().unwrap();
        self.node(side)
            .run_with(env, ["pair", card, "--fingerprint", spoken.trim()])
    }

    /// Both sign a new agreement, carried by file.
    pub fn agree(&self, id: &str) {
        let (a, b) = (self.node(Side::A), self.node(Side::B));
        self.draft_agreement(id);
        a.say(&format!("--yes agreement sign {id}.toml")).ok();
        let hash = hash_of(&self.path(&format!("{id}.toml")));
        a.say(&format!("agreement export {hash} --out {id}.one"))
            .ok();
        b.say(&format!("--yes agreement sign {id}.one")).ok();
        b.say(&format!("agreement export {hash} --out {id}.two"))
            .ok();
        a.say(&format!("agreement import {id}.two")).ok();
    }

    /// Writes the text of a new agreement; gives its hash.
    pub fn draft_agreement(&self, id: &str) -> String {
        let path = self.path(&format!("{id}.toml"));
        let new = format!("agreement new --partner be.interior --id {id} --out {id}.toml");
        self.node(Side::A).say(&new).ok();
        hash_of(&path)
    }

    /// Releases until the node says that it did; restarts nobody. Gives the record.
    #[track_caller]
    pub fn release(&mut self, side: Side, key: &str, draft: &Value) -> String {
        let answer = self.node(side).release(draft, key).expect("the node runs");
        self.note(side, key, &answer)
    }

    /// Notes a record that a node said it released.
    #[track_caller]
    pub fn note(&mut self, side: Side, key: &str, answer: &crate::Answer) -> String {
        let record = answer.json()["record"].as_str().unwrap().to_owned();
        let before = self.released.insert((side, key.to_owned()), record.clone());
        assert!(
            before.is_none_or(|before| before == record),
            "{key} led to two records"
        );
        record
    }
}

/// A notice from `side` to its partner.
pub fn draft(side: Side, subject: &str, attachments: &[String]) -> Value {
    json!({
        "kind": "notice", "channel": "ma-be",
        "author": { "officer": "o-17", "unit": "liaison", "function": "officier de liaison" },
        "purpose": "terrorism", "basis": "convention-2014", "class": "case-data",
        "markings": { "tlp": "amber", "pap": "green", "handling": "h1" },
        "evaluation": "B2",
        "to": [{ "party": side.other().party(), "unit": "liaison" }],
        "lang": "fr", "subject": subject, "text": "Texte de l'avis.",
        "attachments": attachments,
    })
}

/// Takes back a record of `side`.
pub fn recall(side: Side, record: &str) -> Value {
    let mut draft = draft(side, "Retrait", &[]);
    draft["kind"] = "recall".into();
    draft["references"] =
        json!([{ "relation": "recalls", "party": side.party(), "record": record }]);
    draft
}

/// A port nobody listens on, given once in this process.
pub fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = u16::try_from(std::process::id().wrapping_mul(97) % u32::from(PORTS)).unwrap_or(0);
    loop {
        let step = NEXT.fetch_add(1, Ordering::Relaxed);
        let port = FIRST_PORT + (start + step) % PORTS;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

fn hash_of(path: &Path) -> String {
    use sha2::{Digest as _, Sha256};
    let digest = Sha256::digest(std::fs::read(path).unwrap());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
