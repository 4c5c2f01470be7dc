//! Pages of documents and the words index.

use super::sample::{append, at, content, ours, put};
use super::{Breach, Outcome, same, too_large};
use crate::{Commit, Erasure, KeyPage, MAX_PAGE, Store, Token, WordQuery, Words, first_place};

/// Entries of a journal that no store looks at one by one.
const MANY: u64 = 1000;

/// Pages go on at their key, in both directions, and stay within their prefix.
pub async fn document_pages_continue_at_their_key(store: &dyn Store) -> Outcome {
    let names = ["a/1", "b/1", "b/2", "b/3", "b0", "c"];
    store.put(names.map(|key| put(key, b"x")).to_vec()).await?;
    let page = |after: Option<&str>, descending| KeyPage {
        prefix: "b/".to_owned(),
        after: after.map(str::to_owned),
        descending,
        limit: 2,
    };
    for (asked, expected) in [
        (page(None, false), vec!["b/1", "b/2"]),
        (page(Some("b/2"), false), vec!["b/3"]),
        (page(None, true), vec!["b/3", "b/2"]),
        (page(Some("b/2"), true), vec!["b/1"]),
        (page(Some("b/3"), false), vec![]),
    ] {
        let found = store.page("card", asked).await?;
        let keys: Vec<String> = found.into_iter().map(|document| document.key).collect();
        same(
            "page",
            keys,
            expected.into_iter().map(str::to_owned).collect(),
        )?;
    }
    let all = KeyPage {
        limit: 100,
        ..KeyPage::default()
    };
    same("all", store.page("card", all).await?.len(), names.len())?;
    let large = KeyPage {
        limit: MAX_PAGE + 1,
        ..KeyPage::default()
    };
    too_large("page", store.page("card", large).await)
}

/// Entries are found by their tokens, newest release first, page by page.
pub async fn words_find_their_entries_newest_first(store: &dyn Store) -> Outcome {
    fill(store).await?;
    same(
        "common",
        places(store, vec![vec![1]], vec![], None).await?,
        vec![2, 1, 0],
    )?;
    same(
        "both",
        places(store, vec![vec![1], vec![11]], vec![], None).await?,
        vec![1],
    )?;
    let either = vec![vec![10, 12]];
    same(
        "either",
        places(store, either, vec![], None).await?,
        vec![2, 0],
    )?;
    same(
        "not",
        places(store, vec![vec![1]], vec![12], None).await?,
        vec![1, 0],
    )?;
    same(
        "unknown",
        places(store, vec![vec![99]], vec![], None).await?,
        vec![],
    )?;
    let query = query(vec![vec![1]], vec![], None, 1);
    let first = store.search(query).await?;
    let place = first.first().map(|found| found.place);
    same(
        "next",
        places(store, vec![vec![1]], vec![], place).await?,
        vec![1, 0],
    )
}

/// New tokens replace the old ones; none takes the entry out.
pub async fn words_are_replaced(store: &dyn Store) -> Outcome {
    fill(store).await?;
    index(store, 1, vec![77]).await?;
    same(
        "old",
        places(store, vec![vec![11]], vec![], None).await?,
        vec![],
    )?;
    same(
        "new",
        places(store, vec![vec![77]], vec![], None).await?,
        vec![1],
    )?;
    index(store, 1, vec![]).await?;
    same(
        "none",
        places(store, vec![vec![77]], vec![], None).await?,
        vec![],
    )
}

/// What narrows finds what one more group finds, page by page: where much passes, where hardly
/// anything does and that lies behind many hits, and where nothing does.
pub async fn words_within_others_are_exact(store: &dyn Store) -> Outcome {
    let journal = ours()?;
    let entries = (0..MANY).map(|n| content(n, 100 + n)).collect();
    let tokens = |n: u64| {
        let rare = (n % 293 == 7).then_some(4);
        let half = [2, 3].get(usize::from(n.is_multiple_of(2))).copied();
        [Some(1), rare, half, (n >= MANY - 10).then_some(5)]
    };
    let words = (0..MANY).map(|n| Words {
        journal: journal.clone(),
        index: n,
        tokens: tokens(n).into_iter().flatten().map(Token).collect(),
    });
    let commit = Commit {
        words: words.collect(),
        appends: vec![append(&journal, 0, entries)],
        ..Commit::default()
    };
    store.commit(commit).await?;
    for (within, none) in [
        (vec![vec![2]], vec![]),
        (vec![vec![4]], vec![]),
        (vec![vec![4, 5], vec![3]], vec![]),
        (vec![vec![2, 3]], vec![5]),
        (vec![vec![99]], vec![]),
    ] {
        let narrow = |groups: Vec<Vec<u64>>, within: Vec<Vec<u64>>| {
            let within = query(within, vec![], None, 0).groups;
            WordQuery {
                within,
                ..query(groups, none.clone(), None, 7)
            }
        };
        let all = all_pages(store, narrow(vec![vec![1]], within.clone())).await?;
        let groups = [vec![vec![1]], within.clone()].concat();
        let expected = all_pages(store, narrow(groups, vec![])).await?;
        same("as a group", all.clone(), expected)?;
        let has = |n: &u64, group: &[u64]| tokens(*n).iter().flatten().any(|t| group.contains(t));
        let passes = |n: &u64| within.iter().all(|group| has(n, group)) && !has(n, &none);
        same("all", all, (0..MANY).rev().filter(passes).collect())?;
    }
    for (since, before) in [(0, MANY), (3, 9), (MANY - 1, MANY), (9, 3), (5, 5)] {
        let moment = |n: u64| first_place(at(100 + n));
        let mut query = query(vec![vec![1]], vec![], None, 7);
        query.since = Some(moment(since));
        query.after = Some(moment(before));
        let expected: Vec<u64> = (since..before.max(since)).rev().collect();
        same(
            "between two moments",
            all_pages(store, query).await?,
            expected,
        )?;
    }
    let alone = WordQuery {
        within: vec![vec![Token(1)]],
        limit: 1,
        ..WordQuery::default()
    };
    let refused = store.search(alone).await;
    same(
        "no words",
        matches!(refused, Err(crate::Error::Conflict(_))),
        true,
    )
}

async fn all_pages(store: &dyn Store, mut query: WordQuery) -> Result<Vec<u64>, Breach> {
    let mut all = Vec::new();
    loop {
        let found = store.search(query.clone()).await?;
        let Some(last) = found.last() else {
            return Ok(all);
        };
        query.after = Some(last.place);
        all.extend(found.iter().map(|found| found.entry.index));
    }
}

/// Erased entries are not found, and cannot be indexed again.
pub async fn words_of_erased_entries_are_gone(store: &dyn Store) -> Outcome {
    fill(store).await?;
    let erasure = Erasure {
        journal: ours()?,
        index: 1,
        at: at(9),
    };
    store.erase(vec![erasure]).await?;
    same(
        "erased",
        places(store, vec![vec![1]], vec![], None).await?,
        vec![2, 0],
    )?;
    index(store, 1, vec![11]).await?;
    same(
        "again",
        places(store, vec![vec![11]], vec![], None).await?,
        vec![],
    )
}

async fn fill(store: &dyn Store) -> Result<(), Breach> {
    let journal = ours()?;
    let entries = (0..3).map(|n| content(n, 100 + n)).collect();
    store
        .commit(Commit {
            appends: vec![append(&journal, 0, entries)],
            ..Commit::default()
        })
        .await?;
    for n in [1, 0, 2] {
        index(store, n, vec![1, 10 + n]).await?;
    }
    Ok(())
}

async fn index(store: &dyn Store, entry: u64, tokens: Vec<u64>) -> Result<(), Breach> {
    let words = Words {
        journal: ours()?,
        index: entry,
        tokens: tokens.into_iter().map(Token).collect(),
    };
    let commit = Commit {
        words: vec![words],
        ..Commit::default()
    };
    store.commit(commit).await?;
    Ok(())
}

fn query(groups: Vec<Vec<u64>>, none: Vec<u64>, after: Option<u64>, limit: usize) -> WordQuery {
    let tokens = |list: Vec<u64>| list.into_iter().map(Token).collect::<Vec<_>>();
    WordQuery {
        groups: groups.into_iter().map(tokens).collect(),
        within: Vec::new(),
        none: tokens(none),
        after,
        since: None,
        limit,
    }
}

async fn places(
    store: &dyn Store,
    groups: Vec<Vec<u64>>,
    none: Vec<u64>,
    after: Option<u64>,
) -> Result<Vec<u64>, Breach> {
    let found = store.search(query(groups, none, after, 10)).await?;
    Ok(found.into_iter().map(|found| found.entry.index).collect())
}
