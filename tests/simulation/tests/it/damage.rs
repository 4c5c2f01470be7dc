//! Damaged documents: the doctor finds each, and none stops more than its own room.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests: what cannot be is a failed test"
)]

use std::collections::BTreeSet;

use passerelle_model::{Asking, Kind, Reference, Relation, Urgency};
use passerelle_service::Node;
use passerelle_service::view::{Draft, Scope};
use passerelle_simulation::{Faults, World, draft};
use passerelle_store::{Document, Put, Store as _};

use crate::settle;

/// Kinds of documents that the node below has.
const KINDS: [&str; 19] = [
    "own",
    "card",
    "partner",
    "agreement",
    "agreement-signature",
    "token",
    "staged",
    "quota",
    "recall",
    "person",
    "setup",
    "case",
    "case-of",
    "case-list",
    "cursor",
    "keep-list",
    "act-index",
    "register",
    "statistics",
];
/// Rooms of which no other needs anything.
const ROOMS: [&str; 6] = ["token", "staged", "setup", "case", "statistics", "readers"];

async fn world() -> World {
    let world = World::new(&["ma.interior", "be.interior"], 1, Faults::default());
    let world = world.await.unwrap();
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    rabat.first_setup_link().await.unwrap();
    rabat.create_token("hub", &[Scope::Read]).await.unwrap();
    let bytes = [7_u8; 1000];
    rabat
        .stage("a.bin", "application/octet-stream", &bytes[..])
        .await
        .unwrap();
    let first = send(rabat, draft("un", &[brussels.party()]).unwrap()).await;
    let mut recall = draft("rappel", &[brussels.party()]).unwrap();
    recall.kind = Kind::Recall;
    recall.references = vec![Reference {
        relation: Relation::Recalls,
        party: rabat.party().clone(),
        record: first,
    }];
    send(rabat, recall).await;
    let asked = send(rabat, request(rabat, brussels)).await;
    settle().await;
    let mut answer = draft("réponse", &[rabat.party()]).unwrap();
    answer.kind = Kind::Answer;
    answer.references = vec![Reference {
        relation: Relation::Answers,
        party: rabat.party().clone(),
        record: asked,
    }];
    send(brussels, answer).await;
    settle().await;
    count(rabat).await.unwrap();
    world
}

fn request(from: &Node, to: &Node) -> Draft {
    let mut request = draft("demande", &[to.party()]).unwrap();
    assert_ne!(from.party(), to.party());
    request.kind = Kind::Request;
    request.urgency = Some(Urgency::Normal);
    request.offences = vec!["terrorism".parse().unwrap()];
    request.asking = Some(Asking {
        held_because: "immatriculé chez vous".parse().unwrap(),
        link: Some("conducteur habituel".parse().unwrap()),
        urgency_reason: None,
        limits: None,
        file: None,
    });
    request
}

async fn send(node: &Node, draft: Draft) -> passerelle_model::RecordId {
    node.release(draft, None).await.unwrap().record
}

async fn count(node: &Node) -> Result<usize, passerelle_service::Error> {
    let month = node.this_month();
    Ok(node.statistics(month, month).await?.rows.len())
}

fn put(document: &Document, kind: &'static str, bytes: Vec<u8>) -> Put {
    Put {
        kind,
        key: document.key.clone(),
        bytes: Some(bytes),
        expected: None,
    }
}

fn cut(document: &Document) -> Vec<u8> {
    match document.bytes.split_last() {
        Some((_, rest)) => rest.to_vec(),
        None => vec![1],
    }
}

async fn found(node: &Node) -> BTreeSet<String> {
    let findings = node.doctor().await.into_iter();
    findings.filter_map(|finding| finding.code).collect()
}

#[tokio::test(start_paused = true)]
async fn the_doctor_finds_every_damaged_document() {
    let world = world().await;
    let (node, store) = (world.node(0).unwrap(), &world.members[0].store);
    assert_eq!(found(node).await, BTreeSet::new());
    for kind in KINDS {
        let documents = store.documents(kind, "").await.unwrap();
        assert!(!documents.is_empty(), "no {kind} is there to damage");
        for document in documents {
            store
                .put(vec![put(&document, kind, cut(&document))])
                .await
                .unwrap();
            let codes = found(node).await;
            assert!(
                codes.contains("E_DOCUMENT_DAMAGED"),
                "{kind}/{}",
                document.key
            );
            let whole = put(&document, kind, document.bytes.clone());
            store.put(vec![whole]).await.unwrap();
        }
    }
    assert_eq!(found(node).await, BTreeSet::new());
}

/// What is missing from a list is found as well.
#[tokio::test(start_paused = true)]
async fn the_doctor_finds_what_a_list_has_lost() {
    let world = world().await;
    let (node, store) = (world.node(0).unwrap(), &world.members[0].store);
    for kind in ["case-of", "case-list"] {
        let document = store.documents(kind, "").await.unwrap().remove(0);
        let gone = Put {
            bytes: None,
            ..put(&document, kind, Vec::new())
        };
        store.put(vec![gone]).await.unwrap();
        let codes = found(node).await;
        assert!(codes.contains("E_DOCUMENT_DAMAGED"), "{kind}");
        let whole = put(&document, kind, document.bytes.clone());
        store.put(vec![whole]).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_damaged_room_stops_nothing_else() {
    let mut world = world().await;
    let store = world.members[0].store.clone();
    for kind in ROOMS {
        for document in store.documents(kind, "").await.unwrap() {
            store
                .put(vec![put(&document, kind, cut(&document))])
                .await
                .unwrap();
        }
    }
    world.crash(0);
    world.restart(0).await.unwrap();
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    rabat.first_setup_link().await.unwrap();
    assert_eq!(rabat.tokens().await.unwrap().len(), 0);
    let later = send(rabat, request(rabat, brussels)).await;
    settle().await;
    let inbox = brussels.inbox(None, 50).await.unwrap();
    assert!(inbox.iter().any(|line| line.record == later));
    assert_eq!(count(rabat).await.unwrap_err().code(), "E_AT_REST");
    rabat.project().await.unwrap();
    assert!(found(rabat).await.contains("E_DOCUMENT_DAMAGED"));
}

/// What is written beside records does not read any more: what arrives is read all the same, and
/// what cannot be known to be open is closed.
#[tokio::test(start_paused = true)]
async fn damage_beside_records_stops_no_reading() {
    let world = world().await;
    let (rabat, store) = (world.node(0).unwrap(), &world.members[0].store);
    let brussels = world.node(1).unwrap();
    let asked = rabat.outbox(None, 1).await.unwrap().remove(0);
    rabat
        .case_named(rabat.party(), &asked.record)
        .await
        .unwrap();
    for kind in ["case", "case-of"] {
        for document in store.documents(kind, "").await.unwrap() {
            let damaged = put(&document, kind, cut(&document));
            store.put(vec![damaged]).await.unwrap();
        }
    }
    let mut more = draft("suite", &[rabat.party()]).unwrap();
    more.references = vec![Reference {
        relation: Relation::Relates,
        party: rabat.party().clone(),
        record: asked.record,
    }];
    let more = send(brussels, more).await;
    settle().await;
    rabat.project().await.unwrap();
    let case = rabat.case_named(brussels.party(), &more).await.unwrap();
    assert_eq!(case.record, more, "it stands on its own");
    // Of records that have not been read yet, the same with what was decided about them.
    let one = send(brussels, draft("autre", &[rabat.party()]).unwrap()).await;
    let kept = Put {
        kind: "kept",
        key: format!("{}/{one}", brussels.party()),
        bytes: Some(b"not sealed".to_vec()),
        expected: None,
    };
    store.put(vec![kept]).await.unwrap();
    settle().await;
    rabat.project().await.unwrap();
}
