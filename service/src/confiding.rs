//! The confidential channel (G47; Directive (EU) 2016/680, Article 48; BDSG, §77): anybody who
//! signs in reports a breach of the rules; only the data-protection officer sees it, and nobody
//! learns who it was unless they say so themselves.
//!
//! A report is sealed to the keys of those data-protection officers who have one, each under a
//! passphrase of their own ([`keys`]): the keys of the node do not open it. Where none of them
//! has a key, it is sealed under the keys of the node as everything else here.
//!
//! The register says that there was a report, and neither from whom nor what about.

mod keys;
mod sealing;

use passerelle_model::{Act, By, Day, Deed, Object, OfficerId, Reason, RecordId, UtcTime};
use passerelle_rules::rights::may_see;
use passerelle_store::MAX_PAGE;
use serde::{Deserialize, Serialize};

use self::keys::Opener;
pub use self::keys::{ConfidantView, MAX_CONFIDANTS};
use self::sealing::{Part, Told};
use crate::directory::Shelf;
use crate::keeping::Decided;
use crate::procedure::{Procedure, changed};
use crate::{Actor, Error, Node};

/// Most steps of one report.
pub const MAX_CONFIDED_STEPS: usize = 64;
/// Most reports that are open at once.
pub const MAX_CONFIDED: usize = MAX_PAGE;

/// What is done about a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum ConfidedStep {
    /// A note: what was found, what was done.
    Note,
    /// Nothing is left to be done.
    Closed,
}

/// A report in confidence as it lies there: when it came, where it stands, who can open it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfidedView {
    /// Its identifier.
    pub id: RecordId,
    /// When it came in.
    pub received: UtcTime,
    /// Sealed to people; else `from` and `text` hold what it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sealed: Option<Part>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<OfficerId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<Reason>,
    steps: Vec<(ConfidedStep, Written)>,
    /// The version, to be named by the next step.
    #[serde(skip)]
    pub version: u64,
}

/// A step: in words, or with its words sealed to people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Open(Decided),
    Sealed {
        by: OfficerId,
        at: UtcTime,
        sealed: Part,
    },
}

/// What a report says, to whoever opened it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfidedContent {
    /// Who reports, where they said so.
    pub from: Option<OfficerId>,
    /// What they report.
    pub text: Reason,
    /// What was done, the first step first.
    pub steps: Vec<ConfidedEntry>,
}

/// A step of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfidedEntry {
    /// What.
    pub step: ConfidedStep,
    /// Who.
    pub by: OfficerId,
    /// When.
    pub at: UtcTime,
    /// In which words; `None` where these are sealed to others.
    pub words: Option<Reason>,
}

impl Written {
    fn at(&self) -> UtcTime {
        match self {
            Self::Open(decided) => decided.at,
            Self::Sealed { at, .. } => *at,
        }
    }
}

impl ConfidedView {
    /// Whether nothing is left to be done.
    pub fn is_closed(&self) -> bool {
        self.closed().is_some()
    }

    /// Whether it is sealed to people. If not, the keys of the node open it.
    pub fn is_sealed_to_people(&self) -> bool {
        self.sealed.is_some()
    }

    /// Whether it is sealed to the key that this person has now.
    pub fn is_for(&self, person: &ConfidantView) -> bool {
        let part = self.sealed.as_ref();
        part.is_some_and(|part| part.packet_of(&person.officer, person.key).is_some())
    }

    fn closed(&self) -> Option<UtcTime> {
        let mut steps = self.steps.iter();
        steps.find_map(|(step, written)| (*step == ConfidedStep::Closed).then(|| written.at()))
    }

    fn read(&self, opener: Option<&Opener>) -> Result<ConfidedContent, Error> {
        let told = match (&self.sealed, opener) {
            (Some(part), Some(opener)) => part.told(&self.id, opener)?,
            (Some(_), None) => return Err(keys::not_for_you()),
            (None, _) => Told {
                from: self.from.clone(),
                text: self.text.clone().ok_or_else(|| damaged(&self.id))?,
            },
        };
        let steps = self.steps.iter().enumerate();
        let steps = steps.map(|(n, (step, written))| self.entry(n, *step, written, opener));
        Ok(ConfidedContent {
            from: told.from,
            text: told.text,
            steps: steps.collect(),
        })
    }

    fn entry(
        &self,
        n: usize,
        step: ConfidedStep,
        written: &Written,
        opener: Option<&Opener>,
    ) -> ConfidedEntry {
        let (by, words) = match written {
            Written::Open(decided) => (&decided.by, Some(decided.why.clone())),
            Written::Sealed { by, sealed, .. } => {
                let opened = opener.and_then(|opener| sealed.words(&self.id, n, opener).ok());
                (by, opened)
            }
        };
        ConfidedEntry {
            step,
            by: by.clone(),
            at: written.at(),
            words,
        }
    }
}

impl Procedure for ConfidedView {
    const SHELF: &str = Shelf::CONFIDED;
    const OPEN: &str = "confided/";
    const CLOSED: &str = "confided-closed/";
    const KIND: &str = "report";

    fn sorts_by(&self) -> String {
        self.received.day().to_string()
    }

    fn ended(&self) -> Option<Day> {
        self.closed().map(UtcTime::day)
    }
}

impl Node {
    /// Takes a report of a breach of the rules down. `named` says whether the person gives their
    /// name.
    ///
    /// # Errors
    /// `E_TOO_MANY` while [`MAX_CONFIDED`] are open; `E_LOG_UNAVAILABLE`.
    pub async fn confide(
        &self,
        actor: &Actor,
        text: Reason,
        named: bool,
    ) -> Result<RecordId, Error> {
        let open: Vec<ConfidedView> = self.open_procedures(MAX_CONFIDED).await?;
        if open.len() >= MAX_CONFIDED {
            return Err(Error::state("E_TOO_MANY", "too many reports are open"));
        }
        let now = self.now();
        let id = RecordId::from_parts(now.millis(), self.dice.bytes());
        let from = named.then(|| actor.officer().clone());
        let mut report = ConfidedView {
            id,
            received: now,
            sealed: None,
            from: None,
            text: None,
            steps: Vec::new(),
            version: 0,
        };
        match self.confidants().await?.as_slice() {
            [] => (report.from, report.text) = (from, Some(text)),
            people => report.sealed = Some(self.told_to(people, &id, Told { from, text })?),
        }
        // By the node: the register does not say who.
        let object = Object::Thing {
            kind: ConfidedView::KIND.parse()?,
            name: id.to_string().parse()?,
        };
        let act = Act::new(Deed::Confide, now, By::Node, object);
        self.put_procedure(&report, None, act).await?;
        Ok(id)
    }

    /// One report, closed as it lies there.
    ///
    /// # Errors
    /// `E_NOT_FOUND`, also for everybody but the data-protection officer.
    pub async fn confided(&self, actor: &Actor, id: &RecordId) -> Result<ConfidedView, Error> {
        let absent = || Error::not_found("report", id);
        may_see(actor.roles()).map_err(|_| absent())?;
        let documents = self
            .store
            .documents(Shelf::CONFIDED, &id.to_string())
            .await?;
        self.procedure_of(documents.first().ok_or_else(absent)?)
    }

    /// What a report says. Entered before it opens; the passphrase is asked where it is sealed to
    /// people, and kept nowhere.
    ///
    /// # Errors
    /// As [`Node::confided`]; `E_CONFIDED_OTHERS` where it is sealed to the keys of others;
    /// `E_CONFIDED_PASSPHRASE` for a wrong passphrase, and while too many wrong ones have to wait.
    pub async fn open_confided(
        &self,
        actor: &Actor,
        id: &RecordId,
        passphrase: &str,
    ) -> Result<ConfidedContent, Error> {
        let report = self.confided(actor, id).await?;
        let act = self.thing_act(Deed::Consult, actor, ConfidedView::KIND, id)?;
        let opener = match report.sealed {
            Some(_) => Some(self.opener(actor, &report, passphrase, &act).await?),
            None => None,
        };
        self.enter(act).await?;
        report.read(opener.as_ref())
    }

    /// Lets another data-protection officer read a report: whoever can open it opens it for them.
    ///
    /// # Errors
    /// As [`Node::open_confided`]; `E_CONFIDANT_NONE` where that officer has no key, or reads it
    /// already; `E_KEEPING_CHANGED`.
    pub async fn share_confided(
        &self,
        actor: &Actor,
        (id, version): (&RecordId, u64),
        passphrase: &str,
        to: &OfficerId,
    ) -> Result<(), Error> {
        let mut report = self.confided(actor, id).await?;
        if report.version != version {
            return Err(changed());
        }
        let people = self.confidants().await?;
        let to = people.iter().find(|one| one.officer == *to);
        let to = to.filter(|one| report.sealed.is_some() && !report.is_for(one));
        let to = to.ok_or_else(keys::none)?;
        let act = self.thing_act(Deed::Confide, actor, ConfidedView::KIND, id)?;
        let act = act.because(to.officer.as_str().parse().ok());
        let opener = self.opener(actor, &report, passphrase, &act).await?;
        self.shared_with(&mut report, &opener, to)?;
        let before = report.list_key();
        self.put_procedure(&report, Some(before), act).await
    }

    fn shared_with(
        &self,
        report: &mut ConfidedView,
        opener: &Opener,
        to: &ConfidantView,
    ) -> Result<(), Error> {
        let id = report.id;
        if let Some(part) = &mut report.sealed {
            self.part_shared(part, &sealing::text_of(&id), opener, to)?;
        }
        for (n, (_, written)) in report.steps.iter_mut().enumerate() {
            let Written::Sealed { sealed, .. } = written else {
                continue;
            };
            // What was sealed to others only stays theirs.
            if sealed.is_for(opener) {
                self.part_shared(sealed, &sealing::step_of(&id, n), opener, to)?;
            }
        }
        Ok(())
    }

    /// Reports that are open, and those that are closed, the newest of these first.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for everybody but the data-protection officer.
    pub async fn all_confided(
        &self,
        actor: &Actor,
        limit: usize,
    ) -> Result<(Vec<ConfidedView>, Vec<ConfidedView>), Error> {
        may_see(actor.roles())?;
        let open = self.open_procedures(limit).await?;
        Ok((open, self.closed_procedures(limit).await?))
    }

    /// Enters a step. `version` is the one the officer saw. Its words are sealed to whoever reads
    /// the report; where none of them has that key any more, to all who have one.
    ///
    /// # Errors
    /// `E_NOT_FOUND`; `E_CONFIDED_STEP` where it does not fit; `E_CONFIDANT_NONE` where nobody
    /// has a key to seal to; `E_KEEPING_CHANGED`.
    pub async fn confided_step(
        &self,
        actor: &Actor,
        (id, version): (&RecordId, u64),
        step: ConfidedStep,
        why: Reason,
    ) -> Result<(), Error> {
        let mut report = self.confided(actor, id).await?;
        if report.version != version {
            return Err(changed());
        }
        if report.steps.len() >= MAX_CONFIDED_STEPS {
            return Err(Error::state("E_TOO_MANY", "the report has its most steps"));
        }
        if report.is_closed() && step == ConfidedStep::Closed {
            return Err(Error::state("E_CONFIDED_STEP", "the report is closed"));
        }
        // What the officer writes may tell who it was: it stays with the report.
        let act = self.thing_act(Deed::Confide, actor, ConfidedView::KIND, id)?;
        let before = report.list_key();
        let written = match report.sealed {
            Some(_) => self.sealed_step(actor, &report, &why).await?,
            None => Written::Open(self.step_by(actor, why)),
        };
        report.steps.push((step, written));
        self.put_procedure(&report, Some(before), act).await
    }

    async fn sealed_step(
        &self,
        actor: &Actor,
        report: &ConfidedView,
        why: &Reason,
    ) -> Result<Written, Error> {
        let all = self.confidants().await?;
        let readers: Vec<ConfidantView> = all
            .iter()
            .filter(|one| report.is_for(one))
            .cloned()
            .collect();
        let people = if readers.is_empty() { all } else { readers };
        if people.is_empty() {
            return Err(keys::none());
        }
        Ok(Written::Sealed {
            by: actor.officer().clone(),
            at: self.now(),
            sealed: self.words_to(&people, &report.id, report.steps.len(), why)?,
        })
    }
}

fn damaged(id: &RecordId) -> Error {
    passerelle_store::Error::Corrupt(format!("report {id}")).into()
}
