//! Heads of registers that were never grown honestly.

use passerelle_exchange::register::{RegisterAnswer, RegisterHead, RegisterTurn};
use passerelle_exchange::register_origin;
use passerelle_journal::{Checkpoint, KeyName, LogSigner, MemoryTree, merkle};
use passerelle_model::{Digest, UtcTime};
use passerelle_service::Clock as _;
use passerelle_simulation::mallory::{Msg, Stage};

use super::Expect::{Halted, Harmless, Problem, Taken};
use super::Play::Steps;
use super::{Expect, REGISTER, Soon, Trick};

pub(super) fn tricks() -> Vec<Trick> {
    let row =
        |name, does, expect: Expect, play: for<'a> fn(&'a mut Stage) -> Soon<'a, Msg>| Trick {
            name,
            does,
            expect,
            play: Steps(play),
        };
    vec![
        row(
            "register-grows",
            "does what an honest partner does",
            Taken,
            |s| Box::pin(async { shown(s, tree("a", 9), 4).await }),
        ),
        row(
            "register-forked",
            "shows another history of the same size",
            Halted,
            |s| Box::pin(async { shown(s, tree("b", 4), 4).await }),
        ),
        row(
            "register-rewritten",
            "shows a larger register with another beginning",
            Halted,
            |s| Box::pin(async { shown(s, tree("b", 9), 4).await }),
        ),
        row(
            "register-shrunk-long-ago",
            "hands over once more what was under way before",
            Harmless,
            |s| {
                Box::pin(async {
                    prepared(s).await;
                    turn(head(s, &tree("a", 3), 2, UtcTime::from_millis(1)))
                })
            },
        ),
        row(
            "register-proof-from-elsewhere",
            "proves from another size",
            Harmless,
            |s| Box::pin(async { shown(s, tree("a", 9), 3).await }),
        ),
        row(
            "register-proof-altered",
            "alters one hash of the proof",
            Problem("E_WITNESS_INCONSISTENT"),
            |s| {
                Box::pin(async {
                    prepared(s).await;
                    let mut head = head(s, &tree("a", 9), 4, s.clock.now());
                    head.proof[1] = Digest::new([7; 32]);
                    turn(head)
                })
            },
        ),
        row(
            "register-proof-oversized",
            "sends a thousand hashes",
            Problem("E_TOO_LARGE"),
            |s| {
                Box::pin(async {
                    let mut head = head(s, &tree("a", 4), 0, s.clock.now());
                    head.proof = vec![Digest::new([7; 32]); 1000];
                    turn(head)
                })
            },
        ),
        row(
            "register-of-a-journal",
            "signs the origin of a channel",
            Problem("E_JOURNAL_ORIGIN"),
            |s| {
                Box::pin(async {
                    let origin = format!("passerelle/journal/security/{}", s.mallory.party);
                    let seed = *s.mallory.keyring.journal().seed();
                    turn(signed(&tree("a", 4), 0, s.clock.now(), (&origin, &seed)))
                })
            },
        ),
        row(
            "register-of-another-party",
            "shows the third party's register as its own",
            Problem("E_JOURNAL_ORIGIN"),
            |s| {
                Box::pin(async {
                    let origin = register_origin(&s.third.party).unwrap().to_string();
                    let seed = *s.third.keyring.journal().seed();
                    turn(signed(&tree("a", 4), 0, s.clock.now(), (&origin, &seed)))
                })
            },
        ),
        row(
            "register-signed-by-another-key",
            "signs with its record key",
            Problem("E_JOURNAL_UNSIGNED"),
            |s| {
                Box::pin(async {
                    let origin = register_origin(&s.mallory.party).unwrap().to_string();
                    let seed = s.mallory.record_seed;
                    turn(signed(&tree("a", 4), 0, s.clock.now(), (&origin, &seed)))
                })
            },
        ),
        row(
            "register-cosigned-beyond-its-end",
            "co-signs more acts than there are",
            Problem("E_CLAIM"),
            |_| {
                Box::pin(async {
                    let given = passerelle_exchange::message::Cosignature {
                        size: 1 << 30,
                        line: "— x y\n".to_owned(),
                    };
                    said(RegisterAnswer::Cosigned(given))
                })
            },
        ),
        row(
            "register-cosigned-with-garbage",
            "sends no signature line",
            Problem("E_JOURNAL_FORMAT"),
            |_| {
                Box::pin(async {
                    let given = passerelle_exchange::message::Cosignature {
                        size: 1,
                        line: "yes".to_owned(),
                    };
                    said(RegisterAnswer::Cosigned(given))
                })
            },
        ),
        row(
            "register-claimed-to-be-longer",
            "claims to hold more of our register, without our signature",
            Problem("E_CLAIM"),
            |s| {
                Box::pin(async {
                    let head = head(s, &tree("a", 4), 0, s.clock.now());
                    said(RegisterAnswer::Held {
                        checkpoint: Some(head.checkpoint),
                    })
                })
            },
        ),
    ]
}

/// A register that is set back in earnest is an alarm with both heads; an answer that was long
/// under way is none.
#[tokio::test(start_paused = true)]
async fn a_register_that_was_set_back_is_an_alarm() {
    let mut stage = Stage::new().await.unwrap();
    prepared(&mut stage).await;
    let late = turn(head(&stage, &tree("a", 3), 2, UtcTime::from_millis(1)));
    stage.must(&stage.mallory.party, &late).await;
    assert!(stage.node.alarms().await.unwrap().is_empty());
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let back = turn(head(&stage, &tree("a", 3), 3, stage.clock.now()));
    stage.must(&stage.mallory.party, &back).await;
    let alarms = stage.node.alarms().await.unwrap();
    assert_eq!(alarms.len(), 1);
    assert_eq!(alarms[0].code, "E_REGISTER_BEHIND");
    // Each head names its register twice: as origin, and as the key that signed.
    let named = alarms[0].evidence.matches("passerelle/register/").count();
    assert_eq!(named, 4);
    let (status, _) = stage.send(&stage.mallory.party, &back).await;
    assert_eq!(status, 409, "exchange is stopped");
}

/// The honest node co-signed four acts of history "a"; then `tree` is shown.
async fn shown(stage: &mut Stage, tree: MemoryTree, old: u64) -> Msg {
    prepared(stage).await;
    turn(head(stage, &tree, old, stage.clock.now()))
}

async fn prepared(stage: &mut Stage) {
    let first = turn(head(stage, &tree("a", 4), 0, stage.clock.now()));
    stage.must(&stage.mallory.party, &first).await;
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
}

fn tree(of: &str, size: u64) -> MemoryTree {
    let mut tree = MemoryTree::new();
    let leaves: Vec<_> = (0..size)
        .map(|index| merkle::leaf_hash(format!("{of} {index}").as_bytes()))
        .collect();
    tree.append(&leaves).unwrap();
    tree
}

fn head(stage: &Stage, tree: &MemoryTree, old: u64, time: UtcTime) -> RegisterHead {
    let origin = register_origin(&stage.mallory.party).unwrap().to_string();
    let seed = *stage.mallory.keyring.journal().seed();
    signed(tree, old, time, (&origin, &seed))
}

fn signed(
    tree: &MemoryTree,
    old: u64,
    time: UtcTime,
    (origin, seed): (&str, &[u8; 32]),
) -> RegisterHead {
    let signer = LogSigner::from_seed(KeyName::parse(origin).unwrap(), seed);
    let head = Checkpoint::new(signer.key().name().clone(), tree.size(), tree.root()).unwrap();
    let proof = match old == 0 || old >= tree.size() {
        true => vec![],
        false => merkle::prefix_proof(tree, old, tree.size()).unwrap(),
    };
    RegisterHead {
        time,
        old,
        proof: proof
            .iter()
            .map(|hash| Digest::new(*hash.as_bytes()))
            .collect(),
        checkpoint: head.sign(&signer).unwrap().to_string(),
    }
}

fn turn(head: RegisterHead) -> Msg {
    let (head, answer) = (Some(head), None);
    Msg::new(REGISTER, &RegisterTurn { head, answer })
}

fn said(answer: RegisterAnswer) -> Msg {
    let (head, answer) = (None, Some(answer));
    Msg::new(REGISTER, &RegisterTurn { head, answer })
}
