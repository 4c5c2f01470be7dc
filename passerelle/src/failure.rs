//! What the command line says when something is refused: a code, a sentence, what to do.

use std::fmt;

use passerelle_service::Error as ServiceError;

/// The code of a command line that lacks something.
const USAGE: &str = "E_USAGE";

/// A refusal with a stable code. Shown as `E_CODE: sentence`, then what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    code: String,
    sentence: String,
    details: Vec<String>,
}

impl Failure {
    /// A refusal.
    pub(crate) fn new(code: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            sentence: sentence.into(),
            details: Vec::new(),
        }
    }

    /// With one more line, such as a broken rule or what to do.
    #[must_use]
    pub(crate) fn with(mut self, line: impl Into<String>) -> Self {
        self.details.push(line.into());
        self
    }

    /// A command line that lacks something; exits with the status of wrong usage.
    pub(crate) fn usage(sentence: impl Into<String>) -> Self {
        Self::new(USAGE, sentence)
    }

    /// Whether the command line was wrong.
    pub(crate) fn is_usage(&self) -> bool {
        self.code == USAGE
    }

    /// The same, naming the step that failed.
    #[must_use]
    pub(crate) fn within(mut self, step: &str) -> Self {
        self.sentence = format!("{step}: {}", self.sentence);
        self
    }

    /// Its code.
    pub(crate) fn code(&self) -> &str {
        &self.code
    }

    /// Finds the code in whatever went wrong, so that every refusal reads the same.
    pub(crate) fn of(error: &anyhow::Error) -> Self {
        if let Some(failure) = error.downcast_ref::<Self>() {
            return failure.clone();
        }
        let sentence = format!("{error:#}");
        match code_of(error) {
            Some(code) => Self::new(code, sentence),
            None => Self::new("E_FAILED", sentence),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.sentence)?;
        for line in self
            .details
            .iter()
            .map(String::as_str)
            .chain(advice(&self.code))
        {
            write!(f, "\n  {line}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

/// A file or folder that could not be read or written; names it.
pub(crate) fn io(path: &std::path::Path, error: &std::io::Error) -> Failure {
    use std::io::ErrorKind as Kind;
    let code = match error.kind() {
        Kind::NotFound => "E_NO_FILE",
        Kind::PermissionDenied => "E_PERMISSION",
        Kind::AlreadyExists => "E_FILE_EXISTS",
        Kind::StorageFull | Kind::QuotaExceeded => "E_DISK_FULL",
        Kind::ReadOnlyFilesystem => "E_DISK_READ_ONLY",
        _ => "E_IO",
    };
    Failure::new(code, format!("{}: {error}", path.display()))
}

fn code_of(error: &anyhow::Error) -> Option<&'static str> {
    error.chain().find_map(|cause| {
        let of = |cause: &(dyn std::error::Error + 'static)| {
            Some(cause.downcast_ref::<ServiceError>()?.code())
        };
        of(cause)
            .or_else(|| Some(cause.downcast_ref::<passerelle_store::Error>()?.code()))
            .or_else(|| Some(cause.downcast_ref::<passerelle_envelope::Error>()?.code()))
            .or_else(|| Some(cause.downcast_ref::<passerelle_exchange::Error>()?.code()))
            .or_else(|| Some(cause.downcast_ref::<passerelle_peerlink::Error>()?.code()))
            .or_else(|| Some(cause.downcast_ref::<passerelle_model::Error>()?.code()))
    })
}

/// What was kept and what to do, for the codes people meet most.
fn advice(code: &str) -> Option<&'static str> {
    Some(match code {
        "E_DATA_IN_USE" => {
            "Nothing was changed. Another process works on this folder: wait for it or stop it."
        }
        "E_PASSPHRASE" => "Nothing was changed. Check which passphrase or key file belongs here.",
        "E_DISK_FULL" => "What was stored before is intact. Free space, then repeat the command.",
        "E_DISK_READ_ONLY" | "E_PERMISSION" => {
            "What was stored before is intact. Give this user write access, then repeat."
        }
        "E_STORE_CORRUPT" => "Stop the node, keep a copy of the folder, restore the last backup.",
        "E_SCHEMA_NEWER" => "Nothing was changed. Use the newer program that wrote this folder.",
        "E_FILE_CHANGED" => "Nothing was sent. Repeat when nobody writes to the file any more.",
        "E_FILE_EXISTS" => "Nothing is overwritten. Choose another name or remove the file.",
        "E_PORT_TAKEN" => "Stop what listens there, or choose another address.",
        "E_NO_DATA" => "Make a node first: passerelle init --data DIR --party … --name fr=…",
        "E_CONFIRMATION" => "Nothing was changed. Add --yes to answer the question in advance.",
        "E_MATCH_PROOF" => "Use nothing of it. Keep order and answer, and tell both supervisors.",
        "E_MATCH_TABLES" => "Nothing was asked. Both sides need the same version of the program.",
        "E_MATCH_VERSION" => "Nothing was done. Both sides need the same version of the program.",
        "E_MATCH_OPENING" => "The asker must explain this: what was logged cannot be opened so.",
        "E_MATCH_KERNEL" => "Use nothing of it. This processor computes wrongly: try another one.",
        "E_FINGERPRINT" => "Nothing was pinned. Ask the other officer to read it again, by phone.",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::*;

    #[test]
    fn the_code_is_found_below_contexts() {
        let error = anyhow::Error::new(passerelle_store::Error::InUse).context("opening");
        let failure = Failure::of(&error);
        assert_eq!(failure.code(), "E_DATA_IN_USE");
        assert!(
            failure.to_string().contains("Nothing was changed."),
            "{failure}"
        );
    }

    #[test]
    fn details_follow_the_sentence() {
        let failure = Failure::new("E_X", "No.").with("First.");
        assert_eq!(failure.to_string(), "E_X: No.\n  First.");
        let wrapped = Err::<(), _>(failure.clone()).context("more").unwrap_err();
        assert_eq!(Failure::of(&wrapped), failure);
    }

    #[test]
    fn unknown_errors_have_a_code_too() {
        assert_eq!(Failure::of(&anyhow::anyhow!("odd")).code(), "E_FAILED");
    }

    #[test]
    fn file_errors_name_the_file() {
        let missing = std::fs::read("/nonexistent/x").unwrap_err();
        let failure = io("/nonexistent/x".as_ref(), &missing);
        assert_eq!(failure.code(), "E_NO_FILE");
        assert!(failure.to_string().contains("/nonexistent/x"));
    }
}
