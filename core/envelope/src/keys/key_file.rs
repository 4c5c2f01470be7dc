//! The key file: 32 bytes that open a keyring where nobody is there to type a passphrase.

use passerelle_model::hex;
use zeroize::Zeroizing;

use crate::Error;

/// Longest key file that is read, in bytes.
const MAX_KEY_FILE_BYTES: usize = 1024;

const HEADER: &str = "# passerelle key file v1\n\
    # Whoever reads this file can open the keyring. Keep it apart from the data folder.\n";

/// Text of a key file: comment lines, then one line of 64 hex digits.
pub fn format_key_file(key: &[u8; 32]) -> Zeroizing<String> {
    let digits = Zeroizing::new(hex::encode(key));
    Zeroizing::new([HEADER, digits.as_str(), "\n"].concat())
}

/// Reads a key file: lines that start with `#` and empty lines are passed over, exactly one
/// line of 64 hex digits must be left. `E_KEY_FILE` otherwise.
pub fn parse_key_file(text: &str) -> Result<Zeroizing<[u8; 32]>, Error> {
    if text.len() > MAX_KEY_FILE_BYTES {
        return Err(Error::KeyFile("is too long"));
    }
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let line = lines.next().ok_or(Error::KeyFile("holds no key"))?;
    if lines.next().is_some() {
        return Err(Error::KeyFile("holds more than one line"));
    }
    let bytes = hex::decode(line).map(Zeroizing::new);
    bytes
        .and_then(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok())
        .map(Zeroizing::new)
        .ok_or(Error::KeyFile("needs 64 hex digits"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let text = format_key_file(&[0xa5; 32]);
        assert!(text.starts_with('#'));
        assert_eq!(*parse_key_file(&text).unwrap(), [0xa5; 32]);
    }

    #[test]
    fn refuses_anything_else() {
        let good = "a5".repeat(32);
        for bad in [
            "",
            "# only\n",
            "a5a5",
            &format!("{good}\n{good}\n"),
            &"z".repeat(64),
        ] {
            assert_eq!(parse_key_file(bad).unwrap_err().code(), "E_KEY_FILE");
        }
        let long = format!("{}{good}", "# x\n".repeat(400));
        assert_eq!(parse_key_file(&long).unwrap_err().code(), "E_KEY_FILE");
    }
}
