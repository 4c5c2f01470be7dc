//! Every file of `fuzz/corpus/` through the function that the search feeds.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use passerelle_fuzz_replay::samples::Sample;
use passerelle_fuzz_replay::{TARGETS, find, samples};

/// Most files of one target.
const MAX_FILES: usize = 30;
/// Largest corpus, in bytes (2 MiB).
const MAX_CORPUS_BYTES: u64 = 2 * 1024 * 1024;

#[test]
fn fuzz_corpus_is_read_without_finding_anything() {
    for target in TARGETS {
        for path in files(target.name) {
            let bytes = fs::read(&path).unwrap();
            let run = std::panic::catch_unwind(|| (target.run)(&bytes));
            assert!(
                run.is_ok(),
                "{} found something in {}",
                target.name,
                path.display()
            );
        }
    }
}

#[test]
fn fuzz_corpus_has_a_folder_with_files_for_every_target() {
    for target in TARGETS {
        let count = files(target.name).len();
        assert!(
            (1..=MAX_FILES).contains(&count),
            "{}: {count} files",
            target.name
        );
    }
    for path in entries(&fuzz().join("corpus")) {
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(find(name).is_some(), "fuzz/corpus/{name} has no target");
    }
}

#[test]
fn fuzz_corpus_has_a_program_for_every_target() {
    let programs = entries(&fuzz().join("fuzz_targets"));
    let programs: BTreeSet<_> = programs
        .iter()
        .map(|path| path.file_stem().unwrap().to_str().unwrap())
        .collect();
    let targets: BTreeSet<_> = TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(programs, targets);
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
    for target in TARGETS {
        let program = fuzz()
            .join("fuzz_targets")
            .join(format!("{}.rs", target.name));
        let quoted = format!("\"{}\"", target.name);
        assert!(
            fs::read_to_string(program).unwrap().contains(&quoted),
            "{}",
            target.name
        );
        assert!(
            manifest.contains(&format!("name = {quoted}")),
            "{}",
            target.name
        );
    }
}

#[test]
fn fuzz_corpus_holds_what_the_encoders_give_today() {
    for target in TARGETS {
        let wanted = samples::of(target);
        let names: BTreeSet<_> = wanted.iter().map(|sample| sample.name.as_str()).collect();
        assert_eq!(
            names.len(),
            wanted.len(),
            "{}: two samples of one name",
            target.name
        );
        for sample in &wanted {
            let path = fuzz().join("corpus").join(target.name).join(&sample.name);
            let held = fs::read(&path).ok();
            assert!(
                held.as_ref() == Some(&sample.bytes),
                "{} is missing or old: cargo run -p passerelle-fuzz-replay --example generate",
                path.display()
            );
        }
    }
}

/// A start that nothing gets through would search the front door only.
#[test]
fn fuzz_corpus_is_taken_and_refused_as_its_names_say() {
    for target in TARGETS {
        let samples = samples::of(target);
        for Sample { name, taken, bytes } in &samples {
            let found = (target.run)(bytes);
            assert!(
                taken.is_none_or(|taken| found == taken),
                "{}: {name}",
                target.name
            );
        }
        let taken = |wanted| samples.iter().any(|sample| sample.taken == Some(wanted));
        assert!(
            taken(true) && taken(false),
            "{}: a door that never opens or closes",
            target.name
        );
    }
}

#[test]
fn fuzz_corpus_is_small_enough_to_keep() {
    let all = TARGETS.iter().flat_map(|target| files(target.name));
    let bytes: u64 = all.map(|path| fs::metadata(path).unwrap().len()).sum();
    assert!(bytes <= MAX_CORPUS_BYTES, "{bytes} bytes");
}

#[test]
fn fuzz_corpus_names_are_sorted_and_unique() {
    assert!(TARGETS.is_sorted_by(|a, b| a.name < b.name));
}

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz")
}

fn files(target: &str) -> Vec<PathBuf> {
    entries(&fuzz().join("corpus").join(target))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let found = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = found.map(|entry| entry.path()).collect();
    found.sort();
    found
}
