//! What can go wrong in storage.

/// A storage failure. Nothing of the refused command was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The journal, document or key is not in the state the command expected.
    #[error("storage holds another state than expected: {0}")]
    Conflict(String),
    /// No space left.
    #[error("the disk is full")]
    DiskFull,
    /// The file system refuses writes.
    #[error("the disk is read-only")]
    ReadOnly,
    /// Another process has the data folder open.
    #[error("the data folder is in use by another process")]
    InUse,
    /// Stored data is damaged.
    #[error("stored data is damaged: {0}")]
    Corrupt(String),
    /// Written by a newer Passerelle.
    #[error("the data folder has schema {found}; this program knows up to {known}")]
    NewerSchema {
        /// Schema found.
        found: u32,
        /// Newest schema known.
        known: u32,
    },
    /// A migration that ran before is not the one this program carries.
    #[error("migration {0} was altered after it ran")]
    MigrationAltered(u32),
    /// A limit of the door.
    #[error("too large: {0}")]
    TooLarge(String),
    /// The flush to disk failed, so the state of the file is unknown: the store takes no
    /// more commands; stop the process and start again, which recovers.
    #[error("a write to disk failed and its outcome is unknown; restart the node")]
    Broken,
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
    /// Any other input or output failure.
    #[error("storage: {0}")]
    Io(String),
}

impl Error {
    /// Stable code for API, command line and desk.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Conflict(_) => "E_CONFLICT",
            Self::DiskFull => "E_DISK_FULL",
            Self::ReadOnly => "E_DISK_READ_ONLY",
            Self::InUse => "E_DATA_IN_USE",
            Self::Corrupt(_) => "E_STORE_CORRUPT",
            Self::NewerSchema { .. } => "E_SCHEMA_NEWER",
            Self::MigrationAltered(_) => "E_MIGRATION_ALTERED",
            Self::TooLarge(_) => "E_TOO_LARGE",
            Self::Broken => "E_STORE_BROKEN",
            Self::Closed => "E_STORE_CLOSED",
            Self::Io(_) => "E_STORE",
        }
    }
}
