//! Texts in several languages.

use passerelle_model::{Lang, Markdown, Name};
use serde::{Deserialize, Serialize};

use crate::Error;

/// One language version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Its language.
    pub lang: Lang,
    /// Title, one line.
    pub title: Name,
    /// Text, where there is more than a title.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default)]
    pub body: Option<Markdown>,
}

/// A text in one or more languages, each once, in the order of [`Lang::ALL`].
///
/// In a revision every version is authentic: it stands inside the hash that all accept. A
/// courtesy translation comes later, from one party, and is labelled so (compare the Vienna
/// Convention on the Law of Treaties, Article 33).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Texts(Vec<Version>);

impl Texts {
    /// From at least one version, each language once; sorted here.
    pub fn new(mut versions: Vec<Version>) -> Result<Self, Error> {
        versions.sort_by_key(|version| version.lang);
        if versions.is_empty() {
            return Err(Error::Shape("a text needs at least one language"));
        }
        if !versions.is_sorted_by(|a, b| a.lang < b.lang) {
            return Err(Error::Shape("a language stands twice"));
        }
        Ok(Self(versions))
    }

    /// A title in one language.
    pub fn titled(lang: Lang, title: Name) -> Self {
        let body = None;
        Self(vec![Version { lang, title, body }])
    }

    /// The version in `lang`, if there is one.
    pub fn exact(&self, lang: Lang) -> Option<&Version> {
        self.0.iter().find(|version| version.lang == lang)
    }

    /// The version in `lang`, else the first.
    pub fn best(&self, lang: Lang) -> Option<&Version> {
        self.exact(lang).or_else(|| self.0.first())
    }

    /// Changes words, never languages.
    pub(crate) fn each(&mut self, change: impl FnMut(&mut Version)) {
        self.0.iter_mut().for_each(change);
    }

    /// All versions, in the order of languages.
    pub fn iter(&self) -> impl Iterator<Item = &Version> {
        self.0.iter()
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Self::new(Vec::deserialize(d)?).map_err(serde::de::Error::custom)
    }
}
