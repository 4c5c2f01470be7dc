//! Lists of identifiers: reading them line by line, and evaluating them under our key.

use std::io::{BufRead as _, BufReader, BufWriter, ErrorKind, Read as _, Write as _};
use std::path::Path;
use std::thread;

use passerelle_matching::oprf::{Mode, Output, Suite, evaluate_batch};
use passerelle_matching::{Canonical, Class};

use super::key_file::Key;
use super::read::refused;
use crate::clock;
use crate::failure::{self, Failure};

/// Longest line of a list, in bytes.
const MAX_LINE_BYTES: u64 = 4096;
/// Identifiers evaluated at a time, so that memory does not grow with them.
const STRIPE: usize = 65_536;
/// Faults of a list that are told at once.
const MAX_FAULTS: usize = 10;
/// What programs of some systems write before a text.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Evaluates every identifier of a list under our key, on all processors.
pub(super) fn evaluated(
    key: &Key,
    ids: &Path,
    mut each: impl FnMut(&Canonical, &Output),
) -> Result<u64, Failure> {
    let mut progress = Progress::start("identifiers evaluated");
    let mut stripe: Vec<Canonical> = Vec::with_capacity(STRIPE);
    let mut turn = |stripe: &mut Vec<Canonical>| {
        let outputs = outputs(key, stripe)?;
        stripe
            .iter()
            .zip(&outputs)
            .for_each(|(one, output)| each(one, output));
        progress.add(stripe.len() as u64);
        stripe.clear();
        Ok::<(), Failure>(())
    };
    let count = identifiers(ids, key.class, |one| {
        stripe.push(one);
        match stripe.len() == STRIPE {
            true => turn(&mut stripe),
            false => Ok(()),
        }
    })?;
    turn(&mut stripe)?;
    Ok(count)
}

/// One slice for each processor.
fn outputs(key: &Key, stripe: &[Canonical]) -> Result<Vec<Output>, Failure> {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let slice = stripe.len().div_ceil(workers).max(1);
    thread::scope(|scope| {
        let started: Vec<_> = stripe
            .chunks(slice)
            .map(|slice| scope.spawn(|| evaluated_slice(key, slice)))
            .collect();
        let mut outputs = Vec::with_capacity(stripe.len());
        for worker in started {
            let done = worker.join();
            outputs.extend(done.map_err(|_| Failure::new("E_FAILED", "a worker stopped"))??);
        }
        Ok(outputs)
    })
}

fn evaluated_slice(key: &Key, slice: &[Canonical]) -> Result<Vec<Output>, Failure> {
    let inputs: Vec<Vec<u8>> = slice.iter().map(Canonical::input).collect();
    let suite = Suite::new(Mode::Verifiable);
    evaluate_batch(&suite, &key.secret, inputs.iter().map(Vec::as_slice)).map_err(refused)
}

/// Every identifier of a list, in canonical form; how many there are. The first faults are told
/// together, each with its line; what is written there is not repeated.
pub(super) fn identifiers(
    path: &Path,
    class: Class,
    mut each: impl FnMut(Canonical) -> Result<(), Failure>,
) -> Result<u64, Failure> {
    let (mut faults, mut count) = (Vec::new(), 0);
    lines(path, |number, line| {
        match class.canonical(line) {
            // After a fault the rest is only looked through.
            Ok(one) if faults.is_empty() => {
                each(one)?;
                count += 1;
            }
            Ok(_) => {}
            Err(error) => faults.push(format!("line {number}: {error}")),
        }
        Ok(faults.len() < MAX_FAULTS)
    })?;
    let mut faults = faults.into_iter();
    let Some(first) = faults.next() else {
        return Ok(count);
    };
    let first = format!("{}: {first}", path.display());
    let failure = Failure::new("E_MATCH_IDENTIFIER", first);
    Err(faults.fold(failure, Failure::with))
}

/// Every line that is not empty, with its number from 1, until one wants no more.
pub(super) fn lines(
    path: &Path,
    mut each: impl FnMut(u64, &str) -> Result<bool, Failure>,
) -> Result<(), Failure> {
    let source: Box<dyn std::io::Read> = match path == Path::new("-") {
        true => Box::new(std::io::stdin()),
        false => Box::new(std::fs::File::open(path).map_err(|e| failure::io(path, &e))?),
    };
    let mut reader = BufReader::new(source);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let mut limited = reader.by_ref().take(MAX_LINE_BYTES);
        let read = limited.read_until(b'\n', &mut line);
        if read.map_err(|error| failure::io(path, &error))? == 0 {
            break;
        }
        if line.last() != Some(&b'\n') && line.len() as u64 == MAX_LINE_BYTES {
            return Err(at(
                path,
                number,
                "E_TOO_LARGE",
                "is longer than 4,096 bytes",
            ));
        }
        let text = std::str::from_utf8(&line)
            .map_err(|_| at(path, number, "E_NOT_UTF8", "is not UTF-8"))?;
        let text = match number {
            1 => text.trim_start_matches(BYTE_ORDER_MARK),
            _ => text,
        };
        let text = text.trim_end_matches(['\n', '\r']);
        if !text.trim().is_empty() && !each(number, text)? {
            break;
        }
    }
    Ok(())
}

/// A refusal of one line.
pub(super) fn at(path: &Path, number: u64, code: &str, why: &str) -> Failure {
    Failure::new(code, format!("{}: line {number}: {why}", path.display()))
}

/// Lines on standard output. Whoever reads them may stop early: no failure.
pub(super) fn print(lines: impl Iterator<Item = String>) -> Result<(), Failure> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let write = || {
        for line in lines {
            writeln!(out, "{line}")?;
        }
        out.flush()
    };
    match write() {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(failure::io(Path::new("standard output"), &error))
        }
        _ => Ok(()),
    }
}

/// Tells on standard error how far a long work is, every five seconds.
struct Progress {
    what: &'static str,
    done: u64,
    said: u64,
}

impl Progress {
    fn start(what: &'static str) -> Self {
        Self {
            what,
            done: 0,
            said: clock::now().seconds(),
        }
    }

    fn add(&mut self, count: u64) {
        self.done += count;
        let now = clock::now().seconds();
        if now >= self.said + 5 {
            self.said = now;
            eprintln!("{} {}", self.done, self.what);
        }
    }
}
