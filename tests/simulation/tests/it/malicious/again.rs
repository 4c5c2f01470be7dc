//! Records that come again, too often, too late, or under a text that does not hold.

use passerelle_exchange::message::Bundles;
use passerelle_model::{Agreement, Kind, Lang, Record, RecordId, Reference, Relation};
use passerelle_simulation::mallory::{Msg, SECURITY, SIDE, Stage, signed_by};

use super::Expect::Refused;
use super::records::about;
use super::{AGREEMENTS, Play, Soon, Trick, batch, now};

pub(super) fn tricks() -> Vec<Trick> {
    let row = |name, does, code, play: for<'a> fn(&'a mut Stage) -> Soon<'a, Msg>| Trick {
        name,
        does,
        expect: Refused(code),
        play: Play::Steps(play),
    };
    vec![
        row(
            "same-record-twice-in-a-batch",
            "doubles a record",
            "E_DUPLICATE",
            |stage| {
                Box::pin(async {
                    let record = stage.record(SECURITY).unwrap();
                    stage.write(&record).unwrap();
                    stage
                        .write(&Record {
                            text: None,
                            ..record
                        })
                        .unwrap();
                    batch(stage)
                })
            },
        ),
        row(
            "same-record-later",
            "sends a record again",
            "E_DUPLICATE",
            |stage| {
                Box::pin(async {
                    let record = stage.honest_record(SECURITY).await.unwrap();
                    stage.write(&record).unwrap();
                    batch(stage)
                })
            },
        ),
        row(
            "same-record-in-another-channel",
            "sends a record twice",
            "E_DUPLICATE",
            |stage| {
                Box::pin(async {
                    let record = stage.honest_record(SIDE).await.unwrap();
                    let again = Record {
                        id: record.id,
                        ..stage.record(SECURITY).unwrap()
                    };
                    stage.write(&again).unwrap();
                    batch(stage)
                })
            },
        ),
        row(
            "recalled-record-again",
            "revives what it took back",
            "E_DUPLICATE",
            |stage| {
                Box::pin(async {
                    let record = stage.honest_record(SECURITY).await.unwrap();
                    recall(stage, SECURITY, record.id).await;
                    let lines = stage.node.inbox(None, 50).await.unwrap();
                    assert!(
                        lines
                            .iter()
                            .any(|line| line.record == record.id && line.erased)
                    );
                    stage.write(&record).unwrap();
                    batch(stage)
                })
            },
        ),
        row(
            "recall-across-channels",
            "takes back under another agreement",
            "E_REFERENCE",
            |stage| {
                Box::pin(async {
                    let record = stage.honest_record(SIDE).await.unwrap();
                    let mut recall = stage.record(SECURITY).unwrap();
                    let party = recall.from.clone();
                    let reference = Reference {
                        relation: Relation::Recalls,
                        party,
                        record: record.id,
                    };
                    about(&mut recall, Kind::Recall, reference);
                    stage.write(&recall).unwrap();
                    batch(stage)
                })
            },
        ),
        row(
            "recall-of-a-refused-record",
            "takes back what was not taken",
            "E_REFERENCE",
            |stage| {
                Box::pin(async {
                    let refused = Record {
                        lang: Lang::En,
                        ..stage.record(SECURITY).unwrap()
                    };
                    stage.write(&refused).unwrap();
                    stage.hand_over(SECURITY).await.unwrap();
                    let mut recall = stage.record(SECURITY).unwrap();
                    let party = recall.from.clone();
                    let reference = Reference {
                        relation: Relation::Recalls,
                        party,
                        record: refused.id,
                    };
                    about(&mut recall, Kind::Recall, reference);
                    stage.write(&recall).unwrap();
                    batch(stage)
                })
            },
        ),
        row(
            "quota-used-up",
            "sends more in a day than was agreed",
            "E_QUOTA",
            |stage| {
                Box::pin(async {
                    // The scene began with one record; eight a day are agreed.
                    for _ in 0..7 {
                        stage.honest_record(SECURITY).await.unwrap();
                    }
                    let record = stage.record(SECURITY).unwrap();
                    stage.write(&record).unwrap();
                    batch(stage)
                })
            },
        ),
        row(
            "agreement-only-it-signed",
            "writes its own law",
            "E_AGREEMENT_UNSIGNED",
            |stage| {
                Box::pin(async {
                    let next = revision(stage, |text| {
                        text.replace("\"fr\", \"nl\"", "\"fr\", \"en\"")
                    });
                    let bundles = signed_by(&next, &[&stage.mallory], now(stage)).unwrap();
                    give(stage, &bundles).await;
                    let record = stage.record(SECURITY).unwrap();
                    stage
                        .write(&Record {
                            agreement: next.hash(),
                            ..record
                        })
                        .unwrap();
                    batch(stage)
                })
            },
        ),
        row(
            "agreement-that-was-replaced",
            "stays under the old, laxer text",
            "E_AGREEMENT_OTHER",
            |stage| {
                Box::pin(async {
                    let next = revision(stage, |text| text.replace("\"fr\", \"nl\"", "\"fr\""));
                    stage.node.import_agreement(next.text()).await.unwrap();
                    stage.node.sign_agreement(&next.hash()).await.unwrap();
                    let both = [&stage.mallory, &stage.third];
                    let bundles = signed_by(&next, &both, now(stage)).unwrap();
                    give(stage, &bundles).await;
                    stage.clock.forward(3);
                    let record = stage.record(SECURITY).unwrap();
                    stage.agreements.insert(SECURITY.parse().unwrap(), next);
                    stage
                        .write(&Record {
                            lang: Lang::Nl,
                            ..record
                        })
                        .unwrap();
                    batch(stage)
                })
            },
        ),
        row(
            "agreement-that-ended",
            "goes on after the end",
            "E_AGREEMENT_NOT_IN_FORCE",
            |stage| {
                Box::pin(async {
                    let next = shortened(stage).await;
                    stage.clock.forward(60);
                    let record = stage.record(SECURITY).unwrap();
                    stage
                        .write(&Record {
                            agreement: next.hash(),
                            ..record
                        })
                        .unwrap();
                    batch(stage)
                })
            },
        ),
    ]
}

async fn recall(stage: &mut Stage, channel: &str, record: RecordId) {
    let mut recall = stage.record(channel).unwrap();
    let party = recall.from.clone();
    about(
        &mut recall,
        Kind::Recall,
        Reference {
            relation: Relation::Recalls,
            party,
            record,
        },
    );
    stage.write(&recall).unwrap();
    stage.hand_over(channel).await.unwrap();
}

/// The next revision of the channel's text.
fn revision(stage: &Stage, change: fn(&str) -> String) -> Agreement {
    let held = &stage.agreements[&SECURITY.parse().unwrap()];
    let next = format!("revision = 2\nreplaces = \"{}\"", held.hash());
    Agreement::parse(&change(&held.text().replace("revision = 1", &next))).unwrap()
}

async fn give(stage: &Stage, bundles: &Bundles) {
    stage
        .must(&stage.mallory.party, &Msg::new(AGREEMENTS, bundles))
        .await;
}

/// When a text ends that replaced another, the other does not come back.
#[tokio::test(start_paused = true)]
async fn a_text_that_was_replaced_does_not_come_back() {
    let mut stage = Stage::new().await.unwrap();
    let next = shortened(&mut stage).await;
    stage.clock.forward(60);
    let view = stage.node.agreement(&next.hash()).await.unwrap();
    assert!(!view.in_force);
    let refused = stage.release(&[&stage.mallory.party], vec![]).await;
    assert_eq!(refused.unwrap_err().code(), "E_AGREEMENT_NOT_IN_FORCE");
}

/// Everybody signs a revision that ends on the first of May.
async fn shortened(stage: &mut Stage) -> Agreement {
    let next = revision(stage, |text| {
        let at = text.find("in_force_until = \"").unwrap() + 18;
        format!("{}2024-05-01{}", &text[..at], &text[at + 10..])
    });
    stage.node.import_agreement(next.text()).await.unwrap();
    stage.node.sign_agreement(&next.hash()).await.unwrap();
    let both = [&stage.mallory, &stage.third];
    give(stage, &signed_by(&next, &both, now(stage)).unwrap()).await;
    next
}
