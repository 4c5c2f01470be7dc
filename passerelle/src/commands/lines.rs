//! One line out for every line in: how other programs use this one.

use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, StdoutLock, Write};
use std::path::Path;

use passerelle_names::{Error, MAX_LINE_BYTES};

use crate::failure::{self, Failure};

/// Refused lines that are told one by one.
const MOST_TOLD: usize = 10;

/// What became of a line: whether it could be written, and what was left aside in it; or why it
/// was refused.
pub(super) type Answer = Result<(io::Result<()>, Option<Error>), Error>;

/// Hands every line of standard input to `work`, which writes one line. For a line that is
/// refused `instead` is written, so that lines keep their numbers; at the end it is told which
/// these were. Memory does not grow with the input. Whoever writes a line and waits gets the
/// answer at once.
pub(super) fn each_line(
    instead: &str,
    columns: &str,
    mut work: impl FnMut(&[u8], &mut BufWriter<StdoutLock<'static>>) -> Answer,
) -> Result<(), Failure> {
    let mut input = BufReader::with_capacity(64 * 1024, io::stdin().lock());
    let mut out = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    let mut line = Vec::with_capacity(MAX_LINE_BYTES + 2);
    let mut told = Told::default();
    loop {
        if input.buffer().is_empty() {
            written(out.flush())?;
        }
        match next_line(&mut input, &mut line) {
            Ok(true) => told.lines += 1,
            Ok(false) => break,
            Err(error) => {
                written(out.flush())?;
                return Err(failure::io(Path::new("-"), &error));
            }
        }
        match work(&line, &mut out) {
            Ok((outcome, aside)) => {
                written(outcome)?;
                aside.into_iter().for_each(|error| told.take(error, false));
            }
            Err(error) => {
                written(writeln!(out, "{instead}"))?;
                told.take(error, true);
            }
        }
    }
    written(out.flush())?;
    told.outcome(columns)
}

/// The lines that were refused.
#[derive(Default)]
struct Told {
    lines: u64,
    refused: u64,
    aside: u64,
    columns: bool,
    first: Vec<String>,
}

impl Told {
    fn take(&mut self, error: Error, refused: bool) {
        self.refused += u64::from(refused);
        self.aside += u64::from(!refused);
        self.columns |= error == Error::Columns;
        if self.first.len() < MOST_TOLD {
            self.first
                .push(format!("line {}: {}: {error}", self.lines, error.code()));
        }
    }

    fn outcome(self, columns: &str) -> Result<(), Failure> {
        let all = self.refused + self.aside;
        if all == 0 {
            return Ok(());
        }
        let lines = self.lines;
        let sentence = match (self.refused, self.aside) {
            (refused, 0) => format!("{refused} of {lines} lines were refused"),
            (0, aside) => format!("{aside} of {lines} lines have a date that was left aside"),
            (refused, aside) => format!(
                "{refused} of {lines} lines were refused, {aside} have a date that was left aside"
            ),
        };
        let mut failure = Failure::new("E_NAME_LINES", sentence);
        let more = all.saturating_sub(u64::try_from(self.first.len()).unwrap_or(0));
        for line in self.first {
            failure = failure.with(line);
        }
        if more > 0 {
            failure = failure.with(format!("and {more} more"));
        }
        if self.columns {
            failure = failure.with(columns);
        }
        Err(failure)
    }
}

/// Reads up to the next line's end and leaves aside what is longer than a line may be, but for
/// two bytes by which that is known; false at the end.
fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    let most = u64::try_from(MAX_LINE_BYTES + 2).unwrap_or(u64::MAX);
    let read = Read::take(&mut *input, most).read_until(b'\n', line)?;
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() > MAX_LINE_BYTES {
        input.skip_until(b'\n')?;
    }
    Ok(read > 0)
}

/// Whoever reads our output may stop early: no failure.
fn written(outcome: io::Result<()>) -> Result<(), Failure> {
    match outcome {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        other => other.map_err(|error| failure::io(Path::new("-"), &error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_and_long_ones_are_cut_before_they_fill_the_memory() {
        let long = "x".repeat(1_000_000);
        let text = format!("a\tb\r\n\nlong{long}\nlast");
        let (mut input, mut line) = (text.as_bytes(), Vec::new());
        let mut read = Vec::new();
        while next_line(&mut input, &mut line).unwrap() {
            assert!(line.len() <= MAX_LINE_BYTES + 2);
            read.push(line.get(..4.min(line.len())).unwrap().to_vec());
        }
        assert_eq!(read, [&b"a\tb\r"[..], b"", b"long", b"last"]);
    }

    #[test]
    fn what_was_refused_is_told_with_its_lines_and_no_more_than_can_be_read() {
        let mut told = Told::default();
        for _ in 0..1_000 {
            told.lines += 1;
            told.take(Error::Columns, true);
        }
        let failure = told.outcome("two columns").unwrap_err();
        let text = failure.to_string();
        assert_eq!(failure.code(), "E_NAME_LINES");
        for part in [
            "1000 of 1000",
            "line 10: E_NAME_COLUMNS",
            "990 more",
            "two columns",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains("line 11:"));
        assert!(Told::default().outcome("").is_ok());
    }
}
