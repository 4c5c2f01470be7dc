//! Other processes, kill -9, and copies of the files taken while they are written.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use passerelle_store::{Error, Store};
use passerelle_store_sqlite::{Options, SqliteStore};

use super::open;
use super::sample::{append_one, journal};

const DIR: &str = "PASSERELLE_TEST_CHILD_DIR";

/// Writes until it is killed, and says what was acknowledged.
#[tokio::test]
#[ignore = "the other process of the tests below"]
async fn child() {
    let Some(dir) = std::env::var_os(DIR) else {
        return;
    };
    let store = match SqliteStore::open(Path::new(&dir), Options::default()) {
        Ok(store) => store,
        Err(error) => return println!("\nrefused {}", error.code()),
    };
    for size in 0.. {
        store
            .commit(append_one(&journal(0), size, 2500))
            .await
            .unwrap();
        println!("\nacknowledged {}", size + 1);
    }
}

fn start_child(dir: &Path) -> std::process::Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "process::child", "--nocapture"])
        .env(DIR, dir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn a_second_process_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let output = start_child(dir.path()).wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.contains(&format!("refused {}", Error::InUse.code())),
        "{said}"
    );
    drop(store);
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_when_the_process_is_killed() {
    let dir = tempfile::tempdir().unwrap();
    let mut child = start_child(dir.path());
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut acknowledged = 0;
    while acknowledged < 200 {
        let line = lines.next().unwrap().unwrap();
        acknowledged = count(&line).unwrap_or(acknowledged);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    for line in lines.map_while(Result::ok) {
        acknowledged = count(&line).unwrap_or(acknowledged);
    }
    let store = open(dir.path());
    let size = store.head(&journal(0)).await.unwrap().unwrap().size;
    assert!(size >= acknowledged, "{size} of {acknowledged}");
    assert_eq!(store.check().await.unwrap().findings, Vec::<String>::new());
}

fn count(line: &str) -> Option<u64> {
    line.strip_prefix("acknowledged ")?.parse().ok()
}

/// What a power cut would leave: the file first, then the WAL. So little is written that no
/// checkpoint moves pages from one to the other between the two copies.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_taken_while_writing_holds_what_was_acknowledged_before() {
    let dir = tempfile::tempdir().unwrap();
    let store = Arc::new(open(dir.path()));
    let acknowledged = Arc::new(AtomicU64::new(0));
    let writing = tokio::spawn({
        let (store, acknowledged) = (Arc::clone(&store), Arc::clone(&acknowledged));
        async move {
            for size in 0..150 {
                store
                    .commit(append_one(&journal(0), size, 2500))
                    .await
                    .unwrap();
                acknowledged.store(size + 1, Ordering::Release);
            }
        }
    });
    while acknowledged.load(Ordering::Acquire) < 20 {
        tokio::task::yield_now().await;
    }
    let copy = tempfile::tempdir().unwrap();
    let before = acknowledged.load(Ordering::Acquire);
    for name in ["store.sqlite", "store.sqlite-wal"] {
        std::fs::copy(dir.path().join(name), copy.path().join(name)).unwrap();
    }
    writing.await.unwrap();
    let copied = open(copy.path());
    let size = copied.head(&journal(0)).await.unwrap().unwrap().size;
    assert!(size >= before, "{size} of {before}");
    assert_eq!(copied.check().await.unwrap().findings, Vec::<String>::new());
}
