//! The people of a node: roles, and the published document of who opens what.
//!
//! Staff only. No data subject is ever a value of these types.

use minicbor::{Decode, Encode};

use crate::macros::words;
use crate::{Code, Error, PartyId, Side, UnitId, UtcTime, codec};

/// Largest encoded access policy, in bytes (256 KiB).
pub const MAX_POLICY_BYTES: usize = 256 * 1024;
/// Most lines of an access policy.
pub const MAX_OPENERS: usize = 4096;

words! {
    /// What a person of a node may be. One person may hold several roles, except that an
    /// administrator holds no other: who runs the node does not read it.
    Role {
        /// Writes, answers and follows cases of their units.
        Officer = "officer",
        /// The second person: approves what an officer wrote.
        Approver = "approver",
        /// Reads cases of their units and anticipates.
        Analyst = "analyst",
        /// Keeps the joint group's papers.
        Secretary = "secretary",
        /// Watches over lawfulness: reads the register, restricts, answers rights requests.
        DataProtection = "data-protection",
        /// Runs the node; opens no content.
        Administrator = "administrator",
        /// Reads everything of their units, changes nothing.
        Supervisor = "supervisor",
    }
}

impl Role {
    /// Whether the role opens records about cases of its units at all.
    pub fn opens_records(self) -> bool {
        matches!(
            self,
            Self::Officer | Self::Approver | Self::Analyst | Self::Supervisor
        )
    }

    /// Whether the role opens records of that side of the wall: of the joint group the
    /// secretary too, whose papers they are.
    pub fn opens(self, side: Side) -> bool {
        self.opens_records() || (side == Side::Group && self == Self::Secretary)
    }
}

/// The published access policy of a node: which units and roles open which data class. It is
/// signed with the record key and travels with the card, so that the other side sees who
/// will be able to open a record before it is released.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct AccessPolicy {
    /// Whose.
    #[n(0)]
    pub party: PartyId,
    /// 1, 2, 3 …; a higher number replaces a lower one.
    #[n(1)]
    pub number: u64,
    /// From when.
    #[n(2)]
    pub issued: UtcTime,
    /// The lines: sorted by unit and class, one for each pair. Where a pair has no line, or
    /// a line without roles, nobody of the unit opens the class.
    #[n(3)]
    pub openers: Vec<Opener>,
}

/// One line: in this unit, these roles open this class.
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
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Opener {
    /// The unit.
    #[n(0)]
    pub unit: UnitId,
    /// The data class, from the agreement.
    #[n(1)]
    pub class: Code,
    /// The roles: sorted, each once.
    #[n(2)]
    pub roles: Vec<Role>,
    /// How many people that is today; a number, never names.
    #[n(3)]
    pub people: u32,
}

impl AccessPolicy {
    /// The line of a unit for a class.
    pub fn opener(&self, unit: &UnitId, class: &Code) -> Option<&Opener> {
        self.openers
            .iter()
            .find(|opener| opener.unit == *unit && opener.class == *class)
    }

    /// The one encoding that is signed.
    pub fn to_bytes(&self) -> Vec<u8> {
        codec::to_canonical(self)
    }

    /// Reads a signed payload; sizes, order and deterministic form hold afterwards.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let policy: Self = codec::from_canonical(bytes, MAX_POLICY_BYTES)?;
        policy.check()?;
        Ok(policy)
    }

    /// Sizes and order; administrators open nothing.
    pub fn check(&self) -> Result<(), Error> {
        let bad = |what: &str| Err(Error::Document(what.to_owned()));
        if self.openers.len() > MAX_OPENERS {
            return bad("an access policy has at most 4096 lines");
        }
        if self.number == 0 {
            return bad("access policies are numbered from 1");
        }
        let line = |opener: &Opener| (opener.unit.clone(), opener.class.clone());
        if !self.openers.is_sorted_by(|a, b| line(a) < line(b)) {
            return bad("lines of the access policy are not sorted, or one stands twice");
        }
        let roles_fit = |opener: &Opener| {
            opener.roles.is_sorted_by(|a, b| a < b)
                && opener.roles.iter().all(|role| role.opens(Side::Group))
        };
        if !self.openers.iter().all(roles_fit) {
            return bad("a role of the access policy is misplaced or opens no records");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(roles: Vec<Role>) -> AccessPolicy {
        AccessPolicy {
            party: "be.interior".parse().unwrap(),
            number: 1,
            issued: UtcTime::from_millis(1_713_211_200_000),
            openers: vec![Opener {
                unit: "police".parse().unwrap(),
                class: "case-data".parse().unwrap(),
                roles,
                people: 3,
            }],
        }
    }

    #[test]
    fn reads_back_what_it_writes() {
        let policy = policy(vec![Role::Officer, Role::Approver]);
        assert_eq!(
            AccessPolicy::from_bytes(&policy.to_bytes()).unwrap(),
            policy
        );
    }

    #[test]
    fn an_administrator_opens_nothing() {
        let wrong = policy(vec![Role::Administrator]);
        assert!(AccessPolicy::from_bytes(&wrong.to_bytes()).is_err());
        let unsorted = policy(vec![Role::Approver, Role::Officer]);
        assert!(unsorted.check().is_err());
    }

    #[test]
    fn one_line_for_each_unit_and_class_and_a_number() {
        let mut twice = policy(vec![Role::Officer]);
        let mut other = twice.openers[0].clone();
        other.roles = vec![Role::Approver];
        twice.openers.push(other);
        assert!(twice.check().is_err());
        let mut unnumbered = policy(vec![Role::Officer]);
        unnumbered.number = 0;
        assert!(unnumbered.check().is_err());
        let found = policy(vec![Role::Officer]);
        let (unit, class) = ("police".parse().unwrap(), "case-data".parse().unwrap());
        assert_eq!(found.opener(&unit, &class), Some(&found.openers[0]));
        assert_eq!(found.opener(&unit, &"other".parse().unwrap()), None);
    }
}
