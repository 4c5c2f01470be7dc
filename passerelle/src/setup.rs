//! Making a node: keys, card, store. Either a whole node is there afterwards, or nothing.

use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use passerelle_envelope::{CardFacts, Keyring, Unlock};
use passerelle_model::{Address, Country, Lang, NODE_UNIT, Name, Names, PartyId, UnitId, UtcTime};
use passerelle_service::CARD_DAYS;
use passerelle_service::view::CardView;

use crate::config::{Config, KeySource, PublicSite};
use crate::failure::{self, Failure};
use crate::files::{self, DataDir};
use crate::{clock, keys, node, rng};

/// What a new node is to be.
pub(crate) struct Plan {
    /// The party.
    pub(crate) party: PartyId,
    /// Its names.
    pub(crate) names: Names,
    /// Its country.
    pub(crate) country: Country,
    /// Its units beside [`NODE_UNIT`].
    pub(crate) units: BTreeMap<UnitId, Names>,
    /// Where partners reach it.
    pub(crate) address: Option<Address>,
    /// Desk and API listener.
    pub(crate) desk: SocketAddr,
    /// Exchange listener.
    pub(crate) exchange: SocketAddr,
    /// Its public site, where it has one.
    pub(crate) public: Option<PublicSite>,
    /// What opens its keyring.
    pub(crate) key: KeyPlan,
}

/// What is to open the keyring.
pub(crate) enum KeyPlan {
    /// A new key file in the user's settings folder.
    UserSettings,
    /// This key file, made where it is missing; `inside`: may lie beside the data.
    KeyFile { path: PathBuf, inside: bool },
    /// The first line of this file.
    PassphraseFile { path: PathBuf, inside: bool },
    /// A person types it.
    Ask,
}

/// A node that was made.
pub(crate) struct Made {
    /// Its card.
    pub(crate) card: CardView,
    /// What opens its keyring.
    pub(crate) keys: KeySource,
}

/// Makes a node in `data`. `E_DATA_EXISTS` where there is one, `E_DATA_NOT_EMPTY` where there
/// is anything else; whatever this call made is removed again when it fails.
pub(crate) async fn make(data: &DataDir, plan: Plan) -> anyhow::Result<Made> {
    clock::check(clock::now())?;
    let mut site = Site::open(data)?;
    let units: Vec<UnitId> = plan.units.keys().cloned().collect();
    let ring = Keyring::generate(&units, &mut rng::system())?;
    let (keys, unlock) = site.secret(&plan.party, plan.key, &ring)?;
    keys::save(data, &ring, &unlock)?;
    let Plan {
        party,
        names,
        country,
        units,
        address,
        desk,
        exchange,
        public,
        ..
    } = plan;
    let facts = facts(party.clone(), names, country, units, address, clock::now())?;
    let content = ring.card(facts)?;
    let card = node::create(data, ring, content).await?;
    let config = Config {
        party,
        keys: keys.clone(),
        desk,
        exchange,
        hosts: Vec::new(),
        public,
    };
    files::create(&data.config(), config.to_text().as_bytes())?;
    site.finish();
    Ok(Made { card, keys })
}

/// The same text in the four languages.
pub(crate) fn names(
    fr: &str,
    nl: &str,
    ar: &str,
    en: &str,
) -> Result<Names, passerelle_model::Error> {
    let parsed = [
        (Lang::Fr, fr),
        (Lang::Nl, nl),
        (Lang::Ar, ar),
        (Lang::En, en),
    ]
    .into_iter()
    .map(|(lang, text)| Ok((lang, text.parse::<Name>()?)))
    .collect::<Result<BTreeMap<_, _>, passerelle_model::Error>>()?;
    Names::new(parsed)
}

fn facts(
    party: PartyId,
    names: Names,
    country: Country,
    mut units: BTreeMap<UnitId, Names>,
    address: Option<Address>,
    issued: UtcTime,
) -> Result<CardFacts, passerelle_model::Error> {
    units.insert(
        NODE_UNIT.parse()?,
        self::names("Nœud", "Knooppunt", "العقدة", "Node")?,
    );
    let expires = issued.day().plus_days(CARD_DAYS).start();
    Ok(CardFacts {
        party,
        number: 1,
        names,
        country,
        units,
        address,
        issued,
        expires,
    })
}

/// A folder in which a node is being made. Cleans up unless it is finished.
struct Site {
    data: DataDir,
    made_dir: bool,
    key_file: Option<PathBuf>,
    finished: bool,
}

impl Site {
    fn open(data: &DataDir) -> Result<Self, Failure> {
        check_free(data)?;
        let made_dir = !data.path().exists();
        files::make_dir(data.path())?;
        let site = Self {
            data: data.clone(),
            made_dir,
            key_file: None,
            finished: false,
        };
        files::create(&data.unfinished(), b"passerelle init works here\n")?;
        Ok(site)
    }

    fn secret(
        &mut self,
        party: &PartyId,
        plan: KeyPlan,
        ring: &Keyring,
    ) -> anyhow::Result<(KeySource, Unlock)> {
        match plan {
            KeyPlan::UserSettings => self.key_file(keys::default_place(party, ring)?, false),
            KeyPlan::KeyFile { path, inside } => self.key_file(path, inside),
            KeyPlan::PassphraseFile { path, inside } => {
                let path = self.placed(&path, inside)?;
                let unlock = keys::read_passphrase(&path)?;
                keys::check_passphrase(&unlock)?;
                Ok((KeySource::PassphraseFile(path), unlock))
            }
            KeyPlan::Ask => {
                let unlock = keys::ask_new()?;
                keys::check_passphrase(&unlock)?;
                Ok((KeySource::Ask, unlock))
            }
        }
    }

    fn key_file(&mut self, path: PathBuf, inside: bool) -> anyhow::Result<(KeySource, Unlock)> {
        let path = self.placed(&path, inside)?;
        if path.exists() {
            let unlock = keys::read_key_file(&path)?;
            return Ok((KeySource::KeyFile(path), unlock));
        }
        let unlock = keys::create_key_file(&path)?;
        self.key_file = Some(path.clone());
        Ok((KeySource::KeyFile(path), unlock))
    }

    fn placed(&self, path: &Path, inside: bool) -> Result<PathBuf, Failure> {
        if !inside {
            keys::check_place(path, &self.data)?;
        }
        std::path::absolute(path).map_err(|error| failure::io(path, &error))
    }

    fn finish(mut self) {
        let _ = fs::remove_file(self.data.unfinished());
        self.finished = true;
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if self.finished {
            return;
        }
        if let Some(key) = &self.key_file {
            let _ = fs::remove_file(key);
        }
        clear(&self.data);
        if self.made_dir {
            let _ = fs::remove_dir(self.data.path());
        }
    }
}

/// Whether a node may be made here. What an `init` that was killed left is cleared away.
fn check_free(data: &DataDir) -> Result<(), Failure> {
    let path = data.path();
    if data.is_node() {
        let sentence = format!(
            "{} holds a node already; nothing was touched",
            path.display()
        );
        return Err(Failure::new("E_DATA_EXISTS", sentence));
    }
    if data.unfinished().exists() {
        clear(data);
    }
    let empty = match fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => return Err(failure::io(path, &error)),
    };
    if empty {
        return Ok(());
    }
    let sentence = format!("{} is not empty; nothing was touched", path.display());
    Err(Failure::new("E_DATA_NOT_EMPTY", sentence).with("Name a new or an empty folder."))
}

/// Removes what `init` makes; the marker last, so that a second try clears the rest.
fn clear(data: &DataDir) {
    let _ = fs::remove_dir_all(data.store());
    let _ = fs::remove_dir_all(data.blobs());
    for file in [data.config(), data.keyring(), data.unfinished()] {
        let _ = fs::remove_file(&file);
        let _ = fs::remove_file(files::with_suffix(&file, ".new"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_that_is_given_up_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let data = DataDir::new(&dir.path().join("node"));
        let key = dir.path().join("a.key");
        let mut site = Site::open(&data).unwrap();
        site.key_file(key.clone(), false).unwrap();
        fs::create_dir(data.store()).unwrap();
        fs::write(data.keyring(), "x").unwrap();
        drop(site);
        assert!(!data.path().exists() && !key.exists());
    }

    #[test]
    fn an_empty_folder_that_was_there_stays() {
        let dir = tempfile::tempdir().unwrap();
        let data = DataDir::new(dir.path());
        drop(Site::open(&data).unwrap());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_killed_init_is_cleared_and_anything_else_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let data = DataDir::new(dir.path());
        fs::write(data.keyring(), "left").unwrap();
        assert_eq!(check_free(&data).unwrap_err().code(), "E_DATA_NOT_EMPTY");
        fs::write(data.unfinished(), "").unwrap();
        check_free(&data).unwrap();
        assert!(!data.keyring().exists());
        fs::write(data.config(), "").unwrap();
        assert_eq!(check_free(&data).unwrap_err().code(), "E_DATA_EXISTS");
    }

    #[test]
    fn a_key_that_was_there_is_not_removed() {
        let dir = tempfile::tempdir().unwrap();
        let data = DataDir::new(&dir.path().join("node"));
        let key = dir.path().join("a.key");
        keys::create_key_file(&key).unwrap();
        let mut site = Site::open(&data).unwrap();
        site.key_file(key.clone(), false).unwrap();
        drop(site);
        assert!(key.exists());
    }
}
