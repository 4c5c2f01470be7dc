//! Co-signatures on what is not there.

use passerelle_exchange::message::Cosignature;
use passerelle_journal::{Checkpoint, Hash};
use passerelle_simulation::mallory::{Msg, SECURITY, Stage, cosign_as};

use super::Expect::{Harmless, Problem};
use super::Play::Steps;
use super::history::book;
use super::{ENTRIES, Expect, Soon, Trick};

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
            "cosigned-another-root",
            "co-signs what we never wrote",
            Problem("E_JOURNAL_SIGNATURE"),
            |stage| {
                Box::pin(async {
                    let head = stage.head(SECURITY, 2).await.unwrap();
                    let other =
                        Checkpoint::new(head.origin().clone(), 2, Hash::from_bytes([4; 32]));
                    let given = stage.mallory.cosign(&other.unwrap(), now(stage)).unwrap();
                    carrying(stage, given)
                })
            },
        ),
        row(
            "cosigned-by-another-key",
            "has the third party co-sign",
            Problem("E_JOURNAL_UNSIGNED"),
            |stage| {
                Box::pin(async {
                    let head = stage.head(SECURITY, 2).await.unwrap();
                    let given = stage.third.cosign(&head, now(stage)).unwrap();
                    carrying(stage, given)
                })
            },
        ),
        row(
            "cosigned-with-the-journal-key",
            "uses a key of another role",
            Problem("E_JOURNAL_UNSIGNED"),
            |stage| {
                Box::pin(async {
                    let head = stage.head(SECURITY, 2).await.unwrap();
                    let seed = *stage.mallory.keyring.journal().seed();
                    let given = cosign_as(&stage.mallory.party, &seed, &head, now(stage)).unwrap();
                    carrying(stage, given)
                })
            },
        ),
        row(
            "cosigned-garbage",
            "sends no signature line",
            Problem("E_JOURNAL_FORMAT"),
            |stage| {
                Box::pin(async {
                    carrying(
                        stage,
                        Cosignature {
                            size: 2,
                            line: "yes".to_owned(),
                        },
                    )
                })
            },
        ),
        row(
            "cosigned-more-than-we-wrote",
            "co-signs 50 entries of 4",
            Problem("E_CLAIM"),
            |stage| {
                Box::pin(async {
                    let head = stage.head(SECURITY, 2).await.unwrap();
                    let more = Checkpoint::new(head.origin().clone(), 50, *head.root()).unwrap();
                    let given = stage.mallory.cosign(&more, now(stage)).unwrap();
                    carrying(stage, given)
                })
            },
        ),
        row(
            "cosigned-the-end-of-numbers",
            "co-signs 2^64 - 1 entries",
            Problem("E_CLAIM"),
            |stage| {
                Box::pin(async {
                    carrying(
                        stage,
                        Cosignature {
                            size: u64::MAX,
                            line: "x".to_owned(),
                        },
                    )
                })
            },
        ),
        row(
            "cosigned-nothing",
            "co-signs the empty journal",
            Harmless,
            |stage| {
                Box::pin(async {
                    let head = stage.head(SECURITY, 0).await.unwrap();
                    let given = stage.mallory.cosign(&head, now(stage)).unwrap();
                    carrying(stage, given)
                })
            },
        ),
        row(
            "cosigned-at-the-end-of-time",
            "dates a co-signature after the sun",
            Problem("E_TOO_LARGE"),
            |stage| {
                Box::pin(async {
                    let head = stage.head(SECURITY, 2).await.unwrap();
                    let given = stage.mallory.cosign(&head, i64::MAX as u64).unwrap();
                    carrying(stage, given)
                })
            },
        ),
        row(
            "cosigned-less-than-before",
            "takes a co-signature back",
            Harmless,
            |stage| {
                Box::pin(async {
                    let both = [
                        stage.head(SECURITY, 2).await.unwrap(),
                        stage.head(SECURITY, 1).await.unwrap(),
                    ];
                    let given = both.map(|head| stage.mallory.cosign(&head, now(stage)).unwrap());
                    let [new, old] = given.map(|given| carrying(stage, given));
                    stage.must(&stage.mallory.party, &new).await;
                    old
                })
            },
        ),
    ]
}

fn now(stage: &Stage) -> u64 {
    stage.mallory.card.content().issued.seconds()
}

/// No new entries, only a co-signature.
fn carrying(stage: &mut Stage, given: Cosignature) -> Msg {
    let mut batch = book(stage).fresh().unwrap();
    batch.cosignature = Some(given);
    Msg::new(ENTRIES, &batch)
}
