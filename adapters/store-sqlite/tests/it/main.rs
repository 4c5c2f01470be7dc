//! The contract on disk, and what disks and processes do to a store.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod disk;
mod process;
mod sample;

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use passerelle_store::{Blobs, Error, Store, Token, WordQuery, Words, contract};
use passerelle_store_sqlite::{FileBlobs, Options, SqliteStore, Synchronous};
use rusqlite::Connection;
use sample::{append_one, journal, put};

#[tokio::test]
async fn the_store_passes_the_contract() {
    let dirs = RefCell::new(Vec::new());
    let make = || {
        let dir = tempfile::tempdir().unwrap();
        let store = open(dir.path());
        dirs.borrow_mut().push(dir);
        Arc::new(store) as Arc<dyn Store>
    };
    let passed = contract::run_all(make).await;
    assert_eq!(passed, Ok(contract::CLAUSES.len()));
}

#[test]
fn the_blobs_pass_the_contract() {
    let dirs = RefCell::new(Vec::new());
    let make = || {
        let dir = tempfile::tempdir().unwrap();
        let blobs = FileBlobs::open(dir.path()).unwrap();
        dirs.borrow_mut().push(dir);
        Arc::new(blobs) as Arc<dyn Blobs>
    };
    let passed = contract::run_all_blobs(make);
    assert_eq!(passed, Ok(contract::BLOB_CLAUSES.len()));
}

#[tokio::test]
async fn everything_is_there_after_reopening() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    for n in 0..100 {
        store
            .commit(append_one(&journal(0), n, 2000))
            .await
            .unwrap();
    }
    store.put(vec![put("a", b"1")]).await.unwrap();
    let before = store
        .entries(&journal(0), 0..100, usize::MAX)
        .await
        .unwrap();
    drop(store);
    assert!(
        !dir.path().join("store.sqlite-wal").exists(),
        "the WAL is emptied at the end"
    );
    let store = open(dir.path());
    let after = store
        .entries(&journal(0), 0..100, usize::MAX)
        .await
        .unwrap();
    assert_eq!(before.len(), 100);
    assert_eq!(before, after);
    assert_eq!(store.documents("card", "").await.unwrap().len(), 1);
    assert_eq!(store.check().await.unwrap().findings, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_tasks_write_and_read_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let store = Arc::new(open(dir.path()));
    let tasks = (0..64).map(|n| {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            for size in 0..20 {
                store
                    .commit(append_one(&journal(n), size, 3000))
                    .await
                    .unwrap();
                let head = store.head(&journal(n)).await.unwrap();
                assert_eq!(head.unwrap().size, size + 1);
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    assert_eq!(store.journals().await.unwrap().len(), 64);
    assert_eq!(store.check().await.unwrap().findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_commit_larger_than_a_group_and_the_rest_behind_it_are_taken() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let large = |n: usize| vec![put(&format!("{n}"), &vec![7; 4 * 1024 * 1024]); 1];
    let whole: Vec<_> = (0..10).flat_map(large).collect();
    let (first, second) = tokio::join!(store.put(whole), store.put(vec![put("small", b"")]));
    first.unwrap();
    second.unwrap();
    assert_eq!(store.documents("card", "").await.unwrap().len(), 11);
}

#[tokio::test]
async fn a_commit_nobody_waits_for_does_no_harm() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    drop(store.put(vec![put("never asked", b"")]));
    let waiting = store.put(vec![put("given up", b"")]);
    let given_up = tokio::time::timeout(std::time::Duration::ZERO, waiting).await;
    store.put(vec![put("kept", b"")]).await.unwrap();
    let found = store.documents("card", "").await.unwrap();
    assert!(found.iter().any(|document| document.key == "kept"));
    assert!(found.iter().all(|document| document.key != "never asked"));
    assert!(given_up.is_err() || found.len() == 2);
}

#[test]
fn a_second_handle_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let second = SqliteStore::open(dir.path(), Options::default());
    assert_eq!(second.unwrap_err(), Error::InUse);
    drop(store);
    open(dir.path());
    let blobs = FileBlobs::open(dir.path()).unwrap();
    assert_eq!(FileBlobs::open(dir.path()).unwrap_err(), Error::InUse);
    drop(blobs);
    FileBlobs::open(dir.path()).unwrap();
}

#[test]
fn a_newer_schema_is_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    drop(open(dir.path()));
    sql(
        dir.path(),
        "INSERT INTO migrations VALUES (99, x'00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff')",
    );
    let before = std::fs::read(dir.path().join("store.sqlite")).unwrap();
    let refused = SqliteStore::open(dir.path(), Options::default()).unwrap_err();
    assert_eq!(
        refused,
        Error::NewerSchema {
            found: 99,
            known: 4
        }
    );
    assert_eq!(
        std::fs::read(dir.path().join("store.sqlite")).unwrap(),
        before
    );
}

/// Words written before hits were kept in one row are found after it.
#[tokio::test]
async fn words_of_an_older_store_are_found_after_its_migration() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let mut commit = append_one(&journal(0), 0, 200);
    commit.words = vec![Words {
        journal: journal(0),
        index: 0,
        tokens: vec![Token(7), Token(9)],
    }];
    store.commit(commit).await.unwrap();
    let query = WordQuery {
        groups: vec![vec![Token(7)]],
        within: vec![vec![Token(9)]],
        limit: 5,
        ..WordQuery::default()
    };
    let before = store.search(query.clone()).await.unwrap();
    drop(store);
    sql(
        dir.path(),
        "CREATE TABLE older (id INTEGER PRIMARY KEY, journal INTEGER NOT NULL REFERENCES journals,
             position INTEGER NOT NULL, tokens TEXT NOT NULL, UNIQUE (journal, position)) STRICT;
         INSERT INTO older SELECT 9223372036854775807 - id, journal, position, tokens FROM worded;
         DROP TABLE worded;
         ALTER TABLE older RENAME TO worded;
         INSERT INTO words (words) VALUES ('rebuild');
         DELETE FROM migrations WHERE number >= 3;",
    );
    let after = open(dir.path()).search(query).await.unwrap();
    assert_eq!(after.len(), 1);
    assert_eq!(after, before);
    assert!(dir.path().join("backup").join("before-3.sqlite").exists());
}

#[tokio::test]
async fn an_idle_store_merges_the_parts_of_its_index() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let parts = || -> i64 {
        let connection = rusqlite::Connection::open(dir.path().join("store.sqlite")).unwrap();
        let sql = "SELECT count(DISTINCT segid) FROM words_idx";
        connection.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    // Three rows, one commit each: FTS5 itself waits for four alike.
    for index in 0..3 {
        let mut commit = append_one(&journal(0), index, 200);
        commit.words = vec![Words {
            journal: journal(0),
            index,
            tokens: vec![Token(7)],
        }];
        store.commit(commit).await.unwrap();
    }
    while parts() > 1 {
        std::thread::yield_now();
    }
    let query = WordQuery {
        groups: vec![vec![Token(7)]],
        limit: 5,
        ..WordQuery::default()
    };
    assert_eq!(store.search(query).await.unwrap().len(), 3);
}

#[test]
fn an_altered_migration_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    drop(open(dir.path()));
    sql(dir.path(), "UPDATE migrations SET checksum = zeroblob(32)");
    let refused = SqliteStore::open(dir.path(), Options::default());
    assert_eq!(refused.unwrap_err(), Error::MigrationAltered(1));
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("store.sqlite"), [b'x'; 8192]).unwrap();
    let refused = SqliteStore::open(dir.path(), Options::default()).unwrap_err();
    assert_eq!(refused.code(), "E_STORE_CORRUPT");
}

#[test]
fn a_link_in_place_of_the_database_is_refused() {
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let target = other.path().join("target");
    std::os::unix::fs::symlink(&target, dir.path().join("store.sqlite")).unwrap();
    assert!(SqliteStore::open(dir.path(), Options::default()).is_err());
    assert!(!target.exists());
}

/// Pages that held the content are overwritten and the WAL is emptied.
#[tokio::test]
async fn erased_bytes_are_in_no_file_of_the_store() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    for (n, bytes) in [(0, 300), (1, 100_000)] {
        let mut commit = append_one(&journal(0), n, bytes);
        sample::plant(&mut commit, b"CANARY-7f3a");
        store.commit(commit).await.unwrap();
    }
    assert!(
        holds(dir.path(), b"CANARY-7f3a"),
        "the search finds what is there"
    );
    let erasures = [0, 1].map(|index| sample::erasure(&journal(0), index));
    store.erase(erasures.to_vec()).await.unwrap();
    drop(store);
    assert!(!holds(dir.path(), b"CANARY-7f3a"));
}

#[test]
fn files_that_were_being_created_are_removed_at_the_next_start() {
    let dir = tempfile::tempdir().unwrap();
    let blobs = FileBlobs::open(dir.path()).unwrap();
    let mut writer = blobs.create().unwrap();
    writer.append(b"half").unwrap();
    std::mem::forget(writer);
    // What a killed process leaves.
    let partial = dir.path().join("blobs/partial");
    let copy = tempfile::tempdir().unwrap();
    let left = copy.path().join("blobs/partial");
    std::fs::create_dir_all(&left).unwrap();
    std::fs::copy(partial.join("0.new"), left.join("0.new")).unwrap();
    std::fs::write(left.join(format!("{}.part", "ab".repeat(32))), b"part").unwrap();
    let blobs = FileBlobs::open(copy.path()).unwrap();
    assert!(!left.join("0.new").exists());
    let name = "ab".repeat(32).parse().unwrap();
    assert_eq!(blobs.resume(name).unwrap().len(), 4);
}

#[tokio::test]
async fn without_flushing_the_store_works_too() {
    let dir = tempfile::tempdir().unwrap();
    let options = Options {
        synchronous: Synchronous::Off,
        readers: 1,
    };
    let store = SqliteStore::open(dir.path(), options).unwrap();
    store.put(vec![put("a", b"1")]).await.unwrap();
    assert_eq!(store.documents("card", "").await.unwrap().len(), 1);
}

fn open(dir: &Path) -> SqliteStore {
    SqliteStore::open(dir, Options::default()).unwrap()
}

fn sql(dir: &Path, sql: &str) {
    let connection = Connection::open(dir.join("store.sqlite")).unwrap();
    connection.execute_batch(sql).unwrap();
}

fn holds(dir: &Path, needle: &[u8]) -> bool {
    let files = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    files.filter(|path| path.is_file()).any(|path| {
        let bytes = std::fs::read(path).unwrap();
        bytes.windows(needle.len()).any(|window| window == needle)
    })
}
