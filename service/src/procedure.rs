//! What requests of data subjects, breaches and reports in confidence have in common: one sealed document with its
//! steps, a row in the list of what is open or of what is closed, and an act for each step.

use passerelle_model::{Act, By, Day, Deed, Object, Reason, RecordId};
use passerelle_rules::may_handle;
use passerelle_rules::rights::may_forget;
use passerelle_store::{Commit, Document, KeyPage, MAX_PAGE, Put};
use serde::{Serialize, de::DeserializeOwned};

use crate::breach::BreachView;
use crate::confiding::ConfidedView;
use crate::directory::Shelf;
use crate::keeping::Decided;
use crate::rights::RightsView;
use crate::{Actor, Error, Node};

/// A document with an identifier, its key, and a version that stands beside it.
pub(crate) trait Versioned {
    /// Its identifier, the key of its document.
    fn id(&self) -> &RecordId;
    /// The version of its document, to be named by the next step.
    fn version(&self) -> u64;
    /// Takes the version of the document that it was read from.
    fn read_at(&mut self, version: u64);
}

/// Every procedure has these two fields.
macro_rules! versioned {
    ($($view:ty),*) => {$(
        impl Versioned for $view {
            fn id(&self) -> &RecordId {
                &self.id
            }

            fn version(&self) -> u64 {
                self.version
            }

            fn read_at(&mut self, version: u64) {
                self.version = version;
            }
        }
    )*};
}

versioned!(RightsView, BreachView, ConfidedView);

/// A procedure of the data-protection officer.
pub(crate) trait Procedure: Versioned + Serialize + DeserializeOwned {
    /// Where its document stands.
    const SHELF: &str;
    /// What the rows of those that are open begin with.
    const OPEN: &str;
    /// What the rows of those that are closed begin with.
    const CLOSED: &str;
    /// What the register calls it.
    const KIND: &str;

    /// What its list is sorted by: a day, or a time with leading zeros.
    fn sorts_by(&self) -> String;
    /// The day on which it was closed.
    fn ended(&self) -> Option<Day>;

    /// Its row: the list, what sorts, the identifier.
    fn list_key(&self) -> String {
        let list = self.ended().map_or(Self::OPEN, |_| Self::CLOSED);
        format!("{list}{}/{}", self.sorts_by(), self.id())
    }
}

impl Node {
    /// Those that are open, what falls due first at the head.
    pub(crate) async fn open_procedures<T: Procedure>(
        &self,
        limit: usize,
    ) -> Result<Vec<T>, Error> {
        self.listed_procedures(T::OPEN, false, limit).await
    }

    /// Those that are closed, the newest first.
    pub(crate) async fn closed_procedures<T: Procedure>(
        &self,
        limit: usize,
    ) -> Result<Vec<T>, Error> {
        self.listed_procedures(T::CLOSED, true, limit).await
    }

    async fn listed_procedures<T: Procedure>(
        &self,
        prefix: &str,
        descending: bool,
        limit: usize,
    ) -> Result<Vec<T>, Error> {
        let page = KeyPage {
            prefix: prefix.to_owned(),
            descending,
            limit,
            ..KeyPage::default()
        };
        let mut found = Vec::new();
        for held in self.store.page(Shelf::KEEP_LIST, page).await? {
            let id = held.key.rsplit('/').next().unwrap_or_default();
            for document in self.store.documents(T::SHELF, id).await? {
                found.push(self.procedure_of(&document)?);
            }
        }
        Ok(found)
    }

    /// Erases those that ended more than `days` ago, each in one step with its act; leaves and
    /// heads of the register stay. Returns how many.
    ///
    /// # Errors
    /// `E_STORE` and the like; what was erased before stays erased.
    pub(crate) async fn forget_procedures<T: Procedure>(
        &self,
        days: u32,
        today: Day,
    ) -> Result<u64, Error> {
        let (mut gone, mut after) = (0, None);
        loop {
            let page = KeyPage {
                prefix: T::CLOSED.to_owned(),
                after: after.take(),
                limit: MAX_PAGE,
                ..KeyPage::default()
            };
            let rows = self.store.page(Shelf::KEEP_LIST, page).await?;
            let Some(last) = rows.last() else {
                return Ok(gone);
            };
            after = Some(last.key.clone());
            for row in &rows {
                let id = row.key.rsplit('/').next().unwrap_or_default();
                for document in self.store.documents(T::SHELF, id).await? {
                    let procedure: T = self.procedure_of(&document)?;
                    if may_forget(procedure.ended(), days, today).is_ok() {
                        self.forget_procedure(&procedure).await?;
                        gone += 1;
                    }
                }
            }
        }
    }

    async fn forget_procedure<T: Procedure>(&self, procedure: &T) -> Result<(), Error> {
        let id = procedure.id();
        let object = Object::Thing {
            kind: T::KIND.parse()?,
            name: id.to_string().parse()?,
        };
        let removal = |kind, key, expected| Put {
            kind,
            key,
            bytes: None,
            expected,
        };
        let version = Some(procedure.version());
        let mut puts = vec![
            removal(T::SHELF, id.to_string(), version),
            removal(Shelf::KEEP_LIST, procedure.list_key(), None),
        ];
        puts.extend(self.inspections_gone(id).await?);
        let commit = Commit {
            puts,
            ..Commit::default()
        };
        let act = Act::new(Deed::Erase, self.now(), By::Node, object);
        self.commit_with_acts(commit, vec![act]).await.map(drop)
    }

    /// Opens a document.
    pub(crate) fn procedure_of<T: Procedure>(&self, document: &Document) -> Result<T, Error> {
        let mut procedure: T = self.unsealed_json(document)?;
        procedure.read_at(document.version);
        Ok(procedure)
    }

    /// Writes it, its row and its act in one step; `before` is the row that it had.
    pub(crate) async fn put_procedure<T: Procedure>(
        &self,
        procedure: &T,
        before: Option<String>,
        act: Act,
    ) -> Result<(), Error> {
        let key = procedure.id().to_string();
        let version = Some(procedure.version());
        let put = self.sealed_json_put(T::SHELF, key, procedure, version)?;
        self.put_listed(put, (before, procedure.list_key()), act)
            .await
    }

    /// Who took a step, when and why.
    pub(crate) fn step_by(&self, actor: &Actor, why: Reason) -> Decided {
        Decided {
            by: actor.officer().clone(),
            at: self.now(),
            why,
        }
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
        self.refuse(act, refusal).await
    }

    /// Enters what a rule refused; what only does not fit is told and no more.
    pub(crate) async fn allowed(&self, checked: Result<(), Error>, act: &Act) -> Result<(), Error> {
        if let Err(error @ Error::Refused(_)) = &checked {
            self.enter_refused(act.clone(), error).await?;
        }
        checked
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
