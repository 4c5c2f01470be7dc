//! The honest node dials and Mallory answers: as an honest partner would, except in one thing.
//! The driver must name what is wrong, wait longer each time instead of asking without end,
//! believe nothing, and go on as soon as the answers are honest again.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use passerelle_exchange::journal_origin;
use passerelle_exchange::message::{
    BlobOffset, CardMessage, Chunk, ChunkHeld, Cosigned, Entries, Hello, JournalState, Message,
    Missing, Problem,
};
use passerelle_journal::{Checkpoint, Hash};
use passerelle_model::{Digest, PartyId, RecordId};
use passerelle_service::Node;
use passerelle_service::view::Standing;
use passerelle_simulation::draft;
use passerelle_simulation::mallory::{Answer, HONEST, SECURITY, Stage, Tamper, cosign_as};
use passerelle_store::{Journal, Store as _};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::{CARD, CHUNK_GET, CHUNK_PUT, ENTRIES, FETCH, HELLO, WANTED, no_alarm};

/// Calls that ten minutes of failing attempts and heartbeats may take.
const MAX_CALLS: u64 = 300;

/// One thing that Mallory answers wrongly.
struct Lie {
    name: &'static str,
    code: &'static str,
    tell: fn(&Scene) -> Tamper,
}

/// What a liar knows.
struct Scene {
    /// Honest answers of the time before, by path: the first of each.
    old: Old,
    witness: [u8; 32],
    party: PartyId,
    third_card: Vec<u8>,
    third_blob: Digest,
}

type Old = Arc<Mutex<Vec<(&'static str, Vec<u8>)>>>;

impl Scene {
    fn old(&self, path: &str) -> Vec<u8> {
        let old = self.old.lock().unwrap();
        old.iter()
            .find(|(held, _)| *held == path)
            .unwrap()
            .1
            .clone()
    }
}

const LIES: &[Lie] = &[
    Lie {
        name: "hello-garbage",
        code: "E_MALFORMED",
        tell: |_| raw(HELLO, 200, b"ok"),
    },
    Lie {
        name: "hello-empty",
        code: "E_MALFORMED",
        tell: |_| raw(HELLO, 200, b""),
    },
    Lie {
        name: "hello-refused-in-words",
        code: "E_PEER_REFUSED",
        tell: |_| raw(HELLO, 500, b"no"),
    },
    Lie {
        name: "entries-garbage",
        code: "E_MALFORMED",
        tell: |_| raw(ENTRIES, 200, b"thanks"),
    },
    Lie {
        name: "fetch-garbage",
        code: "E_MALFORMED",
        tell: |_| both(silent(), raw(FETCH, 200, b"soon")),
    },
    Lie {
        name: "hello-of-another-party",
        code: "E_PROTOCOL",
        tell: |_| hello(|hello| hello.party = HONEST.parse().unwrap()),
    },
    Lie {
        name: "hello-of-another-protocol",
        code: "E_PROTOCOL",
        tell: |_| hello(|hello| hello.protocol = 7),
    },
    Lie {
        name: "hello-that-claims-more",
        code: "E_CLAIM",
        tell: |_| state(|state| state.yours.size += 50),
    },
    Lie {
        name: "card-of-somebody-else",
        code: "E_SIGNATURE",
        tell: |scene| {
            let card = CardMessage {
                card: scene.third_card.clone(),
            }
            .to_bytes();
            both(hello(|hello| hello.card = 99), raw(CARD, 200, &card))
        },
    },
    Lie {
        name: "push-cosigned-another-root",
        code: "E_JOURNAL_SIGNATURE",
        tell: |scene| {
            let (seed, party) = (scene.witness, scene.party.clone());
            cosigned(move |answer| {
                let honest = HONEST.parse().unwrap();
                let origin = journal_origin(&SECURITY.parse().unwrap(), &honest).unwrap();
                let head = Checkpoint::new(origin, answer.given.size, Hash::from_bytes([4; 32]));
                answer.given = cosign_as(&party, &seed, &head.unwrap(), 1_713_211_200).unwrap();
            })
        },
    },
    Lie {
        name: "push-cosigned-more",
        code: "E_ROOT",
        tell: |_| cosigned(|answer| answer.given.size += 100),
    },
    Lie {
        name: "push-cosigned-the-past-again",
        code: "E_CLAIM",
        tell: |scene| {
            let old = Cosigned::from_bytes(&scene.old(ENTRIES)).unwrap().given;
            let size = old.size;
            both(
                cosigned(move |answer| {
                    answer.given = old.clone();
                    answer.back = None;
                }),
                state(move |state| state.yours.size = size),
            )
        },
    },
    Lie {
        name: "push-always-a-gap",
        code: "E_NO_PROGRESS",
        tell: |_| {
            let body = Problem {
                code: passerelle_model::StableCode::of("E_GAP"),
                held: Some(0),
            }
            .to_bytes();
            raw(ENTRIES, 400, &body)
        },
    },
    Lie {
        name: "push-refused-with-a-claim",
        code: "E_CLAIM",
        tell: |_| {
            let problem = Problem {
                code: passerelle_model::StableCode::of("E_GAP"),
                held: Some(1_000),
            };
            raw(ENTRIES, 400, &problem.to_bytes())
        },
    },
    Lie {
        name: "fetch-goes-nowhere",
        code: "E_NO_PROGRESS",
        tell: |scene| both(silent(), raw(FETCH, 200, &scene.old(FETCH))),
    },
    Lie {
        name: "fetch-always-empty",
        code: "E_NO_PROGRESS",
        tell: |_| {
            both(
                silent(),
                on(FETCH, |answer: &mut Entries| {
                    answer.start += answer.entries.len() as u64;
                    answer.entries.clear();
                }),
            )
        },
    },
    Lie {
        name: "another-root-for-what-we-wrote",
        code: "E_CLAIM",
        tell: |_| state(|state| state.yours.root = Digest::new([7; 32])),
    },
    Lie {
        name: "another-root-for-what-it-wrote",
        code: "E_NO_PROGRESS",
        tell: |_| state(|state| state.mine.root = Digest::new([7; 32])),
    },
    Lie {
        name: "denies-what-it-wrote",
        code: "E_NO_PROGRESS",
        tell: |_| {
            state(|state| {
                let root = Digest::new(*Hash::EMPTY.as_bytes());
                state.mine = JournalState { size: 0, root };
            })
        },
    },
    Lie {
        name: "misses-files-and-names-none",
        code: "E_NO_PROGRESS",
        tell: |_| {
            both(
                state(|state| state.missing_blobs = 3),
                on(WANTED, |a: &mut Missing| a.blobs.clear()),
            )
        },
    },
    Lie {
        name: "never-has-the-file",
        code: "E_NO_PROGRESS",
        tell: |_| {
            both(
                state(|state| state.missing_blobs = 1),
                on(CHUNK_PUT, |answer: &mut ChunkHeld| {
                    answer.next = Some(0);
                }),
            )
        },
    },
    Lie {
        name: "wants-the-third-partys-file",
        code: "E_NOT_FOUND",
        tell: |scene| {
            let blob = scene.third_blob;
            both(
                state(|state| state.missing_blobs = 1),
                on(WANTED, move |answer: &mut Missing| {
                    answer.blobs = vec![BlobOffset { blob, chunk: 0 }];
                }),
            )
        },
    },
    Lie {
        name: "chunk-altered",
        code: "E_OPEN",
        tell: |_| on(CHUNK_GET, |answer: &mut Chunk| answer.bytes[0] ^= 1),
    },
    Lie {
        name: "chunk-of-another-place",
        code: "E_NOT_FOUND",
        tell: |_| on(CHUNK_GET, |answer: &mut Chunk| answer.at.chunk = 7),
    },
];

#[tokio::test(start_paused = true)]
async fn no_answer_misleads_the_driver() {
    let only = std::env::var("PASSERELLE_TRICK").unwrap_or_default();
    let mut failed = Vec::new();
    for lie in LIES.iter().filter(|lie| lie.name.contains(&only)) {
        if let Err(panic) = tokio::spawn(run(lie)).await {
            failed.push(format!("{}: {}", lie.name, super::why(panic)));
        }
    }
    assert!(
        failed.is_empty(),
        "{} failed:\n{}",
        failed.len(),
        failed.join("\n")
    );
}

async fn run(lie: &Lie) {
    let stage = Stage::new().await.unwrap();
    let secrets = super::secrets(&stage).await;
    let twin = stage.twin().await.unwrap();
    let (_stop, stopped) = watch::channel(false);
    // Dropped with the set, also where an assertion fails.
    let mut drivers = JoinSet::new();
    drivers.spawn(stage.node.clone().replicate(stopped));
    let scene = honest_time(&stage, &twin).await;
    let (ours, theirs) = releases(&stage, &twin).await;
    let before = stage.node.inbox(None, 100).await.unwrap().len();

    stage.puppet.play(&twin, (lie.tell)(&scene));
    stage.node.sync_now(None);
    wait(600).await;
    let (calls, link) = (stage.puppet.calls(), link(&stage).await);
    assert!(calls < MAX_CALLS, "{calls} calls in ten minutes; {link:?}");
    super::tell_nothing(&stage.puppet.heard(), &secrets);
    no_alarm(&stage.node).await;
    assert_eq!(link.as_deref(), Some(lie.code));
    assert!(stage.node.inbox(None, 100).await.unwrap().len() <= before + 1);

    stage.puppet.play(&twin, Box::new(|_, _, answer| answer));
    stage.node.sync_now(None);
    wait(900).await;
    arrived(&stage, &ours, &theirs).await;
}

/// One record each way while everybody is honest; the first honest answers are kept.
async fn honest_time(stage: &Stage, twin: &Node) -> Scene {
    let old: Old = Arc::default();
    let kept = old.clone();
    stage.puppet.play(
        twin,
        Box::new(move |path, _, answer: Answer| {
            let mut old = kept.lock().unwrap();
            if !old.iter().any(|(held, _)| *held == path) && answer.0 == 200 {
                old.push((path, answer.1.clone()));
            }
            answer
        }),
    );
    let mut first = draft("avant", &[stage.node.party()]).unwrap();
    first.channel = Some(SECURITY.parse().unwrap());
    twin.release(first, None).await.unwrap();
    stage.node.sync_now(None);
    wait(120).await;
    let fetch = passerelle_exchange::message::Fetch {
        channel: SECURITY.parse().unwrap(),
        start: 0,
    };
    let batch = twin
        .handle(stage.node.party(), FETCH, &fetch.to_bytes())
        .await
        .1;
    old.lock().unwrap().retain(|(path, _)| *path != FETCH);
    old.lock().unwrap().push((FETCH, batch));
    let journal = Journal::new(&SECURITY.parse().unwrap(), stage.node.party());
    Scene {
        old,
        witness: *stage.mallory.keyring.witness().seed(),
        party: stage.mallory.party.clone(),
        third_card: stage.third.card.bytes().to_vec(),
        third_blob: stage.store.blob_needs(&journal, false).await.unwrap()[0].blob,
    }
}

/// A record with a file each way, to be exchanged with a liar.
async fn releases(stage: &Stage, twin: &Node) -> (RecordId, RecordId) {
    let token = |staged: passerelle_service::view::Staged| vec![staged.token];
    let file = stage
        .node
        .stage("a.txt", "text/plain", &b"un"[..])
        .await
        .unwrap();
    let ours = stage
        .release(&[&stage.mallory.party], token(file))
        .await
        .unwrap();
    let file = twin
        .stage("b.txt", "text/plain", &b"deux"[..])
        .await
        .unwrap();
    let mut next = draft("pendant", &[stage.node.party()]).unwrap();
    (next.channel, next.attachments) = (Some(SECURITY.parse().unwrap()), token(file));
    let theirs = twin.release(next, None).await.unwrap().record;
    (ours, theirs)
}

async fn arrived(stage: &Stage, ours: &RecordId, theirs: &RecordId) {
    let outbox = stage.node.outbox(None, 100).await.unwrap();
    let line = outbox.iter().find(|line| line.record == *ours).unwrap();
    assert_eq!(
        line.deliveries[0].standing,
        Standing::Complete,
        "after the lie"
    );
    let shown = stage
        .node
        .show(None, theirs)
        .await
        .expect("arrives after the lie");
    assert!(shown.files[0].complete);
    no_alarm(&stage.node).await;
    assert_eq!(link(stage).await, None);
}

async fn link(stage: &Stage) -> Option<String> {
    let partners = stage.node.partners().await.unwrap();
    let mallory = partners
        .into_iter()
        .find(|p| p.card.party == stage.mallory.party)
        .unwrap();
    mallory.link.last_error
}

async fn wait(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}

fn raw(path: &'static str, status: u16, body: &[u8]) -> Tamper {
    let body = body.to_vec();
    Box::new(move |asked, _, answer| {
        if asked == path {
            (status, body.clone())
        } else {
            answer
        }
    })
}

fn on<M: Message>(path: &'static str, mut change: impl FnMut(&mut M) + Send + 'static) -> Tamper {
    Box::new(move |asked, _, (status, body)| {
        if asked != path || status != 200 {
            return (status, body);
        }
        let mut message = M::from_bytes(&body).unwrap();
        change(&mut message);
        (200, message.to_bytes())
    })
}

fn both(mut first: Tamper, mut second: Tamper) -> Tamper {
    Box::new(move |path, body, answer| {
        let answer = first(path, body, answer);
        second(path, body, answer)
    })
}

fn hello(change: fn(&mut Hello)) -> Tamper {
    on(HELLO, change)
}

fn state(
    mut change: impl FnMut(&mut passerelle_exchange::message::ChannelState) + Send + 'static,
) -> Tamper {
    on(HELLO, move |hello: &mut Hello| {
        let security = hello
            .channels
            .iter_mut()
            .filter(|state| state.channel.as_str() == SECURITY);
        security.for_each(&mut change);
    })
}

fn cosigned(change: impl FnMut(&mut Cosigned) + Send + 'static) -> Tamper {
    on(ENTRIES, change)
}

/// Nothing comes back with a push: the honest node has to ask.
fn silent() -> Tamper {
    cosigned(|answer| answer.back = None)
}
