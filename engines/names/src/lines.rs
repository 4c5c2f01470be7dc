//! Lines of text: how programs hand over pairs and names.

use crate::dates::PartialDate;
use crate::error::Error;
use crate::name::{MAX_NAME_CHARS, Name};

/// Longest line, in bytes: two names of four-byte characters, two dates, three tabulators.
pub const MAX_LINE_BYTES: usize = 8 * MAX_NAME_CHARS + 32;

/// Two names with what is known of their birth dates.
#[derive(Debug, Clone)]
pub struct PairLine {
    /// The first name.
    pub a: Name,
    /// Its birth date.
    pub born_a: Option<PartialDate>,
    /// The second name.
    pub b: Name,
    /// Its birth date.
    pub born_b: Option<PartialDate>,
}

/// Reads `name⇥name`, or `name⇥date⇥name⇥date` where `dated`; an empty date is none.
///
/// # Errors
/// [`Error::NotUtf8`], [`Error::TooLong`], [`Error::Columns`], [`Error::Date`] and what
/// [`Name::new`] refuses.
///
/// ```
/// use passerelle_names::{read_pair, score};
///
/// let line = read_pair("عبد الوافي\t1971\tAbdelouafi\t1971-03-02".as_bytes(), true)?;
/// assert!(score((&line.a, line.born_a), (&line.b, line.born_b)).probability() > 0.5);
/// # Ok::<(), passerelle_names::Error>(())
/// ```
pub fn read_pair(line: &[u8], dated: bool) -> Result<PairLine, Error> {
    let mut columns = text(line)?.split('\t');
    let mut next = || columns.next().ok_or(Error::Columns);
    let (a, born_a, b, born_b) = if dated {
        (next()?, next()?, next()?, next()?)
    } else {
        (next()?, "", next()?, "")
    };
    if columns.next().is_some() {
        return Err(Error::Columns);
    }
    Ok(PairLine {
        born_a: PartialDate::of_column(born_a)?,
        born_b: PartialDate::of_column(born_b)?,
        a: Name::new(a)?,
        b: Name::new(b)?,
    })
}

/// Reads `name`, or `name⇥date` where `dated`.
///
/// # Errors
/// As [`read_pair`].
pub fn read_name(line: &[u8], dated: bool) -> Result<(Name, Option<PartialDate>), Error> {
    let mut columns = text(line)?.split('\t');
    let mut next = || columns.next().ok_or(Error::Columns);
    let (name, born) = if dated {
        (next()?, next()?)
    } else {
        (next()?, "")
    };
    if columns.next().is_some() {
        return Err(Error::Columns);
    }
    Ok((Name::new(name)?, PartialDate::of_column(born)?))
}

/// The line as text, without the return that some systems put at its end.
fn text(line: &[u8]) -> Result<&str, Error> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.len() > MAX_LINE_BYTES {
        return Err(Error::TooLong);
    }
    std::str::from_utf8(line).map_err(|_| Error::NotUtf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(line: &[u8], dated: bool) -> Error {
        read_pair(line, dated).unwrap_err()
    }

    #[test]
    fn bad_lines_have_stable_codes() {
        assert_eq!(refused(b"Ali", false).code(), "E_NAME_COLUMNS");
        assert_eq!(refused(b"Ali\tAli\tAli", false).code(), "E_NAME_COLUMNS");
        assert_eq!(refused(b"Ali\t1971\tAli", true).code(), "E_NAME_COLUMNS");
        assert_eq!(refused(b"Ali\t71\tAli\t", true).code(), "E_NAME_DATE");
        assert_eq!(refused(b"Ali\t ..", false).code(), "E_NAME_EMPTY");
        assert_eq!(refused(b"\xff\tAli", false).code(), "E_NOT_UTF8");
        assert_eq!(
            refused("Ali\tA\u{202e}li".as_bytes(), false).code(),
            "E_NAME_CONTROL"
        );
        assert_eq!(
            refused("x".repeat(1_000_000).as_bytes(), false).code(),
            "E_NAME_TOO_LONG"
        );
        assert!(read_name(b"Ali\t", true).is_ok() && read_name(b"Ali\r", false).is_ok());
        assert!(read_name(b"Ali\t", false).is_err() && read_name(b"Ali", true).is_err());
    }
}
