//! Settings of this node that are not secrets: what an administrator decides.

use passerelle_model::{Act, Code, Country, Deed, Name, Object};
use serde::{Deserialize, Serialize};

use crate::directory::Shelf;
use crate::people::administrator;
use crate::{Actor, Error, Node};

/// Accent colours, each with a light and a dark shade that can be read.
pub const ACCENTS: [&str; 6] = ["green", "blue", "violet", "red", "teal", "brown"];
/// Most letters of a crest.
pub const MAX_CREST_LETTERS: usize = 4;
/// Longest time for which an answer from the public waits, in days.
pub const MAX_ANSWER_DAYS: u32 = 730;

/// What an administrator decides about this node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Whether this is a demonstration, with accounts everybody knows.
    pub demo: bool,
    /// States whose law keeps the death penalty: records about persons for them carry
    /// [`Settings::capital_caveat`].
    pub capital: Vec<Country>,
    /// The caveat against a death penalty or any cruel or inhuman treatment, as agreements
    /// name it.
    pub capital_caveat: Option<Code>,
    /// Reference of the declaration of this node's file with its authority, or the article
    /// that exempts it (Moroccan law 09-08, Article 43).
    pub file_reference: Option<Name>,
    /// Accent colour of this node: one of [`ACCENTS`].
    pub accent: Option<String>,
    /// Letters of the crest, one to four; the country where there are none.
    pub crest: Option<Name>,
    /// Time zone of this node's people, such as `Africa/Casablanca`.
    pub zone: Option<String>,
    /// Days for which acts of the register keep their content.
    pub register_days: u32,
    /// Days for which an answered request of a data subject is kept.
    pub rights_days: u32,
    /// Days for which a closed breach, or report in confidence, is kept.
    pub breach_days: u32,
    /// Days after the last backup when a new one is due.
    pub backup_days: u32,
    /// Our identifier as a publisher of the International Aid Transparency Initiative, such as
    /// `XM-DAC-2-10`.
    pub publisher: Option<String>,
    /// Days for which an answer from the public waits to be looked at; then it is destroyed.
    pub answer_days: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            demo: false,
            capital: Vec::new(),
            capital_caveat: None,
            file_reference: None,
            accent: None,
            crest: None,
            zone: None,
            register_days: 3650,
            rights_days: 1825,
            breach_days: 1825,
            backup_days: 7,
            publisher: None,
            answer_days: 90,
        }
    }
}

impl Node {
    /// The settings.
    pub async fn settings(&self) -> Result<Settings, Error> {
        let documents = self.store.documents(Shelf::SETTINGS, "node").await?;
        match documents.first() {
            None => Ok(Settings::default()),
            Some(document) => self.unsealed_json(document),
        }
    }

    /// Changes the settings.
    pub async fn change_settings(&self, actor: &Actor, mut new: Settings) -> Result<(), Error> {
        administrator(actor)?;
        let before = self.settings().await?;
        (new.demo, new.backup_days) = (before.demo, before.backup_days);
        check(&new)?;
        let object = Object::Thing {
            kind: "settings".parse()?,
            name: "node".parse()?,
        };
        let act = Act::new(Deed::Settings, self.now(), actor.by(), object);
        self.enter(act).await?;
        self.put_settings(&new).await
    }

    /// Settings of a demonstration, before anybody can sign in; refused once there are people.
    pub async fn begin_demo(&self, settings: Settings) -> Result<(), Error> {
        if !self.all_people().await?.is_empty() && !self.settings().await?.demo {
            let message = "a node with people does not become a demonstration";
            return Err(Error::state("E_DEMO", message));
        }
        check(&settings)?;
        self.put_settings(&Settings {
            demo: true,
            ..settings
        })
        .await
    }

    async fn put_settings(&self, settings: &Settings) -> Result<(), Error> {
        let put = self.sealed_json_put(Shelf::SETTINGS, "node".to_owned(), settings, None)?;
        self.store.put(vec![put]).await?;
        Ok(())
    }
}

fn check(settings: &Settings) -> Result<(), Error> {
    let known = |accent: &str| ACCENTS.contains(&accent);
    if settings.accent.as_deref().is_some_and(|text| !known(text)) {
        let message = format!("choose a colour of {}", ACCENTS.join(", "));
        return Err(Error::state("E_SETTING", message));
    }
    let wrong = |text: &str| !passerelle_iati::is_organisation_identifier(text);
    if settings.publisher.as_deref().is_some_and(wrong) {
        let message = "an identifier of a publisher is a register and a number: XM-DAC-2-10";
        return Err(Error::state("E_SETTING", message.to_owned()));
    }
    if !(1..=MAX_ANSWER_DAYS).contains(&settings.answer_days) {
        let message = format!("answers wait for 1 to {MAX_ANSWER_DAYS} days");
        return Err(Error::state("E_SETTING", message));
    }
    let letters = |crest: &Name| crest.as_str().chars().count() <= MAX_CREST_LETTERS;
    if settings.crest.as_ref().is_some_and(|crest| !letters(crest)) {
        let message = format!("a crest has at most {MAX_CREST_LETTERS} letters");
        return Err(Error::state("E_SETTING", message));
    }
    Ok(())
}
