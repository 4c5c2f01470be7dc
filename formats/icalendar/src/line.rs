//! Lines: folding and unfolding, escapes, parameters (RFC 5545 §3.1 and §3.3.11, RFC 6868).

use crate::check::{overrides_direction, steers};
use crate::{Error, MAX_BYTES, MAX_LINE_BYTES, MAX_LINES, MAX_PARAMETERS, ReadError};

/// Longest line that is written, in bytes without its break.
const FOLD_AT: usize = 75;

/// A line as it stood before folding.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Property {
    /// Line of the file it begins on, counted from 1.
    pub(crate) line: usize,
    /// In capitals.
    pub(crate) name: String,
    /// Names in capitals; values without quotes, decoded.
    pub(crate) parameters: Vec<(String, Vec<String>)>,
    pub(crate) value: String,
}

impl Property {
    /// The first value of a parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let (_, values) = self.parameters.iter().find(|(known, _)| known == name)?;
        values.first().map(String::as_str)
    }
}

/// Appends a line, folded so that no character is cut.
pub(crate) fn push(file: &mut String, line: &str) {
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > FOLD_AT {
            file.push_str("\r\n ");
            used = 1;
        }
        file.push(c);
        used += c.len_utf8();
    }
    file.push_str("\r\n");
}

/// Text as it stands in a value.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            _ => out.push(c),
        }
    }
    out
}

/// The texts of a value, parted by commas that are not escaped. A backslash before any other
/// character than `\`, `;`, `,` and `n` stands for itself.
pub(crate) fn unescape(value: &str) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = (c == '\\').then(|| chars.next_if(|next| "\\;,nN".contains(*next)));
        match escaped.flatten() {
            Some('n' | 'N') => append(&mut texts, '\n'),
            Some(next) => append(&mut texts, next),
            None if c == ',' => texts.push(String::new()),
            None => append(&mut texts, c),
        }
    }
    texts
}

/// A parameter value in quotes, with `^` for what may not stand there.
pub(crate) fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '^' => out.push_str("^^"),
            '"' => out.push_str("^'"),
            '\n' => out.push_str("^n"),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The lines of a file, unfolded and taken apart; empty ones are passed over. Line breaks may be
/// CRLF or LF.
pub(crate) fn read(file: &[u8]) -> Result<Vec<Property>, ReadError> {
    if file.len() > MAX_BYTES {
        return Err(Error::Limit("MAX_BYTES").at(1));
    }
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let mut found = Vec::new();
    // Joined as bytes: other programs fold inside characters.
    let mut open: Option<(usize, Vec<u8>)> = None;
    for (index, line) in file.split(|byte| *byte == b'\n').enumerate() {
        let number = index + 1;
        if number > MAX_LINES {
            return Err(Error::Limit("MAX_LINES").at(number));
        }
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match (line.split_first(), &mut open) {
            (Some((b' ' | b'\t', rest)), Some((_, joined))) => {
                if joined.len() + rest.len() > MAX_LINE_BYTES {
                    return Err(Error::Limit("MAX_LINE_BYTES").at(number));
                }
                joined.extend(rest);
            }
            (Some((b' ' | b'\t', _)), None) => return Err(Error::Line.at(number)),
            _ => {
                close(open.take(), &mut found)?;
                open = (!line.is_empty()).then(|| (number, line.to_vec()));
            }
        }
    }
    close(open, &mut found)?;
    Ok(found)
}

fn close(open: Option<(usize, Vec<u8>)>, found: &mut Vec<Property>) -> Result<(), ReadError> {
    if let Some((line, bytes)) = open {
        found.push(property(line, bytes).map_err(|error| error.at(line))?);
    }
    Ok(())
}

fn property(line: usize, bytes: Vec<u8>) -> Result<Property, Error> {
    if bytes.len() > MAX_LINE_BYTES {
        return Err(Error::Limit("MAX_LINE_BYTES"));
    }
    let mut text = String::from_utf8(bytes).map_err(|_| Error::NotUtf8)?;
    if text.contains(steers) {
        return Err(Error::Control("the line"));
    }
    text.retain(|c| !overrides_direction(c));
    let (name, mut rest) = word(&text)?;
    let mut parameters = Vec::new();
    while let Some(after) = rest.strip_prefix(';') {
        let (name, after) = word(after)?;
        let after = after.strip_prefix('=').ok_or(Error::Line)?;
        let (values, after) = values(after)?;
        parameters.push((name, values));
        rest = after;
        if parameters.len() > MAX_PARAMETERS {
            return Err(Error::Limit("MAX_PARAMETERS"));
        }
    }
    let value = rest.strip_prefix(':').ok_or(Error::Line)?.to_owned();
    Ok(Property {
        line,
        name,
        parameters,
        value,
    })
}

/// A name, in capitals, and what follows it.
fn word(text: &str) -> Result<(String, &str), Error> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let (name, rest) = text
        .split_at_checked(end.unwrap_or(text.len()))
        .ok_or(Error::Line)?;
    if name.is_empty() {
        return Err(Error::Line);
    }
    Ok((name.to_ascii_uppercase(), rest))
}

/// The values of a parameter, and what follows them.
fn values(text: &str) -> Result<(Vec<String>, &str), Error> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        let (value, after) = value(rest)?;
        found.push(decode(value));
        if found.len() > MAX_PARAMETERS {
            return Err(Error::Limit("MAX_PARAMETERS"));
        }
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None => return Ok((found, after)),
        }
    }
}

fn value(text: &str) -> Result<(&str, &str), Error> {
    if let Some(quoted) = text.strip_prefix('"') {
        return quoted.split_once('"').ok_or(Error::Line);
    }
    let end = text.find([';', ':', ',', '"']).ok_or(Error::Line)?;
    text.split_at_checked(end).ok_or(Error::Line)
}

/// Undoes the `^` of RFC 6868; one before any other character stands for itself (§3.2).
fn decode(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        let coded = (c == '^').then(|| chars.next_if(|next| "^'n".contains(*next)));
        out.push(match coded.flatten() {
            Some('n') => '\n',
            Some('\'') => '"',
            _ => c,
        });
    }
    out
}

fn append(texts: &mut [String], c: char) {
    if let Some(text) = texts.last_mut() {
        text.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> Result<Property, &'static str> {
        let mut found = read(line.as_bytes()).map_err(ReadError::code)?;
        found.pop().ok_or("nothing")
    }

    #[test]
    fn folding_keeps_characters_and_is_undone() {
        let line = format!("SUMMARY:{}", "المجموعة المختلطة 🕊 ".repeat(40));
        let mut file = String::new();
        push(&mut file, &line);
        for part in file.split("\r\n") {
            assert!(part.len() <= 75, "{} bytes", part.len());
        }
        let back = one(&file).unwrap();
        assert_eq!(format!("SUMMARY:{}", back.value), line);
    }

    #[test]
    fn others_fold_inside_characters() {
        let (head, tail) = "SUMMARY:é".as_bytes().split_at(9);
        let file = [head, b"\r\n ", tail, b"\r\n"].concat();
        assert_eq!(read(&file).unwrap()[0].value, "é");
    }

    #[test]
    fn parameters() {
        let back = one("attendee;CN=\"A;B:C, ^'D^' ^^ ^n^x\";X=a,\"b\":mailto:a@b").unwrap();
        assert_eq!(back.name, "ATTENDEE");
        assert_eq!(back.parameter("CN"), Some("A;B:C, \"D\" ^ \n^x"));
        assert_eq!(back.parameters[1].1, ["a", "b"]);
        assert_eq!(back.value, "mailto:a@b");
        for bad in [
            "A",
            "A;B:c",
            "A;B=\"c:d",
            "A;=c:d",
            ":a",
            "A;B=c\"d\":e",
            " A:b",
            "É:a",
        ] {
            assert_eq!(one(bad).err(), Some("E_ICAL_LINE"), "{bad}");
        }
    }

    #[test]
    fn escapes_and_lists() {
        let text = "a\\b;c,d\ne";
        assert_eq!(unescape(&escape(text)), [text]);
        assert_eq!(unescape("a,b\\,c,\\x\\N\\"), ["a", "b,c", "\\x\n\\"]);
    }

    #[test]
    fn what_steers_a_display() {
        assert_eq!(one("A:b\0c").err(), Some("E_ICAL_CONTROL"));
        assert_eq!(one("A:b\rc").err(), Some("E_ICAL_CONTROL"));
        assert_eq!(
            one("A:\u{2066}b\u{2069}\u{200f}").unwrap().value,
            "b\u{200f}"
        );
        assert_eq!(
            read(b"A:\xff").err().map(ReadError::code),
            Some("E_NOT_UTF8")
        );
    }

    #[test]
    fn limits() {
        let long = format!("A:{}", "x".repeat(MAX_LINE_BYTES));
        assert_eq!(one(&long).err(), Some("E_ICAL_LIMIT"));
        let folded = format!("A:{}", "\n ".repeat(10) + &"x\n ".repeat(MAX_LINES));
        assert_eq!(one(&folded).err(), Some("E_ICAL_LIMIT"));
        assert_eq!(
            one(&format!("A{}:b", ";B=c".repeat(51))).err(),
            Some("E_ICAL_LIMIT")
        );
        assert_eq!(
            one(&format!("A;B=c{}:b", ",c".repeat(51))).err(),
            Some("E_ICAL_LIMIT")
        );
        let big = vec![b'x'; MAX_BYTES + 1];
        assert_eq!(read(&big).err().map(ReadError::code), Some("E_ICAL_LIMIT"));
    }
}
