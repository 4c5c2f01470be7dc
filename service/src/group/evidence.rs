//! Evidence of a report: staged files by name and hash.

use passerelle_model::{Digest, FileName};

use crate::{Error, Node};

impl Node {
    /// Name and SHA-256 of staged files, as a report names its evidence.
    ///
    /// # Errors
    /// `E_NOT_FOUND` where a token names nothing that was staged here.
    pub async fn staged_evidence(
        &self,
        tokens: &[String],
    ) -> Result<Vec<(FileName, Digest)>, Error> {
        let files = self.staged_attachments(tokens).await?;
        let named = files.into_iter().map(|file| (file.name, file.sha256));
        Ok(named.collect())
    }
}
