//! `names`: comparison of person names. It needs no node and touches no data folder.

use std::io::{self, BufRead, BufWriter, ErrorKind, Write};
use std::path::Path;

use passerelle_names::{
    Error, Explanation, KEY_SCHEME, Key, Line, MAX_LINE_BYTES, Name, PartialDate, TABLES, What,
    explain, k1, k2, k3, k4, read_name, read_pair, score,
};
use serde_json::{Value, json};

use super::print_json;
use crate::args::{Common, CompareArgs, NamesCommand};
use crate::failure::{self, Failure};

/// Runs one of the commands.
pub(super) fn run(common: &Common, command: &NamesCommand) -> Result<(), Failure> {
    match command {
        NamesCommand::Compare(args) => compare(common, args),
        NamesCommand::Score { dob } => each_line(|line, out| {
            let pair = read_pair(line, *dob)?;
            let score = score((&pair.a, pair.born_a), (&pair.b, pair.born_b));
            Ok(writeln!(out, "{:.4}", score.bits()))
        }),
        NamesCommand::Keys { dob, variants } => each_line(|line, out| {
            let (name, born) = read_name(line, *dob)?;
            Ok(write_keys(out, &keys(&name, born, *variants)?))
        }),
        NamesCommand::Version => {
            if common.json {
                print_json(&json!({ "tables": TABLES, "keys": KEY_SCHEME }));
            } else {
                println!("tables {TABLES}\nkeys   {KEY_SCHEME}");
            }
            Ok(())
        }
    }
}

fn compare(common: &Common, args: &CompareArgs) -> Result<(), Failure> {
    let name =
        |text: &str, which: &str| Name::new(text).map_err(|error| refused(error).within(which));
    let (a, b) = (
        name(&args.a, "the first name")?,
        name(&args.b, "the second name")?,
    );
    let explanation = explain((&a, args.dob_a), (&b, args.dob_b));
    if common.json {
        print_json(&as_json(&explanation, args.explain));
    } else if args.explain {
        print!("{}", explanation.text(&args.a, &args.b));
        println!("tables {TABLES}");
    } else {
        let score = explanation.score;
        let chance = (score.probability() * 100.0).clamp(0.1, 99.9);
        println!(
            "{} (chance {chance:.1} %, {:+.2} bits)",
            score.band(),
            score.bits()
        );
    }
    Ok(())
}

fn as_json(explanation: &Explanation, whole: bool) -> Value {
    let score = explanation.score;
    let mut value = json!({
        "band": score.band().code(),
        "bits": score.bits(),
        "probability": score.probability(),
        "tables": TABLES,
    });
    if let (true, Some(object)) = (whole, value.as_object_mut()) {
        object.insert(
            "lines".to_owned(),
            explanation.lines.iter().map(line_json).collect(),
        );
        object.insert("cut".to_owned(), explanation.cut.into());
        object.insert("mixed_scripts".to_owned(), explanation.mixed.into());
    }
    value
}

fn line_json(line: &Line) -> Value {
    let what = match &line.what {
        What::Start => json!({ "what": "start" }),
        What::Met {
            a,
            b,
            letters,
            rarity,
            spelling,
        } => json!({
            "what": "met",
            "a": [a.start, a.end],
            "b": [b.start, b.end],
            "letters": f64::from(*letters) / 100.0,
            "rarity": f64::from(*rarity) / 100.0,
            "spelling": spelling.steps,
        }),
        What::Initial { a, b } => {
            json!({ "what": "initial", "a": [a.start, a.end], "b": [b.start, b.end] })
        }
        What::Alone { second, at, role } => json!({
            "what": "alone",
            "side": if *second { "b" } else { "a" },
            "at": [at.start, at.end],
            "role": role.code(),
        }),
        What::Rule(rule) => json!({ "what": "rule", "rule": rule.code() }),
        What::Dates(relation) => json!({ "what": "dates", "relation": relation.code() }),
        What::ImpossibleDate => json!({ "what": "impossible-date" }),
    };
    let mut what = what;
    if let Some(object) = what.as_object_mut() {
        object.insert("bits".to_owned(), (f64::from(line.units) / 256.0).into());
    }
    what
}

/// K1, or K4 for variants; K3 and K2 where a date is known.
pub(super) fn keys(
    name: &Name,
    born: Option<PartialDate>,
    variants: bool,
) -> Result<Vec<Key>, Error> {
    Ok(match born {
        Some(born) => [&k3(name, born)?[..], &k2(name, born)?[..]].concat(),
        None if variants => k4(name).to_vec(),
        None => k1(name).to_vec(),
    })
}

fn write_keys(out: &mut impl Write, keys: &[Key]) -> io::Result<()> {
    for (at, key) in keys.iter().enumerate() {
        let gap = if at == 0 { "" } else { " " };
        write!(out, "{gap}{key:016x}")?;
    }
    writeln!(out)
}

/// Hands every line of standard input to `work`, which writes one line. The first that is
/// refused ends it, with its number; what was written before stands.
fn each_line(
    mut work: impl FnMut(
        &[u8],
        &mut BufWriter<io::StdoutLock<'static>>,
    ) -> Result<io::Result<()>, Error>,
) -> Result<(), Failure> {
    let mut input = io::stdin().lock();
    let mut out = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    let mut line = Vec::with_capacity(MAX_LINE_BYTES + 2);
    let mut number = 0_u64;
    let outcome = loop {
        number += 1;
        match next_line(&mut input, &mut line) {
            Ok(false) => break Ok(()),
            Ok(true) => {}
            Err(error) => break Err(failure::io(Path::new("-"), &error)),
        }
        match work(&line, &mut out) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return written(Err(error)),
            Err(error) => break Err(refused(error).within(&format!("line {number}"))),
        }
    };
    written(out.flush())?;
    outcome
}

/// Reads up to the next line's end, or little more than a line may have; false at the end.
fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    let most = u64::try_from(MAX_LINE_BYTES + 2).unwrap_or(u64::MAX);
    let read = io::Read::take(input, most).read_until(b'\n', line)?;
    if line.last() == Some(&b'\n') {
        line.pop();
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

fn refused(error: Error) -> Failure {
    Failure::new(error.code(), error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_and_long_ones_are_cut_before_they_fill_the_memory() {
        let long = "x".repeat(1_000_000);
        let text = format!("a\tb\r\n\nlast{long}");
        let (mut input, mut line) = (text.as_bytes(), Vec::new());
        assert!(next_line(&mut input, &mut line).unwrap());
        assert_eq!(line, b"a\tb\r");
        assert!(next_line(&mut input, &mut line).unwrap());
        assert!(line.is_empty());
        assert!(next_line(&mut input, &mut line).unwrap());
        assert_eq!(line.len(), MAX_LINE_BYTES + 2);
        assert_eq!(
            read_pair(&line, false).unwrap_err().code(),
            "E_NAME_TOO_LONG"
        );
    }

    #[test]
    fn keys_have_a_fixed_number() {
        let born = "1971".parse().ok();
        for text in ["Ali", "Mohamed ben Ali ben Youssef el Alaoui"] {
            let name = Name::new(text).unwrap();
            assert_eq!(keys(&name, None, false).unwrap().len(), 6);
            assert_eq!(keys(&name, None, true).unwrap().len(), 20);
            assert_eq!(keys(&name, born, false).unwrap().len(), 14);
        }
        let name = Name::new("Ali").unwrap();
        let impossible = "1971-02-30".parse().ok();
        assert_eq!(
            keys(&name, impossible, false).unwrap_err().code(),
            "E_NAME_DATE"
        );
    }
}
