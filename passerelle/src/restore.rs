//! Where a backup is restored: a folder beside the one it is for, which takes that name only
//! when everything in it is whole, checked and on disk.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use passerelle_envelope::backup::{Manifest, PartHead, PartName};
use passerelle_service::{Error, Restoring, mark_restored};
use passerelle_store::Store as _;
use passerelle_store_sqlite::{Options, SqliteStore};

use crate::clock;
use crate::config::Config;
use crate::failure::{self, Failure};
use crate::files::{self, DataDir};

/// Says that a folder is half restored, or was when something ended the restoring.
const MARK: &str = "restore.unfinished";

/// A folder being filled. Removed again unless it is finished.
pub(crate) struct Site {
    target: DataDir,
    beside: DataDir,
    open: Option<(PathBuf, File)>,
    parts: Vec<PartName>,
    finished: bool,
}

impl Site {
    /// Beside `target`, which must be missing or empty: `E_DATA_EXISTS`, `E_DATA_NOT_EMPTY`.
    /// What a restoring that was killed left is cleared away.
    pub(crate) fn open(target: &DataDir) -> Result<Self, Failure> {
        check_free(target)?;
        let beside = DataDir::new(&files::with_suffix(target.path(), ".restoring"));
        let mark = beside.path().join(MARK);
        if mark.exists() {
            let cleared = fs::remove_dir_all(beside.path());
            cleared.map_err(|error| failure::io(beside.path(), &error))?;
        }
        if beside.path().exists() {
            let sentence = format!("{} is in the way", beside.path().display());
            return Err(Failure::new("E_DATA_NOT_EMPTY", sentence).with("Move it elsewhere."));
        }
        files::make_dir(beside.path())?;
        files::create(&mark, b"passerelle restore works here\n")?;
        Ok(Self {
            target: target.clone(),
            beside,
            open: None,
            parts: Vec::new(),
            finished: false,
        })
    }

    fn place(&self, part: PartName) -> Option<PathBuf> {
        Some(match part {
            PartName::Config => self.beside.config(),
            PartName::Keyring => self.beside.keyring(),
            PartName::Store => self.beside.store().join("store.sqlite"),
            PartName::Blob(name) => {
                let name = name.to_string();
                let folder: String = name.chars().take(2).collect();
                self.beside.blobs().join(folder).join(name)
            }
            PartName::Manifest | PartName::End => return None,
        })
    }
}

impl Restoring for Site {
    fn begin(&mut self, part: &PartHead) -> Result<(), Error> {
        let Some(path) = self.place(part.name) else {
            return Ok(());
        };
        if let Some(folder) = path.parent() {
            files::make_dir(folder).map_err(|failure| Error::Input(failure.to_string()))?;
        }
        let file = files::open_new(&path).map_err(|error| input(&path, &error))?;
        self.open = Some((path, file));
        Ok(())
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), Error> {
        match &mut self.open {
            Some((path, file)) => file.write_all(bytes).map_err(|error| input(path, &error)),
            None => Ok(()),
        }
    }

    fn whole(&mut self, part: &PartHead) -> Result<(), Error> {
        if let Some((path, file)) = self.open.take() {
            file.sync_all()
                .and_then(|()| files::sync_parent(&path))
                .map_err(|error| input(&path, &error))?;
        }
        self.parts.push(part.name);
        Ok(())
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if !self.finished {
            // The mark goes with it; what cannot be removed is cleared by the next try.
            let _ = fs::remove_dir_all(self.beside.path());
        }
    }
}

/// Checks what was restored, notes in it that it was, and gives it its name. `E_BACKUP` where
/// it is no whole node, `E_STORE_CORRUPT` where the store finds damage in itself.
pub(crate) async fn finish(mut site: Site, manifest: &Manifest) -> anyhow::Result<()> {
    for part in [PartName::Config, PartName::Keyring, PartName::Store] {
        if !site.parts.contains(&part) {
            let sentence = "backup: it is not one of a whole node";
            return Err(Failure::new("E_BACKUP", sentence).into());
        }
    }
    let config = Config::read(&site.beside)?;
    if config.party != manifest.party {
        let sentence = "backup: its settings are of another party than it says";
        return Err(Failure::new("E_BACKUP", sentence).into());
    }
    let store = SqliteStore::open(&site.beside.store(), Options::default())?;
    let findings = store.check().await?.findings;
    if !findings.is_empty() {
        return Err(Failure::new("E_STORE_CORRUPT", findings.join("; ")).into());
    }
    mark_restored(&store, manifest.time, clock::now()).await?;
    drop(store);
    sync_tree(site.beside.path()).map_err(|error| failure::io(site.beside.path(), &error))?;
    let (from, to) = (site.beside.path(), site.target.path());
    fs::rename(from, to)
        .and_then(|()| files::sync_parent(to))
        .map_err(|error| failure::io(to, &error))?;
    site.finished = true;
    // It says nothing any more: the folder has its name.
    let _ = fs::remove_file(to.join(MARK));
    Ok(())
}

/// Makes the names in every folder below durable.
fn sync_tree(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_tree(&entry.path())?;
        }
    }
    File::open(folder)?.sync_all()
}

fn check_free(target: &DataDir) -> Result<(), Failure> {
    let path = target.path();
    if target.is_node() {
        let sentence = format!("{} holds a node already", path.display());
        return Err(Failure::new("E_DATA_EXISTS", sentence)
            .with("Restore into a new folder, then look at both."));
    }
    match fs::read_dir(path).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Ok(false) => {
            let sentence = format!("{} is not empty; nothing was touched", path.display());
            Err(Failure::new("E_DATA_NOT_EMPTY", sentence).with("Name a new or an empty folder."))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(failure::io(path, &error)),
    }
}

fn input(path: &Path, error: &io::Error) -> Error {
    Error::Input(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(dir: &Path) -> DataDir {
        DataDir::new(&dir.join("node"))
    }

    #[test]
    fn a_site_that_is_given_up_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let site = Site::open(&target(dir.path())).unwrap();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
        drop(site);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_a_killed_restoring_left_is_cleared_and_anything_else_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let mut left = Site::open(&target(dir.path())).unwrap();
        left.finished = true;
        fs::write(left.beside.keyring(), "half").unwrap();
        drop(left);
        let again = Site::open(&target(dir.path())).unwrap();
        assert!(!again.beside.keyring().exists());
        fs::remove_file(again.beside.path().join(MARK)).unwrap();
        let refused = Site::open(&target(dir.path())).err().unwrap();
        assert_eq!(refused.code(), "E_DATA_NOT_EMPTY");
    }

    #[test]
    fn a_folder_with_anything_in_it_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let data = target(dir.path());
        fs::create_dir(data.path()).unwrap();
        drop(Site::open(&data).unwrap());
        fs::write(data.path().join("a"), "").unwrap();
        assert_eq!(Site::open(&data).err().unwrap().code(), "E_DATA_NOT_EMPTY");
        fs::write(data.config(), "").unwrap();
        assert_eq!(Site::open(&data).err().unwrap().code(), "E_DATA_EXISTS");
    }
}
