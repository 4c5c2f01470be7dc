//! The confidential channel (G47; Directive (EU) 2016/680, Article 48; BDSG, §77): anybody who
//! signs in reports a breach of the rules; only the data-protection officer sees it, and nobody
//! learns who it was unless they say so themselves.
//!
//! The register says that there was a report, and neither from whom nor what about.

use passerelle_model::{Act, By, Day, Deed, Object, OfficerId, Reason, RecordId, UtcTime};
use passerelle_rules::rights::may_see;
use passerelle_store::MAX_PAGE;
use serde::{Deserialize, Serialize};

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

/// A report in confidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfidedView {
    /// Its identifier.
    pub id: RecordId,
    /// When it came in.
    pub received: UtcTime,
    /// Who reports, where they said so.
    pub from: Option<OfficerId>,
    /// What they report.
    pub text: Reason,
    /// What was done, the first step first.
    pub steps: Vec<(ConfidedStep, Decided)>,
    /// The version, to be named by the next step.
    #[serde(skip)]
    pub version: u64,
}

impl ConfidedView {
    /// Whether nothing is left to be done.
    pub fn is_closed(&self) -> bool {
        self.closed().is_some()
    }

    fn closed(&self) -> Option<UtcTime> {
        let mut steps = self.steps.iter();
        steps.find_map(|(step, decided)| (*step == ConfidedStep::Closed).then_some(decided.at))
    }
}

impl Procedure for ConfidedView {
    const SHELF: &str = Shelf::CONFIDED;
    const OPEN: &str = "confided/";
    const CLOSED: &str = "confided-closed/";
    const KIND: &str = "report";

    fn id(&self) -> &RecordId {
        &self.id
    }

    fn version(&self) -> u64 {
        self.version
    }

    fn read_at(&mut self, version: u64) {
        self.version = version;
    }

    fn list_key(&self) -> String {
        let word = match self.is_closed() {
            true => Self::CLOSED,
            false => Self::OPEN,
        };
        format!("{word}{}/{}", self.received.day(), self.id)
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
        let report = ConfidedView {
            id,
            received: now,
            from: named.then(|| actor.officer().clone()),
            text,
            steps: Vec::new(),
            version: 0,
        };
        // By the node: the register does not say who.
        let object = Object::Thing {
            kind: ConfidedView::KIND.parse()?,
            name: id.to_string().parse()?,
        };
        let act = Act::new(Deed::Confide, now, By::Node, object);
        self.put_procedure(&report, None, act).await?;
        Ok(id)
    }

    /// One report.
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

    /// Enters a step. `version` is the one the officer saw.
    ///
    /// # Errors
    /// `E_NOT_FOUND`; `E_CONFIDED_STEP` where it does not fit; `E_KEEPING_CHANGED`.
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
        report.steps.push((step, self.step_by(actor, why)));
        self.put_procedure(&report, Some(before), act).await
    }
}
