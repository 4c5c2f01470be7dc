//! Journals that do not continue.

use passerelle_exchange::message::{Entries, WireEntry};
use passerelle_journal::Hash;
use passerelle_model::Digest;
use passerelle_simulation::mallory::{Msg, SECURITY, SIDE, Stage};

use super::Expect::{Halted, Harmless, Problem};
use super::Play::{Send, Steps};
use super::{ENTRIES, Soon, Trick};

pub(super) fn tricks() -> Vec<Trick> {
    let row = |name, does, code, make: fn(&mut Stage) -> Msg| Trick {
        name,
        does,
        expect: Problem(code),
        play: Send(make),
    };
    let proven = |name, does, make: fn(&mut Stage) -> Msg| Trick {
        name,
        does,
        expect: Halted,
        play: Send(make),
    };
    vec![
        row("gap", "leaves out entries", "E_GAP", |stage| {
            with(stage, |batch, _| batch.start += 3)
        }),
        row(
            "gap-at-the-end-of-numbers",
            "starts at 2^64 - 1",
            "E_GAP",
            |stage| with(stage, |batch, _| batch.start = u64::MAX),
        ),
        row(
            "no-such-channel",
            "writes under an agreement nobody signed",
            "E_NOT_FOUND",
            |stage| {
                with(stage, |batch, _| {
                    batch.channel = "unheard-of".parse().unwrap()
                })
            },
        ),
        row(
            "too-many-entries",
            "sends 1025 entries",
            "E_TOO_LARGE",
            |stage| with(stage, |batch, _| batch.entries = vec![leaf(1); 1025]),
        ),
        row(
            "checkpoint-of-another-channel",
            "moves a head",
            "E_JOURNAL_ORIGIN",
            |stage| {
                let side = stage.mallory.book(&SIDE.parse().unwrap()).unwrap();
                let note = side.note(2, Hash::from_bytes([1; 32])).unwrap();
                let mut batch = one_more(stage);
                batch.checkpoint = note;
                Msg::new(ENTRIES, &batch)
            },
        ),
        row(
            "checkpoint-of-another-party",
            "signs for the third party",
            "E_JOURNAL_ORIGIN",
            |stage| {
                with(stage, |batch, stage| {
                    let book = stage.third.book(&SECURITY.parse().unwrap()).unwrap();
                    batch.checkpoint = book.note(2, Hash::from_bytes([1; 32])).unwrap();
                })
            },
        ),
        row(
            "checkpoint-unsigned",
            "leaves the signature out",
            "E_JOURNAL_FORMAT",
            |stage| {
                with(stage, |batch, _| {
                    let end = batch.checkpoint.find("\n\n").unwrap();
                    batch.checkpoint.truncate(end + 2);
                })
            },
        ),
        row(
            "checkpoint-by-another-key",
            "has the third party sign",
            "E_JOURNAL_UNSIGNED",
            |stage| {
                with(stage, |batch, stage| {
                    let mut book = stage
                        .third
                        .book(&SECURITY.parse().unwrap())
                        .unwrap()
                        .clone();
                    book.origin = stage
                        .mallory
                        .book(&SECURITY.parse().unwrap())
                        .unwrap()
                        .origin
                        .clone();
                    batch.checkpoint = book.note(2, Hash::from_bytes([1; 32])).unwrap();
                })
            },
        ),
        row(
            "checkpoint-resigned",
            "keeps the signature, changes the size",
            "E_JOURNAL_SIGNATURE",
            |stage| {
                with(stage, |batch, _| {
                    batch.checkpoint = batch.checkpoint.replacen("\n2\n", "\n3\n", 1)
                })
            },
        ),
        row(
            "checkpoint-with-extensions",
            "hides a line in the head",
            "E_JOURNAL_FORMAT",
            |stage| {
                with(stage, |batch, _| {
                    batch.checkpoint = batch.checkpoint.replacen("\n\n", "\nmore\n\n", 1)
                })
            },
        ),
        row(
            "checkpoint-too-long",
            "signs a novel",
            "E_TOO_LARGE",
            |stage| {
                with(stage, |batch, _| {
                    batch.checkpoint.push_str(&"x".repeat(20_000))
                })
            },
        ),
        row(
            "checkpoint-of-wrong-size",
            "signs more than it hands over",
            "E_ROOT",
            |stage| {
                with(stage, |batch, stage| {
                    resign(batch, stage, 3, Hash::from_bytes([1; 32]))
                })
            },
        ),
        row(
            "checkpoint-of-wrong-root",
            "signs another tree",
            "E_ROOT",
            |stage| {
                with(stage, |batch, stage| {
                    resign(batch, stage, 2, Hash::from_bytes([1; 32]))
                })
            },
        ),
        row(
            "checkpoint-of-huge-size",
            "signs 2^64 - 1 leaves",
            "E_JOURNAL_RANGE",
            |stage| {
                with(stage, |batch, _| {
                    let huge = format!("\n{}\n", u64::MAX);
                    batch.checkpoint = batch.checkpoint.replacen("\n2\n", &huge, 1);
                })
            },
        ),
        row(
            "commitment-of-another-envelope",
            "swaps the content of a leaf",
            "E_COMMITMENT",
            |stage| {
                with(stage, |batch, _| {
                    let parcel = batch.entries[0].parcel.as_mut().unwrap();
                    parcel.envelope[100] ^= 1;
                })
            },
        ),
        row(
            "salt-of-another-envelope",
            "swaps the salt of a leaf",
            "E_COMMITMENT",
            |stage| {
                with(stage, |batch, _| {
                    batch.entries[0].parcel.as_mut().unwrap().salt = Digest::new([3; 32]);
                })
            },
        ),
        row(
            "overlap-with-another-leaf",
            "retells the past under the true head",
            "E_ROOT",
            |stage| {
                one_more(stage);
                let mut batch = book(stage).batch(0).unwrap();
                batch.entries[0] = leaf(9);
                Msg::new(ENTRIES, &batch)
            },
        ),
        row(
            "rewritten-without-leaves",
            "signs a new past, shows none of it",
            "E_ROOT",
            |stage| {
                let mut forked = book(stage).clone();
                forked.entries[0] = leaf(9);
                forked.entries.push(leaf(10));
                Msg::new(ENTRIES, &forked.batch(1).unwrap())
            },
        ),
        row(
            "stale-head",
            "shows an honest head that is long past",
            "E_GAP",
            |stage| {
                let mut old = book(stage).clone();
                old.entries.truncate(0);
                Msg::new(ENTRIES, &old.batch(0).unwrap())
            },
        ),
        proven("two-heads-of-one-size", "tells two histories", |stage| {
            let mut forked = book(stage).clone();
            forked.entries[0] = leaf(9);
            Msg::new(ENTRIES, &forked.batch(0).unwrap())
        }),
        proven(
            "two-heads-without-entries",
            "signs two roots for one size",
            |stage| {
                let mut batch = book(stage).fresh().unwrap();
                resign(&mut batch, stage, 1, Hash::from_bytes([1; 32]));
                Msg::new(ENTRIES, &batch)
            },
        ),
        proven(
            "rewritten-history",
            "tells a longer story with another beginning",
            |stage| {
                let mut forked = book(stage).clone();
                forked.entries[0] = leaf(9);
                forked.entries.push(leaf(10));
                Msg::new(ENTRIES, &forked.batch(0).unwrap())
            },
        ),
        Trick {
            name: "smaller-head-with-another-root",
            does: "says that the past was different",
            expect: Halted,
            play: Steps(smaller_head),
        },
        Trick {
            name: "smaller-head-without-entries",
            does: "signs another root for a past size",
            expect: Halted,
            play: Steps(|stage| {
                Box::pin(async {
                    stage.honest_record(SECURITY).await.unwrap();
                    let mut batch = book(stage).batch(1).unwrap();
                    batch.entries.clear();
                    resign(&mut batch, stage, 1, Hash::from_bytes([1; 32]));
                    Msg::new(ENTRIES, &batch)
                })
            }),
        },
        Trick {
            name: "two-histories-of-a-long-journal",
            does: "forks behind more leaves than one read returns",
            expect: Halted,
            play: Steps(long_fork),
        },
        Trick {
            name: "replayed-batch",
            does: "sends a batch again and again",
            expect: Harmless,
            play: Steps(replayed),
        },
    ]
}

pub(super) fn book(stage: &mut Stage) -> &mut passerelle_simulation::mallory::Book {
    stage.mallory.book(&SECURITY.parse().unwrap()).unwrap()
}

fn leaf(number: u8) -> WireEntry {
    WireEntry {
        commitment: Digest::new([number; 32]),
        parcel: None,
    }
}

/// A perfect batch of one more record.
fn one_more(stage: &mut Stage) -> Entries {
    let record = stage.record(SECURITY).unwrap();
    stage.write(&record).unwrap();
    book(stage).fresh().unwrap()
}

fn with(stage: &mut Stage, change: fn(&mut Entries, &mut Stage)) -> Msg {
    let mut batch = one_more(stage);
    change(&mut batch, stage);
    Msg::new(ENTRIES, &batch)
}

fn resign(batch: &mut Entries, stage: &mut Stage, size: u64, root: Hash) {
    batch.checkpoint = book(stage).note(size, root).unwrap();
}

fn smaller_head(stage: &mut Stage) -> Soon<'_, Msg> {
    Box::pin(async {
        stage.honest_record(SECURITY).await.unwrap();
        let mut forked = book(stage).clone();
        forked.entries.truncate(1);
        forked.entries[0] = leaf(9);
        Msg::new(ENTRIES, &forked.batch(0).unwrap())
    })
}

fn long_fork(stage: &mut Stage) -> Soon<'_, Msg> {
    Box::pin(async {
        for _ in 0..65 {
            let fresh = book(stage).entries.len()..book(stage).entries.len() + 1024;
            let leaves = fresh.map(|index| {
                let mut bytes = [0; 32];
                bytes[..8].copy_from_slice(&index.to_be_bytes());
                WireEntry {
                    commitment: Digest::new(bytes),
                    parcel: None,
                }
            });
            let leaves: Vec<_> = leaves.collect();
            book(stage).entries.extend(leaves);
            stage.hand_over(SECURITY).await.unwrap();
        }
        let mut forked = book(stage).clone();
        forked.entries.truncate(66_000);
        forked.entries[65_990] = leaf(9);
        Msg::new(ENTRIES, &forked.batch(65_980).unwrap())
    })
}

fn replayed(stage: &mut Stage) -> Soon<'_, Msg> {
    Box::pin(async {
        let record = stage.record(SECURITY).unwrap();
        stage.write(&record).unwrap();
        let msg = super::batch(stage);
        let first = stage.hand_over(SECURITY).await.unwrap();
        for _ in 0..3 {
            assert!(
                stage.must(&stage.mallory.party, &msg).await == first,
                "another answer"
            );
        }
        msg
    })
}
