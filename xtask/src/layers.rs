//! `check-layers`: arrows only point down.
//!
//! The table [`LAYERS`] says which room may depend on which; an arrow that is not in it is
//! refused, whether the code, the build script or the tests need it. Adding an arrow means adding
//! it here, with its reason, where a reviewer sees it.

use std::fmt::Write as _;

use crate::{
    metadata::{Dependency, Graph, Kind, Package},
    repo::Repo,
    sources,
};

/// What the packages of one room, or of one floor, may depend on among ours.
struct Row {
    /// A room, or a floor written `core/*`, which includes the room `core` itself.
    from: &'static str,
    /// Rooms and floors, in the same form; `*` is every room.
    to: &'static [&'static str],
    /// Why it is so, told to whoever breaks it.
    why: &'static str,
}

/// The first row whose `from` fits decides.
const LAYERS: &[Row] = &[
    Row {
        from: "passerelle",
        to: &["adapters/*", "service", "core/*", "engines/*", "formats/*"],
        why: "the binary wires everything together",
    },
    Row {
        from: "adapters/store",
        to: &["core/*"],
        why: "the port that every store implements; it must not know who uses it",
    },
    Row {
        from: "adapters/store-*",
        to: &[
            "adapters/store",
            "service",
            "core/*",
            "engines/*",
            "formats/*",
        ],
        why: "a store implements the port, and is the only adapter that sees another",
    },
    Row {
        from: "adapters/api",
        to: &["service", "core/model"],
        why: "the API speaks to the use cases, in the words of the model, and to nothing below",
    },
    Row {
        from: "adapters/desk",
        to: &["service", "core/model"],
        why: "the desk speaks to the use cases, in the words of the model, and to nothing below",
    },
    Row {
        from: "adapters/*",
        to: &["service", "core/*", "engines/*", "formats/*"],
        why: "adapters do not know each other: the binary connects them",
    },
    Row {
        from: "service",
        to: &["adapters/store", "core/*", "engines/*", "formats/*"],
        why: "use cases sit under the adapters; the Store trait is the one port they call, \
              and its crate holds neither SQL nor input and output",
    },
    Row {
        from: "formats/*",
        to: &["core/model"],
        why: "foreign formats are translated to and from the words of the model only",
    },
    Row {
        from: "engines/*",
        to: &["engines/*"],
        why: "engines are of use without Passerelle",
    },
    Row {
        from: "core/model",
        to: &[],
        why: "the model is at the bottom",
    },
    Row {
        from: "core/rules",
        to: &["core/model"],
        why: "rules judge what the model describes",
    },
    Row {
        from: "core/identity",
        to: &["core/model"],
        why: "how a person proves who they are; the model says who there is",
    },
    Row {
        from: "core/journal",
        to: &["core/model"],
        why: "a journal commits to bytes, not to what they mean",
    },
    Row {
        from: "core/envelope",
        to: &["core/model"],
        why: "an envelope holds a record of the model",
    },
    Row {
        from: "core/exchange",
        to: &["core/journal", "core/envelope", "core/model"],
        why: "the protocol carries envelopes between journals and judges nothing",
    },
    Row {
        from: "core/cases",
        to: &[
            "core/rules",
            "core/exchange",
            "core/journal",
            "core/envelope",
            "core/model",
        ],
        why: "cases are derived from journals, and the joint group is none of their business",
    },
    Row {
        from: "core/group",
        to: &[
            "core/rules",
            "core/exchange",
            "core/journal",
            "core/envelope",
            "core/model",
        ],
        why: "the joint group is derived from journals, and cases are none of its business",
    },
    Row {
        from: "tests/*",
        to: &["*"],
        why: "tests put everything together",
    },
    Row {
        from: "benches",
        to: &["*"],
        why: "measurements put everything together",
    },
    Row {
        from: "xtask",
        to: &[],
        why: "the developer's tool must build when nothing else does",
    },
];

/// Arrows that tests alone may have: a front is tested with a real node, kept in memory.
const TEST_ARROWS: &[Row] = &[
    Row {
        from: "adapters/api",
        to: &["adapters/store", "core/*"],
        why: "its tests make real nodes",
    },
    Row {
        from: "adapters/desk",
        to: &["adapters/store", "core/*"],
        why: "its tests make real nodes",
    },
];

/// Crates that bring the outside world, and so cannot be needed by `core` and `engines`.
/// Their tests may need them.
const OUTSIDE_WORLD: &[(&str, &[&str])] = &[
    (
        "an executor or a socket",
        &["tokio", "async-std", "smol", "mio", "socket2"],
    ),
    (
        "a database",
        &[
            "rusqlite",
            "libsqlite3-sys",
            "tokio-postgres",
            "postgres",
            "sqlx",
            "diesel",
        ],
    ),
    (
        "HTTP",
        &[
            "hyper",
            "hyper-util",
            "axum",
            "tower",
            "reqwest",
            "ureq",
            "tonic",
        ],
    ),
    (
        "a carrier",
        &["rustls", "tokio-rustls", "native-tls", "openssl", "rcgen"],
    ),
    (
        "the system's randomness or clock",
        &["getrandom", "rand", "chrono", "time"],
    ),
    (
        "files or the operating system",
        &["rustix", "nix", "libc", "tempfile", "walkdir", "fs-err"],
    ),
];

/// Prints every violation, and with `print` every arrow. Whether there was none.
///
/// # Errors
/// Cargo's metadata or a source file could not be read.
pub(crate) fn report(repo: &Repo, print: bool) -> anyhow::Result<bool> {
    let graph = Graph::from_metadata(&repo.metadata)?;
    if print {
        print!("{}", draw(&graph));
    }
    let mut found = violations(&graph);
    for package in &graph.packages {
        found.extend(sources::violations(&repo.root, &package.room)?);
    }
    for violation in &found {
        println!("{violation}");
    }
    println!(
        "{} packages, {} violations",
        graph.packages.len(),
        found.len()
    );
    Ok(found.is_empty())
}

/// Every arrow and every outside crate that the tables refuse, in words.
fn violations(graph: &Graph) -> Vec<String> {
    let mut found = Vec::new();
    for package in &graph.packages {
        let Some(row) = LAYERS.iter().find(|row| fits(row.from, &package.room)) else {
            found.push(format!(
                "{}: no row in the layer table (xtask/src/layers.rs)",
                package.room
            ));
            continue;
        };
        for dependency in &package.dependencies {
            found.extend(refused_arrow(row, package, dependency));
            found.extend(refused_crate(package, dependency));
        }
    }
    found
}

fn refused_arrow(row: &Row, package: &Package, dependency: &Dependency) -> Option<String> {
    let to = dependency.room.as_deref()?;
    let tested = TEST_ARROWS
        .iter()
        .filter(|row| dependency.kind == Kind::Dev && fits(row.from, &package.room));
    let mut rooms = row.to.iter().chain(tested.flat_map(|row| row.to));
    if to == package.room || rooms.any(|pattern| fits(pattern, to)) {
        return None;
    }
    let kind = kind(dependency.kind);
    Some(format!(
        "{} ─▶ {to}{kind}: not allowed; {}",
        package.room, row.why
    ))
}

fn refused_crate(package: &Package, dependency: &Dependency) -> Option<String> {
    if !sources::is_pure(&package.room) || dependency.kind == Kind::Dev {
        return None;
    }
    let (what, _) = OUTSIDE_WORLD
        .iter()
        .find(|(_, crates)| crates.contains(&dependency.name.as_str()))?;
    let kind = kind(dependency.kind);
    Some(format!(
        "{} ─▶ {}{kind}: brings {what} into a pure room",
        package.room, dependency.name
    ))
}

/// Whether a room, or a floor written with a final `*`, covers `room`.
fn fits(pattern: &str, room: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(floor) => room.starts_with(floor) || Some(room) == floor.strip_suffix('/'),
        None => pattern == room,
    }
}

fn draw(graph: &Graph) -> String {
    let mut drawing = String::new();
    for package in &graph.packages {
        let arrows: Vec<String> = package
            .dependencies
            .iter()
            .filter_map(|d| {
                d.room
                    .as_ref()
                    .map(|room| format!("{room}{}", kind(d.kind)))
            })
            .collect();
        let arrows = if arrows.is_empty() {
            "·".to_owned()
        } else {
            arrows.join(", ")
        };
        // Writing to a string cannot fail.
        let _ = writeln!(drawing, "{:<24} ─▶ {arrows}", package.room);
    }
    drawing
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Normal => "",
        Kind::Build => " (build)",
        Kind::Dev => " (dev)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::tests::arrow;

    fn judged(from: &str, to: &str, kind: Option<&str>) -> Vec<String> {
        violations(&Graph::from_metadata(&arrow(from, to, kind)).unwrap())
    }

    fn refused(from: &str, to: &str) {
        for kind in [None, Some("build"), Some("dev")] {
            assert_eq!(judged(from, to, kind).len(), 1, "{from} -> {to} {kind:?}");
        }
    }

    fn allowed(from: &str, to: &str) {
        for kind in [None, Some("build"), Some("dev")] {
            assert_eq!(judged(from, to, kind), [""; 0], "{from} -> {to} {kind:?}");
        }
    }

    #[test]
    fn the_binary_reaches_down_and_nothing_reaches_the_binary() {
        allowed("passerelle", "adapters/store-sqlite");
        allowed("passerelle", "core/model");
        allowed("passerelle", "formats/stix");
        refused("service", "passerelle");
        refused("adapters/api", "passerelle");
        refused("core/model", "passerelle");
        refused("passerelle", "xtask");
        refused("passerelle", "tests/two-nodes");
    }

    #[test]
    fn adapters_do_not_know_each_other_except_the_store_port() {
        allowed("adapters/store-sqlite", "adapters/store");
        allowed("adapters/store-postgres", "adapters/store");
        allowed("adapters/peerlink", "service");
        allowed("adapters/peerlink", "core/exchange");
        refused("adapters/store-postgres", "adapters/store-sqlite");
        refused("adapters/peerlink", "adapters/store");
        refused("adapters/store", "adapters/store-sqlite");
        refused("adapters/identity", "adapters/desk");
    }

    #[test]
    fn the_store_port_does_not_know_who_uses_it() {
        allowed("adapters/store", "core/model");
        refused("adapters/store", "service");
    }

    #[test]
    fn api_and_desk_speak_to_the_service_only() {
        for front in ["adapters/api", "adapters/desk"] {
            allowed(front, "service");
            allowed(front, "core/model");
            refused(front, "engines/names");
            for below in ["core/rules", "adapters/store"] {
                assert_eq!(judged(front, below, None).len(), 1, "{front} -> {below}");
                assert_eq!(
                    judged(front, below, Some("build")).len(),
                    1,
                    "{front} -> {below}"
                );
                assert_eq!(
                    judged(front, below, Some("dev")),
                    [""; 0],
                    "tests make real nodes"
                );
            }
            refused(front, "adapters/identity");
        }
    }

    #[test]
    fn the_service_sees_the_store_port_and_no_other_adapter() {
        allowed("service", "adapters/store");
        allowed("service", "core/cases");
        allowed("service", "engines/matching");
        refused("service", "adapters/store-sqlite");
        refused("service", "adapters/peerlink");
    }

    #[test]
    fn core_has_its_own_order() {
        allowed("core/rules", "core/model");
        allowed("core/exchange", "core/journal");
        allowed("core/exchange", "core/envelope");
        allowed("core/cases", "core/rules");
        refused("core/model", "core/rules");
        refused("core/journal", "core/envelope");
        refused("core/envelope", "core/journal");
        refused("core/exchange", "core/rules");
        refused("core/cases", "core/group");
        refused("core/group", "core/cases");
        refused("core/model", "engines/names");
        refused("core/rules", "service");
        refused("core/journal", "adapters/store");
    }

    #[test]
    fn engines_know_engines_and_formats_know_the_model() {
        allowed("engines/links", "engines/names");
        refused("engines/links", "core/model");
        allowed("formats", "core/model");
        allowed("formats/stix", "core/model");
        refused("formats/stix", "core/rules");
        refused("formats/stix", "engines/names");
    }

    #[test]
    fn tests_and_benches_reach_everything_and_xtask_nothing() {
        allowed("tests/two-nodes", "adapters/store-sqlite");
        allowed("benches", "core/model");
        refused("xtask", "core/model");
    }

    #[test]
    fn a_room_without_a_row_is_refused() {
        assert_eq!(judged("core/novelty", "sha2", None).len(), 1);
        assert_eq!(judged("attic", "sha2", None).len(), 1);
    }

    #[test]
    fn a_package_may_name_itself_in_its_tests() {
        assert_eq!(judged("core/model", "core/model", Some("dev")), [""; 0]);
    }

    #[test]
    fn pure_rooms_bring_in_nothing_of_the_outside_world() {
        for (_, crates) in OUTSIDE_WORLD {
            for name in *crates {
                assert_eq!(judged("core/journal", name, None).len(), 1, "{name}");
                assert_eq!(
                    judged("engines/links", name, Some("build")).len(),
                    1,
                    "{name}"
                );
                assert_eq!(judged("core/journal", name, Some("dev")), [""; 0], "{name}");
                assert_eq!(judged("service", name, None), [""; 0], "{name}");
            }
        }
        assert_eq!(judged("core/journal", "sha2", None), [""; 0]);
    }

    #[test]
    fn every_row_can_be_reached() {
        for (index, row) in LAYERS.iter().enumerate() {
            let room = row.from.replace('*', "example");
            let first = LAYERS.iter().position(|row| fits(row.from, &room));
            assert_eq!(first, Some(index), "{}", row.from);
            assert!(!row.why.is_empty());
        }
    }

    #[test]
    fn the_drawing_names_every_arrow_and_its_kind() {
        let metadata = arrow("core/rules", "core/model", Some("dev"));
        let drawing = draw(&Graph::from_metadata(&metadata).unwrap());
        assert_eq!(drawing, "core/rules               ─▶ core/model (dev)\n");
    }
}
