//! `cargo xtask test`: every check and every test, in one table.
//!
//! Each row counts as one test; the rows `tests` and `browser` count as many as ran. The last
//! line of the output is always `N passed, N failed, N skipped`, alone.

use std::{fs, process::Command, time::Instant};

use anyhow::Context as _;
use clap::Args;

use crate::{
    browser, conformance,
    counts::{SKIPS_VARIABLE, Strictness, Tally, TestLog},
    layers,
    repo::{Repo, stream, succeeds},
    tools::{self, Component, Tools},
};

/// What to run.
#[derive(Args, Debug, Default)]
pub(crate) struct Options {
    /// Run this step only; may be repeated
    #[arg(long, value_name = "STEP")]
    only: Vec<String>,
    /// Name the steps and run nothing
    #[arg(long)]
    list: bool,
    /// Leave out the steps that build in the release profile
    #[arg(long)]
    fast: bool,
}

/// What every step works with.
pub(crate) struct Session<'a> {
    /// The repository under test.
    pub(crate) repo: &'a Repo,
    /// Installed components.
    pub(crate) tools: Tools,
    /// How skipped tests are judged.
    pub(crate) strictness: Strictness,
}

/// Where property tests find the seed of their cases.
const SEED_VARIABLE: &str = "PROPTEST_RNG_SEED";
/// Continuous integration judges a change, so it tries the same cases before and after; on a
/// developer's machine each run looks at new ones, and what they find becomes a test.
const INTEGRATION_SEED: &str = "20240415";

struct Step {
    name: &'static str,
    what: &'static str,
    needs: &'static [Component],
    /// Builds in the release profile.
    slow: bool,
    run: fn(&Session<'_>) -> anyhow::Result<Tally>,
}

/// In the order of what fails fastest.
const STEPS: &[Step] = &[
    Step {
        name: "format",
        what: "the code is formatted as rustfmt formats it",
        needs: &[tools::RUSTFMT],
        slow: false,
        run: |s| cargo(s, &["fmt", "--all", "--check"]),
    },
    Step {
        name: "layers",
        what: "arrows only point down; SQL and HTML stay in their rooms",
        needs: &[],
        slow: false,
        run: |s| {
            Ok(Tally::from_success(
                layers::report(s.repo, false)?,
                "layers",
            ))
        },
    },
    Step {
        name: "clippy",
        what: "no warning from the compiler or from clippy",
        needs: &[tools::CLIPPY],
        slow: false,
        run: |s| {
            cargo(
                s,
                &[
                    "clippy",
                    "--workspace",
                    "--all-targets",
                    "--",
                    "-D",
                    "warnings",
                ],
            )
        },
    },
    Step {
        name: "tests",
        what: "unit, property, integration and documentation tests",
        needs: &[],
        slow: false,
        run: tests,
    },
    Step {
        name: "doc",
        what: "the documentation builds without warnings",
        needs: &[],
        slow: false,
        run: doc,
    },
    Step {
        name: "openapi",
        what: "docs/openapi.json is what the program says of its API",
        needs: &[],
        slow: false,
        run: openapi,
    },
    Step {
        name: "conformance",
        what: "independent implementations accept what we write (tests/conformance/*/run)",
        needs: &[tools::PYTHON, tools::CHECKERS, tools::XMLLINT],
        slow: false,
        run: conformance::run,
    },
    Step {
        name: "demo",
        what: "two complete nodes exchange a record",
        needs: &[],
        slow: true,
        run: |s| {
            cargo(
                s,
                &["run", "--release", "--", "demo", "--headless", "--exit"],
            )
        },
    },
    Step {
        name: "browser",
        what: "people work at the desk of live nodes, in two languages, with scripts and without",
        needs: browser::NEEDS,
        slow: true,
        run: browser::run,
    },
];

/// Runs the chosen steps and prints the counts. Whether nothing failed.
///
/// # Errors
/// The options name a step that does not exist. What goes wrong in a step is counted as its
/// failure and does not stop the others.
pub(crate) fn run(repo: &Repo, options: &Options) -> anyhow::Result<bool> {
    if options.list {
        STEPS
            .iter()
            .for_each(|step| println!("{:<12} {}", step.name, step.what));
        return Ok(true);
    }
    let steps = chosen(&options.only)?;
    let tools = Tools::of(repo);
    let session = Session {
        repo,
        tools,
        strictness: Strictness::from_environment(),
    };
    let mut total = Tally::default();
    for (index, step) in steps.iter().enumerate() {
        println!(
            "━━ {}/{} {}: {}",
            index + 1,
            steps.len(),
            step.name,
            step.what
        );
        let tally = run_step(&session, step, options.fast);
        total.add(tally);
    }
    print_summary(&total);
    Ok(total.failed == 0)
}

fn chosen(only: &[String]) -> anyhow::Result<Vec<&'static Step>> {
    if only.is_empty() {
        return Ok(STEPS.iter().collect());
    }
    let find = |name: &String| {
        let step = STEPS.iter().find(|step| step.name == name);
        step.with_context(|| format!("no step is named {name}; --list names them"))
    };
    only.iter().map(find).collect()
}

#[expect(
    clippy::disallowed_methods,
    reason = "tells the developer where the time goes"
)]
fn run_step(session: &Session<'_>, step: &Step, fast: bool) -> Tally {
    let start = Instant::now();
    let tally = judge_step(session, step, fast);
    println!(
        "   {}: {tally} in {:.1} s",
        step.name,
        start.elapsed().as_secs_f32()
    );
    tally
}

fn judge_step(session: &Session<'_>, step: &Step, fast: bool) -> Tally {
    if fast && step.slow {
        return Tally::skip(step.name, "left out by --fast", session.strictness);
    }
    for component in step.needs {
        if let Err(error) = session.tools.ensure(component) {
            return Tally::skip(
                step.name,
                &format!("component: {error:#}"),
                session.strictness,
            );
        }
    }
    (step.run)(session).unwrap_or_else(|error| Tally::fail(format!("{}: {error:#}", step.name)))
}

/// The counts stand alone on the last line, for programs that read them.
fn print_summary(total: &Tally) {
    println!("━━ summary");
    total
        .skips
        .iter()
        .for_each(|skip| println!("skipped: {skip}"));
    total
        .failures
        .iter()
        .for_each(|failure| println!("failed: {failure}"));
    println!("{total}");
}

fn cargo(session: &Session<'_>, args: &[&str]) -> anyhow::Result<Tally> {
    one(
        &mut session.repo.cargo(args),
        &format!("cargo {}", args.join(" ")),
    )
}

fn one(command: &mut Command, shown: &str) -> anyhow::Result<Tally> {
    Ok(Tally::from_success(succeeds(command)?, shown))
}

fn tests(session: &Session<'_>) -> anyhow::Result<Tally> {
    let skips = session.repo.scratch("cargo-test")?.join("skips.txt");
    fs::write(&skips, "")?;
    let mut command = session
        .repo
        .cargo(&["test", "--workspace", "--no-fail-fast"]);
    session.tools.lend_to(&mut command);
    command.env(SKIPS_VARIABLE, &skips);
    if session.strictness == Strictness::Strict && std::env::var_os(SEED_VARIABLE).is_none() {
        command.env(SEED_VARIABLE, INTEGRATION_SEED);
    }
    let mut log = TestLog::default();
    let status = stream(&mut command, |line| log.line(line))?;
    let mut tally = log.finish(status.success());
    tally.apply_skips(&fs::read_to_string(&skips)?, session.strictness);
    Ok(tally)
}

fn doc(session: &Session<'_>) -> anyhow::Result<Tally> {
    let mut command = session.repo.cargo(&["doc", "--workspace", "--no-deps"]);
    one(
        command.env("RUSTDOCFLAGS", "-D warnings"),
        "cargo doc --workspace --no-deps",
    )
}

fn openapi(session: &Session<'_>) -> anyhow::Result<Tally> {
    let args = ["run", "--quiet", "-p", "passerelle", "--", "openapi"];
    let output = session
        .repo
        .cargo(&args)
        .stderr(std::process::Stdio::inherit())
        .output()?;
    anyhow::ensure!(output.status.success(), "`passerelle openapi` failed");
    let said = String::from_utf8(output.stdout).context("`passerelle openapi` is not UTF-8")?;
    let path = session.repo.root.join("docs").join("openapi.json");
    let written = fs::read_to_string(&path).context("docs/openapi.json cannot be read")?;
    let Some(line) = first_difference(&written, &said) else {
        return Ok(Tally::pass());
    };
    Ok(Tally::fail(format!(
        "docs/openapi.json differs at line {line}; if the change is meant: \
         cargo {} > docs/openapi.json",
        args.join(" "),
    )))
}

/// Number of the first line in which two texts differ, counted from 1.
fn first_difference(a: &str, b: &str) -> Option<usize> {
    if a == b {
        return None;
    }
    let same = a
        .split('\n')
        .zip(b.split('\n'))
        .take_while(|(a, b)| a == b)
        .count();
    Some(same + 1)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn session(repo: &Repo) -> Session<'_> {
        Session {
            repo,
            tools: Tools::of(repo),
            strictness: Strictness::Lenient,
        }
    }

    fn with_session(judge: impl FnOnce(&Session<'_>)) {
        let folder = tempfile::tempdir().unwrap();
        let repo = Repo {
            root: folder.path().to_owned(),
            target: folder.path().join("target"),
            metadata: serde_json::Value::Null,
        };
        judge(&session(&repo));
    }

    fn step(run: fn(&Session<'_>) -> anyhow::Result<Tally>) -> Step {
        Step {
            name: "s",
            what: "",
            needs: &[],
            slow: true,
            run,
        }
    }

    #[test]
    fn step_names_are_unique() {
        let mut names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), STEPS.len());
    }

    #[test]
    fn steps_are_chosen_by_name() {
        assert_eq!(chosen(&[]).unwrap().len(), STEPS.len());
        let two = chosen(&["demo".to_owned(), "layers".to_owned()]).unwrap();
        assert_eq!(
            two.iter().map(|s| s.name).collect::<Vec<_>>(),
            ["demo", "layers"]
        );
        assert!(chosen(&["no-such-step".to_owned()]).is_err());
    }

    #[test]
    fn an_error_in_a_step_is_its_failure() {
        with_session(|session| {
            let broken = step(|_| anyhow::bail!("broken"));
            assert_eq!(judge_step(session, &broken, false).failures, ["s: broken"]);
        });
    }

    #[test]
    fn a_slow_step_left_out_is_counted_as_skipped() {
        with_session(|session| {
            let slow = step(|_| Ok(Tally::pass()));
            assert_eq!(judge_step(session, &slow, true).skipped, 1);
            assert_eq!(judge_step(session, &slow, false).passed, 1);
        });
    }

    #[test]
    fn the_layers_step_fails_without_metadata() {
        with_session(|session| {
            let layers = STEPS.iter().find(|step| step.name == "layers").unwrap();
            assert_eq!(judge_step(session, layers, false).failed, 1);
        });
    }

    #[test]
    fn the_first_difference_is_located() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), Some(2));
        assert_eq!(first_difference("a\n", "a\nb\n"), Some(2));
        assert_eq!(first_difference("", "a"), Some(1));
    }

    #[test]
    fn a_command_that_fails_is_one_failed_test() {
        let tally = one(&mut Command::new("false"), "false").unwrap();
        assert_eq!(tally.failures, ["false"]);
        assert!(one(&mut Command::new(Path::new("/no/such/program")), "x").is_err());
    }
}
