//! From the call to the verified receipt: two complete nodes over loopback.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use passerelle_model::RecordId;
use passerelle_service::view::Draft;
use passerelle_service::{Happened, Node};
use tokio::sync::{broadcast, watch};
use tokio::task::JoinSet;

use crate::clock::Stopwatch;
use crate::stats::Sample;
use crate::world::Pair;

/// Of how many records the whole receipt is made and verified offline after the measurement.
const SAMPLED: usize = 64;
/// A receipt that takes longer than this is not coming.
const PATIENCE: Duration = Duration::from_secs(20);

/// One exchanged record.
struct Done {
    record: RecordId,
    took: Duration,
}

/// Two nodes that exchange; kept for many measurements.
pub(crate) struct Exchange {
    pair: Pair,
    receipted: watch::Receiver<u64>,
}

impl Exchange {
    /// Makes both nodes in `dir` and exchanges a first record.
    pub(crate) async fn start(dir: &Path) -> anyhow::Result<Self> {
        let mut pair = Pair::new(dir).await?;
        let (told, receipted) = watch::channel(0);
        tokio::spawn(watch_receipts(pair.sender.node.events(), told));
        pair.replicate();
        let exchange = Self { pair, receipted };
        exchange.run(1, Duration::from_millis(200)).await?;
        Ok(exchange)
    }

    /// Keeps `in_flight` records under way for `time`. Every one of them must be receipted,
    /// and of some the whole receipt must verify with nothing but the two cards.
    pub(crate) async fn run(&self, in_flight: usize, time: Duration) -> anyhow::Result<Sample> {
        let whole = Stopwatch::start();
        let mut callers = JoinSet::new();
        for _ in 0..in_flight {
            let (node, receipted) = (self.pair.sender.node.clone(), self.receipted.clone());
            callers.spawn(call(node, receipted, self.pair.draft()?, whole, time));
        }
        let mut done = Vec::new();
        while let Some(caller) = callers.join_next().await {
            done.extend(caller??);
        }
        let elapsed = whole.elapsed();
        self.verify(&done).await?;
        Ok(Sample::of(
            done.iter().map(|one| one.took).collect(),
            elapsed,
        ))
    }

    async fn verify(&self, done: &[Done]) -> anyhow::Result<()> {
        let (sender, holder) = (&self.pair.sender.node, &self.pair.holder.node);
        let (ours, theirs) = (sender.card().armoured, holder.card().armoured);
        for one in done.iter().step_by(done.len().div_ceil(SAMPLED).max(1)) {
            let receipt = sender.receipt(&one.record, None).await?;
            Node::verify_receipt(&receipt, ours.as_bytes(), theirs.as_bytes())?;
        }
        Ok(())
    }

    /// Ends both nodes.
    pub(crate) async fn stop(self) {
        self.pair.stop().await;
    }
}

/// Releases records one after the other, each when the one before is receipted.
async fn call(
    node: Node,
    mut receipted: watch::Receiver<u64>,
    draft: Draft,
    whole: Stopwatch,
    time: Duration,
) -> anyhow::Result<Vec<Done>> {
    let mut done = Vec::new();
    while whole.elapsed() < time {
        let one = Stopwatch::start();
        let line = node.release(draft.clone(), None).await?;
        let covered = receipted.wait_for(|size| *size > line.index);
        tokio::time::timeout(PATIENCE, covered)
            .await
            .context("no receipt came")??;
        done.push(Done {
            record: line.record,
            took: one.elapsed(),
        });
    }
    Ok(done)
}

/// Passes on how far the partner's co-signatures reach; each was verified before it is told.
async fn watch_receipts(
    mut events: broadcast::Receiver<passerelle_service::NodeEvent>,
    told: watch::Sender<u64>,
) {
    loop {
        match events.recv().await.map(|event| event.what) {
            Ok(Happened::Receipted { up_to }) => {
                told.send_if_modified(|held| std::mem::replace(held, up_to.max(*held)) < up_to);
            }
            Err(broadcast::error::RecvError::Closed) => return,
            _ => {}
        }
    }
}

/// Records released by `in_flight` callers on one journal, nothing replicated: rules,
/// signature, seal and one durable append each.
pub(crate) async fn released(
    pair: &Pair,
    in_flight: usize,
    time: Duration,
) -> anyhow::Result<Sample> {
    let node = Arc::new(pair.sender.node.clone());
    let whole = Stopwatch::start();
    let mut callers = JoinSet::new();
    for _ in 0..in_flight {
        let (node, draft) = (Arc::clone(&node), pair.draft()?);
        callers.spawn(async move {
            let mut took = Vec::new();
            while whole.elapsed() < time {
                let one = Stopwatch::start();
                node.release(draft.clone(), None).await?;
                took.push(one.elapsed());
            }
            anyhow::Ok(took)
        });
    }
    let mut took = Vec::new();
    while let Some(caller) = callers.join_next().await {
        took.extend(caller??);
    }
    Ok(Sample::of(took, whole.elapsed()))
}
