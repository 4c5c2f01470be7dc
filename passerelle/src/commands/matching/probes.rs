//! Probes: both sides see by made-up identifiers that they write alike.

use std::path::Path;

use passerelle_matching::exchange::Probes;
use passerelle_matching::{Class, Error};
use passerelle_model::hex;
use passerelle_names::{KEY_SCHEME, TABLES, read_name};

use super::read::{self, refused};
use super::{super::names, lists};
use crate::args_matching::ProbeArgs;
use crate::failure::Failure;
use crate::files;

/// Names that nobody is known to bear, in the scripts and spellings that the engine joins.
const NAMES: &[&str] = &[
    "Probe Eenvoud",
    "Proeve, Van der Zand",
    "Ould Sonde Abdelmisbar",
    "عبد المسبار ولد السند",
    "ⴰⵙⵏⴼⵍ ⵓⵎⵙⴱⴰⵔ",
    "Пробин Образец",
    "Jean-Épreuve d'Exemple",
    "Muster von Probeborn",
    "Probe Eenvoud\t1971",
    "Probe Eenvoud\t1971-02",
    "عبد المسبار ولد السند\t1971-02-03",
    "Probe Eenvoud\t1971-02-30",
];
/// Differences that are shown.
const MAX_SHOWN: usize = 20;

/// Runs `match probe`.
pub(super) fn run(args: &ProbeArgs) -> Result<(), Failure> {
    match (args.class, &args.out, &args.compare) {
        (Some(class), Some(out), _) => write(class, args.ids.as_deref(), out),
        (_, _, Some(theirs)) => compare(theirs),
        _ => Err(Failure::usage("--class and --out, or --compare")),
    }
}

/// What makes the identifiers of a class before they are canonicalised: for persons the version
/// of the keys and of the tables of names, and what they give for made-up names.
pub(super) fn source(class: Class) -> String {
    match class {
        Class::Person => format!("{KEY_SCHEME} tables {TABLES} probes {}", names_hash()),
        _ => String::new(),
    }
}

/// SHA-256 of the built-in probes of persons.
fn names_hash() -> String {
    let probes = Probes::of(Class::Person, "", NAMES.iter().copied(), keys_of);
    probes.map_or_else(|_| String::new(), |probes| hex::encode(&probes.hash()))
}

fn write(class: Class, more: Option<&Path>, out: &Path) -> Result<(), Failure> {
    files::absent(out)?;
    let mut written: Vec<String> = built_in(class);
    if let Some(path) = more {
        lists::lines(path, |_, line| {
            written.push(line.to_owned());
            Ok(true)
        })?;
    }
    let written = written.iter().map(String::as_str);
    let probes =
        Probes::of(class, &source(class), written, |text| made(class, text)).map_err(refused)?;
    files::create(out, &probes.to_bytes())?;
    let profile = hex::encode(&class.profile(&source(class)));
    eprintln!(
        "{} probes of class {class}; profile {profile}",
        probes.len()
    );
    Ok(())
}

fn compare(theirs: &Path) -> Result<(), Failure> {
    let probes = read::probes(theirs)?;
    let class = probes.class().map_err(refused)?;
    let differences = probes
        .compare(&source(class), |text| made(class, text))
        .map_err(refused)?;
    if differences.is_empty() {
        println!(
            "{} probes of class {class}: both sides write alike",
            probes.len()
        );
        return Ok(());
    }
    let sentence = format!(
        "{} of {} probes of class {class} come out differently",
        differences.len(),
        probes.len()
    );
    let error = Error::Mismatch("the two sides write this class differently");
    let failure = Failure::new(error.code(), sentence);
    let shown = differences.iter().take(MAX_SHOWN).map(|one| {
        let parts = [&one.written, &one.theirs, &one.ours].map(|text| text.escape_debug());
        let [written, theirs, ours] = parts;
        format!("{written}: theirs {theirs}, ours {ours}")
    });
    Err(shown.fold(failure, Failure::with))
}

fn built_in(class: Class) -> Vec<String> {
    match class {
        Class::Person => NAMES.iter().map(|&name| name.to_owned()).collect(),
        _ => class
            .probes()
            .iter()
            .map(|(written, _)| (*written).to_owned())
            .collect(),
    }
}

fn made(class: Class, written: &str) -> String {
    match class {
        Class::Person => keys_of(written),
        _ => class.made_of(written),
    }
}

/// The keys of a name, as `names keys --dob` writes them, or the error code.
fn keys_of(written: &str) -> String {
    let dated = written.contains('\t');
    read_name(written.as_bytes(), dated)
        .and_then(|(name, born)| names::keys(&name, born, false))
        .map_or_else(
            |error| error.code().to_owned(),
            |keys| {
                let keys: Vec<String> = keys.iter().map(|key| format!("{key:016x}")).collect();
                keys.join(" ")
            },
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_keys_in_every_script() {
        for name in NAMES {
            let made = keys_of(name);
            match name.ends_with("02-30") {
                true => assert_eq!(made, "E_NAME_DATE"),
                false => assert!(made.split(' ').count() >= 6, "{name}: {made}"),
            }
        }
        let source = source(Class::Person);
        assert!(source.len() < 256 && source.contains(TABLES), "{source}");
    }
}
