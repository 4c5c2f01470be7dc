//! Text form of binary objects, for mail, paper and clipboards: base64 (RFC 4648 §4) in
//! lines of 64 characters between two marker lines (the frame of RFC 7468).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::Error;

const LINE: usize = 64;

/// `bytes` in armour; `label` such as `PASSERELLE CARD`.
pub(crate) fn encode(label: &str, bytes: &[u8]) -> String {
    let text = STANDARD.encode(bytes);
    let mut out = format!("-----BEGIN {label}-----\n");
    let mut rest = text.as_str();
    while let Some((line, after)) = rest.split_at_checked(LINE) {
        out.push_str(line);
        out.push('\n');
        rest = after;
    }
    if !rest.is_empty() {
        out.push_str(rest);
        out.push('\n');
    }
    out.push_str(&format!("-----END {label}-----\n"));
    out
}

/// Whether `bytes` look like armour rather than binary.
pub(crate) fn is_armoured(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"-----BEGIN ")
}

/// Reads one armoured object of at most `limit` bytes. White space that mail programs add
/// is let through: what counts is signed, and checked, inside.
pub(crate) fn decode(label: &'static str, bytes: &[u8], limit: usize) -> Result<Vec<u8>, Error> {
    Error::check_size(label, bytes.len(), limit.saturating_mul(2))?;
    let refused = |why| Error::malformed(label, why);
    let text = std::str::from_utf8(bytes).map_err(|_| refused("is not text"))?;
    let body = text
        .trim_ascii()
        .strip_prefix(&format!("-----BEGIN {label}-----"))
        .and_then(|rest| rest.strip_suffix(&format!("-----END {label}-----")))
        .ok_or_else(|| refused("has not its first and last line"))?;
    let packed: Vec<u8> = body
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    STANDARD
        .decode(packed)
        .map_err(|_| refused("is not base64"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_are_64_wide_and_read_back() {
        for length in [0, 1, 47, 48, 49, 96, 1000] {
            let bytes = vec![7; length];
            let text = encode("X", &bytes);
            assert!(text.lines().all(|line| line.len() <= 64));
            assert_eq!(decode("X", text.as_bytes(), 1000).unwrap(), bytes);
            let mailed = format!("\r\n  {}", text.replace('\n', "\r\n"));
            assert!(is_armoured(mailed.as_bytes()));
            assert_eq!(decode("X", mailed.as_bytes(), 1000).unwrap(), bytes);
        }
    }

    #[test]
    fn other_labels_sizes_and_alphabets_are_refused() {
        let text = encode("X", b"abc");
        assert_eq!(
            decode("Y", text.as_bytes(), 1000).unwrap_err().code(),
            "E_MALFORMED"
        );
        assert_eq!(
            decode("X", text.as_bytes(), 10).unwrap_err().code(),
            "E_TOO_LARGE"
        );
        let odd = text.replace("YWJj", "YW-j");
        assert_eq!(
            decode("X", odd.as_bytes(), 1000).unwrap_err().code(),
            "E_MALFORMED"
        );
    }

    proptest! {
        #[test]
        fn no_input_panics(bytes: Vec<u8>) {
            let _ = decode("X", &bytes, 1000);
        }
    }
}
