//! `run.json`: how the command line finds the node that runs on a folder.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::failure::Failure;
use crate::files::{self, DataDir};

/// Largest run file, in bytes.
const MAX_RUN_FILE_BYTES: u64 = 4096;

/// What a running node leaves for commands on the same folder. Holds an administrator's
/// token: readable by the node's user only, gone when the node stops.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
pub(crate) struct RunFile {
    /// Where the API listens.
    #[zeroize(skip)]
    pub(crate) api: SocketAddr,
    /// The process.
    pub(crate) pid: u32,
    /// A bearer token with all scopes.
    pub(crate) token: String,
}

impl RunFile {
    /// Writes it.
    pub(crate) fn write(&self, data: &DataDir) -> Result<(), Failure> {
        let json = serde_json::to_vec(self).unwrap_or_default();
        files::replace(&data.run_file(), &json)
    }

    /// Reads it; `None` where no node says that it runs. A broken file counts as none: it
    /// is written whole, so nobody who runs left it.
    pub(crate) fn read(data: &DataDir) -> Option<Self> {
        let bytes = files::read(&data.run_file(), MAX_RUN_FILE_BYTES).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Removes it.
    pub(crate) fn remove(data: &DataDir) {
        let _ = std::fs::remove_file(data.run_file());
    }
}

impl std::fmt::Debug for RunFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RunFile({} pid {})", self.api, self.pid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_back_and_hides_the_token() {
        let dir = tempfile::tempdir().unwrap();
        let data = DataDir::new(dir.path());
        assert!(RunFile::read(&data).is_none());
        let api = "127.0.0.1:1".parse().unwrap();
        let file = RunFile {
            api,
            pid: 7,
            token: "secret".into(),
        };
        assert!(!format!("{file:?}").contains("secret"));
        file.write(&data).unwrap();
        assert_eq!(RunFile::read(&data).unwrap().token, "secret");
        std::fs::write(data.run_file(), "{").unwrap();
        assert!(RunFile::read(&data).is_none());
        RunFile::remove(&data);
        assert!(!data.run_file().exists());
    }
}
