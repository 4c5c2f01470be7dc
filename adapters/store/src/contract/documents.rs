//! Documents, idempotency keys and blob needs.

use super::sample::{content, digest, grow, journal, leaf, need, ours, put, record};
use super::{Breach, Outcome, conflict, same, too_large};
use crate::limits::MAX_KEY_BYTES;
use crate::{BlobNeed, Commit, IdempotencyKey, MAX_DOCUMENT_BYTES, Put, Store};

/// The first write is version 1, each later one is one more.
pub async fn documents_count_their_versions(store: &dyn Store) -> Outcome {
    for version in 1..=3 {
        store.put(vec![put("a", &[7; 3])]).await?;
        let found = store.documents("card", "a").await?;
        same("one document", found.len(), 1)?;
        let versions = found.iter().map(|document| document.version).collect();
        same("version", versions, vec![version])?;
    }
    same("another kind", store.documents("alarm", "").await?, vec![])
}

/// A prefix finds its keys in order, and takes no character as a pattern.
pub async fn documents_are_found_by_prefix(store: &dyn Store) -> Outcome {
    let names = ["b%x", "a", "ab", "b", "bz", "é", "b_"];
    store
        .put(names.map(|key| put(key, key.as_bytes())).to_vec())
        .await?;
    same(
        "b",
        keys(store, "b").await?,
        owned(["b", "b%x", "b_", "bz"]),
    )?;
    same("b%", keys(store, "b%").await?, owned(["b%x"]))?;
    same("é", keys(store, "é").await?, owned(["é"]))?;
    same("all", keys(store, "").await?.len(), names.len())?;
    same("none", keys(store, "c").await?, vec![])
}

/// A write that expects another version is refused.
pub async fn another_expected_version_is_refused(store: &dyn Store) -> Outcome {
    let expecting = |version| Put {
        expected: Some(version),
        ..put("a", b"x")
    };
    conflict("must exist", store.put(vec![expecting(1)]).await)?;
    store.put(vec![expecting(0)]).await?;
    conflict("must not exist", store.put(vec![expecting(0)]).await)?;
    store.put(vec![expecting(1)]).await?;
    conflict("older", store.put(vec![expecting(1)]).await)?;
    let removal = Put {
        bytes: None,
        ..expecting(1)
    };
    conflict("removal", store.put(vec![removal]).await)?;
    same("kept", keys(store, "").await?, owned(["a"]))
}

/// A removed document is not found, removing nothing is no error, and a new one starts again.
pub async fn removed_documents_are_gone(store: &dyn Store) -> Outcome {
    let removal = Put {
        bytes: None,
        ..put("a", b"")
    };
    store.put(vec![removal.clone()]).await?;
    store.put(vec![put("a", b"1")]).await?;
    store.put(vec![put("a", b"2")]).await?;
    store.put(vec![removal]).await?;
    same("gone", keys(store, "").await?, vec![])?;
    store.put(vec![put("a", b"3")]).await?;
    let found = store.documents("card", "a").await?;
    let versions = found.iter().map(|document| document.version).collect();
    same("version", versions, vec![1])
}

/// Of several puts all or none are there; one document twice is refused.
pub async fn puts_are_atomic(store: &dyn Store) -> Outcome {
    let wrong = Put {
        expected: Some(9),
        ..put("b", b"2")
    };
    conflict("second", store.put(vec![put("a", b"1"), wrong]).await)?;
    conflict(
        "twice",
        store.put(vec![put("a", b"1"), put("a", b"2")]).await,
    )?;
    same("nothing", keys(store, "").await?, vec![])
}

/// A document of exactly the limit is kept; a longer one or a longer key is refused.
pub async fn large_documents_are_taken_and_larger_refused(store: &dyn Store) -> Outcome {
    let whole = vec![0x5a; MAX_DOCUMENT_BYTES];
    store.put(vec![put("a", &whole)]).await?;
    let found = store.documents("card", "a").await?;
    let kept = found.iter().all(|document| document.bytes == whole);
    same("kept whole", kept, true)?;
    let larger = vec![0x5a; MAX_DOCUMENT_BYTES + 1];
    too_large("document", store.put(vec![put("b", &larger)]).await)?;
    let key = "k".repeat(MAX_KEY_BYTES + 1);
    too_large("key", store.put(vec![put(&key, b"")]).await)?;
    same("kept", keys(store, "").await?, owned(["a"]))
}

/// A repeated request finds the record the first one led to.
pub async fn idempotency_keys_lead_to_their_record(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    let commit = Commit {
        idempotency: vec![(key(b"one")?, record(5))],
        ..grow(&ours, 0, vec![content(0, 5)])
    };
    store.commit(commit).await?;
    let asked = vec![key(b"two")?, key(b"one")?];
    let found = store.idempotent(asked).await?;
    same("found", found, vec![None, Some(record(5))])
}

/// A taken key refuses another record, and takes the same one again.
pub async fn an_idempotency_key_leads_to_one_record_only(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    let named = |n| {
        Ok::<_, Breach>(Commit {
            idempotency: vec![(key(b"one")?, record(n))],
            ..Commit::default()
        })
    };
    store.commit(named(5)?).await?;
    store.commit(named(5)?).await?;
    let second = Commit {
        appends: grow(&ours, 0, vec![content(0, 6)]).appends,
        ..named(6)?
    };
    conflict("taken", store.commit(second).await)?;
    let both = vec![(key(b"two")?, record(1)), (key(b"two")?, record(2))];
    let commit = Commit {
        idempotency: both,
        ..Commit::default()
    };
    conflict("in one commit", store.commit(commit).await)?;
    same("head", store.head(&ours).await?, None)
}

/// Needs are listed by index; a completed blob is no longer missing.
pub async fn blob_needs_are_held_and_completed(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    let commit = Commit {
        needs: vec![need(&ours, 1, 8), need(&ours, 0, 9)],
        ..grow(&ours, 0, vec![content(0, 1), content(1, 2)])
    };
    store.commit(commit).await?;
    let both = vec![need(&ours, 0, 9), need(&ours, 1, 8)];
    same("missing", store.blob_needs(&ours, true).await?, both)?;
    let commit = Commit {
        complete: vec![digest(9), digest(1234)],
        ..Commit::default()
    };
    store.commit(commit).await?;
    let missing = store.blob_needs(&ours, true).await?;
    same("still missing", missing, vec![need(&ours, 1, 8)])?;
    let done = BlobNeed {
        complete: true,
        ..need(&ours, 0, 9)
    };
    let all = store.blob_needs(&ours, false).await?;
    same("all", all, vec![done, need(&ours, 1, 8)])?;
    same("nobody needs it", store.blob_uses(digest(1234)).await?, 0)
}

/// A blob that is complete is complete for every entry that needs it, also later ones.
pub async fn a_blob_serves_several_entries(store: &dyn Store) -> Outcome {
    let (ours, other) = (ours()?, journal("ma-fr", "ma.interior")?);
    let whole = BlobNeed {
        complete: true,
        ..need(&ours, 0, 9)
    };
    let commit = Commit {
        needs: vec![whole],
        ..grow(&ours, 0, vec![content(0, 1)])
    };
    store.commit(commit).await?;
    let commit = Commit {
        needs: vec![need(&other, 0, 9), need(&other, 0, 9)],
        ..grow(&other, 0, vec![content(0, 2)])
    };
    store.commit(commit).await?;
    same("missing", store.blob_needs(&other, true).await?, vec![])?;
    same("uses", store.blob_uses(digest(9)).await?, 2)
}

/// Only an entry whose content is held can need a blob.
pub async fn a_blob_need_wants_content(store: &dyn Store) -> Outcome {
    let ours = ours()?;
    let commit = Commit {
        needs: vec![need(&ours, 0, 9)],
        ..grow(&ours, 0, vec![leaf(0)])
    };
    conflict("leaf", store.commit(commit).await)?;
    let commit = Commit {
        needs: vec![need(&ours, 0, 9)],
        ..Commit::default()
    };
    conflict("nothing", store.commit(commit).await)
}

async fn keys(store: &dyn Store, prefix: &str) -> Result<Vec<String>, Breach> {
    let found = store.documents("card", prefix).await?;
    Ok(found.into_iter().map(|document| document.key).collect())
}

fn owned<const N: usize>(keys: [&str; N]) -> Vec<String> {
    keys.map(str::to_owned).to_vec()
}

fn key(bytes: &[u8]) -> Result<IdempotencyKey, Breach> {
    IdempotencyKey::new(bytes).ok_or_else(|| Breach("a key is not valid".into()))
}
