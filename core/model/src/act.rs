//! The act: anything a person, a program or the node does that the law wants logged
//! (Directive (EU) 2016/680, Article 25). Acts are the entries of the register.

use minicbor::{Decode, Encode};

use crate::macros::words;
use crate::{
    ChannelId, Code, Error, Ground, Name, OfficerId, PartyId, Reason, Recipient, RecordId,
    StableCode, UnitId, UtcTime, codec,
};

/// Largest encoded act, in bytes (64 KiB).
pub const MAX_ACT_BYTES: usize = 64 * 1024;
/// Most rule codes named by one act.
pub const MAX_ACT_CODES: usize = 64;

words! {
    /// What was done.
    Deed {
        /// Signed in.
        SignIn = "sign-in",
        /// Signed out, or a session was ended.
        SignOut = "sign-out",
        /// Opened content.
        Consult = "consult",
        /// Searched.
        Search = "search",
        /// Wrote a draft.
        Create = "create",
        /// Changed a draft, a case or its readers.
        Alter = "alter",
        /// Asked for a second person.
        Submit = "submit",
        /// Approved as the second person.
        Approve = "approve",
        /// Sent back as the second person.
        Decline = "decline",
        /// Released to a partner: disclosure and transfer.
        Transfer = "transfer",
        /// Took in what a partner released.
        Collect = "collect",
        /// Took back what was released.
        Recall = "recall",
        /// Restricted.
        Restrict = "restrict",
        /// Lifted a restriction.
        Lift = "lift",
        /// Reviewed whether it is still needed.
        Review = "review",
        /// Destroyed content.
        Erase = "erase",
        /// Took content out of the node: attachment, receipt, print, courier file.
        Export = "export",
        /// Read the register.
        ReadRegister = "read-register",
        /// Took an audit package.
        ExportRegister = "export-register",
        /// Paired a partner, or resumed exchange with one.
        Partner = "partner",
        /// Added or signed an agreement.
        Agreement = "agreement",
        /// Changed people, units, roles or credentials.
        People = "people",
        /// Changed settings, tokens or the published access policy.
        Settings = "settings",
        /// Made or restored a backup.
        Backup = "backup",
        /// Opened one record beyond need-to-know in an emergency.
        BreakGlass = "break-glass",
        /// Dealt with a request of a data subject.
        Rights = "rights",
        /// Dealt with a breach of protection.
        Breach = "breach",
        /// Reported how a partner's record was used, or took in such a report.
        ReportUse = "report-use",
        /// Dealt with what somebody reported in confidence.
        Confide = "confide",
        /// Gave the supervisory authority access to one request, or took it away.
        Inspection = "inspection",
    }
}

words! {
    /// How it ended.
    Outcome {
        /// The register holds it, and then it happened.
        Done = "done",
        /// A rule refused it; nothing happened.
        Refused = "refused",
    }
}

words! {
    /// For what the register may be read (Directive (EU) 2016/680, Article 25(2)).
    RegisterPurpose {
        /// To check whether processing is lawful.
        Lawfulness = "lawfulness",
        /// Self-monitoring, disciplinary proceedings included.
        SelfMonitoring = "self-monitoring",
        /// To keep data whole and secure.
        Integrity = "integrity",
        /// For criminal proceedings.
        Proceedings = "criminal-proceedings",
    }
}

/// Who did it.
#[derive(
    Debug,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(tag = "who", rename_all = "kebab-case")]
pub enum By {
    /// A person of this node.
    #[n(0)]
    Person {
        /// The person.
        #[n(0)]
        officer: OfficerId,
        /// For which unit.
        #[n(1)]
        unit: Option<UnitId>,
    },
    /// A program, by its token or on the node's own command line.
    #[n(1)]
    Program {
        /// Its name.
        #[n(0)]
        name: Name,
    },
    /// The node itself, such as an erasure that fell due.
    #[n(2)]
    Node,
}

/// What it was done to.
#[derive(
    Debug,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Object {
    /// The node as a whole.
    #[n(0)]
    Node,
    /// A record.
    #[n(1)]
    Record {
        /// Whose.
        #[n(0)]
        party: PartyId,
        /// Which.
        #[n(1)]
        record: RecordId,
    },
    /// A draft.
    #[n(2)]
    Draft {
        /// Which.
        #[n(0)]
        draft: RecordId,
    },
    /// A person of this node.
    #[n(3)]
    Person {
        /// Who.
        #[n(0)]
        officer: OfficerId,
    },
    /// A partner.
    #[n(4)]
    Partner {
        /// Which.
        #[n(0)]
        party: PartyId,
    },
    /// Anything else with a name of its own: a token, an agreement, a setting.
    #[n(5)]
    Thing {
        /// Kind of thing.
        #[n(0)]
        kind: Code,
        /// Its name or identifier; never content.
        #[n(1)]
        name: Name,
    },
}

/// One entry of the register.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Act {
    /// What was done.
    #[n(0)]
    pub deed: Deed,
    /// When, by the node's clock.
    #[n(1)]
    pub time: UtcTime,
    /// Who did it.
    #[n(2)]
    pub by: By,
    /// To what.
    #[n(3)]
    pub object: Object,
    /// How it ended.
    #[n(4)]
    pub outcome: Outcome,
    /// The justification, typed or chosen.
    #[n(5)]
    pub why: Option<Reason>,
    /// Under which agreement.
    #[n(6)]
    pub channel: Option<ChannelId>,
    /// For which purpose, from the agreement.
    #[n(7)]
    pub purpose: Option<Code>,
    /// To whom: recipients of a transfer.
    #[n(8)]
    pub to: Vec<Recipient>,
    /// Rules that refused, or that a second person answered for.
    #[n(9)]
    pub codes: Vec<StableCode>,
    /// Ground of a transfer of personal data.
    #[n(10)]
    pub ground: Option<Ground>,
    /// How many objects: results of a search, records of a batch.
    #[n(11)]
    pub count: Option<u64>,
    /// What the law wants documented of a transfer under own assessment or derogation
    /// (Directive (EU) 2016/680, Articles 37(3) and 38(3)).
    #[n(12)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<Documented>,
}

/// Of a transfer under own assessment or derogation, what the authority asks for beside date,
/// time and recipient.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Documented {
    /// Class of the data.
    #[n(0)]
    pub class: Code,
    /// Number of persons it says something about.
    #[n(1)]
    pub persons: u32,
    /// Why it is transferred on this ground.
    #[n(2)]
    pub reason: Option<Reason>,
    /// Why the person's fundamental rights do not outweigh it.
    #[n(3)]
    pub balance: Option<Reason>,
}

impl Act {
    /// An act that is done, with nothing more said about it.
    pub fn new(deed: Deed, time: UtcTime, by: By, object: Object) -> Self {
        Self {
            deed,
            time,
            by,
            object,
            outcome: Outcome::Done,
            why: None,
            channel: None,
            purpose: None,
            to: Vec::new(),
            codes: Vec::new(),
            ground: None,
            count: None,
            transfer: None,
        }
    }

    /// The same, with its justification.
    #[must_use]
    pub fn because(self, why: Option<Reason>) -> Self {
        Self { why, ..self }
    }

    /// The same, refused by these rules.
    #[must_use]
    pub fn refused(self, codes: Vec<StableCode>) -> Self {
        Self {
            outcome: Outcome::Refused,
            codes,
            ..self
        }
    }

    /// The one encoding that the register commits to.
    pub fn to_bytes(&self) -> Vec<u8> {
        codec::to_canonical(self)
    }

    /// Reads an entry of a register.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let act: Self = codec::from_canonical(bytes, MAX_ACT_BYTES)?;
        if act.codes.len() > MAX_ACT_CODES || act.to.len() > crate::MAX_RECIPIENTS {
            return Err(Error::Document(
                "an act names too many rules or recipients".to_owned(),
            ));
        }
        Ok(act)
    }

    /// The same for bytes that this node wrote, and that are known to be those.
    pub fn from_known_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Ok(codec::from_known(bytes, MAX_ACT_BYTES)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_it_writes() {
        let by = By::Person {
            officer: "o-17".parse().unwrap(),
            unit: Some("liaison".parse().unwrap()),
        };
        let object = Object::Record {
            party: "ma.interior".parse().unwrap(),
            record: RecordId::from_parts(1_713_211_200_000, [7; 10]),
        };
        let act = Act::new(Deed::Consult, UtcTime::from_millis(1), by, object)
            .because(Some("affaire en cours".parse().unwrap()))
            .refused(vec!["E_CONDITIONS_UNACK".parse().unwrap()]);
        assert_eq!(Act::from_bytes(&act.to_bytes()).unwrap(), act);
        let mut cut = act.to_bytes();
        cut.pop();
        assert!(Act::from_bytes(&cut).is_err());
    }
}
