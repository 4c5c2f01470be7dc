//! `config.toml`: the settings of one node, plain and commented; an unknown line is an error.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use passerelle_model::PartyId;
use serde::Deserialize;

use crate::failure::Failure;
use crate::files::{self, DataDir};

/// Where the desk and the API listen unless told otherwise.
pub(crate) const DESK: &str = "127.0.0.1:8600";
/// Where partners' nodes call unless told otherwise.
pub(crate) const EXCHANGE: &str = "127.0.0.1:8601";
/// Largest settings file, in bytes.
const MAX_CONFIG_BYTES: u64 = 64 * 1024;

/// Settings of one node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Config {
    /// The party whose node this is.
    pub(crate) party: PartyId,
    /// What opens the keyring.
    pub(crate) keys: KeySource,
    /// Desk and API.
    pub(crate) desk: SocketAddr,
    /// Exchange with partners.
    pub(crate) exchange: SocketAddr,
    /// Names under which a proxy passes on requests for desk and API, beside loopback.
    pub(crate) hosts: Vec<String>,
    /// The public site, where there is one.
    pub(crate) public: Option<PublicSite>,
}

/// The public site of a node: off unless it is named here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PublicSite {
    /// Where it listens.
    pub(crate) listen: SocketAddr,
    /// Its address as the public calls it; that of its listener where left out.
    pub(crate) url: Option<String>,
}

/// Where the secret that opens the keyring comes from. Never the secret itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeySource {
    /// A key file.
    KeyFile(PathBuf),
    /// A file whose first line is the passphrase.
    PassphraseFile(PathBuf),
    /// A person types it at each start.
    Ask,
}

impl Config {
    /// Reads the settings of a node. `E_NO_DATA` where there is none, `E_CONFIG` where a
    /// line is wrong or unknown.
    pub(crate) fn read(data: &DataDir) -> Result<Self, Failure> {
        if !data.is_node() {
            let sentence = format!("{} holds no node", data.path().display());
            return Err(Failure::new("E_NO_DATA", sentence));
        }
        let path = data.config();
        let text = files::read_text(&path, MAX_CONFIG_BYTES)?;
        Self::parse(&text).map_err(|why| {
            Failure::new(
                "E_CONFIG",
                format!("{}: {}", path.display(), why.trim_end()),
            )
        })
    }

    /// Reads settings from text.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let file: FileForm = toml::from_str(text).map_err(|error| error.to_string())?;
        let keys = match (file.keys.key_file, file.keys.passphrase_file, file.keys.ask) {
            (Some(path), None, false) => KeySource::KeyFile(path),
            (None, Some(path), false) => KeySource::PassphraseFile(path),
            (None, None, true) => KeySource::Ask,
            _ => return Err("[keys] needs exactly one of key-file, passphrase-file, ask".into()),
        };
        let ListenForm {
            desk,
            exchange,
            hosts,
        } = file.listen;
        let public = file.public.map(PublicForm::checked).transpose()?;
        Ok(Self {
            party: file.party,
            keys,
            desk,
            exchange,
            hosts,
            public,
        })
    }

    /// The settings as they are written by `init`.
    pub(crate) fn to_text(&self) -> String {
        let keys = match &self.keys {
            KeySource::KeyFile(path) => format!("key-file = {}", quoted(path)),
            KeySource::PassphraseFile(path) => format!("passphrase-file = {}", quoted(path)),
            KeySource::Ask => "ask = true".to_owned(),
        };
        format!(
            "# Settings of one Passerelle node. Read at each start; an unknown line is refused.\n\
             \n\
             # The party whose node this is. Cannot be changed: the keys and the card name it.\n\
             party = \"{}\"\n\
             \n\
             # What opens the keyring: exactly one of\n\
             #   key-file = \"/path\"          a key file, best on another device than this folder\n\
             #   passphrase-file = \"/path\"   a file whose first line is the passphrase\n\
             #   ask = true                  a person types the passphrase at each start\n\
             [keys]\n\
             {keys}\n\
             \n\
             [listen]\n\
             # The desk for people and the API for programs. No TLS of its own: keep it on this\n\
             # machine, or put it behind a proxy that adds TLS.\n\
             desk = \"{}\"\n\
             # The exchange with partners' nodes: mutual TLS, only pinned partners get in.\n\
             exchange = \"{}\"\n\
             # Names under which a proxy passes on requests for the desk, beside loopback.\n\
             hosts = {}\n\
             \n\
             # The public site of a joint group: no sign-in, read only but for answers to open\n\
             # consultations. Off without these lines. `url` is its address as the public calls it.\n\
             {}",
            self.party,
            self.desk,
            self.exchange,
            toml::Value::from(self.hosts.clone()),
            PublicSite::to_text(self.public.as_ref()),
        )
    }
}

impl PublicSite {
    /// Its address as the public calls it, once it listens at `bound`.
    pub(crate) fn base(&self, bound: SocketAddr) -> String {
        self.url
            .clone()
            .unwrap_or_else(|| format!("http://{bound}"))
    }

    fn to_text(site: Option<&Self>) -> String {
        let Some(site) = site else {
            return "# [public]\n# listen = \"127.0.0.1:8602\"\n# url = \"https://gmmp.example\"\n"
                .to_owned();
        };
        let url = site.url.clone().map(|url| {
            let url = toml::Value::from(url);
            format!("url = {url}\n")
        });
        format!(
            "[public]\nlisten = \"{}\"\n{}",
            site.listen,
            url.unwrap_or_default()
        )
    }
}

fn quoted(path: &Path) -> String {
    toml::Value::String(path.to_string_lossy().into_owned()).to_string()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileForm {
    party: PartyId,
    keys: KeysForm,
    #[serde(default)]
    listen: ListenForm,
    public: Option<PublicForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PublicForm {
    listen: SocketAddr,
    url: Option<String>,
}

impl PublicForm {
    /// An address that can stand in a feed: a scheme and a host, nothing after them.
    fn checked(self) -> Result<PublicSite, String> {
        let fits = |url: &String| {
            let rest = url.strip_prefix("https://").or(url.strip_prefix("http://"));
            let sign = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
            rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(sign))
        };
        let url = self.url.map(|url| url.trim_end_matches('/').to_owned());
        match url.as_ref().is_none_or(fits) {
            true => Ok(PublicSite {
                listen: self.listen,
                url,
            }),
            false => {
                Err("[public] url is a scheme and a host, such as https://gmmp.example".into())
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct KeysForm {
    key_file: Option<PathBuf>,
    passphrase_file: Option<PathBuf>,
    #[serde(default)]
    ask: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ListenForm {
    desk: SocketAddr,
    exchange: SocketAddr,
    hosts: Vec<String>,
}

impl Default for ListenForm {
    fn default() -> Self {
        let local = |port| SocketAddr::from(([127, 0, 0, 1], port));
        Self {
            desk: local(8600),
            exchange: local(8601),
            hosts: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(keys: KeySource) -> Config {
        let (desk, exchange) = (DESK.parse().unwrap(), EXCHANGE.parse().unwrap());
        let hosts = Vec::new();
        Config {
            party: "ma.interior".parse().unwrap(),
            keys,
            desk,
            exchange,
            hosts,
            public: None,
        }
    }

    #[test]
    fn the_public_site_is_off_unless_it_is_named() {
        assert_eq!(
            Config::parse(&sample(KeySource::Ask).to_text())
                .unwrap()
                .public,
            None
        );
        let listen = "127.0.0.1:8602".parse().unwrap();
        for url in [None, Some("https://gmmp.example".to_owned())] {
            let public = Some(PublicSite { listen, url });
            let config = Config {
                public,
                ..sample(KeySource::Ask)
            };
            assert_eq!(Config::parse(&config.to_text()).unwrap(), config);
        }
        for url in [
            "ftp://x",
            "https://",
            "https://x/y",
            "https://x\"y",
            "javascript:1",
        ] {
            let site = PublicSite {
                listen,
                url: Some(url.to_owned()),
            };
            let config = Config {
                public: Some(site),
                ..sample(KeySource::Ask)
            };
            let error = Config::parse(&config.to_text()).unwrap_err();
            assert!(error.contains("scheme and a host"), "{url}: {error}");
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        let odd = PathBuf::from("/tmp/a \"b\"\\c/مفتاح.key");
        for keys in [
            KeySource::KeyFile(odd.clone()),
            KeySource::PassphraseFile(odd),
            KeySource::Ask,
        ] {
            let hosts = vec!["node.example".to_owned()];
            let config = Config {
                hosts,
                ..sample(keys)
            };
            assert_eq!(Config::parse(&config.to_text()).unwrap(), config);
        }
    }

    #[test]
    fn listen_addresses_have_defaults() {
        let config = Config::parse("party = \"ma.interior\"\n[keys]\nask = true\n").unwrap();
        assert_eq!(config, sample(KeySource::Ask));
    }

    #[test]
    fn unknown_lines_and_unclear_keys_are_refused() {
        let good = sample(KeySource::Ask).to_text();
        for (from, to, why) in [
            ("ask = true", "aks = true", "unknown field"),
            ("ask = true", "ask = false", "exactly one"),
            ("ask = true", "ask = true\nkey-file = \"/x\"", "exactly one"),
            (
                "desk = \"127.0.0.1:8600\"",
                "desk = \"nowhere\"",
                "socket address",
            ),
            ("party = \"ma.interior\"", "party = \"MA\"", "not valid"),
        ] {
            // The comment block names the same words: change the last occurrence.
            let at = good.rfind(from).unwrap();
            let bad = format!("{}{to}{}", &good[..at], &good[at + from.len()..]);
            let error = Config::parse(&bad).unwrap_err();
            assert!(error.contains(why), "{to}: {error}");
        }
    }

    #[test]
    fn a_folder_without_a_node_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let error = Config::read(&DataDir::new(dir.path())).unwrap_err();
        assert_eq!(error.code(), "E_NO_DATA");
    }
}
