//! Small answers for screens: names, countries, the time, rooms, sentences.

use passerelle_cases::CaseId;
use passerelle_envelope::VerifiedPolicy;
use passerelle_model::{
    CardContent, Code, Lang, Names, PartyId, Recipient, RecordId, Role, UnitId, UtcTime,
};
use passerelle_rules::Rule;

use crate::{Actor, Error, Node};

pub use passerelle_rules::Room;

/// A unit that would be able to open a record, as its party publishes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenerView {
    /// The party.
    pub party: PartyId,
    /// Its names.
    pub party_names: Names,
    /// Names of the unit.
    pub unit_names: Names,
    /// Whether the party's card has this unit today.
    pub known: bool,
    /// Who that is, by the access policy that the party published.
    pub who: Openers,
}

/// Who of a unit opens a data class, as its party publishes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Openers {
    /// The party has published no access policy yet.
    Unpublished,
    /// Nobody: the party's policy names no role for it, or nobody holds one.
    Nobody,
    /// People of these roles.
    People {
        /// The roles.
        roles: Vec<Role>,
        /// How many people hold one of them.
        count: u32,
    },
}

impl Node {
    /// What our own card says.
    pub fn own_card(&self) -> CardContent {
        self.directory().own().content().clone()
    }

    /// Partners with their names and countries.
    pub fn partner_places(&self) -> Vec<(PartyId, Names, String)> {
        let directory = self.directory();
        directory
            .partners()
            .map(|(party, partner)| {
                let card = partner.pinned.card().content();
                (party.clone(), card.names.clone(), card.country.to_string())
            })
            .collect()
    }

    /// The cards of all partners.
    pub fn partner_cards(&self) -> Vec<CardContent> {
        let directory = self.directory();
        let cards = directory.partners();
        cards
            .map(|(_, partner)| partner.pinned.card().content().clone())
            .collect()
    }

    /// The case of a record that was just released.
    pub async fn case_named(&self, party: &PartyId, record: &RecordId) -> Result<CaseId, Error> {
        self.project().await?;
        let found = self.case_of(party, record).await?;
        let (party, record) = found.unwrap_or((party.clone(), *record));
        Ok(CaseId { party, record })
    }

    /// The node's clock.
    pub fn time(&self) -> UtcTime {
        self.now()
    }

    /// Units that would be able to open a record of this data class with these recipients,
    /// and who that is.
    pub fn openers(&self, to: &[Recipient], class: &Code) -> Result<Vec<OpenerView>, Error> {
        let directory = self.directory();
        let mut found = Vec::new();
        for to in to {
            let Ok(partner) = directory.partner(&to.party) else {
                continue;
            };
            let card = partner.pinned.card().content();
            let unit = card.unit(&to.unit);
            found.push(OpenerView {
                party: to.party.clone(),
                party_names: card.names.clone(),
                known: unit.is_some(),
                who: openers_of(directory.policy(&to.party), &to.unit, class),
                unit_names: unit.map_or_else(|| card.names.clone(), |unit| unit.names.clone()),
            });
        }
        Ok(found)
    }
}

fn openers_of(policy: Option<&VerifiedPolicy>, unit: &UnitId, class: &Code) -> Openers {
    let Some(policy) = policy else {
        return Openers::Unpublished;
    };
    match policy.policy().opener(unit, class) {
        Some(line) if line.people > 0 && !line.roles.is_empty() => Openers::People {
            roles: line.roles.clone(),
            count: line.people,
        },
        _ => Openers::Nobody,
    }
}

/// Rooms that a person sees.
pub fn rooms(actor: &Actor) -> std::collections::BTreeSet<Room> {
    passerelle_rules::rooms(actor.roles())
}

/// The sentence of a rule, by its code.
pub fn rule_sentence(code: &str, lang: Lang) -> Option<&'static str> {
    let rule = Rule::ALL.iter().find(|rule| rule.code() == code)?;
    Some(rule.sentence(lang))
}
