//! Bytes to text. Stated encodings first: a byte order mark, valid UTF-8, the `charset` of HTML;
//! then two documented fall-backs, Windows-1256 where letters of Arabic stand beside one another
//! and Windows-1252 for everything else.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};

use crate::{Error, Warning};

/// Bytes from the start of an HTML page in which its `charset` must stand (HTML, 4.2.5.4).
const MAX_PRESCAN: usize = 1024;

/// Text, and what was guessed on the way.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) warnings: Vec<Warning>,
}

/// Decodes. `E_PAPER_KIND` for bytes that no text holds.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, Error> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return Ok(with(encoding, rest, false));
    }
    if let Some(encoding) = wide(bytes) {
        return Ok(with(encoding, bytes, true));
    }
    if bytes.contains(&0) {
        return Err(Error::Kind);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(with(UTF_8, bytes, false));
    }
    if let Some(encoding) = stated(bytes) {
        return Ok(with(encoding, bytes, false));
    }
    let arabic = is_arabic(bytes);
    let encoding = if arabic { WINDOWS_1256 } else { WINDOWS_1252 };
    Ok(with(encoding, bytes, true))
}

/// XML states its encoding by a mark, or is UTF-8 (XML 1.0, 4.3.3); office documents use no other.
pub(crate) fn xml(bytes: &[u8]) -> Result<String, Error> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let rest = bytes.get(mark..).unwrap_or_default();
    let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
    text.map(Into::into).ok_or(Error::Xml)
}

fn with(encoding: &'static Encoding, bytes: &[u8], guessed: bool) -> Decoded {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let mut warnings = Vec::new();
    if guessed {
        warnings.push(Warning::EncodingGuessed(encoding.name()));
    }
    if broken {
        warnings.push(Warning::BytesReplaced);
    }
    Decoded {
        text: text.into_owned(),
        warnings,
    }
}

/// UTF-16 without a mark: spaces and line ends have a zero in every second place, on one side
/// only, and no character is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let (mut little, mut big) = (0_usize, 0_usize);
    for pair in bytes.chunks_exact(2) {
        match pair {
            [0, 0] => return None,
            [_, 0] => little += 1,
            [0, _] => big += 1,
            _ => {}
        }
    }
    let many = |count: usize| count >= 2 && count * 20 >= bytes.len() / 2;
    match (little, big) {
        _ if !bytes.len().is_multiple_of(2) => None,
        (_, 0) if many(little) => Some(UTF_16LE),
        (0, _) if many(big) => Some(UTF_16BE),
        _ => None,
    }
}

/// The `charset` of an HTML page, in either of its two places.
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..MAX_PRESCAN).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=")?;
    let label = after.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|char: char| !char.is_ascii_alphanumeric() && !"-_:.".contains(char));
    let label = label.get(..end.unwrap_or(label.len()))?;
    // The bytes are not UTF-8, and UTF-16 was seen before: a page that says so is mistaken.
    Encoding::for_label_no_replacement(label.as_bytes())
        .filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible())
}

/// Whether most bytes beyond ASCII stand in rows of three and more that are letters of Arabic in
/// Windows-1256. French has its accents at the same places, but seldom two in a row.
fn is_arabic(bytes: &[u8]) -> bool {
    let rows = bytes.chunk_by(|a, b| is_arabic_letter(*a) && is_arabic_letter(*b));
    let in_rows: usize = rows.filter(|row| row.len() >= 3).map(<[u8]>::len).sum();
    let beyond = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    in_rows * 2 > beyond
}

fn is_arabic_letter(byte: u8) -> bool {
    matches!(byte, 0xc1..=0xdf | 0xe1 | 0xe3..=0xe6 | 0xec | 0xed) && byte != 0xd7
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRENCH: &str = "Été à Fès : l’accord où l’Élysée s’est engagé, « déjà ».";
    const ARABIC: &str = "اتفق الطرفان على تعزيز التعاون في مجال الهجرة";

    fn decoded(bytes: &[u8]) -> (String, Vec<Warning>) {
        let decoded = decode(bytes).unwrap();
        (decoded.text, decoded.warnings)
    }

    fn wide_bytes(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf_8_needs_no_guess_with_or_without_a_mark() {
        assert_eq!(decoded(FRENCH.as_bytes()), (FRENCH.into(), vec![]));
        let marked = ["\u{feff}", ARABIC].concat();
        assert_eq!(decoded(marked.as_bytes()), (ARABIC.into(), vec![]));
    }

    #[test]
    fn utf_16_is_read_with_a_mark_and_guessed_without() {
        for (bytes, name) in [
            (u16::to_le_bytes as fn(u16) -> [u8; 2], "UTF-16LE"),
            (u16::to_be_bytes, "UTF-16BE"),
        ] {
            for text in [FRENCH, ARABIC] {
                let marked = wide_bytes(&["\u{feff}", text].concat(), bytes);
                assert_eq!(decoded(&marked), (text.into(), vec![]));
                let bare = wide_bytes(text, bytes);
                let guess = vec![Warning::EncodingGuessed(name)];
                assert_eq!(decoded(&bare), (text.into(), guess));
            }
        }
    }

    #[test]
    fn the_two_fall_backs_are_told_apart() {
        for (text, encoding, name) in [
            (FRENCH, WINDOWS_1252, "windows-1252"),
            (ARABIC, WINDOWS_1256, "windows-1256"),
        ] {
            let (bytes, _, _) = encoding.encode(text);
            let guess = vec![Warning::EncodingGuessed(name)];
            assert_eq!(decoded(&bytes), (text.into(), guess));
        }
    }

    #[test]
    fn a_page_states_its_encoding() {
        let page = b"<meta charset=\"ISO-8859-15\"><p>10 \xa4";
        assert!(decoded(page).0.ends_with("10 €"));
        assert_eq!(decoded(page).1, vec![]);
        // A page that says UTF-8 and is not is read by the fall-back.
        let wrong = b"<meta charset=utf-8><p>\xe9t\xe9";
        assert!(decoded(wrong).0.ends_with("été"));
    }

    #[test]
    fn zeros_are_no_text() {
        assert_eq!(decode(b"a\0\0\0b").unwrap_err(), Error::Kind);
        assert_eq!(decode(b"abc\0def").unwrap_err(), Error::Kind);
    }

    #[test]
    fn a_cut_character_is_replaced_and_told() {
        let (text, warnings) = decoded(b"\xff\xfea\0b");
        assert_eq!(text, "a\u{fffd}");
        assert_eq!(warnings, vec![Warning::BytesReplaced]);
    }
}
