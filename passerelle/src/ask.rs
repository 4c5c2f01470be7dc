//! Questions to a person at a terminal.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

use crate::failure::Failure;

/// Longest line that is taken from a terminal, in bytes.
const MAX_LINE_BYTES: u64 = 4096;

/// Whether somebody can be asked.
pub(crate) fn possible() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks a yes-or-no question; only a whole word counts as yes. `E_CONFIRMATION` where nobody
/// can be asked, or the answer is no.
pub(crate) fn confirm(question: &str, yes: bool) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    if !possible() {
        return Err(Failure::new(
            "E_CONFIRMATION",
            "this needs a person to say yes",
        ));
    }
    if is_yes(&line(&format!("{question} [yes/no] "))?) {
        Ok(())
    } else {
        Err(Failure::new("E_CONFIRMATION", "not confirmed"))
    }
}

/// Asks for a passphrase without showing it. `E_PASSPHRASE_NEEDED` where nobody can be asked.
pub(crate) fn passphrase(prompt: &str) -> Result<Zeroizing<String>, Failure> {
    if !possible() {
        let sentence = "the passphrase is needed and nobody is there to type it";
        return Err(Failure::new("E_PASSPHRASE_NEEDED", sentence)
            .with("Give --passphrase-file FILE or set PASSERELLE_PASSPHRASE_FILE."));
    }
    let hidden = Hidden::start();
    let typed = line(prompt).map(Zeroizing::new);
    drop(hidden);
    eprintln!();
    typed
}

fn line(prompt: &str) -> Result<String, Failure> {
    use io::Read as _;
    let failed = |error: io::Error| Failure::new("E_IO", format!("terminal: {error}"));
    let mut out = io::stderr();
    out.write_all(prompt.as_bytes())
        .and_then(|()| out.flush())
        .map_err(failed)?;
    let mut typed = String::new();
    io::stdin()
        .lock()
        .take(MAX_LINE_BYTES)
        .read_line(&mut typed)
        .map_err(failed)?;
    Ok(typed.trim_end_matches(['\n', '\r']).to_owned())
}

fn is_yes(answer: &str) -> bool {
    matches!(
        answer.trim().to_lowercase().as_str(),
        "yes" | "oui" | "ja" | "نعم"
    )
}

/// Echo off while it lives.
struct Hidden(Option<rustix::termios::Termios>);

impl Hidden {
    fn start() -> Self {
        let before = tcgetattr(io::stdin()).ok();
        if let Some(mut quiet) = before.clone() {
            quiet.local_modes.remove(LocalModes::ECHO);
            let _ = tcsetattr(io::stdin(), OptionalActions::Flush, &quiet);
        }
        Self(before)
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        if let Some(before) = &self.0 {
            let _ = tcsetattr(io::stdin(), OptionalActions::Flush, before);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_are_a_yes() {
        for yes in ["yes", " Oui ", "JA", "نعم"] {
            assert!(is_yes(yes), "{yes}");
        }
        for no in ["", "y", "no", "yess", "non"] {
            assert!(!is_yes(no), "{no}");
        }
    }

    #[test]
    fn a_yes_in_advance_asks_nobody() {
        assert!(confirm("?", true).is_ok());
    }
}
