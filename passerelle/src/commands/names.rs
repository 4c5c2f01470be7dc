//! `names`: comparison of person names. It needs no node and touches no data folder.

use std::io::{self, Write};

use passerelle_names::{
    Error, Explanation, KEY_SCHEME, Key, Line, Name, PartialDate, TABLES, What, explain, k1, k2,
    k3, k4, read_name, read_pair, score,
};
use serde_json::{Value, json};

use super::lines::{Answer, each_line};
use super::print_json;
use crate::args::{Common, CompareArgs, NamesCommand};
use crate::failure::Failure;

/// What stands for a line without a score: below every score, so that it sorts last.
const NO_SCORE: &str = "-99.0000";
const SCORE: &str = "a line has two columns, name and name; four with --dob";
const SCORE_DATED: &str = "a line has four columns, name, date, name, date; two without --dob";
const KEYS: &str = "a line has one column, the name; two with --dob";
const KEYS_DATED: &str = "a line has two columns, name and date; one without --dob";

/// Runs one of the commands.
pub(super) fn run(common: &Common, command: &NamesCommand) -> Result<(), Failure> {
    match command {
        NamesCommand::Compare(args) => compare(common, args),
        NamesCommand::Score { dob } => {
            let columns = if *dob { SCORE_DATED } else { SCORE };
            each_line(NO_SCORE, columns, |line, out| score_line(line, *dob, out))
        }
        NamesCommand::Keys { dob, variants } => {
            let columns = if *dob { KEYS_DATED } else { KEYS };
            each_line("", columns, |line, out| {
                let (name, born) = read_name(line, *dob)?;
                let keys = keys(&name, born, *variants)?;
                Ok((write_keys(out, &keys), None))
            })
        }
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

/// The score of one line. A date that is badly written counts as not known, and is told.
fn score_line(line: &[u8], dob: bool, out: &mut impl Write) -> Answer {
    let (pair, date) = match read_pair(line, dob) {
        Err(Error::Date) => (read_pair(&undated(line), false)?, Some(Error::Date)),
        other => (other?, None),
    };
    let score = score((&pair.a, pair.born_a), (&pair.b, pair.born_b));
    Ok((writeln!(out, "{:.4}", score.bits()), date))
}

/// A line of names and dates without the dates.
fn undated(line: &[u8]) -> Vec<u8> {
    let columns: Vec<&[u8]> = line.split(|byte| *byte == b'\t').step_by(2).collect();
    columns.join(&b'\t')
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

fn refused(error: Error) -> Failure {
    Failure::new(error.code(), error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_badly_written_date_counts_as_not_known() {
        let score = |line: &str| {
            let mut out = Vec::new();
            let (_, told) = score_line(line.as_bytes(), true, &mut out).unwrap();
            (String::from_utf8(out).unwrap(), told)
        };
        let (plain, none) = score("Karim Alaoui\t\tكريم العلوي\t");
        assert_eq!(none, None);
        assert_eq!(
            score("Karim Alaoui\t1971/03/02\tكريم العلوي\t1971\r"),
            (plain, Some(Error::Date))
        );
        let refused = score_line(b"Karim\t1971/03/02\t\t1971", true, &mut Vec::new());
        assert_eq!(refused.unwrap_err(), Error::Empty);
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
