//! Learns the tables of the names engine and tells what they are worth.
//!
//! ```text
//! names-train FOLDER learn OUT     writes the table file
//! names-train FOLDER eval FILE     measures a table file on the data it was made from
//! names-train FOLDER cross         five parts by person, each judged by tables of the others
//! ```
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use passerelle_names::train::{
    data::{Data, FOLDS},
    judge, learn, tally,
};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("names-train: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Result<(), Box<dyn std::error::Error>> {
    let [_, folder, command, rest @ ..] = args else {
        return Err("usage: names-train FOLDER learn OUT | eval FILE | cross [FOLDS]".into());
    };
    let data = Data::read(|name| fs::read_to_string(Path::new(folder).join(name)))?;
    let options = options();
    match (command.as_str(), rest) {
        ("learn", [out]) => {
            let bytes = learn::learn(&data, &options);
            fs::write(out, &bytes)?;
            println!("{}", judge::report(&judge::scores(&bytes, &data.pairs)));
            println!(
                "with dates\n{}",
                judge::report(&judge::scores(&bytes, &data.dated))
            );
        }
        ("eval", [file]) => {
            println!(
                "{}",
                judge::report(&judge::scores(&fs::read(file)?, &data.pairs))
            );
        }
        ("cross", rest) => {
            let folds = rest.first().map_or(Ok(FOLDS), |text| text.parse())?;
            let (mut all, mut dated) = (Vec::new(), Vec::new());
            for fold in 0..folds {
                let bytes = learn::learn(&data.without(fold), &options);
                let apart: Vec<_> = data
                    .pairs
                    .iter()
                    .filter(|pair| pair.folds[0] == fold)
                    .cloned()
                    .collect();
                all.extend(judge::scores(&bytes, &apart));
                let apart: Vec<_> = data
                    .dated
                    .iter()
                    .filter(|pair| pair.folds[0] == fold)
                    .cloned()
                    .collect();
                dated.extend(judge::scores(&bytes, &apart));
            }
            println!("{}", judge::report(&all));
            println!("with dates\n{}", judge::report(&dated));
            if let Ok(path) = std::env::var("NAMES_TRAIN_DUMP") {
                fs::write(path, judge::dump(&all))?;
            }
        }
        ("keys", [file]) => {
            let bytes = learn::keys_again(&fs::read(file)?, &data);
            println!("{}", tally::report(&bytes, &data));
            println!("{}\n{}", tally::apart(&bytes, &data), tally::dated(&data));
            if let Ok(path) = std::env::var("NAMES_TRAIN_DUMP") {
                fs::write(path, tally::missed(&bytes, &data))?;
            }
        }
        _ => return Err("unknown command".into()),
    }
    Ok(())
}

fn options() -> learn::Options {
    let mut options = learn::Options::default();
    let number = |name: &str| {
        std::env::var(format!("NAMES_{name}"))
            .ok()?
            .parse::<f64>()
            .ok()
    };
    let whole = |name: &str| {
        std::env::var(format!("NAMES_{name}"))
            .ok()?
            .parse::<usize>()
            .ok()
    };
    if let Some(n) = whole("ROUNDS") {
        options.rounds = n;
    }
    if let Some(n) = whole("TREES") {
        options.trees = n;
    }
    if let Some(n) = whole("DATE_TREES") {
        options.date_trees = n;
    }
    if let Some(n) = number("RATE") {
        options.rate = n;
    }
    if let Some(n) = number("SMOOTH") {
        options.smooth = n;
    }
    if let Some(n) = number("PULL") {
        options.pull = n;
    }
    if let Some(n) = number("STEP") {
        options.step = n;
    }
    if let Some(n) = number("MET") {
        options.met = n;
    }
    options
}
