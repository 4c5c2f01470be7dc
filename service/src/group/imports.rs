//! Files that somebody brings to a page, kept sealed until they are looked through.

use crate::{Error, Node};

/// Largest file of a table or of programmes that is looked through (16 MiB).
pub const MAX_IMPORT_BYTES: u64 = 16 * 1024 * 1024;

impl Node {
    /// The content of a staged file.
    ///
    /// # Errors
    /// `E_NOT_FOUND` where the token names nothing that was staged here, `E_TOO_LARGE` above
    /// [`MAX_IMPORT_BYTES`].
    pub async fn staged_bytes(&self, token: &str) -> Result<Vec<u8>, Error> {
        let files = self.staged_attachments(&[token.to_owned()]).await?;
        let absent = || Error::not_found("staged attachment", token);
        let file = files.into_iter().next().ok_or_else(absent)?;
        if file.bytes > MAX_IMPORT_BYTES {
            let why = format!("a file of at most {MAX_IMPORT_BYTES} bytes is looked through");
            return Err(passerelle_store::Error::TooLarge(why).into());
        }
        let mut reader = self.reader(&file)?;
        let mut bytes = Vec::new();
        while let Some(chunk) = reader.next().await? {
            bytes.extend(chunk);
        }
        Ok(bytes)
    }
}
