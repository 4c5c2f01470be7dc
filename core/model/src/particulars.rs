//! What a record says of persons, and what a request must explain: the fields that data
//! protection law asks for before personal data leaves (Directive (EU) 2016/680, Articles 6,
//! 7, 10, 35 to 38; Directive (EU) 2023/977, Article 4).
//!
//! There is no person here: counts, categories and reasons only. Names stand in the text,
//! under its seal.

use minicbor::{Decode, Encode};

use crate::macros::{checked_text, words};
use crate::text::{bounded, paragraphs};
use crate::{Code, Country, Day, Error, Name, PartyId, RecordId};

/// Longest reason, in bytes of UTF-8.
pub const MAX_REASON_BYTES: usize = 4096;
/// Most persons that one record may concern; more is a programme, not a case.
pub const MAX_PERSONS: u32 = 10_000;

checked_text! {
    /// Why somebody does something, in their own words: 1 to [`MAX_REASON_BYTES`] bytes.
    Reason, |text| {
        bounded("reason", text, MAX_REASON_BYTES)?;
        paragraphs("reason", text, MAX_REASON_BYTES)
    }
}

words! {
    /// In which quality a person appears (Directive (EU) 2016/680, Article 6).
    PersonCategory {
        /// Serious grounds to believe that they committed an offence.
        Suspect = "suspect",
        /// Serious grounds to believe that they are about to commit one.
        AboutToCommit = "about-to-commit",
        /// Convicted.
        Convicted = "convicted",
        /// Victim, or probably one.
        Victim = "victim",
        /// Witness, contact, associate, informant.
        Other = "other",
    }
}

words! {
    /// Data that both laws protect most: the union of Directive (EU) 2016/680, Article 10,
    /// and Moroccan law 09-08, Article 1.
    SpecialCategory {
        /// Racial or ethnic origin.
        Origin = "origin",
        /// Political opinions.
        Politics = "politics",
        /// Religious or philosophical beliefs.
        Religion = "religion",
        /// Trade union membership.
        Union = "union",
        /// Health.
        Health = "health",
        /// Genetic data.
        Genetic = "genetic",
        /// Biometric data that identifies.
        Biometric = "biometric",
        /// Sex life or sexual orientation.
        SexLife = "sex-life",
    }
}

words! {
    /// Whether it is known or thought (Directive (EU) 2016/680, Article 7(1)).
    Nature {
        /// Established.
        Fact = "fact",
        /// A personal assessment.
        Assessment = "assessment",
    }
}

words! {
    /// Whether what is sent is all there is.
    Completeness {
        /// All that is held on the matter.
        Complete = "complete",
        /// A part.
        Partial = "partial",
        /// Not known.
        Unknown = "unknown",
    }
}

words! {
    /// On what ground personal data may go to the other state (Directive (EU) 2016/680,
    /// Articles 35 to 38).
    Ground {
        /// Adequacy decision (Article 36).
        Adequacy = "adequacy",
        /// Safeguards in a legally binding instrument (Article 37(1)(a)).
        Instrument = "instrument",
        /// The controller's own assessment of safeguards (Article 37(1)(b)).
        Assessment = "assessment",
        /// A derogation for a single situation (Article 38).
        Derogation = "derogation",
        /// The state of origin asks no ground (a transfer under another law).
        Domestic = "domestic",
    }
}

/// What a record says of persons: present exactly where it holds personal data.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Particulars {
    /// How many persons it concerns: 1 to [`MAX_PERSONS`].
    #[n(0)]
    pub persons: u32,
    /// In which qualities: sorted, each once, at least one.
    #[n(1)]
    pub categories: Vec<PersonCategory>,
    /// Fact, or assessment with the body that holds what it rests on.
    #[n(2)]
    pub nature: Nature,
    /// Body that holds the records under an assessment.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessor: Option<Name>,
    /// As of which day it is right.
    #[n(4)]
    pub as_of: Day,
    /// Whether it is all there is.
    #[n(5)]
    pub completeness: Completeness,
    /// Why a minor's data must be sent, in the best interests of the child; present exactly
    /// where one is concerned.
    #[n(6)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minors: Option<Reason>,
    /// Special categories: sorted, each once.
    #[n(7)]
    #[serde(default)]
    pub special: Vec<SpecialCategory>,
    /// Why they are strictly necessary; present exactly where there are any.
    #[n(8)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub necessity: Option<Reason>,
    /// Ground of the transfer.
    #[n(9)]
    pub transfer: Transfer,
    /// The third state that the data came from, where there is one.
    #[n(10)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// The ground of a transfer.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Transfer {
    /// Which.
    #[n(0)]
    pub ground: Ground,
    /// Reference of the decision, instrument, assessment or article.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Name>,
    /// Why it applies; an assessment and a derogation need it.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Why no fundamental right of the person outweighs it; a derogation needs it.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<Reason>,
}

/// Where data came from before.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Origin {
    /// The state.
    #[n(0)]
    pub country: Country,
    /// Reference of its prior authorisation.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Name>,
    /// The immediate threat that left no time to ask; the state is told at once.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threat: Option<Reason>,
}

/// What a request explains beside its text (Directive (EU) 2023/977, Article 4).
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Asking {
    /// Why we think that the other side holds it.
    #[n(0)]
    pub held_because: Reason,
    /// How the persons are linked to the purpose; needed where persons are concerned.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Reason>,
    /// Why it cannot wait; needed for anything faster than normal.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency_reason: Option<Reason>,
    /// What the answer may be used for beyond the purpose, or not.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<Reason>,
    /// File number of the requesting side, to be named in the answer.
    #[n(4)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Code>,
}

words! {
    /// A use of a record that its provider can permit beyond what the record itself allows.
    PermittedUse {
        /// In court (lifts H1).
        Court = "court",
        /// Passing it on to others than its recipients (lifts H2 and the traffic light).
        Dissemination = "dissemination",
        /// For another purpose than the one it was sent for.
        OtherPurpose = "other-purpose",
        /// Under weaker markings in work that derives from it.
        WeakerMarkings = "weaker-markings",
    }
}

/// Most parties that one permission names.
pub const MAX_PERMITTED_PARTIES: usize = 64;

/// A provider's permission for one of its own records. It stands in a signed answer of the
/// provider, so that it can be shown, and taken back like any record (Directive (EU)
/// 2016/680, Articles 4(2) and 9(3); Council document 6261/18).
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Permission {
    /// The record it is for, of the party that gives it.
    #[n(0)]
    pub record: RecordId,
    /// What is permitted: sorted, each once, at least one.
    #[n(1)]
    pub uses: Vec<PermittedUse>,
    /// The other purpose; present exactly where another purpose is permitted.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Code>,
    /// Parties that it may be passed on to: sorted, each once; where there are none, it is
    /// not kept to named parties.
    #[n(3)]
    #[serde(default)]
    pub parties: Vec<PartyId>,
}

impl Permission {
    /// Shape only: order, counts, a purpose exactly where one is permitted, parties only
    /// where passing on is.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let other = self.uses.contains(&PermittedUse::OtherPurpose);
        let onward = self.uses.contains(&PermittedUse::Dissemination);
        let faults = [
            (self.uses.is_empty(), "a permission permits something"),
            (
                !self.uses.is_sorted_by(|a, b| a < b) || !self.parties.is_sorted_by(|a, b| a < b),
                "uses or parties of a permission are not sorted, or one stands twice",
            ),
            (
                other != self.purpose.is_some(),
                "a permission names a purpose exactly where it permits another one",
            ),
            (
                !onward && !self.parties.is_empty(),
                "a permission names parties only where it permits passing on",
            ),
            (
                self.parties.len() > MAX_PERMITTED_PARTIES,
                "a permission names at most 64 parties",
            ),
        ];
        match faults.into_iter().find(|(wrong, _)| *wrong) {
            Some((_, what)) => Err(Error::Document(what.to_owned())),
            None => Ok(()),
        }
    }
}

words! {
    /// What an officer answers to a question about data.
    Answer {
        /// No.
        No = "no",
        /// Yes.
        Yes = "yes",
        /// Not sure.
        Unsure = "unsure",
    }
}

/// What the writing side answers for itself before personal data is released. It is never
/// part of a record and never leaves the node.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, serde::Serialize, serde::Deserialize,
)]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Intake {
    /// Could any of it come from torture or another manifest violation of human rights?
    #[n(0)]
    pub tainted: Answer,
    /// Does any of the persons seek asylum or protection, or have it?
    #[n(1)]
    pub protection: Answer,
}

impl Particulars {
    /// Shape only: counts, order, no reason without its matter.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let faults = [
            (
                !(1..=MAX_PERSONS).contains(&self.persons),
                "the number of persons is between 1 and 10,000",
            ),
            (
                !self.categories.is_sorted_by(|a, b| a < b),
                "person categories are not sorted, or one stands twice",
            ),
            (
                !self.special.is_sorted_by(|a, b| a < b),
                "special categories are not sorted, or one stands twice",
            ),
        ];
        match faults.into_iter().find(|(wrong, _)| *wrong) {
            Some((_, what)) => Err(Error::Document(what.to_owned())),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Particulars {
        Particulars {
            persons: 1,
            categories: vec![PersonCategory::Suspect],
            nature: Nature::Fact,
            assessor: None,
            as_of: "2024-04-15".parse().unwrap(),
            completeness: Completeness::Partial,
            minors: None,
            special: vec![],
            necessity: None,
            transfer: Transfer {
                ground: Ground::Instrument,
                reference: Some("Convention 2014".parse().unwrap()),
                reason: None,
                balance: None,
            },
            origin: None,
        }
    }

    #[test]
    fn counts_and_order_are_checked() {
        assert!(sample().check().is_ok());
        let nobody = Particulars {
            persons: 0,
            ..sample()
        };
        let crowd = Particulars {
            persons: MAX_PERSONS + 1,
            ..sample()
        };
        let twice = Particulars {
            categories: vec![PersonCategory::Suspect, PersonCategory::Suspect],
            ..sample()
        };
        let unsorted = Particulars {
            special: vec![SpecialCategory::Health, SpecialCategory::Origin],
            ..sample()
        };
        for wrong in [nobody, crowd, twice, unsorted] {
            assert!(wrong.check().is_err());
        }
    }

    #[test]
    fn a_permission_says_what_it_permits_and_no_more() {
        let permission = |uses: &[PermittedUse], purpose: Option<&str>, parties: &[&str]| {
            let permission = Permission {
                record: RecordId::from_parts(1, [0; 10]),
                uses: uses.to_vec(),
                purpose: purpose.map(|code| code.parse().unwrap()),
                parties: parties.iter().map(|party| party.parse().unwrap()).collect(),
            };
            permission.check().is_ok()
        };
        use PermittedUse::{Court, Dissemination, OtherPurpose};
        assert!(permission(&[Court], None, &[]));
        assert!(permission(&[Dissemination], None, &["nl.politie"]));
        assert!(permission(&[OtherPurpose], Some("trafficking"), &[]));
        assert!(!permission(&[], None, &[]));
        assert!(!permission(&[Dissemination, Court], None, &[]));
        assert!(!permission(&[OtherPurpose], None, &[]));
        assert!(!permission(&[Court], Some("trafficking"), &[]));
        assert!(!permission(&[Court], None, &["nl.politie"]));
        assert!(!permission(
            &[Dissemination],
            None,
            &["nl.politie", "be.interior"]
        ));
    }

    #[test]
    fn a_reason_is_not_empty_and_not_endless() {
        assert!("".parse::<Reason>().is_err());
        assert!("x".repeat(MAX_REASON_BYTES + 1).parse::<Reason>().is_err());
        assert!("ligne\nautre ligne".parse::<Reason>().is_ok());
    }
}
