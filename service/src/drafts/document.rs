//! The stored draft, and what people see of it.

use std::collections::BTreeSet;

use passerelle_model::{
    Digest, Kind, Name, OfficerId, PartyId, Reason, RecordId, Reference, Role, UnitId, UtcTime,
};
use passerelle_rules::{may_see_draft, may_write};
use serde::{Deserialize, Serialize};

use super::changed;
use super::form::{Field, Form};
use crate::cases::reader;
use crate::view::Staged;
use crate::{Actor, Error};

/// A draft for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DraftView {
    /// Its identifier.
    pub id: RecordId,
    /// Its version; name it when saving.
    pub version: u64,
    /// What it will be.
    pub kind: Kind,
    /// The unit it belongs to.
    pub unit: UnitId,
    /// Who began it.
    pub author: OfficerId,
    /// Their function.
    pub function: Name,
    /// Where it is.
    pub state: DraftState,
    /// What was typed.
    pub form: Form,
    /// Records it will speak about.
    pub references: Vec<Reference>,
    /// The first record of the case it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<(PartyId, RecordId)>,
    /// Files.
    pub files: Vec<Staged>,
    /// When it was changed last.
    pub changed: UtcTime,
    /// By whom.
    pub changed_by: OfficerId,
    /// Fields that changed since this reader last looked.
    pub differs: Vec<Field>,
}

/// Where a draft is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum DraftState {
    /// Being written.
    Writing,
    /// Waits for a second person.
    ToApprove {
        /// Who asked.
        by: OfficerId,
        /// When.
        at: UtcTime,
    },
    /// A second person said yes to exactly this content.
    Approved(Decision),
    /// A second person sent it back.
    Declined(Decision),
}

/// What a second person decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The second person.
    pub by: OfficerId,
    /// Their roles then.
    pub roles: BTreeSet<Role>,
    /// When.
    pub at: UtcTime,
    /// Why.
    pub why: Option<Reason>,
    /// SHA-256 of the content they saw.
    pub covers: Digest,
}

/// A draft as it is kept, sealed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct DraftDocument {
    pub(super) id: RecordId,
    pub(super) kind: Kind,
    pub(super) unit: UnitId,
    pub(super) author: OfficerId,
    /// Everybody who typed: none of them is a second person.
    pub(super) writers: BTreeSet<OfficerId>,
    pub(super) function: Name,
    pub(super) state: DraftState,
    pub(super) form: Form,
    pub(super) references: Vec<Reference>,
    pub(super) case: Option<(PartyId, RecordId)>,
    pub(super) files: Vec<Staged>,
    pub(super) changed: UtcTime,
    pub(super) changed_by: OfficerId,
}

/// What a second person saw.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Look {
    pub(super) version: u64,
    pub(super) form: Form,
    pub(super) before: Option<Form>,
}

impl DraftState {
    /// The second person's yes, where it stands.
    pub(super) fn approval(&self) -> Option<&Decision> {
        match self {
            Self::Approved(decision) => Some(decision),
            _ => None,
        }
    }
}

impl DraftDocument {
    pub(super) fn key(&self) -> String {
        format!("{}/{}", self.unit, self.id)
    }

    pub(super) fn is_by(&self, actor: &Actor) -> bool {
        self.writers.contains(actor.officer())
    }

    /// Somebody typed: a decision about what stood there before does not stand for it.
    pub(super) fn written_by(&mut self, actor: &Actor) {
        self.writers.insert(actor.officer().clone());
        self.state = DraftState::Writing;
    }

    /// Whether this person sees it: the unit's officers, approvers and supervisors.
    pub(super) fn is_open_to(&self, actor: &Actor) -> bool {
        may_see_draft(&reader(actor), &self.unit).is_ok()
    }

    pub(super) fn check_writer(&self, actor: &Actor) -> Result<(), Error> {
        Ok(may_write(actor.roles())?)
    }

    pub(super) fn check_version(&self, held: u64, seen: u64) -> Result<(), Error> {
        match held == seen {
            true => Ok(()),
            false => Err(changed()),
        }
    }

    pub(super) fn view(&self, version: u64) -> DraftView {
        DraftView {
            id: self.id,
            version,
            kind: self.kind,
            unit: self.unit.clone(),
            author: self.author.clone(),
            function: self.function.clone(),
            state: self.state.clone(),
            form: self.form.clone(),
            references: self.references.clone(),
            case: self.case.clone(),
            files: self.files.clone(),
            changed: self.changed,
            changed_by: self.changed_by.clone(),
            differs: Vec::new(),
        }
    }
}
