//! Copies of the database while it is used. `VACUUM INTO` reads one snapshot in one
//! transaction and writes only live rows, so that neither a commit is split nor an erased page
//! taken along; writers go on meanwhile.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use passerelle_store::{BlobReader, Error, Store, StoreImage};
use rusqlite::Connection;

use crate::failure::{Sql, from_io};
use crate::files::FileReader;
use crate::lock::make_dir;
use crate::store::Place;
use crate::{Options, SqliteStore, connect};

/// The folder of copies in the folder of a store; empty while none is being made.
const FOLDER: &str = "image";

/// Makes copies, each in a folder of its own.
#[derive(Debug)]
pub(crate) struct Images {
    root: PathBuf,
    made: Arc<AtomicU64>,
}

impl Images {
    /// Removes what a process that ended left.
    pub(crate) fn start(dir: &Path) -> Result<Self, Error> {
        let root = dir.join(FOLDER);
        match fs::remove_dir_all(&root) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(from_io(&error));
            }
            _ => {}
        }
        let made = Arc::default();
        Ok(Self { root, made })
    }

    /// A new folder for a copy, which it takes away again.
    pub(crate) fn place(&self) -> Image {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        Image {
            dir: self.root.join(number.to_string()),
        }
    }
}

/// One copy.
#[derive(Debug)]
pub(crate) struct Image {
    dir: PathBuf,
}

impl Image {
    /// Copies the database of `place`. Blocks for as long as it takes to read all of it.
    pub(crate) fn fill(&self, place: &Place) -> Sql<()> {
        make_dir(&self.dir)?;
        let connection: Connection = connect::open_to_write(&place.file)?;
        connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;")?;
        let file = self.file();
        connection.execute("VACUUM INTO ?1", [file.to_string_lossy().as_ref()])?;
        Ok(())
    }

    fn file(&self) -> PathBuf {
        self.dir.join("store.sqlite")
    }
}

impl StoreImage for Image {
    fn bytes(&self) -> Result<Box<dyn BlobReader>, Error> {
        let file = File::open(self.file()).map_err(|error| from_io(&error))?;
        Ok(Box::new(FileReader::new(file)?))
    }

    fn store(&self) -> Result<Arc<dyn Store>, Error> {
        Ok(Arc::new(SqliteStore::open(&self.dir, Options::default())?))
    }
}

impl Drop for Image {
    fn drop(&mut self) {
        // What cannot be removed now is removed at the next start.
        let _ = fs::remove_dir_all(&self.dir);
    }
}
