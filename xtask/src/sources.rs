//! The part of `check-layers` that reads source text: SQL, HTML and the outside world each have
//! their rooms.
//!
//! A net against mistakes, not a proof: it looks for literals that begin like SQL or that hold
//! HTML elements, and for paths of the standard library. Inline test modules, files named
//! `tests.rs` and folders named `tests`, `benches` and `examples` are left out, since tests feed
//! such text to parsers.

use std::{fs, path::Path};

use anyhow::Context as _;

use crate::{
    literals::{Parts, take_apart, without_tests},
    repo,
};

/// Beginnings of SQL statements, in capitals as house style writes them.
const SQL: &[&str] = &[
    "SELECT ",
    "INSERT ",
    "UPDATE ",
    "DELETE FROM ",
    "REPLACE INTO ",
    "CREATE TABLE ",
    "CREATE INDEX ",
    "CREATE UNIQUE ",
    "CREATE VIRTUAL ",
    "CREATE VIEW ",
    "CREATE TRIGGER ",
    "DROP TABLE ",
    "DROP INDEX ",
    "ALTER TABLE ",
    "PRAGMA ",
    "BEGIN IMMEDIATE",
    "SAVEPOINT ",
    "VACUUM",
    "WITH RECURSIVE ",
];

/// The same in small letters: two parts that no English sentence has in this order.
const SMALL_SQL: &[(&str, &str)] = &[
    ("select ", " from "),
    ("insert ", " values"),
    ("update ", " set "),
    ("delete from ", " where "),
    ("create table ", "("),
    ("create index ", " on "),
];

/// Elements that no other markup language we write (Atom, IATI, SVG) has.
const HTML: &[&str] = &[
    "<!doctype html",
    "<html>",
    "<html ",
    "<head>",
    "<body>",
    "<body ",
    "<div>",
    "<div ",
    "<span>",
    "<span ",
    "<p>",
    "<p ",
    "</table>",
    "<table ",
    "</td>",
    "</form>",
    "<form ",
    "<input ",
    "<button ",
    "</button>",
    "<script>",
    "<script ",
    "</ul>",
    "</li>",
    "</h1>",
    "</h2>",
];

/// Paths of the standard library that reach outside the program.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::net::Tcp",
    "std::net::Udp",
    "std::net::{",
    "std::env",
    "std::process",
    "std::os",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "println!",
    "eprintln!",
    "async fn",
];

/// Whether a room must stay free of the outside world.
pub(crate) fn is_pure(room: &str) -> bool {
    room.starts_with("core/") || room.starts_with("engines/")
}

/// What the source files of one package hold that belongs elsewhere, in words.
///
/// `room` is the package's folder under `root`.
///
/// # Errors
/// A file cannot be read.
pub(crate) fn violations(root: &Path, room: &str) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    if is_exempt(room) {
        return Ok(found);
    }
    for path in repo::files(&root.join(room), &["rs", "sql", "html"])? {
        let name = path.strip_prefix(root).unwrap_or(&path);
        if is_test(name) {
            continue;
        }
        found.extend(judge_file(room, name, &path)?);
    }
    Ok(found)
}

fn judge_file(room: &str, name: &Path, path: &Path) -> anyhow::Result<Vec<String>> {
    let shown = name.display().to_string();
    if name.extension().is_some_and(|extension| extension == "rs") {
        let source = fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
        return Ok(judge_source(room, &shown, &source));
    }
    let is_sql = name.extension().is_some_and(|extension| extension == "sql");
    let at_home = if is_sql {
        may_hold_sql(room)
    } else {
        may_hold_html(room)
    };
    let home = if is_sql { SQL_HOME } else { HTML_HOME };
    Ok(if at_home {
        Vec::new()
    } else {
        vec![format!("{shown}: {home}")]
    })
}

const SQL_HOME: &str = "SQL belongs to adapters/store-* only";
const HTML_HOME: &str = "HTML belongs to adapters/desk only";
const OUTSIDE_HOME: &str = "core and engines do not reach outside the program";

fn judge_source(room: &str, name: &str, source: &str) -> Vec<String> {
    let parts = take_apart(without_tests(source));
    let mut found = Vec::new();
    for literal in &parts.literals {
        let mut report = |home| found.push(format!("{name}:{}: {home}", literal.line));
        if !may_hold_sql(room) && is_sql(&literal.text) {
            report(SQL_HOME);
        }
        if !may_hold_html(room) && is_html(&literal.text) {
            report(HTML_HOME);
        }
    }
    if is_pure(room) {
        found.extend(reaches_outside(name, &parts));
    }
    found
}

fn reaches_outside(name: &str, parts: &Parts) -> Vec<String> {
    let mut found = Vec::new();
    for (index, line) in parts.code.lines().enumerate() {
        if let Some(path) = OUTSIDE.iter().find(|path| line.contains(**path)) {
            found.push(format!("{name}:{}: `{path}`: {OUTSIDE_HOME}", index + 1));
        }
    }
    found
}

fn is_sql(literal: &str) -> bool {
    let text = literal.trim_start();
    SQL.iter().any(|beginning| text.starts_with(beginning))
        || SMALL_SQL.iter().any(|(beginning, later)| {
            text.strip_prefix(beginning)
                .is_some_and(|rest| rest.contains(later))
        })
}

fn is_html(literal: &str) -> bool {
    let text = literal.to_ascii_lowercase();
    HTML.iter().any(|element| text.contains(element))
}

fn may_hold_sql(room: &str) -> bool {
    room.starts_with("adapters/store-")
}

fn may_hold_html(room: &str) -> bool {
    room == "adapters/desk"
}

/// Test crates and this tool hold such text as samples.
fn is_exempt(room: &str) -> bool {
    room == "xtask" || room == "benches" || room.starts_with("tests/")
}

fn is_test(name: &Path) -> bool {
    let mut folders = name.iter();
    let file = folders.next_back();
    file.is_some_and(|file| file == "tests.rs")
        || folders.any(|part| part == "tests" || part == "benches" || part == "examples")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(room: &str, source: &str) -> Vec<String> {
        judge_source(room, "f.rs", source)
    }

    #[test]
    fn sql_outside_the_stores_is_refused() {
        for sql in [
            "SELECT 1",
            "\\n  INSERT INTO t VALUES (1)",
            "PRAGMA user_version",
            "VACUUM",
            "select a from b",
            "update t set a = 1",
        ] {
            let source = format!("fn f() {{\n    g(\"{sql}\")\n}}");
            assert_eq!(
                judged("service", &source),
                [format!("f.rs:2: {SQL_HOME}")],
                "{sql}"
            );
            assert_eq!(judged("adapters/store-sqlite", &source), [""; 0], "{sql}");
        }
    }

    #[test]
    fn every_beginning_of_sql_is_recognised() {
        for beginning in SQL {
            assert!(is_sql(&format!("{beginning}x")), "{beginning}");
        }
        for (beginning, later) in SMALL_SQL {
            assert!(is_sql(&format!("{beginning}x{later}")), "{beginning}");
        }
    }

    #[test]
    fn sentences_are_not_sql() {
        for text in [
            "select a partner",
            "Update the agreement",
            "delete from the list",
            "SELECTED",
        ] {
            assert!(!is_sql(text), "{text}");
        }
    }

    #[test]
    fn html_outside_the_desk_is_refused() {
        for element in HTML {
            let source = format!("const A: &str = r#\"x {}\"#;", element.to_uppercase());
            assert_eq!(
                judged("adapters/api", &source),
                [format!("f.rs:1: {HTML_HOME}")]
            );
            assert_eq!(judged("adapters/desk", &source), [""; 0]);
        }
        assert!(!is_html("usage: passerelle show <RECORD>"));
        assert!(!is_html("<title>Atom</title>"));
    }

    #[test]
    fn pure_rooms_do_not_reach_outside() {
        for path in OUTSIDE {
            let source = format!("// std::fs\nuse {path};\n");
            assert_eq!(judged("core/model", &source).len(), 1, "{path}");
            assert_eq!(judged("engines/names", &source).len(), 1, "{path}");
            assert_eq!(judged("service", &source), [""; 0], "{path}");
        }
        assert_eq!(
            judged("core/model", "use std::net::IpAddr; // std::fs"),
            [""; 0]
        );
    }

    #[test]
    fn test_modules_may_hold_anything() {
        let source = "fn f() {}\n#[cfg(test)]\nmod tests {\n const A: &str = \"SELECT 1\";\n}\n";
        assert_eq!(judged("core/model", source), [""; 0]);
    }

    #[test]
    fn files_of_a_package_are_found_and_judged_by_kind() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("service/src/lib.rs", "const A: &str = \"SELECT 1\";");
        write("service/src/tests.rs", "const A: &str = \"SELECT 1\";");
        write("service/tests/it/main.rs", "const A: &str = \"SELECT 1\";");
        write("service/src/a.sql", "");
        write("service/src/b.html", "");
        let found = violations(root.path(), "service").unwrap();
        assert_eq!(
            found,
            [
                format!("service/src/a.sql: {SQL_HOME}"),
                format!("service/src/b.html: {HTML_HOME}"),
                format!("service/src/lib.rs:1: {SQL_HOME}"),
            ]
        );
        write("adapters/store-sqlite/src/a.sql", "");
        write("adapters/desk/templates/b.html", "");
        assert!(
            violations(root.path(), "adapters/store-sqlite")
                .unwrap()
                .is_empty()
        );
        assert!(violations(root.path(), "adapters/desk").unwrap().is_empty());
        write("xtask/src/lib.rs", "const A: &str = \"SELECT 1\";");
        assert!(violations(root.path(), "xtask").unwrap().is_empty());
    }
}
