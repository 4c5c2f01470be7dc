//! The workspace as a graph of rooms, read from `cargo metadata --no-deps`.

use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;

/// The project's packages and what each depends on.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    /// Sorted by room.
    pub(crate) packages: Vec<Package>,
}

/// One package of the workspace.
#[derive(Debug)]
pub(crate) struct Package {
    /// Its folder relative to the root, with `/` between the parts: `core/model`.
    pub(crate) room: String,
    /// Every dependency, of every kind.
    pub(crate) dependencies: Vec<Dependency>,
}

/// One dependency of a package.
#[derive(Debug)]
pub(crate) struct Dependency {
    /// Name of the package depended on, whatever it was renamed to.
    pub(crate) name: String,
    /// When it is needed.
    pub(crate) kind: Kind,
    /// The room it is in, when it is ours.
    pub(crate) room: Option<String>,
}

/// When a dependency is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// By the code itself.
    Normal,
    /// By its build script.
    Build,
    /// By its tests and examples only.
    Dev,
}

impl Graph {
    /// Reads the answer of `cargo metadata --no-deps --format-version 1`.
    ///
    /// # Errors
    /// A part that this reads is missing or of another shape than cargo documents.
    pub(crate) fn from_metadata(metadata: &Value) -> anyhow::Result<Self> {
        let root = Path::new(text(metadata, "workspace_root")?);
        let mut packages = Vec::new();
        for package in list(metadata, "packages")? {
            packages.push(Package::read(package, root)?);
        }
        packages.sort_by(|a, b| a.room.cmp(&b.room));
        Ok(Self { packages })
    }
}

impl Package {
    fn read(package: &Value, root: &Path) -> anyhow::Result<Self> {
        let manifest = Path::new(text(package, "manifest_path")?);
        let folder = manifest.parent().context("a manifest without a folder")?;
        let room = room(folder, root)
            .with_context(|| format!("{} is outside the repository", manifest.display()))?;
        let mut dependencies = Vec::new();
        for dependency in list(package, "dependencies")? {
            dependencies.push(Dependency::read(dependency, root)?);
        }
        Ok(Self { room, dependencies })
    }
}

impl Dependency {
    fn read(dependency: &Value, root: &Path) -> anyhow::Result<Self> {
        let kind = match dependency.get("kind").and_then(Value::as_str) {
            None | Some("normal") => Kind::Normal,
            Some("build") => Kind::Build,
            Some("dev") => Kind::Dev,
            Some(other) => anyhow::bail!("unknown kind of dependency: {other}"),
        };
        let path = dependency.get("path").and_then(Value::as_str);
        Ok(Self {
            name: text(dependency, "name")?.to_owned(),
            kind,
            room: path.and_then(|path| room(Path::new(path), root)),
        })
    }
}

fn room(folder: &Path, root: &Path) -> Option<String> {
    let inside = folder.strip_prefix(root).ok()?;
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    Some(parts.join("/"))
}

fn text<'a>(value: &'a Value, key: &str) -> anyhow::Result<&'a str> {
    value
        .get(key)
        .and_then(Value::as_str)
        .with_context(|| format!("no text under {key}"))
}

fn list<'a>(value: &'a Value, key: &str) -> anyhow::Result<&'a Vec<Value>> {
    value
        .get(key)
        .and_then(Value::as_array)
        .with_context(|| format!("no list under {key}"))
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;

    use super::*;

    /// Metadata of a made-up workspace in which `from` depends on `to`.
    ///
    /// A `to` that contains a `/` or names a room of ours is a path dependency.
    pub(crate) fn arrow(from: &str, to: &str, kind: Option<&str>) -> Value {
        let ours = to.contains('/') || ["service", "passerelle", "xtask"].contains(&to);
        let path = ours.then(|| format!("/r/{to}"));
        json!({
            "workspace_root": "/r",
            "target_directory": "/r/target",
            "packages": [{
                "name": from,
                "manifest_path": format!("/r/{from}/Cargo.toml"),
                "dependencies": [{"name": to, "kind": kind, "path": path}],
            }],
        })
    }

    #[test]
    fn packages_are_known_by_their_folder() {
        let graph = Graph::from_metadata(&arrow("core/rules", "core/model", None)).unwrap();
        let package = graph.packages.first().unwrap();
        assert_eq!(package.room, "core/rules");
        let dependency = package.dependencies.first().unwrap();
        assert_eq!(dependency.room.as_deref(), Some("core/model"));
        assert_eq!(dependency.kind, Kind::Normal);
    }

    #[test]
    fn registry_dependencies_have_no_room() {
        let graph = Graph::from_metadata(&arrow("core/rules", "sha2", Some("dev"))).unwrap();
        let dependency = graph
            .packages
            .first()
            .unwrap()
            .dependencies
            .first()
            .unwrap();
        assert_eq!(dependency.room, None);
        assert_eq!(dependency.kind, Kind::Dev);
    }

    #[test]
    fn another_shape_is_refused() {
        assert!(Graph::from_metadata(&Value::Null).is_err());
        assert!(Graph::from_metadata(&arrow("core/rules", "sha2", Some("odd"))).is_err());
        let outside = json!({"workspace_root": "/r", "packages": [
            {"manifest_path": "/elsewhere/Cargo.toml", "dependencies": []}]});
        assert!(Graph::from_metadata(&outside).is_err());
    }
}
