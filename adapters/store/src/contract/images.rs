//! Images: a copy of one moment, taken while others write.

use super::sample::{append, content, grow, journal, ours, put, together};
use super::{Breach, Outcome, same};
use crate::{Commit, Erasure, Pending, Store, StoreImage};

/// What was committed before is in it, what comes later is not, and the store goes on.
pub async fn an_image_is_the_store_at_one_moment(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    store
        .commit(grow(&ours, 0, vec![content(0, 0), content(1, 1)]))
        .await?;
    store.put(vec![put("before", b"1")]).await?;
    let erasure = Erasure {
        journal: ours.clone(),
        index: 0,
        at: super::sample::at(9),
    };
    store.erase(vec![erasure]).await?;
    let held = store.entries(&ours, 0..9, 9999).await?;
    let image = store.image().await?;
    store.commit(grow(&ours, 2, vec![content(2, 2)])).await?;
    store.put(vec![put("after", b"2")]).await?;
    same("the image has bytes", image.bytes()?.is_empty(), false)?;
    let copy = image.store()?;
    same("entries", copy.entries(&ours, 0..9, 9999).await?, held)?;
    let kind = put("", b"").kind;
    same("documents", copy.documents(kind, "").await?.len(), 1)?;
    let sound = copy.check().await?.findings;
    same("findings", sound, Vec::new())?;
    let size = store.head(&ours).await?.map(|head| head.size);
    same("the store goes on", size, Some(3))
}

/// Steps that append to two journals are in an image whole or not at all, and it says
/// everything that was answered before it was asked for.
pub async fn an_image_taken_among_commits_splits_none(store: &dyn Store) -> Outcome {
    let (ours, other) = (ours()?, journal("channel-2", "be.interior")?);
    for round in 0..8 {
        let both = Commit {
            appends: vec![
                append(&ours, round, vec![content(round, round)]),
                append(&other, round, vec![content(round, round)]),
            ],
            ..Commit::default()
        };
        let step: Pending<'_, Option<Box<dyn StoreImage>>> =
            Box::pin(async move { store.commit(both).await.map(|_| None) });
        let copy: Pending<'_, Option<Box<dyn StoreImage>>> =
            Box::pin(async { store.image().await.map(Some) });
        for result in together(vec![step, copy]).await {
            let Some(image) = result? else { continue };
            let copy = image.store()?;
            let size = |head: Option<crate::Head>| head.map_or(0, |head| head.size);
            let found = size(copy.head(&ours).await?);
            same("both", size(copy.head(&other).await?), found)?;
            if found != round && found != round + 1 {
                return Err(Breach(format!("{found} entries in round {round}")));
            }
        }
    }
    Ok(())
}

/// One after another, and several at once.
pub async fn images_give_back_what_they_took(store: &dyn Store) -> Outcome {
    store.put(vec![put("a", b"1")]).await?;
    for _ in 0..3 {
        let (one, two) = (store.image().await?, store.image().await?);
        same("length", one.bytes()?.len(), two.bytes()?.len())?;
    }
    Ok(())
}
