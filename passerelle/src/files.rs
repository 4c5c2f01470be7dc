//! Files of one node: where they lie, and writing them so that a power cut leaves the old
//! or the new content, never half of it.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind as Kind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use crate::failure;

/// Folders of a node are its user's alone.
pub(crate) const DIR_MODE: u32 = 0o700;
/// So are its files.
pub(crate) const FILE_MODE: u32 = 0o600;

/// The data folder of one node.
#[derive(Debug, Clone)]
pub(crate) struct DataDir(PathBuf);

impl DataDir {
    /// Names a folder; nothing is looked at yet.
    pub(crate) fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// The folder itself.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Settings. Written last by `init`: a folder with it holds a whole node.
    pub(crate) fn config(&self) -> PathBuf {
        self.0.join("config.toml")
    }

    /// The locked keyring.
    pub(crate) fn keyring(&self) -> PathBuf {
        self.0.join("keyring")
    }

    /// The database folder.
    pub(crate) fn store(&self) -> PathBuf {
        self.0.join("store")
    }

    /// Sealed attachments.
    pub(crate) fn blobs(&self) -> PathBuf {
        self.0.join("blobs")
    }

    /// How to reach the running node; there only while it runs.
    pub(crate) fn run_file(&self) -> PathBuf {
        self.0.join("run.json")
    }

    /// There only while `init` works: what lies beside it is not a node yet.
    pub(crate) fn unfinished(&self) -> PathBuf {
        self.0.join("init.unfinished")
    }

    /// Whether a node was made here.
    pub(crate) fn is_node(&self) -> bool {
        self.config().exists()
    }
}

/// Makes a folder and those above it, for this user only.
pub(crate) fn make_dir(path: &Path) -> Result<(), failure::Failure> {
    let made = DirBuilder::new()
        .recursive(true)
        .mode(DIR_MODE)
        .create(path);
    made.map_err(|error| failure::io(path, &error))
}

/// Writes a file whole: a temporary one beside it, flushed, renamed over it, folder flushed.
pub(crate) fn replace(path: &Path, content: &[u8]) -> Result<(), failure::Failure> {
    let beside = with_suffix(path, ".new");
    let written = write_new(&beside, content)
        .and_then(|()| fs::rename(&beside, path))
        .and_then(|()| sync_parent(path));
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        failure::io(path, &error)
    })
}

/// Writes a file that must not exist yet: whole, or not at all.
pub(crate) fn create(path: &Path, content: &[u8]) -> Result<(), failure::Failure> {
    create_all(&[(path, content)])
}

/// Writes files that must not exist yet: all of them whole, or none.
pub(crate) fn create_all(files: &[(&Path, &[u8])]) -> Result<(), failure::Failure> {
    let staged = files
        .iter()
        .map(|(path, content)| Staged::write(path, content))
        .collect::<Result<Vec<Staged>, _>>()?;
    let mut done: Vec<&Path> = Vec::new();
    for (one, (path, _)) in staged.into_iter().zip(files) {
        if let Err(failure) = one.commit() {
            done.into_iter()
                .for_each(|path| drop(fs::remove_file(path)));
            return Err(failure);
        }
        done.push(path);
    }
    Ok(())
}

/// Refuses a path where something stands already, before long work is done for it.
pub(crate) fn absent(path: &Path) -> Result<(), failure::Failure> {
    match path.symlink_metadata() {
        Ok(_) => Err(failure::io(path, &Kind::AlreadyExists.into())),
        Err(error) if error.kind() == Kind::NotFound => Ok(()),
        Err(error) => Err(failure::io(path, &error)),
    }
}

/// A file that is written whole, and does not stand under its name yet. Dropped, it is gone.
pub(crate) struct Staged {
    beside: PathBuf,
    path: PathBuf,
}

impl Staged {
    /// Writes it beside the name that it shall have.
    pub(crate) fn write(path: &Path, content: &[u8]) -> Result<Self, failure::Failure> {
        absent(path)?;
        let staged = Self {
            beside: with_suffix(path, &format!(".{}.part", std::process::id())),
            path: path.to_owned(),
        };
        match write_new(&staged.beside, content) {
            Ok(()) => Ok(staged),
            Err(error) => Err(failure::io(path, &error)),
        }
    }

    /// Gives it its name, unless something has taken that meanwhile.
    pub(crate) fn commit(self) -> Result<(), failure::Failure> {
        let named = match fs::hard_link(&self.beside, &self.path) {
            Err(error) if error.kind() != Kind::AlreadyExists => {
                // Some file systems of removable media know no links.
                absent(&self.path)?;
                fs::rename(&self.beside, &self.path)
            }
            linked => linked,
        };
        named
            .and_then(|()| sync_parent(&self.path))
            .map_err(|error| failure::io(&self.path, &error))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.beside);
    }
}

/// Reads a text file of at most `limit` bytes. `E_TOO_LARGE`, `E_NOT_UTF8` or the reason the
/// file cannot be read.
pub(crate) fn read_text(path: &Path, limit: u64) -> Result<String, failure::Failure> {
    let bytes = read(path, limit)?;
    String::from_utf8(bytes).map_err(|_| {
        failure::Failure::new(
            "E_NOT_UTF8",
            format!("{}: is not UTF-8 text", path.display()),
        )
    })
}

/// Reads a file of at most `limit` bytes; `-` is standard input.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, failure::Failure> {
    use io::Read as _;
    let source: Box<dyn io::Read> = if path == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).map_err(|error| failure::io(path, &error))?)
    };
    let mut bytes = Vec::new();
    let taken = source.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    taken.map_err(|error| failure::io(path, &error))?;
    if bytes.len() as u64 > limit {
        let sentence = format!("{}: more than {limit} bytes", path.display());
        return Err(failure::Failure::new("E_TOO_LARGE", sentence));
    }
    Ok(bytes)
}

/// Opens a file for writing that must not exist yet, for this user only.
pub(crate) fn open_new(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(FILE_MODE)
        .open(path)
}

/// Makes a change of names in the file's folder durable.
pub(crate) fn sync_parent(path: &Path) -> io::Result<()> {
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    match File::open(parent.unwrap_or(Path::new(".")))?.sync_all() {
        // Some file systems of removable media cannot flush a folder.
        Err(error) if matches!(error.kind(), Kind::InvalidInput | Kind::Unsupported) => Ok(()),
        flushed => flushed,
    }
}

/// The path with `suffix` after its last name.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = open_new(path)?;
    file.write_all(content)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn files_are_private_and_replaced_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        replace(&path, b"one").unwrap();
        fs::write(with_suffix(&path, ".new"), "left by a crash").unwrap();
        replace(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            FILE_MODE
        );
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn create_never_overwrites() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        create(&path, b"one").unwrap();
        assert_eq!(create(&path, b"two").unwrap_err().code(), "E_FILE_EXISTS");
        assert_eq!(fs::read(&path).unwrap(), b"one");
    }

    #[test]
    fn several_files_are_all_there_or_none() {
        let dir = tempfile::tempdir().unwrap();
        let [a, b, c] = ["a", "b", "c"].map(|name| dir.path().join(name));
        fs::write(&b, "kept").unwrap();
        let refused = create_all(&[(&a, b"1"), (&b, b"2"), (&c, b"3")]).unwrap_err();
        assert_eq!(refused.code(), "E_FILE_EXISTS");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
        create_all(&[(&a, b"1"), (&c, b"3")]).unwrap();
        assert_eq!(fs::read(&c).unwrap(), b"3");
        assert_eq!(fs::read(&b).unwrap(), b"kept");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 3);
        assert_eq!(
            fs::metadata(&a).unwrap().permissions().mode() & 0o777,
            FILE_MODE
        );
        // Taken between writing and naming.
        let late = Staged::write(&dir.path().join("d"), b"4").unwrap();
        fs::write(dir.path().join("d"), "first").unwrap();
        assert_eq!(late.commit().unwrap_err().code(), "E_FILE_EXISTS");
        assert_eq!(fs::read(dir.path().join("d")).unwrap(), b"first");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 4);
    }

    #[test]
    fn reading_has_a_limit_and_wants_utf8() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        fs::write(&path, [0xff, 0xfe]).unwrap();
        assert_eq!(read(&path, 1).unwrap_err().code(), "E_TOO_LARGE");
        assert_eq!(read(&path, 2).unwrap().len(), 2);
        assert_eq!(read_text(&path, 2).unwrap_err().code(), "E_NOT_UTF8");
    }
}
