//! The simulation as tests.

mod absence;
mod attachments;
mod authority;
mod confided;
mod damage;
mod desk;
mod duties;
mod faults;
mod group;
mod group_erased;
mod group_ledger;
mod group_vectors;
mod group_walk;
mod keeping;
mod malicious;
mod permissions;
mod policy;
mod races;
mod receipts;
mod recovery;
mod register;
mod statistics;

use passerelle_service::Node;
use passerelle_service::view::Standing;
use passerelle_simulation::{Faults, World, draft};

pub(crate) async fn settle() {
    tokio::time::sleep(std::time::Duration::from_secs(600)).await;
}

#[tokio::test(start_paused = true)]
async fn a_record_arrives_and_its_receipt_verifies() {
    let world = World::new(&["ma.interior", "be.interior"], 1, Faults::default())
        .await
        .unwrap();
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    let line = rabat
        .release(draft("un", &[brussels.party()]).unwrap(), None)
        .await
        .unwrap();
    settle().await;
    let inbox = brussels.inbox(None, 10).await.unwrap();
    assert_eq!(inbox.len(), 1);
    assert_eq!(inbox[0].record, line.record);
    let outbox = rabat.outbox(None, 10).await.unwrap();
    assert_eq!(outbox[0].deliveries[0].standing, Standing::Complete);
    let receipt = rabat.receipt(&line.record, None).await.unwrap();
    let (a, b) = (rabat.card().armoured, brussels.card().armoured);
    let proven = Node::verify_receipt(&receipt, a.as_bytes(), b.as_bytes()).unwrap();
    assert_eq!(proven.record, line.record);
    for finding in rabat
        .doctor()
        .await
        .into_iter()
        .chain(brussels.doctor().await)
    {
        assert!(finding.good, "{finding:?}");
    }
}
