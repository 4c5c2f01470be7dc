//! Small readers shared by the text formats: canonical decimals and base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::error::Error;

/// Standard base64 (RFC 4648 section 4) with padding.
pub(crate) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Reads standard base64, refusing missing padding, stray bits and white space.
pub(crate) fn parse_base64(what: &'static str, text: &str) -> Result<Vec<u8>, Error> {
    STANDARD
        .decode(text)
        .map_err(|_| Error::malformed(what, "not canonical standard base64"))
}

/// Reads an ASCII decimal without sign or leading zeroes.
pub(crate) fn parse_decimal(what: &'static str, text: &str) -> Result<u64, Error> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits || (text.len() > 1 && text.starts_with('0')) {
        return Err(Error::malformed(what, "not a canonical decimal"));
    }
    text.parse()
        .map_err(|_| Error::malformed(what, "the number does not fit 64 bits"))
}

/// Splits off the first line; the newline must be there.
pub(crate) fn line<'a>(what: &'static str, text: &'a str) -> Result<(&'a str, &'a str), Error> {
    text.split_once('\n')
        .ok_or(Error::malformed(what, "a line is missing"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_canonical() {
        assert_eq!(parse_decimal("n", "0"), Ok(0));
        assert_eq!(parse_decimal("n", "18446744073709551615"), Ok(u64::MAX));
        for wrong in [
            "",
            "00",
            "01",
            "+1",
            "-1",
            " 1",
            "1 ",
            "1_0",
            "18446744073709551616",
            "١",
        ] {
            assert!(parse_decimal("n", wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn base64_is_canonical() {
        assert_eq!(parse_base64("b", "AA==").unwrap(), [0]);
        for wrong in ["AA", "AA=", "AB==", "AA==\n", "-_==", " AA=="] {
            assert!(parse_base64("b", wrong).is_err(), "{wrong}");
        }
    }
}
