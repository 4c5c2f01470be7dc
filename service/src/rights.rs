//! Requests of data subjects (G43; Directive (EU) 2016/680, Articles 12 to 17): received, the
//! person's identity checked, the partner asked where the data is the partner's, answered within
//! a month, with reasons that are kept for the authority.
//!
//! Only the data-protection officer sees them. They are sealed, and every step is entered in
//! the register before it stands.

mod subject;

use std::collections::BTreeSet;

use passerelle_model::{Day, Deed, Name, PartyId, Reason, RecordId, Side, UtcTime};
use passerelle_rules::may_handle;
use passerelle_rules::rights::{self, Ruling, RulingFacts, may_rule};
use serde::{Deserialize, Serialize};

pub use subject::{SubjectRecipient, SubjectRecord};

use crate::directory::Shelf;
use crate::keeping::Decided;
use crate::procedure::{Procedure, changed};
use crate::{Actor, Error, Node};

/// Most steps of one request.
pub const MAX_RIGHTS_STEPS: usize = 256;
/// Most partners that one request is put to.
const MAX_CONSULTED: usize = 64;

/// What a data subject asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// To know what is held (Article 14).
    Access,
    /// To have it put right (Article 16(1)).
    Rectification,
    /// To have it erased (Article 16(2)).
    Erasure,
    /// To object (Moroccan law 09-08, Article 9).
    Objection,
}

/// What the answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RightsAnswer {
    /// All of it.
    Granted,
    /// A part of it.
    Partial,
    /// None of it.
    Refused,
    /// Neither confirmed nor denied (Article 15).
    NeitherNor,
}

impl RightsAnswer {
    fn ruling(self) -> Ruling {
        match self {
            Self::Granted => Ruling::Granted,
            Self::Partial => Ruling::Partial,
            Self::Refused => Ruling::Refused,
            Self::NeitherNor => Ruling::Neither,
        }
    }
}

/// A new request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRights {
    /// The data subject, in the officer's own words: a reference rather than a name.
    pub subject: Name,
    /// What they ask for.
    pub right: Right,
    /// When it came in.
    pub received: Day,
}

/// What is done about a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum RightsStep {
    /// The person's identity was checked; the words say how.
    Identified,
    /// A partner was asked, because the data is the partner's.
    Consulted {
        /// The partner.
        party: PartyId,
    },
    /// The partner answered; the words say what.
    Heard {
        /// The partner.
        party: PartyId,
    },
    /// A record says something about the person: the units told which.
    Chosen {
        /// Whose.
        party: PartyId,
        /// Which.
        record: RecordId,
    },
    /// It was not about the person after all.
    Left {
        /// Whose.
        party: PartyId,
        /// Which.
        record: RecordId,
    },
    /// A note.
    Note,
    /// The answer to the person; the words are the reasons, kept for the authority.
    Answered {
        /// What it is.
        answer: RightsAnswer,
    },
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RightsView {
    /// Its identifier.
    pub id: RecordId,
    /// The data subject, in the officer's own words.
    pub subject: Name,
    /// What they ask for.
    pub right: Right,
    /// When it came in.
    pub received: Day,
    /// By when it is answered.
    pub due: Day,
    /// What was done, the first step first.
    pub steps: Vec<(RightsStep, Decided)>,
    /// The version, to be named by the next step.
    #[serde(skip)]
    pub version: u64,
}

impl RightsView {
    /// Whether the person's identity was checked.
    pub fn is_identified(&self) -> bool {
        let mut steps = self.steps.iter();
        steps.any(|(step, _)| *step == RightsStep::Identified)
    }

    /// The answer, once there is one.
    pub fn answer(&self) -> Option<RightsAnswer> {
        self.answered().map(|(answer, _)| answer)
    }

    fn answered(&self) -> Option<(RightsAnswer, UtcTime)> {
        self.steps.iter().find_map(|(step, decided)| match step {
            RightsStep::Answered { answer } => Some((*answer, decided.at)),
            _ => None,
        })
    }

    /// Partners that were asked and have not answered.
    pub fn awaited(&self) -> Vec<&PartyId> {
        let heard = |party: &PartyId| {
            let mut steps = self.steps.iter();
            steps
                .any(|(step, _)| matches!(step, RightsStep::Heard { party: held } if held == party))
        };
        self.steps
            .iter()
            .filter_map(|(step, _)| match step {
                RightsStep::Consulted { party } if !heard(party) => Some(party),
                _ => None,
            })
            .collect()
    }

    /// Records about the person, as far as the units told.
    pub fn records(&self) -> BTreeSet<(PartyId, RecordId)> {
        let mut records = BTreeSet::new();
        for (step, _) in &self.steps {
            match step {
                RightsStep::Chosen { party, record } => {
                    records.insert((party.clone(), *record));
                }
                RightsStep::Left { party, record } => {
                    records.remove(&(party.clone(), *record));
                }
                _ => {}
            }
        }
        records
    }

    /// Whether the time to answer is over.
    pub fn is_late(&self, now: UtcTime) -> bool {
        let done = self.answered().map(|(_, at)| at);
        rights::answered(self.received, done, now).is_err()
    }

    /// Whether a step fits where the request is, and the rules allow it for this reason.
    fn check(&self, step: &RightsStep, why: &Reason) -> Result<(), Error> {
        let asked = |party: &PartyId| {
            let mut steps = self.steps.iter();
            steps.any(
                |(step, _)| matches!(step, RightsStep::Consulted { party: held } if held == party),
            )
        };
        let consulted = self.steps.iter().filter(|(step, _)| is_consulted(step));
        if self.steps.len() >= MAX_RIGHTS_STEPS {
            return Err(Error::state("E_TOO_MANY", "the request has its most steps"));
        }
        let wrong = |message: &str| Err(Error::state("E_RIGHTS_STEP", message));
        match step {
            RightsStep::Note => Ok(()),
            RightsStep::Chosen { party, record } => {
                match self.records().contains(&(party.clone(), *record)) {
                    true => wrong("this record is on the list"),
                    false => Ok(()),
                }
            }
            RightsStep::Left { party, record } => {
                match self.records().contains(&(party.clone(), *record)) {
                    true => Ok(()),
                    false => wrong("this record is not on the list"),
                }
            }
            _ if self.answer().is_some() => wrong("the request is answered: only notes are added"),
            RightsStep::Identified if self.is_identified() => wrong("the identity was checked"),
            RightsStep::Consulted { .. } if consulted.count() >= MAX_CONSULTED => {
                wrong("the request was put to its most partners")
            }
            RightsStep::Consulted { party } if asked(party) => wrong("this partner was asked"),
            RightsStep::Heard { party } if !self.awaited().contains(&party) => {
                wrong("this partner was not asked, or has answered")
            }
            RightsStep::Answered { answer } => Ok(may_rule(&RulingFacts {
                identified: self.is_identified(),
                ruling: answer.ruling(),
                reason: Some(why),
                unheard: self.awaited().first().copied(),
            })?),
            _ => Ok(()),
        }
    }
}

fn is_consulted(step: &RightsStep) -> bool {
    matches!(step, RightsStep::Consulted { .. })
}

impl Procedure for RightsView {
    const SHELF: &str = Shelf::RIGHTS;
    const OPEN: &str = "rights/";
    const CLOSED: &str = "rights-answered/";
    const KIND: &str = "rights";

    fn sorts_by(&self) -> String {
        self.due.to_string()
    }

    fn ended(&self) -> Option<Day> {
        self.answered().map(|(_, at)| at.day())
    }
}

impl Node {
    /// Takes a request down.
    ///
    /// # Errors
    /// `E_ROLE` for everybody but the data-protection officer, which is entered; `E_DATE` for
    /// a day that has not come.
    pub async fn new_rights(
        &self,
        actor: &Actor,
        new: NewRights,
        why: Reason,
    ) -> Result<RecordId, Error> {
        let now = self.now();
        let id = RecordId::from_parts(now.millis(), self.dice.bytes());
        let act = self.thing_act(Deed::Rights, actor, "rights", &id)?;
        let act = act.because(Some(why.clone()));
        self.charged(actor, act.clone()).await?;
        if new.received > now.day() {
            return Err(Error::state("E_DATE", "a request has come in already"));
        }
        let decided = Decided {
            by: actor.officer().clone(),
            at: now,
            why,
        };
        let request = RightsView {
            id,
            subject: new.subject,
            right: new.right,
            received: new.received,
            due: rights::due(new.received),
            steps: vec![(RightsStep::Note, decided)],
            version: 0,
        };
        self.put_procedure(&request, None, act).await?;
        Ok(id)
    }

    /// One request.
    ///
    /// # Errors
    /// `E_NOT_FOUND`, also for everybody but the data-protection officer.
    pub async fn rights(&self, actor: &Actor, id: &RecordId) -> Result<RightsView, Error> {
        let absent = || Error::not_found("request", id);
        rights::may_see(actor.roles()).map_err(|_| absent())?;
        let documents = self.store.documents(Shelf::RIGHTS, &id.to_string()).await?;
        let document = documents.first().ok_or_else(absent)?;
        self.procedure_of(document)
    }

    /// Enters a step of a request. `version` is the one the officer saw.
    ///
    /// # Errors
    /// `E_NOT_FOUND`; `E_RIGHTS_STEP` where it does not fit; `E_RIGHTS_IDENTITY` and
    /// `E_RIGHTS_ORIGINATOR`, which are entered, for an answer that comes too early;
    /// `E_KEEPING_CHANGED` where somebody else was faster.
    pub async fn rights_step(
        &self,
        actor: &Actor,
        (id, version): (&RecordId, u64),
        step: RightsStep,
        why: Reason,
    ) -> Result<(), Error> {
        let mut request = self.rights(actor, id).await?;
        if request.version != version {
            return Err(changed());
        }
        let act = self.thing_act(Deed::Rights, actor, "rights", id)?;
        let act = act.because(Some(why.clone()));
        self.allowed(request.check(&step, &why), &act).await?;
        if let RightsStep::Chosen { party, record } = &step {
            let absent = || Error::not_found("record", record);
            // The other side of the wall holds no persons.
            let side = self.side_of(Some(party), record).await?;
            (side == Side::Cases).then_some(()).ok_or_else(absent)?;
        }
        let before = request.list_key();
        let decided = self.step_by(actor, why);
        request.steps.push((step, decided));
        self.put_procedure(&request, Some(before), act).await
    }

    /// Requests that are answered, the newest first.
    ///
    /// # Errors
    /// `E_ROLE` for everybody but the data-protection officer.
    pub async fn answered_rights(
        &self,
        actor: &Actor,
        limit: usize,
    ) -> Result<Vec<RightsView>, Error> {
        may_handle(actor.roles()).map_err(|refusal| Error::Refused(vec![refusal]))?;
        self.closed_procedures(limit).await
    }

    pub(crate) async fn open_rights(&self, limit: usize) -> Result<Vec<RightsView>, Error> {
        self.open_procedures(limit).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(steps: Vec<RightsStep>) -> RightsView {
        let decided = Decided {
            by: "dpo-1".parse().unwrap(),
            at: UtcTime::from_millis(1),
            why: "courrier".parse().unwrap(),
        };
        RightsView {
            id: RecordId::from_parts(1, [1; 10]),
            subject: "dossier 2026/17".parse().unwrap(),
            right: Right::Access,
            received: "2026-01-31".parse().unwrap(),
            due: "2026-02-28".parse().unwrap(),
            steps: steps
                .into_iter()
                .map(|step| (step, decided.clone()))
                .collect(),
            version: 1,
        }
    }

    #[test]
    fn steps_come_in_an_order_that_protects_the_person() {
        let party: PartyId = "be.interior".parse().unwrap();
        let asked = RightsStep::Consulted {
            party: party.clone(),
        };
        let heard = RightsStep::Heard {
            party: party.clone(),
        };
        let answered = RightsStep::Answered {
            answer: RightsAnswer::NeitherNor,
        };
        let refused = |held: Vec<RightsStep>, step: &RightsStep| {
            let judged = request(held).check(step, &"courrier".parse().unwrap());
            judged.err().map(|error| error.code())
        };
        let wrong = Some("E_RIGHTS_STEP");
        let identity = Some("E_RIGHTS_IDENTITY");
        assert_eq!(refused(vec![], &answered), identity);
        assert_eq!(refused(vec![], &heard), wrong);
        assert_eq!(refused(vec![RightsStep::Identified], &answered), None);
        let waits = vec![RightsStep::Identified, asked.clone()];
        let partner = Some("E_RIGHTS_ORIGINATOR");
        assert_eq!(refused(waits.clone(), &answered), partner);
        assert_eq!(refused(waits.clone(), &asked), wrong, "once");
        assert_eq!(refused(waits, &heard), None);
        let done = vec![RightsStep::Identified, answered.clone()];
        assert_eq!(refused(done.clone(), &answered), wrong);
        assert_eq!(refused(done, &RightsStep::Note), None);
    }

    #[test]
    fn the_clock_stops_with_the_answer() {
        let open = request(vec![]);
        let after = open.due.plus_days(1).start();
        let before = UtcTime::from_millis(after.millis() - 1);
        assert!(open.is_late(after) && !open.is_late(before));
        let answer = RightsAnswer::Granted;
        let answered = request(vec![RightsStep::Answered { answer }]);
        assert!(!answered.is_late(after));
        assert_ne!(answered.list_key(), open.list_key());
    }
}
