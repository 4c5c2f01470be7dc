//! The joint group of the demonstration: what both sides say in it, turn by turn. Written from
//! public facts and marked as a demonstration in every text.

mod brussels;
mod deeds;
mod more;
mod promises;
mod turns;
mod voice;
mod words;

use std::time::Duration;

use passerelle_model::{ChannelId, Day, UtcTime};
use passerelle_service::joint::{Flag, Kind, Progress};

use super::cases::GROUP_CHANNEL;
use super::nodes::Pair;
use voice::Voice;

/// Pause between two looks at whether what was said has arrived.
const LOOK: Duration = Duration::from_millis(10);
/// Looks after which the nodes are asked to exchange again.
const LOOKS_PER_NUDGE: u32 = 50;

/// Both sides, and the day on which it is told.
struct Tale<'a> {
    rabat: Voice<'a>,
    brussels: Voice<'a>,
    now: UtcTime,
    today: Day,
}

/// What stands in the group afterwards, the same on both sides.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    objects: usize,
    commitments: Vec<(Progress, Flag)>,
}

/// Tells everything and shows how each commitment stands.
pub(super) async fn show(pair: &Pair) -> anyhow::Result<()> {
    let told = tell(pair).await?;
    println!("   {} ✓", told.objects);
    for (progress, flag) in &told.commitments {
        println!("   {:<14} {flag}", progress.as_str());
    }
    Ok(())
}

/// Once: a group that holds something is left as it is.
async fn tell(pair: &Pair) -> anyhow::Result<Told> {
    let channel: ChannelId = GROUP_CHANNEL.parse()?;
    let rabat = ("rabat-secretaire", "rabat-secteur");
    let brussels = ("brussel-secretaris", "brussel-sector");
    let now = pair.rabat.node().time();
    let tale = Tale {
        rabat: Voice::of(&pair.rabat, rabat, &channel).await?,
        brussels: Voice::of(&pair.brussels, brussels, &channel).await?,
        today: now.day(),
        now,
    };
    let begun = tale.rabat.look(|room| room.ledger().count(Kind::Group));
    if begun.await? == 0 {
        tale.told().await?;
    }
    let (ours, theirs) = (tale.rabat.held().await?, tale.brussels.held().await?);
    anyhow::ensure!(ours == theirs, "the two ledgers of the group differ");
    Ok(ours)
}

impl Tale<'_> {
    async fn told(&self) -> anyhow::Result<()> {
        let proposed = self.rabat_proposes().await?;
        self.exchanged().await?;
        let answered = self.brussels_answers(&proposed).await?;
        self.exchanged().await?;
        let followed = self.rabat_follows_up(&proposed, &answered).await?;
        self.exchanged().await?;
        self.brussels_verifies(&proposed, &answered, &followed)
            .await?;
        self.exchanged().await?;
        let communique = self.rabat_closes(&proposed, &answered, &followed).await?;
        self.exchanged().await?;
        self.brussels.accept(&communique, |_| Vec::new()).await?;
        self.exchanged().await
    }

    /// Waits until each side has read what the other said.
    async fn exchanged(&self) -> anyhow::Result<()> {
        let (rabat, brussels) = (&self.rabat, &self.brussels);
        let (ours, theirs) = (rabat.read(rabat).await?, brussels.read(brussels).await?);
        let mut looks: u32 = 0;
        while brussels.read(rabat).await? < ours || rabat.read(brussels).await? < theirs {
            if looks.is_multiple_of(LOOKS_PER_NUDGE) {
                rabat.node.sync_now(None);
                brussels.node.sync_now(None);
            }
            looks = looks.wrapping_add(1);
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }
}

impl Voice<'_> {
    /// How much of a side's journal this one has read.
    async fn read(&self, of: &Voice<'_>) -> anyhow::Result<u64> {
        Ok(self.look(|room| room.ledger().read(of.party())).await?)
    }

    async fn held(&self) -> anyhow::Result<Told> {
        let told = self.look(|room| Told {
            objects: room.ledger().objects().count(),
            commitments: room
                .rows()
                .iter()
                .map(|row| (row.progress, row.flag))
                .collect(),
        });
        Ok(told.await?)
    }
}
