//! The register of processing (G47; Directive (EU) 2016/680, Article 24; BDSG, §70): generated
//! from what this node is configured to do, one entry for each agreement about cases that is in
//! force, and one for each thing that the node processes for itself. Nothing in it is written by
//! hand, so it cannot be out of date.

mod own;

use std::collections::BTreeSet;

use passerelle_model::{
    Act, By, ChannelId, Code, Country, Name, Names, Object, PartyId, Recipient, Side, Terms,
};
use passerelle_rules::governance::{Processing, complete};
use passerelle_rules::rights::is_third_country;
use serde::{Deserialize, Serialize};

pub use self::own::{OwnEntry, OwnHeld, OwnKind, OwnLimit};
use crate::directory::Directory;
use crate::view::Finding;
use crate::{Error, Node};

/// The whole register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessingView {
    /// The controller.
    pub controller: PartyId,
    /// Its names.
    pub names: Names,
    /// Its state.
    pub country: Country,
    /// Reference of its file with the authority, where the settings have one.
    pub file_reference: Option<Name>,
    /// Days for which the register of acts keeps their content.
    pub register_days: u32,
    /// One for each agreement.
    pub entries: Vec<ProcessingEntry>,
    /// What the node processes for itself: of its staff, and to run.
    pub own: Vec<OwnEntry>,
}

/// One kind of processing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessingEntry {
    /// The channel.
    pub channel: ChannelId,
    /// The revision in force.
    pub revision: u32,
    /// Title of the agreement.
    pub title: Names,
    /// Purposes.
    pub purposes: Vec<Named>,
    /// Legal bases that are in force.
    pub bases: Vec<Named>,
    /// Classes of data.
    pub classes: Vec<Named>,
    /// Who may receive data.
    pub recipients: Vec<ProcessingRecipient>,
    /// Third countries among their states.
    pub third: Vec<Country>,
    /// Days until somebody looks at a record again.
    pub review_days: u32,
    /// Days until it is erased.
    pub erasure_days: u32,
    /// Whether anything in it profiles persons: never.
    pub profiling: bool,
    /// What is missing, as `E_PROCESSING_REGISTER` names it.
    pub missing: Option<String>,
}

/// A code with its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The code.
    pub code: Code,
    /// Its names.
    pub names: Names,
}

/// A recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessingRecipient {
    /// Party and unit.
    pub recipient: Recipient,
    /// Names of the party, where its card is here.
    pub names: Option<Names>,
    /// Its state, where its card is here.
    pub country: Option<Country>,
    /// Whether that is a third country.
    pub third: bool,
}

impl Node {
    /// The register of processing, entered as read by `by`.
    ///
    /// # Errors
    /// `E_LOG_UNAVAILABLE`, `E_STORE`.
    pub async fn processing_by(&self, by: By) -> Result<ProcessingView, Error> {
        let object = Object::Thing {
            kind: "processing".parse()?,
            name: "register".parse()?,
        };
        let deed = passerelle_model::Deed::Consult;
        self.enter(Act::new(deed, self.now(), by, object)).await?;
        self.processing().await
    }

    async fn processing(&self) -> Result<ProcessingView, Error> {
        let settings = self.settings().await?;
        let (directory, today) = (self.directory(), self.now().day());
        let own = directory.own().content();
        let channels = directory.channels_on(Side::Cases, today);
        let held = channels
            .iter()
            .filter_map(|channel| directory.in_force(channel, today));
        let entries = held.map(|held| entry(&directory, held.agreement.terms(), today));
        let own_entries = self.own_processing(&settings).await?;
        Ok(ProcessingView {
            controller: self.party.clone(),
            names: own.names.clone(),
            country: own.country.clone(),
            file_reference: settings.file_reference,
            register_days: settings.register_days,
            entries: entries.collect(),
            own: own_entries,
        })
    }

    /// What the doctor says of it.
    pub(crate) async fn check_processing(&self) -> Finding {
        let found = match self.processing().await {
            Ok(found) => found,
            Err(error) => return crate::doctor::failed("processing", &error),
        };
        let mut wrong = found.entries.iter();
        let wrong = wrong.find_map(|one| Some((&one.channel, one.missing.as_ref()?)));
        match wrong {
            None => crate::doctor::good("processing", "the register of processing is complete"),
            Some((channel, missing)) => crate::doctor::bad(
                "processing",
                passerelle_rules::Rule::ProcessingRegister.code(),
                format!("{channel} lacks {missing}"),
                "pair every recipient of the agreement, or revise it",
            ),
        }
    }
}

fn entry(directory: &Directory, terms: &Terms, today: passerelle_model::Day) -> ProcessingEntry {
    let own = directory.own();
    let recipients: BTreeSet<&Recipient> = terms
        .data_class
        .iter()
        .flat_map(|class| &class.recipients)
        .filter(|recipient| recipient.party != *own.party())
        .collect();
    let recipients: Vec<ProcessingRecipient> = recipients
        .into_iter()
        .map(|one| recipient(directory, one))
        .collect();
    let states = recipients.iter().filter(|one| one.third);
    let third: BTreeSet<Country> = states.filter_map(|one| one.country.clone()).collect();
    let bases = terms.basis.iter().filter(|basis| basis.in_force(today));
    let mut entry = ProcessingEntry {
        channel: terms.id.clone(),
        revision: terms.revision,
        title: terms.title.clone(),
        purposes: named(terms.purpose.iter().map(|one| (&one.code, &one.name))),
        bases: named(bases.map(|one| (&one.code, &one.title))),
        classes: named(terms.data_class.iter().map(|one| (&one.code, &one.name))),
        recipients,
        third: third.into_iter().collect(),
        review_days: terms.retention.review_days,
        erasure_days: terms.retention.erasure_days,
        profiling: false,
        missing: None,
    };
    entry.missing = missing(&entry);
    entry
}

fn named<'a>(all: impl Iterator<Item = (&'a Code, &'a Names)>) -> Vec<Named> {
    all.map(|(code, names)| Named {
        code: code.clone(),
        names: names.clone(),
    })
    .collect()
}

fn recipient(directory: &Directory, recipient: &Recipient) -> ProcessingRecipient {
    let card = directory.newest_card(&recipient.party);
    let content = card.map(passerelle_envelope::VerifiedCard::content);
    let own = &directory.own().content().country;
    ProcessingRecipient {
        recipient: recipient.clone(),
        names: content.map(|content| content.names.clone()),
        country: content.map(|content| content.country.clone()),
        third: content.is_some_and(|content| is_third_country(own, &content.country)),
    }
}

fn missing(entry: &ProcessingEntry) -> Option<String> {
    let codes = |all: &[Named]| all.iter().map(|one| one.code.clone()).collect::<Vec<_>>();
    // A recipient whose state nobody here knows leaves the register incomplete.
    if entry.recipients.iter().any(|one| one.country.is_none()) {
        return Some("states".to_owned());
    }
    let recipients: Vec<Recipient> = entry
        .recipients
        .iter()
        .map(|one| one.recipient.clone())
        .collect();
    let third = entry.recipients.iter().filter(|one| one.third);
    let states: Vec<Country> = third.filter_map(|one| one.country.clone()).collect();
    let (purposes, bases, classes) = (
        codes(&entry.purposes),
        codes(&entry.bases),
        codes(&entry.classes),
    );
    let judged = complete(&Processing {
        purposes: &purposes,
        bases: &bases,
        recipients: &recipients,
        classes: &classes,
        states: &entry.third,
        recipient_states: &states,
        retention_days: (entry.review_days, entry.erasure_days),
        profiling: entry.profiling,
    });
    judged.err().map(|refusal| refusal.about)
}

#[cfg(test)]
mod tests {
    use passerelle_model::Lang;

    use super::*;

    fn names() -> Names {
        Names::new([(Lang::Fr, "Nom".parse().unwrap())].into()).unwrap()
    }

    fn whole() -> ProcessingEntry {
        let named = |code: &str| Named {
            code: code.parse().unwrap(),
            names: names(),
        };
        ProcessingEntry {
            channel: "ma-be".parse().unwrap(),
            revision: 1,
            title: names(),
            purposes: vec![named("terrorism")],
            bases: vec![named("convention-2014")],
            classes: vec![named("case-data")],
            recipients: vec![ProcessingRecipient {
                recipient: "be.interior/police".parse().unwrap(),
                names: None,
                country: Some("BE".parse().unwrap()),
                third: true,
            }],
            third: vec!["BE".parse().unwrap()],
            review_days: 365,
            erasure_days: 1095,
            profiling: false,
            missing: None,
        }
    }

    #[test]
    fn what_configuration_lacks_is_named() {
        let lacking = |change: fn(&mut ProcessingEntry)| {
            let mut changed = whole();
            change(&mut changed);
            missing(&changed)
        };
        assert_eq!(missing(&whole()), None);
        let named = |text: &str| Some(text.to_owned());
        assert_eq!(lacking(|one| one.bases.clear()), named("bases"));
        assert_eq!(lacking(|one| one.third.clear()), named("states"));
        let unknown = lacking(|one| one.recipients[0].country = None);
        assert_eq!(unknown, named("states"));
        assert_eq!(lacking(|one| one.profiling = true), named("profiling"));
    }
}
