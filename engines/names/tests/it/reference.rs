//! The goals, on reference data that are not part of the repository.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use passerelle_names::{TABLES, Tables, k1, read_name, read_pair, score};
use sha2::{Digest as _, Sha256};

#[test]
fn the_tables_are_those_of_the_version() {
    let hash = Sha256::digest(Tables::bytes());
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, TABLES);
    let text = include_str!("../../tables/names-1.txt");
    assert!(text.contains(TABLES), "the provenance is of other tables");
}

/// The text of a reference file; without it, the test says that it was skipped.
fn reference(test: &str, file: &str) -> Option<String> {
    let folder = std::env::var_os("PASSERELLE_NAMES_DATA").map_or_else(
        || {
            PathBuf::from(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../../shared/data/names"
            ))
        },
        PathBuf::from,
    );
    let found = fs::read_to_string(folder.join(file)).ok();
    if found.is_none() {
        println!("{test}: skipped: no reference data");
        if let Some(path) = std::env::var_os("PASSERELLE_SKIPS") {
            let mut skips = fs::OpenOptions::new()
                .append(true)
                .create(true)
                .open(path)
                .unwrap();
            writeln!(skips, "{test}: reference data: no {file}").unwrap();
        }
    }
    found
}

/// Share of all of the same that are found at the threshold with this precision.
fn recall_at_precision(mut scored: Vec<(i32, bool)>, precision: f64) -> f64 {
    scored.sort_unstable_by(|a, b| b.cmp(a));
    let all = scored.iter().filter(|one| one.1).count() as f64;
    let (mut same, mut best) = (0.0, 0.0_f64);
    for (at, (score, label)) in scored.iter().enumerate() {
        same += f64::from(u8::from(*label));
        let last = scored.get(at + 1).is_none_or(|next| next.0 != *score);
        if last && same / (at as f64 + 1.0) >= precision {
            best = best.max(same / all);
        }
    }
    best
}

#[test]
fn the_goals_hold_on_the_development_pairs() {
    let Some(text) = reference("the_goals_hold_on_the_development_pairs", "pairs_dev.tsv") else {
        return;
    };
    let (mut all, mut across) = (Vec::new(), Vec::new());
    for line in text.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        if columns[4] == "n_patronym_swap" {
            continue;
        }
        let pair = read_pair(format!("{}\t{}", columns[2], columns[3]).as_bytes(), false).unwrap();
        let scored = score((&pair.a, None), (&pair.b, None)).units();
        all.push((scored, columns[1] == "1"));
        if columns[8] == "ar-la" {
            across.push((scored, columns[1] == "1"));
        }
    }
    let (all, across) = (
        recall_at_precision(all, 0.95),
        recall_at_precision(across, 0.95),
    );
    assert!(all >= 0.938 && across >= 0.963, "{all} {across}");
}

#[test]
fn the_goals_hold_with_birth_dates() {
    let Some(text) = reference("the_goals_hold_with_birth_dates", "pairs_dev_dob.tsv") else {
        return;
    };
    let mut scores = Vec::new();
    for line in text.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let pair = read_pair(columns[2..6].join("\t").as_bytes(), true).unwrap();
        let scored = score((&pair.a, pair.born_a), (&pair.b, pair.born_b)).units();
        scores.push((scored, columns[1] == "1"));
    }
    let recall = recall_at_precision(scores, 0.95);
    assert!(recall >= 0.983, "{recall}");
}

#[test]
fn keys_find_what_they_should_and_few_strangers() {
    let test = "keys_find_what_they_should_and_few_strangers";
    let (Some(pairs), Some(index)) = (
        reference(test, "pairs_dev.tsv"),
        reference(test, "index_dev.tsv"),
    ) else {
        return;
    };
    let keys = |text: &str| k1(&read_name(text.as_bytes(), false).unwrap().0);
    let (mut found, mut all) = (0_u32, 0_u32);
    for line in pairs.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        if columns[1] == "1" {
            let (a, b) = (keys(columns[2]), keys(columns[3]));
            found += u32::from(a.iter().any(|key| b.contains(key)));
            all += 1;
        }
    }
    let recall = f64::from(found) / f64::from(all);
    assert!(recall >= 0.84, "{recall}");
    let mut holders: std::collections::BTreeMap<u64, Vec<usize>> = Default::default();
    let names: Vec<&str> = index
        .lines()
        .skip(1)
        .map(|line| line.split_once('\t').unwrap().1)
        .collect();
    for (at, name) in names.iter().enumerate() {
        for key in keys(name) {
            holders.entry(key).or_default().push(at);
        }
    }
    let mut shared = BTreeSet::new();
    for list in holders.values() {
        for (at, x) in list.iter().enumerate() {
            shared.extend(list.iter().skip(at + 1).map(|y| (*x, *y)));
        }
    }
    let n = names.len() as f64;
    let random = shared.len() as f64 / (n * (n - 1.0) / 2.0);
    assert!(random <= 1e-4, "{random}");
}
