//! What opens the keyring, and where it may lie: apart from the data it protects.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Component, Path, PathBuf};

use passerelle_envelope::{
    Keyring, LockedKeyring, MAX_KEYRING_BYTES, Unlock, format_key_file, parse_key_file,
};
use passerelle_model::{PartyId, hex};
use zeroize::Zeroizing;

use crate::config::KeySource;
use crate::failure::Failure;
use crate::files::{self, DataDir};
use crate::{ask, rng};

/// Longest key or passphrase file, in bytes.
const MAX_SECRET_BYTES: u64 = 4096;
/// Shortest passphrase, in characters.
const MIN_PASSPHRASE_CHARS: usize = 12;

/// Opens the keyring of a node. `E_PASSPHRASE` for a wrong secret, `E_KEYRING` for a damaged
/// file. `passphrase_file` goes before what the settings say.
pub(crate) fn open(
    data: &DataDir,
    source: &KeySource,
    passphrase_file: Option<&Path>,
) -> anyhow::Result<(Keyring, Unlock)> {
    let locked = locked(data)?;
    let unlock = match (source, passphrase_file) {
        (KeySource::KeyFile(path), _) => read_key_file(path)?,
        (_, Some(path)) => read_passphrase(path)?,
        (KeySource::PassphraseFile(path), None) => read_passphrase(path)?,
        (KeySource::Ask, None) => Unlock::Passphrase(ask::passphrase("Passphrase: ")?),
    };
    Ok((locked.open(&unlock)?, unlock))
}

/// Opens the keyring once more, with the secret that opened it before.
pub(crate) fn reopen(data: &DataDir, unlock: &Unlock) -> anyhow::Result<Keyring> {
    Ok(locked(data)?.open(unlock)?)
}

/// Locks and writes the keyring.
pub(crate) fn save(data: &DataDir, ring: &Keyring, unlock: &Unlock) -> anyhow::Result<()> {
    let locked = LockedKeyring::lock(ring, unlock, &mut rng::system())?;
    Ok(files::replace(&data.keyring(), locked.bytes())?)
}

/// Reads a key file.
pub(crate) fn read_key_file(path: &Path) -> anyhow::Result<Unlock> {
    let text = Zeroizing::new(files::read_text(path, MAX_SECRET_BYTES)?);
    Ok(Unlock::KeyFile(parse_key_file(&text)?))
}

/// Makes a key file that must not exist yet.
pub(crate) fn create_key_file(path: &Path) -> anyhow::Result<Unlock> {
    use rand_core::Rng as _;
    let mut key = Zeroizing::new([0; 32]);
    rng::system().fill_bytes(key.as_mut());
    if let Some(parent) = path.parent() {
        files::make_dir(parent)?;
    }
    files::create(path, format_key_file(&key).as_bytes())?;
    Ok(Unlock::KeyFile(key))
}

/// Reads a passphrase: the first line of a file.
pub(crate) fn read_passphrase(path: &Path) -> anyhow::Result<Unlock> {
    let text = Zeroizing::new(files::read_text(path, MAX_SECRET_BYTES)?);
    let line = Zeroizing::new(text.lines().next().unwrap_or_default().to_owned());
    Ok(Unlock::Passphrase(line))
}

/// Refuses a passphrase that is quickly guessed. `E_PASSPHRASE_SHORT`.
pub(crate) fn check_passphrase(unlock: &Unlock) -> Result<(), Failure> {
    match unlock {
        Unlock::Passphrase(text) if text.chars().count() < MIN_PASSPHRASE_CHARS => {
            let sentence = format!("a passphrase needs at least {MIN_PASSPHRASE_CHARS} characters");
            Err(Failure::new("E_PASSPHRASE_SHORT", sentence).with("Five random words are good."))
        }
        _ => Ok(()),
    }
}

/// Asks twice for a new passphrase. `E_PASSPHRASE_DIFFERS`.
pub(crate) fn ask_new() -> Result<Unlock, Failure> {
    let first = ask::passphrase("New passphrase: ")?;
    let second = ask::passphrase("Once more: ")?;
    if first != second {
        return Err(Failure::new(
            "E_PASSPHRASE_DIFFERS",
            "the two passphrases differ",
        ));
    }
    Ok(Unlock::Passphrase(first))
}

/// Where a key file goes when nobody says: the user's settings folder, named after the party
/// and its root key. `E_KEY_PLACE` where the user has no home folder.
pub(crate) fn default_place(party: &PartyId, ring: &Keyring) -> Result<PathBuf, Failure> {
    let short = ring.root().key_id();
    let short = hex::encode(short.as_bytes().get(..4).unwrap_or_default());
    settings_dir(
        std::env::var_os("XDG_CONFIG_HOME"),
        std::env::var_os("HOME"),
    )
    .map(|dir| dir.join("passerelle").join(format!("{party}-{short}.key")))
    .ok_or_else(|| {
        Failure::new("E_KEY_PLACE", "no home folder to keep the key file in")
            .with("Say where: --key-file PATH, apart from the data.")
    })
}

/// Refuses a secret beside the data it opens: whoever copies the folder would have both.
/// `E_KEY_INSIDE_DATA`.
pub(crate) fn check_place(secret: &Path, data: &DataDir) -> Result<(), Failure> {
    if !is_inside(secret, data.path()) {
        return Ok(());
    }
    let sentence = format!("{} lies inside the data folder", secret.display());
    Err(Failure::new("E_KEY_INSIDE_DATA", sentence)
        .with("Whoever copies the folder would hold the key too: choose a place outside it."))
}

/// Whether others than the owner can read a file; `None` where it cannot be looked at.
pub(crate) fn is_exposed(path: &Path) -> Option<bool> {
    let mode = std::fs::metadata(path).ok()?.permissions().mode();
    Some(mode & 0o077 != 0)
}

/// Whether `path` lies in `dir`, links and `..` followed as far as the path exists.
pub(crate) fn is_inside(path: &Path, dir: &Path) -> bool {
    resolved(path).starts_with(resolved(dir))
}

fn locked(data: &DataDir) -> anyhow::Result<LockedKeyring> {
    let bytes = files::read(&data.keyring(), MAX_KEYRING_BYTES as u64)?;
    Ok(LockedKeyring::parse(&bytes)?)
}

fn settings_dir(
    xdg: Option<std::ffi::OsString>,
    home: Option<std::ffi::OsString>,
) -> Option<PathBuf> {
    let absolute = |path: std::ffi::OsString| Some(PathBuf::from(path)).filter(|p| p.is_absolute());
    xdg.and_then(absolute)
        .or_else(|| Some(home.and_then(absolute)?.join(".config")))
}

fn resolved(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut out = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => drop(out.pop()),
            part => out.push(part),
        }
        if let Ok(real) = out.canonicalize() {
            out = real;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_inside_the_data_folder_is_refused_through_links_too() {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("node");
        std::fs::create_dir(&data).unwrap();
        let link = dir.path().join("link");
        std::os::unix::fs::symlink(&data, &link).unwrap();
        let home = DataDir::new(&data);
        let refused = |path: PathBuf| check_place(&path, &home).is_err();
        assert!(refused(data.join("a.key")));
        assert!(refused(data.join("deep/er/a.key")));
        assert!(refused(link.join("a.key")));
        assert!(refused(dir.path().join("x/../node/a.key")));
        assert!(!refused(dir.path().join("node.key")));
        assert!(!refused(dir.path().join("node2/a.key")));
    }

    #[test]
    fn the_default_place_follows_the_users_settings() {
        let os = |text: &str| Some(text.into());
        assert_eq!(settings_dir(os("/x"), os("/h")), Some("/x".into()));
        assert_eq!(
            settings_dir(os("relative"), os("/h")),
            Some("/h/.config".into())
        );
        assert_eq!(settings_dir(None, os("/h")), Some("/h/.config".into()));
        assert_eq!(settings_dir(None, None), None);
    }

    #[test]
    fn key_files_are_private_and_never_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys/a.key");
        let Unlock::KeyFile(made) = create_key_file(&path).unwrap() else {
            panic!()
        };
        let Unlock::KeyFile(read) = read_key_file(&path).unwrap() else {
            panic!()
        };
        assert_eq!(made, read);
        assert_eq!(is_exposed(&path), Some(false));
        assert!(create_key_file(&path).is_err());
    }

    #[test]
    fn short_passphrases_are_refused() {
        let unlock = |text: &str| Unlock::Passphrase(Zeroizing::new(text.into()));
        let refused = check_passphrase(&unlock("elevenchars")).unwrap_err();
        assert_eq!(refused.code(), "E_PASSPHRASE_SHORT");
        assert!(check_passphrase(&unlock("twelve chars")).is_ok());
    }
}
