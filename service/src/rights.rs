//! Requests of data subjects (G43; Directive (EU) 2016/680, Articles 12 to 17): received, the
//! person's identity checked, the partner asked where the data is the partner's, answered within
//! a month, with reasons that are kept for the authority.
//!
//! Only the data-protection officer sees them. They are sealed, and every step is entered in
//! the register before it stands.

use passerelle_model::{Act, Day, Deed, Name, Object, PartyId, Reason, RecordId};
use passerelle_rules::{may_handle, rights_due};
use passerelle_store::{Commit, Document, KeyPage, Put};
use serde::{Deserialize, Serialize};

use crate::directory::Shelf;
use crate::keeping::Decided;
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
        self.steps.iter().find_map(|(step, _)| match step {
            RightsStep::Answered { answer } => Some(*answer),
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

    /// Whether the time to answer is over.
    pub fn is_late(&self, today: Day) -> bool {
        self.answer().is_none() && self.due < today
    }

    fn list_key(&self) -> String {
        match self.answer() {
            None => format!("rights/{}/{}", self.due, self.id),
            Some(_) => format!("rights-answered/{}/{}", self.due, self.id),
        }
    }

    /// Whether a step fits where the request is.
    fn check(&self, step: &RightsStep) -> Result<(), Error> {
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
            _ if self.answer().is_some() => wrong("the request is answered: only notes are added"),
            RightsStep::Identified if self.is_identified() => wrong("the identity was checked"),
            RightsStep::Consulted { .. } if consulted.count() >= MAX_CONSULTED => {
                wrong("the request was put to its most partners")
            }
            RightsStep::Consulted { party } if asked(party) => wrong("this partner was asked"),
            RightsStep::Heard { party } if !self.awaited().contains(&party) => {
                wrong("this partner was not asked, or has answered")
            }
            // Who asks must be known before anything is told, even that nothing is held.
            RightsStep::Answered { .. } if !self.is_identified() => {
                wrong("check the identity before you answer")
            }
            RightsStep::Answered { .. } if !self.awaited().is_empty() => {
                wrong("a partner has not answered yet")
            }
            _ => Ok(()),
        }
    }
}

fn is_consulted(step: &RightsStep) -> bool {
    matches!(step, RightsStep::Consulted { .. })
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
            due: rights_due(new.received),
            steps: vec![(RightsStep::Note, decided)],
            version: 0,
        };
        self.put_rights(&request, None, act).await?;
        Ok(id)
    }

    /// One request.
    ///
    /// # Errors
    /// `E_NOT_FOUND`, also for everybody but the data-protection officer.
    pub async fn rights(&self, actor: &Actor, id: &RecordId) -> Result<RightsView, Error> {
        let absent = || Error::not_found("request", id);
        may_handle(actor.roles()).map_err(|_| absent())?;
        let documents = self.store.documents(Shelf::RIGHTS, &id.to_string()).await?;
        let document = documents.first().ok_or_else(absent)?;
        self.rights_of(document)
    }

    /// Enters a step of a request. `version` is the one the officer saw.
    ///
    /// # Errors
    /// `E_NOT_FOUND`; `E_RIGHTS_STEP` where it does not fit; `E_KEEPING_CHANGED` where somebody
    /// else was faster.
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
        request.check(&step)?;
        let act = self.thing_act(Deed::Rights, actor, "rights", id)?;
        let act = act.because(Some(why.clone()));
        let before = request.list_key();
        let decided = Decided {
            by: actor.officer().clone(),
            at: self.now(),
            why,
        };
        request.steps.push((step, decided));
        self.put_rights(&request, Some(before), act).await
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
        self.listed_rights("rights-answered/", true, limit).await
    }

    pub(crate) async fn open_rights(&self, limit: usize) -> Result<Vec<RightsView>, Error> {
        self.listed_rights("rights/", false, limit).await
    }

    async fn listed_rights(
        &self,
        prefix: &str,
        descending: bool,
        limit: usize,
    ) -> Result<Vec<RightsView>, Error> {
        let page = KeyPage {
            prefix: prefix.to_owned(),
            descending,
            limit,
            ..KeyPage::default()
        };
        let mut found = Vec::new();
        for held in self.store.page(Shelf::KEEP_LIST, page).await? {
            let id = held.key.rsplit('/').next().unwrap_or_default();
            for document in self.store.documents(Shelf::RIGHTS, id).await? {
                found.push(self.rights_of(&document)?);
            }
        }
        Ok(found)
    }

    fn rights_of(&self, document: &Document) -> Result<RightsView, Error> {
        let mut request: RightsView = self.unsealed_json(document)?;
        request.version = document.version;
        Ok(request)
    }

    async fn put_rights(
        &self,
        request: &RightsView,
        before: Option<String>,
        act: Act,
    ) -> Result<(), Error> {
        let key = request.id.to_string();
        let version = Some(request.version);
        let put = self.sealed_json_put(Shelf::RIGHTS, key, request, version)?;
        self.put_listed(put, (before, request.list_key()), act)
            .await
    }

    /// Writes a document that stands in a list, and its act, in one step.
    pub(crate) async fn put_listed(
        &self,
        put: Put,
        (before, after): (Option<String>, String),
        act: Act,
    ) -> Result<(), Error> {
        let listed = |key: String, bytes| Put {
            kind: Shelf::KEEP_LIST,
            key,
            bytes,
            expected: None,
        };
        let gone = before.filter(|before| *before != after);
        let mut puts = vec![put, listed(after, Some(Vec::new()))];
        puts.extend(gone.map(|key| listed(key, None)));
        let commit = Commit {
            puts,
            ..Commit::default()
        };
        match self.commit_with_acts(commit, vec![act]).await {
            Err(Error::Store(passerelle_store::Error::Conflict(_))) => Err(changed()),
            other => other.map(drop),
        }
    }

    /// Refuses, and enters that, where a person is not charged with requests and breaches.
    pub(crate) async fn charged(&self, actor: &Actor, act: Act) -> Result<(), Error> {
        let Err(refusal) = may_handle(actor.roles()) else {
            return Ok(());
        };
        let error = Error::Refused(vec![refusal]);
        self.enter_refused(act, &error).await?;
        Err(error)
    }

    pub(crate) fn thing_act(
        &self,
        deed: Deed,
        actor: &Actor,
        kind: &str,
        id: &RecordId,
    ) -> Result<Act, Error> {
        let object = Object::Thing {
            kind: kind.parse()?,
            name: id.to_string().parse()?,
        };
        Ok(Act::new(deed, self.now(), actor.by(), object))
    }
}

pub(crate) fn changed() -> Error {
    Error::state(
        "E_KEEPING_CHANGED",
        "somebody else went on with it meanwhile: look again",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use passerelle_model::UtcTime;

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
            request(held).check(step).err().map(|error| error.code())
        };
        let wrong = Some("E_RIGHTS_STEP");
        assert_eq!(refused(vec![], &answered), wrong, "identity first");
        assert_eq!(refused(vec![], &heard), wrong);
        assert_eq!(refused(vec![RightsStep::Identified], &answered), None);
        let waits = vec![RightsStep::Identified, asked.clone()];
        assert_eq!(
            refused(waits.clone(), &answered),
            wrong,
            "the partner first"
        );
        assert_eq!(refused(waits.clone(), &asked), wrong, "once");
        assert_eq!(refused(waits, &heard), None);
        let done = vec![RightsStep::Identified, answered.clone()];
        assert_eq!(refused(done.clone(), &answered), wrong);
        assert_eq!(refused(done, &RightsStep::Note), None);
    }

    #[test]
    fn the_clock_stops_with_the_answer() {
        let open = request(vec![]);
        let after = "2026-03-01".parse().unwrap();
        assert!(open.is_late(after) && !open.is_late(open.due));
        let answer = RightsAnswer::Granted;
        let answered = request(vec![RightsStep::Answered { answer }]);
        assert!(!answered.is_late(after));
        assert_ne!(answered.list_key(), open.list_key());
    }
}
