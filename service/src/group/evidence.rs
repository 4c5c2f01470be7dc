//! Evidence of a report: staged files by name and hash; and a second look at what people type.

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

/// Parts of a text that look like data of one person: addresses, numbers, dates of birth. For a
/// warning, never for a refusal (rules G38 and G41).
pub fn looks_personal(text: &str) -> Vec<String> {
    let traces = passerelle_tables::person_traces(text).into_iter();
    let said = traces.filter_map(|trace| text.get(trace.place));
    said.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_person_is_told() {
        let found = looks_personal("Ask salma@example.org for the list of 2024.");
        assert_eq!(found, ["salma@example.org"]);
        assert!(looks_personal("120 places opened in 2024").is_empty());
    }
}
