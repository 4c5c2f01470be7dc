//! Full, read-only, failing and decaying disks. Mounting needs a privilege that not every
//! machine gives; what is skipped is written down.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use passerelle_store::{Blobs, Error, Store};
use passerelle_store_sqlite::{FileBlobs, Options, SqliteStore};

use super::open;
use super::sample::{append_one, journal};

#[tokio::test]
async fn a_full_disk_refuses_and_keeps_what_was_acknowledged() {
    let Some(disk) = Mounted::tmpfs("disk_full", "size=4m") else {
        return;
    };
    let store = open(disk.path());
    let mut acknowledged = 0;
    let refused = loop {
        match store
            .commit(append_one(&journal(0), acknowledged, 2500))
            .await
        {
            Ok(_) => acknowledged += 1,
            Err(error) => break error,
        }
        assert!(acknowledged < 10_000, "the disk never gets full");
    };
    assert_eq!(refused, Error::DiskFull);
    assert!(acknowledged > 100);
    let head = store.head(&journal(0)).await.unwrap().unwrap();
    assert_eq!(head.size, acknowledged);
    drop(store);
    let store = open(disk.path());
    let head = store.head(&journal(0)).await.unwrap().unwrap();
    assert_eq!(head.size, acknowledged);
    assert_eq!(store.check().await.unwrap().findings, Vec::<String>::new());
}

#[test]
fn a_full_disk_refuses_blobs_and_keeps_the_rest() {
    let Some(disk) = Mounted::tmpfs("blobs_disk_full", "size=1m") else {
        return;
    };
    let blobs = FileBlobs::open(disk.path()).unwrap();
    let mut writer = blobs.create().unwrap();
    let refused = (0..100).find_map(|_| writer.append(&[1; 65_536]).err());
    assert_eq!(refused, Some(Error::DiskFull));
    drop(writer);
    let mut writer = blobs.create().unwrap();
    writer.append(&[1; 65_536]).unwrap();
}

#[test]
fn a_read_only_disk_is_named() {
    let Some(disk) = Mounted::tmpfs("read_only", "size=4m") else {
        return;
    };
    drop(open(disk.path()));
    disk.run("mount", &["-o", "remount,ro"]);
    let refused = SqliteStore::open(disk.path(), Options::default());
    assert_eq!(refused.unwrap_err(), Error::ReadOnly);
    assert_eq!(FileBlobs::open(disk.path()).unwrap_err(), Error::ReadOnly);
}

/// The file system believes to have room that the disk under it lacks: writes reach the
/// cache, and the flush fails.
#[tokio::test]
async fn a_failed_flush_breaks_the_store_for_good() {
    let Some(under) = Mounted::tmpfs("failed_flush", "size=6m") else {
        return;
    };
    let Some(disk) = Mounted::thin_ext4("failed_flush", &under) else {
        return;
    };
    let store = open(disk.path());
    let mut acknowledged = 0;
    let refused = loop {
        match store
            .commit(append_one(&journal(0), acknowledged, 100_000))
            .await
        {
            Ok(_) => acknowledged += 1,
            Err(error) => break error,
        }
        assert!(acknowledged < 1000, "the flush never fails");
    };
    assert_eq!(refused, Error::Broken);
    let next = store.commit(append_one(&journal(1), 0, 10)).await;
    assert_eq!(next, Err(Error::Broken));
    assert_eq!(store.head(&journal(0)).await, Err(Error::Broken));
}

/// Whatever bit is flipped, opening, reading and checking end with an answer. Most flips
/// inside content are seen only by those who check commitments.
#[tokio::test]
async fn a_flipped_bit_never_panics_and_broken_pages_are_reported() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    for size in 0..50 {
        store
            .commit(append_one(&journal(0), size, 500))
            .await
            .unwrap();
    }
    drop(store);
    let sound = std::fs::read(dir.path().join("store.sqlite")).unwrap();
    let mut seen = 0;
    for n in 0..60_usize {
        let mut bytes = sound.clone();
        let place = n * 7919 % bytes.len();
        bytes[place] ^= 1 << (n % 8);
        seen += usize::from(is_seen(&bytes).await);
    }
    let mut bytes = sound.clone();
    for page in bytes.chunks_exact_mut(4096).skip(1) {
        page[0] = 0x77;
    }
    assert!(is_seen(&bytes).await, "broken pages are reported");
    assert!(seen < 60, "content is not the engine's to check");
}

async fn is_seen(bytes: &[u8]) -> bool {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("store.sqlite"), bytes).unwrap();
    let store = match SqliteStore::open(dir.path(), Options::default()) {
        Ok(store) => store,
        Err(_) => return true,
    };
    let read = store.entries(&journal(0), 0..50, usize::MAX).await;
    let listed = store.journals().await;
    let report = store.check().await;
    read.is_err() || listed.is_err() || report.is_ok_and(|report| !report.findings.is_empty())
}

/// A file system that is there while this value is.
struct Mounted {
    dir: tempfile::TempDir,
}

impl Mounted {
    fn tmpfs(test: &str, options: &str) -> Option<Self> {
        Self::mount(test, "tmpfs", &["-t", "tmpfs", "-o", options, "tmpfs"])
    }

    /// Sixty-four megabytes of ext4 that `under` cannot hold.
    fn thin_ext4(test: &str, under: &Self) -> Option<Self> {
        let image = under.path().join("image");
        let file = std::fs::File::create(&image).unwrap();
        file.set_len(64 * 1024 * 1024).unwrap();
        let image = image.to_str().unwrap();
        let made = Command::new("mkfs.ext4")
            .args([
                "-q",
                "-F",
                "-E",
                "lazy_itable_init=1,nodiscard",
                "-J",
                "size=4",
                image,
            ])
            .status();
        if !made.is_ok_and(|status| status.success()) {
            skipped(test, "no mkfs.ext4");
            return None;
        }
        Self::mount(test, "loop device", &["-o", "loop", image])
    }

    fn mount(test: &str, what: &str, args: &[&str]) -> Option<Self> {
        let mounted = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        if mounted.run("mount", args) {
            return Some(mounted);
        }
        skipped(test, &format!("no {what}"));
        None
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn run(&self, program: &str, args: &[&str]) -> bool {
        let output = Command::new(program).args(args).arg(self.path()).output();
        output.is_ok_and(|output| output.status.success())
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.run("umount", &["-l"]);
    }
}

fn skipped(test: &str, why: &str) {
    let line = format!("store {test}: component: {why}\n");
    eprint!("skipped: {line}");
    let Some(path) = std::env::var_os("PASSERELLE_SKIPS") else {
        return;
    };
    let file = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path);
    file.and_then(|mut file| file.write_all(line.as_bytes()))
        .unwrap();
}
