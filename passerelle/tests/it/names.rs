//! Names on standard input: a line out for every line in, whatever comes.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use crate::run::{World, ran};

fn pipe(arguments: &[&str], input: &[u8]) -> crate::run::Ran {
    let world = World::new();
    fs::write(world.path("input"), input).unwrap();
    let mut command = world.command();
    command
        .args(arguments)
        .stdin(fs::File::open(world.path("input")).unwrap());
    ran(command.output().unwrap())
}

#[test]
fn every_pair_has_a_number_and_bad_lines_are_told() {
    let long = "x".repeat(1_000_000);
    let lines: [&[u8]; 9] = [
        "عبد الوافي لفتيت\tAbdelouafi Laftit".as_bytes(),
        b"Karim Alaoui\tKarima Alaoui\r",
        b"",
        b"one column",
        b"a\tb\tc",
        b"\xff\tAli",
        b"Ali\0\tAli",
        long.as_bytes(),
        b"Fatima Bennani\tJohn Smith",
    ];
    let done = pipe(&["names", "score"], &lines.join(&b'\n'));
    assert_eq!(done.code, 1);
    let scores: Vec<f64> = done.out.lines().map(|line| line.parse().unwrap()).collect();
    assert_eq!(scores.len(), lines.len());
    assert!(scores[0] > scores[1] && scores[1] > scores[8] && scores[8] > -99.0);
    assert!(
        scores[2..8].iter().all(|score| *score == -99.0),
        "{scores:?}"
    );
    for part in [
        "E_NAME_LINES: 6 of 9 lines",
        "line 3: E_NAME_COLUMNS",
        "line 6: E_NOT_UTF8",
        "line 7: E_NAME_CONTROL",
        "line 8: E_NAME_TOO_LONG",
    ] {
        assert!(done.err.contains(part), "{part}: {}", done.err);
    }
}

#[test]
fn dates_may_be_missing_and_impossible() {
    let text = "Ali Omari\t\tAli Omari\t1971-02-30\nAli Omari\t1971-13\tAli Omari\t1971-13\n";
    let done = pipe(&["names", "score", "--dob"], text.as_bytes());
    assert_eq!(
        (done.code, done.out.lines().count()),
        (0, 2),
        "{}",
        done.err
    );
    let keys = pipe(
        &["names", "keys", "--dob"],
        b"Ali Omari\t1971-02-30\nAli Omari\t1971\n",
    );
    let counts: Vec<usize> = keys
        .out
        .lines()
        .map(|line| line.split_whitespace().count())
        .collect();
    assert_eq!((keys.code, counts), (1, vec![0, 14]));
}

#[test]
fn whoever_writes_a_line_and_waits_gets_its_number() {
    let world = World::new();
    let mut command = world.command();
    command
        .args(["names", "score"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for _ in 0..3 {
        stdin.write_all("Ali Omari\tعلي عمري\n".as_bytes()).unwrap();
        let score: f64 = answers.next().unwrap().unwrap().parse().unwrap();
        assert!(score > 0.0);
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}
