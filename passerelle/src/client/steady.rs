//! A file that must not change while it is read: what is signed is what lay there.

use std::fs::Metadata;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};

use axum::body::Body;
use bytes::BytesMut;
use tokio::io::{AsyncRead, AsyncReadExt as _, ReadBuf};

use crate::failure::{self, Failure};

/// Bytes of a file that are in memory at once.
const PIECE: usize = 256 * 1024;

/// Reads a regular file and, at its end, checks that size, time of change and identity are
/// what they were at the beginning.
pub(crate) struct SteadyFile {
    file: tokio::fs::File,
    path: PathBuf,
    before: Stamp,
    read: u64,
    changed: Changed,
}

/// Filled where the file changed; outlives the reading, so that the reason is not lost
/// among the errors of whoever carried the bytes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Changed(Arc<OnceLock<Failure>>);

impl Changed {
    /// The refusal, if there was one.
    pub(crate) fn failure(&self) -> Option<Failure> {
        self.0.get().cloned()
    }
}

/// What tells one state of a file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    file: (u64, u64),
    bytes: u64,
    changed: (i64, i64),
}

impl SteadyFile {
    /// Opens a file. `E_NOT_A_FILE` for folders, pipes and devices: their content cannot be
    /// read twice the same.
    pub(crate) async fn open(path: &Path) -> Result<Self, Failure> {
        let failed = |error: io::Error| failure::io(path, &error);
        let file = tokio::fs::File::open(path).await.map_err(failed)?;
        let metadata = file.metadata().await.map_err(failed)?;
        if !metadata.is_file() {
            let sentence = format!("{}: is not a regular file", path.display());
            return Err(Failure::new("E_NOT_A_FILE", sentence));
        }
        let (path, before) = (path.to_owned(), Stamp::of(&metadata));
        Ok(Self {
            file,
            path,
            before,
            read: 0,
            changed: Changed::default(),
        })
    }

    /// Its length in bytes.
    pub(crate) fn bytes(&self) -> u64 {
        self.before.bytes
    }

    /// Where the refusal will be found if the file changes.
    pub(crate) fn changed(&self) -> Changed {
        self.changed.clone()
    }

    /// As a request body that breaks off where the file changes.
    pub(crate) fn into_body(self) -> Body {
        Body::from_stream(futures_util::stream::try_unfold(self, |mut file| async {
            let mut piece = BytesMut::with_capacity(PIECE);
            let read = file.read_buf(&mut piece).await?;
            Ok::<_, io::Error>((read > 0).then(|| (piece.freeze(), file)))
        }))
    }

    /// `E_FILE_CHANGED` unless everything is as it was.
    fn check(&self) -> io::Result<()> {
        let now = std::fs::metadata(&self.path).map(|metadata| Stamp::of(&metadata));
        if self.read == self.before.bytes && now.is_ok_and(|now| now == self.before) {
            return Ok(());
        }
        let sentence = format!("{}: changed while it was read", self.path.display());
        let failure = Failure::new("E_FILE_CHANGED", sentence);
        let _ = self.changed.0.set(failure.clone());
        Err(io::Error::other(failure))
    }
}

impl AsyncRead for SteadyFile {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let room = buffer.remaining() > 0;
        ready!(Pin::new(&mut self.file).poll_read(cx, buffer))?;
        let taken = buffer.filled().len() - before;
        self.read += taken as u64;
        if self.read > self.before.bytes {
            // A reader that fails gives nothing.
            buffer.set_filled(before);
            return Poll::Ready(self.check());
        }
        if taken == 0 && room {
            Poll::Ready(self.check())
        } else {
            Poll::Ready(Ok(()))
        }
    }
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self {
            file: (metadata.dev(), metadata.ino()),
            bytes: metadata.len(),
            changed: (metadata.mtime(), metadata.mtime_nsec()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    async fn read_after(change: impl FnOnce(&Path)) -> Result<Vec<u8>, Failure> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        std::fs::write(&path, vec![7; PIECE + 1]).unwrap();
        let mut file = SteadyFile::open(&path).await.unwrap();
        let changed = file.changed();
        let mut first = [0; 10];
        file.read_exact(&mut first).await.unwrap();
        change(&path);
        let mut rest = Vec::new();
        match file.read_to_end(&mut rest).await {
            Ok(_) => Ok(rest),
            Err(_) => Err(changed.failure().unwrap()),
        }
    }

    #[tokio::test]
    async fn an_untouched_file_is_read_whole() {
        assert_eq!(read_after(|_| {}).await.unwrap().len(), PIECE - 9);
    }

    #[tokio::test]
    async fn longer_shorter_rewritten_and_replaced_files_are_refused() {
        let append = |path: &Path| {
            let mut file = std::fs::OpenOptions::new().append(true).open(path).unwrap();
            file.write_all(b"more").unwrap();
        };
        let cut = |path: &Path| {
            let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
            file.set_len(20).unwrap();
        };
        let replace = |path: &Path| {
            std::fs::remove_file(path).unwrap();
            std::fs::write(path, vec![7; PIECE + 1]).unwrap();
        };
        assert_eq!(
            read_after(append).await.unwrap_err().code(),
            "E_FILE_CHANGED"
        );
        assert_eq!(read_after(cut).await.unwrap_err().code(), "E_FILE_CHANGED");
        assert_eq!(
            read_after(replace).await.unwrap_err().code(),
            "E_FILE_CHANGED"
        );
        let gone = |path: &Path| std::fs::remove_file(path).unwrap();
        assert_eq!(read_after(gone).await.unwrap_err().code(), "E_FILE_CHANGED");
    }

    #[tokio::test]
    async fn folders_are_no_files() {
        let dir = tempfile::tempdir().unwrap();
        let error = SteadyFile::open(dir.path()).await.err().unwrap();
        assert_eq!(error.code(), "E_NOT_A_FILE");
    }

    #[tokio::test]
    async fn the_body_breaks_off_where_the_file_changed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        std::fs::write(&path, "short").unwrap();
        let file = SteadyFile::open(&path).await.unwrap();
        let changed = file.changed();
        std::fs::write(&path, "much longer").unwrap();
        assert!(axum::body::to_bytes(file.into_body(), 1000).await.is_err());
        assert_eq!(changed.failure().unwrap().code(), "E_FILE_CHANGED");
    }
}
