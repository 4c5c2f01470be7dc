//! Counting: what passed, what failed, what was skipped and why.
//!
//! A Rust test that cannot do its work (no reference data, no Go on this machine) appends one line
//! `name: reason` to the file named by the variable [`SKIPS_VARIABLE`] and returns. Cargo counts it
//! as passed; [`Tally::apply_skips`] corrects that, so that the last line never calls a test passed
//! that tested nothing. A reason begins with `reference data:` or with `component:`.

use std::{collections::BTreeMap, fmt};

/// Environment variable naming the file to which skipped tests append a line.
pub(crate) const SKIPS_VARIABLE: &str = "PASSERELLE_SKIPS";

/// The only reason for which the continuous integration lets a test be skipped.
const REFERENCE_DATA: &str = "reference data:";

/// How strictly skipped tests are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// On a developer's machine every reason is accepted.
    Lenient,
    /// In the continuous integration (`CI=true`) only missing reference data is.
    Strict,
}

impl Strictness {
    /// Reads the variable `CI`, which continuous integration services set to `true`.
    pub(crate) fn from_environment() -> Self {
        match std::env::var("CI").as_deref() {
            Ok("true" | "1") => Self::Strict,
            _ => Self::Lenient,
        }
    }

    fn accepts(self, reason: &str) -> bool {
        self == Self::Lenient || reason.starts_with(REFERENCE_DATA)
    }
}

/// Results of one step, or of all of them. Displays as the line `N passed, N failed, N skipped`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Tests that did their work and found nothing wrong.
    pub(crate) passed: u64,
    /// Tests that found something wrong, crashed, or were skipped without an accepted reason.
    pub(crate) failed: u64,
    /// Tests that did not do their work, for an accepted reason.
    pub(crate) skipped: u64,
    /// One line per failure that has a name.
    pub(crate) failures: Vec<String>,
    /// One line `name: reason` per skipped test.
    pub(crate) skips: Vec<String>,
}

impl Tally {
    /// One passed test.
    pub(crate) fn pass() -> Self {
        Self {
            passed: 1,
            ..Self::default()
        }
    }

    /// One failed test.
    pub(crate) fn fail(why: impl Into<String>) -> Self {
        Self {
            failed: 1,
            failures: vec![why.into()],
            ..Self::default()
        }
    }

    /// One skipped test, or one failed test when the reason is not accepted.
    pub(crate) fn skip(name: &str, reason: &str, strictness: Strictness) -> Self {
        if strictness.accepts(reason) {
            return Self {
                skipped: 1,
                skips: vec![format!("{name}: {reason}")],
                ..Self::default()
            };
        }
        Self::fail(format!("{name}: must not be skipped here: {reason}"))
    }

    /// A passed or a failed test, from whether it succeeded.
    pub(crate) fn from_success(success: bool, failure: &str) -> Self {
        if success {
            Self::pass()
        } else {
            Self::fail(failure)
        }
    }

    /// Adds the results of another step.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.failures.extend(other.failures);
        self.skips.extend(other.skips);
    }

    /// Moves tests that reported themselves as skipped out of the passed ones.
    ///
    /// `lines` is the content of the skips file. A test may report several times; its first reason
    /// that is not accepted, if any, decides. A line without a reason is a failure.
    pub(crate) fn apply_skips(&mut self, lines: &str, strictness: Strictness) {
        let mut reasons: BTreeMap<&str, &str> = BTreeMap::new();
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let Some((name, reason)) = line.split_once(": ") else {
                self.add(Self::fail(format!("a skipped test gave no reason: {line}")));
                continue;
            };
            let kept = reasons.entry(name).or_insert(reason);
            if strictness.accepts(kept) {
                *kept = reason;
            }
        }
        for (name, reason) in reasons {
            self.passed = self.passed.saturating_sub(1);
            self.add(Self::skip(name, reason, strictness));
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} passed, {} failed, {} skipped",
            self.passed, self.failed, self.skipped
        )
    }
}

/// Reads what `cargo test`, or the walk through the desk, prints line by line.
#[derive(Debug, Default)]
pub(crate) struct TestLog {
    tally: Tally,
    /// Test programs that began, and those that came to their summary.
    begun: u64,
    ended: u64,
}

impl TestLog {
    /// Takes one line of standard output; lines that are not of the test harness are passed over.
    pub(crate) fn line(&mut self, line: &str) {
        if let Some(summary) = line.strip_prefix("test result: ") {
            self.summary(summary);
        } else if is_beginning(line) {
            self.begun += 1;
        } else if let Some((name, outcome)) = line.strip_prefix("test ").and_then(outcome) {
            self.outcome(name, outcome);
        }
    }

    /// The counts, once cargo has ended.
    ///
    /// A test program that ended before its summary (a crash, or a call to `exit`) is a failure
    /// even if cargo noticed nothing. Cargo's own failure counts even if no test failed: code that
    /// does not compile has no tests. A run without any summary tested nothing.
    pub(crate) fn finish(mut self, cargo_succeeded: bool) -> Tally {
        for _ in self.ended..self.begun {
            self.tally
                .add(Tally::fail("a test program ended before its summary"));
        }
        if !cargo_succeeded && self.tally.failed == 0 {
            self.tally
                .add(Tally::fail("the tests failed before they could be counted"));
        } else if self.begun == 0 {
            self.tally.add(Tally::fail("no test ran"));
        }
        self.tally
    }

    fn summary(&mut self, summary: &str) {
        self.ended += 1;
        let counts = summary
            .split_once(". ")
            .map_or(summary, |(_, counts)| counts);
        for part in counts.split("; ") {
            let Some((number, word)) = part.trim().split_once(' ') else {
                continue;
            };
            let Ok(number) = number.parse::<u64>() else {
                continue;
            };
            match word {
                "passed" | "measured" => self.tally.passed += number,
                "failed" => self.tally.failed += number,
                "ignored" => self.tally.skipped += number,
                _ => {}
            }
        }
    }

    fn outcome(&mut self, name: &str, outcome: &str) {
        if outcome == "FAILED" {
            self.tally.failures.push(name.to_owned());
        } else if let Some(reason) = outcome.strip_prefix("ignored") {
            let reason = reason.trim_start_matches(", ");
            let reason = if reason.is_empty() {
                "ignored without a reason"
            } else {
                reason
            };
            self.tally.skips.push(format!("{name}: {reason}"));
        }
    }
}

/// `running 3 tests`, as every test program begins.
fn is_beginning(line: &str) -> bool {
    let rest = line.strip_prefix("running ");
    let number = rest.and_then(|rest| {
        rest.strip_suffix(" tests")
            .or_else(|| rest.strip_suffix(" test"))
    });
    number.is_some_and(|number| number.parse::<u64>().is_ok())
}

/// `name ... outcome`, as the test harness prints it.
fn outcome(rest: &str) -> Option<(&str, &str)> {
    rest.split_once(" ... ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "
running 4 tests
test a::works ... ok
test a::breaks ... FAILED
test a::rests ... ignored, needs a printer
test a::sleeps ... ignored

test result: FAILED. 1 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.00s

running 2 tests
test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.01s
";

    fn read(log: &str) -> TestLog {
        let mut reader = TestLog::default();
        log.lines().for_each(|line| reader.line(line));
        reader
    }

    #[test]
    fn counts_are_summed_over_test_programs() {
        let tally = read(LOG).finish(false);
        assert_eq!(tally.to_string(), "3 passed, 1 failed, 2 skipped");
        assert_eq!(tally.failures, ["a::breaks"]);
        assert_eq!(
            tally.skips,
            [
                "a::rests: needs a printer",
                "a::sleeps: ignored without a reason"
            ]
        );
    }

    #[test]
    fn code_that_does_not_compile_is_a_failure() {
        assert_eq!(
            read("").finish(false).to_string(),
            "0 passed, 1 failed, 0 skipped"
        );
    }

    #[test]
    fn a_test_program_without_its_summary_is_a_failure() {
        for cargo_succeeded in [true, false] {
            let tally = read("running 1 test\n").finish(cargo_succeeded);
            assert_eq!(tally.to_string(), "0 passed, 1 failed, 0 skipped");
        }
        let tally = read(&format!("{LOG}running 9 tests\n")).finish(false);
        assert_eq!(tally.to_string(), "3 passed, 2 failed, 2 skipped");
    }

    #[test]
    fn cargo_is_believed_when_it_fails_after_every_test_passed() {
        let log = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured";
        assert_eq!(
            read(log).finish(false).to_string(),
            "2 passed, 1 failed, 0 skipped"
        );
    }

    #[test]
    fn a_run_without_tests_is_a_failure() {
        assert_eq!(read("warming up").finish(true).failed, 1);
    }

    #[test]
    fn a_test_that_reports_itself_skipped_is_not_passed() {
        let mut tally = Tally {
            passed: 5,
            ..Tally::default()
        };
        let lines = "a::b: reference data: no sample\na::c: component: no go\n\n";
        tally.apply_skips(lines, Strictness::Lenient);
        assert_eq!(tally.to_string(), "3 passed, 0 failed, 2 skipped");
        assert_eq!(
            tally.skips,
            ["a::b: reference data: no sample", "a::c: component: no go"]
        );
    }

    #[test]
    fn a_test_that_reports_twice_is_counted_once_and_by_its_worst_reason() {
        let mut tally = Tally {
            passed: 1,
            ..Tally::default()
        };
        let lines = "t: component: no go\nt: reference data: none\n";
        tally.apply_skips(lines, Strictness::Strict);
        assert_eq!(tally.to_string(), "0 passed, 1 failed, 0 skipped");
    }

    #[test]
    fn a_missing_component_fails_in_continuous_integration() {
        let skip = |reason| Tally::skip("t", reason, Strictness::Strict);
        assert_eq!(skip("component: no go").failed, 1);
        assert_eq!(skip("did not feel like it").failed, 1);
        assert_eq!(skip("reference data: none").skipped, 1);
        assert_eq!(
            Tally::skip("t", "component: no go", Strictness::Lenient).skipped,
            1
        );
    }

    #[test]
    fn a_skip_without_a_reason_is_a_failure() {
        let mut tally = Tally {
            passed: 1,
            ..Tally::default()
        };
        tally.apply_skips("nothing", Strictness::Lenient);
        assert_eq!(tally.to_string(), "1 passed, 1 failed, 0 skipped");
    }

    #[test]
    fn tallies_add_up() {
        let mut sum = Tally::pass();
        sum.add(Tally::fail("x"));
        sum.add(Tally::from_success(true, "y"));
        sum.add(Tally::from_success(false, "z"));
        assert_eq!(sum.to_string(), "2 passed, 2 failed, 0 skipped");
        assert_eq!(sum.failures, ["x", "z"]);
    }
}
