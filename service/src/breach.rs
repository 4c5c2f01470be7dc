//! Breaches of protection (G45; Directive (EU) 2016/680, Articles 30 and 31): what happened,
//! since when it is known, which partners and which authority were told, within 72 hours.

use passerelle_model::{Day, Deed, Name, PartyId, Reason, RecordId, UtcTime};
use passerelle_rules::breach::{authority_told, due, may_close, may_see};
use passerelle_rules::may_handle;
use serde::{Deserialize, Serialize};

use crate::directory::Shelf;
use crate::keeping::Decided;
use crate::procedure::{Procedure, changed};
use crate::{Actor, Error, Node};

/// Most steps of one breach.
pub const MAX_BREACH_STEPS: usize = 256;
/// Most partners that one breach concerns.
pub const MAX_BREACH_PARTNERS: usize = 64;

/// A new breach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBreach {
    /// What happened, in a line.
    pub title: Name,
    /// Since when it is known.
    pub known: UtcTime,
    /// Partners whose data it concerns, or who received it: told without delay.
    pub partners: Vec<PartyId>,
}

/// What is done about a breach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum BreachStep {
    /// A note: findings, measures.
    Note,
    /// A partner has to be told too.
    Concerns {
        /// The partner.
        party: PartyId,
    },
    /// A partner was told; the words say how.
    Told {
        /// The partner.
        party: PartyId,
    },
    /// The authority was notified; the words are its reference.
    Notified,
    /// It need not be notified: no risk for anybody; the words say why.
    NoRisk,
    /// The persons concerned were told.
    PersonsTold,
    /// Nothing is left to be done.
    Closed,
}

/// A breach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreachView {
    /// Its identifier.
    pub id: RecordId,
    /// What happened, in a line.
    pub title: Name,
    /// Since when it is known.
    pub known: UtcTime,
    /// When the 72 hours end.
    pub due: UtcTime,
    /// Partners that are to be told.
    pub partners: Vec<PartyId>,
    /// What was done, the first step first.
    pub steps: Vec<(BreachStep, Decided)>,
    /// The version, to be named by the next step.
    #[serde(skip)]
    pub version: u64,
}

impl BreachView {
    fn did(&self, what: impl Fn(&BreachStep) -> bool) -> bool {
        self.steps.iter().any(|(step, _)| what(step))
    }

    /// Whether the authority was notified, or need not be.
    pub fn is_settled(&self) -> bool {
        self.settled().is_some()
    }

    /// Whether nothing is left to be done.
    pub fn is_closed(&self) -> bool {
        self.did(|step| *step == BreachStep::Closed)
    }

    /// Whether the 72 hours went by without a notification.
    pub fn is_late(&self, now: UtcTime) -> bool {
        authority_told(self.known, self.settled(), now).is_err()
    }

    /// When the authority was notified, or it was found that it need not be.
    fn settled(&self) -> Option<UtcTime> {
        let settles = |step: &BreachStep| matches!(step, BreachStep::Notified | BreachStep::NoRisk);
        let mut steps = self.steps.iter();
        steps.find_map(|(step, decided)| settles(step).then_some(decided.at))
    }

    /// Partners that were not told yet.
    pub fn untold(&self) -> Vec<&PartyId> {
        let all = self.concerned();
        all.filter_map(|(party, told)| (!told).then_some(party))
            .collect()
    }

    /// Partners whose data it concerns, and whether they were told.
    fn concerned(&self) -> impl Iterator<Item = (&PartyId, bool)> {
        self.partners.iter().map(|party| {
            let told =
                |step: &BreachStep| matches!(step, BreachStep::Told { party: held } if held == party);
            (party, self.did(told))
        })
    }

    fn check(&self, step: &BreachStep) -> Result<(), Error> {
        let wrong = |message: &str| Err(Error::state("E_BREACH_STEP", message));
        if self.steps.len() >= MAX_BREACH_STEPS {
            return Err(Error::state("E_TOO_MANY", "the breach has its most steps"));
        }
        match step {
            BreachStep::Note => Ok(()),
            _ if self.is_closed() => wrong("the breach is closed: only notes are added"),
            BreachStep::Told { party } if !self.untold().contains(&party) => {
                wrong("this partner is not concerned, or was told")
            }
            BreachStep::Concerns { party } if self.partners.contains(party) => {
                wrong("this partner is on the list already")
            }
            BreachStep::Concerns { .. } if self.partners.len() >= MAX_BREACH_PARTNERS => {
                Err(too_many())
            }
            BreachStep::Notified | BreachStep::NoRisk if self.is_settled() => {
                wrong("the authority was notified, or need not be")
            }
            BreachStep::Closed => Ok(may_close((self.known, self.settled()), self.concerned())?),
            _ => Ok(()),
        }
    }
}

impl Procedure for BreachView {
    const SHELF: &str = Shelf::BREACH;
    const OPEN: &str = "breach/";
    const CLOSED: &str = "breach-closed/";
    const KIND: &str = "breach";

    fn sorts_by(&self) -> String {
        format!("{:013}", self.due.millis())
    }

    fn ended(&self) -> Option<Day> {
        let mut steps = self.steps.iter();
        let closed = steps.find(|(step, _)| *step == BreachStep::Closed);
        closed.map(|(_, decided)| decided.at.day())
    }
}

impl Node {
    /// Takes a breach down; its clock runs from when it became known.
    ///
    /// # Errors
    /// `E_ROLE` for everybody but the data-protection officer, which is entered; `E_DATE` for
    /// a time that has not come; `E_NOT_FOUND` for a partner that is none.
    pub async fn new_breach(
        &self,
        actor: &Actor,
        new: NewBreach,
        why: Reason,
    ) -> Result<RecordId, Error> {
        let now = self.now();
        let id = RecordId::from_parts(now.millis(), self.dice.bytes());
        let act = self.thing_act(Deed::Breach, actor, "breach", &id)?;
        let act = act.because(Some(why.clone()));
        self.charged(actor, act.clone()).await?;
        if new.known > now {
            return Err(Error::state("E_DATE", "a breach is known already"));
        }
        if new.partners.len() > MAX_BREACH_PARTNERS {
            return Err(too_many());
        }
        for party in &new.partners {
            self.directory().partner(party)?;
        }
        let breach = BreachView {
            id,
            title: new.title,
            known: new.known,
            due: due(new.known),
            partners: new.partners,
            steps: vec![(BreachStep::Note, self.step_by(actor, why))],
            version: 0,
        };
        self.put_procedure(&breach, None, act).await?;
        Ok(id)
    }

    /// One breach.
    ///
    /// # Errors
    /// `E_NOT_FOUND`, also for everybody but the data-protection officer.
    pub async fn breach(&self, actor: &Actor, id: &RecordId) -> Result<BreachView, Error> {
        let absent = || Error::not_found("breach", id);
        may_see(actor.roles()).map_err(|_| absent())?;
        let documents = self.store.documents(Shelf::BREACH, &id.to_string()).await?;
        let document = documents.first().ok_or_else(absent)?;
        self.procedure_of(document)
    }

    /// Enters a step of a breach. `version` is the one the officer saw.
    ///
    /// # Errors
    /// `E_NOT_FOUND`; `E_BREACH_STEP` where it does not fit; `E_BREACH_CLOCK` and
    /// `E_BREACH_PARTNER`, which are entered, where it is closed too early;
    /// `E_KEEPING_CHANGED` where somebody else was faster.
    pub async fn breach_step(
        &self,
        actor: &Actor,
        (id, version): (&RecordId, u64),
        step: BreachStep,
        why: Reason,
    ) -> Result<(), Error> {
        let mut breach = self.breach(actor, id).await?;
        if breach.version != version {
            return Err(changed());
        }
        let act = self.thing_act(Deed::Breach, actor, "breach", id)?;
        let act = act.because(Some(why.clone()));
        self.allowed(breach.check(&step), &act).await?;
        if let BreachStep::Concerns { party } = &step {
            self.directory().partner(party)?;
            breach.partners.push(party.clone());
        }
        let before = breach.list_key();
        breach.steps.push((step, self.step_by(actor, why)));
        self.put_procedure(&breach, Some(before), act).await
    }

    /// Breaches that are closed, the newest first.
    ///
    /// # Errors
    /// `E_ROLE` for everybody but the data-protection officer.
    pub async fn closed_breaches(
        &self,
        actor: &Actor,
        limit: usize,
    ) -> Result<Vec<BreachView>, Error> {
        may_handle(actor.roles()).map_err(|refusal| Error::Refused(vec![refusal]))?;
        self.closed_procedures(limit).await
    }

    pub(crate) async fn open_breaches(&self, limit: usize) -> Result<Vec<BreachView>, Error> {
        self.open_procedures(limit).await
    }
}

fn too_many() -> Error {
    Error::state("E_TOO_MANY", "the breach concerns its most partners")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breach(steps: Vec<BreachStep>) -> BreachView {
        let decided = Decided {
            by: "dpo-1".parse().unwrap(),
            at: UtcTime::from_millis(1),
            why: "clé USB perdue".parse().unwrap(),
        };
        BreachView {
            id: RecordId::from_parts(1, [1; 10]),
            title: "Clé USB perdue".parse().unwrap(),
            known: UtcTime::from_millis(0),
            due: due(UtcTime::from_millis(0)),
            partners: vec!["be.interior".parse().unwrap()],
            steps: steps
                .into_iter()
                .map(|step| (step, decided.clone()))
                .collect(),
            version: 1,
        }
    }

    #[test]
    fn a_breach_is_closed_once_everybody_was_told() {
        let party: PartyId = "be.interior".parse().unwrap();
        let told = BreachStep::Told { party };
        let refused = |held: Vec<BreachStep>, step: &BreachStep| {
            breach(held).check(step).err().map(|error| error.code())
        };
        let (closed, wrong) = (BreachStep::Closed, Some("E_BREACH_STEP"));
        assert_eq!(refused(vec![], &closed), Some("E_BREACH_CLOCK"));
        let untold = refused(vec![BreachStep::Notified], &closed);
        assert_eq!(untold, Some("E_BREACH_PARTNER"));
        let unsaid = refused(vec![told.clone()], &closed);
        assert_eq!(unsaid, Some("E_BREACH_CLOCK"));
        let all = vec![told.clone(), BreachStep::NoRisk];
        assert_eq!(refused(all.clone(), &closed), None);
        assert_eq!(refused(all.clone(), &told), wrong, "told once");
        assert_eq!(refused(all, &BreachStep::Notified), wrong, "settled once");
        let over = vec![told, BreachStep::Notified, BreachStep::Closed];
        assert_eq!(refused(over.clone(), &BreachStep::PersonsTold), wrong);
        assert_eq!(refused(over, &BreachStep::Note), None);
    }

    #[test]
    fn seventy_two_hours_run_until_the_authority_is_notified() {
        let late = UtcTime::from_millis(72 * 3_600_000 + 1);
        assert!(breach(vec![]).is_late(late));
        assert!(!breach(vec![]).is_late(UtcTime::from_millis(72 * 3_600_000)));
        assert!(!breach(vec![BreachStep::Notified]).is_late(late));
    }
}
