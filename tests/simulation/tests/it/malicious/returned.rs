//! A partner that gives back forged, cut or foreign pieces of our own journal, or none: nothing
//! of it is taken, the node stays halted and says what to do.

use passerelle_exchange::message::{Hello, JournalState, Message as _, PROTOCOL, Problem};
use passerelle_exchange::recovery::{Recover, Regained, Returned};
use passerelle_model::{Digest, PartyId};
use passerelle_service::{Node, RecoveryState};
use passerelle_simulation::{Faults, World, draft};

use crate::settle;

const HELLO: &str = "/x/v1/hello";
const RECOVER: &str = "/x/v1/recover";
const RETURN: &str = "/x/v1/return";

/// The first node was set back by three records; nobody reaches anybody by itself.
async fn set_back() -> (World, PartyId, PartyId) {
    let mut world = World::new(&["ma.interior", "be.interior"], 11, Faults::default())
        .await
        .unwrap();
    let [own, partner] = [0, 1].map(|number| world.members[number].party.clone());
    release(&world, &partner, "before").await;
    settle().await;
    world.remember();
    for number in 0..3 {
        release(&world, &partner, &format!("lost {number}")).await;
    }
    settle().await;
    world.crash_forgetting(0);
    world.network.cut(&own, &partner);
    world.network.cut(&partner, &own);
    world.restart(0).await.unwrap();
    (world, own, partner)
}

async fn release(world: &World, to: &PartyId, subject: &str) {
    let draft = draft(subject, &[to]).unwrap();
    world.node(0).unwrap().release(draft, None).await.unwrap();
}

async fn asked(node: &Node, from: &PartyId, path: &str, body: Vec<u8>) -> Vec<u8> {
    let (status, answer) = node.handle(from, path, &body).await;
    assert_eq!(status, 200, "{path}");
    answer
}

/// What the partner says of where it stands.
async fn partners_hello(world: &World, own: &PartyId) -> Hello {
    let hello = Hello {
        protocol: PROTOCOL,
        party: own.clone(),
        card: 1,
        time: passerelle_model::UtcTime::from_millis(1_713_300_000_000),
        channels: vec![passerelle_exchange::message::ChannelState {
            channel: "security".parse().unwrap(),
            agreement: None,
            mine: nothing(),
            yours: nothing(),
            missing_blobs: 0,
            proof: None,
        }],
    };
    let partner = world.node(1).unwrap();
    Hello::from_bytes(&asked(partner, own, HELLO, hello.to_bytes()).await).unwrap()
}

fn nothing() -> JournalState {
    let root = *passerelle_journal::Frontier::new().root().as_bytes();
    JournalState {
        size: 0,
        root: Digest::new(root),
    }
}

async fn honest_piece(world: &World, own: &PartyId, start: u64) -> Returned {
    let ask = Recover {
        channel: "security".parse().unwrap(),
        start,
    };
    let partner = world.node(1).unwrap();
    Returned::from_bytes(&asked(partner, own, RECOVER, ask.to_bytes()).await).unwrap()
}

type Spoil = fn(&mut Returned);

const FORGED: &[(&str, Spoil, &str)] = &[
    (
        "another leaf",
        |piece| piece.entries[0].commitment = Digest::new([9; 32]),
        "E_COMMITMENT",
    ),
    (
        "a leaf without its content, altered",
        |piece| {
            piece.entries[0].parcel = None;
            piece.entries[0].commitment = Digest::new([9; 32]);
        },
        "E_RECOVERY_NOT_OURS",
    ),
    (
        "two entries the other way round",
        |piece| piece.entries.swap(0, 1),
        "E_RECOVERY_NOT_OURS",
    ),
    (
        "one entry left out",
        |piece| drop(piece.entries.remove(1)),
        "E_RECOVERY_NOT_OURS",
    ),
    (
        "nothing at all",
        |piece| piece.entries.clear(),
        "E_RECOVERY_WITHHELD",
    ),
    (
        "keys that open nothing",
        |piece| piece.keys[1200] ^= 1,
        "E_OPEN",
    ),
    (
        "a proof that leads elsewhere",
        |piece| piece.proof.push(Digest::new([1; 32])),
        "E_RECOVERY_NOT_OURS",
    ),
];

#[tokio::test(start_paused = true)]
async fn what_is_forged_cut_or_withheld_is_not_taken() {
    let (world, own, partner) = set_back().await;
    let node = world.node(0).unwrap();
    let hello = partners_hello(&world, &own).await;
    let size = hello.channels[0].yours.size;
    asked(node, &partner, HELLO, hello.to_bytes()).await;
    let view = node.recoveries();
    assert_eq!(view[0].state, RecoveryState::Behind);
    let good = honest_piece(&world, &own, view[0].from).await;
    for (does, spoil, code) in FORGED {
        let mut piece = good.clone();
        spoil(&mut piece);
        let (status, body) = node.handle(&partner, RETURN, &piece.to_bytes()).await;
        let problem = Problem::from_bytes(&body).unwrap();
        assert_eq!((status, problem.code.as_str()), (400, *code), "{does}");
        let alarms = node.alarms().await.unwrap();
        assert_eq!(alarms.len(), 1, "{does}");
        assert_eq!(alarms[0].code, "E_BEHIND");
        assert!(alarms[0].evidence.contains(code), "{}", alarms[0].evidence);
        node.resume(&partner, &alarms[0].id).await.unwrap();
        let refused = node
            .release(draft("early", &[&partner]).unwrap(), None)
            .await;
        assert_eq!(refused.unwrap_err().code(), "E_BEHIND", "{does}");
        assert_eq!(node.recoveries()[0].regained, 0, "{does}");
    }
    let answer = asked(node, &partner, RETURN, good.to_bytes()).await;
    assert_eq!(Regained::from_bytes(&answer).unwrap().size, size);
    assert_eq!(node.recoveries()[0].state, RecoveryState::Settled);
    assert_eq!(node.recoveries()[0].bare, 0);
    let outbox = node.outbox(None, 10).await.unwrap();
    assert_eq!(outbox.len(), 4);
}

/// A claim to hold more, without our signature, changes nothing.
#[tokio::test(start_paused = true)]
async fn a_claim_alone_halts_nobody() {
    let (world, own, partner) = set_back().await;
    let node = world.node(0).unwrap();
    let mut hello = partners_hello(&world, &own).await;
    hello.channels[0].yours.size += 1;
    let (_, body) = node.handle(&partner, HELLO, &hello.to_bytes()).await;
    assert_eq!(Problem::from_bytes(&body).unwrap().code.as_str(), "E_CLAIM");
    assert!(node.recoveries().is_empty());
    // Nor does a piece that nobody waits for.
    let piece = honest_piece(&world, &own, 0).await;
    asked(node, &partner, RETURN, piece.to_bytes()).await;
    assert!(node.recoveries().is_empty());
}
