//! Permissions of partners on file, and what our records build on.
//!
//! A permission stands in a signed answer of the partner. What is kept beside it is only
//! where to find that answer: a permission that was recalled or erased is none any more.

use passerelle_model::{Outlet, PartyId, Permission, Record, RecordId, Relation, Side};
use passerelle_rules::{Provided, may_carry, may_program_see};
use passerelle_store::Put;

use crate::directory::Shelf;
use crate::{Error, Node};

/// A partner's record that one of ours answers or refers to.
pub(crate) struct Source {
    record: Record,
    permissions: Vec<Permission>,
    restricted: bool,
}

impl Source {
    /// As the rules take it.
    pub(crate) fn provided(&self) -> Provided<'_> {
        Provided {
            record: &self.record,
            permissions: &self.permissions,
            restricted: self.restricted,
        }
    }
}

/// Where a permission that arrived is found again; kept in the step that keeps the answer.
pub(crate) fn permission_put(answer: &Record) -> Option<Put> {
    let permission = answer.permission.as_ref()?;
    Some(Put {
        kind: Shelf::PERMISSION,
        key: format!("{}/{}/{}", answer.from, permission.record, answer.id),
        bytes: Some(answer.id.as_bytes().to_vec()),
        expected: None,
    })
}

impl Node {
    /// Permissions that `party` gave for its record `id` and that stand now.
    pub(crate) async fn permissions(
        &self,
        party: &PartyId,
        id: &RecordId,
    ) -> Result<Vec<Permission>, Error> {
        let prefix = format!("{party}/{id}/");
        let mut permissions = Vec::new();
        for document in self.store.documents(Shelf::PERMISSION, &prefix).await? {
            let answer = RecordId::try_from(document.bytes.as_slice())?;
            match self.locate(Some(party), &answer).await {
                Ok((_, answer)) => permissions.extend(answer.permission),
                Err(Error::Erased(_) | Error::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(permissions)
    }

    /// Refuses where a program would read what is kept to named persons, or take a partner's record
    /// further than its labels and handling code reach: into a file of our own administration
    /// (rules G23 and G36).
    pub(crate) async fn carried(&self, record: &Record) -> Result<(), Error> {
        if self.directory().side(&record.channel) == Side::Group {
            return Ok(());
        }
        let named = self.named_readers(&record.from, &record.id).await?;
        may_program_see(named.as_ref())?;
        if record.from == self.party {
            return Ok(());
        }
        let permissions = self.permissions(&record.from, &record.id).await?;
        let held = (record.id, permissions.as_slice());
        Ok(may_carry(&record.markings, Outlet::Own, held)?)
    }

    /// Partners' records that a record of ours answers or refers to, as far as they are here.
    pub(crate) async fn sources(&self, record: &Record) -> Result<Vec<Source>, Error> {
        let builds = |relation| matches!(relation, Relation::Answers | Relation::Relates);
        let mut sources = Vec::new();
        for reference in &record.references {
            if reference.party == self.party || !builds(reference.relation) {
                continue;
            }
            let (party, id) = (&reference.party, &reference.record);
            let theirs = match self.locate(Some(party), id).await {
                Ok((_, theirs)) => theirs,
                Err(Error::Erased(_) | Error::NotFound { .. }) => continue,
                Err(error) => return Err(error),
            };
            sources.push(Source {
                permissions: self.permissions(party, id).await?,
                restricted: self.restriction(&theirs).await?.is_some(),
                record: theirs,
            });
        }
        Ok(sources)
    }
}
