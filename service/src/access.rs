//! Who opens what: what an administrator decided for each unit and data class, enforced when
//! anybody opens anything here, and published to partners as the signed access policy.
//!
//! The policy follows from people, units, roles and decisions. It is made again whenever one
//! of them changed, or another agreement came into force, and at the latest when somebody
//! asks for it.

mod deciding;
mod exchanging;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use passerelle_envelope::{VerifiedPolicy, sign_policy};
use passerelle_model::{
    AccessPolicy, Act, By, Code, Deed, MAX_OPENERS, NODE_UNIT, Names, Object, Opener, PartyId,
    Role, Side, UnitId, UtcTime,
};
use passerelle_rules::{opens_class, roles_by_default};
use passerelle_store::Put;
use serde::{Deserialize, Serialize};

pub use deciding::{AccessLine, AccessView, ClassDecision};

use crate::directory::{Directory, Shelf};
use crate::people::Person;
use crate::{Error, Node};

/// What was decided: for a class, the roles that open it, by unit.
pub(crate) type Decisions = BTreeMap<Code, BTreeMap<UnitId, BTreeSet<Role>>>;

/// An access policy for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyView {
    /// Whose.
    pub party: PartyId,
    /// Its number.
    pub number: u64,
    /// When it was signed, by its party's clock.
    pub issued: UtcTime,
    /// Its lines.
    pub lines: Vec<PolicyLine>,
}

/// One line of an access policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyLine {
    /// The unit.
    pub unit: UnitId,
    /// Its names, from the party's card.
    pub unit_names: Names,
    /// The data class.
    pub class: Code,
    /// Its names, from an agreement held here; none where no agreement has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class_names: Option<Names>,
    /// The roles.
    pub roles: Vec<Role>,
    /// How many people.
    pub people: u32,
}

/// Whether our policy may have to be made again.
#[derive(Debug)]
pub(crate) struct Freshness {
    stale: AtomicBool,
    /// Day (since 1970, UTC) on which it was made last: agreements begin and end.
    day: AtomicU64,
}

impl Default for Freshness {
    /// At the start nothing is known.
    fn default() -> Self {
        Self {
            stale: AtomicBool::new(true),
            day: AtomicU64::new(0),
        }
    }
}

impl Freshness {
    /// Cards, agreements, people or decisions may have changed.
    pub(crate) fn doubt(&self) {
        self.stale.store(true, Ordering::Release);
    }
}

impl Node {
    /// Our own access policy as it stands now; `None` while nobody of this node opens records
    /// and none was ever published.
    pub async fn own_policy(&self) -> Result<Option<PolicyView>, Error> {
        self.freshen_policy().await;
        let directory = self.directory();
        let held = directory.policy(&self.party);
        Ok(held.map(|held| view(&directory, held)))
    }

    /// The access policy that a partner published; `None` where it published none yet.
    pub fn partner_policy(&self, party: &PartyId) -> Result<Option<PolicyView>, Error> {
        let directory = self.directory();
        directory.partner(party)?;
        Ok(directory.policy(party).map(|held| view(&directory, held)))
    }

    /// Publishes our access policy now, although nothing may have changed since the last one.
    pub async fn publish_policy_by(&self, by: By) -> Result<PolicyView, Error> {
        self.make_policy(by, true, 0).await?;
        let directory = self.directory();
        let held = directory.policy(&self.party);
        let held = held.ok_or_else(|| Error::not_found("access policy of", &self.party))?;
        Ok(view(&directory, held))
    }

    /// Names of a data class, from an agreement that is signed.
    pub fn class_names(&self, class: &Code) -> Option<Names> {
        classes(&self.directory()).remove(class)
    }

    /// Something changed from which the policy follows; partners are told.
    pub(crate) fn policy_changed(&self) {
        self.policy_fresh.doubt();
        self.wake(None);
    }

    /// Makes the policy again where something changed. What cannot be published now is
    /// published later: whoever asked for something else is not refused for it.
    pub(crate) async fn freshen_policy(&self) {
        let day = self.now().millis() / 86_400_000;
        let stale = self.policy_fresh.stale.swap(false, Ordering::AcqRel);
        if self.policy_fresh.day.swap(day, Ordering::AcqRel) == day && !stale {
            return;
        }
        if let Err(error) = self.make_policy(By::Node, false, 0).await {
            tracing::warn!(code = error.code(), "the access policy is not published");
            self.policy_fresh.doubt();
        }
    }

    /// Signs and keeps the policy that follows from how things are, where it says something
    /// else than the last one, was signed with a key that was replaced, is asked for
    /// (`anyway`), or must come after the number `beyond`.
    pub(super) async fn make_policy(&self, by: By, anyway: bool, beyond: u64) -> Result<(), Error> {
        let _one_at_a_time = self.changes.lock().await;
        let directory = self.directory();
        let people = self.all_people().await?;
        let people: Vec<Person> = people.into_iter().map(|(person, _)| person).collect();
        let (openers, keys) = (openers(&directory, &people), self.keys());
        if openers.len() > MAX_OPENERS {
            let message = format!("more than {MAX_OPENERS} pairs of unit and data class");
            return Err(Error::state("E_POLICY_LARGE", message));
        }
        let held = directory.policy(&self.party);
        let same = held.is_some_and(|held| {
            held.policy().openers == openers
                && held.key_id() == keys.record().key_id()
                && held.policy().number > beyond
        });
        let nobody = held.is_none() && openers.iter().all(|opener| opener.people == 0);
        if (same || nobody) && !anyway {
            return Ok(());
        }
        let policy = AccessPolicy {
            party: self.party.clone(),
            number: held.map_or(0, |held| held.policy().number).max(beyond) + 1,
            issued: self.now(),
            openers,
        };
        let object = Object::Thing {
            kind: "access-policy".parse()?,
            name: policy.number.to_string().parse()?,
        };
        let signed = sign_policy(policy, keys.record())?;
        self.enter(Act::new(Deed::Settings, self.now(), by, object))
            .await?;
        self.keep_policy(&signed).await
    }

    pub(super) async fn keep_policy(&self, signed: &VerifiedPolicy) -> Result<(), Error> {
        let put = Put {
            kind: Shelf::POLICY,
            key: signed.policy().party.to_string(),
            bytes: Some(signed.bytes().to_vec()),
            expected: None,
        };
        self.store.put(vec![put]).await?;
        self.refresh().await
    }
}

/// One line for each unit and class: the roles that open it there, and how many people hold
/// one of them and may sign in.
fn openers(directory: &Directory, people: &[Person]) -> Vec<Opener> {
    let mut lines = Vec::new();
    for unit in units(directory) {
        for class in classes(directory).into_keys() {
            // A unit opens nothing of the other side.
            let Some(side) = shared_side(directory, &unit, &class) else {
                continue;
            };
            let decided = directory.decided().get(&class);
            let opens = |person: &&Person| {
                !person.suspended
                    && person.units.contains(&unit)
                    && opens_class(&person.roles, &unit, decided, side)
            };
            let count = people.iter().filter(opens).count();
            lines.push(Opener {
                roles: roles(directory, &unit, &class).into_iter().collect(),
                people: u32::try_from(count).unwrap_or(u32::MAX),
                unit: unit.clone(),
                class,
            });
        }
    }
    lines
}

/// The roles that open a class in a unit of ours.
fn roles(directory: &Directory, unit: &UnitId, class: &Code) -> BTreeSet<Role> {
    let decided = directory.decided().get(class);
    match decided.and_then(|units| units.get(unit)) {
        Some(decided) => decided.clone(),
        None => {
            let side = shared_side(directory, unit, class).unwrap_or_default();
            roles_by_default(side).collect()
        }
    }
}

/// The side on which a unit of ours meets a class: its own where it has one; `None` where the
/// class is not there.
fn shared_side(directory: &Directory, unit: &UnitId, class: &Code) -> Option<Side> {
    let signed = directory.agreements().filter(|held| held.signed_by_all());
    let mut of_class = signed
        .map(|held| held.agreement.terms())
        .filter(|terms| terms.data_class(class).is_some())
        .map(|terms| terms.side);
    match directory.unit_sides().unwrap_or_default().get(unit) {
        Some(side) => of_class.find(|other| other == side),
        None => of_class.next(),
    }
}

/// Our units, sorted, without the node itself.
fn units(directory: &Directory) -> BTreeSet<UnitId> {
    let units = directory.own().content().units.iter();
    units
        .map(|unit| unit.unit.clone())
        .filter(|unit| unit.as_str() != NODE_UNIT)
        .collect()
}

/// Data classes of every agreement that all members signed, with their names by the newest
/// revision.
fn classes(directory: &Directory) -> BTreeMap<Code, Names> {
    let mut signed: Vec<_> = directory
        .agreements()
        .filter(|held| held.signed_by_all())
        .map(|held| held.agreement.terms())
        .collect();
    signed.sort_by_key(|terms| terms.revision);
    let classes = signed.iter().flat_map(|terms| &terms.data_class);
    classes
        .map(|class| (class.code.clone(), class.name.clone()))
        .collect()
}

fn view(directory: &Directory, held: &VerifiedPolicy) -> PolicyView {
    let policy = held.policy();
    let (classes, card) = (classes(directory), directory.newest_card(&policy.party));
    let line = |opener: &Opener| {
        let unit = card.and_then(|card| card.content().unit(&opener.unit));
        // A unit that left the card opens nothing any more.
        Some(PolicyLine {
            unit: opener.unit.clone(),
            unit_names: unit?.names.clone(),
            class: opener.class.clone(),
            class_names: classes.get(&opener.class).cloned(),
            roles: opener.roles.clone(),
            people: opener.people,
        })
    };
    PolicyView {
        party: policy.party.clone(),
        number: policy.number,
        issued: policy.issued,
        lines: policy.openers.iter().filter_map(line).collect(),
    }
}
