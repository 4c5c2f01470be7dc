//! A partner with real keys and bad intentions. Every trick is one row: its name, what Mallory
//! does, and the one code that must come of it. After each the honest node holds exactly what
//! it may hold, has told nothing in clear, and still works.
#![cfg(test)]

mod again;
mod cards;
mod cosignatures;
mod envelopes;
mod files;
mod frames;
mod history;
mod policies;
mod pull;
mod records;
mod registers;
mod returned;

mod statements;

use std::future::Future;
use std::pin::Pin;

use passerelle_envelope::{Envelope, OpenedPackets, What, open};
use passerelle_exchange::message::{Cosigned, Entries, Fetch, Hello, Message, Problem};
use passerelle_exchange::{journal_key, register_key, witness_key};
use passerelle_journal::{Misbehaviour, SignatureLine, SignedCheckpoint};
use passerelle_model::{Record, Said, Statement, UtcTime};
use passerelle_service::view::Standing;
use passerelle_service::{Clock as _, Happened, Node, NodeEvent};
use passerelle_simulation::mallory::{CANARY, Msg, SECURITY, Stage};
use passerelle_store::{Blobs as _, Held, Journal, Store as _};

const HELLO: &str = "/x/v1/hello";
const CARD: &str = "/x/v1/card";
const AGREEMENTS: &str = "/x/v1/agreements";
const ENTRIES: &str = "/x/v1/entries";
const FETCH: &str = "/x/v1/fetch";
const WANTED: &str = "/x/v1/wanted";
const CHUNK_GET: &str = "/x/v1/chunk-get";
const CHUNK_PUT: &str = "/x/v1/chunk-put";
const REGISTER: &str = "/x/v1/register";
const POLICY: &str = "/x/v1/policy";

type Soon<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// One trick.
struct Trick {
    name: &'static str,
    does: &'static str,
    expect: Expect,
    play: Play,
}

/// What must come of it.
enum Expect {
    /// Refused with this code; the store is bit for bit what it was.
    Problem(&'static str),
    /// Taken into the journal, but refused there by a statement with this code.
    Refused(&'static str),
    /// Taken into the journal and turned away with this code; not worth a statement.
    Turned(&'static str),
    /// Answered, and nothing at all changes.
    Harmless,
    /// Answered; what may change is checked by the trick itself.
    Taken,
    /// Proof of two histories: alarm with evidence, halt until a person resumes.
    Halted,
}

/// How Mallory makes its last message; what comes before it is sent on the way.
enum Play {
    /// A record with something wrong in it, in an otherwise perfect batch.
    Record(fn(&mut Record)),
    /// A message.
    Send(fn(&mut Stage) -> Msg),
    /// Several steps.
    Steps(for<'a> fn(&'a mut Stage) -> Soon<'a, Msg>),
}

fn all() -> Vec<Trick> {
    [
        frames::tricks(),
        history::tricks(),
        cosignatures::tricks(),
        records::tricks(),
        envelopes::tricks(),
        again::tricks(),
        statements::tricks(),
        cards::tricks(),
        files::tricks(),
        registers::tricks(),
        policies::tricks(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[tokio::test(start_paused = true)]
async fn no_trick_works() {
    let tricks = all();
    assert!(tricks.len() >= 45, "{} tricks", tricks.len());
    let only = std::env::var("PASSERELLE_TRICK").unwrap_or_default();
    let mut failed = Vec::new();
    for trick in tricks
        .into_iter()
        .filter(|trick| trick.name.contains(&only))
    {
        let (name, does) = (trick.name, trick.does);
        if let Err(panic) = tokio::spawn(run(trick)).await {
            failed.push(format!("{name} ({does}): {}", why(panic)));
        }
    }
    assert!(
        failed.is_empty(),
        "{} failed:\n{}",
        failed.len(),
        failed.join("\n")
    );
}

#[test]
fn every_trick_has_its_own_name() {
    let mut names: Vec<_> = all().iter().map(|trick| trick.name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

fn why(error: tokio::task::JoinError) -> String {
    let panic = error.into_panic();
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string))
        .unwrap_or_default()
}

async fn run(trick: Trick) {
    let mut stage = Stage::new().await.unwrap();
    let secrets = secrets(&stage).await;
    stage.honest_record(SECURITY).await.unwrap();
    let mut events = stage.node.events();
    let msg = match trick.play {
        Play::Send(make) => make(&mut stage),
        Play::Steps(make) => make(&mut stage).await,
        Play::Record(change) => {
            let mut record = stage.record(SECURITY).unwrap();
            change(&mut record);
            stage.write(&record).unwrap();
            batch(&mut stage)
        }
    };
    let before = Before::of(&stage).await;
    while events.try_recv().is_ok() {}
    let (status, body) = stage.send(&stage.mallory.party, &msg).await;
    tell_nothing(&body, &secrets);
    let after = Before::of(&stage).await;
    let what = outcome(status, &body);
    match trick.expect {
        Expect::Problem(code) => {
            assert_eq!(what, code);
            assert!(before == after, "something was left behind");
        }
        Expect::Harmless => {
            assert_eq!(what, "200");
            assert!(before == after, "something was left behind");
        }
        Expect::Taken => assert_eq!(what, "200"),
        Expect::Refused(code) => {
            assert_eq!(what, "200");
            assert_eq!(refusal(&stage, &msg, &body).await, code);
            let others = Entries::from_bytes(&msg.body).unwrap().entries.len() - 1;
            assert_eq!(
                before.inbox.len() + others,
                after.inbox.len(),
                "it stands in the inbox"
            );
        }
        Expect::Turned(code) => {
            assert_eq!(what, "200");
            assert_eq!(turned(&mut events), code);
            assert_eq!(before.inbox, after.inbox);
        }
        Expect::Halted => {
            assert_eq!(what, "E_EQUIVOCATION");
            assert_eq!((&before.heads, &before.inbox), (&after.heads, &after.inbox));
            halted(&stage).await;
        }
    }
    let over = ["message-after-the-card-expired", "agreement-that-ended"];
    if !over.contains(&trick.name) {
        still_works(&mut stage, &secrets).await;
    }
}

/// Everything that is durable on the honest node.
#[derive(PartialEq, Eq)]
struct Before {
    store: String,
    blobs: Vec<(passerelle_model::Digest, u64)>,
    heads: Vec<String>,
    inbox: Vec<passerelle_model::RecordId>,
}

impl Before {
    async fn of(stage: &Stage) -> Self {
        let mut heads = Vec::new();
        for journal in stage.store.journals().await.unwrap() {
            heads.push(format!(
                "{journal:?} {:?}",
                stage.store.head(&journal).await.unwrap()
            ));
        }
        let inbox = stage.node.inbox(None, 100).await.unwrap();
        Self {
            store: format!("{:?}", stage.store.snapshot()),
            blobs: stage.blobs.list().unwrap(),
            heads,
            inbox: inbox.into_iter().map(|line| line.record).collect(),
        }
    }
}

/// Bytes that no answer to Mallory may hold: the canary, and what is sealed to others only.
async fn secrets(stage: &Stage) -> Vec<Vec<u8>> {
    let file = vec![b'c'; 2_000];
    let staged = stage
        .node
        .stage("plan.txt", "text/plain", &file[..])
        .await
        .unwrap();
    stage
        .release(&[&stage.third.party], vec![staged.token])
        .await
        .unwrap();
    stage
        .release(&[&stage.mallory.party], vec![])
        .await
        .unwrap();
    let ours = Journal::new(&SECURITY.parse().unwrap(), stage.node.party());
    let entries = stage.store.entries(&ours, 0..1, usize::MAX).await.unwrap();
    let Held::Content { salt, envelope, .. } = &entries[0].held else {
        panic!("no content")
    };
    let needs = stage.store.blob_needs(&ours, false).await.unwrap();
    let blob = stage.blobs.open(needs[0].blob).unwrap().unwrap();
    let mut sealed = vec![0; 64];
    blob.read_at(0, &mut sealed).unwrap();
    let tail = envelope[envelope.len() - 64..].to_vec();
    vec![
        CANARY.as_bytes().to_vec(),
        salt.as_bytes().to_vec(),
        tail,
        sealed,
        vec![b'c'; 64],
    ]
}

fn tell_nothing(answer: &[u8], secrets: &[Vec<u8>]) {
    for secret in secrets {
        let told = answer.windows(secret.len()).any(|window| window == secret);
        assert!(
            !told,
            "the answer tells {:?}",
            String::from_utf8_lossy(secret)
        );
    }
}

fn outcome(status: u16, body: &[u8]) -> String {
    match status {
        200 => "200".to_owned(),
        _ => Problem::from_bytes(body).unwrap().code.to_string(),
    }
}

/// Mallory's fresh entries in the usual channel.
fn batch(stage: &mut Stage) -> Msg {
    let book = stage.mallory.book(&SECURITY.parse().unwrap()).unwrap();
    Msg::new(ENTRIES, &book.fresh().unwrap())
}

/// The code with which the honest node refuses the last entry, as its answer states it to
/// Mallory, who opens that statement like any partner.
async fn refusal(stage: &Stage, msg: &Msg, answer: &[u8]) -> String {
    let given = Entries::from_bytes(&msg.body).unwrap();
    let index = given.start + given.entries.len() as u64 - 1;
    let answer = Cosigned::from_bytes(answer).unwrap();
    let statements = said(stage, &answer.back.expect("statements come back at once"));
    let about = statements
        .into_iter()
        .rev()
        .find(|statement| statement.index == index);
    match about.expect("a statement about the last entry").said {
        Said::Refused { code } => code.to_string(),
        other => panic!("stated {other:?}"),
    }
}

/// Every statement that the honest node made to Mallory.
fn said(stage: &Stage, told: &Entries) -> Vec<Statement> {
    let mut found = Vec::new();
    for entry in &told.entries {
        let Some(parcel) = &entry.parcel else {
            continue;
        };
        let envelope = Envelope::parse(&parcel.envelope).unwrap();
        if envelope.header().what != What::Statements {
            continue;
        }
        let mallory = &stage.mallory;
        let mut packets = OpenedPackets::new();
        let opened = open(&envelope, &mallory.party, &mallory.keyring, &mut packets).unwrap();
        let verified = opened.verified_statements(&[&stage.card]).unwrap();
        found.extend(verified.into_parts().1);
    }
    found
}

fn turned(events: &mut tokio::sync::broadcast::Receiver<NodeEvent>) -> String {
    let mut found = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let Happened::Turned { code, .. } = event.what {
            found.push(code);
        }
    }
    found.join(" ")
}

/// The alarm proves, to anyone with the card, that Mallory signed two histories; everything
/// else of Mallory's waits until a person decides.
async fn halted(stage: &Stage) {
    let alarms = stage.node.alarms().await.unwrap();
    assert_eq!(alarms.len(), 1);
    assert_eq!(alarms[0].code, "E_EQUIVOCATION");
    let proof = Misbehaviour::parse(&alarms[0].evidence).unwrap();
    let card = stage.mallory.card.content();
    let origin = proof.first().unverified().origin().as_str();
    let key = match origin.starts_with("passerelle/register/") {
        true => register_key(card).unwrap(),
        false => journal_key(card, &SECURITY.parse().unwrap()).unwrap(),
    };
    proof.verify(&key).unwrap();
    let fetch = Fetch {
        channel: SECURITY.parse().unwrap(),
        start: 0,
    };
    let (status, body) = stage
        .send(&stage.mallory.party, &Msg::new(FETCH, &fetch))
        .await;
    assert_eq!(outcome(status, &body), "E_PARTNER_HALTED");
    stage
        .node
        .resume(&stage.mallory.party, &alarms[0].id)
        .await
        .unwrap();
}

/// An honest record goes through in both directions, and the node finds nothing wrong with
/// itself.
async fn still_works(stage: &mut Stage, secrets: &[Vec<u8>]) {
    // A new day, so that quotas do not stand in the way.
    stage.clock.forward(1);
    settle_book(stage, secrets).await;
    let record = stage.record(SECURITY).unwrap();
    stage.write(&record).unwrap();
    let body = stage.hand_over(SECURITY).await.unwrap();
    tell_nothing(&body, secrets);
    check_cosignature(stage, &body);
    let lines = stage.node.inbox(None, 100).await.unwrap();
    let line = lines
        .iter()
        .find(|line| line.record == record.id)
        .expect("the honest record");
    assert_eq!(line.deliveries[0].standing, Standing::Complete);
    sends_still(stage, secrets).await;
    for finding in stage.node.doctor().await {
        let about_us = !["partner", "alarms", "clock"].contains(&finding.area.as_str());
        assert!(finding.good || !about_us, "{finding:?}");
    }
}

/// Mallory goes back to the history that the honest node holds, which is a true one.
async fn settle_book(stage: &mut Stage, secrets: &[Vec<u8>]) {
    let hello = stage.hello(SECURITY).unwrap();
    let body = stage
        .must(&stage.mallory.party, &Msg::new(HELLO, &hello))
        .await;
    tell_nothing(&body, secrets);
    let answer = Hello::from_bytes(&body).unwrap();
    let held = answer.channels[0].yours;
    let book = stage.mallory.book(&SECURITY.parse().unwrap()).unwrap();
    book.entries.truncate(usize::try_from(held.size).unwrap());
    book.taken = held.size;
    assert_eq!(
        book.root(held.size).unwrap().as_bytes(),
        held.root.as_bytes()
    );
}

fn check_cosignature(stage: &mut Stage, body: &[u8]) {
    let given = Cosigned::from_bytes(body).unwrap().given;
    let book = stage.mallory.book(&SECURITY.parse().unwrap()).unwrap();
    let note = book
        .note(given.size, book.root(given.size).unwrap())
        .unwrap();
    assert_eq!(given.size, book.size());
    let key = journal_key(stage.mallory.card.content(), &SECURITY.parse().unwrap()).unwrap();
    let head = SignedCheckpoint::open(&note, &key).unwrap();
    let line = SignatureLine::parse(given.line.trim_end()).unwrap();
    witness_key(stage.card.content())
        .unwrap()
        .verify(&head, &line)
        .unwrap();
}

/// A record of the honest node reaches Mallory, whose co-signature counts.
async fn sends_still(stage: &mut Stage, secrets: &[Vec<u8>]) {
    let id = stage
        .release(&[&stage.mallory.party], vec![])
        .await
        .unwrap();
    let told = stage.fetch(SECURITY).await.unwrap();
    tell_nothing(&told.to_bytes(), secrets);
    let size = told.entries.len() as u64;
    let head = stage.head(SECURITY, size).await.unwrap();
    let time = stage.mallory.card.content().issued.seconds();
    let mut empty = stage
        .mallory
        .book(&SECURITY.parse().unwrap())
        .unwrap()
        .fresh()
        .unwrap();
    empty.cosignature = Some(stage.mallory.cosign(&head, time).unwrap());
    stage
        .must(&stage.mallory.party, &Msg::new(ENTRIES, &empty))
        .await;
    let lines = stage.node.outbox(None, 100).await.unwrap();
    let line = lines.iter().find(|line| line.record == id).unwrap();
    assert!(
        line.deliveries[0].standing >= Standing::Held,
        "{:?}",
        line.deliveries
    );
}

/// Evidence that a node must never make of an honest partner.
async fn no_alarm(node: &Node) {
    assert_eq!(node.alarms().await.unwrap(), []);
}

fn now(stage: &Stage) -> UtcTime {
    stage.clock.now()
}
